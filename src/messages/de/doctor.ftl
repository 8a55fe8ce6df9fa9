# `doctor`: what is found, and what to do about it. Lower case, no full stop.

## What is being done

doctor-doing-loopback = Loopback
doctor-doing-network = Netzwerk
doctor-doing-store = { $store }
doctor-doing-locks = Sperren
doctor-doing = noch in Untersuchung: { $what } …

## Facts

doctor-fact-program = sellauth
doctor-fact-system = System
doctor-fact-examined = untersucht als
doctor-fact-config = Konfiguration
doctor-fact-state = Zustand
doctor-fact-store = Dateispeicher
doctor-fact-secrets = Geheimnisse
doctor-fact-cache = Cache
doctor-fact-shops = Shops
doctor-fact-variables = Variablen
doctor-fact-none = keine
doctor-fact-not-there = { $folder } (noch nicht da)
doctor-fact-store-use = { $store }: { $secrets }
doctor-fact-store-default = { $store }: { $secrets } (neue kommen hierher)
doctor-fact-cache-on = gültige Token werden bereitgehalten
doctor-fact-cache-off = aus
doctor-fact-apps = Apps
doctor-fact-definitions = Definitionen
doctor-fact-shops-of = { $shops } ({ $marketplaces })
doctor-fact-own = { $count } eigene

## How bad it is

doctor-ok = ok
doctor-note = Hinweis
doctor-warning = Warnung
doctor-problem = Problem
doctor-fine = Es wurde kein Problem gefunden.
doctor-fine-but = Es wurde kein Problem gefunden. Warnungen: { $warnings }
doctor-problems = Probleme: { $problems }, Warnungen: { $warnings }

## Stores

doctor-store-works = { $store }: ein Geheimnis wurde in { $took } ms geschrieben, zurückgelesen und gelöscht; es passen { $largest } KiB hinein
doctor-store-unused = file: dort ist noch nichts gespeichert
doctor-store-default = verbundene Shops funktionieren; für den nächsten einen Speicher wählen, der funktioniert: `store = "file"` in config.toml
doctor-client-secret-gone = das Client Secret der App { $app } ist nicht mehr in seinem Speicher
    .hint = es noch einmal eingeben: `sellauth app set { $app } --client-secret-stdin`
doctor-secret-gone = die Token von { $name } sind nicht mehr in ihrem Speicher
    .hint = den Speicher aus einer Sicherung wiederherstellen oder neu verbinden: `sellauth reauthorize { $name }`
doctor-secrets-missing = { $name }: { $why }
    .hint = den Speicher aus einer Sicherung wiederherstellen oder neu verbinden: `sellauth reauthorize { $name }`
doctor-key-beside = der Schlüssel { $path } liegt neben dem, was er öffnet: das schützt, wenn eine einzelne Datei in fremde Hände gerät, nicht aber der ganze Ordner
    .hint = den Schlüssel woanders aufbewahren (SELLAUTH_KEY_FILE) oder mit einer Passphrase schützen (`age -p -o NEW OLD`), wenn der Ordner als Ganzes kopiert oder gesichert wird
doctor-key-passphrase = der Schlüssel ist durch eine Passphrase geschützt, die Skripte haben müssen: `token` fragt nie danach
    .hint = sie jedem Job in SELLAUTH_PASSPHRASE_FILE mitgeben

## The way back of a browser

doctor-loopback-both = dieser Rechner antwortet sich selbst auf 127.0.0.1 und [::1]
doctor-loopback-v4 = dieser Rechner antwortet sich selbst auf 127.0.0.1; er hat kein IPv6 und braucht keines
doctor-loopback-v6-fails = auf [::1] lässt sich lauschen, aber nichts kommt dort an
    .hint = eine Firewall ist im Weg: Verbindungen dieses Rechners zu sich selbst erlauben (Schnittstelle lo) oder IPv6 ganz abschalten
doctor-loopback-fails = dieser Rechner erreicht sich selbst nicht auf 127.0.0.1, deshalb kommt kein Browser zurück
    .hint = Verbindungen über die Schnittstelle lo erlauben oder Shops mit `--paste` verbinden
doctor-port-free = Port { $port }, den eine App registriert hat, ist frei
doctor-fixed-port-free = Port { $port }, auf dem Zustimmungen zurückkommen, die beim Marktplatz beginnen, ist frei
doctor-port-taken = Port { $port }, auf dem ein Browser zurückkommen muss, ist von einem anderen Programm belegt
    .hint = nachsehen, von welchem: `ss -ltnp 'sport = :{ $port }'`, und es beenden, solange ein Shop verbunden wird; oder die Adresse einfügen: `--paste`
