# Erreurs. Sans majuscule initiale, sans point final ; l’indication (.hint) dit quoi faire ensuite.
#
# Glossaire (anglais → français), à respecter dans tous les fichiers de ce dossier :
#
#   access token           jeton d’accès
#   refresh token          jeton d’actualisation (le mot de Seller Central)
#   token at hand          jeton en cache
#   to renew, renewal      renouveler, renouvellement (toujours d’un jeton)
#   consent, to consent    autorisation, autoriser / donner son autorisation (le mot de Seller Central) ;
#                          jamais « consentement », réservé au RGPD dans l’esprit des vendeurs
#   to reauthorize         réautoriser, redonner l’autorisation
#   consent page           page d’autorisation
#   due                    à réautoriser (boutique) ; « échéance » pour une date
#   marketplace            place de marché
#   shop, seller           boutique, vendeur (le lecteur est vouvoyé, à l’impératif)
#   app, to register       application, enregistrer
#   record                 fiche (« enregistrement » est l’acte d’enregistrer une application)
#   client id / secret     identifiant client, secret client
#   redirect URI           URI de redirection
#   Login URI              URI de connexion
#   scope                  scope, les scopes (le mot des développeurs et de l’option --scope)
#   right, permission      droit
#   secret store           stockage de secrets, stockage (jamais « magasin »)
#   keyring                trousseau
#   key file, passphrase   fichier de clé, phrase secrète
#   profile, environment   profil, environnement
#   definition             définition (d’une place de marché)
#   grant (OAuth)          type d’octroi
#   bundle                 archive (de `sellauth export`)
#   recipient, identity    destinataire, identité (au sens d’age)
#   spill file             fichier de secours
#   sealed file            fichier scellé
#   lock, journal, log     verrou, journal, historique
#   listener, loopback     écoute locale, boucle locale
#   draft                  brouillon
#   to enter, entered      saisir, saisi
#   to hand out            délivrer
#   to end, to expire      expirer
#   timer, scheduler       tâche planifiée, planificateur (jamais « minuterie »)
#   hook                   hook (le mot de l’option --hook)
#   to disconnect          déconnecter
#   to revoke, withdraw    révoquer, retirer
#
# Typographie : espace insécable (U+00A0) devant « : », « ; », « ? » et « ! », mais rien entre du code
# et « : » ou « ; » ; U+202F à l’intérieur des guillemets et partout dans pages.ftl. Un nom inséré ne suit jamais
# « de » ni « que » (élision) : « de la boutique { $name } », « chez { $marketplace } ».
# Les questions fermées (oui ou non) reçoivent leur « ? » du programme : elles se terminent par une espace insécable
# explicite, u00A0.

did-you-mean = vouliez-vous dire `{ $name }` ?
command-missing = aucune commande n’a été donnée
see-help = voyez ce qu’elle accepte avec `--help`

## Fichiers

file-unknown-key = { $place }: `{ $key }` n’est pas une clé connue
file-nearest-key = vouliez-vous dire `{ $key }` ?
file-known-keys = clés connues : { $keys }
file-invalid = { $place }: { $reason }
    .hint = corrigez cette ligne ; rien d’autre n’a été modifié
file-unreadable = impossible de lire { $path }
    .hint = vérifiez que le fichier existe et que cet utilisateur a le droit de le lire
file-not-plain = c’est un tube, une socket ou un périphérique, pas un fichier
file-unwritable = impossible d’écrire { $path }
    .hint = vérifiez l’espace libre, et que le dossier appartient à cet utilisateur
folder-unreadable = impossible de lire le dossier { $path }
    .hint = vérifiez qu’il appartient à cet utilisateur
record-damaged = { $path } est endommagé, ou n’a pas été écrit par sellauth
    .hint = il a été laissé tel quel : restaurez-le depuis une sauvegarde, ou supprimez-le et exécutez `sellauth reauthorize PROFILE`
home-missing = cet utilisateur n’a pas de dossier personnel
    .hint = indiquez dans SELLAUTH_HOME un dossier qui vous appartient
store-unknown = `{ $name }` n’est pas un stockage de secrets
    .hint = SELLAUTH_STORE vaut keyring, file ou vault
stdout-failed = impossible d’écrire sur stdout
    .hint = vérifiez où mène stdout, et l’espace libre à cet endroit
stdin-unreadable = impossible de lire stdin
    .hint = transmettez le secret à la commande par un tube
stdin-empty = le secret est vide
    .hint = transmettez le secret à la commande, par exemple `sellauth … < FILE`

## Noms

name-unfit = `{ $name }` ne peut pas servir de nom
    .hint = 64 caractères au plus : lettres, chiffres, `-`, `_` et points isolés, en commençant par une lettre ou un chiffre
name-taken = le nom `{ $name }` est déjà pris
    .hint = choisissez-en un autre, ou voyez ce qu’il désigne : `sellauth status { $name }`
name-connected = la boutique `{ $name }` est déjà connectée
    .hint = pour la même boutique : `sellauth reauthorize { $name }` ; pour une autre : `--profile NEW`
name-imported = la boutique `{ $name }` est déjà connectée
    .hint = choisissez un autre nom avec `--profile NEW`, ou remplacez-la avec `--replace`
profile-missing = aucune boutique ne s’appelle `{ $name }`
    .hint = `sellauth status` liste les boutiques connectées
profile-ambiguous = plusieurs boutiques sont connectées à `{ $given }` : { $names }
    .hint = nommez l’une d’elles
profile-unnamed = plusieurs boutiques sont connectées : { $names }
    .hint = nommez l’une d’elles, ou définissez SELLAUTH_PROFILE
nothing-connected = aucune boutique n’est encore connectée
    .hint = connectez-en une avec `sellauth connect MARKETPLACE` ; `sellauth marketplaces` liste les places de marché
never-connected = la boutique `{ $name }` n’a jamais été connectée
    .hint = connectez-la : `sellauth reauthorize { $name }`
app-missing = aucune application ne s’appelle `{ $name }`
    .hint = `sellauth app list` les liste, `sellauth app add` en enregistre une
app-ambiguous = plusieurs applications conviennent : { $names }
    .hint = choisissez-en une avec `--app NAME`
app-of-another = l’application `{ $name }` appartient à { $belongs }
    .hint = `sellauth app list` montre à quoi chaque application appartient
app-taken = une application s’appelle déjà `{ $name }`
    .hint = choisissez un autre nom avec `--name N`, ou modifiez-la : `sellauth app set { $name } --help`
app-in-use = l’application `{ $name }` est utilisée par { $users }
    .hint = déconnectez d’abord ces boutiques
no-app = aucune application n’est enregistrée pour { $marketplace }
    .hint = enregistrez-la : `{ $command }`

## Places de marché

marketplace-missing = aucune place de marché ne s’appelle `{ $id }`
    .hint = `sellauth marketplaces` les liste
marketplace-taken = { $path }: `{ $id }` est une place de marché intégrée, qu’aucun fichier ne peut remplacer
    .hint = donnez un autre nom au fichier et un autre id à son contenu
