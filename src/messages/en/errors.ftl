# Errors. Lower case, no full stop; the hint says what to do next.

did-you-mean = did you mean `{ $name }`
command-missing = no command was given
see-help = see what it takes with `--help`

## Files

file-unknown-key = { $place }: `{ $key }` is no known key
file-nearest-key = did you mean `{ $key }`
file-known-keys = known keys: { $keys }
file-invalid = { $place }: { $reason }
    .hint = correct this line; nothing else was changed
file-unreadable = cannot read { $path }
    .hint = check that the file exists and that this user may read it
file-unwritable = cannot write { $path }
    .hint = check free space, and that its folder belongs to this user
folder-unreadable = cannot read the folder { $path }
    .hint = check that it belongs to this user
record-damaged = { $path } is damaged, or not written by sellauth
    .hint = it was left as it is: restore it from a backup, or remove it and run `sellauth reauthorize NAME`
home-missing = this user has no home folder
    .hint = set SELLAUTH_HOME to a folder of your own
store-unknown = `{ $name }` is no secret store
    .hint = SELLAUTH_STORE is keyring or file
stdout-failed = cannot write to stdout
    .hint = check what stdout is connected to, and its free space
stdin-unreadable = cannot read from stdin
    .hint = pipe the secret into the command
stdin-empty = the secret is empty
    .hint = pipe the secret into the command, for example `sellauth … < FILE`

## Names

name-unfit = `{ $name }` cannot be a name
    .hint = use up to 64 letters, digits, `-`, `_` and single dots, beginning with a letter or digit
name-taken = the name `{ $name }` is taken
    .hint = choose another one, or see what it is: `sellauth status { $name }`
name-connected = `{ $name }` is connected already
    .hint = the same shop again: `sellauth reauthorize { $name }`; another one: `--profile NEW`
name-imported = `{ $name }` is connected already
    .hint = choose another name with `--profile NEW`, or `--replace` it
profile-missing = no shop is called `{ $name }`
    .hint = `sellauth status` lists the connected shops
profile-ambiguous = several shops are connected to `{ $given }`: { $names }
    .hint = name one of them
profile-unnamed = several shops are connected: { $names }
    .hint = name one of them, or set SELLAUTH_PROFILE
nothing-connected = no shop is connected yet
    .hint = connect one with `sellauth connect MARKETPLACE`; `sellauth marketplaces` lists them
never-connected = `{ $name }` was never connected
    .hint = connect it: `sellauth reauthorize { $name }`
app-missing = no app is called `{ $name }`
    .hint = `sellauth app list` lists them, `sellauth app add` registers one
app-ambiguous = several apps fit: { $names }
    .hint = choose one with `--app NAME`
app-of-another = the app `{ $name }` belongs to { $belongs }
    .hint = `sellauth app list` shows which app belongs where
app-taken = an app is called `{ $name }` already
    .hint = choose another name with `--name N`, or change it: `sellauth app set { $name } --help`
app-in-use = `{ $name }` is used by { $users }
    .hint = disconnect these shops first
no-app = no app is registered for { $marketplace }
    .hint = register it: `{ $command }`

## Marketplaces

marketplace-missing = no marketplace is called `{ $id }`
    .hint = `sellauth marketplaces` lists them
marketplace-taken = { $path }: `{ $id }` is a built-in marketplace, which no file may replace
    .hint = give the file and its id another name
marketplace-faulty = { $path }: { $first }
    .hint = correct it, then run `sellauth marketplaces check FILE`
region-needed = { $marketplace } has several regions
    .hint = choose one with `--region`: { $known }
region-useless = { $marketplace } has no regions, so `{ $given }` cannot be one
    .hint = leave `--region` out
region-unknown = `{ $given }` is no known region
    .hint = known regions: { $known }
environment-unknown = `{ $given }` is no known environment
    .hint = known environments: { $known }
option-unknown = `{ $given }` is no known option
    .hint = known options: { $known }
