//! Bad input about a shop that is connected.

use super::{NOT_FOUND, SEE_HELP, USAGE, misread, refused};
use crate::support::marketplaces::Otto;
use crate::support::marketplaces::otto::App;
use crate::support::stage::Stage;

/// A home in which OTTO's own app has connected a shop.
pub(super) fn connected() -> Stage {
    let otto = Otto::new();
    let app = otto.app(App::self_app());
    let stage = Stage::new(vec![Box::new(otto)]);
    let add = [
        "app",
        "add",
        "otto-self",
        "--client-id",
        &app.client_id,
        "--scope",
        "orders",
        "--client-secret-stdin",
    ];
    stage.feed(&add, &app.client_secret).ok();
    stage.run(&["connect", "otto-self"]).ok();
    stage
}

#[test]
fn a_second_shop_does_not_take_a_name() {
    let stage = connected();
    let hint = "the same shop again: `sellauth reauthorize otto`; another one: `--profile NEW`";
    let requests = stage.requests_during(|| {
        refused(&stage.environment, &["connect", "otto-self"], USAGE, "`otto` is connected already", hint);
    });
    assert_eq!(requests, 0);
    let taken = "choose another one, or see what it is: `sellauth status otto`";
    refused(&stage.environment, &["rename", "otto", "otto"], USAGE, "the name `otto` is taken", taken);
    let add = ["app", "add", "otto-self", "--client-id", "1", "--scope", "orders", "--client-secret-stdin"];
    let hint = "choose another name with `--name N`, or change it: `sellauth app set otto-self --help`";
    refused(&stage.environment, &add, USAGE, "an app is called `otto-self` already", hint);
}

#[test]
fn a_profile_of_another_marketplace_is_never_taken_over() {
    let stage = connected();
    let add = ["app", "add", "allegro", "--client-id", "1", "--client-secret-stdin"];
    stage.feed(&add, "geheim").ok();
    let taken = "choose another one, or see what it is: `sellauth status otto`";
    let requests = stage.requests_during(|| {
        for replace in [&[][..], &["--replace"]] {
            let connect = ["connect", "allegro", "--profile", "otto", "--no-browser"];
            let connect = [&connect[..], replace].concat();
            refused(&stage.environment, &connect, USAGE, "the name `otto` is taken", taken);
        }
    });
    assert_eq!(requests, 0);
    stage.token(&["otto"]);
}

#[test]
fn what_token_cannot_do_is_said_before_any_request() {
    let stage = connected();
    let requests = stage.requests_during(|| {
        let environment = &stage.environment;
        for (least, shown) in [("30m", "30m"), ("45m", "45m"), ("1d", "1d"), ("1800s", "30m")] {
            refused(
                environment,
                &["token", "otto", "--min-validity", least],
                USAGE,
                &format!("no token is valid for {shown}: a fresh one lives 30m"),
                "ask for less with `--min-validity`",
            );
        }
        for wrong in ["xyz", "0123456789abcde", "0123456789abcdeg"] {
            let message = format!(
                "invalid value '{wrong}' for '--refresh-if <HASH>': give the first 16 hex digits of its SHA-256"
            );
            misread(environment, &["token", "otto", "--refresh-if", wrong], &message, SEE_HELP);
        }
        let hint = "did you mean `otto`?";
        refused(environment, &["token", "oto"], NOT_FOUND, "no shop is called `oto`", hint);
    });
    assert_eq!(requests, 0);
}
