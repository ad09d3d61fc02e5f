import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bestTable,
  codesOf,
  findSymbol,
  lookupOf,
  readTables,
  writeTables,
} from '../../../../src/formats/jpeg/huffman';

/** Steep ones, too: of these the best codes would be longer than sixteen bits. */
const frequencies = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 40 })), {
    minLength: 1,
    maxLength: 256,
  })
  .map((all) => {
    const counts = new Float64Array(256);
    for (const [symbol, power] of all) counts[symbol] = Math.round(1.9 ** power);
    return counts;
  });

test('every symbol that occurs has a code of its own, of at most 16 bits and not of ones alone', () => {
  fc.assert(
    fc.property(frequencies, (counts) => {
      const table = bestTable(counts);
      const { codes, lengths } = codesOf(table);
      const lookup = lookupOf(table);
      for (let symbol = 0; symbol < 256; symbol++) {
        expect(lengths[symbol]! > 0).toBe(counts[symbol]! > 0);
        if (lengths[symbol] === 0) continue;
        expect(lengths[symbol]).toBeLessThanOrEqual(16);
        expect(codes[symbol]).toBeLessThan(2 ** lengths[symbol]! - 1);
        // Whatever follows a code does not change what it is read as.
        for (const rest of [0, 2 ** (16 - lengths[symbol]!) - 1]) {
          const bits = (codes[symbol]! << (16 - lengths[symbol]!)) | rest;
          expect(findSymbol(lookup, bits)).toBe((lengths[symbol]! << 8) | symbol);
        }
      }
      expect(() => findSymbol(lookup, 0xffff)).toThrow(RangeError);
    }),
  );
});

test('codes come near the least that symbols can take', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 2 }), (all) => {
      const counts = new Float64Array(256);
      all.slice(0, 200).forEach((count, symbol) => (counts[symbol] = count));
      const { lengths } = codesOf(bestTable(counts));
      const total = counts.reduce((sum, count) => sum + count, 0);
      const bits = counts.reduce((sum, count, symbol) => sum + count * lengths[symbol]!, 0);
      const entropy = counts.reduce(
        (sum, count) => (count > 0 ? sum - count * Math.log2(count / total) : sum),
        0,
      );
      // Shannon: within a bit a symbol; and the code that is left out may cost one more of a rare one.
      expect(bits).toBeGreaterThanOrEqual(entropy - 1e-6);
      expect(bits).toBeLessThanOrEqual(entropy + total * 1.1 + 2);
    }),
  );
});

test('a segment of tables is read as it was written', () => {
  fc.assert(
    fc.property(frequencies, frequencies, (one, other) => {
      const tables = new Map([
        [0x00, bestTable(one)],
        [0x11, bestTable(other)],
      ]);
      const segment = writeTables(tables);
      expect((segment[2]! << 8) + segment[3]!).toBe(segment.length - 2);
      expect(readTables(segment.slice(4))).toEqual(tables);
    }),
  );
});
