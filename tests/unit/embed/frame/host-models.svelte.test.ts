/** A host's models: nothing comes that the person has not asked for, and of that no more than was said. */
import { expect, test, vi } from 'vitest';
import type { OwnModel } from '../../../../src/models/own/own-shelf';
import { HostModels, sayComing } from '../../../../src/embed/frame/host-models.svelte';
import { HostShelf } from '../../../../src/embed/frame/host-shelf';
import type { FrameMessage, StatedModel } from '../../../../src/embed/protocol';
import { failed, settle as settled, type Reply } from '../../../../src/core/errors';
import { keepApart } from '../../../../src/models/keep-apart';
import { keepOrHold } from '../../../../src/models/keep-or-hold';
import { OwnShelf } from '../../../../src/models/own/own-shelf';
import type { Recipe } from '../../../../src/core/recipe/recipe';
import { createMemoryKeep } from '../../models/own/memory-keep';
import { settle } from '../../app/fake-owner';

const origin = 'https://host.example';
const stated = (name: string, bytes = 8, version: string | null = null): StatedModel => ({
  ...{ address: `${origin}/models/${name}`, bytes, version },
});
const hashOf = (name: string) => name.length.toString(16).padStart(64, 'a');

/** What the worker would keep of a file. */
const modelOf = (name: string): OwnModel => ({
  ...{ v: 1, sha256: hashOf(name), title: name, licence: '', author: '', fileName: name },
  ...{ fileBytes: 8, architecture: 'ONNX', isWide: false },
  card: {
    ...{ id: 'own:', task: 'upscale', tier: 'quality', variant: 'faithful', title: name, scale: 2 },
    ...{ outputs: 3, halo: 9, multiple: 1, controls: [], macsPerPixel: 5, widestBytes: 64 },
    ...{ params: 5, licence: '', trainedOn: '', metrics: {} },
    files: [
      {
        ...{ precision: 'fp32', url: 'own:', bytes: 1, sha256: 'b'.repeat(64), psnrLoss: 0 },
        golden: { url: 'own:', bytes: 1, sha256: 'c'.repeat(64), tolerance: 2 },
      },
    ],
  },
});

function setUp(host = origin, { keep } = createMemoryKeep()) {
  const heard: FrameMessage[] = [];
  const files: { readonly name: string; readonly bytes: Promise<ArrayBuffer> }[] = [];
  const shelf = new OwnShelf(keepOrHold(keepApart(keep, host)));
  let clock: (() => void)[] = [];
  const workbench = {
    recipe: { v: 2, steps: [] } as unknown as Recipe,
    ask: async (recipe: Recipe) => void (workbench.recipe = recipe),
  };
  const worker = {
    reply: null as Reply<OwnModel> | null,
    addModel: async (file: File | string): Promise<Reply<OwnModel>> => {
      const { name } = file as File;
      files.push({ name, bytes: (file as File).arrayBuffer() });
      const empty = new Uint8Array(1);
      const add = () => shelf.add(modelOf(name), { onnx: empty, golden: empty });
      return worker.reply ?? settled(add);
    },
    stopAdding: vi.fn(async () => undefined),
  };
  const models = new HostModels({
    ...{ client: worker, workbench, shelf: new HostShelf(host, keep) },
    clock: (work) => {
      clock.push(work);
      return () => void (clock = clock.filter((each) => each !== work));
    },
    ...{ host: 'host.example', send: (message) => void heard.push(message) },
  });
  return {
    ...{ models, heard, files, worker, workbench, shelf },
    /** As long as nothing may come. */
    pass: () => clock.splice(0).forEach((work) => work()),
    names: () => models.absent.map(({ name }) => name),
    titles: () => models.choice.models.map(({ title }) => title),
  };
}

const part = (...bytes: number[]) => Uint8Array.from(bytes);