doctor-fixed-port-taken = Port { $port } ist von einem anderen Programm belegt: Zustimmungen, die beim Marktplatz beginnen, können nicht zurückkommen
    .hint = nachsehen, von welchem: `ss -ltnp 'sport = :{ $port }'`

doctor-browser-command = Adressen werden mit { $program } geöffnet
doctor-browser-system = Adressen werden mit dem Browser des Systems geöffnet
doctor-browser-gone = den Browser-Befehl { $program } gibt es nicht
    .hint = SELLAUTH_BROWSER oder BROWSER berichtigen oder nicht mehr setzen; `connect` zeigt die Adresse auf jeden Fall an
doctor-browser-none = nichts hier öffnet Adressen
    .hint = die Adresse, die `connect` anzeigt, anderswo öffnen und die einfügen, auf der der Browser landet: `--paste`, oder `--device`, wo der Marktplatz es kennt
doctor-no-display = in dieser Sitzung gibt es keine Anzeige
    .hint = die Adresse, die `connect` anzeigt, anderswo öffnen und die einfügen, auf der der Browser landet: `--paste`, oder `--device`, wo der Marktplatz es kennt

## The way to the marketplaces

doctor-network-nobody = es ist nichts registriert oder verbunden, also wurde niemand gefragt: Netzwerk, Zertifikate und Uhr sind nicht untersucht
doctor-network-answers = { $host } antwortet in { $took } ms
doctor-network = keine Verbindung zu { $hosts }
    .hint = das Netzwerk dieses Rechners prüfen; hinter einer Firmen-Firewall HTTPS_PROXY setzen
doctor-network-name = die Namensauflösung kennt { $hosts } nicht
    .hint = das Netzwerk und seine Nameserver prüfen (/etc/resolv.conf); hinter einer Firmen-Firewall HTTPS_PROXY setzen
doctor-network-silent = keine Antwort von { $hosts } innerhalb von { $seconds } s
    .hint = das Netzwerk dieses Rechners prüfen; hinter einer Firmen-Firewall HTTPS_PROXY setzen
doctor-proxy = der Proxy lässt uns nicht zu { $hosts } durch
    .hint = HTTPS_PROXY prüfen (Adresse, Port, Name und Passwort) oder die Hosts in NO_PROXY nennen, wenn sie keinen brauchen
doctor-tls-issuer = das Zertifikat von { $hosts } ist von niemandem ausgestellt, den dieser Rechner kennt: etwas liest mit
    .hint = hinter einem Firmen-Proxy dessen Zertifikat nennen: `ca_file = "…"` in config.toml; sonst hier nicht weitermachen
doctor-tls-date = das Zertifikat von { $hosts } ist zur Uhrzeit dieses Rechners nicht gültig
    .hint = die Uhr stellen: `timedatectl set-ntp true`
doctor-tls = keine verschlüsselte Verbindung zu { $hosts }
    .hint = etwas auf dem Weg dorthin spricht kein TLS: HTTPS_PROXY und die Firewall prüfen
doctor-tls-setup = verschlüsselte Verbindungen lassen sich nicht einrichten
    .hint = die Zertifikate des Systems installieren (Paket ca-certificates) oder in SSL_CERT_FILE eine Datei mit welchen nennen
doctor-ca-unreadable = { $said } nennt { $path }, und das ist nicht lesbar
    .hint = { $said } berichtigen oder dem Benutzer, der diesen Befehl ausführt, das Lesen erlauben
doctor-ca-empty = { $said } nennt { $path }, und darin steht kein Zertifikat
    .hint = { $said } braucht eine Datei mit Zeilen `-----BEGIN CERTIFICATE-----` (PEM)
doctor-clock-right = die Uhr geht richtig, verglichen mit der von { $host }
doctor-clock-ahead = die Uhr dieses Rechners geht gegenüber der von { $host } { $seconds } s vor
    .hint = die Uhr stellen: `timedatectl set-ntp true`; bis dahin werden Token zu früh erneuert
doctor-clock-behind = die Uhr dieses Rechners geht gegenüber der von { $host } { $seconds } s nach
    .hint = die Uhr stellen: `timedatectl set-ntp true`; bis dahin werden womöglich abgelaufene Token ausgegeben

## Files

doctor-link = { $path } führt ins Leere, deshalb wird dort nichts gelesen
    .hint = das Ziel wiederherstellen oder den Link entfernen: `rm { $word }`
