//! Amazon's Login URI: a consent that Amazon starts itself, at a command that waits for it. What is
//! forged about such a request is refused, and the honest one still wins.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use url::{Url, form_urlencoded};

use crate::amazon::{CONNECT, REDIRECT_URI, TOKEN, staged_with};
use crate::support::marketplaces::Amazon;
use crate::support::marketplaces::amazon::App;
use crate::support::marketplaces::relay::{FIXED_PORT, Relay};
use crate::support::marketplaces::wire::parameter;
use crate::support::proxy::Outcome;
use crate::support::running::{LINE_DEADLINE, Running};
use crate::support::stage::{RELAY, Stage};

const SHOP: &str = "A2SHOPDE";
const SELLER_CENTRAL: &str = "sellercentral-europe.amazon.com";
const VENDOR_CENTRAL: &str = "vendorcentral.amazon.de";
const PROFILE: [&str; 2] = ["reauthorize", "amazon-de"];
/// How long other tests' commands may hold the fixed port.
const PORT_DEADLINE: Duration = Duration::from_secs(60);
/// Requests that are answered with the way to Amazon, at most.
const MOST_LOGINS: usize = 8;

/// What waits for Amazon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Errand {
    /// The first consent to an app that is still a draft.
    Draft,
    /// A renewal that the seller starts.
    Seller,
    /// A renewal that the vendor starts.
    Vendor,
}

/// Every command that waits for Amazon, on the fixed port (`true`) and on a port that a person chose.
const PLACES: [(Errand, bool); 6] = [
    (Errand::Draft, false),
    (Errand::Draft, true),
    (Errand::Seller, false),
    (Errand::Seller, true),
    (Errand::Vendor, false),
    (Errand::Vendor, true),
];

impl Errand {
    fn central(self) -> &'static str {
        match self {
            Errand::Vendor => VENDOR_CENTRAL,
            Errand::Draft | Errand::Seller => SELLER_CENTRAL,
        }
    }

    /// The command that waits.
    fn command(self) -> Vec<&'static str> {
        match self {
            Errand::Draft => [&CONNECT[..], &["--draft"]].concat(),
            Errand::Seller | Errand::Vendor => [&PROFILE[..], &["--wait-for-marketplace"]].concat(),
        }
    }

    /// What it prints in the end.
    fn success(self) -> &'static str {
        match self {
            Errand::Draft => "connected amazon-de (shop A2SHOPDE)\n",
            Errand::Seller | Errand::Vendor => "reauthorized amazon-de\n",
        }
    }
}

/// A machine on which a command can wait for Amazon.
struct Scene {
    stage: Stage,
    amazon: Amazon,
    app: App,
    errand: Errand,
    /// Where the relay page sends what Amazon starts.
    port: u16,
}

impl Scene {
    /// With the shop connected where the errand is to renew its consent.
    fn new(errand: Errand, fixed: bool) -> Self {
        let port = if fixed { FIXED_PORT } else { free_port() };
        let app = App::new().redirect_uri(REDIRECT_URI);
        let app = if errand == Errand::Draft { app.draft().through_login_uri() } else { app };
        let relay = Relay::new(RELAY).fixed_port(port);
        let (stage, amazon, app) = staged_with(app, relay, &["--redirect-uri", REDIRECT_URI]);
        let vendor: &[&str] = if errand == Errand::Vendor { &["--option", "vendor"] } else { &[] };
        if errand != Errand::Draft {
            stage.consent(&[&CONNECT[..], vendor].concat()).0.ok();
        }
        Self { stage, amazon, app, errand, port }
    }

    /// Starts the command, and comes back when it waits.
    fn wait(&self) -> Running {
        let (port, mut command) = (self.port.to_string(), self.errand.command());
        if self.port != FIXED_PORT {
            command.extend(["--port", &port]);
        }
        let begun = |line: &str| {
            ["https://", "Start the renewal at Amazon", "error:"].iter().any(|start| line.starts_with(start))
        };
        let deadline = Instant::now() + PORT_DEADLINE;
        loop {
            let running = self.stage.environment.spawn(&command);
            running.wait_for_line(begun, LINE_DEADLINE);
            // Another test's command may hold it for the moment. A renewal gives up then, a first
            // consent only says so.
            if !running.stderr().contains("port 47823 is taken") {
                return running;
            }
            running.signal("INT");
            let code = running.finish().code;
            assert!([7, 130].contains(&code), "{code}");
            assert!(Instant::now() < deadline, "the port was never free");
        }
    }

