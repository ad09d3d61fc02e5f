import { expect, test } from 'vitest';
import { profileOfCodes } from '../../../../src/formats/icc/codes';
import { readGrayResponse } from '../../../../src/formats/icc/gray-response';
import { makeRgbProfile } from '../../../../src/formats/icc/make';
import { readProfileSpace } from '../../../../src/formats/icc/profile';
import type { Bytes } from '../../../../src/formats/metadata/metadata';
import { isColoured, profileOfChunks } from '../../../../src/formats/png/colours';

/** Numbers of a tag's body, behind so many bytes. */
function readTag(profile: Bytes, name: string, skipped = 8): number[] {
  const view = new DataView(profile.buffer);
  const word = (at: number) => String.fromCharCode(...profile.subarray(at, at + 4));
  for (let at = 132, left = view.getUint32(128); left > 0; left--, at += 12) {
    if (word(at) !== name) continue;
    const [start, length] = [view.getUint32(at + 4), view.getUint32(at + 8)];
    expect([start % 4, start + length <= profile.length]).toEqual([0, true]);
    return Array.from(
      { length: Math.floor((length - skipped) / 4) },
      (_, i) => view.getInt32(start + skipped + i * 4) / 65536,
    );
  }
  return [];
}

// As published: sRGB's and Display P3's profiles of the ICC and of Apple.
test.each([
  [1, 13, [0.4361, 0.2225, 0.0139], [0.3851, 0.7169, 0.0971], [0.1431, 0.0606, 0.7141]],
  [12, 13, [0.5151, 0.2412, -0.0011], [0.292, 0.6922, 0.0419], [0.1571, 0.0666, 0.7841]],
  [9, 4, [0.6734, 0.279, -0.0019], [0.1657, 0.6753, 0.03], [0.1251, 0.0456, 0.7969]],
])('codes %i and %i become a profile of the known colorants', (primaries, transfer, ...known) => {
  const profile = profileOfCodes({ primaries, transfer })!;
  expect(readProfileSpace(profile)).toBe('rgb');
  for (const [i, name] of ['rXYZ', 'gXYZ', 'bXYZ'].entries())
    for (const [axis, value] of readTag(profile, name).entries())
      expect(value).toBeCloseTo(known[i]![axis]!, 3);
});

test('curves are told as they are', () => {
  const curve = (transfer: number) =>
    readTag(profileOfCodes({ primaries: 1, transfer })!, 'rTRC', 12);
  expect(curve(8)).toEqual([1]);
  expect(curve(4)[0]).toBeCloseTo(2.2, 4);
  const [g, a, b, c, d] = curve(13);
  for (const [read, told] of [
    [g, 2.4],
    [a, 1 / 1.055],
    [b, 0.055 / 1.055],
    [c, 1 / 12.92],
    [d, 0.04045],
  ])
    expect(read).toBeCloseTo(told!, 4);
  const gray = profileOfCodes({ primaries: 1, transfer: 4 }, true)!;
  expect(readProfileSpace(gray)).toBe('gray');
  expect(readGrayResponse(gray)!(0.5)).toBeCloseTo(0.5 ** 2.2, 4);
});

test.each([
  [9, 16],
  [9, 18],
  [1, 0],
  [3, 13],
])('of codes %i and %i no profile is made', (primaries, transfer) => {
  expect(profileOfCodes({ primaries, transfer })).toBeNull();
});

test('no space is made of colorants on a line, or without a white', () => {
  const line = { white: [0.3, 0.3], red: [0.1, 0.1], green: [0.2, 0.2], blue: [0.4, 0.4] } as const;
  expect(makeRgbProfile(line, [1], '')).toBeNull();
});

const numbers = (...values: number[]) => {
  const bytes = new Uint8Array(values.length * 4);
  for (const [i, value] of values.entries()) new DataView(bytes.buffer).setUint32(i * 4, value);
  return bytes;
};
const srgbPlaces = numbers(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000);
const adobePlaces = numbers(31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000);

test.each([
  ['nothing', {}, false, false],
  ['sRGB in numbers', { gAMA: numbers(45455), cHRM: srgbPlaces }, false, false],
  ['another gamma', { gAMA: numbers(55556) }, true, true],
  ['other colorants', { gAMA: numbers(45455), cHRM: adobePlaces }, true, true],
  [
    'sRGB, and numbers for readers without it',
    { sRGB: numbers(0), gAMA: numbers(1) },
    false,
    false,
  ],
  ['no gamma', { gAMA: numbers(0) }, false, false],
  ['a chunk that is cut', { gAMA: new Uint8Array(2), cHRM: new Uint8Array(31) }, false, false],
  ['colorants of no space', { cHRM: numbers(0, 0, 0, 0, 0, 0, 0, 0) }, false, false],
  ['P3 by codes', { cICP: Uint8Array.of(12, 13, 0, 1) }, true, true],
  ['P3 of narrow range', { cICP: Uint8Array.of(12, 13, 0, 0) }, true, false],
  ['HDR by codes', { cICP: Uint8Array.of(9, 16, 0, 1) }, true, false],
  [
    'sRGB by codes, and a profile',
    { cICP: Uint8Array.of(1, 13, 0, 1), iCCP: numbers(7) },
    false,
    false,
  ],
])('a PNG that tells %s', (_, chunks, coloured, hasProfile) => {
  expect(isColoured(chunks)).toBe(coloured);
  for (const isGray of [false, true]) {
    const profile = profileOfChunks(chunks, isGray);
    expect(profile !== null).toBe(hasProfile);
    if (profile) expect(readProfileSpace(profile)).toBe(isGray ? 'gray' : 'rgb');
  }
});