option-useless = { $marketplace } has no options, so `{ $given }` cannot be one
    .hint = leave it out
value-unfit = `{ $value }` does not fit `{ $name }`
    .hint = use one line without blanks at its ends
value-example = it looks like this: { $example }
value-no-origin = `{ $name }` must be an https address without a path
    .hint = for example https://sellercentral.example.com
variable-needed = `{ $name }` is missing: { $prompt }
    .hint = give it with `--set { $name }=…`
variables-faulty = { $path }: { $reason }
    .hint = correct it; nothing else was changed
variable-unknown = { $marketplace } has no value called `{ $name }`
    .hint = it has: { $known }

## Apps

client-id-needed = the client id is missing
    .hint = give it with `--client-id ID`
client-secret-needed = the client secret is missing
    .hint = pipe it in with `--client-secret-stdin`, or set SELLAUTH_CLIENT_SECRET
client-secret-missing = the store has lost the app's client secret
    .hint = give it again: `sellauth app set NAME --client-secret-stdin`
scopes-needed = { $marketplace } wants the scopes of your app named
    .hint = give each with `--scope S`
redirect-uri-needed = { $marketplace } wants a redirect URI of your own
    .hint = give the registered one with `--redirect-uri https://…`
redirect-needed = the app has no redirect URI, and { $marketplace } takes no default one
    .hint = set the registered one: `sellauth app set NAME --redirect-uri https://…`
redirect-unfit = `{ $uri }` cannot be the redirect URI: { $reason }
    .hint = register one that fits in the marketplace's portal, and give exactly that
redirect-no-address = it must be an https address (http for this machine only), without fragment or user name
redirect-taken-parameter = its query must not hold `state`, `code` or `error`
redirect-loopback-only = the marketplace sends browsers to this machine only
redirect-https-only = { $marketplace } takes no address of this machine, only a registered https page
redirect-loopback-http = on this machine it is http, not https
redirect-loopback-host = on this machine its host is 127.0.0.1, [::1] or localhost
redirect-other-host = its host must be { $host }
port-registered = the registered redirect URI has port { $port }
    .hint = leave `--port` out, or register another redirect URI
app-remove-unconfirmed = removing `{ $name }` needs a confirmation
    .hint = add `--yes`
app-remove-declined = `{ $name }` was not removed

## Tokens

min-validity-too-long = no token is valid for { $least }: a fresh one lives { $life }
    .hint = ask for less with `--min-validity`
renewed-elsewhere = another process renewed the token, and it is not good enough
    .hint = try again
no-token = the renewal brought no token
    .hint = try again later
client-changed = the app was registered anew since this shop was connected
    .hint = let the seller consent again: `sellauth reauthorize NAME`
no-refresh-token = there is nothing to renew the access token with
    .hint = let the seller consent again: `sellauth reauthorize NAME`
secrets-missing = the store has lost the secrets of `{ $name }`
    .hint = let the seller consent again: `sellauth reauthorize { $name }`
secret-damaged = the secret { $key } is damaged
    .hint = nothing was deleted; restore the store from a backup, or run `sellauth reauthorize NAME`
refused = { $reason }
    .hint = let the seller consent again: `sellauth reauthorize NAME`
refused-grant = the marketplace no longer accepts this consent ({ $code })
grant-refused = the marketplace did not accept the consent
    .hint = try again: a code works once and for a short time only
grant-refused-in = the marketplace did not accept the consent
    .hint = try again: a code of this marketplace works once, and for { $life } only
invalid-client = the marketplace does not accept the app's client id or secret
    .hint = check both in its portal, then `sellauth app set NAME --client-secret-stdin`
invalid-scope = the marketplace does not give the app these scopes
    .hint = check them in its portal, then `sellauth app set NAME --scope …`
request-refused = the marketplace refused the request as wrong
    .hint = check the app's registration and redirect URI: `sellauth app show NAME`
