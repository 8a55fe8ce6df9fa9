# Magazyny sekretów i blokady. Mała litera na początku, bez kropki na końcu; podpowiedź mówi, co zrobić dalej.

-ways-out = albo trzymaj sekrety w zaszyfrowanych plikach: `--store file` lub SELLAUTH_STORE=file w zmiennych środowiskowych

store-forgets = magazyn sekretów nie zwrócił tego, co właśnie w nim zapisano
    .hint = sprawdź komunikaty samej usługi pęku kluczy { -ways-out }

store-keyring-locked = pęk kluczy jest zablokowany
    .hint = odblokuj go, logując się do pulpitu albo w menedżerze haseł, { -ways-out }
store-keyring-absent = w tej sesji nie ma dostępu do żadnego pęku kluczy
    .hint = uruchom to w sesji graficznej lub uruchom usługę pęku kluczy na magistrali sesji (DBUS_SESSION_BUS_ADDRESS) { -ways-out }
store-keyring-no-collection = pęk kluczy nie ma domyślnej kolekcji, w której można trzymać sekrety
    .hint = utwórz ją w menedżerze haseł pulpitu { -ways-out }
store-keyring-dismissed = pęk kluczy pozostał zablokowany: okno dialogowe zamknięto albo nic tu nie może go pokazać
    .hint = odblokuj go i spróbuj ponownie { -ways-out }
store-keyring-silent = pęk kluczy nie odpowiedział w ciągu { $seconds } s
    .hint = poszukaj otwartego okna odblokowania lub uruchom usługę pęku kluczy od nowa { -ways-out }
store-keyring-damaged = wpis { $entry } w pęku kluczy jest uszkodzony albo niepełny
    .hint = nic nie zostało usunięte; połącz sklep ponownie, żeby zapisać nowy wpis
store-keyring-foreign = wpis { $entry } w pęku kluczy zawiera sekret należący do { $other }
    .hint = nic nie zostało usunięte; przywróć wpisy pęku kluczy albo połącz sklep ponownie, żeby zapisać nowy wpis
store-keyring-too-small = wpisy pęku kluczy są za małe na ten sekret
    .hint = trzymaj go w zaszyfrowanych plikach: `--store file` albo SELLAUTH_STORE=file w zmiennych środowiskowych
store-keyring-refused = pęk kluczy zawiódł
    .hint = sprawdź komunikaty samej usługi pęku kluczy { -ways-out }

store-file-unreadable = nie można odczytać pliku z sekretem { $path }
    .hint = sprawdź jego właściciela i uprawnienia: musi go móc czytać użytkownik, który uruchamia to polecenie
store-file-unwritable = nie można zapisać pliku z sekretem { $path }
    .hint = sprawdź wolne miejsce i to, czy folder należy do użytkownika, który uruchamia to polecenie
store-file-wrong-key = plik z sekretem { $path } jest zaszyfrowany innym kluczem niż { $key }
    .hint = nic nie zostało usunięte; wskaż w SELLAUTH_KEY_FILE plik klucza, którym go zapisano, albo połącz sklep ponownie
store-file-damaged = plik z sekretem { $path } jest uszkodzony albo nie został zapisany przez sellauth
    .hint = nic nie zostało usunięte; przywróć go z kopii zapasowej albo połącz sklep ponownie
store-file-foreign = plik z sekretem { $path } zawiera sekret należący do { $other }
    .hint = nic nie zostało usunięte; przywróć plikom ich własne nazwy albo połącz sklep ponownie

store-key-missing = plik klucza { $path } nie istnieje
    .hint = popraw SELLAUTH_KEY_FILE albo utwórz ten plik: `age-keygen -o FILE`
store-key-gone = nie ma już pliku klucza { $path }, którego wymagają pliki z sekretami
    .hint = przywróć go albo wskaż inną kopię w SELLAUTH_KEY_FILE; jeśli przepadł, usuń pliki z sekretami i połącz sklepy ponownie
store-key-unreadable = nie można odczytać pliku klucza { $path }
    .hint = sprawdź jego właściciela i uprawnienia: musi go móc czytać użytkownik, który uruchamia to polecenie
store-key-unwritable = nie można utworzyć pliku klucza { $path }
    .hint = sprawdź, czy folder należy do użytkownika, który uruchamia to polecenie, albo wskaż plik klucza w SELLAUTH_KEY_FILE
