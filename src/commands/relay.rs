//! `sellauth relay`: the page behind a registered https redirect URI.

use std::process::ExitCode;

use secrecy::ExposeSecret;
use serde_json::json;
use url::Url;

use super::Context;
use crate::callback::relay::{FIXED_PORT, Relay, is_relay};
use crate::error::Result;
use crate::marketplace::template::safe_url;
use crate::oauth::request::{Body, Request};
use crate::output::{print, print_json};
use crate::{fail, session, text};

/// A port nobody is asked about: the check only looks at where the relay would send a browser.
const CHECKED_PORT: u16 = 47999;

/// What `relay` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    server: Server,
    /// The port for requests that a marketplace starts by itself
    #[arg(long, value_name = "N", default_value_t = FIXED_PORT, value_parser = clap::value_parser!(u16).range(1024..))]
    port: u16,
    /// Test a relay that is in place, at the registered redirect URI
    #[arg(long, value_name = "URL", conflicts_with_all = ["nginx", "caddy", "apache"])]
    check: Option<Url>,
}

#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct Server {
    /// Print a redirect for nginx instead of the page
    #[arg(long)]
    nginx: bool,
    /// Print a redirect for Caddy instead of the page
    #[arg(long)]
    caddy: bool,
    /// Print a redirect for Apache instead of the page
    #[arg(long)]
    apache: bool,
}

/// Prints the page or a server's redirect, or tests one that is in place.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    if let Some(url) = &args.check {
        check(context, url)?;
        return Ok(ExitCode::SUCCESS);
    }
    let relay = match &args.server {
        Server { nginx: true, .. } => Relay::Nginx,
        Server { caddy: true, .. } => Relay::Caddy,
        Server { apache: true, .. } => Relay::Apache,
        _ => Relay::Page,
    };
    print(relay.text(args.port).trim_end())?;
    Ok(ExitCode::SUCCESS)
}

/// Asks the relay like a browser would, with a code that is none.
fn check(context: &Context, url: &Url) -> Result<()> {
    let mut asked = safe_url(url.as_str()).ok_or_else(|| fail!(Usage, "relay-no-address", url = url))?;
    asked
        .query_pairs_mut()
        .append_pair("code", "check")
        .append_pair("state", &format!("check.{CHECKED_PORT}"));
    let query = asked.query().unwrap_or_default().to_owned();
    let request = Request { method: "GET", url: asked, headers: Vec::new(), body: Body::Empty };
    let answer = session::client(&context.home)?.send(&request).map_err(|error| {
        fail!(Temporary, "relay-unreachable", url = url).because(anyhow::Error::new(error))
    })?;
    let location = answer.location.as_deref();
    if !is_relay(answer.status, location, answer.body.expose_secret(), CHECKED_PORT, &query) {
        return Err(fail!(Configuration, "relay-wrong", url = url, status = answer.status));
    }
    match context.terminal.json {
        true => print_json(&json!({ "url": url.as_str(), "relay": true })),
        false => print(&text!("relay-fine", url = url)),
    }
}