explain-unknown = aucune explication n’est connue pour `{ $code }`
    .hint = voyez tous les codes qui peuvent être expliqués : `sellauth explain`
new-id = `{ $id }` n’est pas un id : lettres minuscules, chiffres et traits d’union
    .hint = il se tape sur la ligne de commande et nomme le fichier, par exemple corner-shop
new-taken = il existe déjà une place de marché `{ $id }`
    .hint = choisissez un autre id ; `sellauth marketplaces show { $id }` affiche celle qui existe
new-needed = { $flag } est nécessaire
    .hint = donnez-le, ou --issuer si un serveur le publie ; dans un terminal, la question est posée
new-address = `{ $address }` n’est pas une adresse https (http n’est admis que pour cette machine)
    .hint = copiez-la depuis la documentation de la place de marché
new-client-authentication = le serveur n’accepte aucun des modes d’authentification qu’une définition connaît : { $methods }
    .hint = indiquez le plus proche avec --client-authentication basic, post ou none
new-unpublished = { $issuer } ne publie pas ce que son serveur sait faire
    .hint = retirez --issuer et donnez les adresses vous-même : --authorization-endpoint, --token-endpoint
new-unfit = la définition ne serait pas correcte : { $fault }
    .hint = corrigez la valeur ; rien n’a été écrit
marketplace-unsound = { $path } n’est pas une définition correcte
    .hint = corrigez ce qui est signalé, puis relancez la commande
marketplace-faulty = { $path }:{ $first }
    .hint = pour tout voir, exécutez `sellauth marketplaces check { $path }`
region-needed = { $marketplace } a plusieurs régions
    .hint = choisissez-en une avec `--region` : { $known }
region-useless = { $marketplace } n’a pas de régions, `{ $given }` ne peut donc pas en être une
    .hint = retirez `--region`
region-unknown = `{ $given }` n’est pas une région connue
    .hint = régions connues : { $known }
environment-unknown = `{ $given }` n’est pas un environnement connu
    .hint = environnements connus : { $known }
option-unknown = `{ $given }` n’est pas une option connue
    .hint = options connues : { $known }
option-useless = { $marketplace } n’a pas d’options, `{ $given }` ne peut donc pas en être une
    .hint = retirez-la
value-unfit = `{ $value }` ne convient pas pour `{ $name }`
    .hint = donnez une seule ligne, sans espaces au début ni à la fin
value-example = exemple : { $example }
value-no-origin = `{ $name }` doit être une adresse https sans chemin
    .hint = par exemple https://sellercentral.example.com
variable-secret = `{ $name }` est secret : sa place n’est ni sur une ligne de commande, ni dans un fichier
    .hint = la question est posée ; sans terminal, transmettez-le avec `--secret-stdin`, ou par l’environnement
variable-needed = il manque `{ $name }` : { $prompt }
    .hint = donnez cette valeur avec `--set { $name }=…`
variables-faulty = { $path }: { $reason }
    .hint = corrigez cela ; rien d’autre n’a été modifié
variable-unknown = { $marketplace } n’a pas de valeur nommée `{ $name }`
    .hint = valeurs existantes : { $known }

## Applications

app-kind-unknown = `{ $kind }` n’est pas un type d’application chez { $marketplace } ; types connus : { $known }
    .hint = choisissez-en un avec `--kind KIND`
app-kind-browser = l’application `{ $name }` est du type `{ $kind }`, qui s’autorise dans un navigateur
    .hint = retirez `--device` ; une application ne peut pas être des deux types, enregistrez-en donc une autre pour les appareils
app-kind-device = l’application `{ $name }` est du type `{ $kind }`, qui s’autorise avec un code sur n’importe quel appareil
    .hint = retirez `--paste`, `--port` et `--start` ; une application ne peut pas être des deux types, enregistrez-en donc une autre pour les navigateurs
registration-unsupported = { $marketplace } n’enregistre pas d’applications de cette façon
    .hint = enregistrez-en une dans son portail, puis `sellauth app add`
registration-declined = rien n’a été enregistré : { $reason }
    .hint = créez un nouveau code, valable pour un seul essai et peu de temps, puis relancez la commande
registration-spilled = l’application `{ $name }` est enregistrée, mais le stockage n’a pas pris son secret client : il attend dans un fichier scellé
    .hint = rendez le stockage utilisable, puis `sellauth app register { $id } --name { $name } --recover` ; n’enregistrez pas une seconde fois, le nom est pris
registration-lost = l’application `{ $name }` est enregistrée, mais son secret client n’a pu être conservé nulle part
    .hint = rendez le stockage utilisable, puis enregistrez une autre application sous un autre `--client-name`
registration-open = l’enregistrement de l’application `{ $name }` a été interrompu
    .hint = `sellauth app register { $id } --name { $name } --recover` va chercher ce qui en est résulté ; s’il ne trouve rien, `sellauth app remove { $name }`
registration-waiting = l’enregistrement de l’application `{ $name }` n’est pas terminé : elle n’a pas encore d’identifiant client
    .hint = récupérez ce que la place de marché en a fait : sellauth app register { $id } --name { $name } --recover
registration-uncertain = la place de marché a peut-être enregistré `{ $name }`, mais sa réponse est perdue : le nom peut être pris
    .hint = regardez dans le compte si elle y figure ; ensuite `sellauth app remove { $name }`, et enregistrez-la avec un autre `--client-name`
registration-unreadable = la place de marché a peut-être enregistré `{ $name }`, mais sa réponse est illisible : ce qui est arrivé est conservé dans un fichier scellé
    .hint = regardez dans le compte si elle y figure ; si la définition est fautive, corrigez-la, puis `sellauth app register { $id } --name { $name } --recover` ; sinon, prenez un autre nom
registration-unknown = l’enregistrement de l’application `{ $name }` a été interrompu avant toute réponse : elle est peut-être enregistrée, et son nom pris
    .hint = regardez dans le compte si elle y figure ; ensuite `sellauth app remove { $name }`, et enregistrez-la avec un autre `--client-name`
registration-nothing = aucun enregistrement de l’application `{ $name }` n’attend son stockage
    .hint = `sellauth app show { $name }` dit ce qu’il y a
registration-code-needed = il manque le code du vendeur
    .hint = transmettez-le avec `--registration-code-stdin`, ou définissez SELLAUTH_REGISTRATION_CODE
client-name-needed = il manque le nom de l’application auprès de la place de marché
    .hint = donnez-le avec `--client-name TEXT` : personne d’autre ne doit le porter, et il est définitif
client-name-unfit = ce nom ne convient pas pour une application : { $hint }
    .hint = { $hint }
software-statement-needed = il manque l’identifiant du logiciel
    .hint = donnez-le avec `--software-statement-id ID` ; la place de marché le délivre aux éditeurs de logiciels
client-id-needed = il manque l’identifiant client
    .hint = donnez-le avec `--client-id ID`
client-secret-needed = il manque le secret client
    .hint = transmettez-le avec `--client-secret-stdin`, ou définissez SELLAUTH_CLIENT_SECRET
client-secret-missing = le stockage a perdu le secret client de l’application
    .hint = donnez-le à nouveau : `sellauth app set APP --client-secret-stdin`
