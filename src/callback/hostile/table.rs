//! The table of hostile inputs, one row each: what happens while a login waits, just before its callback.
//! The listener's tests walk it, and so do those of the whole program.

use std::io::Write;
use std::net::{Ipv4Addr, TcpStream};

use super::wire::{connect, read, request, send, status};

/// The login that is attacked.
pub struct Login {
    /// Where its listener is, on 127.0.0.1.
    pub port: u16,
    /// The target of its true callback: path, code and state.
    pub callback: String,
}

/// A name, and what is done. The connections stay open until the login is over.
pub type Row = (&'static str, fn(&Login) -> Vec<TcpStream>);

/// Each is to be harmless, every time.
pub const TABLE: &[Row] = &[
    ("4 preconnections just before the callback", |login| idle(login, 4)),
    ("60 idle connections, 20 of them with half a request line", half_sent),
    ("/favicon.ico", |login| refused(login, "404", &login.get("/favicon.ico"))),
    ("the right path without parameters", |login| refused(login, "400", &login.get(login.path()))),
    ("a wrong state", |login| refused(login, "400", &login.get(&login.with("code=1&state=wrong")))),
    ("an error without state", |login| refused(login, "400", &login.get(&login.with("error=access_denied")))),
    ("a foreign Host", |login| {
        refused(login, "421", &login.get(&login.callback).replace("127.0.0.1", "evil"))
    }),
    ("POST", |login| refused(login, "405", &login.post("Content-Length: 3\r\n\r\nabc"))),
    ("POST with 9000000000000 bytes announced", |login| {
        unanswered(login, login.post("Content-Length: 9000000000000\r\n\r\nx").as_bytes())
    }),
    ("1 MiB of address", |login| refused(login, "414", &login.get(&login.long(1 << 20)))),
    ("100 headers of 8 KiB", |login| refused(login, "431", &login.with_headers(100, 8192))),
    ("a byte that is not ASCII", |login| unanswered(login, b"GET /callback?\xe4 HTTP/1.1\r\n\r\n")),
    ("the true callback twice", |login| unanswered(login, login.get(&login.callback).as_bytes())),
    ("300 connections at once", |login| idle(login, 300)),
];

/// How many requests a [`FLOOD`] is.
const FLOODING: usize = 5000;

/// A page that sends a `Blob` and breaks off, again and again. It takes seconds, so it comes less often
/// than the rows of the table.
pub const FLOOD: Row = ("5000 POSTs with 17 MiB announced, broken off", |login| {
    login.break_off(FLOODING, &["Content-Length: 17825792\r\n\r\nx"]);
    vec![]
});

impl Login {
    /// Sends so many requests with these headers and bodies in turn, and closes each connection at once.
    pub fn break_off(&self, count: usize, rests: &[&str]) {
        for rest in rests.iter().cycle().take(count) {
            drop(send(self.port, self.post(rest).as_bytes()));
        }
    }

    fn path(&self) -> &str {
        self.callback.split('?').next().unwrap_or_default()
    }

    fn with(&self, query: &str) -> String {
        format!("{}?{query}", self.path())
    }

    fn long(&self, length: usize) -> String {
        format!("{}&x={}", self.callback, "a".repeat(length))
    }

    fn get(&self, target: &str) -> String {
        request(self.port, target)
    }

    fn post(&self, rest: &str) -> String {
        format!("POST {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{rest}", self.callback, self.port)
    }

    fn with_headers(&self, count: usize, length: usize) -> String {
        let header = format!("X-Large: {}\r\n", "a".repeat(length));
        self.get(&self.callback).trim_end().to_owned() + "\r\n" + &header.repeat(count) + "\r\n"
    }
}

fn idle(login: &Login, count: usize) -> Vec<TcpStream> {
    (0..count).map(|_| connect(Ipv4Addr::LOCALHOST.into(), login.port)).collect()
}

fn half_sent(login: &Login) -> Vec<TcpStream> {
    let mut streams = idle(login, 60);
    for stream in &mut streams[..20] {
        stream.write_all(b"GET /callb").unwrap();
    }
    streams
}

/// Sends a request and waits until it was refused with this status.
fn refused(login: &Login, expected: &str, request: &str) -> Vec<TcpStream> {
    let stream = send(login.port, request.as_bytes());
    let answer = read(&stream);
    assert_eq!(status(&answer), expected, "{answer}");
    vec![stream]
}

/// Sends bytes and waits for nothing.
fn unanswered(login: &Login, bytes: &[u8]) -> Vec<TcpStream> {
    vec![send(login.port, bytes)]
}
