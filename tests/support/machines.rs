//! Machines of one company: each a network namespace with a home of its own, joined by a bridge to a hub where the
//! servers are reached. A cable can be pulled, and all of a machine's processes can end at once.
//!
//! A namespace lives as long as its keeper, which ends with its standard input: the kernel closes that even
//! when the test binary is killed. This needs root.

#![allow(dead_code, reason = "a harness: each test uses the part it needs")]

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nix::sched::{CloneFlags, setns};

use super::bao::{Bao, HUB};
use super::environment::{Invocation, TestEnvironment};
use super::gate::{Gate, Rule};
use super::running::{Output, Running, send_signal};
use super::strict::Strict;

/// A tunnel's other end answers within this time, or not at all.
const PATIENCE: Duration = Duration::from_secs(10);

/// The network, as seen from its middle.
pub struct Network {
    // Before the namespace, which they listen in.
    tunnels: Vec<Tunnel>,
    bao_port: u16,
    market: SocketAddr,
    market_port: u16,
    hub: Arc<Namespace>,
    machines: AtomicU8,
}

/// One machine. Dropping it takes it from the network.
pub struct Machine {
    /// Its home and its environment: it keeps its shops in `OpenBao`.
    pub environment: TestEnvironment,
    gates: Vec<Gate>,
    tunnel: Tunnel,
    space: Arc<Namespace>,
    hub: Arc<Namespace>,
    cable: String,
    /// Where it reaches `OpenBao`.
    address: String,
}

impl Network {
    /// A network without machines, where an `OpenBao` and a marketplace are reached.
    pub fn new(bao: &Bao, market: &Strict) -> Self {
        let hub = Arc::new(Namespace::new());
        hub.sh(&format!("ip link add br0 type bridge && ip link set br0 up && ip addr add {HUB}/16 dev br0"));
        let listen = || hub.within(|| TcpListener::bind((HUB, 0)).unwrap());
        let market = market.address();
        let targets = [SocketAddr::from(([127, 0, 0, 1], bao.port())), market];
        let tunnels = targets.map(|target| Tunnel::new(listen(), &hub, None, target));
        let [bao_port, market_port] = [0, 1].map(|at| tunnels[at].address.port());
        Self { tunnels: tunnels.into(), bao_port, market, market_port, hub, machines: AtomicU8::new(0) }
    }

    /// Another machine, with nothing but the marketplace's definition and the root token of `OpenBao`.
    pub fn machine(&self, bao: &Bao, market: &Strict) -> Machine {
        let (space, cable) = self.plug_in();
        let tunnel = self.way_to_market(&space, self.market_port);
        let address = format!("https://{HUB}:{}", self.bao_port);
        let mut environment = machine_environment(bao, market);
        environment.set_var("VAULT_ADDR", &address);
        let hub = Arc::clone(&self.hub);
        Machine { environment, gates: Vec::new(), tunnel, space, hub, cable, address }
    }

    /// A machine whose every request is judged, those to `OpenBao` and those to the marketplace.
    pub fn watched_machine(&self, bao: &Bao, market: &Strict) -> Machine {
        let (space, cable) = self.plug_in();
        let listen = || self.hub.within(|| TcpListener::bind((HUB, 0)).unwrap());
        let wake = || {
            let hub = Arc::clone(&self.hub);
            move |address| hub.within(|| drop(TcpStream::connect(address)))
        };
        let gates = vec![
            Gate::at(listen(), bao, wake()),
            Gate::before_plain(listen(), &self.market.to_string(), wake()),
        ];
        let tunnel = self.way_to_market(&space, gates[1].port());
        let address = gates[0].url();
        let mut environment = machine_environment(bao, market);
        environment.set_var("VAULT_ADDR", &address);
        Machine { environment, gates, tunnel, space, hub: Arc::clone(&self.hub), cable, address }
    }

    fn plug_in(&self) -> (Arc<Namespace>, String) {
        let number = self.machines.fetch_add(1, Ordering::Relaxed) + 2;
        let (space, cable) = (Namespace::new(), format!("m{number}"));
        self.hub.sh(&format!(
            "ip link add {cable} type veth peer name eth0 netns {} && ip link set {cable} master br0 up",
            space.keeper.id()
        ));
        space.sh(&format!("ip addr add 10.77.1.{number}/16 dev eth0 && ip link set eth0 up"));
        (Arc::new(space), cable)
    }

    /// The marketplace speaks without TLS, which the program accepts on loopback only: each machine has its own.
    fn way_to_market(&self, space: &Arc<Namespace>, port: u16) -> Tunnel {
        let market = self.market;
        let listener = space.within(|| TcpListener::bind(market).unwrap());
        let target = format!("{HUB}:{port}").parse().unwrap();
        Tunnel::new(listener, space, Some(Arc::clone(space)), target)
    }
}

/// A home with nothing but the marketplace's definition, whose shops are in `OpenBao`.
pub fn machine_environment(bao: &Bao, market: &Strict) -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    bao.apply_as_root(&mut environment);
    market.define(&environment);
    environment
}

impl Machine {
    /// Connects a shop from outside the network, where the test's browser is.
    pub fn connect(&mut self, bao: &Bao, market: &Strict) {
        let address = self.address.clone();
        self.environment.set_var("VAULT_ADDR", bao.address());
        market.connect(&self.environment);
        self.environment.set_var("VAULT_ADDR", address);
    }

    /// Where it reaches `OpenBao`.
    pub fn vault(&self) -> &str {
        &self.address
    }

