# Stockages de secrets et verrous. Sans majuscule initiale, sans point final ; l’indication dit quoi faire ensuite.

-ways-out = ou conservez les secrets dans des fichiers chiffrés : `--store file`, ou SELLAUTH_STORE=file dans l’environnement

store-forgets = le stockage de secrets n’a pas rendu ce qui venait d’y être écrit
    .hint = consultez les messages du service de trousseau lui-même, { -ways-out }

store-keyring-locked = le trousseau est verrouillé
    .hint = déverrouillez-le en ouvrant une session de bureau ou dans son gestionnaire de mots de passe, { -ways-out }
store-keyring-absent = aucun trousseau n’est accessible dans cette session
    .hint = lancez la commande dans une session de bureau, ou démarrez un service de trousseau sur un bus de session (DBUS_SESSION_BUS_ADDRESS), { -ways-out }
store-keyring-no-collection = le trousseau n’a pas de collection par défaut où conserver des secrets
    .hint = créez-en une dans le gestionnaire de mots de passe du bureau, { -ways-out }
store-keyring-dismissed = le trousseau est resté verrouillé : son dialogue a été fermé, ou rien ici ne peut l’afficher
    .hint = déverrouillez-le et réessayez, { -ways-out }
store-keyring-silent = le trousseau n’a pas répondu en { $seconds } s
    .hint = cherchez un dialogue de déverrouillage resté ouvert, ou redémarrez le service de trousseau, { -ways-out }
store-keyring-damaged = l’entrée { $entry } du trousseau est endommagée ou incomplète
    .hint = rien n’a été supprimé ; reconnectez la boutique pour en écrire une nouvelle
store-keyring-foreign = l’entrée { $entry } du trousseau contient le secret d’une autre : { $other }
    .hint = rien n’a été supprimé ; restaurez les entrées du trousseau, ou reconnectez la boutique pour en écrire une nouvelle
store-keyring-too-small = les entrées du trousseau sont trop petites pour ce secret
    .hint = conservez-le dans des fichiers chiffrés : `--store file`, ou SELLAUTH_STORE=file dans l’environnement
store-keyring-refused = le trousseau a échoué
    .hint = consultez les messages du service de trousseau lui-même, { -ways-out }

store-file-unreadable = impossible de lire le fichier de secrets { $path }
    .hint = vérifiez son propriétaire et ses droits : l’utilisateur qui lance cette commande doit pouvoir le lire
store-file-unwritable = impossible d’écrire le fichier de secrets { $path }
    .hint = vérifiez l’espace libre, et que son dossier appartient à l’utilisateur qui lance cette commande
store-file-wrong-key = le fichier de secrets { $path } est chiffré pour une autre clé que { $key }
    .hint = rien n’a été supprimé ; nommez dans SELLAUTH_KEY_FILE le fichier de clé avec lequel il a été écrit, ou reconnectez la boutique
store-file-damaged = le fichier de secrets { $path } est endommagé ou n’a pas été écrit par sellauth
    .hint = rien n’a été supprimé ; restaurez-le depuis une sauvegarde, ou reconnectez la boutique
store-file-foreign = le fichier de secrets { $path } contient le secret d’un autre : { $other }
    .hint = rien n’a été supprimé ; remettez les fichiers sous leurs propres noms, ou reconnectez la boutique

store-key-missing = le fichier de clé { $path } n’existe pas
    .hint = corrigez SELLAUTH_KEY_FILE, ou créez le fichier avec `age-keygen -o FILE`
store-key-gone = le fichier de clé { $path }, nécessaire aux fichiers de secrets, a disparu
    .hint = restaurez-le, ou nommez une autre copie dans SELLAUTH_KEY_FILE ; s’il est perdu, supprimez les fichiers de secrets et reconnectez les boutiques
store-key-unreadable = impossible de lire le fichier de clé { $path }
    .hint = vérifiez son propriétaire et ses droits : l’utilisateur qui lance cette commande doit pouvoir le lire
store-key-unwritable = impossible de créer le fichier de clé { $path }
    .hint = vérifiez que son dossier appartient à l’utilisateur qui lance cette commande, ou nommez un fichier de clé dans SELLAUTH_KEY_FILE
