//! Real parts to test against, and the marketplaces that cannot be had for real.

pub mod bao;
pub mod bus;
pub mod chromium;
pub mod environment;
pub mod gate;
pub mod keyring_session;
pub mod machines;
pub mod marketplaces;
pub mod oidc;
pub mod ordinary;
pub mod proxy;
pub mod running;
pub mod stage;
pub mod strict;
pub mod systemd_session;
pub mod terminal;
pub mod wine;
