import { joinBytes } from '../metadata/bytes';
import type { Bytes } from '../metadata/metadata';
import { BitWriter } from './bits';
import { bestTable, codesOf, writeTables, type Codes, type HuffmanTable } from './huffman';
import { readStrip, walkStrip, type Strip, type SymbolSink } from './strip';

/** Rows of strips are multiples of this: of blocks of 8 whose colour has half the resolution. */
export const stripStep = 16;

/**
 * Makes one JPEG of strips of a picture that were encoded each for itself, without any loss: their coefficients stay as they
 * are, coded anew by tables that are the best for all of them. Strips are set aside packed, and no more of the file is held
 * than a piece.
 */
export class StripJoiner {
  readonly #strips: Blob[] = [];
  readonly #counter = new SymbolCounter();
  #first: Strip | undefined;
  #last: readonly number[] = [];
  #height = 0;

  /**
   * Adds the next strip.
   *
   * @param file A baseline JPEG of one scan, as wide as the others and of the same quality; its height, but for the
   *   last, is a multiple of {@link stripStep}.
   * @throws {RangeError} Where it is another kind of file, or does not fit the strips above.
   */
  add(file: Bytes): void {
    const strip = readStrip(file);
    const first = (this.#first ??= strip);
    if (!isAlike(first, strip) || this.#height % stripStep > 0) throw new RangeError('strip');
    const above = this.#last.length > 0 ? this.#last : strip.components.map(() => 0);
    this.#last = walkStrip(strip, above, this.#counter);
    this.#height += strip.height;
    this.#strips.push(new Blob([file]));
  }

  /**
   * Writes the file, once all strips are added.
   *
   * @yields Its parts, one after the other: first all that is before the scan's bits.
   * @throws {RangeError} Where there is no strip.
   */
  async *write(): AsyncGenerator<Bytes> {
    const first = this.#first;
    if (!first) throw new RangeError('strip');
    const tables = this.#counter.tables();
    const head = first.head.slice();
    new DataView(head.buffer).setUint16(first.heightAt, this.#height);
    yield joinBytes([head, writeTables(tables), first.scanHead]);
    const writer = new SymbolWriter(tables);
    let above: readonly number[] = first.components.map(() => 0);
    for (const blob of this.#strips) {
      const strip = readStrip(new Uint8Array(await blob.arrayBuffer()));
      above = walkStrip(strip, above, writer);
      yield* writer.bits.take();
    }
    yield* writer.bits.end();
    yield Uint8Array.of(0xff, 0xd9);
  }
}

/** Whether two strips differ in nothing but their height and their Huffman tables. */
function isAlike(a: Strip, b: Strip): boolean {
  const isHeight = (at: number) => at === a.heightAt || at === a.heightAt + 1;
  const same = (one: Bytes, other: Bytes, but: (at: number) => boolean) =>
    one.length === other.length && one.every((byte, at) => byte === other[at] || but(at));
  return (
    a.heightAt === b.heightAt &&
    same(a.head, b.head, isHeight) &&
    same(a.scanHead, b.scanHead, () => false)
  );
}

/** Places of tables are five bits. */
const places = 32;

/** How often each symbol of each table occurs. */
class SymbolCounter implements SymbolSink {
  readonly #counts = new Float64Array(places * 256);

  put(table: number, symbol: number): void {
    this.#counts[(table << 8) | symbol]!++;
  }

  /** The best table in each place that is used. */
  tables(): Map<number, HuffmanTable> {
    const tables = new Map<number, HuffmanTable>();
    for (let place = 0; place < places; place++) {
      const counts = this.#counts.subarray(place << 8, (place + 1) << 8);
      if (counts.some((count) => count > 0)) tables.set(place, bestTable(counts));
    }
    return tables;
  }
}

class SymbolWriter implements SymbolSink {
  readonly bits = new BitWriter();
  readonly #codes: readonly (Codes | undefined)[];

  constructor(tables: ReadonlyMap<number, HuffmanTable>) {
    this.#codes = Array.from({ length: places }, (_, place) => {
      const table = tables.get(place);
      return table && codesOf(table);
    });
  }

  put(table: number, symbol: number, value: number, count: number): void {
    const { codes, lengths } = this.#codes[table]!;
    this.bits.put(codes[symbol]!, lengths[symbol]!);
    this.bits.put(value, count);
  }
}
