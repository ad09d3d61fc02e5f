import { beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors';
import type { Note } from '../../src/core/notes';
import type { Raster } from '../../src/core/picture/raster';
import { parseRecipe } from '../../src/core/recipe/parsing';
import type { Recipe } from '../../src/core/recipe/recipe';
import { decode } from '../../src/formats/decode';
import { encode } from '../../src/formats/encode';
import { PhotoOwner } from '../../src/worker/owner/photo-owner';
import type { PhotoId } from '../../src/worker/protocol';
import { bent, drawLeaves, psnrInside, shakeScene } from '../unit/core/shaken';

const centre = { x: 0, y: 0 };
const deblur = (percent: number): Recipe =>
  parseRecipe({ v: 1, deblur: percent, scale: 1, variant: 'faithful' });
const scene = drawLeaves(256, 256);
const shaken = shakeScene(scene, bent);

let enhancer: PhotoOwner;
let photo: PhotoId;

beforeEach(async () => {
  enhancer = new PhotoOwner();
  const catalogUrl = new URL('/models/catalog.json', location.href).href;
  await enhancer.init({ backend: 'wasm', tile: 0, catalogUrl });
});

async function open(raster: Raster): Promise<void> {
  const blob = await encode(raster, { format: 'png', quality: 100 });
  photo = unwrap(await enhancer.open(new File([blob], 'photo.png'))).id;
}

async function run(recipe: Recipe): Promise<{ result: Raster; notes: readonly Note[] }> {
  const { notes } = unwrap(await enhancer.enhance(photo, recipe, centre, () => undefined));
  const png = { format: 'png', quality: 100, strength: 1 } as const;
  const { blob } = unwrap(await enhancer.save(photo, png));
  return { result: (await decode(blob)).raster, notes };
}

test('a shake is found, said, and taken back with the deblurring, as far as that is asked for', async () => {
  await open(shaken);
  const unsure = unwrap(await enhancer.plan(photo, deblur(100)));
  expect(unsure.steps[0]).toMatchObject({ kind: 'filter', filter: 'shake', isSure: false });
  const pixels = unwrap(await enhancer.findShake(photo));
  const sure = unwrap(await enhancer.plan(photo, deblur(100)));
  expect(sure.steps).toMatchObject([
    { kind: 'filter', task: 'deblur', filter: 'shake', isSure: true },
    { kind: 'network', task: 'deblur' },
    { kind: 'filter', task: 'deblur', filter: 'mix' },
  ]);
  expect(sure.steps[0]!.seconds).toBeGreaterThan(0);
  expect(pixels).toBeGreaterThan(11);
  expect(pixels).toBeLessThan(24);
  const whole = await run(deblur(100));
  expect(whole.notes).toEqual([{ note: 'shake-taken-back', facts: { pixels } }]);
  expect(psnrInside(whole.result, scene)).toBeGreaterThan(psnrInside(shaken, scene) + 3);
  const half = (await run(deblur(50))).result;
  const between = (share: number) => psnrInside(half, share ? whole.result : shaken);
  expect(Math.abs(between(0) - between(1))).toBeLessThan(0.5);
});

test('in a sharp photo none is found, and none is taken back', async () => {
  await open(scene);
  expect(unwrap(await enhancer.findShake(photo))).toBe(0);
  const { result, notes } = await run(deblur(100));
  expect(notes).toEqual([]);
  expect(psnrInside(result, scene)).toBeGreaterThan(25);
});

test('cancelling ends a run in its search, and another photo ends the search', async () => {
  await open(shaken);
  const running = enhancer.enhance(photo, deblur(100), centre, () => undefined);
  const searching = enhancer.findShake(photo);
  await enhancer.cancel();
  expect(await running).toMatchObject({ ok: false, code: 'cancelled' });
  await open(scene);
  expect(await searching).toMatchObject({ ok: false, code: 'cancelled' });
});
