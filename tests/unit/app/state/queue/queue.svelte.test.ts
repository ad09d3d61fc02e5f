import { beforeEach, expect, test } from 'vitest';
import { failed, type Reply } from '../../../../../src/core/errors';
import { neutralFinish, type Finish } from '../../../../../src/core/recipe/finish';
import { wholeFrame } from '../../../../../src/core/recipe/frame';
import { emptyRecipe, heals, type Recipe } from '../../../../../src/core/recipe/recipe';
import { recommend } from '../../../../../src/core/recipe/recommendation';
import { FolderError, type FolderTarget } from '../../../../../src/app/platform/folder-writing';
import { sourceOf, type PhotoSource } from '../../../../../src/app/platform/photo-source';
import { QueueCare } from '../../../../../src/app/state/queue/queue-care';
import { Queue } from '../../../../../src/app/state/queue/queue.svelte';
import { KeptRetouch } from '../../../../../src/app/state/queue/kept-retouch';
import type { Fit } from '../../../../../src/app/state/queue/fit';
import type { ClipFacts } from '../../../../../src/core/film/clip';
import type { ClipReport, RunReport } from '../../../../../src/worker/reports';
import { FakeOwner, noisy, report, settle } from '../../fake-owner';

let owner: FakeOwner;
let queue: Queue;
let fit: Fit;
let clock: number;
let care: QueueCare;
let saves: boolean;
let refusal: string;

const choice = {
  ...{ chosen: null, chosenDepth: null, chosenLossless: null, quality: 90 },
  metadata: { keep: true, isAnonymous: false, mark: true },
};

beforeEach(() => {
  owner = new FakeOwner();
  owner.held.clear();
  fit = { by: 'photo', preset: 'photo' };
  clock = 0;
  saves = false;
  refusal = '';
  care = new QueueCare(() => saves);
  care.onEase = () => queue.start();
  care.onLow = () => queue.look();
  queue = new Queue({
    owner,
    settings: () => ({ fit, choice }),
    now: () => clock,
    depict: async () => undefined,
    care,
    refuse: () => refusal,
  });
});

/** Sources by their paths. */
function sources(...paths: string[]): PhotoSource[] {
  return paths.map((path) => {
    const file = new File([path], path.split('/').at(-1)!);
    return { ...sourceOf(file), path };
  });
}

const states = () => queue.entries.map(({ state }) => state);
const paths = () => queue.entries.map(({ output }) => output?.path ?? '');

/** Begins, and waits until nothing more happens. */
async function finish(): Promise<void> {
  queue.start();
  await expect.poll(() => queue.isWorking).toBe(false);
}

/** A folder that writes down what it is given, and fails as told. */
class FakeFolder {
  readonly name = 'out';
  readonly files = new Map<string, Blob>();
  failsWith: FolderError | null = null;
  /** Names that it does not take. */
  refused: readonly string[] = [];
  /** When its files were changed last. */
  changed = Infinity;
  async has(path: string, since: number): Promise<boolean> {
    return this.files.has(path) && this.changed >= since;
  }
  async write(path: string, content: Blob): Promise<string> {
    if (this.failsWith) throw this.failsWith;
    if (this.refused.includes(path)) throw new FolderError('failed', new TypeError('not allowed'));
    if (this.files.has(path) && this.changed === Infinity)
      throw new Error(`${path} is written twice`);
    const free = this.files.has(path) ? `${path} (2)` : path;
    this.files.set(free, content);
    return free;
  }
  get asTarget(): FolderTarget {
    return this as unknown as FolderTarget;
  }
}

test('all are done in order, each as suits it, and kept until they are saved', async () => {
  queue.add(sources('a.png', 'sub/b.png', 'c.png'));
  expect([queue.isMany, queue.hasBegun]).toEqual([true, false]);
  await finish();
  expect(states()).toEqual(['done', 'done', 'done']);
  expect(paths()).toEqual(['a-2x.png', 'sub/b-2x.png', 'c-2x.png']);
  expect(queue.kept.length).toBe(3);
  expect(owner.log.filter((line) => line.startsWith('open'))).toEqual([
    ...['open a.png', 'open b.png', 'open c.png'],
  ]);
  // Nothing of them stays in the worker, and their previews are let go of.
  expect(owner.log.filter((line) => line.startsWith('close')).toSorted()).toEqual([
    ...['close 1', 'close 2', 'close 3'],
  ]);
  expect(owner.previews.every(({ isClosed }) => isClosed)).toBe(true);
  expect(queue.entries[0]!.work).toMatchObject({ seconds: 1, width: 8, height: 6 });
});

