# Secret stores and locks. Lower case, no full stop; the hint says what to do next.

-ways-out = or keep secrets in encrypted files instead: `--store file`, or SELLAUTH_STORE=file in the environment

store-forgets = the secret store did not return what was just written to it
    .hint = look at the keyring service's own messages, { -ways-out }

store-keyring-locked = the keyring is locked
    .hint = unlock it by logging in to the desktop or in its password manager, { -ways-out }
store-keyring-absent = no keyring can be reached in this session
    .hint = run it in a desktop session, or start a keyring daemon on a session bus (DBUS_SESSION_BUS_ADDRESS), { -ways-out }
store-keyring-no-collection = the keyring has no default collection to keep secrets in
    .hint = create one in the desktop's password manager, { -ways-out }
store-keyring-dismissed = the keyring stayed locked: its dialog was closed, or nothing here can show it
    .hint = unlock it and try again, { -ways-out }
store-keyring-silent = the keyring did not answer within { $seconds } s
    .hint = look for an open unlock dialog, or restart the keyring daemon, { -ways-out }
store-keyring-damaged = entry { $entry } of the keyring is damaged or incomplete
    .hint = nothing was deleted; connect the shop again to write a new one
store-keyring-foreign = entry { $entry } of the keyring holds the secret of { $other }
    .hint = nothing was deleted; restore the keyring's entries, or connect the shop again to write a new one
store-keyring-too-small = the keyring's entries are too small for this secret
    .hint = keep it in encrypted files instead: `--store file`, or SELLAUTH_STORE=file in the environment
store-keyring-refused = the keyring failed
    .hint = look at the keyring service's own messages, { -ways-out }

store-file-unreadable = cannot read the secret file { $path }
    .hint = check who owns it and its mode: it must be readable by the user that runs this command
store-file-unwritable = cannot write the secret file { $path }
    .hint = check free space, and that its folder belongs to the user that runs this command
store-file-wrong-key = the secret file { $path } is encrypted to another key than { $key }
    .hint = nothing was deleted; name the key file it was written with in SELLAUTH_KEY_FILE, or connect the shop again
store-file-damaged = the secret file { $path } is damaged or was not written by sellauth
    .hint = nothing was deleted; restore it from a backup, or connect the shop again
store-file-foreign = the secret file { $path } holds the secret of { $other }
    .hint = nothing was deleted; put the files back under their own names, or connect the shop again

store-key-missing = the key file { $path } does not exist
    .hint = correct SELLAUTH_KEY_FILE, or make the file with `age-keygen -o FILE`
store-key-gone = the key file { $path } that the secret files need is gone
    .hint = restore it, or name another copy in SELLAUTH_KEY_FILE; if it is lost, remove the secret files and connect the shops again
store-key-unreadable = cannot read the key file { $path }
    .hint = check who owns it and its mode: it must be readable by the user that runs this command
store-key-unwritable = cannot make the key file { $path }
    .hint = check that its folder belongs to the user that runs this command, or name a key file in SELLAUTH_KEY_FILE
store-key-invalid = the key file { $path } holds no age identity
    .hint = it needs a line that begins with AGE-SECRET-KEY-1, as `age-keygen` writes it, or such a file encrypted by `age -p`
store-key-plain = a passphrase is set, but the key file { $path } is not protected by one
    .hint = wrap it with `age -p -o NEW OLD` and name it in SELLAUTH_KEY_FILE, or unset SELLAUTH_PASSPHRASE
store-passphrase-missing = the key file { $path } is protected by a passphrase
    .hint = set SELLAUTH_PASSPHRASE, or name a file that holds it in SELLAUTH_PASSPHRASE_FILE
store-passphrase-wrong = the passphrase does not open the key file { $path }
    .hint = check SELLAUTH_PASSPHRASE, or that this is the right key file

cache-key-kept = the kernel keeps the key of the tokens at hand
    .hint = set `cache = "off"` in config.toml: then no token is handed out before its store was asked
cache-kept = cannot remove the tokens at hand in { $path }
    .hint = they are worthless without their key, which is gone; check that the folder belongs to the user that runs this command, and remove it

lock-held = another sellauth command has been holding the lock { $path } for too long
    .hint = try again later, or see which process it is: `fuser { $path }`
lock-unusable = cannot use the lock file { $path }
    .hint = check that its folder belongs to the user that runs this command, and that its file system has locks
