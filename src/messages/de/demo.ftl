# The story that `sellauth demo` tells.

demo-open = Ein Marktplatz öffnet
demo-open-text = Er ist klein, läuft auf diesem Rechner unter { $origin } und spricht wirklich OAuth 2.0.
demo-headless = Hier gibt es keine Anzeige: statt eines Browsers bestätigt die Demo selbst.
demo-app = 1. Sie registrieren Ihre App, ein einziges Mal
demo-app-text = Das Client Secret kommt in den Geheimnisspeicher, nicht in eine Ihrer Dateien.
demo-connect = 2. Der Verkäufer stimmt zu, ein einziges Mal
demo-connect-text = Der Browser öffnet die Seite des Marktplatzes und kehrt zu einem Listener auf diesem Rechner zurück.
demo-token = 3. Skripte bekommen ein Token, jederzeit
demo-token-text = Das gespeicherte Token ist gültig, also wird niemandem etwas geschickt.
demo-asked = Anfragen an den Marktplatz in dieser Zeit: { $requests }
demo-renew = 4. Das Token läuft ab und wird erneuert
demo-renew-text = Eine Anfrage, egal wie viele Skripte gleichzeitig fragen. Dieser Marktplatz tauscht seine Refresh-Token bei jeder Erneuerung aus: das neue ist gespeichert, bevor das Token ausgegeben wird.
demo-version = 5. Ihre App wächst
demo-version-text = Version 1.1 will einen Scope mehr. Jetzt ist die Zustimmung des Verkäufers fällig; die alte gilt weiter.
demo-works-on = Bis der Verkäufer erneut zugestimmt hat, laufen Skripte weiter wie bisher:
demo-wrong-shop = 6. Der falsche Shop antwortet
demo-wrong-shop-text = Der Browser ist noch bei einem anderen Shop angemeldet. Dessen Zustimmung ändert nichts, und der richtige Shop läuft weiter.
demo-reauthorize = 7. Sie erledigen, was fällig ist
demo-reauthorize-text = Die alten Token gelten, bis die neuen gespeichert sind. Erst dann werden sie widerrufen.
demo-disconnect = 8. Sie trennen den Shop
demo-disconnect-text = Die Zustimmung wird beim Marktplatz widerrufen, dann werden ihre Geheimnisse hier entfernt.
demo-end = Das war die ganze Geschichte
demo-end-text = Alles lag in einem temporären Ordner, der jetzt weg ist. Jetzt Ihr eigener Shop: sellauth connect MARKETPLACE
demo-serve =

    Der Marktplatz ist unter { $origin } geöffnet. In einem anderen Terminal:

      export SELLAUTH_HOME={ $home } SELLAUTH_STORE=file
      sellauth connect demo
      sellauth token demo

    Strg-C schließt ihn.
demo-served =

    Der Marktplatz ist geschlossen, sein Ordner ist weg. Im anderen Terminal: unset SELLAUTH_HOME SELLAUTH_STORE
demo-note = Demo Market läuft auf diesem Rechner und vergisst alles, wenn es schließt.