test('what a file lacks is said of its photo', async () => {
  owner.held.delete('enhance');
  owner.lacks = [{ note: 'gain-map-lost', facts: {} }];
  queue.add(sources('a.png'));
  queue.start();
  await settle();
  expect(states()).toEqual(['done']);
  expect(queue.entries[0]!.notes.join()).toContain('HDR gain map could not be carried over');
});

test('one is opened ahead, one is encoded behind, and no more', async () => {
  owner.held.add('enhance').add('save');
  queue.add(sources('a.png', 'b.png', 'c.png', 'd.png'));
  queue.start();
  await settle();
  expect(states()).toEqual(['running', 'opening', 'waiting', 'waiting']);
  owner.answer('enhance');
  await settle();
  expect(states()).toEqual(['saving', 'running', 'opening', 'waiting']);
  owner.answer('enhance');
  await settle();
  // The first is not written yet: nobody else's result is held beside it.
  expect(states()).toEqual(['saving', 'running', 'opening', 'waiting']);
  owner.answer('save');
  await settle();
  expect(states()).toEqual(['done', 'saving', 'running', 'opening']);
});

test('a broken file, and one that has gone, stop none of the others', async () => {
  const all = sources('a.png', 'b.png', 'c.png', 'd.png');
  const gone = { ...all[2]!, read: () => Promise.reject(new DOMException('', 'NotFoundError')) };
  queue.add([all[0]!, all[1]!, gone, all[3]!]);
  owner.open = async (file) =>
    file.name === 'b.png'
      ? failed('file-damaged', { format: 'PNG', damage: 'IHDR' })
      : { ok: true, value: owner.photo(file) };
  await finish();
  expect(states()).toEqual(['done', 'failed', 'gone', 'done']);
  expect(queue.entries[1]!.fault).toMatch(/damaged/);
  expect(queue.counts).toMatchObject({ done: 2, failed: 2, waiting: 0 });
  // The same file again takes its place, and is done.
  queue.add([all[2]!]);
  expect(queue.entries.length).toBe(4);
  await finish();
  expect(states()).toEqual(['done', 'failed', 'done', 'done']);
});

test('500 files with 20 broken ones, in every script: all others are done, with a name each', async () => {
  const scripts = ['写真', 'صورة', 'фото', 'φωτο', 'रचना', '사진', 'bildö', '📷', 'photo', 'a b'];
  const all = Array.from({ length: 500 }, (_, i) => `folder ${i % 7}/${scripts[i % 10]}.png`);
  queue.add(sources(...all));
  let opened = 0;
  owner.open = async (file) =>
    ++opened % 25 === 0
      ? failed('file-unknown', { firstBytes: [] })
      : { ok: true, value: owner.photo(file) };
  await finish();
  expect(queue.counts).toMatchObject({ done: 480, failed: 20 });
  const written = paths().filter(Boolean);
  expect(new Set(written).size).toBe(480);
});

test('three huge ones among many: each is refused in words of its own, and the others are done', async () => {
  const sides = { width: 40_000, height: 40_000 };
  queue.add(sources('a.png', 'vast.tif', 'b.png', 'wide.png', 'c.png', 'heavy.png', 'd.png'));
  const openings: string[] = [];
  owner.open = async (file) => {
    openings.push(file.name);
    if (file.name === 'vast.tif')
      return failed('photo-too-large', { ...sides, mostMegapixels: 500 });
    if (file.name === 'heavy.png') return failed('no-memory-to-open', sides);
    return { ok: true, value: owner.photo(file) };
  };
  const plan = owner.plan.bind(owner);
  owner.plan = async (id, recipe) =>
    // The third that was opened, which is too large only once it is enlarged.
    id === 3 ? failed('result-too-large', { ...sides, scale: 2, fits: 1 }) : plan(id, recipe);
  await finish();
  expect(states()).toEqual(['done', 'failed', 'done', 'failed', 'done', 'failed', 'done']);
  const faults = queue.entries.map(({ fault }) => fault).filter(Boolean);
  expect([faults.length, new Set(faults).size]).toEqual([3, 3]);
  // What only lacked memory was tried once more, with nothing beside it.
  expect(openings.filter((name) => name === 'heavy.png').length).toBe(2);
  expect(openings.filter((name) => name === 'vast.tif').length).toBe(1);
});

