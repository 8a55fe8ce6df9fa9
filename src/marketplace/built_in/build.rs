//! Lists the definitions of this folder for the program: a new marketplace is a new file, and no code.

use std::fs;
use std::path::Path;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/marketplace/built_in");
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(&folder).expect("the folder of definitions");
    let files = entries.map(|entry| entry.expect("an entry").path());
    let definitions = files.filter(|file| file.extension().is_some_and(|extension| extension == "toml"));
    let text = |part: Option<&str>| part.expect("a path of UTF-8").to_owned();
    let mut list: Vec<(String, String)> = definitions
        .map(|file| (text(file.file_stem().and_then(|stem| stem.to_str())), text(file.to_str())))
        .collect();
    list.sort();
    let entry = |(id, file): &(String, String)| format!("({id:?}, include_str!({file:?})),");
    let list = list.iter().map(entry).collect::<Vec<_>>().join("\n");
    let target = std::env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&target).join("built_in.rs"), format!("&[{list}]")).expect("a list");
}
