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