client-secret-refused = la place de marché n’accepte pas le nouveau secret client ; l’ancien reste en vigueur pour l’application `{ $name }`
    .hint = copiez-le encore une fois depuis le portail de la place de marché ; un nouveau secret met parfois quelques minutes à y être reconnu
client-secret-doubtful = toutes les boutiques essayées avec le nouveau secret client ont été refusées ; l’ancien reste en vigueur pour l’application `{ $name }`
    .hint = un secret faux et une autorisation expirée peuvent se ressembler ; si vous êtes sûr du secret : `--no-verify`
client-secret-untried = le nouveau secret client n’a pas pu être essayé ; l’ancien reste en vigueur pour l’application `{ $name }`
    .hint = réessayez plus tard, ou prenez-le sans essai : `--no-verify`
scopes-needed = { $marketplace } demande que les scopes de votre application soient nommés
    .hint = donnez chacun d’eux avec `--scope S`
redirect-uri-needed = { $marketplace } demande une URI de redirection qui vous appartienne
    .hint = donnez celle qui est enregistrée avec `--redirect-uri https://…`
redirect-name-needed = { $marketplace } demande, à la place de l’URI de redirection : { $what }
    .hint = donnez-le avec `--redirect-uri …`, tel que la place de marché l’affiche
redirect-needed = l’application n’a pas d’URI de redirection, et { $marketplace } n’en accepte aucune par défaut
    .hint = indiquez celle qui est enregistrée : `sellauth app set APP --redirect-uri https://…`
redirect-unfit = `{ $uri }` ne peut pas être l’URI de redirection : { $reason }
    .hint = enregistrez-en une qui convient dans le portail de la place de marché, et donnez exactement celle-là
redirect-no-address = ce doit être une adresse https (http seulement pour cette machine), sans fragment ni nom d’utilisateur
redirect-taken-parameter = sa requête ne doit contenir ni `state`, ni `code`, ni `error`
redirect-loopback-only = la place de marché ne renvoie les navigateurs que vers cette machine
redirect-https-only = { $marketplace } n’accepte aucune adresse de cette machine, seulement une page https enregistrée
redirect-loopback-http = sur cette machine, c’est http et non https
redirect-loopback-host = sur cette machine, l’hôte est 127.0.0.1, [::1] ou localhost
redirect-other-host = son hôte doit être { $host }
port-registered = l’URI de redirection enregistrée a le port { $port }
    .hint = retirez `--port`, ou enregistrez une autre URI de redirection
app-remove-unconfirmed = la suppression de l’application `{ $name }` demande une confirmation
    .hint = ajoutez `--yes`
app-remove-waiting = la réponse à l’enregistrement de l’application `{ $name }` attend : c’est la seule copie d’un secret client qui ne reviendra jamais
    .hint = `sellauth app register { $id } --name { $name } --recover` la conserve ; pour la perdre malgré tout, ajoutez `--yes --discard-registration`
app-remove-declined = l’application `{ $name }` n’a pas été supprimée

## Jetons

min-validity-too-long = aucun jeton n’est valable pendant { $least } : la durée de vie d’un nouveau jeton est de { $life }
    .hint = demandez moins avec `--min-validity`
renewed-elsewhere = un autre processus a renouvelé le jeton, et celui-ci ne suffit pas
    .hint = réessayez
no-token = le renouvellement n’a apporté aucun jeton
    .hint = réessayez plus tard
client-changed = l’application a été réenregistrée depuis que cette boutique a été connectée
    .hint = demandez au vendeur de redonner son autorisation : `sellauth reauthorize PROFILE`
no-refresh-token = rien ne permet de renouveler le jeton d’accès
    .hint = demandez au vendeur de redonner son autorisation : `sellauth reauthorize PROFILE`
secrets-missing = le stockage a perdu les secrets de la boutique `{ $name }`
    .hint = demandez au vendeur de redonner son autorisation : `sellauth reauthorize { $name }`
entered-missing = le stockage a perdu ce qui avait été saisi pour la boutique `{ $name }`
    .hint = saisissez la clé à nouveau : `sellauth reauthorize { $name }`
secret-damaged = le secret { $key } est endommagé
    .hint = rien n’a été supprimé ; restaurez le stockage depuis une sauvegarde, ou exécutez `sellauth reauthorize PROFILE`
refused = { $reason }
    .hint = demandez au vendeur de redonner son autorisation : `sellauth reauthorize PROFILE`
refused-entered = { $reason }
    .hint = saisissez la clé à nouveau : `sellauth reauthorize { $name }`
refused-grant = la place de marché n’accepte plus cette autorisation ({ $code })
refused-after-loss = la place de marché n’accepte plus cette autorisation ; une de ses réponses s’est perdue auparavant, peut-être avec un nouveau jeton d’actualisation
answer-lost-twice = deux réponses à des renouvellements se sont perdues : nul ne sait si la place de marché a remplacé le jeton d’actualisation
entered-needed = il manque `{ $name }` : { $prompt }
    .hint = transmettez cette valeur avec `--secret-stdin`, ou définissez { $variable }
entered-unknown = stdin nomme `{ $name }`, inconnu chez { $marketplace } ; valeurs connues : { $known }
    .hint = écrivez un `name=value` par ligne, ou un seul objet JSON de chaînes
entered-unreadable = ce qui est arrivé sur stdin n’est ni une valeur unique, ni des lignes `name=value`, ni un objet JSON de chaînes
    .hint = { $marketplace } demande : { $known }
entered-refused = { $marketplace } n’accepte pas ce qui a été saisi
    .hint = copiez-le à nouveau depuis le portail de la place de marché, et ressaisissez-le : `sellauth reauthorize PROFILE`
entered-refused-reason = la place de marché n’accepte plus ce qui a été saisi ({ $code }) ; elle ne sera plus interrogée avant une nouvelle saisie
endless-refused-reason = l’API refuse le jeton, qui n’expire pas et n’est jamais renouvelé
entered-no-consent = chez { $marketplace }, il n’y a pas d’autorisation à donner : la clé de la boutique se saisit
    .hint = retirez `--start` et `--finish`
entered-one = `--secret-stdin` concerne une seule boutique
    .hint = nommez-en une ; les autres se saisissent une à une
entered-each = la clé de la boutique `{ $name }` se saisit pour elle seule : rien dans l’environnement ne vaut pour toutes les boutiques
    .hint = nommez la boutique : `sellauth reauthorize { $name } --secret-stdin`, ou lancez la commande dans un terminal
app-useless = chez { $marketplace }, il n’y a pas d’applications à enregistrer
    .hint = connectez la boutique : `sellauth connect { $id }`
api-declined = l’autorisation fonctionne, mais l’API de la place de marché { $marketplace } la rejette
    .hint = une nouvelle autorisation n’y change rien : voyez dans le portail de la place de marché si le compte est suspendu, et si l’application a les droits qu’il lui faut
incident-suspected = { $marketplace } a refusé plusieurs boutiques en quelques minutes : la panne est plutôt de son côté
    .hint = attendez : la prochaine demande part dans une heure ; `sellauth token PROFILE --refresh` demande tout de suite
