# Ce que disent les autres commandes.

refresh-renewed = renouvelée
refresh-not-due = à jour
refresh-never-connected = jamais connectée
refresh-failed = échec
refresh-lasts = valable jusqu’au { $end }
refresh-token = jeton jusqu’au { $end }
refresh-failures =
    { NUMBER($failed) ->
        [one] { $failed } boutique sur { $total } n’a pas pu être renouvelée
       *[other] { $failed } boutiques sur { $total } n’ont pas pu être renouvelées
    }
refresh-error = { $name } : { $error }
refresh-error-app =
    { NUMBER($shops) ->
        [one] { $shops } boutique de l’application { $app } : { $error }
       *[other] { $shops } boutiques de l’application { $app } : { $error }
    }
refreshing =
    { NUMBER($total) ->
        [one] { $done } sur { $total } boutique, reste { $left }
       *[other] { $done } sur { $total } boutiques, reste { $left }
    }
ask-client-id = Identifiant client
ask-client-secret = Secret client
ask-secret = Secret
client-secret-lost = le secret client de l’application { $name } n’est pas sur cette machine
ask-redirect-uri = URI de redirection, telle qu’enregistrée (https://…)
ask-app-kind = De quel type d’application s’agit-il ?
ask-app-case = De quelle application s’agira-t-il ?
app-own = une application déjà enregistrée dans le portail
ask-client-name = Nom de l’application auprès de la place de marché ({ $hint })
ask-software-statement = Identifiant du logiciel (software statement)
registration-page = demandez au vendeur de créer le code sur cette page : { $url }
app-registered = application { $name } enregistrée
app-added = application { $name } ajoutée
app-set = application { $name } modifiée
client-secret-proved = le nouveau secret client fonctionne : il a servi à renouveler la boutique { $name }
client-secret-unproved = rien n’a été demandé à la place de marché : on verra à la prochaine utilisation si le nouveau secret client fonctionne
client-secret-healed = refusées auparavant, renouvelées maintenant : { $names }
client-secret-still-refused = la boutique { $name } est toujours refusée : { $error }
client-secret-grace = { $marketplace } accepte encore l’ancien secret client pendant { $grace } après son remplacement : d’ici là, toutes les autres machines doivent recevoir le nouveau
app-kind-open = une application n’a qu’un seul type ({ $kinds }), et garde celui avec lequel elle a été enregistrée : une connexion de l’autre type échoue
app-removed = application { $name } supprimée
app-unchanged = rien n’a changé : l’application { $name } avait déjà ces valeurs
app-stopped = plus aucun renouvellement possible pour { $names } : l’autorisation a été donnée à l’identifiant client { $before }. Demandez au vendeur de redonner son autorisation : sellauth reauthorize; ou revenez en arrière : sellauth app set { $name } --client-id { $before }
app-secret-ends = le secret client expire le { $day }. Créez-en un nouveau dans le portail de la place de marché, puis : sellauth app set { $name } --client-secret-stdin
shops =
    { NUMBER($shops) ->
        [one] { $shops } boutique
       *[other] { $shops } boutiques
    }
app-made-due = une nouvelle autorisation est nécessaire pour { $names } ; d’ici là, tout continue de fonctionner. Pour la redonner : sellauth reauthorize
app-heading = APPLICATION | PLACE DE MARCHÉ | ENV | VERSION | IDENTIFIANT CLIENT
ask-app-remove-waiting = Supprimer l’application { $name }, alors que la réponse à son enregistrement attend : c’est la seule copie de son secret client, qui ne reviendra jamais (--recover la conserve)
ask-app-remove = Supprimer l’application { $name } et son secret client
no-apps = aucune application n’est encore enregistrée : sellauth app add MARKETPLACE
portal = saisissez ceci dans le portail ({ $url }) :

app-elsewhere = une application est enregistrée pour { $environment } : ajoutez `--env { $environment }` si c’est elle que vous voulez
app-next = connectez maintenant une boutique : `{ $command }`
explain-heading = CODE | SOURCE
explain-title = { $code } – { $place }
explain-cause = ce qui s’est passé :
explain-fix = que faire :
explain-link = en savoir plus :
explain-others = d’autres l’expliquent aussi : { $places } (--marketplace ID montre l’une de ces explications)
new-ask-issuer = Émetteur (issuer), si son serveur publie ce qu’il sait faire (https://… ; Entrée : il ne le fait pas)
new-ask-name = Nom, tel que les vendeurs le connaissent
new-ask-grant = Comment obtient-on un premier jeton ?
new-ask-grant-code = le vendeur donne son autorisation dans un navigateur (authorization_code)
new-ask-grant-device = le vendeur saisit un code sur n’importe quel appareil (device_code)
new-ask-grant-client = l’identifiant et le secret de l’application suffisent (client_credentials)
new-ask-grant-static = le vendeur copie une clé depuis le portail (static)
new-ask-authorization-endpoint = Page d’autorisation (https://…)
new-ask-device-endpoint = Adresse où un appareil demande son code (https://…)
new-ask-token-endpoint = Point de terminaison des jetons (https://…)
new-ask-api-base = Adresse de l’API qui reçoit les jetons
new-ask-client = Comment l’application s’authentifie-t-elle ?
new-ask-client-basic = dans l’en-tête, HTTP Basic (client_secret_basic)
new-ask-client-post = dans le formulaire (client_secret_post)
new-ask-client-none = pas du tout : elle n’a pas de secret (none)
new-ask-pkce = La place de marché accepte-t-elle PKCE
new-ask-loopback = Accepte-t-elle une URI de redirection sur cette machine (http://127.0.0.1)
new-ask-refresh-token = Délivre-t-elle des jetons d’actualisation
new-ask-scopes = Scopes, séparés par des espaces (Entrée : aucun)
new-ask-scopes-known = Scopes, séparés par des espaces (Entrée : aucun ; le serveur nomme { $known })
new-published = { $issuer } publie ce que son serveur sait faire : ce qui y figure n’est plus demandé
new-next = relisez-la, puis enregistrez-y votre application : `sellauth app add { $id }`
new-next-static = relisez-la, puis connectez la boutique : `sellauth connect { $id }`
diff-none = aucune définition n’a changé depuis qu’un vendeur a donné son autorisation
diff-then = { $id }, à la dernière autorisation d’un vendeur
diff-now = { $id }, maintenant
diff-unreadable = l’une des deux n’est pas du TOML : nul ne sait donc quels hôtes sont nouveaux
diff-hosts = nouveaux hôtes : { $hosts }
definition-changed = ce que sellauth sait de la place de marché { $id } a changé depuis qu’un vendeur a donné son autorisation : `sellauth marketplaces diff { $id }` montre en quoi
marketplace-heading = PLACE DE MARCHÉ | NOM | RÉGIONS
marketplace-fine = la définition { $id } est correcte

relay-fine = { $url } renvoie les navigateurs vers cette machine
exec-sdk = la commande reçoit les secrets durables de la boutique { $name }, pas seulement un jeton : ne lancez rien à quoi vous ne les confieriez pas
api-busy = l’API est occupée ; nouvelle demande dans { $seconds } s
renamed = boutique { $old } renommée en { $new }
locked = verrouillé : le prochain jeton de chaque boutique viendra de son stockage
disconnected = boutique { $name } déconnectée
disconnect-consequence = les scripts qui utilisent `sellauth token { $name }` cesseront de fonctionner, et, pour revenir en arrière, le vendeur devra redonner son autorisation
ask-disconnect = Déconnecter la boutique { $name }
remark-no-refresh-token = aucun jeton d’actualisation n’est arrivé : rien ne peut renouveler cette connexion, elle prend fin avec son premier jeton d’accès. Faites en sorte que la place de marché donne des jetons d’actualisation à l’application (`sellauth app show APP` affiche ce que son portail demande), puis demandez au vendeur de redonner son autorisation : sellauth reauthorize
disconnect-key-stays = { $marketplace } n’en sait rien, ce qui avait été saisi y reste valable jusqu’à sa suppression : { $place }
disconnect-credentials-stay = { $marketplace } n’en sait rien, l’identifiant et le secret client de l’application y restent valables jusqu’à leur suppression : { $place }
disconnect-consent-stays = { $marketplace } n’en sait rien, l’autorisation y reste en vigueur jusqu’à ce que le vendeur la retire : { $place }
disconnect-in-portal = dans le portail du vendeur ou dans les paramètres de son compte
disconnect-by-hand = aucun programme ne peut prévenir { $marketplace } ; retirez-y l’application : { $url }

log-heading = HEURE (UTC) | ÉVÉNEMENT | PROFIL | BOUTIQUE | PAR | DÉTAIL
log-app = application { $name }
log-was = auparavant { $name }
log-empty = l’historique est vide
log-broken =
    { NUMBER($lines) ->
        [one] { $lines } ligne de l’historique est endommagée, et a été omise
       *[other] { $lines } lignes de l’historique sont endommagées, et ont été omises
    }

receipt-removed = supprimé
receipt-kept = conservé
receipt-never-connected = personne n’avait donné son autorisation, il n’y a donc rien à révoquer
receipt-app-unused = aucune boutique n’utilise plus l’application { $name }. Si vous n’en avez plus besoin : sellauth app remove { $name }
receipt-revoked = { $marketplace } a mis fin à l’autorisation
trace-token-set = jeu de jetons
trace-token-at-hand = jeton en cache
trace-journal = journal
trace-spill = fichier de secours
trace-record = fiche
trace-profile = profil
trace-app = application
trace-log = historique

status-heading = PROFIL | BOUTIQUE | RÉGION | ENV | VERSION | ÉTAT | ÉCHÉANCE | RAISON
no-such-label = aucune boutique connectée ne porte cette étiquette
checking = vérification de la boutique { $name }…
no-ends = aucune échéance n’est connue, il n’y a donc pas de calendrier
status-next-secret = créez un nouveau secret client dans le portail de la place de marché, puis : sellauth app set { $app } --client-secret-stdin
status-next = réautorisez ce qui doit l’être : sellauth reauthorize
state-connected = connectée
state-due = à réautoriser
state-reauthorization-required = autorisation requise
state-entry-required = à ressaisir
state-secrets-missing = secrets manquants
reason-never-connected = personne n’a encore donné son autorisation
reason-secrets-missing = le stockage a perdu ses secrets
reason-refresh-token-expired = pas renouvelée depuis trop longtemps : le jeton d’actualisation a expiré
reason-authorization-expired = l’autorisation a expiré
reason-incident = refusée en même temps que d’autres boutiques : sans doute une panne de la place de marché, nouvelle demande à partir du { $probe }
reason-client-changed = l’application a été réenregistrée
reason-app-version = l’application est à la version { $wanted }, l’autorisation à la version { $granted }
reason-app-version-first = l’application est à la version { $wanted }, l’autorisation a été donnée avant que les versions soient notées
reason-scopes-missing = pas encore accordé : { $scopes }
reason-authorization-ends = l’autorisation expire le { $day }
reason-secret-first = { $why }, et le secret client de l’application dès le { $day }
reason-unused-ends = la place de marché retire l’application le { $day } si elle ne sert pas : `sellauth refresh`
end-authorization = autorisation
end-authorization-of = sellauth : l’autorisation de la boutique { $whose } expire
end-authorization-cure = Demandez auparavant au vendeur de redonner son autorisation : sellauth reauthorize { $whose }
end-client-secret = secret
end-client-secret-of = sellauth : le secret client de l’application { $whose } expire
end-client-secret-cure = Créez-en auparavant un nouveau dans le portail de la place de marché, puis : sellauth app set { $whose } --client-secret-stdin
end-refresh-token = jeton
end-refresh-token-of = sellauth : le jeton d’actualisation de la boutique { $whose } expire
end-refresh-token-cure = Renouvelez-le auparavant, par cron ou à la main : sellauth refresh { $whose }
end-none = sans échéance
end-unused = inutilisée
end-unused-of = sellauth : la place de marché retire l’application à la boutique { $whose } si elle ne sert pas
end-unused-cure = Renouvelez un jeton auparavant, par cron ou à la main : sellauth refresh { $whose }
reason-client-secret-ends = le secret client de l’application expire le { $day } : `sellauth app set`

exported = exporté : { $names }
export-moved = exporté et supprimé d’ici : { $names } ; la place de marché n’a pas été prévenue
export-without-secrets = { $why } : seule l’intention est exportée, sans autorisation
export-rotates = il existe maintenant deux copies ({ $names }), et une seule peut vivre : à chaque renouvellement, la place de marché remplace le jeton d’actualisation et refuse la copie qui détient l’ancien ; n’utilisez qu’une machine, et oubliez l’autre copie (ici, `--move` s’en charge)
ask-export-passphrase = Phrase secrète de l’archive
ask-export-passphrase-again = La même encore une fois
ask-bundle-passphrase = Phrase secrète de l’archive
bundle-app-lacks = l’application { $name } n’a pas encore de secret client : `sellauth app set { $name } --client-secret-stdin`
bundle-rotates = une seule copie peut vivre ({ $names }) : à chaque renouvellement, la place de marché remplace le jeton d’actualisation et refuse la copie qui détient l’ancien ; là d’où vient l’archive, oubliez ce qui reste avec `sellauth export NAME --move > FILE` (`disconnect` pourrait mettre fin à l’autorisation des deux)
bundle-brings = l’archive apporte { $path }, une place de marché définie par son propriétaire : c’est cette définition qui décide où vont les secrets de ses boutiques
origin-gets-secret = `{ $name }` vaut maintenant { $origin }, à la place de l’adresse que donne la définition : les jetons de la boutique et le secret client de l’application y sont envoyés. Assurez-vous que cette adresse est bien celle de la place de marché { $marketplace }
origin-replaced = `{ $name }` vaut maintenant { $origin }, à la place de l’adresse que donne la définition : ce qui n’appartient qu’à { $marketplace } y est envoyé. Assurez-vous que cette adresse est bien celle de la place de marché { $marketplace }
bundle-imported = importée
bundle-would-import = serait importée
bundle-replaced = remplacée
bundle-would-replace = serait remplacée
bundle-unchanged = déjà présente
not-a-recipient = ce doit être un destinataire age, qui commence par age1
recipient-damaged = il est tronqué ou mal recopié
migrated = migrée
migrate-unchanged = inchangée
migrate-failed = échec

would-connect = connecterait { $profile } avec l’application { $app }
would-connect-and-register = connecterait { $profile }, et enregistrerait l’application { $app }
import-environment = l’environnement
import-line = { " " }(ligne { $line })
ask-import = Connecter la boutique { $name } avec cela
import-instead = les jetons de l’application { $name } se créent dans le portail de la place de marché : créez-en un, et donnez-le ici
import-plain-file = { $file } contient encore en clair { $names } : supprimez ce que rien d’autre ne lit ; si d’autres personnes pouvaient lire le fichier, créez un nouveau secret client dans le portail
import-plain-environment = l’environnement contient encore en clair { $names } : retirez-en ce que rien d’autre ne lit
import-replaced = { $marketplace } a remplacé le jeton d’actualisation : l’ancien ne vaut plus rien, et les programmes qui l’utilisent échoueront
import-app-lacks = pour une autorisation dans un navigateur, il manque des indications à l’application { $name } : `{ $command }`

## Tâches planifiées, et qui en est averti

hook-failed = la boutique { $name } a besoin de son vendeur, et personne n’en a été averti : { $why }. Le prochain `refresh` réessaiera
hook-message-broken = la boutique { $name } ne fonctionne plus : { $why }. Demandez au vendeur de redonner son autorisation : sellauth reauthorize { $name }
hook-message-due = la boutique { $name } aura bientôt besoin d’une nouvelle autorisation : { $why }. Pour la redonner : sellauth reauthorize { $name }
hook-message-secret = la boutique { $name } aura bientôt besoin d’un nouveau secret client : { $why }. Créez-en un dans le portail, puis : sellauth app set { $app } --client-secret-stdin
timer-description = Renouvelle l’accès aux boutiques des places de marché (sellauth)
timer-installed = la tâche planifiée est installée : elle renouvelle toutes les boutiques, à intervalles de { $every }
timer-updated = la tâche planifiée est à jour : elle renouvelle toutes les boutiques, à intervalles de { $every }
timer-removed = la tâche planifiée est supprimée ; plus rien ne renouvelle les boutiques
timer-absent = aucune tâche planifiée n’est installée
    .hint = installez-en une : sellauth timer install
timer-would-write = écrirait { $path } :
timer-would-remove = supprimerait { $path }
timer-would-run = exécuterait :
timer-way-out = ouvrez une session sous cet utilisateur, sans su ni sudo, et réessayez, ou confiez cela à cron. Ajoutez cette ligne avec `crontab -e` :
timer-way-out-task = réessayez, ou créez à la main une tâche qui exécute : { $program } refresh --all
timer-row-every = intervalle
timer-row-runs = exécute
timer-row-last = dernière fois
timer-row-next = prochaine fois
timer-last-run-ended = { $time } (code de retour { $code })
timer-last-run-killed = { $time } (arrêté par le signal { $signal })
timer-last-code = code de retour { $code }
timer-stale-missing = { $program } n’est plus là, la tâche planifiée ne fait donc rien
timer-stale-program = la tâche planifiée exécute { $theirs }, et ce programme-ci est { $ours }
timer-stale-home = la tâche planifiée cherche les boutiques ailleurs que cette commande (SELLAUTH_HOME)
timer-stale-variables = la tâche planifiée a d’autres variables que cette commande
timer-stale-edited = les fichiers de la tâche planifiée ont été modifiés à la main
timer-stale-edited-next = pour les remplacer : sellauth timer install --force
timer-stale-incomplete = un fichier de la tâche planifiée manque, ou ne va pas avec les autres
timer-stale-inactive = les fichiers de la tâche planifiée sont là, mais rien ne la lance
timer-stale-next = mettez-la à jour : sellauth timer install
timer-stale-home-next = pour qu’elle cherche ici à la place : sellauth timer install --force
timer-usual-home = l’emplacement habituel
timer-kept = la tâche planifiée garde ces variables, qui ne sont pas définies ici : { $names }
    .hint = pour les enlever : sellauth timer remove, puis sellauth timer install
timer-no-linger = cette tâche planifiée s’arrête quand vous fermez votre session, et reprend à l’ouverture de la suivante
    .hint = pour qu’elle continue : loginctl enable-linger
timer-keyring = des secrets sont dans le trousseau de la session de bureau, qui peut être verrouillé quand la tâche planifiée s’exécute
    .hint = voyez ce qu’elle trouve alors : sellauth doctor --as-job systemd
timer-program-fleeting = la tâche planifiée exécute { $program }, qui aura peut-être disparu demain
    .hint = installez d’abord sellauth (`cargo install`), puis exécutez `sellauth timer install` avec le programme installé
timer-program-versioned = la tâche planifiée exécute { $program }, que la prochaine mise à jour remplacera peut-être
    .hint = après une mise à jour, voyez `sellauth timer status`
timer-secret = { $name } est un secret, et n’a pas été inscrit dans la tâche planifiée
    .hint = gardez-le dans un fichier que vous seul pouvez lire, et installez la tâche planifiée avec { $name }_FILE=FILE
timer-proxy = un proxy avec mot de passe ou jeton n’a pas été inscrit dans la tâche planifiée : { $names }
timer-variables = les tâches de ce système n’ont pas de variables à elles ; la tâche planifiée se passe donc de : { $names }
    .hint = définissez-les pour votre utilisateur : setx NAME VALUE

## `sellauth` sans rien d’autre

overview-next = Ensuite
overview-more = … et { $rest } de plus : `sellauth status` les affiche toutes
overview-connect = connectez une boutique ; places de marché connues : { $known }
overview-connect-with = connectez une boutique avec l’application `{ $app }`
overview-demo = ou voyez d’abord toute l’histoire, sans aucun compte
overview-repair = trouvez ce qui ne va pas : { $names }
overview-reauthorize = une nouvelle autorisation est nécessaire : { $names }
overview-secret = le secret client de l’application `{ $app }` expire bientôt ; donnez le nouveau
overview-token = toutes les boutiques fonctionnent ; ceci affiche un jeton d’accès
