//! The table of hostile inputs, over real sockets: whatever happens before, the login succeeds.

mod table;
mod wire;

use std::io::{Read, Write};
use std::net::TcpListener;
#[cfg(unix)]
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use secrecy::SecretString;

use self::table::{FLOOD, Login, Row, TABLE};
use self::wire::{PATIENCE, connect, get, read, request, send, status};
use super::door::{V4, V6};
use super::*;
use crate::error::Kind;

/// How often each row of the table happens.
const RUNS: usize = 100;
/// How often the flood happens. It takes seconds each time, and has the machine to itself.
const FLOODS: usize = 5;
/// Logins at the same time: most of a login is waiting.
const SIDE_BY_SIDE: usize = 4;
const STATE: &str = "tEsT-StAtE";
const CALLBACK: &str = "/callback?code=4711&state=tEsT-StAtE";

fn bind(host: Host) -> Listener {
    Listener::bind(&Address { host, port: None, path: "/callback".into() }).unwrap()
}

fn states() -> Vec<SecretString> {
    vec!["another".into(), STATE.into()]
}

fn wait(listener: &Listener) -> Option<Arrival> {
    listener.next(&states(), &|_| false, Instant::now() + PATIENCE)
}

fn connected() -> Page {
    Page::Connected { marketplace: "Test".into(), profile: "test".into(), shop: None }
}

/// A login during which `hostility` happens first; what it returns stays open until the end. Returns the
/// time from the callback to its answer.
fn login<T: Send + 'static>(name: &str, hostility: impl FnOnce(u16) -> T + Send + 'static) -> Duration {
    let listener = bind(Host::Localhost);
    let port = listener.port();
    let browser = thread::spawn(move || {
        let kept = hostility(port);
        let start = Instant::now();
        let answer = get(port, CALLBACK);
        let took = start.elapsed();
        let page = get(port, "/callback/done");
        drop(kept);
        (answer, page, took)
    });
    let arrival = wait(&listener).unwrap_or_else(|| panic!("{name}: no login"));
    assert_eq!(arrival.parameters.get("code"), Some("4711"), "{name}");
    arrival.finish();
    listener.linger(&connected(), PATIENCE);
    let (answer, page, took) = browser.join().unwrap();
    assert_eq!(status(&answer), "303", "{name}: {answer}");
    assert!(answer.contains("\r\nLocation: /callback/done\r\n"), "{name}: {answer}");
    assert_eq!(status(&page), "200", "{name}");
    assert!(page.contains(">sellauth token test</code>"), "{name}");
    took
}

/// A login with a row of the table.
fn attacked((name, hostility): Row) -> Duration {
    login(name, move |port| hostility(&Login { port, callback: CALLBACK.into() }))
}

#[test]
fn every_row_of_the_table_a_hundred_times() {
    let next = AtomicUsize::new(0);
    let rounds = || std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
    let walk = || rounds().take_while(|round| *round < RUNS * TABLE.len());
    let walk = || walk().map(|round| attacked(TABLE[round % TABLE.len()])).max();
    let slowest = thread::scope(|scope| {
        let walkers: Vec<_> = (0..SIDE_BY_SIDE).map(|_| scope.spawn(walk)).collect();
        walkers.into_iter().filter_map(|walker| walker.join().unwrap()).max()
    });
    println!("the slowest answer: {slowest:?}"); // seen with --nocapture only
}

#[test]
fn a_flood_of_posts_that_are_broken_off_five_times() {
    let slowest = (0..FLOODS).map(|_| attacked(FLOOD)).max();
    println!("the slowest answer: {slowest:?}"); // seen with --nocapture only
}

/// A line for each run: the row, a tab, and the milliseconds from the callback to its answer.
#[test]
#[ignore = "a measurement, for tests/bench"]
fn time_to_the_answer() {
    let rows = TABLE.iter().cycle().take(RUNS * TABLE.len());
    for row in rows.chain(std::iter::repeat_n(&FLOOD, FLOODS)) {
        println!("{}\t{:.3}", row.0, attacked(*row).as_secs_f64() * 1000.0);
    }
}

#[test]
fn three_hundred_requests_at_once() {
    login("300 requests", |port| {
        let streams: Vec<_> = (0..300).map(|_| send(port, request(port, "/?x").as_bytes())).collect();
        assert!(streams.iter().all(|stream| status(&read(stream)) == "404"));
        streams
    });
}

#[test]
fn strays_are_answered() {
    let rows = [
        ("/favicon.ico", "404"),
        ("/", "404"),
        ("/callback/done", "404"),
        ("/callback", "400"),
        ("/callback?code=1&state=wrong", "400"),
        ("/callback?code=1&state=", "400"),
        ("/callback?code=1&state=tEsT-StAtEx", "400"),
        ("/callback?error=access_denied", "400"),
        ("/callback?code=1&state=tEsT-StAtE&state=tEsT-StAtE", "400"),
    ];
    for (target, expected) in rows {
        login(target, move |port| {
            let answer = get(port, target);
            assert_eq!(status(&answer), expected, "{target}");
            assert!(answer.contains("\r\nContent-Security-Policy: default-src 'none'; "), "{target}");
        });
    }
}

