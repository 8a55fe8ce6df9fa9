//! What a seller may see where nothing ever comes back is said while there is still time, and at the end
//! together with what to do.

use crate::support::environment::TestEnvironment;
use crate::support::terminal::Terminal;

const WHAT: &str = "after Cancel Amazon sends nothing back";
const CONNECT: [&str; 5] = ["connect", "amazon", "--region", "DE", "--no-browser"];

fn registered() -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    let client = format!("amzn1.application-oa2-client.{}", "0".repeat(32));
    let add = ["app", "add", "amazon", "--client-id", &client, "--client-secret-stdin"];
    let more = ["--set", "application_id=amzn1.sp.solution.1", "--redirect-uri", "https://erp.example/cb"];
    environment.invoke(&[&add[..], &more].concat()).stdin("a-long-secret").run().ok();
    environment
}

#[test]
fn at_the_end_it_says_what_may_have_happened_and_what_to_do() {
    let environment = registered();
    let output = environment.run(&[&CONNECT[..], &["--timeout", "1s"]].concat()).code(6);
    let told: Vec<_> = output.stderr.lines().rev().take(3).collect();
    let [hint, cause, error] = told[..] else { panic!("{}", output.stderr) };
    assert_eq!(error, "error: nobody answered at Amazon in time");
    assert!(cause.starts_with(&format!("caused by: perhaps this happened: {WHAT}")), "{cause}");
    assert!(hint.starts_with("hint: run the command again, with `--timeout 30m`"), "{hint}");
    assert!(!output.stderr.contains(&format!("note: {WHAT}")), "nobody is there\n{}", output.stderr);

    let json = environment.run(&[&CONNECT[..], &["--timeout", "1s", "--json"]].concat()).code(6).error_json();
    assert_eq!(json["error"]["kind"], "timeout");
    assert!(json["error"]["causes"][0].as_str().unwrap().contains(WHAT), "{json}");
    assert!(json["error"]["hint"].as_str().unwrap().contains("--timeout"), "{json}");
}

#[test]
fn halfway_a_person_is_told_once() {
    let environment = registered();
    let mut terminal = Terminal::start(&environment, &[&CONNECT[..], &["--timeout", "6s"]].concat());
    terminal.expect("Waiting for the answer");
    let before = terminal.expect(&format!("note: {WHAT}"));
    assert!(before.contains("0:04 left") && !before.contains("0:01 left"), "{before}");
    // What it advises works.
    terminal.send_line("MD5101");
    terminal.expect("the marketplace shows MD5101");
    terminal.expect("nobody answered at Amazon in time");
    terminal.expect(WHAT);
    terminal.expect("--timeout 30m");
    assert_eq!(terminal.plain().matches(&format!("note: {WHAT}")).count(), 1);
    assert_eq!(terminal.finish(), 6);
}

#[test]
fn a_login_that_is_pasted_is_told_as_well() {
    let environment = registered();
    let paste = ["connect", "amazon", "--region", "DE", "--paste", "--timeout", "2s"];
    let running = environment.invoke(&paste).spawn_with_open_stdin();
    let output = running.wait_for_line(|line| line.contains(WHAT), crate::support::running::LINE_DEADLINE);
    assert!(output.starts_with("note: "), "{output}");
}