    /// A request as Amazon makes it on the seller's word, with an `amazon_state` of its own.
    fn login(&self) -> Login {
        Login::of(&self.url())
    }

    fn url(&self) -> Url {
        Url::parse(&self.amazon.start_at_amazon(&self.app, self.errand.central(), SHOP)).unwrap()
    }

    /// Sends it to the command that waits.
    fn send(&self, login: &Login) -> Answer {
        Answer::to(self.port, &login.query())
    }

    /// Sends them to the command that waits, all in the same moment.
    fn send_at_once(&self, logins: Vec<Login>) -> Vec<Answer> {
        let (start, port) = (Barrier::new(logins.len()), self.port);
        thread::scope(|scope| {
            let send = |login: Login| {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    Answer::to(port, &login.query())
                })
            };
            let threads: Vec<_> = logins.into_iter().map(send).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        })
    }

    /// The seller's browser, led through the whole consent.
    fn consent(&self, running: &Running) -> Outcome {
        match self.errand {
            Errand::Draft => self.stage.open(&running.url()),
            Errand::Seller | Errand::Vendor => self.stage.open(self.url().as_str()),
        }
    }

    /// That the seller's consent counts.
    #[track_caller]
    fn assert_won(&self, running: Running, page: &Outcome) {
        assert!(page.body.contains("Your shop is connected"), "{self:?}: {}", page.body);
        assert_eq!(running.finish().ok().stdout, self.errand.success(), "{self:?}");
    }
}

impl std::fmt::Debug for Scene {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} on port {}", self.errand, self.port)
    }
}

/// The parameters of a request at the Login URI.
#[derive(Clone)]
pub struct Login(Vec<(String, String)>);

impl Login {
    /// Those of an address.
    pub fn of(url: &Url) -> Self {
        Self(url.query_pairs().into_owned().collect())
    }

    /// As a query.
    pub fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }

    /// A value it has.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).unwrap()
    }

    /// The same without a value.
    pub fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(own, _)| own != name).cloned().collect())
    }

    /// The same before a further value, whether or not there is one of that name.
    fn and(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with another value.
    pub fn with(&self, name: &str, value: &str) -> Self {
        self.without(name).and(name, value)
    }

    /// The same behind a further value.
    fn behind(mut self, name: &str, value: &str) -> Self {
        self.0.insert(0, (name.to_owned(), value.to_owned()));
        self
    }
}

/// An answer as it went over the wire.
pub struct Answer {
    status: u16,
    location: Option<String>,
    text: String,
}

impl Answer {
    /// The one to a browser's request at the listener.
    pub fn to(port: u16, query: &str) -> Self {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stream.set_read_timeout(Some(LINE_DEADLINE)).unwrap();
        let request =
            format!("GET /callback?{query} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer in time");
        let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let location = text.lines().find_map(|line| line.strip_prefix("Location: ")).map(str::to_owned);
        Self { status, location, text }
    }

    /// Where it leads.
    #[track_caller]
    pub fn way(&self) -> Url {
        assert_eq!(self.status, 303, "{}", self.text);
        Url::parse(self.location.as_ref().expect("a redirect")).unwrap()
    }

    /// Fails where it leads anywhere, or shows what it was asked with.
    #[track_caller]
    pub fn assert_refused(&self, what: &str) {
        assert!(self.status == 400 && self.location.is_none(), "{what}: {}", self.text);
        let refused = ["This request was not accepted", "This answer belongs to no open login"];
        assert!(refused.iter().any(|words| self.text.contains(words)), "{what}: {}", self.text);
        assert!(!self.text.contains("evil"), "{what}: {}", self.text);
    }
}

