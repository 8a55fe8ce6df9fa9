//! The waiting program under attack: each row of the table of hostile inputs, and ten thousand requests
//! that are nearly right. Whatever comes, the honest callback connects the shop.

#[path = "../src/callback/hostile/table.rs"]
mod table;
#[path = "../src/callback/hostile/wire.rs"]
mod wire;

use std::fs;
use std::io::Read;
use std::net::Shutdown;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use url::{Position, Url};

use self::table::{FLOOD, Login, TABLE};
use crate::oidc::registered;
use crate::support::environment::TestEnvironment;
use crate::support::oidc::{Oidc, SELLER};
use crate::support::running::Running;
use crate::support::terminal::Terminal;

/// The requests of the fuzz run, and how many of them only warm the program up.
const REQUESTS: usize = 10_000;
const WARM_UP: usize = 1_000;
/// What the fuzz run is made from: the same requests each time, but for port and state.
const SEED: u64 = 20_261_122;
/// Requests at the same time.
const SIDE_BY_SIDE: usize = 4;
/// How many KiB more the program may hold after the fuzz run than after its first requests.
const GROWTH: u64 = 10 << 10;
/// Connections of a flood that stays: each holds two descriptors, and with 2000 in use it is one.
const LASTING: usize = 1_500;
/// How long an answer is waited for.
const GLANCE: Duration = Duration::from_millis(100);

/// A program that waits, and the callback that the seller's consent has come to.
fn waiting(environment: &TestEnvironment, oidc: &Oidc) -> (Running, Login) {
    let running = environment.spawn(&["connect", "loopback", "--no-browser"]);
    let (_, login) = consented(&running.url(), oidc);
    (running, login)
}

/// The address that the seller's consent leads to, whole and in parts.
fn consented(url: &str, oidc: &Oidc) -> (String, Login) {
    let address = Url::parse(&oidc.authorize(url, SELLER)).unwrap();
    let port = address.port().expect("the listener's port");
    let callback = address[Position::BeforePath..].to_owned();
    (address.into(), Login { port, callback })
}

/// The seller's browser comes back: the shop is connected.
fn come_back(name: &str, running: Running, login: &Login) {
    let answer = wire::get(login.port, &login.callback);
    assert_eq!(wire::status(&answer), "303", "{name}: {answer}");
    let page = wire::get(login.port, "/callback/done");
    assert!(page.contains("Your shop is connected"), "{name}: {page}");
    let output = running.finish().ok();
    assert_eq!(output.stdout, format!("connected loopback (shop {SELLER})\n"), "{name}");
    assert!(!output.stderr.contains("panicked"), "{name}: {}", output.stderr);
}

#[test]
fn each_row_of_the_table_leaves_the_login_whole() {
    let oidc = Oidc::start();
    for (name, hostility) in TABLE.iter().chain([&FLOOD]) {
        let environment = registered(&oidc);
        let (running, login) = waiting(&environment, &oidc);
        let kept = hostility(&login);
        come_back(name, running, &login);
        drop(kept);
    }
    assert_eq!(oidc.token_requests().len(), TABLE.len() + 1, "each code is exchanged once");
}

#[test]
fn ten_thousand_forgeries_change_nothing() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let (mut running, login) = waiting(&environment, &oidc);
    let files = environment.files();
    let warm_up = attack(&login, 0..WARM_UP);
    let before = memory(running.id());
    let refused = warm_up + attack(&login, WARM_UP..REQUESTS);
    let after = memory(running.id());
    println!("{refused} of {REQUESTS} answered; {before} KiB, then {after} KiB"); // with --nocapture

    assert!(running.is_running(), "seed {SEED}:\n{}", running.stderr());
    assert!(!running.stderr().contains("panicked"), "seed {SEED}:\n{}", running.stderr());
    assert!(refused > REQUESTS / 2, "seed {SEED}: only {refused} requests were understood");
    assert!(after < before + GROWTH, "seed {SEED}: {before} KiB became {after} KiB");
    assert_eq!(environment.files(), files, "seed {SEED}");
    assert!(oidc.token_requests().is_empty(), "seed {SEED}: a forged code was used");
    come_back("the fuzz run", running, &login);
}

