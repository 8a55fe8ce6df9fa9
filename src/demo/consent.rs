//! The seller, for machines without a browser: opens the consent page, presses one of its buttons and
//! follows the way back, over plain sockets and on loopback only.

use std::io::{self, BufRead, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use url::{Host, Url, form_urlencoded};

/// The way back takes two or three redirects; more is a circle.
const REDIRECTS: usize = 8;

/// How long one answer may take. The callback answers after exchange and storing, each with a deadline
/// of its own.
const PATIENCE: Duration = Duration::from_secs(60);

/// More than any page on the way has, head included.
const ANSWER_LIMIT: u64 = 256 * 1_024;

/// Which button is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The app may work with the shop.
    Confirm,
    /// It may not.
    #[cfg(test)]
    Cancel,
}

/// Where the way back ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The status of the last page.
    pub status: u16,
    /// The address of the last page.
    pub url: String,
}

/// Opens `authorization_url`, decides, and follows every redirect until a page ends the way. A request
/// that the marketplace answers without asking (an error for the app) is followed just the same.
///
/// Fails where an address leaves loopback, a page does not answer in time, or redirects go in a circle.
pub fn consent(authorization_url: &str, decision: Decision) -> io::Result<Outcome> {
    let mut url = Url::parse(authorization_url).map_err(io::Error::other)?;
    let mut page = exchange(&url, None)?;
    if let Some(id) = page_id(&page.body) {
        let decision = match decision {
            Decision::Confirm => "confirm",
            #[cfg(test)]
            Decision::Cancel => "cancel",
        };
        let form = [("request", id), ("decision", decision)];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        url = url.join("/oauth/consent").map_err(io::Error::other)?;
        page = exchange(&url, Some(&body))?;
    }
    for _ in 0..REDIRECTS {
        let Some(location) = page.location else {
            return Ok(Outcome { status: page.status, url: url.into() });
        };
        url = url.join(&location).map_err(io::Error::other)?;
        page = exchange(&url, None)?;
    }
    Err(io::Error::other("the redirects go in a circle"))
}

struct Page {
    status: u16,
    location: Option<String>,
    body: String,
}

/// The one-time id in the form of a consent page.
fn page_id(body: &str) -> Option<&str> {
    let (_, rest) = body.split_once(r#"name="request" value=""#)?;
    rest.split_once('"').map(|(id, _)| id)
}

/// Sends one request, a POST where there is a `form`, and reads its answer.
fn exchange(url: &Url, form: Option<&str>) -> io::Result<Page> {
    let mut stream = connect(url)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(request_text(url, form).as_bytes())?;
    read_page(BufReader::new(stream.take(ANSWER_LIMIT)))
}

fn connect(url: &Url) -> io::Result<TcpStream> {
    let not_loopback =
        || io::Error::other(format!("{} is not on loopback", url.origin().ascii_serialization()));
    let is_loopback = url.scheme() == "http"
        && match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
    if !is_loopback {
        return Err(not_loopback());
    }
    let addresses: Vec<SocketAddr> =
        url.socket_addrs(|| None)?.into_iter().filter(|address| address.ip().is_loopback()).collect();
    if addresses.is_empty() {
        return Err(not_loopback());
    }
    TcpStream::connect(addresses.as_slice())
}

fn request_text(url: &Url, form: Option<&str>) -> String {
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let head =
        format!("{target} HTTP/1.1\r\nHost: {authority}\r\nAccept: text/html\r\nConnection: close\r\n");
    let Some(form) = form else {
        return format!("GET {head}\r\n");
    };
    let length = form.len();
    format!(
        "POST {head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}"
    )
}

/// Reads an answer. The body goes by `Content-Length`, else to the end of the connection; a chunked one
/// keeps its chunk marks, since only our own pages, which have a length, are looked into.
fn read_page(mut answer: impl BufRead) -> io::Result<Page> {
    let no_answer = || io::Error::new(io::ErrorKind::InvalidData, "no HTTP answer");
    let mut line = String::new();
    answer.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(no_answer)?;
    let (mut location, mut length) = (None, None);
    loop {
        line.clear();
        if answer.read_line(&mut line)? == 0 {
            return Err(no_answer());
        }
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "location" => location = Some(value.trim().to_owned()),
            "content-length" => length = value.trim().parse().ok(),
            _ => {}
        }
    }
    let mut body = Vec::new();
    answer.take(length.unwrap_or(ANSWER_LIMIT)).read_to_end(&mut body)?;
    let body = String::from_utf8_lossy(&body).into_owned();
    Ok(Page { status, location: location.filter(|_| (300..400).contains(&status)), body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_up_to_its_length() {
        let text = "HTTP/1.1 303 See Other\r\nlocation: /clean\r\nContent-Length: 2\r\n\r\nhi there";
        let page = read_page(text.as_bytes()).unwrap();
        assert_eq!((page.status, page.location.as_deref(), page.body.as_str()), (303, Some("/clean"), "hi"));
        assert!(read_page(&b"SSH-2.0-OpenSSH\r\n"[..]).is_err());
        assert!(read_page(&b"HTTP/1.1 200 OK\r\nA: b\r\n"[..]).is_err());
    }

    #[test]
    fn nothing_outside_loopback_is_asked() {
        for address in
            ["https://127.0.0.1/", "http://192.0.2.1/", "http://marketplace.example/", "file:///tmp"]
        {
            let error = consent(address, Decision::Confirm).unwrap_err();
            assert!(error.to_string().contains("not on loopback"), "{address}: {error}");
        }
    }
}
