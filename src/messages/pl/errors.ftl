# Błędy. Mała litera na początku, bez kropki na końcu; podpowiedź (hint) mówi, co zrobić dalej.
#
# Glosariusz (angielski → polski), wspólny dla wszystkich plików tego katalogu i dla definitions.toml:
#
#   marketplace            platforma (zawsze „platforma { $marketplace }”, żeby nazwa się nie odmieniała)
#   seller, shop           sprzedawca, sklep („sklep `{ $name }`”)
#   app, app version       aplikacja, wersja aplikacji
#   profile                profil
#   account                konto
#   portal                 portal platformy
#   connect, disconnect    połączyć, odłączyć
#   consent, to consent    zgoda, wyrazić zgodę
#   consent again, reauthorize  ponowna zgoda, ponowić zgodę
#   due (of a consent)     czas na ponowną zgodę; jako stan sklepu: „wymaga uwagi” (bo może też chodzić o Client Secret)
#   to renew (a token)     odnowić (token odnawiamy, zgodę ponawiamy)
#   to revoke              unieważnić (token), cofnąć (zgodę)
#   linked apps (Allegro)  powiązane aplikacje, powiązanie (Moje Allegro, powiązane aplikacje)
#   access token           token dostępu; refresh token: refresh token (jak w dokumentacji Allegro)
#   token at hand          token podręczny
#   client id, client secret    Client ID, Client Secret (jak w portalu Allegro; nieodmienne)
#   redirect URI           redirect URI (nieodmienne)
#   scope                  zakres (w pytaniach: zakres (scope))
#   secret store           magazyn sekretów; file store: magazyn plikowy
#   keyring                pęk kluczy
#   passphrase             hasło (hasłem konta jest „hasło konta”)
#   key file, identity, recipient (age)  plik klucza, tożsamość, odbiorca
#   definition             definicja (platformy)
#   bundle                 pakiet
#   log, journal, record   historia, dziennik, zapis
#   spill file             plik awaryjny
#   lock                   blokada
#   pace                   tempo
#   installation link      link instalacyjny
#   to paste the address   wkleić adres strony, na której zatrzymała się przeglądarka
#   flag, option           flaga (`--paste`), opcja (wartość `--option`)
#   environment            środowisko (produkcja, sandbox); zmienne środowiskowe
#   kind (of an app)       rodzaj
#   hint: „give it with `--x`”  podaj go: `--x …`; „leave out”: pomiń `--x`
#   Do użytkownika: druga osoba, tryb rozkazujący („uruchom”, „sprawdź”), bez form rodzajowych.

did-you-mean = czy chodziło o `{ $name }`?
command-missing = nie podano polecenia
see-help = dostępne polecenia i flagi pokazuje `--help`

## Files

file-unknown-key = { $place }: nieznany klucz `{ $key }`
file-nearest-key = czy chodziło o `{ $key }`?
file-known-keys = znane klucze: { $keys }
file-invalid = { $place }: { $reason }
    .hint = popraw ten wiersz; nic innego nie zostało zmienione
file-unreadable = nie można odczytać { $path }
    .hint = sprawdź, czy plik istnieje i czy ten użytkownik może go czytać
file-not-plain = to potok, gniazdo albo urządzenie, a nie plik
file-unwritable = nie można zapisać { $path }
    .hint = sprawdź wolne miejsce i to, czy folder należy do tego użytkownika
folder-unreadable = nie można odczytać folderu { $path }
    .hint = sprawdź, czy należy do tego użytkownika
record-damaged = plik { $path } jest uszkodzony albo nie został zapisany przez sellauth
    .hint = pozostał bez zmian: przywróć go z kopii zapasowej albo usuń i uruchom `sellauth reauthorize PROFILE`
home-missing = ten użytkownik nie ma folderu domowego
    .hint = ustaw w SELLAUTH_HOME własny folder
store-unknown = `{ $name }` nie jest magazynem sekretów
    .hint = SELLAUTH_STORE to keyring, file albo vault
stdout-failed = nie można pisać na stdout
    .hint = sprawdź, dokąd prowadzi stdout i czy jest tam wolne miejsce
stdin-unreadable = nie można czytać ze stdin
    .hint = przekaż sekret na stdin polecenia
stdin-empty = sekret jest pusty
    .hint = przekaż sekret na stdin polecenia, na przykład `sellauth … < FILE`

## Names

name-unfit = `{ $name }` nie może być nazwą
    .hint = użyj najwyżej 64 liter, cyfr, znaków `-`, `_` i pojedynczych kropek; na początku litera albo cyfra
name-taken = nazwa `{ $name }` jest zajęta
    .hint = wybierz inną albo sprawdź, co to jest: `sellauth status { $name }`
name-connected = sklep `{ $name }` jest już połączony
    .hint = ten sam sklep jeszcze raz: `sellauth reauthorize { $name }`; inny sklep: `--profile NEW`
name-imported = sklep `{ $name }` jest już połączony
    .hint = wybierz inną nazwę (`--profile NEW`) albo zastąp go (`--replace`)
profile-missing = żaden sklep nie nazywa się `{ $name }`
    .hint = połączone sklepy pokazuje `sellauth status`
profile-ambiguous = do `{ $given }` pasuje kilka połączonych sklepów: { $names }
    .hint = podaj nazwę jednego z nich
profile-unnamed = połączonych jest kilka sklepów: { $names }
    .hint = podaj nazwę jednego z nich albo ustaw SELLAUTH_PROFILE
nothing-connected = żaden sklep nie jest jeszcze połączony
    .hint = połącz pierwszy: `sellauth connect MARKETPLACE`; listę platform pokazuje `sellauth marketplaces`
never-connected = sklep `{ $name }` nie był jeszcze połączony
    .hint = połącz go: `sellauth reauthorize { $name }`
app-missing = żadna aplikacja nie nazywa się `{ $name }`
    .hint = listę pokazuje `sellauth app list`, nową aplikację rejestruje `sellauth app add`
app-ambiguous = pasuje kilka aplikacji: { $names }
    .hint = wybierz jedną: `--app NAME`
app-of-another = aplikacja `{ $name }` należy do { $belongs }
    .hint = do czego należy każda aplikacja, pokazuje `sellauth app list`
app-taken = aplikacja o nazwie `{ $name }` już istnieje
    .hint = wybierz inną nazwę (`--name N`) albo zmień tę aplikację: `sellauth app set { $name } --help`
app-in-use = aplikacji `{ $name }` używają: { $users }
    .hint = najpierw odłącz te sklepy
no-app = dla platformy { $marketplace } nie zarejestrowano żadnej aplikacji
    .hint = zarejestruj ją: `{ $command }`

## Marketplaces

marketplace-missing = żadna platforma nie nazywa się `{ $id }`
    .hint = listę platform pokazuje `sellauth marketplaces`
marketplace-taken = { $path }: `{ $id }` to platforma wbudowana, której żaden plik nie może zastąpić
    .hint = nadaj plikowi i jego id inną nazwę
explain-unknown = nigdzie nie ma objaśnienia kodu `{ $code }`
    .hint = wszystkie objaśnione kody pokazuje `sellauth explain`
new-id = `{ $id }` nie jest poprawnym id: dozwolone są małe litery, cyfry i łączniki
    .hint = id podaje się w wierszu poleceń i tak nazywa się plik: corner-shop
