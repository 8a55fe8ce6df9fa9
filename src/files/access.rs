//! The access list of one file or folder, asked of the system. What it says is text ([`descriptor`]).

use std::ffi::c_void;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::path::Path;
use std::ptr::null_mut;
use std::sync::OnceLock;

use windows_sys::Win32::Foundation::{ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED, LocalFree};
use windows_sys::Win32::Security::Authorization::{
    ConvertSecurityDescriptorToStringSecurityDescriptorW, ConvertSidToStringSidW,
    ConvertStringSecurityDescriptorToSecurityDescriptorW, GetSecurityInfo, SDDL_REVISION_1, SE_FILE_OBJECT,
};
use windows_sys::Win32::Security::{
    DACL_SECURITY_INFORMATION, GetTokenInformation, PROTECTED_DACL_SECURITY_INFORMATION,
    SetKernelObjectSecurity, TOKEN_QUERY, TOKEN_USER, TokenUser,
};
use windows_sys::Win32::Storage::FileSystem::{FILE_FLAG_BACKUP_SEMANTICS, READ_CONTROL, WRITE_DAC};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};

use crate::files::descriptor;

/// Room for the largest user: a pointer, attributes, and 68 bytes of a SID; aligned for the pointer.
type User = [u64; 16];

/// Lets nobody use what lies at `path` but this user, the system and the administrators, and hands down
/// nothing from the folder above. Where a file system keeps no lists, as on most USB sticks, it stays as it
/// is: `doctor` says so.
pub fn restrict(path: &Path, is_folder: bool) -> io::Result<()> {
    let list = descriptor::private(me()?, is_folder);
    match set(&open(path, READ_CONTROL | WRITE_DAC)?, &list) {
        Err(error) if keeps_no_lists(&error) => Ok(()),
        result => result,
    }
}

/// Whether nobody but this user, the system and the administrators may use what lies at `path`.
pub fn is_private(path: &Path) -> io::Result<bool> {
    let list = get(&open(path, READ_CONTROL)?)?;
    Ok(descriptor::is_private(&list, me()?))
}

fn keeps_no_lists(error: &io::Error) -> bool {
    let code = error.raw_os_error().map(i32::cast_unsigned);
    [ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED].map(Some).contains(&code)
}

/// Opens a file or folder for its list only: whoever else uses it is not disturbed.
fn open(path: &Path, access: u32) -> io::Result<File> {
    OpenOptions::new().access_mode(access).custom_flags(FILE_FLAG_BACKUP_SEMANTICS).open(path)
}

/// The SID of whoever runs this process.
fn me() -> io::Result<&'static str> {
    static ME: OnceLock<String> = OnceLock::new();
    match ME.get() {
        Some(me) => Ok(me),
        None => user_of_this_process().map(|me| ME.get_or_init(|| me).as_str()),
    }
}

/// What the system allocated and leaves to its caller to free.
struct Local(*mut c_void);

impl Drop for Local {
    #[allow(unsafe_code)]
    fn drop(&mut self) {
        // SAFETY: it came from a function that says to free it so, and nobody has freed it.
        unsafe { LocalFree(self.0) };
    }
}

impl Local {
    /// A text that ends with a zero.
    #[allow(unsafe_code)]
    fn text(&self) -> String {
        let start: *const u16 = self.0.cast();
        // SAFETY: the functions that give such a text end it with a zero, and it is not freed before `self`.
        let units = unsafe {
            let mut length = 0;
            while *start.add(length) != 0 {
                length += 1;
            }
            std::slice::from_raw_parts(start, length)
        };
        String::from_utf16_lossy(units)
    }
}

#[allow(unsafe_code)]
fn user_of_this_process() -> io::Result<String> {
    let mut user: User = [0; 16];
    let size = u32::try_from(size_of::<User>()).map_err(io::Error::other)?;
    let (mut token, mut written, mut text) = (null_mut(), 0, null_mut());
    // SAFETY: each pointer leads to a local variable that outlives the call; `user` has the room and the
    // alignment that are said, and holds the SID it points to.
    unsafe {
        succeeded(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token))?;
        let token = OwnedHandle::from_raw_handle(token);
        let place = user.as_mut_ptr();
        succeeded(GetTokenInformation(
            token.as_raw_handle(),
            TokenUser,
            place.cast(),
            size,
            &raw mut written,
        ))?;
        let sid = (*place.cast::<TOKEN_USER>()).User.Sid;
        succeeded(ConvertSidToStringSidW(sid, &raw mut text))?;
    }
    Ok(Local(text.cast()).text())
}

/// Not by `SetSecurityInfo`, which would go on to what lies in a folder: what was only just made is empty.
#[allow(unsafe_code)]
fn set(file: &File, list: &str) -> io::Result<()> {
    let list: Vec<u16> = list.encode_utf16().chain([0]).collect();
    let mut parsed = null_mut();
    // SAFETY: `list` ends with a zero; `parsed` outlives the call that fills it, and what it then points to is
    // freed after its last use; the handle is open for writing its list.
    unsafe {
        let (text, version) = (list.as_ptr(), SDDL_REVISION_1);
        let parse = ConvertStringSecurityDescriptorToSecurityDescriptorW;
        succeeded(parse(text, version, &raw mut parsed, null_mut()))?;
        let parsed = Local(parsed);
        let what = DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION;
        succeeded(SetKernelObjectSecurity(file.as_raw_handle(), what, parsed.0))
    }
}

#[allow(unsafe_code)]
fn get(file: &File) -> io::Result<String> {
    let (mut found, mut text) = (null_mut(), null_mut());
    let what = DACL_SECURITY_INFORMATION;
    // SAFETY: each pointer leads to a local variable that outlives the call, or is null where the system says
    // that it may be; the handle is open for reading its list.
    unsafe {
        let file = file.as_raw_handle();
        let (owner, group, dacl, sacl) = (null_mut(), null_mut(), null_mut(), null_mut());
        is_zero(GetSecurityInfo(file, SE_FILE_OBJECT, what, owner, group, dacl, sacl, &raw mut found))?;
        let found = Local(found);
        succeeded(ConvertSecurityDescriptorToStringSecurityDescriptorW(
            found.0,
            SDDL_REVISION_1,
            what,
            &raw mut text,
            null_mut(),
        ))?;
    }
    Ok(Local(text.cast()).text())
}

/// What most functions answer: nothing but zero is good, or all but zero.
fn succeeded(answer: i32) -> io::Result<()> {
    if answer == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn is_zero(code: u32) -> io::Result<()> {
    if code == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(code.cast_signed())) }
}
