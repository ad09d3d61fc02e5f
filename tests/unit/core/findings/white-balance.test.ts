import { expect, test } from 'vitest';
import { findBalance } from '../../../../src/core/findings/white-balance';
import { toneRaster } from '../../../../src/core/frame/tone';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import { neutralTone, type Tone } from '../../../../src/core/recipe/tone';

const rest = async () => undefined;
const size = { width: 120, height: 90 };

type Colour = readonly [red: number, green: number, blue: number];

/** Stripes of colours, one after the other, each brighter from top to bottom. */
function stripes(colours: readonly Colour[]): Raster {
  const raster = createRaster(size, false);
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const colour = colours[Math.floor(x / 6) % colours.length]!;
      const light = 0.2 + (0.7 * y) / size.height;
      const to = (y * size.width + x) * 4;
      raster.data.set([...colour.map((value) => Math.round(value * light)), 255], to);
    }
  return raster;
}

/** Grays, and things of several colours between them. */
const street = stripes([
  ...([200, 120, 235, 160] as const).map((gray): Colour => [gray, gray, gray]),
  ...([
    [170, 90, 70],
    [80, 120, 180],
    [120, 150, 80],
  ] as const),
]);

const withCast = (photo: Raster, cast: Partial<Tone>) =>
  toneRaster(photo, { ...neutralTone, ...cast }, rest);

test.each([
  ['bluish', { temperature: -0.4 }],
  ['yellowish', { temperature: 0.4 }],
  ['pinkish', { tint: 0.8 }],
  ['greenish', { tint: -0.8 }],
] as const)(
  'a picture that is %s is told to be, and what it takes undoes most of it',
  async (cast, tone) => {
    const given = await withCast(street, tone);
    const balance = findBalance(given)!;
    expect(balance.cast).toBe(cast);
    const undone = { ...neutralTone, ...tone };
    // Of tint a stop is twice as much.
    expect(Math.abs(undone.temperature + balance.temperature)).toBeLessThan(0.15);
    expect(Math.abs(undone.tint + balance.tint)).toBeLessThan(0.3);
  },
);

test('no cast is told of what has none, of one colour alone, or of a gray picture that was toned', async () => {
  expect(findBalance(street)?.cast).toBeNull();
  expect(findBalance(stripes([[180, 120, 70]]))?.cast ?? null).toBeNull();
  const gray = stripes([
    [200, 200, 200],
    [120, 120, 120],
    [235, 235, 235],
  ]);
  const sepia = await withCast(gray, { temperature: 0.45 });
  expect(findBalance(sepia)?.cast).toBeNull();
});

test('nothing is estimated of what is black, cut, transparent or tiny', () => {
  expect(findBalance(createRaster(size, false))).toBeNull();
  expect(findBalance(stripes([[255, 255, 255]].map(() => [1, 1, 1] as const)))).toBeNull();
  const hidden = { ...street, hasAlpha: true, data: street.data.slice() };
  for (let i = 3; i < hidden.data.length; i += 4) hidden.data[i] = 0;
  expect(findBalance(hidden)).toBeNull();
  expect(findBalance(createRaster({ width: 3, height: 2 }, false))).toBeNull();
});

test('16 bits tell the same as 8', async () => {
  const given = await withCast(street, { temperature: -0.4 });
  const deep: Raster = { ...given, data: Uint16Array.from(given.data, (level) => level * 257) };
  expect(findBalance(deep)?.temperature).toBeCloseTo(findBalance(given)!.temperature, 6);
});
