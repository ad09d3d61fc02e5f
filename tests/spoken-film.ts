/** A film that says something: what ffmpeg makes clips with subtitles, chapters and a date of; for tests in the browser and without one. */

/** A file that is part of a command line. */
const inline = (text: string): string => `data:text/plain;base64,${btoa(text)}`;

/** Lines of subtitles, each with its times, as SubRip has them. */
const spoken = (...lines: readonly (readonly [times: string, text: string])[]): string =>
  lines.map(([times, text], i) => `${i + 1}\n${times}\n${text}\n`).join('\n');

const french = spoken(
  ['00:00:00,200 --> 00:00:00,700', 'Good morning'],
  ['00:00:01,200 --> 00:00:02,600', '<i>And</i>\nagain'],
);
const german = spoken(['00:00:00,500 --> 00:00:01,500', 'Guten Morgen']);

const chapters = (
  [
    [0, 1000, 'One'],
    [1000, 2400, 'Two'],
    [2400, 3000, 'Three'],
  ] as const
)
  .map(([start, end, title]) => {
    return `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${start}\nEND=${end}\ntitle=${title}\n`;
  })
  .join('');

/**
 * A film of three seconds with a sound, subtitles in two languages, three chapters and a date.
 *
 * @param rate Pictures a second.
 * @returns Arguments of ffmpeg; codecs and the file's name follow.
 */
export const spokenFilm = (rate: number): readonly string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=s=64x48:r=${rate}:d=3`, '-f', 'lavfi', '-i', 'sine=440:d=3'],
  ...['-f', 'srt', '-i', inline(french), '-f', 'srt', '-i', inline(german)],
  ...['-f', 'ffmetadata', '-i', inline(`;FFMETADATA1\n${chapters}`)],
  ...['-map', '0', '-map', '1', '-map', '2', '-map', '3', '-map_chapters', '4'],
  ...['-metadata:s:s:0', 'language=fra', '-metadata:s:s:1', 'language=deu'],
  ...['-metadata', 'creation_time=2011-05-07T08:09:10Z'],
];
