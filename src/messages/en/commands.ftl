# What the other commands say.

refresh-renewed = renewed
refresh-not-due = not due
refresh-never-connected = never connected
refresh-failed = failed
refresh-lasts = lasts until { $end }
refresh-token = token until { $end }
refresh-failures = { $failed } of { $total } shops could not be renewed
refresh-error = { $name }: { $error }
refresh-error-app = { $shops } shops of the app { $app }: { $error }
refreshing = { $done } of { $total } shops, { $left } left
ask-client-id = Client id
ask-client-secret = Client secret
ask-secret = Secret
client-secret-lost = the store has lost the client secret of the app { $name } as well
ask-redirect-uri = Redirect URI, as registered (https://…)
app-added = added app { $name }
app-set = changed app { $name }
client-secret-proved = the new client secret works: { $name } was renewed with it
client-secret-unproved = nothing was asked of the marketplace: whether the new client secret works shows at the next renewal
client-secret-healed = refused before, and renewed now: { $names }
client-secret-still-refused = { $name } is still refused: { $error }
client-secret-grace = { $marketplace } takes the old client secret for { $grace } after it was replaced: until then every other machine needs the new one
app-removed = removed app { $name }
app-made-due = a new consent is due for { $names }; they work on until then. Clear it: sellauth reauthorize
app-heading = APP | MARKETPLACE | ENV | VERSION | CLIENT ID
ask-app-remove = Remove the app { $name } and its client secret
no-apps = no app is registered yet: sellauth app add MARKETPLACE
portal = enter this in the portal ({ $url }):

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
disconnect-by-hand = { $marketplace } cannot be told by a program; remove the app there: { $url }

log-heading = TIME (UTC) | EVENT | PROFILE | SHOP | BY | DETAIL
log-broken = { $lines } lines of the log are damaged, and were left out

receipt-removed = removed
receipt-kept = kept
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
status-next = clear what is due: sellauth reauthorize
state-connected = connected
state-due = due
state-reauthorization-required = consent needed
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
reason-unused-ends = the marketplace withdraws the app on { $day } unless it is used: `sellauth refresh`
end-authorization = consent
end-authorization-of = the consent of { $whose } ends
end-authorization-cure = Let the seller consent again before: sellauth reauthorize { $whose }
end-client-secret = secret
end-client-secret-of = the client secret of the app { $whose } ends
end-client-secret-cure = Make a new one in the marketplace's portal before, then: sellauth app set { $whose } --client-secret-stdin
end-refresh-token = token
end-refresh-token-of = the refresh token of { $whose } ends
end-refresh-token-cure = Renew it before, from cron or by hand: sellauth refresh { $whose }
end-unused = unused
end-unused-of = the marketplace withdraws the app from { $whose } if it is not used
end-unused-cure = Renew a token before, from cron or by hand: sellauth refresh { $whose }
reason-client-secret-ends = the app's client secret ends on { $day }: `sellauth app set`

exported = exported { $names }
export-moved = exported { $names }, and removed from here; the marketplace was told nothing
export-without-secrets = { $why }: it is exported as a wish, without a consent
export-rotates =
    note: there are two copies of { $names } now, and only one of them can live: at each renewal the marketplace replaces
      the refresh token, and refuses the copy that holds the old one. Use one machine only, and forget the other copy
      (`--move` does so here)
ask-export-passphrase = Passphrase of the bundle
ask-export-passphrase-again = The same once more
ask-bundle-passphrase = Passphrase of the bundle
bundle-brings = the bundle brings { $path }, a marketplace of its owner's: it decides where its shops' secrets go
bundle-imported = imported
bundle-would-import = would be imported
bundle-replaced = replaced
bundle-would-replace = would be replaced
bundle-unchanged = here already
not-a-recipient = it is an age recipient, which begins with age1
migrated = migrated
migrate-unchanged = unchanged
migrate-failed = failed

import-environment = the environment
import-line = { " " }(line { $line })
ask-import = Connect { $name } with this
import-instead = tokens of the app { $name } are made in the marketplace's portal: make one there, and give it here
import-plain-file = { $file } still holds { $names } in plain text: delete what nothing else reads; if others could read the file, make a new client secret in the portal
import-plain-environment = the environment still holds { $names } in plain text: unset what nothing else reads
import-replaced = { $marketplace } has replaced the refresh token: the old one is worthless now, and programs that use it will fail
import-app-lacks = for a consent in a browser the app { $name } needs more: `{ $command }`
