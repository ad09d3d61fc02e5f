import type { PageTables } from '../parts';

/** What the page says before a photo is opened, in German. */
export const tables: PageTables = {
  page: {
    'app.name': 'Enlarger',
    'open.button': 'Foto öffnen',
    'open.folder': 'Ordner öffnen',
    'open.opening': '{name} wird geöffnet…',
    'open.notFile':
      'Das war keine Datei. Speichern Sie das Bild zuerst und legen Sie dann die Datei hier ab.',
    'open.unreadable':
      'Die Datei ließ sich nicht lesen. Vielleicht wurde sie verschoben: Wählen Sie „Foto öffnen“.',
    'open.noSample': 'Das Beispiel ließ sich nicht laden. Öffnen Sie ein eigenes Foto.',
    'empty.title': 'Fotos vergrößern, auf Ihrem eigenen Rechner.',
    'empty.drop': 'oder hierher ziehen oder einfügen',
    'empty.sample': 'Beispiel ausprobieren',
    'empty.proof': 'Läuft offline. Nichts wird hochgeladen: Ihre Netzwerkanalyse zeigt es.',
    'empty.before': 'Vorher',
    'empty.after': '4× größer',
    'empty.picture':
      'Ausschnitt eines kleinen JPEG-Fotos eines Katzengesichts: links unscharf und fleckig, rechts, wie es hier vergrößert wurde, klar.',
    'empty.can':
      'Kleine neuronale Netze auf Ihrer GPU oder, wo es keine gibt, auf der CPU. Farbprofile, 16 Bit und Transparenz bleiben erhalten; Ihre Datei wird nie ungefragt geändert.',
    'session.kept': '{name} war hier geöffnet.',
    'session.resume': 'Wieder öffnen',
    'session.forget': 'Vergessen',
    'session.many': {
      one: '{count} Foto war hier, {done} davon fertig.',
      other: '{count} Fotos waren hier, {done} davon fertig.',
    },
    'session.goOn': {
      one: 'Mit {count} Foto weitermachen',
      other: 'Mit {count} Fotos weitermachen',
    },
    'session.forgetMany': 'Vergessen',
    'session.clip': '{name} war hier in Arbeit.',
    'session.clipOn': 'Damit weitermachen',
    'session.clipChoose': 'Erneut auswählen und weitermachen',
    'session.clipOther': 'Das ist eine andere Datei. Wählen Sie {name}, um damit weiterzumachen.',
    'session.damaged':
      'Das Foto, das hier geöffnet war, ließ sich nicht mehr lesen. Ihre Datei selbst ist unverändert: Öffnen Sie sie noch einmal.',
    'share.large':
      'Das geteilte Bild ist größer als 300 MB und wurde nicht behalten. Teilen Sie eine kleinere Kopie oder wählen Sie „Foto öffnen“.',
    'share.empty': 'Es wurde kein Bild geteilt. Teilen Sie ein Foto oder wählen Sie „Foto öffnen“.',
    'share.failed':
      'Das geteilte Foto ließ sich nicht behalten, vielleicht fehlt Platz. Wählen Sie „Foto öffnen“.',
    'share.gone':
      'Das geteilte Foto ist nicht mehr da. Teilen Sie es noch einmal oder wählen Sie „Foto öffnen“.',
    'paste.press': 'Drücken Sie Strg+V (⌘V am Mac), um das Bild einzufügen.',
    'paste.empty':
      'In der Zwischenablage ist kein Bild. Kopieren Sie zuerst eines und fügen Sie es dann hier ein.',
    'drop.overlay': 'Zum Öffnen loslassen',
    'room.failed':
      'Ein Teil dieser Seite ließ sich nicht laden. Ihre Datei ist unverändert: Laden Sie die Seite neu und öffnen Sie sie dann noch einmal.',
    'fault.dismiss': 'Ausblenden',
    'fault.retry': 'Erneut versuchen',
    'more.button': 'Mehr',
    'guide.button': 'Anleitung',
    'guide.more': 'Was es kann und was nicht',
    'help.button': 'Tastenkürzel',
    'install.button': 'Installieren',
    'language.name': 'Sprache',
    'language.failed':
      'Diese Sprache ließ sich nicht laden: Stellen Sie eine Internetverbindung her und wählen Sie sie dann noch einmal.',
    'framed.refused':
      'Enlarger läuft nicht innerhalb einer fremden Seite, die Ihre Klicks lenken könnte. Nichts wurde geladen oder behalten.',
    'framed.open': 'Enlarger für sich öffnen',
    'storage.denied':
      'Dieser Browser speichert nichts für diese Seite: Cookies oder Websitedaten sind blockiert. Alles funktioniert, aber bei jedem Besuch wird alles neu geladen.',
    'shelf.button': 'Offline gespeichert',
    'update.ready': 'Eine neue Version ist bereit.',
    'update.replaced': 'Diese Seite wurde in einem anderen Tab aktualisiert.',
    'update.notes': 'Was neu ist',
    'update.closes': 'Neu laden schließt das Foto: Speichern Sie zuerst, was Sie behalten möchten.',
    'update.waits': 'Sie können neu laden, sobald die Arbeit getan ist.',
    'update.reload': 'Neu laden',
    'update.later': 'Später',
  },
};
