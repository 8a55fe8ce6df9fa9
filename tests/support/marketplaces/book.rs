//! What was given out by a scripted marketplace that follows RFC 6749: codes, refresh tokens, access
//! tokens. What else the marketplace wants is written in its own file.

use std::{collections::HashMap, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Whose consent it is, and what for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The app.
    pub client_id: String,
    /// The shop.
    pub shop: String,
    /// The scopes, as they were asked for.
    pub scope: String,
}

/// An authorization code.
pub struct Code {
    /// What it stands for.
    pub grant: Grant,
    /// Where it was sent.
    pub redirect_uri: String,
    /// RFC 7636 section 4.2.
    pub challenge: Option<String>,
    /// Its end.
    pub until: Duration,
}

/// What becomes of a refresh token that is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// It stays.
    Never,
    /// Another takes its place at once.
    Strict,
    /// Another takes its place, and it may be used so long again until that one is used.
    Grace(Duration),
}

struct Refresh {
    grant: Grant,
    until: Duration,
    /// When it was used first.
    used: Option<Duration>,
    /// Its successor was used, or came at once.
    dead: bool,
    predecessor: Option<String>,
}

/// See the module's text.
#[derive(Default)]
pub struct Book {
    codes: HashMap<String, Code>,
    refresh: HashMap<String, Refresh>,
    access: HashMap<String, (Grant, Option<Duration>)>,
}

impl Book {
    /// Notes a code on its way out.
    pub fn issue_code(&mut self, text: &str, code: Code) {
        self.codes.insert(text.to_owned(), code);
    }

    /// Takes a code. It works once, whoever tries it with whatever else.
    pub fn redeem(
        &mut self,
        text: &str,
        client_id: &str,
        redirect_uri: Option<&str>,
        verifier: Option<&str>,
        now: Duration,
    ) -> Result<Grant, &'static str> {
        let code = self.codes.remove(text).ok_or("the code is unknown, or was used before")?;
        let proven = match (&code.challenge, verifier) {
            (None, None) => true,
            (Some(challenge), Some(verifier)) => {
                let fits = (43..=128).contains(&verifier.len());
                fits && *challenge == URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
            }
            _ => false,
        };
        match code {
            code if code.until <= now => Err("the code is too old"),
            code if code.grant.client_id != client_id => Err("the code is another app's"),
            code if redirect_uri.is_some_and(|uri| uri != code.redirect_uri) => {
                Err("the redirect URI is another one")
            }
            _ if !proven => Err("the code verifier does not fit"),
            code => Ok(code.grant),
        }
    }

    /// Notes a refresh token on its way out.
    pub fn issue_refresh(&mut self, text: &str, grant: &Grant, until: Duration, replaces: Option<&str>) {
        let predecessor = replaces.map(str::to_owned);
        let token = Refresh { grant: grant.clone(), until, used: None, dead: false, predecessor };
        self.refresh.insert(text.to_owned(), token);
    }

    /// Uses a refresh token.
    pub fn refresh(
        &mut self,
        text: &str,
        client_id: &str,
        rotation: Rotation,
        now: Duration,
    ) -> Result<Grant, &'static str> {
        let token = self.refresh.get_mut(text).ok_or("the refresh token is unknown")?;
        let in_grace = match (token.used, rotation) {
            (Some(used), Rotation::Grace(grace)) => now < used + grace,
            (Some(_), Rotation::Strict) => false,
            (None, _) | (_, Rotation::Never) => true,
        };
        if token.dead || !in_grace || token.until <= now || token.grant.client_id != client_id {
            return Err("the refresh token was replaced, has ended, or is another app's");
        }
        token.used.get_or_insert(now);
        token.dead = rotation == Rotation::Strict;
        let (grant, before) = (token.grant.clone(), token.predecessor.clone());
        // Who has the new one needs the old one no more.
        if let Some(before) = before.and_then(|before| self.refresh.get_mut(&before)) {
            before.dead = true;
        }
        Ok(grant)
    }

    /// Notes an access token on its way out; without `until` it has no end.
    pub fn issue_access(&mut self, text: &str, grant: &Grant, until: Option<Duration>) {
        self.access.insert(text.to_owned(), (grant.clone(), until));
    }

    /// Whose access token it is, if it lives.
    pub fn access(&self, text: &str, now: Duration) -> Option<&Grant> {
        let (grant, until) = self.access.get(text)?;
        until.is_none_or(|until| now < until).then_some(grant)
    }

    /// How many refresh tokens of a shop would still work.
    pub fn live(&self, shop: &str) -> usize {
        self.refresh.values().filter(|token| token.grant.shop == shop && !token.dead).count()
    }

    /// Ends everything that a shop has granted.
    pub fn withdraw(&mut self, shop: &str) {
        self.codes.retain(|_, code| code.grant.shop != shop);
        self.refresh.retain(|_, token| token.grant.shop != shop);
        self.access.retain(|_, (grant, _)| grant.shop != shop);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn grant() -> Grant {
        Grant { client_id: "app".to_owned(), shop: "nord".to_owned(), scope: "x".to_owned() }
    }

    #[test]
    fn a_code_works_once_in_time_for_its_app_address_and_verifier() {
        let verifier = "v".repeat(43);
        let challenge = Some(URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier)));
        let redeem = |client: &str, uri: &str, verifier: Option<&str>, now| {
            let mut book = Book::default();
            let (redirect_uri, challenge) = ("https://a.example".to_owned(), challenge.clone());
            book.issue_code("c", Code { grant: grant(), redirect_uri, challenge, until: at(10) });
            let first = book.redeem("c", client, Some(uri), verifier, now).is_ok();
            assert!(book.redeem("c", "app", None, None, now).is_err(), "it was taken");
            first
        };
        let good = ("app", "https://a.example", Some(verifier.as_str()), at(9));
        assert!(redeem(good.0, good.1, good.2, good.3));
        assert!(!redeem("other", good.1, good.2, good.3));
        assert!(!redeem(good.0, "https://a.example/", good.2, good.3));
        assert!(!redeem(good.0, good.1, None, good.3));
        assert!(!redeem(good.0, good.1, Some(&"w".repeat(43)), good.3));
        assert!(!redeem(good.0, good.1, good.2, at(10)));
    }

    #[test]
    fn a_refresh_token_lives_as_its_marketplace_says() {
        let used_twice = |rotation, later| {
            let mut book = Book::default();
            book.issue_refresh("r1", &grant(), at(100), None);
            book.refresh("r1", "app", rotation, at(0)).unwrap();
            book.issue_refresh("r2", &grant(), at(100), Some("r1"));
            let again = book.refresh("r1", "app", rotation, later).is_ok();
            book.refresh("r2", "app", rotation, later).unwrap();
            (again, book.refresh("r1", "app", rotation, later).is_ok())
        };
        assert_eq!(used_twice(Rotation::Strict, at(1)), (false, false));
        assert_eq!(used_twice(Rotation::Grace(at(10)), at(9)), (true, false), "until the new one is used");
        assert_eq!(used_twice(Rotation::Grace(at(10)), at(10)), (false, false));
        let mut book = Book::default();
        book.issue_refresh("r", &grant(), at(100), None);
        assert!(book.refresh("r", "other", Rotation::Never, at(0)).is_err());
        assert!((0..2).all(|_| book.refresh("r", "app", Rotation::Never, at(99)).is_ok()));
        assert!(book.refresh("r", "app", Rotation::Never, at(100)).is_err());
    }
}
