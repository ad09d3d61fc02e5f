import { beforeEach, expect, test } from 'vitest';
import { History } from '../../../../../src/app/state/photo/history.svelte';
import { Presets } from '../../../../../src/app/state/photo/presets.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { isSameWork, scaleOf, withScale } from '../../../../../src/core/recipe/recipe';
import { setUpBench } from '../../fake-bench';
import { FakeOwner } from '../../fake-owner';

let bench: Workbench;
let kept: Map<string, string>;
/** Whether the browser keeps what it is given. */
let hasRoom: boolean;

const store = {
  read: (name: string) => kept.get(name) ?? null,
  write: (name: string, value: string) => {
    if (hasRoom) kept.set(name, value);
    return hasRoom;
  },
};

beforeEach(async () => {
  kept = new Map();
  hasRoom = true;
  bench = setUpBench(new FakeOwner());
  await bench.open(new File(['beach'], 'beach.png'));
});

const fileOf = (value: unknown, name = 'mine.recipe.json') =>
  new File([typeof value === 'string' ? value : JSON.stringify(value)], name);

test('a photo begins with its own preset; one that is chosen is asked for, as one change', () => {
  const presets = new Presets(bench, store);
  const history = new History(bench);
  expect(presets.chosen).toBe('photo');
  const before = bench.recipe;
  presets.choose('portrait');
  expect(presets.chosen).toBe('portrait');
  expect(bench.strength).toBe(80);
  history.undo();
  expect(history.canUndo).toBe(false);
  expect([bench.strength, isSameWork(bench.recipe, before)]).toEqual([100, true]);
  expect(presets.chosen).toBe('photo');
});

test('what is changed after that is no preset', () => {
  const presets = new Presets(bench, store);
  presets.choose('portrait');
  bench.strength = 37;
  expect(presets.chosen).toBe('');
});

test('one’s own is kept by its name, for the next visit, without the mask, and forgotten', async () => {
  const presets = new Presets(bench, store);
  void bench.ask(withScale(bench.recipe, 4));
  const mask = { width: 1, height: 1, values: new Uint8Array([7]) };
  bench.finish = { ...bench.finish, luminanceOnly: true, mask };
  expect(presets.save('  Nightly ')).toBe(true);
  expect(presets.chosen).toBe('own:Nightly');
  const next = new Presets(bench, store);
  next.choose('photo');
  expect(bench.finish.luminanceOnly).toBe(false);
  next.choose('own:Nightly');
  expect(bench.finish).toMatchObject({ luminanceOnly: true, mask });
  expect(next.chosen).toBe('own:Nightly');
  next.drop('Nightly');
  expect(new Presets(bench, store).own).toEqual([]);
  expect(next.save(' ')).toBe(false);
  expect(next.fault).not.toBe('');
});

test('a file brings what another exported', async () => {
  const presets = new Presets(bench, store);
  bench.finish = { ...bench.finish, strength: 0.4 };
  const text = presets.export();
  presets.choose('photo');
  await presets.import(fileOf(text));
  expect([presets.fault, bench.strength, presets.chosen]).toEqual(['', 40, 'own:mine']);
});

test.each([
  ['of a newer version', { v: 3, steps: [], mood: 'blue' }, /newer version/],
  ['with a task that is not known', { v: 2, steps: [{ task: 'colourise' }] }, /steps\[0\]\.task/],
  ['with a field that is not known', { v: 2, steps: [], mood: 1 }, /recipe\.mood/],
  ['out of range', { v: 2, steps: [{ task: 'clean', noise: 101, jpeg: 0 }] }, /noise must be/],
  ['that is none', 'no JSON', /holds no recipe/],
])('a recipe %s is refused with a word, and nothing changes', async (_, value, word) => {
  const presets = new Presets(bench, store);
  const before = JSON.stringify([bench.recipe, bench.finish]);
  await presets.import(fileOf(value));
  expect(presets.fault).toMatch(word);
  expect(JSON.stringify([bench.recipe, bench.finish])).toBe(before);
  expect(presets.own).toEqual([]);
});

test('one of one’s own that a newer version wrote stays as it is', () => {
  const newer = { name: 'Later', recipe: { v: 3, steps: 'of another form' } };
  kept.set('enlarger.presets', JSON.stringify([newer]));
  const presets = new Presets(bench, store);
  presets.choose('own:Later');
  expect(presets.fault).toMatch(/newer/);
  presets.save('Now');
  expect(JSON.parse(kept.get('enlarger.presets')!)).toMatchObject([newer, { name: 'Now' }]);
});

test('what cannot be read is said and kept aside', () => {
  kept.set('enlarger.presets', '[{"name": "Nightly", "rec');
  const presets = new Presets(bench, store);
  expect(presets.fault).toMatch(/could not be read/);
  presets.save('Now');
  expect([...kept.values()]).toContain('[{"name": "Nightly", "rec');
});

test('where there is no room one’s own last until the page is closed, which is said', () => {
  const presets = new Presets(bench, store);
  hasRoom = false;
  expect(presets.save('Nightly')).toBe(false);
  expect(presets.fault).toMatch(/until the page is closed/);
  expect(presets.own.map(({ name }) => name)).toEqual(['Nightly']);
});

test('a size that an address asks for is asked for, at the enlargement that reaches it; none is refused', () => {
  const presets = new Presets(bench, store);
  presets.useSize('3.5x');
  expect(bench.recipe.size).toEqual({ by: 'factor', factor: 3.5 });
  expect(scaleOf(bench.recipe)).toBe(4);
  presets.useSize('large');
  expect(presets.fault).toContain('?size=large');
  expect(bench.recipe.size).toEqual({ by: 'factor', factor: 3.5 });
});
