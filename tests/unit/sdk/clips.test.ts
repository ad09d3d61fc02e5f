import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failed, type Reply, type Trouble } from '../../../src/core/errors';
import type { ClipFacts } from '../../../src/core/film/clip';
import { scaleOf } from '../../../src/core/recipe/recipe';
import type { ClipOptions, ClipProgress, ClipResult } from '../../../src/sdk/clip-types';
import { Enhancer } from '../../../src/sdk/enhancer';
import type { Client } from '../../../src/sdk/start';
import type { ClipOutlet, ClipRequest } from '../../../src/worker/clip-request';
import type { OpenedPhoto } from '../../../src/worker/protocol';
import type { ClipListener, ClipReport } from '../../../src/worker/reports';
import { report } from '../app/fake-owner';

const facts: ClipFacts = {
  ...{ container: 'mp4', codec: 'H.264', width: 4, height: 3, from: 0.5, to: 10.5 },
  ...{ frameRate: 25, isEven: true, sounds: ['AAC'], lostSounds: 1 },
};
const photo: OpenedPhoto = {
  ...{ id: 7, width: 4, height: 3, name: '', bytes: 1, hasAlpha: false, depth: 8, notes: [] },
  ...{ isLossless: false, isWide: false, format: 'jpeg' },
  analysis: {
    ...{ noise: 0, jpegQuality: 100, jpegEvidence: 'none' },
    ...{ blur: 0, effectiveResolution: 1, shake: 0, printed: false, faded: false, drawn: false },
  },
  preview: { close: () => undefined } as ImageBitmap,
  offers: [{ task: 'upscale', scale: 2, variant: 'faithful' }],
};
const opened: OpenedPhoto = { ...photo, clip: facts };
const made: ClipReport = {
  ...{ file: new Blob(['clip'], { type: 'video/mp4' }), container: 'mp4', codec: 'H.264' },
  ...{ width: 8, height: 6, known: 0, frames: 250, length: 10, seconds: 30, notes: [] },
  ...{ run: report, fault: null, lost: null },
};

const fake = vi.hoisted((): { client: unknown } => ({ client: undefined }));
vi.mock('../../../src/sdk/start', () => ({ startClient: async () => fake.client }));

/** A worker that opens a clip, and makes one when the test says so. */
class FakeClient {
  readonly log: string[] = [];
  alive = true;
  answer: Reply<OpenedPhoto> = { ok: true, value: opened };
  request!: ClipRequest;
  tell: ClipListener = () => undefined;
  outlet: ClipOutlet | undefined;
  finish: (reply: Reply<ClipReport>) => void = () => undefined;
  /** What is given for what is cancelled. */
  part: Reply<ClipReport> = failed('cancelled');

  async open(...[file, options]: Parameters<Client['open']>): ReturnType<Client['open']> {
    this.log.push(`open ${file.name} ${JSON.stringify(options)}`);
    return this.answer;
  }

  async close(photo: number): Promise<void> {
    this.log.push(`close ${photo}`);
  }

  enhanceClip(
    ...[id, request, tell, outlet]: Parameters<Client['enhanceClip']>
  ): ReturnType<Client['enhanceClip']> {
    this.log.push(`enhance ${id}`);
    Object.assign(this, { request, tell, outlet });
    return new Promise((resolve) => (this.finish = resolve));
  }

  async cancel(): Promise<void> {
    this.log.push('cancel');
    this.finish(this.part);
  }

  terminate(): void {
    this.alive = false;
    this.finish(failed('worker-died'));
  }
}

let client: FakeClient;
let enhancer: Enhancer;
const film = new File(['x'], 'film.mp4');
const settle = () => new Promise((done) => setTimeout(done));

