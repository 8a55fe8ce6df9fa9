//! The packages that sellers' developers use, as they are published: under `exec --sdk` they find everything
//! they need, and get the same answer as `api`.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::amazon::{TOKEN, connected};
use crate::support::stage::Stage;

const HOST: &str = "sellingpartnerapi-eu.amazon.com";

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// What a script prints under `exec --sdk`. The proxy and its certificate reach it by the environment.
fn answer(stage: &Stage, command: &[&Path]) -> Value {
    let command: Vec<&str> = command.iter().map(|word| word.to_str().unwrap()).collect();
    let exec = ["exec", "amazon-de", "--sdk", "--"];
    // It is no proxy's matter; httpx reads `[::1]` as a host with a port.
    let run = stage.environment.invoke(&[&exec[..], &command].concat()).var("NO_PROXY", "localhost");
    run.var("NODE_EXTRA_CA_CERTS", stage.proxy.ca_file()).run().ok().json()
}

#[test]
fn the_real_sdks_make_the_same_call_as_api() {
    let (stage, ..) = connected(None);
    let (support, sdk) = (tests().join("support/sdk"), tests().join(".cache/sdk"));
    let before = stage.proxy.count(HOST);
    let expected = stage.run(&["api", "amazon-de", "/sellers/v1/marketplaceParticipations"]).ok().json();
    assert_eq!(expected["payload"][0]["storeName"], "Shop of A2SHOPDE");

    let python = answer(&stage, &[&sdk.join("python/bin/python"), &support.join("call.py")]);
    assert_eq!(python, expected);
    let node = answer(&stage, &[&tests().join(".cache/bin/node"), &support.join("call.mjs"), &sdk]);
    assert_eq!(node, expected);

    let requests = stage.proxy.requests_to(HOST).split_off(before);
    let agents: Vec<&str> = requests.iter().filter_map(|request| request.header("user-agent")).collect();
    let begins = ["sellauth/", "python-sp-api-", "amazon-sp-api/"];
    assert_eq!(agents.len(), begins.len());
    assert!(agents.iter().zip(begins).all(|(agent, begin)| agent.starts_with(begin)), "{agents:?}");
    assert_eq!(stage.proxy.count(TOKEN), 3, "the consent's, and one renewal of each SDK's own");
}
