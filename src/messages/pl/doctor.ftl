# `doctor`: co znaleziono i co z tym zrobić. Mała litera na początku, bez kropki na końcu.

## What is being done

doctor-doing-loopback = loopback
doctor-doing-network = sieć
doctor-doing-store = { $store }
doctor-doing-locks = blokady
doctor-doing = jeszcze trwa badanie: { $what } …

## Facts

doctor-fact-program = sellauth
doctor-fact-system = system
doctor-fact-examined = badane jako
doctor-fact-config = konfiguracja
doctor-fact-state = stan
doctor-fact-store = magazyn plikowy
doctor-fact-secrets = sekrety
doctor-fact-cache = tokeny podręczne
doctor-fact-shops = sklepy
doctor-fact-variables = zmienne
doctor-fact-none = brak
doctor-fact-not-there = { $folder } (jeszcze nie istnieje)
doctor-fact-store-use = { $store }: { $secrets }
doctor-fact-store-default = { $store }: { $secrets } (tu trafiają nowe)
doctor-fact-cache-on = ważne tokeny są trzymane pod ręką
doctor-fact-cache-off = wyłączone
doctor-fact-apps = aplikacje
doctor-fact-definitions = definicje
doctor-fact-shops-of = { $shops } ({ $marketplaces })
doctor-fact-own = własne: { $count }

## How bad it is

doctor-ok = ok
doctor-note = uwaga
doctor-warning = ostrzeżenie
doctor-problem = problem
doctor-fine = Nie znaleziono problemów.
doctor-fine-but = Nie znaleziono problemów. Ostrzeżenia: { $warnings }
doctor-problems = Problemy: { $problems }, ostrzeżenia: { $warnings }

## Stores

doctor-store-works = { $store }: zapis, odczyt i usunięcie sekretu zajęły { $took } ms; mieści się { $largest } KiB
doctor-store-unused = file: nic tu jeszcze nie jest przechowywane
doctor-store-default = połączone sklepy działają; dla następnego wybierz magazyn, który działa: `store = "file"` w config.toml
doctor-client-secret-gone = w magazynie nie ma już Client Secret aplikacji { $app }
    .hint = podaj go jeszcze raz: `sellauth app set { $app } --client-secret-stdin`
doctor-secret-gone = w magazynie nie ma już tokenów sklepu { $name }
    .hint = przywróć magazyn z kopii zapasowej albo połącz sklep ponownie: `sellauth reauthorize { $name }`
doctor-secrets-missing = sklep { $name }: { $why }
    .hint = przywróć magazyn z kopii zapasowej albo połącz sklep ponownie: `sellauth reauthorize { $name }`
doctor-key-beside = klucz { $path } leży obok tego, co otwiera: chroni, gdy wycieknie plik, ale nie gdy wycieknie folder
    .hint = jeśli folder jest kopiowany albo archiwizowany w całości, trzymaj klucz gdzie indziej (SELLAUTH_KEY_FILE) albo pod hasłem (`age -p -o NEW OLD`)
doctor-key-passphrase = klucz jest chroniony hasłem, którego potrzebują skrypty: `token` nigdy o nie nie pyta
    .hint = podaj je każdemu zadaniu w SELLAUTH_PASSPHRASE_FILE

## The way back of a browser

doctor-loopback-both = ten komputer odpowiada sam sobie na 127.0.0.1 i [::1]
doctor-loopback-v4 = ten komputer odpowiada sam sobie na 127.0.0.1; IPv6 nie ma i nie potrzebuje
doctor-loopback-v6-fails = na [::1] można nasłuchiwać, ale nie można się z nim połączyć
    .hint = przeszkadza zapora sieciowa: zezwól na połączenia tego komputera z samym sobą (interfejs lo) albo wyłącz IPv6 całkowicie
doctor-loopback-fails = ten komputer nie może połączyć się sam ze sobą na 127.0.0.1, więc żadna przeglądarka nie wróci
    .hint = zezwól na połączenia przez interfejs lo albo łącz sklepy z `--paste`
doctor-port-free = port { $port }, zarejestrowany przez aplikację, jest wolny
doctor-fixed-port-free = port { $port }, na który wracają zgody rozpoczęte na platformie, jest wolny
doctor-port-taken = port { $port }, na który ma wrócić przeglądarka, zajmuje inny program
    .hint = sprawdź, który to program: `ss -ltnp 'sport = :{ $port }'`, i zakończ go na czas łączenia sklepu; albo wklej adres: `--paste`