    /// What comes before a command that is to run on this machine.
    pub fn wrapper(&self) -> [String; 3] {
        self.space.wrapper()
    }

    /// A run of the program on this machine.
    pub fn invoke(&self, arguments: &[&str]) -> Invocation<'_> {
        let wrapper = self.space.wrapper();
        let wrapper: Vec<&str> = wrapper.iter().map(String::as_str).collect();
        self.environment.invoke_under(&wrapper, arguments)
    }

    /// Starts it.
    pub fn spawn(&self, arguments: &[&str]) -> Running {
        self.invoke(arguments).spawn()
    }

    /// Runs it to the end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.invoke(arguments).run()
    }

    /// Judges every request of this machine, of a [`Network::watched_machine`].
    pub fn judge_by(&self, rule: &Rule) {
        assert!(!self.gates.is_empty(), "only a watched machine's requests are judged");
        self.gates.iter().for_each(|gate| gate.judge_by(Arc::clone(rule)));
    }

    /// What can pull this machine's cable, or end it, from anywhere.
    pub fn fate(&self) -> Fate {
        Fate { space: Arc::clone(&self.space), hub: Arc::clone(&self.hub), cable: self.cable.clone() }
    }

    /// Nothing goes in or out any more.
    pub fn cut(&self) {
        self.fate().cut();
    }

    /// It is on the network again.
    pub fn join(&self) {
        self.fate().join();
    }

    /// Every process on it ends at once.
    pub fn kill(&self) {
        self.fate().kill();
    }
}

/// See [`Machine::fate`].
#[derive(Clone)]
pub struct Fate {
    space: Arc<Namespace>,
    hub: Arc<Namespace>,
    cable: String,
}

impl Fate {
    /// Nothing goes in or out any more.
    pub fn cut(&self) {
        self.hub.sh(&format!("ip link set {} down", self.cable));
    }

    /// It is on the network again.
    pub fn join(&self) {
        self.hub.sh(&format!("ip link set {} up", self.cable));
    }

    /// Every process on it ends at once.
    pub fn kill(&self) {
        let own = fs::read_link(self.space.path()).unwrap();
        let processes = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
        let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        let here = |number: &u32| {
            let place = fs::read_link(format!("/proc/{number}/ns/net"));
            *number != self.space.keeper.id() && place.is_ok_and(|at| at == own)
        };
        numbers.filter(here).for_each(|number| send_signal("KILL", number.into()));
    }
}

/// A network namespace.
struct Namespace {
    keeper: Child,
}

impl Namespace {
    fn new() -> Self {
        let script = "ip link set lo up && echo ready; exec cat >/dev/null";
        let mut command = Command::new("unshare");
        command.args(["--net", "sh", "-c", script]).process_group(0);
        let mut keeper = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "the namespace could not be made: are you root?");
        Self { keeper }
    }

    fn path(&self) -> PathBuf {
        format!("/proc/{}/ns/net", self.keeper.id()).into()
    }

    fn wrapper(&self) -> [String; 3] {
        ["nsenter".to_owned(), format!("--net={}", self.path().display()), "--".to_owned()]
    }

    fn sh(&self, script: &str) {
        let [program, space, end] = self.wrapper();
        let status = Command::new(program).args([&space, &end, "sh", "-c", script]).status().unwrap();
        assert!(status.success(), "{script}");
    }

    /// Does something on a thread of this namespace: sockets stay where they were made.
    fn within<T: Send>(&self, what: impl FnOnce() -> T + Send) -> T {
        thread::scope(|scope| {
            scope
                .spawn(|| {
                    self.enter();
                    what()
                })
                .join()
                .unwrap()
        })
    }

    /// This thread, and those it starts, are in this namespace from now on.
    fn enter(&self) {
        let file = File::open(self.path()).unwrap();
        setns(file, CloneFlags::CLONE_NEWNET).expect("only root enters a network namespace");
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// Carries connections from a listener to an address as it is.
struct Tunnel {
    address: SocketAddr,
    listens_in: Arc<Namespace>,
    ended: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

impl Tunnel {
    /// `dials_from`: the namespace from which the target is reached, if it is not the test's.
    fn new(
        listener: TcpListener,
        listens_in: &Arc<Namespace>,
        dials_from: Option<Arc<Namespace>>,
        target: SocketAddr,
    ) -> Self {
        let (address, ended) = (listener.local_addr().unwrap(), Arc::new(AtomicBool::new(false)));
        let accepting = thread::spawn({
            let ended = Arc::clone(&ended);
            move || {
                if let Some(space) = &dials_from {
                    space.enter();
                }
                for stream in listener.incoming().filter_map(Result::ok) {
                    if ended.load(Ordering::SeqCst) {
                        return;
                    }
                    thread::spawn(move || carry(stream, target));
                }
            }
        });
        Self { address, listens_in: Arc::clone(listens_in), ended, accepting: Some(accepting) }
    }
}

impl Drop for Tunnel {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        self.listens_in.within(|| drop(TcpStream::connect(self.address)));
        let _ = self.accepting.take().map(JoinHandle::join);
    }
}

/// One connection, until either side ends it.
fn carry(near: TcpStream, target: SocketAddr) -> io::Result<()> {
    let far = TcpStream::connect_timeout(&target, PATIENCE)?;
    let (near_again, far_again) = (near.try_clone()?, far.try_clone()?);
    let back = thread::spawn(move || pump(far_again, near_again));
    pump(near, far);
    let _ = back.join();
    Ok(())
}

fn pump(mut from: TcpStream, mut to: TcpStream) {
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
    let _ = from.shutdown(Shutdown::Read);
}
