//! Wherever the person sits: before a display, at the other end of a session, outside a container, or
//! nowhere at all.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::environment::TestEnvironment;
use crate::support::oidc::{NATIVE, Oidc, SELLER};
use crate::support::running::{LINE_DEADLINE, send_signal};
use crate::support::terminal::Terminal;

const CTRL_C: &str = "\x03";
/// Columns on which no message is broken.
const WIDE: u16 = 240;
const CONNECT: [&str; 2] = ["connect", "loopback"];
const NO_BROWSER: [&str; 3] = ["connect", "loopback", "--no-browser"];

/// What a session over SSH sets.
const SESSION: [(&str, &str); 3] =
    [("SSH_CONNECTION", "198.51.100.7 50312 192.0.2.4 2222"), ("SSH_TTY", "/dev/pts/3"), ("USER", "anna")];

/// A machine with an app registered at `oidc`, these variables, and on its `PATH` a launcher of browsers
/// and nothing else.
struct Machine {
    environment: TestEnvironment,
}

impl Machine {
    fn new(oidc: &Oidc, variables: &[(&str, &str)]) -> Self {
        let mut environment = TestEnvironment::new();
        environment.use_file_store();
        environment.write("marketplaces/loopback.toml", &oidc.definition("loopback"));
        environment.run(&["app", "add", "loopback", "--client-id", NATIVE]).ok();
        for (name, value) in variables {
            environment.set_var(name, value);
        }
        let mut machine = Self { environment };
        machine.program("xdg-open", "exit 0");
        machine.environment.set_var("PATH", machine.folder());
        machine
    }

    fn folder(&self) -> PathBuf {
        self.environment.home().with_file_name("bin")
    }

    /// A program that writes down what it was started with, then does this.
    fn program(&mut self, name: &str, then: &str) -> String {
        fs::create_dir_all(self.folder()).unwrap();
        let path = self.folder().join(name);
        let log = self.folder().join(format!("{name}.log"));
        fs::write(&path, format!("#!/bin/sh\necho \"$$ $*\" >> '{}'\n{then}\n", log.display())).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path.display().to_string()
    }

    /// Starts the program on a terminal, which needs programs of the system's.
    fn on_terminal(&mut self, columns: u16, arguments: &[&str]) -> Terminal {
        let path = format!("{}:/usr/bin:/bin", self.folder().display());
        self.environment.set_var("PATH", path);
        Terminal::as_wide_as(columns, &self.environment, arguments)
    }

    /// The process id and the arguments with which a program of that name was started.
    fn started(&self, name: &str) -> Option<(i64, String)> {
        let log = fs::read_to_string(self.folder().join(format!("{name}.log"))).ok()?;
        let (pid, arguments) = log.split_inclusive('\n').next()?.strip_suffix('\n')?.split_once(' ')?;
        Some((pid.parse().ok()?, arguments.to_owned()))
    }
}

#[track_caller]
fn wait_for<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    let deadline = Instant::now() + LINE_DEADLINE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "{what} never came");
        thread::sleep(Duration::from_millis(10));
    }
}

/// The listener's port, as the authorization request names it.
fn port(url: &str) -> u16 {
    let url = url::Url::parse(url).unwrap();
    let redirect = url.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap().1.into_owned();
    url::Url::parse(&redirect).unwrap().port().unwrap()
}

#[test]
fn before_a_display_the_systems_browser_is_opened() {
    let oidc = Oidc::start();
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"] {
        let machine = Machine::new(&oidc, &[(display, ":0"), ("container", "toolbox")]);
        let running = machine.environment.spawn(&CONNECT);
        let url = running.url();
        let (_, arguments) = wait_for("a browser", || machine.started("xdg-open"));
        assert!(arguments.ends_with(&url), "{display}: {arguments}");
        oidc.consent(&url);
        let said = running.finish().ok().stderr;
        assert!(!said.contains("no browser") && !said.contains("--paste"), "{display}: {said}");
    }
}

#[test]
fn a_browser_that_fails_is_no_browser() {
    let oidc = Oidc::start();
    let mut machine = Machine::new(&oidc, &[("DISPLAY", ":0")]);
    machine.program("xdg-open", "exit 3");
    let failing = machine.program("failing", "exit 1");
    for arguments in [&CONNECT[..], &["connect", "loopback", "--browser", &failing]] {
        let running = machine.environment.spawn(arguments);
        let url = running.url();
        running.wait_for_line(|line| line.contains("no browser could be started"), LINE_DEADLINE);
        oidc.consent(&url);
        running.finish().ok();
        machine.environment.run(&["disconnect", "loopback", "--yes"]).ok();
    }
    assert!(machine.started("xdg-open").is_some() && machine.started("failing").is_some());
}

