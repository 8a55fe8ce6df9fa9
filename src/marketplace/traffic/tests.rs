use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::*;
use crate::marketplace::template::Values;
use crate::oauth::request::Body;

const SOON: Duration = Duration::from_secs(5);

fn way(pace: &str, requests: usize) -> Way {
    Way { pace: Some(pace.parse().unwrap()), url: "https://api.example/token".parse().unwrap(), requests }
}

fn client() -> Client {
    Client::new(SOON, None).unwrap()
}

fn pace(request: &Request) -> Option<Pace> {
    request.pace.as_ref()?.at(&Values::default())
}

/// A request to `url`, shared or with a pace, as `rest` says in TOML.
fn request(url: &str, rest: &str) -> (Request, Prepared) {
    let request = toml::from_str(&format!("url = '{url}'\n{rest}")).unwrap();
    let prepared =
        Prepared { method: "POST", url: url.parse().unwrap(), headers: Vec::new(), body: Body::Empty };
    (request, prepared)
}

/// Gives each connection to `answer`'s text after a while, or closes it where that is empty. How many
/// came is counted.
fn server(answer: &'static str, after: Duration) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}/", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            counter.fetch_add(1, Ordering::SeqCst);
            thread::spawn(move || {
                let read = stream.read(&mut [0; 4096]).unwrap();
                assert!(read > 0);
                thread::sleep(after);
                stream.write_all(answer.as_bytes()).unwrap();
            });
        }
    });
    (origin, count)
}

fn held(error: ExchangeError) -> Held {
    match error {
        ExchangeError::Held(held) => held,
        other => panic!("{other}"),
    }
}

#[test]
fn a_renewal_has_all_its_turns_or_none() {
    let lane = Lane::new(|| false);
    let patience = Some(Duration::ZERO);
    let three = way("4/m", 3);
    let first = lane.reserve(&three).unwrap();
    assert_eq!(first.turns.borrow().len(), 3);
    let second = lane.beside().turns(&three, patience, &|| false).err();
    assert_eq!(second, Some(Held::Pace("api.example".to_owned())));
    let one = lane.turns(&way("4/m", 1), patience, &|| false).unwrap();
    assert_eq!(one.len(), 1, "the one that was left was given back");
    drop((first, one));
    assert_eq!(lane.reserve(&way("4/m", 9)).unwrap().turns.borrow().len(), 4, "no window has more");
}

#[test]
fn turns_that_are_given_back_are_taken_at_once() {
    let lane = Lane::new(|| false);
    let taken = lane.reserve(&way("2/h", 2)).unwrap();
    thread::scope(|scope| {
        let beside = lane.beside();
        let waits = scope.spawn(move || beside.reserve(&way("2/h", 2)).is_ok());
        drop(taken);
        assert!(waits.join().unwrap());
    });
}

