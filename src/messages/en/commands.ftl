# What the other commands say.

refresh-renewed = renewed
refresh-not-due = not due
refresh-never-connected = never connected
refresh-failed = failed
refresh-lasts = lasts until { $end }
refresh-token = token until { $end }
refresh-failures = { $failed } of { NUMBER($total) ->
        [one] { $total } shop
       *[other] { $total } shops
    } could not be renewed
refresh-error = { $name }: { $error }
refresh-error-app = { NUMBER($shops) ->
        [one] { $shops } shop
       *[other] { $shops } shops
    } of the app { $app }: { $error }
refreshing = { $done } of { NUMBER($total) ->
        [one] { $total } shop
       *[other] { $total } shops
    }, { $left } left
ask-client-id = Client id
ask-client-secret = Client secret
ask-secret = Secret
client-secret-lost = the client secret of the app { $name } is not on this machine
ask-redirect-uri = Redirect URI, as registered (https://…)
ask-app-kind = Which kind of app is it
ask-app-case = Which app will it be
app-own = one that is registered in the portal already
ask-client-name = Name of the app at the marketplace ({ $hint })
ask-software-statement = Id of the software (software statement)
registration-page = let the seller make the code on this page: { $url }
app-registered = registered app { $name }
app-added = added app { $name }
app-set = changed app { $name }
client-secret-proved = the new client secret works: { $name } was renewed with it
client-secret-unproved = nothing was asked of the marketplace: whether the new client secret works shows when it is used next
client-secret-healed = refused before, and renewed now: { $names }
client-secret-still-refused = { $name } is still refused: { $error }
client-secret-grace = { $marketplace } takes the old client secret for { $grace } after it was replaced: until then every other machine needs the new one
app-kind-open = an app is of one kind only ({ $kinds }), and stays what it was registered as: a login of the other kind fails
app-removed = removed app { $name }
app-unchanged = nothing changed: the app { $name } is like that already
app-stopped = { $names } cannot be renewed any more: the consent was given to the client id { $before }. Let the seller consent again: sellauth reauthorize; or undo it: sellauth app set { $name } --client-id { $before }
app-secret-ends = the client secret ends on { $day }. Make a new one in the marketplace's portal, then: sellauth app set { $name } --client-secret-stdin
shops = { NUMBER($shops) ->
        [one] { $shops } shop
       *[other] { $shops } shops
    }
app-made-due = a new consent is due for { $names }; they work on until then. Clear it: sellauth reauthorize
app-heading = APP | MARKETPLACE | ENV | VERSION | CLIENT ID
ask-app-remove-waiting = Remove the app { $name }, though the answer of its registration waits: the only copy of its client secret, which never comes again (--recover keeps it)
ask-app-remove = Remove the app { $name } and its client secret
no-apps = no app is registered yet: sellauth app add MARKETPLACE
portal = enter this in the portal ({ $url }):

app-elsewhere = an app is registered for { $environment }: add `--env { $environment }` if that is meant
app-next = now connect a shop: `{ $command }`
explain-heading = CODE | WHO SAYS SO
explain-title = { $code } – { $place }
explain-cause = what happened:
explain-fix = what to do:
explain-link = read more:
explain-others = others explain it, too: { $places } (--marketplace ID shows one of them)
new-ask-issuer = Issuer, if its server publishes what it can (https://…; Enter: it does not)
new-ask-name = Name, as sellers know it
new-ask-grant = How does a first token come about
new-ask-grant-code = the seller consents in a browser (authorization_code)
new-ask-grant-device = the seller enters a code on any device (device_code)
new-ask-grant-client = the app's own id and secret suffice (client_credentials)
new-ask-grant-static = the seller copies a key out of the portal (static)
new-ask-authorization-endpoint = Consent page (https://…)
new-ask-device-endpoint = Where a device asks for its code (https://…)
new-ask-token-endpoint = Token endpoint (https://…)
new-ask-api-base = Address of the API that takes the tokens
new-ask-client = How does the app prove itself
new-ask-client-basic = in the header, HTTP Basic (client_secret_basic)
new-ask-client-post = in the form (client_secret_post)
new-ask-client-none = not at all: it has no secret (none)
new-ask-pkce = Does the marketplace take PKCE
new-ask-loopback = Does it take a redirect URI on this machine (http://127.0.0.1)
new-ask-refresh-token = Does it give out refresh tokens
new-ask-scopes = Scopes, separated by spaces (Enter: none)
new-ask-scopes-known = Scopes, separated by spaces (Enter: none; it names { $known })
new-published = { $issuer } publishes what it can: what it says is not asked
new-next = look it over, then register your app there: `sellauth app add { $id }`
new-next-static = look it over, then connect the shop: `sellauth connect { $id }`
diff-none = no definition says anything else since a seller consented
diff-then = { $id }, when a seller consented last
diff-now = { $id }, now
diff-unreadable = one of the two is no TOML, so nobody knows which hosts are new
diff-hosts = new hosts: { $hosts }
definition-changed = what sellauth knows about { $id } has changed since a seller consented: `sellauth marketplaces diff { $id }` shows how
marketplace-heading = MARKETPLACE | NAME | REGIONS
marketplace-fine = { $id } is fine

relay-fine = { $url } sends browsers back to this machine
exec-sdk = the command gets the long-lived secrets of { $name }, not only a token: run nothing that you would not give them to
api-busy = the API is busy; asking again in { $seconds } s
renamed = renamed { $old } to { $new }
locked = locked: the next token of each shop comes from its store
disconnected = disconnected { $name }
disconnect-consequence = scripts that use `sellauth token { $name }` will stop working, and the seller must consent again to undo it
ask-disconnect = Disconnect { $name }
remark-no-refresh-token = no refresh token came: nothing can renew this connection, and it ends with its first access token. Let the marketplace give refresh tokens to the app (`sellauth app show APP` prints what its portal needs), then let the seller consent again: sellauth reauthorize
disconnect-key-stays = { $marketplace } was not told: what was entered stays valid there until it is deleted: { $place }
disconnect-credentials-stay = { $marketplace } was not told: the app's client id and secret stay valid there until they are deleted: { $place }
disconnect-consent-stays = { $marketplace } was not told: the consent stays in force there until the seller takes it back: { $place }
disconnect-in-portal = in the seller's portal or account settings
disconnect-by-hand = { $marketplace } cannot be told by a program; remove the app there: { $url }

log-heading = TIME (UTC) | EVENT | PROFILE | SHOP | BY | DETAIL
log-app = app { $name }
log-was = was { $name }
log-empty = nothing has been written down
log-broken = { NUMBER($lines) ->
        [one] { $lines } line of the log is damaged, and was left out
       *[other] { $lines } lines of the log are damaged, and were left out
    }

receipt-removed = removed
receipt-kept = kept
receipt-never-connected = nobody had consented, so there is nothing to revoke
receipt-app-unused = no shop uses the app { $name } any more. If it is not needed any longer: sellauth app remove { $name }
receipt-revoked = { $marketplace } has ended the consent
trace-token-set = token set
trace-token-at-hand = token at hand
trace-journal = journal
trace-spill = spill file
trace-record = record
trace-profile = profile
trace-app = app
trace-log = log

status-heading = PROFILE | SHOP | REGION | ENV | VERSION | STATE | NEXT END | WHY
no-such-label = no connected shop has this label
checking = asking about { $name } …
no-ends = nothing is known to end, so there is no calendar
status-next-secret = make a new client secret in the marketplace's portal, then: sellauth app set { $app } --client-secret-stdin
status-next = clear what is due: sellauth reauthorize
state-connected = connected
state-due = due
state-reauthorization-required = consent needed
state-entry-required = enter anew
state-secrets-missing = secrets missing
reason-never-connected = nobody has consented yet
reason-secrets-missing = the store has lost its secrets
reason-refresh-token-expired = not renewed for too long: the refresh token has ended
reason-authorization-expired = the consent has ended
reason-incident = refused together with other shops: probably a failure of the marketplace, asked again from { $probe }
reason-client-changed = the app was registered anew
reason-app-version = the app is at version { $wanted }, the consent at { $granted }
reason-app-version-first = the app is at version { $wanted }, the consent was given before versions were recorded
reason-scopes-missing = not granted yet: { $scopes }
reason-authorization-ends = the consent ends on { $day }
reason-secret-first = { $why }, and the app's client secret on { $day } already
reason-unused-ends = the marketplace withdraws the app on { $day } unless it is used: `sellauth refresh`
end-authorization = consent
end-authorization-of = sellauth: the consent of { $whose } ends
end-authorization-cure = Let the seller consent again before: sellauth reauthorize { $whose }
end-client-secret = secret
end-client-secret-of = sellauth: the client secret of the app { $whose } ends
end-client-secret-cure = Make a new one in the marketplace's portal before, then: sellauth app set { $whose } --client-secret-stdin
end-refresh-token = token
end-refresh-token-of = sellauth: the refresh token of { $whose } ends
end-refresh-token-cure = Renew it before, from cron or by hand: sellauth refresh { $whose }
end-none = no end
end-unused = unused
end-unused-of = sellauth: the marketplace withdraws the app from { $whose } if it is not used
end-unused-cure = Renew a token before, from cron or by hand: sellauth refresh { $whose }
reason-client-secret-ends = the app's client secret ends on { $day }: `sellauth app set`

exported = exported { $names }
export-moved = exported { $names }, and removed from here; the marketplace was told nothing
export-without-secrets = { $why }: only its configuration is exported, without a consent
export-rotates = there are two copies of { $names } now, and only one of them can live: at each renewal the marketplace replaces the refresh token, and refuses the copy that holds the old one; use one machine only, and forget the other copy (`--move` does so here)
ask-export-passphrase = Passphrase of the bundle
ask-export-passphrase-again = The same once more
ask-bundle-passphrase = Passphrase of the bundle
bundle-app-lacks = the app { $name } has no client secret yet: `sellauth app set { $name } --client-secret-stdin`
bundle-rotates = only one copy of { $names } can live: at each renewal the marketplace replaces the refresh token, and refuses the copy that holds the old one; where the bundle came from forget what is left with `sellauth export NAME --move > FILE` (`disconnect` may end the consent for both)
bundle-brings = the bundle brings { $path }, a marketplace of its owner's: it decides where its shops' secrets go
origin-gets-secret = `{ $name }` is { $origin } now, in place of the address that the definition has: the shop's tokens and the app's client secret go there. Be sure that it is { $marketplace }'s
origin-replaced = `{ $name }` is { $origin } now, in place of the address that the definition has: what belongs to { $marketplace } only goes there. Be sure that it is { $marketplace }'s
bundle-imported = imported
bundle-would-import = would be imported
bundle-replaced = replaced
bundle-would-replace = would be replaced
bundle-unchanged = here already
not-a-recipient = an age recipient is wanted, which begins with age1
recipient-damaged = it is cut off or mistyped
migrated = migrated
migrate-unchanged = unchanged
migrate-failed = failed

would-connect = would connect { $profile } with the app { $app }
would-connect-and-register = would connect { $profile }, and register the app { $app }
import-environment = the environment
import-line = { " " }(line { $line })
ask-import = Connect { $name } with this
import-instead = tokens of the app { $name } are made in the marketplace's portal: make one there, and give it here
import-plain-file = { $file } still holds { $names } in plain text: delete what nothing else reads; if others could read the file, make a new client secret in the portal
import-plain-environment = the environment still holds { $names } in plain text: unset what nothing else reads
import-replaced = { $marketplace } has replaced the refresh token: the old one is worthless now, and programs that use it will fail
import-app-lacks = for a consent in a browser the app { $name } needs more: `{ $command }`

## Timers, and whoever is told

hook-failed = nobody was told that { $name } needs its seller: { $why }. The next `refresh` tries again
hook-message-broken = { $name } does not work any more: { $why }. Let the seller consent again: sellauth reauthorize { $name }
hook-message-due = { $name } needs a new consent soon: { $why }. Clear it: sellauth reauthorize { $name }
hook-message-secret = { $name } needs a new client secret soon: { $why }. Make one in the portal, then: sellauth app set { $app } --client-secret-stdin
timer-description = Renews the access of marketplace shops (sellauth)
timer-installed = the timer is installed: all shops are renewed every { $every }
timer-updated = the timer is up to date: all shops are renewed every { $every }
timer-removed = the timer is removed; nothing renews the shops any more
timer-absent = no timer is installed
    .hint = install one: sellauth timer install
timer-would-write = would write { $path }:
timer-would-remove = would remove { $path }
timer-would-run = would run:
timer-way-out = log in as this user without su or sudo and try again, or let cron do it. Add this line with `crontab -e`:
timer-way-out-task = try again, or make a task by hand that runs: { $program } refresh --all
timer-row-every = every
timer-row-runs = runs
timer-row-last = last run
timer-row-next = next run
timer-last-run-ended = { $time } (exit code { $code })
timer-last-run-killed = { $time } (ended by signal { $signal })
timer-last-code = exit code { $code }
timer-stale-missing = { $program } is not there any more, so the timer does nothing
timer-stale-program = the timer runs { $theirs }, and this is { $ours }
timer-stale-home = the timer looks for shops in another place than this command (SELLAUTH_HOME)
timer-stale-variables = the timer has other variables than this command
timer-stale-edited = the timer's files were changed by hand
timer-stale-edited-next = to replace them: sellauth timer install --force
timer-stale-incomplete = a file of the timer is missing, or does not belong to the others
timer-stale-inactive = the timer's files are there, but nothing starts it
timer-stale-next = bring it up to date: sellauth timer install
timer-stale-home-next = to make it look here instead: sellauth timer install --force
timer-usual-home = the usual place
timer-kept = the timer keeps these variables, which are not set here: { $names }
    .hint = to take them away: sellauth timer remove, then sellauth timer install
timer-no-linger = this timer stops when you log out, and begins again with the next login
    .hint = let it go on: loginctl enable-linger
timer-keyring = secrets are in the desktop's keyring, which may be locked while the timer runs
    .hint = see what it finds then: sellauth doctor --as-job systemd
timer-program-fleeting = the timer runs { $program }, which may be gone tomorrow
    .hint = install sellauth first (`cargo install`), then run `sellauth timer install` with that one
timer-program-versioned = the timer runs { $program }, which the next upgrade may replace
    .hint = after an upgrade see `sellauth timer status`
timer-secret = { $name } is a secret and was not written into the timer
    .hint = keep it in a file that only you can read, and install the timer with { $name }_FILE=FILE
timer-proxy = a proxy with a password or token was not written into the timer: { $names }
timer-variables = tasks of this system have no variables of their own; the timer does without { $names }
    .hint = set them for your user: setx NAME VALUE

## `sellauth` alone

overview-next = Next
overview-more = … and { $rest } more: `sellauth status` shows all
overview-connect = connect a shop; there are { $known }
overview-connect-with = connect a shop with the app `{ $app }`
overview-demo = or see the whole story first, without any account
overview-repair = find out what is wrong: { $names }
overview-reauthorize = a new consent is wanted: { $names }
overview-secret = the client secret of the app `{ $app }` ends soon; give the new one
overview-token = every shop works; this prints an access token
