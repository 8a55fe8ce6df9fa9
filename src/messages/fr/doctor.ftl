# `doctor` : ce qui est constaté, et quoi y faire. Sans majuscule initiale, sans point final.

## Ce qui est en cours

doctor-doing-loopback = boucle locale
doctor-doing-network = réseau
doctor-doing-store = { $store }
doctor-doing-locks = verrous
doctor-doing = examen en cours : { $what }…

## Faits

doctor-fact-program = sellauth
doctor-fact-system = système
doctor-fact-examined = examiné comme
doctor-fact-config = configuration
doctor-fact-state = état
doctor-fact-store = stockage file
doctor-fact-secrets = secrets
doctor-fact-cache = cache
doctor-fact-shops = boutiques
doctor-fact-variables = variables
doctor-fact-none = aucune
doctor-fact-not-there = { $folder } (pas encore créé)
doctor-fact-store-use = { $store } : { $secrets }
doctor-fact-store-default = { $store } : { $secrets } (les nouveaux y vont)
doctor-fact-cache-on = les jetons valables sont gardés en cache
doctor-fact-cache-off = désactivé
doctor-fact-apps = applications
doctor-fact-definitions = définitions
doctor-fact-shops-of = { $shops } ({ $marketplaces })
doctor-fact-own =
    { NUMBER($count) ->
        [one] { $count } écrite par vous
       *[other] { $count } écrites par vous
    }

## Gravité

doctor-ok = ok
doctor-note = note
doctor-warning = attention
doctor-problem = problème
doctor-fine = Aucun problème constaté.
doctor-fine-but = Aucun problème constaté. Avertissements : { $warnings }
doctor-problems = Problèmes : { $problems }, avertissements : { $warnings }

## Stockages

doctor-store-works = { $store } : un secret a été écrit, relu et supprimé en { $took } ms ; capacité : { $largest } Kio
doctor-store-unused = file : rien n’y est encore conservé
doctor-store-default = les boutiques connectées fonctionnent ; pour la prochaine, choisissez un stockage qui fonctionne : `store = "file"` dans config.toml
doctor-client-secret-gone = le secret client de l’application { $app } n’est plus dans son stockage
    .hint = donnez-le à nouveau : `sellauth app set { $app } --client-secret-stdin`
doctor-secret-gone = les jetons de la boutique { $name } ne sont plus dans leur stockage
    .hint = restaurez le stockage depuis une sauvegarde, ou reconnectez la boutique : `sellauth reauthorize { $name }`
doctor-secrets-missing = { $name } : { $why }
    .hint = restaurez le stockage depuis une sauvegarde, ou reconnectez la boutique : `sellauth reauthorize { $name }`
doctor-key-beside = la clé { $path } se trouve à côté de ce qu’elle ouvre : elle protège si un fichier fuit, pas si le dossier entier fuit
    .hint = gardez la clé ailleurs (SELLAUTH_KEY_FILE), ou sous une phrase secrète (`age -p -o NEW OLD`), si le dossier est copié ou sauvegardé en entier
doctor-key-passphrase = la clé est protégée par une phrase secrète, dont les scripts ont besoin : `token` ne la demande jamais
    .hint = donnez-la à chaque tâche dans SELLAUTH_PASSPHRASE_FILE

## Le retour d’un navigateur

doctor-loopback-both = cette machine se répond à elle-même sur 127.0.0.1 et [::1]
doctor-loopback-v4 = cette machine se répond à elle-même sur 127.0.0.1 ; elle n’a pas IPv6, et n’en a pas besoin
doctor-loopback-v6-fails = une écoute sur [::1] est possible, mais rien ne l’atteint
    .hint = un pare-feu fait obstacle : autorisez les connexions de cette machine vers elle-même (interface lo), ou désactivez IPv6 complètement
doctor-loopback-fails = cette machine ne s’atteint pas elle-même sur 127.0.0.1, aucun navigateur ne revient donc
    .hint = autorisez les connexions par l’interface lo, ou connectez les boutiques avec `--paste`
doctor-port-free = le port { $port }, enregistré par une application, est libre
doctor-fixed-port-free = le port { $port }, où reviennent les autorisations commencées chez la place de marché, est libre
doctor-port-taken = un autre programme occupe le port { $port }, par lequel un navigateur doit revenir
    .hint = voyez lequel : `ss -ltnp 'sport = :{ $port }'`, et arrêtez-le pendant la connexion d’une boutique ; ou collez l’adresse : `--paste`
