import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGrayResponse } from '../../../../src/formats/icc/gray-response';
import { makeGrayProfile, makeProfile } from '../../../profiles';

const srgb = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const levels = Array.from({ length: 1001 }, (_, i) => i / 1000);

describe("a gray profile's levels stand for light", () => {
  test.each([
    ['a gamma', makeGrayProfile(1.8), (v: number) => v ** 1.80078125],
    ['no change', makeGrayProfile({ table: [] }), (v: number) => v],
    [
      'a table',
      makeGrayProfile({ table: [0, 16384, 65535] }),
      (v: number) => (v < 0.5 ? v / 2 : 0.25 + (v - 0.5) * 1.5),
    ],
    ['a power', makeGrayProfile({ parameters: [2] }), (v: number) => v ** 2],
    [
      'a power from a level on',
      makeGrayProfile({ parameters: [2, 2, -1] }),
      (v: number) => Math.max(0, 2 * v - 1) ** 2,
    ],
    [
      'the same, lifted',
      makeGrayProfile({ parameters: [2, 2, -1, 0.125] }),
      (v: number) => Math.min(1, Math.max(0, 2 * v - 1) ** 2 + 0.125),
    ],
    [
      "sRGB's",
      makeGrayProfile({
        parameters: [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045],
      }),
      srgb,
    ],
    [
      'all seven numbers',
      makeGrayProfile({ parameters: [2, 0.5, 0.25, 0.5, 0.5, 0.25, 0.125] }),
      (v: number) => (v >= 0.5 ? (0.5 * v + 0.25) ** 2 + 0.25 : 0.5 * v + 0.125),
    ],
    // CIE L*: 50 is 18 % of the light.
    [
      'lightness',
      makeGrayProfile(1, true),
      (v: number) => (v > 0.08 ? ((v * 100 + 16) / 116) ** 3 : (v * 100) / 903.2963),
    ],
  ])('%s', (_, profile, wanted) => {
    const response = readGrayResponse(profile)!;
    for (const level of levels) expect(response(level)).toBeCloseTo(wanted(level), 3);
  });

  test('a profile without such a curve, or with a broken one, has none', () => {
    expect(readGrayResponse(makeProfile('p3'))).toBeNull();
    expect(readGrayResponse(new Uint8Array(200))).toBeNull();
    const profile = makeGrayProfile({ table: levels.map((level) => level * 65535) });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: profile.length }), (end) => {
        const response = readGrayResponse(profile.slice(0, end));
        expect(response === null || Number.isFinite(response(0.7))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.nat(profile.length - 1), fc.nat(255), (at, value) => {
        const odd = profile.slice();
        odd[at] = value;
        const light = readGrayResponse(odd)?.(0.7) ?? 0;
        expect(light >= 0 && light <= 1).toBe(true);
      }),
    );
  });
});
