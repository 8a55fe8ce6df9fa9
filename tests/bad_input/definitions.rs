//! Files in `marketplaces/` that stop only what needs them, and redirect URIs that do not fit.

use super::connected::connected;
use super::{CONFIGURATION, SHOPLY, USAGE, left_as_it_is, path, refused, shoply};
use crate::support::environment::TestEnvironment;

const GIVE_ANOTHER_NAME: &str = "give the file and its id another name";

#[test]
fn a_file_that_takes_a_built_in_id_stops_that_marketplace_only() {
    let environment = shoply();
    let otto = SHOPLY.replace("id = \"shoply\"", "id = \"otto\"");
    let file = environment.write("marketplaces/otto.toml", &otto).display().to_string();
    let message = format!("{file}: `otto` is a built-in marketplace, which no file may replace");
    refused(&environment, &["connect", "otto"], CONFIGURATION, &message, GIVE_ANOTHER_NAME);
    refused(&environment, &["marketplaces", "show", "otto"], CONFIGURATION, &message, GIVE_ANOTHER_NAME);
    refused(
        &environment,
        &["app", "add", "otto", "--client-id", "1"],
        CONFIGURATION,
        &message,
        GIVE_ANOTHER_NAME,
    );
    let checked = environment.run(&["marketplaces", "check", &file]).code(9).stderr;
    assert!(
        checked.starts_with("error: id: `otto` is a built-in marketplace") && checked.contains(":3:6\n"),
        "{checked}"
    );
    others_work(&environment, "otto", &message);
}

#[test]
fn a_wrong_file_stops_only_what_needs_it() {
    let environment = shoply();
    let file = environment.write("marketplaces/broken.toml", "schema = 1\nid = \n").display().to_string();
    let connect = environment.run(&["connect", "broken", "--json"]).code(9);
    let error = connect.error_json()["error"].clone();
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with(&format!("{file}:2: ")), "{message}");
    assert_eq!(error["hint"], format!("to see all of it run `sellauth marketplaces check {file}`"));
    others_work(&environment, "broken", message);
}

#[test]
fn a_misspelt_key_of_a_region_is_no_value() {
    let environment = shoply();
    let region = "[environments.production]\n\n[regions.DE]\nconsent_aera = \"EU\"\n";
    let file = environment
        .write("marketplaces/shoply.toml", &SHOPLY.replace("[environments.production]\n", region))
        .display()
        .to_string();
    let message =
        format!("{file}:14: regions.DE.consent_aera: nothing uses it; did you mean `consent_area`?");
    let hint = format!("to see all of it run `sellauth marketplaces check {file}`");
    refused(
        &environment,
        &["app", "add", "shoply", "--client-id", "2", "--name", "two"],
        CONFIGURATION,
        &message,
        &hint,
    );
}

/// The list shows what is wrong beside what is right, and another marketplace takes an app.
#[track_caller]
fn others_work(environment: &TestEnvironment, wrong: &str, message: &str) {
    let list = environment.run(&["marketplaces", "--json"]).ok().json();
    let rows = list.as_array().unwrap();
    let wrong = rows.iter().find(|row| row["id"] == wrong).expect("it is listed");
    assert_eq!(wrong["error"], *message);
    let sound: Vec<&str> =
        rows.iter().filter(|row| row.get("error").is_none()).map(|row| row["id"].as_str().unwrap()).collect();
    assert!(sound.contains(&"shoply") && sound.contains(&"amazon"), "{sound:?}");
    let table = environment.run(&["marketplaces"]).ok();
    assert!(table.stderr.contains(&format!("error: {message}")), "{table:?}");
    assert!(table.stdout.contains("\nshoply ") && table.stdout.contains("\nallegro "), "{table:?}");
    environment.run(&["app", "add", "shoply", "--client-id", "2", "--name", "two"]).ok();
}

#[test]
fn a_definition_in_the_current_folder_is_never_read() {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    let folder = tempfile::tempdir().unwrap();
    for place in ["shoply.toml", "marketplaces/shoply.toml", "amazon.toml", "config.toml"] {
        let file = folder.path().join(place);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, SHOPLY).unwrap();
    }
    let run = |arguments: &[&str]| {
        let mut command = environment.command(arguments);
        command.current_dir(folder.path()).output().unwrap()
    };
    let connect = run(&["connect", "shoply", "--set", "shop=nord"]);
    assert_eq!(connect.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&connect.stderr).contains("no marketplace is called `shoply`"));
    let list = run(&["marketplaces", "--json"]);
    assert!(list.status.success() && list.stderr.is_empty());
    assert!(!String::from_utf8_lossy(&list.stdout).contains("Shoply"));
    assert!(environment.files().is_empty(), "something was written");
    // Named as a file it is read, and nothing of it is kept.
    let check = run(&["marketplaces", "check", "shoply.toml"]);
    assert_eq!(String::from_utf8_lossy(&check.stdout), "shoply is fine\n");
    assert!(environment.files().is_empty(), "something was written");
}

