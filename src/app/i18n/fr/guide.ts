import type { GuideTables } from '../parts';

/** The guide, in French. */
export const tables: GuideTables = {
  guide: {
    parts: [
      {
        title: 'Ce que cela peut faire, et ce que rien ne peut',
        texts: [
          'Un petit réseau de neurones regarde chaque partie de votre photo et la redessine plus grande, plus propre ou plus nette. Les réseaux fidèles dessinent ce qui est là. Les réseaux incisifs devinent aussi à quoi contours et texture ont pu ressembler, d’après d’autres photos dont ils ont appris.',
          [
            'Un détail qu’une photo n’a pas ne peut pas être retrouvé. Ce qui y ressemble a été deviné : une lettre, une plaque, un visage, un motif peut sortir net et faux. Plus l’original est petit, plus il y a de deviné.',
            'Un petit scan',
            'Agrandi en incisif : Shuila Bainus',
            'La page elle-même : Sheila Baines',
          ],
        ],
      },
      {
        title: 'Quand ne pas s’en servir',
        texts: [
          'Pas comme preuve, ni pour dire qui ou ce qu’est quelqu’un ou quelque chose : une supposition ne prouve rien. Pas pour la médecine, la mesure ou la science : ce qui y compte a pu être lissé ou inventé par un réseau. Dites qu’une image a été améliorée là où l’on pourrait s’y fier ; « Marquer comme améliorée » l’écrit dans le fichier.',
        ],
      },
      {
        title: 'Recette',
        texts: [
          'Préréglage : le sujet de la photo. Photo répond à ce qui y a été mesuré. Portrait est plus doux avec la peau ; Texte ne devine pas de contours et ne retire aucune trame, car des lettres de même largeur s’alignent elles aussi en grille ; Photo ancienne recadre une numérisation sur son tirage, répare les défauts manifestes, supprime la trame du papier, ravive les couleurs, nettoie en douceur et devine la texture, chaque étape dans la mesure de ce qui a été trouvé, dont elle dresse la liste ; Art garde le grain ; Rendu 3D en enlève le bruit ; Texture se raccorde encore ensuite.',
          'Doux, Auto et Plus : moins que ce que la photo demande, autant, et davantage, chacun montré sur un endroit de votre photo avant que rien ne soit fait.',
          'Recadrer : sur quoi l’on travaille, et dans quel sens. Tirez le cadre, ses bords et ses coins, ou déplacez-les aux touches fléchées ; imposez-lui des proportions ; tournez et inversez, ce qui garde chaque pixel ; redressez, ce qui redessine chaque pixel sans laisser de coins vides. Cela vient avant tout le reste, un calcul est donc plus court, et le fichier reste tel quel : Recadrer montre à nouveau la photo entière.',
          'Agrandir : combien de fois plus large et plus haut.',
          'Autre taille : pixels, mégapixels ou un tirage ; elle est atteinte par l’agrandissement le plus proche, puis rééchantillonnée. Un lien peut en demander une : derrière ?size= figure 3000w, 1.5x, 24mp ou 30cm.',
          [
            'Rendu : Fidèle dessine ce qui est là et convient aux originaux propres. Incisif devine et convient aux images du web ou d’un téléphone.',
            'Un petit JPEG',
            'Agrandi en fidèle',
            'Agrandi en incisif',
          ],
          [
            'Réparer les défauts : rayures, poussières et taches sont cherchées et marquées sur l’image ; ce qui est marqué est rempli d’après ce qui l’entoure, avant tout le reste. Regardez les marques avant d’améliorer : un fil, un cheveu ou une lumière peut passer pour un défaut, et les défauts faibles échappent. « Marquer les défauts » en peint d’autres, ou les efface. Ce qui n’est pas marqué reste tel quel. Ce qui est rempli est deviné : sur un visage, marquez le moins possible.',
            'Un tirage rayé, dessiné',
            'Réparé, sensibilité 85 %',
          ],
          'Sensibilité aux défauts : à quel point quelque chose doit ressembler à un défaut. Plus trouve des défauts plus faibles, et marque plus de ce qui n’en a que l’air ; ce que vous avez peint reste.',
          'Balance des blancs et lumière : la clarté de la photo, ses ombres et ses hautes lumières, et laquelle de ses couleurs est grise, réglées avant tout le reste. Choisissez un point neutre et appuyez sur quelque chose de gris ou de blanc ; température et teinte font de même à la main. L’équilibrage auto estime la lumière d’après le plus clair et les contours : plus souvent juste que faux là où une image a une dominante, et faux là où tout ce qu’elle montre est d’une seule couleur. Une dominante nette est signalée, et jamais ôtée sans votre accord. L’exposition, sous Finition, est pour après et ne demande pas de nouveau calcul. « Inverser un négatif » tire un positif d’un film numérisé : chaque couche est étalée entre le film clair et sa partie la plus dense, sans le cadre autour ; assez juste pour continuer avec la balance des blancs et la luminosité. Un film couleur se trahit par son orange, un négatif gris, vous seul pouvez le dire.',
          [
            'Bruit : quelle part du bruit est enlevée. Trop emporte la texture.',
            'Une photo bruitée',
            'Nettoyée, intensité 60 %',
            'Intensité 100 %',
          ],
          [
            'JPEG : quelle part des blocs et des franges d’une forte compression est enlevée.',
            'Un JPEG de qualité 15',
            'Nettoyé',
          ],
          [
            'Netteté : quelle part d’une image plus nette est mélangée ; un bougé de l’appareil est cherché et corrigé. Trop paraît dur.',
            'Bougé de sept pixels',
            'Corrigé',
          ],
          [
            'Supprimer la trame : les alvéoles du papier photo soie, le tissage de la toile et les points d’une impression se répètent sur toute l’image ; ce qui se répète ainsi est enlevé avant qu’un réseau ne l’accentue. C’est conseillé là où deux telles ondes se croisent. Une photo d’étoffe qui remplit l’image a le même aspect : laissez-le alors désactivé.',
            'Papier photo soie, dessiné',
            'Enlevé',
          ],
          'Dosage : moins laisse un peu du papier.',
          'Raviver les couleurs : les colorants d’un tirage passent, chacun à son rythme, jusqu’à ce que le noir soit gris et le blanc jaune ou rose. Ce que sont devenues les parties les plus sombres et les plus claires dit de combien, sans le papier autour d’un tirage ; c’est défait avant qu’un réseau ne voie la photo. C’est conseillé pour les tirages couleur où le noir est nettement gris et où le blanc a nettement une couleur. Le brouillard et la lumière du soir y ressemblent : laissez-le alors désactivé.',
          'Dominante : quelle part de la couleur prise par le noir et le blanc est ôtée.',
          'Contraste perdu : de combien le noir et le blanc s’écartent à nouveau.',
          'Inégalité : quelle part est égalisée de ce qui a passé d’un côté, ou de l’ombre qu’un objectif a laissée sur les bords. Les contours d’une photo s’éclaircissent vers un côté aussi souvent qu’ils s’assombrissent ; ce qui reste vient du temps et de l’objectif. Ce qui est sombre au bord peut l’être dans la photo : rien n’est égalisé sans que vous le demandiez.',
          'Calcul : un meilleur réseau prend plus de temps. « Auto » laisse décider la vitesse de votre machine.',
          'Modèle : des réseaux d’autres personnes, que vous apportez vous-même : « Ajouter un modèle » sous « Gardé hors ligne », ou déposez le fichier sur la page. Il reste sur cet appareil. Un modèle qui agrandit prend la place de ceux de ce site, et son résultat est ramené à la taille voulue ; un modèle qui garde la taille travaille avant, ou après l’agrandissement si vous le demandez. Ce qu’il fait d’une photo relève de ses auteurs : regardez de près avant de vous y fier.',
        ],
      },
      {
        title: 'Finition',
        texts: [
          'Tout ceci se règle en direct après un calcul, et c’est ce qu’écrit « Enregistrer ».',
          'Intensité : quelle part du travail des réseaux se voit. Elle commence à 60 % là où une photo est nettoyée ou rendue nette, car le tout fait souvent plastique, et à 100 % là où elle est agrandie. Ce qui est réparé, la trame enlevée et les couleurs ravivées restent à toute intensité, et de même sous un masque.',
          'Grain : comme sur un film ; cache ce qui paraît trop lisse.',
          'Accentuation : des contours plus francs, sans halos.',
          'Luminance seule : luminosité du résultat, couleur de l’original.',
          'Garder les couleurs : les grandes surfaces gardent les couleurs de l’original.',
          'Lumière et couleur : exposition en diaphragmes, contraste, chaleur, saturation ; la vibrance est une saturation surtout pour les couleurs ternes. Noir et blanc ne laisse aucune couleur ; les teintes colorent ombres et hautes lumières, en froid ou en chaud ; Sépia, Sélénium et Cyanotype sont de telles teintes d’une image en noir et blanc, comme en avaient les tirages.',
          'Visages : « Chercher les visages » liste où il y en a. Dans chacun de ceux qui sont cochés, l’intensité et l’accentuation agissent moins, à 60 % au départ, dans une ellipse au bord fondu, si bien qu’il reste davantage de l’original et de son grain. Aucun visage n’est reconnu, comparé ni conservé : la recherche se fait sur votre appareil et ne dit que l’endroit. Les visages de profil, dans l’ombre ou sous un casque sont souvent manqués, et ce qui ressemble à un visage peut figurer dans la liste ; le pinceau protège ce qui manque.',
          'Pinceau : peint là où l’effet doit se voir, et là où il ne doit pas.',
          'Coloriser : colore une photo grise ou passée à partir de traits courts que vous tracez. Chaque couleur s’étend jusqu’aux contours de ce qui la porte, et la luminosité reste. Là où une couleur va trop loin, tracez-en une autre, ou « Sans couleur », qui garde un endroit gris ; la gomme enlève des traits. Sous Noir et blanc, les couleurs propres de la photo partent et celles-ci restent. L’intensité ne les change pas. Les couleurs sont supposées, pas historiques : personne ne sait, d’après une photo grise, ce qui était bleu ou brun.',
          'Vérifier : liste les endroits où le résultat montre ce que la photo ne montre pas, et y ramène l’original.',
          'Annuler et Rétablir reviennent en arrière et en avant ; l’Historique liste chaque étape et mène à n’importe laquelle. Un double-clic sur un réglage, ou Suppr, le remet à sa valeur de départ ; « Tout réinitialiser » le fait pour tout.',
        ],
      },
      {
        title: 'Plusieurs photos',
        texts: [
          'Ouvrez plusieurs fichiers, un dossier ou un ZIP, ou déposez-les : ils s’alignent dans une bande sous la photo. « Tout améliorer » les traite l’un après l’autre, chacun selon ses besoins ; réglez la photo affichée à votre goût et choisissez « Réglages actuels » pour les traiter toutes de même. Ce que vous recadrez, marquez ou peignez sur l’une d’elles ne vaut que pour elle, aussi avec « Tout améliorer ». « Pause », « Passer » et « Réessayer les échecs » font ce qu’ils disent ; un fichier abîmé n’arrête pas les autres. Son défaut, et ce qui a été fait de chaque photo, se lisent sous « Options » et dans le rapport. Les vidéos y prennent place, avec leur durée : chacune reçoit ce que ses images demandent, comme sous « Vidéo » quand elle est ouverte seule. « Pause » arrête une vidéo en cours de route, « Reprendre » continue de là.',
          'Les résultats attendent ici jusqu’à ce que « Tout enregistrer » les mette dans un fichier ZIP. Mieux quand il y en a beaucoup : choisissez sous « Options » un dossier où chacun va dès qu’il est prêt, dans son sous-dossier, sans jamais écraser un fichier présent.',
          'Après un rechargement, un plantage ou la fermeture de l’onglet, la première page propose de continuer ; ce qui est fait n’est pas refait. Un dossier déposé est retrouvé même un autre jour : pour cela, le navigateur garde les noms de vos fichiers jusqu’à la fin du lot. Les fichiers choisis dans la boîte de dialogue ne peuvent être gardés que le temps de l’onglet, chiffrés, et jusqu’à 1 Go ; choisissez de nouveau les plus gros.',
        ],
      },
      {
        title: 'Vidéos',
        texts: [
          'Ouvrez une vidéo (MP4, MOV, WebM, MKV) comme une photo. La recette, le recadrage et la loupe se règlent sur sa première image. Sous « Vidéo », « De » et « À » choisissent l’extrait, « Lire deux secondes » montre le résultat à côté de l’original, et « Améliorer » fait le tout, image par image : sans GPU, une seconde ou plus pour chacune. « Arrêter » garde ce qui est fait sous forme de vidéo lisible. Les sons sont copiés tels quels, sauf si vous les nettoyez ; les sous-titres, les chapitres et les métadonnées (titre, date, lieu, appareil), sauf si vous les écartez, le sont aussi et, si ce n’est pas possible, c’est indiqué ; le HDR est refusé.',
          '« Supprimer le scintillement » est fait pour les lampes, les obturateurs et les vieux films : plus des neuf dixièmes du scintillement partent, même s’il défile sur une image qui bouge ; fondus et coupes restent. « Détails stables » est fait pour le bruit et pour les détails que chaque image a reçus à nouveau : d’une image d’un panoramique à la suivante, il reste un peu plus du tiers de la différence. « Cadence d’images » insère des images, pour le ralenti et les panoramiques fluides ; en cas de doute, l’image précédente est répétée. « Nettoyer la parole » ôte souffle, ronflement et vent derrière les voix, et la musique aussi : laissez-le décoché pour les concerts. Le son est alors réencodé et reste synchrone. « Lisser les dégradés » lisse les ciels et les murs que la compression a découpés en paliers.',
          '« Qualité » : combien de bits prend une vidéo. « Visuellement identique » en donne assez pour que presque rien ne se perde ; « Plus léger » en prend 40 à 75 %, et le bruit, l’eau et les feuillages s’adoucissent d’abord. « Personnalisée » est votre propre débit, pour la limite d’un site ou d’une messagerie : des Mbit/s pour les images, dont des images simples n’ont pas toujours besoin. Une fois deux secondes lues, la durée, la taille et le débit de l’ensemble sont indiqués avant « Améliorer ».',
          'Ce dont une vidéo a besoin se lit sur onze images prises dans tout l’extrait, et sur une seconde de lumière en trois endroits. Le bruit et les blocs présents dans au moins sept images sur dix sont nettoyés, et « Détails stables » enlève ce qui en change encore d’une image à l’autre ; une lumière qui varie de 2 % ou plus reçoit « Supprimer le scintillement », et un ciel en paliers « Lisser les dégradés ». Dans nos tests, un scintillement de 6 et 7 % est lu à un point près, un bruit de 20 niveaux à 4 près. Si les images se contredisent, rien n’est proposé ; « Cadence d’images » et « Nettoyer la parole » dépendent de vous. Le bruit que la compression de l’appareil a déjà étalé n’est pas trouvé.',
          '« Enregistrer dans un fichier » est fait pour les longues vidéos : choisissez le fichier avant « Améliorer », et la vidéo y est écrite à mesure qu’elle se fait ; il ne reste alors rien à enregistrer. Le contenu actuel du fichier reste jusqu’à ce que la vidéo soit terminée. Si son disque est plein ou si le navigateur ne peut plus écrire, la vidéo est gardée ici, et rien n’est perdu. Si la place manque ici aussi, elle s’arrête avant la fin : enregistrez ce qui est fait, libérez de la place, et « Améliorer » reprend de là. Firefox et Safari ne le proposent pas : « Enregistrer » y écrit la vidéo une fois terminée.',
        ],
      },
      {
        title: 'Regarder',
        texts: [
          'Loupe : ce que les réglages actuels feraient d’une partie, avant un calcul. Comparer : original et résultat côte à côte, ou le résultat seul. Pour revoir l’original un instant, appuyez sur la photo sans bouger, ou maintenez la barre d’espace. De plus près : ce qu’un calcul a le plus changé, à sa propre taille. Sur la plupart des photos, on voit peu de loin ; regardez à 100 %.',
        ],
      },
      {
        title: 'Ce qui reste chez vous',
        texts: [
          'Rien n’est envoyé : les réseaux viennent à votre photo, pas votre photo à eux. Il n’y a ni cookies ni compteurs, et la page fonctionne sans réseau. « Gardé hors ligne » montre ce qui est gardé sur votre machine, et le supprime. La photo ouverte est gardée chiffrée, pour un rechargement ou un plantage, aussi longtemps que son onglet.',
          'Votre fichier n’est jamais modifié, sauf si vous choisissez « Remplacer l’original ». « Enregistrer » crée une copie.',
        ],
      },
    ],
  },
};
