import { flushSync } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { ReviewList } from '../../../../../src/app/state/photo/review-list.svelte';
import type { RunResult } from '../../../../../src/app/state/photo/runner';
import { neutralFinish, type Finish } from '../../../../../src/core/recipe/finish';
import type { OpenedPhoto } from '../../../../../src/worker/protocol';
import { FakeBitmap } from '../../fake-owner';

const photo = { id: 1, width: 100, height: 80, analysis: { noise: 3 } } as OpenedPhoto;
const parts = [
  { rect: { x: 10, y: 10, width: 20, height: 20 }, levels: 9, looks: 'text' },
  { rect: { x: 60, y: 40, width: 30, height: 10 }, levels: 5, looks: 'other' },
] as const;

class Bench {
  photo = $state.raw<OpenedPhoto | null>(photo);
  result = $state.raw<RunResult | null>({} as RunResult);
  run = null;
  finish = $state.raw<Finish>(neutralFinish);
}

let bench: Bench;
let bitmaps: FakeBitmap[];
const showFullAt = vi.fn();
const review = vi.fn(() =>
  Promise.resolve({ ok: true as const, value: { parts, colourDrift: 0.01 } }),
);
const view = vi.fn((_: number, { rect }: { rect: (typeof parts)[0]['rect'] }) => {
  const bitmap = new FakeBitmap();
  bitmaps.push(bitmap);
  return Promise.resolve({ ok: true as const, value: { rect, bitmap: bitmap.asBitmap } });
});
let list: ReviewList;

beforeEach(async () => {
  vi.clearAllMocks();
  bitmaps = [];
  bench = new Bench();
  list = new ReviewList({ review, view } as never, bench, { showFullAt });
  await list.follow(64);
});

test('asks once a result, with the noise of its photo, and draws both sides of each place', async () => {
  await list.follow(64);
  expect(review.mock.calls).toEqual([[1, 3]]);
  expect(list.parts.map(({ before, after }) => [before, after].includes(null))).toEqual([
    false,
    false,
  ]);
  for (const [, { rect }] of view.mock.calls) {
    expect(rect.width).toBe(rect.height);
    expect(rect.x + rect.width).toBeLessThanOrEqual(photo.width);
  }
  bench.result = {} as RunResult;
  await list.follow(64);
  expect(review).toHaveBeenCalledTimes(2);
  expect(bitmaps.slice(0, 4).every(({ isClosed }) => isClosed)).toBe(true);
});

test('leads from one place to the next, and round', () => {
  expect([1, 2, 3].map(() => list.next()?.number)).toEqual([1, 2, 1]);
  expect(showFullAt.mock.calls[1]).toEqual([75, 45]);
});

test('a face that is known is led to first, and what is looked at stays it', () => {
  list.next();
  expect(list.current).toBe(1);
  const face = { x: 0.5, y: 0.3, width: 0.5, height: 0.5, amount: 0.6, isGentle: true };
  bench.finish = { ...bench.finish, faces: [face] };
  flushSync();
  expect(list.parts.map(({ rect, number }) => [rect.x, number])).toEqual([
    [60, 1],
    [10, 2],
  ]);
  expect(list.current).toBe(2);
});

test('what is restored leaves the list, is protected by the mask, and comes back when that is undone', () => {
  const before = bench.finish;
  list.restore(list.parts[0]!);
  flushSync();
  expect(list.parts.map(({ number }) => number)).toEqual([2]);
  const { values, width } = bench.finish.mask!;
  expect([values[20 * width + 20], values[45 * width + 75]]).toEqual([0, 255]);
  list.restore(list.parts[0]!);
  expect(list.parts).toEqual([]);
  expect(list.next()).toBeNull();
  bench.finish = before;
  expect(list.parts).toHaveLength(2);
});

test('where nothing can be compared, that is said', async () => {
  review.mockResolvedValueOnce({
    ok: false,
    problem: 'result-missing',
    facts: {},
    code: 'internal',
  } as never);
  bench.result = {} as RunResult;
  await list.follow(64);
  expect(list.fault).not.toBe('');
  expect(list.found).toBeNull();
});
