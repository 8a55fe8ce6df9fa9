//! Where the person sits: whether they would see a browser that is started here, and whether a
//! browser of theirs reaches a port of this machine.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use crate::config::Lookup;

/// Whoever has a terminal here has a desktop here.
const DESKTOP: bool = cfg!(any(windows, target_os = "macos"));

/// What a container leaves in its root: Docker's mark and Podman's.
const CONTAINER_MARKS: [&str; 2] = ["/.dockerenv", "/run/.containerenv"];

/// A variable of each container that leaves none: systemd-nspawn, LXC and Podman; Kubernetes.
const CONTAINER_VARIABLES: [&str; 2] = ["container", "KUBERNETES_SERVICE_HOST"];

/// A display's, and those of Windows around a Linux, whose browser shows there and whose loopback
/// is this one.
const DISPLAY_VARIABLES: [&str; 4] = ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "WSL_INTEROP"];

const SSH_VARIABLES: [&str; 2] = ["SSH_CONNECTION", "SSH_TTY"];
const USER_VARIABLES: [&str; 2] = ["USER", "LOGNAME"];

/// The port of `ssh` that nobody needs to name.
const SSH_PORT: u16 = 22;

/// What is known of where the person sits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Before a display of this machine.
    Here,
    /// At another machine, from which they logged in.
    Remote(Login),
    /// Outside the container that this runs in.
    Outside,
    /// Nobody knows; not before this machine.
    Unknown,
}

/// How a person logged in, as far as they will have to repeat it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Login {
    user: Option<String>,
    host: Option<IpAddr>,
    port: Option<u16>,
}

impl Screen {
    /// Decides by the environment and by which paths exist.
    ///
    /// A session counts before a display, which X11 forwards without a browser; a display before a
    /// container, which was given one on purpose.
    pub fn find(var: Lookup, exists: &dyn Fn(&Path) -> bool) -> Self {
        Self::decide(DESKTOP, var, exists)
    }

    /// Whether the decision depends on this variable.
    pub fn looks_at(name: &str) -> bool {
        [&SSH_VARIABLES[..], &DISPLAY_VARIABLES, &CONTAINER_VARIABLES, &USER_VARIABLES]
            .concat()
            .contains(&name)
    }

    fn decide(desktop: bool, var: Lookup, exists: &dyn Fn(&Path) -> bool) -> Self {
        let any = |names: &[&str]| names.iter().any(|name| var(name).is_some_and(|value| !value.is_empty()));
        if any(&SSH_VARIABLES) {
            return Self::Remote(Login::find(var));
        }
        if desktop || any(&DISPLAY_VARIABLES) {
            return Self::Here;
        }
        match any(&CONTAINER_VARIABLES) || CONTAINER_MARKS.iter().any(|path| exists(Path::new(path))) {
            true => Self::Outside,
            false => Self::Unknown,
        }
    }
}

impl Login {
    /// `SSH_CONNECTION` names the client's address and port, then the server's.
    fn find(var: Lookup) -> Self {
        let connection = var("SSH_CONNECTION").unwrap_or_default();
        let mut server = connection.split_ascii_whitespace().skip(2);
        // A scope is this machine's word for an interface.
        let host = server.next().and_then(|host| host.split('%').next()?.parse().ok());
        let port = server.next().and_then(|port| port.parse().ok());
        let user = USER_VARIABLES.iter().find_map(|name| var(name)).filter(|user| is_word(user));
        Self { user, host, port }
    }

    /// The line to run on the person's own machine, so that a browser there reaches these
    /// `listeners` of this machine under their own ports. What is not known of the login stands in
    /// capitals.
    pub fn tunnel(&self, listeners: &[SocketAddr]) -> String {
        let forward = |listener: &SocketAddr| match listener.is_ipv4() {
            true => format!(" -L {}:{listener}", listener.port()),
            // Brackets are a pattern to some shells.
            false => format!(" -L \"{}:{listener}\"", listener.port()),
        };
        let forwards: String = listeners.iter().map(forward).collect();
        let port = self.port.filter(|port| *port != SSH_PORT).map(|port| format!(" -p {port}"));
        let user = self.user.as_deref().unwrap_or("USER");
        let host = self.host.map_or_else(|| "HOST".to_owned(), |host| host.to_string());
        format!("ssh -N{forwards}{} {user}@{host}", port.unwrap_or_default())
    }
}

