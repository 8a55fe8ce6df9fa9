# Errors. Lower case, no full stop; the hint says what to do next.
#
# Glossary (English → German)
#
#   access token, refresh token   das Zugriffstoken, das Refresh-Token (plural: die Token)
#   answer                        die Antwort
#   app, app version              die App, die App-Version
#   bundle                        das Paket
#   client id, client secret      die Client-ID, das Client Secret (as the portals show it)
#   command                       der Befehl
#   connect, disconnect           verbinden, trennen
#   consent; to consent           die Zustimmung; zustimmen
#   consent again, reauthorize    erneut zustimmen
#   consent page                  die Zustimmungsseite
#   definition                    die Definition
#   due                           fällig
#   end, ends (of validity)       der Ablauf, läuft ab
#   enter (a key) anew            neu eingeben
#   environment                   die Umgebung (both: of a marketplace, and of a process)
#   give, name (a flag)           angeben
#   grant; granted                gewähren; gewährt
#   hand out (a token)            ausgeben
#   incident                      die Störung
#   installation link             der Installationslink
#   keyring                       der Schlüsselbund
#   kind (of an app)              die Art
#   listener                      der Listener
#   lock                          die Sperre
#   machine                       der Rechner
#   marketplace, portal           der Marktplatz, das Portal
#   notice: note, hint, warning   Hinweis, Tipp, Warnung
#   paste                         einfügen
#   profile, region               das Profil, die Region
#   record, journal, log          der Datensatz, das Journal, das Protokoll
#   redirect URI, Login URI       die Redirect-URI, die Login-URI
#   refuse, decline               ablehnen
#   register                      registrieren
#   renew, renewal                erneuern, die Erneuerung
#   revoke, take back             widerrufen, zurücknehmen
#   scope                         der Scope
#   seal, sealed file             versiegeln, versiegelte Datei
#   secret                        das Geheimnis (of an app: das Client Secret)
#   seller, shop                  der Verkäufer, der Shop
#   sign in, sign out, login      anmelden, abmelden, die Anmeldung
#   spill file                    die Auffangdatei
#   store (of secrets)            der Speicher, der Geheimnisspeicher
#   token at hand                 das bereitgehaltene Token
#
# The seller is addressed as “Sie”; hints are short infinitives (“… angeben: `--flag`”).

did-you-mean = war `{ $name }` gemeint?
command-missing = es wurde kein Befehl angegeben
see-help = `--help` zeigt, was möglich ist

## Files

file-unknown-key = { $place }: `{ $key }` ist kein bekannter Schlüssel
file-nearest-key = war `{ $key }` gemeint?
file-known-keys = bekannte Schlüssel: { $keys }
file-invalid = { $place }: { $reason }
    .hint = diese Zeile berichtigen; sonst wurde nichts geändert
file-unreadable = { $path } ist nicht lesbar
    .hint = prüfen, ob es die Datei gibt und ob dieser Benutzer sie lesen darf
file-not-plain = es ist eine Pipe, ein Socket oder ein Gerät und keine Datei
file-unwritable = { $path } lässt sich nicht schreiben
    .hint = prüfen, ob Platz frei ist und ob der Ordner diesem Benutzer gehört
folder-unreadable = der Ordner { $path } ist nicht lesbar
    .hint = prüfen, ob er diesem Benutzer gehört
record-damaged = { $path } ist beschädigt oder nicht von sellauth geschrieben
    .hint = die Datei blieb, wie sie ist: aus einer Sicherung wiederherstellen oder entfernen und ausführen: `sellauth reauthorize PROFILE`
home-missing = dieser Benutzer hat kein Home-Verzeichnis
    .hint = SELLAUTH_HOME auf einen eigenen Ordner setzen
store-unknown = `{ $name }` ist kein Geheimnisspeicher
    .hint = SELLAUTH_STORE ist keyring, file oder vault
stdout-failed = auf stdout lässt sich nicht schreiben
    .hint = prüfen, womit stdout verbunden ist und ob dort Platz frei ist
stdin-unreadable = von stdin lässt sich nicht lesen
    .hint = das Geheimnis per Pipe an den Befehl geben
stdin-empty = das Geheimnis ist leer
    .hint = das Geheimnis per Pipe an den Befehl geben, zum Beispiel `sellauth … < FILE`

## Names

name-unfit = `{ $name }` ist als Name nicht möglich
    .hint = bis zu 64 Buchstaben, Ziffern, `-`, `_` und einzelne Punkte verwenden, am Anfang einen Buchstaben oder eine Ziffer
name-taken = der Name `{ $name }` ist vergeben
    .hint = einen anderen wählen oder nachsehen, was es ist: `sellauth status { $name }`
name-connected = `{ $name }` ist schon verbunden
    .hint = wieder derselbe Shop: `sellauth reauthorize { $name }`; ein anderer: `--profile NEW`
name-imported = `{ $name }` ist schon verbunden
    .hint = mit `--profile NEW` einen anderen Namen wählen oder ihn ersetzen: `--replace`
profile-missing = kein Shop heißt `{ $name }`
    .hint = `sellauth status` listet die verbundenen Shops auf
profile-ambiguous = mehrere Shops sind mit `{ $given }` verbunden: { $names }
    .hint = einen davon angeben
profile-unnamed = mehrere Shops sind verbunden: { $names }
    .hint = einen davon angeben oder SELLAUTH_PROFILE setzen
nothing-connected = es ist noch kein Shop verbunden
    .hint = einen verbinden: `sellauth connect MARKETPLACE`; `sellauth marketplaces` listet die Marktplätze auf
never-connected = `{ $name }` wurde nie verbunden
    .hint = verbinden: `sellauth reauthorize { $name }`
app-missing = keine App heißt `{ $name }`
    .hint = `sellauth app list` listet sie auf, `sellauth app add` registriert eine
app-ambiguous = mehrere Apps passen: { $names }
    .hint = eine wählen: `--app NAME`
app-of-another = die App `{ $name }` gehört zu { $belongs }
    .hint = `sellauth app list` zeigt, welche App wohin gehört
app-taken = eine App heißt schon `{ $name }`
    .hint = mit `--name N` einen anderen Namen wählen oder sie ändern: `sellauth app set { $name } --help`
app-in-use = `{ $name }` wird verwendet von { $users }
    .hint = zuerst diese Shops trennen
no-app = für { $marketplace } ist keine App registriert
    .hint = registrieren: `{ $command }`

## Marketplaces

marketplace-missing = kein Marktplatz heißt `{ $id }`
    .hint = `sellauth marketplaces` listet sie auf
marketplace-taken = { $path }: `{ $id }` ist ein eingebauter Marktplatz, den keine Datei ersetzen darf
    .hint = der Datei und ihrer ID einen anderen Namen geben
explain-unknown = niemand erklärt `{ $code }`
    .hint = alle Codes zeigen, die sich erklären lassen: `sellauth explain`
new-id = `{ $id }` ist keine ID: Kleinbuchstaben, Ziffern und Bindestriche
    .hint = sie steht auf der Befehlszeile und benennt die Datei: corner-shop
new-taken = es gibt schon einen Marktplatz `{ $id }`
    .hint = eine andere ID wählen; `sellauth marketplaces show { $id }` zeigt den vorhandenen
new-needed = { $flag } fehlt
    .hint = den Wert angeben oder --issuer eines Servers, der ihn veröffentlicht; in einem Terminal wird danach gefragt