new-taken = platforma `{ $id }` już istnieje
    .hint = wybierz inne id; istniejącą definicję wypisze `sellauth marketplaces show { $id }`
new-needed = wymagana jest flaga { $flag }
    .hint = podaj ją albo --issuer serwera, który publikuje te dane; w terminalu program o nie zapyta
new-address = `{ $address }` nie jest adresem https (http wolno używać tylko na tym komputerze)
    .hint = skopiuj go z dokumentacji platformy
new-client-authentication = serwer nie przyjmuje żadnego ze sposobów, które zna definicja: { $methods }
    .hint = podaj najbliższy: --client-authentication basic, post albo none
new-unpublished = { $issuer } nie publikuje swoich metadanych
    .hint = pomiń --issuer i podaj adresy ręcznie: --authorization-endpoint, --token-endpoint
new-unfit = definicja nie byłaby poprawna: { $fault }
    .hint = popraw tę wartość; nic nie zostało zapisane
marketplace-unsound = { $path } nie jest poprawną definicją
    .hint = popraw zaznaczone miejsca i uruchom to ponownie
marketplace-faulty = { $path }:{ $first }
    .hint = wszystkie błędy pokaże `sellauth marketplaces check { $path }`
region-needed = platforma { $marketplace } ma kilka regionów
    .hint = wybierz jeden flagą `--region`: { $known }
region-useless = platforma { $marketplace } nie ma regionów, więc `{ $given }` nie może nim być
    .hint = pomiń `--region`
region-unknown = nieznany region `{ $given }`
    .hint = znane regiony: { $known }
environment-unknown = nieznane środowisko `{ $given }`
    .hint = znane środowiska: { $known }
option-unknown = nieznana opcja `{ $given }`
    .hint = znane opcje: { $known }
option-useless = platforma { $marketplace } nie ma opcji, więc `{ $given }` nie może nią być
    .hint = pomiń ją
value-unfit = `{ $value }` nie pasuje do `{ $name }`
    .hint = podaj jeden wiersz, bez spacji na początku i na końcu
value-example = wygląda to tak: { $example }
value-no-origin = `{ $name }` musi być adresem https bez ścieżki
    .hint = na przykład https://sellercentral.example.com
variable-secret = `{ $name }` to sekret: nie podaje się go w wierszu poleceń ani w pliku
    .hint = program o niego zapyta; bez terminala przekaż go przez stdin (`--secret-stdin`) albo w zmiennej środowiskowej
variable-needed = brakuje `{ $name }`: { $prompt }
    .hint = podaj tę wartość: `--set { $name }=…`
variables-faulty = { $path }: { $reason }
    .hint = popraw to; nic innego nie zostało zmienione
variable-unknown = platforma { $marketplace } nie ma wartości o nazwie `{ $name }`
    .hint = ma: { $known }

## Apps

app-kind-unknown = platforma { $marketplace } nie ma aplikacji rodzaju `{ $kind }`; znane są { $known }
    .hint = wybierz jeden z nich: `--kind KIND`
app-kind-browser = aplikacja `{ $name }` jest rodzaju `{ $kind }`: zgodę wyraża się w przeglądarce
    .hint = pomiń `--device`; aplikacja nie może być obu rodzajów, więc dla urządzeń zarejestruj drugą
app-kind-device = aplikacja `{ $name }` jest rodzaju `{ $kind }`: zgodę wyraża się kodem na dowolnym urządzeniu
    .hint = pomiń `--paste`, `--port` i `--start`; aplikacja nie może być obu rodzajów, więc dla przeglądarek zarejestruj drugą
registration-unsupported = platforma { $marketplace } nie rejestruje aplikacji w ten sposób
    .hint = zarejestruj aplikację w jej portalu, a potem `sellauth app add`
registration-declined = nic nie zostało zarejestrowane: { $reason }
    .hint = wygeneruj nowy kod (ważny krótko i na jedną próbę) i uruchom polecenie ponownie
registration-spilled = aplikacja `{ $name }` jest zarejestrowana, ale magazyn sekretów nie przyjął jej Client Secret: czeka on w zaszyfrowanym pliku
    .hint = przywróć działanie magazynu, a potem `sellauth app register { $id } --name { $name } --recover`; nie rejestruj ponownie, nazwa jest zajęta
registration-lost = aplikacja `{ $name }` jest zarejestrowana, ale jej Client Secret nie dało się nigdzie zachować
    .hint = przywróć działanie magazynu sekretów i zarejestruj następną pod inną nazwą `--client-name`
registration-open = rejestracja aplikacji `{ $name }` została przerwana
    .hint = to, co z niej zostało, odzyska `sellauth app register { $id } --name { $name } --recover`; jeśli nic nie znajdzie: `sellauth app remove { $name }`
registration-waiting = rejestracja aplikacji `{ $name }` nie jest skończona: nie ma ona jeszcze Client ID
    .hint = pobierz to, co przygotowała platforma: sellauth app register { $id } --name { $name } --recover
registration-uncertain = platforma być może zarejestrowała aplikację `{ $name }`, ale jej odpowiedź przepadła: nazwa może być zajęta
    .hint = sprawdź na koncie, czy aplikacja tam jest; potem `sellauth app remove { $name }` i rejestracja pod inną nazwą `--client-name`
registration-unreadable = platforma być może zarejestrowała aplikację `{ $name }`, ale jej odpowiedzi nie da się odczytać: to, co przyszło, jest zachowane w zaszyfrowanym pliku
    .hint = sprawdź na koncie, czy aplikacja tam jest; jeśli błąd leży w definicji, popraw ją, a potem `sellauth app register { $id } --name { $name } --recover`; w przeciwnym razie użyj innej nazwy
registration-unknown = rejestracja aplikacji `{ $name }` została przerwana przed nadejściem odpowiedzi: aplikacja może być zarejestrowana, a nazwa zajęta
    .hint = sprawdź na koncie, czy aplikacja tam jest; potem `sellauth app remove { $name }` i rejestracja pod inną nazwą `--client-name`
registration-nothing = żadna rejestracja aplikacji `{ $name }` nie czeka na magazyn sekretów
    .hint = co jest zapisane, pokaże `sellauth app show { $name }`
registration-code-needed = brakuje kodu od sprzedawcy
    .hint = przekaż go przez stdin (`--registration-code-stdin`) albo ustaw SELLAUTH_REGISTRATION_CODE
client-name-needed = brakuje nazwy aplikacji na platformie
    .hint = podaj ją: `--client-name TEXT`; nikt inny nie może jej mieć i jest ostateczna
client-name-unfit = to nie może być nazwa aplikacji: { $hint }
    .hint = { $hint }
software-statement-needed = brakuje identyfikatora oprogramowania (software statement ID)
    .hint = podaj go: `--software-statement-id ID`; platforma wydaje go autorom oprogramowania
client-id-needed = brakuje Client ID
    .hint = podaj go: `--client-id ID`
client-secret-needed = brakuje Client Secret
    .hint = przekaż go przez stdin (`--client-secret-stdin`) albo ustaw SELLAUTH_CLIENT_SECRET
client-secret-missing = w magazynie sekretów nie ma już Client Secret tej aplikacji
    .hint = podaj go jeszcze raz: `sellauth app set APP --client-secret-stdin`
