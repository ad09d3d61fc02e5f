import { afterEach, expect, test, vi } from 'vitest';
import { Film } from '../../../../../src/app/state/photo/film.svelte';
import { writeSettings } from '../../../../../src/app/state/photo/session-parts';
import type { ClipFacts } from '../../../../../src/core/film/clip';
import { failed, type Reply, type Trouble } from '../../../../../src/core/errors';
import type { OwnerCalls } from '../../../../../src/worker/client';
import type { ClipRequest } from '../../../../../src/worker/clip-request';
import type { ClipReport } from '../../../../../src/worker/reports';
import { setUpBench } from '../../fake-bench';
import { pretendFile } from '../../pretend-file';
import { FakeOwner, report } from '../../fake-owner';

afterEach(() => vi.unstubAllGlobals());

const facts: ClipFacts = {
  ...{ container: 'mp4', codec: 'H.264', width: 4, height: 3, from: 0, to: 20 },
  ...{ frameRate: 25, isEven: true, sounds: [], lostSounds: 0 },
};

const made = (length: number, fault: Trouble | null = null): ClipReport => ({
  ...{ file: new Blob(['clip'.repeat(250 * length)]), container: 'mp4', codec: 'H.264' },
  ...{
    width: 8,
    height: 6,
    known: 0,
    lost: null,
    frames: 25 * length,
    length,
    seconds: 3 * length,
    run: report,
    notes: [],
    fault,
  },
});

/** A film whose worker answers with what is given. */
async function setUp(reply: (request: ClipRequest) => Reply<ClipReport>) {
  const owner = new FakeOwner();
  const bench = setUpBench(owner);
  await bench.open(new File(['x'], 'holiday.mp4'));
  const asked: ClipRequest[] = [];
  const enhanceClip: OwnerCalls['enhanceClip'] = async (_, request) => {
    asked.push(request);
    return reply(request);
  };
  const enhancer = { enhanceClip, cancel: () => owner.cancel() };
  return { film: new Film(enhancer, bench, bench.photo!.id, facts), asked, bench };
}

test('a look makes two seconds from the beginning of the stretch, and tells what all of it takes', async () => {
  const { film, asked } = await setUp(({ from, to }) => ({ ok: true, value: made(to - from) }));
  // A picture's plan of 3 s, for each of 500.
  expect(film.seconds).toBe(3 * 20 * 25);
  expect(film.bytes).toBeNull();
  film.from = 10;
  await film.play();
  expect(asked[0]).toMatchObject({ from: 10, to: 12, isLook: true });
  expect(film.look).toMatchObject({ from: 10, to: 12 });
  expect(film.result).toBeNull();
  expect([film.seconds, film.bytes]).toEqual([30, 10_000]);
  // Of other settings nothing was measured.
  film.rate = 50;
  expect(film.bytes).toBeNull();
});

test('what its file is to say is asked for; a result that says something else is an earlier one', async () => {
  const enhanced = async (): Promise<Reply<ClipReport>> => ({ ok: true, value: made(20) });
  const bench = setUpBench(new FakeOwner());
  await bench.open(new File(['x'], 'holiday.mp4'));
  const said: unknown[] = [];
  const enhanceClip: OwnerCalls['enhanceClip'] = (_, { metadata }) => {
    said.push(metadata);
    return enhanced();
  };
  let metadata = { keep: true, isAnonymous: false };
  const owner = { enhanceClip, cancel: async () => undefined };
  const film = new Film(owner, bench, bench.photo!.id, facts, { metadata: () => metadata });
  await film.enhance();
  expect(said).toEqual([metadata]);
  expect(film.isStale).toBe(false);
  metadata = { keep: true, isAnonymous: true };
  expect(film.isStale).toBe(true);
});

test('what is done to the pictures in their order goes with the request', async () => {
  const { film, asked } = await setUp(({ from, to }) => ({ ok: true, value: made(to - from) }));
  await film.enhance();
  expect(asked[0]).toMatchObject({ deflicker: false, steadyDetail: false });
  expect(asked[0]).not.toHaveProperty('rate');
  film.deflicker = true;
  // Of that nothing was measured.
  expect(film.bytes).toBeNull();
  film.steadyDetail = true;
  film.rate = 30;
  await film.enhance();
  expect(asked[1]).toMatchObject({ deflicker: true, steadyDetail: true, rate: 30 });
});

