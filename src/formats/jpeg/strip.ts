import type { Bytes } from '../metadata/metadata';
import { BitReader } from './bits';
import { isFrame } from './header';
import { lookupOf, readTables, type Lookup } from './huffman';
import { segments } from './metadata';

/** How a component of a picture is coded. */
export type Component = {
  /** Blocks of it in a unit of the scan. */
  readonly blocks: number;
  /** Places of its tables, as a file states them: for means, and for all else. */
  readonly tables: readonly [dc: number, ac: number];
};

/** A baseline JPEG of one scan. */
export type Strip = {
  /** What is before the scan's bits but for the Huffman tables and the scan's own header: `FF D8` and segments. */
  readonly head: Bytes;
  /** The scan's header with its marker. */
  readonly scanHead: Bytes;
  /** Where the frame's height is in the head. */
  readonly heightAt: number;
  readonly height: number;
  readonly components: readonly Component[];
  /** Units of the scan. */
  readonly units: number;
  /** By their places. */
  readonly lookups: ReadonlyMap<number, Lookup>;
  /** A reader at the first of the scan's bits. */
  readonly open: () => BitReader;
};

/**
 * Takes apart a file as MozJPEG writes it: baseline, all components in one scan, no restarts. Source: ITU-T T.81, annex B.
 *
 * @param file The file.
 * @returns Its parts.
 * @throws {RangeError} Where it is of another kind.
 */
export function readStrip(file: Bytes): Strip {
  const kept: Bytes[] = [file.subarray(0, 2)];
  const lookups = new Map<number, Lookup>();
  let [end, length, heightAt] = [2, 2, 0];
  let frame: Bytes | undefined;
  for (const { marker, body } of segments(file)) {
    const start = end;
    end += 4 + body.length;
    if (marker === 0xc4) {
      for (const [place, table] of readTables(body)) lookups.set(place, lookupOf(table));
      continue;
    }
    if (marker === 0xdd || (isFrame(marker) && marker !== 0xc0)) throw new RangeError('kind');
    if (marker === 0xc0) [frame, heightAt] = [body, length + 5];
    kept.push(file.subarray(start, end));
    length += end - start;
  }
  const scan = file.subarray(end);
  if (!frame || scan[0] !== 0xff || scan[1] !== 0xda) throw new RangeError('kind');
  const scanBytes = 2 + (scan[2]! << 8) + scan[3]!;
  const head = new Uint8Array(length);
  for (let at = 0, i = 0; i < kept.length; at += kept[i++]!.length) head.set(kept[i]!, at);
  const height = (frame[1]! << 8) | frame[2]!;
  return {
    ...{ head, scanHead: scan.slice(0, scanBytes), heightAt, height, lookups },
    ...readComponents(frame, scan),
    open: () => new BitReader(file, end + scanBytes),
  };
}

function readComponents(frame: Bytes, scan: Bytes): Pick<Strip, 'components' | 'units'> {
  const [height, width] = [(frame[1]! << 8) | frame[2]!, (frame[3]! << 8) | frame[4]!];
  const count = frame[5]!;
  if (scan[4] !== count) throw new RangeError('kind');
  const found = Array.from({ length: count }, (_, i) => {
    const [across, down] = [frame[7 + i * 3]! >> 4, frame[7 + i * 3]! & 15];
    const places = scan[6 + i * 2]!;
    return { across, down, tables: [places >> 4, 0x10 | (places & 15)] as const };
  });
  // A scan of one component has one block a unit, whatever the frame says of it.
  const isAlone = count === 1;
  const most = (of: (each: { across: number; down: number }) => number) =>
    isAlone ? 1 : Math.max(...found.map(of));
  const units =
    Math.ceil(width / (8 * most(({ across }) => across))) *
    Math.ceil(height / (8 * most(({ down }) => down)));
  const components = found.map(({ across, down, tables }) => ({
    blocks: isAlone ? 1 : across * down,
    tables,
  }));
  return { components, units };
}

/** What is told of each symbol of a scan. */
export interface SymbolSink {
  /**
   * A symbol and the bits behind it.
   *
   * @param table The place of its table.
   * @param symbol 0..255.
   * @param value The bits that follow it, as a number.
   * @param count How many these are.
   */
  put(table: number, symbol: number, value: number, count: number): void;
}

/**
 * Tells of a strip's symbols as they are in a scan that goes on from the strip above. Only the first mean of each component
 * differs: it is told by its difference to the last one. Source: ITU-T T.81, F.1.2.
 *
 * @param strip The strip.
 * @param above Each component's last mean in the strip above, zeros for the first strip.
 * @param sink Told of them.
 * @returns Each component's last mean in this one.
 * @throws {RangeError} Where its bits are none that an encoder writes.
 */
export function walkStrip(
  { components, units, lookups, open }: Strip,
  above: readonly number[],
  sink: SymbolSink,
): readonly number[] {
  const bits = open();
  const last = components.map(() => 0);
  const carried = [...above];
  const parts = components.map(({ blocks, tables: [dc, ac] }) => {
    return { blocks, dc, ac, dcLookup: must(lookups.get(dc)), acLookup: must(lookups.get(ac)) };
  });
  for (let unit = 0; unit < units; unit++)
    for (let c = 0; c < parts.length; c++) {
      const { blocks, dc, ac, dcLookup, acLookup } = parts[c]!;
      for (let block = 0; block < blocks; block++) {
        const difference = readDifference(bits, dcLookup);
        last[c]! += difference;
        putDifference(sink, dc, difference - carried[c]!);
        carried[c] = 0;
        walkBlock(bits, ac, acLookup, sink);
      }
    }
  return last;
}

/** Runs of zeros and what ends them, to the block's end. */
function walkBlock(bits: BitReader, table: number, lookup: Lookup, sink: SymbolSink): void {
  for (let k = 1; k < 64; k++) {
    const symbol = bits.symbol(lookup);
    const size = symbol & 15;
    sink.put(table, symbol, size > 0 ? bits.bits(size) : 0, size);
    // Sixteen zeros, or none but zeros to the end.
    if (size === 0 && symbol !== 0xf0) return;
    k += symbol >> 4;
  }
}

/** The difference of two means: its length in bits, and these. */
function readDifference(bits: BitReader, lookup: Lookup): number {
  const size = bits.symbol(lookup);
  if (size === 0) return 0;
  const value = bits.bits(size);
  return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
}

function putDifference(sink: SymbolSink, table: number, difference: number): void {
  const size = 32 - Math.clz32(Math.abs(difference));
  sink.put(table, size, difference < 0 ? difference + (1 << size) - 1 : difference, size);
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('kind');
  return value;
}
