import type { Bytes } from '../metadata/metadata';

/** A table as a file states it. ITU-T T.81, B.2.4.2. */
export type HuffmanTable = {
  /** How many codes there are of each length, 1 to 16 bits. */
  readonly counts: readonly number[];
  /** What the codes stand for, 0..255, the shortest first. */
  readonly symbols: readonly number[];
};

const mostBits = 16;

/** Bits that are looked up at once: nearly all codes of a photo are no longer. */
const fastBits = 9;

/** For each symbol its code and how many bits that has; 0 where the table lacks it. */
export type Codes = { readonly codes: Uint16Array; readonly lengths: Uint8Array };

/**
 * The codes of a table. Source: ITU-T T.81, annex C.
 *
 * @param table The table.
 * @returns By symbol.
 */
export function codesOf({ counts, symbols }: HuffmanTable): Codes {
  const codes = new Uint16Array(256);
  const lengths = new Uint8Array(256);
  let [code, next] = [0, 0];
  for (let length = 1; length <= mostBits; length++) {
    for (let i = 0; i < (counts[length - 1] ?? 0); i++) {
      const symbol = symbols[next++] ?? 0;
      codes[symbol] = code++;
      lengths[symbol] = length;
    }
    code <<= 1;
  }
  return { codes, lengths };
}

/** A table for reading. */
export type Lookup = {
  /** By the next nine bits: a code's length and its symbol, `length << 8 | symbol`; 0 where it is longer. */
  readonly fast: Uint16Array;
  /** By length: codes of it are below this, seen as sixteen bits. */
  readonly ends: Int32Array;
  /** By length: where its symbols are, less its first code. */
  readonly bases: Int32Array;
  readonly symbols: Uint8Array;
};

/**
 * Makes a table ready to be read by.
 *
 * @param table The table.
 * @returns What `readSymbol` needs. Source: ITU-T T.81, F.2.2.3.
 */
export function lookupOf({ counts, symbols }: HuffmanTable): Lookup {
  const fast = new Uint16Array(1 << fastBits);
  const ends = new Int32Array(mostBits + 1);
  const bases = new Int32Array(mostBits + 1);
  let [code, next] = [0, 0];
  for (let length = 1; length <= mostBits; length++) {
    bases[length] = next - code;
    for (let i = 0; i < (counts[length - 1] ?? 0); i++, code++, next++) {
      if (length > fastBits) continue;
      const from = code << (fastBits - length);
      const entry = (length << 8) | (symbols[next] ?? 0);
      fast.fill(entry, from, from + (1 << (fastBits - length)));
    }
    ends[length] = code << (mostBits - length);
    code <<= 1;
  }
  return { fast, ends, bases, symbols: Uint8Array.from(symbols) };
}

/**
 * What a code at the beginning of some bits stands for.
 *
 * @param lookup The table.
 * @param bits The next sixteen bits.
 * @returns Its length and symbol, `length << 8 | symbol`.
 * @throws {RangeError} Where no code begins like this.
 */
export function findSymbol(lookup: Lookup, bits: number): number {
  const found = lookup.fast[bits >> (mostBits - fastBits)]!;
  if (found > 0) return found;
  for (let length = fastBits + 1; length <= mostBits; length++)
    if (bits < lookup.ends[length]!)
      return (length << 8) | lookup.symbols[lookup.bases[length]! + (bits >> (mostBits - length))]!;
  throw new RangeError('code');
}

/**
 * The table with which symbols take the fewest bits, of codes of at most sixteen. Source: ITU-T T.81, K.2.
 *
 * @param frequencies How often each of 256 symbols occurs.
 * @returns The table; of the symbols that occur.
 */
export function bestTable(frequencies: Float64Array): HuffmanTable {
  const lengths = lengthsOf(frequencies);
  const counts = new Array<number>(Math.max(mostBits, ...lengths) + 1).fill(0);
  for (const length of lengths) if (length > 0) counts[length]!++;
  shorten(counts);
  const symbols = [...frequencies.keys()]
    .filter((symbol) => frequencies[symbol]! > 0)
    .sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  return { counts: counts.slice(1, mostBits + 1), symbols };
}

/** How long each symbol's code would be at best; the last, which stands for none, keeps a code of ones alone from being used. */
function lengthsOf(frequencies: Float64Array): number[] {
  const weights = [...frequencies, 1];
  const trees = weights.flatMap((weight, symbol) =>
    weight > 0 ? [{ weight, members: [symbol] }] : [],
  );
  const lengths = weights.map(() => 0);
  while (trees.length > 1) {
    // Of equals the latest, so that the symbol that stands for none gets the longest code.
    trees.sort((a, b) => b.weight - a.weight || a.members[0]! - b.members[0]!);
    const [second, first] = trees.splice(-2);
    const members = [...second!.members, ...first!.members];
    for (const each of members) lengths[each]!++;
    trees.push({ weight: first!.weight + second!.weight, members });
  }
  return lengths;
}

/** Pairs of codes that are too long go up, in exchange for a shorter one; then the longest, which stands for none, goes. */
function shorten(counts: number[]): void {
  for (let length = counts.length - 1; length > mostBits; length--)
    while (counts[length]! > 0) {
      let shorter = length - 2;
      while (counts[shorter]! === 0) shorter--;
      counts[length]! -= 2;
      counts[length - 1]!++;
      counts[shorter + 1]! += 2;
      counts[shorter]!--;
    }
  const longest = counts.findLastIndex((count) => count > 0);
  counts[longest]!--;
}

/**
 * Reads the tables of a segment.
 *
 * @param body The segment's, behind its length.
 * @returns Each with its class and place as one byte, as a file has it.
 */
export function readTables(body: Bytes): Map<number, HuffmanTable> {
  const tables = new Map<number, HuffmanTable>();
  for (let at = 0; at + 1 + mostBits <= body.length;) {
    const place = body[at++]!;
    const counts = [...body.subarray(at, (at += mostBits))];
    const total = counts.reduce((sum, count) => sum + count, 0);
    tables.set(place, { counts, symbols: [...body.subarray(at, (at += total))] });
  }
  return tables;
}

/**
 * A segment of tables.
 *
 * @param tables By their class and place.
 * @returns The segment with its marker.
 */
export function writeTables(tables: ReadonlyMap<number, HuffmanTable>): Bytes {
  const body = [...tables].flatMap(([place, { counts, symbols }]) => [
    place,
    ...counts,
    ...symbols,
  ]);
  const length = body.length + 2;
  return Uint8Array.of(0xff, 0xc4, length >> 8, length & 0xff, ...body);
}