test('a press just as what was found is planned anew is for that, and not lost', async () => {
  const { film, asked, bench } = await setUp(({ from, to }) => ({
    ok: true,
    value: made(to - from),
  }));
  const looking = Promise.resolve().then(() => void (bench.plan = null));
  film.finding = looking.finally(() => (film.finding = null));
  await film.enhance();
  expect(asked).toHaveLength(1);
});

test('what was stopped or broke off in the middle is a result, and says so', async () => {
  let fault: Trouble | null = { problem: 'cancelled', code: 'cancelled', facts: {} };
  const { film, bench } = await setUp(() => ({ ok: true, value: made(5, fault) }));
  await film.enhance();
  expect(film.result?.frames).toBe(125);
  expect(bench.status).toMatch(/^Stopped\. What is done, 5 s, can be saved\.$/);
  fault = { problem: 'storage-full', code: 'storage-full', facts: {} };
  await film.enhance();
  expect(bench.status).toMatch(/^It ended early\. .*5 s, can be saved\.$/);
});

test('what failed before there was a picture says why, and what was made before stays', async () => {
  let reply: Reply<ClipReport> = { ok: true, value: made(1) };
  const { film } = await setUp(() => reply);
  await film.enhance();
  const { result } = film;
  reply = failed('gpu-missing');
  await film.enhance();
  expect(film.fault).not.toBe('');
  expect(film.result).toBe(result);
  expect(film.ready).toBe(true);
});

test('how it is coded goes with the request, and what is expected follows', async () => {
  const { film, asked } = await setUp(({ from, to }) => ({ ok: true, value: made(to - from) }));
  await film.play();
  expect(asked[0]).toMatchObject({ quality: 'same' });
  expect(film.bytes).toBe(20_000);
  film.quality = 'smaller';
  expect(film.bytes).toBeNull();
  film.quality = 'custom';
  film.askBitRate(2e6);
  // 20 s of 2 Mbit/s.
  expect(film.bytes).toBe(5e6);
  for (const wrong of [NaN, 0, -1, 1e12]) film.askBitRate(wrong);
  await film.play();
  expect(asked[1]).toMatchObject({ quality: 2e6 });
  // What was measured counts more than what was asked.
  expect(film.bytes).toBe(20_000);
});

test.each([
  ['smaller', {}],
  [3e6, { deband: 0.5, cleanSpeech: 0.25 }],
] as const)('a clip that is gone on with is coded as before: %s', async (quality, more) => {
  const { film, asked, bench } = await setUp(({ from, to }) => ({
    ok: true,
    value: made(to - from),
  }));
  const { recipe, finish } = bench;
  const wishes = { from: 2, to: 8, deflicker: true, steadyDetail: false, quality, ...more };
  const kept = {
    name: 'a.mp4',
    print: '',
    handle: null,
    settings: writeSettings({ recipe, finish }),
  };
  await film.resume('id', { ...kept, film: wishes });
  expect(asked[0]).toMatchObject({ ...wishes, keepAs: 'id' });
});

test('what ended before its time is gone on with where the same is asked for, and only then', async () => {
  let fault: Trouble | null = { problem: 'storage-full', code: 'storage-full', facts: {} };
  const { film, asked, bench } = await setUp(() => ({ ok: true, value: made(5, fault) }));
  const settings = writeSettings({ recipe: bench.recipe, finish: bench.finish });
  const kept = { name: 'a.mp4', print: '', handle: null, settings };
  const names = () => asked.map(({ keepAs }) => keepAs);
  await film.resume('id', { ...kept, film: { from: 0, to: 20 } });
  await film.enhance();
  expect(names()).toEqual(['id', 'id']);
  fault = null;
  await film.enhance();
  // All of it was made: pressed again, it is made anew.
  await film.enhance();
  expect(names()).toEqual(['id', 'id', 'id', undefined]);
});