beforeEach(() => {
  fake.client = client = new FakeClient();
  enhancer = new Enhancer();
  vi.stubGlobal('VideoDecoder', class {});
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Begins, up to the work itself. */
async function begin(options: ClipOptions = {}) {
  const work = enhancer.enhanceClip(film, options);
  work.catch(() => undefined);
  await settle();
  // In an object: a promise would be waited for.
  return { work };
}

const faulty = (trouble: Trouble): Reply<ClipReport> => ({
  ok: true,
  value: { ...made, frames: 50, length: 2, fault: trouble },
});
const cancelled = faulty({ ...failed('cancelled') });

/** A stream that notes what happens to it. */
function stream(log: unknown[], fails = false): WritableStream {
  return new WritableStream({
    write(chunk) {
      if (fails) throw new Error('The disk was taken out');
      log.push(chunk);
    },
    close: () => void log.push('closed'),
    abort: (reason: Error) => void log.push(`aborted: ${reason.name}`),
  });
}

test('a clip is made by what its first picture calls for, and closed', async () => {
  const told: ClipProgress[] = [];
  const { work } = await begin({ onProgress: (progress) => told.push(progress) });
  client.tell({ stage: 'run', fraction: 0.5, etaSeconds: 3, frames: 125 });
  client.finish({ ok: true, value: made });
  const { blob, recipe, report: ran, ...rest } = await work;
  client.tell({ stage: 'run', fraction: 1, etaSeconds: 0, frames: 250 });
  expect(await blob!.text()).toBe('clip');
  expect(scaleOf(recipe)).toBe(2);
  expect(rest).toEqual({
    ...{ width: 8, height: 6, format: 'mp4', codec: 'H.264', frames: 250, seconds: 10 },
    lostSounds: 1,
  });
  expect(ran).toMatchObject({ backend: report.backend, seconds: 30 });
  expect(client.request).toMatchObject({ from: 0.5, to: 10.5, quality: 'same', deband: 0 });
  expect(client.request).toMatchObject({ metadata: { keep: true, isAnonymous: false } });
  expect(client.log).toEqual([
    'open film.mp4 {"beside":true,"takesClips":true}',
    ...['enhance 7', 'close 7'],
  ]);
  expect(told.map(({ stage, frames, allFrames }) => [stage, frames, allFrames])).toEqual([
    ...[['open', 0, null] as const, ['run', 125, 250] as const],
    ['save', 250, 250],
  ]);
});

test('what is said of a clip that is opened is said with what is made of it', async () => {
  const notes = [{ note: 'colours-converted', facts: {} }] as const;
  client.answer = { ok: true, value: { ...opened, notes } };
  const { work } = await begin();
  const facts = { kind: 'chapters' } as const;
  client.finish({ ok: true, value: { ...made, notes: [{ note: 'text-left-out', facts }] } });
  expect((await work).report.notes).toEqual([
    'Its colours were converted to sRGB.',
    'Its chapters were left out: they cannot be read here, or the container does not hold them as they are.',
  ]);
});

test('what is asked for of the film, its stretch and its file goes to the worker', async () => {
  const told: (number | null)[] = [];
  const { work } = await begin({
    ...{ scale: 2, from: -3, to: 4.5, format: 'webm', quality: 2e6, strength: 0.5 },
    metadata: 'anonymous',
    film: { deflicker: true, steadyDetail: true, deband: 0.3, frameRate: 50, cleanSpeech: 1 },
    onProgress: ({ allFrames }) => told.push(allFrames),
  });
  client.tell({ stage: 'run', fraction: 0, etaSeconds: null, frames: 1 });
  client.finish({ ok: true, value: made });
  expect((await work).recipe.finish.strength).toBe(0.5);
  expect(client.request).toMatchObject({
    ...{ from: 0.5, to: 4.5, container: 'webm', quality: 2e6, finish: { strength: 0.5 } },
    metadata: { keep: true, isAnonymous: true },
    ...{ deflicker: true, steadyDetail: true, deband: 0.3, rate: 50, cleanSpeech: 1 },
  });
  expect(client.request).not.toHaveProperty('isAppended');
  expect(told).toEqual([null, 200, 200]);
});

test('a stretch that is not in the clip is refused by the range that is', async () => {
  const late = enhancer.enhanceClip(film, { from: 11 });
  await expect(late).rejects.toThrow('options.from must be a number from 0.5 to 10.5.');
  const early = enhancer.enhanceClip(film, { to: 0.5 });
  await expect(early).rejects.toMatchObject({ code: 'bad-option' });
  expect(client.log.filter((line) => line === 'close 7')).toHaveLength(2);
});

test('an aborted call hands over what is done, and rejects only then; the next begins after that', async () => {
  const stop = new AbortController();
  const order: string[] = [];
  const parts: ClipResult[] = [];
  const { work } = await begin({
    signal: stop.signal,
    onPart: (part) => {
      order.push('part');
      parts.push(part);
    },
  });
  const ended = work.catch((error: Error) => order.push(error.name));
  const next = enhancer.enhanceClip(film, { signal: AbortSignal.abort() });
  await expect(next).rejects.toMatchObject({ name: 'AbortError' });
  // The tile that is under way is ended first.
  client.cancel = async () => undefined;
  stop.abort();
  await settle();
  expect(order).toEqual([]);
  client.finish(cancelled);
  await ended;
  expect(order).toEqual(['part', 'AbortError']);
  expect(parts).toMatchObject([{ frames: 50, seconds: 2, format: 'mp4' }]);
  expect(await parts[0]!.blob!.text()).toBe('clip');
  expect(client.log.at(-1)).toBe('close 7');
});

test('a call that is aborted while it waits rejects at once; one that has no picture yet has no part', async () => {
  const stop = new AbortController();
  const onPart = vi.fn();
  const { work: first } = await begin({ signal: stop.signal, onPart });
  const waiting = new AbortController();
  const second = enhancer.enhanceClip(film, { signal: waiting.signal });
  waiting.abort(new Error('changed my mind'));
  await expect(second).rejects.toThrow('changed my mind');
  stop.abort();
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  expect(onPart).not.toHaveBeenCalled();
});

test('a failure in the middle hands over what is done, and rejects with it', async () => {
  const onPart = vi.fn();
  const { work } = await begin({ onPart });
  client.finish(faulty({ ...failed('gpu-lost', { cause: 'planted', reason: 'unknown' }) }));
  await expect(work).rejects.toMatchObject({ code: 'device-lost' });
  expect(onPart).toHaveBeenCalledOnce();
});

test('a plain stream is given bytes in their order and closed; a part stays, and where nothing was written it is aborted', async () => {
  const log: unknown[] = [];
  const { work } = await begin({ writable: stream(log) });
  expect(client.request.isAppended).toBe(true);
  const bytes = new Uint8Array([1, 2, 3]);
  await client.outlet!(bytes, 0);
  client.finish({ ok: true, value: { ...made, file: new Blob() } });
  expect((await work).blob).toBeNull();
  expect(log).toEqual([bytes, 'closed']);

  const stop = new AbortController();
  const cut: unknown[] = [];
  const parts: (Blob | null)[] = [];
  const { work: second } = await begin({
    ...{ writable: stream(cut), signal: stop.signal },
    onPart: ({ blob }) => parts.push(blob),
  });
  await client.outlet!(bytes, 0);
  client.part = cancelled;
  stop.abort();
  await expect(second).rejects.toMatchObject({ name: 'AbortError' });
  expect(cut).toEqual([bytes, 'closed']);
  expect(parts).toEqual([null]);

  const none: unknown[] = [];
  client.answer = failed('clip-unsupported', { lack: 'codec', codec: 'ProRes' });
  const refused = enhancer.enhanceClip(film, { writable: stream(none) });
  await expect(refused).rejects.toMatchObject({ code: 'unsupported-format' });
  await expect(refused).rejects.toThrow('ProRes');
  expect(none).toEqual(['aborted: EnhanceError']);
});

test('a file is written where it is told to', async () => {
  const log: unknown[] = [];
  const writable = Object.assign(stream(log), { truncate: async () => undefined });
  const { work } = await begin({ writable });
  expect(client.request).not.toHaveProperty('isAppended');
  const data = new Uint8Array([1]);
  await client.outlet!(data, 5);
  client.finish({ ok: true, value: made });
  await work;
  expect(log).toEqual([{ type: 'write', data, position: 5 }, 'closed']);
});

test('a stream that fails ends the work, and the call rejects with what it failed with', async () => {
  const { work } = await begin({ writable: stream([], true) });
  await expect(client.outlet!(new Uint8Array(1), 0)).rejects.toThrow();
  await expect(work).rejects.toThrow('The disk was taken out');
  expect(client.log).toContain('cancel');
});

test('a photo is no clip, and where nothing decodes clips that is said before anything is done', async () => {
  client.answer = { ok: true, value: photo };
  await expect(enhancer.enhanceClip(film)).rejects.toMatchObject({
    code: 'unsupported-format',
    message: expect.stringContaining('enhance()') as string,
  });
  expect(client.log.at(-1)).toBe('close 7');
  client.log.length = 0;
  vi.unstubAllGlobals();
  await expect(enhancer.enhanceClip(film)).rejects.toMatchObject({
    code: 'unsupported-format',
    message: expect.stringContaining('Node has not') as string,
  });
  expect(client.log).toEqual([]);
});

test('disposing ends a clip at once', async () => {
  const { work } = await begin();
  enhancer.dispose();
  await expect(work).rejects.toMatchObject({ code: 'cancelled' });
});

test.each([
  [{ from: 2, to: 1 }, 'options.from must be before "options.to"'],
  [{ format: 'avi' }, 'options.format must be auto or mp4'],
  [{ quality: 5 }, 'options.quality must be a number from 100000'],
  [{ metadata: 'some' }, 'options.metadata must be keep or anonymous or none'],
  [{ quality: 'best' }, 'options.quality must be same or smaller'],
  [{ film: { deband: 2 } }, 'options.film.deband'],
  [{ film: { frameRate: 23 } }, 'options.film.frameRate'],
  [{ film: { flicker: true } }, 'options.film.flicker'],
  [{ writable: 'film.mp4' }, 'options.writable must be a WritableStream that is not locked'],
  [{ onPart: true }, 'options.onPart must be a function'],
  [{ depth: 16 }, 'options.depth'],
] as [unknown, string][])('%j is refused by its path', async (options, words) => {
  await expect(enhancer.enhanceClip(film, options as ClipOptions)).rejects.toThrow(words);
  expect(client.log).toEqual([]);
});

test('a stream that is locked is refused', async () => {
  const writable = stream([]);
  writable.getWriter();
  await expect(enhancer.enhanceClip(film, { writable })).rejects.toThrow('options.writable');
});
