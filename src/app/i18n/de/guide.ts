import type { GuideTables } from '../parts';

/** The guide, in German. */
export const tables: GuideTables = {
  guide: {
    parts: [
      {
        title: 'Was es kann, und was nichts kann',
        texts: [
          'Ein kleines neuronales Netz sieht sich jeden Teil Ihres Fotos an und zeichnet ihn größer, sauberer oder schärfer. Getreue Netze zeichnen, was da ist. Knackige raten außerdem, wie Kanten und Struktur ausgesehen haben könnten, nach anderen Fotos, aus denen sie gelernt haben.',
          [
            'Details, die ein Foto nicht hat, lassen sich nicht zurückholen. Was so aussieht, wurde geraten: Ein Buchstabe, ein Kennzeichen, ein Gesicht oder ein Muster kann scharf und falsch herauskommen. Je kleiner das Original, desto mehr wird geraten.',
            'Ein kleiner Scan',
            'Knackig vergrößert: Shuila Bainus',
            'Die Seite selbst: Sheila Baines',
          ],
        ],
      },
      {
        title: 'Wann Sie es nicht benutzen sollten',
        texts: [
          'Nicht als Beweis, und nicht, um zu erkennen, wer oder was jemand oder etwas ist: Geratenes beweist nichts. Nicht für Medizin, Messung oder Wissenschaft: Was dort zählt, kann ein Netz geglättet oder erfunden haben. Sagen Sie, dass ein Bild verbessert wurde, wo sich jemand darauf verlassen könnte; „Als verbessert kennzeichnen“ schreibt es in die Datei.',
        ],
      },
      {
        title: 'Rezept',
        texts: [
          'Vorgabe: was das Foto zeigt. Foto behandelt, was gemessen wurde. Porträt geht sanfter mit Haut um; Text rät keine Kanten und lässt Muster stehen, denn auch Buchstaben gleicher Breite liegen in einem Raster; Altes Foto schneidet einen Scan auf seinen Abzug zu, bessert deutliche Schäden aus, entfernt das Muster des Papiers, frischt Farben auf, bereinigt sanft und rät Struktur, jedes so weit, wie es gefunden wurde, und führt auf, was das ist; Kunst behält Korn; Rendering nimmt Rauschen weg; Textur lässt sich danach noch kacheln.',
          'Sanft, Auto und Mehr: weniger, als das Foto verlangt, genau so viel, und mehr, jeweils an einer Stelle Ihres Fotos gezeigt, bevor etwas getan wird.',
          'Zuschnitt: woran gearbeitet wird und wo oben ist. Ziehen Sie den Rahmen, seine Kanten und Ecken, oder bewegen Sie sie mit Pfeiltasten; halten Sie eine Form ein; drehen und spiegeln Sie, was jedes Pixel erhält; begradigen Sie, was jedes Pixel neu zeichnet und keine leeren Ecken lässt. Der Zuschnitt kommt vor allem anderen, ein Lauf dauert also kürzer, und die Datei bleibt, wie sie ist: Zuschnitt zeigt wieder das ganze Foto.',
          'Vergrößern: wie viele Male so breit und so hoch.',
          'Andere Größe: Pixel, Megapixel oder ein Druckmaß; sie wird mit der nächsten Vergrößerung erreicht und dann umgerechnet. Ein Link kann eine verlangen: Hinter ?size= steht 3000w, 1.5x, 24mp oder 30cm.',
          [
            'Bild: Getreu zeichnet, was da ist, und passt zu sauberen Originalen. Knackig rät und passt zu Bildern aus dem Web oder vom Handy.',
            'Ein kleines JPEG',
            'Getreu vergrößert',
            'Knackig vergrößert',
          ],
          [
            'Schäden ausbessern: Kratzer, Staub und Flecken werden gesucht und auf dem Bild markiert; Markiertes wird aus seiner Umgebung gefüllt, bevor sonst etwas geschieht. Sehen Sie sich die Markierungen vor dem Verbessern an: Ein Draht, ein Haar oder ein Licht kann für einen Schaden gehalten werden, und schwache Schäden werden übersehen. „Schäden markieren“ malt weitere oder malt sie weg. Was nicht markiert ist, bleibt, wie es ist. Das Gefüllte ist geraten: Markieren Sie in einem Gesicht so wenig wie möglich.',
            'Ein zerkratzter Abzug, gezeichnet',
            'Ausgebessert, Empfindlichkeit 85 %',
          ],
          'Empfindlichkeit für Schäden: wie wahrscheinlich etwas ein Schaden sein muss. Mehr findet schwächere Schäden und markiert mehr, was nur so aussieht; was Sie gemalt haben, bleibt.',
          'Weißabgleich und Licht: wie hell das Foto ist, seine Tiefen und Lichter, und welche seiner Farben grau ist, eingestellt vor allem anderen. Wählen Sie einen neutralen Punkt und drücken Sie auf etwas Graues oder Weißes; Temperatur und Tönung tun dasselbe von Hand. Automatisch abgleichen schätzt das Licht nach dem Hellsten und nach Kanten: öfter richtig als falsch, wo ein Bild einen Farbstich hat, und falsch, wo alles darauf von einer Farbe ist. Ein deutlicher Stich wird gesagt und nie ungefragt weggenommen. Die Belichtung unter Feinschliff ist für danach und braucht keinen neuen Lauf. „Negativ umkehren“ macht aus gescanntem Film ein Positiv: Jeder Kanal wird zwischen dem klaren Film und seiner dichtesten Stelle gespreizt, ohne die Bühne ringsum; nah genug, um mit Weißabgleich und Helligkeit weiterzuarbeiten. Farbfilm verrät sich durch sein Orange, ein graues Negativ erkennen nur Sie.',
          [
            'Rauschen: wie viel Rauschen entfernt wird. Zu viel nimmt Struktur mit.',
            'Ein verrauschtes Foto',
            'Bereinigt, Stärke 60 %',
            'Stärke 100 %',
          ],
          [
            'JPEG: wie viel von den Blöcken und Säumen starker Komprimierung entfernt wird.',
            'Ein JPEG der Qualität 15',
            'Bereinigt',
          ],
          [
            'Schärfen: wie viel von einem geschärften Bild beigemischt wird; Verwacklung wird gesucht und korrigiert. Zu viel wirkt hart.',
            'Um sieben Pixel bewegt',
            'Korrigiert',
          ],
          [
            'Muster entfernen: Die Waben von Seidenrasterpapier, das Gewebe von Leinwand und das Raster eines Drucks wiederholen sich über das ganze Bild; was sich so wiederholt, wird entfernt, bevor ein Netz es schärft. Vorgeschlagen wird es, wo sich zwei solche Wellen kreuzen. Ein Foto von Stoff, der das Bild füllt, sieht genauso aus: Lassen Sie es dort aus.',
            'Seidenrasterpapier, gezeichnet',
            'Entfernt',
          ],
          'Wie viel davon: Weniger lässt etwas vom Papier stehen.',
          'Farben auffrischen: Die Farbstoffe eines Abzugs verblassen, jeder in seinem Tempo, bis Schwarz grau und Weiß gelb oder rosa ist. Was aus den dunkelsten und hellsten Stellen geworden ist, sagt, wie weit, ohne das Papier um einen Abzug; es wird rückgängig gemacht, bevor ein Netz das Foto sieht. Vorgeschlagen wird es für Farbabzüge, in denen Schwarz deutlich grau ist und Weiß deutlich eine Farbe hat. Nebel und Abendlicht sehen ähnlich aus: Lassen Sie es dort aus.',
          'Farbstich: wie viel von der Farbe weggenommen wird, die Schwarz und Weiß bekommen haben.',
          'Verlorener Kontrast: wie weit Schwarz und Weiß wieder auseinanderrücken.',
          'Ungleichmäßigkeit: wie viel von dem ausgeglichen wird, was an einer Seite verblasst ist oder was ein Objektiv am Rand an Licht verloren hat. Kanten eines Fotos werden zu einer Seite hin so oft heller wie dunkler; was übrig bleibt, stammt vom Verblassen und vom Objektiv. Was am Rand dunkel ist, kann es auch auf dem Foto sein: Ausgeglichen wird nur, was Sie verlangen.',
          'Aufwand: Ein besseres Netz braucht länger. „Auto“ lässt das Tempo Ihres Rechners entscheiden.',
          'Modell: Netze anderer Leute, die Sie selbst mitbringen: „Modell hinzufügen“ unter „Offline gespeichert“, oder ziehen Sie die Datei auf die Seite. Es bleibt auf diesem Gerät. Eines, das vergrößert, tritt an die Stelle der Netze dieser Website, und sein Ergebnis wird auf die gewünschte Größe gebracht; eines, das die Größe behält, arbeitet davor oder, wenn Sie es so wählen, nach dem Vergrößern. Was es aus einem Foto macht, haben seine Urheber zu verantworten: Sehen Sie genau hin, bevor Sie sich darauf verlassen.',
        ],
      },
      {
        title: 'Feinschliff',
        texts: [
          'All das ändert sich nach einem Lauf sofort, und so schreibt es „Speichern“.',
          'Stärke: wie viel von der Arbeit der Netze zu sehen ist. Sie beginnt bei 60 %, wo ein Foto bereinigt oder geschärft wird, weil alles davon oft wie Plastik aussieht, und bei 100 %, wo es vergrößert wird. Was ausgebessert ist, das entfernte Muster und aufgefrischte Farben bleiben bei jeder Stärke, ebenso unter einer Maske.',
          'Korn: wie bei Film; verbirgt, was zu glatt wirkt.',
          'Nachschärfen: steilere Kanten, ohne Säume.',
          'Nur Luminanz: Helligkeit vom Ergebnis, Farbe vom Original.',
          'Farben erhalten: Große Flächen behalten die Farben des Originals.',
          'Licht und Farbe: Belichtung in Blendenstufen, Kontrast, Wärme, Sättigung; Dynamik ist Sättigung vor allem für blasse Farben. Schwarzweiß lässt keine Farbe; Töne färben Tiefen und Lichter kalt oder warm; Sepia, Selen und Cyanotypie sind solche Töne eines Schwarzweißbildes, wie Abzüge sie hatten.',
          'Gesichter: „Gesichter suchen“ listet auf, wo Gesichter sind. In jedem, das angekreuzt ist, wirken Stärke und Nachschärfen schwächer, anfangs zu 60 %, in einer Ellipse mit weichem Rand, sodass mehr vom Original und von seinem Korn bleibt. Kein Gesicht wird erkannt, verglichen oder behalten: Gesucht wird auf Ihrem Gerät und nur, wo eines ist. Gesichter im Profil, im Schatten oder unter Helmen werden oft übersehen, und was einem Gesicht gleicht, kann in der Liste stehen; der Pinsel schützt, was fehlt.',
          'Pinsel: malt, wo die Wirkung zu sehen sein soll und wo nicht.',
          'Kolorieren: färbt ein graues oder verblasstes Foto aus kurzen Strichen, die Sie ziehen. Jede Farbe breitet sich bis zu den Kanten dessen aus, worauf sie liegt, und die Helligkeit bleibt. Wo eine Farbe zu weit läuft, ziehen Sie dort eine andere oder „Keine Farbe“, die eine Stelle grau hält; der Radierer nimmt Striche weg. Unter Schwarzweiß gehen die eigenen Farben des Fotos, und diese bleiben. Die Stärke ändert sie nicht. Farben sind geraten, nicht überliefert: Niemand weiß von einem grauen Foto, was blau oder braun war.',
          'Prüfen: listet auf, wo das Ergebnis zeigt, was das Foto nicht zeigt, und holt dort das Original zurück.',
          'Rückgängig und Wiederholen nehmen zurück und stellen wieder her; der Verlauf listet jeden Schritt auf und führt zu jedem. Ein Doppelklick auf einen Regler oder Entf setzt ihn auf seinen Anfangswert zurück; „Alles zurücksetzen“ tut das mit allem.',
        ],
      },
      {
        title: 'Mehrere Fotos',
        texts: [
          'Öffnen Sie mehrere Dateien, einen Ordner oder eine ZIP-Datei, oder ziehen Sie sie herein: Sie stehen in einem Streifen unter dem Foto. „Alle verbessern“ nimmt sich eines nach dem anderen vor, jedes so, wie es ihm guttut; stellen Sie das gezeigte Foto ein, wie Sie möchten, und wählen Sie „Wie eingestellt“, um alle gleich zu behandeln. Was Sie an einem davon zuschneiden, markieren oder bemalen, gilt nur für dieses, auch bei „Alle verbessern“. „Anhalten“, „Überspringen“ und „Fehlgeschlagene wiederholen“ tun, was sie sagen; eine kaputte Datei hält die anderen nicht auf. Ihr Fehler, und was mit jedem Foto getan wurde, steht unter „Optionen“ und im Bericht. Clips stehen dazwischen, mit ihrer Länge: Jeder bekommt, was seine Bilder brauchen, wie unter „Film“, wenn er für sich geöffnet ist. „Anhalten“ unterbricht einen Clip mittendrin, „Fortsetzen“ macht dort weiter.',
          'Ergebnisse warten hier, bis „Alle speichern“ sie in eine ZIP-Datei packt. Besser bei vielen: Wählen Sie unter „Optionen“ einen Ordner, in den jedes kommt, sobald es fertig ist, in seinen Unterordner und nie über eine vorhandene Datei.',
          'Nach Neuladen, Absturz oder einem geschlossenen Tab bietet die erste Seite an, weiterzumachen; was fertig ist, wird nicht wiederholt. Ein hereingezogener Ordner wird auch an einem anderen Tag wiedergefunden: Dafür behält der Browser die Namen Ihrer Dateien, bis alles fertig ist. Dateien aus der Dateiauswahl lassen sich nur so lange behalten, wie es den Tab gibt, verschlüsselt und bis 1 GB; größere wählen Sie noch einmal.',
        ],
      },
      {
        title: 'Clips',
        texts: [
          'Öffnen Sie einen Clip (MP4, MOV, WebM, MKV) wie ein Foto. Rezept, Zuschnitt und Lupe stellen Sie am ersten Bild ein. Unter „Film“ wählen „Von“ und „Bis“ den Abschnitt, „Zwei Sekunden abspielen“ zeigt das Ergebnis neben dem Original, und „Verbessern“ macht alles, Bild für Bild: ohne GPU eine Sekunde oder mehr für jedes. „Abbrechen“ behält, was fertig ist, als abspielbaren Clip. Ton wird unverändert kopiert, sofern Sie ihn nicht bereinigen, ebenso Untertitel, Kapitel und die Metadaten (Titel, Datum, Ort, Kamera), sofern Sie diese nicht weglassen; wo das nicht geht, steht es da. HDR wird abgelehnt.',
          '„Flimmern entfernen“ ist für Lampen, Verschlüsse und abgenutzten Film: Vom Flackern gehen mehr als neun Zehntel, auch wo es über ein bewegtes Bild läuft; Blenden und Schnitte bleiben. „Ruhige Details“ ist für Rauschen und für Details, die jedes Bild neu bekommen hat: Bei einem Schwenk bleibt von einem Bild zum nächsten gut ein Drittel des Unterschieds. „Bildrate“ setzt Bilder dazwischen, für Zeitlupe und ruhige Schwenks; wo sie unsicher ist, wiederholt sie das Bild davor. „Sprache bereinigen“ nimmt Rauschen, Brummen und Wind hinter Stimmen weg, Musik allerdings auch: bei Konzerten bleibt es besser aus. Der Ton wird dann neu kodiert und bleibt synchron. „Streifen glätten“ glättet Himmel und Wände, die die Kompression in Stufen zerlegt hat.',
          '„Qualität“: wie viele Bits ein Clip belegt. „Sieht gleich aus“ gibt so viele, dass kaum etwas verloren geht; „Kleiner“ nimmt 40 bis 75 % davon, und Rauschen, Wasser und Laub werden zuerst weicher. „Eigene“ ist Ihre eigene Bitrate, wenn eine Website oder ein Chat eine Grenze setzt: Mbit/s der Bilder, die einfache Bilder vielleicht nicht brauchen. Sobald zwei Sekunden abgespielt wurden, stehen Zeit, Größe und Bitrate des Ganzen vor „Verbessern“ da.',
          'Was ein Clip braucht, sagen elf Bilder aus dem ganzen Abschnitt und an drei Stellen eine Sekunde Licht. Rauschen und Blöcke, die mindestens sieben von zehn Bildern haben, werden bereinigt, und was davon noch von Bild zu Bild wechselt, nimmt „Ruhige Details“ heraus; schwankt das Licht um 2 % oder mehr, wird „Flimmern entfernen“ gewählt, und ein Himmel in Stufen bekommt „Streifen glätten“. Flackern von 6 und 7 % wurde in Tests auf einen Punkt genau gelesen, Rauschen von 20 Stufen auf 4. Wo Bilder sich widersprechen, wird nichts vorgeschlagen; „Bildrate“ und „Sprache bereinigen“ bestimmen Sie selbst. Rauschen, das die Kompression der Kamera schon verschmiert hat, wird nicht gefunden.',
          '„In eine Datei speichern“ ist für lange Clips: Wählen Sie die Datei vor „Verbessern“, dann wird der Clip hineingeschrieben, während er entsteht, und es bleibt nichts zu speichern. Was in der Datei liegt, bleibt, bis der Clip fertig ist. Ist ihr Datenträger voll oder darf der Browser nicht mehr schreiben, wird der Clip stattdessen hier aufbewahrt, und nichts geht verloren. Ist auch hier kein Platz, endet er vorzeitig: Speichern Sie, was fertig ist, schaffen Sie Platz, und „Verbessern“ macht dort weiter. Firefox und Safari bieten das nicht an: dort schreibt „Speichern“ den fertigen Clip.',
        ],
      },
      {
        title: 'Ansehen',
        texts: [
          'Lupe: was die jetzigen Einstellungen aus einem Ausschnitt machen würden, vor einem Lauf. Vergleich: Original und Ergebnis nebeneinander oder nur das Ergebnis. Um kurz das Original zu sehen, drücken Sie auf das Foto und bleiben dort, oder halten Sie die Leertaste gedrückt. Näher ansehen: was ein Lauf am meisten geändert hat, in eigener Größe. Bei den meisten Fotos sieht man von Weitem wenig; sehen Sie bei 100 % hin.',
        ],
      },
      {
        title: 'Was bei Ihnen bleibt',
        texts: [
          'Nichts wird hochgeladen: Die Netze kommen zu Ihrem Foto, nicht Ihr Foto zu ihnen. Es gibt keine Cookies und keine Zähler, und die Seite läuft ohne Netz. „Offline gespeichert“ zeigt, was auf Ihrem Rechner liegt, und löscht es. Das geöffnete Foto wird verschlüsselt aufbewahrt, für Neuladen oder Absturz, solange es seinen Tab gibt.',
          'Ihre Datei wird nie geändert, außer Sie wählen „Über das Original speichern“. „Speichern“ legt eine Kopie an.',
        ],
      },
    ],
  },
};