#[test]
fn other_hosts_and_methods_are_refused() {
    let rows = [
        ("GET", "evil.example", "421"),
        ("GET", "localhost", "421"),
        ("GET", "localhost:1", "421"),
        ("POST", "localhost:PORT", "405"),
        ("HEAD", "localhost:PORT", "405"),
        ("OPTIONS", "127.0.0.1:PORT", "405"),
    ];
    for (method, host, expected) in rows {
        login(&format!("{method} {host}"), move |port| {
            let host = host.replace("PORT", &port.to_string());
            let head = format!("{method} {CALLBACK} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            let mut answer = String::new();
            send(port, head.as_bytes()).read_to_string(&mut answer).unwrap();
            assert_eq!(status(&answer), expected, "{method} {host}");
        });
    }
}

#[test]
fn bodies_harm_nobody() {
    let small = "Content-Length: 3\r\n\r\nabc";
    let rows = [
        small,
        "Content-Length: 9000000000000\r\n\r\nx",
        "Content-Length: 18446744073709551615\r\n\r\nx",
        "Content-Length: 184467440737095516160\r\n\r\nx",
        "Content-Length: 1000000\r\n\r\nx",
        "Content-Length: 1000\r\n\r\nx",
        "Content-Length: 10\r\nExpect: 100-continue\r\n\r\n",
        "Expect: 100-continue\r\n\r\n",
        "Expect: the unexpected\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFF\r\nx",
        "Transfer-Encoding: chunked\r\n\r\nnonsense",
        "Connection: upgrade\r\nUpgrade: websocket\r\nContent-Length: 9000000000000\r\n\r\n",
    ];
    for row in rows {
        login(row, move |port| {
            let head = format!("POST {CALLBACK} HTTP/1.1\r\nHost: localhost:{port}\r\n{row}");
            let stream = send(port, head.as_bytes());
            if row == small {
                assert_eq!(status(&read(&stream)), "405");
            }
            stream
        });
    }
}

#[test]
fn a_request_behind_an_unanswered_one_waits_alone() {
    login("pipelined", |port| {
        let large = format!("POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 2000\r\n\r\n");
        let bytes = large + &"x".repeat(2000) + &request(port, CALLBACK);
        send(port, bytes.as_bytes())
    });
    login("pipelined by the thousand, never read", |port| {
        send(port, request(port, "/").repeat(3000).as_bytes())
    });
}

#[test]
fn oversized_and_malformed_requests() {
    let get =
        |port: u16, rest: &str| format!("GET {CALLBACK} HTTP/1.1\r\nHost: localhost:{port}\r\n{rest}\r\n");
    login("1 MiB of address", |port| {
        let stream = send(port, request(port, &format!("{CALLBACK}&x={}", "a".repeat(1 << 20))).as_bytes());
        assert_eq!(status(&read(&stream)), "414");
        stream
    });
    login("100 headers of 8 KiB", move |port| {
        let header = format!("X-Large: {}\r\n", "a".repeat(8192));
        let stream = send(port, get(port, &header.repeat(100)).as_bytes());
        assert_eq!(status(&read(&stream)), "431");
        stream
    });
    login("endless line", |port| send(port, &b"a".repeat(1 << 22)));
    login("no ASCII", |port| send(port, request(port, "/callback?\u{e4}").as_bytes()));
    login("no ASCII in a header", move |port| send(port, get(port, "X: \u{e4}\r\n").as_bytes()));
    login("no HTTP", |port| send(port, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"));
    login("HTTP/2", |port| send(port, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    login("no version", |port| send(port, b"GET /callback\r\n\r\n"));
}

/// Makes closing it a reset, as browsers do with connections they give up.
#[cfg(unix)]
fn reset_on_close(stream: &TcpStream) {
    rustix::net::sockopt::set_socket_linger(stream, Some(Duration::ZERO)).unwrap();
}

#[cfg(unix)]
#[test]
fn connections_reset_after_the_request() {
    let flood = |port: u16| {
        for _ in 0..500 {
            reset_on_close(&send(port, request(port, "/favicon.ico").as_bytes()));
        }
    };
    login("reset at once", move |port| {
        let floods: Vec<_> = (0..4).map(|_| thread::spawn(move || flood(port))).collect();
        for flood in floods {
            flood.join().unwrap();
        }
    });
    login("reset while it is answered", |port| {
        for _ in 0..200 {
            let stream = send(port, request(port, "/favicon.ico").repeat(2).as_bytes());
            reset_on_close(&stream);
            let _ = stream.peek(&mut [0]);
        }
    });
}

#[test]
fn the_callback_twice_is_taken_once() {
    let listener = bind(Host::V4);
    let port = listener.port();
    let first = send(port, request(port, CALLBACK).as_bytes());
    let arrival = wait(&listener).unwrap();
    // While the first is being worked on, the seller reloads; a second code comes later.
    let reload = send(port, request(port, CALLBACK).as_bytes());
    let other = send(port, request(port, &CALLBACK.replace("4711", "4712")).as_bytes());
    arrival.finish();
    assert_eq!(status(&read(&first)), "303");
    let browser = thread::spawn(move || {
        let answers = (read(&reload), read(&other));
        (answers, get(port, "/callback/done"))
    });
    listener.linger(&connected(), PATIENCE);
    let ((reload, other), page) = browser.join().unwrap();
    assert_eq!(status(&reload), "303", "it gets to see the outcome");
    assert!(other.contains("already done"), "{other}");
    assert_eq!(status(&page), "200");
}

#[test]
fn the_wait_goes_on_after_a_refusal() {
    let listener = bind(Host::Localhost);
    let port = listener.port();
    let first = send(port, request(port, CALLBACK).as_bytes());
    let wrong = Page::WrongShop { expected: "A".into(), got: "B".into() };
    wait(&listener).unwrap().refuse(&wrong);
    let refusal = read(&first);
    assert!(refusal.starts_with("HTTP/1.1 400") && refusal.contains("<bdi>B</bdi>"), "{refusal}");

    let again = send(port, request(port, CALLBACK).as_bytes());
    let second = send(port, request(port, &CALLBACK.replace("4711", "4712")).as_bytes());
    let arrival = wait(&listener).unwrap();
    assert_eq!(arrival.parameters.get("code"), Some("4712"), "the same code is not handed out twice");
    assert!(read(&again).contains("already done"));
    drop(arrival);
    assert!(read(&second).starts_with("HTTP/1.1 500"), "a dropped arrival is answered");
}

#[test]
fn requests_of_the_marketplace_itself_are_offered() {
    let listener = bind(Host::V4);
    let port = listener.port();
    let browser =
        thread::spawn(move || (get(port, "/callback?initiation=2"), get(port, "/callback?initiation=1")));
    let accept = |parameters: &Parameters| parameters.get("initiation") == Some("1");
    let arrival = listener.next(&[], &accept, Instant::now() + PATIENCE).unwrap();
    arrival.redirect(&"https://marketplace.example/confirm?state=2&x=%0d".parse().unwrap());
    let (stray, redirect) = browser.join().unwrap();
    assert_eq!(status(&stray), "400");
    assert!(redirect.contains("\r\nLocation: https://marketplace.example/confirm?state=2&x=%0d\r\n"));
}

#[test]
fn short_deadlines_lose_nothing() {
    let listener = bind(Host::V4);
    let browser = thread::spawn({
        let port = listener.port();
        move || get(port, CALLBACK)
    });
    let deadline = Instant::now() + PATIENCE;
    let arrival = loop {
        assert!(Instant::now() < deadline, "no login");
        if let Some(arrival) = listener.next(&states(), &|_| false, Instant::now()) {
            break arrival;
        }
    };
    arrival.finish();
    assert_eq!(status(&browser.join().unwrap()), "303");
}

#[test]
fn a_taken_port_is_busy() {
    let taken = TcpListener::bind((V4, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let address = |host| Address { host, port: Some(port), path: "/callback".into() };
    let error = Listener::bind(&address(Host::Localhost)).err().unwrap();
    assert_eq!(error.kind, Kind::Temporary);
    assert!(error.hint.unwrap().contains("--port"));
}

#[test]
fn localhost_is_bound_on_both_addresses() {
    // Where there is no IPv6 at all, one address is right.
    let Ok(probe) = TcpListener::bind((V6, 0)) else { return };
    let port = probe.local_addr().unwrap().port();
    let address = |host| Address { host, port: Some(port), path: "/callback".into() };
    assert_eq!(Listener::bind(&address(Host::Localhost)).err().unwrap().kind, Kind::Temporary);
    drop(probe);

    let listener = Listener::bind(&address(Host::Localhost)).unwrap();
    for ip in [V4, V6] {
        let mut stream = connect(ip, port);
        stream.write_all(request(port, &format!("{CALLBACK}&ip={ip}")).as_bytes()).unwrap();
        wait(&listener).unwrap().finish();
        assert_eq!(status(&read(&stream)), "303");
    }
}

#[test]
fn a_dropped_listener_frees_its_port_at_once() {
    let port = bind(Host::Localhost).port();
    let address = Address { host: Host::Localhost, port: Some(port), path: "/callback".into() };
    for _ in 0..5 {
        let listener = Listener::bind(&address).unwrap();
        let stream = send(port, request(port, CALLBACK).as_bytes());
        wait(&listener).unwrap().finish();
        assert_eq!(status(&read(&stream)), "303");
        listener.linger(&connected(), Duration::from_millis(1));
    }
}
