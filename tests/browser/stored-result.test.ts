import { wrap } from 'comlink';
import { expect, test } from 'vitest';
import { encode } from '../../src/formats/encode';
import { drawNoise } from '../unit/core/pictures';
import type { Outcome } from './stored-result.worker';

test('a result in a file looks and is saved as one in memory, and goes with its photo', async () => {
  const source = drawNoise(150, 110);
  const file = new File([await encode(source, { format: 'png', quality: 100 })], 'photo.png');
  const catalogUrl = new URL('/models/catalog.json', location.href).href;
  const enlarge = async (least: number): Promise<Outcome> => {
    const url = new URL('./stored-result.worker.ts', import.meta.url);
    const worker = new Worker(url, { type: 'module' });
    const work = wrap<(file: File, catalogUrl: string, least: number) => Promise<Outcome>>(worker);
    try {
      return await work(file, catalogUrl, least);
    } finally {
      worker.terminate();
    }
  };
  const stored = await enlarge(0);
  const held = await enlarge(Infinity);
  expect(stored.files).toEqual([1, 2, 1, 0]);
  expect(held.files).toEqual([0, 0, 0, 0]);
  for (const which of ['saved', 'sharpened'] as const) {
    const [one, other] = await Promise.all(
      [stored, held].map(async (each) => new Uint8Array(await each[which].arrayBuffer())),
    );
    expect(one).toEqual(other);
  }
  expect(stored.review).toEqual(held.review);
  expect(stored.drift).toEqual(held.drift);
  const [[...fromAfar], [...afar]] = [stored.views, held.views];
  expect(fromAfar.pop()).toEqual(afar.pop());
  // A mean in place of the browser's own filter.
  for (const [i, seen] of fromAfar.entries()) {
    const apart = seen.reduce((sum, value, at) => sum + Math.abs(value - afar[i]![at]!), 0);
    expect(apart / seen.length).toBeLessThan(4);
  }
});
