//! `sellauth marketplaces new`: a definition of one's own, from a few answers.

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::Zoned;
use serde_json::json;

use super::Context;
use crate::connection::catalogue;
use crate::error::Result;
use crate::files::{create_atomically, create_private_dir};
use crate::marketplace::BUILT_IN;
use crate::marketplace::definition::Grant;
use crate::marketplace::diagnosis::diagnose;
use crate::marketplace::draft::{ClientAuthentication, Draft};
use crate::marketplace::template::safe_url;
use crate::oauth::metadata::{self, Metadata};
use crate::output::{print, print_json};
use crate::{fail, prompt, session, text};

/// What `marketplaces new` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The new marketplace's name on the command line, which is its file's name too
    id: String,
    /// The name a seller knows
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Its server's identifier: what is published there (RFC 8414) need not be asked
    #[arg(long, value_name = "URL")]
    issuer: Option<String>,
    /// How a first token comes about
    #[arg(long, value_enum)]
    grant: Option<GrantName>,
    /// The consent page
    #[arg(long, value_name = "URL")]
    authorization_endpoint: Option<String>,
    /// Where codes and refresh tokens are exchanged
    #[arg(long, value_name = "URL")]
    token_endpoint: Option<String>,
    /// Where a device asks for its code (RFC 8628)
    #[arg(long, value_name = "URL")]
    device_authorization_endpoint: Option<String>,
    /// Where tokens are revoked (RFC 7009)
    #[arg(long, value_name = "URL")]
    revocation_endpoint: Option<String>,
    /// How the app proves itself
    #[arg(long, value_enum)]
    client_authentication: Option<ClientAuthentication>,
    /// Whether the marketplace takes PKCE (RFC 7636)
    #[arg(long, value_name = "YES|NO", value_parser = clap::builder::BoolishValueParser::new())]
    pkce: Option<bool>,
    /// Whether it takes a redirect URI on this machine; else one on https
    #[arg(long, value_name = "YES|NO", value_parser = clap::builder::BoolishValueParser::new())]
    loopback: Option<bool>,
    /// Whether it gives out refresh tokens
    #[arg(long, value_name = "YES|NO", value_parser = clap::builder::BoolishValueParser::new())]
    refresh_token: Option<bool>,
    /// A scope to ask for
    #[arg(long = "scope", value_name = "S")]
    scopes: Vec<String>,
    /// The address below which its API lies
    #[arg(long, value_name = "URL")]
    api_base: Option<String>,
    /// Its documentation
    #[arg(long, value_name = "URL")]
    docs: Option<String>,
    /// Print the definition instead of keeping it
    #[arg(long)]
    print: bool,
}

/// The grants a definition can begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum GrantName {
    /// The seller consents in a browser
    #[value(name = "authorization_code")]
    AuthorizationCode,
    /// The seller enters a code on any device
    #[value(name = "device_code")]
    DeviceCode,
    /// The app's own id and secret suffice
    #[value(name = "client_credentials")]
    ClientCredentials,
    /// The seller copies a key out of the portal
    #[value(name = "static")]
    Static,
}

impl From<GrantName> for Grant {
    fn from(name: GrantName) -> Self {
        match name {
            GrantName::AuthorizationCode => Self::AuthorizationCode,
            GrantName::DeviceCode => Self::DeviceCode,
            GrantName::ClientCredentials => Self::ClientCredentials,
            GrantName::Static => Self::Static,
        }
    }
}

/// Makes the definition, and keeps it among the user's own.
///
/// Kind `usage` for a value that is missing or unfit, and for an id that is taken; nothing is written then.
pub fn run(context: &Context, args: &Args) -> Result<()> {
    let file = free(context, &args.id)?;
    let given = [
        &args.authorization_endpoint,
        &args.token_endpoint,
        &args.device_authorization_endpoint,
        &args.revocation_endpoint,
        &args.api_base,
        &args.docs,
    ];
    given.into_iter().flatten().try_for_each(|address| is_address(address))?;
    let published = published(context, args)?;
    let draft = Answers { context, args, published: &published }.draft()?;
    let text = draft.text();
    if let Err(found) = diagnose(&text, &args.id) {
        return Err(fail!(Usage, "new-unfit", fault = found[0].text));
    }
    if args.print {
        return print(text.trim_end());
    }
    let unwritten = |error| fail!(Internal, "file-unwritable", path = file.display()).because(error);
    file.parent().map_or(Ok(()), create_private_dir).map_err(unwritten)?;
    if !create_atomically(&file, text.as_bytes()).map_err(unwritten)? {
        return Err(fail!(Usage, "new-taken", id = args.id));
    }
    match context.terminal.json {
        true => print_json(&json!({ "id": args.id, "file": file })),
        false => print(&file.display().to_string()),
    }?;
    context.terminal.hint(match draft.grant {
        Grant::Static => text!("new-next-static", id = args.id),
        _ => text!("new-next", id = args.id),
    });
    Ok(())
}

