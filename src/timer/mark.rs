//! The mark by which a file of ours is known, which says what it was made for and whether a person has
//! changed it since. It stands in a comment, in characters that end no comment anywhere.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use sha2::{Digest, Sha256};

use super::Job;

/// What every mark begins with; the number is that of its form.
const SIGN: &str = "sellauth_timer:1:";

/// How many bytes of a digest stand in a mark: enough against accidents.
const DIGEST: usize = 9;

/// What a file says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it was made for.
    pub job: Job,
    /// It is not as it was written.
    pub edited: bool,
}

/// The text that `render` makes around a mark, with the mark.
pub fn marked(job: &Job, render: impl Fn(&str) -> String) -> String {
    let job = serde_json::to_vec(job).expect("a job is a plain object");
    let open = format!("{SIGN}{}:", STANDARD_NO_PAD.encode(job));
    let digest = digest(&render(&open));
    render(&format!("{open}{digest}"))
}

/// What a file of ours says; `None` for one of somebody else's.
pub fn read(bytes: &[u8]) -> Option<Found> {
    let text = decoded(bytes);
    let at = text.find(SIGN)?;
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | ':' | '_');
    let rest = &text[at..];
    let mark = &rest[..rest.find(|c| !inside(c)).unwrap_or(rest.len())];
    let (job, written) = mark.strip_prefix(SIGN)?.split_once(':')?;
    let job = serde_json::from_slice(&STANDARD_NO_PAD.decode(job).ok()?).ok()?;
    let open = text.replacen(mark, &mark[..mark.len() - written.len()], 1);
    Some(Found { job, edited: digest(&open) != written })
}

/// The text of a file; Windows keeps its tasks in UTF-16.
pub fn decoded(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xff, 0xfe]) {
        Some(wide) => {
            let units: Vec<u16> =
                wide.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn digest(text: &str) -> String {
    STANDARD_NO_PAD.encode(&Sha256::digest(text.as_bytes())[..DIGEST])
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{job, place, plain};
    use super::super::{Job, Scheduler};
    use super::*;

    const ALL: [Scheduler; 3] = [Scheduler::Systemd, Scheduler::Launchd, Scheduler::Tasks];

    fn files(job: &Job) -> Vec<Vec<u8>> {
        let place = place("/folder".as_ref());
        ALL.iter().flat_map(|scheduler| scheduler.files(job, &place)).map(|(_, bytes)| bytes).collect()
    }

    #[test]
    fn a_file_says_what_it_was_made_for() {
        for job in [job(), plain()] {
            for bytes in files(&job) {
                assert_eq!(read(&bytes), Some(Found { job: job.clone(), edited: false }));
            }
        }
    }

    #[test]
    fn a_file_that_was_changed_says_so() {
        for bytes in files(&job()) {
            let text = decoded(&bytes);
            for changed in [format!("{text}\n"), text.replacen("100", "101", 1)] {
                assert_ne!(changed, text);
                assert!(read(changed.as_bytes()).unwrap().edited, "{changed}");
            }
        }
    }

    #[test]
    fn a_file_of_somebody_elses_is_none() {
        for text in
            ["", "[Unit]\n", "sellauth_timer:1:", "sellauth_timer:1:e30:abc", "sellauth_timer:1:***:abc"]
        {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
    }
}
