import { expect, test, vi } from 'vitest';
import type { StoredFile } from '../../src/models/catalog';
import type { Fetch } from '../../src/models/download';
import { ModelStore } from '../../src/models/store';

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
