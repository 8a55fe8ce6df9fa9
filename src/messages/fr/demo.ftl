# L’histoire que raconte `sellauth demo`.

demo-open = Une place de marché ouvre
demo-open-text = Elle est petite, elle vit sur cette machine à l’adresse { $origin }, et elle parle vraiment OAuth 2.0.
demo-headless = Pas d’écran ici : à la place d’un navigateur, c’est la démo qui appuie sur « Confirm ».
demo-app = 1. Vous enregistrez votre application, une seule fois
demo-app-text = Le secret client va dans le stockage de secrets, pas dans un de vos fichiers.
demo-connect = 2. Le vendeur donne son autorisation, une seule fois
demo-connect-text = Le navigateur ouvre la page de la place de marché, puis revient à une écoute locale sur cette machine.
demo-token = 3. Les scripts obtiennent un jeton, à tout moment
demo-token-text = Le jeton conservé est valable, rien n’est donc envoyé à personne.
demo-asked = Requêtes à la place de marché entre-temps : { $requests }
demo-renew = 4. Le jeton expire, et il est renouvelé
demo-renew-text = Une seule requête, quel que soit le nombre de scripts qui demandent en même temps. Cette place de marché remplace ses jetons d’actualisation : le nouveau est conservé avant que le jeton soit délivré.
demo-version = 5. Votre application grandit
demo-version-text = La version 1.1 demande un scope de plus. La boutique est maintenant à réautoriser ; l’ancienne autorisation reste en vigueur.
demo-works-on = Tant que le vendeur n’a pas redonné son autorisation, les scripts continuent comme avant :
demo-wrong-shop = 6. La mauvaise boutique répond
demo-wrong-shop-text = Le navigateur est encore connecté à une autre boutique. Son autorisation ne change rien, et la bonne boutique continue de fonctionner.
demo-reauthorize = 7. Vous réautorisez la boutique
demo-reauthorize-text = Les anciens jetons restent en vigueur jusqu’à ce que les nouveaux soient conservés. C’est seulement alors qu’ils sont révoqués.
demo-disconnect = 8. Vous déconnectez la boutique
demo-disconnect-text = L’autorisation est révoquée auprès de la place de marché, puis ses secrets sont supprimés ici.
demo-end = C’était toute l’histoire
demo-end-text = Tout vivait dans un dossier temporaire, qui a maintenant disparu. À vous, avec votre boutique : sellauth connect MARKETPLACE
demo-serve =

    La place de marché est ouverte à l’adresse { $origin }. Dans un autre terminal :

      export SELLAUTH_HOME={ $home } SELLAUTH_STORE=file
      sellauth connect demo
      sellauth token demo

    Ctrl-C la ferme.
demo-served =

    La place de marché est fermée, et son dossier a disparu. Dans l’autre terminal : unset SELLAUTH_HOME SELLAUTH_STORE
demo-note = Demo Market tourne sur cet ordinateur et oublie tout à sa fermeture.