doctor-mode-folder = andere auf diesem Rechner können in { $path } hineinsehen
    .hint = den Zugriff sperren: `chmod -R go= { $word }`
doctor-mode-key = andere auf diesem Rechner können den Schlüssel { $path } lesen
    .hint = den Zugriff sperren: `chmod go= { $word }`; falls andere ihn gelesen haben können, einen neuen Schlüssel erzeugen und die Shops neu verbinden
doctor-mode = andere dürfen { $path } lesen (insgesamt { $count })
    .hint = den Zugriff sperren: `chmod -R go= { $word }`
doctor-owner = { $path } gehört einem anderen Benutzer (insgesamt { $count })
    .hint = sellauth als der Benutzer ausführen, der die Shops verbunden hat, nie mit sudo; oder die Dateien zurückgeben: `chown`
doctor-shared = { $path } liegt auf einem Dateisystem, das auch andere Rechner nutzen ({ $kind }): Sperren wirken zwischen ihnen womöglich nicht
    .hint = nur einen Rechner erneuern lassen oder jedem seinen eigenen Ordner geben: SELLAUTH_HOME
doctor-drafts = Dateien, die abgebrochene Befehle hinterlassen haben: { $count }
    .hint = nichts braucht sie: `rm { $files }`
doctor-orphans = Datensätze von Shops, deren Profil weg ist und deren Geheimnisse vielleicht noch in einem Speicher liegen: { $count }
    .hint = die Profile aus einer Sicherung zurückholen und mit `sellauth disconnect` trennen oder die Datensätze verwerfen: `rm { $files }`
doctor-duplicate = diese Dateien haben dieselbe uuid und sind deshalb für jeden Speicher ein und dieselbe: { $files }
    .hint = die Kopie entfernen und jenen Shop neu verbinden: eine kopierte Datei ist kein zweiter Shop
doctor-journal = eine Erneuerung von { $name } begann { $began } und endete nicht
    .hint = die nächste setzt sie fort: `sellauth token { $name }`
doctor-spill = erneuerte Token von { $name } warten in { $path }, weil ihr Speicher nicht funktionierte
    .hint = der nächste Befehl, bei dem der Speicher wieder funktioniert, übernimmt sie: `sellauth token { $name }`
doctor-lock = die Sperre von { $what } wird seit mehreren Sekunden von { $who } gehalten
    .hint = darauf warten
doctor-lock-holder = Prozess { $pid } ({ $program })
doctor-lock-somebody = einem anderen Prozess
doctor-lock-see = wenn es nicht weitergeht, nachsehen, was er tut: `{ $command }`

## Shops

doctor-never-connected = { $name } wurde nie verbunden
    .hint = `sellauth reauthorize { $name }` verbindet ihn
doctor-reauthorization = { $name } funktioniert nicht mehr: { $why }
    .hint = neu verbinden: `sellauth reauthorize { $name }`
doctor-due = { $name }: { $why }
    .hint = den Verkäufer rechtzeitig erneut zustimmen lassen: `sellauth reauthorize { $name }`
doctor-incident = { $name }: { $why }
    .hint = warten; `sellauth status --check { $name }` fragt den Marktplatz
doctor-unused = { $name }: { $why }
    .hint = einmal erneuern: `sellauth refresh { $name }`
doctor-client-secret-over = das Client Secret der App { $app } ist am { $day } abgelaufen
    .hint = im Portal des Marktplatzes ein neues erzeugen: `sellauth app set { $app } --client-secret-stdin`
doctor-client-secret-ends = das Client Secret der App { $app } läuft am { $day } ab
    .hint = im Portal des Marktplatzes ein neues erzeugen: `sellauth app set { $app } --client-secret-stdin`
doctor-refresh-token = das Refresh-Token von { $name } läuft am { $day } ab, wenn es vorher nicht benutzt wird
    .hint = es ab und zu erneuern, am besten per Cron: `sellauth refresh { $name }`

## Whoever runs the scripts

doctor-job-unknown = cron, systemd oder user:NAME
doctor-job-unnamed = es ist nicht gesagt, wer die Skripte ausführt
    .hint = es angeben: `--as-job cron`, `--as-job systemd` oder `--as-job user:NAME`
doctor-job-ask = Wer führt die Skripte aus
doctor-job-answer-cron = cron, mit einer eigenen Crontab
doctor-job-answer-systemd = systemd, als Dienst
doctor-job-answer-user = ein anderer Benutzer
doctor-job-ask-user = Welcher Benutzer
doctor-job-cron = Cron-Job
doctor-job-systemd = systemd-Dienst
doctor-job-user = Benutzer { $name }
doctor-job-no-user = es gibt keinen Benutzer { $name }
    .hint = `getent passwd` listet die Benutzer dieses Rechners auf