doctor-fixed-port-taken = un autre programme occupe le port { $port } : les autorisations commencées sur la place de marché ne peuvent pas revenir
    .hint = voyez lequel : `ss -ltnp 'sport = :{ $port }'`

doctor-browser-command = les adresses sont ouvertes par { $program }
doctor-browser-system = les adresses sont ouvertes par le navigateur du système
doctor-browser-gone = la commande de navigateur { $program } est introuvable
    .hint = corrigez ou supprimez SELLAUTH_BROWSER ou BROWSER ; `connect` affiche l’adresse dans tous les cas
doctor-browser-none = rien ici n’ouvre d’adresses
    .hint = ouvrez ailleurs l’adresse affichée par `connect`, et collez celle où le navigateur aboutit : `--paste`, ou `--device` si la place de marché le permet
doctor-no-display = il n’y a pas d’écran dans cette session
    .hint = ouvrez ailleurs l’adresse affichée par `connect`, et collez celle où le navigateur aboutit : `--paste`, ou `--device` si la place de marché le permet

## Le chemin vers les places de marché

doctor-network-nobody = rien n’est enregistré ni connecté, personne n’a donc été interrogé : réseau, certificats et horloge ne sont pas examinés
doctor-network-answers = { $host } répond en { $took } ms
doctor-network = pas de connexion vers { $hosts }
    .hint = vérifiez le réseau de cette machine ; derrière le pare-feu d’une entreprise, définissez HTTPS_PROXY
doctor-network-name = le service de noms ne connaît pas { $hosts }
    .hint = vérifiez le réseau et ses serveurs de noms (/etc/resolv.conf) ; derrière le pare-feu d’une entreprise, définissez HTTPS_PROXY
doctor-network-silent = aucune réponse en { $seconds } s : { $hosts }
    .hint = vérifiez le réseau de cette machine ; derrière le pare-feu d’une entreprise, définissez HTTPS_PROXY
doctor-proxy = le proxy ne nous laisse pas passer vers { $hosts }
    .hint = vérifiez HTTPS_PROXY (adresse, port, nom et mot de passe), ou nommez les hôtes dans NO_PROXY s’ils n’en ont pas besoin
doctor-tls-issuer = le certificat présenté pour { $hosts } n’est signé par personne que cette machine connaisse : quelque chose intercepte la connexion
    .hint = derrière le proxy d’une entreprise, nommez son certificat : `ca_file = "…"` dans config.toml ; sinon, n’allez pas plus loin ici
doctor-tls-date = le certificat présenté pour { $hosts } n’est pas valable à l’heure de cette machine
    .hint = réglez l’horloge : `timedatectl set-ntp true`
doctor-tls = pas de connexion chiffrée vers { $hosts }
    .hint = quelque chose sur le trajet ne parle pas TLS : vérifiez HTTPS_PROXY et le pare-feu
doctor-tls-setup = impossible de préparer un client pour les connexions chiffrées
    .hint = installez les certificats du système (paquet ca-certificates), ou nommez dans SSL_CERT_FILE un fichier qui en contient
doctor-ca-unreadable = { $said } nomme { $path }, qui est illisible
    .hint = corrigez { $said }, ou donnez à l’utilisateur qui lance cette commande le droit de lire le fichier
doctor-ca-empty = { $said } nomme { $path }, qui ne contient aucun certificat
    .hint = { $said } attend un fichier avec des lignes `-----BEGIN CERTIFICATE-----` (PEM)
doctor-clock-right = l’horloge est à l’heure, d’après { $host }
doctor-clock-ahead = l’horloge de cette machine avance de { $seconds } s sur celle de l’hôte { $host }
    .hint = réglez l’horloge : `timedatectl set-ntp true` ; d’ici là, les jetons sont renouvelés trop tôt
doctor-clock-behind = l’horloge de cette machine retarde de { $seconds } s sur celle de l’hôte { $host }
    .hint = réglez l’horloge : `timedatectl set-ntp true` ; d’ici là, des jetons expirés peuvent être délivrés

## Fichiers

doctor-link = { $path } ne mène nulle part, rien n’y est donc lu
    .hint = remettez ce vers quoi il mène, ou supprimez le lien : `rm { $word }`