store-key-invalid = le fichier de clé { $path } ne contient aucune identité age
    .hint = il lui faut une ligne qui commence par AGE-SECRET-KEY-1, comme l’écrit `age-keygen`, ou un tel fichier chiffré par `age -p`
store-key-plain = une phrase secrète est définie, mais le fichier de clé { $path } n’est pas protégé par une telle phrase
    .hint = protégez-le avec `age -p -o NEW OLD` et nommez le résultat dans SELLAUTH_KEY_FILE, ou supprimez SELLAUTH_PASSPHRASE de l’environnement
store-passphrase-missing = le fichier de clé { $path } est protégé par une phrase secrète
    .hint = définissez SELLAUTH_PASSPHRASE, ou nommez un fichier qui la contient dans SELLAUTH_PASSPHRASE_FILE
store-passphrase-wrong = la phrase secrète n’ouvre pas le fichier de clé { $path }
    .hint = vérifiez SELLAUTH_PASSPHRASE, et que c’est le bon fichier de clé

cache-key-kept = le noyau refuse d’effacer la clé des jetons en cache
    .hint = mettez `cache = "off"` dans config.toml : aucun jeton n’est alors délivré sans que son stockage ait été interrogé
cache-kept = impossible de supprimer les jetons en cache dans { $path }
    .hint = ils ne valent rien sans leur clé, qui a disparu ; vérifiez que le dossier appartient à l’utilisateur qui lance cette commande, et supprimez-le

lock-held = une autre commande sellauth tient le verrou { $path } depuis trop longtemps
    .hint = réessayez plus tard, ou voyez de quel processus il s’agit : `fuser { $path }`
lock-unusable = impossible d’utiliser le fichier de verrou { $path }
    .hint = vérifiez que son dossier appartient à l’utilisateur qui lance cette commande, et que son système de fichiers connaît les verrous

## A Vault or OpenBao that machines share

vault-address-missing = le stockage `vault` a besoin de l’adresse d’un Vault ou d’un OpenBao
    .hint = définissez VAULT_ADDR, par exemple https://vault.example.com:8200
vault-address-plain = VAULT_ADDR est en http et mène hors de cette machine : n’importe qui sur le chemin pourrait lire les secrets
    .hint = utilisez son adresse https ; une autorité de certification à vous se nomme dans VAULT_CACERT
vault-address-unfit = VAULT_ADDR n’est pas l’adresse d’un Vault
    .hint = écrivez schéma, hôte et port, par exemple https://vault.example.com:8200 ; le point de montage et le préfixe vont dans `[vault]` de config.toml
vault-login-missing = rien ici ne permet de se connecter à Vault
    .hint = définissez VAULT_TOKEN ou VAULT_TOKEN_FILE, ou SELLAUTH_VAULT_ROLE_ID et SELLAUTH_VAULT_SECRET_ID (AppRole), ou SELLAUTH_VAULT_ROLE (Kubernetes), ou exécutez `bao login` ou `vault login`
vault-login-refused = Vault refuse la connexion par { $way }
    .hint = vérifiez que le rôle et ce qui le prouve (SELLAUTH_VAULT_ROLE_ID, SELLAUTH_VAULT_SECRET_ID, SELLAUTH_VAULT_ROLE) appartiennent à ce Vault, et que rien n’en est épuisé, expiré ou révoqué
vault-token-refused = Vault n’accepte pas son jeton : il est expiré, révoqué, ou celui d’un autre Vault
    .hint = obtenez-en un nouveau (`bao login` ou `vault login`), et vérifiez qu’il se trouve dans VAULT_TOKEN, VAULT_TOKEN_FILE ou ~/.vault-token
vault-denied = Vault interdit à cette connexion l’accès à { $path }
    .hint = donnez-lui la politique qu’affiche `sellauth vault policy`, pour le même point de montage et le même préfixe
vault-sealed = Vault est scellé
    .hint = descellez-le, puis relancez la commande ; rien n’est perdu
vault-standby = ce Vault est en attente (standby), et aucun autre n’est actif
    .hint = réessayez plus tard ; si cela dure, examinez la grappe de serveurs : `bao status` ou `vault status`
vault-busy = Vault ne peut pas répondre pour l’instant (HTTP { $status })
    .hint = réessayez plus tard ; rien n’est perdu
vault-unreachable = Vault est injoignable à l’adresse { $address }
    .hint = vérifiez VAULT_ADDR, VAULT_CACERT, le réseau et le proxy (HTTPS_PROXY, NO_PROXY), puis réessayez
