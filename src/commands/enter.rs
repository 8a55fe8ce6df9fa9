//! The part of `connect` and `reauthorize` for marketplaces without a consent: a person enters what the
//! marketplace's portal shows, often only once.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Read};

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::Context;
use super::connect::Place;
use crate::authorize::LARGEST_SET;
use crate::config::{Home, secret};
use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::marketplace::Definition;
use crate::marketplace::definition::Encoding;
use crate::marketplace::exchange::Outcome;
use crate::marketplace::template::Values;
use crate::model::{App, Origin, Record};
use crate::oauth::request::base64;
use crate::oauth::response::Tokens;
use crate::settle::{Consented, ProfileFile, Settlement, settle};
use crate::store::StoreKind;
use crate::{apps, fail, fleet, interrupt, prompt, session};

/// How the variables of the environment begin that a secret may come from.
pub const ENTERED: &str = "SELLAUTH_SET_";

/// Room for whatever a person has copied out of a portal.
const LONGEST_INPUT: u64 = 64 * 1024;

/// Where secrets come from that are entered, the same for every command that takes them.
#[derive(Debug, Default, clap::Args)]
pub struct EnterArgs {
    /// Read from stdin what the marketplace's portal shows: the one secret, or several as name=value lines
    /// or a JSON object
    #[arg(long)]
    pub secret_stdin: bool,
}

/// Where the secrets of one shop may come from.
#[derive(Clone, Copy)]
pub struct Source {
    /// Stdin, which a flag names.
    stdin: bool,
    /// It is the only shop: what stands in the environment is meant for it.
    alone: bool,
}

impl EnterArgs {
    /// Where one of so many shops' secrets may come from.
    pub fn source(&self, shops: usize) -> Source {
        Source { stdin: self.secret_stdin, alone: shops == 1 }
    }
}

/// Refuses what is about apps and their tokens where nobody registers one.
pub fn refuse_app(definition: &Definition) -> Result<()> {
    match definition.is_entered() {
        true => Err(fail!(Usage, "app-useless", marketplace = definition.name, id = definition.id)),
        false => Ok(()),
    }
}

/// The app of a marketplace that knows none: there is only what is entered for each shop. It is not on
/// disk before the first shop is, and has a name that no other marketplace's has.
pub fn app(home: &Home, definition: &Definition, place: &Place) -> Result<(String, App)> {
    if let Some(found) = apps::only_one(home, &definition.id, &place.environment)? {
        return Ok(found);
    }
    let app = App::new(&definition.id, &place.environment);
    let (folder, usual) = (apps::folder(home), definition.default_app_name(&place.environment));
    let is_free = |name: &String| folder.get(name).map(|there| there.is_none());
    if is_free(&usual)? {
        return Ok((usual, app));
    }
    let taken = folder.names()?;
    let numbered = (2_u32..).map(|number| format!("{usual}-{number}"));
    let free = numbered.take(taken.len() + 1).find(|name| !taken.contains(name));
    Ok((free.unwrap_or(usual), app))
}

/// Asks for what proves the shop, lets the marketplace say whether it takes it, and keeps it.
pub fn enter(
    context: &Context,
    connection: &Connection,
    store: StoreKind,
    source: Source,
    replace: bool,
    file: ProfileFile,
) -> Result<Record> {
    let Connection { definition, .. } = connection;
    interrupt::watch();
    // Nobody looks for a secret that is shown once, only to hear that it cannot be kept.
    context.home.store(store)?.probe(LARGEST_SET, context.terminal.interactive)?;
    fleet::check_free(&context.home, store, connection)?;
    definition.consent.notes.iter().for_each(|note| context.terminal.note(note));
    let entered = collect(context, connection, source)?;
    let mut values = connection.values(None);
    for (name, secret) in &entered {
        values.set_secret(name, secret);
    }
    let outcome = outcome(definition, &values, entered)?;
    let waiting = || context.say_waiting();
    let session = context.session(&waiting);
    let client = session::client(&context.home)?;
    let settlement = Settlement { session: &session, connection, client: &client, store, replace, file };
    let consented = Consented { outcome: Some(outcome), ..Consented::now(Origin::Entered, None, values) };
    settle(&settlement, consented)
}

/// What stands for the token answer that there is none of.
fn outcome(
    definition: &Definition,
    values: &Values,
    entered: BTreeMap<String, SecretString>,
) -> Result<Outcome> {
    let token = definition.static_token.as_ref();
    let token = token.ok_or_else(|| fail!(Configuration, "template-failed"))?;
    let text = token.value.text(values);
    let access_token = match token.encoding {
        Encoding::Plain => text,
        Encoding::Base64 => base64(&text),
    };
    let tokens = Tokens {
        access_token,
        expires_at: None,
        refresh_token: None,
        refresh_token_expires_at: None,
        scopes: None,
    };
    Ok(Outcome { tokens: Some(tokens), captured: BTreeMap::new(), entered })
}

