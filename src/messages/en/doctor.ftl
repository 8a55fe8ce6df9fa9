# `doctor`: what is found, and what to do about it. Lower case, no full stop.

## What is being done

doctor-doing-loopback = loopback
doctor-doing-network = network
doctor-doing-store = { $store }
doctor-doing-locks = locks
doctor-doing = still examining: { $what } …

## Facts

doctor-fact-program = sellauth
doctor-fact-system = system
doctor-fact-examined = examined as
doctor-fact-config = config
doctor-fact-state = state
doctor-fact-store = file store
doctor-fact-secrets = secrets
doctor-fact-cache = cache
doctor-fact-shops = shops
doctor-fact-variables = variables
doctor-fact-none = none
doctor-fact-not-there = { $folder } (not there yet)
doctor-fact-store-use = { $store }: { $secrets }
doctor-fact-store-default = { $store }: { $secrets } (new ones go there)
doctor-fact-cache-on = valid tokens are kept at hand
doctor-fact-cache-off = off
doctor-fact-apps = apps
doctor-fact-definitions = definitions
doctor-fact-shops-of = { $shops } ({ $marketplaces })
doctor-fact-own = { $count } of your own

## How bad it is

doctor-ok = ok
doctor-note = note
doctor-warning = warning
doctor-problem = problem
doctor-fine = No problem was found.
doctor-fine-but = No problem was found. Warnings: { $warnings }
doctor-problems = Problems: { $problems }, warnings: { $warnings }

## Stores

doctor-store-works = { $store }: a secret was written, read back and deleted in { $took } ms; it takes { $largest } KiB
doctor-store-unused = file: nothing is kept there yet
doctor-store-default = shops that are connected work; for the next one choose a store that does: `store = "file"` in config.toml
doctor-client-secret-gone = the client secret of app { $app } is not in its store any more
    .hint = give it again: `sellauth app set { $app } --client-secret-stdin`
doctor-secret-gone = the tokens of { $name } are not in their store any more
    .hint = restore the store from a backup, or connect it again: `sellauth reauthorize { $name }`
doctor-secrets-missing = { $name }: { $why }
    .hint = restore the store from a backup, or connect it again: `sellauth reauthorize { $name }`
doctor-key-beside = the key { $path } lies beside what it opens: it protects a leaked file, not a leaked folder
    .hint = keep the key elsewhere (SELLAUTH_KEY_FILE), or under a passphrase (`age -p -o NEW OLD`), if the folder is copied or backed up as a whole
doctor-key-passphrase = the key is under a passphrase, which scripts must have: `token` never asks for it
    .hint = give it to every job in SELLAUTH_PASSPHRASE_FILE

## The way back of a browser

doctor-loopback-both = this machine answers itself on 127.0.0.1 and [::1]
doctor-loopback-v4 = this machine answers itself on 127.0.0.1; it has no IPv6, and needs none
doctor-loopback-v6-fails = [::1] can be listened on, but is not reached
    .hint = a firewall is in the way: allow connections of this machine to itself (interface lo), or switch IPv6 off altogether
doctor-loopback-fails = this machine does not reach itself on 127.0.0.1, so no browser comes back
    .hint = allow connections over the interface lo, or connect shops with `--paste`
doctor-port-free = port { $port }, which an app has registered, is free
doctor-fixed-port-free = port { $port }, where consents come back that begin at the marketplace, is free
doctor-port-taken = another program has port { $port }, on which a browser has to come back
    .hint = see which one it is: `ss -ltnp 'sport = :{ $port }'`, and end it while a shop is connected; or paste the address: `--paste`
doctor-fixed-port-taken = another program has port { $port }: consents that begin at the marketplace cannot come back
    .hint = see which one it is: `ss -ltnp 'sport = :{ $port }'`

doctor-browser-command = addresses are opened by { $program }
doctor-browser-system = addresses are opened by the system's browser
doctor-browser-gone = the browser command { $program } is not there
    .hint = correct or unset SELLAUTH_BROWSER or BROWSER; `connect` prints the address in any case
doctor-browser-none = nothing here opens addresses
    .hint = open the address that `connect` prints elsewhere, and paste the one it ends on: `--paste`, or `--device` where the marketplace has it
doctor-no-display = there is no display in this session
    .hint = open the address that `connect` prints elsewhere, and paste the one it ends on: `--paste`, or `--device` where the marketplace has it

