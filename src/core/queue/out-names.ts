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
};

/** What may stand in a pattern, between braces. */
export const patternParts = ['name', 'scale', 'n', 'width', 'height'] as const;

/**
 * A path as folders and a name that no file system refuses, and that leads nowhere else.
 *
 * @param path Anything, with slashes; also one from an archive.
 * @returns The same without empty parts, `.` and `..`, and with `-` for what Windows, or anybody, has no room for.
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
 * @returns In the photo's folder; for example `2024/beach-2x.jpg`.
 */
export function resultPath(pattern: string, facts: NameFacts): string {
  const parts = safePath(facts.path).split('/');
  const name = parts.pop()!.replace(/(.)\.[^.]{1,5}$/, '$1');
  const { number, total, scale, width, height, extension } = facts;
  const filled: Readonly<Record<(typeof patternParts)[number], string | number>> = {
    ...{ name, width, height },
    scale: scale === 1 ? 'enhanced' : `${scale}x`,
    n: String(number).padStart(String(total).length, '0'),
  };
  const text = pattern.replace(/\{(\w+)\}/g, (whole, part: string) =>
    part in filled ? String(filled[part as keyof typeof filled]) : whole,
  );
  const stem = shorten(safeName(text.trim().replaceAll('/', '-')) || name, extension);
  return [...parts, `${stem}.${extension}`].join('/');
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

function safeName(name: string): string {
  const shown = name

    .replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\\/:*?"<>|]/g, '-')
    .replace(/[. ]+$/, '')
    .trimStart();
  // Devices, to Windows, with any ending.
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(shown) ? `_${shown}` : shown;
}

function shorten(stem: string, extension: string): string {
  const room = mostNameBytes - extension.length - 1;
  let [bytes, kept] = [0, ''];
  for (const letter of stem) {
    bytes += countBytes(letter.codePointAt(0)!);
    if (bytes > room) break;
    kept += letter;
  }
  return kept;
}

/** How long a code point is in UTF-8. */
function countBytes(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x1_0000 ? 3 : 4;
}
