# Secret stores and locks. Lower case, no full stop; the hint says what to do next.

-ways-out = oder Geheimnisse stattdessen in verschlüsselten Dateien aufbewahren: `--store file` oder SELLAUTH_STORE=file in der Umgebung

store-forgets = der Geheimnisspeicher gab nicht zurück, was eben hineingeschrieben wurde
    .hint = die Meldungen des Schlüsselbund-Dienstes ansehen, { -ways-out }

store-keyring-locked = der Schlüsselbund ist gesperrt
    .hint = ihn durch Anmelden am Desktop oder in dessen Passwortverwaltung entsperren, { -ways-out }
store-keyring-absent = in dieser Sitzung ist kein Schlüsselbund erreichbar
    .hint = den Befehl in einer Desktop-Sitzung ausführen oder einen Schlüsselbund-Dienst auf einem Sitzungsbus starten (DBUS_SESSION_BUS_ADDRESS), { -ways-out }
store-keyring-no-collection = der Schlüsselbund hat keine Standardsammlung für Geheimnisse
    .hint = in der Passwortverwaltung des Desktops eine anlegen, { -ways-out }
store-keyring-dismissed = der Schlüsselbund blieb gesperrt: sein Dialog wurde geschlossen, oder hier kann ihn nichts anzeigen
    .hint = ihn entsperren und es noch einmal versuchen, { -ways-out }
store-keyring-silent = der Schlüsselbund hat innerhalb von { $seconds } s nicht geantwortet
    .hint = nach einem offenen Dialog zum Entsperren suchen oder den Schlüsselbund-Dienst neu starten, { -ways-out }
store-keyring-damaged = der Eintrag { $entry } des Schlüsselbunds ist beschädigt oder unvollständig
    .hint = es wurde nichts gelöscht; den Shop neu verbinden, um einen neuen Eintrag zu schreiben
store-keyring-foreign = der Eintrag { $entry } des Schlüsselbunds enthält das Geheimnis von { $other }
    .hint = es wurde nichts gelöscht; die Einträge des Schlüsselbunds wiederherstellen oder den Shop neu verbinden, um einen neuen zu schreiben
store-keyring-too-small = die Einträge des Schlüsselbunds sind zu klein für dieses Geheimnis
    .hint = es stattdessen in verschlüsselten Dateien aufbewahren: `--store file` oder SELLAUTH_STORE=file in der Umgebung
store-keyring-refused = beim Schlüsselbund trat ein Fehler auf
    .hint = die Meldungen des Schlüsselbund-Dienstes ansehen, { -ways-out }

store-file-unreadable = die Geheimnisdatei { $path } ist nicht lesbar
    .hint = Eigentümer und Zugriffsrechte prüfen: der Benutzer, der diesen Befehl ausführt, muss sie lesen können
store-file-unwritable = die Geheimnisdatei { $path } lässt sich nicht schreiben
    .hint = prüfen, ob Platz frei ist und ob ihr Ordner dem Benutzer gehört, der diesen Befehl ausführt
store-file-wrong-key = die Geheimnisdatei { $path } ist für einen anderen Schlüssel als { $key } verschlüsselt
    .hint = es wurde nichts gelöscht; in SELLAUTH_KEY_FILE die Schlüsseldatei nennen, mit der sie geschrieben wurde, oder den Shop neu verbinden
store-file-damaged = die Geheimnisdatei { $path } ist beschädigt oder nicht von sellauth geschrieben
    .hint = es wurde nichts gelöscht; sie aus einer Sicherung wiederherstellen oder den Shop neu verbinden
store-file-foreign = die Geheimnisdatei { $path } enthält das Geheimnis von { $other }
    .hint = es wurde nichts gelöscht; den Dateien ihre eigenen Namen zurückgeben oder den Shop neu verbinden

store-key-missing = die Schlüsseldatei { $path } gibt es nicht
    .hint = SELLAUTH_KEY_FILE berichtigen oder die Datei erzeugen mit `age-keygen -o FILE`
store-key-gone = die Schlüsseldatei { $path }, die die Geheimnisdateien brauchen, ist weg
    .hint = sie wiederherstellen oder in SELLAUTH_KEY_FILE eine andere Kopie nennen; wenn sie verloren ist, die Geheimnisdateien entfernen und die Shops neu verbinden
store-key-unreadable = die Schlüsseldatei { $path } ist nicht lesbar
    .hint = Eigentümer und Zugriffsrechte prüfen: der Benutzer, der diesen Befehl ausführt, muss sie lesen können
store-key-unwritable = die Schlüsseldatei { $path } lässt sich nicht anlegen
    .hint = prüfen, ob ihr Ordner dem Benutzer gehört, der diesen Befehl ausführt, oder in SELLAUTH_KEY_FILE eine Schlüsseldatei nennen
