//! An answer that must not be lost: whoever prints it removes its only other copy.

use std::io::{self, Write};

#[cfg(unix)]
use std::fs::File;
#[cfg(unix)]
use std::os::fd::AsFd;

use crate::error::Result;
use crate::fail;

/// Bytes on stdout: all of them, and on the disk where it is a file. A reader that has gone away is an
/// error.
pub fn print(answer: &[u8]) -> Result<()> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(answer).and_then(|()| stdout.flush()).and_then(|()| sync());
    written.map_err(|error| fail!(Internal, "stdout-failed").because(error))
}

/// Whether stdout is a file: only there anybody can see that what was printed is kept. A pipe takes
/// what its other end then loses.
#[cfg(unix)]
pub fn is_stdout_file() -> bool {
    is_file().unwrap_or_default()
}

/// Elsewhere the standard library does not tell.
#[cfg(not(unix))]
pub fn is_stdout_file() -> bool {
    true
}

#[cfg(unix)]
fn sync() -> io::Result<()> {
    if is_file()? { stdout_file()?.sync_all() } else { Ok(()) }
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)] // the same signature as on Unix
fn sync() -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn is_file() -> io::Result<bool> {
    Ok(stdout_file()?.metadata()?.is_file())
}

#[cfg(unix)]
fn stdout_file() -> io::Result<File> {
    io::stdout().as_fd().try_clone_to_owned().map(File::from)
}