doctor-fixed-port-taken = port { $port } zajmuje inny program: zgody rozpoczęte na platformie nie zdołają tu wrócić
    .hint = sprawdź, który to program: `ss -ltnp 'sport = :{ $port }'`

doctor-browser-command = adresy otwiera { $program }
doctor-browser-system = adresy otwiera przeglądarka systemowa
doctor-browser-gone = nie ma polecenia przeglądarki { $program }
    .hint = popraw albo usuń SELLAUTH_BROWSER lub BROWSER; `connect` i tak wypisze adres
doctor-browser-none = nic tu nie otwiera adresów
    .hint = adres, który wypisze `connect`, otwórz gdzie indziej i wklej ten, na którym zatrzyma się przeglądarka: `--paste` albo `--device`, jeśli platforma to ma
doctor-no-display = ta sesja nie ma ekranu
    .hint = adres, który wypisze `connect`, otwórz gdzie indziej i wklej ten, na którym zatrzyma się przeglądarka: `--paste` albo `--device`, jeśli platforma to ma

## The way to the marketplaces

doctor-network-nobody = nic nie jest zarejestrowane ani połączone, więc nikogo nie zapytano: sieć, certyfikaty i zegar nie są badane
doctor-network-answers = { $host } odpowiada w { $took } ms
doctor-network = brak połączenia z { $hosts }
    .hint = sprawdź sieć tego komputera; za zaporą firmową ustaw HTTPS_PROXY
doctor-network-name = usługa nazw (DNS) nie zna { $hosts }
    .hint = sprawdź sieć i jej serwery nazw (/etc/resolv.conf); za zaporą firmową ustaw HTTPS_PROXY
doctor-network-silent = { $hosts }: brak odpowiedzi w ciągu { $seconds } s
    .hint = sprawdź sieć tego komputera; za zaporą firmową ustaw HTTPS_PROXY
doctor-proxy = proxy nie przepuszcza nas do { $hosts }
    .hint = sprawdź HTTPS_PROXY (adres, port, nazwa i hasło) albo wymień te hosty w NO_PROXY, jeśli proxy nie jest im potrzebne
doctor-tls-issuer = certyfikat { $hosts } podpisał ktoś, kogo ten komputer nie zna: coś podsłuchuje po drodze
    .hint = za proxy firmowym wskaż jego certyfikat: `ca_file = "…"` w config.toml; w przeciwnym razie nie idź tu dalej
doctor-tls-date = certyfikat { $hosts } jest nieważny według zegara tego komputera
    .hint = ustaw zegar: `timedatectl set-ntp true`
doctor-tls = brak szyfrowanego połączenia z { $hosts }
    .hint = coś po drodze nie obsługuje TLS: sprawdź HTTPS_PROXY i zaporę sieciową
doctor-tls-setup = nie można utworzyć klienta połączeń szyfrowanych
    .hint = zainstaluj certyfikaty systemowe (pakiet ca-certificates) albo wskaż plik z nimi w SSL_CERT_FILE
doctor-ca-unreadable = { $said } wskazuje { $path }, którego nie można odczytać
    .hint = popraw { $said } albo pozwól czytać ten plik użytkownikowi, który uruchamia to polecenie
doctor-ca-empty = { $said } wskazuje { $path }, w którym nie ma certyfikatu
    .hint = { $said } wymaga pliku z wierszami `-----BEGIN CERTIFICATE-----` (PEM)
doctor-clock-right = zegar idzie dobrze, według zegara { $host }
doctor-clock-ahead = zegar tego komputera spieszy się o { $seconds } s względem zegara { $host }
    .hint = ustaw zegar: `timedatectl set-ntp true`; do tego czasu tokeny są odnawiane za wcześnie
doctor-clock-behind = zegar tego komputera spóźnia się o { $seconds } s względem zegara { $host }
    .hint = ustaw zegar: `timedatectl set-ntp true`; do tego czasu mogą być wydawane tokeny, które już wygasły

## Files

doctor-link = { $path } prowadzi donikąd, więc nic stamtąd nie jest czytane
    .hint = przywróć to, do czego prowadzi, albo usuń dowiązanie: `rm { $word }`
