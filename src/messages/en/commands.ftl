# What the other commands say.

refresh-renewed = renewed
refresh-not-due = not due
refresh-failed = failed
refresh-lasts = lasts until { $end }
refresh-token = token until { $end }
refresh-failures = { $failed } of { $total } shops could not be renewed
refresh-error = { $name }: { $error }
refreshing = { $done } of { $total } shops, { $left } left
ask-client-id = Client id
ask-client-secret = Client secret
ask-redirect-uri = Redirect URI, as registered (https://…)
app-added = added app { $name }
app-set = changed app { $name }
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

status-heading = PROFILE | SHOP | REGION | ENV | VERSION | STATE | WHY
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
reason-client-secret-ends = the app's client secret ends on { $day }: `sellauth app set`
