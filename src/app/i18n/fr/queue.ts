import type { ToolTables } from '../parts';

/** What is said of many photos, in French. */
export const queue: ToolTables['queue'] = {
  'queue.name': 'Photos',
  'queue.list':
    'Photos : flèches pour les parcourir, Entrée pour en ouvrir une, Alt et flèches pour la déplacer',
  'queue.enhance': 'Tout améliorer',
  'queue.size': 'environ {size}',
  'queue.sizeHere':
    'Les résultats à venir occuperont environ {size}, et autant pendant la création de l’archive. Il reste {free} ici.',
  'queue.sizeFolder':
    'Les résultats à venir occuperont environ {size}. Aucun navigateur n’indique la place libre dans {folder} : vérifiez-la avant de commencer.',
  'queue.sizeUnknown':
    'Les résultats à venir occuperont environ {size}, et autant pendant la création de l’archive. Ce navigateur n’indique pas la place dont il dispose.',
  'queue.noRoom':
    'Rien n’a commencé : les résultats et leur fichier ZIP demanderaient environ {size} ici, et il reste {free}. Enregistrez dans un dossier (Options), choisissez une taille plus petite ou retirez des photos. Ce n’est qu’une estimation : « Reprendre » commence malgré tout.',
  'queue.pause': 'Pause',
  'queue.resume': 'Reprendre',
  'queue.skip': 'Passer',
  'queue.save': 'Tout enregistrer',
  'queue.retry': 'Réessayer les échecs',
  'queue.more': 'Options',
  'queue.progress': 'Photos terminées',
  'queue.title': 'Plusieurs photos',
  'queue.pattern': 'Nom de chaque résultat',
  'queue.patternHint': '{parts} sont remplacés. {from} devient {to}.',
  'queue.folder': 'Enregistrer dans un dossier',
  'queue.folderOther': 'Autre dossier',
  'queue.folderIs':
    'Les résultats vont dans {folder} dès qu’ils sont prêts, dans les mêmes sous-dossiers. Aucun fichier existant n’est écrasé.',
  'queue.folderNone':
    'Les résultats restent ici jusqu’à ce que « Tout enregistrer » les mette dans un fichier ZIP. Dans un dossier, ils sont à l’abri dès qu’ils sont prêts.',
  'queue.folderCannot':
    'Les résultats restent ici jusqu’à ce que « Tout enregistrer » les mette dans un fichier ZIP : ce navigateur n’écrit dans aucun dossier.',
  'queue.skipsDone': 'Ignorer ce qui est déjà dans le dossier',
  'queue.report': 'Rapport',
  'queue.csv': 'Enregistrer le rapport (CSV)',
  'queue.file': 'Fichier',
  'queue.state': 'État',
  'queue.seconds': 'Secondes',
  'queue.saveOne': 'Enregistrer {name}',
  'queue.removeOne': 'Retirer {name} de la liste',
  'queue.removeAll': 'Vider la liste',
  'queue.moreRows': {
    one: 'Et {count} de plus, dans le rapport enregistré.',
    many: 'Et {count} de plus, dans le rapport enregistré.',
    other: 'Et {count} de plus, dans le rapport enregistré.',
  },
  'csv.file': 'fichier',
  'csv.state': 'état',
  'csv.result': 'résultat',
  'csv.width': 'largeur',
  'csv.height': 'hauteur',
  'csv.bytes': 'octets',
  'csv.seconds': 'secondes',
  'csv.where': 'exécuté sur',
  'csv.did': 'ce qui a été fait',
  'csv.notes': 'remarques',
  'csv.fault': 'erreur',
  'queue.fit': 'Pour toutes',
  'queue.fitEach': 'Adapté à chacune',
  'queue.fitPreset': '{preset}, adapté à chacune',
  'queue.fitSame': 'Réglages actuels',
  'queue.fitHeld': 'Réglage de {name}',
  'queue.earlier': 'Avancer {name} d’une place',
  'queue.later': 'Reculer {name} d’une place',
  'queue.moved': '{name} est maintenant la numéro {place} sur {total}.',
  'queue.own': 'Cette photo seulement',
  'queue.ownHint':
    'Le réglage actuel ne vaut que pour cette photo. Un nouvel appui lui rend le réglage commun. Son recadrage, ses marques et ce qui y est peint ne valent de toute façon que pour elle.',
  'queue.hasOwn': 'réglage propre',
  'queue.hasRetouch': 'recadrée ou peinte à la main',
  'queue.hasFilm': 'réglages propres sous « Vidéo »',
  'queue.ready': {
    one: '{count} photo, {size}.',
    many: '{count} photos, {size}.',
    other: '{count} photos, {size}.',
  },
  'queue.readyClips': {
    one: '{count} fichier, dont vidéos : {clips}, {size}.',
    many: '{count} fichiers, dont vidéos : {clips}, {size}.',
    other: '{count} fichiers, dont vidéos : {clips}, {size}.',
  },
  'queue.status': '{done} sur {total} terminées, {failed} en échec',
  'queue.skipped': {
    one: ', {count} ignorée',
    many: ', {count} ignorées',
    other: ', {count} ignorées',
  },
  'queue.sentence': '{said}.',
  'queue.left': 'Encore {time}.',
  'queue.ended': 'Terminé.',
  'queue.unwritten': {
    one: '{count} résultat n’a pas pu être écrit dans le dossier : appuyez sur « Tout enregistrer ».',
    many: '{count} résultats n’ont pas pu être écrits dans le dossier : appuyez sur « Tout enregistrer ».',
    other:
      '{count} résultats n’ont pas pu être écrits dans le dossier : appuyez sur « Tout enregistrer ».',
  },
  'queue.pausing': 'Pause après {name}.',
  'queue.paused': 'En pause.',
  'queue.saving': {
    one: 'Création de l’archive : {count} photo…',
    many: 'Création de l’archive : {count} photos…',
    other: 'Création de l’archive : {count} photos…',
  },
  'queue.saved': '{name} enregistré, {size}.',
  'queue.wrote': {
    one: '{count} photo écrite dans {folder}.',
    many: '{count} photos écrites dans {folder}.',
    other: '{count} photos écrites dans {folder}.',
  },
  'queue.saveFailed':
    'Les photos n’ont pas pu être réunies dans un fichier, peut-être faute de place sur le disque. Elles sont toujours ici : choisissez un dossier dans « Options », ou enregistrez-les une à une.',
  'queue.others': {
    one: '{count} fichier n’est ni une photo ni une vidéo et a été ignoré.',
    many: '{count} fichiers ne sont ni des photos ni des vidéos et ont été ignorés.',
    other: '{count} fichiers ne sont ni des photos ni des vidéos et ont été ignorés.',
  },
  'queue.unread': 'Lecture impossible : {names}. Les autres photos sont ici.',
  'queue.locked': {
    one: '{count} photo d’une archive est protégée par un mot de passe et a été laissée de côté : décompressez-la d’abord.',
    many: '{count} photos d’archives sont protégées par un mot de passe et ont été laissées de côté : décompressez-les d’abord.',
    other:
      '{count} photos d’archives sont protégées par un mot de passe et ont été laissées de côté : décompressez-les d’abord.',
  },
  'queue.unreadMany': {
    one: '{count} fichier ou dossier n’a pas pu être lu. Les autres photos sont ici.',
    many: '{count} fichiers ou dossiers n’ont pas pu être lus. Les autres photos sont ici.',
    other: '{count} fichiers ou dossiers n’ont pas pu être lus. Les autres photos sont ici.',
  },
  'queue.none':
    'Ni photo ni vidéo n’y a été trouvée. Choisissez un dossier qui en contient, ou ouvrez-les une à une.',
  'queue.reading': 'Recherche de photos…',
  'queue.copied': 'Rien à faire : le fichier tel quel.',
  'queue.there': 'Ignorée : {path} existe déjà.',
  'queue.keptHere':
    'Ce résultat n’a pas pu être écrit dans {folder} et reste ici : appuyez sur « Tout enregistrer », ou enregistrez-le seul.',
  'queue.unreadable':
    'En pause : le navigateur n’a plus le droit de lire {folder}. Rien de ce qui est fait n’est perdu. Appuyez sur « Reprendre » et autorisez-le de nouveau.',
  'queue.gone': 'Son fichier n’est plus là, ou ne peut pas être lu. Ajoutez-le de nouveau.',
  'queue.retouchLost':
    'Son recadrage, ses marques ou ce qui y était peint n’ont pas pu être gardés. Ouvrez-la pour les refaire, ou appuyez sur « Réessayer les échecs » pour l’obtenir sans.',
  'queue.lost': 'Après un rechargement, le navigateur n’y donne plus accès. Ajoutez-la à nouveau.',
  'queue.lostMany': {
    one: '{count} photo est à ajouter à nouveau : après un rechargement, le navigateur n’y donne plus accès. Ce qui est fait n’est pas refait.',
    many: '{count} photos sont à ajouter à nouveau : après un rechargement, le navigateur n’y donne plus accès. Ce qui est fait n’est pas refait.',
    other:
      '{count} photos sont à ajouter à nouveau : après un rechargement, le navigateur n’y donne plus accès. Ce qui est fait n’est pas refait.',
  },
  'queue.partial':
    'Tous ces fichiers n’ont pas pu être gardés pour un rechargement. Choisissez-les alors à nouveau : ce qui est fait n’est pas refait.',
  'queue.lowBattery':
    'En pause : la batterie est à {level} %. Le travail reprend dès qu’elle se recharge ; « Reprendre » continue malgré tout.',
  'queue.savesData':
    'En pause : ce navigateur est réglé pour économiser les données, et il faudrait télécharger {size} de réseaux. « Reprendre » les télécharge.',
  'queue.notify': 'M’avertir quand tout est fini',
  'queue.silenced':
    'Le navigateur n’autorise pas cette page à vous avertir. Ses réglages pour ce site peuvent le changer.',
  'queue.full':
    'En pause : il n’y a plus de place sur le disque de {folder}. Ce qui est fait est gardé ici. Libérez de la place et appuyez sur « Reprendre », ou sur « Tout enregistrer ».',
  'queue.refused':
    'En pause : le navigateur n’a plus le droit d’écrire dans {folder}. Ce qui est fait est gardé ici. Choisissez de nouveau le dossier dans « Options », ou appuyez sur « Tout enregistrer ».',
  'queue.folderGone':
    'En pause : le dossier {folder} n’est plus là. Ce qui est fait est gardé ici. Choisissez-en un autre dans « Options », ou appuyez sur « Tout enregistrer ».',
  'queue.folderFailed':
    'En pause : un fichier n’a pas pu être écrit dans {folder}. Ce qui est fait est gardé ici. Appuyez sur « Reprendre » pour réessayer, ou sur « Tout enregistrer ».',
  'state.waiting': 'en attente',
  'state.opening': 'ouverture',
  'state.running': 'en cours',
  'state.saving': 'écriture',
  'state.done': 'terminée',
  'state.failed': 'en échec',
  'state.skipped': 'ignorée',
  'state.gone': 'disparue',
};
