import type { ToolTables } from '../parts';

/** What is said of many photos, in German. */
export const queue: ToolTables['queue'] = {
  'queue.name': 'Fotos',
  'queue.list':
    'Fotos: Mit den Pfeiltasten durchgehen, mit der Eingabetaste öffnen, mit Alt und Pfeiltasten verschieben',
  'queue.enhance': 'Alle verbessern',
  'queue.size': 'etwa {size}',
  'queue.sizeHere':
    'Die noch ausstehenden Ergebnisse belegen etwa {size}, beim Packen noch einmal so viel. Hier sind {free} frei.',
  'queue.sizeFolder':
    'Die noch ausstehenden Ergebnisse belegen etwa {size}. Wie viel Platz {folder} hat, verrät kein Browser: Sehen Sie vorher nach.',
  'queue.sizeUnknown':
    'Die noch ausstehenden Ergebnisse belegen etwa {size}, beim Packen noch einmal so viel. Dieser Browser verrät nicht, wie viel Platz er hat.',
  'queue.noRoom':
    'Nicht begonnen: Die Ergebnisse und ihre ZIP-Datei bräuchten hier etwa {size}, frei sind {free}. Speichern Sie in einen Ordner (Optionen), wählen Sie eine kleinere Größe, oder nehmen Sie Fotos heraus. Das ist eine Schätzung: „Fortsetzen“ beginnt trotzdem.',
  'queue.pause': 'Anhalten',
  'queue.resume': 'Fortsetzen',
  'queue.skip': 'Überspringen',
  'queue.save': 'Alle speichern',
  'queue.retry': 'Fehlgeschlagene wiederholen',
  'queue.more': 'Optionen',
  'queue.progress': 'Fertige Fotos',
  'queue.title': 'Mehrere Fotos',
  'queue.pattern': 'Name jedes Ergebnisses',
  'queue.patternHint': '{parts} werden ausgefüllt. Aus {from} wird {to}.',
  'queue.folder': 'In einen Ordner speichern',
  'queue.folderOther': 'Anderer Ordner',
  'queue.folderIs':
    'Ergebnisse kommen nach {folder}, sobald sie fertig sind, in dieselben Unterordner. Keine vorhandene Datei wird überschrieben.',
  'queue.folderNone':
    'Ergebnisse bleiben hier, bis „Alle speichern“ sie in eine ZIP-Datei packt. In einem Ordner sind sie sicher, sobald sie fertig sind.',
  'queue.folderCannot':
    'Ergebnisse bleiben hier, bis „Alle speichern“ sie in eine ZIP-Datei packt: Dieser Browser schreibt in keinen Ordner.',
  'queue.skipsDone': 'Auslassen, was schon im Ordner liegt',
  'queue.report': 'Bericht',
  'queue.csv': 'Bericht speichern (CSV)',
  'queue.file': 'Datei',
  'queue.state': 'Status',
  'queue.seconds': 'Sekunden',
  'queue.saveOne': '{name} speichern',
  'queue.removeOne': '{name} aus der Liste nehmen',
  'queue.removeAll': 'Liste leeren',
  'queue.moreRows': {
    one: 'Und {count} weiteres, das im gespeicherten Bericht steht.',
    other: 'Und {count} weitere, die im gespeicherten Bericht stehen.',
  },
  'csv.file': 'Datei',
  'csv.state': 'Status',
  'csv.result': 'Ergebnis',
  'csv.width': 'Breite',
  'csv.height': 'Höhe',
  'csv.bytes': 'Bytes',
  'csv.seconds': 'Sekunden',
  'csv.where': 'ausgeführt auf',
  'csv.did': 'Bearbeitung',
  'csv.notes': 'Hinweise',
  'csv.fault': 'Fehler',
  'queue.fit': 'Für alle',
  'queue.fitEach': 'Je nach Foto',
  'queue.fitPreset': '{preset}, passend zu jedem',
  'queue.fitSame': 'Wie eingestellt',
  'queue.fitHeld': 'Wie bei {name} eingestellt',
  'queue.earlier': '{name} einen Platz nach vorn',
  'queue.later': '{name} einen Platz nach hinten',
  'queue.moved': '{name} ist jetzt Nummer {place} von {total}.',
  'queue.own': 'Nur dieses Foto',
  'queue.ownHint':
    'Was jetzt eingestellt ist, gilt nur für dieses Foto. Noch einmal gedrückt, bekommt es wieder, was alle bekommen. Zuschnitt, Markierungen und Gemaltes gelten ohnehin nur für dieses Foto.',
  'queue.hasOwn': 'eigene Einstellungen',
  'queue.hasRetouch': 'von Hand zugeschnitten oder bemalt',
  'queue.hasFilm': 'mit eigenen Einstellungen unter „Film“',
  'queue.ready': { one: '{count} Foto, {size}.', other: '{count} Fotos, {size}.' },
  'queue.readyClips': {
    one: '{count} Datei, davon {clips} Clips, {size}.',
    other: '{count} Dateien, davon {clips} Clips, {size}.',
  },
  'queue.status': '{done} von {total} fertig, {failed} fehlgeschlagen',
  'queue.skipped': { one: ', {count} ausgelassen', other: ', {count} ausgelassen' },
  'queue.sentence': '{said}.',
  'queue.left': 'Noch {time}.',
  'queue.ended': 'Alles erledigt.',
  'queue.unwritten': {
    one: '{count} Ergebnis ließ sich nicht in den Ordner schreiben: Drücken Sie „Alle speichern“.',
    other:
      '{count} Ergebnisse ließen sich nicht in den Ordner schreiben: Drücken Sie „Alle speichern“.',
  },
  'queue.pausing': 'Hält nach {name} an.',
  'queue.paused': 'Angehalten.',
  'queue.saving': { one: '{count} Foto wird gepackt…', other: '{count} Fotos werden gepackt…' },
  'queue.saved': '{name} gespeichert, {size}.',
  'queue.wrote': {
    one: '{count} Foto nach {folder} geschrieben.',
    other: '{count} Fotos nach {folder} geschrieben.',
  },
  'queue.saveFailed':
    'Die Fotos ließen sich nicht in eine Datei packen, vielleicht, weil der Speicherplatz nicht reicht. Sie sind noch hier: Wählen Sie in den Optionen einen Ordner, oder speichern Sie sie einzeln.',
  'queue.others': {
    one: '{count} Datei ist weder Foto noch Clip und wurde ausgelassen.',
    other: '{count} Dateien sind weder Fotos noch Clips und wurden ausgelassen.',
  },
  'queue.unread': 'Nicht lesbar: {names}. Die anderen Fotos sind hier.',
  'queue.locked': {
    one: '{count} Foto in einem Archiv ist mit einem Passwort geschützt und wurde ausgelassen: Entpacken Sie es vorher.',
    other:
      '{count} Fotos in Archiven sind mit einem Passwort geschützt und wurden ausgelassen: Entpacken Sie sie vorher.',
  },
  'queue.unreadMany': {
    one: '{count} Datei oder Ordner war nicht lesbar. Die anderen Fotos sind hier.',
    other: '{count} Dateien oder Ordner waren nicht lesbar. Die anderen Fotos sind hier.',
  },
  'queue.none':
    'Darin wurde weder ein Foto noch ein Clip gefunden. Wählen Sie einen Ordner mit solchen, oder öffnen Sie sie einzeln.',
  'queue.reading': 'Fotos werden gesucht…',
  'queue.copied': 'Nichts zu tun: die Datei, wie sie ist.',
  'queue.there': 'Ausgelassen: {path} gibt es schon.',
  'queue.keptHere':
    'Das Ergebnis ließ sich nicht nach {folder} schreiben und bleibt hier: Drücken Sie „Alle speichern“, oder speichern Sie es einzeln.',
  'queue.unreadable':
    'Angehalten: Der Browser darf {folder} nicht mehr lesen. Was fertig ist, ist sicher. Drücken Sie „Fortsetzen“ und erlauben Sie es noch einmal.',
  'queue.gone':
    'Diese Datei gibt es nicht mehr, oder sie darf nicht gelesen werden. Fügen Sie sie noch einmal hinzu.',
  'queue.retouchLost':
    'Zuschnitt, Markierungen oder Gemaltes ließen sich nicht länger behalten. Öffnen Sie das Foto und machen Sie das noch einmal, oder drücken Sie „Fehlgeschlagene wiederholen“, um es ohne zu bekommen.',
  'queue.lost':
    'Nach dem Neuladen gibt der Browser keinen Zugriff darauf. Fügen Sie die Datei noch einmal hinzu.',
  'queue.lostMany': {
    one: '{count} Foto muss noch einmal hinzugefügt werden: Nach dem Neuladen gibt der Browser keinen Zugriff darauf. Was fertig ist, wird nicht wiederholt.',
    other:
      '{count} Fotos müssen noch einmal hinzugefügt werden: Nach dem Neuladen gibt der Browser keinen Zugriff darauf. Was fertig ist, wird nicht wiederholt.',
  },
  'queue.partial':
    'Nicht alle diese Dateien ließen sich für ein Neuladen behalten. Wählen Sie sie danach noch einmal: Was fertig ist, wird nicht wiederholt.',
  'queue.lowBattery':
    'Angehalten: Der Akku steht bei {level} %. Es geht weiter, sobald er geladen wird; „Fortsetzen“ macht trotzdem weiter.',
  'queue.savesData':
    'Angehalten: In diesem Browser ist Datensparen eingeschaltet, und es müssten Netze mit {size} geladen werden. „Fortsetzen“ lädt sie.',
  'queue.notify': 'Benachrichtigen, wenn alles erledigt ist',
  'queue.silenced':
    'Der Browser erlaubt dieser Seite keine Benachrichtigungen. Seine Einstellungen für diese Website können das ändern.',
  'queue.full':
    'Angehalten: Der Datenträger von {folder} ist voll. Was fertig ist, bleibt hier. Schaffen Sie Platz und drücken Sie „Fortsetzen“, oder wählen Sie „Alle speichern“.',
  'queue.refused':
    'Angehalten: Der Browser darf nicht mehr nach {folder} schreiben. Was fertig ist, bleibt hier. Wählen Sie den Ordner in den Optionen noch einmal, oder drücken Sie „Alle speichern“.',
  'queue.folderGone':
    'Angehalten: Den Ordner {folder} gibt es nicht mehr. Was fertig ist, bleibt hier. Wählen Sie in den Optionen einen anderen, oder drücken Sie „Alle speichern“.',
  'queue.folderFailed':
    'Angehalten: Eine Datei ließ sich nicht nach {folder} schreiben. Was fertig ist, bleibt hier. „Fortsetzen“ versucht es noch einmal; „Alle speichern“ packt, was fertig ist.',
  'state.waiting': 'wartet',
  'state.opening': 'wird geöffnet',
  'state.running': 'wird verbessert',
  'state.saving': 'wird geschrieben',
  'state.done': 'fertig',
  'state.failed': 'fehlgeschlagen',
  'state.skipped': 'ausgelassen',
  'state.gone': 'nicht mehr da',
};