#[test]
fn a_session_from_elsewhere_is_told_the_line_to_run_there() {
    let oidc = Oidc::start();
    let machine = Machine::new(&oidc, &[&SESSION[..], &[("DISPLAY", "localhost:10.0")]].concat());
    let running = machine.environment.spawn(&CONNECT);
    let tunnel = running.wait_for_line(|line| line.starts_with("ssh "), LINE_DEADLINE);
    let url = running.url();
    let port = port(&url);
    assert_eq!(tunnel, format!("ssh -N -L {port}:127.0.0.1:{port} -p 2222 anna@192.0.2.4"));
    oidc.consent(&url);
    let said = running.finish().ok().stderr;
    // Behind a router it is another one.
    assert!(said.contains("If that is not the address you log in to, use yours"), "{said}");
    assert!(said.contains("`--paste`"), "nobody can paste here: {said}");
    assert!(!said.contains('\u{1b}'), "{said:?}");
    assert_eq!(machine.started("xdg-open"), None, "nobody would see it");
}

#[test]
fn the_line_leads_to_where_the_listener_is() {
    let oidc = Oidc::start();
    let mut machine = Machine::new(&oidc, &SESSION);
    let set = ["app", "set", "loopback", "--redirect-uri", "http://[::1]/callback"];
    machine.environment.run(&set).ok();
    let running = machine.environment.spawn(&CONNECT);
    let tunnel = running.wait_for_line(|line| line.starts_with("ssh "), LINE_DEADLINE);
    let port = port(&running.url());
    assert_eq!(tunnel, format!("ssh -N -L \"{port}:[::1]:{port}\" -p 2222 anna@192.0.2.4"));
    running.signal("INT");
    running.finish().code(130);

    // A person there can paste, and needs no other way.
    let mut terminal = machine.on_terminal(WIDE, &CONNECT);
    let said = terminal.expect("Waiting for the answer");
    assert!(said.contains("ssh -N") && !said.contains("--paste"), "{said}");
    terminal.send(CTRL_C);
    assert_eq!(terminal.finish(), 130);
}

#[test]
fn a_browser_that_was_named_is_opened_wherever_the_person_sits() {
    let oidc = Oidc::start();
    for variables in [&SESSION[..], &[("container", "docker")]] {
        let mut machine = Machine::new(&oidc, variables);
        let named = machine.program("named", "exec sleep 1");
        machine.environment.set_var("PATH", "/usr/bin:/bin").set_var("BROWSER", format!("{named} --new %s"));
        let running = machine.environment.spawn(&CONNECT);
        let url = running.url();
        let (_, arguments) = wait_for("the browser", || machine.started("named"));
        assert_eq!(arguments, format!("--new {url}"));
        oidc.consent(&url);
        let said = running.finish().ok().stderr;
        assert!(!said.contains("ssh -N") && !said.contains("note: no"), "{said}");
    }
}

#[test]
fn without_screen_and_terminal_the_way_out_is_named_at_once() {
    let oidc = Oidc::start();
    for variables in [&[][..], &[("container", "docker")], &[("KUBERNETES_SERVICE_HOST", "10.0.0.1")]] {
        let machine = Machine::new(&oidc, variables);
        let running = machine.environment.spawn(&CONNECT);
        let url = running.url();
        let way_out = |line: &str| line.starts_with("note: ") && line.contains("`--paste`");
        running.wait_for_line(way_out, LINE_DEADLINE);
        oidc.consent(&url);
        let said = running.finish().ok().stderr;
        assert!(!said.contains(['\u{1b}', '▀', '▄']), "{said:?}");
        assert_eq!(machine.started("xdg-open"), None);

        let mut pasted = machine
            .environment
            .invoke(&["connect", "loopback", "--profile", "second", "--paste"])
            .spawn_with_open_stdin();
        let answer = oidc.authorize(&pasted.url(), SELLER);
        pasted.send_line(&answer);
        pasted.finish().ok();

        let arguments = [&CONNECT[..], &["--profile", "third", "--timeout", "1s", "--json"]].concat();
        let error = machine.environment.run(&arguments).code(6).error_json();
        assert!(error["error"]["hint"].is_string(), "{error}");
    }
}

