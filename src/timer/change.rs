//! Installing and removing: all of it or nothing, and never a file that is somebody else's.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::mark::{self, Found};
use super::{Job, Place, Scheduler, Step, Words};
use crate::errand::{self, Undone};
use crate::error::{Error, Kind, Result};
use crate::files::{read_if_there, remove_durably, write_atomically};
use crate::{fail, interrupt};

/// So long one command of a scheduler's may take.
const DEADLINE: Duration = Duration::from_secs(30);

/// So long what a scheduler was told to end may take, and the pause between two looks at it.
const END: Duration = Duration::from_secs(5);
const GLANCE: Duration = Duration::from_millis(100);

/// Who decides whether a command is ended early.
type Stop<'a> = &'a dyn Fn() -> bool;

/// What a person begins they may stop; what was begun is cleared up whatever they press.
const ASKED: Stop<'static> = &|| interrupt::check().is_err();
const NEVER: Stop<'static> = &|| false;

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
        self.run(&self.scheduler.probe(self.place), ASKED)?;
        let again = self.is_registered()? || found.iter().any(Option::is_some);
        let steps = self.scheduler.activation(self.place, again);
        let changed = self.write(job).and_then(|()| self.follow(&steps, ASKED));
        changed.inspect_err(|_| self.restore(before, again))?;
        Ok(again)
    }

    /// Removes the job; whether there was one. Kind `configuration` where its scheduler does not let it go,
    /// which then still has it.
    pub fn remove(&self) -> Result<bool> {
        let found = self.found()?;
        let files = found.iter().any(Option::is_some);
        // Without a file nobody has to have such a scheduler.
        let registered = self.scheduler.present().is_some() && self.is_registered_after(files)?;
        if !files && !registered {
            return Ok(false);
        }
        if registered || self.scheduler.present().is_none() {
            let ended = self.follow(&self.scheduler.deactivation(self.place), ASKED);
            let interrupted = ended.as_ref().is_err_and(|error| error.kind == Kind::Interrupted);
            // Where a part is missing there may be nothing to end.
            if interrupted || registered || found.iter().all(Option::is_some) {
                ended?;
            }
            self.await_end()?;
        }
        for path in self.scheduler.paths(self.place) {
            remove_durably(&path).map_err(|error| {
                fail!(Configuration, "file-unwritable", path = path.display()).because(error)
            })?;
        }
        self.tidy();
        self.follow(&self.scheduler.aftermath(), NEVER)?;
        Ok(true)
    }

    /// What lay beside the files: complaints, and folders that nothing is in any more.
    fn tidy(&self) {
        for path in self.scheduler.leavings(self.place) {
            // What somebody else uses as well is not empty.
            let _ = if path.is_dir() { fs::remove_dir(&path) } else { remove_durably(&path).map(|_| ()) };
        }
    }

    /// Waits until what was told to end has ended. Kind `configuration` where it has not.
    fn await_end(&self) -> Result<()> {
        let Some(question) = self.scheduler.still_there(self.place) else { return Ok(()) };
        let until = Instant::now() + END;
        while self.run(&question, NEVER).is_ok() {
            if Instant::now() >= until {
                return Err(fail!(Configuration, "timer-stays", command = shell_words::join(&question)));
            }
            thread::sleep(GLANCE);
        }
        Ok(())
    }

    /// What the scheduler answers; `None` where it fails.
    pub fn ask(&self, words: &Words) -> Option<String> {
        self.run(words, ASKED).ok()
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

    /// Whether something of ours is known by that name, with or without a file. Kind `configuration` for
    /// somebody else's.
    fn is_registered(&self) -> Result<bool> {
        let Some(question) = self.scheduler.present() else { return Ok(false) };
        match self.ask(&question) {
            Some(answer) if mark::read(answer.as_bytes()).is_none() => {
                Err(fail!(Configuration, "timer-foreign", path = super::NAME))
            }
            answer => Ok(answer.is_some()),
        }
    }

    /// The same, where a scheduler that cannot be asked is no proof. `files`: there are some, so it matters.
    fn is_registered_after(&self, files: bool) -> Result<bool> {
        let registered = self.is_registered()?;
        if files && !registered {
            self.run(&self.scheduler.probe(self.place), ASKED)?;
        }
        Ok(registered)
    }

    /// Makes everything as it was, as well as that can be done.
    fn restore(&self, before: Vec<Before>, again: bool) {
        if !again {
            let _ = self.follow(&self.scheduler.deactivation(self.place), NEVER);
        }
        for (path, bytes) in before {
            let _ = match bytes {
                Some(bytes) => write_atomically(&path, &bytes),
                None => remove_durably(&path).map(|_| ()),
            };
        }
        if !again {
            self.tidy();
        }
        let steps = match again {
            true => self.scheduler.activation(self.place, true),
            false => self.scheduler.aftermath(),
        };
        let _ = self.follow(&steps, NEVER);
    }

    fn follow(&self, steps: &[Step], stop: Stop) -> Result<()> {
        for step in steps {
            match self.run(&step.words, stop) {
                Err(error) if step.must || error.kind == Kind::Interrupted => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Runs a command of the scheduler's, unless `stop` ends it, and returns what it printed.
    fn run(&self, words: &Words, stop: Stop) -> Result<String> {
        let mut command = Command::new(&words[0]);
        // Answers are to be read by a program, in whatever language the person speaks.
        let plain = [("TZ", "UTC"), ("LC_ALL", "C"), ("SYSTEMD_COLORS", "0"), ("SYSTEMD_PAGER", "")];
        command.args(&words[1..]).envs(plain);
        let why = match errand::run(command, DEADLINE, stop) {
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
