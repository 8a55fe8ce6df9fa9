//! The seller before the browser, as this terminal can reach them.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::time::Duration;

use console::{Style, Term, measure_text_width};
use url::Url;

use super::Context;
use super::browse::FlowArgs;
use super::countdown::Countdown;
use crate::authorize::{Person, Step, UserCode};
use crate::browser::Browser;
use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::output::{Terminal, insist};
use crate::screen::Screen;
use crate::{qr, redirect, text};

/// Lines around the QR code of an address that are to stay in sight with it, apart from the
/// address: how to come back, where to consent, what is waited for, what is typed, the time left.
const AROUND: u16 = 14;

/// The same around the one that fills in a code: the code in its frame, and what follows.
const BELOW_CODE: u16 = 7;

/// A user code of so many characters, with nothing between them, is read in groups of three.
const UNGROUPED: usize = 9;

/// The person before the browser.
pub struct Seller<'a> {
    terminal: Terminal,
    screen: Screen,
    /// What opens addresses, where that is wanted and would be seen.
    browser: Option<Browser>,
    /// The person said that they will open the address themselves.
    unasked: bool,
    connection: &'a Connection,
    paste: bool,
    /// What a browser has to reach on this machine.
    listeners: RefCell<Vec<SocketAddr>>,
    advised: Cell<bool>,
    told: Cell<bool>,
    flooded: Cell<bool>,
    countdown: Countdown,
}

impl<'a> Seller<'a> {
    /// Looks where the person sits, and what would open an address before them.
    pub fn find(context: &Context, connection: &'a Connection, flags: &FlowArgs) -> Result<Self> {
        let Context { terminal, var, .. } = context;
        let screen = Screen::find(var, &|path| path.exists());
        let unasked = flags.no_browser || flags.paste || flags.start;
        let browser = match unasked {
            true => None,
            false => Some(Browser::choose(flags.browser.as_deref(), var)?),
        };
        Ok(Self {
            terminal: *terminal,
            // The system's would open where nobody sits. One that was named is meant for this place.
            browser: browser.filter(|browser| *browser != Browser::System || screen == Screen::Here),
            screen,
            unasked,
            connection,
            paste: flags.paste
                || redirect::is_pasted_only(&connection.definition)
                || (flags.port.is_none() && redirect::leads_nowhere(connection.app.redirect_uri.as_deref())),
            listeners: RefCell::default(),
            advised: Cell::new(false),
            told: Cell::new(true),
            flooded: Cell::new(false),
            countdown: Countdown::new(*terminal, var),
        })
    }

    fn address(&self, step: Step, url: &Url) {
        let marketplace = &self.connection.definition.name;
        insist(match (step, self.browser.is_some()) {
            (Step::Installation, true) => text!("open-installation", marketplace = marketplace),
            (Step::Installation, false) => text!("installation-at", marketplace = marketplace),
            (Step::Consent, true) => text!("open-consent", marketplace = marketplace),
            (Step::Consent, false) => text!("consent-at", marketplace = marketplace),
            (Step::Confirmation, true) => text!("open-confirmation", marketplace = marketplace),
            (Step::Confirmation, false) => text!("confirmation-at", marketplace = marketplace),
        });
        line_apart(url.as_str());
    }

    /// Opens the address, where there is something to open it with. Whether it did.
    fn launch(&self, url: &Url) -> bool {
        let opened = self.browser.as_ref().map(|browser| browser.open(url));
        if let Some(Err(error)) = &opened {
            log::info!("no browser: {error}");
            self.terminal.note(text!("browser-failed"));
        }
        matches!(opened, Some(Ok(())))
    }

    /// Says, once, how a browser elsewhere comes back to this machine.
    fn advise(&self) {
        let listeners = self.listeners.borrow();
        if listeners.is_empty() || self.advised.replace(true) {
            return;
        }
        match &self.screen {
            Screen::Here => return,
            Screen::Remote(login) => {
                self.terminal.note(text!("over-ssh"));
                self.terminal.show(format!("\n{}\n", login.tunnel(&listeners)));
            }
            Screen::Outside => self.terminal.note(text!("in-container")),
            Screen::Unknown if self.unasked => {}
            Screen::Unknown => self.terminal.note(text!("no-screen")),
        }
        if !self.terminal.interactive {
            self.terminal.note(text!("hand-over"));
        }
    }

    /// The address for a phone's camera, if the terminal has room for it beside `others` lines.
    fn picture(&self, url: &Url, others: u16) {
        let code = size().and_then(|(rows, columns)| {
            qr::draw(url.as_str(), columns, rows.saturating_sub(others), console::colors_enabled_stderr())
        });
        if let Some(code) = code {
            self.terminal.show(code);
        }
    }

    fn explain_waiting(&self, step: Step) {
        self.countdown.extends(step != Step::Installation && !self.paste);
        if self.paste {
            // One line is read, after the consent: its address follows at once.
            if step != Step::Installation {
                self.terminal.say(text!("waiting-for-paste"));
            }
        } else if step == Step::Installation && self.terminal.interactive {
            self.terminal.say(text!("waiting-installation"));
        } else if self.terminal.interactive {
            self.terminal.say(text!("waiting-interactive"));
        } else {
            self.terminal.say(text!("waiting"));
        }
    }
}

