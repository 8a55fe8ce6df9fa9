//! Method and path -> endpoint, and what each one answers.

use std::io;

use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::authorize::{self, AuthorizationRequest, Parameters, Refusal};
use super::ledger::{Fresh, Grant, shop};
use super::pages::{self, ConsentView};
use super::server::{Answer, Request};
use super::tokens::{self, TokenError};
use super::{Desk, random_token};

/// Why an endpoint has no answer of its own: the system gave no random bytes.
type Answered = io::Result<Answer>;

/// Answers one request.
pub fn answer(desk: &Desk, request: &Request) -> Answer {
    // A page of another origin whose name was pointed at this address must not read ours.
    if request.header("host") != Some(&desk.authority) {
        return pages::notice(421, "Wrong address", &format!("Demo Market is at {}.", desk.origin));
    }
    let answered = match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/") => Ok(pages::home(&desk.origin)),
        ("GET", "/oauth/authorize") => authorize(desk, request),
        ("GET", "/oauth/consent") => Ok(show_page(desk, request)),
        ("POST", "/oauth/sign-in") => Ok(sign_in(desk, request)),
        ("POST", "/oauth/consent") => decide(desk, request),
        ("POST", "/oauth/token") => token(desk, request),
        ("POST", "/oauth/revoke") => Ok(revoke(desk, request)),
        ("GET", "/api/me") => Ok(with_grant(desk, request, None, me)),
        ("GET", "/api/orders") => Ok(with_grant(desk, request, Some("orders:read"), orders)),
        ("GET", "/api/app") => Ok(app(desk)),
        (_, path) => Ok(elsewhere(path)),
    };
    answered.unwrap_or_else(|_| pages::notice(500, "Out of order", "Please try again in a moment."))
}

/// A path nobody serves, or one that is served for another method (RFC 9110 section 15.5.6).
fn elsewhere(path: &str) -> Answer {
    let allowed = match path {
        "/" | "/oauth/authorize" | "/api/me" | "/api/orders" | "/api/app" => "GET",
        "/oauth/consent" => "GET, POST",
        "/oauth/sign-in" | "/oauth/token" | "/oauth/revoke" => "POST",
        _ => return pages::notice(404, "Nothing here", "Demo Market has no page at this address."),
    };
    let mut answer = pages::notice(405, "Not like this", "This address answers other requests.");
    answer.headers.push(("Allow", allowed.to_owned()));
    answer
}

fn authorize(desk: &Desk, request: &Request) -> Answered {
    let page = random_token("")?;
    let mut ledger = desk.ledger();
    match authorize::check(ledger.app(), &Parameters::parse(&request.query)) {
        Ok(wish) => {
            ledger.open_page(&page, wish.clone(), desk.now());
            drop(ledger);
            Ok(consent_page(desk, page.expose_secret(), &wish))
        }
        Err(Refusal::ToPerson(why)) => Ok(pages::notice(400, "This request cannot be shown", why)),
        Err(Refusal::ToApp { redirect_uri, state, error, description }) => Ok(to_app(
            desk,
            &redirect_uri,
            &[("error", Some(error)), ("error_description", Some(description)), ("state", state.as_deref())],
        )),
    }
}

fn consent_page(desk: &Desk, page: &str, wish: &AuthorizationRequest) -> Answer {
    let ledger = desk.ledger();
    pages::consent(&ConsentView {
        page,
        app_name: &ledger.app().name,
        app_version: &ledger.app().version,
        redirect_uri: &wish.redirect_uri,
        scopes: &wish.scopes,
        signed_in: ledger.signed_in(),
        previous: ledger.previous_grant(),
    })
}

fn show_page(desk: &Desk, request: &Request) -> Answer {
    let query = Parameters::parse(&request.query);
    let Ok(Some(page)) = query.one("request") else {
        return page_gone();
    };
    let wish = desk.ledger().page(page, desk.now()).cloned();
    wish.map_or_else(page_gone, |wish| consent_page(desk, page, &wish))
}

fn page_gone() -> Answer {
    pages::notice(
        410,
        "This page was used already",
        "Each request can be answered once, within ten minutes. \
         Start again from the program that brought you here.",
    )
}

fn sign_in(desk: &Desk, request: &Request) -> Answer {
    let form = form(request);
    let (Ok(Some(page)), Ok(Some(id))) = (form.one("request"), form.one("shop")) else {
        return page_gone();
    };
    let mut ledger = desk.ledger();
    let (Some(_), Some(shop)) = (ledger.page(page, desk.now()), shop(id)) else {
        return page_gone();
    };
    ledger.sign_in(shop);
    see_other(&authorize::answer_address("/oauth/consent", &[("request", Some(page))]))
}