client-secret-refused = platforma nie przyjmuje nowego Client Secret; dla aplikacji `{ $name }` nadal obowiązuje poprzedni
    .hint = skopiuj go jeszcze raz z portalu platformy; nowy zaczyna tam czasem działać dopiero po kilku minutach
client-secret-doubtful = każdy sklep, na którym wypróbowano nowy Client Secret, spotkał się z odmową; dla aplikacji `{ $name }` nadal obowiązuje poprzedni
    .hint = zły sekret i wygasła zgoda mogą wyglądać tak samo; jeśli nowy na pewno jest dobry: `--no-verify`
client-secret-untried = nie udało się wypróbować nowego Client Secret; dla aplikacji `{ $name }` nadal obowiązuje poprzedni
    .hint = spróbuj później albo przyjmij go bez próby: `--no-verify`
scopes-needed = platforma { $marketplace } wymaga podania zakresów (scope) aplikacji
    .hint = podaj każdy osobno: `--scope S`
redirect-uri-needed = platforma { $marketplace } wymaga własnego redirect URI
    .hint = podaj zarejestrowany: `--redirect-uri https://…`
redirect-name-needed = platforma { $marketplace } wymaga zamiast redirect URI: { $what }
    .hint = podaj w `--redirect-uri …` to, co pokazuje platforma
redirect-needed = aplikacja nie ma redirect URI, a platforma { $marketplace } nie przyjmuje domyślnego
    .hint = ustaw zarejestrowany: `sellauth app set APP --redirect-uri https://…`
redirect-unfit = `{ $uri }` nie może być redirect URI: { $reason }
    .hint = zarejestruj w portalu platformy odpowiedni i podaj dokładnie ten sam
redirect-no-address = musi to być adres https (http tylko na tym komputerze), bez fragmentu i nazwy użytkownika
redirect-taken-parameter = wśród jego parametrów nie może być `state`, `code` ani `error`
redirect-loopback-only = platforma odsyła przeglądarki tylko na ten komputer
redirect-https-only = platforma { $marketplace } nie przyjmuje adresu tego komputera, tylko zarejestrowaną stronę https
redirect-loopback-http = na tym komputerze jest to http, nie https
redirect-loopback-host = na tym komputerze host to 127.0.0.1, [::1] albo localhost
redirect-other-host = jego hostem musi być { $host }
port-registered = zarejestrowany redirect URI ma port { $port }
    .hint = pomiń `--port` albo zarejestruj inny redirect URI
app-remove-unconfirmed = usunięcie aplikacji `{ $name }` wymaga potwierdzenia
    .hint = dodaj `--yes`
app-remove-waiting = czeka odpowiedź na rejestrację aplikacji `{ $name }`: jedyna kopia Client Secret, który drugi raz nie przyjdzie
    .hint = zachowa go `sellauth app register { $id } --name { $name } --recover`; żeby mimo to go porzucić, dodaj `--yes --discard-registration`
app-remove-declined = aplikacja `{ $name }` nie została usunięta

## Tokens

min-validity-too-long = żaden token nie jest ważny przez { $least }: nowy żyje { $life }
    .hint = zażądaj krótszej ważności w `--min-validity`
renewed-elsewhere = token odnowił inny proces, a jego ważność nie wystarcza
    .hint = spróbuj ponownie
no-token = odnowienie nie przyniosło tokena
    .hint = spróbuj później
client-changed = od połączenia tego sklepu aplikacja została zarejestrowana na nowo
    .hint = niech sprzedawca ponownie wyrazi zgodę: `sellauth reauthorize PROFILE`
no-refresh-token = nie ma czym odnowić tokena dostępu
    .hint = niech sprzedawca ponownie wyrazi zgodę: `sellauth reauthorize PROFILE`
secrets-missing = w magazynie nie ma już sekretów sklepu `{ $name }`
    .hint = niech sprzedawca ponownie wyrazi zgodę: `sellauth reauthorize { $name }`
entered-missing = w magazynie nie ma już tego, co wpisano dla sklepu `{ $name }`
    .hint = wpisz klucz na nowo: `sellauth reauthorize { $name }`
secret-damaged = sekret { $key } jest uszkodzony
    .hint = nic nie zostało usunięte; przywróć magazyn sekretów z kopii zapasowej albo uruchom `sellauth reauthorize PROFILE`
refused = { $reason }
    .hint = niech sprzedawca ponownie wyrazi zgodę: `sellauth reauthorize PROFILE`
refused-entered = { $reason }
    .hint = wpisz klucz na nowo: `sellauth reauthorize { $name }`
refused-grant = platforma nie uznaje już tej zgody ({ $code })
refused-after-loss = platforma nie uznaje już tej zgody; jedna z jej odpowiedzi przepadła wcześniej i mogła zawierać nowy refresh token
answer-lost-twice = przepadły dwie odpowiedzi na odnowienie, więc nie wiadomo, czy platforma wymieniła refresh token
entered-needed = brakuje `{ $name }`: { $prompt }
    .hint = przekaż tę wartość przez stdin (`--secret-stdin`) albo ustaw { $variable }
entered-unknown = na stdin podano `{ $name }`, czego platforma { $marketplace } nie ma; znane są { $known }
    .hint = pisz po jednym `name=value` w wierszu albo jeden obiekt JSON z tekstami
entered-unreadable = to, co przyszło na stdin, nie jest ani jedną wartością, ani wierszami `name=value`, ani obiektem JSON z tekstami
    .hint = platforma { $marketplace } wymaga: { $known }
entered-refused = platforma { $marketplace } nie przyjmuje tego, co wpisano
    .hint = skopiuj to jeszcze raz z portalu platformy i wpisz na nowo: `sellauth reauthorize PROFILE`
entered-refused-reason = platforma nie przyjmuje już tego, co wpisano ({ $code }); zostanie zapytana ponownie po wpisaniu na nowo
endless-refused-reason = API odrzuca token, który jest bezterminowy i nigdy nie jest odnawiany
entered-no-consent = na platformie { $marketplace } nie ma zgody: dane dostępu do sklepu się wpisuje
    .hint = pomiń `--start` i `--finish`
entered-one = `--secret-stdin` dotyczy jednego sklepu
    .hint = podaj jego nazwę; dane pozostałych wpisuje się osobno
entered-each = dane dostępu do sklepu `{ $name }` wpisuje się tylko dla niego: zmienne środowiskowe nie mogą dotyczyć wszystkich sklepów
    .hint = podaj nazwę sklepu: `sellauth reauthorize { $name } --secret-stdin` albo uruchom to w terminalu
app-useless = platforma { $marketplace } nie zna aplikacji
    .hint = połącz sklep: `sellauth connect { $id }`
api-declined = zgoda działa, ale API platformy { $marketplace } ją odrzuca
    .hint = ponowna zgoda nie pomoże: sprawdź w portalu platformy, czy konto nie jest zawieszone i czy aplikacja ma potrzebne uprawnienia
incident-suspected = platforma { $marketplace } w ciągu kilku minut odmówiła kilku sklepom; to raczej jej własna awaria
    .hint = poczekaj: po godzinie zostanie zapytana ponownie; `sellauth token PROFILE --refresh` pyta od razu
