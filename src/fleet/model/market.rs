//! The marketplace of the model: it replaces refresh tokens, and a replay may end the consent.

/// A refresh token, by the order in which they were issued.
pub type Token = u8;

/// What a marketplace does with a refresh token that comes again inside its grace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// It answers with the same successor.
    Same,
    /// It answers with one more successor, and takes each of them.
    Sibling,
    /// It answers with one more successor, and takes the last one only.
    Newest,
}

/// How a marketplace behaves.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// Inside the grace.
    pub again: Again,
    /// A replay outside the grace ends the consent; else it is only refused.
    pub ends: bool,
    /// Ticks since its first use for which a refresh token is taken again; 0: none.
    pub grace: u8,
    /// The most ticks between a request and its effect.
    pub latency: u8,
}

/// Enough for every schedule; one more would panic.
const TOKENS: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Known {
    parent: Token,
    /// Ticks since it was used first.
    used: Option<u8>,
}

/// What the marketplace knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Market {
    stands: bool,
    issued: u8,
    tokens: [Known; TOKENS],
}

impl Market {
    /// A consent, and refresh token 0.
    pub fn new() -> Self {
        Self { stands: true, issued: 1, tokens: [Known { parent: 0, used: None }; TOKENS] }
    }

    /// One more tick.
    pub fn tick(&mut self, manners: Manners) {
        for used in self.tokens.iter_mut().filter_map(|known| known.used.as_mut()) {
            *used = (*used + 1).min(manners.grace);
        }
    }

    /// A renewal; `None` is a refusal.
    pub fn renew(&mut self, token: Token, manners: Manners) -> Option<Token> {
        let takes = match self.known(token).used {
            Some(used) => self.stands && used < manners.grace,
            None => self.honours(token, manners),
        };
        if !takes {
            if self.stands && manners.ends {
                // What is dead is all the same.
                *self = Self { stands: false, ..Self::new() };
            }
            return None;
        }
        let known = &mut self.tokens[usize::from(token)];
        let again = known.used.is_some();
        known.used.get_or_insert(0);
        if again && manners.again == Again::Same {
            return (1..self.issued).find(|child| self.known(*child).parent == token);
        }
        self.issued += 1;
        self.tokens[usize::from(self.issued - 1)].parent = token;
        Some(self.issued - 1)
    }

    /// Whether a token set with this refresh token can be renewed: it is unused, and nothing has
    /// taken its place.
    pub fn honours(&self, token: Token, manners: Manners) -> bool {
        let last = manners.again != Again::Newest || token + 1 == self.issued;
        self.stands && last && self.known(token).used.is_none()
    }

    /// Whether this refresh token was used so long ago that it is not taken again.
    pub fn is_spent(&self, token: Token, manners: Manners) -> bool {
        self.known(token).used.is_some_and(|used| used >= manners.grace)
    }

    fn known(&self, token: Token) -> Known {
        self.tokens[usize::from(token)]
    }
}
