import { beforeEach, expect, test, vi } from 'vitest';
import { Leftovers } from '../../../../../src/app/state/photo/leftovers.svelte';
import { Saver } from '../../../../../src/app/state/photo/saver.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { failed } from '../../../../../src/core/errors';
import { setUpBench } from '../../fake-bench';
import { FakeOwner, settle } from '../../fake-owner';

const downloaded = vi.hoisted(() => [] as string[]);
vi.mock('../../../../../src/app/platform/download', () => ({
  download: (_: Blob, name: string) => void downloaded.push(name),
}));

const beach = new File(['beach'], 'beach.png');
const hill = new File(['hill'], 'hill.png');
let owner: FakeOwner;
let bench: Workbench;
let saver: Saver;
let leftovers: Leftovers;

beforeEach(() => {
  downloaded.length = 0;
  owner = new FakeOwner();
  bench = setUpBench(owner);
  saver = new Saver(owner, bench);
  bench.leaver = leftovers = new Leftovers(owner, bench, saver);
});

const texts = () => leftovers.list.map(({ text }) => text);

test('a result that was not saved is kept as the file that Save would have written', async () => {
  await bench.open(beach);
  await bench.enhance();
  bench.strength = 40;
  expect(leftovers.isLosing).toBe(true);
  owner.held.add('save');
  await bench.open(hill);
  expect(texts()).toEqual(['Keeping the result of beach.png…']);
  owner.answer('save');
  await settle();
  expect(texts()).toEqual(['beach.png is not saved.']);
  // Closed only once it was written, and that as it stood.
  expect(owner.log.filter((line) => /^(save|close)/.test(line))).toEqual([
    'save 1 png 0.4',
    'close 1',
  ]);
  expect(leftovers.isLosing).toBe(true);
  leftovers.save(leftovers.list[0]!);
  expect(downloaded).toEqual(['beach-2x.png']);
  expect([leftovers.list, leftovers.isLosing]).toEqual([[], false]);
});

test('what a file was to have and lacks is said where it is saved, and of a result that is kept', async () => {
  owner.lacks = [{ note: 'gain-map-lost', facts: {} }];
  const said = 'Its HDR gain map could not be carried over: this file is without it.';
  await bench.open(beach);
  await bench.enhance();
  await saver.save();
  expect(bench.status).toContain(said);
  await bench.enhance();
  await bench.open(hill);
  await settle();
  expect(texts()).toEqual([`beach.png is not saved. ${said}`]);
});

test('what was saved leaves nothing', async () => {
  await bench.open(beach);
  await bench.enhance();
  await saver.save();
  expect(leftovers.isLosing).toBe(false);
  await bench.open(hill);
  expect(leftovers.list).toEqual([]);
});

test('another result of the same photo is unsaved again', async () => {
  await bench.open(beach);
  await bench.enhance();
  await saver.save();
  await bench.enhance();
  expect(saver.isUnsaved).toBe(true);
});

test('the same result at another size is unsaved again, also where that was chosen while it was written', async () => {
  await bench.open(beach);
  await bench.enhance();
  owner.held.add('save');
  const saving = saver.save();
  await settle();
  await bench.ask({ ...bench.recipe, size: { by: 'factor', factor: 1.9 } });
  expect(bench.isDone).toBe(true);
  owner.answer('save', { ok: true, value: { blob: new Blob(['x']), notes: [] } });
  await saving;
  expect(saver.isUnsaved).toBe(true);
});

test('a run that is stopped for another photo is said', async () => {
  await bench.open(beach);
  owner.held.add('enhance');
  void bench.enhance();
  await settle();
  expect(leftovers.isLosing).toBe(true);
  await bench.open(hill);
  expect(texts()).toEqual(['beach.png was being enhanced; that has stopped.']);
});

test('where it cannot be written, that is said, and the photo is closed', async () => {
  await bench.open(beach);
  await bench.enhance();
  owner.held.add('save');
  await bench.open(hill);
  owner.answer('save', failed('file-empty'));
  await settle();
  expect(texts()).toEqual([
    expect.stringMatching(/^The result of beach\.png could not be kept: ./),
  ]);
  expect(owner.log.at(-1)).toBe('close 1');
});

test('a file that cannot be opened leaves all as it was', async () => {
  await bench.open(beach);
  await bench.enhance();
  owner.held.add('open');
  const opening = bench.open(hill);
  owner.answer('open', failed('file-empty'));
  await opening;
  expect(leftovers.list).toEqual([]);
  expect(bench.result).not.toBeNull();
});
