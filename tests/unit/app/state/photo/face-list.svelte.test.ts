import { beforeEach, expect, test } from 'vitest';
import { FaceList } from '../../../../../src/app/state/photo/face-list.svelte';
import { History } from '../../../../../src/app/state/photo/history.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { failed } from '../../../../../src/core/errors';
import { setUpBench } from '../../fake-bench';
import { FakeOwner } from '../../fake-owner';

let owner: FakeOwner;
let bench: Workbench;
let history: History;
let faces: FaceList;
let now: number;

const left = { x: 0.1, y: 0.2, width: 0.2, height: 0.3, score: 0.9 };
const right = { ...left, x: 0.6, score: 0.8 };

beforeEach(async () => {
  now = 0;
  owner = new FakeOwner();
  owner.faces = [left, right];
  bench = setUpBench(owner);
  history = new History(bench, () => now);
  faces = new FaceList(owner, bench);
  await bench.open(new File(['photo'], 'photo.png'));
  now = 5000;
});

const amounts = () =>
  bench.finish.faces.map(({ amount, isGentle }) => (isGentle ? amount : 'as the rest'));

test('no face is looked for unasked', () => {
  expect([faces.isOffered, faces.listed, owner.log.join()]).toEqual([
    true,
    [],
    expect.not.stringContaining('findFaces') as string,
  ]);
});

test('those that are found are gentler, each for itself, in one change that can be taken back', async () => {
  await faces.find();
  expect(faces.listed.map(({ number, face: { x } }) => [number, x])).toEqual([
    [1, 0.1],
    [2, 0.6],
  ]);
  expect(amounts()).toEqual([0.6, 0.6]);
  expect(bench.status).toContain('2 faces were found');
  now += 5000;
  for (const amount of [0.5, 0.4, 0.3]) faces.set(1, { amount, isGentle: true });
  expect(amounts()).toEqual([0.6, 0.3]);
  now += 5000;
  faces.set(0, { isGentle: false });
  expect(amounts()).toEqual(['as the rest', 0.3]);
  history.undo();
  expect(amounts()).toEqual([0.6, 0.3]);
  // A movement of a slider is one step.
  history.undo();
  expect(amounts()).toEqual([0.6, 0.6]);
  history.undo();
  expect(amounts()).toEqual([]);
});

test('nothing of them is kept but where they lie', async () => {
  await faces.find();
  expect(Object.keys(bench.finish.faces[0]!).sort()).toEqual(
    ['amount', 'height', 'isGentle', 'width', 'x', 'y'].sort(),
  );
});

test('where there are none it is said, and nothing changes', async () => {
  owner.faces = [];
  const before = bench.finish;
  await faces.find();
  expect(bench.finish).toBe(before);
  expect([faces.outcome?.text, bench.status]).toEqual(Array(2).fill('No faces were found.'));
});

test('a failure is said', async () => {
  owner.findFaces = async () =>
    failed('model-not-offered', { task: 'find-faces', scale: 1, variant: 'faithful' });
  await faces.find();
  expect(faces.outcome?.text).toMatch(/^Faces could not be looked for: ./);
  expect(faces.isLooking).toBe(false);
});

test('another photo has none of them', async () => {
  await faces.find();
  await bench.open(new File(['other'], 'other.png'));
  expect(faces.listed).toEqual([]);
});

test('one that is cropped off is not listed, and is there again with the whole photo', async () => {
  await faces.find();
  const [first, second] = bench.finish.faces;
  bench.finish = { ...bench.finish, faces: [{ ...first!, x: -0.5 }, second!] };
  expect(faces.listed.map(({ index, number }) => [index, number])).toEqual([[1, 1]]);
});
