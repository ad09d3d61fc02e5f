import { expect, test } from 'vitest';
import { Entry } from '../../../../../src/app/state/queue/entry.svelte';
import type { FolderTarget } from '../../../../../src/app/platform/folder-writing';
import { QueueRoom } from '../../../../../src/app/state/queue/queue-room.svelte';

const choice = {
  ...{ chosen: null, chosenDepth: null, chosenLossless: null, quality: 90 },
  metadata: { keep: true, isAnonymous: false, mark: true },
};

/** A queue of photos of 2 MB each. */
function makeRoom(free: number | null, target: FolderTarget | null = null) {
  const entries = [1, 2, 3].map(
    (id) =>
      new Entry(id, {
        ...{ path: `${id}.jpg`, bytes: 2e6, modified: 0 },
        read: () => Promise.reject(new Error('not read')),
      }),
  );
  let measured: { entry: Entry; bytes: number } | null = null;
  const room = new QueueRoom({
    queue: { entries, target },
    settings: () => ({ fit: { by: 'photo', preset: 'photo' }, choice }),
    measured: () => measured,
    measureFree: async () => free,
  });
  return { room, entries, measure: (bytes: number) => (measured = { entry: entries[0]!, bytes }) };
}

async function measured(room: QueueRoom): Promise<QueueRoom> {
  room.follow();
  await Promise.resolve();
  return room;
}

test('what fits is begun, what does not is refused with both sizes', async () => {
  const wide = await measured(makeRoom(1e9).room);
  expect(wide.refuse()).toBe('');
  expect(wide.words).toMatch(/about \d+ MB.*1\.0 GB are free/);
  const tight = await measured(makeRoom(5e6).room);
  expect(tight.refuse()).toMatch(/about \d+ MB here, and 5\.0 MB are free.*folder/);
});

test('a folder, and a browser that does not tell, are never refused, and it is said that nobody knows', async () => {
  const folder = { name: 'out' } as FolderTarget;
  const inFolder = await measured(makeRoom(1, folder).room);
  expect([inFolder.refuse(), /out has: have a look/.test(inFolder.words)]).toEqual(['', true]);
  const unknown = await measured(makeRoom(null).room);
  expect([unknown.refuse(), /does not tell/.test(unknown.words)]).toEqual(['', true]);
});

test('what was measured of one photo, and then what was done, corrects the guess', () => {
  const { room, measure } = makeRoom(null);
  const guess = room.bytes;
  expect(guess).toBeGreaterThan(3e6);
  measure(1e6);
  expect(makeRoom(null).room.bytes).toBe(guess);
  const { room: other, entries, measure: tell } = makeRoom(null);
  tell(1e6);
  expect(other.bytes).toBeCloseTo(3e6, -2);
  const done = makeRoom(null);
  done.entries[0]!.state = 'done';
  done.entries[0]!.output = { path: '1-2x.jpg', bytes: 4e6, blob: null, isSaved: true };
  expect(done.room.bytes).toBeCloseTo(8e6, -2);
  for (const entry of done.entries) entry.state = 'done';
  expect([entries.length, done.room.bytes, done.room.words]).toEqual([3, 0, '']);
});