doctor-mode-folder = d’autres utilisateurs de cette machine peuvent regarder dans { $path }
    .hint = fermez-en l’accès : `chmod -R go= { $word }`
doctor-mode-key = d’autres utilisateurs de cette machine peuvent lire la clé { $path }
    .hint = fermez-en l’accès : `chmod go= { $word }` ; si d’autres ont pu la lire, créez une nouvelle clé et reconnectez les boutiques
doctor-mode = d’autres utilisateurs peuvent lire { $path } ({ $count } en tout)
    .hint = fermez-en l’accès : `chmod -R go= { $word }`
doctor-owner = { $path } appartient à un autre utilisateur ({ $count } en tout)
    .hint = lancez sellauth sous l’utilisateur qui a connecté les boutiques, jamais avec sudo ; ou rendez-lui les fichiers : `chown`
doctor-shared = { $path } est sur un système de fichiers que d’autres machines utilisent aussi ({ $kind }) : les verrous peuvent ne pas tenir entre elles
    .hint = laissez une seule machine renouveler, ou donnez à chacune son propre dossier : SELLAUTH_HOME
doctor-drafts = fichiers laissés par des commandes interrompues : { $count }
    .hint = rien n’en a besoin : `rm { $files }`
doctor-orphans = fiches de boutiques dont le profil a disparu, et dont les secrets peuvent encore être dans un stockage : { $count }
    .hint = remettez les profils depuis une sauvegarde et déconnectez-les avec `sellauth disconnect`, ou oubliez les fiches : `rm { $files }`
doctor-duplicate = ces fichiers ont le même uuid, ils ne font donc qu’un pour chaque stockage : { $files }
    .hint = supprimez la copie, et connectez cette boutique à nouveau : un fichier copié n’est pas une seconde boutique
doctor-journal = un renouvellement de la boutique { $name } a commencé le { $began } et ne s’est pas terminé
    .hint = le prochain le reprendra : `sellauth token { $name }`
doctor-spill = des jetons renouvelés de la boutique { $name } attendent dans { $path }, car leur stockage a échoué
    .hint = la prochaine commande qui trouve le stockage en état de marche les reprendra : `sellauth token { $name }`
doctor-lock = le verrou pour { $what } est tenu depuis plusieurs secondes par { $who }
    .hint = attendez qu’il se libère
doctor-lock-holder = le processus { $pid } ({ $program })
doctor-lock-somebody = un autre processus
doctor-lock-see = si cela n’avance pas, voyez ce qu’il fait : `{ $command }`

## Boutiques

doctor-never-connected = la boutique { $name } n’a jamais été connectée
    .hint = `sellauth reauthorize { $name }` la connecte
doctor-reauthorization = la boutique { $name } ne fonctionne plus : { $why }
    .hint = reconnectez-la : `sellauth reauthorize { $name }`
doctor-due = { $name } : { $why }
    .hint = demandez à temps au vendeur de redonner son autorisation : `sellauth reauthorize { $name }`
doctor-incident = { $name } : { $why }
    .hint = attendez ; `sellauth status --check { $name }` interroge la place de marché
doctor-unused = { $name } : { $why }
    .hint = renouvelez-la une fois : `sellauth refresh { $name }`
doctor-client-secret-over = le secret client de l’application { $app } a expiré le { $day }
    .hint = créez-en un nouveau dans le portail de la place de marché : `sellauth app set { $app } --client-secret-stdin`
doctor-client-secret-ends = le secret client de l’application { $app } expire le { $day }
    .hint = créez-en un nouveau dans le portail de la place de marché : `sellauth app set { $app } --client-secret-stdin`
doctor-refresh-token = le jeton d’actualisation de la boutique { $name } expire le { $day } s’il ne sert pas avant
    .hint = renouvelez-le de temps en temps, de préférence par cron : `sellauth refresh { $name }`

## Qui exécute les scripts

doctor-job-unknown = cron, systemd ou user:NAME
doctor-job-unnamed = rien ne dit qui exécute les scripts
    .hint = dites-le : `--as-job cron`, `--as-job systemd` ou `--as-job user:NAME`