answer-lost-in-grace = odpowiedź platformy przepadła
    .hint = nic jeszcze nie jest stracone: uruchom polecenie ponownie w ciągu { $grace }, a poprosi jeszcze raz o to samo
answer-lost = odpowiedź platformy przepadła
    .hint = uruchom polecenie ponownie: poprosi jeszcze raz o to samo
spilled = sklep { $name }: magazyn sekretów nie przyjął odnowionych tokenów
    .hint = nic nie przepadło: są zachowane, zaszyfrowane, w { $path }, a przejmie je następne polecenie, gdy magazyn zadziała; { $remedy }
spill-lost = sklep { $name }: odnowionych tokenów nie dało się nigdzie zachować
    .hint = uruchom polecenie od razu ponownie: platforma może jeszcze uznać to, co wysłano; jeśli nie: `sellauth reauthorize PROFILE`
spill-unwritable = nie można zapisać { $path }
    .hint = sprawdź wolne miejsce i to, czy folder należy do tego użytkownika; bez tego nic nie zostało wysłane
overtaken = w międzyczasie inny proces zmienił ten sklep
    .hint = uruchom polecenie ponownie
grant-refused = platforma nie uznała zgody
    .hint = spróbuj ponownie: kod działa tylko raz i tylko przez krótki czas
grant-refused-in = platforma nie uznała zgody
    .hint = spróbuj ponownie: kod tej platformy działa tylko raz i tylko przez { $life }
invalid-client = platforma nie uznaje Client ID albo Client Secret tej aplikacji
    .hint = sprawdź oba w jej portalu, a potem `sellauth app set APP --client-secret-stdin`
invalid-scope = platforma nie przyznaje aplikacji tych zakresów
    .hint = sprawdź je w jej portalu, a potem `sellauth app set APP --scope …`
request-refused = platforma odrzuciła żądanie jako błędne
    .hint = sprawdź rejestrację aplikacji i redirect URI: `sellauth app show APP`
template-failed = z definicji nie da się zbudować tego żądania
    .hint = sprawdź aplikację i platformę: `sellauth app show APP`, `sellauth marketplaces show ID`
answer-incomplete = w odpowiedzi platformy brakuje tego, co powinna zawierać
    .hint = spróbuj później; jeśli to się nie zmieni, definicja jest nieaktualna
marketplace-unreachable = nie można połączyć się z platformą
    .hint = sprawdź sieć i proxy (HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE) i spróbuj ponownie
marketplace-declined = { $reason }
    .hint = nic nie zostało zmienione; zrób to, a potem uruchom polecenie ponownie
marketplace-busy = platforma nie może teraz odpowiedzieć
    .hint = spróbuj później; nic nie przepadło
marketplace-paced = przy tempie, które przyjmuje platforma, to odnowienie nie zmieściło się w czasie
    .hint = spróbuj później i z mniejszą liczbą `--jobs`; nic nie przepadło
marketplace-busy-until = platforma prosi o odczekanie { $seconds } s
    .hint = spróbuj po tym czasie; nic nie przepadło
client-setup = nie można przygotować klienta https
    .hint = sprawdź `ca_file` w config.toml i SSL_CERT_FILE
revocation-failed = nie udało się powiadomić platformy, więc sklep `{ $name }` pozostaje połączony
    .hint = spróbuj później albo mimo to zapomnij go tutaj: `--force`

## Consent

consent-denied = sprzedawca nie wyraził zgody na platformie { $marketplace }
    .hint = nic nie zostało zmienione; żeby spróbować jeszcze raz, uruchom polecenie ponownie
consent-failed = platforma { $marketplace } zawiodła podczas wyrażania zgody ({ $code })
    .hint = nic nie zostało zmienione; spróbuj później
consent-refused = platforma { $marketplace } odrzuciła zgodę ({ $code })
    .hint = sprawdź rejestrację aplikacji, zakresy i redirect URI: `sellauth app show APP`
issuer-mismatch = odpowiedź przyszła z innego serwera niż zapytany
    .hint = nic nie zostało zmienione; zacznij od nowa, a najpierw zamknij inne strony logowania
answer-lacking = odpowiedź nie mówi, czego dotyczy: brakuje w niej `{ $parameter }`
    .hint = nic nie zostało zmienione; zacznij od nowa, a jeśli wklejasz adres, wklej go w całości
answer-unexpected = odpowiedź dotyczy czegoś innego: `{ $parameter }` różni się od tego, o co pytano
    .hint = nic nie zostało zmienione; zaloguj się do właściwego sklepu, najlepiej w oknie prywatnym
initiation-lacking = w tym, co miała wysłać platforma { $marketplace }, brakuje `{ $parameter }` albo wartość jest za długa
    .hint = skopiuj bez zmian cały adres strony, na której zatrzymała się przeglądarka
initiation-unfit = `{ $parameter }` nie zawiera adresu, pod którym platforma { $marketplace } kontynuuje wyrażanie zgody
    .hint = zacznij wyrażanie zgody na stronie { $page } i skopiuj bez zmian cały adres, na którym zatrzyma się przeglądarka
initiation-host = odrzucono zgodę rozpoczętą na `{ $host }`: to nie jest znany adres platformy { $marketplace }
    .hint = jeśli to nie Twoje działanie, zignoruj to; wyrażanie zgody zacznij na stronie { $page }
initiation-replaceable = jeśli to nie Twoje działanie, zignoruj to; jeśli adres należy do platformy { $marketplace }, `sellauth connect` przyjmie go przez `--set { $name }=https://{ $host }`
initiation-other-app = platforma { $marketplace } rozpoczęła zgodę dla innej aplikacji: jej adres kończy się na `{ $given }`, a adres tej aplikacji na `{ $own }`
    .hint = wybierz tam tę aplikację albo popraw jej id: `sellauth app show { $app }`
initiation-too-many = platforma { $marketplace } rozpoczęła za dużo zgód naraz (dozwolone: { $most }); na następne nie ma odpowiedzi
    .hint = dokończ na jednej z otwartych stron albo uruchom polecenie ponownie
never-started-there = platforma { $marketplace } nie rozpoczyna zgody sama albo taka zgoda nie wróciłaby na ten komputer
    .hint = pomiń `--wait-for-marketplace`
answer-without-code = platforma { $marketplace } odpowiedziała bez kodu
    .hint = nic nie zostało zmienione; uruchom polecenie ponownie
wrong-shop = zgodę wyraził inny sklep niż ten, do którego należy `{ $name }`
    .hint = nic nie zostało zmienione; zaloguj się do właściwego sklepu, najlepiej w oknie prywatnym, albo połącz tamten pod osobną nazwą: `sellauth connect { $id } --profile NEW`
client-secret-absent = na tym komputerze nie ma Client Secret aplikacji { $name }
    .hint = `sellauth app set { $name } --client-secret-stdin` albo SELLAUTH_CLIENT_SECRET w zmiennych środowiskowych
kept-aside = platforma wymieniła refresh token; to, co przyszło zamiast niego, jest zachowane jako `{ $name }`: `sellauth rename` nadaje lepszą nazwę, `sellauth disconnect` to kończy
removed-meanwhile = sklep `{ $name }` został w międzyczasie odłączony, więc ta zgoda nie została zachowana
    .hint = `sellauth connect` połączy ten sklep ponownie
