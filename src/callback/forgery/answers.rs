//! What claims to be the marketplace's answer: pasted lines, and requests to the listener.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;
use secrecy::SecretString;
use serde_json::Value;

use super::super::guard::{Head, Rules, Verdict, examine};
use super::super::{Parameters, paste};
use super::{CASES, near, pairs, values};

const STATE: &str = "dGhlIHN0YXRl-_9.47823";
const CODE: &str = "ANcode/4+7=11";

fn queries() -> Vec<String> {
    vec![
        format!("code=ANcode%2F4%2B7%3D11&state={STATE}"),
        format!("state={STATE}&code=ANcode%2F4%2B7%3D11&iss=https%3A%2F%2Fissuer.example"),
    ]
}

fn lines() -> Vec<String> {
    let addresses = ["http://127.0.0.1:47823/callback?", "https://erp.example/amazon/callback?", "?", ""];
    let bodies = [
        format!(r#"{{"code":"{CODE}","state":"{STATE}"}}"#),
        format!(r#"[{{"x":1}},{{"body":{{"state":"{STATE}","code":"{CODE}","more":[null]}}}}]"#),
    ];
    let of = |query: String| addresses.map(|address| format!("{address}{query}"));
    queries().into_iter().flat_map(of).chain(bodies).collect()
}

fn targets() -> Vec<String> {
    queries().into_iter().map(|query| format!("/callback?{query}")).collect()
}

/// Our state once, and at most one code, which is the one that was handed out.
fn is_ours(pairs: &[(String, String)], given: &Parameters) -> bool {
    let codes = values(pairs, "code");
    values(pairs, "state") == [STATE] && codes.len() < 2 && codes.first().copied() == given.get("code")
}

/// An object that holds both our state and what was handed out as the code.
fn holds_ours(value: &Value, given: &Parameters) -> bool {
    match value {
        Value::Object(fields) => {
            let text = |name: &str| fields.get(name).and_then(Value::as_str);
            (text("state") == Some(STATE) && text("code") == given.get("code"))
                || fields.values().any(|value| holds_ours(value, given))
        }
        Value::Array(items) => items.iter().any(|item| holds_ours(item, given)),
        _ => false,
    }
}

/// An accepted line says our state: in its JSON, in the query of an address, or as a query.
fn says_our_state(line: &str, given: &Parameters) -> bool {
    if line.trim().starts_with(['{', '[', '"']) {
        return serde_json::from_str(line.trim()).is_ok_and(|value| holds_ours(&value, given));
    }
    // The URL standard takes line breaks and tabs out of an address, and controls off its ends.
    let plain: String = line.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let plain = plain.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    let address = plain.split('#').next().and_then(|rest| rest.split_once('?'));
    let bare = line.trim().trim_start_matches('?');
    address.is_some_and(|(_, query)| is_ours(&pairs(query), given)) || is_ours(&pairs(bare), given)
}

/// What decides of a request: one or two parts of it nearly right, the others right.
fn heads() -> impl Strategy<Value = (String, String, Vec<String>)> {
    let hosts = ["127.0.0.1:47823", "localhost:47823", "[::1]:47823"].map(String::from);
    let target = || near(&targets()).prop_map(|(target, _)| target);
    let right = select(targets());
    let get = || Just("GET".to_owned());
    let method = near(&["GET".to_owned()]).prop_map(|(method, _)| method);
    let host = near(&hosts).prop_map(|(host, _)| host);
    let ours = select(hosts.to_vec()).prop_map(|host| vec![host]);
    prop_oneof![
        3 => (get(), target(), ours),
        1 => (method, right.clone(), Just(vec![hosts[0].clone()])),
        1 => (get(), right, prop::collection::vec(host, 0..3)),
    ]
}

fn check_request(method: &str, target: &str, hosts: &[String]) -> Result<(), TestCaseError> {
    let ours = ["127.0.0.1:47823", "localhost:47823", "[::1]:47823"];
    let rules = Rules {
        path: "/callback".into(),
        done: "/callback/done".into(),
        hosts: ours.map(String::from).into(),
    };
    let head = Head { method, target, hosts: hosts.iter().map(String::as_str).collect(), size: 300 };
    let right = method == "GET" && hosts.len() == 1 && ours.contains(&hosts[0].to_ascii_lowercase().as_str());
    match examine(&head, &rules) {
        Verdict::Refuse(..) => {
            prop_assert!(!right || !targets().contains(&target.to_owned()), "the honest one was refused");
        }
        Verdict::Done => prop_assert!(right && target == "/callback/done"),
        Verdict::Callback(given) => {
            prop_assert!(right, "method or host");
            let rest = target.strip_prefix("/callback").unwrap_or("wrong");
            prop_assert!(rest.is_empty() || rest.starts_with('?'), "path");
            if given.get("state") == Some(STATE) {
                prop_assert!(is_ours(&pairs(rest.get(1..).unwrap_or_default()), &given), "state");
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn a_pasted_line_that_is_accepted_says_our_state_once((line, right) in near(&lines())) {
        let states = [SecretString::from("another"), STATE.into()];
        let accepted = paste::parse(&line, "code")
            .ok()
            .filter(|given| paste::awaited(given, &states).is_ok_and(|which| which == 1));
        match accepted {
            Some(given) => prop_assert!(says_our_state(&line, &given), "{given:?}"),
            None => prop_assert!(line != right || right.is_empty(), "the honest one was refused"),
        }
    }

    #[test]
    fn a_request_that_is_taken_for_a_callback_is_one((method, target, hosts) in heads()) {
        check_request(&method, &target, &hosts)?;
    }
}
