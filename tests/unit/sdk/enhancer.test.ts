import fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import { failed, type Reply } from '../../../src/core/errors';
import { suggestWithin } from '../../../src/core/findings/suggest';
import type { Note } from '../../../src/core/notes';
import type { Offers } from '../../../src/core/recipe/offers';
import { applyPreset } from '../../../src/core/recipe/presets';
import { scaleOf } from '../../../src/core/recipe/recipe';
import { recommend } from '../../../src/core/recipe/recommendation';
import { ownOf } from '../../../src/core/recipe/own';
import type { OwnModel } from '../../../src/models/own/own-shelf';
import { Enhancer } from '../../../src/sdk/enhancer';
import { PublicError } from '../../../src/sdk/public-error';
import type { Client } from '../../../src/sdk/start';
import type { OpenedPhoto } from '../../../src/worker/protocol';
import type { JobProgress, RunReport } from '../../../src/worker/reports';

/** A worker that writes down what it is asked, and answers when the test says so. */
class FakeClient implements Client {
  readonly log: string[] = [];
  models: Offers = [{ task: 'upscale', scale: 2, variant: 'faithful' }];
  /** Whether the catalogue is there in time for the reply to `open`. */
  isPrompt = true;
  /** What saved files lack. */
  lacks: readonly Note[] = [];
  alive = false;
  closed = 0;
  tell: (progress: JobProgress) => void = () => undefined;
  finish: (reply: Reply<RunReport>) => void = () => undefined;