## The way to the marketplaces

doctor-network-nobody = nothing is registered or connected, so nobody was asked: network, certificates and clock are not examined
doctor-network-answers = { $host } answers in { $took } ms
doctor-network = no connection to { $hosts }
    .hint = check the network of this machine; behind a company's firewall, set HTTPS_PROXY
doctor-network-name = the name service does not know { $hosts }
    .hint = check the network and its name servers (/etc/resolv.conf); behind a company's firewall, set HTTPS_PROXY
doctor-network-silent = { $hosts } did not answer within { $seconds } s
    .hint = check the network of this machine; behind a company's firewall, set HTTPS_PROXY
doctor-proxy = the proxy does not let us through to { $hosts }
    .hint = check HTTPS_PROXY (address, port, name and password), or name the hosts in NO_PROXY if they need none
doctor-tls-issuer = the certificate of { $hosts } is signed by nobody this machine knows: something may read along
    .hint = behind a company's proxy, name its certificate: `ca_file = "…"` in config.toml; otherwise do not go on here
doctor-tls-date = the certificate of { $hosts } is not valid at this machine's time
    .hint = set the clock: `timedatectl set-ntp true`
doctor-tls = no encrypted connection to { $hosts }
    .hint = something between here and there speaks no TLS: check HTTPS_PROXY and the firewall
doctor-tls-setup = no client for encrypted connections can be made
    .hint = install the system's certificates (package ca-certificates), or name a file of them in SSL_CERT_FILE
doctor-ca-unreadable = { $said } names { $path }, which cannot be read
    .hint = correct { $said }, or let the user that runs this command read the file
doctor-ca-empty = { $said } names { $path }, in which there is no certificate
    .hint = { $said } wants a file with lines `-----BEGIN CERTIFICATE-----` (PEM)
doctor-clock-right = the clock is right, by that of { $host }
doctor-clock-ahead = this machine's clock is { $seconds } s ahead of that of { $host }
    .hint = set the clock: `timedatectl set-ntp true`; until then tokens are renewed too early
doctor-clock-behind = this machine's clock is { $seconds } s behind that of { $host }
    .hint = set the clock: `timedatectl set-ntp true`; until then tokens may be handed out that are over

## Files

doctor-link = { $path } leads nowhere, so nothing is read there
    .hint = put back what it leads to, or remove the link: `rm { $word }`
doctor-mode-folder = others on this machine can look into { $path }
    .hint = close it: `chmod -R go= { $word }`
doctor-mode-key = others on this machine can read the key { $path }
    .hint = close it: `chmod go= { $word }`; if others may have read it, make a new key and connect the shops again
doctor-mode = others may read { $path } ({ $count } in all)
    .hint = close it: `chmod -R go= { $word }`
doctor-owner = { $path } belongs to another user ({ $count } in all)
    .hint = run sellauth as the user that connected the shops, never with sudo; or give the files back: `chown`
doctor-shared = { $path } lies on a file system that other machines have, too ({ $kind }): locks may not hold between them
    .hint = let one machine renew, or give each a home of its own: SELLAUTH_HOME
doctor-drafts = files that killed commands left behind: { $count }
    .hint = nothing needs them: `rm { $files }`
doctor-orphans = records of shops whose profile is gone, and whose secrets may still be in a store: { $count }
    .hint = put the profiles back from a backup and `sellauth disconnect` them, or forget the records: `rm { $files }`
doctor-duplicate = these files have one uuid, so they are one to every store: { $files }
    .hint = remove the copy, and connect that shop anew: a copied file is no second shop
doctor-journal = a renewal of { $name } began { $began } and did not end
    .hint = the next one takes it up: `sellauth token { $name }`
doctor-spill = renewed tokens of { $name } wait in { $path }, because their store failed
    .hint = they are taken over by the next command that finds the store working: `sellauth token { $name }`
doctor-lock = the lock of { $what } has been held for seconds by { $who }
    .hint = wait for it
doctor-lock-holder = process { $pid } ({ $program })
doctor-lock-somebody = another process
doctor-lock-see = if it does not go on, see what it does: `{ $command }`

## Shops

doctor-never-connected = { $name } was never connected
    .hint = `sellauth reauthorize { $name }` connects it
doctor-reauthorization = { $name } does not work any more: { $why }
    .hint = connect it again: `sellauth reauthorize { $name }`
