//! Ctrl-C, TERM and a closed terminal in the middle of a renewal: what has begun is finished first.

use std::time::{Duration, Instant};

use crate::support::environment::TestEnvironment;
use crate::support::running::{LINE_DEADLINE, Running};
use crate::support::strict::{ID, Strict};

const SIGNALS: [&str; 3] = ["INT", "TERM", "HUP"];

fn connected() -> (Strict, TestEnvironment) {
    let market = Strict::start();
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    market.connect(&environment);
    (market, environment)
}

#[test]
fn a_signal_while_the_answer_is_on_its_way_waits_for_the_commit() {
    for signal in SIGNALS {
        let (market, environment) = connected();
        market.hold();
        let mut running = environment.spawn(&["token", ID, "--json"]);
        market.wait_until_held();
        running.signal(signal);
        running.signal(signal);
        assert!(running.is_running(), "SIG{signal} does not end a renewal");
        market.release();
        let output = running.finish().code(130);
        assert_eq!(output.stdout, "", "an interrupted command answers nothing");
        assert_eq!(output.error_json()["error"]["kind"], "interrupted");

        market.token(&environment, &[]);
        assert_eq!(market.renewals().len(), 1, "after SIG{signal} the next command finds what it kept");
        assert_eq!(market.ends(), [None]);
    }
}

/// The program sends to a port where nobody listens any more, and pauses before it tries again.
#[test]
fn a_signal_between_two_tries_ends_the_trying() {
    for signal in SIGNALS {
        let (market, environment) = connected();
        drop(market);
        let running = environment.spawn(&["-v", "token", ID, "--json"]);
        wait_for_a_pause(&running);
        running.signal(signal);
        let began = Instant::now();
        let output = running.finish();
        assert!(began.elapsed() < Duration::from_secs(5));
        assert_eq!(output.stdout, "");
        assert_eq!(output.code, 130, "{output:?}");
    }
}

fn wait_for_a_pause(running: &Running) {
    running.wait_for_line(|line| line.contains("trying again"), LINE_DEADLINE);
}
