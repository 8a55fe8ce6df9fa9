# Historia, którą opowiada `sellauth demo`.

demo-open = Otwiera się platforma
demo-open-text = Jest mała, działa na tym komputerze pod { $origin } i naprawdę mówi językiem OAuth 2.0.
demo-headless = Nie ma tu ekranu: zamiast przeglądarki demo samo naciska Potwierdź.
demo-app = 1. Rejestrujesz swoją aplikację, jeden raz
demo-app-text = Client Secret trafia do magazynu sekretów, a nie do Twojego pliku.
demo-connect = 2. Sprzedawca wyraża zgodę, jeden raz
demo-connect-text = Przeglądarka otwiera stronę platformy i wraca do nasłuchu na tym komputerze.
demo-token = 3. Skrypty dostają token, o każdej porze
demo-token-text = Zapisany token jest ważny, więc do nikogo nic nie jest wysyłane.
demo-asked = Żądania wysłane w tym czasie do platformy: { $requests }
demo-renew = 4. Token wygasa i zostaje odnowiony
demo-renew-text = Jedno żądanie, bez względu na to, ile skryptów pyta naraz. Ta platforma wymienia refresh tokeny: nowy jest zapisywany, zanim token zostanie wydany.
demo-version = 5. Twoja aplikacja rośnie
demo-version-text = Wersja 1.1 potrzebuje jednego zakresu więcej. Czas na ponowną zgodę sprzedawcy; stara nadal działa.
demo-works-on = Dopóki sprzedawca nie ponowi zgody, skrypty działają jak dotąd:
demo-wrong-shop = 6. Odpowiada niewłaściwy sklep
demo-wrong-shop-text = Przeglądarka jest jeszcze zalogowana do innego sklepu. Jego zgoda niczego nie zmienia, a właściwy sklep działa dalej.
demo-reauthorize = 7. Ponawiasz zgodę, na którą przyszedł czas
demo-reauthorize-text = Stare tokeny obowiązują, dopóki nowe nie zostaną zapisane. Dopiero wtedy są unieważniane.
demo-disconnect = 8. Odłączasz sklep
demo-disconnect-text = Zgoda zostaje cofnięta na platformie, a potem jej sekrety są usuwane stąd.
demo-end = To cała historia
demo-end-text = Wszystko działo się w folderze tymczasowym, którego już nie ma. Zacznij od własnego sklepu: sellauth connect MARKETPLACE
demo-serve =

    Platforma działa pod { $origin }. W drugim terminalu:

      export SELLAUTH_HOME={ $home } SELLAUTH_STORE=file
      sellauth connect demo
      sellauth token demo

    Ctrl-C ją zamyka.
demo-served =

    Platforma jest zamknięta, a jej folderu już nie ma. W drugim terminalu: unset SELLAUTH_HOME SELLAUTH_STORE
demo-note = Demo Market działa na tym komputerze i zapomina wszystko, gdy się zamyka.
