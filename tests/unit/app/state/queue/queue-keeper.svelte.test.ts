import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileAccess } from '../../../../../src/app/platform/file-access';
import { FolderTarget } from '../../../../../src/app/platform/folder-writing';
import { sourceOf, type PhotoSource } from '../../../../../src/app/platform/photo-source';
import type { KeptQueue } from '../../../../../src/app/platform/queue-store';
import type { SessionPart } from '../../../../../src/app/platform/session-store';
import { QueueKeeper } from '../../../../../src/app/state/queue/queue-keeper.svelte';
import { readOffer, restoreEntries } from '../../../../../src/app/state/queue/queue-list';
import { QueueCare } from '../../../../../src/app/state/queue/queue-care';
import { Queue } from '../../../../../src/app/state/queue/queue.svelte';
import type { Fit } from '../../../../../src/app/state/queue/fit';
import { KeptRetouch } from '../../../../../src/app/state/queue/kept-retouch';
import { neutralFinish, type Mask } from '../../../../../src/core/recipe/finish';
import { wholeFrame } from '../../../../../src/core/recipe/frame';
import { emptyRecipe } from '../../../../../src/core/recipe/recipe';
import type { Retouch } from '../../../../../src/core/recipe/retouch';
import { FakeOwner } from '../../fake-owner';

const choice = {
  ...{ chosen: null, chosenDepth: null, chosenLossless: null, quality: 90 },
  metadata: { keep: true, isAnonymous: false, mark: true },
};

const words = { gone: 'lost', retouch: 'not kept' };

let owner: FakeOwner;
let fit: Fit;
/** What the browser keeps, over a reload. */
let list: string | null;
let access: FileAccess | null;
let parts: Map<SessionPart, Uint8Array<ArrayBuffer>>;
let room: number;
let stops: (() => void)[];

beforeEach(() => {
  owner = new FakeOwner();
  owner.held.clear();
  fit = { by: 'photo', preset: 'photo' };
  [list, access] = [null, null];
  parts = new Map();
  room = 1e9;
  stops = [];
});

afterEach(() => {
  for (const stop of stops) stop();
});

/** A queue that is kept, as the page has it. */
function make(): { queue: Queue; keeper: QueueKeeper } {
  const queue = new Queue({
    owner,
    settings: () => ({ fit, choice }),
    now: () => 0,
    depict: async () => undefined,
    care: new QueueCare(() => false),
    refuse: () => '',
  });
  const keeper = new QueueKeeper(queue, () => null, {
    keep: async (given, used) => void ([list, access] = [JSON.stringify(given), used]),
    keepPart: async (part, bytes) => void parts.set(part, bytes),
    dropParts: async (dropped) => dropped.forEach((part) => parts.delete(part)),
    drop: async () => {
      [list, access] = [null, null];
      parts.clear();
    },
    measureRoom: async () => room,
  });
  return { queue, keeper };
}

function follow(keeper: QueueKeeper): void {
  stops.push(
    $effect.root(() => {
      $effect(() => keeper.follow(true));
    }),
  );
  flushSync();
}

/** The page is there again: what it was kept is taken up. */
async function reload(isSameTab = true): Promise<Queue | null> {
  for (const stop of stops.splice(0)) stop();
  owner = new FakeOwner();
  owner.held.clear();
  const there = isSameTab ? parts : new Map<SessionPart, Uint8Array<ArrayBuffer>>();
  if (list === null) return null;
  const kept: KeptQueue = {
    ...{ list: JSON.parse(list) as unknown, access, tab: 'this', isOwn: isSameTab },
    parts: new Set(there.keys()),
    read: async (part) => there.get(part) ?? null,
  };
  const offer = readOffer(kept);
  if (!offer) return null;
  const { queue, keeper } = make();
  const target = access?.target ? new FolderTarget(access.target) : null;
  queue.restore(await restoreEntries(offer, words), { ...offer.list, target });
  keeper.resume(kept.parts);
  follow(keeper);
  return queue;
}

function sources(...paths: string[]): PhotoSource[] {
  return paths.map((path) => {
    const file = new File([path], path.split('/').at(-1)!, { lastModified: 7 });
    return { ...sourceOf(file), path };
  });
}