new-address = `{ $address }` ist keine https-Adresse (http nur für diesen Rechner)
    .hint = sie aus der Dokumentation des Marktplatzes kopieren
new-client-authentication = der Server nimmt keinen der Wege an, die eine Definition kennt: { $methods }
    .hint = den nächstliegenden angeben: --client-authentication basic, post oder none
new-unpublished = { $issuer } sagt nicht, was er kann
    .hint = --issuer weglassen und die Adressen von Hand angeben: --authorization-endpoint, --token-endpoint
new-unfit = die Definition wäre fehlerhaft: { $fault }
    .hint = den Wert berichtigen; es wurde nichts geschrieben
marketplace-unsound = { $path } ist keine fehlerfreie Definition
    .hint = berichtigen, was markiert ist, und den Befehl noch einmal ausführen
marketplace-faulty = { $path }:{ $first }
    .hint = alles zeigt `sellauth marketplaces check { $path }`
region-needed = { $marketplace } hat mehrere Regionen
    .hint = eine wählen mit `--region`: { $known }
region-useless = { $marketplace } hat keine Regionen, also kann `{ $given }` keine sein
    .hint = `--region` weglassen
region-unknown = `{ $given }` ist keine bekannte Region
    .hint = bekannte Regionen: { $known }
environment-unknown = `{ $given }` ist keine bekannte Umgebung
    .hint = bekannte Umgebungen: { $known }
option-unknown = `{ $given }` ist keine bekannte Option
    .hint = bekannte Optionen: { $known }
option-useless = { $marketplace } hat keine Optionen, also kann `{ $given }` keine sein
    .hint = sie weglassen
value-unfit = `{ $value }` passt nicht zu `{ $name }`
    .hint = eine Zeile ohne Leerzeichen am Anfang und am Ende angeben
value-example = so sieht es aus: { $example }
value-no-origin = `{ $name }` muss eine https-Adresse ohne Pfad sein
    .hint = zum Beispiel https://sellercentral.example.com
variable-secret = `{ $name }` ist geheim und gehört weder auf eine Befehlszeile noch in eine Datei
    .hint = danach wird gefragt; ohne Terminal per Pipe mit `--secret-stdin` übergeben oder in der Umgebung setzen
variable-needed = `{ $name }` fehlt: { $prompt }
    .hint = angeben mit `--set { $name }=…`
variables-faulty = { $path }: { $reason }
    .hint = das berichtigen; sonst wurde nichts geändert
variable-unknown = { $marketplace } hat keinen Wert namens `{ $name }`
    .hint = vorhanden sind: { $known }

## Apps

app-kind-unknown = `{ $kind }` ist keine Art von App bei { $marketplace }; bekannt sind { $known }
    .hint = eine wählen mit `--kind KIND`
app-kind-browser = die App `{ $name }` ist von der Art `{ $kind }`: ihre Zustimmung geschieht in einem Browser
    .hint = `--device` weglassen; eine App kann nicht beides sein, also für Geräte eine weitere registrieren
app-kind-device = die App `{ $name }` ist von der Art `{ $kind }`: ihre Zustimmung geschieht mit einem Code auf einem beliebigen Gerät
    .hint = `--paste`, `--port` und `--start` weglassen; eine App kann nicht beides sein, also für Browser eine weitere registrieren
registration-unsupported = { $marketplace } registriert keine Apps auf diesem Weg
    .hint = eine in seinem Portal registrieren, dann `sellauth app add`
registration-declined = es wurde nichts registriert: { $reason }
    .hint = einen neuen Code erzeugen, der nur für einen Versuch und kurze Zeit gilt, und den Befehl noch einmal ausführen
registration-spilled = die App `{ $name }` ist registriert, aber der Speicher hat ihr Client Secret nicht angenommen: es wartet in einer versiegelten Datei
    .hint = den Speicher in Ordnung bringen, dann `sellauth app register { $id } --name { $name } --recover`; nicht noch einmal registrieren, der Name ist vergeben
registration-lost = die App `{ $name }` ist registriert, aber ihr Client Secret ließ sich nirgends aufbewahren
    .hint = den Speicher in Ordnung bringen und eine weitere unter einem anderen `--client-name` registrieren
registration-open = die Registrierung von `{ $name }` wurde unterbrochen
    .hint = `sellauth app register { $id } --name { $name } --recover` holt, was daraus geworden ist; findet das nichts, `sellauth app remove { $name }`
registration-waiting = die Registrierung der App `{ $name }` ist nicht abgeschlossen: sie hat noch keinen Client
    .hint = abholen, was der Marktplatz daraus gemacht hat: sellauth app register { $id } --name { $name } --recover
registration-uncertain = der Marktplatz hat `{ $name }` womöglich registriert, und seine Antwort ist verloren: der Name kann vergeben sein
    .hint = im Konto nachsehen, ob die App dort steht; dann `sellauth app remove { $name }`, und mit einem anderen `--client-name` registrieren
registration-unreadable = der Marktplatz hat `{ $name }` womöglich registriert, und seine Antwort ist nicht zu verstehen: was kam, ist in einer versiegelten Datei aufbewahrt
    .hint = im Konto nachsehen, ob die App dort steht; wo die Definition falsch ist, diese berichtigen, dann `sellauth app register { $id } --name { $name } --recover`; sonst einen anderen Namen nehmen
registration-unknown = die Registrierung von `{ $name }` wurde unterbrochen, bevor eine Antwort kam: die App kann registriert und ihr Name vergeben sein
    .hint = im Konto nachsehen, ob die App dort steht; dann `sellauth app remove { $name }`, und mit einem anderen `--client-name` registrieren
registration-nothing = keine Registrierung von `{ $name }` wartet auf ihren Speicher
    .hint = `sellauth app show { $name }` zeigt, was es gibt
registration-code-needed = der Code des Verkäufers fehlt
    .hint = per Pipe mit `--registration-code-stdin` übergeben oder SELLAUTH_REGISTRATION_CODE setzen
client-name-needed = der Name der App beim Marktplatz fehlt
    .hint = angeben mit `--client-name TEXT`: niemand sonst hat ihn, und er ist endgültig
client-name-unfit = das ist kein Name für eine App: { $hint }
    .hint = { $hint }
software-statement-needed = die ID der Software fehlt
    .hint = angeben mit `--software-statement-id ID`; der Marktplatz gibt sie den Herstellern von Software
client-id-needed = die Client-ID fehlt
    .hint = angeben mit `--client-id ID`
client-secret-needed = das Client Secret fehlt
    .hint = per Pipe mit `--client-secret-stdin` übergeben oder SELLAUTH_CLIENT_SECRET setzen
client-secret-missing = der Speicher hat das Client Secret der App verloren
    .hint = noch einmal eingeben: `sellauth app set APP --client-secret-stdin`
client-secret-refused = der Marktplatz nimmt das neue Client Secret nicht an; für `{ $name }` gilt weiterhin das bisherige
    .hint = noch einmal aus dem Portal des Marktplatzes kopieren; ein neues braucht dort womöglich einige Minuten
client-secret-doubtful = jeder Shop, der mit dem neuen Client Secret ausprobiert wurde, wurde abgelehnt; für `{ $name }` gilt weiterhin das bisherige
    .hint = ein falsches Secret und eine beendete Zustimmung können gleich aussehen; wer sich sicher ist: `--no-verify`
