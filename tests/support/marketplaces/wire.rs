//! A client of the scripted marketplaces: their own tests', and the scripts of sellers' developers.

use reqwest::blocking::{Client, RequestBuilder};
use rustls::crypto::ring;
use serde_json::Value;
use url::{Url, form_urlencoded};

use super::super::proxy::Proxy;

/// Sends requests through the proxy, and follows nothing.
pub struct Wire(Client);

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The body, null if it is no JSON.
    pub json: Value,
}

impl Reply {
    /// A member of the JSON object, empty if it is missing or no text.
    pub fn text(&self, name: &str) -> &str {
        self.json[name].as_str().unwrap_or_default()
    }

    /// Status and OAuth error.
    pub fn error(&self) -> (u16, &str) {
        (self.status, self.text("error"))
    }
}

impl Wire {
    /// A client that trusts the proxy.
    pub fn new(proxy: &Proxy) -> Self {
        let _ = ring::default_provider().install_default();
        let authority = reqwest::Certificate::from_pem(proxy.ca_pem().as_bytes()).expect("a certificate");
        let client = Client::builder()
            .proxy(reqwest::Proxy::https(proxy.url()).expect("an address"))
            .tls_certs_only([authority])
            .redirect(reqwest::redirect::Policy::none())
            .build();
        Self(client.expect("a client"))
    }

    /// `GET` with header fields.
    pub fn get(&self, url: &str, headers: &[(&str, &str)]) -> Reply {
        send(headers.iter().fold(self.0.get(url), |request, (name, value)| request.header(*name, *value)))
    }

    /// `POST` of a form.
    pub fn post(&self, url: &str, form: &[(&str, &str)]) -> Reply {
        send(with_form(self.0.post(url), form))
    }

    /// `POST` of a JSON document.
    pub fn post_json(&self, url: &str, body: &Value) -> Reply {
        send(self.0.post(url).header("content-type", "application/json").body(body.to_string()))
    }

    /// `POST` of a form with a Basic header.
    pub fn post_basic(&self, url: &str, (user, password): (&str, &str), form: &[(&str, &str)]) -> Reply {
        send(with_form(self.0.post(url).basic_auth(user, Some(password)), form))
    }

    /// `POST` of a form with a Bearer header.
    pub fn post_bearer(&self, url: &str, token: &str, form: &[(&str, &str)]) -> Reply {
        send(with_form(self.0.post(url).bearer_auth(token), form))
    }
}

fn with_form(request: RequestBuilder, form: &[(&str, &str)]) -> RequestBuilder {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    request.header("content-type", "application/x-www-form-urlencoded").body(body)
}

fn send(request: RequestBuilder) -> Reply {
    let answer = request.send().expect("an answer");
    let status = answer.status().as_u16();
    let json = serde_json::from_str(&answer.text().expect("a body")).unwrap_or_default();
    Reply { status, json }
}

/// A parameter of an address's query.
pub fn parameter(url: &Url, name: &str) -> String {
    let value = url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    value.unwrap_or_else(|| panic!("no {name} in {url}"))
}