impl Person for Seller<'_> {
    fn listening(&self, address: SocketAddr) {
        self.listeners.borrow_mut().push(address);
    }

    fn code(&self, code: &UserCode) {
        self.countdown.hide();
        insist(text!("open-code", marketplace = self.connection.definition.name));
        line_apart(code.page.as_str());
        let url = code.complete.as_ref().unwrap_or(&code.page);
        self.picture(url, BELOW_CODE);
        insist(text!("enter-code"));
        large(&code.code);
        self.launch(url);
        self.countdown.extends(true);
        self.terminal.say(text!("waiting-for-code"));
    }

    fn open(&self, step: Step, url: &Url) {
        self.countdown.hide();
        if self.browser.is_none() {
            self.advise();
        }
        self.address(step, url);
        if !self.launch(url) {
            self.advise();
            self.picture(url, AROUND.saturating_add(lines_of(url)));
        }
        self.explain_waiting(step);
    }

    fn show(&self, step: Step, url: &Url) {
        self.countdown.hide();
        self.address(step, url);
        self.explain_waiting(step);
    }

    fn mistaken(&self, error: &Error) {
        self.countdown.hide();
        self.terminal.note(&error.message);
        error.hint.iter().for_each(|hint| self.terminal.say(format!("  {hint}")));
    }

    fn elsewhere(&self) {
        let connection = self.connection;
        let page =
            connection.definition.manage_url.as_ref().and_then(|url| url.url(&connection.values(None)).ok());
        let page = page.map_or_else(|| connection.definition.docs.clone(), String::from);
        self.advise();
        insist(text!("start-there", marketplace = connection.definition.name, url = page));
        self.explain_waiting(Step::Consent);
    }

    fn busy(&self, port: u16) {
        self.terminal.note(text!(
            "fixed-port-busy",
            port = port,
            marketplace = self.connection.definition.name
        ));
    }

    fn flooded(&self, port: u16) {
        if !self.flooded.replace(true) {
            self.countdown.hide();
            self.terminal.note(text!("port-flooded", port = port));
        }
    }

    fn left(&self, left: Duration, more: Duration) {
        const WARN: Duration = Duration::from_secs(60);
        if self.countdown.show(left, more) {
            return;
        }
        // A wait that was short from the start needs no warning.
        if left > WARN {
            self.told.set(false);
        } else if !self.told.replace(true) {
            self.terminal.say(text!("time-ends"));
        }
    }

    fn late(&self, hint: &str) {
        if self.terminal.interactive || self.paste {
            self.countdown.hide();
            self.terminal.note(hint);
        }
    }

    fn answered(&self) {
        self.countdown.hide();
        self.terminal.say(text!("answered", marketplace = self.connection.definition.name));
    }
}

/// Rows and columns of the terminal on stderr, if it is one.
fn size() -> Option<(u16, u16)> {
    Term::stderr().size_checked()
}

/// The lines that an address takes on the terminal.
fn lines_of(url: &Url) -> u16 {
    let columns = size().map_or(usize::MAX, |(_, columns)| usize::from(columns).max(1));
    u16::try_from(url.as_str().len().div_ceil(columns)).unwrap_or(u16::MAX)
}

/// A user code in a frame, or on a line of its own where there is no terminal, or no room.
fn large(user_code: &str) {
    let lines = framed(&grouped(user_code));
    match size() {
        Some((_, columns)) if measure_text_width(&lines[0]) < usize::from(columns) => {
            let style = Style::new().for_stderr().bold();
            insist(lines.map(|line| style.apply_to(line).to_string()).join("\n"));
        }
        _ => line_apart(user_code),
    }
}

/// A line of its own, so that any terminal lets it be clicked and any script finds it.
fn line_apart(text: &str) {
    insist(format!("\n{}\n", Style::new().for_stderr().underlined().apply_to(text)));
}

/// A user code as it is best read aloud or typed: nine characters on end in groups of three, any
/// other as it came.
fn grouped(user_code: &str) -> String {
    let characters: Vec<char> = user_code.chars().collect();
    if characters.len() != UNGROUPED || !characters.iter().all(|c| c.is_alphanumeric()) {
        return user_code.to_owned();
    }
    let groups: Vec<String> = characters.chunks(3).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// A frame around a code whose characters stand wide apart.
fn framed(code: &str) -> [String; 3] {
    let wide = code.chars().map(String::from).collect::<Vec<_>>().join(" ");
    let edge = "─".repeat(measure_text_width(&wide) + 6);
    [format!("  ┌{edge}┐"), format!("  │   {wide}   │"), format!("  └{edge}┘")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_on_end_is_read_in_groups_and_any_other_as_it_came() {
        for (code, shown) in [
            ("ABCDEFGHI", "ABC DEF GHI"),
            ("123456789", "123 456 789"),
            ("WDJB-MJHT", "WDJB-MJHT"),
            ("ABCD", "ABCD"),
            ("ABC DEF G", "ABC DEF G"),
        ] {
            assert_eq!(grouped(code), shown);
        }
    }

    #[test]
    fn a_frame_is_as_wide_as_what_it_holds() {
        let [top, code, bottom] = framed("AB C");
        assert_eq!(code, "  │   A B   C   │");
        assert_eq!([top, bottom].map(|line| measure_text_width(&line)), [measure_text_width(&code); 2]);
    }
}
