//! Whether what is secret stays away from where others see it.

use crate::marketplace::request::TokenPointers;
use crate::marketplace::walk;
use crate::oauth::pointer::Pointer;
use crate::text;

use super::{Faults, SECRETS};

impl Faults<'_> {
    pub(super) fn secrets(&mut self) {
        let definition = self.definition;
        let entered = |name: &str| definition.entered().any(|(known, _)| known == name);
        for (key, template) in walk::public(definition) {
            for secret in template.placeholders().filter(|name| SECRETS.contains(name) || entered(name)) {
                self.say_of(&key, secret, text!("fault-secret", secret = secret));
            }
        }
        // An address is written down by every proxy on the way; one that was entered lives for years.
        for (key, request) in walk::requests(definition) {
            let registers = key.starts_with("registration.");
            let is_hidden = |name: &&str| {
                entered(name)
                    || definition.is_entered() && *name == "access_token"
                    || registers && SECRETS.contains(name)
            };
            for secret in request.url.placeholders().filter(is_hidden) {
                self.say_of(&format!("{key}.url"), secret, text!("fault-secret", secret = secret));
            }
        }
        self.captured_tokens();
    }

    /// A token is a secret by whatever name.
    fn captured_tokens(&mut self) {
        let definition = self.definition;
        let places = |token: &TokenPointers| {
            [Some(token.access_token.clone()), token.refresh_token.clone()].into_iter().flatten()
        };
        let tokens: Vec<Pointer> = walk::requests(definition)
            .filter_map(|(_, request)| request.token.as_ref())
            .flat_map(places)
            .collect();
        let captures = walk::requests(definition).flat_map(|(_, request)| &request.capture);
        let is_token = |pointer: &Pointer| tokens.iter().any(|token| token.meets(pointer));
        let named: Vec<&String> =
            captures.filter(|(_, pointer)| is_token(pointer)).map(|(name, _)| name).collect();
        for (key, template) in walk::public(definition) {
            for name in template.placeholders().filter(|name| named.iter().any(|token| token == name)) {
                self.say(&key, text!("fault-captured-token", name = name));
            }
        }
    }
}
