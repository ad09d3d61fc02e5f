/** Samples of a pixel, by colour type. W3C PNG (third edition), table 8. */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Where the passes of an interlaced picture begin, and how far apart their pixels are. W3C PNG, 8.2. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Rows of whole bytes of a picture that is not interlaced, or of one of its passes. */
export type Pass = {
  /** Of each row, with the one before it that names its filter. */
  readonly rowBytes: number;
  readonly rows: number;
};

/**
 * How a picture's pixels lie before they are packed.
 *
 * @param ihdr The body of a header chunk.
 * @returns Its passes in their order; null where the header makes no sense.
 */
export function readPasses(ihdr: Uint8Array): readonly Pass[] | null {
  const view = new DataView(ihdr.buffer, ihdr.byteOffset, ihdr.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colour, interlace] = [view.getUint8(8), view.getUint8(9), view.getUint8(12)];
  const samples = samplesOf[colour];
  if (!samples || !width || !height) return null;
  const pass = (across: number, down: number): Pass => ({
    rowBytes: 1 + Math.ceil((across * samples * depth) / 8),
    rows: across > 0 ? Math.max(0, down) : 0,
  });
  if (interlace === 0) return [pass(width, height)];
  return passes.map(([x, y, stepX, stepY]) =>
    pass(Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)),
  );
}

/** The last filter that there is. W3C PNG, table 9.1. */
const lastFilter = 4;

/** Looks where pixels, which come in parts, cease to be any: what follows a wrong bit unpacks to noise. */
export class FilterWatch {
  readonly #rows: Iterator<number>;
  #next: number | undefined;
  #seen = 0;

  /** @param picture Its passes. */
  constructor(picture: readonly Pass[]) {
    this.#rows = rowStarts(picture);
    this.#next = this.#rows.next().value as number | undefined;
  }

  /**
   * @param part The next of the unpacked bytes.
   * @returns How many of them come before a row whose filter does not exist: all where there is none.
   */
  count(part: Uint8Array): number {
    const start = this.#seen;
    this.#seen += part.length;
    for (; this.#next !== undefined && this.#next < this.#seen;) {
      if (part[this.#next - start]! > lastFilter) return this.#next - start;
      this.#next = this.#rows.next().value as number | undefined;
    }
    return part.length;
  }
}

function* rowStarts(picture: readonly Pass[]): Generator<number> {
  let at = 0;
  for (const { rowBytes, rows } of picture)
    for (let row = 0; row < rows; row++, at += rowBytes) yield at;
}