client-secret-untried = das neue Client Secret ließ sich nicht ausprobieren; für `{ $name }` gilt weiterhin das bisherige
    .hint = es später noch einmal versuchen oder ohne Probe übernehmen: `--no-verify`
scopes-needed = für { $marketplace } müssen die Scopes Ihrer App angegeben werden
    .hint = jeden angeben mit `--scope S`
redirect-uri-needed = { $marketplace } verlangt eine eigene Redirect-URI
    .hint = die registrierte angeben: `--redirect-uri https://…`
redirect-name-needed = { $marketplace } verlangt anstelle der Redirect-URI: { $what }
    .hint = angeben mit `--redirect-uri …`, wie der Marktplatz es anzeigt
redirect-needed = die App hat keine Redirect-URI, und { $marketplace } kennt keine Vorgabe
    .hint = die registrierte setzen: `sellauth app set APP --redirect-uri https://…`
redirect-unfit = `{ $uri }` kann nicht die Redirect-URI sein: { $reason }
    .hint = im Portal des Marktplatzes eine passende registrieren und genau diese angeben
redirect-no-address = sie muss eine https-Adresse sein (http nur für diesen Rechner), ohne Fragment und ohne Benutzernamen
redirect-taken-parameter = ihr Query-Teil darf weder `state` noch `code` noch `error` enthalten
redirect-loopback-only = der Marktplatz schickt Browser nur zu diesem Rechner
redirect-https-only = { $marketplace } nimmt keine Adresse dieses Rechners, nur eine registrierte https-Seite
redirect-loopback-http = auf diesem Rechner ist es http, nicht https
redirect-loopback-host = auf diesem Rechner ist ihr Host 127.0.0.1, [::1] oder localhost
redirect-other-host = ihr Host muss { $host } sein
port-registered = die registrierte Redirect-URI hat Port { $port }
    .hint = `--port` weglassen oder eine andere Redirect-URI registrieren
app-remove-unconfirmed = das Entfernen von `{ $name }` muss bestätigt werden
    .hint = `--yes` anhängen
app-remove-waiting = die Antwort auf die Registrierung von `{ $name }` wartet: die einzige Kopie eines Client Secret, das nie wieder kommt
    .hint = `sellauth app register { $id } --name { $name } --recover` behält sie; um sie trotzdem zu verlieren, anhängen: `--yes --discard-registration`
app-remove-declined = `{ $name }` wurde nicht entfernt

## Tokens

min-validity-too-long = kein Token gilt { $least } lang: ein frisches gilt { $life }
    .hint = mit `--min-validity` weniger verlangen
renewed-elsewhere = ein anderer Prozess hat das Token erneuert, und es genügt nicht
    .hint = noch einmal versuchen
no-token = die Erneuerung brachte kein Token
    .hint = später noch einmal versuchen
client-changed = die App wurde neu registriert, seit dieser Shop verbunden wurde
    .hint = den Verkäufer erneut zustimmen lassen: `sellauth reauthorize PROFILE`
no-refresh-token = es gibt nichts, womit sich das Zugriffstoken erneuern ließe
    .hint = den Verkäufer erneut zustimmen lassen: `sellauth reauthorize PROFILE`
secrets-missing = der Speicher hat die Geheimnisse von `{ $name }` verloren
    .hint = den Verkäufer erneut zustimmen lassen: `sellauth reauthorize { $name }`
entered-missing = der Speicher hat verloren, was für `{ $name }` eingegeben wurde
    .hint = den Schlüssel neu eingeben: `sellauth reauthorize { $name }`
secret-damaged = das Geheimnis { $key } ist beschädigt
    .hint = es wurde nichts gelöscht; den Speicher aus einer Sicherung wiederherstellen oder ausführen: `sellauth reauthorize PROFILE`
refused = { $reason }
    .hint = den Verkäufer erneut zustimmen lassen: `sellauth reauthorize PROFILE`
refused-entered = { $reason }
    .hint = den Schlüssel neu eingeben: `sellauth reauthorize { $name }`
refused-grant = der Marktplatz nimmt diese Zustimmung nicht mehr an ({ $code })
refused-after-loss = der Marktplatz nimmt diese Zustimmung nicht mehr an; zuvor ging eine seiner Antworten verloren, die ein neues Refresh-Token enthalten haben kann
answer-lost-twice = zwei Antworten auf Erneuerungen gingen verloren, deshalb weiß niemand, ob der Marktplatz das Refresh-Token ersetzt hat
entered-needed = `{ $name }` fehlt: { $prompt }
    .hint = per Pipe mit `--secret-stdin` übergeben oder { $variable } setzen
entered-unknown = stdin nennt `{ $name }`, was { $marketplace } nicht kennt; bekannt sind { $known }
    .hint = je Zeile ein `name=value` schreiben oder ein JSON-Objekt aus Texten
entered-unreadable = was über stdin kam, ist weder ein einzelner Wert noch Zeilen mit `name=value` noch ein JSON-Objekt aus Texten
    .hint = { $marketplace } verlangt { $known }
entered-refused = { $marketplace } nimmt nicht an, was eingegeben wurde
    .hint = es noch einmal aus dem Portal des Marktplatzes kopieren und neu eingeben: `sellauth reauthorize PROFILE`
entered-refused-reason = der Marktplatz nimmt nicht mehr an, was eingegeben wurde ({ $code }); er wird erst nach neuer Eingabe wieder gefragt
endless-refused-reason = die API lehnt das Token ab, das unbefristet ist und nie erneuert wird
entered-no-consent = { $marketplace } kennt keine Zustimmung: womit sich der Shop ausweist, wird eingegeben
    .hint = `--start` und `--finish` weglassen
entered-one = `--secret-stdin` betrifft einen einzigen Shop
    .hint = einen angeben; für die anderen wird einzeln eingegeben
entered-each = womit sich `{ $name }` ausweist, wird für diesen Shop allein eingegeben: nichts in der Umgebung gilt für jeden Shop
    .hint = den Shop angeben: `sellauth reauthorize { $name } --secret-stdin`, oder das in einem Terminal ausführen
app-useless = { $marketplace } kennt keine Apps
    .hint = den Shop verbinden: `sellauth connect { $id }`
api-declined = die Zustimmung gilt, aber die API von { $marketplace } lehnt sie ab
    .hint = eine neue Zustimmung hilft nicht: im Portal des Marktplatzes nachsehen, ob das Konto gesperrt ist und ob die App die nötigen Berechtigungen hat
incident-suspected = { $marketplace } hat innerhalb von Minuten mehrere Shops abgelehnt, vermutlich eine eigene Störung
    .hint = warten: nach einer Stunde wird wieder gefragt; `sellauth token PROFILE --refresh` fragt sofort
answer-lost-in-grace = die Antwort des Marktplatzes ging verloren
    .hint = noch ist nichts verloren: den Befehl innerhalb von { $grace } noch einmal ausführen, er fragt erneut nach demselben
answer-lost = die Antwort des Marktplatzes ging verloren
    .hint = den Befehl noch einmal ausführen: er fragt erneut nach demselben
spilled = { $name }: der Speicher hat die erneuerten Token nicht angenommen
    .hint = es ist nichts verloren: sie liegen verschlüsselt in { $path }, und der nächste Befehl übernimmt sie, sobald der Speicher funktioniert; { $remedy }
