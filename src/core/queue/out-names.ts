/** How results are named where nobody says otherwise. */
export const usualPattern = '{name}-{scale}';

/** Most bytes of a name in UTF-8, its ending included: file systems stop at 255. */
const mostNameBytes = 200;

/** What a pattern may name. */
export type NameFacts = {
  /** The photo's path, with slashes. */
  readonly path: string;
  /** Its place among all, from 1. */
  readonly number: number;
  /** How many there are: the number is written with as many digits. */
  readonly total: number;
  /** By how much it was enlarged. */
  readonly scale: number;
  /** The result's, in pixels. */
  readonly width: number;
  /** The result's, in pixels. */
  readonly height: number;
  /** Of the result's format, without a dot. */
  readonly extension: string;
  /** Whether another photo of its folder differs from it in its ending alone; false by default. */
  readonly hasTwin?: boolean;
};

/** What may stand in a pattern, between braces. */
export const patternParts = ['name', 'scale', 'n', 'width', 'height'] as const;

/**
 * A path as folders and a name that no file system refuses, nor a browser that writes into folders, and that leads nowhere else.
 *
 * @param path Anything, with slashes; also one from an archive.
 * @returns The same without empty parts, `.` and `..`, without letters that nobody sees, and with `-` for what Windows, or anybody, has
 *   no room for.
 */
export function safePath(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/');
  const kept = parts.filter((part) => !/^\.*$/.test(part.trim())).map(safeName);
  return kept.join('/') || 'photo';
}

/**
 * The path of a result.
 *
 * @param pattern What it is to be called, without its ending; `{name}`, `{scale}`, `{n}`, `{width}` and `{height}` are filled. One
 *   that says nothing is taken for `{name}`.
 * @param facts What is known of it.
 * @returns In the photo's folder; for example `2024/beach-2x.jpg`. The name of a photo with a twin has its ending where the result has
 *   another, whichever of the two is done first: `beach.png-2x.jpg`. A name that is too long is cut, and nothing else of the pattern.
 */
export function resultPath(pattern: string, facts: NameFacts): string {
  const parts = safePath(facts.path).split('/');
  const file = parts.pop()!;
  const { number, total, scale, width, height, extension, hasTwin = false } = facts;
  const isOwnEnding = file.toLowerCase().endsWith(`.${extension}`);
  const name = hasTwin && !isOwnEnding ? file : stemOf(file);
  const fill = (shown: string): string => {
    const filled: Readonly<Record<(typeof patternParts)[number], string | number>> = {
      ...{ name: shown, width, height },
      scale: scale === 1 ? 'enhanced' : `${scale}x`,
      n: String(number).padStart(String(total).length, '0'),
    };
    const text = pattern.replace(/\{(\w+)\}/g, (whole, part: string) =>
      part in filled ? String(filled[part as keyof typeof filled]) : whole,
    );
    return safeName(text.trim().replaceAll('/', '-')) || shown;
  };
  const room = mostNameBytes - extension.length - 1;
  const over = countBytes(fill(name)) - room;
  const stem = over > 0 ? fill(shorten(name, Math.max(1, countBytes(name) - over))) : fill(name);
  return [...parts, `${shorten(stem, room)}.${extension}`].join('/');
}

/**
 * What photos have in common that differ in their endings alone.
 *
 * @param path A photo's, with slashes.
 * @returns The same text for all that would have a name in common, on file systems that do not tell cases and accents apart either.
 */
export function twinKey(path: string): string {
  const parts = safePath(path).split('/');
  const name = parts.pop()!;
  return keyOf([...parts, stemOf(name)].join('/'));
}

/** Sees to it that no two results have one path, on file systems that do not tell cases and accents apart either. */
export class OutNames {
  readonly #taken = new Set<string>();

  /**
   * Takes a path, or one like it.
   *
   * @param path As it should be.
   * @returns The same; with a number before its ending where it is taken.
   */
  claim(path: string): string {
    const [, stem = path, ending = ''] = /^(.*?)(\.[^./]*)?$/s.exec(path) ?? [];
    for (let count = 1; ; count++) {
      const free = count === 1 ? path : `${stem} (${count})${ending}`;
      if (this.#taken.has(keyOf(free))) continue;
      this.#taken.add(keyOf(free));
      return free;
    }
  }

  /**
   * Gives a path back, since nothing came of it.
   *
   * @param path From {@link OutNames.claim}.
   */
  release(path: string): void {
    this.#taken.delete(keyOf(path));
  }
}

const keyOf = (path: string): string => path.normalize('NFC').toLowerCase();

const stemOf = (name: string): string => name.replace(/(.)\.[^.]{1,5}$/, '$1');

/** What Chromium does not write into a folder: what nobody sees, halves of letters, and what is none. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** Devices, to Windows, with any ending; and what its shell follows elsewhere. */
const [device, shortcut] = [
  /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$|clock\$)(\.|$)/i,
  /\.(lnk|scf|url|\{[^}]*\})$/i,
];

function safeName(name: string): string {
  const shown = name
    .replace(unseen, '')
    // Windows takes what has a tilde for a short name, and Chromium no name that begins or ends with one.
    .replace(/[\\/:*?"<>|~]/g, '-')
    .replace(/[.\s]+$/u, '')
    .replace(/^\s+/u, '')
    .replace(/^\.+/, '.');
  return `${device.test(shown) ? '_' : ''}${shown}${shortcut.test(shown) ? '_' : ''}`;
}

/** As much of a text as there is room for in UTF-8, and never half of what is read as one letter. */
function shorten(text: string, room: number): string {
  if (countBytes(text) <= room) return text;
  let [bytes, kept] = [0, ''];
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += countBytes(segment);
    if (bytes > room) break;
    kept += segment;
  }
  return kept.trimEnd();
}

/** How long a text is in UTF-8. */
function countBytes(text: string): number {
  let bytes = 0;
  for (const letter of text) {
    const point = letter.codePointAt(0)!;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