store-key-invalid = die Schlüsseldatei { $path } enthält keine age-Identität
    .hint = sie braucht eine Zeile, die mit AGE-SECRET-KEY-1 beginnt, wie `age-keygen` sie schreibt, oder muss eine solche Datei sein, mit `age -p` verschlüsselt
store-key-plain = eine Passphrase ist gesetzt, aber die Schlüsseldatei { $path } ist nicht durch eine geschützt
    .hint = sie mit `age -p -o NEW OLD` schützen und in SELLAUTH_KEY_FILE nennen oder SELLAUTH_PASSPHRASE nicht mehr setzen
store-passphrase-missing = die Schlüsseldatei { $path } ist durch eine Passphrase geschützt
    .hint = SELLAUTH_PASSPHRASE setzen oder in SELLAUTH_PASSPHRASE_FILE eine Datei nennen, die sie enthält
store-passphrase-wrong = die Passphrase öffnet die Schlüsseldatei { $path } nicht
    .hint = prüfen, ob SELLAUTH_PASSPHRASE stimmt und ob es die richtige Schlüsseldatei ist

cache-key-kept = der Kernel behält den Schlüssel der bereitgehaltenen Token
    .hint = `cache = "off"` in config.toml setzen: dann wird kein Token ausgegeben, ohne dass sein Speicher gefragt wurde
cache-kept = die bereitgehaltenen Token in { $path } lassen sich nicht entfernen
    .hint = ohne ihren Schlüssel, der gelöscht ist, sind sie wertlos; prüfen, ob der Ordner dem Benutzer gehört, der diesen Befehl ausführt, und ihn entfernen

lock-held = ein anderer sellauth-Befehl hält die Sperre { $path } schon zu lange
    .hint = es später noch einmal versuchen oder nachsehen, welcher Prozess es ist: `fuser { $path }`
lock-unusable = die Sperrdatei { $path } lässt sich nicht verwenden
    .hint = prüfen, ob ihr Ordner dem Benutzer gehört, der diesen Befehl ausführt, und ob sein Dateisystem Sperren kennt

## A Vault or OpenBao that machines share

vault-address-missing = der Speicher `vault` braucht die Adresse eines Vault oder OpenBao
    .hint = VAULT_ADDR setzen, zum Beispiel https://vault.example.com:8200
vault-address-plain = VAULT_ADDR ist http und führt über diesen Rechner hinaus: unterwegs könnte jeder die Geheimnisse lesen
    .hint = die https-Adresse verwenden; eine eigene CA wird in VAULT_CACERT genannt
vault-address-unfit = VAULT_ADDR ist keine Adresse eines Vault
    .hint = Schema, Host und Port schreiben, zum Beispiel https://vault.example.com:8200; Mount und Präfix gehören in `[vault]` von config.toml
vault-login-missing = hier gibt es nichts, womit man sich bei Vault anmelden könnte
    .hint = VAULT_TOKEN oder VAULT_TOKEN_FILE setzen, oder SELLAUTH_VAULT_ROLE_ID und SELLAUTH_VAULT_SECRET_ID (AppRole), oder SELLAUTH_VAULT_ROLE (Kubernetes), oder ausführen: `bao login` oder `vault login`
vault-login-refused = Vault lehnt die Anmeldung mit { $way } ab
    .hint = prüfen, ob die Rolle und was sie ausweist (SELLAUTH_VAULT_ROLE_ID, SELLAUTH_VAULT_SECRET_ID, SELLAUTH_VAULT_ROLE) zu diesem Vault gehören und ob nichts davon aufgebraucht, abgelaufen oder widerrufen ist
vault-token-refused = Vault nimmt sein Token nicht an: es ist abgelaufen, widerrufen oder das eines anderen Vault
    .hint = ein neues holen (`bao login` oder `vault login`) und nachsehen, ob es in VAULT_TOKEN, VAULT_TOKEN_FILE oder ~/.vault-token steht
vault-denied = Vault verweigert dieser Anmeldung { $path }
    .hint = ihr die Policy geben, die `sellauth vault policy` ausgibt, für denselben Mount und dasselbe Präfix
vault-sealed = Vault ist versiegelt
    .hint = ihn entsiegeln, dann den Befehl noch einmal ausführen; es ist nichts verloren
vault-standby = dieser Vault ist im Standby, und kein anderer ist aktiv
    .hint = es später noch einmal versuchen; wenn es so bleibt, nach dem Cluster sehen: `bao status` oder `vault status`
vault-busy = Vault kann gerade nicht antworten (HTTP { $status })
    .hint = es später noch einmal versuchen; es ist nichts verloren
