# The story that `sellauth demo` tells.

demo-open = A marketplace opens
demo-open-text = It is small, it lives on this machine at { $origin }, and it really speaks OAuth 2.0.
demo-headless = No display here: instead of a browser, the demo itself presses Confirm.
demo-app = 1. You register your app, once
demo-app-text = The client secret goes into the secret store, not into a file of yours.
demo-connect = 2. The seller consents, once
demo-connect-text = The browser opens the marketplace's page and comes back to a listener on this machine.
demo-token = 3. Scripts get a token, at any time
demo-token-text = The token on file is valid, so nothing is sent to anyone.
demo-asked = Requests to the marketplace meanwhile: { $requests }
demo-renew = 4. The token ends, and is renewed
demo-renew-text = One request, however many scripts ask at once. This marketplace rotates its refresh tokens: the new one is stored before the token is handed out.
demo-version = 5. Your app grows
demo-version-text = Version 1.1 wants one more scope. The seller's consent is now due; the old one works on.
demo-works-on = Until the seller has consented again, scripts go on as before:
demo-wrong-shop = 6. The wrong shop answers
demo-wrong-shop-text = The browser is still signed in to another shop. Its consent changes nothing, and the right shop works on.
demo-reauthorize = 7. You clear what is due
demo-reauthorize-text = The old tokens stay in force until the new ones are stored. Only then are they revoked.
demo-disconnect = 8. You disconnect the shop
demo-disconnect-text = The consent is revoked at the marketplace, then its secrets are removed here.
demo-end = That was the whole story
demo-end-text = Everything lived in a temporary folder, which is gone now. Now your own shop: sellauth connect MARKETPLACE
demo-serve =

    The marketplace is open at { $origin }. In another terminal:

      export SELLAUTH_HOME={ $home } SELLAUTH_STORE=file
      sellauth connect demo
      sellauth token demo

    Ctrl-C closes it.
demo-served =

    The marketplace is closed, and its folder gone. In the other terminal: unset SELLAUTH_HOME SELLAUTH_STORE
demo-note = Demo Market runs on this computer and forgets everything when it closes.