answer-lost-in-grace = la réponse de la place de marché s’est perdue
    .hint = rien n’est encore perdu : relancez la commande dans un délai de { $grace }, et elle redemandera la même chose
answer-lost = la réponse de la place de marché s’est perdue
    .hint = relancez la commande : elle redemandera la même chose
spilled = { $name } : le stockage n’a pas pris les jetons renouvelés
    .hint = rien n’est perdu : ils sont conservés, chiffrés, dans { $path }, et la prochaine commande les reprendra dès que le stockage fonctionnera ; { $remedy }
spill-lost = { $name } : les jetons renouvelés n’ont pu être conservés nulle part
    .hint = relancez la commande immédiatement : la place de marché accepte peut-être encore ce qui a été envoyé ; sinon `sellauth reauthorize PROFILE`
spill-unwritable = impossible d’écrire { $path }
    .hint = vérifiez l’espace libre, et que le dossier appartient à cet utilisateur ; sans ce fichier, rien n’a été envoyé
overtaken = un autre processus a modifié cette boutique entre-temps
    .hint = relancez la commande
grant-refused = la place de marché n’a pas accepté l’autorisation
    .hint = réessayez : un code ne sert qu’une fois et peu de temps
grant-refused-in = la place de marché n’a pas accepté l’autorisation
    .hint = réessayez : sur cette place de marché, un code ne sert qu’une fois et pendant { $life } seulement
invalid-client = la place de marché n’accepte pas l’identifiant client ou le secret client de l’application
    .hint = vérifiez les deux dans son portail, puis `sellauth app set APP --client-secret-stdin`
invalid-scope = la place de marché n’accorde pas ces scopes à l’application
    .hint = vérifiez-les dans son portail, puis `sellauth app set APP --scope …`
request-refused = la place de marché a refusé la requête comme incorrecte
    .hint = vérifiez l’enregistrement de l’application et son URI de redirection : `sellauth app show APP`
template-failed = la requête ne peut pas être construite à partir de sa définition
    .hint = vérifiez l’application et la place de marché : `sellauth app show APP`, `sellauth marketplaces show ID`
answer-incomplete = il manque des éléments attendus dans la réponse de la place de marché
    .hint = réessayez plus tard ; si cela persiste, la définition n’est plus à jour
marketplace-unreachable = la place de marché est injoignable
    .hint = vérifiez le réseau et le proxy (HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE), puis réessayez
marketplace-declined = { $reason }
    .hint = rien n’a été modifié ; faites-le, puis relancez la commande
marketplace-busy = la place de marché ne peut pas répondre pour le moment
    .hint = réessayez plus tard ; rien n’est perdu
marketplace-paced = la cadence admise par la place de marché n’a pas laissé de place à temps pour ce renouvellement
    .hint = réessayez plus tard, et avec moins de `--jobs` ; rien n’est perdu
marketplace-busy-until = la place de marché demande d’attendre { $seconds } s
    .hint = réessayez à ce moment-là ; rien n’est perdu
client-setup = impossible de préparer le client https
    .hint = vérifiez `ca_file` dans config.toml, et SSL_CERT_FILE
revocation-failed = la place de marché n’a pas pu être prévenue, la boutique `{ $name }` reste donc connectée
    .hint = réessayez plus tard, ou oubliez-la ici malgré tout avec `--force`

## Autorisation

consent-denied = le vendeur n’a pas donné son accord chez { $marketplace }
    .hint = rien n’a été modifié ; relancez la commande pour réessayer
consent-failed = { $marketplace } a échoué pendant l’autorisation ({ $code })
    .hint = rien n’a été modifié ; réessayez plus tard
consent-refused = { $marketplace } a refusé l’autorisation ({ $code })
    .hint = vérifiez l’enregistrement de l’application, ses scopes et son URI de redirection : `sellauth app show APP`
issuer-mismatch = la réponse vient d’un autre serveur que celui qui a été interrogé
    .hint = rien n’a été modifié ; recommencez, après avoir fermé les autres pages de connexion
answer-lacking = la réponse ne dit pas à quoi elle se rapporte : il y manque `{ $parameter }`
    .hint = rien n’a été modifié ; recommencez et, si vous collez l’adresse, collez-la tout entière
answer-unexpected = la réponse se rapporte à autre chose : `{ $parameter }` diffère de ce qui était demandé
    .hint = rien n’a été modifié ; connectez-vous à la bonne boutique, de préférence dans une fenêtre privée
initiation-lacking = dans l’adresse attribuée à { $marketplace }, `{ $parameter }` manque ou est trop long
    .hint = copiez toute l’adresse de la page où le navigateur a abouti, sans rien changer
initiation-unfit = `{ $parameter }` ne contient aucune adresse où { $marketplace } poursuit une autorisation
    .hint = commencez l’autorisation sur { $page }, et copiez toute l’adresse où le navigateur aboutit, sans rien changer
initiation-host = une autorisation commencée sur `{ $host }` a été refusée : ce n’est pas une adresse connue de la place de marché { $marketplace }
    .hint = si ce n’était pas vous, n’en tenez pas compte ; commencez l’autorisation sur { $page }
initiation-replaceable = si ce n’était pas vous, n’en tenez pas compte ; si cette adresse est bien celle de la place de marché { $marketplace }, `sellauth connect` l’accepte avec `--set { $name }=https://{ $host }`
initiation-other-app = { $marketplace } a commencé l’autorisation d’une autre application : son adresse se termine par `{ $given }`, celle de votre application par `{ $own }`
    .hint = choisissez-y cette application, ou corrigez son identifiant : `sellauth app show { $app }`
initiation-too-many = { $marketplace } a commencé { $most } autorisations à la fois, et aucune autre ne reçoit de réponse
    .hint = continuez dans l’une des pages ouvertes, ou relancez la commande
never-started-there = { $marketplace } ne commence aucune autorisation de sa propre initiative, ou aucune qui puisse revenir vers cette machine
    .hint = retirez `--wait-for-marketplace`
answer-without-code = { $marketplace } a répondu sans code
    .hint = rien n’a été modifié ; relancez la commande
wrong-shop = c’est une autre boutique que celle de `{ $name }` qui a donné son autorisation
    .hint = rien n’a été modifié ; connectez-vous à la bonne boutique, de préférence dans une fenêtre privée, ou connectez celle-ci sous son propre nom : `sellauth connect { $id } --profile NEW`
client-secret-absent = le secret client de l’application { $name } n’est pas sur cette machine
    .hint = `sellauth app set { $name } --client-secret-stdin`, ou SELLAUTH_CLIENT_SECRET dans l’environnement
kept-aside = la place de marché a remplacé le jeton d’actualisation ; ce qui est venu à la place est conservé sous `{ $name }` : `sellauth rename` lui donne un meilleur nom, `sellauth disconnect` y met fin
removed-meanwhile = la boutique `{ $name }` a été déconnectée entre-temps, cette autorisation n’a donc pas été conservée
    .hint = `sellauth connect` reconnecte la boutique