vault-unreachable = Vault ist unter { $address } nicht erreichbar
    .hint = VAULT_ADDR, VAULT_CACERT, Netzwerk und Proxy prüfen (HTTPS_PROXY, NO_PROXY) und noch einmal versuchen
vault-no-mount = Vault hat unter dem Mount `{ $mount }` keine Geheimnisse
    .hint = den Mount eines KV-Speichers der Version 2 als `mount` in `[vault]` von config.toml angeben oder einen von der Verwaltung einrichten lassen
vault-kv-version-1 = der Mount `{ $mount }` ist ein KV-Speicher der Version 1, der nicht weiß, wer zuerst geschrieben hat
    .hint = einen der Version 2 als `mount` in `[vault]` von config.toml angeben oder die Verwaltung ausführen lassen: `bao kv enable-versioning { $mount }/` oder `vault kv enable-versioning { $mount }/`
vault-version-deleted = die neueste Version von { $entry } wurde in Vault gelöscht, nicht von sellauth
    .hint = sie zurückholen mit `bao kv undelete` oder `vault kv undelete`; wenn sie vernichtet ist, den Shop trennen und neu verbinden
vault-entry-damaged = der Eintrag { $entry } in Vault ist beschädigt oder nicht von sellauth geschrieben
    .hint = es wurde nichts geändert; eine ältere Version zurückholen mit `bao kv rollback` oder `vault kv rollback`, oder den Verkäufer erneut zustimmen lassen
vault-entry-gone = `{ $name }` ist nicht in diesem Vault, und nirgends steht, dass der Shop getrennt wurde
    .hint = es wurde nichts entfernt; prüfen, ob VAULT_ADDR, VAULT_NAMESPACE sowie Mount und Präfix in config.toml die sind, mit denen er verbunden wurde
vault-disconnected-elsewhere = `{ $name }` wurde auf einem anderen Rechner getrennt
    .hint = `sellauth connect` verbindet den Shop wieder
vault-lease-held = ein anderer Rechner erneuert diesen Shop schon zu lange
    .hint = es später noch einmal versuchen; stirbt ein Rechner dabei, darf 40 s nach seinem letzten Lebenszeichen ein anderer weitermachen
vault-overtaken = ein anderer Rechner hat diese Erneuerung fortgesetzt, weil es hier zu lange gedauert hat
    .hint = den Befehl noch einmal ausführen: er macht mit dem weiter, was jener Rechner gespeichert hat
vault-name-taken = der Name `{ $name }` ist in diesem Vault vergeben
    .hint = einen anderen wählen oder nachsehen, was es ist: `sellauth status --store vault`
vault-token-handed-out-late = Vault war nicht zu befragen: { $reason }; das Token läuft erst ab: { $end }
vault-wish-overwritten = { $path } wurde hier und in Vault zugleich geändert: es gilt, was in Vault steht, und die hiesige Änderung ist weg
vault-refused = Vault lehnt die Anfrage ab (HTTP { $status })
    .hint = es wurde nichts geändert; nachsehen, was das Protokoll von Vault dazu sagt
vault-older = was Vault von `{ $name }` hat, ist älter als das, was dieser Rechner schon gesehen hat: Vault wurde aus einer Sicherung wiederhergestellt
    .hint = es wurde nichts gesendet oder geändert; die neueste Sicherung einspielen oder den Verkäufer erneut zustimmen lassen: `sellauth reauthorize { $name }`
vault-contended = der Eintrag { $entry } in Vault wird ständig geändert, oder dieser Knoten hinkt weit hinterher
    .hint = es später noch einmal versuchen; wenn es so bleibt, nach dem Cluster sehen: `bao status` oder `vault status`
vault-copies-shown = Vault konnte nicht gefragt werden: { $reason }; gezeigt wird der letzte bekannte Stand
vault-unpublished = { $name } ist verbunden, aber andere Rechner sehen den Shop noch nicht: { $reason }
home-unwritable = in keinen Ordner lässt sich schreiben: weder in den eigenen noch in einen für temporäre Dateien
    .hint = SELLAUTH_HOME, XDG_RUNTIME_DIR oder TMPDIR auf einen Ordner setzen, der allein dem Benutzer gehört, der diesen Befehl ausführt (0700)
vault-no-namespace = Vault hat keinen Namespace `{ $namespace }`
    .hint = VAULT_NAMESPACE berichtigen oder nicht mehr setzen
vault-reading = { $count } Einträge werden aus Vault gelesen
vault-shop-there = { $name } ist schon in diesem Vault, und andere Rechner erneuern den Shop dort
    .hint = ihn von dort verwenden: `sellauth status --store vault`; von zwei Kopien wäre eine bald ungültig
