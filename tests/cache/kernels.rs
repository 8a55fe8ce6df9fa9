//! What the program asks the kernel for, and kernels that refuse.

use std::fs;
use std::path::Path;

use super::{Shop, all_ways, quiet};
use crate::support::environment::TestEnvironment;
use crate::support::strict::ID;

/// What a run under `strace` asks of the kernel, without what the loader does before.
fn calls(environment: &TestEnvironment, arguments: &[&str]) -> Vec<String> {
    let log = environment.home().with_file_name("trace");
    let words = ["strace", "-f", "-qq", "-s", "4096", "-o", log.to_str().unwrap()];
    quiet(environment.invoke_under(&words, arguments).run().prints_a_secret());
    let trace = fs::read_to_string(&log).unwrap();
    fs::remove_file(&log).unwrap();
    let call = |line: &str| line.split_once(' ').map(|(_, call)| call.trim_start().to_owned());
    trace.lines().filter_map(call).collect()
}

fn name(call: &str) -> &str {
    call.split('(').next().unwrap_or_default()
}

/// The first text of a call, unless it has none.
fn path(call: &str) -> Option<&str> {
    call.split('"').nth(1)
}

#[test]
fn a_token_at_hand_asks_for_nothing_but_its_files_and_its_key() {
    let shop = Shop::warm();
    let entry = shop.entry();
    let uuid = entry.file_name().unwrap().to_str().unwrap();
    let calls = calls(&shop.environment, &["token", ID]);
    assert!(calls.iter().any(|call| name(call) == "execve"), "a trace: {calls:#?}");
    let mut home = shop.environment.home().display().to_string();
    home.push('/');

    let opened: Vec<&str> = calls
        .iter()
        .filter(|call| ["open", "openat", "openat2"].contains(&name(call)))
        .filter_map(|call| path(call)?.strip_prefix(&home))
        .collect();
    let allowed = [
        "config.toml".to_owned(),
        format!("profiles/{ID}.toml"),
        format!("state/profiles/{uuid}.json"),
        format!("state/journal/{uuid}.json"),
        format!("state/cache/{uuid}"),
    ];
    let mut expected: Vec<&str> = allowed.iter().map(String::as_str).collect();
    let mut sorted = opened.clone();
    sorted.sort_unstable();
    expected.sort_unstable();
    assert_eq!(sorted, expected, "each once");
    let store = format!("\"{home}store");
    assert!(!calls.iter().any(|call| call.contains(&store)), "the store is not looked at");

    let forbidden =
        ["clone", "clone3", "fork", "vfork", "socket", "connect", "flock", "add_key", "request_key"];
    let changing = ["mkdir", "mkdirat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "ftruncate"];
    let locking = |call: &str| name(call) == "fcntl" && call.contains("LK");
    let creating = |call: &str| name(call).starts_with("open") && call.contains("O_CREAT");
    let bad = calls.iter().filter(|call| {
        forbidden.contains(&name(call)) || changing.contains(&name(call)) || locking(call) || creating(call)
    });
    assert_eq!(bad.collect::<Vec<_>>(), Vec::<&String>::new());
    let written: Vec<_> = calls.iter().filter(|call| name(call).contains("write")).collect();
    assert!(!written.is_empty() && written.iter().all(|call| call.starts_with("write(1, ")), "{written:?}");
    let asked = |what: &str| calls.iter().filter(|call| call.starts_with(&format!("keyctl({what},"))).count();
    let all = calls.iter().filter(|call| name(call) == "keyctl").count();
    let known = ["KEYCTL_GET_KEYRING_ID", "KEYCTL_SEARCH", "KEYCTL_READ"].map(asked);
    assert_eq!((known, all), ([1, 1, 1], 3), "one key searched and read");
}

#[test]
fn whoever_wants_nothing_kept_does_not_ask_the_kernel() {
    let shop = Shop::connected(None);
    shop.configure("cache = \"off\"\n");
    // Services may be forbidden to ask, and end when they do.
    for arguments in [&["token", ID][..], &["token", ID, "--refresh"]] {
        let calls = calls(&shop.environment, arguments);
        let keys = calls.iter().filter(|call| ["keyctl", "add_key"].contains(&name(call)));
        assert_eq!(keys.count(), 0, "{arguments:?}");
    }
    assert!(!shop.home("state/cache").exists());
}

#[test]
fn a_kernel_that_keeps_no_keys_is_not_spoken_of() {
    let shop = Shop::connected(None);
    shop.configure("cache = \"off\"\n");
    let expected = all_ways(&shop);
    shop.configure("");
    for refusals in [
        &["keyctl:error=EPERM", "add_key:error=EPERM"][..],
        &["keyctl:error=ENOSYS", "add_key:error=ENOSYS"],
        &["keyctl:error=EACCES"],
        &["keyctl:error=EKEYEXPIRED"],
        &["keyctl:error=EDQUOT"],
        &["add_key:error=EDQUOT"],
        &["keyctl:error=ENOKEY:when=3+"],
    ] {
        let mut words = vec!["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=keyctl,add_key"];
        let inject: Vec<String> = refusals.iter().map(|refusal| format!("inject={refusal}")).collect();
        words.extend(inject.iter().flat_map(|inject| ["-e", inject]));
        let run = |more: &[&str]| {
            let arguments = [&["token", ID], more].concat();
            quiet(shop.environment.invoke_under(&words, &arguments).run().prints_a_secret())
        };
        // Twice: also with what the first one may have left.
        for round in 1..=2 {
            assert_eq!(run(&[]), expected.0, "{refusals:?}, round {round}");
            assert_eq!(run(&["--header"]), expected.1, "{refusals:?}, round {round}");
        }
        shop.environment.run(&["lock"]).ok();
        shop.token(&[]);
        assert_eq!(run(&[]), expected.0, "{refusals:?}, although it was at hand");
        shop.environment.run(&["lock"]).ok();
    }
}

/// Mounts a disk of one page over `$0` and leaves no byte of it, then runs the program.
const FULL: &str = r#"
mkdir -p "$0" && mount -t tmpfs -o size=4k,mode=700 none "$0" && ! cat /dev/zero >"$0/filler" 2>/dev/null
exec "$@"
"#;

#[test]
fn a_full_disk_is_not_spoken_of() {
    let shop = Shop::connected(None);
    shop.configure("cache = \"off\"\n");
    let expected = shop.token(&[]);
    shop.configure("");
    let folder = shop.home("state/cache");
    let full = ["unshare", "--map-root-user", "--mount", "sh", "-c", FULL, folder.to_str().unwrap()];
    let output = shop.environment.invoke_under(&full, &["token", ID]).run().prints_a_secret();
    assert_eq!(quiet(output), expected);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "nothing was written beside the disk");
    assert!(Path::new(&folder).is_dir());
}