/// A port that nobody has.
pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// Addresses that are not Amazon's confirmation of this app: `{host}`, `{path}` and `{app}` are what
/// is honest of them.
const FORGED_TARGETS: [&str; 44] = [
    // Another scheme.
    "http://{host}{path}",
    "ftp://{host}{path}",
    "javascript:alert(1)//https://{host}{path}",
    "data:text/html,https://{host}{path}",
    // Another host, or one that looks like it.
    "https://evil.example{path}",
    "https://{host}.evil.example{path}",
    "https://evil-{host}{path}",
    "https://evil.{host}{path}",
    "https://{host}.{path}",
    "https://{host}%2eevil.example{path}",
    "https://{host}%00.evil.example{path}",
    "https://www.amazon.com{path}",
    "https://аmazon.com{path}",
    "https://127.0.0.1{path}",
    "//evil.example{path}",
    "///evil.example{path}",
    "https:evil.example{path}",
    // User information that looks like the host, or hides another one.
    "https://{host}@evil.example{path}",
    "https://evil@{host}{path}",
    "https://evil:evil@{host}{path}",
    "https://{host}%40evil.example{path}",
    // A fragment, a port.
    "https://{host}{path}#evil",
    "https://{host}/#{path}",
    "https://{host}:444{path}",
    "https://{host}:443{path}",
    "https://{host}:80{path}",
    // Another path, another application.
    "https://{host}/",
    "https://{host}{path}/",
    "https://{host}{path}/evil",
    "https://{host}/evil{path}",
    "https://{host}/apps/authorize/consent?application_id={app}",
    "https://{host}/apps/authorize/confirm/",
    "https://{host}/apps/authorize/confirm/amzn1.sp.solution.evil",
    "https://{host}{path}.evil",
    // Paths that only look like it.
    "https://{host}{path}/../amzn1.sp.solution.evil",
    "https://{host}/evil/..{path}",
    "https://{host}/evil/%2e%2e{path}",
    "https://{host}{path}%2f..%2fevil",
    "https://{host}/{path}",
    "https:\\\\{host}{path}",
    "https://{host}\\@evil.example{path}",
    "/\\evil.example{path}",
    "\\\\evil.example{path}",
    "evil{path}",
];

/// Every field of an honest request forged in turn, each with a name.
fn forgeries(scene: &Scene) -> Vec<(String, Login)> {
    let honest = scene.login();
    let app = &scene.app.application_id;
    let path = format!("/apps/authorize/confirm/{app}");
    let fill = |target: &str| {
        target.replace("{host}", scene.errand.central()).replace("{path}", &path).replace("{app}", app)
    };
    let targets = FORGED_TARGETS.map(fill);
    let of_targets =
        targets.iter().map(|target| (target.clone(), honest.with("amazon_callback_uri", target)));
    let too_long = "A".repeat(2049);
    let long_target = format!("{}?{too_long}", honest.get("amazon_callback_uri"));
    let of_fields =
        ["amazon_callback_uri", "amazon_state", "selling_partner_id"].into_iter().flat_map(|name| {
            let long = if name == "amazon_callback_uri" { &long_target } else { &too_long };
            [
                (format!("no {name}"), honest.without(name)),
                (format!("empty {name}"), honest.with(name, "")),
                (format!("{name} too long"), honest.with(name, long)),
                (
                    format!("{name} in capitals"),
                    honest.without(name).and(&name.to_uppercase(), honest.get(name)),
                ),
                (format!("{name} twice"), honest.clone().and(name, honest.get(name))),
                (format!("{name} and another one"), honest.clone().and(name, "https://evil.example/")),
                (format!("another {name} first"), honest.clone().behind(name, "evil")),
            ]
        });
    let of_version = [("version twice".to_owned(), honest.with("version", "beta").and("version", "evil"))];
    of_targets.chain(of_fields).chain(of_version).collect()
}

#[test]
fn a_login_request_with_one_forged_field_is_refused_and_the_honest_one_wins() {
    for (errand, fixed) in PLACES {
        let scene = Scene::new(errand, fixed);
        let running = scene.wait();
        let (before, tokens) = (scene.stage.files(), scene.stage.proxy.count(TOKEN));
        for (what, forged) in forgeries(&scene) {
            scene.send(&forged).assert_refused(&format!("{scene:?}: {what}"));
            assert_eq!(scene.stage.files(), before, "{scene:?}: {what}");
        }
        assert_eq!(scene.stage.proxy.count(TOKEN), tokens);
        let page = scene.consent(&running);
        scene.assert_won(running, &page);
    }
}
#[test]
fn what_is_ours_to_say_is_taken_from_nobody_else() {
    for (errand, fixed) in PLACES {
        let scene = Scene::new(errand, fixed);
        let running = scene.wait();
        let honest = scene.login();
        let target = honest.get("amazon_callback_uri");
        let foreign = "version=evil&state=evil&amazon_state=evil&redirect_uri=https://evil.example/";
        let mut states = Vec::new();
        for login in [
            honest.with("version", "evil"),
            honest.without("version"),
            honest.clone().and("redirect_uri", "https://evil.example/"),
            honest.clone().and("state", "evil"),
            honest.with("amazon_callback_uri", &format!("{target}?{foreign}")),
        ] {
            let way = scene.send(&login).way();
            assert!(way.as_str().starts_with(&format!("{target}?")), "{way}");
            assert!(!way.as_str().contains("evil"), "{way}");
            assert_eq!(parameter(&way, "amazon_state"), honest.get("amazon_state"));
            assert_eq!(parameter(&way, "redirect_uri"), REDIRECT_URI);
            let version = way.query_pairs().find(|(name, _)| name == "version");
            let version = version.map(|(_, value)| value.into_owned());
            assert_eq!(version.as_deref(), (errand == Errand::Draft).then_some("beta"), "{way}");
            let state = parameter(&way, "state");
            assert!(!states.contains(&state), "each has a state of its own");
            states.push(state);
        }
        let page = scene.consent(&running);
        scene.assert_won(running, &page);
    }
}