test('a pause begins nothing new: what is run is done, what was opened ahead is let go of', async () => {
  owner.held.add('enhance');
  queue.add(sources('a.png', 'b.png', 'c.png'));
  queue.start();
  await settle();
  queue.pause();
  expect([queue.phase, queue.current?.name]).toEqual(['paused', 'a.png']);
  owner.answer('enhance');
  await expect.poll(() => queue.isWorking).toBe(false);
  expect(states()).toEqual(['done', 'waiting', 'waiting']);
  expect(owner.log.filter((line) => /^close/.test(line)).length).toBe(2);
  fit = { by: 'recipe', recipe: { ...recommend([], 4), finish: neutralFinish } };
  queue.start();
  await settle();
  owner.held.clear();
  owner.answer('enhance');
  await expect.poll(() => queue.isWorking).toBe(false);
  // What was asked for as it began holds to the end.
  expect(paths()).toEqual(['a-2x.png', 'b-2x.png', 'c-2x.png']);
});

test('a pause that is taken back at once is none', async () => {
  owner.held.add('enhance');
  queue.add(sources('a.png', 'b.png', 'c.png'));
  queue.start();
  await settle();
  queue.pause();
  queue.start();
  owner.held.clear();
  owner.answer('enhance');
  await expect.poll(() => queue.isWorking).toBe(false);
  expect(states()).toEqual(['done', 'done', 'done']);
});

test('what is skipped is cancelled in the worker, and the next follows', async () => {
  owner.held.add('enhance');
  queue.add(sources('a.png', 'b.png'));
  queue.start();
  await settle();
  queue.skip();
  expect(states()[0]).toBe('skipped');
  // Nobody else's work.
  expect(owner.cancelled).toEqual([1]);
  owner.held.clear();
  owner.answer('enhance', failed('cancelled'));
  await expect.poll(() => queue.isWorking).toBe(false);
  expect(states()).toEqual(['skipped', 'done']);
});

test('one that is taken away while it runs leaves nothing', async () => {
  owner.held.add('enhance');
  queue.add(sources('a.png', 'b.png'));
  queue.start();
  await settle();
  queue.remove([queue.entries[0]!]);
  owner.held.clear();
  owner.answer('enhance');
  await expect.poll(() => queue.isWorking).toBe(false);
  expect([queue.entries.length, paths()]).toEqual([1, ['b-2x.png']]);
  expect(owner.log.filter((line) => /^close/.test(line)).length).toBe(2);
});

test.each(['worker-died', 'photo-missing', 'cancelled'] as const)(
  'one that another brought down (%s) is tried once more, alone',
  async (problem) => {
    queue.add(sources('a.png', 'b.png', 'c.png'));
    const enhance = owner.enhance.bind(owner);
    let calls = 0;
    owner.enhance = async (...given) => (++calls === 1 ? failed(problem) : enhance(...given));
    await finish();
    expect(states()).toEqual(['done', 'done', 'done']);
    calls = -10;
    owner.enhance = async (): Promise<Reply<RunReport>> => failed(problem);
    queue.add(sources('d.png'));
    await finish();
    expect(states()[3]).toBe('failed');
    owner.enhance = enhance;
    queue.retry();
    await expect.poll(() => queue.isWorking).toBe(false);
    expect(states()[3]).toBe('done');
  },
);

test('what does not arrive from the server pauses it, once; then the photo has failed', async () => {
  queue.add(sources('a.png', 'b.png'));
  const enhance = owner.enhance.bind(owner);
  owner.enhance = async () => failed('download-stalled', { url: 'x', seconds: 15 });
  queue.start();
  await expect.poll(() => queue.isWorking).toBe(false);
  expect([queue.phase, states()]).toEqual(['paused', ['waiting', 'waiting']]);
  expect(queue.fault).not.toBe('');
  queue.start();
  await expect.poll(() => queue.isWorking).toBe(false);
  expect(states()[0]).toBe('failed');
  owner.enhance = enhance;
  await finish();
  expect(states()).toEqual(['failed', 'done']);
});

