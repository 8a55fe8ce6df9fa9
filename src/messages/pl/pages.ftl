# Co sprzedawca czyta w przeglądarce i błędy nasłuchu, który za tym stoi.

page-language = pl
page-close = Możesz zamknąć to okno i wrócić do terminala.
page-see-terminal = Wróć do terminala: tam widać, jak się sprawy mają. To okno możesz zamknąć.
page-start-again = Zamknij to okno i zacznij od nowa w terminalu.

page-connected = Twój sklep jest połączony
page-shop = Sklep
page-marketplace = Platforma
page-profile = Profil
page-connected-next = To polecenie wypisze token dostępu, gdy tylko będzie potrzebny:

page-denied = Nie połączono
page-denied-text = Żądanie zostało anulowane albo platforma { $marketplace } je odrzuciła. Nic nie zostało zmienione.
page-denied-reason = Powód
page-denied-next = Możesz zamknąć to okno. Żeby spróbować jeszcze raz, zacznij od terminala.

page-failed = To się nie udało
page-failed-text = Nic nie zostało zmienione.

page-wrong-shop = To inny sklep
page-wrong-shop-text = Logowanie nastąpiło z konta innego sklepu. Nic nie zostało zmienione.
page-expected = Oczekiwany sklep
page-got = Zalogowany sklep
page-wrong-shop-next = Wyloguj się z platformy w tej przeglądarce albo użyj okna prywatnego. Potem zacznij od nowa w terminalu i zaloguj się do oczekiwanego sklepu.

page-expired = To logowanie trwało za długo
page-expired-text = Platforma nie uznaje już swojej odpowiedzi. Nic nie zostało zmienione.

page-already-done = Ten krok jest już za Tobą
page-already-done-text = Odpowiedź platformy nadeszła już wcześniej. W tym oknie nie ma nic więcej do zrobienia.

page-interrupted = Program został zatrzymany
page-interrupted-text = Zakończył się, zanim sklep został połączony.

page-not-found = Tu nic nie ma
page-not-found-text = Ten adres należy do programu, który czeka na odpowiedź Twojej platformy.

page-stray = Ta odpowiedź nie należy do żadnego otwartego logowania
page-stray-text = Mogła przyjść ze starszego okna albo z logowania, którego stąd nie rozpoczęto. Została zignorowana, a terminal czeka dalej.
page-stray-next = Zamknij to okno i dokończ w tym, które otworzył program, albo otwórz adres podany w terminalu.

page-refused = To żądanie nie zostało przyjęte
page-refused-text = Przeglądarka wracająca z platformy wysyła coś innego. Żądanie zostało zignorowane.

listener-busy = port { $port } jest zajęty przez inny program
    .hint = zakończ program, który go zajmuje (jego nazwę poda `ss -ltnp` w Linuksie, `lsof -i :{ $port }` w macOS, `netstat -ano` w Windows), albo wybierz inny port: `--port`; jeśli platforma zna tylko ten redirect URI, najpierw zarejestruj w niej nowy
listener-forbidden = port { $port } jest zarezerwowany dla programów uprzywilejowanych
    .hint = wybierz port powyżej 1023 (`--port`) i zarejestruj na platformie redirect URI z tym portem
listener-unavailable = nie można nasłuchiwać na adresie loopback tego komputera
    .hint = użyj `--paste`, żeby obejść się bez nasłuchu
listener-ambiguous = parametr „{ $name }” występuje więcej niż raz
    .hint = skopiuj bez zmian cały adres strony, na której zatrzymała się przeglądarka

relay-title = Powrót do terminala
relay-text = Skopiuj adres tej strony i wklej go w terminalu.
relay-copy = Skopiuj adres
relay-copied = Skopiowano
relay-nothing = Nic tu nie dotarło
relay-nothing-next = Zacznij od nowa w terminalu.
relay-paste = Wklej ten adres
relay-paste-text = Stąd przeglądarka nie przejdzie dalej sama.
relay-paste-label = Skopiuj ten adres i wklej go w terminalu:
relay-wait = Chwileczkę
relay-wait-text = Powrót do programu na Twoim komputerze …
relay-wait-label = Jeśli nikt tam nie odpowie, wróć tutaj, skopiuj ten adres i wklej go w terminalu:
