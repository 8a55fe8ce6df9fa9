//! A person at a terminal connects the first shop, in each language: the whole screen is kept in
//! `docs/languages`, and compared with what is shown now.

use std::fs;
use std::num::NonZero;
use std::path::Path;

use super::catalogue::{TAGS, catalogue};
use crate::support::marketplaces::{Allegro, Marketplace, allegro};
use crate::support::stage::Stage;
use crate::support::terminal::Terminal;

const REDIRECT_URI: &str = "http://localhost/callback";
/// Columns on which no message is broken, and rows that show all of it.
const COLUMNS: NonZero<u16> = NonZero::new(240).unwrap();
const ROWS: NonZero<u16> = NonZero::new(90).unwrap();

#[test]
fn a_first_connect_reads_well_in_every_language() {
    let mut changed = Vec::new();
    for tag in TAGS {
        let shown = connected(tag);
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/languages/connect.{tag}.txt"));
        if fs::read_to_string(&file).unwrap_or_default() != shown {
            let now = std::env::temp_dir().join(format!("connect.{tag}.txt"));
            fs::write(&now, shown).unwrap();
            changed.push(format!("{} is not what {} says", file.display(), now.display()));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// The screen after an app was registered and a shop connected, without what differs from run to run.
fn connected(tag: &str) -> String {
    let allegro = Allegro::new();
    let app = allegro.app(allegro::App::new().redirect_uri(REDIRECT_URI));
    allegro.log_in("44002");
    let mut stage = Stage::new(vec![Box::new(allegro.clone())]);
    stage.environment.set_var("SELLAUTH_LANG", tag);
    let texts = catalogue(tag);
    let words = |id: &str| texts[id].words.as_str();
    let add = ["app", "add", "allegro", "--redirect-uri", REDIRECT_URI];
    let mut terminal = Terminal::as_wide_as(COLUMNS.get(), &stage.environment, &add);
    terminal.expect(words("ask-app-case"));
    terminal.send_line("");
    terminal.expect(words("ask-client-id"));
    terminal.send_line(&app.client_id);
    terminal.expect_unseen(words("ask-client-secret"));
    terminal.send_line(&app.client_secret);
    let registered = screen(terminal);

    let connect = ["connect", "allegro", "--no-browser"];
    let mut terminal = Terminal::as_wide_as(COLUMNS.get(), &stage.environment, &connect);
    let page = stage.open(&terminal.url());
    assert_eq!(page.status, Some(200), "{page:?}");
    let connected = screen(terminal);

    // Which of these is said is up to the machine.
    let places = [words("in-container"), words("no-screen"), words("over-ssh")];
    let is_code = |line: &str| line.trim_start().starts_with(['█', '▀', '▄']);
    let stays = |line: &&str| !is_code(line) && !places.iter().any(|place| line.ends_with(place));
    let same = |line: &str| {
        let line = line.replace(&app.client_id, "CLIENT-ID");
        match line.starts_with("https://") {
            true => "https://allegro.pl/auth/oauth/authorize?…".to_owned(),
            false => line.trim_end().to_owned(),
        }
    };
    let shown = format!(
        "$ sellauth {}\n{registered}\n\n$ sellauth {}\n{connected}",
        add.join(" "),
        connect.join(" ")
    );
    let mut lines: Vec<String> = shown.lines().filter(stays).map(same).collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    lines.join("\n") + "\n"
}

/// What stands on the screen once the program has ended well.
fn screen(terminal: Terminal) -> String {
    let (code, shown) = terminal.finish_with_all();
    assert_eq!(code, 0, "{shown}");
    let mut screen = vt100::Parser::new(ROWS, COLUMNS, 0);
    screen.process(shown.as_bytes());
    screen.screen().contents()
}
