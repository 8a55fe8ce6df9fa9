//! Broken definitions, each one edit away from a sound one, and what is said of them.

use std::path::Path;

use super::each_is_told;
use crate::marketplace::load;

const SOUND: &str = r#"
schema = 1
id = "sample"
name = "Sample Market"
docs = "https://docs.example"
verified = "2026-11-22"
grant = "authorization_code"
manage_url = "{central}"
api_base = "{api}"
api_headers = ["Authorization: Bearer {access_token}"]

[environments.production]
api = "https://api.example"

[regions.DE]
aliases = ["GE"]
central = "https://de.example"

[variables.shop]
scope = "profile"
prompt = "Shop"
pattern = "[a-z0-9-]+"

[consent]
pkce = "S256"

[redirect]
modes = ["loopback"]

[authorization_request]
endpoint = "https://{shop}.example/authorize"
parameters = { client_id = "{client_id}", state = "{state}", redirect_uri = "{redirect_uri}", code_challenge = "{code_challenge}" }

[[token_request]]
url = "{api}/token"
form = { code = "{code}", code_verifier = "{code_verifier}", client_secret = "{client_secret}" }
token = { access_token = "/access_token" }
"#;

const LOOSE: &str = "authorization_request.endpoint: `shop` is part of a host: give it a pattern of letters, digits and hyphens";

const SHAPE: &str = "sample.toml:";