test('what ended before its time is made anew with other settings', async () => {
  const fault: Trouble = { problem: 'cancelled', code: 'cancelled', facts: {} };
  const { film, asked, bench } = await setUp(() => ({ ok: true, value: made(5, fault) }));
  const settings = writeSettings({ recipe: bench.recipe, finish: bench.finish });
  const kept = { name: 'a.mp4', print: '', handle: null, settings };
  await film.resume('id', { ...kept, film: { from: 0, to: 20 } });
  film.deflicker = true;
  await film.enhance();
  expect(asked.map(({ keepAs }) => keepAs)).toEqual(['id', undefined]);
});

test('a result of other settings or of another stretch is an earlier one', async () => {
  const { film, bench } = await setUp(({ from, to }) => ({ ok: true, value: made(to - from) }));
  expect(film.isStale).toBe(false);
  await film.enhance();
  expect(film.isStale).toBe(false);
  film.deflicker = true;
  expect(film.isStale).toBe(true);
  film.deflicker = false;
  film.to = 10;
  expect(film.isStale).toBe(true);
  film.to = 20;
  expect(film.isStale).toBe(false);
  bench.finish = { ...bench.finish, strength: 0.5 };
  expect(film.isStale).toBe(true);
  // Looked at, it stays what was made before.
  await film.play();
  expect(film.isStale).toBe(true);
  await film.enhance();
  expect(film.isStale).toBe(false);
});

test('what a chosen file took is done; a file is chosen for one clip', async () => {
  const lost = [null, 'refused', null] as const;
  let at = 0;
  const { film, asked, bench } = await setUp(() => {
    return { ok: true, value: { ...made(5), lost: lost[at++]! } };
  });
  const handle = { name: 'mine.mp4' } as FileSystemFileHandle;
  film.target.take(handle);
  await film.enhance();
  expect(asked[0]).toMatchObject({ into: handle });
  expect(bench.status).toMatch(/^Done: .* It lies in mine\.mp4\.$/);
  expect(film.target.handle).toBeNull();
  film.target.take(handle);
  await film.enhance();
  expect(bench.status).toMatch(/B\.$/);
  expect(film.target.fault).toContain('may no longer write into mine.mp4');
  // It may be given leave again.
  expect(film.target.handle).toBe(handle);
  film.deflicker = true;
  await film.play();
  expect(asked).toHaveLength(3);
  expect(asked[2]).not.toHaveProperty('into');
});

test('what was made already is written into a file that is chosen then, and is done; of other settings it waits for the next', async () => {
  const { film, bench, asked } = await setUp(() => ({ ok: true, value: made(5) }));
  const { handle, file } = pretendFile();
  vi.stubGlobal('showSaveFilePicker', async () => handle);
  await film.enhance();
  await film.chooseFile();
  expect(await file().text()).toBe(await film.result!.file.text());
  expect(bench.status).toMatch(/^Done: .* It lies in mine\.mp4\.$/);
  expect([film.target.handle, film.target.copied]).toEqual([null, null]);
  film.deflicker = true;
  await film.chooseFile();
  expect(film.target.handle).toBe(handle);
  await film.enhance();
  expect(asked[1]).toMatchObject({ into: handle });
});

test('a file that does not take what was made says so, and it can still be saved', async () => {
  const { film } = await setUp(() => ({ ok: true, value: made(5) }));
  const { handle, file } = pretendFile(10);
  vi.stubGlobal('showSaveFilePicker', async () => handle);
  await film.enhance();
  await film.chooseFile();
  expect(film.target.fault).toContain('no more room on the disk of mine.mp4');
  expect(await file().text()).toBe('before');
  expect(film.ready).toBe(true);
});

test('what was stopped lies in the chosen file, which the next run goes into again', async () => {
  const fault: Trouble = { problem: 'cancelled', code: 'cancelled', facts: {} };
  const { film, bench } = await setUp(() => ({ ok: true, value: made(5, fault) }));
  film.target.take({ name: 'mine.mp4' } as FileSystemFileHandle);
  await film.enhance();
  expect(bench.status).toBe('Stopped. What is done, 5 s, lies in mine.mp4.');
  expect(film.target.name).toBe('mine.mp4');
});
