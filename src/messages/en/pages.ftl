# What the seller reads in the browser, and the errors of the listener behind it.

page-language = en
page-close = You can close this window and go back to the terminal.
page-see-terminal = Go back to the terminal: it says how things stand. You can close this window.
page-start-again = Close this window and start again from the terminal.

page-connected = Your shop is connected
page-shop = Shop
page-marketplace = Marketplace
page-profile = Profile
page-connected-next = This prints an access token whenever you need one:

page-denied = Not connected
page-denied-text = The request was cancelled, or { $marketplace } declined it. Nothing was changed.
page-denied-reason = Reason
page-denied-next = You can close this window. To try again, start from the terminal.

page-failed = This did not work
page-failed-text = Nothing was changed.

page-wrong-shop = This is another shop
page-wrong-shop-text = You were signed in with the account of a different shop. Nothing was changed.
page-expected = Expected
page-got = Signed in as
page-wrong-shop-next = Sign out of the marketplace in this browser, or use a private window. Then start again from the terminal, and sign in with the expected shop.

page-expired = This login took too long
page-expired-text = The marketplace no longer accepts the code that it sent. Nothing was changed.

page-already-done = This step is already done
page-already-done-text = The answer of the marketplace has arrived before. There is nothing left to do in this window.

page-interrupted = The program was stopped
page-interrupted-text = It ended before the shop was connected.

page-not-found = There is nothing here
page-not-found-text = This address belongs to a program that waits for an answer of your marketplace.

page-stray = This answer belongs to no open login
page-stray-text = It may come from an older window, or from a login that was not started here. It was ignored, and the terminal goes on waiting.
page-stray-next = Close this window and go on in the one that the program opened, or open the address in the terminal.

page-refused = This request was not accepted
page-refused-text = It is not what a browser sends on its way back from a marketplace. It was ignored.

listener-busy = port { $port } is taken by another program
    .hint = end the program that has it (`ss -ltnp` on Linux, `lsof -i :{ $port }` on macOS or `netstat -ano` on Windows names it), or take another port with `--port`; a marketplace that knows only this redirect URI must be told the new one first
listener-forbidden = port { $port } is reserved for privileged programs
    .hint = take a port above 1023 with `--port`, and register the redirect URI with that port at the marketplace
listener-unavailable = cannot listen on this machine's loopback address
    .hint = use `--paste` to do without a listener
listener-ambiguous = the parameter “{ $name }” comes more than once
    .hint = copy the whole address of the page the browser ended on, unchanged

relay-title = Back to the terminal
relay-text = Copy the address of this page and paste it into the terminal.
relay-copy = Copy the address
relay-copied = Copied
relay-nothing = Nothing arrived here
relay-nothing-next = Start again from the terminal.
relay-paste = Paste this address
relay-paste-text = The browser does not go on by itself from here.
relay-paste-label = Copy this address and paste it into the terminal:
relay-wait = One moment
relay-wait-text = Going back to the program on your computer …
relay-wait-label = If nothing answers there, come back here, copy this address and paste it into the terminal:
