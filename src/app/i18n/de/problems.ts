import type { enProblems } from '../en-problems';
import type { Translation } from '../speak';

/** What can go wrong and what is worth a note, in German: what happened, what is kept, what to do next. */
export const problems: Translation<typeof enProblems> = {
  'problem.file-unreadable':
    'Diese Datei ließ sich nicht lesen: Vielleicht wurde sie verschoben oder geändert, oder sie ist zu groß für den Speicher. Wählen Sie sie noch einmal.',
  'problem.file-empty':
    'Diese Datei ist leer: Vielleicht wurde sie nicht vollständig kopiert oder heruntergeladen. Versuchen Sie eine andere Kopie.',
  'problem.file-foreign':
    'Das ist {kind}; so etwas lässt sich hier nicht öffnen: Exportieren Sie es als JPEG oder PNG und öffnen Sie dann das.',
  'problem.file-unknown':
    'Diese Datei ist kein Bild, das sich hier öffnen lässt, wie auch immer sie heißt: Es gehen JPEG, PNG, WebP, TIFF, AVIF, HEIC, JPEG XL, GIF und BMP.',
  'problem.file-damaged':
    'Diese {format}-Datei ist beschädigt oder unvollständig und lässt sich nicht öffnen: Versuchen Sie eine andere Kopie davon.',
  'problem.clip.codec':
    'Die Bilder dieses Clips liegen in {codec} vor, das dieser Browser nicht dekodiert: Wandeln Sie ihn in H.264 um, oder öffnen Sie ihn in einem anderen Browser.',
  'problem.clip.browser':
    'Dieser Browser kann von sich aus keine Clips dekodieren: Öffnen Sie ihn in einem neueren Chrome, Edge, Safari oder Firefox.',
  'problem.clip.pictures':
    'Diese Datei enthält Ton, aber keine Bilder: Es gibt nichts zu vergrößern.',
  'problem.clip.protected':
    'Dieser Clip ist kopiergeschützt und lässt sich nur in dem Programm öffnen, das seinen Schlüssel hat.',
  'problem.clip.hdr':
    'Dieser Clip ist in HDR, dessen Lichter hier verloren gingen: Wandeln Sie ihn in einen gewöhnlichen (SDR) um, und öffnen Sie dann diesen.',
  'problem.file-cut-off':
    'Diese {format}-Datei ist unvollständig, und nichts davon lässt sich zeigen: Versuchen Sie eine andere Kopie davon.',
  'problem.large-file-undecodable':
    'Diese {format}-Datei ({width} × {height}) ist beschädigt oder zu groß für den Speicher dieses Browsers: Schließen Sie andere Tabs oder versuchen Sie eine kleinere Kopie.',
  'problem.jpeg-kind-unsupported':
    'Das ist eine seltene Art von JPEG (verlustfrei oder 12 Bit), die Browser nicht öffnen können: Exportieren Sie es als JPEG oder PNG und öffnen Sie dann das.',
  'problem.tiff-kind-unsupported':
    'Diese Art von TIFF lässt sich hier nicht öffnen (für Druckerei, Fax oder Labor, oder als JPEG gepackt): Exportieren Sie es als TIFF mit 8 oder 16 Bit in Graustufen oder RGB oder als PNG und öffnen Sie dann das.',
  'problem.photo-too-large':
    'Dieses Bild hat {width} × {height}, also {megapixels} Megapixel, und höchstens {mostMegapixels} lassen sich hier öffnen: Beschneiden oder verkleinern Sie es und öffnen Sie dann das.',
  'problem.no-memory-to-open':
    'Der Speicher reichte nicht, um {width} × {height} Pixel zu öffnen: Schließen Sie andere Tabs oder öffnen Sie ein kleineres Bild.',
  'problem.result-too-large':
    '{scale}× ergäbe {megapixels} MP, mehr als dieser Browser fassen kann. {fits}× passt.',
  'problem.result-too-large.crop':
    '{scale}× ergäbe {megapixels} MP, mehr als dieser Browser fassen kann. Beschneiden oder verkleinern Sie das Foto zuerst; nichts wurde geändert.',
  'problem.result-over-limit':
    'Diese Seite nimmt Ergebnisse bis {megapixels} Megapixel an. Wählen Sie eine kleinere Größe.',
  'problem.side-too-long':
    '{format} fasst höchstens {mostSide} Pixel je Seite, und das Ergebnis hätte {width} × {height}. Ihr Foto ist unverändert: Wählen Sie {others}.',
  'problem.area-too-large':
    'Als {format} werden höchstens {mostMegapixels} Megapixel geschrieben, und das Ergebnis hätte {width} × {height}. Ihr Foto ist unverändert: Wählen Sie {others}.',
  'problem.no-memory-to-save':
    'Der Speicher reichte nicht, um {width} × {height} Pixel als {format} zu schreiben. Das Ergebnis bleibt erhalten: Schließen Sie andere Tabs und speichern Sie noch einmal, oder speichern Sie in einem anderen Format.',
  'problem.codec-missing':
    'Der Decoder für {format}-Fotos ließ sich nicht laden: Stellen Sie eine Internetverbindung her und öffnen Sie das Foto noch einmal.',
  'problem.encoder-missing':
    'Der {format}-Encoder ließ sich nicht laden, und dieser Browser hat keinen. Das Ergebnis bleibt erhalten: Speichern Sie als PNG, oder stellen Sie eine Internetverbindung her und speichern Sie noch einmal.',
  'problem.catalog-unreadable':
    'Die Liste der Modelle kam beschädigt an. Ihre Datei ist unverändert: Laden Sie die Seite neu, oder prüfen Sie, ob dieses Netzwerk zuerst eine Anmeldung verlangt.',
  'problem.catalog-wrong':
    'Die Liste der Modelle ist beschädigt ({path} muss {expected} sein). Ihre Datei ist unverändert: Laden Sie die Seite neu, um die Liste noch einmal zu holen.',
  'problem.model-not-offered':
    'Diese Website hat kein Modell für diesen Schritt ({task}) bei {scale}×. Ihr Foto ist unverändert: Wählen Sie eine andere Einstellung.',
  'problem.model-not-runnable':
    'Vom Modell „{title}“ gibt es keine Datei, die auf diesem Gerät läuft. Ihr Foto ist unverändert: Wählen Sie eine andere Einstellung.',
  'problem.download-failed':
    'Was dafür nötig ist, ließ sich nicht herunterladen, weil die Verbindung abbrach: Prüfen Sie Ihre Internetverbindung und versuchen Sie es noch einmal. Ihr Foto ist noch geöffnet.',
  'problem.catalog-too-long':
    'Die Liste der Modelle ist länger, als eine solche Liste je ist, und wurde nicht gelesen. Ihre Datei ist unverändert: Versuchen Sie es noch einmal, oder prüfen Sie, ob dieses Netzwerk zuerst eine Anmeldung verlangt.',
  'problem.download-stalled':
    'Der Download stockt: {seconds} Sekunden lang kam nichts an. Ihr Foto ist unverändert: Prüfen Sie Ihre Internetverbindung und versuchen Sie es dann noch einmal.',
  'problem.models-not-served':
    'Diese Website liefert ihre Modelle gerade nicht. Ihr Foto ist unverändert: Versuchen Sie es später noch einmal oder wählen Sie eine andere Einstellung.',
  'problem.model-altered':
    'Das Modell kam unvollständig oder verändert an und wurde nicht benutzt. Ihr Foto ist unverändert: Versuchen Sie es noch einmal. Geschieht es wieder, verändert vielleicht ein Proxy oder Filter Ihre Downloads.',
  'problem.file-altered':
    'Ein Teil dieser Seite ({name}) kam zweimal beschädigt an und wurde nicht benutzt. Ihr Foto ist unverändert: Laden Sie die Seite neu. Geschieht es wieder, verändert vielleicht ein Proxy oder Filter Ihre Downloads.',
  'problem.other-origin':
    'Etwas sollte von einer anderen Website ({host}) geholt werden, was diese Seite nie tut: Dorthin wurde nichts gesendet. Ihr Foto ist unverändert: Laden Sie die Seite neu.',
  'problem.model-refused':
    'Das Modell ließ sich nicht laden. Ihr Foto ist unverändert: Versuchen Sie es noch einmal oder wählen Sie eine andere Einstellung.',
  'problem.own-model-damaged':
    'Die Datei dieses Modells ist beschädigt oder abgeschnitten ({detail}) und wurde nicht hinzugefügt: Versuchen Sie es mit einer anderen Kopie.',
  'problem.own-model-unsafe':
    'Diese Datei verlangt, dass ein Programm ausgeführt wird ({asks}), was hier nie geschieht; sie wurde nicht hinzugefügt. Suchen Sie dasselbe Modell als .safetensors oder .onnx.',
  'problem.own-model-too-large':
    'Die Datei dieses Modells ist größer als {mostMegabytes} MB und wurde nicht hinzugefügt: Wählen Sie ein kleineres Modell.',
  'problem.own-model.file':
    'Das ist kein Modell, das sich hier hinzufügen lässt: Möglich sind Dateien der Arten .onnx, .safetensors und .pth sowie .param zusammen mit der zugehörigen .bin.',
  'problem.own-model.network':
    'Das ist ein Modell der Art {name}, die hier nicht läuft; es wurde nicht hinzugefügt. Compact, SPAN, ESRGAN und RealPLKSR laufen.',
  'problem.own-model.unknown-network':
    'Der Aufbau dieses Modells ist hier nicht bekannt ({name}); es wurde nicht hinzugefügt. Bekannt sind Compact, SPAN, ESRGAN und RealPLKSR; viele andere laufen als .onnx.',
  'problem.own-model.operator':
    'Dieses Modell hat Schritte, die hier nicht laufen ({name}), und wurde nicht hinzugefügt: Wählen Sie ein anderes Modell.',
  'problem.own-model.elsewhere':
    'Ein Teil dieses Modells liegt in einer anderen Datei ({name}); es wurde nicht hinzugefügt: Wählen Sie .param und .bin zusammen aus, und suchen Sie jedes andere als einzelne Datei.',
  'problem.own-model.shape':
    'Dieses Modell macht aus einem Bild kein Bild ({name}) und wurde nicht hinzugefügt: Wählen Sie ein anderes Modell.',
  'problem.model-without-output':
    'Das Modell liefert kein Ergebnis. Ihr Foto ist unverändert: Wählen Sie eine andere Einstellung.',
  'problem.golden-damaged':
    'Das Testbild eines Modells ist beschädigt, deshalb wurde das Modell nicht benutzt. Ihr Foto ist unverändert: Wählen Sie eine andere Einstellung.',
  'problem.own-model-missing':
    'Dafür braucht es Ihr Modell „{title}“, das nicht auf diesem Gerät ist (SHA-256 {sha256}). Ihr Foto ist unverändert: Fügen Sie seine Datei unter „Offline gespeichert“ hinzu oder wählen Sie ein anderes Modell.',
  'problem.own-unfit.run':
    'Dieses Modell scheitert schon an einem kleinen Bild und wurde nicht hinzugefügt: Wählen Sie ein anderes Modell.',
  'problem.own-unfit.planes':
    'Dieses Modell macht aus einem Farbbild kein Farbbild und wurde nicht hinzugefügt: Wählen Sie ein anderes Modell.',
  'problem.own-unfit.scale':
    'Dieses Modell vergrößert weder 1× noch 2×, 3×, 4× oder 8× und wurde nicht hinzugefügt: Wählen Sie ein anderes Modell.',
  'problem.own-unfit.multiple':
    'Dieses Modell nimmt nur Bilder bestimmter Größen, in die sich kein Foto zerlegen lässt; es wurde nicht hinzugefügt: Wählen Sie ein anderes Modell.',
  'problem.own-unfit.not-a-number':
    'Dieses Modell liefert kein Bild, sondern Werte, die keine Zahlen sind; es wurde nicht hinzugefügt: Versuchen Sie es mit einer anderen Kopie.',
  'problem.own-unfit.black':
    'Dieses Modell macht aus jedem Bild ein schwarzes und wurde nicht hinzugefügt: Versuchen Sie es mit einer anderen Kopie.',
  'problem.own-unfit.constant':
    'Dieses Modell macht aus jedem Bild dieselbe Fläche und wurde nicht hinzugefügt: Versuchen Sie es mit einer anderen Kopie.',
  'problem.own-unfit.unsteady':
    'Dieses Modell macht an anderer Stelle aus denselben Pixeln etwas anderes, sodass Teile eines Fotos nicht zusammenpassen würden; es wurde nicht hinzugefügt: Wählen Sie ein anderes Modell.',
  'problem.page-insecure':
    'Auf einer unsicheren Seite lassen sich Modelle nicht prüfen. Ihr Foto ist unverändert: Öffnen Sie diese Seite über https.',
  'problem.storage-full':
    'Der Browser hat keinen Platz dafür. Was vorher gespeichert war, bleibt: Schaffen Sie Platz und versuchen Sie es dann noch einmal.',
  'problem.gpu-missing':
    'Dieser Browser bietet kein WebGPU. Ihr Foto ist unverändert: Entfernen Sie backend=webgpu, dann wird die CPU benutzt.',
  'problem.gpu-lost':
    'Der Grafiktreiber hat angehalten. Ihr Foto ist unverändert: Versuchen Sie es noch einmal oder starten Sie zuerst den Browser neu.',
  'problem.gpu-memory':
    'Die GPU hat zu wenig freien Speicher für dieses Foto, das unverändert ist: Schließen Sie andere Tabs und Programme oder wählen Sie eine kleinere Größe.',
  'problem.gpu-refused':
    'Die GPU hat die Arbeit verweigert. Ihr Foto ist unverändert: Versuchen Sie es noch einmal oder aktualisieren Sie den Grafiktreiber.',
  'problem.gpu-picture-damaged':
    'Diese GPU lieferte ein beschädigtes Bild, das nicht benutzt wurde. Ihr Foto ist unverändert: Versuchen Sie es noch einmal oder aktualisieren Sie den Grafiktreiber.',
  'problem.network-size-wrong':
    'Das Netz lieferte ein Ergebnis anderer Größe, das nicht benutzt wurde. Ihr Foto ist unverändert: Wählen Sie eine andere Einstellung.',
  'problem.network-not-a-number':
    'Das Netz lieferte Werte, die keine Zahlen sind; sie wurden nicht benutzt. Ihr Foto ist unverändert: Wählen Sie eine andere Einstellung.',
  'problem.trial-failed':
    'Dieser Rechner berechnet ein falsches Bild, das nicht benutzt wurde. Ihr Foto ist unverändert: Aktualisieren Sie den Grafiktreiber oder versuchen Sie einen anderen Browser.',
  'problem.engine-stopped':
    'Das Rechenwerk hat angehalten. Ihr Foto ist unverändert: Versuchen Sie es noch einmal.',
  'problem.worker-died':
    'Das Rechenwerk hat angehalten, vielleicht aus Speichermangel. Ihr Foto ist unverändert: Versuchen Sie es noch einmal.',
  'problem.photo-missing': 'Es ist kein Foto geöffnet. Öffnen Sie zuerst eines.',
  'problem.result-missing': 'Es gibt noch kein Ergebnis. Verbessern Sie das Foto zuerst.',
  'problem.mask-of-other-photo':
    'Die Maske wurde für ein Foto von {width} × {height} gemalt. Löschen Sie sie oder öffnen Sie jenes Foto.',
  'problem.crop-outside-photo':
    'Der Zuschnitt reicht über dieses Foto von {width} × {height} hinaus. Schneiden Sie es neu zu.',
  'problem.damage-everywhere':
    'Das ganze Foto ist als beschädigt markiert; es bleibt nichts, woraus es sich ausbessern ließe. Markieren Sie weniger davon.',
  'problem.option-wrong': '{path} muss {expected} sein.',
  'problem.no-memory':
    'Der Browser hat dafür zu wenig Speicher. Ihr Foto ist unverändert: Schließen Sie andere Tabs oder wählen Sie eine kleinere Größe.',
  'problem.unexpected':
    'Etwas ist schiefgegangen, was nicht hätte geschehen dürfen ({cause}). Ihr Foto ist unverändert: Versuchen Sie es noch einmal oder laden Sie die Seite neu.',

  'foreign.bigtiff': 'eine BigTIFF-Datei',
  'foreign.icon': 'eine Icon-Datei',
  'foreign.jpeg-2000': 'ein JPEG-2000-Bild',
  'foreign.pdf': 'ein PDF-Dokument',
  'foreign.photoshop': 'eine Photoshop-Datei',
  'foreign.raw': 'eine RAW-Datei einer Kamera',
  'foreign.svg': 'eine SVG-Zeichnung',
  'foreign.video': 'ein Video',
  'foreign.video-or-unknown': 'ein Video oder ein unbekanntes Format',
  'foreign.zip': 'ein ZIP-Archiv oder ein Dokument',

  'expected.object': 'ein Objekt',
  'expected.list': 'eine Liste',
  'expected.filled-list': 'eine nicht leere Liste',
  'expected.text': 'ein Text',
  'expected.number': 'eine Zahl',
  'expected.boolean': 'true oder false',
  'expected.sha256': '64 hexadezimale Ziffern in Kleinbuchstaben',
  'expected.unique': 'einmalig',
  'expected.keeping-size': 'eine Folge von Schritten, die die Größe erhalten,',
  'expected.colour': 'eine Farbe wie „#8fb8e0“ oder null',
  'expected.pairs': 'abwechselnd x und y',
  'expected.path-below': 'ein Pfad unterhalb des Katalogs',
  'expected.url': 'eine Adresse mit http oder https ohne Passwort',
  'expected.file': 'eine File oder ein Blob',
  'expected.function': 'eine Funktion',
  'expected.abort-signal': 'ein AbortSignal',
  'expected.writable': 'ein WritableStream, der nicht gesperrt ist',
  'expected.oneOf': '{choices}',
  'expected.names': 'eines von {names}',
  'expected.range': 'eine Zahl von {least} bis {most}',
  'expected.wholeRange': 'eine ganze Zahl von {least} bis {most}',
  'expected.bytes': 'ein Uint8Array mit {bytes} Werten',
  'expected.wholeFrom': 'eine ganze Zahl ab {least}',
  'expected.mostItems': 'eine Liste von höchstens {most}',
  'expected.before': 'vor „{other}“',
  'expected.equalTo': 'weggelassen oder gleich {other} ({value})',

  'note.first-frame': 'Nur das erste seiner Einzelbilder wurde geöffnet.',
  'note.cut-off': 'Diese Datei ist unvollständig oder beschädigt: Gezeigt wird, was lesbar war.',
  'note.depth-lost': 'Mehr als 8 Bit je Farbkanal, von denen 8 gelesen werden konnten.',
  'note.colours-converted': 'Die Farben wurden nach sRGB umgewandelt.',
  'note.metadata-broken':
    'Die Metadaten ({parts}) sind beschädigt und werden im Ergebnis fehlen. Das Bild selbst ist heil.',
  'note.gain-map-kept':
    'Die HDR-Gain-Map kommt mit vergrößert in ein JPEG, nicht aber in andere Formate oder wenn Licht oder Farben geändert werden.',
  'note.gain-map-dropped': 'Die HDR-Gain-Map wird im Ergebnis fehlen.',
  'note.gain-map-lost': 'Die HDR-Gain-Map ließ sich nicht übernehmen: Sie fehlt in dieser Datei.',
  'note.model-not-kept':
    'Ein Modell ließ sich nicht offline speichern: Es wird erneut geladen, wenn es wieder gebraucht wird.',
  'note.pattern-missing': 'Es wurde kein Papier- oder Druckmuster gefunden: Nichts wurde entfernt.',
  'note.speech.decoder':
    'Der Ton in {codec} bleibt, wie er war: Dieser Browser dekodiert ihn nicht, die Sprache darin lässt sich also nicht bereinigen.',
  'note.speech.encoder':
    'Der Ton in {codec} bleibt, wie er war: Dieser Browser kodiert keinen für solche Dateien, die Sprache darin lässt sich also nicht bereinigen.',
  'note.sound-converted':
    'Diese Art von Datei nimmt keinen Ton in {codec} auf: Er wurde neu in {to} kodiert.',
  'note.left-out.decoder':
    'Der Ton in {codec} fehlt: Diese Art von Datei nimmt ihn nicht auf, und dieser Browser dekodiert ihn nicht.',
  'note.left-out.encoder':
    'Der Ton in {codec} fehlt: Diese Art von Datei nimmt ihn nicht auf, und dieser Browser kodiert keinen anderen dafür.',
  'note.text-left-out.subtitles':
    'Die Untertitel fehlen: Sie sind hier nicht lesbar, oder diese Art von Datei nimmt sie nicht so auf, wie sie sind.',
  'note.text-left-out.chapters':
    'Die Kapitel fehlen: Sie sind hier nicht lesbar, oder diese Art von Datei nimmt sie nicht so auf, wie sie sind.',
  'note.text-left-out.metadata':
    'Ein Teil der Metadaten des Clips fehlt: Diese Art von Datei nimmt sie nicht auf.',
  'note.shake-taken-back': 'Die Kamera hat um etwa {pixels} Pixel gewackelt: Das wurde korrigiert.',
  'note.recovered': '{cause} {measure}',
  'cause.memory': 'Der Speicher war zu knapp.',
  'cause.device': 'Der Grafiktreiber hat angehalten.',
  'cause.picture': 'Dieser Rechner hat ein falsches Bild berechnet.',
  'cause.work': 'Die GPU hat die Arbeit verweigert.',
  'cause.model': 'Das Modell ließ sich nicht laden.',
  'cause.engine': 'Das Rechenwerk hat angehalten.',
  'measure.tile': 'Von da an wurden kleinere Kacheln benutzt.',
  'measure.device': 'Die GPU wurde neu gestartet, und die Arbeit ging weiter.',
  'measure.worker': 'Das Rechenwerk wurde neu gestartet, und die Arbeit ging weiter.',
  'measure.precision': 'Statt halber wurde volle Genauigkeit benutzt.',
  'measure.runtime': 'Stattdessen wurde eine andere Laufzeitumgebung benutzt.',
  'measure.cpu': 'Den Rest hat die CPU erledigt.',
  'measure.cpu-anew': 'Die Arbeit hat die CPU erledigt.',
};