/// Every secret of the definition: stdin's, the environment's, or asked. Kind `usage` for one that is
/// missing or unfit.
///
/// One of several shops is asked about by itself: one key in the environment is never all of theirs.
fn collect(
    context: &Context,
    connection: &Connection,
    source: Source,
) -> Result<BTreeMap<String, SecretString>> {
    let Connection { definition, name: shop, .. } = connection;
    if !source.alone && !context.terminal.interactive {
        return Err(fail!(Usage, "entered-each", name = shop));
    }
    let by_stdin = source.stdin && !std::io::stdin().is_terminal();
    let mut given = match by_stdin {
        true => read(definition)?,
        false => BTreeMap::new(),
    };
    for (name, variable) in definition.entered() {
        let check = |value: &str| definition.check_value(name, value, true);
        let variable_name = format!("{ENTERED}{}", name.to_uppercase());
        let found = match given.remove(name) {
            Some(secret) => Some(secret),
            None if source.alone => secret(&context.var, &variable_name)?,
            None => None,
        };
        let entered = match found {
            Some(secret) => secret,
            None if context.terminal.interactive && !by_stdin => prompt::secret(&variable.prompt, check)?,
            None => {
                return Err(fail!(
                    Usage,
                    "entered-needed",
                    name = name,
                    prompt = variable.prompt,
                    variable = variable_name
                ));
            }
        };
        check(entered.expose_secret())?;
        given.insert(name.to_owned(), entered);
    }
    Ok(given)
}

fn read(definition: &Definition) -> Result<BTreeMap<String, SecretString>> {
    let mut text = Zeroizing::new(String::new());
    std::io::stdin()
        .take(LONGEST_INPUT)
        .read_to_string(&mut text)
        .map_err(|error| fail!(Usage, "stdin-unreadable").because(error))?;
    let names: Vec<&str> = definition.entered().map(|(name, _)| name).collect();
    parse(&text, &names).map_err(|problem| problem.explain(definition, &names))
}

/// Why an input could not be read.
#[derive(Debug, PartialEq, Eq)]
enum Problem {
    /// There is nothing.
    Empty,
    /// It has no form that is known.
    Unreadable,
    /// A name that is none of the definition's.
    Unknown(String),
}

impl Problem {
    fn explain(self, definition: &Definition, names: &[&str]) -> Error {
        let (known, marketplace) = (names.join(", "), &definition.name);
        match self {
            Self::Empty => fail!(Usage, "stdin-empty"),
            Self::Unreadable => {
                fail!(Usage, "entered-unreadable", marketplace = marketplace, known = known)
            }
            Self::Unknown(name) => {
                fail!(Usage, "entered-unknown", name = name, marketplace = marketplace, known = known)
            }
        }
    }
}

/// Reads one value, lines of `name=value`, or a JSON object of texts. `names` are the secrets wanted.
fn parse(text: &str, names: &[&str]) -> Result<BTreeMap<String, SecretString>, Problem> {
    let lines: Vec<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let first = lines.first().ok_or(Problem::Empty)?;
    let pairs: Vec<(String, Zeroizing<String>)> = if first.starts_with('{') {
        let object: BTreeMap<String, Zeroizing<String>> =
            serde_json::from_str(text).map_err(|_| Problem::Unreadable)?;
        object.into_iter().collect()
    } else {
        let pair = |line: &&str| {
            let (name, value) = line.split_once('=')?;
            Some((name.trim().to_owned(), Zeroizing::new(value.trim().to_owned())))
        };
        let split: Option<Vec<_>> = lines.iter().map(pair).collect();
        match (split, names, &lines[..]) {
            // A value may hold `=`, and need not be named where there is but one.
            (pairs, [only], [line]) if pairs.as_ref().is_none_or(|pairs| pairs[0].0 != *only) => {
                vec![((*only).to_owned(), Zeroizing::new((*line).to_owned()))]
            }
            (Some(pairs), ..) => pairs,
            (None, ..) => return Err(Problem::Unreadable),
        }
    };
    match pairs.iter().find(|(name, _)| !names.contains(&name.as_str())) {
        // What stands before a `=` may be the beginning of a secret.
        Some((name, _)) if names.len() > 1 && !crate::marketplace::template::is_name(name) => {
            Err(Problem::Unreadable)
        }
        Some((name, _)) => Err(Problem::Unknown(name.clone())),
        None => {
            Ok(pairs.into_iter().map(|(name, value)| (name, SecretString::from(value.as_str()))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, names: &[&str]) -> Result<Vec<String>, Problem> {
        let pairs = parse(text, names)?;
        Ok(pairs.iter().map(|(name, value)| format!("{name}:{}", value.expose_secret())).collect())
    }

    #[test]
    fn the_only_secret_needs_no_name() {
        for text in ["k=1==", "k=1==\n", "\n# from the portal\n  k=1==  \n"] {
            assert_eq!(read(text, &["api_key"]).unwrap(), ["api_key:k=1=="], "{text:?}");
        }
        assert_eq!(read("api_key=k=1==", &["api_key"]).unwrap(), ["api_key:k=1=="]);
        assert_eq!(read("{\"api_key\": \"k\"}", &["api_key"]).unwrap(), ["api_key:k"]);
    }

    #[test]
    fn several_secrets_come_by_name() {
        let both = ["a:1=2", "b:3"];
        for text in ["a=1=2\nb=3", "b = 3\r\n# x\r\na=1=2\r\n", "{\"b\": \"3\",\n\"a\": \"1=2\"}"] {
            assert_eq!(read(text, &["a", "b"]).unwrap(), both, "{text:?}");
        }
    }

    #[test]
    fn what_has_no_form_is_refused_and_not_repeated() {
        assert_eq!(read("\n# nothing\n", &["a"]), Err(Problem::Empty));
        for text in ["secret", "a=1\nsecret", "{\"a\": 1}", "{\"a\"", "Zm9v+/=\nb=1"] {
            assert_eq!(read(text, &["a", "b"]), Err(Problem::Unreadable), "{text:?}");
        }
        assert_eq!(read("a=1\nc=2", &["a", "b"]), Err(Problem::Unknown("c".to_owned())));
    }
}