vault-no-mount = Vault n’a pas de secrets au point de montage `{ $mount }`
    .hint = nommez le point de montage d’un stockage KV de version 2 comme `mount` dans `[vault]` de config.toml, ou demandez à un administrateur d’en activer un
vault-kv-version-1 = au point de montage `{ $mount }` se trouve un stockage KV de version 1, qui ne sait pas qui a écrit le premier
    .hint = nommez-en un de version 2 comme `mount` dans `[vault]` de config.toml, ou demandez à un administrateur d’exécuter `bao kv enable-versioning { $mount }/` ou `vault kv enable-versioning { $mount }/`
vault-version-deleted = la dernière version de l’entrée { $entry } a été supprimée dans Vault, mais pas par sellauth
    .hint = rétablissez-la avec `bao kv undelete` ou `vault kv undelete` ; si elle a été détruite, déconnectez la boutique et reconnectez-la
vault-entry-damaged = l’entrée { $entry } de Vault est endommagée, ou n’a pas été écrite par sellauth
    .hint = rien n’a été modifié ; rétablissez une version antérieure avec `bao kv rollback` ou `vault kv rollback`, ou demandez au vendeur de redonner son autorisation
vault-entry-gone = la boutique `{ $name }` n’est pas dans ce Vault, et rien ne dit qu’elle ait été déconnectée
    .hint = rien n’a été supprimé ; vérifiez que VAULT_ADDR, VAULT_NAMESPACE, ainsi que le point de montage et le préfixe dans config.toml sont ceux avec lesquels elle a été connectée
vault-disconnected-elsewhere = la boutique `{ $name }` a été déconnectée sur une autre machine
    .hint = `sellauth connect` reconnecte la boutique
vault-lease-held = une autre machine renouvelle cette boutique depuis trop longtemps
    .hint = réessayez plus tard ; une machine morte en route est remplacée 40 s après son dernier signe de vie
vault-overtaken = une autre machine a repris ce renouvellement, trop long ici
    .hint = relancez la commande : elle continue avec ce que cette machine-là a conservé
vault-name-taken = le nom `{ $name }` est déjà pris dans ce Vault
    .hint = choisissez-en un autre, ou voyez ce qu’il désigne : `sellauth status --store vault`
vault-token-handed-out-late = Vault n’a pas pu être interrogé : { $reason } ; le jeton est valable jusqu’au { $end }
vault-wish-overwritten = { $path } a été modifié ici et dans Vault en même temps : ce que dit Vault a été repris, et votre modification est perdue
vault-refused = Vault refuse la requête (HTTP { $status })
    .hint = rien n’a été modifié ; voyez ce qu’en dit l’historique de Vault lui-même
vault-older = ce que Vault sait de la boutique `{ $name }` est plus ancien que ce que cette machine a déjà vu : Vault a été restauré depuis une sauvegarde
    .hint = rien n’a été envoyé ni modifié ; restaurez la sauvegarde la plus récente, ou demandez au vendeur de redonner son autorisation : `sellauth reauthorize { $name }`
vault-contended = l’entrée { $entry } de Vault change sans cesse, ou ce nœud est très en retard
    .hint = réessayez plus tard ; si cela dure, examinez le cluster : `bao status` ou `vault status`
vault-copies-shown = Vault n’a pas pu être interrogé : { $reason } ; voici le dernier état connu
vault-unpublished = { $name } est connecté, mais les autres machines ne le voient pas encore : { $reason }
home-unwritable = aucun dossier n’est accessible en écriture : ni celui de l’utilisateur, ni celui des fichiers temporaires
    .hint = donnez à SELLAUTH_HOME, XDG_RUNTIME_DIR ou TMPDIR un dossier qui appartient au seul utilisateur exécutant cette commande (0700)
vault-no-namespace = Vault n’a pas d’espace de noms `{ $namespace }`
    .hint = corrigez VAULT_NAMESPACE, ou supprimez cette variable de l’environnement
vault-reading = lecture de { $count } entrées dans Vault
vault-shop-there = { $name } est déjà dans ce Vault, où d’autres machines la renouvellent
    .hint = utilisez-la depuis là : `sellauth status --store vault` ; de deux copies, l’une cesserait bientôt d’être valable
