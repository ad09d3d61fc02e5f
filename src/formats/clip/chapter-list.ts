import { joinBytes } from '../metadata/bytes';
import { viewOf } from './boxes';
import { bytesOf, element, elementsOf, findElement, makeElement, numberOf } from './elements';
import { chapterUnits, type ListedChapter, type MovieBeside } from './movie-beside';

/** What a chapter is in every container. */
export type Chapter = {
  /** When it begins, in seconds of the clip's own time. */
  readonly at: number;
  readonly title: string;
};

/** Chapters that the list of an MP4 or MOV holds, and bytes of the title of one. */
const most = 255;

/** Chapters that are read at most: no film has as many. */
const mostRead = 2 ** 14;

/** Bytes of a title that is read at most. */
const mostTitleBytes = 2 ** 12;

/**
 * The chapters of an MP4 or MOV: those of its first track of titles, else of its list, which cuts long titles off.
 *
 * @param file The file.
 * @param movie What was read of it.
 * @returns In the order in which they lie there.
 * @throws {Error} Where the file cannot be read any more, or has more than chapters are.
 */
export async function chaptersOfMovie(file: Blob, movie: MovieBeside): Promise<readonly Chapter[]> {
  const track = movie.tracks.find(({ isChapters }) => isChapters);
  if (!track)
    return movie.chapters.map(({ at, title }) => ({ at: at / chapterUnits, title: textOf(title) }));
  if (track.samples.length > mostRead) throw new Error('too many');
  const chapters: Chapter[] = [];
  for (const { at, offset, size } of track.samples) {
    const part = file.slice(offset, offset + Math.min(size, mostTitleBytes));
    const sample = new Uint8Array(await part.arrayBuffer());
    chapters.push({ at: at / track.timescale, title: titleIn(sample) });
  }
  return chapters;
}

/** Its length comes first, and behind it may be more. Source: QuickTime File Format, "Text Sample Data". */
function titleIn(sample: Uint8Array): string {
  const text = sample.length < 2 ? sample : sample.subarray(2, 2 + viewOf(sample).getUint16(0));
  const mark = text.length < 2 ? 0 : viewOf(text).getUint16(0);
  if (mark === 0xfeff) return new TextDecoder('utf-16be').decode(text);
  return mark === 0xfffe ? new TextDecoder('utf-16le').decode(text) : textOf(text);
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/**
 * The chapters of a Matroska or WebM file, as a player lists them: of the edition that is meant, those that are not hidden, each by the first of its titles, without the chapters in
 * a chapter. Source: RFC 9559, 5.1.7 and 20.
 *
 * @param chapters What is in the element of chapters.
 * @returns In the order in which they lie there.
 */
export function chaptersOfMatroska(chapters: Uint8Array): readonly Chapter[] {
  const editions = [...elementsOf(chapters)]
    .filter(([id]) => id === element.edition)
    .map(([, edition]) => edition);
  const edition = editions.find((each) => isSet(each, element.isMeant)) ?? editions[0];
  return [...elementsOf(edition ?? new Uint8Array())]
    .filter(([id, chapter]) => id === element.chapter && !isSet(chapter, element.isHidden))
    .map(([, chapter]) => {
      const display = findElement(chapter, element.display) ?? new Uint8Array();
      const title = textOf(findElement(display, element.chapterTitle) ?? new Uint8Array());
      const at = numberOf(findElement(chapter, element.begins) ?? new Uint8Array()) / 1e9;
      return { at, title: title.replace(/\0+$/, '') };
    });
}

function isSet(parent: Uint8Array, flag: number): boolean {
  return numberOf(findElement(parent, flag) ?? new Uint8Array()) === 1;
}

/**
 * Chapters as the list of an MP4 or MOV has them.
 *
 * @param chapters Any number.
 * @returns The list, long titles cut off between two characters; null for more than it holds.
 */
export function listForMovie(chapters: readonly Chapter[]): readonly ListedChapter[] | null {
  if (chapters.length > most) return null;
  return inOrder(chapters).map(({ at, title }) => {
    const bytes = new Uint8Array(most);
    const { written } = new TextEncoder().encodeInto(title, bytes);
    return { at: Math.round(at * chapterUnits), title: bytes.slice(0, written) };
  });
}

const inOrder = (chapters: readonly Chapter[]) => [...chapters].sort((a, b) => a.at - b.at);

/**
 * Chapters as a Matroska or WebM file has them. Source: RFC 9559, 5.1.7.
 *
 * @param chapters Any number; none before the clip begins.
 * @returns What is in its element of chapters.
 */
export function editionForMatroska(chapters: readonly Chapter[]): Uint8Array {
  const atoms = inOrder(chapters).map(({ at, title }, i) =>
    makeElement(
      element.chapter,
      makeElement(element.chapterId, bytesOf(i + 1, 4)),
      makeElement(element.begins, bytesOf(Math.max(0, Math.round(at * 1e9)), 8)),
      makeElement(
        element.display,
        makeElement(element.chapterTitle, new TextEncoder().encode(title)),
        makeElement(element.chapterLanguage, new TextEncoder().encode('und')),
      ),
    ),
  );
  return makeElement(element.edition, joinBytes(atoms));
}
