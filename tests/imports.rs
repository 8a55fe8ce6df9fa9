//! What other programs keep in plain text: found, shown, taken over, and pointed out.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::environment::TestEnvironment;
use crate::support::marketplaces::amazon::App;
use crate::support::marketplaces::wire::{Wire, parameter};
use crate::support::marketplaces::{Allegro, Amazon, Marketplace, allegro};
use crate::support::stage::Stage;
use crate::support::strict::{CLIENT_ID, End, ID, Strict};
use crate::support::terminal::Terminal;

const SHOP: &str = "A2SHOPDE";
const CALLBACK: &str = "http://localhost:2/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// A machine on which nothing is registered yet, Amazon, an app there, and a self-authorized token.
fn staged() -> (Stage, Amazon, App, String) {
    let amazon = Amazon::new();
    amazon.log_in(SHOP);
    let app = amazon.app(App::new().private());
    let token = amazon.self_authorize(&app, SHOP, "eu");
    (Stage::new(vec![Box::new(amazon.clone())]), amazon, app, token)
}

/// Writes a file of another program beside the home.
fn put(stage: &Stage, name: &str, text: &str) {
    stage.environment.write(format!("../{name}"), text);
}

fn import(stage: &Stage, arguments: &[&str]) -> crate::support::running::Output {
    stage.run(&[&["import", "amazon", "--region", "DE"], arguments].concat())
}

#[test]
fn the_env_file_of_python_amazon_sp_api_becomes_a_shop() {
    let (stage, _, app, token) = staged();
    let lines = [
        "# shop".to_owned(),
        format!("LWA_APP_ID={}", app.client_id),
        format!("LWA_CLIENT_SECRET='{}'", app.client_secret),
        format!("export SP_API_REFRESH_TOKEN=\"{token}\" # keep"),
    ];
    put(&stage, ".env", &lines.join("\n"));
    let before = stage.files();
    let dry = import(&stage, &["--from", ".env", "--dry-run"]).ok();
    let expected = "client_id      LWA_APP_ID            .env:2\nclient_secret  LWA_CLIENT_SECRET     .env:3\nrefresh_token  SP_API_REFRESH_TOKEN  .env:4\nwould connect amazon-de, and register the app amazon\n";
    assert_eq!(dry.stdout, expected);
    let dry = import(&stage, &["--from", ".env", "--dry-run", "--json"]).ok().json();
    assert_eq!(
        (&dry["profile"], &dry["app"], &dry["registers_app"]),
        (&json!("amazon-de"), &json!("amazon"), &json!(true))
    );
    assert_eq!(
        &dry["found"][2],
        &json!({ "value": "refresh_token", "name": "SP_API_REFRESH_TOKEN", "file": ".env", "line": 4 })
    );
    // Without a terminal nobody can be asked.
    assert!(import(&stage, &["--from", ".env"]).code(2).stderr.contains("--yes"));
    assert_eq!(stage.files(), before);

    let output = import(&stage, &["--from", ".env", "--yes"]).ok();
    assert_eq!(output.stdout, "connected amazon-de\n");
    let plain = ".env still holds LWA_CLIENT_SECRET (line 3), SP_API_REFRESH_TOKEN (line 4) in plain text";
    assert!(output.stderr.contains(plain), "{}", output.stderr);
    assert!(output.stderr.contains("sellauth app set amazon --set application_id"), "{}", output.stderr);
    // The name is taken now, and another shop would find the app.
    assert!(import(&stage, &["--from", ".env", "--dry-run"]).code(2).stderr.contains("--profile NEW"));
    let second = import(&stage, &["--from", ".env", "--dry-run", "--profile", "second"]).ok();
    assert!(second.stdout.ends_with("\nwould connect second with the app amazon\n"), "{}", second.stdout);
    stage.run(&["token", "amazon-de", "--refresh"]).ok().prints_a_secret();
    std::fs::remove_file(stage.environment.home().with_file_name(".env")).unwrap();
    stage.environment.assert_absent(&[&token, &app.client_secret]);
}