doctor-due = { $name }: { $why }
    .hint = have the seller consent again in time: `sellauth reauthorize { $name }`
doctor-incident = { $name }: { $why }
    .hint = wait; `sellauth status --check { $name }` asks the marketplace
doctor-unused = { $name }: { $why }
    .hint = renew it once: `sellauth refresh { $name }`
doctor-client-secret-over = the client secret of app { $app } ended { $day }
    .hint = make a new one in the marketplace's portal: `sellauth app set { $app } --client-secret-stdin`
doctor-client-secret-ends = the client secret of app { $app } ends { $day }
    .hint = make a new one in the marketplace's portal: `sellauth app set { $app } --client-secret-stdin`
doctor-refresh-token = the refresh token of { $name } ends { $day } unless it is used before
    .hint = renew it now and then, best by cron: `sellauth refresh { $name }`

## Whoever runs the scripts

doctor-job-unknown = cron, systemd or user:NAME
doctor-job-unnamed = nobody says who runs the scripts
    .hint = name it: `--as-job cron`, `--as-job systemd` or `--as-job user:NAME`
doctor-job-ask = Who runs the scripts
doctor-job-answer-cron = cron, by a crontab of yours
doctor-job-answer-systemd = systemd, as a service
doctor-job-answer-user = another user
doctor-job-ask-user = Which user
doctor-job-cron = a cron job
doctor-job-systemd = a systemd service
doctor-job-user = user { $name }
doctor-job-no-user = there is no user { $name }
    .hint = `getent passwd` lists the users of this machine
doctor-job-variables = { $job } does not have these variables, which are set here: { $names }
    .hint = put them into the crontab or the service file, as far as the scripts need them; secrets as files, by their `…_FILE` names
doctor-job-no-home = without SELLAUTH_HOME, { $job } would look in { $folder } and find no shop
    .hint = set SELLAUTH_HOME in the crontab or the service file (`Environment=`) to what it is here; what follows was tried with it
doctor-job-other-home = without SELLAUTH_HOME, { $job } would look in { $folder } and find other shops: { $shops }
    .hint = set SELLAUTH_HOME in the crontab or the service file (`Environment=`) to what it is here; what follows was tried with it
doctor-job-systemd-root = a service of the system's was tried with your name in `User=`; without that line it runs as root, and looks in root's folders
    .hint = put `User=` and your name into the service file
doctor-job-home = { $job } looks for shops in { $theirs }, not in { $ours }
    .hint = let it run as the user that connected the shops, with the same HOME and XDG variables; or connect them there
doctor-job-keyring = the keyring works here, but not for { $job }: it belongs to the desktop session
    .hint = keep the secrets in files: `sellauth migrate --all --to file`, then `store = "file"` in config.toml; a service can have the key from `LoadCredential=sellauth:/path/to/key`, other jobs from SELLAUTH_KEY_FILE
doctor-job-keyring-by-day = { $job } reaches the keyring only while you are logged in and it is unlocked: not at night, and not after a restart
    .hint = keep the secrets in files: `sellauth migrate --all --to file`, then `store = "file"` in config.toml; a service can have the key from `LoadCredential=sellauth:/path/to/key`, other jobs from SELLAUTH_KEY_FILE
doctor-job-failed = { $job } could not be tried
    .hint = run `sellauth doctor` in it instead; another user must be able to reach the program
doctor-job-unstarted = { $program } could not be started: { $why }
doctor-job-silent = no answer within { $seconds } s
doctor-job-groups = user { $name } was tried without their other groups: what only those may read looks closed
    .hint = install setpriv (package util-linux), or try as that user: `sudo -u { $name } sellauth doctor`
doctor-job-barred = user { $name } cannot look into { $path }
    .hint = run the scripts as the user that connected the shops, or hand the shops over: `sellauth export --move`, then `sellauth import --bundle` as { $name }
doctor-job-may-read = modes allow user { $name } to read everything
doctor-job-untested = you may not become user { $name }: stores, network and environment were not tried
    .hint = try them as that user: `sudo -u { $name } sellauth doctor`
doctor-access-folder = others on this machine can look into { $path }
    .hint = close it, in PowerShell: `{ $command }`
doctor-access-key = others on this machine can read the key { $path }
    .hint = close it, in PowerShell: `{ $command }`; if others may have read it, make a new key and connect the shops again
doctor-access = others may read { $path } ({ $count } in all)
    .hint = close it, in PowerShell: `{ $command }`