test('a clean large photo is not written anew, but copied as it is', async () => {
  owner.analysis = { ...noisy, noise: 0 };
  owner.photo = ((photo) => (file: File) => ({ ...photo(file), width: 4000, height: 3000 }))(
    owner.photo.bind(owner),
  );
  owner.plan = async () => ({
    ok: true,
    value: {
      ...{ output: { width: 4000, height: 3000 }, steps: [], downloadBytes: 0, peakBytes: 1 },
      ...{ seconds: 0, tierSeconds: null },
    },
  });
  queue.add(sources('a.png'));
  await finish();
  expect(await queue.entries[0]!.output?.blob?.text()).toBe('a.png');
  expect(paths()).toEqual(['a-enhanced.png']);
  expect(owner.log.some((line) => /^(enhance|save)/.test(line))).toBe(false);
});

test('a photo that was changed since its result was written is done again, and the earlier result stays', async () => {
  const folder = new FakeFolder();
  folder.files.set('a-2x.png', new Blob(['earlier']));
  folder.changed = Date.now() - 60_000;
  queue.target = folder.asTarget;
  queue.add(sources('a.png'));
  await finish();
  expect(states()).toEqual(['done']);
  expect(paths()).toEqual(['a-2x.png (2)']);
  expect(await folder.files.get('a-2x.png')!.text()).toBe('earlier');
});

test('results go into the folder at once, none is kept, and what is there already is left out', async () => {
  const folder = new FakeFolder();
  folder.files.set('b-2x.png', new Blob(['earlier']));
  queue.target = folder.asTarget;
  // Two of them would have one name.
  queue.add(sources('a.png', 'b.png', 'a.jpg'));
  await finish();
  expect(states()).toEqual(['done', 'skipped', 'done']);
  expect([...folder.files.keys()]).toEqual(['b-2x.png', 'a-2x.png', 'a.jpg-2x.png']);
  expect(await folder.files.get('b-2x.png')!.text()).toBe('earlier');
  expect(queue.kept).toEqual([]);
  // All again: nothing is written, and nothing is run.
  const again = new Queue({
    care,
    refuse: () => '',
    ...{ owner, settings: () => ({ fit, choice }), now: () => clock },
    depict: async () => undefined,
  });
  again.target = folder.asTarget;
  again.add(sources('a.png', 'b.png', 'a.jpg'));
  const runs = owner.log.filter((line) => line.startsWith('enhance')).length;
  again.start();
  await expect.poll(() => again.isWorking).toBe(false);
  expect(again.counts).toMatchObject({ skipped: 3, done: 0 });
  expect(owner.log.filter((line) => line.startsWith('enhance')).length).toBe(runs);
});

test.each(['full', 'refused', 'gone'] as const)(
  'a folder that takes no more (%s) pauses it; nothing is lost, and nothing written twice',
  async (fault) => {
    const folder = new FakeFolder();
    queue.target = folder.asTarget;
    queue.add(sources('a.png', 'b.png', 'c.png', 'd.png'));
    owner.held.add('enhance');
    queue.start();
    await settle();
    owner.answer('enhance');
    await settle();
    folder.failsWith = new FolderError(fault, null);
    owner.answer('enhance');
    await settle();
    owner.answer('enhance');
    await expect.poll(() => queue.isWorking).toBe(false);
    expect(queue.phase).toBe('paused');
    expect(queue.fault).toContain('out');
    expect(states()).toEqual(['done', 'done', 'done', 'waiting']);
    expect(queue.kept.map(({ name }) => name)).toEqual(['b.png', 'c.png']);
    // Still full: paused again, with the same words.
    queue.start();
    await expect.poll(() => queue.isWorking).toBe(false);
    expect([queue.phase, queue.kept.length]).toEqual(['paused', 2]);
    folder.failsWith = null;
    owner.held.clear();
    await finish();
    expect(states()).toEqual(['done', 'done', 'done', 'done']);
    expect([...folder.files.keys()].toSorted()).toEqual([
      ...['a-2x.png', 'b-2x.png', 'c-2x.png', 'd-2x.png'],
    ]);
    expect(queue.kept).toEqual([]);
  },
);