template-failed = the request cannot be made from its definition
    .hint = check the app and the marketplace: `sellauth app show NAME`, `sellauth marketplaces show ID`
answer-incomplete = the marketplace's answer lacks what it should hold
    .hint = try again later; if it stays so, the definition is out of date
marketplace-unreachable = the marketplace cannot be reached
    .hint = check the network and proxy (HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE), and try again
marketplace-declined = { $reason }
    .hint = nothing was changed; do that, then run the command again
marketplace-busy = the marketplace cannot answer now
    .hint = try again later; nothing was lost
marketplace-busy-until = the marketplace asks to wait for { $seconds } s
    .hint = try again then; nothing was lost
client-setup = the https client cannot be set up
    .hint = check `ca_file` in config.toml, and SSL_CERT_FILE
revocation-failed = the marketplace could not be told, so `{ $name }` stays connected
    .hint = try again later, or forget it here all the same with `--force`

## Consent

consent-denied = the seller did not agree at { $marketplace }
    .hint = nothing was changed; run the command again to try once more
consent-failed = { $marketplace } failed during the consent ({ $code })
    .hint = nothing was changed; try again later
consent-refused = { $marketplace } refused the consent ({ $code })
    .hint = check the app's registration, scopes and redirect URI: `sellauth app show NAME`
issuer-mismatch = the answer came from another server than the one that was asked
    .hint = nothing was changed; start again, and close other login pages first
answer-unexpected = the answer is about something else: `{ $parameter }` differs from what was asked
    .hint = nothing was changed; sign in to the right shop, best in a private window
never-started-there = { $marketplace } starts no consent by itself, or none that could come back to this machine
    .hint = leave `--wait-for-marketplace` out
answer-without-code = { $marketplace } answered without a code
    .hint = nothing was changed; run the command again
wrong-shop = another shop consented than the one `{ $name }` belongs to
    .hint = nothing was changed; sign in to the right shop, best in a private window, or connect this one under a name of its own with `--profile NEW`
wrong-shop-cause = expected shop { $expected }, got shop { $got }
shop-unknown = the answer does not say which shop consented, so `{ $name }` was left as it is
    .hint = connect it under a name of its own with `--profile NEW`
nobody-answered = nobody answered at { $marketplace } in time
    .hint = run the command again, with `--timeout 30m` for more time
no-authorization-request = `{ $id }` has no consent page
import-only = `{ $environment }` of `{ $id }` takes no consent in a browser
    .hint = make a refresh token in the marketplace's portal, then `sellauth import { $id } --env { $environment }`
nothing-to-set = there is nothing to change about `{ $name }`
    .hint = say what: `--version`, `--scope` and others; `sellauth app set --help` names them
import-only-app = tokens of the app `{ $name }` are made in the marketplace's portal
    .hint = make a refresh token there, then `sellauth import { $id }`
import-again = the token of `{ $name }` was made in the marketplace's portal
    .hint = make a new one there, then `sellauth import { $id } --profile { $name } --replace`
import-useless = { $marketplace } has no refresh tokens
    .hint = connect the shop with `sellauth connect`
refresh-token-needed = the refresh token is missing
    .hint = pipe it in with `--refresh-token-stdin`
install-url-needed = { $marketplace } wants the app installed before the consent
    .hint = give the link with `--install-url URL`, or `--skip-install` if it is installed already
install-url-unfit = that is no https address
    .hint = copy the whole link from the marketplace's portal
paste-empty = nothing was pasted
    .hint = copy the whole address of the page the browser ended on
paste-no-answer = that is not the address of the page the browser ended on
    .hint = copy the whole address, after the consent; it holds `state=…`
paste-no-state = that address holds no `state`
    .hint = copy the whole address of the page the browser ended on, after the consent
paste-other-state = that address belongs to another login
    .hint = use the page that this command opened
browser-unfit = a quote is not closed in the browser command `{ $command }`
    .hint = quote it as in a shell, for example `--browser 'firefox --new-window %s'`
