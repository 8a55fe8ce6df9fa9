# What a person reads around the browser.

note-mark = note:
open-installation = Install the app at { $marketplace } in your browser. If it does not open, use this address:
open-consent = Consent at { $marketplace } in your browser. If it does not open, use this address:
installation-at = Install the app at { $marketplace }, in a browser at this address:
consent-at = Consent at { $marketplace }, in a browser at this address:
open-confirmation = { $marketplace } has begun the consent itself. Go on in your browser. If it does not open, use this address:
confirmation-at = { $marketplace } has begun the consent itself. Go on in the same browser, at this address:
open-code = Consent at { $marketplace } with a browser on any device. Open this address:
enter-code = Enter this code there, or compare it with the one that is shown:
browser-failed = no browser could be started; open the address yourself
over-ssh = you are logged in from another computer; run this line there, and a browser there can come back to this command. If that is not the address you log in to, use yours:
in-container = this is a container: no browser opens here, and one outside may not be able to come back here
no-screen = no screen is here, so no browser was opened; use one on any computer
hand-over = to hand over the address of the page the browser ended on, run this on a terminal, or with `--paste`
start-there = Start the renewal at { $marketplace }, in the list of your apps: { $url }
started-next = send the seller there, then pipe the address the browser ended on into: sellauth connect --finish { $handle }
fixed-port-busy = port { $port } is taken, so a consent that { $marketplace } starts itself cannot come back here
port-flooded = a program or a web page on this machine keeps thousands of connections to port { $port } open; if the browser does not come back, paste the address of the page it ended on
waiting = Waiting for the answer …
waiting-interactive =
    Waiting for the answer … Enter gives more time.
    If the browser does not come back, paste the address of the page it ended on.
waiting-for-paste = Then paste the address of the page the browser ended on:
waiting-installation = Press Enter once the app is installed, or if it was already; + and Enter gives more time.
waiting-for-code = Waiting for the answer … This goes on by itself once you have consented.
time-left = { $left } left
time-left-or-more = { $left } left · Enter: { $more } more
time-ends = The wait ends in a minute.
answered = The answer is here. Fetching the tokens from { $marketplace } …
connected = connected { $name } (shop { $shop })
connected-unnamed = connected { $name }
connected-next = a valid access token, whenever you need one: sellauth token { $name }
consent-covers = one consent covers all of { $area }: `{ $name }` has it already, and its tokens work here too
no-app-yet = no app of yours is registered for { $marketplace } yet; this is asked once
ask-region = Region
ask-same-shop = `{ $name }` is connected already. Which shop is it this time
same-shop = the same shop again
another-shop = another shop
reason-without-option = the consent was given with the option { $options }
sells-elsewhere = this shop does not sell in { $region }, only in { $there }: if that is not what you want, `sellauth disconnect { $name }`, and connect again with another `--region`
ask-name = Name of the other shop
ask-install-url = Installation link (empty: installed already)
ask-refresh-token = Refresh token
ask-passphrase = Passphrase of the secret files
waiting-for-lock = waiting for another sellauth command that is renewing the same shop …

counted = { $number } of { $total }:
reauthorizing = { $name }: { $why }
ask-go-on = Open the browser for { $name }
skipped = { $name } was skipped
reauthorized = reauthorized { $name }
still-due = { $name } is still due: { $why }
nothing-due = no consent is due
reason-asked = asked for by name
heading-profile = PROFILE
heading-why = WHY