wrong-shop-own = { $got } est la boutique de votre profil `{ $name }`
wrong-shop-remove = l’autorisation donnée par { $got } se retire sur { $url }
wrong-shop-cause = boutique attendue : { $expected }, boutique obtenue : { $got }
shop-unknown = la réponse ne dit pas quelle boutique a donné son autorisation, la boutique `{ $name }` a donc été laissée telle quelle
    .hint = connectez la nouvelle sous son propre nom avec `--profile NEW`
nobody-answered-perhaps = il s’est peut-être passé ceci : { $hint }
nobody-answered = personne n’a répondu à temps chez { $marketplace }
    .hint = relancez la commande, avec `--timeout 30m` pour avoir plus de temps, avec `--paste` si le navigateur est sur une autre machine ; si la page affiche un code, exécutez `sellauth explain CODE`
no-authorization-request = `{ $id }` n’a pas de page d’autorisation
import-only = l’environnement `{ $environment }` de la place de marché `{ $id }` n’admet pas d’autorisation dans un navigateur
    .hint = créez un jeton d’actualisation dans le portail de la place de marché, puis `sellauth import { $id } --env { $environment }`
nothing-to-set = il n’y a rien à modifier pour l’application `{ $name }`
    .hint = dites quoi : `--version`, `--scope` et autres ; `sellauth app set --help` les nomme
import-only-app = les jetons de l’application `{ $name }` se créent dans le portail de la place de marché
    .hint = créez-y un jeton d’actualisation, puis `sellauth import { $id }`
import-again = le jeton de la boutique `{ $name }` a été créé dans le portail de la place de marché
    .hint = créez-en un nouveau là-bas, puis `sellauth import { $id } --profile { $name } --replace`
import-file-foreign = { $path } n’est pas un fichier .env, JSON ou YAML
    .hint = c’est son nom qui en décide ; les fichiers YAML se terminent par .yml ou .yaml
import-ambiguous = `{ $name }` a plusieurs valeurs
    .hint = choisissez un compte avec `--account NAME` : { $sections }
import-account-missing = il n’y a pas de compte `{ $account }`
    .hint = comptes existants : { $accounts }
import-no-accounts = il n’y a pas de compte `{ $account }` : aucune section ne porte ce nom, et aucune variable ne se termine par `_{ $account }`
    .hint = corrigez-le, ou retirez `--account`
import-no-names = la définition de la place de marché { $marketplace } ne dit pas comment d’autres programmes nomment ses secrets
    .hint = transmettez le jeton d’actualisation avec `--refresh-token-stdin`, ou ajoutez une section `[import]` à la définition
import-refused = la place de marché refuse ce jeton d’actualisation : il a été révoqué, ou remplacé par un plus récent
    .hint = prenez le plus récent, ou demandez l’autorisation au vendeur : `sellauth connect { $id }`
import-nothing-found = aucune donnée à importer n’a été trouvée
    .hint = voici les noms recherchés : { $names }
import-unfit = ce qui figure dans { $place } sous `{ $name }` n’est pas ce qui est attendu
    .hint = corrigez-le à cet endroit ; rien n’a été modifié
import-unconfirmed = cette reprise demande une confirmation
    .hint = examinez-la avec `--dry-run`, puis ajoutez `--yes`
import-declined = rien n’a été importé
import-app-taken = une autre application s’appelle `{ $name }`
    .hint = choisissez un autre nom avec `--app NAME`
import-app-needed = la valeur `{ $name }` de l’application n’a pas été trouvée
    .hint = enregistrez d’abord l’application : `sellauth app add { $id } --set { $name }=…`
import-secret-needed = le secret client de l’application n’a pas été trouvé
    .hint = nommez le fichier qui le contient avec un autre `--from FILE`, ou définissez SELLAUTH_CLIENT_SECRET
no-grantless = { $marketplace } ne délivre aucun jeton sans l’autorisation d’un vendeur
    .hint = demandez le jeton de la boutique : retirez `--scope`
import-useless = { $marketplace } n’a pas de jetons d’actualisation
    .hint = connectez la boutique avec `sellauth connect`
refresh-token-needed = il manque le jeton d’actualisation
    .hint = transmettez-le avec `--refresh-token-stdin`
install-url-needed = chez { $marketplace }, l’application doit être installée avant l’autorisation
    .hint = donnez le lien avec `--install-url URL`, ou `--skip-install` si elle est déjà installée
install-url-unfit = ce n’est pas une adresse https
    .hint = copiez tout le lien depuis le portail de la place de marché
paste-empty = rien n’a été collé
    .hint = copiez toute l’adresse de la page où le navigateur a abouti
paste-no-answer = ce n’est pas l’adresse de la page où le navigateur a abouti
    .hint = copiez toute l’adresse, après l’autorisation ; elle contient `state=…`
paste-no-state = cette adresse ne contient pas de `state`
    .hint = copiez toute l’adresse de la page où le navigateur a abouti, après l’autorisation
paste-other-state = cette adresse appartient à une autre connexion
    .hint = utilisez la page que cette commande a ouverte
paste-no-code = cette adresse ne contient pas de code
    .hint = continuez dans le navigateur jusqu’à ce que la place de marché l’ait renvoyé, puis copiez toute l’adresse
paste-before-consent = c’est une page de la place de marché, avant l’autorisation
    .hint = connectez-vous et donnez votre accord sur cette page ; copiez l’adresse de la page qui vient après
paste-error-page = la place de marché affiche { $code } : { $cause }
paste-error-more = { $fix } ; en savoir plus : { $page }
paste-installing = appuyez sur Entrée une fois l’application installée, ou copiez toute l’adresse de la page qui vient après
paste-login-uri = { $marketplace } a appelé l’URI de connexion ; ce n’est pas encore une réponse
    .hint = utilisez `connect` sans `--start` : il accepte cette adresse, ou la capte lui-même par la page de `sellauth relay`
paste-unconfirmed = l’adresse qui suit la confirmation n’a pas été collée
    .hint = ouvrez l’adresse ci-dessus, et collez en deuxième ligne celle de la page où le navigateur aboutit
no-device-flow = { $marketplace } n’a pas de codes à saisir sur un autre appareil
    .hint = retirez `--device` ; s’il n’y a pas de navigateur ici, `--paste` prend l’adresse de n’importe quel autre
device-page-unfit = la place de marché n’indique aucune page https pour son code
    .hint = réessayez plus tard ; si cela persiste, connectez sans `--device`
device-code-unfit = la place de marché n’a délivré aucun code que l’on puisse saisir
    .hint = réessayez plus tard ; si cela persiste, connectez sans `--device`
device-code-ended = le code n’a pas été saisi à temps
    .hint = rien n’a été modifié ; relancez la commande pour obtenir un nouveau code
device-wait-ended = personne n’a saisi le code pendant l’attente de cette commande ; le code serait encore valable
    .hint = rien n’a été modifié ; relancez la commande pour obtenir un nouveau code, avec `--timeout 30m` pour avoir plus de temps
device-answer-lost = la place de marché ne connaît plus le code : sa réponse s’est perdue en route
    .hint = rien n’a été modifié ; relancez la commande pour obtenir un nouveau code
start-one = `--start` commence l’autorisation d’une seule boutique
    .hint = nommez la boutique