wrong-shop-own = { $got } to Twój sklep `{ $name }`
wrong-shop-remove = zgodę wyrażoną przez { $got } usuwa się na stronie { $url }
wrong-shop-cause = oczekiwany sklep: { $expected }, otrzymany: { $got }
shop-unknown = odpowiedź nie mówi, który sklep wyraził zgodę, więc `{ $name }` pozostał bez zmian
    .hint = połącz go pod osobną nazwą: `--profile NEW`
nobody-answered-perhaps = być może stało się to: { $hint }
nobody-answered = na platformie { $marketplace } nikt nie odpowiedział na czas
    .hint = uruchom polecenie ponownie: z `--timeout 30m`, żeby mieć więcej czasu, z `--paste`, jeśli przeglądarka jest na innym komputerze; jeśli platforma pokazuje kod, uruchom `sellauth explain CODE`
no-authorization-request = platforma `{ $id }` nie ma strony zgody
import-only = środowisko `{ $environment }` platformy `{ $id }` nie przyjmuje zgody w przeglądarce
    .hint = wygeneruj refresh token w portalu platformy, a potem `sellauth import { $id } --env { $environment }`
nothing-to-set = w aplikacji `{ $name }` nie ma czego zmieniać
    .hint = podaj, co zmienić: `--version`, `--scope` i inne; wymienia je `sellauth app set --help`
import-only-app = tokeny aplikacji `{ $name }` generuje się w portalu platformy
    .hint = wygeneruj tam refresh token, a potem `sellauth import { $id }`
import-again = token sklepu `{ $name }` został wygenerowany w portalu platformy
    .hint = wygeneruj tam nowy, a potem `sellauth import { $id } --profile { $name } --replace`
import-file-foreign = { $path } nie jest plikiem .env, JSON ani YAML
    .hint = rodzaj pliku mówi jego nazwa; pliki YAML kończą się na .yml albo .yaml
import-ambiguous = `{ $name }` ma kilka wartości
    .hint = wybierz konto flagą `--account NAME`: { $sections }
import-account-missing = nie ma konta `{ $account }`
    .hint = są: { $accounts }
import-no-accounts = nie ma konta `{ $account }`: żadna sekcja tak się nie nazywa i żadna zmienna nie kończy się na `_{ $account }`
    .hint = popraw nazwę albo pomiń `--account`
import-no-names = definicja platformy { $marketplace } nie mówi, jak inne programy nazywają jej sekrety
    .hint = przekaż refresh token przez stdin (`--refresh-token-stdin`) albo dodaj do definicji `[import]`
import-refused = platforma odrzuca ten refresh token: został unieważniony albo zastąpiony nowszym
    .hint = weź najnowszy albo niech sprzedawca wyrazi zgodę: `sellauth connect { $id }`
import-nothing-found = nie znaleziono niczego do zaimportowania
    .hint = szukane są te nazwy: { $names }
import-unfit = { $place }: pod nazwą `{ $name }` jest coś innego
    .hint = popraw to tam; nic nie zostało zmienione
import-unconfirmed = przejęcie tych danych wymaga potwierdzenia
    .hint = obejrzyj je z `--dry-run`, a potem dodaj `--yes`
import-declined = nic nie zostało zaimportowane
import-app-taken = inna aplikacja nazywa się już `{ $name }`
    .hint = wybierz inną nazwę: `--app NAME`
import-app-needed = nie znaleziono `{ $name }` aplikacji
    .hint = najpierw zarejestruj aplikację: `sellauth app add { $id } --set { $name }=…`
import-secret-needed = nie znaleziono Client Secret aplikacji
    .hint = wskaż plik, który go zawiera, kolejnym `--from FILE` albo ustaw SELLAUTH_CLIENT_SECRET
no-grantless = platforma { $marketplace } nie wydaje tokenów bez zgody sprzedawcy
    .hint = poproś o token sklepu: pomiń `--scope`
import-useless = platforma { $marketplace } nie używa refresh tokenów
    .hint = połącz sklep: `sellauth connect`
refresh-token-needed = brakuje refresh tokena
    .hint = przekaż go przez stdin: `--refresh-token-stdin`
install-url-needed = platforma { $marketplace } wymaga zainstalowania aplikacji przed zgodą
    .hint = podaj link: `--install-url URL` albo `--skip-install`, jeśli aplikacja jest już zainstalowana
install-url-unfit = to nie jest adres https
    .hint = skopiuj cały link z portalu platformy
paste-empty = nic nie wklejono
    .hint = skopiuj cały adres strony, na której zatrzymała się przeglądarka
paste-no-answer = to nie jest adres strony, na której zatrzymała się przeglądarka
    .hint = skopiuj cały adres po wyrażeniu zgody; zawiera on `state=…`
paste-no-state = w tym adresie nie ma `state`
    .hint = po wyrażeniu zgody skopiuj cały adres strony, na której zatrzymała się przeglądarka
paste-other-state = ten adres należy do innego logowania
    .hint = użyj strony otwartej przez to polecenie
paste-no-code = w tym adresie nie ma kodu
    .hint = idź dalej w przeglądarce, aż platforma ją odeśle, a potem skopiuj cały adres
paste-before-consent = to strona platformy sprzed wyrażenia zgody
    .hint = zaloguj się tam i wyraź zgodę; skopiuj adres strony, która pojawi się potem
paste-error-page = platforma pokazuje { $code }: { $cause }
paste-error-more = { $fix }; więcej: { $page }
paste-installing = naciśnij Enter, gdy aplikacja będzie zainstalowana, albo skopiuj cały adres strony, która pojawi się potem
paste-login-uri = platforma { $marketplace } otworzyła Login URI; to jeszcze nie jest odpowiedź
    .hint = użyj `connect` bez `--start`: przyjmie ten adres albo sam go przechwyci przez stronę z `sellauth relay`
paste-unconfirmed = nie wklejono adresu po potwierdzeniu
    .hint = otwórz adres podany wyżej, a adres strony, na której zatrzyma się przeglądarka, wklej jako drugi wiersz
no-device-flow = platforma { $marketplace } nie ma kodów do wpisania na innym urządzeniu
    .hint = pomiń `--device`; jeśli nie ma tu przeglądarki, `--paste` przyjmie adres z dowolnej innej
device-page-unfit = platforma nie podaje strony https dla swojego kodu
    .hint = spróbuj później; jeśli to się nie zmieni, połącz bez `--device`
device-code-unfit = platforma nie wydała kodu, który dałoby się wpisać
    .hint = spróbuj później; jeśli to się nie zmieni, połącz bez `--device`
device-code-ended = kod nie został wpisany na czas
    .hint = nic nie zostało zmienione; po nowy kod uruchom polecenie ponownie
device-wait-ended = nikt nie wpisał kodu, gdy to polecenie czekało; sam kod byłby ważny dłużej
    .hint = nic nie zostało zmienione; po nowy kod uruchom polecenie ponownie, z `--timeout 30m`, żeby mieć więcej czasu
device-answer-lost = platforma nie zna już tego kodu: jej odpowiedź przepadła po drodze
    .hint = nic nie zostało zmienione; po nowy kod uruchom polecenie ponownie
start-one = `--start` rozpoczyna zgodę jednego sklepu
    .hint = podaj nazwę sklepu
