import type { enFrame } from '../en-frame';
import type { FrameTables, DeskTables } from '../parts';
import type { Translation } from '../speak';
import { tables as deskTables } from './desk';

/** What the frame in other sites' pages says, in German. */
const own: Translation<typeof enFrame> = {
  'embed.title': 'Fotos verbessern',
  'embed.alone':
    'Diese Seite ist dafür gemacht, in anderen Websites gezeigt zu werden. Um Fotos hier zu verbessern, öffnen Sie Enlarger selbst.',
  'embed.open': 'Enlarger öffnen',
  'embed.other': 'Anderes Foto öffnen',
  'embed.adjust': 'Anpassen',
  'embed.dropHere': 'oder hierher ziehen oder einfügen',
  'embed.proof': 'Läuft auf Ihrem Gerät. Das Ergebnis geht an {host} und sonst nirgendwohin.',
  'embed.proofOwn':
    'Läuft auf Ihrem Gerät. Wenn Sie „Verbessern“ drücken, bekommt {host} das Ergebnis, seinen Namen und seine Größe; vorher nichts.',
  'embed.dropMany': 'oder hierher ziehen oder einfügen',
  'embed.several':
    'Foto {place} von {count}. Ein Druck auf „Verbessern“ gilt allen, die noch offen sind.',
  'embed.proofMany':
    'Läuft auf Ihrem Gerät. Wenn Sie „Verbessern“ drücken, bekommt {host} die Ergebnisse aller noch offenen Fotos, ihre Namen und Größen; vorher nichts.',
  'embed.leftOut': '{name} wurde ausgelassen. {reason}',
  'embed.unheard':
    'Dieser Druck zählte nicht: Die Schaltfläche muss eine halbe Sekunde lang ganz zu sehen sein, ohne dass etwas darüber liegt. Drücken Sie sie dann noch einmal.',
  'embed.withheld':
    'Das ist fast Ihr Foto selbst, deshalb wurde es {host} nicht gegeben. Sie können es trotzdem speichern.',
  'embed.original':
    'Bei 1× ist das Ergebnis fast das Foto selbst, und das eigene Foto eines Besuchers wird nie so weitergegeben.',
  'embed.ownStrength': 'options.strength stellt bei einem eigenen Foto der Besucher selbst ein.',
  'embed.ownFinish': 'recipe.finish stellt bei einem eigenen Foto der Besucher selbst ein.',
  'embed.badAccent':
    'accent muss eine deckende Farbe ohne Variablen sein: Es gilt die Voreinstellung.',
  'embed.badRadius':
    'radius muss eine Länge von 0 bis {mostRadius}px sein: Es gilt die Voreinstellung.',
  'embed.asks': '{host} möchte dieses Foto auf Ihrem Gerät verbessern.',
  'embed.download': 'Erster Lauf: lädt {size} und das Rechenwerk mit bis zu {engine}, einmalig.',
  'embed.engine': 'Der erste Lauf lädt vielleicht das Rechenwerk, bis zu {engine}.',
  'embed.waiting': 'Wartet auf ein anderes Foto auf dieser Seite…',
  'embed.busy':
    'Gerade läuft etwas anderes. Warten Sie, bis es fertig ist, oder brechen Sie es ab.',
  'embed.model.site': 'Eigene Modelle dieses Werkzeugs',
  'embed.model.get': '{name} herunterladen, {size}',
  'embed.model.told': 'Modelle von {host}. Sie bleiben in diesem Browser, nur für {host}.',
  'embed.model.coming': 'Lädt {name} herunter: {done} von {size}',
  'embed.model.broken':
    '{name} ist nicht ganz von {host} angekommen, und nichts davon wurde behalten. Versuchen Sie es noch einmal.',
  'embed.model.more':
    '{host} hat mehr von {name} geschickt als angekündigt, und nichts davon wurde behalten.',
  'embed.model.unsized':
    '{name} nennt keine Größe, ist von einem anderen Ursprung oder größer als {most}: Besuchern wird es nicht angeboten.',
};

/** All that the frame says, in German. */
export const tables: DeskTables & FrameTables = {
  ...deskTables,
  frame: { ...deskTables.main, ...own },
};
