//! An answer that must not be lost: whoever prints it removes its only other copy.

use std::io::{self, Write};

#[cfg(unix)]
use std::fs::File;
#[cfg(unix)]
use std::os::{fd::AsFd, unix::fs::FileTypeExt};

use crate::error::Result;
use crate::fail;

/// Bytes on stdout: all of them, and on the disk where it is a file. A reader that has gone away is an
/// error.
pub fn print(answer: &[u8]) -> Result<()> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(answer).and_then(|()| stdout.flush()).and_then(|()| sync());
    written.map_err(|error| fail!(Internal, "stdout-failed").because(error))
}

/// Whether stdout keeps nothing: it is a device, such as the one that a closed stdout becomes.
#[cfg(unix)]
pub fn is_stdout_device() -> bool {
    stdout_file().and_then(|file| file.metadata()).is_ok_and(|found| found.file_type().is_char_device())
}

/// Elsewhere the standard library does not tell.
#[cfg(not(unix))]
pub fn is_stdout_device() -> bool {
    false
}

#[cfg(unix)]
fn sync() -> io::Result<()> {
    let file = stdout_file()?;
    if file.metadata()?.is_file() { file.sync_all() } else { Ok(()) }
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)] // the same signature as on Unix
fn sync() -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn stdout_file() -> io::Result<File> {
    io::stdout().as_fd().try_clone_to_owned().map(File::from)
}
