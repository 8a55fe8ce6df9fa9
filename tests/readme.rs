//! README's console blocks are run, and those of the marketplaces' list: what it shows is what a person sees.

use std::path::Path;

use crate::support::environment::TestEnvironment;

/// A home in which a shop of each kind is connected, as README's examples assume.
fn prepare(env: &TestEnvironment) {
    let uuids = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];
    let app = |uuid: &str, marketplace: &str, rest: &str| {
        format!(
            "uuid = '{uuid}'\nmarketplace = '{marketplace}'\nenvironment = 'production'\nclient_id = 'id'\n{rest}"
        )
    };
    let otto = "redirect_uri = 'https://erp.example/callback'\nversion = '1'\n[variables]\napp_id = 'x'\n";
    let amazon = "redirect_uri = 'https://erp.example/callback'\n[variables]\napplication_id = 'amzn1.sp.solution.1'\n";
    env.write("apps/otto.toml", &app("33333333-3333-4333-8333-333333333333", "otto", otto));
    env.write("apps/amazon.toml", &app("44444444-4444-4444-8444-444444444444", "amazon", amazon));
    let profile = |uuid: &str, marketplace: &str, rest: &str| {
        format!(
            "uuid = '{uuid}'\nmarketplace = '{marketplace}'\napp = '{marketplace}'\nenvironment = 'production'\n{rest}"
        )
    };
    env.write("profiles/otto.toml", &profile(uuids[0], "otto", ""));
    env.write("profiles/amazon-de.toml", &profile(uuids[1], "amazon", "region = 'DE'\n"));
    let record = |uuid: &str, shop: &str, version: Option<&str>, scopes: &[&str]| {
        serde_json::json!({
            "uuid": uuid, "generation": 1, "store": "file",
            "connected_at": "2026-01-01T00:00:00Z", "last_refreshed_at": "2026-01-01T00:00:00Z",
            "shop_id": shop, "shop_name": null, "refusal": null,
            "access_token_expires_at": "2026-01-01T01:00:00Z", "refresh_token_expires_at": null,
            "grant": {
                "origin": "consent", "at": "2026-01-01T00:00:00Z", "client_id": "id",
                "app_version": version, "scopes": scopes, "redirect_uri": null,
                "options": [], "variables": {}, "authorization_expires_at": null,
            },
        })
        .to_string()
    };
    let otto = record(uuids[0], "1000042", Some("1"), &["installation", "partnerId"]);
    env.write(format!("state/profiles/{}.json", uuids[0]), &otto);
    env.write(format!("state/profiles/{}.json", uuids[1]), &record(uuids[1], "A2EXAMPLESHOP", None, &[]));
}

#[test]
fn the_console_blocks_show_what_a_person_sees() {
    let env = TestEnvironment::new();
    prepare(&env);
    trycmd::TestCases::new()
        .env("SELLAUTH_HOME", env.home().to_str().expect("a UTF-8 path"))
        .env("HOME", env.home().to_str().expect("a UTF-8 path"))
        .env("SELLAUTH_STORE", "file")
        .env("NO_COLOR", "1")
        .register_bin("sellauth", Path::new(env!("CARGO_BIN_EXE_sellauth")))
        .case("README.md")
        .case("docs/marketplaces/README.md");
}
