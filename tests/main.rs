//! The integration tests: one binary, real parts, the program as it ships.
//!
//! What they need is installed by `tests/run`; a missing part fails, it is not skipped.

mod support;

mod allegro;
mod amazon;
mod api;
mod architecture;
mod bad_input;
mod batch;
mod bundles;
mod cache;
mod calendar;
mod checking;
mod clocks;
mod commands;
mod completions;
mod crash;
mod credentials;
mod demo;
mod device;
mod disconnecting;
mod entered;
mod exec;
mod failing_store;
mod grantless;
mod history;
mod hostile;
mod identity;
mod imports;
mod initiations;
mod installing;
mod keyring;
mod later;
mod login_uri;
mod oidc;
mod otto;
mod pages;
mod parallel;
mod pastes;
mod prompts;
mod questions;
mod readme;
mod reauthorize;
mod refreshing;
mod registering;
mod relay;
mod rotation;
mod screen;
mod sdks;
mod secrets;
mod signals;
mod stores;
mod waiting;
