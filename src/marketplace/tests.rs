//! Tests over the whole table of built-in definitions. What is refused: see `faults`.

mod entered;
mod faults;
mod registering;
mod requests;
mod unworkable;

use std::collections::BTreeSet;

use super::definition::{Grant, Pkce, RedirectKind, RedirectMode};
use super::*;
use crate::model::Span;

/// Everything that is said of a broken definition.
fn told(text: &str) -> String {
    let error = load(Path::new("sample.toml"), text).expect_err(text);
    assert!(error.kind == crate::error::Kind::Configuration && error.hint.is_some(), "{error}");
    std::iter::once(error.message.clone()).chain(error.causes()).collect::<Vec<_>>().join("; ")
}

/// Each edit of a sound definition (what is replaced, by what) is told in these words.
fn each_is_told(sound: &str, edits: &[(&str, &str, &str)]) {
    load(Path::new("sample.toml"), sound).expect("a sound definition");
    for (from, to, fault) in edits {
        assert_eq!(sound.matches(from).count(), 1, "`{from}` must stand there once");
        let told = told(&sound.replace(from, to));
        assert!(told.starts_with("sample.toml:") && told.contains(fault), "{to}: {told}");
    }
}

/// Region, `marketplaceId`, Seller Central, Vendor Central, and the API's part of the world, as
/// the marketplace's own documentation lists them.
const AMAZON: &[[&str; 5]] = &[
    ["AE", "A2VIGQ35RCS4UG", "sellercentral.amazon.ae", "vendorcentral.amazon.me", "eu"],
    ["AU", "A39IBJ37TRP1C6", "sellercentral.amazon.com.au", "vendorcentral.amazon.com.au", "fe"],
    ["BE", "AMEN7PMS3EDWL", "sellercentral.amazon.com.be", "vendorcentral.amazon.com.be", "eu"],
    ["BR", "A2Q3Y263D00KWC", "sellercentral.amazon.com.br", "vendorcentral.amazon.com.br", "na"],
    ["CA", "A2EUQ1WTGCTBG2", "sellercentral.amazon.ca", "vendorcentral.amazon.ca", "na"],
    ["DE", "A1PA6795UKMFR9", "sellercentral-europe.amazon.com", "vendorcentral.amazon.de", "eu"],
    ["EG", "ARBP9OOSHTCHU", "sellercentral.amazon.eg", "vendorcentral.amazon.me", "eu"],
    ["ES", "A1RKKUPIHCS9HS", "sellercentral-europe.amazon.com", "vendorcentral.amazon.es", "eu"],
    ["FR", "A13V1IB3VIYZZH", "sellercentral-europe.amazon.com", "vendorcentral.amazon.fr", "eu"],
    ["IE", "A28R8C7NBKEWEA", "sellercentral.amazon.ie", "vendorcentral.amazon.ie", "eu"],
    ["IN", "A21TJRUUN4KGV", "sellercentral.amazon.in", "www.vendorcentral.in", "eu"],
    ["IT", "APJ6JRA9NG5V4", "sellercentral-europe.amazon.com", "vendorcentral.amazon.it", "eu"],
    ["JP", "A1VC38T7YXB528", "sellercentral.amazon.co.jp", "vendorcentral.amazon.co.jp", "fe"],
    ["MX", "A1AM78C64UM0Y8", "sellercentral.amazon.com.mx", "vendorcentral.amazon.com.mx", "na"],
    ["NL", "A1805IZSGTT6HS", "sellercentral.amazon.nl", "vendorcentral.amazon.nl", "eu"],
    ["PL", "A1C3SOZRARQ6R3", "sellercentral.amazon.pl", "vendorcentral.amazon.pl", "eu"],
    ["SA", "A17E79C6D8DWNP", "sellercentral.amazon.sa", "vendorcentral.amazon.me", "eu"],
    ["SE", "A2NODRKZP88ZB9", "sellercentral.amazon.se", "vendorcentral.amazon.se", "eu"],
    ["SG", "A19VAU5U5O7RUS", "sellercentral.amazon.sg", "vendorcentral.amazon.com.sg", "fe"],
    ["TR", "A33AVAJ2PDY3EV", "sellercentral.amazon.com.tr", "vendorcentral.amazon.com.tr", "eu"],
    ["UK", "A1F83G8C2ARO7P", "sellercentral-europe.amazon.com", "vendorcentral.amazon.co.uk", "eu"],
    ["US", "ATVPDKIKX0DER", "sellercentral.amazon.com", "vendorcentral.amazon.com", "na"],
    ["ZA", "AE08WJ6YKNBMC", "sellercentral.amazon.co.za", "vendorcentral.amazon.co.za", "eu"],
];

