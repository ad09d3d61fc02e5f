import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { History } from '../../../../../src/app/state/photo/history.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import type { Scale } from '../../../../../src/core/recipe/kinds';
import { controlsOf, withControls, withScale } from '../../../../../src/core/recipe/recipe';
import { tasks } from '../../../../../src/core/recipe/tasks';
import { setUpBench } from '../../fake-bench';
import { FakeOwner, settle } from '../../fake-owner';

let owner: FakeOwner;
let bench: Workbench;
let history: History;
/** Milliseconds. */
let now: number;

beforeEach(async () => {
  now = 0;
  owner = new FakeOwner();
  bench = setUpBench(owner);
  history = new History(bench, () => now);
  await bench.open(new File(['beach'], 'beach.png'));
});

/** What can be asked for and finished, as text. */
const state = () => JSON.stringify([bench.recipe, bench.finish]);

const [clean] = tasks;
const setNoise = (noise: number) => {
  const controls = { ...controlsOf(bench.recipe, clean), noise };
  void bench.ask(withControls(bench.recipe, clean, controls));
};
const setScale = (scale: Scale) => void bench.ask(withScale(bench.recipe, scale));

test('thirty changes of any kind can be undone to the first state, and redone to the last', () => {
  const action = fc.oneof(
    fc.record({ kind: fc.constant('noise'), value: fc.integer({ min: 0, max: 100 }) }),
    fc.record({ kind: fc.constant('scale'), value: fc.constantFrom(1, 2, 4) }),
    fc.record({ kind: fc.constant('strength'), value: fc.integer({ min: 0, max: 100 }) }),
    fc.record({ kind: fc.constant('lightness'), value: fc.integer({ min: 0, max: 1 }) }),
  );
  const pause = fc.constantFrom(10, 2000);
  const actions = fc.array(fc.tuple(action, pause), { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(actions, (list) => {
      const first = state();
      for (const [{ kind, value }, ms] of list) {
        now += ms;
        if (kind === 'noise') setNoise(value);
        else if (kind === 'scale') setScale(value);
        else if (kind === 'strength') bench.strength = value;
        else bench.finish = { ...bench.finish, luminanceOnly: value === 1 };
      }
      const last = state();
      let steps = 0;
      for (; history.canUndo; steps++) history.undo();
      expect(steps).toBeLessThanOrEqual(30);
      expect(state()).toBe(first);
      while (history.canRedo) history.redo();
      expect(state()).toBe(last);
      while (history.canUndo) history.undo();
      expect(state()).toBe(first);
    }),
    { numRuns: 100 },
  );
});

test('one movement of a slider is one step, two movements are two, and so are two sliders', () => {
  const values = () => [controlsOf(bench.recipe, clean)['noise'], bench.strength];
  const slide = (from: number, to: number) => {
    for (let value = from; value <= to; value++) {
      now += 16;
      setNoise(value);
    }
  };
  const first = values();
  // On its way it passes where it was.
  slide(1, 30);
  now += 2000;
  slide(31, 60);
  bench.strength = 50;
  history.undo();
  expect(values()).toEqual([60, 100]);
  history.undo();
  expect(values()).toEqual([30, 100]);
  history.undo();
  expect(values()).toEqual(first);
  expect(history.canUndo).toBe(false);
});

test('two presses are two steps, however soon they follow each other', () => {
  setScale(4);
  setScale(1);
  history.undo();
  expect(bench.recipe).toEqual(withScale(bench.recipe, 4));
  history.undo();
  expect(bench.recipe).toEqual(withScale(bench.recipe, 2));
});

test('what is changed after an undo is what is undone next; what was undone is gone', () => {
  bench.strength = 10;
  history.undo();
  now += 2000;
  bench.strength = 20;
  expect(history.canRedo).toBe(false);
  history.undo();
  expect(bench.strength).toBe(100);
});

test('another photo has nothing to undo, and neither has what the page does by itself', async () => {
  expect(history.canUndo).toBe(false);
  setScale(4);
  await bench.open(new File(['hill'], 'hill.png'));
  expect(history.canUndo).toBe(false);
  history.undo();
  bench.strength = 10;
  history.undo();
  expect(history.canUndo).toBe(false);
});

test('nothing is undone during a run', async () => {
  setScale(4);
  await settle();
  owner.held.add('enhance');
  void bench.enhance();
  await settle();
  expect(history.canUndo).toBe(false);
  owner.answer('enhance');
  await settle();
  expect(history.canUndo).toBe(true);
});