test('a result that a folder does not take holds up no other, and is kept; two in a row pause it', async () => {
  const folder = new FakeFolder();
  folder.refused = ['b-2x.png', 'd-2x.png', 'e-2x.png'];
  queue.target = folder.asTarget;
  queue.add(sources('a.png', 'b.png', 'c.png'));
  await finish();
  expect([queue.phase, states()]).toEqual(['idle', ['done', 'done', 'done']]);
  expect(queue.kept.map(({ name }) => name)).toEqual(['b.png']);
  expect(queue.entries[1]!.notes.join()).toContain('out');

  queue.add(sources('d.png', 'e.png', 'f.png', 'g.png', 'h.png'));
  await finish();
  expect([queue.phase, queue.fault.includes('out')]).toEqual(['paused', true]);
  // What still is not taken keeps the others back no longer.
  await finish();
  expect([queue.phase, queue.fault, queue.counts.done]).toEqual(['idle', '', 8]);
  expect([...folder.files.keys()]).toEqual([
    ...['a-2x.png', 'c-2x.png', 'f-2x.png', 'g-2x.png', 'h-2x.png'],
  ]);
  folder.refused = [];
  await queue.writeKept();
  expect([queue.kept, folder.files.size]).toEqual([[], 8]);
  expect(queue.entries.flatMap(({ notes }) => notes)).toEqual([]);
});

test('where the browser may read no more it pauses, and goes on once it may again', async () => {
  let isRefused = false;
  const read = (file: File) => async () => {
    if (isRefused) throw new DOMException('', 'NotAllowedError');
    return file;
  };
  const all = sources('trip/a.png', 'trip/b.png', 'trip/c.png', 'trip/d.png');
  const files = await Promise.all(all.map((source) => source.read()));
  queue.add(all.map((source, i) => ({ ...source, read: read(files[i]!) })));
  owner.held.add('enhance');
  queue.start();
  await settle();
  isRefused = true;
  owner.held.clear();
  owner.answer('enhance');
  await expect.poll(() => queue.isWorking).toBe(false);
  expect([queue.phase, states()]).toEqual(['paused', ['done', 'done', 'waiting', 'waiting']]);
  expect(queue.fault).toMatch(/may not read .*\.png/);
  // Not for ever: one that may not be read by itself is passed over the second time.
  queue.start();
  await expect.poll(() => queue.isWorking).toBe(false);
  expect(queue.counts).toMatchObject({ done: 2, waiting: 1, failed: 1 });
  isRefused = false;
  await finish();
  expect(queue.counts).toMatchObject({ done: 3, failed: 1 });
  queue.retry();
  await expect.poll(() => queue.isWorking).toBe(false);
  expect(states()).toEqual(['done', 'done', 'done', 'done']);
});

test('photos that differ in their endings alone keep their names, also where the first fails and is mended later', async () => {
  const folder = new FakeFolder();
  queue.target = folder.asTarget;
  const open = owner.open.bind(owner);
  owner.open = async (file, ...rest) =>
    file.name === 'a.heic' ? failed('file-unknown', { firstBytes: [] }) : open(file, ...rest);
  queue.add(sources('a.heic', 'a.jpg'));
  await finish();
  expect([states(), [...folder.files.keys()]]).toEqual([['failed', 'done'], ['a.jpg-2x.png']]);
  owner.open = open;
  queue.retry();
  await expect.poll(() => queue.isWorking).toBe(false);
  expect([...folder.files.keys()]).toEqual(['a.jpg-2x.png', 'a.heic-2x.png']);
});

test('the time that is left is told by what has been done', async () => {
  owner.held.add('enhance');
  queue.add(sources('aaaa', 'bbbb', 'cccc'));
  queue.start();
  await settle();
  expect(queue.secondsLeft).toBe(null);
  clock = 10_000;
  owner.answer('enhance');
  await settle();
  expect(queue.secondsLeft).toBeCloseTo(20);
  expect(report.seconds).toBe(1);
});

test('on a low battery nothing is begun; charged it goes on by itself, and Resume goes on at once', async () => {
  queue.add(sources('a.png', 'b.png'));
  care.takeBattery({ level: 0.1, isCharging: false });
  await finish();
  expect([queue.phase, queue.counts.waiting]).toEqual(['paused', 2]);
  expect(queue.fault).toMatch(/10 %/);
  care.takeBattery({ level: 0.1, isCharging: true });
  await expect.poll(() => [queue.phase, queue.counts.done]).toEqual(['idle', 2]);
  expect(queue.fault).toBe('');

  queue.add(sources('c.png', 'd.png'));
  care.takeBattery({ level: 0.1, isCharging: false });
  await finish();
  expect(queue.counts.waiting).toBe(2);
  await finish();
  expect(queue.counts.done).toBe(4);
});