start-pageless = { $marketplace } n’a pas de page d’autorisation où envoyer le vendeur
    .hint = retirez `--start`
answer-unreadable = impossible de lire la réponse sur stdin
    .hint = transmettez à la commande l’adresse de la page où le navigateur a abouti
login-unknown = aucune autorisation n’est en attente sous { $handle }
    .hint = elle est terminée, ou a expiré : recommencez avec `--start`
login-ended = la réponse est arrivée trop tard
    .hint = rien n’a été modifié ; recommencez avec `--start`
login-overtaken = la boutique `{ $name }` ou son application a été modifiée depuis le début de cette autorisation
    .hint = rien n’a été modifié ; recommencez avec `--start`
browser-unfit = un guillemet n’est pas refermé dans la commande de navigateur `{ $command }`
    .hint = écrivez-la comme dans un shell, par exemple `--browser 'firefox --new-window %s'`
prompt-failed = impossible de poser la question sur ce terminal
    .hint = donnez la valeur par une option ; `--help` les nomme
interrupted = interrompu
    .hint = rien n’est resté à moitié fait
disconnect-unconfirmed = la déconnexion de la boutique `{ $name }` demande une confirmation
    .hint = ajoutez `--yes`
disconnect-incomplete = tout n’a pas pu être supprimé pour la boutique `{ $name }`, il reste : { $places }
    .hint = voyez ce qui l’empêche, puis relancez la commande ; ce qui a déjà disparu ne gêne pas
disconnect-declined = la boutique `{ $name }` reste connectée
relay-no-address = `{ $url }` n’est pas une adresse https
    .hint = donnez l’URI de redirection enregistrée
relay-unreachable = `{ $url }` est injoignable
    .hint = vérifiez l’adresse et son certificat
relay-wrong = `{ $url }` ne renvoie pas les navigateurs vers cette machine (HTTP { $status })
    .hint = placez-y la sortie de `sellauth relay`, ou celle de `--nginx`, `--caddy` ou `--apache`
demo-json = la démo raconte une histoire, et n’a pas de JSON
    .hint = retirez `--json`
demo-failed = la démo ne peut pas continuer
    .hint = vérifiez que la boucle locale et le dossier temporaire de cette machine fonctionnent
demo-wrong-shop-taken = la démo a accepté l’autorisation d’une autre boutique
    .hint = merci de signaler ce bogue
demo-consent-failed = la page d’autorisation de la démo n’a pas répondu
    .hint = relancez la démo
demo-api-refused = l’API de la démo a répondu HTTP { $status }
    .hint = relancez la démo

## Commandes et API

exec-alike = les variables de `{ $one }` et de `{ $other }` commenceraient toutes deux par { $prefix }
    .hint = ne nommez chaque boutique qu’une fois, ou donnez un autre nom à l’une d’elles avec `sellauth rename`
exec-sdk-one = `--sdk` transmet les secrets d’une seule boutique : les SDK n’ont qu’un nom pour eux
    .hint = lancez la commande une fois par boutique
exec-sdk-rotates = un SDK ne doit pas renouveler chez { $marketplace } : chaque renouvellement remplace le jeton d’actualisation conservé ici
    .hint = retirez `--sdk`, et faites utiliser SELLAUTH_ACCESS_TOKEN à la commande
exec-sdk-none = la définition de la place de marché { $marketplace } ne nomme aucune variable de SDK
    .hint = retirez `--sdk`, et faites utiliser SELLAUTH_ACCESS_TOKEN à la commande
exec-not-found = la commande `{ $command }` est introuvable
    .hint = vérifiez son nom, et le PATH
exec-not-run = la commande `{ $command }` ne peut pas être exécutée
    .hint = vérifiez que c’est un programme, et que cet utilisateur a le droit de l’exécuter
api-words = la méthode et le chemin sont un seul mot chacun
    .hint = écrivez `sellauth api PROFILE [METHOD] PATH`
api-method = `{ $method }` n’est pas une méthode d’API
    .hint = utilisez l’une de celles-ci : { $known }
api-data = impossible de lire ce qui doit être envoyé : { $name }
    .hint = `@` précède le nom d’un fichier, et `@-` désigne stdin
api-elsewhere = `{ $path }` n’est pas un chemin sous { $origin }, et un jeton ne va nulle part ailleurs
    .hint = donnez un chemin à partir de `/` : il est demandé à { $origin }
api-path = `{ $path }` n’est pas un chemin tel qu’on l’envoie
    .hint = écrivez les espaces %20, et retirez ce qui commence par `#`
api-signed = chaque appel à { $marketplace } est signé par celui qui le fait, et `sellauth api` ne signe rien
    .hint = lancez le programme qui signe, avec ce qu’il lui faut : `sellauth exec { $name } -- COMMAND`
api-header = l’en-tête `{ $name }` ne se donne pas à la main
    .hint = retirez-le : il vient du jeton de la boutique, ou de l’adresse
api-failed = l’API n’a pas pu répondre (HTTP { $status })
    .hint = réessayez plus tard ; ce qu’elle a dit figure sur stdout
api-redirects = l’API renvoie ailleurs (HTTP { $status }), et aucun jeton ne suit
    .hint = `--include` montre vers où ; un chemin de l’API elle-même peut être demandé
api-refused = l’API refuse la requête (HTTP { $status })
    .hint = ce qu’elle dit figure sur stdout
api-forbidden = l’API refuse la requête (HTTP { $status })
    .hint = ce qu’elle dit figure sur stdout ; un droit manquant s’accorde dans le portail de la place de marché
api-nothing-there = l’API n’a rien à cet endroit, ou pas pour cette méthode (HTTP { $status })
    .hint = comparez le chemin et la méthode avec la documentation de la place de marché ; ce qu’elle dit figure sur stdout

## Définitions : ce qui suit la clé en faute