/// The file of a new definition, whose name nobody has.
fn free(context: &Context, id: &str) -> Result<PathBuf> {
    let inside = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if id.is_empty() || id.starts_with('-') || !id.bytes().all(inside) {
        return Err(fail!(Usage, "new-id", id = id));
    }
    let file = catalogue(&context.home).own_file(id);
    match file.exists() || BUILT_IN.iter().any(|(built_in, _)| *built_in == id) {
        true => Err(fail!(Usage, "new-taken", id = id)),
        false => Ok(file),
    }
}

/// What the server says of itself, where it is known by its issuer.
fn published(context: &Context, args: &Args) -> Result<Metadata> {
    let issuer = match &args.issuer {
        Some(issuer) => issuer.clone(),
        None if context.terminal.interactive
            && args.token_endpoint.is_none()
            && args.grant != Some(GrantName::Static) =>
        {
            prompt::text(&text!("new-ask-issuer"), Some(""), address_or_nothing)?
        }
        None => String::new(),
    };
    if issuer.is_empty() {
        return Ok(Metadata::default());
    }
    address_or_nothing(&issuer)?;
    let url = safe_url(&issuer).ok_or_else(|| fail!(Usage, "new-address", address = issuer))?;
    let found = metadata::fetch(&session::client(&context.home)?, &url);
    let found = found.map_err(|error| fail!(Temporary, "new-unpublished", issuer = issuer).because(error))?;
    context.terminal.note(text!("new-published", issuer = issuer));
    Ok(found)
}

fn address_or_nothing(line: &str) -> Result<()> {
    match line.is_empty() || safe_url(line).is_some() {
        true => Ok(()),
        false => Err(fail!(Usage, "new-address", address = line)),
    }
}

/// Where answers come from: a flag, what is published, or the person.
struct Answers<'a> {
    context: &'a Context,
    args: &'a Args,
    published: &'a Metadata,
}