/// What is replaced, by what, and the message: of the shape with its line, of the meaning with its key.
const BROKEN: &[(&str, &str, &str)] = &[
    (
        "token = { access_token = \"/access_token\" }\n",
        r#"token = { access_token = "/access_token" }
[[renewal_request]]
url = "{api}/token"
form = { refresh_token = "{refresh_token}" }
token = { access_token = "/access_token", refresh_token = "/refresh_token" }
[[renewal_request]]
url = "{api}/shop"
headers = { Authorization = "Bearer {client_secret}" }
form = {}
"#,
        "renewal_request: only the last request may send a refresh token that is replaced",
    ),
    (
        "state = \"{state}\"",
        "state = \"{state}\", nonce = \"{uuid}\"",
        "authorization_request.parameters.nonce: {uuid} is new with every request, and belongs into requests and `api_headers` only",
    ),
    (
        "form = { code",
        "share = \"app\"\nheaders = { X-Id = \"{uuid}\" }\nform = { code",
        "token_request[0]: {uuid} is one shop's",
    ),
    (
        "url = \"{api}/token\"",
        "url = \"{api}/token\"\npace = \"{central}\"",
        "token_request[0].pace: `https://de.example` is no pace: write 10/s, 8/m or 100/h (production, DE)",
    ),
    ("url = \"{api}/token\"", "url = \"{api}/token\"\npace = \"many\"", SHAPE),
    (
        "prompt = \"Shop\"",
        "secret = true\nprompt = \"Shop\"",
        "variables.shop: belongs to `grant = \"static\"` only",
    ),
    (
        "[consent]",
        "[static_token]\nvalue = \"{shop}\"\n[consent]",
        "static_token: belongs to `grant = \"static\"` only",
    ),
    ("schema = 1", "schema = 2", "schema: this program reads schema 1"),
    ("id = \"sample\"", "id = \"Sample\"", "id: use lower-case letters, digits and hyphens"),
    ("id = \"sample\"", "id = \"other\"", "id: it is `other`, but the file is called `sample.toml`"),
    ("environments.production", "environments.live", "environments: one must be called `production`"),
    ("aliases = [\"GE\"]", "aliases = [\"de\"]", "regions.DE: `de` is named twice"),
    ("2026-11-22", "yesterday", "verified: write a date as 2026-11-22"),
    ("[a-z0-9-]+", "[a-z", "variables.shop.pattern: `[a-z` is no regular expression"),
    (
        "pattern = \"[a-z0-9-]+\"",
        "pattern = \"[a-z]+\"\ndefault = \"1\"",
        "variables.shop.default: the default does not match the pattern",
    ),
    ("Bearer {access_token}", "Bearer {acess_token}", "api_headers: nothing is called `{acess_token}`"),
    ("central =", "state =", "state: is a name of the protocol; choose another"),
    ("access_token = \"/access_token\"", "", SHAPE),
    ("token = {", "capture = { id = \"/id\" } # {", "token: no request yields an access token"),
    ("form = {", "json = {}\nform = {", "token_request[0]: choose one of `form` and `json`"),
    (
        "client_id = \"{client_id}\"",
        "secret = \"{client_secret}\"",
        "authorization_request.parameters.secret: {client_secret} must not go where a browser or a person sees it",
    ),
    (
        "client_id = \"{client_id}\"",
        "token = \"{refresh_token}\"",
        "authorization_request.parameters.token: {refresh_token} must not go where a browser or a person sees it",
    ),
    (
        "client_id = \"{client_id}\"",
        "verifier = \"{code_verifier}\"",
        "authorization_request.parameters.verifier: {code_verifier} must not go where a browser or a person sees it",
    ),
    (
        "state = \"{state}\"",
        "prompt = \"consent\"",
        "authorization_request: {state} is no parameter: answers could be forged",
    ),
    (
        "pkce = \"S256\"",
        "pkce = \"off\"",
        "consent.pkce: set it to \"S256\" if and only if {code_challenge} is sent",
    ),
    (
        "pkce = \"S256\"",
        "pkce = \"S256\"\n[options.plain]\ndescription = \"without PKCE\"\npkce = \"plain\"",
        SHAPE,
    ),
    (
        "pkce = \"S256\"\n\n[redirect]\nmodes = [\"loopback\"]\n\n[authorization_request]\nendpoint = \"https://{shop}.example/authorize\"\nparameters = {",
        "pkce = \"S256\"\n[options.plain]\ndescription = \"without PKCE\"\npkce = \"off\"\n[redirect]\nmodes = [\"loopback\"]\n[authorization_request]\nendpoint = \"https://{shop}.example/authorize\"\nparameters = { code_challenge_method = \"S256\",",
        "authorization_request.parameters.code_challenge_method: an option switches PKCE: write {code_challenge_method}",
    ),
    (
        "code_challenge = \"{code_challenge}\" }",
        "x = \"1\" }\n[options.safe]\ndescription = \"with PKCE\"\npkce = \"S256\"",
        "consent.pkce: set it to \"S256\" if and only if {code_challenge} is sent",
    ),
    // What stands for an address.
    (
        "modes = [\"loopback\"]",
        "modes = [\"paste\", \"relay\"]\nkind = \"opaque\"\n[variables.redirect_uri]\nprompt = \"Name\"\npattern = \"[a-z]+\"",
        "redirect.kind: where an opaque redirect leads is not known here: the only mode is paste",
    ),
    (
        "modes = [\"loopback\"]",
        "modes = [\"paste\"]\nkind = \"opaque\"\nport = 1\n[variables.redirect_uri]\nprompt = \"Name\"\npattern = \"[a-z]+\"",
        "redirect.kind: where an opaque redirect leads is not known here: the only mode is paste",
    ),
    (
        "modes = [\"loopback\"]",
        "modes = [\"paste\"]\nkind = \"opaque\"",
        "redirect.kind: an opaque redirect wants `variables.redirect_uri`, with a pattern",
    ),
    ("modes = [\"loopback\"]", "modes = [\"paste\"]\nkind = \"name\"", SHAPE),
    (
        "schema = 1",
        "schema = 1\nunverified = [\"seller\"]",
        "unverified: unverified `seller` is no value of it",
    ),
    // The beginning of a text.
    ("token = {", "capture = { id = \"/access_token.before(.)/x\" }\ntoken = {", SHAPE),
    ("token = {", "capture = { id = \"/access_token.before()\" }\ntoken = {", SHAPE),
    ("modes = [\"loopback\"]", "modes = []", "redirect.modes: name at least one of loopback, relay, paste"),
    (
        "modes = [\"loopback\"]",
        "modes = [\"loopback\"]\nhost = \"evil.example\"",
        "redirect.host: must be localhost, 127.0.0.1 or [::1]",
    ),
    ("pattern = \"[a-z0-9-]+\"", "", LOOSE),
    ("[a-z0-9-]+", ".+", LOOSE),
    (
        "url = \"{api}/token\"",
        "url = \"https://{code}/token\"",
        "token_request[0].url: {code} must not choose a host",
    ),
    (
        "url = \"{api}/token\"",
        "url = \"http://api.example/token\"",
        "token_request[0].url: `http://api.example/token` is no https address (http is for this machine only) (production, DE)",
    ),
    (
        "api = \"https://api.example\"",
        "api = \"http://api.example\"",
        "environments.production.api: the value of `api` is no https origin",
    ),
    ("aliases = [\"GE\"]", "unverified = [\"seller\"]", "regions.DE: unverified `seller` is no value of it"),
    (
        "grant = \"authorization_code\"",
        "grant = \"client_credentials\"",
        "authorization_request: this grant has none",
    ),
    // A device flow by halves.
    (
        "[redirect]",
        "[device_authorization_request]\nurl = \"{api}/device\"\ncapture = { device_code = \"/device_code\", user_code = \"/user_code\" }\n[redirect]",
        "device_authorization_request.capture: `verification_uri` must be captured",
    ),
    (
        "[redirect]",
        "[device_authorization_request]\nurl = \"{api}/device\"\ncapture = { device_code = \"/a\", user_code = \"/b\", verification_uri = \"/c\" }\n[redirect]",
        "device_token_request: at least one is needed",
    ),
    (
        "[redirect]",
        "[[device_token_request]]\nurl = \"{api}/token\"\n[redirect]",
        "device_token_request: nothing yields the device code it needs",
    ),
    // A host of anybody's.
    ("[a-z0-9-]+", "[a-z0-9][a-z0-9.-]*", LOOSE),
    ("[a-z0-9-]+", "[a-z]+[.]com", LOOSE),
    ("[a-z0-9-]+", "https://.+", LOOSE),
    (
        "api = \"https://api.example\"",
        "api = \"https://{any}\"\n[variables.any]\nprompt = \"Any\"\npattern = \".+\"",
        "api_base: `any` is part of a host: give it a pattern of letters, digits and hyphens",
    ),
    (
        "variables.shop]",
        "variables.client_id]\npattern = \"[a-z]+\"\nprompt = \"Id\"\n[options.own]\ndescription = \"own\"\napi = \"https://{client_id}.example\"\n[variables.shop]",
        "api_base: {client_id} must not choose a host",
    ),
    // Secrets that would be shown.
    ("manage_url = \"{central}\"", "manage_url = \"{central}/{code}\"", "manage_url: {code} must not go"),
    ("api_base = \"{api}\"", "api_base = \"{api}/{access_token}\"", "api_base: {access_token} must not go"),
    ("[consent]", "[shop]\nid = [\"{refresh_token}\"]\n[consent]", "shop.id: {refresh_token} must not go"),
    ("[consent]", "[shop]\nearlier = \"{code}\"\n[consent]", "shop.earlier: {code} must not go"),
    ("[consent]", "[shop]\nname = \"{client_secret}\"\n[consent]", "shop.name: {client_secret} must not go"),
    (
        "[consent]",
        "[portal.fields]\nSecret = \"{client_secret}\"\n[consent]",
        "portal.fields.Secret: {client_secret} must not go",
    ),
    (
        "[consent]",
        "[authorization_response]\nexpect = { s = \"{code_verifier}\" }\n[consent]",
        "authorization_response.expect.s: {code_verifier} must not go",
    ),
    (
        "[consent]",
        "[initiation]\ntarget = \"to\"\norigins = [\"{api}\"]\nbase = \"{api}\"\npath = \"/\"\ncapture = {}\nparameters = { s = \"{client_secret}\" }\n[consent]",
        "initiation.parameters.s: {client_secret} must not go",
    ),
    // Names that mean two things, nothing, or something later.
    ("token = {", "capture = { api = \"/api\" }\ntoken = {", "api: `api` is named twice"),
    ("variables.shop", "variables.api", "api: `api` is named twice"),
    (
        "token = {",
        "capture = { client_secret = \"/s\" }\ntoken = {",
        "client_secret: is a name of the protocol; choose another",
    ),
    (
        "central = \"https://de.example\"",
        "central = \"{next}\"\nnext = \"{api}\"",
        "regions.DE.central: {next} must be a variable, or a value without placeholders",
    ),
    (
        "central = \"https://de.example\"",
        "central = \"https://de.example/{code}\"",
        "regions.DE.central: {code} must be a variable, or a value without placeholders",
    ),
    (
        "aliases = [\"GE\"]",
        "consent_aera = \"EU\"",
        "regions.DE.consent_aera: nothing uses it; did you mean `consent_area`?",
    ),
    (
        "api = \"https://api.example\"",
        "api = \"https://api.example\"\nzebra_stripes = \"1\"",
        "environments.production.zebra_stripes: nothing uses it; if others do, name it in `exported`",
    ),
    ("schema = 1", "schema = 1\nexported = [\"zebra\"]", "exported: nothing is called `{zebra}`"),
    ("[consent]", "[import]\nzebra = [\"ZEBRA\"]\n[consent]", "import: nothing is called `{zebra}`"),
    // The environment of commands.
    (
        "[environments.production]",
        "[sdk_env]\nLD_PRELOAD = \"{client_id}\"\n\n[environments.production]",
        "sdk_env: `LD_PRELOAD` is no name of a variable, or one that steers other programs than the SDK",
    ),
    (
        "[environments.production]",
        "[sdk_env]\nSHOP_TOKEN = \"{refresh_tokn}\"\n\n[environments.production]",
        "sdk_env.SHOP_TOKEN: nothing is called `{refresh_tokn}`",
    ),
    (
        "Bearer {access_token}\"]\n\n",
        "Bearer {access_token}\"]\nexported = [\"home\"]\n[values]\nhome = \"x\"\n\n",
        "exported: `home` would take a name of sellauth's own",
    ),
    // Headers.
    (
        "schema = 1",
        "schema = 1\nuser_agent = \"{access_token}\"",
        "user_agent: {access_token} must not go where a browser or a person sees it",
    ),
    (
        "schema = 1",
        "schema = 1\napi_content_type = \"Grüße\"",
        "api_content_type: the value of `Grüße` is not fit for a header (production, DE)",
    ),
    ("Authorization: Bearer", "Bearer", "api_headers: `Bearer {access_token}` is no name of a header"),
    (
        "Authorization: Bearer",
        "X-Shop: Grüße",
        "api_headers: the value of `X-Shop: Grüße {access_token}` is not fit for a header (production, DE)",
    ),
    (
        "form = {",
        "headers = { \"X Y\" = \"1\" }\nform = {",
        "token_request[0].headers: `X Y` is no name of a header",
    ),
    // Parameters are ours; a query of the endpoint's own is the marketplace's.
    (
        "authorize\"\nparameters = { client_id = \"{client_id}\", state = \"{state}\",",
        "authorize?state={state}\"\nparameters = { client_id = \"{client_id}\",",
        "authorization_request: {state} is no parameter: answers could be forged",
    ),
    (
        "form = {",
        "share = \"app\"\nform = {",
        "token_request[0]: {code} is one shop's, and the answer would be every shop's",
    ),
    (
        "form = { code = \"{code}\", code_verifier = \"{code_verifier}\",",
        "share = \"app\"\nform = { shop = \"{shop}\",",
        "token_request[0]: {shop} is one shop's, and the answer would be every shop's",
    ),
    (
        "form = { code = \"{code}\", code_verifier = \"{code_verifier}\",",
        "share = \"app\"\nform = {",
        "token_request[0]: an answer that other shops share cannot hold a shop's token",
    ),
    (
        "[[token_request]]",
        "[grantless_request]\nurl = \"{api}/token\"\nform = { shop = \"{shop}\" }\n[[token_request]]",
        "grantless_request: {shop} is one shop's, and the answer would be every shop's",
    ),
    (
        "[[token_request]]",
        "[grantless_request]\nurl = \"{api}/token\"\n[[token_request]]",
        "grantless_request: no request yields an access token",
    ),
    ("form = {", "share = \"world\"\nform = {", SHAPE),
    ("form = {", "pace = \"10/d\"\nform = {", SHAPE),
    ("{api}/token", "{api/token", SHAPE),
    ("prompt = \"Shop\"", "promt = \"Shop\"", SHAPE),
    ("pkce = \"S256\"", "pkce = \"plain\"", SHAPE),
];