/// The consent page of each country.
const MERCADO_LIBRE: &[(&str, &str)] = &[
    ("AR", "auth.mercadolibre.com.ar"),
    ("BR", "auth.mercadolivre.com.br"),
    ("CL", "auth.mercadolibre.cl"),
    ("CO", "auth.mercadolibre.com.co"),
    ("CR", "auth.mercadolibre.com.cr"),
    ("DO", "auth.mercadolibre.com.do"),
    ("EC", "auth.mercadolibre.com.ec"),
    ("MX", "auth.mercadolibre.com.mx"),
    ("PA", "auth.mercadolibre.com.pa"),
    ("PE", "auth.mercadolibre.com.pe"),
    ("UY", "auth.mercadolibre.com.uy"),
    ("VE", "auth.mercadolibre.com.ve"),
];

/// A definition's values at one place, and fixed ones for everything a request may name. Each
/// holds a character that must be encoded, so that a missing encoding is seen.
fn values(definition: &Definition, environment: &str, region: Option<&str>, options: &[&str]) -> Values {
    let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
    let shop = BTreeMap::from([("shop".to_owned(), "nord-kontor".to_owned())]);
    let mut values = definition.values_at(environment, region, &options, &shop);
    for name in [
        "access_token",
        "app_id",
        "application_id",
        "client_id",
        "client_secret",
        "code",
        "code_challenge",
        "code_verifier",
        "developer_token",
        "installation_id",
        "refresh_token",
        "state",
        "user_token",
    ] {
        values.set(name, &format!("{name}|1"));
    }
    values.set("redirect_uri", "https://erp.example/callback?a=1");
    values.set("scope", "one two");
    let examples =
        definition.variables.iter().filter_map(|(name, variable)| Some((name, variable.example.as_ref()?)));
    let unset: Vec<_> = examples.filter(|(name, _)| values.get(name).is_empty()).collect();
    for (name, example) in unset {
        values.set(name, example);
    }
    values
}

/// Every environment, region and set of options.
fn places(definition: &Definition) -> Vec<(String, Option<String>, Vec<String>)> {
    let options: Vec<&String> = definition.options.keys().collect();
    let mut places = Vec::new();
    for environment in definition.environments.keys() {
        let mut regions: Vec<Option<String>> = definition.regions.keys().cloned().map(Some).collect();
        if regions.is_empty() {
            regions.push(None);
        }
        for region in regions {
            for chosen in 0..1_usize << options.len() {
                let chosen = (0..options.len()).filter(|i| chosen >> i & 1 == 1).map(|i| options[i].clone());
                places.push((environment.clone(), region.clone(), chosen.collect()));
            }
        }
    }
    places
}

#[test]
fn every_definition_loads_under_its_own_name() {
    let ids: Vec<&str> = BUILT_IN.iter().map(|(id, _)| *id).collect();
    assert!(ids.is_sorted() && ids.contains(&"otto-self"), "{ids:?}");
    for id in ids {
        let definition = built_in(id);
        assert_eq!(definition.id, id);
        assert_eq!(check::faults(&definition), [], "{id}");
        assert!(template::safe_url(&definition.docs).is_some(), "{id}");
    }
}

