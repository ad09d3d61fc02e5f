import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import type { StoredFile } from '../../../src/models/catalog';
import type { Fetch } from '../../../src/integrity/fetch-within';
import type { Keep } from '../../../src/models/keep';
import { threadLocks } from '../../../src/models/locks';
import { ModelStore } from '../../../src/models/store';

const model = Uint8Array.from({ length: 5000 }, (_, i) => (i * 31) & 255);
const sha256 = createHash('sha256').update(model).digest('hex');
const file: StoredFile = { url: 'm.onnx', bytes: 5000, sha256 };
const base = 'https://enlarger.example/models/catalog.json';

class MemoryKeep implements Keep {
  readonly items = new Map<string, unknown>();
  get = (key: string) => Promise.resolve(this.items.get(key));
  set = (key: string, value: unknown) => Promise.resolve(void this.items.set(key, value));
  delete = (key: string) => Promise.resolve(void this.items.delete(key));
  keys = () => Promise.resolve([...this.items.keys()]);
}

/** Storage as in WebKit's private windows: everything but Blobs. */
class BloblessKeep extends MemoryKeep {
  override set = (key: string, value: unknown) =>
    value instanceof Blob
      ? Promise.reject(new DOMException('Error preparing Blob', 'UnknownError'))
      : Promise.resolve(void this.items.set(key, structuredClone(value)));
}

/** Storage as in a private window: every call fails. */
const brokenKeep: Keep = {
  get: () => Promise.reject(new DOMException('no storage', 'InvalidStateError')),
  set: () => Promise.reject(new DOMException('no storage', 'InvalidStateError')),
  delete: () => Promise.reject(new DOMException('no storage', 'InvalidStateError')),
  keys: () => Promise.reject(new DOMException('no storage', 'InvalidStateError')),
};

/** A server that sends these bytes in chunks of 1000. */
function serve(bytes: Uint8Array<ArrayBuffer>, init: ResponseInit = {}) {
  return vi.fn<Fetch>(() => {
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, at + 1000));
        at += 1000;
      },
    });
    return Promise.resolve(new Response(body, init));
  });
}

function build(fetch: Fetch, keep: Keep = new MemoryKeep()) {
  return new ModelStore({ fetch, keep, locks: threadLocks, patienceMs: 30 });
}

