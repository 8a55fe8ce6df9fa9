//! Rust source, read just well enough to be judged: what is code, what is a comment, what is text.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file. `code` and `bare` have the length of `text`, so that places agree.
pub struct Source {
    /// Its path below the project's folder.
    pub path: String,
    /// As it is.
    pub text: String,
    /// Without comments, and nothing between the quotes.
    pub code: String,
    /// Without comments.
    pub bare: String,
}

/// A call of a macro: the text of its arguments.
pub struct Call {
    /// `path:line`, for whoever reads a failure.
    pub place: String,
    /// The arguments.
    pub arguments: Vec<String>,
}

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the project.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files with this ending below a folder of the project, sorted; hidden folders are left out.
pub fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
                open.extend((!hidden).then_some(path));
            } else if path.extension().is_some_and(|given| given == ending) {
                found.push(below_root(&path));
            }
        }
    }
    found.sort();
    found
}

fn below_root(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().into_owned()
}

/// Every Rust file below a folder.
pub fn sources(folder: &str) -> Vec<Source> {
    let sources: Vec<Source> = files(folder, "rs").into_iter().map(Source::read).collect();
    assert!(!sources.is_empty(), "{folder} holds no source");
    sources
}

/// The program's own files, without those that only its tests have, and without the tests at their ends.
pub fn shipped() -> Vec<Source> {
    let all = sources("src");
    let only_tests: Vec<String> = all.iter().flat_map(Source::test_modules).collect();
    let is_test = |path: &str| only_tests.iter().any(|module| path.starts_with(module.as_str()));
    all.into_iter().filter(|source| !is_test(&source.path)).map(Source::without_tests).collect()
}

impl Source {
    fn read(path: String) -> Self {
        let text = read(&path);
        let (code, bare) = blank(&text);
        Self { path, text, code, bare }
    }

    /// Beginnings of the paths of modules that are declared for tests only.
    fn test_modules(&self) -> Vec<String> {
        let path = PathBuf::from(&self.path);
        let folder = match path.file_stem().and_then(|stem| stem.to_str()) {
            Some("mod" | "main") => path.parent().unwrap().to_owned(),
            _ => path.with_extension(""),
        };
        let declared = self.code.split("#[cfg(test)]").skip(1);
        let name =
            |rest: &str| rest.trim_start().strip_prefix("mod ")?.split_once(';').map(|m| m.0.to_owned());
        declared
            .filter_map(name)
            .filter(|name| !name.contains(char::is_whitespace))
            .flat_map(|name| [".rs", "/"].map(|end| format!("{}/{name}{end}", folder.display())))
            .collect()
    }

    fn without_tests(mut self) -> Self {
        let tests = self.code.match_indices("#[cfg(test)]").map(|(at, _)| at);
        let end = tests.filter(|at| self.code[*at..].contains("mod tests {")).min();
        if let Some(end) = end {
            for text in [&mut self.text, &mut self.code, &mut self.bare] {
                text.truncate(end);
            }
        }
        self
    }

    /// The module at the crate's root that this file belongs to.
    pub fn module(&self) -> &str {
        let inside = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        inside.split('/').next().unwrap()
    }

    /// The line of a place, counted from 1.
    pub fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }

    /// Where a name stands in the code, as a word of its own.
    pub fn find(&self, name: &str) -> Vec<usize> {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let alone = |at: &usize| !self.code[..*at].ends_with(word);
        self.code.match_indices(name).map(|(at, _)| at).filter(alone).collect()
    }

    /// The calls of a macro.
    pub fn calls(&self, name: &str) -> Vec<Call> {
        let call = |at: usize| {
            let open = at + name.len() + 1;
            let place = format!("{}:{}", self.path, self.line(at));
            Call { place, arguments: self.arguments(open) }
        };
        self.find(&format!("{name}!(")).into_iter().map(call).collect()
    }

    /// The arguments behind an opening parenthesis.
    fn arguments(&self, open: usize) -> Vec<String> {
        let mut arguments = Vec::new();
        let (mut depth, mut start) = (0, open + 1);
        for (i, byte) in self.code.bytes().enumerate().skip(open) {
            depth += i32::from(matches!(byte, b'(' | b'[' | b'{'));
            depth -= i32::from(matches!(byte, b')' | b']' | b'}'));
            if depth == 0 || (depth == 1 && byte == b',') {
                arguments.push(self.bare[start..i].trim().to_owned());
                start = i + 1;
            }
            if depth == 0 {
                break;
            }
        }
        arguments.retain(|argument| !argument.is_empty());
        arguments
    }
}

