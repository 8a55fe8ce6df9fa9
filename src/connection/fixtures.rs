//! A shop in the middle of its life, for tests.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use secrecy::SecretString;
use uuid::Uuid;

use super::Connection;
use crate::marketplace::built_in;
use crate::marketplace::exchange::Outcome;
use crate::model::{App, Grant as Granted, Origin, Profile, Record, StoreKind, TokenSet};
use crate::oauth::response::Tokens;

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

pub fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

/// A shop that is connected to a built-in marketplace.
pub fn connection(id: &str) -> Connection {
    Connection {
        name: id.to_owned(),
        profile: Profile {
            uuid: Uuid::nil(),
            marketplace: id.to_owned(),
            app: id.to_owned(),
            environment: "production".to_owned(),
            region: None,
            options: Vec::new(),
            scopes: Vec::new(),
            expect_shop: None,
            variables: BTreeMap::new(),
            labels: BTreeMap::new(),
        },
        app: App { uuid: Uuid::nil(), client_id: "client-1".to_owned(), ..App::new(id, "production") },
        definition: Arc::new(built_in(id)),
        record: None,
        app_record: None,
        incident: false,
        stamp: None,
    }
}

pub fn record() -> Record {
    Record {
        uuid: Uuid::nil(),
        generation: 4,
        store: StoreKind::File,
        connected_at: at(-9000),
        last_refreshed_at: at(-100),
        last_refreshed_uptime: None,
        shop_id: Some("shop-1".to_owned()),
        shop_name: None,
        sells_in: Vec::new(),
        remarks: Vec::new(),
        grant: Granted {
            origin: Origin::Consent,
            at: at(-9000),
            client_id: "client-1".to_owned(),
            app_version: None,
            scopes: vec!["one".to_owned()],
            redirect_uri: None,
            options: Vec::new(),
            variables: BTreeMap::new(),
            authorization_expires_at: None,
        },
        access_token_expires_at: Some(at(100)),
        refresh_token_expires_at: Some(at(5000)),
        refusal: None,
        secrets_missing: true,
    }
}

pub fn set() -> TokenSet {
    TokenSet {
        access_token: Some(secret("access-1")),
        refresh_token: Some(secret("refresh-1")),
        captured: BTreeMap::from([("account_id".to_owned(), "7".to_owned())]),
        entered: BTreeMap::new(),
        predecessor: None,
        spill_identity: None,
    }
}

pub fn tokens(refresh_token: Option<&str>) -> Tokens {
    Tokens {
        access_token: secret("access-2"),
        expires_at: None,
        refresh_token: refresh_token.map(secret),
        refresh_token_expires_at: None,
        scopes: None,
    }
}

pub fn outcome(tokens: Tokens) -> Outcome {
    Outcome { tokens: Some(tokens), ..Outcome::default() }
}
