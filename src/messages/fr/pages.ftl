# Ce que le vendeur lit dans le navigateur, et les erreurs de l’écoute locale qui est derrière.

page-language = fr
page-close = Vous pouvez fermer cette fenêtre et revenir au terminal.
page-see-terminal = Revenez au terminal : il dit où en sont les choses. Vous pouvez fermer cette fenêtre.
page-start-again = Fermez cette fenêtre et recommencez depuis le terminal.

page-connected = Votre boutique est connectée
page-shop = Boutique
page-marketplace = Place de marché
page-profile = Profil
page-connected-next = Cette commande affiche un jeton d’accès chaque fois que vous en avez besoin :

page-denied = Boutique non connectée
page-denied-text = La demande a été annulée, ou { $marketplace } l’a refusée. Rien n’a été modifié.
page-denied-reason = Motif
page-denied-next = Vous pouvez fermer cette fenêtre. Pour réessayer, recommencez depuis le terminal.

page-failed = Cela n’a pas fonctionné
page-failed-text = Rien n’a été modifié.

page-wrong-shop = Ce n’est pas la bonne boutique
page-wrong-shop-text = Vous étiez connecté avec le compte d’une autre boutique. Rien n’a été modifié.
page-expected = Boutique attendue
page-got = Connecté en tant que
page-wrong-shop-next = Déconnectez-vous de la place de marché dans ce navigateur, ou utilisez une fenêtre privée. Recommencez ensuite depuis le terminal, en vous connectant avec la boutique attendue.

page-expired = Cette connexion a pris trop de temps
page-expired-text = La place de marché n’accepte plus sa réponse. Rien n’a été modifié.

page-already-done = Cette étape est déjà terminée
page-already-done-text = La réponse de la place de marché est déjà arrivée. Il n’y a plus rien à faire dans cette fenêtre.

page-interrupted = Le programme a été arrêté
page-interrupted-text = Il s’est terminé avant que la boutique soit connectée.

page-not-found = Il n’y a rien ici
page-not-found-text = Cette adresse appartient à un programme qui attend une réponse de votre place de marché.

page-stray = Cette réponse ne correspond à aucune connexion en cours
page-stray-text = Elle vient peut-être d’une fenêtre plus ancienne, ou d’une connexion commencée ailleurs. Elle a été ignorée, et le terminal continue d’attendre.
page-stray-next = Fermez cette fenêtre et continuez dans celle que le programme a ouverte, ou ouvrez l’adresse indiquée dans le terminal.

page-refused = Cette requête n’a pas été acceptée
page-refused-text = Ce n’est pas ce qu’envoie un navigateur qui revient d’une place de marché. Elle a été ignorée.

listener-busy = le port { $port } est pris par un autre programme
    .hint = arrêtez le programme qui l’occupe (`ss -ltnp` sous Linux, `lsof -i :{ $port }` sous macOS ou `netstat -ano` sous Windows le nomme), ou prenez un autre port avec `--port` ; si la place de marché ne connaît que cette URI de redirection, enregistrez-y d’abord la nouvelle
listener-forbidden = le port { $port } est réservé aux programmes privilégiés
    .hint = prenez un port supérieur à 1023 avec `--port`, et enregistrez l’URI de redirection avec ce port auprès de la place de marché
listener-unavailable = impossible d’écouter sur la boucle locale de cette machine
    .hint = utilisez `--paste` pour vous passer d’écoute locale
listener-ambiguous = le paramètre « { $name } » figure plus d’une fois
    .hint = copiez toute l’adresse de la page où le navigateur a abouti, sans rien changer

relay-title = Retour au terminal
relay-text = Copiez l’adresse de cette page et collez-la dans le terminal.
relay-copy = Copier l’adresse
relay-copied = Copiée
relay-nothing = Rien n’est arrivé ici
relay-nothing-next = Recommencez depuis le terminal.
relay-paste = Collez cette adresse
relay-paste-text = Le navigateur ne continue pas tout seul à partir d’ici.
relay-paste-label = Copiez cette adresse et collez-la dans le terminal :
relay-wait = Un instant
relay-wait-text = Retour au programme sur votre ordinateur…
relay-wait-label = Si rien ne répond là-bas, revenez ici, copiez cette adresse et collez-la dans le terminal :
