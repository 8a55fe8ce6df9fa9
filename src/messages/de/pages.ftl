# What the seller reads in the browser, and the errors of the listener behind it.

page-language = de
page-close = Sie können dieses Fenster schließen und zum Terminal zurückkehren.
page-see-terminal = Kehren Sie zum Terminal zurück: dort steht, wie es weitergeht. Sie können dieses Fenster schließen.
page-start-again = Schließen Sie dieses Fenster und beginnen Sie im Terminal von vorn.

page-connected = Ihr Shop ist verbunden
page-shop = Shop
page-marketplace = Marktplatz
page-profile = Profil
page-connected-next = Dieser Befehl gibt jederzeit ein Zugriffstoken aus:

page-denied = Nicht verbunden
page-denied-text = Die Anfrage wurde abgebrochen, oder { $marketplace } hat sie abgelehnt. Es wurde nichts geändert.
page-denied-reason = Grund
page-denied-next = Sie können dieses Fenster schließen. Für einen neuen Versuch beginnen Sie im Terminal.

page-failed = Das hat nicht geklappt
page-failed-text = Es wurde nichts geändert.

page-wrong-shop = Das ist ein anderer Shop
page-wrong-shop-text = Sie waren mit dem Konto eines anderen Shops angemeldet. Es wurde nichts geändert.
page-expected = Erwartet
page-got = Angemeldet als
page-wrong-shop-next = Melden Sie sich in diesem Browser beim Marktplatz ab oder verwenden Sie ein privates Fenster. Beginnen Sie dann im Terminal von vorn und melden Sie sich mit dem erwarteten Shop an.

page-expired = Diese Anmeldung hat zu lange gedauert
page-expired-text = Der Marktplatz nimmt seine Antwort nicht mehr an. Es wurde nichts geändert.

page-already-done = Dieser Schritt ist schon erledigt
page-already-done-text = Die Antwort des Marktplatzes ist schon angekommen. In diesem Fenster ist nichts mehr zu tun.

page-interrupted = Das Programm wurde beendet
page-interrupted-text = Es endete, bevor der Shop verbunden war.

page-not-found = Hier gibt es nichts
page-not-found-text = Diese Adresse gehört zu einem Programm, das auf eine Antwort Ihres Marktplatzes wartet.

page-stray = Diese Antwort gehört zu keiner offenen Anmeldung
page-stray-text = Sie kommt vielleicht aus einem älteren Fenster oder von einer Anmeldung, die nicht hier begonnen wurde. Sie wurde ignoriert, und das Terminal wartet weiter.
page-stray-next = Schließen Sie dieses Fenster und fahren Sie in dem fort, das das Programm geöffnet hat, oder öffnen Sie die Adresse aus dem Terminal.

page-refused = Diese Anfrage wurde nicht angenommen
page-refused-text = So fragt kein Browser, der von einem Marktplatz zurückkommt. Die Anfrage wurde ignoriert.

listener-busy = Port { $port } ist von einem anderen Programm belegt
    .hint = das Programm beenden, das ihn belegt (`ss -ltnp` unter Linux, `lsof -i :{ $port }` unter macOS oder `netstat -ano` unter Windows nennt es), oder mit `--port` einen anderen Port nehmen; einem Marktplatz, der nur diese Redirect-URI kennt, muss zuerst die neue genannt werden
listener-forbidden = Port { $port } ist privilegierten Programmen vorbehalten
    .hint = mit `--port` einen Port über 1023 nehmen und die Redirect-URI mit diesem Port beim Marktplatz registrieren
listener-unavailable = auf der Loopback-Adresse dieses Rechners lässt sich nicht lauschen
    .hint = mit `--paste` geht es ohne Listener
listener-ambiguous = der Parameter „{ $name }“ kommt mehr als einmal vor
    .hint = die ganze Adresse der Seite kopieren, auf der der Browser gelandet ist, unverändert

relay-title = Zurück zum Terminal
relay-text = Kopieren Sie die Adresse dieser Seite und fügen Sie sie im Terminal ein.
relay-copy = Adresse kopieren
relay-copied = Kopiert
relay-nothing = Hier ist nichts angekommen
relay-nothing-next = Beginnen Sie noch einmal im Terminal.
relay-paste = Fügen Sie diese Adresse ein
relay-paste-text = Von hier geht der Browser nicht von selbst weiter.
relay-paste-label = Kopieren Sie diese Adresse und fügen Sie sie im Terminal ein:
relay-wait = Einen Moment
relay-wait-text = Es geht zurück zum Programm auf Ihrem Rechner …
relay-wait-label = Wenn dort niemand antwortet, kommen Sie hierher zurück, kopieren Sie diese Adresse und fügen Sie sie im Terminal ein:
