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

## A Vault or OpenBao that machines share

vault-address-missing = the store `vault` needs the address of a Vault or OpenBao
    .hint = set VAULT_ADDR, for example https://vault.example.com:8200
vault-address-plain = plain http in VAULT_ADDR leads beyond this machine: everybody on the way could read the secrets
    .hint = use its https address; a CA of your own is named in VAULT_CACERT
vault-address-unfit = what VAULT_ADDR says is no address of a Vault
    .hint = write scheme, host and port, for example https://vault.example.com:8200; mount and prefix belong into `[vault]` of config.toml
vault-login-missing = nothing here logs in to Vault
    .hint = set VAULT_TOKEN or VAULT_TOKEN_FILE, or SELLAUTH_VAULT_ROLE_ID and SELLAUTH_VAULT_SECRET_ID (AppRole), or SELLAUTH_VAULT_ROLE (Kubernetes), or run `bao login` or `vault login`
vault-login-refused = Vault refuses the login by { $way }
    .hint = check that the role and what proves it (SELLAUTH_VAULT_ROLE_ID, SELLAUTH_VAULT_SECRET_ID, SELLAUTH_VAULT_ROLE) belong to this Vault, and that nothing of it was used up, expired or revoked
vault-token-refused = Vault does not take its token: it is expired, revoked, or another Vault's
    .hint = get a new one (`bao login` or `vault login`), and see that VAULT_TOKEN, VAULT_TOKEN_FILE or ~/.vault-token holds it
vault-denied = Vault denies this login { $path }
    .hint = give it the policy that `sellauth vault policy` prints, for the same mount and prefix
vault-sealed = Vault is sealed
    .hint = unseal it, then run the command again; nothing was lost
vault-standby = this Vault is on standby, and no other one is active
    .hint = try again later; if it stays so, look at the cluster: `bao status` or `vault status`
vault-busy = Vault cannot answer now (HTTP { $status })
    .hint = try again later; nothing was lost
vault-unreachable = Vault cannot be reached at { $address }
    .hint = check VAULT_ADDR, VAULT_CACERT, the network and the proxy (HTTPS_PROXY, NO_PROXY), and try again
vault-no-mount = Vault has no secrets at the mount `{ $mount }`
    .hint = name the mount of a KV store of version 2 as `mount` in `[vault]` of config.toml, or let an administrator enable one
vault-kv-version-1 = the mount `{ $mount }` is a KV store of version 1, which cannot tell who wrote first
    .hint = name one of version 2 as `mount` in `[vault]` of config.toml, or let an administrator run `bao kv enable-versioning { $mount }/` or `vault kv enable-versioning { $mount }/`
vault-version-deleted = the newest version of { $entry } was deleted in Vault, not by sellauth
    .hint = bring it back with `bao kv undelete` or `vault kv undelete`; if it was destroyed, disconnect the shop and connect it again
vault-entry-damaged = the entry { $entry } in Vault is damaged, or was not written by sellauth
    .hint = nothing was changed; bring an older version back with `bao kv rollback` or `vault kv rollback`, or let the seller consent again
vault-entry-gone = `{ $name }` is not in this Vault, and nobody says that it was disconnected
    .hint = nothing was removed; check that VAULT_ADDR, VAULT_NAMESPACE, and mount and prefix in config.toml are those it was connected with
vault-disconnected-elsewhere = `{ $name }` was disconnected on another machine
    .hint = `sellauth connect` connects the shop again
vault-lease-held = another machine has been renewing this shop for too long
    .hint = try again later; a machine that died over it is followed 40 s after its last sign
vault-overtaken = another machine went on with this renewal, because this one took too long
    .hint = run the command again: it goes on with what that machine has stored
vault-name-taken = the name `{ $name }` is taken in this Vault
    .hint = choose another one, or see what it is: `sellauth status --store vault`
vault-token-handed-out-late = Vault could not be asked: { $reason }; the token is valid until { $end }
vault-wish-overwritten = { $path } was changed here and in Vault at the same time: what Vault says was taken, and your change is gone
vault-refused = Vault refuses the request (HTTP { $status })
    .hint = nothing was changed; see what Vault's own log says about it
vault-older = what Vault has of `{ $name }` is older than what this machine has seen: Vault was restored from a backup
    .hint = nothing was sent or changed; restore the newest backup, or let the seller consent again: `sellauth reauthorize { $name }`
vault-contended = the entry { $entry } in Vault is being changed all the time, or this node is far behind
    .hint = try again later; if it stays so, look at the cluster: `bao status` or `vault status`
vault-copies-shown = Vault could not be asked: { $reason }; shown is how things stood last time
vault-unpublished = { $name } is connected, but other machines do not see it yet: { $reason }
home-unwritable = no folder can be written: neither the home nor one for temporary files
    .hint = let SELLAUTH_HOME, XDG_RUNTIME_DIR or TMPDIR name a folder that belongs to the user that runs this command, and to nobody else (0700)
vault-no-namespace = Vault has no namespace `{ $namespace }`
    .hint = correct VAULT_NAMESPACE, or unset it
vault-reading = reading { $count } entries from Vault
vault-shop-there = { $name } is in this Vault already, and other machines renew it there
    .hint = use it from there: `sellauth status --store vault`; a copy beside it would end one of the two
