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
use crate::marketplace::check::is_id;
use crate::marketplace::definition::Grant;
use crate::marketplace::diagnosis::diagnose;
use crate::marketplace::draft::{ClientAuthentication, Draft, OFFLINE};
use crate::marketplace::template::safe_url;
use crate::oauth::metadata::{self, Metadata};
use crate::oauth::response::split_scopes;
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
    #[arg(long, value_enum)]
    pkce: Option<YesNo>,
    /// Whether it takes a redirect URI on this machine; else one on https
    #[arg(long, value_enum)]
    loopback: Option<YesNo>,
    /// Whether it gives out refresh tokens
    #[arg(long, value_enum)]
    refresh_token: Option<YesNo>,
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

/// A truth as a person writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum YesNo {
    Yes,
    No,
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
        return match context.terminal.json {
            true => print_json(&json!({ "id": args.id, "definition": text })),
            false => print(text.trim_end()),
        };
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
    if !is_id(id) {
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
    if line.is_empty() { Ok(()) } else { is_address(line) }
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
        // What a server says of its own papers is no reason to refuse the rest.
        let published_docs = published.service_documentation.clone().filter(|docs| is_address(docs).is_ok());
        let docs = args.docs.clone().or(published_docs);
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
        if let Some(given) = self.args.client_authentication {
            return Ok(given);
        }
        if let Some(methods) = &self.published.token_endpoint_auth_methods_supported {
            let names = ["client_secret_basic", "client_secret_post", "none"];
            let taken =
                names.into_iter().zip(known).find(|(name, _)| methods.iter().any(|method| method == name));
            let unknown = || fail!(Usage, "new-client-authentication", methods = methods.join(", "));
            return taken.map(|(_, way)| way).ok_or_else(unknown);
        }
        if !self.context.terminal.interactive || !self.published.issuer.is_empty() {
            // RFC 8414 section 2: that is what silence means.
            return Ok(ClientAuthentication::Basic);
        }
        let words =
            [text!("new-ask-client-basic"), text!("new-ask-client-post"), text!("new-ask-client-none")];
        prompt::select(&text!("new-ask-client"), &words).map(|index| known[index])
    }

    /// Where the server publishes what it can, and names no method, it may not take it (RFC 8414 section 2).
    fn pkce(&self) -> Result<bool> {
        let said = self.published.code_challenge_methods_supported.iter().any(|method| method == "S256");
        match self.args.pkce {
            None if !self.published.issuer.is_empty() => Ok(said),
            given => self.yes(given, &text!("new-ask-pkce")),
        }
    }

    fn scopes(&self) -> Result<Vec<String>> {
        if !self.args.scopes.is_empty() {
            return Ok(self.args.scopes.clone());
        }
        let known = &self.published.scopes_supported;
        // Whose consent it was, and a refresh token: OpenID Connect Core sections 3.1.2.1 and 11.
        let usual = ["openid", OFFLINE].into_iter().filter(|scope| known.iter().any(|known| known == scope));
        let usual: Vec<&str> = usual.collect();
        if !self.context.terminal.interactive {
            return Ok(usual.into_iter().map(str::to_owned).collect());
        }
        let question = match known.is_empty() {
            true => text!("new-ask-scopes"),
            false => text!("new-ask-scopes-known", known = known.join(" ")),
        };
        prompt::text(&question, Some(&usual.join(" ")), |_| Ok(())).map(|line| split_scopes(&line))
    }

    fn yes(&self, given: Option<YesNo>, question: &str) -> Result<bool> {
        match given {
            Some(given) => Ok(given == YesNo::Yes),
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
        // What a server publishes is checked like what a person says.
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
    // An address is read without the blanks and controls it was written with.
    let letters = !line.contains(|c: char| c.is_whitespace() || c.is_control());
    match safe_url(line).filter(|_| letters) {
        Some(_) => Ok(()),
        None => Err(fail!(Usage, "new-address", address = line)),
    }
}
