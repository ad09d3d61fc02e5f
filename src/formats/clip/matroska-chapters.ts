import { joinBytes } from '../metadata/bytes';
import type { FilePart, WrittenHead } from './beside-copy';
import {
  bytesOf,
  element,
  elementsOf,
  makeElement,
  numberOf,
  readElement,
  sizeOf,
} from './elements';

/** The stretch of a clip that chapters are copied of, in seconds of its own time: its beginning becomes 0. */
type Stretch = { readonly origin: number; readonly until: number };

/** Units of a chapter's time in a second. */
const units = 1e9;

/**
 * What of a clip's chapters is in a stretch. Titles, languages and numbers stay as they are, as bytes; only times are changed, and what lies outside is left out.
 * Source: RFC 9559, 5.1.7.
 *
 * @param chapters What is in the element of chapters.
 * @param stretch Which.
 * @returns The same of the stretch; null where there is none in it.
 */
export function chaptersWithin(chapters: Uint8Array, stretch: Stretch): Uint8Array | null {
  const editions = [...elementsOf(chapters)].flatMap(([id, edition]) => {
    if (id !== element.edition) return [];
    const parts = atomsWithin(edition, stretch, stretch.until);
    return parts.some(({ isChapter }) => isChapter)
      ? [makeElement(id, ...parts.map(({ bytes }) => bytes))]
      : [];
  });
  return editions.length > 0 ? joinBytes(editions) : null;
}

type Part = { readonly bytes: Uint8Array; readonly isChapter: boolean };

/** An edition's or a chapter's own parts, with the chapters in it; one that says no end ends where the next begins, or all does. */
function atomsWithin(parent: Uint8Array, stretch: Stretch, end: number): readonly Part[] {
  const all = [...elementsOf(parent)];
  return all.flatMap(([id, inner], i): readonly Part[] => {
    if (id !== element.chapter) return [{ bytes: makeElement(id, inner), isChapter: false }];
    const next = all.slice(i + 1).find(([other]) => other === element.chapter);
    const until = timeIn(inner, element.ends) ?? (next && timeIn(next[1], element.begins)) ?? end;
    const bytes = chapterWithin(inner, stretch, until);
    return bytes ? [{ bytes, isChapter: true }] : [];
  });
}

function chapterWithin(chapter: Uint8Array, stretch: Stretch, until: number): Uint8Array | null {
  const begins = timeIn(chapter, element.begins) ?? 0;
  if (begins >= stretch.until || (begins < stretch.origin && until <= stretch.origin)) return null;
  const parts = atomsWithin(chapter, stretch, until).map(({ bytes }) => {
    const head = readElement(bytes, 0)!;
    if (head.id !== element.begins && head.id !== element.ends) return bytes;
    const time = numberOf(bytes.subarray(head.from)) / units;
    const within = Math.min(time, stretch.until) - stretch.origin;
    return makeElement(head.id, bytesOf(Math.max(0, Math.round(within * units)), 8));
  });
  return makeElement(element.chapter, ...parts);
}

function timeIn(chapter: Uint8Array, wanted: number): number | null {
  for (const [id, time] of elementsOf(chapter)) if (id === wanted) return numberOf(time) / units;
  return null;
}

/**
 * Puts chapters into a file that has been written without. They lie behind all else, and its index of parts tells where: in the place of what it tells of the part that lies right
 * behind it, which is found without.
 *
 * @param chapters What is in the element of chapters.
 * @param written The beginning of the file's segment, up to its first cluster.
 * @param length Bytes of the whole file.
 * @returns What is to be written into it; nothing where it has no such index.
 */
export function putChapters(
  chapters: Uint8Array,
  { bytes: head, position }: WrittenHead,
  length: number,
): readonly FilePart[] {
  const segment = readElement(head, 0);
  const index = segment && readElement(head, segment.from);
  const first = index && readElement(head, index.from);
  if (!segment || index?.id !== element.seekHead || first?.id !== element.seek) return [];
  const made = makeElement(element.chapters, chapters);
  const [id, place] = [...elementsOf(head.subarray(first.from, first.to))].map(([, part]) => part);
  const inside = position + segment.from;
  const whereIs = (part: Uint8Array) => position + part.byteOffset - head.byteOffset;
  const size = sizeOf(length + made.length - inside, segment.from - segment.sizeAt);
  return [
    { position: position + segment.sizeAt, data: size },
    { position: whereIs(id!), data: bytesOf(element.chapters, id!.length) },
    { position: whereIs(place!), data: bytesOf(length - inside, place!.length) },
    { position: length, data: made },
  ];
}