spill-lost = { $name }: die erneuerten Token ließen sich nirgends aufbewahren
    .hint = den Befehl sofort noch einmal ausführen: womöglich nimmt der Marktplatz noch an, was gesendet wurde; sonst `sellauth reauthorize PROFILE`
spill-unwritable = { $path } lässt sich nicht schreiben
    .hint = prüfen, ob Platz frei ist und ob der Ordner diesem Benutzer gehört; ohne diese Datei wurde nichts gesendet
overtaken = ein anderer Prozess hat diesen Shop inzwischen geändert
    .hint = den Befehl noch einmal ausführen
grant-refused = der Marktplatz hat die Zustimmung nicht angenommen
    .hint = noch einmal versuchen: ein Code gilt nur einmal und nur kurze Zeit
grant-refused-in = der Marktplatz hat die Zustimmung nicht angenommen
    .hint = noch einmal versuchen: ein Code dieses Marktplatzes gilt nur einmal und nur { $life } lang
invalid-client = der Marktplatz nimmt Client-ID oder Client Secret der App nicht an
    .hint = beide in seinem Portal prüfen, dann `sellauth app set APP --client-secret-stdin`
invalid-scope = der Marktplatz gibt der App diese Scopes nicht
    .hint = sie in seinem Portal prüfen, dann `sellauth app set APP --scope …`
request-refused = der Marktplatz hat die Anfrage als falsch abgelehnt
    .hint = Registrierung und Redirect-URI der App prüfen: `sellauth app show APP`
template-failed = die Anfrage lässt sich nach ihrer Definition nicht bilden
    .hint = App und Marktplatz prüfen: `sellauth app show APP`, `sellauth marketplaces show ID`
answer-incomplete = in der Antwort des Marktplatzes fehlt, was sie enthalten müsste
    .hint = später noch einmal versuchen; bleibt es so, ist die Definition veraltet
marketplace-unreachable = der Marktplatz ist nicht erreichbar
    .hint = Netzwerk und Proxy prüfen (HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE) und noch einmal versuchen
marketplace-declined = { $reason }
    .hint = es wurde nichts geändert; das erledigen, dann den Befehl noch einmal ausführen
marketplace-busy = der Marktplatz kann gerade nicht antworten
    .hint = später noch einmal versuchen; es ging nichts verloren
marketplace-paced = der Takt, den der Marktplatz erlaubt, ließ rechtzeitig keinen Platz für diese Erneuerung
    .hint = später noch einmal versuchen, mit weniger `--jobs`; es ging nichts verloren
marketplace-busy-until = der Marktplatz bittet, { $seconds } s zu warten
    .hint = es danach noch einmal versuchen; es ging nichts verloren
client-setup = der https-Client lässt sich nicht einrichten
    .hint = `ca_file` in config.toml und SSL_CERT_FILE prüfen
revocation-failed = dem Marktplatz ließ sich nichts mitteilen, also bleibt `{ $name }` verbunden
    .hint = es später noch einmal versuchen oder den Shop hier trotzdem vergessen: `--force`

## Consent

consent-denied = der Verkäufer hat bei { $marketplace } nicht zugestimmt
    .hint = es wurde nichts geändert; für einen neuen Versuch den Befehl noch einmal ausführen
consent-failed = bei { $marketplace } trat während der Zustimmung ein Fehler auf ({ $code })
    .hint = es wurde nichts geändert; später noch einmal versuchen
consent-refused = { $marketplace } hat die Zustimmung abgelehnt ({ $code })
    .hint = Registrierung, Scopes und Redirect-URI der App prüfen: `sellauth app show APP`
issuer-mismatch = die Antwort kam von einem anderen Server als dem gefragten
    .hint = es wurde nichts geändert; von vorn beginnen und zuvor andere Anmeldeseiten schließen
answer-lacking = die Antwort sagt nicht, worum es geht: `{ $parameter }` fehlt
    .hint = es wurde nichts geändert; von vorn beginnen und beim Einfügen die ganze Adresse einfügen
answer-unexpected = in der Antwort geht es um etwas anderes: `{ $parameter }` weicht von der Anfrage ab
    .hint = es wurde nichts geändert; beim richtigen Shop anmelden, am besten in einem privaten Fenster
initiation-lacking = in dem, was { $marketplace } gesendet haben soll, fehlt `{ $parameter }`, oder es ist zu lang
    .hint = die ganze Adresse der Seite kopieren, auf der der Browser gelandet ist, unverändert
initiation-unfit = `{ $parameter }` enthält keine Adresse, unter der { $marketplace } eine Zustimmung fortsetzt
    .hint = die Zustimmung auf { $page } beginnen und die ganze Adresse, auf der der Browser landet, unverändert kopieren
initiation-host = eine Zustimmung, die auf `{ $host }` begonnen wurde, wurde abgewiesen: das ist keine bekannte Adresse von { $marketplace }
    .hint = wer das nicht selbst war, kann es ignorieren; die Zustimmung auf { $page } beginnen
initiation-replaceable = wer das nicht selbst war, kann es ignorieren; gehört die Adresse wirklich { $marketplace }, nimmt `sellauth connect` sie mit `--set { $name }=https://{ $host }` an
initiation-other-app = { $marketplace } hat die Zustimmung zu einer anderen App begonnen: deren Adresse endet auf `{ $given }`, die dieser App auf `{ $own }`
    .hint = dort diese App wählen oder ihre ID berichtigen: `sellauth app show { $app }`
initiation-too-many = { $marketplace } hat { $most } Zustimmungen auf einmal begonnen, mehr werden nicht beantwortet
    .hint = auf einer der offenen Seiten fortfahren oder den Befehl noch einmal ausführen
never-started-there = { $marketplace } beginnt selbst keine Zustimmung, oder keine, die zu diesem Rechner zurückkommen könnte
    .hint = `--wait-for-marketplace` weglassen
answer-without-code = { $marketplace } hat ohne Code geantwortet
    .hint = es wurde nichts geändert; den Befehl noch einmal ausführen
wrong-shop = zugestimmt hat ein anderer Shop als der, zu dem `{ $name }` gehört
    .hint = es wurde nichts geändert; beim richtigen Shop anmelden, am besten in einem privaten Fenster, oder diesen unter einem eigenen Namen verbinden: `sellauth connect { $id } --profile NEW`
client-secret-absent = das Client Secret der App { $name } ist nicht auf diesem Rechner
    .hint = `sellauth app set { $name } --client-secret-stdin`, oder SELLAUTH_CLIENT_SECRET in der Umgebung
kept-aside = der Marktplatz hat das Refresh-Token ersetzt; was stattdessen kam, ist als `{ $name }` aufbewahrt: `sellauth rename` gibt ihm einen besseren Namen, `sellauth disconnect` beendet es
removed-meanwhile = `{ $name }` wurde inzwischen getrennt, deshalb wurde diese Zustimmung nicht behalten
    .hint = `sellauth connect` verbindet den Shop wieder
wrong-shop-own = { $got } ist der Shop Ihres Profils `{ $name }`
wrong-shop-remove = die Zustimmung, die { $got } gegeben hat, lässt sich unter dieser Adresse entfernen: { $url }
wrong-shop-cause = erwartet: Shop { $expected }, gekommen: Shop { $got }
shop-unknown = die Antwort sagt nicht, welcher Shop zugestimmt hat, deshalb blieb `{ $name }`, wie es ist
    .hint = ihn unter einem eigenen Namen verbinden: `--profile NEW`