#[test]
fn one_of_several_accounts_is_chosen() {
    let (stage, _, app, token) = staged();
    let account = |name: &str, token: &str| {
        let (id, secret) = (&app.client_id, &app.client_secret);
        format!(
            "{name}:\n  refresh_token: '{token}'\n  lwa_app_id: '{id}'\n  lwa_client_secret: '{secret}'\n"
        )
    };
    put(
        &stage,
        "credentials.yml",
        &format!("version: '1.0'\n\n{}{}", account("default", "Atzr|dead"), account("uk", &token)),
    );
    let refused = import(&stage, &["--from", "credentials.yml", "--yes"]).code(2);
    assert!(refused.stderr.contains("--account NAME`: default, uk"), "{}", refused.stderr);
    let refused = import(&stage, &["--from", "credentials.yml", "--account", "us", "--yes"]).code(2);
    assert!(refused.stderr.contains("no account `us`\nhint: there are: default, uk"), "{}", refused.stderr);
    import(&stage, &["--from", "credentials.yml", "--account", "uk", "--yes"]).ok();
    // The same from the environment, where an account is the end of a name. Its app is here already.
    let from_env = ["import", "amazon", "--region", "FR", "--from-env", "--account", "uk", "--yes"];
    let run = stage.environment.invoke(&from_env).var("LWA_APP_ID", &app.client_id);
    let output =
        run.var("SP_API_REFRESH_TOKEN", "Atzr|dead").var("SP_API_REFRESH_TOKEN_uk", &token).run().ok();
    assert!(
        output.stderr.contains("the environment still holds SP_API_REFRESH_TOKEN_uk"),
        "{}",
        output.stderr
    );
    assert_eq!(stage.run(&["app", "list", "--json"]).ok().json().as_array().unwrap().len(), 1);
}

#[test]
fn the_credentials_of_amz_tools_need_the_token_from_elsewhere() {
    let (stage, _, app, token) = staged();
    let (id, secret) = (&app.client_id, &app.client_secret);
    put(
        &stage,
        "credentials",
        &format!("SELLING_PARTNER_APP_CLIENT_ID={id}\nSELLING_PARTNER_APP_CLIENT_SECRET={secret}\n"),
    );
    for flag in ["--yes", "--dry-run"] {
        let refused = import(&stage, &["--from", "credentials", flag]).code(2);
        assert!(refused.stderr.contains("--refresh-token-stdin"), "{flag}");
    }
    assert_eq!(stage.run(&["app", "list", "--json"]).ok().json(), json!([]), "no app without its shop");
    let more = ["--from", "credentials", "--yes", "--refresh-token-stdin"];
    stage.feed(&[&["import", "amazon", "--region", "DE"], &more[..]].concat(), &token).ok();
}

#[test]
fn what_the_marketplace_refuses_leaves_nothing_behind() {
    let (stage, _, app, _) = staged();
    let (id, secret) = (&app.client_id, &app.client_secret);
    let text = format!("LWA_APP_ID={id}\nLWA_CLIENT_SECRET={secret}\nSP_API_REFRESH_TOKEN=Atzr|dead\n");
    put(&stage, ".env", &text);
    let refused = import(&stage, &["--from", ".env", "--yes"]).code(4).stderr;
    assert!(
        refused.contains("replaced by a newer one") && refused.contains("`sellauth connect amazon`"),
        "{refused}"
    );
    assert_eq!(stage.run(&["app", "list", "--json"]).ok().json(), json!([]));
    assert_eq!(stage.run(&["status", "--json"]).ok().json(), json!([]));
    let store = stage.environment.home().join("store");
    assert!(!store.exists() || !store.read_dir().unwrap().any(|entry| entry.unwrap().path().is_dir()));
    // What is something else is noticed before anything is sent, and never quoted.
    put(&stage, ".env", &text.replace(id.as_str(), "amzn1.sp.solution.7"));
    let error = import(&stage, &["--from", ".env", "--yes"]).code(2).stderr;
    assert!(error.contains(".env:1") && error.contains("LWA_APP_ID"), "{error}");
    for (name, text) in [("a.json", "{ \"LWA_CLIENT_SECRET\": "), ("b.env", "PATH=/bin\n")] {
        put(&stage, name, text);
        let code = import(&stage, &["--from", name, "--yes"]).code;
        assert!([2, 9].contains(&code), "{name}: {code}");
    }
}

/// A machine with what Allegro answered to another program in `token.json`, and its client in `config.json`.
fn with_allegros_answer() -> Stage {
    let allegro = Allegro::new();
    let app = allegro.app(allegro::App::new().redirect_uri(CALLBACK));
    let stage = Stage::new(vec![Box::new(allegro)]);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let page = stage.open(&format!(
        "https://allegro.pl/auth/oauth/authorize?response_type=code&client_id={}&redirect_uri={CALLBACK}\
         &prompt=confirm&code_challenge={challenge}&code_challenge_method=S256",
        app.client_id
    ));
    let code = parameter(&page.url, "code");
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &*code),
        ("redirect_uri", CALLBACK),
        ("client_id", &app.client_id),
        ("code_verifier", VERIFIER),
    ];
    let answer = Wire::new(&stage.proxy).post("https://allegro.pl/auth/oauth/token", &form).json;
    put(&stage, "token.json", &answer.to_string());
    let client =
        json!({ "clientId": app.client_id, "clientSecret": app.client_secret, "redirectUri": CALLBACK });
    put(&stage, "config.json", &client.to_string());
    stage
}

