//! The protocol: RFC 6749 and 7636. Knows no marketplace, no terminal, no disk and no clock.

pub mod http;
pub mod metadata;
pub mod pkce;
pub mod pointer;
pub mod request;
pub mod response;
