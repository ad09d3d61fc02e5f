import { expect, test } from 'vitest';
import { bitRates, codingRate } from '../../../../src/core/film/clip-quality';

const fullHd = { width: 1920, height: 1080, frameRate: 25, isByBitRate: true };

/** Bits a second; a test that asks for something else fails. */
function bitsOf(...asked: Parameters<typeof codingRate>): number {
  const rate = codingRate(...asked);
  if (!('bitrate' in rate)) throw new Error('told what to keep');
  return rate.bitrate;
}

test('what looks the same takes three tenths of a bit for a pixel of Full HD, and more for one of a small picture', () => {
  const bits = bitsOf('same', fullHd);
  expect(bits / (1920 * 1080 * 25)).toBeCloseTo(0.3, 2);
  const small = { ...fullHd, width: 480, height: 270 };
  expect(bitsOf('same', small) / (480 * 270 * 25)).toBeCloseTo(0.6, 1);
});

test('smaller takes less than half of that, whichever the size', () => {
  for (const side of [16, 160, 4096]) {
    const clip = { ...fullHd, width: side, height: side };
    expect(bitsOf('smaller', clip)).toBeLessThan(bitsOf('same', clip) / 2);
  }
});

test('bits grow with the pictures a second as far as 60, and 30 are taken where nobody knows', () => {
  const at = (frameRate: number) => bitsOf('same', { ...fullHd, frameRate });
  expect(at(50) / at(25)).toBeCloseTo(2, 5);
  expect(at(240)).toBe(at(60));
  expect(at(0)).toBe(at(30));
});

test('an encoder that can be told what to keep is told that, less for smaller', () => {
  const clip = { ...fullHd, isByBitRate: false };
  expect(codingRate('same', clip)).toEqual({ quality: 1 });
  const { quality } = codingRate('smaller', clip) as { quality: number };
  expect(quality).toBeGreaterThan(0);
  expect(quality).toBeLessThan(1);
});

test('a rate of the person’s own is what every encoder is told, in whole bits', () => {
  for (const isByBitRate of [true, false])
    expect(codingRate(5e6 + 0.4, { ...fullHd, isByBitRate })).toEqual({ bitrate: 5e6 });
  expect(bitRates[0]).toBeLessThan(bitRates[1]);
});
