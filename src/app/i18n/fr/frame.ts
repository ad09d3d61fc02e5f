import type { enFrame } from '../en-frame';
import type { FrameTables, DeskTables } from '../parts';
import type { Translation } from '../speak';
import { tables as deskTables } from './desk';

/** What the frame in other sites' pages says, in French. */
const own: Translation<typeof enFrame> = {
  'embed.title': 'Améliorer une photo',
  'embed.alone':
    'Cette page est faite pour s’afficher dans d’autres sites. Pour améliorer des photos ici, ouvrez Enlarger lui-même.',
  'embed.open': 'Ouvrir Enlarger',
  'embed.other': 'Ouvrir une autre photo',
  'embed.adjust': 'Ajuster',
  'embed.dropHere': 'ou déposez-la ici, ou collez-la',
  'embed.proof': 'Fonctionne sur votre appareil. Le résultat va à {host} et nulle part ailleurs.',
  'embed.proofOwn':
    'Fonctionne sur votre appareil. Quand vous appuyez sur « Améliorer », {host} reçoit le résultat, son nom et sa taille ; avant cela, rien.',
  'embed.dropMany': 'ou déposez-les ici, ou collez-les',
  'embed.several':
    'Photo {place} sur {count}. Une pression sur « Améliorer » vaut pour toutes celles qui restent.',
  'embed.proofMany':
    'Fonctionne sur votre appareil. Quand vous appuyez sur « Améliorer », {host} reçoit les résultats de toutes les photos restantes, leurs noms et leurs tailles ; avant cela, rien.',
  'embed.leftOut': '{name} a été laissée de côté. {reason}',
  'embed.unheard':
    'Cet appui n’a pas compté : le bouton doit être entièrement visible, sans rien par-dessus, pendant une demi-seconde. Appuyez alors à nouveau.',
  'embed.withheld':
    'C’est presque votre photo elle-même, elle n’a donc pas été donnée à {host}. Vous pouvez tout de même l’enregistrer.',
  'embed.original':
    'À 1×, le résultat est presque la photo elle-même, et la photo d’un visiteur n’est jamais donnée ainsi.',
  'embed.ownStrength': 'options.strength appartient au visiteur quand la photo est la sienne.',
  'embed.ownFinish': 'recipe.finish appartient au visiteur quand la photo est la sienne.',
  'embed.badAccent':
    'accent doit être une couleur opaque, sans variables : la valeur par défaut s’applique.',
  'embed.badRadius':
    'radius doit être une longueur de 0 à {mostRadius}px : la valeur par défaut s’applique.',
  'embed.asks': '{host} souhaite améliorer cette photo sur votre appareil.',
  'embed.download':
    'Premier passage : télécharge {size}, et le moteur de {engine} au plus, une seule fois.',
  'embed.engine': 'Le premier passage charge peut-être le moteur, {engine} au plus.',
  'embed.waiting': 'En attente d’une autre photo de cette page…',
  'embed.busy': 'Autre chose est en cours. Attendez la fin, ou arrêtez-la.',
  'embed.model.site': 'Ceux de l’outil',
  'embed.model.get': 'Télécharger {name}, {size}',
  'embed.model.told': 'Modèles de {host}. Ils restent dans ce navigateur, pour {host} seul.',
  'embed.model.coming': 'Téléchargement de {name} : {done} sur {size}',
  'embed.model.broken':
    '{name} n’est pas arrivé en entier de {host}, et rien n’en a été gardé. Réessayez.',
  'embed.model.more': '{host} a envoyé plus de {name} qu’annoncé, et rien n’en a été gardé.',
  'embed.model.unsized':
    '{name} n’annonce pas de taille, vient d’une autre origine ou dépasse {most} : il n’est pas proposé aux visiteurs.',
};

/** All that the frame says, in French. */
export const tables: DeskTables & FrameTables = {
  ...deskTables,
  frame: { ...deskTables.main, ...own },
};