#[test]
fn allegros_own_answer_becomes_a_shop_and_its_copy_is_dead() {
    let stage = with_allegros_answer();
    let output =
        stage.run(&["import", "allegro", "--from", "token.json", "--from", "config.json", "--yes"]).ok();
    assert!(output.stderr.contains("Allegro has replaced the refresh token"), "{}", output.stderr);
    stage.run(&["token", "allegro", "--refresh"]).ok().prints_a_secret();
    let renewal =
        stage.proxy.requests().into_iter().rev().find(|request| request.path == "/auth/oauth/token");
    assert_eq!(renewal.unwrap().form().unwrap().text("redirect_uri"), CALLBACK);
}

#[test]
fn a_dry_run_fails_where_the_import_would() {
    let (stage, _, app, token) = staged();
    let (id, secret) = (&app.client_id, &app.client_secret);
    let lines = [
        format!("LWA_APP_ID={id}"),
        format!("LWA_CLIENT_SECRET={secret}"),
        format!("SP_API_REFRESH_TOKEN={token}"),
    ];
    for (missing, hint, code) in
        [(0, "sellauth app add amazon", 9), (1, "SELLAUTH_CLIENT_SECRET", 2), (2, "--refresh-token-stdin", 2)]
    {
        let mut lines = lines.to_vec();
        lines.remove(missing);
        put(&stage, ".env", &lines.join("\n"));
        for flag in ["--dry-run", "--yes"] {
            let refused = import(&stage, &["--from", ".env", flag]).code(code);
            assert!(refused.stderr.contains(hint), "{flag}: {}", refused.stderr);
        }
        // On a terminal, too, nothing is asked for or written.
        let dry = ["import", "amazon", "--region", "DE", "--from", ".env", "--dry-run"];
        assert_eq!(Terminal::start(&stage.environment, &dry).finish(), code);
    }
    assert_eq!(stage.run(&["app", "list", "--json"]).ok().json(), json!([]));
}

#[test]
fn a_person_sees_what_was_found_and_is_asked() {
    let (market, mut environment) = (Strict::start(), TestEnvironment::new());
    environment.use_file_store();
    environment.write(format!("marketplaces/{ID}.toml"), &market.definition());
    let refused = environment.run(&["import", ID, "--from", "shop.env"]).code(2);
    assert!(refused.stderr.contains("--refresh-token-stdin"), "{}", refused.stderr);
    let names = "\n[import]\nclient_id = [\"client_id\"]\nrefresh_token = [\"refresh_token\"]\n";
    environment.write(format!("marketplaces/{ID}.toml"), &format!("{}{names}", market.definition()));
    let text = format!("CLIENT_ID={CLIENT_ID}\nREFRESH_TOKEN={}\n", market.issue());
    environment.write("../shop.env", &text);
    let mut terminal = Terminal::start(&environment, &["import", ID, "--from", "shop.env"]);
    terminal.expect("refresh_token  REFRESH_TOKEN  shop.env:2");
    terminal.expect("Connect strict with this");
    terminal.send("n");
    assert_eq!(terminal.finish(), 2);
    assert!(market.renewals().is_empty());
    let mut terminal = Terminal::start(&environment, &["import", ID, "--from", "shop.env"]);
    terminal.expect("Connect strict with this");
    terminal.send("y");
    terminal.expect("connected strict");
    assert_eq!(terminal.finish(), 0);
    market.token(&environment, &["--refresh"]);
    assert!(!market.ends().contains(&Some(End::Replayed)), "{:#?}", market.log());
}

#[test]
fn connecting_a_private_app_asks_for_the_token_of_the_portal() {
    let (stage, _, app, token) = staged();
    let application = format!("application_id={}", app.application_id);
    let add =
        ["app", "add", "amazon", "--imported-only", "--client-id", &app.client_id, "--set", &application];
    stage.feed(&[&add[..], &["--client-secret-stdin"]].concat(), &app.client_secret).ok();
    let mut terminal = Terminal::start(&stage.environment, &["connect", "amazon", "--region", "DE"]);
    terminal.expect("make one there, and give it here");
    terminal.expect_unseen("Refresh token");
    terminal.send_line(&token);
    terminal.expect("connected amazon-de");
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn a_token_that_was_replaced_for_the_wrong_shop_is_kept() {
    let stage = with_allegros_answer();
    let from = ["import", "allegro", "--from", "token.json", "--from", "config.json", "--yes"];
    let output = stage.run(&[&from[..], &["--expect-shop", "1", "--json"]].concat()).code(5);
    let error = output.error_json();
    assert_eq!(error["error"]["kind"], "wrong_shop");
    let rows = stage.run(&["status", "--json"]).ok().json();
    let name = rows[0]["profile"].as_str().unwrap();
    assert!(error["error"]["hint"].as_str().unwrap().contains(&format!("kept as `{name}`")), "{error}");
    assert!(name.starts_with("allegro-") && rows.as_array().unwrap().len() == 1, "{rows}");
    stage.token(&[name, "--refresh"]);
}