test('where data is to be saved, a photo that needs a download waits for the person, and is lost to nobody', async () => {
  saves = true;
  const plan = owner.plan.bind(owner);
  owner.plan = async (...asked) => {
    const reply = await plan(...asked);
    return reply.ok ? { ok: true, value: { ...reply.value, downloadBytes: 3e6 } } : reply;
  };
  queue.add(sources('a.png', 'b.png'));
  await finish();
  expect([queue.phase, states()]).toEqual(['paused', ['waiting', 'waiting']]);
  expect(owner.log.some((line) => line.startsWith('enhance'))).toBe(false);
  await finish();
  expect(states()).toEqual(['done', 'done']);
});

test('what will not fit is not begun, until the person insists', async () => {
  queue.add(sources('a.png', 'b.png'));
  refusal = 'no room';
  queue.start();
  expect([queue.phase, queue.fault, queue.isWorking]).toEqual(['paused', 'no room', false]);
  expect(owner.log).toEqual([]);
  await finish();
  expect(states()).toEqual(['done', 'done']);
  // What was added later is asked about again.
  queue.add(sources('c.png'));
  queue.start();
  expect(queue.phase).toBe('paused');
});

test('a photo that is set by itself gets its own, the others what all get', async () => {
  queue.add(sources('a.png', 'b.png'));
  const recipe = { ...recommend([], 4), finish: neutralFinish };
  queue.entries[1]!.own = { by: 'recipe', recipe };
  await finish();
  expect(paths()).toEqual(['a-2x.png', 'b-4x.png']);
});

test('what was done to a photo by hand is done to it, whatever all get, and to no other', async () => {
  const frame = { ...wholeFrame, crop: { x: 1, y: 0, width: 2, height: 3 } };
  const mask = { width: 2, height: 3, values: new Uint8Array(6).fill(255) };
  const retouch = {
    ...emptyRecipe,
    ...{ frame, damage: mask, steps: [{ task: 'heal', sensitivity: 50 } as const] },
    finish: { ...neutralFinish, mask },
  };
  const asked: Recipe[] = [];
  const enhance = owner.enhance.bind(owner);
  owner.enhance = (...given) => {
    asked.push(given[1]);
    expect(given[2]).toEqual(given[1].frame ? { x: 1, y: 1.5 } : { x: 2, y: 1.5 });
    return enhance(...given);
  };
  const finishes: (Finish | undefined)[] = [];
  const save = owner.save.bind(owner);
  owner.save = (...given) => {
    finishes.push(given[1].finish);
    return save(...given);
  };
  // By what suits it, and then by one recipe for all.
  for (const by of [fit, { by: 'recipe', recipe: recommend([], 2) } as const]) {
    fit = by;
    queue.remove(queue.entries);
    [asked.length, finishes.length] = [0, 0];
    queue.add(sources('a.png', 'b.png'));
    queue.entries[0]!.retouch = KeptRetouch.of(retouch);
    await finish();
    const [first, second] = asked;
    expect([first!.frame, first!.damage, heals(first!)]).toEqual([frame, mask, true]);
    expect([second!.frame, second!.damage, heals(second!)]).toEqual([undefined, undefined, false]);
    expect(finishes.map((each) => each?.mask)).toEqual([mask, null]);
  }
  // What suits it was measured in what the crop leaves.
  expect(owner.log.filter((line) => line.startsWith('lay'))).toEqual(['lay 1 2x3']);
  expect(owner.previews.every(({ isClosed }) => isClosed)).toBe(true);
});

test('a photo that needs nothing but was turned is written anew, and not copied', async () => {
  owner.analysis = { ...noisy, noise: 0 };
  fit = { by: 'recipe', recipe: emptyRecipe };
  queue.add(sources('a.png', 'b.png'));
  const frame = { ...wholeFrame, turns: 2 } as const;
  queue.entries[0]!.retouch = KeptRetouch.of({ ...emptyRecipe, frame });
  await finish();
  expect(states()).toEqual(['done', 'done']);
  expect(owner.log.filter((line) => line.startsWith('enhance'))).toEqual(['enhance 1 1x']);
});

test('what was done by hand and cannot be read any more is said; tried again, the photo is done without', async () => {
  queue.add(sources('a.png', 'b.png'));
  queue.entries[0]!.retouch = KeptRetouch.from(Uint8Array.of(1, 2, 3));
  await finish();
  expect(states()).toEqual(['failed', 'done']);
  expect(queue.entries[0]!.fault).toMatch(/Retry failed/);
  queue.retry();
  await expect.poll(() => queue.isWorking).toBe(false);
  expect(states()).toEqual(['done', 'done']);
});

