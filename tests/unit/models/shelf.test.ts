import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { Fetch } from '../../../src/integrity/fetch-within';
import type { Keep } from '../../../src/models/keep';
import { threadLocks } from '../../../src/models/locks';
import { Shelf } from '../../../src/models/shelf';
import { ModelStore } from '../../../src/models/store';

const address = 'https://enlarger.example/models/catalog.json';
const bytes = Uint8Array.from({ length: 3000 }, (_, i) => (i * 7) & 255);
const stored = { bytes: 3000, sha256: createHash('sha256').update(bytes).digest('hex') };
const golden = { ...stored, url: 'a.bin', tolerance: 1 };
const file = { ...stored, precision: 'int8', url: 'a.onnx', psnrLoss: 0, golden };
const card = {
  ...{ id: 'a', task: 'clean', tier: 'fast', title: 'Cleaner', scale: 1, halo: 1, multiple: 1 },
  ...{
    controls: [],
    macsPerPixel: 1,
    widestBytes: 4,
    params: 1,
    licence: 'MIT',
    trainedOn: 'x',
    metrics: {},
  },
  files: [file],
};

function build(canStore = true) {
  const items = new Map<string, unknown>();
  const keep: Keep = {
    get: async (key) => items.get(key),
    set: async (key, value) => {
      if (!canStore) throw new DOMException('full', 'QuotaExceededError');
      items.set(key, value);
    },
    delete: async (key) => void items.delete(key),
    keys: async () => [...items.keys()],
  };
  const fetch = vi.fn<Fetch>(async (url) =>
    url === address ? Response.json({ version: 1, models: [card] }) : new Response(bytes),
  );
  const store = new ModelStore({ fetch, keep, locks: threadLocks, patienceMs: 30 });
  return { shelf: new Shelf(address, store), fetch };
}

const { signal } = new AbortController();

test('a model is listed, kept with progress, listed as kept, and deleted', async () => {
  const { shelf, fetch } = build();
  const [before] = await shelf.list();
  expect(before).toMatchObject({ id: 'a', title: 'Cleaner', precisions: ['int8'] });
  expect(before!.files.map(({ file }) => file.url)).toEqual(['a.onnx', 'a.bin']);
  const loaded: number[] = [];
  await shelf.keep(before!.files[0]!.file, signal, (count) => loaded.push(count));
  expect(loaded.at(-1)).toBe(3000);
  const [after] = await shelf.list();
  expect(after!.files[0]!.kept).toBe(true);
  const calls = fetch.mock.calls.length;
  await shelf.keep(after!.files[0]!.file, signal, () => {});
  expect(fetch.mock.calls.length, 'what is kept is not fetched').toBe(calls);
  await shelf.drop(after!);
  expect((await shelf.list())[0]!.files[0]!.kept).toBe(false);
});

test('a model that cannot be stored is not said to be kept', async () => {
  const { shelf } = build(false);
  const [model] = await shelf.list();
  const keeping = shelf.keep(model!.files[0]!.file, signal, () => {});
  await expect(keeping).rejects.toMatchObject({ code: 'storage-full' });
});

test('keeping stops when it is told to', async () => {
  const { shelf } = build();
  const [model] = await shelf.list();
  const keeping = shelf.keep(model!.files[0]!.file, AbortSignal.abort(), () => {});
  await expect(keeping).rejects.toMatchObject({ name: 'AbortError' });
});
