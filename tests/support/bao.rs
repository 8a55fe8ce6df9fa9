//! A real `OpenBao` for one test: one node with its own storage, certificate and unseal key, on loopback.
//!
//! It ends as soon as its supervisor's standard input closes, which the kernel does even when the test
//! binary is killed. The program is installed by `tests/run`.

#![allow(dead_code, reason = "a harness: each test uses the part it needs")]
#![allow(clippy::needless_pass_by_value, reason = "a body is written where it is sent")]

pub mod logins;

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::blocking::Client;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::environment::TestEnvironment;
use super::proxy::Authority;
use super::running::send_signal;

/// Starting and unsealing takes 2 s; a loaded machine may take twenty times as long.
const DEADLINE: Duration = Duration::from_secs(40);
/// What tests ask it themselves.
const PATIENCE: Duration = Duration::from_secs(20);
/// A free port may be taken between looking and starting.
const STARTS: usize = 3;
/// The mount every test finds.
pub const MOUNT: &str = "secret";
/// The folder in it that the program uses where nothing else is set.
pub const PREFIX: &str = "sellauth";
/// The server's address on the network of `support/machines.rs`, which its certificate names too.
pub const HUB: &str = "10.77.0.1";

/// A running server. Dropping it ends it.
pub struct Bao {
    folder: TempDir,
    authority: Authority,
    ports: [u16; 2],
    running: Mutex<Option<Supervised>>,
    http: Client,
    key: String,
    root_token: String,
}

/// The server under the shell that ends it.
struct Supervised {
    shell: Child,
    server: i64,
}

/// Starts the server ($2 and on) and says who it is; ends with its standard input.
const SUPERVISOR: &str = r#"log=$1; shift
"$@" </dev/null >>"$log" 2>&1 &
echo "$!"
cat >/dev/null
kill -KILL "$!"
wait"#;

