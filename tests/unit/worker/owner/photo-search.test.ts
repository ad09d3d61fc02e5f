import { expect, test, vi } from 'vitest';
import { createRaster } from '../../../../src/core/picture/raster';
import { PhotoSearch } from '../../../../src/worker/owner/photo-search';
import type { SearchParts } from '../../../../src/worker/owner/plane-search';

const parts = {} as SearchParts;
const photo = createRaster({ width: 3, height: 2 }, false);

test('a photo is searched once, and anew after a failure', async () => {
  const look = vi.fn().mockRejectedValueOnce(new Error('offline')).mockResolvedValue(['a face']);
  const search = new PhotoSearch<readonly string[]>(photo, look);
  await expect(search.find(parts)).rejects.toThrow('offline');
  const [first, second] = await Promise.all([search.find(parts), search.find(parts)]);
  expect(first).toEqual(['a face']);
  expect(second).toBe(first);
  expect(look).toHaveBeenCalledTimes(2);
});

test('what is looked for in a photo that is closed is not waited for', async () => {
  let signal: AbortSignal | undefined;
  const search = new PhotoSearch(photo, (_, __, hooks) => {
    ({ signal } = hooks);
    return new Promise<never>(() => undefined);
  });
  const found = search.find(parts);
  search.end();
  await expect(found).rejects.toThrow(/abort/i);
  expect(signal!.aborted).toBe(true);
  await expect(search.find(parts)).rejects.toThrow(/abort/i);
});