/// Whether a host belongs to a marketplace.
fn is_of_family(id: &str, host: &str) -> bool {
    match id {
        "allegro" => matches!(
            host,
            "allegro.pl"
                | "api.allegro.pl"
                | "allegro.pl.allegrosandbox.pl"
                | "api.allegro.pl.allegrosandbox.pl"
        ),
        "amazon" => {
            let api = host.trim_start_matches("sandbox.");
            let api = matches!(
                api.strip_prefix("sellingpartnerapi-"),
                Some("eu.amazon.com" | "fe.amazon.com" | "na.amazon.com")
            );
            api || matches!(host, "amazon.com" | "api.amazon.com")
                || AMAZON.iter().any(|row| row[2] == host || row[3] == host)
        }
        "ebay" => matches!(
            host,
            "auth.ebay.com" | "api.ebay.com" | "auth.sandbox.ebay.com" | "api.sandbox.ebay.com"
        ),
        "etsy" => matches!(host, "www.etsy.com" | "api.etsy.com"),
        "mercadolibre" => {
            host == "api.mercadolibre.com" || MERCADO_LIBRE.iter().any(|(_, country)| host == *country)
        }
        // The shop that the values below name.
        "shopify" => host == "nord-kontor.myshopify.com",
        "bol" => matches!(host, "api.bol.com" | "login.bol.com"),
        "bigcommerce" => host == "api.bigcommerce.com",
        "emag" => {
            matches!(host, "marketplace-api.emag.bg" | "marketplace-api.emag.hu" | "marketplace-api.emag.ro")
        }
        "kaufland" => matches!(host, "sellerapi.kaufland.com" | "sellerapi-playground.kaufland.com"),
        "mirakl" => host == "operator-prod.mirakl.net",
        "octopia" => matches!(host, "api.octopia-io.net" | "auth.octopia-io.net"),
        "walmart" => host.ends_with(".walmartapis.com") || host == "developer.walmart.com",
        "zalando" => host.ends_with(".merchants.zalando.com"),
        "otto" | "otto-self" => {
            matches!(host, "api.otto.market" | "sandbox.api.otto.market" | "portal.otto.market")
        }
        _ => false,
    }
}