prompt-failed = cannot ask on this terminal
    .hint = give the value with a flag; `--help` names them
interrupted = interrupted
    .hint = nothing was left half-done
disconnect-unconfirmed = disconnecting `{ $name }` needs a confirmation
    .hint = add `--yes`
disconnect-declined = `{ $name }` stays connected
relay-no-address = `{ $url }` is no https address
    .hint = give the registered redirect URI
relay-unreachable = `{ $url }` cannot be reached
    .hint = check the address and its certificate
relay-wrong = `{ $url }` does not send browsers back to this machine (HTTP { $status })
    .hint = put the output of `sellauth relay` there, or one of `--nginx`, `--caddy`, `--apache`
demo-json = the demo tells a story, and has no JSON
    .hint = leave `--json` out
demo-failed = the demo cannot go on
    .hint = check that this machine's loopback network and temporary folder work
demo-wrong-shop-taken = the demo took another shop's consent
    .hint = please report this as a bug
demo-consent-failed = the demo's consent page did not answer
    .hint = start the demo again
demo-api-refused = the demo's API answered with HTTP { $status }
    .hint = start the demo again

## Definitions: what stands behind the key a fault is about

fault-file-name = it is `{ $id }`, but the file is called `{ $name }.toml`: both must be the same
fault-schema = this program reads schema 1
fault-id = use lower-case letters, digits and hyphens
fault-production = one must be called `production`
fault-twice = `{ $name }` is named twice
fault-date = write a date as 2026-11-22
fault-pattern = `{ $pattern }` is no regular expression
fault-default = the default does not match the pattern
fault-name = a name has lower-case letters, digits and underscores
fault-unknown-name = nothing is called `{"{"}{ $name }{"}"}`
fault-protocol-name = is a name of the protocol; choose another
fault-value-name = {"{"}{ $name }{"}"} must be a variable, or a value without placeholders
fault-unused = nothing uses it; if others do, name it in `exported`
fault-unused-nearest = nothing uses it; did you mean `{ $name }`
fault-options = { $most } at most
fault-header-name = `{ $name }` is no name of a header
fault-none = at least one is needed
fault-two-tokens = only one request of a sequence may yield the token
fault-no-token = no request yields an access token
fault-two-bodies = choose one of `form` and `json`
fault-needed = is needed for this grant
fault-useless = this grant has none
fault-secret = {"{"}{ $secret }{"}"} must not go where a browser or a person sees it
fault-state = {"{state}"} is no parameter: answers could be forged
fault-pkce = set it to "S256" if and only if {"{code_challenge}"} is sent
fault-modes = name at least one of loopback, relay, paste
fault-redirect-host = is localhost, 127.0.0.1 or [::1]
fault-host-name = {"{"}{ $name }{"}"} must not choose a host
fault-unverified = unverified `{ $value }` is no value of it
fault-loose-host = `{ $name }` is part of a host: give it a pattern of letters, digits and hyphens

## Causes

cause-unreachable = cannot reach { $host }
cause-lost = { $host } did not answer
cause-client = the certificates or proxy settings are wrong
cause-incomplete = the answer of { $host } lacks `{ $pointer }`
cause-answer = HTTP { $status }, { $code }
cause-no-oauth = no OAuth answer
cause-request = request { $id }
cause-template = `{ $text }` is no template: write placeholders as {"{name}"}
cause-missing = `{ $name }` has no value, and `{ $template }` needs one
cause-host = the value of `{ $name }` is not fit for a host name
cause-header = the value of `{ $name }` is not fit for a header
cause-address = `{ $address }` is no https address (http is for this machine only)
not-a-duration = `{ $text }` is no duration: write 90s, 5m, 12h or 30d
duration-too-long = `{ $text }` is longer than a hundred years
not-a-date = write it as 2026-11-22
not-a-pair = write it as NAME=VALUE
not-a-hash = give the first 16 hex digits of its SHA-256