fault-line = ligne { $fault }
fault-misplaced-key = sa place est au-dessus de la première [table] : en dessous d’une table, elle lui appartient
fault-missing-key = il manque `{ $key }`
fault-unknown-key = `{ $key }` n’est pas une clé connue
fault-file-name = c’est `{ $id }`, mais le fichier s’appelle `{ $name }.toml` : les deux doivent être identiques
fault-schema = ce programme lit le schéma 1
fault-id = utilisez des lettres minuscules, des chiffres et des traits d’union
fault-production = l’un d’eux doit s’appeler `production`
fault-twice = `{ $name }` est nommé deux fois
fault-taken = id: `{ $id }` est une place de marché intégrée, qu’aucun fichier ne peut remplacer : donnez un autre nom au fichier et un autre id à son contenu
fault-text = un texte d’une seule ligne est attendu
fault-page = une adresse https est attendue, où l’on peut en savoir plus
fault-date = écrivez une date ainsi : 2026-11-22
fault-pattern = `{ $pattern }` n’est pas une expression régulière, ou demande trop de mémoire
fault-default = la valeur par défaut ne correspond pas au motif
fault-name = un nom se compose de lettres minuscules, de chiffres et de tirets bas
fault-unknown-name = rien ne s’appelle `{"{"}{ $name }{"}"}`
fault-nearest-name = vouliez-vous dire `{"{"}{ $name }{"}"}` ?
fault-protocol-name = c’est un nom du protocole ; choisissez-en un autre
fault-value-name = {"{"}{ $name }{"}"} doit être une variable, ou une valeur sans espaces réservés
fault-value-entered = {"{"}{ $name }{"}"} est saisi, et une valeur se construit avant : écrivez-le là où il sert
fault-unused = rien ne l’utilise ; si d’autres le font, nommez-le dans `exported`
fault-unused-nearest = rien ne l’utilise ; vouliez-vous dire `{ $name }` ?
fault-variable = `{ $name }` n’est pas un nom de variable, ou en est un qui gouverne d’autres programmes que le SDK
fault-exported = `{ $name }` prendrait un nom propre à sellauth
fault-options = { $most } au plus
fault-header-name = `{ $name }` n’est pas un nom d’en-tête
fault-none = il en faut au moins un
fault-two-tokens = une seule requête de la suite peut fournir le jeton
fault-no-token = aucune requête ne fournit de jeton d’accès
fault-no-refresh-token = {"{refresh_token}"} est envoyé, et aucune requête de jeton ne dit d’où il vient
fault-spent-early = seule la dernière requête peut envoyer un jeton d’actualisation qui sera remplacé : un échec après elle ferait perdre le nouveau
fault-two-bodies = choisissez entre `form` et `json`
fault-needed = nécessaire pour ce type d’octroi
fault-device-alone = rien ne fournit le code d’appareil nécessaire
fault-device-answer = `{ $name }` doit être capturé
fault-useless = ce type d’octroi n’en a pas
fault-shared = {"{"}{ $name }{"}"} est propre à une boutique, et la réponse vaudrait pour toutes
fault-shared-token = une réponse partagée avec d’autres boutiques ne peut pas contenir le jeton d’une boutique
fault-fresh = {"{"}uuid{"}"} change à chaque requête : sa place est dans les requêtes et dans `api_headers`, nulle part ailleurs
fault-static-only = réservé à `grant = "static"`
fault-static-nothing = l’une d’elles doit avoir `secret = true` : rien d’autre n’authentifie la boutique
fault-static-variable = un secret est propre à une boutique : donnez-lui `scope = "profile"`, aucune valeur par défaut, et son propre nom
fault-static-value = il ne contient rien de saisi : nommez une variable qui a `secret = true`
fault-static-request = rien n’est demandé avec `grant = "static"` ; seule une `identity_request` y sert à quelque chose
fault-app-kind = utilisez des lettres minuscules, des chiffres et des traits d’union, et décrivez la procédure de ce type
fault-registration-name = {"{"}{ $name }{"}"} n’est connu que de `registration.request`
fault-registration-variable = `{ $name }` n’est pas une variable de l’application, ou se compose d’autre chose que {"{"}client_name{"}"}
fault-registration-flow = l’application ainsi créée s’autorise dans un navigateur : décrivez `authorization_request`
fault-registration-code = {"{"}registration_code{"}"} n’est pas envoyé : personne n’aurait alors donné son accord
fault-registration-unread = un enregistrement n’en a pas l’usage
fault-registration-auth = il n’y a pas encore de client qui puisse s’authentifier
fault-captured-token = {"{"}{ $name }{"}"} est le jeton lui-même, et ne doit pas aller là où un navigateur ou une personne le voit
fault-secret = {"{"}{ $secret }{"}"} ne doit pas aller là où un navigateur ou une personne le voit
fault-state = {"{state}"} n’est pas un paramètre : des réponses pourraient être falsifiées
fault-pkce = à mettre à "S256" si {"{code_challenge}"} est envoyé, et seulement dans ce cas
fault-pkce-verifier = {"{code_verifier}"} n’est pas envoyé, alors que PKCE l’exige : tous les codes seraient refusés
fault-pkce-method-alone = une méthode sans défi est refusée là où PKCE est désactivé : retirez-la
fault-denied-by = toutes les réponses l’ont : nommez le paramètre qui indique un refus
fault-pkce-method = une option active PKCE : écrivez {"{code_challenge_method}"}, qui reste vide là où PKCE est désactivé
fault-opaque-place = on ignore ici où mène une redirection opaque : le seul mode est paste, et il n’y a ni hôte, ni port, ni chemin
fault-opaque-unsent = une redirection opaque ne mène nulle part si {"{redirect_uri}"} n’est pas envoyé
fault-opaque-pattern = une redirection opaque demande `variables.redirect_uri`, avec un motif
fault-modes = nommez au moins l’un de loopback, relay, paste
fault-redirect-host = ce doit être localhost, 127.0.0.1 ou [::1]
fault-host-name = {"{"}{ $name }{"}"} ne doit pas choisir un hôte
fault-unverified = la valeur non vérifiée `{ $value }` n’en fait pas partie
fault-loose-host = `{ $name }` fait partie d’un hôte : donnez-lui un motif de lettres, de chiffres et de traits d’union

## Causes

cause-unreachable = { $host } est injoignable
cause-pace = { $host } n’accepte plus de requêtes pour l’instant
cause-quiet = { $host } a demandé une pause
cause-unanswered = { $host } a laissé sans réponse la même requête d’une autre boutique
cause-lost = { $host } n’a pas répondu
cause-client = les certificats ou les réglages de proxy sont incorrects
cause-incomplete = il manque `{ $pointer }` dans la réponse de l’hôte { $host }
cause-answer = HTTP { $status }, { $code }
cause-no-oauth = ce n’est pas une réponse OAuth
cause-request = requête { $id }
cause-template = `{ $text }` n’est pas un modèle : écrivez les espaces réservés ainsi : {"{name}"}
cause-missing = `{ $name }` n’a pas de valeur, et `{ $template }` en a besoin
cause-no-metadata = pas de métadonnées sur { $first } ni sur { $second }
cause-other-issuer = ces métadonnées appartiennent à `{ $issuer }`
cause-origin = la valeur de `{ $name }` n’est pas une origine https : schéma, hôte et port, rien de plus (http n’est admis que pour cette machine)
cause-host = la valeur de `{ $name }` ne convient pas pour un nom d’hôte
cause-header = la valeur de `{ $name }` ne convient pas pour un en-tête
cause-address = `{ $address }` n’est pas une adresse https (http n’est admis que pour cette machine)
not-a-pace = `{ $text }` n’est pas une cadence : écrivez 10/s, 8/m ou 100/h
not-a-duration = `{ $text }` n’est pas une durée : écrivez 90s, 5m, 12h ou 30d
duration-too-long = `{ $text }` dépasse cent ans
not-a-date = écrivez-la ainsi : 2026-11-22
not-a-pair = écrivez-le ainsi : NAME=VALUE
not-a-header = écrivez-le ainsi : `Name: value`, en une ligne d’ASCII
not-a-hash = donnez les 16 premiers chiffres hexadécimaux de son SHA-256

## Archives

export-terminal = une archive n’est pas un texte pour un terminal
    .hint = écrivez-la dans un fichier : `sellauth export … > shops.age`
