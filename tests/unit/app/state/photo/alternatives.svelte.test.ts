import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Alternatives } from '../../../../../src/app/state/photo/alternatives.svelte';
import { listAlternatives } from '../../../../../src/core/recipe/alternatives';
import type { Recipe } from '../../../../../src/core/recipe/recipe';
import type { LoupeRequest } from '../../../../../src/worker/protocol';
import { suggestWithin } from '../../../../../src/core/findings/suggest';
import { allOffers, FakeBitmap, noisy } from '../../fake-owner';

const rest = 1000;
const suggestion = suggestWithin(noisy, 2, allOffers);
const recipes = Object.fromEntries(
  listAlternatives(suggestion, allOffers).map(({ name, recipe }) => [name, recipe]),
);
let asked: Recipe[];
let cancelled: number;
let bitmaps: FakeBitmap[];
let mayPrepare: boolean;
let bench: Record<string, unknown> & { finish: { strength: number }; run: object | null };
let alternatives: Alternatives;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  bitmaps = [];
  cancelled = 0;
  mayPrepare = true;
  bench = {
    ...{ photo: { id: 1, width: 300, height: 200 }, suggestion, offers: allOffers, run: null },
    ...{ recipe: suggestion.recipe, finish: { strength: 1 }, isDone: false, isWaiting: false },
    ...{ isSearching: false, opening: '', plan: { ok: true, value: { seconds: 2 } } },
    ask: async (recipe: Recipe, finish: { strength: number }) => {
      bench['recipe'] = recipe;
      bench['finish'] = finish;
    },
  };
  const enhancer = {
    loupe: async (_: number, { recipe, rect }: LoupeRequest) => {
      asked.push(recipe);
      const [bitmap, plain] = [new FakeBitmap(), new FakeBitmap()];
      bitmaps.push(bitmap, plain);
      return { ok: true as const, value: { rect, bitmap: bitmap.asBitmap, plain: plain.asBitmap } };
    },
    cancel: async () => void cancelled++,
  };
  const shrink = ({ width, height }: { width: number; height: number }) => ({
    ...{ width, height, data: new Uint8ClampedArray(width * height * 4) },
  });
  alternatives = new Alternatives(
    enhancer,
    bench as unknown as ConstructorParameters<typeof Alternatives>[1],
    shrink,
    () => mayPrepare,
  );
});

afterEach(() => vi.useRealTimers());

test('crops are made once nothing else is wanted, what the photo calls for last', async () => {
  alternatives.follow(80);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(rest);
  expect(asked).toEqual([recipes['gentle'], recipes['more'], recipes['auto']]);
  expect(Object.keys(alternatives.crops).sort()).toEqual(['auto', 'gentle', 'more']);
  // At two pixels of the result to each of the photo.
  expect(alternatives.spot).toMatchObject({ width: 40, height: 40 });
  alternatives.follow(80);
  await vi.advanceTimersByTimeAsync(rest);
  expect(asked).toHaveLength(3);
});

test("a photo's first crops are made at once, those after a change once it is the last", async () => {
  const [soon, afterChange] = [150, 800];
  alternatives.follow(80);
  await vi.advanceTimersByTimeAsync(soon);
  expect(asked).toHaveLength(3);
  alternatives.follow(100);
  await vi.advanceTimersByTimeAsync(afterChange);
  expect(asked).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(rest);
  expect(asked).toHaveLength(6);
  bench['photo'] = { id: 2, width: 300, height: 200 };
  alternatives.follow(100);
  await vi.advanceTimersByTimeAsync(soon);
  expect(asked).toHaveLength(9);
});

for (const [what, change] of [
  ['a run is going', { run: {} }],
  ['a run waits', { isWaiting: true }],
  ['a shake is looked for', { isSearching: true }],
  ['the result is there', { isDone: true }],
  ['the time of a run is not known', { plan: { ok: true, value: { seconds: null } } }],
  ['the machine is too slow', { plan: { ok: true, value: { seconds: 60 } } }],
] as const)
  test(`none is made while ${what}`, async () => {
    Object.assign(bench, change);
    alternatives.follow(80);
    await vi.advanceTimersByTimeAsync(rest);
    expect(asked).toEqual([]);
  });

test('none is made where nothing may be loaded unasked', async () => {
  mayPrepare = false;
  alternatives.follow(80);
  await vi.advanceTimersByTimeAsync(rest);
  expect(asked).toEqual([]);
});

test('a run stops what is being made, and what comes of it is thrown away', async () => {
  alternatives.follow(80);
  vi.advanceTimersByTime(rest);
  bench.run = {};
  alternatives.follow(80);
  await vi.advanceTimersByTimeAsync(rest);
  expect([asked.length, cancelled, alternatives.crops]).toEqual([1, 1, {}]);
  expect(bitmaps[0]!.isClosed).toBe(true);
});

test('another photo has other crops', async () => {
  alternatives.follow(80);
  await vi.advanceTimersByTimeAsync(rest);
  bench['photo'] = { id: 2, width: 300, height: 200 };
  alternatives.follow(80);
  expect(alternatives.crops).toEqual({});
  expect(bitmaps.every(({ isClosed }) => isClosed)).toBe(true);
});

test('one is chosen, with its strength; not during a run', () => {
  expect(alternatives.chosen).toBe('auto');
  bench.finish.strength = 0.4;
  alternatives.choose('more');
  expect([bench['recipe'], bench.finish.strength]).toEqual([recipes['more'], 1]);
  expect(alternatives.chosen).toBe('more');
  bench.run = {};
  alternatives.choose('gentle');
  expect(alternatives.chosen).toBe('more');
});
