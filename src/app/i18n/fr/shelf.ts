import type { enShelf } from '../en-shelf';
import type { Translation } from '../speak';

/** What is kept in the browser, and for how long, in French. */
export const shelf: Translation<typeof enShelf> = {
  'shelf.mended':
    'Arrivé ou trouvé endommagé, non utilisé, puis récupéré à nouveau : {names}. Si cela arrive souvent, un proxy, un filtre ou le disque est peut-être en cause.',
  'shelf.title': 'Gardé hors ligne',
  'shelf.loading': 'Lecture…',
  'shelf.failed': 'La liste n’a pas pu être lue : {reason}',
  'shelf.bytes': '{bytes} octets',
  'shelf.shell': 'Cette page',
  'shelf.always': 'toujours',
  'shelf.engine': 'Moteur',
  'shelf.formats': 'et formats d’image',
  'shelf.speech': 'Nettoyer la parole',
  'shelf.speechNote': 'vient avec la première vidéo qui s’en sert',
  'shelf.codec': 'vient avec la première photo de ce type',
  'shelf.kept': 'gardé',
  'shelf.partly': '{size} gardés',
  'shelf.notKept': 'non gardé',
  'shelf.delete': 'Supprimer {name}',
  'shelf.deleteAll': 'Tout supprimer',
  'shelf.keepAll': 'Tout garder hors ligne, {size}',
  'shelf.keepRest': 'Garder le reste, {size}',
  'shelf.allKept': 'Tout est gardé : la page fonctionne sans réseau.',
  'shelf.keeping': 'Tout est mis hors ligne',
  'shelf.progress': '{loaded} sur {total}',
  'shelf.cancel': 'Annuler',
  'shelf.cancelled': 'Arrêté. Ce qui était arrivé est gardé.',
  'shelf.full':
    'La place n’a pas suffi pour tout garder. Ce qui était arrivé est gardé ; libérez de l’espace, puis réessayez.',
  'shelf.broken': 'Tout n’a pas pu être récupéré. Ce qui était arrivé est gardé : {reason}',
  'session.name': 'Photo ouverte',
  'session.note': 'pour un rechargement ou un plantage, chiffrée, tant que dure cet onglet',
  'session.switch': 'Garder les photos ouvertes pour un rechargement ou un plantage',
  'session.queue': 'Plusieurs photos',
  'session.clips': 'Vidéos en cours',
  'session.clipsNote': 'Ce qui en est fait, pour les reprendre',
  'session.queueNote': 'pour continuer après un rechargement, un plantage ou un autre jour',
  'session.full':
    'La place n’a pas suffi pour garder {name} en cas de rechargement ou de plantage. La photo reste ouverte, et rien n’est perdu.',
  'session.refused': 'La photo est rouverte, mais sans ses réglages : {reason}',
  'shelf.used': 'Ce site utilise {used} sur les {quota} que le navigateur lui accorde.',
  'shelf.persistent': 'Le navigateur n’en supprime rien de lui-même.',
  'shelf.fleeting': 'Le navigateur peut le supprimer quand l’espace vient à manquer.',
};
