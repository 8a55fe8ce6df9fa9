//! A browser in slow motion: requests as bytes, sent as they are. Nothing but the standard library, for
//! the tests of the whole program read this file as well.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// What a test waits for comes within this time.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A connection to `ip`, whose reads and writes end after [`PATIENCE`].
pub fn connect(ip: IpAddr, port: u16) -> TcpStream {
    let stream = TcpStream::connect_timeout(&SocketAddr::new(ip, port), PATIENCE).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// A connection to 127.0.0.1 that has sent these bytes.
pub fn send(port: u16, bytes: &[u8]) -> TcpStream {
    let mut stream = connect(Ipv4Addr::LOCALHOST.into(), port);
    // A server that has seen enough may hang up in the middle.
    let _ = stream.write_all(bytes);
    stream
}

/// The request of an honest browser.
pub fn request(port: u16, target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n")
}

/// One answer, whole, as its length says.
pub fn read(mut stream: &TcpStream) -> String {
    let mut text = Vec::new();
    let mut byte = [0];
    while !text.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        text.extend(byte);
    }
    let mut head = String::from_utf8(text).unwrap();
    let length = head
        .split_once("Content-Length: ")
        .map_or(0, |(_, rest)| rest.split_once("\r\n").unwrap().0.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    head.push_str(&String::from_utf8(body).unwrap());
    head
}

/// The answer to an honest browser.
pub fn get(port: u16, target: &str) -> String {
    read(&send(port, request(port, target).as_bytes()))
}

/// The status of an answer; `none` where there was none.
pub fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}
