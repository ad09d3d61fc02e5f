import { describe, expect, test } from 'vitest';
import type { PhotoFormat } from '../../../../../src/core/format';
import { Saver } from '../../../../../src/app/state/photo/saver.svelte';

type Parts = ConstructorParameters<typeof Saver>;

/** A saver of a photo of some format, with a result of some width. */
function makeSaver(format: PhotoFormat, width: number, isLossless = false): Saver {
  const bench = {
    photo: { format, hasAlpha: false, isLossless },
    saved: { width, height: 240 },
  };
  return new Saver({} as Parts[0], bench as Parts[1]);
}

describe('the format of a result', () => {
  test("is its photo's, unless somebody chooses", () => {
    const saver = makeSaver('webp', 9);
    expect(saver.format).toBe('webp');
    saver.chosen = 'png';
    expect(saver.format).toBe('png');
  });

  test('a WebP without loss is written as one, unless somebody wants less', () => {
    const saver = makeSaver('webp', 9, true);
    expect(saver.how).toMatchObject({ format: 'webp', lossless: true });
    saver.chosenLossless = false;
    expect(saver.how.lossless).toBe(false);
    saver.chosenLossless = null;
    saver.chosen = 'avif';
    expect(saver.how).not.toHaveProperty('lossless');
    expect(makeSaver('webp', 9).how.lossless).toBe(false);
  });

  test("that the photo's own does not hold is another, and before the run it is known which", () => {
    const saver = makeSaver('webp', 32_766);
    expect(saver.format).toBe('jpeg');
    expect(saver.wanted).toBe('webp');
    expect(saver.formatFor({ width: 9, height: 16_384 })).toBe('jpeg');
    expect(saver.formatFor({ width: 9, height: 16_383 })).toBe('webp');
  });

  test('loses nothing where the photo has lost nothing', () => {
    const saver = makeSaver('webp', 32_766, true);
    expect(saver.format).toBe('png');
    saver.chosenLossless = false;
    expect(saver.format).toBe('jpeg');
  });

  test.each([
    ['avif', 16, 4000, false],
    ['avif', 16, 4001, true],
    ['avif', 8, 4001, false],
    ['heic', 16, 9, true],
    ['tiff', 16, 4001, false],
  ] as const)('of %s in %i bits, %i wide: bits are lost: %s', (format, depth, width, isLost) => {
    const bench = { photo: { format, hasAlpha: false, isLossless: false, depth }, saved: null };
    const saver = new Saver({} as Parts[0], bench as unknown as Parts[1]);
    expect(saver.losesDepth({ width, height: 4000 })).toBe(isLost);
    saver.chosenDepth = 8;
    expect(saver.losesDepth({ width, height: 4000 })).toBe(false);
  });

  test('that was chosen, and does not hold the result, is another', () => {
    const saver = makeSaver('png', 65_501);
    saver.chosen = 'jpeg';
    expect([saver.wanted, saver.format]).toEqual(['jpeg', 'png']);
  });
});