#[test]
fn five_thousand_posts_that_are_broken_off_leave_nothing_behind() {
    let claims = [
        "Content-Length: 1000000\r\n\r\nx",
        "Content-Length: 17825792\r\n\r\nx",
        "Content-Length: 1073741824\r\n\r\nx",
        "Content-Length: 1073741824\r\nExpect: 100-continue\r\n\r\n",
        "Content-Length: 9000000000000\r\nConnection: upgrade\r\n\r\nx",
        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFF\r\nx",
    ];
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let (running, login) = waiting(&environment, &oidc);
    let before = Held::by(running.id());
    login.break_off(5000, &claims);
    let is_as_before = |held: &Held| {
        // The nudges of one moment. And the server keeps threads that are nudged within five seconds.
        held.descriptors < before.descriptors + 100
            && held.threads < before.threads + 1000
            && held.memory < before.memory + (100 << 10)
    };
    let after = settled(|| Held::by(running.id()), is_as_before);
    println!("{before:?}, then {after:?}"); // with --nocapture
    assert!(is_as_before(&after), "{before:?} became {after:?}");
    come_back("broken off", running, &login);
}

#[test]
fn a_flood_that_stays_is_told_once_and_the_paste_connects() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let mut terminal = Terminal::start(&environment, &["connect", "loopback", "--no-browser"]);
    let (address, login) = consented(&terminal.url(), &oidc);
    // The server never lets go of these, however soon their senders do, and on no machine.
    for _ in 0..LASTING {
        drop(wire::send(login.port, b"GET / HTTP/2.0\r\n\r\n"));
    }
    terminal.expect(&format!("thousands of connections to port {} open", login.port));
    let held = Held::by(terminal.id());
    println!("{held:?}"); // with --nocapture
    assert!(held.descriptors > 2000, "{held:?}: nothing to tell");
    terminal.send_line(&address);
    terminal.expect(&format!("connected loopback (shop {SELLER})"));
    let shown = terminal.plain();
    assert_eq!(terminal.finish(), 0, "{shown}");
    assert_eq!(shown.matches("thousands of connections").count(), 1, "{shown}");
}

/// What a process has of the system.
#[derive(Debug)]
struct Held {
    descriptors: usize,
    threads: usize,
    /// In KiB.
    memory: u64,
}

impl Held {
    fn by(process: u32) -> Self {
        let count = |folder| fs::read_dir(format!("/proc/{process}/{folder}")).unwrap().count();
        Self { descriptors: count("fd"), threads: count("task"), memory: memory(process) }
    }
}

/// What it comes to within ten seconds, or what there is then.
fn settled<T>(look: impl Fn() -> T, is_settled: impl Fn(&T) -> bool) -> T {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let seen = look();
        if is_settled(&seen) || Instant::now() > deadline {
            return seen;
        }
        thread::sleep(GLANCE);
    }
}

/// Sends these requests, and says how many were refused with a status.
fn attack(login: &Login, numbers: std::ops::Range<usize>) -> usize {
    let (next, refused) = (AtomicUsize::new(numbers.start), AtomicUsize::new(0));
    let walk = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= numbers.end {
                return;
            }
            if let Some(status) = refusal(login, number) {
                assert!(
                    status.starts_with('4') || status.starts_with('5'),
                    "seed {SEED}, {number}: {status}"
                );
                refused.fetch_add(1, Ordering::Relaxed);
            }
        }
    };
    thread::scope(|scope| (0..SIDE_BY_SIDE).for_each(|_| drop(scope.spawn(walk))));
    refused.into_inner()
}

/// The status of the answer to one forged request, if there is an answer.
fn refusal(login: &Login, number: usize) -> Option<String> {
    let mut stream = wire::send(login.port, &forged(login, &mut Random::new(number)));
    // Who waits for the rest of a request learns that there is none.
    let _ = stream.shutdown(Shutdown::Write);
    stream.set_read_timeout(Some(GLANCE)).unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).ok()?;
    Some(String::from_utf8_lossy(&start[9..]).into_owned())
}

/// A process's memory, in KiB.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line for it");
    resident.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Requests that hold the true state and are wrong all the same.