impl Bao {
    /// Initialised, unsealed, with KV version 2 at [`MOUNT`].
    pub fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("bao-").tempdir().unwrap();
        let authority = Authority::new();
        fs::create_dir(folder.path().join("storage")).unwrap();
        fs::write(folder.path().join("ca.pem"), authority.pem()).unwrap();
        let (certificate, key) = authority.server_pem(&["127.0.0.1", "localhost", HUB]);
        fs::write(folder.path().join("server.pem"), certificate).unwrap();
        fs::write(folder.path().join("server.key"), key).unwrap();
        let (running, ports) = first_start(folder.path());
        let mut bao = Self {
            http: client(&authority),
            folder,
            authority,
            ports,
            running: Mutex::new(Some(running)),
            key: String::new(),
            root_token: String::new(),
        };
        bao.wait_for(|(status, _)| [501, 503].contains(status));
        bao.initialise();
        bao
    }

    fn initialise(&mut self) {
        let (status, answer) =
            self.call(Method::PUT, "sys/init", json!({ "secret_shares": 1, "secret_threshold": 1 }));
        assert_eq!(status, 200, "{answer}");
        self.key = text(&answer["keys"][0]);
        self.root_token = text(&answer["root_token"]);
        self.unseal();
        self.mount(MOUNT, 2);
    }

    /// `https://127.0.0.1:PORT`.
    pub fn address(&self) -> String {
        format!("https://127.0.0.1:{}", self.port())
    }

    /// Where it listens on loopback.
    pub fn port(&self) -> u16 {
        self.ports[0]
    }

    /// The file with the certificate of who signed its certificate.
    pub fn ca_file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Who signed its certificate.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The token that may do everything.
    pub fn root_token(&self) -> &str {
        &self.root_token
    }

    /// Lets a machine keep its shops here. Who it is remains to be set.
    pub fn apply(&self, environment: &mut TestEnvironment) {
        environment
            .set_var("SELLAUTH_STORE", "vault")
            .set_var("VAULT_ADDR", self.address())
            .set_var("VAULT_CACERT", self.ca_file());
    }

    /// The same for a machine that may do everything.
    pub fn apply_as_root(&self, environment: &mut TestEnvironment) {
        self.apply(environment);
        environment.set_var("VAULT_TOKEN", &self.root_token);
    }

    /// One request by the root token: status and body, null where there is none.
    pub fn call(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        self.call_in("", method, path, body)
    }

    /// The same in a namespace.
    pub fn call_in(&self, namespace: &str, method: Method, path: &str, body: Value) -> (u16, Value) {
        self.try_call(namespace, method, path, body).unwrap_or_else(|error| panic!("{path}: {error:?}"))
    }

    fn try_call(
        &self,
        namespace: &str,
        method: Method,
        path: &str,
        body: Value,
    ) -> reqwest::Result<(u16, Value)> {
        let mut request = self.http.request(method, format!("{}/v1/{path}", self.address()));
        if !namespace.is_empty() {
            request = request.header("X-Vault-Namespace", namespace);
        }
        if !body.is_null() {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = request.header("X-Vault-Token", &self.root_token).send()?;
        let status = answer.status().as_u16();
        Ok((status, serde_json::from_str(&answer.text()?).unwrap_or_default()))
    }

    /// One request that must go well: its answer.
    #[track_caller]
    pub fn ask(&self, method: Method, path: &str, body: Value) -> Value {
        let (status, answer) = self.call(method.clone(), path, body);
        assert!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        answer
    }

    /// Mounts a KV engine of this version.
    pub fn mount(&self, path: &str, version: u8) {
        let options = json!({ "type": "kv", "options": { "version": version.to_string() } });
        self.ask(Method::POST, &format!("sys/mounts/{path}"), options);
        // Version 2 needs a moment before it answers.
        self.wait_for_answer(Method::GET, &format!("{path}/data/nothing"), 404);
    }

    /// Makes a namespace with KV version 2 at [`MOUNT`] and a token that may do everything in it.
    pub fn namespace(&self, name: &str) -> String {
        self.ask(Method::POST, &format!("sys/namespaces/{name}"), Value::Null);
        let make = |path: &str, body: Value| {
            let (status, answer) = self.call_in(name, Method::POST, path, body);
            assert!((200..300).contains(&status), "{path}: {status} {answer}");
            answer
        };
        make(&format!("sys/mounts/{MOUNT}"), json!({ "type": "kv", "options": { "version": "2" } }));
        let all = r#"path "*" { capabilities = ["create", "read", "update", "delete", "list", "sudo"] }"#;
        make("sys/policies/acl/all", json!({ "policy": all }));
        text(&make("auth/token/create", json!({ "policies": ["all"] }))["auth"]["client_token"])
    }

    /// What stands at a path of [`MOUNT`], with the number of its version.
    pub fn read(&self, path: &str) -> Option<(Value, u64)> {
        let (status, mut answer) = self.call(Method::GET, &format!("{MOUNT}/data/{path}"), Value::Null);
        let version = answer["data"]["metadata"]["version"].as_u64();
        (status == 200).then(|| (answer["data"]["data"].take(), version.expect("a version")))
    }

    /// Changes what stands at a path of [`MOUNT`], as often as somebody else was faster.
    pub fn change(&self, path: &str, change: impl Fn(&mut Value)) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let (mut content, version) = self.read(path).unwrap_or_else(|| panic!("nothing at {path}"));
            change(&mut content);
            let body = json!({ "options": { "cas": version }, "data": content });
            if self.call(Method::POST, &format!("{MOUNT}/data/{path}"), body).0 == 200 {
                return;
            }
            assert!(Instant::now() < deadline, "{path} cannot be written");
        }
    }

    /// Writes to a path of [`MOUNT`], whatever stands there.
    pub fn write(&self, path: &str, content: &Value) {
        let current = self.metadata(path).map_or(json!(0), |metadata| metadata["current_version"].clone());
        let body = json!({ "options": { "cas": current }, "data": content });
        self.ask(Method::POST, &format!("{MOUNT}/data/{path}"), body);
    }

    /// The metadata of a path of [`MOUNT`]: nothing where no version of it was left.
    pub fn metadata(&self, path: &str) -> Option<Value> {
        let (status, mut answer) = self.call(Method::GET, &format!("{MOUNT}/metadata/{path}"), Value::Null);
        assert!([200, 404].contains(&status), "{path}: {status} {answer}");
        (status == 200).then(|| answer["data"].take())
    }

    /// The names below a folder of [`MOUNT`].
    pub fn list(&self, path: &str) -> Vec<String> {
        let (status, answer) =
            self.call(Method::GET, &format!("{MOUNT}/metadata/{path}?list=true"), Value::Null);
        assert!([200, 404].contains(&status), "{path}: {status} {answer}");
        answer["data"]["keys"].as_array().into_iter().flatten().map(text).collect()
    }

    /// Deletes the newest version of a path of [`MOUNT`], as a person at the command line does.
    pub fn delete_version(&self, path: &str) {
        self.ask(Method::DELETE, &format!("{MOUNT}/data/{path}"), Value::Null);
    }

    /// Brings the newest version back that was deleted.
    pub fn undelete(&self, path: &str) {
        let current = self.metadata(path).expect("a version")["current_version"].clone();
        let body = json!({ "versions": [current] });
        self.ask(Method::POST, &format!("{MOUNT}/undelete/{path}"), body);
    }

    /// Answers nobody until [`unseal`](Self::unseal).
    pub fn seal(&self) {
        self.ask(Method::PUT, "sys/seal", Value::Null);
        self.wait_for(|(status, _)| *status == 503);
    }

    /// Opens it, and waits until it answers.
    pub fn unseal(&self) {
        self.ask(Method::PUT, "sys/unseal", json!({ "key": self.key }));
        self.wait_for(|(status, _)| *status == 200);
    }

    /// Nobody listens any more; what it keeps stays.
    pub fn stop(&self) {
        drop(self.running.lock().unwrap().take());
    }

    /// Starts it again after [`stop`](Self::stop), and unseals it.
    pub fn restart(&self) {
        *self.running.lock().unwrap() = Some(spawn(self.folder.path()));
        self.wait_for(|(status, _)| *status == 503);
        self.unseal();
    }

    /// It keeps its connections and answers nobody, until [`thaw`](Self::thaw).
    pub fn freeze(&self) {
        send_signal("STOP", self.server());
    }

    /// It goes on.
    pub fn thaw(&self) {
        send_signal("CONT", self.server());
    }

    fn server(&self) -> i64 {
        self.running.lock().unwrap().as_ref().expect("it runs").server
    }

    /// Waits for what `sys/health` tells.
    fn wait_for(&self, ready: impl Fn(&(u16, Value)) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        loop {
            let answer = self.try_call("", Method::GET, "sys/health", Value::Null);
            if answer.as_ref().is_ok_and(&ready) {
                return;
            }
            assert!(Instant::now() < deadline, "the server is not ready: {answer:?}\n{}", self.log());
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn wait_for_answer(&self, method: Method, path: &str, wanted: u16) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let (status, answer) = self.call(method.clone(), path, Value::Null);
            if status == wanted {
                return;
            }
            assert!(Instant::now() < deadline, "{path}: {status} {answer}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}

/// A text of a JSON document.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

fn client(authority: &Authority) -> Client {
    // Fails only when another test was first, with the same provider.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let certificate = reqwest::Certificate::from_pem(authority.pem().as_bytes()).expect("a certificate");
    let client = Client::builder().no_proxy().tls_certs_only([certificate]).timeout(PATIENCE);
    client.build().expect("a client")
}

fn first_start(folder: &Path) -> (Supervised, [u16; 2]) {
    for _ in 0..STARTS {
        let ports = free_ports();
        fs::write(folder.join("server.hcl"), configuration(folder, ports)).unwrap();
        let running = spawn(folder);
        if listens(&running, ports[0]) {
            return (running, ports);
        }
    }
    let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
    panic!("OpenBao does not start; has tests/run installed it?\n{log}");
}

/// Whether somebody answers there before the server has ended.
fn listens(running: &Supervised, port: u16) -> bool {
    let deadline = Instant::now() + DEADLINE;
    let process = PathBuf::from(format!("/proc/{}/exe", running.server));
    while Instant::now() < deadline && fs::read_link(&process).is_ok() {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

fn free_ports() -> [u16; 2] {
    let listeners = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

fn spawn(folder: &Path) -> Supervised {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/.cache/bao/bin/bao");
    let error = File::options().create(true).append(true).open(folder.join("log")).unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", SUPERVISOR, "bao"]).arg(folder.join("log")).args([program, "server", "-config"]);
    command.arg(folder.join("server.hcl")).env_clear();
    command.env("PATH", std::env::var_os("PATH").expect("a machine has a PATH")).env("HOME", folder);
    command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(error);
    let mut shell = command.spawn().expect("a machine has a shell");
    let mut line = String::new();
    let stdout = shell.stdout.take().expect("stdout was piped");
    std::io::BufRead::read_line(&mut std::io::BufReader::new(stdout), &mut line).unwrap();
    let server = line.trim().parse().expect("the server's process");
    Supervised { shell, server }
}

/// One node elects itself: with the usual patience that takes seven seconds.
fn configuration(folder: &Path, [port, cluster]: [u16; 2]) -> String {
    let folder = folder.display();
    format!(
        r#"
api_addr = "https://127.0.0.1:{port}"
cluster_addr = "https://127.0.0.1:{cluster}"
storage "raft" {{
    path = "{folder}/storage"
    node_id = "one"
    performance_multiplier = 1
}}
listener "tcp" {{
    address = "127.0.0.1:{port}"
    cluster_address = "127.0.0.1:{cluster}"
    tls_cert_file = "{folder}/server.pem"
    tls_key_file = "{folder}/server.key"
}}
"#
    )
}