fn decide(desk: &Desk, request: &Request) -> Answered {
    let code = random_token("dm_code_")?;
    let form = form(request);
    let (Ok(Some(page)), Ok(Some(decision))) = (form.one("request"), form.one("decision")) else {
        return Ok(page_gone());
    };
    let mut ledger = desk.ledger();
    let Some(wish) = ledger.close_page(page, desk.now()) else {
        return Ok(page_gone());
    };
    let answer = if decision == "confirm" {
        ledger.confirm(&wish, &code, desk.now());
        ("code", Some(code.expose_secret()))
    } else {
        ("error", Some("access_denied"))
    };
    Ok(to_app(desk, &wish.redirect_uri, &[answer, ("state", Some(&wish.state))]))
}

/// Sends the browser back to the app, saying who answers (RFC 9207).
fn to_app(desk: &Desk, redirect_uri: &str, parameters: &[(&str, Option<&str>)]) -> Answer {
    let mut parameters = parameters.to_vec();
    parameters.push(("iss", Some(&desk.origin)));
    see_other(&authorize::answer_address(redirect_uri, &parameters))
}

fn see_other(location: &str) -> Answer {
    let mut answer = pages::notice(303, "One moment", "You are being sent on.");
    answer.headers.push(("Location", location.to_owned()));
    answer
}

fn token(desk: &Desk, request: &Request) -> Answered {
    let fresh = Fresh { access_token: random_token("dm_at_")?, refresh_token: random_token("dm_rt_")? };
    if !is_form(request) {
        return Ok(refused(&NOT_A_FORM, request));
    }
    let now = desk.now();
    let issued =
        tokens::token(&mut desk.ledger(), request.header("authorization"), &form(request), fresh, now);
    Ok(issued.map_or_else(|error| refused(&error, request), |json| json_answer(200, &json)))
}

fn revoke(desk: &Desk, request: &Request) -> Answer {
    if !is_form(request) {
        return refused(&NOT_A_FORM, request);
    }
    let revoked = tokens::revoke(&mut desk.ledger(), request.header("authorization"), &form(request));
    revoked.map_or_else(|error| refused(&error, request), |()| json_answer(200, &json!({})))
}

const NOT_A_FORM: TokenError = TokenError {
    status: 400,
    error: "invalid_request",
    description: "the body must be application/x-www-form-urlencoded",
};

fn is_form(request: &Request) -> bool {
    let kind = request.header("content-type").and_then(|kind| kind.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

fn form(request: &Request) -> Parameters<'_> {
    Parameters::parse(&request.body)
}

/// An error answer; where Basic was tried and refused, it says so (RFC 6749 section 5.2).
fn refused(error: &TokenError, request: &Request) -> Answer {
    let mut answer = json_answer(error.status, &error.json());
    if error.status == 401 && request.header("authorization").is_some() {
        answer.headers.push(("WWW-Authenticate", "Basic realm=\"Demo Market\"".to_owned()));
    }
    answer
}

/// Lets `endpoint` answer for the grant of the request's bearer token, if that covers `scope`
/// (RFC 6750 section 3).
fn with_grant(desk: &Desk, request: &Request, scope: Option<&str>, endpoint: fn(&Grant) -> Value) -> Answer {
    let token = request.header("authorization").and_then(|header| header.split_once(' '));
    let Some((_, token)) = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")) else {
        return challenge(401, "Bearer realm=\"Demo Market\"", "a bearer token is missing");
    };
    let ledger = desk.ledger();
    let Some(grant) = ledger.grant_of(token, desk.now()) else {
        let invalid = "Bearer realm=\"Demo Market\", error=\"invalid_token\"";
        return challenge(401, invalid, "the access token has expired or was revoked");
    };
    if let Some(scope) = scope.filter(|scope| !grant.scopes.iter().any(|granted| granted == scope)) {
        let insufficient =
            format!("Bearer realm=\"Demo Market\", error=\"insufficient_scope\", scope=\"{scope}\"");
        return challenge(403, &insufficient, "the shop has not allowed this");
    }
    json_answer(200, &endpoint(grant))
}

fn challenge(status: u16, authenticate: &str, message: &str) -> Answer {
    let mut answer = json_answer(status, &json!({ "message": message }));
    answer.headers.push(("WWW-Authenticate", authenticate.to_owned()));
    answer
}

fn me(grant: &Grant) -> Value {
    json!({
        "shop_id": grant.shop.id,
        "name": grant.shop.name,
        "scope": grant.scopes.join(" "),
        "app_version": grant.app_version,
    })
}

fn orders(grant: &Grant) -> Value {
    let rows = grant.shop.orders.iter();
    let orders = rows.map(|(number, article, cents)| {
        json!({ "number": number, "article": article, "price_cents": cents, "currency": "EUR" })
    });
    json!({ "shop_id": grant.shop.id, "orders": orders.collect::<Vec<_>>() })
}

fn app(desk: &Desk) -> Answer {
    let ledger = desk.ledger();
    let app = ledger.app();
    json_answer(200, &json!({ "client_id": app.client_id, "name": app.name, "version": app.version }))
}

fn json_answer(status: u16, json: &Value) -> Answer {
    let headers = [
        ("Content-Type", "application/json"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    let headers = headers.map(|(name, value)| (name, value.to_owned())).to_vec();
    Answer { status, headers, body: json.to_string() }
}