test('a model is downloaded when the person says so, and is then asked for', async () => {
  const { models, heard, files, names, titles, workbench } = setUp();
  await models.hear([stated('other.pth'), stated('sharp%20eyes.onnx')]);
  expect(names()).toEqual(['other', 'sharp eyes']);
  expect(heard).toEqual([]);
  const download = models.download(models.absent[1]!);
  expect(heard).toEqual([{ type: 'fetch', id: 1 }]);
  models.take(1, part(1, 2, 3));
  expect(sayComing(models)).toContain('sharp eyes');
  // A view of something larger.
  models.take(1, new Uint8Array(Uint8Array.from([9, 9, 4, 5, 6, 7, 8, 9]).buffer, 2, 5));
  await download;
  expect(files.map(({ name }) => name)).toEqual(['sharp eyes.onnx']);
  expect([...new Uint8Array(await files[0]!.bytes)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(names()).toEqual(['other']);
  expect(titles()).toEqual(['sharp eyes.onnx']);
  expect(JSON.stringify(workbench.recipe)).toContain(hashOf('sharp eyes.onnx'));
  expect([models.fault, sayComing(models)]).toEqual(['', '']);
});

test('what is here is not downloaded again, before the host says that it is another', async () => {
  const memory = createMemoryKeep();
  const first = setUp(origin, memory);
  await first.models.hear([stated('a.onnx', 2, 'v1')]);
  const download = first.models.download(first.models.absent[0]!);
  first.models.take(0, part(1, 2));
  await download;
  const next = setUp(origin, memory);
  await next.models.hear([stated('a.onnx', 2, 'v1')]);
  expect([next.names(), next.titles()]).toEqual([[], ['a.onnx']]);
  for (const changed of [stated('a.onnx', 2, 'v2'), stated('a.onnx', 3, 'v1')]) {
    await next.models.hear([changed]);
    expect([next.names(), next.titles()]).toEqual([['a'], []]);
  }
  // What nothing is said of is not offered, although it is here.
  await next.models.hear([]);
  expect([next.names(), next.titles()]).toEqual([[], []]);
});

test('of what has another file now, the old one is deleted', async () => {
  const { models, worker, shelf } = setUp();
  const get = async (version: string) => {
    await models.hear([stated('a.onnx', 2, version)]);
    const download = models.download(models.absent[0]!);
    models.take(0, part(1, 2));
    await download;
  };
  await get('v1');
  const empty = new Uint8Array(1);
  const value = await shelf.add(modelOf('another'), { onnx: empty, golden: empty });
  worker.reply = { ok: true, value };
  await get('v2');
  expect((await shelf.list()).map(({ title }) => title)).toEqual(['another']);
});

test('other hosts, and the visitor at home, see nothing of it', async () => {
  const memory = createMemoryKeep();
  const first = setUp(origin, memory);
  await first.models.hear([stated('a.onnx', 1)]);
  const download = first.models.download(first.models.absent[0]!);
  first.models.take(0, part(1));
  await download;
  expect(first.titles()).toEqual(['a.onnx']);
  expect(await new OwnShelf(memory.keep).list()).toEqual([]);
  for (const other of [`${origin}:8443`, 'https://host', 'https://evil.example', 'null']) {
    const { models, titles, names } = setUp(other, memory);
    await models.hear([stated('a.onnx', 1)]);
    expect([names(), titles()], other).toEqual([['a'], []]);
  }
});

test('where nothing can be kept, a model is there as long as the worker', async () => {
  const refuse = () => Promise.reject(new DOMException('denied', 'UnknownError'));
  const denied = { get: refuse, set: refuse, delete: refuse, keys: refuse };
  const { models, names, titles } = setUp(origin, { items: new Map(), keep: denied });
  await models.hear([stated('a.onnx', 1)]);
  const download = models.download(models.absent[0]!);
  models.take(0, part(1));
  await download;
  expect([models.fault, names(), titles()]).toEqual(['', [], ['a.onnx']]);
  await models.hear([stated('a.onnx', 1), stated('b.onnx', 1)]);
  expect([names(), titles()]).toEqual([['b'], ['a.onnx']]);
  await models.drop(models.choice.models[0]!);
  expect([names(), titles(), models.fault]).toEqual([['a', 'b'], [], '']);
  const again = models.download(models.absent[0]!);
  models.take(0, part(1));
  await again;
  expect(titles()).toEqual(['a.onnx']);
  await models.forget();
  expect([names(), titles()]).toEqual([['a', 'b'], []]);
});

test('what is full is told, not held in memory', async () => {
  const { models, names, titles } = setUp(
    origin,
    createMemoryKeep(() => false),
  );
  await models.hear([stated('a.onnx', 1)]);
  const download = models.download(models.absent[0]!);
  models.take(0, part(1));
  await download;
  expect(models.fault).toContain('no room');
  expect([names(), titles()]).toEqual([['a'], []]);
});

test('parts that nobody has asked for are dropped', async () => {
  const { models, files } = setUp();
  await models.hear([stated('a.onnx', 2), stated('b.onnx', 2)]);
  models.take(0, part(6, 6));
  const download = models.download(models.absent[0]!);
  models.take(1, part(6, 6));
  models.take(7, part(6, 6));
  models.take(0, part());
  models.take(0, part(1));
  models.take(0, part(2));
  models.take(0, part(6, 6));
  await download;
  models.take(0, part(6));
  await settle();
  expect(files).toHaveLength(1);
  expect([...new Uint8Array(await files[0]!.bytes)]).toEqual([1, 2]);
});

test('more than was said is not taken, and the host is told to stop', async () => {
  const { models, heard, files } = setUp();
  await models.hear([stated('a.onnx', 3)]);
  const download = models.download(models.absent[0]!);
  models.take(0, part(1, 2));
  models.take(0, part(3, 4));
  await download;
  expect(files).toEqual([]);
  expect(models.fault).toContain('sent more of a than it had said');
  expect(heard).toEqual([
    { type: 'fetch', id: 0 },
    { type: 'fetch', id: Number.MAX_SAFE_INTEGER },
  ]);
});

test('what stops coming is given up, however many empty parts come', async () => {
  const { models, files, pass } = setUp();
  await models.hear([stated('a.onnx', 3)]);
  const download = models.download(models.absent[0]!);
  models.take(0, part(1, 2));
  models.take(0, part());
  pass();
  await download;
  expect(files).toEqual([]);
  expect(models.fault).toContain('did not arrive whole from host.example');
  expect(models.absent).toHaveLength(1);
});

test('what breaks off is told at once, not after a time in which nothing comes', async () => {
  const { models, heard, files } = setUp();
  await models.hear([stated('a.onnx', 3), stated('b.onnx', 3)]);
  const download = models.download(models.absent[0]!);
  models.take(0, part(1, 2));
  models.take(1, undefined);
  expect(models.coming?.arrived).toBe(2);
  models.take(0, undefined);
  await download;
  expect(models.fault).toContain('did not arrive whole from host.example');
  expect([files, models.coming, heard.length]).toEqual([[], null, 2]);
  // The end of what is there whole is no fault.
  const again = models.download(models.absent[0]!);
  models.take(0, part(1, 2, 3));
  models.take(0, undefined);
  await again;
  expect([models.fault, files.length]).toEqual(['', 1]);
});

test('what is deleted is gone, from all of its addresses, and can be downloaded again', async () => {
  const memory = createMemoryKeep();
  const { models, names, titles, workbench } = setUp(origin, memory);
  const both = [stated('a.onnx', 1), stated('b.onnx', 1)];
  await models.hear(both);
  while (models.absent.length > 0) {
    const download = models.download(models.absent[0]!);
    models.take(models.coming!.model.id, part(1));
    await download;
  }
  // Their names are of one length, so of one hash here: one file at two addresses.
  expect([names(), titles()]).toEqual([[], ['a.onnx']]);
  await models.drop(models.choice.models[0]!);
  expect([names(), titles(), models.fault]).toEqual([['a', 'b'], [], '']);
  expect(JSON.stringify(workbench.recipe)).not.toContain(hashOf('b.onnx'));
  expect(memory.items.size).toBe(0);
});

test('what is stopped is no fault; so is what the host says that it has no more', async () => {
  const { models, heard, files } = setUp();
  for (const stop of [() => models.stop(), () => models.hear([stated('b.onnx')])]) {
    await models.hear([stated('a.onnx', 3)]);
    const download = models.download(models.absent[0]!);
    models.take(0, part(1));
    await stop();
    models.take(0, part(2, 3));
    await download;
    expect(heard.at(-1)).toEqual({ type: 'fetch', id: Number.MAX_SAFE_INTEGER });
  }
  expect([models.fault, files]).toEqual(['', []]);
});

test('a host that says no size, or a huge one, is told, and nothing is offered', async () => {
  const { models, heard, names } = setUp();
  await models.hear([0, -1, 1.5, NaN, 10e9, 150_000_001].map((bytes) => stated('a.onnx', bytes)));
  expect(names()).toEqual([]);
  expect(heard.map((message) => 'code' in message && message.code)).toEqual(
    Array(6).fill('bad-attribute'),
  );
});

test('why a file is no model is said', async () => {
  const { models, worker, titles } = setUp();
  worker.reply = failed('own-model-too-large', { mostMegabytes: 150 });
  await models.hear([stated('a.onnx', 1)]);
  const download = models.download(models.absent[0]!);
  models.take(0, part(1));
  await download;
  expect(models.fault).toContain('150');
  expect(titles()).toEqual([]);
});
