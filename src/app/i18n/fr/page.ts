import type { PageTables } from '../parts';

/** What the page says before a photo is opened, in French. */
export const tables: PageTables = {
  page: {
    'app.name': 'Enlarger',
    'open.button': 'Ouvrir une photo',
    'open.folder': 'Ouvrir un dossier',
    'open.opening': 'Ouverture de {name}…',
    'open.notFile':
      'Ce n’était pas un fichier. Enregistrez d’abord l’image, puis déposez le fichier ici.',
    'open.unreadable':
      'Le fichier n’a pas pu être lu. Il a peut-être été déplacé : utilisez « Ouvrir une photo ».',
    'open.noSample': 'L’exemple n’a pas pu être chargé. Ouvrez une de vos photos.',
    'empty.title': 'Agrandissez vos photos, sur votre propre machine.',
    'empty.drop': 'ou glissez-la ici, ou collez-la',
    'empty.sample': 'Essayer un exemple',
    'empty.proof': 'Fonctionne hors ligne. Rien n’est envoyé : vérifiez l’onglet Réseau.',
    'empty.before': 'Avant',
    'empty.after': 'Agrandi 4×',
    'empty.picture':
      'Détail d’un petit JPEG du visage d’un chat : à gauche flou et taché, à droite net, tel qu’il a été agrandi ici.',
    'empty.can':
      'De petits réseaux de neurones sur votre GPU, ou sur le CPU s’il n’y en a pas. Profils de couleur, 16 bits et transparence sont conservés ; votre fichier n’est jamais modifié sans votre accord.',
    'session.kept': '{name} était ouvert ici.',
    'session.resume': 'Rouvrir',
    'session.forget': 'Oublier',
    'session.many': {
      one: '{count} photo était ici ; déjà faites : {done}.',
      many: '{count} photos étaient ici ; déjà faites : {done}.',
      other: '{count} photos étaient ici ; déjà faites : {done}.',
    },
    'session.goOn': {
      one: 'Continuer avec {count} photo',
      many: 'Continuer avec {count} photos',
      other: 'Continuer avec {count} photos',
    },
    'session.forgetMany': 'Les oublier',
    'session.clip': '{name} était en cours de traitement ici.',
    'session.clipOn': 'Reprendre',
    'session.clipChoose': 'Le choisir à nouveau et reprendre',
    'session.clipOther': 'C’est un autre fichier. Choisissez {name} pour reprendre.',
    'session.damaged':
      'La photo ouverte ici n’a pas pu être relue. Le fichier lui-même est intact : ouvrez-le à nouveau.',
    'share.large':
      'L’image partagée dépasse 300 Mo et n’a pas été gardée. Partagez une copie plus petite ou utilisez « Ouvrir une photo ».',
    'share.empty':
      'Le partage ne contient pas d’image. Partagez une photo ou utilisez « Ouvrir une photo ».',
    'share.failed':
      'La photo partagée n’a pas pu être gardée, peut-être faute de place. Utilisez « Ouvrir une photo ».',
    'share.gone':
      'La photo partagée n’est plus là. Partagez-la à nouveau ou utilisez « Ouvrir une photo ».',
    'paste.press': 'Pour coller l’image, appuyez sur Ctrl+V (⌘V sur un Mac).',
    'paste.empty': 'Le presse-papiers ne contient pas d’image. Copiez-en une, puis collez-la ici.',
    'drop.overlay': 'Déposez pour ouvrir',
    'room.failed':
      'Une partie de cette page n’a pas pu être chargée. Votre fichier est intact : rechargez la page, puis ouvrez-le à nouveau.',
    'fault.dismiss': 'Fermer',
    'fault.retry': 'Réessayer',
    'more.button': 'Plus',
    'guide.button': 'Guide',
    'guide.more': 'Possibilités et limites',
    'help.button': 'Raccourcis clavier',
    'install.button': 'Installer',
    'language.name': 'Langue',
    'language.failed':
      'Cette langue n’a pas pu être chargée : connectez-vous à Internet, puis choisissez-la à nouveau.',
    'framed.refused':
      'Enlarger ne fonctionne pas à l’intérieur d’un autre site, qui pourrait guider vos clics. Rien n’a été chargé ni gardé.',
    'framed.open': 'Ouvrir Enlarger seul',
    'storage.denied':
      'Ce navigateur ne garde rien pour ce site : les cookies ou les données de site sont bloqués. Tout fonctionne, mais tout est rechargé à chaque visite.',
    'shelf.button': 'Gardé hors ligne',
    'update.ready': 'Une nouvelle version est prête.',
    'update.replaced': 'Cette page a été mise à jour dans un autre onglet.',
    'update.notes': 'Nouveautés',
    'update.closes': 'Recharger ferme la photo : enregistrez d’abord ce que vous voulez garder.',
    'update.waits': 'Vous pourrez recharger une fois le travail terminé.',
    'update.reload': 'Recharger',
    'update.later': 'Plus tard',
  },
};