nobody-answered-perhaps = vielleicht ist das passiert: { $hint }
nobody-answered = bei { $marketplace } hat niemand rechtzeitig geantwortet
    .hint = den Befehl noch einmal ausführen, mit `--timeout 30m` für mehr Zeit, mit `--paste`, wenn der Browser auf einem anderen Rechner läuft; einen Code, den er zeigt, erklärt `sellauth explain CODE`
no-authorization-request = `{ $id }` hat keine Zustimmungsseite
import-only = `{ $environment }` von `{ $id }` kennt keine Zustimmung im Browser
    .hint = im Portal des Marktplatzes ein Refresh-Token erzeugen, dann `sellauth import { $id } --env { $environment }`
nothing-to-set = an `{ $name }` gibt es nichts zu ändern
    .hint = sagen, was: `--version`, `--scope` und andere; `sellauth app set --help` nennt sie
import-only-app = Token der App `{ $name }` werden im Portal des Marktplatzes erzeugt
    .hint = dort ein Refresh-Token erzeugen, dann `sellauth import { $id }`
import-again = das Token von `{ $name }` wurde im Portal des Marktplatzes erzeugt
    .hint = dort ein neues erzeugen, dann `sellauth import { $id } --profile { $name } --replace`
import-file-foreign = { $path } ist keine .env-, JSON- oder YAML-Datei
    .hint = ihr Name sagt, welche es ist; YAML-Dateien enden auf .yml oder .yaml
import-ambiguous = `{ $name }` hat mehrere Werte
    .hint = mit `--account NAME` ein Konto wählen: { $sections }
import-account-missing = es gibt kein Konto `{ $account }`
    .hint = es gibt: { $accounts }
import-no-accounts = es gibt kein Konto `{ $account }`: kein Abschnitt heißt so, und keine Variable endet auf `_{ $account }`
    .hint = es berichtigen oder `--account` weglassen
import-no-names = die Definition von { $marketplace } sagt nicht, wie andere Programme die Geheimnisse nennen
    .hint = das Refresh-Token per Pipe mit `--refresh-token-stdin` übergeben oder der Definition einen Abschnitt `[import]` geben
import-refused = der Marktplatz lehnt dieses Refresh-Token ab: es wurde widerrufen oder durch ein neueres ersetzt
    .hint = das neueste nehmen oder den Verkäufer zustimmen lassen: `sellauth connect { $id }`
import-nothing-found = es fand sich nichts, was sich importieren ließe
    .hint = nach diesen Namen wird gesucht: { $names }
import-unfit = was in { $place } unter `{ $name }` steht, ist etwas anderes
    .hint = es dort berichtigen; es wurde nichts geändert
import-unconfirmed = diese Übernahme muss bestätigt werden
    .hint = sie mit `--dry-run` ansehen, dann `--yes` anhängen
import-declined = es wurde nichts importiert
import-app-taken = eine andere App heißt `{ $name }`
    .hint = mit `--app NAME` einen anderen Namen wählen
import-app-needed = `{ $name }` der App wurde nicht gefunden
    .hint = zuerst die App registrieren: `sellauth app add { $id } --set { $name }=…`
import-secret-needed = das Client Secret der App wurde nicht gefunden
    .hint = die Datei, in der es steht, mit einem weiteren `--from FILE` nennen oder SELLAUTH_CLIENT_SECRET setzen
no-grantless = { $marketplace } hat keine Token ohne Zustimmung eines Verkäufers
    .hint = nach dem Token des Shops fragen: `--scope` weglassen
import-useless = { $marketplace } hat keine Refresh-Token
    .hint = den Shop verbinden: `sellauth connect`
refresh-token-needed = das Refresh-Token fehlt
    .hint = per Pipe mit `--refresh-token-stdin` übergeben
install-url-needed = { $marketplace } verlangt, dass die App vor der Zustimmung installiert wird
    .hint = den Link angeben: `--install-url URL`, oder `--skip-install`, wenn sie schon installiert ist
install-url-unfit = das ist keine https-Adresse
    .hint = den ganzen Link aus dem Portal des Marktplatzes kopieren
paste-empty = es wurde nichts eingefügt
    .hint = die ganze Adresse der Seite kopieren, auf der der Browser gelandet ist
paste-no-answer = das ist nicht die Adresse der Seite, auf der der Browser gelandet ist
    .hint = nach der Zustimmung die ganze Adresse kopieren; darin steht `state=…`
paste-no-state = in dieser Adresse steht kein `state`
    .hint = nach der Zustimmung die ganze Adresse der Seite kopieren, auf der der Browser gelandet ist
paste-other-state = diese Adresse gehört zu einer anderen Anmeldung
    .hint = die Seite verwenden, die dieser Befehl geöffnet hat
paste-no-code = in dieser Adresse steht kein Code
    .hint = im Browser fortfahren, bis der Marktplatz ihn zurückgeschickt hat, dann die ganze Adresse kopieren
paste-before-consent = das ist eine Seite des Marktplatzes vor der Zustimmung
    .hint = dort anmelden und zustimmen; die Adresse der Seite kopieren, die danach kommt
paste-error-page = der Marktplatz zeigt { $code }: { $cause }
paste-error-more = { $fix }; mehr dazu: { $page }
paste-installing = Enter drücken, sobald die App installiert ist, oder die ganze Adresse der Seite kopieren, die danach kommt
paste-login-uri = { $marketplace } hat die Login-URI aufgerufen; das ist noch keine Antwort
    .hint = `connect` ohne `--start` verwenden: es nimmt diese Adresse an oder fängt sie über die Seite von `sellauth relay` selbst auf
paste-unconfirmed = die Adresse nach der Bestätigung wurde nicht eingefügt
    .hint = die Adresse oben öffnen und die der Seite, auf der der Browser landet, als zweite Zeile einfügen
no-device-flow = { $marketplace } hat keine Codes, die sich auf einem anderen Gerät eingeben lassen
    .hint = `--device` weglassen; ohne Browser auf diesem Rechner nimmt `--paste` die Adresse von jedem anderen an
device-page-unfit = der Marktplatz nennt keine https-Seite für seinen Code
    .hint = später noch einmal versuchen; bleibt es so, ohne `--device` verbinden
device-code-unfit = der Marktplatz hat keinen Code ausgegeben, der sich eingeben ließe
    .hint = später noch einmal versuchen; bleibt es so, ohne `--device` verbinden
device-code-ended = der Code wurde nicht rechtzeitig eingegeben
    .hint = es wurde nichts geändert; für einen neuen Code den Befehl noch einmal ausführen
device-wait-ended = niemand hat den Code eingegeben, solange dieser Befehl wartete; der Code wäre noch länger gültig
    .hint = es wurde nichts geändert; für einen neuen Code den Befehl noch einmal ausführen, mit `--timeout 30m` für mehr Zeit
device-answer-lost = der Marktplatz kennt den Code nicht mehr: seine Antwort ging unterwegs verloren
    .hint = es wurde nichts geändert; für einen neuen Code den Befehl noch einmal ausführen
start-one = `--start` beginnt die Zustimmung eines einzigen Shops
    .hint = den Shop angeben
start-pageless = { $marketplace } hat keine Zustimmungsseite, auf die sich der Verkäufer schicken ließe
    .hint = `--start` weglassen