  async open(
    ...[file, { beside = false } = {}]: Parameters<Client['open']>
  ): Promise<Reply<OpenedPhoto>> {
    this.log.push(`open ${file.name}${beside ? ' ahead' : ''}`);
    if (file.size === 0) return failed('file-empty');
    this.alive = true;
    const offers = this.isPrompt ? this.models : null;
    return { ok: true, value: { ...info, width, name: file.name, id: ++this.#last, offers } };
  }

  #last = 0;

  async addModel(source: File | string): ReturnType<Client['addModel']> {
    const name = typeof source === 'string' ? source : source.name;
    this.log.push(`add ${name}`);
    if (name === 'stuck.pth') return new Promise(() => undefined);
    if (name === 'empty.pth') return failed('own-model-damaged', { detail: 'header' });
    const title = /(\w+)\.\w+$/.exec(name)![1]!;
    return { ok: true, value: brought(title, title === 'calm' ? 1 : 4) };
  }

  async stopAdding(): Promise<void> {
    this.log.push('stop adding');
  }

  async close(photo: number): Promise<void> {
    this.log.push(`close ${photo}`);
  }

  async findShake(): ReturnType<Client['findShake']> {
    this.log.push('findShake');
    return { ok: true, value: 17 };
  }

  async offers(): ReturnType<Client['offers']> {
    this.log.push('offers');
    return { ok: true, value: this.models };
  }

  async plan(): ReturnType<Client['plan']> {
    this.log.push('plan');
    const value = {
      output,
      steps: [],
      downloadBytes: 1,
      peakBytes: 2,
      seconds: null,
      tierSeconds: null,
    };
    return { ok: true, value };
  }

  enhance(
    ...[photo, recipe, , onProgress]: Parameters<Client['enhance']>
  ): Promise<Reply<RunReport>> {
    this.log.push(`enhance ${scaleOf(recipe)} of ${photo}`);
    this.tell = onProgress;
    return new Promise((resolve) => (this.finish = resolve));
  }

  async enhanceClip(): ReturnType<Client['enhanceClip']> {
    return failed('photo-missing');
  }

  async save(...[, { format }]: Parameters<Client['save']>): ReturnType<Client['save']> {
    this.log.push(`save ${format}`);
    const blob = new Blob([], { type: `image/${format}` });
    return { ok: true, value: { blob, notes: this.lacks } };
  }

  async cancel(): Promise<void> {
    this.log.push('cancel');
    this.finish(failed('cancelled'));
  }

  terminate(): void {
    this.alive = false;
    this.finish(failed('worker-died'));
  }

  readonly bitmap = { close: () => this.closed++ } as unknown as ImageBitmap;
}

/** A network of the page's own. */
function brought(title: string, scale: 1 | 4 = 4): OwnModel {
  const sha256 = 'ab'.repeat(32);
  const url = `own:${sha256}`;
  const golden = { url, bytes: 40, sha256: 'cd'.repeat(32), tolerance: 2 };
  return {
    ...{ v: 1, sha256, title, licence: 'CC0', author: '', fileName: '', fileBytes: 1 },
    ...{ architecture: 'Compact', isWide: false },
    card: {
      ...{ id: url, task: 'upscale', tier: 'quality', variant: 'faithful', title, scale },
      ...{ outputs: 3, halo: 3, multiple: 1, controls: [], macsPerPixel: 5, widestBytes: 64 },
      ...{ params: 5, licence: '', trainedOn: '', metrics: {} },
      files: [{ url, bytes: 300, sha256: 'ef'.repeat(32), psnrLoss: 0, precision: 'fp32', golden }],
    },
  };
}

const output = { width: 8, height: 6 };
const report: RunReport = {
  ...{ output, steps: [], backend: 'wasm', software: false, device: '', seconds: 1, notes: [] },
};
const done: Reply<RunReport> = { ok: true, value: report };
let width = 4;
const info: Omit<OpenedPhoto, 'id' | 'offers'> = {
  ...{ width: 4, height: 3, name: '', bytes: 1, hasAlpha: false, depth: 8, notes: [] },
  isLossless: false,
  isWide: false,
  format: 'jpeg',
  analysis: {
    ...{ noise: 0, jpegQuality: 100, jpegEvidence: 'none' },
    ...{ blur: 0, effectiveResolution: 1, shake: 0, printed: false, faded: false, drawn: false },
  },
  preview: { close: () => undefined } as ImageBitmap,
};

const fake = vi.hoisted((): { client: unknown } => ({ client: undefined }));
vi.mock('../../../src/sdk/start', () => ({ startClient: async () => fake.client }));

let client: FakeClient;
let enhancer: Enhancer;
const beach = new File(['x'], 'beach.jpg');
const hill = new File(['y'], 'hill.jpg');

beforeEach(() => {
  width = 4;
  client = new FakeClient();
  fake.client = client;
  enhancer = new Enhancer();
});

/** Lets everything happen that waits for nothing. */
const settle = () => new Promise((done) => setTimeout(done));

test('what the file lacks is told with the run', async () => {
  client.lacks = [{ note: 'gain-map-lost', facts: {} }];
  const result = enhancer.enhance(beach);
  await settle();
  client.finish(done);
  const said = 'Its HDR gain map could not be carried over: the file is without it.';
  expect((await result).report.notes).toContain(said);
});

test('calls take turns, and an open photo is not opened again', async () => {
  const first = enhancer.enhance(beach);
  const second = enhancer.enhance(beach, { scale: 4, format: 'png' });
  const third = enhancer.open(hill);
  await settle();
  expect(client.log).toEqual(['open beach.jpg', 'enhance 2 of 1']);
  client.finish(done);
  await settle();
  expect(client.log.slice(2)).toEqual(['save jpeg', 'enhance 4 of 1']);
  client.finish(done);
  await settle();
  expect(client.log.slice(4)).toEqual(['save png', 'open hill.jpg']);
  expect(await first).toMatchObject({
    ...output,
    recipe: recommend([], 2),
    report: { seconds: 1 },
  });
  expect((await second).blob.type).toBe('image/png');
  expect((await third).suggestion.recipe).toEqual(recommend([], 2));
});

test('a failure rejects its own call and no other', async () => {
  const first = enhancer.enhance(beach);
  const second = enhancer.plan(beach);
  await settle();
  client.finish(failed('result-too-large', { scale: 4, width: 8, height: 6, fits: 2 }));
  await expect(first).rejects.toMatchObject({ code: 'too-large', detail: { fits: 2 } });
  await expect(first).rejects.toThrow('2× fits.');
  expect(await second).toMatchObject({ ...output, recipe: recommend([], 2), seconds: null });
});

test('a network of the page’s own is added when it is first asked for, and once', async () => {
  const models = [new File(['x'], 'sharp.pth'), 'https://site.example/far.onnx'];
  enhancer = new Enhancer({ models });
  await enhancer.plan(beach);
  expect(client.log).toEqual(['open beach.jpg', 'plan']);
  const { recipe } = await enhancer.plan(beach, { model: 'far' });
  expect(ownOf(recipe)).toMatchObject({ title: 'far', scale: 4 });
  expect(client.log.slice(2)).toEqual([`add sharp.pth`, `add ${models[1] as string}`, 'plan']);
  expect(await enhancer.models()).toMatchObject([
    { title: 'sharp', scale: 4, halo: 3, bytes: 1, licence: 'CC0', architecture: 'Compact' },
    { title: 'far' },
  ]);
  expect(client.log).toHaveLength(5);
  await expect(enhancer.plan(beach, { model: 'far', modelAfter: true })).rejects.toMatchObject({
    code: 'bad-option',
    message: expect.stringContaining('options.modelAfter') as string,
  });
  await expect(enhancer.plan(beach, { model: 'blunt' })).rejects.toMatchObject({
    code: 'bad-option',
    message: expect.stringContaining('sharp') as string,
  });
});

test('one that keeps the size works before the enlarger, or after it where that is asked for', async () => {
  enhancer = new Enhancer({ models: [new File(['x'], 'calm.pth')] });
  const before = await enhancer.plan(beach, { model: 'calm' });
  expect(ownOf(before.recipe)).toMatchObject({ title: 'calm', scale: 1 });
  expect(ownOf(before.recipe)).not.toHaveProperty('after');
  const after = await enhancer.plan(beach, { model: 'calm', modelAfter: true });
  expect(ownOf(after.recipe)).toMatchObject({ title: 'calm', scale: 1, after: true });
});

test('one that a recipe names by its hash is added before, and why it is not is told', async () => {
  const models = [new File([], 'empty.pth')];
  enhancer = new Enhancer({ models });
  const own = { sha256: 'ab'.repeat(32), title: 'sharp', scale: 4 } as const;
  const step = { task: 'upscale', scale: 2, own } as const;
  const planning = enhancer.plan(beach, { recipe: { v: 2, steps: [step] } });
  await expect(planning).rejects.toMatchObject({ code: 'model-corrupt' });
  const recipe = recommend([], 2);
  await expect(enhancer.plan(beach, { recipe, model: 'sharp' })).rejects.toThrow('options.model');
});

test('the adding of one is given up with its call', async () => {
  const stop = new AbortController();
  enhancer = new Enhancer({ models: [new File([], 'stuck.pth')] });
  const asking = enhancer.models({ signal: stop.signal });
  await settle();
  stop.abort();
  await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  await settle();
  expect(client.log).toContain('stop adding');
});

test('an aborted call rejects at once with the reason; the next waits until the work has ended', async () => {
  const stop = new AbortController();
  const first = enhancer.enhance(beach, { signal: stop.signal });
  const second = enhancer.enhance(beach);
  await settle();
  stop.abort();
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  await settle();
  expect(client.log).toEqual(['open beach.jpg', 'enhance 2 of 1', 'cancel', 'enhance 2 of 1']);
  client.finish(done);
  await second;
});

test('a call that was aborted while it waited asks the worker nothing', async () => {
  const stop = new AbortController();
  const first = enhancer.enhance(beach);
  const second = enhancer.enhance(hill, { signal: stop.signal });
  await settle();
  stop.abort(new Error('changed my mind'));
  await expect(second).rejects.toThrow('changed my mind');
  client.finish(done);
  await first;
  expect(client.log).toEqual(['open beach.jpg', 'enhance 2 of 1', 'save jpeg']);
});

test('progress is told without pixels, which are freed, and a throwing listener stops nothing', async () => {
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const told: unknown[] = [];
  const run = enhancer.enhance(beach, {
    onProgress: (progress) => {
      told.push(progress);
      throw new Error('mine');
    },
  });
  await settle();
  const rect = { x: 0, y: 0, width: 1, height: 1 };
  const running = { stage: 'run', task: 'upscale', fraction: 0.5, etaSeconds: 3 } as const;
  client.tell({ ...running, patch: { rect, bitmap: client.bitmap } });
  client.finish(done);
  await run;
  const stage = { task: null, fraction: 0, etaSeconds: null };
  expect(told).toEqual([{ ...stage, stage: 'open' }, running, { ...stage, stage: 'save' }]);
  expect(client.closed).toBe(1);
  expect(reported).toHaveBeenCalledTimes(3);
  vi.unstubAllGlobals();
});

test('progress that comes after the reply is not told, but that the work is done is', async () => {
  const told: string[] = [];
  const run = enhancer.enhance(beach, {
    onProgress: ({ stage, fraction }) => told.push(`${stage} ${fraction}`),
  });
  await settle();
  const ran = { kind: 'network', tiles: 1, cpuTiles: 1, readBacks: 0, precision: 'int8' } as const;
  const steps = [{ task: 'upscale', model: 'Faithful', ...ran }] as const;
  client.finish({ ok: true, value: { ...report, steps } });
  await run;
  const rect = { x: 0, y: 0, width: 1, height: 1 };
  const late = { stage: 'run', task: 'upscale', fraction: 0.5, etaSeconds: 3 } as const;
  client.tell({ ...late, patch: { rect, bitmap: client.bitmap } });
  expect(told).toEqual(['open 0', 'run 1', 'save 0']);
  expect(client.closed).toBe(1);
});

test('nothing is suggested that the catalogue has no model for', async () => {
  const noisy = { ...info, id: 1, offers: null, analysis: { ...info.analysis, noise: 30 } };
  client.open = async () => ({ ok: true, value: noisy });
  const { format, suggestion } = await enhancer.open(beach);
  expect(format).toBe('JPEG');
  expect(suggestion.recipe).toEqual(recommend([], 2));
  expect(suggestion.reasons).toMatchObject([{ kind: 'noise' }]);
  client.models = [...client.models, { task: 'clean', scale: 1, variant: 'faithful' }];
  expect((await enhancer.open(beach)).suggestion.recipe.steps[0]).toHaveProperty('task', 'clean');
});

test('what may be asked for comes with the photo, and is asked for only where it was late', async () => {
  const { suggestion, ...photo } = await enhancer.open(beach);
  expect(scaleOf(suggestion.recipe)).toBe(2);
  expect(Object.keys(photo).sort()).toEqual(
    Object.keys(info)
      .filter((name) => name !== 'preview')
      .sort(),
  );
  expect(client.log).toEqual(['open beach.jpg']);
  client.isPrompt = false;
  await enhancer.open(hill);
  expect(client.log.slice(1)).toEqual(['open hill.jpg', 'offers']);
});

test('notes come as sentences', async () => {
  const cut = {
    ...info,
    id: 1,
    offers: client.models,
    notes: [{ note: 'cut-off', facts: {} }] as const,
  };
  client.open = async () => ((client.alive = true), { ok: true, value: cut });
  expect((await enhancer.open(beach)).notes).toEqual([
    'This file is cut off or damaged: what could be read is shown.',
  ]);
  const run = enhancer.enhance(beach);
  await settle();
  const facts = { problem: 'gpu-memory', measure: 'tile' } as const;
  client.finish({ ok: true, value: { ...report, notes: [{ note: 'recovered', facts }] } });
  // What was said of the photo is said to who never opened it by itself, too.
  expect((await run).report.notes).toEqual([
    'This file is cut off or damaged: what could be read is shown.',
    'There was too little memory. Smaller tiles were used from there on.',
  ]);
});

test('a shake is looked for in a soft photo, once, and its undoing suggested', async () => {
  client.models = [...client.models, { task: 'deblur', scale: 1, variant: 'faithful' }];
  const soft = {
    ...info,
    id: 1,
    offers: client.models,
    analysis: { ...info.analysis, effectiveResolution: 0.4 },
  };
  client.open = async () => ((client.alive = true), { ok: true, value: soft });
  const { analysis, suggestion } = await enhancer.open(beach);
  expect(analysis.shake).toBe(17);
  expect(suggestion).toMatchObject({
    recipe: { steps: [{ task: 'deblur', amount: 100 }, {}] },
    reasons: [{ kind: 'shake' }],
  });
  await enhancer.plan(beach);
  expect(client.log).toEqual(['findShake', 'plan']);
});

test('a worker that died has no photo any more', async () => {
  await enhancer.open(beach);
  client.alive = false;
  await enhancer.open(beach);
  expect(client.log).toEqual(['open beach.jpg', 'open beach.jpg']);
});

test('disposing ends what runs and refuses what comes', async () => {
  const running = enhancer.enhance(beach);
  const waiting = enhancer.open(hill);
  await settle();
  enhancer.dispose();
  for (const call of [running, waiting, enhancer.plan(beach)]) {
    await expect(call).rejects.toBeInstanceOf(PublicError);
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  }
  expect(client.alive).toBe(false);
});

test('a bad option is refused before anything is asked', async () => {
  expect(() => new Enhancer({ backend: 'gpu' as never })).toThrow('options.backend');
  await expect(enhancer.enhance(beach, { quality: 0 })).rejects.toThrow('options.quality');
  await expect(enhancer.open('me.png' as never)).rejects.toThrow('file must be');
  expect(client.log).toEqual([]);
});

test('whatever a method is called with, it settles: with a value, or with the path of what is wrong', async () => {
  client.enhance = async () => done;
  const known = fc.constantFrom('png', 'tiff', 900, 50, 0.5, null, NaN, 'auto', {}, { v: 1 });
  const options = fc.record(
    { recipe: known, scale: known, signal: known, format: known, quality: known, strength: known },
    { requiredKeys: [] },
  );
  const anything = fc.anything({
    ...{ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true },
    ...{ withNullPrototype: true, withSparseArray: true },
  });
  const codes = new Set<string>();
  const end = (work: Promise<unknown>) =>
    work.then(
      () => codes.add('a value'),
      (error: unknown) => {
        expect(error).toBeInstanceOf(PublicError);
        const { code, message } = error as PublicError;
        codes.add(code);
        expect(message).toMatch(/^(file|options)\b\S* /);
      },
    );
  await fc.assert(
    fc.asyncProperty(fc.oneof(options, anything), async (value) => {
      const wild = value as never;
      for (const method of ['open', 'plan', 'enhance'] as const)
        await Promise.all([end(enhancer[method](wild)), end(enhancer[method](beach, wild))]);
      await end(Promise.resolve().then(() => new Enhancer(wild)));
    }),
    { numRuns: 500 },
  );
  expect([...codes].sort()).toEqual(['a value', 'bad-option']);
});

test('a format that does not hold the result is refused before the run, and auto takes another', async () => {
  width = 40_000;
  await expect(enhancer.enhance(beach, { format: 'webp' })).rejects.toMatchObject({
    code: 'too-large',
  });
  expect(client.log.some((line) => line.startsWith('enhance'))).toBe(false);
  const written = enhancer.enhance(beach, { format: 'auto' });
  await settle();
  client.finish({ ok: true, value: { ...report, output: { width: 80_000, height: 6 } } });
  await written;
  expect(client.log.at(-1)).toBe('save png');
});

test('of many files the next is read beside the present one, which is closed then; a broken one is told of', async () => {
  const empty = new File([], 'empty.jpg');
  const told: number[] = [];
  const many = enhancer.enhanceMany([beach, empty, hill], {
    onProgress: ({ stage }, index) => stage === 'save' && told.push(index),
  });
  const outcomes: unknown[] = [];
  const all = (async () => {
    for await (const outcome of many) outcomes.push(outcome.ok || outcome.error);
  })();
  await settle();
  client.tell({ stage: 'run', task: 'upscale', fraction: 0, etaSeconds: null });
  await settle();
  client.finish(done);
  await settle();
  client.finish(done);
  await all;
  expect(client.log).toEqual([
    ...['open beach.jpg', 'enhance 2 of 1', 'open empty.jpg ahead', 'save jpeg', 'close 1'],
    ...['open hill.jpg ahead', 'enhance 2 of 2', 'save jpeg'],
  ]);
  expect(outcomes).toMatchObject([true, { code: 'corrupt-file' }, true]);
  expect(told).toEqual([0, 2]);
});

test('a preset is what the photo calls for, changed as on the page; with a recipe it makes no sense', async () => {
  const run = enhancer.enhance(beach, { preset: 'portrait' });
  await settle();
  client.finish(done);
  const { recipe } = await run;
  expect(recipe).toEqual(
    applyPreset('portrait', suggestWithin(info.analysis, 2, client.models), client.models),
  );
  expect(recipe.finish.strength).toBeLessThan(1);
  const both = enhancer.enhance(beach, { preset: 'art', recipe });
  await expect(both).rejects.toThrow('options.preset must be left out.');
  await expect(enhancer.enhance(beach, { preset: 'cat' as never })).rejects.toThrow('portrait');
});
