import { expect, test, vi } from 'vitest';
import type { StoredFile } from '../../src/models/catalog';
import type { Fetch } from '../../src/integrity/fetch-within';
import { ModelStore } from '../../src/models/store';
import { createBrowserKeep } from '../../src/models/keep';
import { recommend } from '../../src/core/recipe/recommendation';
import { unwrap } from '../../src/core/errors';
import { encode } from '../../src/formats/encode';
import { PhotoOwner } from '../../src/worker/owner/photo-owner';
import { drawNoise } from '../unit/core/pictures';

const base = 'https://enlarger.example/models/catalog.json';

test("this browser's own storage and locks keep a model, once for two stores", async () => {
  const model = crypto.getRandomValues(new Uint8Array(3000));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', model));
  const sha256 = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const file: StoredFile = { url: 'm.onnx', bytes: 3000, sha256 };
  const fetch = vi.fn<Fetch>(() => Promise.resolve(new Response(model)));

  const stores = [new ModelStore({ fetch }), new ModelStore({ fetch })];
  const loaded = await Promise.all(stores.map((store) => store.load(file, base)));
  for (const { bytes, kept } of loaded) {
    expect(bytes).toEqual(model);
    expect(kept).toBe(true);
  }
  expect(fetch).toHaveBeenCalledTimes(1);

  const offline = new ModelStore({ fetch: () => Promise.reject(new TypeError('offline')) });
  expect(await offline.has(file)).toBe(true);
  expect((await offline.load(file, base)).bytes).toEqual(model);
  expect(await offline.prune({ version: 1, models: [] })).toBeGreaterThan(0);
  expect(await offline.has(file)).toBe(false);
});

test('storage that the browser has closed is opened again', async () => {
  const keep = createBrowserKeep();
  await keep.set('closed', 1);
  const closed = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
    throw new DOMException('The database connection is closing.', 'InvalidStateError');
  });
  expect(await keep.get('closed')).toBe(1);
  expect(closed).toHaveBeenCalledTimes(2);
  await keep.delete('closed');
});

test('works on without storage, says so once, and keeps again when there is room', async () => {
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const enhancer = new PhotoOwner();
  const catalogUrl = new URL('/models/catalog.json', location.href).href;
  await enhancer.init({ backend: 'wasm', tile: 32, catalogUrl });
  const photo = await encode(drawNoise(40, 40), { format: 'png', quality: 100 });
  const { id } = unwrap(await enhancer.open(new File([photo], 'photo.png')));
  const run = async () => {
    return unwrap(await enhancer.enhance(id, recommend([], 2), { x: 0, y: 0 }, () => undefined))
      .notes;
  };
  await new ModelStore().prune({ version: 1, models: [] });
  expect(await run()).toEqual([{ note: 'model-not-kept', facts: {} }]);
  expect(await run()).toEqual([]);
  full.mockRestore();
  await run();
  expect(await enhancer.plan(id, recommend([], 2))).toMatchObject({
    value: { downloadBytes: 0 },
  });
});