describe('loading a model', () => {
  test('it is downloaded once with progress, checked, kept, and then loads without a network', async () => {
    const fetch = serve(model);
    const keep = new MemoryKeep();
    const onProgress = vi.fn();
    const store = build(fetch, keep);
    expect(await store.has(file)).toBe(false);

    const first = await store.load(file, base, { onProgress });
    expect(first.bytes).toEqual(model);
    expect(first.kept).toBe(true);
    expect(fetch.mock.calls[0]?.[0]).toBe('https://enlarger.example/models/m.onnx');
    expect(onProgress.mock.calls.map(([loaded]) => loaded as number)).toEqual([
      1000, 2000, 3000, 4000, 5000,
    ]);
    expect(keep.items.get(sha256)).toBeInstanceOf(Blob);

    const offline = build(() => Promise.reject(new TypeError('offline')), keep);
    expect(await offline.has(file)).toBe(true);
    expect((await offline.load(file, base)).bytes).toEqual(model);
  });

  test.each([
    ['altered', new Blob([model.slice().fill(1, 7, 8)])],
    ['cut off', new Blob([model.slice(0, 99)])],
    ['something else', 'not a blob'],
  ])('a kept record that is %s is dropped and fetched again', async (_, record) => {
    const keep = new MemoryKeep();
    keep.items.set(sha256, record);
    const fetch = serve(model);
    const { bytes, kept } = await build(fetch, keep).load(file, base);
    expect(bytes).toEqual(model);
    expect(kept).toBe(true);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect((keep.items.get(sha256) as Blob).size).toBe(5000);
  });

  test('where Blobs are refused the bytes are kept without one, and are checked all the same', async () => {
    const keep = new BloblessKeep();
    expect((await build(serve(model), keep).load(file, base)).kept).toBe(true);

    const offline = build(() => Promise.reject(new TypeError('offline')), keep);
    expect(await offline.has(file)).toBe(true);
    expect((await offline.load(file, base)).bytes).toEqual(model);

    keep.items.set(sha256, new ArrayBuffer(5000));
    await expect(offline.load(file, base)).rejects.toMatchObject({ code: 'offline' });
    expect(keep.items.size).toBe(0);
  });

  test('where there is no room it is not asked for twice', async () => {
    const keep = new MemoryKeep();
    keep.set = vi.fn(() => Promise.reject(new DOMException('full', 'QuotaExceededError')));
    expect((await build(serve(model), keep).load(file, base)).kept).toBe(false);
    expect(keep.set).toHaveBeenCalledTimes(1);
  });

  test('a damaged kept record is not left behind when the network is away', async () => {
    const keep = new MemoryKeep();
    keep.items.set(sha256, new Blob([new Uint8Array(5000)]));
    const store = build(() => Promise.reject(new TypeError('offline')), keep);
    await expect(store.load(file, base)).rejects.toMatchObject({ code: 'offline' });
    expect(keep.items.size).toBe(0);
  });

  test.each([
    ['cut off', model.slice(0, 4999), {}, 'model-corrupt'],
    ['altered', model.slice().fill(1, 7, 8), {}, 'model-corrupt'],
    ['empty', new Uint8Array(0), {}, 'model-corrupt'],
    ['too long', new Uint8Array(6000), {}, 'model-corrupt'],
    ['not there', model, { status: 404 }, 'model-missing'],
    ['behind a failing server', model, { status: 503 }, 'model-missing'],
    ['a page', model, { headers: { 'content-type': 'text/html; charset=utf-8' } }, 'model-missing'],
  ])('a download that is %s is refused and never kept', async (_, bytes, init, code) => {
    const keep = new MemoryKeep();
    await expect(build(serve(bytes, init), keep).load(file, base)).rejects.toMatchObject({ code });
    expect(keep.items.size).toBe(0);
  });

  test.each([
    'https://elsewhere.example/m.onnx',
    '//elsewhere.example/models/m.onnx',
    '../m.onnx',
    '%2e%2e/m.onnx',
    '\t/m.onnx',
    '\\m.onnx',
  ])('a file at %j is not asked for: it is not beside the catalogue', async (url) => {
    const fetch = serve(model);
    const work = build(fetch).load({ ...file, url }, base);
    await expect(work).rejects.toMatchObject({ code: 'model-corrupt' });
    expect(fetch).not.toHaveBeenCalled();
  });

  test('an endless download is stopped as soon as it is longer than stated', async () => {
    let sent = 0;
    const cancelled = vi.fn();
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1000;
        controller.enqueue(new Uint8Array(1000));
      },
      cancel: cancelled,
    });
    const store = build(() => Promise.resolve(new Response(body)));
    await expect(store.load(file, base)).rejects.toMatchObject({ code: 'model-corrupt' });
    expect(cancelled).toHaveBeenCalled();
    expect(sent).toBeLessThan(9000);
  });

  test('a connection that breaks half-way is an offline failure', async () => {
    let pulls = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (pulls++ < 2) controller.enqueue(model.slice(0, 1000));
        else controller.error(new TypeError('network error'));
      },
    });
    const keep = new MemoryKeep();
    const store = build(() => Promise.resolve(new Response(body)), keep);
    await expect(store.load(file, base)).rejects.toMatchObject({ code: 'offline' });
    expect(keep.items.size).toBe(0);
  });

  test('full storage means a model that works and is not kept', async () => {
    const keep = new MemoryKeep();
    keep.set = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const { bytes, kept } = await build(serve(model), keep).load(file, base);
    expect(bytes).toEqual(model);
    expect(kept).toBe(false);
  });

  test('no storage at all means the same', async () => {
    const store = build(serve(model), brokenKeep);
    expect(await store.has(file)).toBe(false);
    const { bytes, kept } = await store.load(file, base);
    expect(bytes).toEqual(model);
    expect(kept).toBe(false);
    expect(await store.prune({ version: 1, models: [] })).toBe(0);
  });

  test('two tabs that want it at once download it once', async () => {
    const keep = new MemoryKeep();
    const fetch = serve(model);
    const both = [build(fetch, keep), build(fetch, keep)];
    const loaded = await Promise.all(both.map((store) => store.load(file, base)));
    expect(loaded.map(({ bytes }) => bytes.length)).toEqual([5000, 5000]);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test('after one tab fails, the other one tries for itself', async () => {
    const keep = new MemoryKeep();
    const bad = build(serve(model, { status: 500 }), keep).load(file, base);
    const good = build(serve(model), keep).load(file, base);
    await expect(bad).rejects.toMatchObject({ code: 'model-missing' });
    expect((await good).bytes).toEqual(model);
  });
});

