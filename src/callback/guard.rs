//! Which requests deserve a look. Pure, so that the whole table is tested without sockets.

use super::pages::Page;
use super::parameters::Parameters;

/// The longest request target that is read, in bytes. Marketplaces send up to 2 KiB.
const MAX_TARGET: usize = 16 * 1024;
/// The most bytes of headers. Other programs' cookies for `localhost` count, so it is generous.
const MAX_HEADERS: usize = 64 * 1024;

/// What of a request decides.
pub(super) struct Head<'a> {
    /// `GET`, as it was sent.
    pub method: &'a str,
    /// Path and query.
    pub target: &'a str,
    /// The values of all `Host` headers.
    pub hosts: Vec<&'a str>,
    /// Names and values of all headers, in bytes.
    pub size: usize,
}

/// What the listener answers to.
pub(super) struct Rules {
    /// The path of the redirect URI.
    pub path: String,
    /// The clean address an answered callback is sent on to.
    pub done: String,
    /// The `Host` headers under which we were bound.
    pub hosts: Vec<String>,
}

/// What to do with a request.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It is at the right place: its `state` decides.
    Callback(Parameters),
    /// It asks for the clean page.
    Done,
    /// It is answered with this status and page, and forgotten.
    Refuse(u16, Page),
}

/// Decides about one request.
pub(super) fn examine(head: &Head, rules: &Rules) -> Verdict {
    if head.target.len() > MAX_TARGET {
        return Verdict::Refuse(414, Page::Refused);
    }
    if head.size > MAX_HEADERS {
        return Verdict::Refuse(431, Page::Refused);
    }
    // A page elsewhere whose name was rebound to 127.0.0.1 sends its own name here.
    if !is_our_host(&head.hosts, &rules.hosts) {
        return Verdict::Refuse(421, Page::Refused);
    }
    if head.method != "GET" {
        return Verdict::Refuse(405, Page::Refused);
    }
    if head.target == rules.done {
        return Verdict::Done;
    }
    let (path, query) = head.target.split_once('?').unwrap_or((head.target, ""));
    if path != rules.path {
        return Verdict::Refuse(404, Page::NotFound);
    }
    Parameters::parse(query).map_or(Verdict::Refuse(400, Page::Refused), Verdict::Callback)
}

fn is_our_host(sent: &[&str], ours: &[String]) -> bool {
    matches!(sent, [host] if ours.iter().any(|name| name.eq_ignore_ascii_case(host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        Rules {
            path: "/callback".into(),
            done: "/callback/done".into(),
            hosts: ["127.0.0.1:8123", "localhost:8123", "[::1]:8123"].map(String::from).into(),
        }
    }

    fn get(target: &str) -> Head<'_> {
        Head { method: "GET", target, hosts: vec!["localhost:8123"], size: 500 }
    }

    fn status(head: &Head) -> u16 {
        match examine(head, &rules()) {
            Verdict::Callback(_) | Verdict::Done => 200,
            Verdict::Refuse(status, _) => status,
        }
    }

    #[test]
    fn the_path_is_exact() {
        assert!(matches!(examine(&get("/callback?code=1&state=2"), &rules()), Verdict::Callback(_)));
        assert!(matches!(examine(&get("/callback"), &rules()), Verdict::Callback(_)));
        assert!(matches!(examine(&get("/callback/done"), &rules()), Verdict::Done));
        for target in [
            "/",
            "/favicon.ico",
            "/callback/",
            "/callback/?state=2",
            "/Callback?state=2",
            "//callback?state=2",
            "/./callback?state=2",
            "/%63allback?state=2",
            "/callback#x?state=2",
            "/callback/done?state=2",
            "http://localhost:8123/callback?state=2",
            "*",
            "",
        ] {
            assert_eq!(status(&get(target)), 404, "{target}");
        }
    }

    #[test]
    fn only_get() {
        for method in ["HEAD", "POST", "OPTIONS", "PUT", "DELETE", "TRACE", "get", "BREW"] {
            assert_eq!(status(&Head { method, ..get("/callback?state=2") }), 405, "{method}");
        }
    }

    #[test]
    fn the_host_is_ours() {
        for host in ["127.0.0.1:8123", "localhost:8123", "LOCALHOST:8123", "[::1]:8123"] {
            assert_eq!(status(&Head { hosts: vec![host], ..get("/callback?state=2") }), 200, "{host}");
        }
        for hosts in [
            vec![],
            vec![""],
            vec!["localhost"],
            vec!["localhost:81230"],
            vec!["localhost:8123."],
            vec!["localhost.:8123"],
            vec!["evil.example:8123"],
            vec!["127.0.0.1.evil.example:8123"],
            vec!["[::1]:1"],
            vec!["localhost:8123", "evil.example:8123"],
            vec!["localhost:8123", "localhost:8123"],
        ] {
            assert_eq!(status(&Head { hosts: hosts.clone(), ..get("/callback?state=2") }), 421, "{hosts:?}");
        }
    }

    #[test]
    fn sizes_have_limits() {
        let long = format!("/callback?state=2&x={}", "a".repeat(MAX_TARGET));
        assert_eq!(status(&get(&long)), 414);
        assert_eq!(status(&Head { size: MAX_HEADERS + 1, ..get("/callback?state=2") }), 431);
    }

    #[test]
    fn ambiguous_parameters_are_refused() {
        assert_eq!(status(&get("/callback?state=2&state=2")), 400);
    }
}