store-key-invalid = w pliku klucza { $path } nie ma tożsamości age
    .hint = potrzebny jest wiersz zaczynający się od AGE-SECRET-KEY-1, taki jak zapisuje `age-keygen`, albo taki plik zaszyfrowany przez `age -p`
store-key-plain = hasło jest ustawione, ale plik klucza { $path } nie jest nim chroniony
    .hint = zaszyfruj go (`age -p -o NEW OLD`) i wskaż nowy plik w SELLAUTH_KEY_FILE albo usuń zmienną SELLAUTH_PASSPHRASE
store-passphrase-missing = plik klucza { $path } jest chroniony hasłem
    .hint = ustaw SELLAUTH_PASSPHRASE albo wskaż plik z hasłem w SELLAUTH_PASSPHRASE_FILE
store-passphrase-wrong = hasło nie otwiera pliku klucza { $path }
    .hint = sprawdź SELLAUTH_PASSPHRASE i to, czy jest to właściwy plik klucza

cache-key-kept = jądro systemu nie oddaje klucza tokenów podręcznych
    .hint = ustaw `cache = "off"` w config.toml: wtedy żaden token nie zostanie wydany bez zapytania jego magazynu
cache-kept = nie można usunąć tokenów podręcznych z { $path }
    .hint = bez klucza, którego już nie ma, są bezwartościowe; sprawdź, czy folder należy do użytkownika, który uruchamia to polecenie, i usuń go

lock-held = inne polecenie sellauth za długo trzyma blokadę { $path }
    .hint = spróbuj później albo sprawdź, który to proces: `fuser { $path }`
lock-unusable = nie można użyć pliku blokady { $path }
    .hint = sprawdź, czy folder należy do użytkownika, który uruchamia to polecenie, i czy jego system plików obsługuje blokady

## A Vault or OpenBao that machines share

vault-address-missing = magazyn `vault` wymaga adresu serwera Vault albo OpenBao
    .hint = ustaw VAULT_ADDR, na przykład https://vault.example.com:8200
vault-address-plain = VAULT_ADDR to http prowadzące poza ten komputer: po drodze każdy mógłby odczytać sekrety
    .hint = użyj adresu https; własne CA wskazuje VAULT_CACERT
vault-address-unfit = VAULT_ADDR nie jest adresem serwera Vault
    .hint = podaj schemat, host i port, na przykład https://vault.example.com:8200; punkt montowania i prefiks należą do `[vault]` w config.toml
vault-login-missing = nie ma tu niczego, czym można się zalogować do Vault
    .hint = ustaw VAULT_TOKEN albo VAULT_TOKEN_FILE, albo SELLAUTH_VAULT_ROLE_ID i SELLAUTH_VAULT_SECRET_ID (AppRole), albo SELLAUTH_VAULT_ROLE (Kubernetes), albo uruchom `bao login` lub `vault login`
vault-login-refused = Vault odrzuca logowanie przez { $way }
    .hint = sprawdź, czy rola i to, czym się ona wykazuje (SELLAUTH_VAULT_ROLE_ID, SELLAUTH_VAULT_SECRET_ID, SELLAUTH_VAULT_ROLE), należą do tego serwera Vault i czy nic z tego nie zostało zużyte, nie wygasło ani nie zostało unieważnione
vault-token-refused = Vault nie przyjmuje swojego tokena: wygasł, został unieważniony albo należy do innego serwera Vault
    .hint = zdobądź nowy (`bao login` albo `vault login`) i sprawdź, czy jest w VAULT_TOKEN, VAULT_TOKEN_FILE albo ~/.vault-token
vault-denied = Vault odmawia temu logowaniu dostępu do { $path }
    .hint = nadaj mu politykę, którą wypisuje `sellauth vault policy`, dla tego samego punktu montowania i prefiksu
vault-sealed = Vault jest zapieczętowany (sealed)
    .hint = odpieczętuj go i uruchom polecenie ponownie; nic nie przepadło
vault-standby = ten serwer Vault jest w trybie standby, a żaden inny nie jest aktywny
    .hint = spróbuj później; jeśli tak zostanie, sprawdź klaster: `bao status` albo `vault status`
vault-busy = Vault nie może teraz odpowiedzieć (HTTP { $status })
    .hint = spróbuj później; nic nie przepadło