#[test]
fn the_shop_of_the_login_request_must_be_the_one_that_comes_back() {
    for (errand, fixed) in PLACES {
        let scene = Scene::new(errand, fixed);
        let (before, tokens) = (scene.stage.files(), scene.stage.proxy.count(TOKEN));
        let honest = scene.login();
        let forged = honest.with("selling_partner_id", "A1OTHERSHOP");
        let answered = |running: Running, url: &str| {
            let page = scene.stage.open(url);
            assert!(!page.body.contains("Your shop is connected"), "{scene:?}: {}", page.body);
            let stderr = running.finish().code(5).stderr;
            assert!(stderr.contains("selling_partner_id"), "{stderr}");
            assert_eq!(scene.stage.proxy.count(TOKEN), tokens, "{scene:?}: the code is not spent");
            assert_eq!(scene.stage.files(), before, "{scene:?}");
        };

        let running = scene.wait();
        let way = scene.send(&forged).way();
        answered(running, way.as_str());

        for second in ["&selling_partner_id=A1OTHERSHOP", "&selling_partner_id=", ""] {
            let running = scene.wait();
            let state = parameter(&scene.send(&honest).way(), "state");
            let port = state.rsplit_once('.').expect("the listener's port").1;
            let code = "&spapi_oauth_code=of-another-shop";
            answered(running, &format!("http://127.0.0.1:{port}/callback?state={state}{code}{second}"));
        }

        let running = scene.wait();
        let page = scene.consent(&running);
        scene.assert_won(running, &page);
    }
}

#[test]
fn of_nine_login_requests_at_once_eight_are_led_on_and_any_of_them_wins() {
    for (errand, fixed) in PLACES {
        let scene = Scene::new(errand, fixed);
        let running = scene.wait();
        let answers = scene.send_at_once((0..=MOST_LOGINS).map(|_| scene.login()).collect());
        let (led, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.location.is_some());
        assert_eq!(led.len(), MOST_LOGINS, "{scene:?}");
        for answer in &refused {
            answer.assert_refused("the ninth");
        }

        let ways: Vec<Url> = led.iter().map(|answer| answer.way()).collect();
        let states: BTreeSet<String> = ways.iter().map(|way| parameter(way, "state")).collect();
        assert_eq!(states.len(), MOST_LOGINS, "{scene:?}: each has a state of its own");
        let winner = if fixed { ways.last() } else { ways.first() };
        let page = scene.stage.open(winner.unwrap().as_str());
        scene.assert_won(running, &page);
    }
}

#[test]
fn an_honest_login_wins_among_forged_ones_before_and_after_it() {
    for (errand, fixed) in PLACES {
        let scene = Scene::new(errand, fixed);
        let running = scene.wait();
        // Nothing about them is wrong but that Amazon never said it.
        let invented = || scene.login().with("amazon_state", "never-said");
        for _ in 0..MOST_LOGINS - 1 {
            let page = scene.stage.open(scene.send(&invented()).way().as_str());
            assert!(page.body.contains("MD9999"), "Amazon knows nothing of it: {}", page.body);
        }
        let way = scene.send(&scene.login()).way();
        for _ in 0..MOST_LOGINS {
            scene.send(&invented()).assert_refused("more than eight");
        }
        let page = scene.stage.open(way.as_str());
        scene.assert_won(running, &page);
    }
}

#[test]
fn only_a_marketplace_that_starts_consents_is_waited_for() {
    let stage = Stage::new(vec![]);
    let add = ["app", "add", "allegro", "--client-id", "1", "--client-secret-stdin"];
    stage.feed(&add, "geheim").ok();
    stage.environment.write(
        "profiles/allegro.toml",
        "uuid = '11111111-1111-4111-8111-111111111111'\nmarketplace = 'allegro'\napp = 'allegro'\n\
         environment = 'production'\n",
    );
    let wait = ["reauthorize", "allegro", "--wait-for-marketplace", "--json"];
    let error = stage.run(&wait).code(2).error_json();
    assert_eq!(
        error["error"]["message"],
        "Allegro starts no consent by itself, or none that could come back to this machine"
    );
}
