# Co mówią pozostałe polecenia.

refresh-renewed = odnowiono
refresh-not-due = nie trzeba
refresh-never-connected = nie był jeszcze połączony
refresh-failed = niepowodzenie
refresh-lasts = wystarczy do { $end }
refresh-token = token do { $end }
refresh-failures = nie udało się odnowić { $failed } z { NUMBER($total) ->
        [one] { $total } sklepu
       *[other] { $total } sklepów
    }
refresh-error = sklep { $name }: { $error }
refresh-error-app = { NUMBER($shops) ->
        [one] { $shops } sklep
        [few] { $shops } sklepy
       *[many] { $shops } sklepów
    } aplikacji { $app }: { $error }
refreshing = { $done } z { NUMBER($total) ->
        [one] { $total } sklepu
       *[other] { $total } sklepów
    }, zostało { $left }
ask-client-id = Client ID
ask-client-secret = Client Secret
ask-secret = Sekret
client-secret-lost = na tym komputerze nie ma Client Secret aplikacji { $name }
ask-redirect-uri = Redirect URI, dokładnie jak zarejestrowany (https://…)
ask-app-kind = Jakiego rodzaju jest aplikacja
ask-app-case = Która to będzie aplikacja
app-own = już zarejestrowana w portalu
ask-client-name = Nazwa aplikacji na platformie ({ $hint })
ask-software-statement = Identyfikator oprogramowania (software statement ID)
registration-page = niech sprzedawca wygeneruje kod na tej stronie: { $url }
app-registered = zarejestrowano aplikację { $name }
app-added = dodano aplikację { $name }
app-set = zmieniono aplikację { $name }
client-secret-proved = nowy Client Secret działa: odnowiono nim sklep { $name }
client-secret-unproved = platforma nie została o nic zapytana: czy nowy Client Secret działa, okaże się przy następnym użyciu
client-secret-healed = wcześniej odmowa, teraz odnowiono: { $names }
client-secret-still-refused = sklep { $name } nadal spotyka się z odmową: { $error }
client-secret-grace = platforma { $marketplace } przyjmuje stary Client Secret jeszcze przez { $grace } po wymianie: do tego czasu nowy musi trafić na wszystkie inne komputery
app-kind-open = aplikacja ma tylko jeden rodzaj ({ $kinds }) i zachowuje ten, z którym ją zarejestrowano: logowanie innego rodzaju się nie uda
app-removed = usunięto aplikację { $name }
app-unchanged = nic się nie zmieniło: aplikacja { $name } już taka jest
app-stopped = tych sklepów nie da się już odnawiać: { $names }; zgoda dotyczyła Client ID { $before }. Niech sprzedawca ponownie wyrazi zgodę: sellauth reauthorize; albo cofnij zmianę: sellauth app set { $name } --client-id { $before }
app-secret-ends = Client Secret wygasa { $day }. Wygeneruj nowy w portalu platformy, a potem: sellauth app set { $name } --client-secret-stdin
shops = { NUMBER($shops) ->
        [one] { $shops } sklep
        [few] { $shops } sklepy
       *[many] { $shops } sklepów
    }
app-made-due = czas na ponowną zgodę: { $names }; do jej wyrażenia sklepy działają dalej. Ponów zgody: sellauth reauthorize
app-heading = APLIKACJA | PLATFORMA | ŚRODOWISKO | WERSJA | CLIENT ID
ask-app-remove-waiting = Usunąć aplikację { $name }, choć czeka odpowiedź na jej rejestrację: jedyna kopia Client Secret, który drugi raz nie przyjdzie (zachowa go --recover)
ask-app-remove = Usunąć aplikację { $name } i jej Client Secret
no-apps = nie zarejestrowano jeszcze żadnej aplikacji: sellauth app add MARKETPLACE
portal = wpisz to w portalu ({ $url }):

app-elsewhere = aplikacja jest zarejestrowana dla środowiska { $environment }: jeśli o nią chodzi, dodaj `--env { $environment }`
app-next = teraz połącz sklep: `{ $command }`
explain-heading = KOD | KTO GO UŻYWA
explain-title = { $code } – { $place }
explain-cause = co się stało:
explain-fix = co zrobić:
explain-link = więcej:
explain-others = ten kod objaśniają także: { $places } (jedno z objaśnień pokaże --marketplace ID)
new-ask-issuer = Issuer, jeśli jego serwer publikuje metadane (https://…; Enter: nie publikuje)
new-ask-name = Nazwa, pod jaką znają ją sprzedawcy
new-ask-grant = Skąd się bierze pierwszy token
new-ask-grant-code = sprzedawca wyraża zgodę w przeglądarce (authorization_code)
new-ask-grant-device = sprzedawca wpisuje kod na dowolnym urządzeniu (device_code)
new-ask-grant-client = wystarczą Client ID i Client Secret aplikacji (client_credentials)
new-ask-grant-static = sprzedawca kopiuje klucz z portalu (static)
new-ask-authorization-endpoint = Strona zgody (https://…)
new-ask-device-endpoint = Adres, pod którym urządzenie prosi o kod (https://…)
new-ask-token-endpoint = Endpoint tokenów (https://…)
new-ask-api-base = Adres API, które przyjmuje te tokeny
new-ask-client = Jak uwierzytelnia się aplikacja
new-ask-client-basic = w nagłówku, HTTP Basic (client_secret_basic)
new-ask-client-post = w formularzu (client_secret_post)
new-ask-client-none = wcale: nie ma sekretu (none)
new-ask-pkce = Czy platforma obsługuje PKCE
new-ask-loopback = Czy przyjmuje redirect URI na tym komputerze (http://127.0.0.1)
new-ask-refresh-token = Czy wydaje refresh tokeny
new-ask-scopes = Zakresy (scope), oddzielone spacjami (Enter: żadne)
new-ask-scopes-known = Zakresy (scope), oddzielone spacjami (Enter: żadne; platforma podaje { $known })
new-published = { $issuer } publikuje metadane: o to, co w nich jest, program nie pyta
new-next = przejrzyj definicję, a potem dodaj swoją aplikację: `sellauth app add { $id }`
new-next-static = przejrzyj definicję, a potem połącz sklep: `sellauth connect { $id }`
diff-none = odkąd sprzedawcy wyrazili zgody, żadna definicja się nie zmieniła
diff-then = { $id }, gdy sprzedawca ostatnio wyrażał zgodę
diff-now = { $id }, teraz
diff-unreadable = jedna z dwóch definicji nie jest plikiem TOML, więc nie wiadomo, które hosty są nowe
diff-hosts = nowe hosty: { $hosts }
definition-changed = to, co sellauth wie o platformie { $id }, zmieniło się, odkąd sprzedawca wyraził zgodę; co dokładnie, pokaże `sellauth marketplaces diff { $id }`
marketplace-heading = PLATFORMA | NAZWA | REGIONY
marketplace-fine = definicja { $id } jest w porządku

relay-fine = { $url } odsyła przeglądarki na ten komputer
exec-sdk = polecenie dostaje długo ważne sekrety sklepu { $name }, a nie tylko token: uruchamiaj tylko to, czemu można je powierzyć
api-busy = API jest zajęte; ponowna próba za { $seconds } s
renamed = zmieniono nazwę { $old } na { $new }
locked = zablokowano: następny token każdego sklepu zostanie wzięty z jego magazynu sekretów
disconnected = odłączono sklep { $name }
disconnect-consequence = skrypty, które używają `sellauth token { $name }`, przestaną działać, a żeby to cofnąć, sprzedawca musi ponownie wyrazić zgodę
ask-disconnect = Odłączyć sklep { $name }
remark-no-refresh-token = refresh token nie przyszedł: tego połączenia nic nie odnowi i skończy się ono razem z pierwszym tokenem dostępu. Spraw, żeby platforma wydawała aplikacji refresh tokeny (co wpisać w jej portalu, pokaże `sellauth app show APP`), a potem niech sprzedawca ponownie wyrazi zgodę: sellauth reauthorize
disconnect-key-stays = platforma { $marketplace } nie została powiadomiona: wpisane dane są tam ważne, dopóki ktoś ich nie usunie: { $place }
disconnect-credentials-stay = platforma { $marketplace } nie została powiadomiona: Client ID i Client Secret aplikacji są tam ważne, dopóki ktoś ich nie usunie: { $place }
disconnect-consent-stays = platforma { $marketplace } nie została powiadomiona: zgoda obowiązuje tam, dopóki sprzedawca jej nie cofnie: { $place }
disconnect-in-portal = w portalu sprzedawcy albo w ustawieniach konta
disconnect-by-hand = żaden program nie może powiadomić platformy { $marketplace }; usuń tam aplikację: { $url }

log-heading = CZAS (UTC) | ZDARZENIE | PROFIL | SKLEP | KTO | SZCZEGÓŁY
log-app = aplikacja { $name }
log-was = przedtem { $name }
log-empty = nic jeszcze nie zapisano
log-broken = { NUMBER($lines) ->
        [one] { $lines } wiersz historii jest uszkodzony i został pominięty
        [few] { $lines } wiersze historii są uszkodzone i zostały pominięte
       *[many] { $lines } wierszy historii jest uszkodzonych i zostało pominiętych
    }

receipt-removed = usunięto
receipt-kept = zostaje
receipt-never-connected = nikt nie wyraził zgody, więc nie ma czego cofać
receipt-app-unused = żaden sklep nie używa już aplikacji { $name }. Jeśli nie jest już potrzebna: sellauth app remove { $name }
receipt-revoked = zgoda na platformie { $marketplace } została cofnięta
trace-token-set = zestaw tokenów
trace-token-at-hand = token podręczny
trace-journal = dziennik
trace-spill = plik awaryjny
trace-record = zapis
trace-profile = profil
trace-app = aplikacja
trace-log = historia

status-heading = PROFIL | SKLEP | REGION | ŚRODOWISKO | WERSJA | STAN | KONIEC | POWÓD
no-such-label = żaden połączony sklep nie ma tej etykiety
checking = sprawdzanie sklepu { $name } …
no-ends = nie wiadomo, by cokolwiek miało wygasnąć, więc nie ma kalendarza
status-next-secret = wygeneruj nowy Client Secret w portalu platformy, a potem: sellauth app set { $app } --client-secret-stdin
status-next = ponów zgody, na które przyszedł czas: sellauth reauthorize
state-connected = połączony
state-due = wymaga uwagi
state-reauthorization-required = potrzebna zgoda
state-entry-required = wpisz na nowo
state-secrets-missing = brak sekretów
reason-never-connected = nikt jeszcze nie wyraził zgody
reason-secrets-missing = w magazynie nie ma już jego sekretów
reason-refresh-token-expired = zbyt długo nieodnawiany: refresh token wygasł
reason-authorization-expired = zgoda wygasła
reason-incident = odmowa razem z innymi sklepami: to raczej awaria platformy, ponowna próba od { $probe }
reason-client-changed = aplikacja została zarejestrowana na nowo
reason-app-version = aplikacja ma wersję { $wanted }, zgoda dotyczy wersji { $granted }
reason-app-version-first = aplikacja ma wersję { $wanted }, zgodę wyrażono, zanim wersje były zapisywane
reason-scopes-missing = jeszcze nieprzyznane: { $scopes }
reason-authorization-ends = zgoda wygasa { $day }
reason-secret-first = { $why }, a Client Secret aplikacji już { $day }
reason-unused-ends = platforma wycofa aplikację { $day }, jeśli nie będzie używana: `sellauth refresh`
end-authorization = zgoda
end-authorization-of = sellauth: wygasa zgoda sklepu { $whose }
end-authorization-cure = Niech sprzedawca przedtem ponownie wyrazi zgodę: sellauth reauthorize { $whose }
end-client-secret = sekret
end-client-secret-of = sellauth: wygasa Client Secret aplikacji { $whose }
end-client-secret-cure = Przedtem wygeneruj nowy w portalu platformy, a potem: sellauth app set { $whose } --client-secret-stdin
end-refresh-token = token
end-refresh-token-of = sellauth: wygasa refresh token sklepu { $whose }
end-refresh-token-cure = Odnów go przedtem, z crona albo ręcznie: sellauth refresh { $whose }
end-none = bezterminowo
end-unused = nieużywana
end-unused-of = sellauth: platforma wycofa aplikację ze sklepu { $whose }, jeśli nie będzie używana
end-unused-cure = Odnów przedtem token, z crona albo ręcznie: sellauth refresh { $whose }
reason-client-secret-ends = Client Secret aplikacji wygasa { $day }: `sellauth app set`

exported = wyeksportowano { $names }
export-moved = wyeksportowano { $names } i usunięto stąd; platforma o niczym nie wie
export-without-secrets = { $why }: eksportowana jest sama konfiguracja, bez zgody
export-rotates = są teraz dwie kopie ({ $names }), a przeżyć może tylko jedna: przy każdym odnowieniu platforma wymienia refresh token i odrzuca kopię, która ma stary; używaj tylko jednego komputera, a drugą kopię zapomnij (tutaj robi to `--move`)
ask-export-passphrase = Hasło do pakietu
ask-export-passphrase-again = To samo hasło jeszcze raz
ask-bundle-passphrase = Hasło do pakietu
bundle-app-lacks = aplikacja { $name } nie ma jeszcze Client Secret: `sellauth app set { $name } --client-secret-stdin`
bundle-rotates = przeżyć może tylko jedna kopia ({ $names }): przy każdym odnowieniu platforma wymienia refresh token i odrzuca kopię, która ma stary; tam, skąd pochodzi pakiet, zapomnij to, co zostało: `sellauth export NAME --move > FILE` (`disconnect` może zakończyć zgodę dla obu)
bundle-brings = pakiet zawiera { $path }, platformę zdefiniowaną przez jego właściciela: to ona decyduje, dokąd idą sekrety jej sklepów
origin-gets-secret = `{ $name }` to teraz { $origin } zamiast adresu z definicji: tam trafią tokeny sklepu i Client Secret aplikacji. Upewnij się, że ten adres należy do platformy { $marketplace }
origin-replaced = `{ $name }` to teraz { $origin } zamiast adresu z definicji: tam trafi to, co jest przeznaczone tylko dla platformy { $marketplace }. Upewnij się, że ten adres należy do platformy { $marketplace }
bundle-imported = zaimportowano
bundle-would-import = do zaimportowania
bundle-replaced = zastąpiono
bundle-would-replace = do zastąpienia
bundle-unchanged = już tu jest
not-a-recipient = potrzebny jest odbiorca age, który zaczyna się od age1
recipient-damaged = ten odbiorca jest ucięty albo zawiera literówkę
migrated = przeniesiono
migrate-unchanged = bez zmian
migrate-failed = niepowodzenie

would-connect = zostałby połączony sklep { $profile } z aplikacją { $app }
would-connect-and-register = zostałby połączony sklep { $profile } i zarejestrowana aplikacja { $app }
import-environment = zmienne środowiskowe
import-line = { " " }(wiersz { $line })
ask-import = Połączyć sklep { $name } z tymi danymi
import-instead = tokeny aplikacji { $name } generuje się w portalu platformy: wygeneruj tam token i podaj go tutaj
import-plain-file = { $file } nadal zawiera jawnym tekstem: { $names }; usuń to, czego nie czyta nic innego; jeśli plik mogli czytać inni, wygeneruj w portalu nowy Client Secret
import-plain-environment = zmienne środowiskowe nadal zawierają jawnym tekstem: { $names }; usuń te, których nie czyta nic innego
import-replaced = platforma { $marketplace } wymieniła refresh token: stary jest teraz bezwartościowy, a programy, które go używają, przestaną działać
import-app-lacks = do zgody w przeglądarce aplikacji { $name } czegoś brakuje: `{ $command }`

## Timers, and whoever is told

hook-failed = nikt nie został powiadomiony, że sklep { $name } wymaga uwagi sprzedawcy: { $why }. Następne `refresh` spróbuje ponownie
hook-message-broken = sklep { $name } już nie działa: { $why }. Niech sprzedawca ponownie wyrazi zgodę: sellauth reauthorize { $name }
hook-message-due = sklep { $name } wkrótce będzie potrzebował ponownej zgody: { $why }. Ponów ją: sellauth reauthorize { $name }
hook-message-secret = sklep { $name } wkrótce będzie potrzebował nowego Client Secret: { $why }. Wygeneruj go w portalu platformy, a potem: sellauth app set { $app } --client-secret-stdin
timer-description = Odnawia dostęp do sklepów na platformach (sellauth)
timer-installed = timer jest zainstalowany: wszystkie sklepy są odnawiane co { $every }
timer-updated = timer jest aktualny: wszystkie sklepy są odnawiane co { $every }
timer-removed = timer został usunięty; nic już nie odnawia sklepów
timer-absent = żaden timer nie jest zainstalowany
    .hint = zainstaluj go: sellauth timer install
timer-would-write = zostałby zapisany plik { $path }:
timer-would-remove = zostałby usunięty plik { $path }
timer-would-run = zostałyby uruchomione polecenia:
timer-way-out = zaloguj się jako ten użytkownik bez su i sudo i spróbuj ponownie albo zostaw to cronowi. Dodaj ten wiersz przez `crontab -e`:
timer-way-out-task = spróbuj ponownie albo utwórz ręcznie zadanie, które uruchamia: { $program } refresh --all
timer-row-every = co ile
timer-row-runs = uruchamia
timer-row-last = ostatni raz
timer-row-next = następny raz
timer-last-run-ended = { $time } (kod wyjścia { $code })
timer-last-run-killed = { $time } (zakończony sygnałem { $signal })
timer-last-code = kod wyjścia { $code }
timer-stale-missing = { $program } już nie istnieje, więc timer nic nie robi
timer-stale-program = timer uruchamia { $theirs }, a ten program to { $ours }
timer-stale-home = timer szuka sklepów w innym miejscu niż to polecenie (SELLAUTH_HOME)
timer-stale-variables = timer ma inne zmienne niż to polecenie
timer-stale-edited = pliki timera zostały zmienione ręcznie
timer-stale-edited-next = żeby je zastąpić: sellauth timer install --force
timer-stale-incomplete = któregoś pliku timera brakuje albo nie pasuje on do pozostałych
timer-stale-inactive = pliki timera są na miejscu, ale nic go nie uruchamia
timer-stale-next = zaktualizuj timer: sellauth timer install
timer-stale-home-next = żeby zamiast tego szukał tutaj: sellauth timer install --force
timer-usual-home = zwykłe miejsce
timer-kept = timer zachowuje te zmienne, które tutaj nie są ustawione: { $names }
    .hint = żeby je usunąć: sellauth timer remove, a potem sellauth timer install
timer-no-linger = ten timer zatrzymuje się po wylogowaniu i rusza znowu przy następnym logowaniu
    .hint = żeby działał dalej: loginctl enable-linger
timer-keyring = sekrety są w pęku kluczy pulpitu, który może być zablokowany, gdy działa timer
    .hint = sprawdź, co wtedy zastanie: sellauth doctor --as-job systemd
timer-program-fleeting = timer uruchamia { $program }, a jutro tego pliku może już nie być
    .hint = najpierw zainstaluj sellauth (`cargo install`), a potem uruchom `sellauth timer install` z zainstalowanego programu
timer-program-versioned = timer uruchamia { $program }, a następna aktualizacja może ten plik zastąpić
    .hint = po aktualizacji sprawdź `sellauth timer status`
timer-secret = { $name } to sekret, więc nie został zapisany w timerze
    .hint = trzymaj ten sekret w pliku, który możesz czytać tylko Ty, i zainstaluj timer z { $name }_FILE=FILE
timer-proxy = proxy z hasłem albo tokenem nie zostało zapisane w timerze: { $names }
timer-variables = zadania tego systemu nie mają własnych zmiennych; timer obywa się bez { $names }
    .hint = ustaw je dla swojego użytkownika: setx NAME VALUE

## `sellauth` alone

overview-next = Co dalej
overview-more = … i jeszcze { $rest }: wszystkie pokazuje `sellauth status`
overview-connect = połącz sklep; do wyboru: { $known }
overview-connect-with = połącz sklep z aplikacją `{ $app }`
overview-demo = albo obejrzyj najpierw całą historię, bez żadnego konta
overview-repair = sprawdź, co jest nie tak: { $names }
overview-reauthorize = potrzebna ponowna zgoda: { $names }
overview-secret = Client Secret aplikacji `{ $app }` wkrótce wygasa; podaj nowy
overview-token = każdy sklep działa; to polecenie wypisuje token dostępu