answer-unreadable = die Antwort lässt sich nicht von stdin lesen
    .hint = die Adresse der Seite, auf der der Browser gelandet ist, per Pipe an den Befehl geben
login-unknown = unter { $handle } steht keine Zustimmung aus
    .hint = sie ist abgeschlossen oder abgelaufen: mit `--start` neu beginnen
login-ended = die Antwort kam zu spät
    .hint = es wurde nichts geändert; mit `--start` neu beginnen
login-overtaken = `{ $name }` oder seine App wurde geändert, seit diese Zustimmung begonnen wurde
    .hint = es wurde nichts geändert; mit `--start` neu beginnen
browser-unfit = im Browser-Befehl `{ $command }` ist ein Anführungszeichen nicht geschlossen
    .hint = Anführungszeichen wie in einer Shell setzen, zum Beispiel `--browser 'firefox --new-window %s'`
prompt-failed = auf diesem Terminal lässt sich nicht fragen
    .hint = den Wert mit einem Flag angeben; `--help` nennt sie
interrupted = unterbrochen
    .hint = nichts blieb halb erledigt zurück
disconnect-unconfirmed = das Trennen von `{ $name }` muss bestätigt werden
    .hint = `--yes` anhängen
disconnect-incomplete = von `{ $name }` ließ sich nicht alles entfernen: übrig ist { $places }
    .hint = nachsehen, was es dort hält, dann den Befehl noch einmal ausführen; was schon weg ist, stört nicht
disconnect-declined = `{ $name }` bleibt verbunden
relay-no-address = `{ $url }` ist keine https-Adresse
    .hint = die registrierte Redirect-URI angeben
relay-unreachable = `{ $url }` ist nicht erreichbar
    .hint = die Adresse und ihr Zertifikat prüfen
relay-wrong = `{ $url }` schickt Browser nicht zu diesem Rechner zurück (HTTP { $status })
    .hint = dort die Ausgabe von `sellauth relay` ablegen oder eine von `--nginx`, `--caddy`, `--apache`
demo-json = die Demo erzählt eine Geschichte und hat kein JSON
    .hint = `--json` weglassen
demo-failed = die Demo kann nicht weitermachen
    .hint = prüfen, ob das Loopback-Netzwerk und der temporäre Ordner dieses Rechners funktionieren
demo-wrong-shop-taken = die Demo hat die Zustimmung eines anderen Shops angenommen
    .hint = bitte als Fehler melden
demo-consent-failed = die Zustimmungsseite der Demo hat nicht geantwortet
    .hint = die Demo noch einmal starten
demo-api-refused = die API der Demo hat mit HTTP { $status } geantwortet
    .hint = die Demo noch einmal starten

## Commands and the API

exec-alike = die Variablen von `{ $one }` und `{ $other }` würden beide mit { $prefix } beginnen
    .hint = jeden Shop nur einmal nennen oder einem mit `sellauth rename` einen anderen Namen geben
exec-sdk-one = `--sdk` gibt die Geheimnisse eines einzigen Shops weiter: SDKs kennen dafür nur einen Namen
    .hint = den Befehl für jeden Shop einmal ausführen
exec-sdk-rotates = ein SDK darf bei { $marketplace } nicht erneuern: jede Erneuerung ersetzt das hier gespeicherte Refresh-Token
    .hint = `--sdk` weglassen und den Befehl SELLAUTH_ACCESS_TOKEN verwenden lassen
exec-sdk-none = die Definition von { $marketplace } nennt keine Variablen von SDKs
    .hint = `--sdk` weglassen und den Befehl SELLAUTH_ACCESS_TOKEN verwenden lassen
exec-not-found = der Befehl `{ $command }` wurde nicht gefunden
    .hint = seinen Namen und PATH prüfen
exec-not-run = der Befehl `{ $command }` lässt sich nicht ausführen
    .hint = prüfen, ob es ein Programm ist und ob dieser Benutzer es ausführen darf
api-words = Methode und Pfad sind je ein Wort
    .hint = schreiben: `sellauth api PROFILE [METHOD] PATH`
api-method = `{ $method }` ist keine Methode einer API
    .hint = eine von diesen verwenden: { $known }
api-data = was gesendet werden soll, ist nicht lesbar: { $name }
    .hint = `@` steht vor dem Namen einer Datei, und `@-` ist stdin
api-elsewhere = `{ $path }` ist kein Pfad unterhalb von { $origin }, und anderswohin geht kein Token
    .hint = einen Pfad ab `/` angeben: gefragt wird { $origin }
api-path = `{ $path }` ist kein Pfad, wie er gesendet wird
    .hint = Leerzeichen als %20 schreiben und weglassen, was mit `#` beginnt
api-signed = jeden Aufruf an { $marketplace } signiert, wer ihn macht, und `sellauth api` signiert nichts
    .hint = dem Programm, das signiert, mitgeben, was es braucht: `sellauth exec { $name } -- COMMAND`
api-header = der Header `{ $name }` lässt sich nicht angeben
    .hint = ihn weglassen: er kommt vom Token des Shops oder aus der Adresse
api-failed = die API konnte nicht antworten (HTTP { $status })
    .hint = später noch einmal versuchen; was sie sagte, steht auf stdout
api-redirects = die API verweist anderswohin (HTTP { $status }), und dorthin geht kein Token mit
    .hint = `--include` zeigt, wohin; ein Pfad der API selbst lässt sich abfragen
api-refused = die API lehnt die Anfrage ab (HTTP { $status })
    .hint = was sie sagt, steht auf stdout
api-forbidden = die API lehnt die Anfrage ab (HTTP { $status })
    .hint = was sie sagt, steht auf stdout; ein fehlendes Recht wird im Portal des Marktplatzes vergeben
api-nothing-there = die API hat dort nichts, oder nicht für diese Methode (HTTP { $status })
    .hint = Pfad und Methode mit der Dokumentation des Marktplatzes vergleichen; was sie sagt, steht auf stdout

## Definitions: what stands behind the key a fault is about