impl Answers<'_> {
    fn draft(&self) -> Result<Draft> {
        let (args, published) = (self.args, self.published);
        let name =
            self.text(args.name.as_ref(), "--name", &text!("new-ask-name"), Some(&args.id), |_| Ok(()))?;
        let grant = self.grant()?;
        let authorization_endpoint = match grant {
            Grant::AuthorizationCode => self.authorization_endpoint()?,
            _ => String::new(),
        };
        let device_authorization_endpoint = match grant {
            Grant::DeviceCode => self.device_authorization_endpoint()?,
            _ => String::new(),
        };
        let asks = grant != Grant::Static;
        let token_endpoint = if asks { self.token_endpoint()? } else { String::new() };
        let origin = safe_url(&token_endpoint).map(|url| url.origin().ascii_serialization());
        let api_base = self.text(
            args.api_base.as_ref(),
            "--api-base",
            &text!("new-ask-api-base"),
            origin.as_deref(),
            is_address,
        )?;
        let docs = args.docs.clone().or_else(|| published.service_documentation.clone());
        let consents = grant == Grant::AuthorizationCode;
        Ok(Draft {
            id: args.id.clone(),
            name,
            docs: docs.unwrap_or_else(|| api_base.clone()),
            verified: Zoned::now().date(),
            grant,
            authorization_endpoint,
            token_endpoint,
            device_authorization_endpoint,
            revocation_endpoint: args
                .revocation_endpoint
                .clone()
                .or_else(|| published.revocation_endpoint.clone()),
            issuer: published
                .authorization_response_iss_parameter_supported
                .then(|| published.issuer.clone()),
            client: if asks { self.client_authentication()? } else { ClientAuthentication::None },
            pkce: consents && self.pkce()?,
            loopback: consents && self.yes(args.loopback, &text!("new-ask-loopback"))?,
            refreshes: matches!(grant, Grant::AuthorizationCode | Grant::DeviceCode)
                && self.yes(args.refresh_token, &text!("new-ask-refresh-token"))?,
            scopes: if asks { self.scopes()? } else { Vec::new() },
            api_base,
        })
    }

    fn authorization_endpoint(&self) -> Result<String> {
        let known =
            self.args.authorization_endpoint.as_ref().or(self.published.authorization_endpoint.as_ref());
        let question = text!("new-ask-authorization-endpoint");
        self.text(known, "--authorization-endpoint", &question, None, is_address)
    }

    fn device_authorization_endpoint(&self) -> Result<String> {
        let published = self.published.device_authorization_endpoint.as_ref();
        let known = self.args.device_authorization_endpoint.as_ref().or(published);
        self.text(
            known,
            "--device-authorization-endpoint",
            &text!("new-ask-device-endpoint"),
            None,
            is_address,
        )
    }

    fn token_endpoint(&self) -> Result<String> {
        let known = self.args.token_endpoint.as_ref().or(self.published.token_endpoint.as_ref());
        self.text(known, "--token-endpoint", &text!("new-ask-token-endpoint"), None, is_address)
    }

    fn grant(&self) -> Result<Grant> {
        let known = GrantName::value_variants();
        match self.args.grant {
            Some(given) => Ok(given.into()),
            None if self.context.terminal.interactive => {
                let words = [
                    text!("new-ask-grant-code"),
                    text!("new-ask-grant-device"),
                    text!("new-ask-grant-client"),
                    text!("new-ask-grant-static"),
                ];
                prompt::select(&text!("new-ask-grant"), &words).map(|index| known[index].into())
            }
            None => Ok(Grant::AuthorizationCode),
        }
    }

    fn client_authentication(&self) -> Result<ClientAuthentication> {
        let known = [ClientAuthentication::Basic, ClientAuthentication::Post, ClientAuthentication::None];
        match (self.args.client_authentication, &self.published.token_endpoint_auth_methods_supported) {
            (Some(given), _) => Ok(given),
            (None, Some(methods)) if methods.iter().any(|method| method == "client_secret_basic") => {
                Ok(ClientAuthentication::Basic)
            }
            (None, Some(methods)) if methods.iter().any(|method| method == "client_secret_post") => {
                Ok(ClientAuthentication::Post)
            }
            _ if self.context.terminal.interactive => {
                let words = [
                    text!("new-ask-client-basic"),
                    text!("new-ask-client-post"),
                    text!("new-ask-client-none"),
                ];
                prompt::select(&text!("new-ask-client"), &words).map(|index| known[index])
            }
            // RFC 8414 section 2: that is what silence means.
            _ => Ok(ClientAuthentication::Basic),
        }
    }

    fn pkce(&self) -> Result<bool> {
        match self.published.code_challenge_methods_supported.iter().any(|method| method == "S256") {
            true => Ok(self.args.pkce.unwrap_or(true)),
            false => self.yes(self.args.pkce, &text!("new-ask-pkce")),
        }
    }

    fn scopes(&self) -> Result<Vec<String>> {
        if !self.args.scopes.is_empty() || !self.context.terminal.interactive {
            return Ok(self.args.scopes.clone());
        }
        let known = &self.published.scopes_supported;
        let question = match known.is_empty() {
            true => text!("new-ask-scopes"),
            false => text!("new-ask-scopes-known", known = known.join(" ")),
        };
        let line = prompt::text(&question, Some(""), |_| Ok(()))?;
        Ok(crate::oauth::response::split_scopes(&line))
    }

    fn yes(&self, given: Option<bool>, question: &str) -> Result<bool> {
        match given {
            Some(given) => Ok(given),
            None if self.context.terminal.interactive => prompt::confirm(question, true),
            None => Ok(true),
        }
    }

    /// A flag's value, or the person's, or the `usual` one.
    fn text(
        &self,
        given: Option<&String>,
        flag: &str,
        question: &str,
        usual: Option<&str>,
        check: impl Fn(&str) -> Result<()>,
    ) -> Result<String> {
        if let Some(given) = given {
            return check(given).map(|()| given.clone());
        }
        match (self.context.terminal.interactive, usual) {
            (true, usual) => prompt::text(question, usual, check),
            (false, Some(usual)) => Ok(usual.to_owned()),
            (false, None) => Err(fail!(Usage, "new-needed", flag = flag)),
        }
    }
}

fn is_address(line: &str) -> Result<()> {
    match safe_url(line) {
        Some(_) => Ok(()),
        None => Err(fail!(Usage, "new-address", address = line)),
    }
}
