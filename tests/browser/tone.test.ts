import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toneRaster } from '../../src/core/frame/tone';
import type { Raster } from '../../src/core/picture/raster';
import type { Tone } from '../../src/core/recipe/tone';
import type { Gpu } from '../../src/engine/device';
import { openTonePass, TonePass } from '../../src/engine/tone-pass';
import { deepen, drawNoise } from '../unit/core/pictures';

const still = () => Promise.resolve();
const side = fc.double({ min: -1, max: 1, noNaN: true });
const film = fc.record({
  base: fc.constant([0.9, 0.7, 0.5] as const),
  dense: fc.constant([0.2, 0.1, 0.05] as const),
  gamma: fc.double({ min: 0.5, max: 3, noNaN: true }),
});
const anyTone: fc.Arbitrary<Tone> = fc
  .record({
    brightness: fc.double({ min: -3, max: 3, noNaN: true }),
    ...{ temperature: side, tint: side, shadows: side, highlights: side },
    negative: fc.option(film),
  })
  .map(({ negative, ...tone }) => ({ ...tone, ...(negative && { negative }) }));

function furthest(a: Raster, b: Raster): number {
  let worst = 0;
  for (const [i, level] of a.data.entries()) worst = Math.max(worst, Math.abs(level - b.data[i]!));
  return worst;
}

describe('light and white on the GPU', () => {
  let gpu: Gpu;
  let pass: TonePass;
  beforeAll(async () => {
    ({ gpu, pass } = (await openTonePass(true))!);
  });
  afterAll(() => gpu.device.destroy());

  const picture = drawNoise(61, 43, true);

  test.each([
    ['8 bits', picture, 1],
    ['16 bits', deepen(picture), 16],
  ])('agree with the arrays to 1/255, of 16 bits to 1/4095: %s', async (_, photo, most) => {
    await fc.assert(
      fc.asyncProperty(anyTone, async (tone) => {
        const expected = await toneRaster<Raster['data']>(photo, tone, still);
        const toned = await pass.tone<Raster['data']>(photo, tone, still);
        expect(furthest(toned, expected)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 40 },
    );
  });

  test('are the same of a photo that is worked part by part, and say how far they are', async () => {
    const tone = { brightness: 0.3, temperature: 0.2, tint: 0, shadows: 0.5, highlights: -0.4 };
    const shares: number[] = [];
    const parts = new TonePass(gpu, 1000);
    const toned = await parts.tone(picture, tone, async (share) => void shares.push(share));
    expect(toned.data).toEqual((await pass.tone(picture, tone, still)).data);
    expect(shares).toEqual([1000 / 2623, 2000 / 2623]);
    const cancelled = parts.tone(picture, tone, () => Promise.reject(new Error('enough')));
    await expect(cancelled).rejects.toThrow('enough');
    expect((await parts.tone(picture, tone, still)).data).toEqual(toned.data);
  });
});