start-pageless = platforma { $marketplace } nie ma strony zgody, na którą można wysłać sprzedawcę
    .hint = pomiń `--start`
answer-unreadable = nie można odczytać odpowiedzi ze stdin
    .hint = przekaż na stdin polecenia adres strony, na której zatrzymała się przeglądarka
login-unknown = pod { $handle } nie czeka żadna zgoda
    .hint = została dokończona albo wygasła: zacznij od nowa z `--start`
login-ended = odpowiedź przyszła za późno
    .hint = nic nie zostało zmienione; zacznij od nowa z `--start`
login-overtaken = sklep `{ $name }` albo jego aplikacja zmieniły się od rozpoczęcia tej zgody
    .hint = nic nie zostało zmienione; zacznij od nowa z `--start`
browser-unfit = w poleceniu przeglądarki `{ $command }` nie zamknięto cudzysłowu
    .hint = użyj cudzysłowów jak w powłoce, na przykład `--browser 'firefox --new-window %s'`
prompt-failed = na tym terminalu nie można zadać pytania
    .hint = podaj wartość flagą; flagi wymienia `--help`
interrupted = przerwano
    .hint = nic nie zostało w połowie zrobione
disconnect-unconfirmed = odłączenie sklepu `{ $name }` wymaga potwierdzenia
    .hint = dodaj `--yes`
disconnect-incomplete = nie wszystko, co należy do sklepu `{ $name }`, udało się usunąć; zostało: { $places }
    .hint = sprawdź, co to blokuje, i uruchom polecenie ponownie; to, co już usunięte, niczemu nie szkodzi
disconnect-declined = sklep `{ $name }` pozostaje połączony
relay-no-address = `{ $url }` nie jest adresem https
    .hint = podaj zarejestrowany redirect URI
relay-unreachable = nie można połączyć się z `{ $url }`
    .hint = sprawdź adres i jego certyfikat
relay-wrong = `{ $url }` nie odsyła przeglądarek na ten komputer (HTTP { $status })
    .hint = umieść tam wynik `sellauth relay` albo jeden z `--nginx`, `--caddy`, `--apache`
demo-json = demo opowiada historię i nie ma wyniku JSON
    .hint = pomiń `--json`
demo-failed = demo nie może iść dalej
    .hint = sprawdź, czy na tym komputerze działają sieć loopback i folder tymczasowy
demo-wrong-shop-taken = demo przyjęło zgodę innego sklepu
    .hint = zgłoś to jako błąd
demo-consent-failed = strona zgody demo nie odpowiedziała
    .hint = uruchom demo jeszcze raz
demo-api-refused = API demo odpowiedziało HTTP { $status }
    .hint = uruchom demo jeszcze raz

## Commands and the API

exec-alike = zmienne sklepów `{ $one }` i `{ $other }` zaczynałyby się tak samo: { $prefix }
    .hint = podaj każdy sklep raz albo zmień nazwę jednego z nich: `sellauth rename`
exec-sdk-one = `--sdk` udostępnia sekrety jednego sklepu: SDK znają dla nich tylko jedną nazwę
    .hint = uruchom polecenie osobno dla każdego sklepu
exec-sdk-rotates = SDK nie może odnawiać tokenów platformy { $marketplace }: każde odnowienie wymienia refresh token, który jest przechowywany tutaj
    .hint = pomiń `--sdk` i niech polecenie użyje SELLAUTH_ACCESS_TOKEN
exec-sdk-none = definicja platformy { $marketplace } nie wymienia zmiennych dla SDK
    .hint = pomiń `--sdk` i niech polecenie użyje SELLAUTH_ACCESS_TOKEN
exec-not-found = nie znaleziono polecenia `{ $command }`
    .hint = sprawdź jego nazwę i PATH
exec-not-run = nie można uruchomić polecenia `{ $command }`
    .hint = sprawdź, czy to program i czy ten użytkownik może go uruchamiać
api-words = metoda i ścieżka to po jednym słowie
    .hint = napisz `sellauth api PROFILE [METHOD] PATH`
api-method = `{ $method }` nie jest metodą API
    .hint = użyj jednej z metod: { $known }
api-data = nie można odczytać tego, co ma być wysłane: { $name }
    .hint = `@` poprzedza nazwę pliku, a `@-` to stdin
api-elsewhere = `{ $path }` nie jest ścieżką pod { $origin }, a token nie idzie nigdzie indziej
    .hint = podaj ścieżkę od `/`: trafi do { $origin }
api-path = `{ $path }` nie jest ścieżką w postaci, w jakiej się ją wysyła
    .hint = zapisz spacje jako %20 i pomiń to, co zaczyna się od `#`
api-signed = każde wywołanie API platformy { $marketplace } podpisuje ten, kto je wysyła, a `sellauth api` niczego nie podpisuje
    .hint = uruchom program, który podpisuje, z tym, czego potrzebuje: `sellauth exec { $name } -- COMMAND`
api-header = nagłówka `{ $name }` nie można podać samodzielnie
    .hint = pomiń go: wynika z tokena sklepu albo z adresu
api-failed = API nie mogło odpowiedzieć (HTTP { $status })
    .hint = spróbuj później; co odpowiedziało, jest na stdout
api-redirects = API odsyła gdzie indziej (HTTP { $status }), a token tam nie pójdzie
    .hint = dokąd, pokazuje `--include`; ścieżkę samego API można podać wprost
api-refused = API odrzuca żądanie (HTTP { $status })
    .hint = co odpowiedziało, jest na stdout
api-forbidden = API odrzuca żądanie (HTTP { $status })
    .hint = co odpowiedziało, jest na stdout; brakujące uprawnienie nadaje się w portalu platformy
api-nothing-there = API niczego tam nie ma albo nie dla tej metody (HTTP { $status })
    .hint = porównaj metodę i ścieżkę z dokumentacją platformy; co odpowiedziało, jest na stdout

## Definitions: what stands behind the key a fault is about

