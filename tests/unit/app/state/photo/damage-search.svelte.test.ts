import { beforeEach, expect, test } from 'vitest';
import { DamageSearch } from '../../../../../src/app/state/photo/damage-search.svelte';
import { History } from '../../../../../src/app/state/photo/history.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { failed } from '../../../../../src/core/errors';
import { found } from '../../../../../src/core/recipe/marks';
import { tasks } from '../../../../../src/core/recipe/tasks';
import { toggle } from '../../../../../src/core/recipe/toggles';
import { setUpBench } from '../../fake-bench';
import { FakeOwner, settle } from '../../fake-owner';

let owner: FakeOwner;
let bench: Workbench;
let history: History;
let search: DamageSearch;
let now: number;
const [heal] = tasks;

beforeEach(async () => {
  now = 0;
  owner = new FakeOwner();
  bench = setUpBench(owner);
  history = new History(bench, () => now);
  search = new DamageSearch(owner, bench);
  await bench.open(new File(['scan'], 'scan.png'));
  await bench.ask(toggle(bench.recipe, heal, true));
  now = 5000;
});

const marked = () => [...(bench.recipe.damage?.values ?? [])].filter((each) => each > 128).length;
const sensitivity = () => bench.recipe.steps.find(({ task }) => task === 'heal');
const searches = () => owner.log.filter((line) => line.startsWith('findDamage'));

test('what is found is marked, in one change that can be taken back', async () => {
  await search.find();
  expect([marked(), search.share, bench.finding]).toEqual([5, null, null]);
  expect(bench.status).toContain('41.7 % of the picture is marked');
  history.undo();
  expect(bench.recipe.damage).toBeUndefined();
});

test('nothing is found: it is said, and nothing changes', async () => {
  owner.damage = () => ({ width: 4, height: 3, values: new Uint8Array(12).fill(128) });
  const before = bench.recipe;
  await search.find();
  expect(bench.recipe).toBe(before);
  expect(bench.status).toContain('No damage was found');
});

test('another sensitivity marks more or less at once, and a slide of the slider is one step', async () => {
  await search.find();
  now = 9000;
  for (const value of [60, 70, 90]) {
    search.tune(value);
    expect(search.sensitivity).toBe(value);
    now += 100;
    await settle();
  }
  expect([marked(), sensitivity()]).toEqual([9, { task: 'heal', sensitivity: 90 }]);
  history.undo();
  expect([marked(), sensitivity()]).toEqual([5, { task: 'heal', sensitivity: 50 }]);
});

test('while marks are still to come only the latest sensitivity is asked for next', async () => {
  await search.find();
  owner.held.add('findDamage');
  for (const value of [20, 30, 40, 80]) search.tune(value);
  expect(searches()).toEqual(['findDamage 1 50', 'findDamage 1 20']);
  owner.answer('findDamage');
  await settle();
  expect(searches().at(-1)).toBe('findDamage 1 80');
  expect(searches()).toHaveLength(3);
  owner.answer('findDamage');
  await settle();
  expect([marked(), search.sensitivity]).toEqual([8, 80]);
});

test('what a person has painted stays, whatever is found', async () => {
  await search.find();
  const values = bench.recipe.damage!.values.slice();
  values.set([0, 60], 0);
  values[11] = 255;
  await bench.ask({ ...bench.recipe, damage: { ...bench.recipe.damage!, values } });
  search.tune(100);
  await settle();
  const { values: now } = bench.recipe.damage!;
  expect([...now]).toEqual([0, 60, ...Array<number>(8).fill(found), 128, 255]);
});

test('before a search the slider only says how it will be', async () => {
  search.tune(80);
  await settle();
  expect([searches(), marked(), search.sensitivity]).toEqual([[], 0, 80]);
});

test('a run that is asked for while it looks begins with what is found', async () => {
  owner.held.add('findDamage');
  const looking = search.find();
  const running = bench.enhance();
  await settle();
  expect([bench.isWaiting, owner.asked]).toEqual([true, null]);
  owner.answer('findDamage');
  await Promise.all([looking, running]);
  expect(owner.asked?.damage?.values.filter((each) => each === found)).toHaveLength(5);
});

test('what is found too late marks nothing: on another photo, or unticked', async () => {
  owner.held.add('findDamage');
  const looking = search.find();
  await bench.ask(toggle(bench.recipe, heal, false));
  owner.answer('findDamage');
  await looking;
  expect(marked()).toBe(0);
  await bench.ask(toggle(bench.recipe, heal, true));
  const other = search.find();
  await bench.open(new File(['other'], 'other.png'));
  owner.answer('findDamage');
  await other;
  expect(marked()).toBe(0);
});

test('a search that fails says why, and can be asked for again', async () => {
  owner.held.add('findDamage');
  const looking = search.find();
  owner.answer('findDamage', failed('download-failed', { url: 'x', cause: 'y' }));
  await looking;
  expect(search.fault).not.toBe('');
  owner.held.clear();
  await search.find();
  expect([search.fault, marked()]).toEqual(['', 5]);
});
