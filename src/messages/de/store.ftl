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