fault-line = wiersz { $fault }
fault-misplaced-key = jego miejsce jest nad pierwszą [table]: poniżej należy do tej tabeli
fault-missing-key = brakuje `{ $key }`
fault-unknown-key = nieznany klucz `{ $key }`
fault-file-name = jest `{ $id }`, ale plik nazywa się `{ $name }.toml`: obie nazwy muszą być takie same
fault-schema = ten program czyta schemat 1
fault-id = użyj małych liter, cyfr i łączników
fault-production = jedno musi się nazywać `production`
fault-twice = `{ $name }` podano dwa razy
fault-taken = id: `{ $id }` to platforma wbudowana, której żaden plik nie może zastąpić: nadaj plikowi i jego id inną nazwę
fault-text = wymagany jest jednowierszowy tekst
fault-page = wymagany jest adres https, pod którym człowiek może przeczytać więcej
fault-date = zapisz datę jako 2026-11-22
fault-pattern = `{ $pattern }` nie jest wyrażeniem regularnym albo zajmuje za dużo pamięci
fault-default = wartość domyślna nie pasuje do wzorca
fault-name = nazwa składa się z małych liter, cyfr i podkreśleń
fault-unknown-name = nic nie nazywa się `{"{"}{ $name }{"}"}`
fault-nearest-name = czy chodziło o `{"{"}{ $name }{"}"}`?
fault-protocol-name = to nazwa z protokołu; wybierz inną
fault-value-name = {"{"}{ $name }{"}"} musi być zmienną albo wartością bez symboli zastępczych
fault-value-entered = {"{"}{ $name }{"}"} jest wpisywane, a wartość powstaje wcześniej: napisz to tam, gdzie jest używane
fault-unused = nic tego nie używa; jeśli używają tego inni, wymień to w `exported`
fault-unused-nearest = nic tego nie używa; czy chodziło o `{ $name }`?
fault-variable = `{ $name }` nie jest nazwą zmiennej albo steruje innymi programami niż SDK
fault-exported = `{ $name }` zajęłoby nazwę należącą do sellauth
fault-options = najwyżej { $most }
fault-header-name = `{ $name }` nie jest nazwą nagłówka
fault-none = potrzebny jest co najmniej jeden element
fault-two-tokens = w serii tylko jedno żądanie może dawać token
fault-no-token = żadne żądanie nie daje tokena dostępu
fault-no-refresh-token = {"{refresh_token}"} jest wysyłany, ale żadne żądanie tokena nie mówi, skąd pochodzi
fault-spent-early = refresh token, który jest wymieniany, może wysłać tylko ostatnie żądanie: błąd w następnym zgubiłby nowy
fault-two-bodies = wybierz jedno: `form` albo `json`
fault-needed = jest potrzebne dla tego rodzaju `grant`
fault-device-alone = nic nie daje kodu urządzenia, którego to potrzebuje
fault-device-answer = trzeba przechwycić `{ $name }`
fault-useless = ten rodzaj `grant` tego nie ma
fault-shared = {"{"}{ $name }{"}"} należy do jednego sklepu, a odpowiedź byłaby dla wszystkich
fault-shared-token = odpowiedź wspólna dla innych sklepów nie może zawierać tokena sklepu
fault-fresh = {"{"}uuid{"}"} jest nowe w każdym żądaniu i ma miejsce tylko w żądaniach i w `api_headers`
fault-static-only = ma miejsce tylko przy `grant = "static"`
fault-static-nothing = jedna musi mieć `secret = true`: tylko ona daje dostęp do sklepu
fault-static-variable = sekret należy do jednego sklepu: daj mu `scope = "profile"`, własną nazwę i żadnej wartości domyślnej
fault-static-value = nie zawiera niczego, co się wpisuje: wymień zmienną z `secret = true`
fault-static-request = przy `grant = "static"` o nic się nie prosi; sens ma tylko `identity_request`
fault-app-kind = użyj małych liter, cyfr i łączników i opisz przebieg zgody, który ten rodzaj ma
fault-registration-name = {"{"}{ $name }{"}"} zna tylko `registration.request`
fault-registration-variable = `{ $name }` nie jest zmienną aplikacji albo zawiera coś więcej niż {"{"}client_name{"}"}
fault-registration-flow = nowa aplikacja uzyskuje zgodę w przeglądarce: opisz `authorization_request`
fault-registration-code = {"{"}registration_code{"}"} nie jest wysyłany: nikt by na to nie pozwolił
fault-registration-unread = rejestracji do niczego to nie służy
fault-registration-auth = nie ma jeszcze klienta, który mógłby się uwierzytelnić
fault-captured-token = {"{"}{ $name }{"}"} to sam token i nie może trafić tam, gdzie widzi go przeglądarka albo człowiek
fault-secret = {"{"}{ $secret }{"}"} nie może trafić tam, gdzie widzi to przeglądarka albo człowiek
fault-state = {"{state}"} nie jest parametrem: odpowiedzi można by podrobić
fault-pkce = ustaw "S256" wtedy i tylko wtedy, gdy wysyłane jest {"{code_challenge}"}
fault-pkce-verifier = {"{code_verifier}"} nie jest wysyłany, a PKCE go wymaga: każdy kod zostałby odrzucony
fault-pkce-method-alone = sama metoda bez wyzwania (challenge) jest odrzucana, gdy PKCE jest wyłączone: pomiń ją
fault-denied-by = ma to każda odpowiedź: podaj parametr, który oznacza odmowę
fault-pkce-method = PKCE przełącza opcja: napisz {"{code_challenge_method}"}, które jest puste, gdy PKCE jest wyłączone
fault-opaque-place = dokąd prowadzi przekierowanie `opaque`, tu nie wiadomo: jedynym trybem jest paste, a hosta, portu i ścieżki nie ma
fault-opaque-unsent = przekierowanie `opaque` donikąd nie prowadzi, jeśli nie jest wysyłane {"{redirect_uri}"}
fault-opaque-pattern = przekierowanie `opaque` wymaga `variables.redirect_uri` ze wzorcem
fault-modes = podaj co najmniej jeden z trybów: loopback, relay, paste
fault-redirect-host = może to być tylko localhost, 127.0.0.1 albo [::1]
fault-host-name = {"{"}{ $name }{"}"} nie może wybierać hosta
fault-unverified = w unverified podano `{ $value }`, ale takiej wartości nie ma
fault-loose-host = `{ $name }` jest częścią hosta: daj mu wzorzec z liter, cyfr i łączników

## Causes

cause-unreachable = nie można połączyć się z { $host }
cause-pace = { $host } na razie nie przyjmuje więcej żądań
cause-quiet = { $host } prosi o przerwę
cause-unanswered = { $host } nie odpowiedział na takie samo żądanie innego sklepu
cause-lost = { $host } nie odpowiedział
cause-client = certyfikaty albo ustawienia proxy są błędne
cause-incomplete = w odpowiedzi { $host } brakuje `{ $pointer }`
cause-answer = HTTP { $status }, { $code }
cause-no-oauth = to nie jest odpowiedź OAuth
cause-request = żądanie { $id }
cause-template = `{ $text }` nie jest szablonem: zapisuj symbole zastępcze jako {"{name}"}
cause-missing = `{ $name }` nie ma wartości, a wymaga jej `{ $template }`
cause-no-metadata = brak metadanych pod { $first } i { $second }
cause-other-issuer = metadane należą do `{ $issuer }`
cause-origin = wartość `{ $name }` nie jest samym adresem https: schemat, host i port, nic więcej (http tylko na tym komputerze)
cause-host = wartość `{ $name }` nie nadaje się na nazwę hosta
cause-header = wartość `{ $name }` nie nadaje się do nagłówka
cause-address = `{ $address }` nie jest adresem https (http tylko na tym komputerze)
not-a-pace = `{ $text }` nie jest tempem: napisz 10/s, 8/m albo 100/h
not-a-duration = `{ $text }` nie jest czasem trwania: napisz 90s, 5m, 12h albo 30d
duration-too-long = `{ $text }` to więcej niż sto lat
not-a-date = zapisz ją jako 2026-11-22
not-a-pair = zapisz to jako NAME=VALUE
not-a-header = zapisz go jako `Name: value`, w jednym wierszu ASCII
not-a-hash = podaj pierwsze 16 cyfr szesnastkowych jego SHA-256

## Bundles

export-terminal = pakiet nie jest tekstem dla terminala
    .hint = zapisz go do pliku: `sellauth export … > shops.age`
export-nowhere = tylko plik dowodzi, że pakiet został zachowany, a stdout nim nie jest: nic nie zostało usunięte
    .hint = zapisz go do pliku i skopiuj ten plik: `sellauth export … --move > shops.age`