#[test]
fn the_sound_definition_is_sound() {
    assert!(load(Path::new("sample.toml"), SOUND).is_ok());
}

/// Edits that leave it sound.
const SOUND_TOO: &[(&str, &str)] = &[
    ("\"[a-z0-9-]+\"", "'[a-z-]+\\.myshopify\\.com'"),
    ("central = \"https://de.example\"", "central = \"https://{shop}.de.example\""),
    ("manage_url = \"{central}\"", "exported = [\"central\"]"),
    // The whole address of a shop, of which there is an example.
    (
        "url = \"{api}/token\"",
        "url = \"{own}/token\"\nform = { code_verifier = \"{code_verifier}\" }\n[variables.own]\nprompt = \"Address\"\npattern = 'https://[a-z]+\\.shops\\.example'\nexample = \"https://nord.shops.example\"\n[[renewal_request]]\nurl = \"{api}\"",
    ),
    ("form = {", "pace = \"8/m\"\nform = {"),
    (
        "code_challenge = \"{code_challenge}\"",
        "code_challenge = \"{code_challenge}\", code_challenge_method = \"S256\"",
    ),
    ("pkce = \"S256\"", "pkce = \"off\"\n[options.pkce]\ndescription = \"with PKCE\"\npkce = \"S256\""),
    (
        "modes = [\"loopback\"]",
        "modes = [\"paste\"]\nkind = \"opaque\"\n[variables.redirect_uri]\nprompt = \"Name\"\npattern = \"[a-z]+\"",
    ),
    (
        "\"Authorization: Bearer {access_token}\"",
        "\"Authorization: {access_token}\", \"X-Key: {client_id}:{client_secret}\"",
    ),
    ("schema = 1", "schema = 1\nunverified = [\"api\", \"central\"]"),
    ("token = {", "capture = { owner = \"/access_token.before(.)?\" }\ntoken = {"),
    ("schema = 1", "schema = 1\nuser_agent = \"{program} ({client_id})\""),
    (
        "[consent]",
        "[sdk_env]\nSHOP_TOKEN = \"{refresh_token}\"\n\n[[token_refused]]\nstatus = 403\nsays = \"expired\"\n\n[consent]",
    ),
    // What a callback says is known to later requests.
    ("url = \"{api}/token\"", "url = \"{api}/{realm_id}/token\""),
];