#[test]
fn a_signal_comes_before_every_turn() {
    static STOPPED: AtomicBool = AtomicBool::new(false);
    let lane = Lane::new(|| STOPPED.load(Ordering::SeqCst));
    let taken = lane.reserve(&way("1/h", 1)).unwrap();
    thread::scope(|scope| {
        let beside = lane.beside();
        let waits = scope.spawn(move || beside.reserve(&way("1/h", 1)).err());
        STOPPED.store(true, Ordering::SeqCst);
        assert_eq!(waits.join().unwrap(), Some(Held::Stopped));
    });
    drop(taken);
    assert_eq!(lane.reserve(&way("1/h", 1)).err(), Some(Held::Stopped), "though there is room");
    let (url, count) = server("", Duration::ZERO);
    for rest in ["", "share = 'app'"] {
        let (request, prepared) = request(&url, rest);
        let error = lane.with(&client()).carry(&request, pace(&request), &prepared).err().unwrap();
        assert_eq!(held(error), Held::Stopped);
    }
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[test]
fn quiet_is_waited_for_unless_it_is_long() {
    let lane = Lane::new(|| false);
    let way = way("9/s", 1);
    let reserved = lane.reserve(&way).unwrap();
    lane.pause(&way.url, 1);
    let (request, _) = request(way.url.as_str(), "pace = '9/s'");
    assert!(reserved.reserved(pace(&request), &way.url).is_none(), "what was reserved before waits too");
    let began = Instant::now();
    assert!(lane.is_paused(&way.url));
    lane.reserve(&way).ok().unwrap();
    assert!((Duration::from_millis(900)..SOON).contains(&began.elapsed()));
    assert!(reserved.reserved(pace(&request), &way.url).is_some());

    for seconds in [3600, u64::MAX] {
        lane.pause(&way.url, seconds);
        match lane.reserve(&way).err().unwrap() {
            Held::Quiet { host, seconds: left } => assert!(host == "api.example" && left > 3590, "{left}"),
            other => panic!("{other}"),
        }
    }
    assert!(began.elapsed() < SOON);
}

#[test]
fn whoever_waits_for_a_shared_answer_shares_its_failure() {
    let (url, count) = server("", Duration::from_millis(500));
    let (lane, client) = (Lane::new(|| false), client());
    let (request, prepared) = request(&url, "share = 'app'");
    let failed = thread::scope(|scope| {
        let ask = || {
            let (lane, client, request, prepared) = (lane.beside(), &client, &request, &prepared);
            scope.spawn(move || lane.with(client).carry(request, pace(request), prepared).err().unwrap())
        };
        [ask(), ask(), ask(), ask()].map(|thread| thread.join().unwrap())
    });
    assert_eq!(count.load(Ordering::SeqCst), 1);
    let shared = failed.into_iter().filter(|error| matches!(error, ExchangeError::Held(Held::Unanswered(_))));
    assert_eq!(shared.count(), 3);
    assert!(lane.with(&client).carry(&request, pace(&request), &prepared).is_err());
    assert_eq!(count.load(Ordering::SeqCst), 2, "who comes later asks again");
}

#[test]
fn a_signal_ends_the_waiting_for_a_shared_answer() {
    static STOPPED: AtomicBool = AtomicBool::new(false);
    let lane = Lane::new(|| STOPPED.load(Ordering::SeqCst));
    let (request, prepared) = request("http://127.0.0.1:9/", "share = 'app'");
    let client = client();
    let paced = lane.with(&client);
    let cell = paced.cell(&prepared.fingerprint());
    let asking = lock(&cell);
    thread::scope(|scope| {
        let (beside, request, prepared, client) = (lane.beside(), &request, &prepared, &client);
        let waits =
            scope.spawn(move || beside.with(client).carry(request, pace(request), prepared).err().unwrap());
        STOPPED.store(true, Ordering::SeqCst);
        assert_eq!(held(waits.join().unwrap()), Held::Stopped);
    });
    drop(asking);
}

#[test]
fn an_answer_for_all_eternity_is_an_answer() {
    let (url, _) = server(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 35\r\n\r\n{\"expires_in\":18446744073709551615}",
        Duration::ZERO,
    );
    let (lane, client) = (Lane::new(|| false), client());
    let (request, prepared) = request(&url, "share = 'app'");
    assert_eq!(lane.with(&client).carry(&request, pace(&request), &prepared).unwrap().status, 200);
}

#[test]
fn a_shared_answer_is_fetched_once_and_leaves_a_turn_for_the_next_request() {
    let (url, count) = server(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 17\r\n\r\n{\"expires_in\":60}",
        Duration::ZERO,
    );
    let (lane, client) = (Lane::new(|| false), client());
    let (shared, prepared) = request(&url, "share = 'app'\npace = '5/h'");
    let (own, _) = request(&url, "pace = '5/h'");
    let two = Way { url: url.parse().unwrap(), ..way("5/h", 2) };
    for used in [2, 3, 4] {
        let lane = lane.reserve(&two).unwrap();
        let paced = lane.with(&client);
        paced.carry(&shared, pace(&shared), &prepared).unwrap();
        paced.carry(&own, pace(&own), &prepared).unwrap();
        assert_eq!(count.load(Ordering::SeqCst), used);
        assert!(lane.turns.borrow().is_empty());
    }
    let left = lane.turns(&Way { requests: 1, ..two.clone() }, Some(Duration::ZERO), &|| false).unwrap();
    assert_eq!(left.len(), 1, "four were sent");
    assert!(lane.turns(&two, Some(Duration::ZERO), &|| false).is_err());
}

#[test]
fn what_never_left_this_machine_costs_no_turn() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (lane, client) = (Lane::new(|| false), client());
    let (request, prepared) = request(&format!("http://127.0.0.1:{port}/"), "pace = '1/h'");
    for _ in 0..2 {
        let error = lane.with(&client).carry(&request, pace(&request), &prepared).err().unwrap();
        assert!(matches!(error, ExchangeError::Http(HttpError::Unreachable { .. })), "{error}");
    }
}