describe('cancelling', () => {
  const aborted = { name: 'AbortError' };

  test('before the start touches nothing', async () => {
    const fetch = serve(model);
    const work = build(fetch).load(file, base, { signal: AbortSignal.abort() });
    await expect(work).rejects.toMatchObject(aborted);
    expect(fetch).not.toHaveBeenCalled();
  });

  test('during the download stops it and keeps nothing', async () => {
    const controller = new AbortController();
    const keep = new MemoryKeep();
    const work = build(serve(model), keep).load(file, base, {
      signal: controller.signal,
      onProgress: (loaded) => {
        if (loaded === 2000) controller.abort();
      },
    });
    await expect(work).rejects.toMatchObject(aborted);
    expect(keep.items.size).toBe(0);
  });

  test('while the server has not answered', async () => {
    const controller = new AbortController();
    const never: Fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      });
    const work = build(never).load(file, base, { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(work).rejects.toMatchObject(aborted);
  });

  test('while another tab downloads, without disturbing it', async () => {
    const keep = new MemoryKeep();
    let answer = (_: Response) => {};
    const slow: Fetch = () => new Promise((resolve) => (answer = resolve));
    const first = build(slow, keep).load(file, base);
    const controller = new AbortController();
    const second = build(serve(model), keep).load(file, base, { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(second).rejects.toMatchObject(aborted);
    answer(new Response(model));
    expect((await first).kept).toBe(true);
  });

  test('while storage hangs', async () => {
    const keep = new MemoryKeep();
    keep.get = () => new Promise(() => {});
    const controller = new AbortController();
    const work = build(serve(model), keep).load(file, base, { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(work).rejects.toMatchObject(aborted);
  });
});

/** A card as it comes. */
const full = {
  ...{ id: 'a', task: 'clean', tier: 'fast', title: 'Cleaner', scale: 1, halo: 1, multiple: 1 },
  ...{ controls: [], macsPerPixel: 1, widestBytes: 4, params: 1, licence: 'MIT', trainedOn: 'x' },
  metrics: {},
  files: [{ ...file, precision: 'int8', psnrLoss: 0, golden: { ...file, tolerance: 1 } }],
};

describe('the catalogue', () => {
  const catalog = { version: 1, models: [] };
  const text = JSON.stringify(catalog);
  const answer = (body: string, init?: ResponseInit): Fetch => {
    return () => Promise.resolve(new Response(body, init));
  };
  const down: Fetch = () => Promise.reject(new TypeError('Failed to fetch'));

  test('comes from the network, and the last good one serves offline', async () => {
    const keep = new MemoryKeep();
    expect(await build(answer(text), keep).loadCatalog(base)).toEqual(catalog);
    expect(await build(down, keep).loadCatalog(base)).toEqual(catalog);
  });

  test.each([
    ['a sign-in page', answer('<!doctype html><title>Hotel</title>')],
    ['a missing file', answer('', { status: 404 })],
    ['a list that is not valid', answer('{"version":9}')],
    ['a network that never answers', () => new Promise<Response>(() => {})],
  ] as const)('%s does not replace the last good one', async (_, fetch) => {
    const keep = new MemoryKeep();
    await build(answer(text), keep).loadCatalog(base);
    // A real fetch rejects when its signal aborts; so does this one.
    const honest: Fetch = (url, init) =>
      Promise.race([
        fetch(url, init),
        new Promise<Response>((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
        }),
      ]);
    expect(await build(honest, keep).loadCatalog(base)).toEqual(catalog);
    expect(await build(down, keep).loadCatalog(base)).toEqual(catalog);
  });

  test.each([
    ['offline', down, 'offline'],
    ['not there', answer('', { status: 404 }), 'model-missing'],
    ['a page', answer('<!doctype html>'), 'model-corrupt'],
  ] as const)('with none kept, %s is said so', async (_, fetch, code) => {
    await expect(build(fetch).loadCatalog(base)).rejects.toMatchObject({ code });
  });

  test('works where nothing can be stored', async () => {
    expect(await build(answer(text), brokenKeep).loadCatalog(base)).toEqual(catalog);
  });

  test.each([
    ['names a file elsewhere', { files: [{ ...full.files[0], url: '%2e%2e/m.onnx' }] }],
    ['states a size that no file has', { files: [{ ...full.files[0], bytes: 9e15 }] }],
  ])('one that %s is refused whole', async (_, fields) => {
    const bad = { version: 1, models: [{ ...full, ...fields }] };
    const good = { version: 1, models: [full] };
    expect(await build(answer(JSON.stringify(good))).loadCatalog(base)).toMatchObject(good);
    const work = build(answer(JSON.stringify(bad))).loadCatalog(base);
    await expect(work).rejects.toMatchObject({ problem: 'catalog-wrong' });
  });

  test('cancelling is not answered with the kept one', async () => {
    const keep = new MemoryKeep();
    await build(answer(text), keep).loadCatalog(base);
    const work = build(answer(text), keep).loadCatalog(base, AbortSignal.abort());
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('files that it no longer names are dropped; models, golden tiles and itself stay', async () => {
    const keep = new MemoryKeep();
    await build(answer(text), keep).loadCatalog(base);
    await build(serve(model), keep).load(file, base);
    keep.items.set('f'.repeat(64), new Blob(['old']));
    keep.items.set('e'.repeat(64), new Blob(['golden']));
    const card = { id: 'a', files: [{ ...file, golden: { sha256: 'e'.repeat(64) } }] };
    const named = { version: 1, models: [card] } as unknown as Parameters<ModelStore['prune']>[0];
    expect(await build(down, keep).prune(named)).toBe(1);
    const left = [sha256, 'e'.repeat(64), `catalog:${base}`];
    expect([...keep.items.keys()].sort()).toEqual(left.sort());
  });
});
