import { expect, test } from 'vitest';
import { findNegative } from '../../../../src/core/findings/negative';
import { toneRaster } from '../../../../src/core/frame/tone';
import { lightTable } from '../../../../src/core/picture/light';
import { createRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { neutralTone } from '../../../../src/core/recipe/tone';
import { drawScene } from '../scenes';

const scene = drawScene(300);
const rest = async () => undefined;

function remap(source: Raster8, map: (level: number, c: number) => number): Raster8 {
  const data = Uint8ClampedArray.from(source.data, (level, i) =>
    i % 4 === 3 ? level : map(level, i % 4),
  );
  return { ...source, data };
}

/** Densities of the orange mask of colour film, and of light. */
const mask = [0.12, 0.45, 0.75];
const light = lightTable(8);
const onFilm = (source: Raster8): Raster8 =>
  remap(source, (level, c) => {
    const clear = 10 ** -mask[c]!;
    return 255 * (clear * ((light[level]! + 1 / 256) * 256) ** -0.6 + 0.004) ** (1 / 2.2);
  });

/** The mean difference of two pictures, in levels. */
function distance(a: Raster8, b: Raster8): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i]! - b.data[i]!);
  return (sum / a.data.length) * (4 / 3);
}

test('colour film is told by its mask; a photo, a warm one and an inverted one are not', () => {
  expect(findNegative(onFilm(scene))?.isFilm).toBe(true);
  const warm = remap(scene, (level, c) => level * [1, 0.75, 0.45][c]!);
  const inverted = remap(scene, (level) => 255 - level);
  expect([scene, warm, inverted].map((each) => findNegative(each)?.isFilm)).toEqual([
    ...[false, false, false],
  ]);
});

test('positives are near the photo: of an inverted picture, of film, and of film in a black holder', async () => {
  const positive = async (negative: Raster8) =>
    (await toneRaster(
      negative,
      { ...neutralTone, negative: findNegative(negative)!.film },
      rest,
    )) as Raster8;
  const inverted = remap(scene, (level) => 255 - level);
  expect(distance(await positive(inverted), scene)).toBeLessThan(30);
  const film = onFilm(scene);
  expect(distance(film, scene)).toBeGreaterThan(60);
  expect(distance(await positive(film), scene)).toBeLessThan(30);

  const { width, height } = scene;
  const border = 24;
  const held = createRaster({ width: width + 2 * border, height: height + 2 * border }, false);
  for (let i = 0; i < held.data.length; i += 4) held.data.set([4, 4, 4, 255], i);
  for (let y = 0; y < height; y++)
    held.data.set(
      film.data.subarray(y * width * 4, (y + 1) * width * 4),
      4 * ((y + border) * held.width + border),
    );
  const [{ film: bare }, { film: inside }] = [findNegative(film)!, findNegative(held)!];
  for (const end of ['base', 'dense'] as const)
    for (let c = 0; c < 3; c++) expect(inside[end][c]).toBeCloseTo(bare[end][c]!, 1);
});

test('what has nothing between its ends is no negative', () => {
  expect(findNegative(createRaster({ width: 40, height: 40 }, false))).toBeNull();
  expect(findNegative(createRaster({ width: 1, height: 1 }, false))).toMatchObject({
    isFilm: false,
  });
});