#[test]
fn every_address_is_https_on_a_host_of_the_marketplaces() {
    let mut seen = 0;
    for (id, _) in BUILT_IN {
        let definition = built_in(id);
        for (environment, region, options) in places(&definition) {
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            let values = values(&definition, &environment, region.as_deref(), &options);
            for (key, template) in walk::addresses(&definition) {
                let url = template.url(&values).unwrap();
                let host = url.host_str().unwrap();
                let place = format!("{id} {key} {environment} {region:?} {options:?}: {url}");
                assert_eq!((url.scheme(), url.port()), ("https", None), "{place}");
                assert!(is_of_family(id, host), "{place}");
                assert!(environment == "sandbox" || !host.contains("sandbox"), "{place}");
                assert!(
                    key != "api_base" || (environment == "sandbox") == host.contains("sandbox"),
                    "{place}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 2 * 23 * 4, "{seen} addresses only");
}

#[test]
fn amazon_has_its_23_marketplaces() {
    let amazon = built_in("amazon");
    assert_eq!(
        amazon.regions.keys().collect::<Vec<_>>(),
        AMAZON.iter().map(|row| row[0]).collect::<Vec<_>>()
    );
    for [region, marketplace_id, seller, vendor, world] in AMAZON {
        let production = amazon.values_at("production", Some(region), &[], &BTreeMap::new());
        assert_eq!(production.get("marketplace_id"), *marketplace_id);
        assert_eq!(production.get("seller_central"), format!("https://{seller}"));
        assert_eq!(production.get("vendor_central"), format!("https://{vendor}"));
        assert_eq!(production.get("central"), format!("https://{seller}"));
        assert_eq!(production.get("api"), format!("https://sellingpartnerapi-{world}.amazon.com"));
        let sandbox = amazon.values_at("sandbox", Some(region), &["vendor".to_owned()], &BTreeMap::new());
        assert_eq!(sandbox.get("central"), format!("https://{vendor}"));
        assert_eq!(sandbox.get("api"), format!("https://sandbox.sellingpartnerapi-{world}.amazon.com"));
        // One consent covers North America, and one Europe; the far east has none in common.
        let area = (*world != "fe").then(|| world.to_uppercase());
        assert_eq!(amazon.regions[*region].consent_area, area, "{region}");
    }
    assert!(!amazon.environments["sandbox"].consent && amazon.environments["production"].consent);
}

#[test]
fn a_person_replaces_only_what_nobody_confirms() {
    let amazon = built_in("amazon");
    let own = "https://sellercentral.example.com";
    let values = |region, name: &str, value: &str| {
        let variables = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        amazon.values_at("production", Some(region), &[], &variables)
    };
    // Also where another value or an option names it.
    assert_eq!(values("IE", "seller_central", own).get("central"), own);
    assert_eq!(values("DE", "seller_central", own).get("central"), "https://sellercentral-europe.amazon.com");
    assert_eq!(values("IN", "seller_central", own).get("central"), "https://sellercentral.amazon.in");
    for (name, value) in [
        ("seller_central", "https://a.example/path"),
        ("central", own),
        ("api", own),
        ("client_secret", "x"),
        ("nothing", "x"),
        ("application_id", "amzn1.application-oa2-client.1"),
    ] {
        let (given, without) = (values("IE", name, value), values("IE", "nothing", ""));
        assert_eq!(given.get(name), without.get(name), "{name}");
    }
    assert_eq!(
        values("IE", "application_id", "amzn1.sp.solution.1").get("application_id"),
        "amzn1.sp.solution.1"
    );
}

#[test]
fn a_query_of_the_consent_page_stays() {
    let request: AuthorizationRequest = toml::from_str(
        "endpoint = 'https://a.example/authorize?tenant={tenant}&x=1%202'\nparameters = { state = '{state}' }",
    )
    .unwrap();
    let mut values = Values::default();
    values.set("tenant", "a&b");
    values.set("state", "s");
    let url = request.url(&values).unwrap();
    assert_eq!(url.as_str(), "https://a.example/authorize?tenant=a%26b&x=1%202&state=s");
}

#[test]
fn a_region_is_found_by_any_of_its_names() {
    let amazon = built_in("amazon");
    for given in ["UK", "uk", "GB", "gb"] {
        assert_eq!(amazon.region(Some(given)).unwrap().as_deref(), Some("UK"));
    }
    assert_eq!(amazon.default_profile_name("production", Some("UK")), "amazon-uk");
    assert_eq!(amazon.default_profile_name("sandbox", Some("DE")), "amazon-de-sandbox");
    assert_eq!(built_in("otto").default_profile_name("sandbox", None), "otto-sandbox");
    assert_eq!(built_in("otto-self").default_profile_name("production", None), "otto");
}

#[test]
fn the_confirm_hop_knows_the_origin_that_belongs_to_no_region() {
    let origins: Vec<String> =
        built_in("amazon").initiation.unwrap().origins.iter().map(|o| o.source().to_owned()).collect();
    assert_eq!(origins, ["{seller_central}", "{vendor_central}", "https://amazon.com"]);
}

#[test]
fn an_api_request_carries_the_header_its_marketplace_wants() {
    let headers = |id: &str| {
        let definition = built_in(id);
        let values = values(&definition, "production", None, &[]);
        let line = |header: &Template| header.header(&values).unwrap().expose_secret().to_owned();
        definition.api_headers.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(headers("amazon"), ["x-amz-access-token: access_token|1"]);
    assert_eq!(headers("otto"), ["Authorization: Bearer access_token|1"]);
    assert_eq!(headers("otto-self"), ["Authorization: Bearer access_token|1"]);
    assert_eq!(
        headers("allegro"),
        ["Authorization: Bearer access_token|1", "Accept: application/vnd.allegro.public.v1+json"]
    );
    assert_eq!(headers("ebay"), ["Authorization: Bearer access_token|1"]);
    assert_eq!(headers("mercadolibre"), ["Authorization: Bearer access_token|1"]);
    assert_eq!(headers("shopify"), ["X-Shopify-Access-Token: access_token|1"]);
    assert_eq!(
        headers("etsy"),
        ["Authorization: Bearer access_token|1", "x-api-key: client_id|1:client_secret|1"]
    );
    let shown: Vec<&str> =
        BUILT_IN.iter().map(|(id, _)| *id).filter(|id| built_in(id).presents_client_secret()).collect();
    assert_eq!(shown, ["etsy"], "the only one whose API sees the secret");
}

#[test]
fn only_what_is_needed_later_is_kept() {
    assert_eq!(built_in("amazon").kept(), ["selling_partner_id"]);
    assert_eq!(built_in("otto").kept(), ["earlier_installations", "installation_id", "partner_id"]);
    assert_eq!(built_in("otto-self").kept(), ["partner_id"]);
    assert_eq!(built_in("allegro").kept(), ["account_id"]);
    assert_eq!(built_in("etsy").kept(), ["user_id"]);
    assert_eq!(built_in("mercadolibre").kept(), ["user_id"]);
    assert_eq!(built_in("ebay").kept(), Vec::<&str>::new());
    assert_eq!(built_in("shopify").kept(), Vec::<&str>::new());
}

#[test]
fn every_built_in_marketplace_needs_a_client_secret_or_something_entered() {
    for (id, _) in BUILT_IN {
        let definition = built_in(id);
        assert_eq!(definition.needs_client_secret(), definition.grant != Grant::Static, "{id}");
        assert_eq!(definition.entered().next().is_some(), definition.grant == Grant::Static, "{id}");
    }
    let imports = |id: &str| built_in(id).renewal_request.iter().any(Request::needs_refresh_token);
    assert_eq!(["amazon", "allegro", "otto", "otto-self"].map(imports), [true, true, false, false]);
}

#[test]
fn things_live_as_long_as_the_marketplaces_say() {
    const DAY: u64 = 86_400;
    let seconds = |life: Option<Span>| life.map(Span::as_secs);
    let lives = |id: &str| {
        let lifetimes = built_in(id).lifetimes;
        let codes = [lifetimes.access_token, lifetimes.refresh_token, lifetimes.refresh_token_grace];
        let ends = [lifetimes.unused, lifetimes.authorization, lifetimes.client_secret, lifetimes.code];
        (codes.map(seconds), ends.map(seconds))
    };
    let (year, half) = (Some(365 * DAY), Some(180 * DAY));
    assert_eq!(lives("amazon"), ([Some(3600), None, None], [None, year, half, Some(300)]));
    assert_eq!(lives("otto"), ([Some(1800), None, None], [None, None, half, None]));
    assert_eq!(lives("otto-self"), ([Some(1800), None, None], [None, None, half, None]));
    let quarter = Some(90 * DAY);
    let (grace, idle) = (Some(30 * DAY), Some(120 * DAY));
    assert_eq!(lives("etsy"), ([Some(3600), Some(90 * DAY), None], [None; 4]));
    assert_eq!(lives("ebay"), ([Some(7200), Some(547 * DAY), None], [None, None, None, Some(300)]));
    assert_eq!(lives("mercadolibre"), ([Some(21600), Some(180 * DAY), None], [idle, None, None, None]));
    assert_eq!(lives("shopify"), ([None, Some(90 * DAY), grace], [None; 4]));
    assert_eq!(lives("allegro"), ([Some(12 * 3600), quarter, Some(60)], [quarter, None, None, Some(10)]));
}

#[test]
fn pkce_is_taken_where_it_is_documented() {
    let takes = |id: &str, options: &[&str]| {
        let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
        built_in(id).pkce(&options) == Pkce::S256
    };
    for (id, _) in BUILT_IN {
        assert_eq!(takes(id, &[]), ["allegro", "etsy"].contains(id), "{id}");
    }
    assert!(takes("mercadolibre", &["pkce"]) && !takes("shopify", &["unlimited"]));
}

#[test]
fn a_browser_comes_back_where_the_marketplace_lets_it() {
    use RedirectMode::{Loopback, Paste, Relay};
    let redirect = |id: &str| built_in(id).redirect;
    for (id, host, port, path) in [
        ("allegro", "localhost", 8123, None),
        ("etsy", "localhost", 3003, Some("/oauth/redirect")),
        ("shopify", "127.0.0.1", 13387, Some("/auth/callback")),
    ] {
        let own = redirect(id);
        assert_eq!(own.modes.first(), Some(&Loopback), "{id}");
        let place = (own.host.as_deref(), own.port, own.path.as_deref());
        assert_eq!(place, (Some(host), Some(port), path), "{id}");
    }
    for id in ["amazon", "ebay", "mercadolibre"] {
        assert!(!redirect(id).modes.contains(&Loopback), "{id}");
    }
    assert_eq!(redirect("ebay").modes, [Paste]);
    assert_eq!(redirect("ebay").kind, RedirectKind::Opaque);
    assert_eq!(redirect("mercadolibre").modes, [Relay, Paste]);
}

/// A new definition is complete: whoever is stuck finds where to look, and what every code means.
#[test]
fn every_definition_says_what_a_person_needs() {
    for (id, text) in BUILT_IN {
        let definition = built_in(id);
        assert!(text.starts_with("# "), "{id} begins with what is special about it");
        let addresses = definition.portal.url.iter().chain([&definition.docs]);
        let links = definition.errors.values().filter_map(|explanation| explanation.link.as_ref());
        for address in addresses.chain(links) {
            assert!(
                address.starts_with("https://") && template::safe_url(address).is_some(),
                "{id} {address}"
            );
        }
        let told = definition.portal.fields.iter().count() + definition.portal.notes.len();
        let where_to = told + definition.consent.notes.len();
        assert!(where_to > 0, "{id} does not say where its app or key is made");
        assert!(definition.portal.url.is_some() || told > 0, "{id} has no portal");
        assert!(definition.verified.as_str() >= "2026-11-22", "{id}");
        let headers = definition.api_headers.iter().flat_map(Template::placeholders);
        let shown = headers.filter(|name| *name == "access_token").count();
        // Where each call is signed by whoever makes it, no line holds the token.
        assert!(shown == 1 || (definition.grant == Grant::Static && shown == 0), "{id}");
        for (code, explanation) in &definition.errors {
            for words in [&explanation.cause, &explanation.fix] {
                assert!(!words.is_empty() && !words.ends_with('.'), "{id} {code}: {words}");
            }
        }
    }
    for id in ["ebay", "etsy", "mercadolibre", "shopify"] {
        let known = built_in(id).errors;
        assert!(["invalid_grant", "invalid_client"].iter().all(|code| known.contains_key(*code)), "{id}");
    }
}

proptest::proptest! {
    /// Whatever a person or a marketplace gives as a value: it stays in its place of the address.
    #[test]
    fn no_value_leaves_its_place(shop in "\\PC{0,20}", id in "\\PC{0,20}", query in "\\PC{0,20}") {
        let template = Template::try_from("https://{shop}.example/v1/{id}/x?q={q}".to_owned()).unwrap();
        let mut values = Values::default();
        for (name, value) in [("shop", &shop), ("id", &id), ("q", &query)] {
            values.set(name, value);
        }
        if let Ok(url) = template.url(&values) {
            let host = format!("{}.example", shop.to_ascii_lowercase());
            assert_eq!(url.host_str(), Some(host.as_str()));
            assert_eq!(url.path_segments().map(Iterator::count), Some(3));
            assert_eq!(url.query_pairs().collect::<Vec<_>>(), [("q".into(), query.into())]);
        }
    }
}

#[test]
fn a_stamp_is_that_of_the_program_or_of_the_users_file() {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = Catalogue::new(folder.path().to_owned());
    let stamps: BTreeSet<_> = BUILT_IN.iter().map(|(id, _)| catalogue.stamp(id).unwrap()).collect();
    assert_eq!(stamps.len(), BUILT_IN.len(), "other texts have other stamps");
    let (id, text) = BUILT_IN[0];
    std::fs::write(folder.path().join(format!("{id}.toml")), text).unwrap();
    assert_eq!(catalogue.stamp(id), None, "a file that takes a built-in id is refused");
    assert_eq!(catalogue.stamp("own"), None);
    let file = folder.path().join("own.toml");
    std::fs::write(&file, "one").unwrap();
    let first = catalogue.stamp("own").unwrap();
    assert_eq!(catalogue.stamp("own"), Some(first.clone()));
    std::fs::write(&file, "longer").unwrap();
    assert_ne!(catalogue.stamp("own"), Some(first));
}