fault-line = Zeile { $fault }
fault-misplaced-key = er gehört über die erste [Tabelle]: unterhalb gehört er zu dieser
fault-missing-key = `{ $key }` fehlt
fault-unknown-key = `{ $key }` ist kein bekannter Schlüssel
fault-file-name = sie ist `{ $id }`, aber die Datei heißt `{ $name }.toml`: beides muss gleich sein
fault-schema = dieses Programm liest Schema 1
fault-id = Kleinbuchstaben, Ziffern und Bindestriche verwenden
fault-production = eine muss `production` heißen
fault-twice = `{ $name }` ist doppelt genannt
fault-taken = id: `{ $id }` ist ein eingebauter Marktplatz, den keine Datei ersetzen darf: der Datei und ihrer ID einen anderen Namen geben
fault-text = verlangt ist ein Text in einer Zeile
fault-page = verlangt ist eine https-Adresse, unter der man mehr lesen kann
fault-date = ein Datum schreiben wie 2026-11-22
fault-pattern = `{ $pattern }` ist kein regulärer Ausdruck, oder einer, der zu viel Speicher braucht
fault-default = die Vorgabe passt nicht zum Muster
fault-name = ein Name besteht aus Kleinbuchstaben, Ziffern und Unterstrichen
fault-unknown-name = nichts heißt `{"{"}{ $name }{"}"}`
fault-nearest-name = war `{"{"}{ $name }{"}"}` gemeint?
fault-protocol-name = ist ein Name des Protokolls; einen anderen wählen
fault-value-name = {"{"}{ $name }{"}"} muss eine Variable sein oder ein Wert ohne Platzhalter
fault-value-entered = {"{"}{ $name }{"}"} wird eingegeben, und ein Wert entsteht vorher: dort hinschreiben, wo es gebraucht wird
fault-unused = nichts verwendet es; wenn andere es tun, in `exported` nennen
fault-unused-nearest = nichts verwendet es; war `{ $name }` gemeint?
fault-variable = `{ $name }` ist kein Name einer Variablen, oder einer, der andere Programme als das SDK steuert
fault-exported = `{ $name }` würde einen Namen von sellauth selbst belegen
fault-options = höchstens { $most }
fault-header-name = `{ $name }` ist kein Name eines Headers
fault-none = mindestens eine ist nötig
fault-two-tokens = nur eine Anfrage einer Folge darf das Token liefern
fault-no-token = keine Anfrage liefert ein Zugriffstoken
fault-no-refresh-token = {"{refresh_token}"} wird gesendet, und keine Token-Anfrage sagt, woher es kommt
fault-spent-early = nur die letzte Anfrage darf ein Refresh-Token senden, das ersetzt wird: was danach scheitert, würde das neue verlieren
fault-two-bodies = eines von `form` und `json` wählen
fault-needed = ist für diesen Grant nötig
fault-device-alone = nichts liefert den Gerätecode, den es braucht
fault-device-answer = `{ $name }` muss aufgenommen werden (`capture`)
fault-useless = dieser Grant hat keine
fault-shared = {"{"}{ $name }{"}"} gehört einem einzelnen Shop, und die Antwort würde für jeden gelten
fault-shared-token = eine Antwort, die sich andere Shops teilen, kann kein Token eines Shops enthalten
fault-fresh = {"{"}uuid{"}"} ist bei jeder Anfrage neu und gehört nur in Anfragen und `api_headers`
fault-static-only = gehört nur zu `grant = "static"`
fault-static-nothing = eine muss `secret = true` sein: nichts sonst weist den Shop aus
fault-static-variable = ein Geheimnis gehört einem einzelnen Shop: ihm `scope = "profile"`, keine Vorgabe und einen eigenen Namen geben
fault-static-value = es enthält nichts, was eingegeben wird: eine Variable mit `secret = true` nennen
fault-static-request = bei `grant = "static"` wird nichts angefragt; nur eine `identity_request` hat ihren Sinn
fault-app-kind = Kleinbuchstaben, Ziffern und Bindestriche verwenden, und den Ablauf beschreiben, den sie hat
fault-registration-name = {"{"}{ $name }{"}"} ist nur in `registration.request` bekannt
fault-registration-variable = `{ $name }` ist keine Variable der App, oder aus mehr gebildet als {"{"}client_name{"}"}
fault-registration-flow = bei der App, die entsteht, geschieht die Zustimmung im Browser: `authorization_request` beschreiben
fault-registration-code = {"{"}registration_code{"}"} wird nicht gesendet: niemand hätte es erlaubt
fault-registration-unread = eine Registrierung hat keine Verwendung dafür
fault-registration-auth = es gibt noch keinen Client, der sich ausweisen könnte
fault-captured-token = {"{"}{ $name }{"}"} ist das Token selbst und darf nirgends hin, wo ein Browser oder ein Mensch es sieht
fault-secret = {"{"}{ $secret }{"}"} darf nirgends hin, wo ein Browser oder ein Mensch es sieht
fault-state = {"{state}"} ist kein Parameter: Antworten ließen sich fälschen
fault-pkce = genau dann auf "S256" setzen, wenn {"{code_challenge}"} gesendet wird
fault-pkce-verifier = {"{code_verifier}"} wird nicht gesendet, und PKCE verlangt es: jeder Code würde abgelehnt
fault-pkce-method-alone = eine Methode ohne Challenge wird abgelehnt, wo PKCE aus ist: sie weglassen
fault-denied-by = jede Antwort hat ihn: den Parameter nennen, der eine Ablehnung anzeigt
fault-pkce-method = eine Option schaltet PKCE: {"{code_challenge_method}"} schreiben, das leer ist, wo es aus ist
fault-opaque-place = wohin eine Redirect-URI der Art opaque führt, ist hier nicht bekannt: der einzige Modus ist paste, und es gibt weder host noch port noch path
fault-opaque-unsent = eine Redirect-URI der Art opaque führt nirgendwohin, wenn {"{redirect_uri}"} nicht gesendet wird
fault-opaque-pattern = eine Redirect-URI der Art opaque verlangt `variables.redirect_uri` mit einem Muster
fault-modes = mindestens eines von loopback, relay, paste nennen
fault-redirect-host = ist localhost, 127.0.0.1 oder [::1]
fault-host-name = {"{"}{ $name }{"}"} darf keinen Host bestimmen
fault-unverified = unverified nennt `{ $value }`, das ist kein Wert davon
fault-loose-host = `{ $name }` ist Teil eines Hosts: ihm ein Muster aus Buchstaben, Ziffern und Bindestrichen geben

## Causes

cause-unreachable = { $host } ist nicht erreichbar
cause-pace = { $host } nimmt vorerst keine Anfragen mehr an
cause-quiet = { $host } hat um eine Pause gebeten
cause-unanswered = { $host } hat die gleiche Anfrage eines anderen Shops unbeantwortet gelassen
cause-lost = { $host } hat nicht geantwortet
cause-client = die Zertifikate oder die Proxy-Einstellungen sind falsch
cause-incomplete = in der Antwort von { $host } fehlt `{ $pointer }`
cause-answer = HTTP { $status }, { $code }
cause-no-oauth = keine OAuth-Antwort
cause-request = Anfrage { $id }
cause-template = `{ $text }` ist keine Vorlage: Platzhalter als {"{name}"} schreiben
cause-missing = `{ $name }` hat keinen Wert, und `{ $template }` braucht einen
cause-no-metadata = keine Metadaten unter { $first } oder { $second }
cause-other-issuer = die Metadaten sind von `{ $issuer }`
cause-origin = der Wert von `{ $name }` ist kein https-Origin: Schema, Host und Port, sonst nichts (http nur für diesen Rechner)
cause-host = der Wert von `{ $name }` taugt nicht für einen Hostnamen
cause-header = der Wert von `{ $name }` taugt nicht für einen Header
cause-address = `{ $address }` ist keine https-Adresse (http nur für diesen Rechner)
not-a-pace = `{ $text }` ist kein Takt: schreiben wie 10/s, 8/m oder 100/h
not-a-duration = `{ $text }` ist keine Dauer: schreiben wie 90s, 5m, 12h oder 30d
duration-too-long = `{ $text }` ist länger als hundert Jahre
not-a-date = schreiben wie 2026-11-22
not-a-pair = schreiben als NAME=VALUE
not-a-header = schreiben als `Name: value`, in einer Zeile ASCII
not-a-hash = die ersten 16 Hexadezimalziffern seines SHA-256 angeben

## Bundles

export-terminal = ein Paket ist kein Text für ein Terminal
    .hint = in eine Datei schreiben: `sellauth export … > shops.age`
