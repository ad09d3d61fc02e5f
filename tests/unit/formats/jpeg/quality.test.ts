import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJpegQuality } from '../../../../src/formats/jpeg/quality';

const folder = new URL('../../../fixtures/formats/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));

/** Luminance at quality 50 in zigzag order: what every libjpeg file of that quality has. */
const half = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37,
  29, 40, 58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
  95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];
const times = (factor: number) => half.map((step) => Math.max(1, Math.round(step * factor)));

function segment(marker: number, body: readonly number[]): number[] {
  return [0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body];
}

const table = (number: number, steps: readonly number[]) => segment(0xdb, [number, ...steps]);
const wideTable = (number: number, steps: readonly number[]) =>
  segment(0xdb, [0x10 | number, ...steps.flatMap((step) => [step >> 8, step & 255])]);
/** A frame of 8 x 8 with a component for each number of a table. */
const frame = (...numbers: number[]) => {
  const components = numbers.flatMap((number, i) => [i + 1, 0x11, number]);
  return segment(0xc0, [8, 0, 8, 0, 8, numbers.length, ...components]);
};
const file = (...segments: number[][]) => Uint8Array.from([0xff, 0xd8, ...segments.flat()]);

describe('the quality of real files', () => {
  test.each([
    ['gray.jpg', 92],
    ['progressive.jpg', 92],
    ['cmyk.jpg', 92],
    ['profile.jpg', 92],
    ['orientation-6.jpg', 92],
    ['one.jpg', 75],
    ['cut.jpg', 90],
  ])('%s was saved at %i', (name, quality) => {
    expect(readJpegQuality(read(name))).toBe(quality);
  });

  test.each(['rgb.png', 'lossy.webp', 'still.gif', 'text.jpg', 'empty.jpg'])(
    '%s is no JPEG',
    (name) => {
      expect(readJpegQuality(read(name))).toBeNull();
    },
  );
});

describe('the quality of a table', () => {
  test.each([
    [100, half.map(() => 1)],
    [75, times(0.5)],
    [50, half],
    [25, times(2)],
  ])('%i, of 8 and of 16 bit', (quality, steps) => {
    expect(readJpegQuality(file(table(0, steps)))).toBe(quality);
    expect(readJpegQuality(file(wideTable(0, steps)))).toBe(quality);
  });

  test('a table of 16 bit may go below what 8 bit can say', () => {
    expect(readJpegQuality(file(wideTable(0, times(10))))).toBe(5);
  });

  test('a table that is not libjpeg’s has the nearest quality', () => {
    const flatter = half.map((step) => Math.round((step + 30) / 3));
    expect(readJpegQuality(file(table(0, flatter)))).toBeGreaterThan(60);
    expect(readJpegQuality(file(table(0, flatter)))).toBeLessThan(85);
  });

  test.each(Array.from({ length: 100 }, (_, i) => i + 1))('of libjpeg is %i', (quality) => {
    const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
    const steps = half.map((base) =>
      Math.max(1, Math.min(255, Math.floor((base * percent + 50) / 100))),
    );
    const read8 = readJpegQuality(file(table(0, steps)))!;
    // Under 5, tables hold little but 255.
    expect(Math.abs(read8 - quality)).toBeLessThanOrEqual(quality < 5 ? 3 : 0);
  });

  test('of another shape is that of a table that takes as much', () => {
    // Levels of 255 that a flat table of 5 takes of every frequency: much of the low, little of the high.
    const flat = half.map(() => 5);
    expect(readJpegQuality(file(table(0, flat)))).toBeGreaterThan(85);
    expect(readJpegQuality(file(table(0, flat)))).toBeLessThan(95);
    const steep = half.map((step) => Math.min(255, Math.round(step ** 1.4 / 4)));
    expect(readJpegQuality(file(table(0, steep)))).toBeGreaterThan(25);
    expect(readJpegQuality(file(table(0, steep)))).toBeLessThan(65);
  });

  test('is that of the luminance, which is not the first component in every file', () => {
    const colour = half.map(() => 28);
    const luminance = half.map((_, i) => Math.round(4.6 + i / 9));
    const third = half.map((_, i) => 14 + i);
    const tables = [table(0, colour), table(1, luminance), table(2, third)];
    const quality = readJpegQuality(file(...tables, frame(0, 1, 2)));
    expect(quality).toBeGreaterThan(82);
    expect(quality).toBeLessThan(94);
  });

  test('the table that counts is one that a component uses, wherever it stands', () => {
    expect(readJpegQuality(file(table(0, half), table(1, times(2)), frame(1)))).toBe(25);
    expect(readJpegQuality(file(frame(1), table(1, times(2)), table(0, half)))).toBe(25);
    expect(readJpegQuality(file(table(0, half), table(1, times(2))))).toBe(50);
  });

  test('two tables may share a segment', () => {
    const both = segment(0xdb, [0, ...half, 1, ...times(2)]);
    expect(readJpegQuality(file(both, frame(1)))).toBe(25);
  });

  test('a table that is cut off does not count', () => {
    expect(readJpegQuality(file(table(0, half)).subarray(0, 40))).toBeNull();
    expect(readJpegQuality(file(table(0, half), table(0, times(2)).slice(0, 40)))).toBe(50);
    expect(readJpegQuality(file())).toBeNull();
  });
});

describe('any bytes at all', () => {
  const expectCalm = (bytes: Uint8Array) => {
    const quality = readJpegQuality(bytes);
    if (quality === null) return;
    expect(Number.isInteger(quality)).toBe(true);
    expect(quality).toBeGreaterThanOrEqual(1);
    expect(quality).toBeLessThanOrEqual(100);
  };

  test('random bytes after the start give a quality or null', () => {
    const bytes = fc.uint8Array({ maxLength: 400 });
    const tables = fc.constantFrom<number[]>([], [0xff, 0xdb, 0, 67, 0], [0xff, 0xdb, 1, 3, 0x10]);
    fc.assert(
      fc.property(tables, bytes, (start, rest) => {
        expectCalm(Uint8Array.from([0xff, 0xd8, ...start, ...rest]));
        expectCalm(rest);
      }),
      { numRuns: 2000 },
    );
  });

  test('real files with bytes changed or cut off give a quality or null', () => {
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.jpg'))
      .map(read);
    const changes = fc.array(fc.tuple(fc.nat(700), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...files), changes, fc.nat(1000), (original, edits, end) => {
        const bytes = original.slice(0, end);
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
        expectCalm(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  // One that is read anew for every byte of it takes an hour, past any limit of a test runner.
  test('a megabyte of padding or of tables does not hang', () => {
    expectCalm(Uint8Array.from([0xff, 0xd8, ...new Array<number>(2 ** 20).fill(0xff)]));
    const segments = new Array<number[]>(2 ** 14).fill(table(0, half));
    expectCalm(file(...segments));
  });
});
