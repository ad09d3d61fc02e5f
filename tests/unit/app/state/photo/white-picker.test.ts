import { expect, test } from 'vitest';
import { addBalance, balanceBy } from '../../../../../src/app/state/photo/white-picker';
import { toneRaster } from '../../../../../src/core/frame/tone';
import { createRaster } from '../../../../../src/core/picture/raster';
import { neutralTone } from '../../../../../src/core/recipe/tone';

function patch(red: number, green: number, blue: number) {
  const raster = createRaster({ width: 5, height: 5 }, false);
  for (let i = 0; i < raster.data.length; i += 4) raster.data.set([red, green, blue, 255], i);
  return raster;
}

const rest = async () => undefined;

test('what is picked is gray with the tone that comes of it, also where there was one before', async () => {
  const photo = patch(150, 120, 90);
  for (const before of [
    neutralTone,
    { ...neutralTone, temperature: 0.4, tint: -0.3, brightness: 0.5, shadows: 0.6 },
  ]) {
    const tone = balanceBy(await toneRaster(photo, before, rest), before);
    expect(tone?.brightness).toBe(before.brightness);
    const [red, green, blue] = (await toneRaster(photo, tone!, rest)).data;
    expect(Math.max(red!, green!, blue!) - Math.min(red!, green!, blue!)).toBeLessThanOrEqual(2);
  }
});

test('what is cut, or as good as black, is no place to pick', () => {
  expect(balanceBy(patch(255, 240, 200))).toBeNull();
  expect(balanceBy(patch(5, 3, 2))).toBeNull();
  expect(balanceBy({ ...patch(9, 9, 9), data: new Uint8ClampedArray(100) })).toBeNull();
});

test('what a picture needs as it is shown adds to what it is shown in', () => {
  const shown = { ...neutralTone, temperature: 0.5, tint: -0.25, brightness: 1 };
  expect(addBalance(shown, { temperature: -0.25, tint: 0.5 })).toEqual({
    temperature: 0.25,
    tint: 0.25,
  });
  expect(addBalance(shown, { temperature: 0.75, tint: -0.9 })).toEqual({
    temperature: 1,
    tint: -1,
  });
  expect(addBalance(undefined, { temperature: 0.5, tint: 0 })).toEqual({
    temperature: 0.5,
    tint: 0,
  });
});
