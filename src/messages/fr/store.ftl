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