const states = (queue: Queue) => queue.entries.map(({ state }) => state);

async function finish(queue: Queue): Promise<void> {
  queue.start();
  await expect.poll(() => queue.isWorking).toBe(false);
}

test('files and results are kept as long as they are needed, and nothing once all is saved', async () => {
  const { queue, keeper } = make();
  queue.add(sources('a.png', 'b.png'));
  follow(keeper);
  await expect.poll(() => [...parts.keys()]).toEqual(['file/1', 'file/2']);
  await finish(queue);
  await expect.poll(() => [...parts.keys()].toSorted()).toEqual(['result/1', 'result/2']);
  expect(list).not.toBeNull();
  for (const entry of queue.entries) entry.output = { ...entry.output!, isSaved: true };
  await expect.poll(() => [list, parts.size]).toEqual([null, 0]);
});

test('after a reload it goes on where it was: what is done is not done again, and asked for is what was asked', async () => {
  fit = { by: 'photo', preset: 'portrait' };
  const { queue, keeper } = make();
  queue.add(sources('a.png', 'sub/a.png', 'c.png'));
  follow(keeper);
  owner.held.add('enhance');
  queue.start();
  await expect.poll(() => states(queue)[0]).toBe('running');
  owner.answer('enhance');
  await expect.poll(() => [states(queue)[0], states(queue)[1]]).toEqual(['done', 'running']);
  await expect.poll(() => [...parts.keys()].toSorted()).toEqual(['file/2', 'file/3', 'result/1']);

  fit = { by: 'photo', preset: 'photo' };
  const again = (await reload())!;
  expect(states(again)).toEqual(['done', 'waiting', 'waiting']);
  expect([again.phase, again.settings?.fit]).toEqual([
    'paused',
    { by: 'photo', preset: 'portrait' },
  ]);
  expect(await again.entries[0]!.output!.blob!.text()).toBe(
    await queue.entries[0]!.output!.blob!.text(),
  );
  await finish(again);
  expect(owner.log.filter((line) => line.startsWith('open'))).toEqual(['open a.png', 'open c.png']);
  expect(again.entries.map(({ output }) => output?.path)).toEqual([
    ...['a-2x.png', 'sub/a-2x.png', 'c-2x.png'],
  ]);
});

test('what could not be kept is asked for again: the same files take their places, and none is done twice', async () => {
  room = 0;
  const { queue, keeper } = make();
  const all = sources('a.png', 'b.png', 'c.png');
  queue.add(all);
  follow(keeper);
  await expect.poll(() => keeper.isPartial).toBe(true);
  room = 1e9;
  owner.held.add('enhance');
  queue.start();
  await expect.poll(() => states(queue)[0]).toBe('running');
  owner.answer('enhance');
  await expect.poll(() => parts.has('result/1')).toBe(true);

  const again = (await reload())!;
  expect(states(again)).toEqual(['done', 'gone', 'gone']);
  expect(again.entries[1]!.fault).toBe('lost');
  again.add(all);
  expect(states(again)).toEqual(['done', 'waiting', 'waiting']);
  await finish(again);
  expect(again.counts).toMatchObject({ done: 3, failed: 0 });
});

test('of a closed tab the folder is found again, without any copy; results that lay there alone are made again', async () => {
  const file = new File(['a'], 'a.png', { lastModified: 7 });
  const root = {
    name: 'holiday',
    getDirectoryHandle: async () => root,
    getFileHandle: async () => ({ getFile: async () => file }),
  } as unknown as FileSystemDirectoryHandle;
  const { queue, keeper } = make();
  const [first, second] = sources('holiday/a.png', 'holiday/sub/b.png');
  queue.add([
    { ...first!, root },
    { ...second!, root },
  ]);
  follow(keeper);
  await expect.poll(() => access?.roots).toEqual([root]);
  expect(parts.size).toBe(0);
  await finish(queue);
  await expect.poll(() => parts.size).toBe(2);

  const again = (await reload(false))!;
  expect(states(again)).toEqual(['waiting', 'waiting']);
  expect(await (await again.entries[1]!.source.read()).text()).toBe('a');
});

