//! Installing and removing: all of it or nothing, and never a file that is somebody else's.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::mark::{self, Found};
use super::{Job, Place, Scheduler, Step, Words};
use crate::errand::{self, Undone};
use crate::error::{Error, Result};
use crate::files::{read_if_there, remove_durably, write_atomically};
use crate::{fail, interrupt};

/// So long one command of a scheduler's may take.
const DEADLINE: Duration = Duration::from_secs(30);

/// A scheduler, and where it is changed.
pub struct Change<'a> {
    /// Which one.
    pub scheduler: Scheduler,
    /// Where.
    pub place: &'a Place,
    /// What a person can do instead, as a hint.
    pub way_out: &'a str,
}

/// A file as it was: its path, and what stood in it.
type Before = (PathBuf, Option<Vec<u8>>);

impl Change<'_> {
    /// What is installed: one entry for each file there should be. Kind `configuration` for a file that is
    /// somebody else's.
    pub fn found(&self) -> Result<Vec<Option<Found>>> {
        self.before()?.iter().map(found).collect()
    }

    /// Installs the job, in place of an older one; whether there was one. Kind `configuration` where that is
    /// not possible; then everything is as it was. `force`: a person's changes to our files are lost.
    pub fn install(&self, job: &Job, force: bool) -> Result<bool> {
        let before = self.before()?;
        let found = before.iter().map(found).collect::<Result<Vec<_>>>()?;
        let edited = before.iter().zip(&found).find(|(_, found)| found.as_ref().is_some_and(|it| it.edited));
        if let Some(((path, _), _)) = edited.filter(|_| !force) {
            return Err(fail!(Configuration, "timer-edited", path = path.display()));
        }
        self.run(&self.scheduler.probe(self.place))?;
        self.check_present()?;
        let again = found.iter().any(Option::is_some);
        let changed =
            self.write(job).and_then(|()| self.follow(&self.scheduler.activation(self.place, again)));
        changed.inspect_err(|_| self.restore(before, again))?;
        Ok(again)
    }

    /// Removes the job; whether there was one. Kind `configuration` where its scheduler does not let it go,
    /// which then still has it.
    pub fn remove(&self) -> Result<bool> {
        let found = self.found()?;
        if found.iter().all(Option::is_none) {
            return Ok(false);
        }
        let ended = self.follow(&self.scheduler.deactivation(self.place));
        // Where a part is missing there may be nothing to end.
        if found.iter().all(Option::is_some) {
            ended?;
        }
        for path in self.scheduler.paths(self.place) {
            remove_durably(&path).map_err(|error| {
                fail!(Configuration, "file-unwritable", path = path.display()).because(error)
            })?;
        }
        self.follow(&self.scheduler.aftermath())?;
        Ok(true)
    }

    /// What the scheduler answers; `None` where it fails.
    pub fn ask(&self, words: &Words) -> Option<String> {
        self.run(words).ok()
    }

    fn before(&self) -> Result<Vec<Before>> {
        let read = |path: PathBuf| match read_if_there(&path) {
            Ok(bytes) => Ok((path, bytes)),
            Err(error) => Err(fail!(Configuration, "file-unreadable", path = path.display()).because(error)),
        };
        self.scheduler.paths(self.place).into_iter().map(read).collect()
    }

    fn write(&self, job: &Job) -> Result<()> {
        self.scheduler.files(job, self.place).iter().try_for_each(|(path, bytes)| {
            write_atomically(path, bytes).map_err(|error| {
                fail!(Configuration, "file-unwritable", path = path.display()).because(error)
            })
        })
    }

    /// Something of that name may be known without a file of ours.
    fn check_present(&self) -> Result<()> {
        let Some(question) = self.scheduler.present() else { return Ok(()) };
        match self.ask(&question) {
            Some(answer) if mark::read(answer.as_bytes()).is_none() => {
                Err(fail!(Configuration, "timer-foreign", path = super::NAME))
            }
            _ => Ok(()),
        }
    }

    /// Makes everything as it was, as well as that can be done.
    fn restore(&self, before: Vec<Before>, again: bool) {
        if !again {
            let _ = self.follow(&self.scheduler.deactivation(self.place));
        }
        for (path, bytes) in before {
            let _ = match bytes {
                Some(bytes) => write_atomically(&path, &bytes),
                None => remove_durably(&path).map(|_| ()),
            };
        }
        let steps = match again {
            true => self.scheduler.activation(self.place, true),
            false => self.scheduler.aftermath(),
        };
        let _ = self.follow(&steps);
    }

    fn follow(&self, steps: &[Step]) -> Result<()> {
        for step in steps {
            match self.run(&step.words) {
                Err(error) if step.must => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Runs a command of the scheduler's, and returns what it printed.
    fn run(&self, words: &Words) -> Result<String> {
        let mut command = Command::new(&words[0]);
        // Answers are to be read by a program, in whatever language the person speaks.
        let plain = [("TZ", "UTC"), ("LC_ALL", "C"), ("SYSTEMD_COLORS", "0"), ("SYSTEMD_PAGER", "")];
        command.args(&words[1..]).envs(plain);
        let why = match errand::run(command, DEADLINE, &|| interrupt::check().is_err()) {
            Ok(end) if end.status.success() => return Ok(end.said),
            Ok(end) => anyhow::Error::msg(end.last_words()),
            Err(Undone::Stopped) => return Err(fail!(Interrupted, "interrupted")),
            Err(undone) => undone.into(),
        };
        let refused = fail!(Configuration, "timer-refused", command = shell_words::join(words));
        Err(Error { hint: Some(self.way_out.to_owned()), ..refused.because(why) })
    }
}

fn found((path, bytes): &Before) -> Result<Option<Found>> {
    let Some(bytes) = bytes else { return Ok(None) };
    let found = mark::read(bytes);
    found.map(Some).ok_or_else(|| fail!(Configuration, "timer-foreign", path = path.display()))
}
