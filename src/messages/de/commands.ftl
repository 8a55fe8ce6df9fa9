# What the other commands say.

refresh-renewed = erneuert
refresh-not-due = nicht fällig
refresh-never-connected = nie verbunden
refresh-failed = fehlgeschlagen
refresh-lasts = hält bis { $end }
refresh-token = Token bis { $end }
refresh-failures =
    { NUMBER($failed) ->
        [one] { $failed } von { $total } Shops konnte nicht erneuert werden
       *[other] { $failed } von { $total } Shops konnten nicht erneuert werden
    }
refresh-error = { $name }: { $error }
refresh-error-app = { NUMBER($shops) ->
        [one] { $shops } Shop
       *[other] { $shops } Shops
    } der App { $app }: { $error }
refreshing = { $done } von { $total } Shops, noch { $left }
ask-client-id = Client-ID
ask-client-secret = Client Secret
ask-secret = Geheimnis
client-secret-lost = das Client Secret der App { $name } ist nicht auf diesem Rechner
ask-redirect-uri = Redirect-URI, wie registriert (https://…)
ask-app-kind = Welche Art von App ist es
ask-app-case = Welche App soll es sein
app-own = eine, die im Portal schon registriert ist
ask-client-name = Name der App beim Marktplatz ({ $hint })
ask-software-statement = ID der Software (Software Statement)
registration-page = lassen Sie den Verkäufer den Code auf dieser Seite erzeugen: { $url }
app-registered = App { $name } registriert
app-added = App { $name } hinzugefügt
app-set = App { $name } geändert
client-secret-proved = das neue Client Secret funktioniert: { $name } wurde damit erneuert
client-secret-unproved = der Marktplatz wurde nicht gefragt: ob das neue Client Secret funktioniert, zeigt sich bei der nächsten Verwendung
client-secret-healed = zuvor abgelehnt und jetzt erneuert: { $names }
client-secret-still-refused = { $name } wird weiterhin abgelehnt: { $error }
client-secret-grace = { $marketplace } nimmt das alte Client Secret nach dem Austausch noch { $grace } lang an: bis dahin braucht jeder andere Rechner das neue
app-kind-open = eine App ist nur von einer Art ({ $kinds }) und bleibt, als was sie registriert wurde: eine Anmeldung der anderen Art schlägt fehl
app-removed = App { $name } entfernt
app-unchanged = nichts geändert: die App { $name } hatte diese Werte schon
app-stopped = nicht mehr zu erneuern: { $names }. Die Zustimmung galt der Client-ID { $before }. Lassen Sie den Verkäufer erneut zustimmen: sellauth reauthorize; oder machen Sie es rückgängig: sellauth app set { $name } --client-id { $before }
app-secret-ends = das Client Secret läuft am { $day } ab. Erzeugen Sie im Portal des Marktplatzes ein neues, dann: sellauth app set { $name } --client-secret-stdin
shops = { NUMBER($shops) ->
        [one] { $shops } Shop
       *[other] { $shops } Shops
    }
app-made-due = eine neue Zustimmung ist fällig für { $names }; bis dahin läuft alles weiter. Erledigen: sellauth reauthorize
app-heading = APP | MARKTPLATZ | UMGEBUNG | VERSION | CLIENT-ID
ask-app-remove-waiting = App { $name } entfernen, obwohl die Antwort auf ihre Registrierung noch wartet: die einzige Kopie ihres Client Secret, das nie wieder kommt (--recover behält sie)
ask-app-remove = App { $name } und ihr Client Secret entfernen
no-apps = noch ist keine App registriert: sellauth app add MARKETPLACE
portal = im Portal eintragen ({ $url }):

app-elsewhere = für { $environment } ist eine App registriert: `--env { $environment }` anhängen, wenn diese gemeint ist
app-next = jetzt einen Shop verbinden: `{ $command }`
explain-heading = CODE | QUELLE
explain-title = { $code } – { $place }
explain-cause = was passiert ist:
explain-fix = was zu tun ist:
explain-link = mehr dazu:
explain-others = auch andere erklären das: { $places } (--marketplace ID zeigt einen davon)
new-ask-issuer = Issuer, falls sein Server veröffentlicht, was er kann (https://…; Enter: tut er nicht)
new-ask-name = Name, wie Verkäufer ihn kennen
new-ask-grant = Wie entsteht das erste Token
new-ask-grant-code = der Verkäufer stimmt in einem Browser zu (authorization_code)
new-ask-grant-device = der Verkäufer gibt auf irgendeinem Gerät einen Code ein (device_code)
new-ask-grant-client = ID und Secret der App genügen (client_credentials)
new-ask-grant-static = der Verkäufer kopiert einen Schlüssel aus dem Portal (static)
new-ask-authorization-endpoint = Zustimmungsseite (https://…)
new-ask-device-endpoint = Wo ein Gerät nach seinem Code fragt (https://…)
new-ask-token-endpoint = Token-Endpunkt (https://…)
new-ask-api-base = Adresse der API, für die die Token gelten
new-ask-client = Wie weist sich die App aus
new-ask-client-basic = im Header, HTTP Basic (client_secret_basic)
new-ask-client-post = im Formular (client_secret_post)
new-ask-client-none = gar nicht: sie hat kein Secret (none)
new-ask-pkce = Nimmt der Marktplatz PKCE an
new-ask-loopback = Nimmt er eine Redirect-URI auf diesem Rechner an (http://127.0.0.1)
new-ask-refresh-token = Gibt er Refresh-Token aus
new-ask-scopes = Scopes, durch Leerzeichen getrennt (Enter: keine)
new-ask-scopes-known = Scopes, durch Leerzeichen getrennt (Enter: keine; er nennt { $known })
new-published = { $issuer } veröffentlicht, was er kann: danach wird nicht mehr gefragt
new-next = durchsehen, dann Ihre App dafür registrieren: `sellauth app add { $id }`
new-next-static = durchsehen, dann den Shop verbinden: `sellauth connect { $id }`
diff-none = keine Definition besagt etwas anderes als bei der letzten Zustimmung eines Verkäufers
diff-then = { $id }, bei der letzten Zustimmung eines Verkäufers
diff-now = { $id }, jetzt
diff-unreadable = eine der beiden ist kein TOML, deshalb lässt sich nicht sagen, welche Hosts neu sind
diff-hosts = neue Hosts: { $hosts }
definition-changed = was sellauth über { $id } weiß, hat sich seit der Zustimmung eines Verkäufers geändert: `sellauth marketplaces diff { $id }` zeigt, wie
marketplace-heading = MARKTPLATZ | NAME | REGIONEN
marketplace-fine = { $id } ist in Ordnung

relay-fine = { $url } schickt Browser zu diesem Rechner zurück
exec-sdk = der Befehl bekommt die langlebigen Geheimnisse von { $name }, nicht nur ein Token: starten Sie nichts, dem Sie diese nicht anvertrauen würden
api-busy = die API ist ausgelastet; neuer Versuch in { $seconds } s
renamed = { $old } in { $new } umbenannt
locked = gesperrt: das nächste Token jedes Shops kommt aus dessen Speicher
disconnected = { $name } getrennt
disconnect-consequence = Skripte, die `sellauth token { $name }` verwenden, funktionieren dann nicht mehr, und nur eine neue Zustimmung des Verkäufers macht das rückgängig
ask-disconnect = { $name } trennen
remark-no-refresh-token = es kam kein Refresh-Token: nichts kann diese Verbindung erneuern, und sie endet mit ihrem ersten Zugriffstoken. Lassen Sie den Marktplatz der App Refresh-Token geben (`sellauth app show APP` zeigt, was sein Portal braucht), und lassen Sie dann den Verkäufer erneut zustimmen: sellauth reauthorize
disconnect-key-stays = { $marketplace } hat davon nichts erfahren: was eingegeben wurde, gilt dort, bis es gelöscht wird: { $place }
disconnect-credentials-stay = { $marketplace } hat davon nichts erfahren: Client-ID und Secret der App gelten dort, bis sie gelöscht werden: { $place }
disconnect-consent-stays = { $marketplace } hat davon nichts erfahren: die Zustimmung gilt dort, bis der Verkäufer sie zurücknimmt: { $place }
disconnect-in-portal = im Portal oder in den Kontoeinstellungen des Verkäufers
disconnect-by-hand = { $marketplace } lässt sich das von keinem Programm sagen; entfernen Sie die App dort: { $url }

log-heading = ZEIT (UTC) | EREIGNIS | PROFIL | SHOP | DURCH | EINZELHEIT
log-app = App { $name }
log-was = vorher { $name }
log-empty = es ist nichts aufgezeichnet
log-broken =
    { NUMBER($lines) ->
        [one] { $lines } Zeile des Protokolls ist beschädigt und wurde ausgelassen
       *[other] { $lines } Zeilen des Protokolls sind beschädigt und wurden ausgelassen
    }

receipt-removed = entfernt
receipt-kept = behalten
receipt-never-connected = es hatte niemand zugestimmt, also gibt es nichts zu widerrufen
receipt-app-unused = kein Shop verwendet mehr die App { $name }. Wird sie nicht mehr gebraucht: sellauth app remove { $name }
receipt-revoked = { $marketplace } hat die Zustimmung beendet
trace-token-set = Tokensatz
trace-token-at-hand = bereitgehaltenes Token
trace-journal = Journal
trace-spill = Auffangdatei
trace-record = Datensatz
trace-profile = Profil
trace-app = App
trace-log = Protokoll

status-heading = PROFIL | SHOP | REGION | UMGEBUNG | VERSION | STATUS | ABLAUF | GRUND
no-such-label = kein verbundener Shop hat dieses Label
checking = frage nach { $name } …
no-ends = es ist kein Ablauf bekannt, also gibt es keinen Kalender
status-next-secret = erzeugen Sie im Portal des Marktplatzes ein neues Client Secret, dann: sellauth app set { $app } --client-secret-stdin
status-next = erledigen, was fällig ist: sellauth reauthorize
state-connected = verbunden
state-due = fällig
state-reauthorization-required = Zustimmung nötig
state-entry-required = neu eingeben
state-secrets-missing = Geheimnisse fehlen
reason-never-connected = es hat noch niemand zugestimmt
reason-secrets-missing = der Speicher hat seine Geheimnisse verloren
reason-refresh-token-expired = zu lange nicht erneuert: das Refresh-Token ist abgelaufen
reason-authorization-expired = die Zustimmung ist abgelaufen
reason-incident = zusammen mit anderen Shops abgelehnt: vermutlich eine Störung des Marktplatzes, neuer Versuch ab { $probe }
reason-client-changed = die App wurde neu registriert
reason-app-version = die App hat Version { $wanted }, die Zustimmung gilt für { $granted }
reason-app-version-first = die App hat Version { $wanted }, die Zustimmung stammt aus der Zeit, bevor Versionen festgehalten wurden
reason-scopes-missing = noch nicht gewährt: { $scopes }
reason-authorization-ends = die Zustimmung läuft am { $day } ab
reason-secret-first = { $why }, und das Client Secret der App schon am { $day }
reason-unused-ends = der Marktplatz entzieht der App am { $day } den Zugriff, wenn sie nicht benutzt wird: `sellauth refresh`
end-authorization = Zustimmung
end-authorization-of = sellauth: Die Zustimmung von { $whose } läuft ab
end-authorization-cure = Lassen Sie den Verkäufer vorher erneut zustimmen: sellauth reauthorize { $whose }
end-client-secret = Secret
end-client-secret-of = sellauth: Das Client Secret der App { $whose } läuft ab
end-client-secret-cure = Erzeugen Sie vorher im Portal des Marktplatzes ein neues, dann: sellauth app set { $whose } --client-secret-stdin
end-refresh-token = Token
end-refresh-token-of = sellauth: Das Refresh-Token von { $whose } läuft ab
end-refresh-token-cure = Erneuern Sie es vorher, per Cron oder von Hand: sellauth refresh { $whose }
end-none = unbefristet
end-unused = ungenutzt
end-unused-of = sellauth: Der Marktplatz entzieht der App den Zugriff auf { $whose }, wenn sie nicht benutzt wird
end-unused-cure = Erneuern Sie vorher ein Token, per Cron oder von Hand: sellauth refresh { $whose }
reason-client-secret-ends = das Client Secret der App läuft am { $day } ab: `sellauth app set`

exported = exportiert: { $names }
export-moved = exportiert und hier entfernt: { $names }; dem Marktplatz wurde nichts gesagt
export-without-secrets = { $why }: wird als Wunsch exportiert, ohne Zustimmung
export-rotates = von { $names } gibt es jetzt zwei Kopien, und nur eine davon kann weiterleben: bei jeder Erneuerung ersetzt der Marktplatz das Refresh-Token und lehnt die Kopie mit dem alten ab; nutzen Sie nur einen Rechner und verwerfen Sie die andere Kopie (`--move` tut das hier)
ask-export-passphrase = Passphrase des Pakets
ask-export-passphrase-again = Dieselbe noch einmal
ask-bundle-passphrase = Passphrase des Pakets
bundle-app-lacks = die App { $name } hat noch kein Client Secret: `sellauth app set { $name } --client-secret-stdin`
bundle-rotates = nur eine Kopie von { $names } kann weiterleben: bei jeder Erneuerung ersetzt der Marktplatz das Refresh-Token und lehnt die Kopie mit dem alten ab; verwerfen Sie dort, woher das Paket kommt, was übrig ist, mit `sellauth export NAME --move > FILE` (`disconnect` kann die Zustimmung für beide beenden)
bundle-brings = das Paket bringt { $path } mit, einen Marktplatz seines Besitzers: er bestimmt, wohin die Geheimnisse seiner Shops gehen
origin-gets-secret = `{ $name }` ist jetzt { $origin } anstelle der Adresse aus der Definition: dorthin gehen die Token des Shops und das Client Secret der App. Vergewissern Sie sich, dass sie { $marketplace } gehört
origin-replaced = `{ $name }` ist jetzt { $origin } anstelle der Adresse aus der Definition: dorthin geht, was nur { $marketplace } zusteht. Vergewissern Sie sich, dass sie { $marketplace } gehört
bundle-imported = importiert
bundle-would-import = würde importiert
bundle-replaced = ersetzt
bundle-would-replace = würde ersetzt
bundle-unchanged = schon hier
not-a-recipient = es ist ein age-Empfänger nötig, der mit age1 beginnt
recipient-damaged = er ist abgeschnitten oder vertippt
migrated = umgezogen
migrate-unchanged = unverändert
migrate-failed = fehlgeschlagen

would-connect = würde { $profile } mit der App { $app } verbinden
would-connect-and-register = würde { $profile } verbinden und die App { $app } registrieren
import-environment = die Umgebung
import-line = { " " }(Zeile { $line })
ask-import = { $name } damit verbinden
import-instead = Token der App { $name } werden im Portal des Marktplatzes erzeugt: erzeugen Sie dort eines und geben Sie es hier ein
import-plain-file = { $file } enthält noch im Klartext: { $names }. Löschen Sie, was sonst nichts liest; falls andere die Datei lesen konnten, erzeugen Sie im Portal ein neues Client Secret
import-plain-environment = die Umgebung enthält noch im Klartext: { $names }. Entfernen Sie daraus, was sonst nichts liest
import-replaced = { $marketplace } hat das Refresh-Token ersetzt: das alte ist jetzt wertlos, und Programme, die es verwenden, scheitern
import-app-lacks = für eine Zustimmung im Browser braucht die App { $name } noch mehr: `{ $command }`

## Timers, and whoever is told

hook-failed = niemand hat erfahren, dass { $name } seinen Verkäufer braucht: { $why }. Der nächste `refresh` versucht es noch einmal
hook-message-broken = { $name } funktioniert nicht mehr: { $why }. Lassen Sie den Verkäufer erneut zustimmen: sellauth reauthorize { $name }
hook-message-due = { $name } braucht bald eine neue Zustimmung: { $why }. Erledigen: sellauth reauthorize { $name }
hook-message-secret = { $name } braucht bald ein neues Client Secret: { $why }. Erzeugen Sie eines im Portal, dann: sellauth app set { $app } --client-secret-stdin
timer-description = Erneuert den Zugriff auf Marktplatz-Shops (sellauth)
timer-installed = der Timer ist installiert: alle Shops werden im Abstand von { $every } erneuert
timer-updated = der Timer ist auf dem neuesten Stand: alle Shops werden im Abstand von { $every } erneuert
timer-removed = der Timer ist entfernt; nichts erneuert die Shops mehr
timer-absent = es ist kein Timer installiert
    .hint = einen installieren: sellauth timer install
timer-would-write = würde { $path } schreiben:
timer-would-remove = würde { $path } entfernen
timer-would-run = würde ausführen:
timer-way-out = direkt als dieser Benutzer anmelden, ohne su oder sudo, und es noch einmal versuchen, oder es Cron überlassen: mit `crontab -e` diese Zeile hinzufügen:
timer-way-out-task = es noch einmal versuchen oder von Hand eine Aufgabe anlegen, die das ausführt: { $program } refresh --all
timer-row-every = Abstand
timer-row-runs = Befehl
timer-row-last = letzter Lauf
timer-row-next = nächster Lauf
timer-last-run-ended = { $time } (Exit-Code { $code })
timer-last-run-killed = { $time } (durch Signal { $signal } beendet)
timer-last-code = Exit-Code { $code }
timer-stale-missing = { $program } ist nicht mehr da, deshalb bewirkt der Timer nichts
timer-stale-program = der Timer führt { $theirs } aus, und das hier ist { $ours }
timer-stale-home = der Timer sucht die Shops an einem anderen Ort als dieser Befehl (SELLAUTH_HOME)
timer-stale-variables = der Timer hat andere Variablen als dieser Befehl
timer-stale-edited = die Dateien des Timers wurden von Hand geändert
timer-stale-edited-next = sie ersetzen: sellauth timer install --force
timer-stale-incomplete = eine Datei des Timers fehlt oder gehört nicht zu den anderen
timer-stale-inactive = die Dateien des Timers sind da, aber nichts startet ihn
timer-stale-next = ihn auf den neuesten Stand bringen: sellauth timer install
timer-stale-home-next = ihn stattdessen hier suchen lassen: sellauth timer install --force
timer-usual-home = der übliche Ort
timer-kept = der Timer behält diese Variablen, die hier nicht gesetzt sind: { $names }
    .hint = sie wegnehmen: sellauth timer remove, dann sellauth timer install
timer-no-linger = dieser Timer hält an, wenn Sie sich abmelden, und läuft erst nach der nächsten Anmeldung weiter
    .hint = ihn weiterlaufen lassen: loginctl enable-linger
timer-keyring = Geheimnisse liegen im Schlüsselbund des Desktops, der gesperrt sein kann, während der Timer läuft
    .hint = nachsehen, was er dann vorfindet: sellauth doctor --as-job systemd
timer-program-fleeting = der Timer führt { $program } aus, und das kann morgen weg sein
    .hint = zuerst sellauth installieren (`cargo install`), dann mit dem installierten ausführen: `sellauth timer install`
timer-program-versioned = der Timer führt { $program } aus, und das nächste Upgrade ersetzt es womöglich
    .hint = nach einem Upgrade nachsehen: `sellauth timer status`
timer-secret = { $name } ist ein Geheimnis und wurde nicht in den Timer geschrieben
    .hint = es in einer Datei aufbewahren, die nur Sie lesen können, und den Timer mit { $name }_FILE=FILE installieren
timer-proxy = ein Proxy mit Passwort oder Token wurde nicht in den Timer geschrieben: { $names }
timer-variables = Aufgaben dieses Systems haben keine eigenen Variablen; der Timer läuft ohne { $names }
    .hint = sie für Ihren Benutzer setzen: setx NAME VALUE

## `sellauth` alone

overview-next = Als Nächstes
overview-more = … und noch { $rest }: `sellauth status` zeigt alle
overview-connect = einen Shop verbinden; es gibt { $known }
overview-connect-with = einen Shop mit der App `{ $app }` verbinden
overview-demo = oder zuerst die ganze Geschichte ansehen, ganz ohne Konto
overview-repair = herausfinden, was nicht stimmt: { $names }
overview-reauthorize = eine neue Zustimmung ist nötig: { $names }
overview-secret = das Client Secret der App `{ $app }` läuft bald ab; das neue eingeben
overview-token = jeder Shop funktioniert; das gibt ein Zugriffstoken aus
