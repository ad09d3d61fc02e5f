import type { enShelf } from '../en-shelf';
import type { Translation } from '../speak';

/** What is kept in the browser, and for how long, in German. */
export const shelf: Translation<typeof enShelf> = {
  'shelf.mended':
    'Kam oder lag hier beschädigt, wurde nicht benutzt und noch einmal geholt: {names}. Geschieht es oft, liegt es vielleicht an einem Proxy, einem Filter oder dem Datenträger.',
  'shelf.title': 'Offline gespeichert',
  'shelf.loading': 'Wird nachgesehen…',
  'shelf.failed': 'Die Liste ließ sich nicht lesen: {reason}',
  'shelf.bytes': '{bytes} Bytes',
  'shelf.shell': 'Diese Seite',
  'shelf.always': 'immer',
  'shelf.engine': 'Rechenwerk',
  'shelf.formats': 'und Bildformate',
  'shelf.speech': 'Sprache bereinigen',
  'shelf.speechNote': 'kommt mit dem ersten Clip, der es nutzt',
  'shelf.codec': 'kommt mit dem ersten solchen Foto',
  'shelf.kept': 'gespeichert',
  'shelf.partly': '{size} gespeichert',
  'shelf.notKept': 'nicht gespeichert',
  'shelf.delete': '{name} löschen',
  'shelf.deleteAll': 'Alles löschen',
  'shelf.keepAll': 'Alles offline speichern, {size}',
  'shelf.keepRest': 'Den Rest speichern, {size}',
  'shelf.allKept': 'Alles ist gespeichert: Das hier läuft ohne Netz.',
  'shelf.keeping': 'Alles wird offline gespeichert',
  'shelf.progress': '{loaded} von {total}',
  'shelf.cancel': 'Abbrechen',
  'shelf.cancelled': 'Angehalten. Was angekommen war, ist gespeichert.',
  'shelf.full':
    'Der Platz reichte nicht für alles. Was angekommen war, ist gespeichert; schaffen Sie Platz und versuchen Sie es dann noch einmal.',
  'shelf.broken': 'Nicht alles ließ sich holen. Was angekommen war, ist gespeichert: {reason}',
  'session.name': 'Geöffnetes Foto',
  'session.note': 'für Neuladen oder Absturz, verschlüsselt, solange es diesen Tab gibt',
  'session.switch': 'Die geöffneten Fotos für Neuladen oder Absturz behalten',
  'session.queue': 'Mehrere Fotos',
  'session.clips': 'Clips in Arbeit',
  'session.clipsNote': 'Was davon fertig ist, um damit weiterzumachen',
  'session.queueNote': 'um nach Neuladen, Absturz oder an einem anderen Tag weiterzumachen',
  'session.full':
    'Der Platz reichte nicht, um {name} für Neuladen oder Absturz zu behalten. Es bleibt geöffnet, und nichts geht verloren.',
  'session.refused': 'Das Foto ist wieder geöffnet, aber nicht seine Einstellungen: {reason}',
  'shelf.used': 'Diese Website nutzt {used} von {quota}, die der Browser ihr erlaubt.',
  'shelf.persistent': 'Der Browser löscht nichts davon von selbst.',
  'shelf.fleeting': 'Der Browser löscht es vielleicht, wenn der Platz knapp wird.',
};
