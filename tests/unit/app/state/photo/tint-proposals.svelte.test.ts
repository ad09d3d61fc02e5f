import { beforeEach, expect, test } from 'vitest';
import { History } from '../../../../../src/app/state/photo/history.svelte';
import { TintProposals } from '../../../../../src/app/state/photo/tint-proposals.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { failed } from '../../../../../src/core/errors';
import { setUpBench } from '../../fake-bench';
import { FakeOwner } from '../../fake-owner';

const sky = { colour: '#86b2de', radius: 120, points: [1000, 500, 4000, 500] };
const grass = { colour: '#7a9248', radius: 200, points: [1000, 9000] };

let owner: FakeOwner;
let bench: Workbench;
let history: History;
let proposals: TintProposals;
let now: number;

beforeEach(async () => {
  now = 0;
  owner = new FakeOwner();
  owner.proposals = [sky, grass];
  bench = setUpBench(owner);
  history = new History(bench, () => now);
  proposals = new TintProposals(owner, bench);
  await bench.open(new File(['photo'], 'photo.png'));
  now = 5000;
});

test('nothing is looked for unasked, and nothing painted before it is taken', async () => {
  expect(owner.log.join()).not.toContain('proposeTint');
  const before = bench.finish;
  await proposals.find();
  expect(proposals.list.map(({ stroke }) => stroke)).toEqual([sky, grass]);
  expect(bench.status).toContain('2 colours are proposed');
  expect(bench.finish).toBe(before);
});

test('what is taken is painted beside what was, in one change that can be taken back; the rest stays proposed', async () => {
  const own = { colour: null, radius: 10, points: [5, 5] };
  bench.finish = { ...bench.finish, tint: { v: 1, strokes: [own] } };
  await proposals.find();
  now += 5000;
  proposals.take([1]);
  expect(bench.finish.tint?.strokes).toEqual([own, grass]);
  expect(proposals.list.map(({ key }) => key)).toEqual([0]);
  history.undo();
  expect(bench.finish.tint?.strokes).toEqual([own]);
});

test('a proposal is taken with the colour that it was given', async () => {
  await proposals.find();
  proposals.recolour(0, '#e0a684');
  proposals.take([0, 1]);
  expect(bench.finish.tint?.strokes).toEqual([{ ...sky, colour: '#e0a684' }, grass]);
  expect(proposals.list).toEqual([]);
});

test('what is dropped is gone, and paints nothing', async () => {
  await proposals.find();
  proposals.drop([0]);
  expect(proposals.list.map(({ stroke }) => stroke)).toEqual([grass]);
  proposals.drop([1]);
  expect([proposals.list, bench.finish.tint]).toEqual([[], null]);
});

test('that it is sure of nothing is said, and so is a failure', async () => {
  owner.proposals = [];
  await proposals.find();
  expect([proposals.outcome, bench.status]).toEqual(
    Array(2).fill('It is not sure of any colour here. Paint them yourself.'),
  );
  owner.proposeTint = async () =>
    failed('model-not-offered', { task: 'propose-colours', scale: 1, variant: 'faithful' });
  await proposals.find();
  expect(proposals.outcome).toMatch(/^Colours could not be proposed: ./);
  expect(proposals.isLooking).toBe(false);
});

test('another photo has none of them', async () => {
  await proposals.find();
  await bench.open(new File(['other'], 'other.png'));
  expect([proposals.list, proposals.outcome]).toEqual([[], null]);
});
