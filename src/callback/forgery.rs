//! Forgeries by the ten thousand: what is nearly right is made from what is right, and whatever is
//! accepted is read again, by a reader that shares no code with the one under test.

mod addresses;
mod answers;

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Cases of each property.
const CASES: u32 = 10_000;

/// What a forger would slip in, and what parsers disagree about.
const PIECES: &[&str] = &[
    "/",
    "//",
    "\\",
    "/.",
    "/..",
    "/%2e%2e",
    ";",
    ":",
    ":443",
    ":80",
    ":8123",
    "@",
    "evil@",
    "@evil.example",
    ".evil.example",
    "evil.example",
    "?",
    "#",
    "&",
    "&&",
    "=",
    "%",
    "%00",
    "%0d%0a",
    "%20",
    "%26",
    "%2F",
    "%3D",
    "%41",
    "%C3",
    "%zz",
    "+",
    " ",
    "\t",
    "\r\n",
    "\0",
    "\u{ff0e}",
    "\u{3002}",
    "\u{200b}",
    "\u{ff0f}",
    "\u{e4}",
    "\u{ff53}tate",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    ",",
    "state",
    "&state=",
    "&state=evil",
    "state=evil&",
    "&STATE=evil",
    "&st%61te=evil",
    "&state[]=evil",
    ";state=evil",
    "&code=evil",
    "code=evil&",
    "&error=access_denied",
    "&redirect_uri=https://evil.example",
    "&version=evil",
    "\"state\":\"evil\",",
    "\"code\":\"evil\",",
    "{\"code\":\"evil\",\"state\":\"evil\"},",
    "http:",
    "https:",
    "javascript:",
    "localhost",
    "127.0.0.1",
    "[::1]",
    "0x7f.1",
    "callback",
    "/callback",
    "/callback/done",
    "/../callback",
    "xn--",
];

/// One change. Places are counted in characters.
#[derive(Clone, Debug)]
enum Change {
    Insert(Index, &'static str),
    Remove(Index),
    Replace(Index, char),
    Swap(Index, Index),
    /// Says a stretch twice.
    Repeat(Index, Index),
    /// Says a character in its percent-encoded form.
    Encode(Index),
    TurnCase(Index),
    Cut(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let place = any::<Index>;
    prop_oneof![
        4 => (place(), select(PIECES)).prop_map(|(at, piece)| Change::Insert(at, piece)),
        1 => place().prop_map(Change::Remove),
        1 => (place(), any::<char>()).prop_map(|(at, other)| Change::Replace(at, other)),
        1 => (place(), proptest::char::range(' ', '~')).prop_map(|(at, other)| Change::Replace(at, other)),
        1 => (place(), place()).prop_map(|(a, b)| Change::Swap(a, b)),
        2 => (place(), place()).prop_map(|(a, b)| Change::Repeat(a, b)),
        2 => place().prop_map(Change::Encode),
        1 => place().prop_map(Change::TurnCase),
        1 => place().prop_map(Change::Cut),
    ]
}

impl Change {
    fn apply(&self, text: &mut Vec<char>) {
        if text.is_empty() {
            return;
        }
        let length = text.len();
        let at = |index: &Index| index.index(length);
        match self {
            Change::Insert(place, piece) => {
                let place = place.index(length + 1);
                text.splice(place..place, piece.chars());
            }
            Change::Remove(place) => drop(text.remove(at(place))),
            Change::Replace(place, other) => text[at(place)] = *other,
            Change::Swap(a, b) => {
                let (a, b) = (at(a), at(b));
                text.swap(a, b);
            }
            Change::Repeat(a, b) => {
                let (start, end) = (at(a).min(at(b)), at(a).max(at(b)));
                let stretch = text[start..end].to_vec();
                text.splice(end..end, stretch);
            }
            Change::Encode(place) => {
                let place = at(place);
                let letter = text[place].to_string();
                let encoded =
                    letter.bytes().flat_map(|byte| format!("%{byte:02X}").chars().collect::<Vec<_>>());
                text.splice(place..=place, encoded);
            }
            Change::TurnCase(place) => {
                let place = at(place);
                let turned = if text[place].is_ascii_lowercase() {
                    text[place].to_ascii_uppercase()
                } else {
                    text[place].to_ascii_lowercase()
                };
                text[place] = turned;
            }
            Change::Cut(place) => {
                let place = at(place);
                text.truncate(place);
            }
        }
    }
}

/// One of these with up to four changes, one time in five with none; now and then any text at all. The
/// second value is what it was made from.
fn near(right: &[String]) -> impl Strategy<Value = (String, String)> + use<> {
    let changed =
        (select(right.to_vec()), prop::collection::vec(change(), 0..=4)).prop_map(|(right, changes)| {
            let mut text: Vec<char> = right.chars().collect();
            for change in changes {
                change.apply(&mut text);
            }
            (text.into_iter().collect(), right)
        });
    prop_oneof![20 => changed, 1 => any::<String>().prop_map(|text| (text, String::new()))]
}

/// Names and values of a query, after one percent-decoding.
fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| String::from_utf8_lossy(&decoded(text.as_bytes())).into_owned();
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(n, v)| (decode(n), decode(v)))
        .collect()
}

fn decoded(bytes: &[u8]) -> Vec<u8> {
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut result, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let byte = match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                at += 2;
                u8::try_from(high * 16 + low).unwrap()
            }
            (b'+', ..) => b' ',
            (byte, ..) => byte,
        };
        result.push(byte);
        at += 1;
    }
    result
}

/// The values of one name.
fn values<'a>(pairs: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    pairs.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str()).collect()
}
