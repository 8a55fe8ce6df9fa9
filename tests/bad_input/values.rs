//! Values that choose where secrets go: those of a file or a record are trusted no more than those
//! of a command line.

use serde_json::{Value, json};
use url::Url;

use super::connected::connected;
use super::{APP, CONFIGURATION, PROFILE, USAGE, path, refused, shoply};
use crate::support::environment::TestEnvironment;

const CENTRAL: &str = "https://sellercentral.example.com";

/// Shoply, and an app of Amazon's.
fn amazon() -> TestEnvironment {
    let environment = shoply();
    let add = [
        "app",
        "add",
        "amazon",
        "--client-id",
        "amzn1.application-oa2-client.1",
        "--set",
        "application_id=amzn1.sp.solution.1",
        "--redirect-uri",
        "https://erp.example/callback",
        "--client-secret-stdin",
    ];
    environment.invoke(&add).stdin("a-client-secret").run().ok();
    environment
}

#[test]
fn an_apps_file_replaces_no_value_of_its_marketplace() {
    let stage = connected();
    let environment = &stage.environment;
    let app = environment.read("apps/otto-self.toml");
    environment.write("apps/otto-self.toml", &format!("{app}[variables]\napi = \"https://evil.example\"\n"));
    let file = path(environment, "apps/otto-self.toml");
    let message = format!("{file}: OTTO Market (own app) has no value called `api`");
    let requests = stage.requests_during(|| {
        for command in [
            &["token", "otto", "--refresh"][..],
            &["reauthorize", "otto"],
            &["connect", "otto-self", "--profile", "two"],
        ] {
            refused(environment, command, CONFIGURATION, &message, "it has: –");
        }
    });
    assert_eq!(requests, 0);
}

#[test]
fn a_profiles_file_gives_only_what_a_person_could() {
    let environment = shoply();
    let file = path(&environment, "profiles/nord.toml");
    let reauthorize = ["reauthorize", "nord", "--no-browser"];
    for (line, message, hint) in [
        (
            "shop = \"evil.example/#\"",
            "`evil.example/#` does not fit `shop`",
            "it looks like this: kontor-nord",
        ),
        ("shp = \"nord\"", "Shoply has no value called `shp`", "did you mean `shop`?"),
        ("client_id = \"x\"", "Shoply has no value called `client_id`", "it has: shop"),
    ] {
        environment.write("profiles/nord.toml", &PROFILE.replace("shop = \"kontor-nord\"", line));
        refused(&environment, &reauthorize, CONFIGURATION, &format!("{file}: {message}"), hint);
    }
    // A shop's value is none of the app's.
    environment.write("profiles/nord.toml", PROFILE);
    environment.write("apps/shoply.toml", &format!("{APP}[variables]\nshop = \"nord\"\n"));
    let message = format!("{}: Shoply has no value called `shop`", path(&environment, "apps/shoply.toml"));
    refused(&environment, &reauthorize, CONFIGURATION, &message, "it has: –");
}

#[test]
fn a_record_replaces_no_value_of_its_marketplace() {
    let stage = connected();
    let environment = &stage.environment;
    let profile = environment.read("profiles/otto.toml");
    let uuid = profile.lines().find_map(|line| line.strip_prefix("uuid = ")).unwrap().trim_matches('"');
    let file = format!("state/profiles/{uuid}.json");
    let mut record: Value = serde_json::from_str(&environment.read(&file)).unwrap();
    record["grant"]["variables"] = json!({ "api": "https://evil.example", "client_secret": "x" });
    environment.write(&file, &record.to_string());
    let before = stage.token(&["otto"]);
    assert_ne!(stage.token(&["otto", "--refresh"]), before, "it was renewed where it always is");
}

#[test]
fn what_nobody_confirms_is_replaced_for_its_region_only() {
    let environment = amazon();
    let set = format!("seller_central={CENTRAL}");
    let connect = |region: &'static str, set: &str| {
        ["connect", "amazon", "--region", region, "--set", set, "--no-browser"].map(str::to_owned)
    };
    let given = connect("IE", &set);
    let running = environment.spawn(&given.each_ref().map(String::as_str));
    let url = Url::parse(&running.url()).unwrap();
    assert_eq!(url.origin().ascii_serialization(), CENTRAL);
    running.signal("INT");
    running.finish().code(130);

    let no_origin = "`seller_central` must be an https address without a path";
    let unknown = |name: &str| format!("Amazon has no value called `{name}`");
    let hint = "for example https://sellercentral.example.com";
    for (region, set, message, hint) in [
        ("IE", format!("{set}/x"), no_origin.to_owned(), hint),
        ("IE", "seller_central=http://evil.example".to_owned(), no_origin.to_owned(), hint),
        ("IE", format!("api={CENTRAL}"), unknown("api"), "it has: seller_central, vendor_central"),
        ("IN", set.clone(), unknown("seller_central"), "did you mean `vendor_central`?"),
        ("DE", set.clone(), unknown("seller_central"), "it has: –"),
    ] {
        let arguments = connect(region, &set);
        refused(&environment, &arguments.each_ref().map(String::as_str), USAGE, &message, hint);
    }
}
