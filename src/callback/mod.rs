//! The loopback listener that catches a marketplace's redirect, and the pages it answers with
//! (RFC 8252 section 7.3).
//!
//! It knows nothing of what a parameter means, except that `state` must match. One noun per file:
//!
//! - `parameters`: a query string, read once and strictly;
//! - `paste`: the same parameters, copied by a person;
//! - `guard`: which requests deserve a look, a pure function;
//! - `door`: the sockets, and everything `tiny_http` must be protected from;
//! - `listener`: the wait for one request among all that arrive;
//! - `answer` and `pages`: what the browser gets to see.

mod answer;
mod door;
mod guard;
mod listener;
mod pages;
mod parameters;
pub mod paste;
pub mod relay;

#[cfg(test)]
mod forgery;
#[cfg(test)]
mod hostile;

pub use listener::{Address, Arrival, Host, Listener};
pub use pages::Page;
pub use parameters::Parameters;
