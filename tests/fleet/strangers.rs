//! Where a container lets a program run: a home nobody may write to, a user without a name, no home at all.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::amazon::{CONNECT, REDIRECT_URI};
use crate::support::bao::Bao;
use crate::support::environment::TestEnvironment;
use crate::support::machines::machine_environment;
use crate::support::marketplaces::amazon::App;
use crate::support::marketplaces::{Amazon, Marketplace};
use crate::support::ordinary::Ordinary;
use crate::support::stage::Stage;
use crate::support::strict::ID;

use super::connected_and_fresh;

/// A user that no file of this system names.
const SOMEBODY: u32 = 51_234;

/// What the container brings besides: the authority's certificate, and a folder for temporary files.
fn provide(bao: &Bao, environment: &mut TestEnvironment) -> PathBuf {
    let root = environment.home().parent().unwrap().to_owned();
    let (ca, tmp) = (root.join("ca.pem"), root.join("tmp"));
    fs::copy(bao.ca_file(), &ca).unwrap();
    fs::create_dir(&tmp).unwrap();
    environment.set_var("VAULT_CACERT", ca).set_var("TMPDIR", &tmp).remove_var("XDG_RUNTIME_DIR");
    tmp
}

fn set_modes(folder: &Path, mode: u32) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            set_modes(&entry.path(), mode);
        }
    }
    fs::set_permissions(folder, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_home_that_nobody_may_write_to_is_enough() {
    let (bao, market, first) = connected_and_fresh();
    let token = market.token(&first, &[]).stdout;
    let mut environment = machine_environment(&bao, &market);
    let tmp = provide(&bao, &mut environment);
    let user = Ordinary::new(environment, SOMEBODY);
    set_modes(&user.environment.home(), 0o500);
    let before = user.environment.files();

    let printed = user.run(&["token", ID]).ok().prints_a_secret();
    assert_eq!(printed.stdout, token);
    let renewed = user.run(&["token", ID, "--refresh"]).ok().prints_a_secret();
    assert!(market.accepts(renewed.stdout.trim_end()));
    let rows = user.run(&["status", "--json"]).ok().json();
    assert_eq!(rows[0]["profile"], ID);
    // Warm: from what lies in the temporary folder, which is this user's alone.
    bao.stop();
    let warm = user.run(&["token", ID]).ok().prints_a_secret();
    assert_eq!(warm.stdout, renewed.stdout);
    let folder = fs::metadata(tmp.join(format!("sellauth-{}", user.id()))).unwrap();
    assert_eq!((folder.mode() & 0o777, folder.uid()), (0o700, user.id()));
    let home = user.environment.home();
    let of_home = |files: Vec<(PathBuf, Vec<u8>)>| {
        files.into_iter().filter(|(path, _)| path.starts_with(&home)).collect::<Vec<_>>()
    };
    assert_eq!(of_home(user.environment.files()), of_home(before), "the home is as it was");
    set_modes(&home, 0o700);
}

#[test]
fn a_folder_that_somebody_else_has_made_is_not_used() {
    let (bao, market, _first) = connected_and_fresh();
    let mut environment = machine_environment(&bao, &market);
    let tmp = provide(&bao, &mut environment);
    let user = Ordinary::new(environment, SOMEBODY);
    set_modes(&user.environment.home(), 0o500);
    let trap = tmp.join(format!("sellauth-{}", user.id()));
    fs::create_dir(&trap).unwrap();
    fs::set_permissions(&trap, Permissions::from_mode(0o777)).unwrap();
    let output = user.run(&["token", ID, "--json"]);
    assert!([8, 9].contains(&output.code), "{output:?}");
    assert!(output.stderr.contains("TMPDIR"), "{output:?}");
    assert_eq!(fs::read_dir(&trap).unwrap().count(), 0);
    set_modes(&user.environment.home(), 0o700);
}

/// A shop of a marketplace that needs no definition of one's own, connected into Vault.
fn amazon(bao: &Bao) -> (Stage, Amazon) {
    let amazon = Amazon::new();
    amazon.log_in("A2SHOPDE");
    let app = amazon.app(App::new().redirect_uri(REDIRECT_URI));
    let mut stage = Stage::new(vec![Box::new(amazon.clone())]);
    bao.apply_as_root(&mut stage.environment);
    let set = format!("application_id={}", app.application_id);
    let add = ["app", "add", "amazon", "--client-id", &app.client_id, "--set", &set, "--client-secret-stdin"];
    stage.feed(&[&add[..], &["--redirect-uri", REDIRECT_URI]].concat(), &app.client_secret).ok();
    stage.consent(&CONNECT).0.ok();
    (stage, amazon)
}

#[test]
fn a_user_without_a_name_and_a_home_gets_a_token() {
    let bao = Bao::start();
    let (stage, _amazon) = amazon(&bao);
    let mut environment = TestEnvironment::new();
    bao.apply_as_root(&mut environment);
    for (name, value) in stage.proxy.env() {
        environment.set_var(name, value);
    }
    let certificate = environment.home().parent().unwrap().join("proxy.pem");
    fs::write(&certificate, stage.proxy.ca_pem()).unwrap();
    environment.set_var("SSL_CERT_FILE", certificate).remove_var("HOME").remove_var("SELLAUTH_HOME");
    provide(&bao, &mut environment);
    let user = Ordinary::new(environment, SOMEBODY);
    let token = user.run(&["token", "amazon-de"]).ok().prints_a_secret();
    assert_eq!(token.stdout.trim_end(), stage.token(&[]));
    user.run(&["token", "amazon-de", "--refresh"]).ok().prints_a_secret();
}

#[test]
fn a_machine_that_forgets_everything_between_two_commands_is_a_good_one() {
    let (bao, market, _first) = connected_and_fresh();
    for round in 2..=4 {
        let machine = machine_environment(&bao, &market);
        let token = machine.run(&["token", ID, "--refresh"]).ok().prints_a_secret();
        assert!(market.accepts(token.stdout.trim_end()));
        assert_eq!(market.renewals().len(), round);
    }
    assert_eq!(market.ends(), [None]);
}