const WRONG: &[&str] = &[
    "POST /callback?code=evil&state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "HEAD /callback?code=evil&state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "get /callback?code=evil&state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "POST /callback HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 10\r\n\r\nstate=STATE",
    "GET /callback?code=evil&state=STATE HTTP/1.1\r\nHost: evil.example:PORT\r\n\r\n",
    "GET /callback?code=evil&state=STATE HTTP/1.1\r\nHost: 127.0.0.1.evil.example:PORT\r\n\r\n",
    "GET /callback?code=evil&state=STATE HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "GET /callback?code=evil&state=STATE HTTP/1.1\r\n\r\n",
    "GET /callback?code=evil&state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\n\r\n",
    "GET http://127.0.0.1:PORT/callback?code=evil&state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /callback/?code=evil&state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET //callback?code=evil&state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /%63allback?code=evil&state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /callback/done?code=evil&state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /callback#?code=evil&state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /callback?code=evil&state=STATE&state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /callback?code=evil&code=evil&state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /callback?code=evil&state=STATE%00 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /callback?code=evil&state=%2520STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /callback?code=evil&state=STATESTATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /callback?code=evil&State=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /callback?code=evil&state[]=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /callback?code=evil%26state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /callback?code=evil&amp;state=STATE HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /callback?code=evil HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nCookie: state=STATE\r\n\r\n",
    "GET /callback?code=evil&state=STATE\r\n\r\n",
];

/// A request of a browser, whose state is wrong in one letter. It is changed further.
const NEARLY: &str = "GET /callback?code=evil&state=NEARLY&iss=http%3A%2F%2F127.0.0.1 HTTP/1.1\r\n\
    Host: 127.0.0.1:PORT\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0\r\n\
    Accept: text/html,*/*;q=0.8\r\nCookie: a=b\r\nConnection: keep-alive\r\n\r\n";

/// What changes put in.
const PIECES: &[&str] = &[
    "\r\n",
    "\n",
    "\r\n\r\n",
    "\0",
    " ",
    "\t",
    ":",
    "/",
    "//",
    "?",
    "&",
    "=",
    "#",
    "%",
    "%00",
    "%0d%0a",
    "%zz",
    "\u{e4}",
    "&state=",
    "&state=evil",
    "&error=access_denied",
    "state",
    "HTTP/1.0",
    "HTTP/9.9",
    "GET ",
    "POST ",
    "Host: evil.example\r\n",
    "Content-Length: 5\r\n",
    "Content-Length: -1\r\n",
    "Upgrade: websocket\r\n",
    "Range: bytes=0-\r\n",
];

/// What the server never lets go of: each costs a thread and two descriptors until the program ends, so
/// there are few of them.
const HELD: &[&str] = &[
    "POST /callback HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 9000000000000\r\n\r\nstate=STATE",
    "POST /callback HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nTransfer-Encoding: chunked\r\n\r\nstate=STATE",
    "GET /callback?code=evil&state=STATE HTTP/2.0\r\nHost: 127.0.0.1:PORT\r\n\r\n",
];

fn forged(login: &Login, random: &mut Random) -> Vec<u8> {
    let query = login.callback.split_once('?').map_or("", |(_, query)| query);
    let state = query.split('&').find_map(|pair| pair.strip_prefix("state=")).expect("a state");
    let fill = |text: &str| text.replace("STATE", state).replace("PORT", &login.port.to_string());
    match random.below(400) {
        0 => fill(random.of(HELD)).into(),
        1..20 => (0..random.below(2000)).map(|_| random.byte()).collect(),
        20..120 => fill(random.of(WRONG)).into(),
        _ => {
            let nearly = format!("{}!{}", &state[..9], &state[10..]);
            let mut bytes = fill(&NEARLY.replace("NEARLY", &nearly)).into_bytes();
            let honest = bytes.clone();
            (0..random.below(7)).for_each(|_| change(&mut bytes, random));
            let repaired = bytes.windows(state.len()).any(|window| window == state.as_bytes());
            if repaired { honest } else { bytes }
        }
    }
}

fn change(bytes: &mut Vec<u8>, random: &mut Random) {
    let (one, other) = (random.below(bytes.len() + 1), random.below(bytes.len() + 1));
    let (start, end) = (one.min(other), one.max(other));
    match random.below(7) {
        0..3 => drop(bytes.splice(start..start, random.of(PIECES).bytes())),
        3 => drop(bytes.splice(start..start, [random.byte()])),
        4 => drop(bytes.drain(start..end.min(start + 8))),
        5 => bytes[start..end.min(start + 1)].fill(random.byte()),
        _ => {
            let stretch = bytes[start..end].to_vec();
            bytes.splice(start..start, stretch);
        }
    }
}

/// Numbers without a pattern, the same each time (`SplitMix64`).
struct Random(u64);

impl Random {
    fn new(number: usize) -> Self {
        Self(SEED ^ (number as u64) << 32)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % limit
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[7]
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}