/// What a shell takes as one word, and `ssh` as no flag.
fn is_word(user: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    !user.is_empty() && !user.starts_with('-') && user.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(vars: &[(&str, &str)], files: &[&str]) -> Screen {
        decide(false, vars, files)
    }

    fn decide(desktop: bool, vars: &[(&str, &str)], files: &[&str]) -> Screen {
        let look = |name: &str| {
            assert!(Screen::looks_at(name), "{name}");
            vars.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        Screen::decide(desktop, &look, &|path| files.iter().any(|file| Path::new(file) == path))
    }

    fn tunnel(vars: &[(&str, &str)]) -> String {
        match screen(vars, &[]) {
            Screen::Remote(login) => login.tunnel(&["127.0.0.1:8123".parse().unwrap()]),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_display_is_here_and_without_one_nobody_knows() {
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "WSL_INTEROP"] {
            assert_eq!(screen(&[(name, ":0")], &[]), Screen::Here, "{name}");
            assert_eq!(screen(&[(name, "")], &[]), Screen::Unknown, "{name}");
        }
        assert_eq!(screen(&[], &[]), Screen::Unknown);
        assert_eq!(decide(true, &[], &[]), Screen::Here);
    }

    #[test]
    fn a_container_is_known_by_its_marks_unless_it_was_given_a_display() {
        for name in ["container", "KUBERNETES_SERVICE_HOST"] {
            assert_eq!(screen(&[(name, "x")], &[]), Screen::Outside, "{name}");
        }
        for mark in ["/.dockerenv", "/run/.containerenv"] {
            assert_eq!(screen(&[], &[mark]), Screen::Outside, "{mark}");
            assert_eq!(screen(&[("WAYLAND_DISPLAY", "wayland-0")], &[mark]), Screen::Here, "{mark}");
        }
    }

    #[test]
    fn a_session_comes_from_elsewhere_whatever_else_there_is() {
        let session = ("SSH_TTY", "/dev/pts/1");
        for vars in
            [&[session][..], &[session, ("DISPLAY", "localhost:10.0")], &[session, ("container", "x")]]
        {
            assert!(matches!(screen(vars, &["/.dockerenv"]), Screen::Remote(_)), "{vars:?}");
            assert!(matches!(decide(true, vars, &[]), Screen::Remote(_)), "{vars:?}");
        }
    }

    #[test]
    fn the_tunnel_repeats_the_login() {
        let session = |value| ("SSH_CONNECTION", value);
        let here = session("198.51.100.7 50312 192.0.2.4 22");
        assert_eq!(tunnel(&[here, ("USER", "anna")]), "ssh -N -L 8123:127.0.0.1:8123 anna@192.0.2.4");
        let here = session("198.51.100.7 50312 2001:db8::4 2222");
        assert_eq!(
            tunnel(&[here, ("LOGNAME", "a.b-c")]),
            "ssh -N -L 8123:127.0.0.1:8123 -p 2222 a.b-c@2001:db8::4"
        );
        let scoped = session("fe80::1%eth0 50312 fe80::2%eth0 22");
        assert!(tunnel(&[scoped]).ends_with(" USER@fe80::2"), "{}", tunnel(&[scoped]));
        let listeners = ["[::1]:8123", "127.0.0.1:47823"].map(|address| address.parse().unwrap());
        let both = Login::default().tunnel(&listeners);
        assert_eq!(both, r#"ssh -N -L "8123:[::1]:8123" -L 47823:127.0.0.1:47823 USER@HOST"#);
    }

    #[test]
    fn nothing_from_the_environment_reaches_a_shell_unseen() {
        for user in ["-oProxyCommand=x", "a;b", "$(a)", "a b", "a\u{1b}[2J"] {
            assert!(tunnel(&[("SSH_TTY", "x"), ("USER", user)]).ends_with(" USER@HOST"), "{user}");
        }
        for connection in ["a", "a 1 $(b) 22", "1.1.1.1 1 -oX 22", "a 1 host 99999999"] {
            assert!(tunnel(&[("SSH_CONNECTION", connection)]).ends_with("8123 USER@HOST"), "{connection}");
        }
    }
}
