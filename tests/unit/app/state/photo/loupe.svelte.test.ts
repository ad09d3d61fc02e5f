import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Loupe } from '../../../../../src/app/state/photo/loupe.svelte';
import { withScale } from '../../../../../src/core/recipe/recipe';
import { recommend } from '../../../../../src/core/recipe/recommendation';
import type { LoupeRequest } from '../../../../../src/worker/protocol';
import { FakeBitmap } from '../../fake-owner';

const rest = 400;
let asked: LoupeRequest[];
let bitmaps: FakeBitmap[];
let cancelled: number;
let bench: Record<string, unknown>;
let loupe: Loupe;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  bitmaps = [];
  cancelled = 0;
  bench = {
    ...{ photo: { id: 1, width: 300, height: 200 }, recipe: recommend([], 2), run: null },
    ...{ opening: '', isWaiting: false },
  };
  const enhancer = {
    loupe: async (_: number, request: LoupeRequest) => {
      asked.push(request);
      const [bitmap, plain] = [new FakeBitmap(), new FakeBitmap()];
      bitmaps.push(bitmap, plain);
      return {
        ok: true as const,
        value: { rect: request.rect, bitmap: bitmap.asBitmap, plain: plain.asBitmap },
      };
    },
    cancel: async () => void cancelled++,
  };
  type Parts = ConstructorParameters<typeof Loupe>;
  const view = { viewport: { x: 150, y: 100 } };
  loupe = new Loupe(enhancer, bench as unknown as Parts[1], view as Parts[2]);
});

afterEach(() => vi.useRealTimers());

test('begins in the middle of what is looked at, and shows pixels of the final picture', async () => {
  loupe.follow(80);
  expect(loupe.isWaiting).toBe(true);
  await vi.advanceTimersByTimeAsync(rest);
  expect(asked.map(({ rect }) => rect)).toEqual([{ x: 130, y: 80, width: 40, height: 40 }]);
  expect([loupe.isWaiting, loupe.shown?.rect]).toEqual([false, asked[0]!.rect]);
});

test('is filled once it rests, with what the newest wish asks for', async () => {
  loupe.follow(80);
  for (let i = 0; i < 4; i++) {
    loupe.moveBy(5, 0);
    loupe.follow(80);
    vi.advanceTimersByTime(rest / 4);
  }
  bench['recipe'] = withScale(recommend([], 2), 4);
  loupe.follow(80);
  await vi.advanceTimersByTimeAsync(rest);
  expect(asked).toEqual([
    { recipe: bench['recipe'], rect: { x: 160, y: 90, width: 20, height: 20 } },
  ]);
});

test('what comes too late is thrown away', async () => {
  loupe.follow(80);
  vi.advanceTimersByTime(rest);
  loupe.moveBy(10, 0);
  loupe.follow(80);
  await vi.advanceTimersByTimeAsync(rest);
  expect(bitmaps.map(({ isClosed }) => isClosed)).toEqual([true, true, false, false]);
  expect(cancelled).toBe(1);
  expect(loupe.shown?.rect.x).toBe(140);
});

test('never leaves the photo', () => {
  loupe.follow(80);
  loupe.moveBy(-9999, 9999);
  expect(loupe.part(80)).toEqual({ x: 0, y: 160, width: 40, height: 40 });
  expect(loupe.part(9999)).toEqual({ x: 0, y: 0, width: 300, height: 200 });
});

test('does not work during a run, and goes on after it', async () => {
  bench['run'] = {};
  loupe.follow(80);
  await vi.advanceTimersByTimeAsync(rest);
  expect(asked).toEqual([]);
  bench['run'] = null;
  loupe.follow(80);
  await vi.advanceTimersByTimeAsync(rest);
  expect(asked).toHaveLength(1);
});

test('frees what it shows', async () => {
  loupe.follow(80);
  await vi.advanceTimersByTimeAsync(rest);
  loupe.dispose();
  expect(bitmaps[0]!.isClosed).toBe(true);
});