test('photos are put elsewhere in the order, and done in it; nothing gets lost at the ends', async () => {
  queue.add(sources('a.png', 'b.png', 'c.png'));
  const [a, , c] = queue.entries;
  const names = () => queue.entries.map(({ name }) => name[0]).join('');
  queue.move(c!, 0);
  expect(names()).toBe('cab');
  queue.move(a!, 99);
  expect(names()).toBe('cba');
  queue.move(c!, -1);
  expect(names()).toBe('cba');
  queue.pattern = '{n}';
  await finish();
  expect(owner.log.filter((line) => line.startsWith('open'))).toEqual([
    ...['open c.png', 'open b.png', 'open a.png'],
  ]);
  expect(paths()).toEqual(['1.png', '2.png', '3.png']);
});

/** The owner takes clips, too, and makes them as it is told; what is called off ends. */
function takeClips() {
  const clips = {
    runs: 0,
    end: (_: Reply<ClipReport>): void => undefined,
  };
  const facts: ClipFacts = {
    ...{ width: 4, height: 3, container: 'mp4', codec: 'H.264', from: 0, to: 2, frameRate: 25 },
    ...{ isEven: true, sounds: [], lostSounds: 0 },
  };
  const open = owner.open.bind(owner);
  owner.open = async (file) => {
    const reply = await open(file);
    if (file.name === 'broken.mp4') return failed('file-cut-off', { format: 'MP4', cause: '' });
    return reply.ok && file.name.endsWith('.mp4')
      ? { ok: true, value: { ...reply.value, clip: facts } }
      : reply;
  };
  owner.enhanceClip = () => {
    clips.runs++;
    return new Promise((settled) => (clips.end = settled));
  };
  owner.cancel = async () => clips.end(failed('cancelled'));
  return clips;
}

/** What comes of a clip. */
const made: ClipReport = {
  ...{ file: new Blob(['made']), container: 'mp4', codec: 'H.264', width: 8, height: 6 },
  ...{ frames: 50, known: 0, length: 2, seconds: 7, run: report, notes: [], fault: null },
  lost: null,
};

test('a clip pauses where the battery runs low in the middle; charged it goes on by itself, and Resume goes on at once', async () => {
  const clips = takeClips();
  queue.add(sources('a.mp4', 'b.png'));
  queue.start();
  await expect.poll(() => clips.runs).toBe(1);
  care.takeBattery({ level: 0.3, isCharging: false });
  expect(queue.phase).toBe('going');
  care.takeBattery({ level: 0.19, isCharging: false });
  expect([queue.phase, queue.fault]).toEqual(['paused', expect.stringContaining('19 %')]);
  await expect.poll(states).toEqual(['waiting', 'waiting']);
  care.takeBattery({ level: 0.19, isCharging: true });
  await expect.poll(() => clips.runs).toBe(2);
  care.takeBattery({ level: 0.18, isCharging: false });
  await expect.poll(states).toEqual(['waiting', 'waiting']);
  queue.start();
  await expect.poll(() => clips.runs).toBe(3);
  care.takeBattery({ level: 0.17, isCharging: false });
  expect(queue.phase).toBe('going');
  clips.end({ ok: true, value: made });
  await expect.poll(() => queue.isWorking).toBe(false);
  expect(states()).toEqual(['done', 'done']);
});

test('a clip among photos: paused it goes on later, broken or left out it stops none', async () => {
  const clips = takeClips();
  queue.add(sources('a.png', 'b.mp4', 'broken.mp4', 'c.mp4', 'd.png'));
  queue.start();
  await expect.poll(() => clips.runs).toBe(1);
  expect(queue.current!.name).toBe('b.mp4');
  queue.pause();
  await expect.poll(() => queue.isWorking).toBe(false);
  expect(states()).toEqual(['done', 'waiting', 'failed', 'waiting', 'waiting']);
  queue.start();
  await expect.poll(() => clips.runs).toBe(2);
  clips.end({ ok: true, value: made });
  await expect.poll(() => clips.runs).toBe(3);
  queue.skip();
  await expect.poll(() => queue.isWorking).toBe(false);
  expect(states()).toEqual(['done', 'done', 'failed', 'skipped', 'done']);
  expect(paths()).toEqual(['a-2x.png', 'b-2x.mp4', '', '', 'd-2x.png']);
  expect(queue.entries[1]!.clip!.seconds).toBe(2);
});