doctor-mode-folder = inni na tym komputerze mogą zaglądać do { $path }
    .hint = zamknij dostęp: `chmod -R go= { $word }`
doctor-mode-key = inni na tym komputerze mogą czytać klucz { $path }
    .hint = zamknij dostęp: `chmod go= { $word }`; jeśli inni mogli go już przeczytać, utwórz nowy klucz i połącz sklepy ponownie
doctor-mode = inni mogą czytać { $path } (łącznie: { $count })
    .hint = zamknij dostęp: `chmod -R go= { $word }`
doctor-owner = { $path } należy do innego użytkownika (łącznie: { $count })
    .hint = uruchamiaj sellauth jako użytkownik, który połączył sklepy, nigdy przez sudo; albo oddaj mu te pliki: `chown`
doctor-shared = { $path } leży w systemie plików, z którego korzystają też inne komputery ({ $kind }): blokady mogą między nimi nie działać
    .hint = niech odnawia tylko jeden komputer albo daj każdemu jego własny folder: SELLAUTH_HOME
doctor-drafts = pliki pozostawione przez przerwane polecenia: { $count }
    .hint = nic ich nie potrzebuje: `rm { $files }`
doctor-orphans = zapisy sklepów, których profilu już nie ma, a których sekrety mogą jeszcze być w magazynie: { $count }
    .hint = przywróć profile z kopii zapasowej i odłącz je przez `sellauth disconnect` albo zapomnij te zapisy: `rm { $files }`
doctor-duplicate = te pliki mają ten sam uuid, więc dla każdego magazynu są jednym: { $files }
    .hint = usuń kopię, a tamten sklep połącz na nowo: skopiowany plik nie jest drugim sklepem
doctor-journal = odnawianie sklepu { $name }, rozpoczęte { $began }, nie zostało skończone
    .hint = podejmie je następne: `sellauth token { $name }`
doctor-spill = odnowione tokeny sklepu { $name } czekają w { $path }, bo ich magazyn zawiódł
    .hint = przejmie je następne polecenie, które zastanie magazyn działający: `sellauth token { $name }`
doctor-lock = blokadę { $what } od kilku sekund trzyma { $who }
    .hint = poczekaj na zwolnienie
doctor-lock-holder = proces { $pid } ({ $program })
doctor-lock-somebody = inny proces
doctor-lock-see = jeśli nie rusza dalej, sprawdź, co robi: `{ $command }`

## Shops

doctor-never-connected = sklep { $name } nie był jeszcze połączony
    .hint = połączy go `sellauth reauthorize { $name }`
doctor-reauthorization = sklep { $name } już nie działa: { $why }
    .hint = połącz go ponownie: `sellauth reauthorize { $name }`
doctor-due = sklep { $name }: { $why }
    .hint = niech sprzedawca ponownie wyrazi zgodę na czas: `sellauth reauthorize { $name }`
doctor-incident = sklep { $name }: { $why }
    .hint = poczekaj; `sellauth status --check { $name }` zapyta platformę
doctor-unused = sklep { $name }: { $why }
    .hint = odnów go raz: `sellauth refresh { $name }`
doctor-client-secret-over = Client Secret aplikacji { $app } wygasł { $day }
    .hint = wygeneruj nowy w portalu platformy: `sellauth app set { $app } --client-secret-stdin`
doctor-client-secret-ends = Client Secret aplikacji { $app } wygasa { $day }
    .hint = wygeneruj nowy w portalu platformy: `sellauth app set { $app } --client-secret-stdin`
doctor-refresh-token = refresh token sklepu { $name } wygasa { $day }, jeśli przedtem nie zostanie użyty
    .hint = odnawiaj go co jakiś czas, najlepiej z crona: `sellauth refresh { $name }`

## Whoever runs the scripts

doctor-job-unknown = cron, systemd albo user:NAME
doctor-job-unnamed = nie podano, kto uruchamia skrypty
    .hint = podaj to: `--as-job cron`, `--as-job systemd` albo `--as-job user:NAME`