#[test]
fn what_cannot_lead_elsewhere_is_taken() {
    let captures = "[authorization_response]\ncapture = { realm_id = \"realmId\" }\n\n[[token_request]]";
    for (from, to) in SOUND_TOO {
        assert_eq!(SOUND.matches(from).count(), 1, "`{from}` must stand there once");
        let text = SOUND.replace(from, to).replace("[[token_request]]", captures);
        load(Path::new("sample.toml"), &text).unwrap_or_else(|error| panic!("{to}: {error}"));
    }
}

#[test]
fn options_must_fit_each_other() {
    let options = |count: usize| -> String {
        let option = |n: usize| format!("[options.o{n}]\ndescription = \"o\"\nport{} = \":{n}\"\n", n % 2);
        let all: String = (1..=count).map(option).collect();
        let api = "api = \"https://api.example{port0}{port1}\"\nport0 = \"\"\nport1 = \"\"";
        SOUND.replace("api = \"https://api.example\"", &format!("{api}\n{all}"))
    };
    let told = |count: usize| {
        let error = load(Path::new("sample.toml"), &options(count)).err()?;
        Some([error.message.clone(), error.causes().join("; ")].join("; "))
    };
    assert_eq!(told(1), None);
    let both = told(2).expect("each is fine alone, and not both");
    assert!(both.contains("no https origin") && both.contains("(production, DE, o1, o2)"), "{both}");
    assert!(!both.contains("(production, DE, o1)") && !both.contains("(production, DE, o2)"), "{both}");
    let many = told(7).expect("they are too many");
    assert!(many.contains("options: 6 at most"), "{many}");
}