vault-unreachable = nie można połączyć się z Vault pod adresem { $address }
    .hint = sprawdź VAULT_ADDR, VAULT_CACERT, sieć i proxy (HTTPS_PROXY, NO_PROXY) i spróbuj ponownie
vault-no-mount = w Vault pod punktem montowania `{ $mount }` nie ma magazynu
    .hint = podaj punkt montowania magazynu KV w wersji 2 jako `mount` w `[vault]` w config.toml albo poproś administratora, żeby taki utworzył
vault-kv-version-1 = pod punktem montowania `{ $mount }` jest magazyn KV w wersji 1, który nie wie, kto zapisał pierwszy
    .hint = podaj magazyn w wersji 2 jako `mount` w `[vault]` w config.toml albo poproś administratora, żeby uruchomił `bao kv enable-versioning { $mount }/` lub `vault kv enable-versioning { $mount }/`
vault-version-deleted = najnowsza wersja wpisu { $entry } została usunięta w Vault, i to nie przez sellauth
    .hint = przywróć ją: `bao kv undelete` albo `vault kv undelete`; jeśli została zniszczona, odłącz sklep i połącz go ponownie
vault-entry-damaged = wpis { $entry } w Vault jest uszkodzony albo nie został zapisany przez sellauth
    .hint = nic nie zostało zmienione; przywróć starszą wersję (`bao kv rollback` albo `vault kv rollback`) albo niech sprzedawca ponownie wyrazi zgodę
vault-entry-gone = sklepu `{ $name }` nie ma w tym serwerze Vault, a nigdzie nie zapisano, że został odłączony
    .hint = nic nie zostało usunięte; sprawdź, czy VAULT_ADDR, VAULT_NAMESPACE oraz punkt montowania i prefiks w config.toml są te same, z którymi go połączono
vault-disconnected-elsewhere = sklep `{ $name }` został odłączony na innym komputerze
    .hint = `sellauth connect` połączy ten sklep ponownie
vault-lease-held = inny komputer za długo odnawia ten sklep
    .hint = spróbuj później; komputer, który przy tym padł, można zastąpić 40 s po ostatnim znaku życia
vault-overtaken = to odnawianie przejął inny komputer, bo tutaj trwało za długo
    .hint = uruchom polecenie ponownie: użyje tego, co zapisał tamten komputer
vault-name-taken = nazwa `{ $name }` jest w tym serwerze Vault zajęta
    .hint = wybierz inną albo sprawdź, co to jest: `sellauth status --store vault`
vault-token-handed-out-late = nie udało się zapytać Vault: { $reason }; token jest ważny do { $end }
vault-wish-overwritten = plik { $path } zmieniono jednocześnie tutaj i w Vault: obowiązuje to, co jest w Vault, a zmiana stąd przepadła
vault-refused = Vault odrzuca żądanie (HTTP { $status })
    .hint = nic nie zostało zmienione; sprawdź, co mówi o tym historia samego Vault
vault-older = to, co Vault ma o sklepie `{ $name }`, jest starsze niż to, co ten komputer już widział: Vault przywrócono z kopii zapasowej
    .hint = nic nie zostało wysłane ani zmienione; przywróć najnowszą kopię zapasową albo niech sprzedawca ponownie wyrazi zgodę: `sellauth reauthorize { $name }`
vault-contended = wpis { $entry } w Vault jest bez przerwy zmieniany albo ten węzeł jest mocno opóźniony
    .hint = spróbuj ponownie później; jeśli to się nie zmieni, sprawdź klaster: `bao status` lub `vault status`
vault-copies-shown = nie udało się zapytać Vault: { $reason }; pokazano ostatni znany stan
vault-unpublished = { $name } jest połączony, ale inne komputery jeszcze go nie widzą: { $reason }
home-unwritable = nie można pisać w żadnym folderze: ani we własnym, ani w tymczasowym
    .hint = ustaw SELLAUTH_HOME, XDG_RUNTIME_DIR lub TMPDIR na folder, który należy tylko do użytkownika uruchamiającego to polecenie (0700)
vault-no-namespace = w Vault nie ma przestrzeni nazw `{ $namespace }`
    .hint = popraw VAULT_NAMESPACE albo usuń tę zmienną
vault-reading = odczytywanie wpisów z Vault: { $count }
vault-shop-there = { $name } jest już w tym Vault i odnawiają go tam inne komputery
    .hint = używaj go stamtąd: `sellauth status --store vault`; z dwóch kopii jedna wkrótce straciłaby ważność