export-nowhere = seul un fichier prouve que l’archive a été conservée, et stdout n’en est pas un : rien n’a été supprimé
    .hint = écrivez-la dans un fichier, et copiez celui-ci : `sellauth export … --move > shops.age`
export-audience-needed = personne n’est désigné pour ouvrir l’archive
    .hint = donnez `--recipient age1…`, ou définissez SELLAUTH_EXPORT_PASSPHRASE
export-passphrases-differ = les deux phrases secrètes diffèrent
    .hint = ce n’était pas la même ; retapez la première, ou appuyez sur Ctrl-C
renewal-open = une réponse de la place de marché pour la boutique `{ $name }` s’est perdue, et peut encore être récupérée
    .hint = exécutez d’abord `sellauth token { $name } --refresh`
bundle-unsealed = l’archive ne peut pas être chiffrée
    .hint = rien n’a été modifié ; réessayez
bundle-unopened = l’archive ne peut pas être ouverte : la phrase secrète ou l’identité est une autre, ou le fichier a été modifié ou tronqué
    .hint = rien n’a été modifié ; comparez le fichier avec l’original, et la phrase secrète avec celle de l’export
bundle-foreign = { $path } n’est pas une archive de sellauth
    .hint = `sellauth export` en crée une ; un fichier .env, JSON ou YAML d’un autre programme se reprend avec `sellauth import MARKETPLACE --from FILE`
bundle-empty = { $path } est vide : l’export a échoué
    .hint = relancez `sellauth export`, et voyez ce qu’il dit
bundle-version = { $path } est à la version { $version } du format, inconnue ici
    .hint = mettez sellauth à jour sur cette machine
bundle-lacks = il manque dans l’archive ce qui appartient à `{ $name }`
    .hint = rien n’a été modifié ; créez-en une autre avec `sellauth export`
bundle-identity-useless = l’archive est chiffrée par une phrase secrète, aucune identité ne l’ouvre
    .hint = retirez `--identity`
bundle-identity-needed = l’archive est chiffrée pour une identité age
    .hint = nommez son fichier avec `--identity FILE`
bundle-passphrase-needed = l’archive est chiffrée par une phrase secrète
    .hint = définissez SELLAUTH_EXPORT_PASSPHRASE, ou nommez un fichier qui la contient dans SELLAUTH_EXPORT_PASSPHRASE_FILE
bundle-of-several = `{ $name }` ne peut nommer qu’un élément, et l’archive en a plusieurs, ou aucun
    .hint = retirez-le ; changez ensuite les noms avec `sellauth rename`
bundle-elsewhere = la boutique `{ $name }` est déjà ici : elle s’appelle `{ $other }`
    .hint = rien n’a été modifié ; renommez-la d’abord : `sellauth rename { $other } { $name }`
bundle-taken = une autre boutique s’appelle `{ $name }` ici
    .hint = rien n’a été modifié ; renommez celle d’ici avec `sellauth rename`, importez une seule boutique avec `--profile NEW`, ou remplacez-la avec `--replace`
bundle-differs = la boutique `{ $name }` est déjà ici, et configurée autrement
    .hint = rien n’a été modifié ; comparez avec `sellauth export { $name } --config-only`, et remplacez-la par celle de l’archive avec `--replace`
bundle-anew = la boutique `{ $name }` est déjà ici, avec une autre autorisation que celle de l’archive
    .hint = rien n’a été modifié ; gardez celle d’ici, ou remplacez-la par celle de l’archive avec `--replace`
bundle-connected = une autre boutique est connectée sous `{ $name }`, et l’archive n’a aucune autorisation à mettre à sa place
    .hint = rien n’a été modifié ; renommez ou déconnectez d’abord celle d’ici
bundle-outlived = la copie de la boutique `{ $name }` dans l’archive est morte : elle a été renouvelée ici depuis, et { $marketplace } a remplacé le jeton d’actualisation
    .hint = rien n’a été modifié ; gardez celle d’ici, ou demandez au vendeur de redonner son autorisation : `sellauth reauthorize { $name }`
bundle-app-taken = une autre application s’appelle `{ $name }` ici
    .hint = rien n’a été modifié ; donnez un autre nom à celle de l’archive avec `--app NAME`
bundle-definition-differs = la définition de `{ $id }` dans l’archive diffère de { $path }
    .hint = rien n’a été modifié ; rendez les deux identiques, ou renommez l’une d’elles
identity-unfit = { $path } ne contient aucune identité age
    .hint = il lui faut des lignes qui commencent par AGE-SECRET-KEY-1, comme les écrit `age-keygen`

## Tâches planifiées

errand-silent = la commande ne s’est pas terminée en { $seconds } s, et a été arrêtée
errand-stopped = la commande a été arrêtée avec celle-ci
hook-unfit = `{ $command }` n’est pas une commande
    .hint = écrivez-la en une ligne comme dans un shell, guillemets refermés : `--hook "notify-send sellauth"`
not-an-interval = `{ $text }` ne fait pas partie des intervalles qui divisent une journée : { $known }
timer-no-scheduler = ce système n’a aucun planificateur que sellauth connaisse
timer-refused = `{ $command }` a échoué ; rien n’a été modifié
timer-foreign = { $path } n’a pas été écrit par sellauth
    .hint = rien n’a été modifié ; donnez un autre nom à ce qui est à vous, ou déplacez-le
timer-edited = { $path } a été modifié à la main
    .hint = il a été laissé tel quel ; `sellauth timer install --force` le remplace. Pour systemd, vos propres réglages sont à l’abri dans un fichier complémentaire (drop-in) : `systemctl --user edit sellauth-refresh.timer`
timer-other-home = la tâche planifiée installée cherche les boutiques ailleurs : { $theirs } ; ici, c’est { $ours }
    .hint = un utilisateur n’a qu’une tâche planifiée ; pour la remplacer ou la supprimer malgré tout : `--force`
timer-stays = le planificateur n’a pas lâché la tâche planifiée : `{ $command }` la montre encore
    .hint = rien n’a été supprimé ; réessayez dans un instant
timer-path-unfit = un chemin ou une variable ne peut pas être inscrit dans un fichier du planificateur
    .hint = utilisez des chemins en texte UTF-8, sans caractères de contrôle
timer-program-unknown = ce programme ne sait pas où il se trouve
    .hint = lancez-le par son chemin complet
timer-hook-missing = il n’y a pas de programme `{ $program }` à exécuter
    .hint = nommez-le par son chemin complet, ou nommez un programme du PATH
timer-grace-alone = `--grace` ne sert qu’avec un hook, et il n’y en a pas
    .hint = nommez une commande avec `--hook`

## Le shell

completions-failed = impossible de produire la complétion pour { $shell }
    .hint = c’est un bogue ; merci de le signaler
man-unknown = il n’y a pas de page de manuel sur `{ $name }`
    .hint = la fin de `sellauth man` les liste toutes
man-unwritable = impossible d’écrire { $path }
    .hint = vérifiez l’espace libre, et que le dossier appartient à l’utilisateur qui exécute cette commande
nearest-of-known = vouliez-vous dire `{ $name }` ? possibilités : { $known }