export-audience-needed = nie podano nikogo, kto mógłby otworzyć pakiet
    .hint = podaj `--recipient age1…` albo ustaw SELLAUTH_EXPORT_PASSPHRASE
export-passphrases-differ = hasła nie są takie same
    .hint = wpisz jeszcze raz pierwsze hasło albo naciśnij Ctrl-C
renewal-open = odpowiedź platformy dla sklepu `{ $name }` przepadła i być może da się ją jeszcze uzyskać
    .hint = najpierw uruchom `sellauth token { $name } --refresh`
bundle-unsealed = nie można zaszyfrować pakietu
    .hint = nic nie zostało zmienione; spróbuj ponownie
bundle-unopened = nie można otworzyć pakietu: hasło albo tożsamość się nie zgadza, albo plik został zmieniony lub ucięty
    .hint = nic nie zostało zmienione; porównaj plik z oryginałem, a hasło z tym, którego użyto przy eksporcie
bundle-foreign = { $path } nie jest pakietem sellauth
    .hint = pakiet tworzy `sellauth export`; plik .env, JSON albo YAML innego programu przejmuje `sellauth import MARKETPLACE --from FILE`
bundle-empty = plik { $path } jest pusty: eksport się nie udał
    .hint = uruchom `sellauth export` jeszcze raz i sprawdź, co wypisze
bundle-version = { $path } ma wersję formatu { $version }, której ten program nie zna
    .hint = zaktualizuj sellauth na tym komputerze
bundle-lacks = w pakiecie brakuje tego, co należy do `{ $name }`
    .hint = nic nie zostało zmienione; utwórz nowy pakiet: `sellauth export`
bundle-identity-useless = pakiet jest zaszyfrowany hasłem i żadna tożsamość go nie otworzy
    .hint = pomiń `--identity`
bundle-identity-needed = pakiet jest zaszyfrowany dla tożsamości age
    .hint = wskaż jej plik: `--identity FILE`
bundle-passphrase-needed = pakiet jest zaszyfrowany hasłem
    .hint = ustaw SELLAUTH_EXPORT_PASSPHRASE albo wskaż plik z hasłem w SELLAUTH_EXPORT_PASSPHRASE_FILE
bundle-of-several = `{ $name }` może być nazwą tylko jednego, a w pakiecie jest ich kilka albo żaden
    .hint = pomiń tę nazwę; nazwy zmieni potem `sellauth rename`
bundle-elsewhere = sklep `{ $name }` już tu jest: nazywa się `{ $other }`
    .hint = nic nie zostało zmienione; najpierw zmień jego nazwę: `sellauth rename { $other } { $name }`
bundle-taken = inny sklep nazywa się tu `{ $name }`
    .hint = nic nie zostało zmienione; zmień nazwę tutejszego (`sellauth rename`), zaimportuj jeden sklep jako `--profile NEW` albo zastąp tutejszy (`--replace`)
bundle-differs = `{ $name }` już tu jest, ale inaczej skonfigurowany
    .hint = nic nie zostało zmienione; porównaj: `sellauth export { $name } --config-only`, a żeby przyjąć wersję z pakietu, użyj `--replace`
bundle-anew = sklep `{ $name }` już tu jest, z inną zgodą niż w pakiecie
    .hint = nic nie zostało zmienione; zachowaj tutejszą albo przyjmij tę z pakietu: `--replace`
bundle-connected = jako `{ $name }` połączony jest inny sklep, a pakiet nie ma zgody, którą można by go zastąpić
    .hint = nic nie zostało zmienione; najpierw zmień nazwę tutejszego sklepu albo go odłącz
bundle-outlived = kopia sklepu `{ $name }` w pakiecie jest martwa: od tamtej pory odnowiono go tutaj i platforma { $marketplace } wymieniła refresh token
    .hint = nic nie zostało zmienione; zachowaj tutejszą kopię albo niech sprzedawca ponownie wyrazi zgodę: `sellauth reauthorize { $name }`
bundle-app-taken = inna aplikacja nazywa się tu `{ $name }`
    .hint = nic nie zostało zmienione; nadaj aplikacji z pakietu inną nazwę: `--app NAME`
bundle-definition-differs = definicja `{ $id }` w pakiecie różni się od { $path }
    .hint = nic nie zostało zmienione; uczyń je jednakowymi albo zmień nazwę jednej z nich
identity-unfit = w { $path } nie ma tożsamości age
    .hint = potrzebne są wiersze zaczynające się od AGE-SECRET-KEY-1, takie jak zapisuje `age-keygen`

## Timers

errand-silent = uruchomiony program nie skończył w ciągu { $seconds } s i został zakończony
errand-stopped = uruchomiony program został zakończony razem z tym poleceniem
hook-unfit = `{ $command }` nie jest poleceniem
    .hint = zapisz je w jednym wierszu jak dla powłoki, z zamkniętymi cudzysłowami: `--hook "notify-send sellauth"`
not-an-interval = `{ $text }` nie jest żadnym z odstępów, które dzielą dobę na równe części: { $known }
timer-no-scheduler = ten system nie ma harmonogramu zadań, który zna sellauth
timer-refused = polecenie `{ $command }` nie powiodło się; nic nie zostało zmienione
timer-foreign = { $path } nie pochodzi od sellauth
    .hint = nic nie zostało zmienione; zmień nazwę tego, co tam jest, albo przenieś to gdzie indziej
timer-edited = plik { $path } został zmieniony ręcznie
    .hint = nic nie zostało zmienione; zastąpi go `sellauth timer install --force`. Własne ustawienia dla systemd są bezpieczne w pliku drop-in: `systemctl --user edit sellauth-refresh.timer`
timer-other-home = zainstalowany timer szuka sklepów w innym miejscu: { $theirs }; tutaj jest to { $ours }
    .hint = użytkownik ma jeden timer; żeby mimo to go zastąpić albo usunąć, użyj `--force`
timer-stays = harmonogram zadań nie zwolnił timera: `{ $command }` nadal go pokazuje
    .hint = nic nie zostało usunięte; za chwilę spróbuj ponownie
timer-path-unfit = pewnej ścieżki albo zmiennej nie można zapisać w pliku harmonogramu zadań
    .hint = użyj ścieżek w UTF-8, bez znaków sterujących
timer-program-unknown = ten program nie wie, gdzie się znajduje
    .hint = uruchom go, podając pełną ścieżkę
timer-hook-missing = nie ma programu `{ $program }`, który miałby być uruchamiany
    .hint = podaj jego pełną ścieżkę albo program z PATH
timer-grace-alone = `--grace` działa tylko razem z hookiem, a nie podano żadnego
    .hint = podaj polecenie flagą `--hook`

## The shell

completions-failed = nie można utworzyć uzupełnień dla powłoki { $shell }
    .hint = to błąd w programie; zgłoś go
man-unknown = w podręczniku nie ma strony o `{ $name }`
    .hint = wszystkie wymienia na końcu `sellauth man`
man-unwritable = nie można zapisać { $path }
    .hint = sprawdź wolne miejsce i to, czy folder należy do użytkownika, który uruchamia to polecenie
nearest-of-known = czy chodziło o `{ $name }`? znane: { $known }