#[test]
fn a_redirect_uri_fits_its_marketplace() {
    let environment = shoply();
    let amazon = ["amzn1.application-oa2-client.1", "application_id=amzn1.sp.solution.1"];
    let no_address =
        "it must be an https address (http for this machine only), without fragment or user name";
    let taken = "its query must not hold `state`, `code` or `error`";
    for (marketplace, uri, reason) in [
        ("amazon", "http://erp.example/callback", no_address),
        ("amazon", "https://erp.example/callback#top", no_address),
        ("amazon", "https://me@erp.example/callback", no_address),
        ("amazon", "erp.example/callback", no_address),
        ("amazon", "javascript:alert(1)", no_address),
        ("amazon", "https://erp.example/callback?state=1", taken),
        ("amazon", "https://erp.example/callback?code=1", taken),
        (
            "amazon",
            "http://localhost:8123/callback",
            "Amazon takes no address of this machine, only a registered https page",
        ),
        ("allegro", "http://127.0.0.1:8123/callback", "its host must be localhost"),
        ("allegro", "https://localhost:8123/callback", "on this machine it is http, not https"),
        (
            "shoply",
            "http://127.0.0.2:8123/callback",
            "on this machine its host is 127.0.0.1, [::1] or localhost",
        ),
        ("shoply", "https://erp.example/callback", "the marketplace sends browsers to this machine only"),
    ] {
        let mut add = vec!["app", "add", marketplace, "--name", "new", "--redirect-uri", uri];
        match marketplace {
            "amazon" => add.extend(["--client-id", amazon[0], "--set", amazon[1]]),
            _ => add.extend(["--client-id", "1"]),
        }
        let message = format!("`{uri}` cannot be the redirect URI: {reason}");
        let hint = "register one that fits in the marketplace's portal, and give exactly that";
        refused(&environment, &add, CONFIGURATION, &message, hint);
    }
    let uri = "https://erp.example/callback";
    let set = ["app", "set", "shoply", "--redirect-uri", uri];
    let message =
        format!("`{uri}` cannot be the redirect URI: the marketplace sends browsers to this machine only");
    let hint = "register one that fits in the marketplace's portal, and give exactly that";
    refused(&environment, &set, CONFIGURATION, &message, hint);
    let add = ["app", "add", "amazon", "--client-id", amazon[0], "--set", amazon[1]];
    let hint = "give the registered one with `--redirect-uri https://…`";
    refused(&environment, &add, USAGE, "Amazon wants a redirect URI of your own", hint);
}

#[test]
fn a_port_does_not_contradict_the_registered_one() {
    let environment = shoply();
    let app = environment.read("apps/shoply.toml");
    environment
        .write("apps/shoply.toml", &format!("{app}redirect_uri = \"http://127.0.0.1:8123/callback\"\n"));
    let connect = ["connect", "shoply", "--set", "shop=nord", "--port", "9000", "--no-browser"];
    let told = environment.run(&connect).code(2);
    let expected = "error: the registered redirect URI has port 8123\nhint: leave `--port` out, or register \
                    another redirect URI\n";
    assert_eq!((told.stdout.as_str(), told.stderr.as_str()), ("", expected));
    assert!(!environment.home().join("profiles").exists() && !environment.home().join("state").exists());
}

#[test]
fn the_record_of_another_shop_is_not_taken_for_ones_own() {
    let stage = connected();
    let environment = &stage.environment;
    let uuid = |name: &str| {
        let profile = environment.read(format!("profiles/{name}.toml"));
        profile.lines().find_map(|line| line.strip_prefix("uuid = ")).unwrap().trim_matches('"').to_owned()
    };
    stage.run(&["connect", "otto-self", "--profile", "second"]).ok();
    let record = environment.read(format!("state/profiles/{}.json", uuid("otto")));
    let file = format!("state/profiles/{}.json", uuid("second"));
    environment.write(&file, &record);
    let message = format!("{} is damaged, or not written by sellauth", path(environment, &file));
    refused(environment, &["token", "second"], CONFIGURATION, &message, &left_as_it_is("second"));
    assert!(!stage.token(&["otto"]).is_empty());
}