/// What the scanner stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Code,
    Comment,
    /// A text that ends with a quote and so many `#`; `None` for one with escapes.
    Text(Option<usize>),
}

/// The code, and the code with its texts. What is left out becomes blanks.
fn blank(text: &str) -> (String, String) {
    let bytes = text.as_bytes();
    let (mut code, mut bare) = (bytes.to_vec(), bytes.to_vec());
    let mut inside = Inside::Code;
    let mut at = 0;
    while at < bytes.len() {
        let (next, length) = step(&bytes[at..], at.checked_sub(1).map(|before| bytes[before]), inside);
        for i in at..at + length {
            let hidden = bytes[i] != b'\n';
            if hidden && (inside == Inside::Comment || next == Inside::Comment) {
                (code[i], bare[i]) = (b' ', b' ');
            } else if hidden && matches!((inside, next), (Inside::Text(_), Inside::Text(_))) {
                code[i] = b' ';
            }
        }
        // A quote as a character would look like the beginning of a text.
        if inside == Inside::Code && bytes[at] == b'\'' && length > 1 {
            code[at..at + length].fill(b' ');
        }
        (inside, at) = (next, at + length);
    }
    let text = |bytes| String::from_utf8(bytes).expect("blanks replace whole characters");
    (text(code), text(bare))
}

/// What comes next, and how many bytes lead there.
fn step(rest: &[u8], before: Option<u8>, inside: Inside) -> (Inside, usize) {
    match inside {
        Inside::Comment => (if rest[0] == b'\n' { Inside::Code } else { Inside::Comment }, 1),
        Inside::Text(None) if rest[0] == b'\\' => (inside, rest.len().min(2)),
        Inside::Text(None) => (if rest[0] == b'"' { Inside::Code } else { inside }, 1),
        Inside::Text(Some(hashes)) => {
            let ends =
                rest[0] == b'"' && rest[1..].iter().take_while(|byte| **byte == b'#').count() >= hashes;
            (if ends { Inside::Code } else { inside }, 1)
        }
        Inside::Code if rest.starts_with(b"//") => (Inside::Comment, 1),
        Inside::Code if rest[0] == b'"' => (Inside::Text(None), 1),
        Inside::Code
            if rest[0] == b'r' && !before.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_') =>
        {
            let hashes = rest[1..].iter().take_while(|byte| **byte == b'#').count();
            match rest.get(1 + hashes) {
                Some(b'"') => (Inside::Text(Some(hashes)), 2 + hashes),
                _ => (inside, 1),
            }
        }
        Inside::Code if rest[0] == b'\'' => (inside, character(rest)),
        Inside::Code => (inside, 1),
    }
}

/// The length of a character between quotes; 1 for the quote of a lifetime.
fn character(rest: &[u8]) -> usize {
    let end = match rest.get(1) {
        Some(b'\\') => rest.iter().skip(3).position(|byte| *byte == b'\'').map(|at| at + 3),
        Some(_) => (2..=5).find(|at| rest.get(*at) == Some(&b'\'')),
        None => None,
    };
    let one = |end: &usize| {
        rest[1] == b'\\' || str::from_utf8(&rest[1..*end]).is_ok_and(|c| c.chars().count() == 1)
    };
    end.filter(one).map_or(1, |end| end + 1)
}