#[test]
fn in_a_container_the_address_is_pasted() {
    let oidc = Oidc::start();
    let mut machine = Machine::new(&oidc, &[("container", "docker")]);
    let mut terminal = machine.on_terminal(WIDE, &CONNECT);
    terminal.expect("one outside may not be able to come back here");
    let answer = oidc.authorize(&terminal.url(), SELLER);
    terminal.expect("paste the address of the page it ended on");
    terminal.send_line(&answer);
    terminal.expect(&format!("connected loopback (shop {SELLER})"));
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn the_time_left_is_shown_and_enter_adds_to_it() {
    let oidc = Oidc::start();
    let mut machine = Machine::new(&oidc, &[]);
    let mut terminal = machine.on_terminal(WIDE, &NO_BROWSER);
    let answer = oidc.authorize(&terminal.url(), SELLER);
    terminal.expect("Enter gives more time");
    terminal.expect("9:5");
    terminal.expect(" left · Enter: 10:00 more");
    terminal.expect(" left · Enter: 10:00 more");
    terminal.send_line("");
    terminal.expect("19:");

    // What is being typed while the line is redrawn arrives whole.
    let (first, second) = answer.split_at(answer.len() / 2);
    terminal.send(first);
    // Behind the sequence that ends the line, the first character looks like a part of it.
    terminal.expect(&first[1..]);
    terminal.expect(" left · Enter: 10:00 more");
    terminal.send_line(second);
    terminal.expect(&format!("connected loopback (shop {SELLER})"));
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn a_wrong_paste_leaves_the_time_in_sight() {
    let oidc = Oidc::start();
    let mut machine = Machine::new(&oidc, &[]);
    let mut terminal = machine.on_terminal(WIDE, &NO_BROWSER);
    let url = terminal.url();
    terminal.expect(" left · Enter: 10:00 more");
    terminal.send_line("no address");
    terminal.expect("that is not the address of the page the browser ended on");
    terminal.expect(" left · Enter: 10:00 more");
    oidc.consent(&url);
    terminal.expect(&format!("connected loopback (shop {SELLER})"));
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn a_script_and_a_quiet_person_see_no_time() {
    let oidc = Oidc::start();
    let quiet = [&NO_BROWSER[..], &["--quiet", "--timeout", "2s"]].concat();
    let mut machine = Machine::new(&oidc, &SESSION);
    let mut terminal = machine.on_terminal(WIDE, &quiet);
    terminal.url();
    assert_eq!(terminal.expect("error: ").trim(), "");
    assert_eq!(terminal.finish(), 6);
}

#[test]
fn a_phone_reads_the_address_off_the_terminal() {
    let oidc = Oidc::start();
    for (name, value) in [("COLORTERM", "truecolor"), ("NO_COLOR", "1")] {
        let mut machine = Machine::new(&oidc, &[(name, value)]);
        let mut terminal = machine.on_terminal(WIDE, &NO_BROWSER);
        let url = terminal.url();
        let code = terminal.expect("Waiting for the answer");
        assert_eq!(read_code(&code, name != "NO_COLOR"), url, "{name}");
        terminal.send(CTRL_C);
        assert_eq!(terminal.finish(), 130);
    }
}

/// Reads a QR code of half blocks. `dark` says whether what is drawn is dark.
fn read_code(shown: &str, dark: bool) -> String {
    let block = |c: char| " ▀▄█".contains(c);
    let lines: Vec<Vec<char>> = shown
        .lines()
        .map(|line| line.trim_end_matches('\r').chars().collect::<Vec<char>>())
        .filter(|line| line.len() > 20 && line.iter().all(|c| block(*c)))
        .collect();
    let is_dark = |x: usize, y: usize| {
        let halves = if y.is_multiple_of(2) { ['▀', '█'] } else { ['▄', '█'] };
        lines.get(y / 2).and_then(|line| line.get(x)).is_some_and(|c| halves.contains(c) == dark)
    };
    let width = lines.first().map_or(0, Vec::len);
    let margin = (0..width).find(|at| is_dark(*at, *at)).expect("a code is shown");
    let code = rqrr::SimpleGrid::from_func(width - 2 * margin, |x, y| is_dark(x + margin, y + margin));
    rqrr::Grid::new(code).decode().expect("the code can be read").1
}

#[test]
fn no_code_is_shown_where_it_has_no_room() {
    let oidc = Oidc::start();
    let mut machine = Machine::new(&oidc, &[]);
    let mut terminal = machine.on_terminal(40, &NO_BROWSER);
    let shown = terminal.expect("Waiting for the answer");
    assert!(!shown.contains(['▀', '▄']), "{shown}");
    terminal.send(CTRL_C);
    assert_eq!(terminal.finish(), 130);
}

#[test]
fn ctrl_c_is_not_meant_for_the_browser() {
    let oidc = Oidc::start();
    let mut machine = Machine::new(&oidc, &[("DISPLAY", ":0")]);
    let browser = machine.program("browser", "exec sleep 60");
    machine.environment.set_var("SELLAUTH_BROWSER", browser);
    let mut terminal = machine.on_terminal(WIDE, &CONNECT);
    terminal.expect("Waiting for the answer");
    let (pid, _) = wait_for("the browser", || machine.started("browser"));
    terminal.send(CTRL_C);
    assert_eq!(terminal.finish(), 130);
    let alive = fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "));
    send_signal("KILL", pid);
    assert!(alive, "the browser went with the command");
}