export-nowhere = nur eine Datei beweist, dass das Paket aufbewahrt wurde, und stdout ist keine: es wurde nichts entfernt
    .hint = in eine Datei schreiben und diese kopieren: `sellauth export … --move > shops.age`
export-audience-needed = es ist niemand angegeben, der das Paket öffnen könnte
    .hint = `--recipient age1…` angeben oder SELLAUTH_EXPORT_PASSPHRASE setzen
export-passphrases-differ = die beiden Passphrasen sind verschieden
    .hint = das war eine andere; die erste noch einmal eintippen oder Strg-C drücken
renewal-open = eine Antwort des Marktplatzes an `{ $name }` ging verloren und lässt sich vielleicht noch holen
    .hint = zuerst ausführen: `sellauth token { $name } --refresh`
bundle-unsealed = das Paket lässt sich nicht verschlüsseln
    .hint = es wurde nichts geändert; noch einmal versuchen
bundle-unopened = das Paket lässt sich nicht öffnen: Passphrase oder Identität ist eine andere, oder die Datei wurde verändert oder abgeschnitten
    .hint = es wurde nichts geändert; die Datei mit ihrem Original vergleichen und die Passphrase mit der des Exports
bundle-foreign = { $path } ist kein Paket von sellauth
    .hint = `sellauth export` erzeugt eines; eine .env-, JSON- oder YAML-Datei eines anderen Programms übernimmt `sellauth import MARKETPLACE --from FILE`
bundle-empty = { $path } ist leer: der Export ist fehlgeschlagen
    .hint = `sellauth export` noch einmal ausführen und lesen, was es sagt
bundle-version = { $path } hat Version { $version } des Formats, die hier nicht bekannt ist
    .hint = sellauth auf diesem Rechner aktualisieren
bundle-lacks = im Paket fehlt, was zu `{ $name }` gehört
    .hint = es wurde nichts geändert; mit `sellauth export` ein neues erzeugen
bundle-identity-useless = das Paket ist mit einer Passphrase verschlüsselt, keine Identität öffnet es
    .hint = `--identity` weglassen
bundle-identity-needed = das Paket ist für eine age-Identität verschlüsselt
    .hint = ihre Datei angeben: `--identity FILE`
bundle-passphrase-needed = das Paket ist mit einer Passphrase verschlüsselt
    .hint = SELLAUTH_EXPORT_PASSPHRASE setzen oder in SELLAUTH_EXPORT_PASSPHRASE_FILE eine Datei nennen, die sie enthält
bundle-of-several = `{ $name }` kann der Name nur eines einzigen sein, und das Paket hat mehrere oder keinen
    .hint = weglassen; Namen danach ändern: `sellauth rename`
bundle-elsewhere = `{ $name }` ist schon hier: unter dem Namen `{ $other }`
    .hint = es wurde nichts geändert; zuerst umbenennen: `sellauth rename { $other } { $name }`
bundle-taken = hier heißt ein anderer Shop `{ $name }`
    .hint = es wurde nichts geändert; den hiesigen umbenennen: `sellauth rename`, einen einzelnen importieren: `--profile NEW`, oder ihn ersetzen: `--replace`
bundle-differs = `{ $name }` ist schon hier und anders eingerichtet
    .hint = es wurde nichts geändert; vergleichen: `sellauth export { $name } --config-only`, und durch das aus dem Paket ersetzen: `--replace`
bundle-anew = `{ $name }` ist schon hier, mit einer anderen Zustimmung als der des Pakets
    .hint = es wurde nichts geändert; die hiesige behalten oder durch die des Pakets ersetzen: `--replace`
bundle-connected = ein anderer Shop ist als `{ $name }` verbunden, und das Paket hat keine Zustimmung, die an seine Stelle treten könnte
    .hint = es wurde nichts geändert; zuerst den hiesigen umbenennen oder trennen
bundle-outlived = die Kopie von `{ $name }` im Paket ist wertlos: hier wurde seither erneuert, und { $marketplace } hat das Refresh-Token ersetzt
    .hint = es wurde nichts geändert; die hiesige behalten oder den Verkäufer erneut zustimmen lassen: `sellauth reauthorize { $name }`
bundle-app-taken = hier heißt eine andere App `{ $name }`
    .hint = es wurde nichts geändert; der App des Pakets einen anderen Namen geben: `--app NAME`
bundle-definition-differs = die Definition von `{ $id }` im Paket unterscheidet sich von { $path }
    .hint = es wurde nichts geändert; beide angleichen oder eine umbenennen
identity-unfit = { $path } enthält keine age-Identität
    .hint = sie braucht Zeilen, die mit AGE-SECRET-KEY-1 beginnen, wie `age-keygen` sie schreibt

## Timers

errand-silent = nach { $seconds } s noch nicht fertig und deshalb beendet
errand-stopped = zusammen mit diesem Befehl beendet
hook-unfit = `{ $command }` ist kein Befehl
    .hint = ihn wie für eine Shell in einer Zeile schreiben, mit geschlossenen Anführungszeichen: `--hook "notify-send sellauth"`
not-an-interval = `{ $text }` ist keiner der Abstände, die in einem Tag aufgehen: { $known }
timer-no-scheduler = dieses System hat keinen Zeitplaner, den sellauth kennt
timer-refused = `{ $command }` ist fehlgeschlagen; es wurde nichts geändert
timer-foreign = { $path } ist nicht von sellauth geschrieben
    .hint = es wurde nichts geändert; was dort ist, umbenennen oder verschieben
timer-edited = { $path } wurde von Hand geändert
    .hint = es wurde nichts geändert; `sellauth timer install --force` ersetzt es. Eigene Einstellungen für systemd sind in einem Drop-in sicher: `systemctl --user edit sellauth-refresh.timer`
timer-other-home = der installierte Timer sucht die Shops an einem anderen Ort: { $theirs }; hier ist es { $ours }
    .hint = ein Benutzer hat einen Timer; ihn trotzdem ersetzen oder entfernen: `--force`
timer-stays = der Zeitplaner hat den Timer nicht losgelassen: `{ $command }` zeigt ihn noch
    .hint = es wurde nichts entfernt; gleich noch einmal versuchen
timer-path-unfit = ein Pfad oder eine Variable lässt sich nicht in die Datei eines Zeitplaners schreiben
    .hint = Pfade aus UTF-8-Text ohne Steuerzeichen verwenden
timer-program-unknown = dieses Programm weiß nicht, wo es liegt
    .hint = es mit seinem ganzen Pfad aufrufen
timer-hook-missing = es gibt kein Programm `{ $program }`, das sich ausführen ließe
    .hint = es mit seinem ganzen Pfad angeben oder ein Programm nennen, das im PATH liegt
timer-grace-alone = `--grace` gilt für einen Hook, und es gibt keinen
    .hint = einen Befehl angeben: `--hook`

## The shell

completions-failed = die Vervollständigung für { $shell } lässt sich nicht erzeugen
    .hint = das ist ein Fehler in sellauth; bitte melden
man-unknown = es gibt keine Handbuchseite zu `{ $name }`
    .hint = `sellauth man` listet sie am Ende auf
man-unwritable = { $path } lässt sich nicht schreiben
    .hint = prüfen, ob Platz frei ist und ob der Ordner dem Benutzer gehört, der diesen Befehl ausführt
nearest-of-known = war `{ $name }` gemeint? bekannt sind: { $known }