doctor-job-variables = { $job }: diese Variablen, die hier gesetzt sind, fehlen dort: { $names }
    .hint = sie in die Crontab oder die Service-Datei aufnehmen, soweit die Skripte sie brauchen; Geheimnisse als Dateien, unter ihren `…_FILE`-Namen
doctor-job-no-home = { $job }: ohne SELLAUTH_HOME würde in { $folder } gesucht und kein Shop gefunden
    .hint = SELLAUTH_HOME in der Crontab oder der Service-Datei (`Environment=`) auf den Wert setzen, den es hier hat; das Folgende wurde damit ausprobiert
doctor-job-other-home = { $job }: ohne SELLAUTH_HOME würde in { $folder } gesucht, und es fänden sich andere Shops: { $shops }
    .hint = SELLAUTH_HOME in der Crontab oder der Service-Datei (`Environment=`) auf den Wert setzen, den es hier hat; das Folgende wurde damit ausprobiert
doctor-job-systemd-root = ausprobiert wurde ein Dienst des Systems mit Ihrem Namen in `User=`; ohne diese Zeile läuft er als root und sucht in dessen Ordnern
    .hint = `User=` mit Ihrem Namen in die Service-Datei schreiben
doctor-job-home = { $job }: Shops werden in { $theirs } gesucht, nicht in { $ours }
    .hint = die Skripte als der Benutzer ausführen, der die Shops verbunden hat, mit denselben HOME- und XDG-Variablen; oder die Shops dort verbinden
doctor-job-keyring = { $job }: der Schlüsselbund funktioniert hier, dort aber nicht: er gehört zur Desktop-Sitzung
    .hint = die Geheimnisse in Dateien aufbewahren: `sellauth migrate --all --to file`, dann `store = "file"` in config.toml; ein Dienst kann den Schlüssel aus `LoadCredential=sellauth:/path/to/key` bekommen, andere Jobs aus SELLAUTH_KEY_FILE
doctor-job-keyring-by-day = { $job }: der Schlüsselbund ist nur erreichbar, solange Sie angemeldet sind und er entsperrt ist: nicht nachts und nicht nach einem Neustart
    .hint = die Geheimnisse in Dateien aufbewahren: `sellauth migrate --all --to file`, dann `store = "file"` in config.toml; ein Dienst kann den Schlüssel aus `LoadCredential=sellauth:/path/to/key` bekommen, andere Jobs aus SELLAUTH_KEY_FILE
doctor-job-failed = { $job }: ließ sich nicht ausprobieren
    .hint = stattdessen `sellauth doctor` darin ausführen; ein anderer Benutzer muss das Programm erreichen können
doctor-job-unstarted = { $program } ließ sich nicht starten: { $why }
doctor-job-silent = keine Antwort innerhalb von { $seconds } s
doctor-job-groups = Benutzer { $name } wurde ohne seine weiteren Gruppen ausprobiert: was nur diese lesen dürfen, erscheint verschlossen
    .hint = setpriv installieren (Paket util-linux) oder es als dieser Benutzer versuchen: `sudo -u { $name } sellauth doctor`
doctor-job-barred = Benutzer { $name } kann nicht in { $path } hineinsehen
    .hint = die Skripte als der Benutzer ausführen, der die Shops verbunden hat, oder die Shops übergeben: `sellauth export --move`, dann `sellauth import --bundle` als { $name }
doctor-job-may-read = die Zugriffsrechte erlauben Benutzer { $name }, alles zu lesen
doctor-job-untested = Sie dürfen nicht zu Benutzer { $name } werden: Speicher, Netzwerk und Umgebung wurden nicht ausprobiert
    .hint = sie als dieser Benutzer ausprobieren: `sudo -u { $name } sellauth doctor`
doctor-access-folder = andere auf diesem Rechner können in { $path } hineinsehen
    .hint = den Zugriff sperren, in PowerShell: `{ $command }`
doctor-access-key = andere auf diesem Rechner können den Schlüssel { $path } lesen
    .hint = den Zugriff sperren, in PowerShell: `{ $command }`; falls andere ihn gelesen haben können, einen neuen Schlüssel erzeugen und die Shops neu verbinden
doctor-access = andere dürfen { $path } lesen (insgesamt { $count })
    .hint = den Zugriff sperren, in PowerShell: `{ $command }`