doctor-job-ask = Qui exécute les scripts ?
doctor-job-answer-cron = cron, par une crontab à vous
doctor-job-answer-systemd = systemd, comme service
doctor-job-answer-user = un autre utilisateur
doctor-job-ask-user = Quel utilisateur
doctor-job-cron = une tâche cron
doctor-job-systemd = un service systemd
doctor-job-user = l’utilisateur { $name }
doctor-job-no-user = il n’y a pas d’utilisateur { $name }
    .hint = `getent passwd` liste les utilisateurs de cette machine
doctor-job-variables = { $job } n’a pas ces variables, définies ici : { $names }
    .hint = mettez-les dans la crontab ou le fichier de service, dans la mesure où les scripts en ont besoin ; les secrets sous forme de fichiers, par leurs noms en `…_FILE`
doctor-job-no-home = sans SELLAUTH_HOME, { $job } chercherait dans { $folder } et ne trouverait aucune boutique
    .hint = donnez à SELLAUTH_HOME, dans la crontab ou le fichier de service (`Environment=`), la valeur qu’elle a ici ; la suite a été essayée avec elle
doctor-job-other-home = sans SELLAUTH_HOME, { $job } chercherait dans { $folder } et trouverait d’autres boutiques : { $shops }
    .hint = donnez à SELLAUTH_HOME, dans la crontab ou le fichier de service (`Environment=`), la valeur qu’elle a ici ; la suite a été essayée avec elle
doctor-job-systemd-root = un service du système a été essayé avec votre nom dans `User=` ; sans cette ligne, il tourne en tant que root, et cherche dans les dossiers de root
    .hint = mettez `User=` et votre nom dans le fichier de service
doctor-job-home = { $job } cherche des boutiques dans { $theirs }, pas dans { $ours }
    .hint = faites exécuter les scripts par l’utilisateur qui a connecté les boutiques, avec les mêmes variables HOME et XDG ; ou connectez-les là-bas
doctor-job-keyring = le trousseau fonctionne ici, mais pas pour { $job } : il appartient à la session de bureau
    .hint = conservez les secrets dans des fichiers : `sellauth migrate --all --to file`, puis `store = "file"` dans config.toml ; un service peut recevoir la clé par `LoadCredential=sellauth:/path/to/key`, d’autres tâches par SELLAUTH_KEY_FILE
doctor-job-keyring-by-day = { $job } n’atteint le trousseau que tant que vous avez une session ouverte et qu’il est déverrouillé : ni la nuit, ni après un redémarrage
    .hint = conservez les secrets dans des fichiers : `sellauth migrate --all --to file`, puis `store = "file"` dans config.toml ; un service peut recevoir la clé par `LoadCredential=sellauth:/path/to/key`, d’autres tâches par SELLAUTH_KEY_FILE
doctor-job-failed = impossible de simuler { $job }
    .hint = exécutez-y plutôt `sellauth doctor` ; un autre utilisateur doit pouvoir accéder au programme
doctor-job-unstarted = impossible de lancer { $program } : { $why }
doctor-job-silent = aucune réponse en { $seconds } s
doctor-job-groups = l’utilisateur { $name } a été essayé sans ses autres groupes : ce qu’eux seuls peuvent lire paraît fermé
    .hint = installez setpriv (paquet util-linux), ou essayez sous cet utilisateur : `sudo -u { $name } sellauth doctor`
doctor-job-barred = l’utilisateur { $name } ne peut pas regarder dans { $path }
    .hint = exécutez les scripts sous l’utilisateur qui a connecté les boutiques, ou transmettez les boutiques : `sellauth export --move`, puis `sellauth import --bundle` sous l’utilisateur { $name }
doctor-job-may-read = les droits permettent à l’utilisateur { $name } de tout lire
doctor-job-untested = vous ne pouvez pas devenir l’utilisateur { $name } : stockages, réseau et environnement n’ont pas été essayés
    .hint = essayez-les sous cet utilisateur : `sudo -u { $name } sellauth doctor`
doctor-access-folder = d’autres utilisateurs de cette machine peuvent regarder dans { $path }
    .hint = fermez-en l’accès, dans PowerShell : `{ $command }`
doctor-access-key = d’autres utilisateurs de cette machine peuvent lire la clé { $path }
    .hint = fermez-en l’accès, dans PowerShell : `{ $command }` ; si d’autres ont pu la lire, créez une nouvelle clé et reconnectez les boutiques
doctor-access = d’autres utilisateurs peuvent lire { $path } ({ $count } en tout)
    .hint = fermez-en l’accès, dans PowerShell : `{ $command }`