doctor-job-ask = Kto uruchamia skrypty
doctor-job-answer-cron = cron, z Twojej tabeli crontab
doctor-job-answer-systemd = systemd, jako usługa
doctor-job-answer-user = inny użytkownik
doctor-job-ask-user = Który użytkownik
doctor-job-cron = zadanie crona
doctor-job-systemd = usługa systemd
doctor-job-user = użytkownik { $name }
doctor-job-no-user = nie ma użytkownika { $name }
    .hint = użytkowników tego komputera wymienia `getent passwd`
doctor-job-variables = { $job } nie ma tych zmiennych, które są ustawione tutaj: { $names }
    .hint = wpisz te, których potrzebują skrypty, do crontab albo do pliku usługi; sekrety jako pliki, pod nazwami `…_FILE`
doctor-job-no-home = bez SELLAUTH_HOME { $job } szuka w { $folder } i nie znajdzie żadnego sklepu
    .hint = ustaw SELLAUTH_HOME w crontab albo w pliku usługi (`Environment=`) tak jak tutaj; co następuje, sprawdzono z tą wartością
doctor-job-other-home = bez SELLAUTH_HOME { $job } szuka w { $folder } i znajdzie inne sklepy: { $shops }
    .hint = ustaw SELLAUTH_HOME w crontab albo w pliku usługi (`Environment=`) tak jak tutaj; co następuje, sprawdzono z tą wartością
doctor-job-systemd-root = sprawdzono usługę systemową z Twoją nazwą w `User=`; bez tego wiersza działa jako root i szuka w folderach roota
    .hint = wpisz do pliku usługi `User=` i swoją nazwę
doctor-job-home = { $job } szuka sklepów w { $theirs }, a nie w { $ours }
    .hint = niech działa jako użytkownik, który połączył sklepy, z tymi samymi zmiennymi HOME i XDG; albo połącz je tam
doctor-job-keyring = pęk kluczy działa tutaj, ale { $job } nie ma do niego dostępu: należy on do sesji graficznej
    .hint = trzymaj sekrety w plikach: `sellauth migrate --all --to file`, a potem `store = "file"` w config.toml; usługa może dostać klucz z `LoadCredential=sellauth:/path/to/key`, inne zadania z SELLAUTH_KEY_FILE
doctor-job-keyring-by-day = { $job } ma dostęp do pęku kluczy tylko wtedy, gdy trwa Twoja sesja i pęk jest odblokowany: nie w nocy i nie po restarcie
    .hint = trzymaj sekrety w plikach: `sellauth migrate --all --to file`, a potem `store = "file"` w config.toml; usługa może dostać klucz z `LoadCredential=sellauth:/path/to/key`, inne zadania z SELLAUTH_KEY_FILE
doctor-job-failed = { $job }: nie udało się tego sprawdzić
    .hint = uruchom tam zamiast tego `sellauth doctor`; inny użytkownik musi mieć dostęp do programu
doctor-job-unstarted = nie udało się uruchomić { $program }: { $why }
doctor-job-silent = brak odpowiedzi w ciągu { $seconds } s
doctor-job-groups = użytkownika { $name } sprawdzono bez jego pozostałych grup: to, co mogą czytać tylko one, wygląda na zamknięte
    .hint = zainstaluj setpriv (pakiet util-linux) albo sprawdź jako ten użytkownik: `sudo -u { $name } sellauth doctor`
doctor-job-barred = użytkownik { $name } nie może zaglądać do { $path }
    .hint = uruchamiaj skrypty jako użytkownik, który połączył sklepy, albo przekaż sklepy: `sellauth export --move`, a potem `sellauth import --bundle` jako { $name }
doctor-job-may-read = uprawnienia pozwalają użytkownikowi { $name } czytać wszystko
doctor-job-untested = nie wolno Ci działać jako użytkownik { $name }: magazyny, sieć i zmienne środowiskowe nie zostały sprawdzone
    .hint = sprawdź je jako ten użytkownik: `sudo -u { $name } sellauth doctor`
doctor-access-folder = inni na tym komputerze mogą zaglądać do { $path }
    .hint = zamknij dostęp, w PowerShell: `{ $command }`
doctor-access-key = inni na tym komputerze mogą czytać klucz { $path }
    .hint = zamknij dostęp, w PowerShell: `{ $command }`; jeśli inni mogli go już przeczytać, utwórz nowy klucz i połącz sklepy ponownie
doctor-access = inni mogą czytać { $path } (łącznie: { $count })
    .hint = zamknij dostęp, w PowerShell: `{ $command }`