#[test]
fn every_fault_is_named_with_its_place() {
    each_is_told(SOUND, BROKEN);
}

#[test]
fn a_fault_of_the_shape_names_the_line() {
    let message = |from: &str, to: &str| {
        let error = load(Path::new("sample.toml"), &SOUND.replace(from, to)).unwrap_err();
        (error.message, error.hint.unwrap_or_default())
    };
    let unknown = |key: &str| format!("sample.toml:21: `{key}` is no known key");
    assert_eq!(
        message("prompt = \"Shop\"", "promt = \"Shop\""),
        (unknown("promt"), "did you mean `prompt`?".to_owned())
    );
    assert_eq!(
        message("prompt = \"Shop\"", "prompt = \"Shop\"\nhost = \"x\"").0,
        unknown("host").replace("21", "22")
    );
    let hint = "to see all of it run `sellauth marketplaces check sample.toml`".to_owned();
    assert_eq!(
        message("{api}/token", "{api/token"),
        (
            "sample.toml:35: `{api/token` is no template: write placeholders as {name}".to_owned(),
            hint.clone()
        )
    );
    assert_eq!(
        message("pkce = \"S256\"", "pkce = \"plain\""),
        ("sample.toml:25: unknown variant `plain`, expected `off` or `S256`".to_owned(), hint)
    );
}
