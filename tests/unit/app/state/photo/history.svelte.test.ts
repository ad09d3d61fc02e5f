import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { History } from '../../../../../src/app/state/photo/history.svelte';
import { Presets } from '../../../../../src/app/state/photo/presets.svelte';
import { writeSettings, type Settings } from '../../../../../src/app/state/photo/session-parts';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import type { Scale } from '../../../../../src/core/recipe/kinds';
import { presetNames } from '../../../../../src/core/recipe/presets';
import { controlsOf, withControls, withScale } from '../../../../../src/core/recipe/recipe';
import { toggle } from '../../../../../src/core/recipe/toggles';
import { tasks } from '../../../../../src/core/recipe/tasks';
import { setUpBench } from '../../fake-bench';
import { FakeOwner, settle } from '../../fake-owner';

let owner: FakeOwner;
let bench: Workbench;
let history: History;
let presets: Presets;
/** Milliseconds. */
let now: number;

beforeEach(async () => {
  now = 0;
  owner = new FakeOwner();
  bench = setUpBench(owner);
  history = new History(bench, () => now);
  presets = new Presets(bench, { read: () => null, write: () => true });
  await bench.open(new File(['beach'], 'beach.png'));
});

/** What is asked for and how it is finished, byte for byte as it would be kept. */
const stateOf = (settings: Settings) => Buffer.from(writeSettings(settings)).toString('latin1');
const state = () => stateOf({ recipe: bench.recipe, finish: bench.finish });

const [heal, , , clean] = tasks;
const setNoise = (noise: number) => {
  const controls = { ...controlsOf(bench.recipe, clean), noise };
  void bench.ask(withControls(bench.recipe, clean, controls));
};
const setScale = (scale: Scale) => void bench.ask(withScale(bench.recipe, scale));

/** A sharp-edged mask of the photo that is open, as the brush makes them. */
const paint = (seed: number) => {
  const values = Uint8Array.from({ length: 12 }, (_, i) => (i * seed) % 256);
  bench.finish = { ...bench.finish, mask: { width: 4, height: 3, values } };
};

/** What a person can do to a photo, each with a whole number of 0..100. */
const acts: Readonly<Record<string, (value: number) => void>> = {
  noise: setNoise,
  scale: (value) => setScale(([1, 2, 4] as const)[value % 3]!),
  size: (value) => void bench.ask({ ...bench.recipe, size: { by: 'width', pixels: 50 + value } }),
  wrap: (value) => {
    const { v, steps, finish, size, damage } = bench.recipe;
    const recipe = { v, steps, finish, ...(size && { size }), ...(damage && { damage }) };
    void bench.ask(value % 2 ? { ...recipe, wrap: true } : recipe);
  },
  mark: (value) => {
    const values = Uint8Array.from({ length: 12 }, (_, i) => (i * value) % 256);
    void bench.ask({ ...bench.recipe, damage: { width: 4, height: 3, values } });
  },
  heal: (value) => void bench.ask(toggle(bench.recipe, heal, value % 2 === 1)),
  strength: (value) => (bench.strength = value),
  lightness: (value) => (bench.finish = { ...bench.finish, luminanceOnly: value % 2 === 1 }),
  grain: (value) => {
    bench.finish = { ...bench.finish, grain: { amount: value / 100, size: 2, seed: 0 } };
  },
  contrast: (value) => {
    const { grade } = bench.finish;
    bench.finish = { ...bench.finish, grade: { ...grade, contrast: value / 50 - 1 } };
  },
  paint,
  unmask: () => (bench.finish = { ...bench.finish, mask: null }),
  preset: (value) => presets.choose(presetNames[value % presetNames.length]!),
  reset: () => history.reset(),
};

test('thirty changes of any kind can be undone to the first state, and redone to the last', () => {
  const action = fc.tuple(
    fc.constantFrom(...Object.keys(acts)),
    fc.integer({ min: 0, max: 100 }),
    fc.constantFrom(10, 2000),
  );
  const actions = fc.array(action, { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(actions, fc.nat(), (list, somewhere) => {
      history.reset();
      history = new History(bench, () => now);
      const first = state();
      for (const [kind, value, ms] of list) {
        now += ms;
        acts[kind]!(value);
      }
      const last = state();
      const { length } = history.wishes;
      expect(length).toBeLessThanOrEqual(31);
      expect(history.position).toBe(length - 1);
      let steps = 0;
      for (; history.canUndo; steps++) history.undo();
      expect(steps).toBe(length - 1);
      expect(state()).toBe(first);
      while (history.canRedo) history.redo();
      expect(state()).toBe(last);
      // What the list has, whichever way one comes to it.
      const index = somewhere % length;
      const wish = history.wishes[index]!;
      history.go(index);
      expect(state()).toBe(stateOf(wish));
      expect([history.position, history.wishes.length]).toEqual([index, length]);
      history.go(length - 1);
      expect(state()).toBe(last);
      history.go(0);
      expect(state()).toBe(first);
    }),
    { numRuns: 100 },
  );
});

test('everything is set back in one step, which can be undone', () => {
  const first = state();
  setScale(4);
  paint(7);
  const changed = state();
  history.reset();
  expect(state()).toBe(first);
  history.undo();
  expect(state()).toBe(changed);
  history.go(99);
  expect(state()).toBe(changed);
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