test('the order that a person made, and what was asked for of one photo alone, outlive a reload', async () => {
  const { queue, keeper } = make();
  queue.add(sources('a.png', 'b.png', 'c.png'));
  const own: Fit = {
    by: 'recipe',
    recipe: { ...emptyRecipe, finish: { ...neutralFinish, strength: 0.4 } },
  };
  queue.entries[1]!.own = own;
  queue.move(queue.entries[2]!, 0);
  follow(keeper);
  await expect.poll(() => parts.size).toBe(3);
  const again = (await reload())!;
  expect(again.entries.map(({ name }) => name)).toEqual(['c.png', 'a.png', 'b.png']);
  expect(again.entries.map((entry) => entry.own)).toEqual([null, null, own]);
});

/** What was done to one photo by hand, with a mask or without. */
function retouch(turns: 1 | 2, mask: Mask | null = null): Retouch {
  return { ...emptyRecipe, frame: { ...wholeFrame, turns }, finish: { ...neutralFinish, mask } };
}

const mask: Mask = { width: 4, height: 3, values: new Uint8Array(12).fill(7) };

test('what was done to photos by hand outlives a reload, the last of it; the list has no mask', async () => {
  const { queue, keeper } = make();
  queue.add(sources('a.png', 'b.png', 'c.png'));
  const [a, b] = queue.entries;
  a!.retouch = KeptRetouch.of(retouch(1, mask));
  follow(keeper);
  await expect.poll(() => parts.has('retouch/1')).toBe(true);
  const first = parts.get('retouch/1');
  a!.retouch = KeptRetouch.of(retouch(2, mask));
  b!.retouch = KeptRetouch.of(retouch(1));
  flushSync();
  await expect.poll(() => parts.get('retouch/1') !== first && list?.includes('"turns"')).toBe(true);
  expect([parts.has('retouch/2'), list?.includes('values')]).toEqual([false, false]);

  const again = (await reload())!;
  const [marked, second, third] = again.entries.map((entry) => entry.retouch);
  expect(await marked!.read()).toEqual(retouch(2, mask));
  expect(await second!.read()).toEqual(retouch(1));
  expect(third).toBeNull();
  // It is not written anew, and goes with its photo.
  const kept = parts.get('retouch/1');
  again.entries[0]!.retouch = null;
  flushSync();
  await expect.poll(() => parts.has('retouch/1')).toBe(false);
  expect(kept).toBeDefined();
});

test('of a closed tab a crop is there again; masks are not, which is said, and the photo is not done without them unasked', async () => {
  const { queue, keeper } = make();
  const root = { name: 'x' } as FileSystemDirectoryHandle;
  queue.add(sources('a.png', 'b.png').map((source) => ({ ...source, root })));
  const [a, b] = queue.entries;
  a!.retouch = KeptRetouch.of(retouch(1, mask));
  b!.retouch = KeptRetouch.of(retouch(2));
  follow(keeper);
  await expect.poll(() => parts.has('retouch/1') && list !== null).toBe(true);

  const again = (await reload(false))!;
  expect(again.entries.map(({ state, fault }) => [state, fault])).toEqual([
    ['failed', 'not kept'],
    ['waiting', ''],
  ]);
  expect(await again.entries[1]!.retouch!.read()).toEqual(retouch(2));
  again.entries[0]!.reset();
  expect([again.entries[0]!.state, again.entries[0]!.retouch]).toEqual(['waiting', null]);
});

test('what is switched off, or emptied, is deleted', async () => {
  const { queue, keeper } = make();
  queue.add(sources('a.png', 'b.png'));
  follow(keeper);
  await expect.poll(() => parts.size).toBe(2);
  keeper.follow(false);
  await expect.poll(() => [list, parts.size]).toEqual([null, 0]);
});

test('a list that another version of the page has kept is not understood', () => {
  const kept = { access: null, parts: new Set<SessionPart>(), read: async () => null };
  expect(readOffer({ ...kept, list: { v: 0 }, tab: 'this', isOwn: true })).toBeNull();
});
