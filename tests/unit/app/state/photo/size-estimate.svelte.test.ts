import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failed } from '../../../../../src/core/errors';
import { SizeEstimate } from '../../../../../src/app/state/photo/size-estimate.svelte';
import { FakeOwner } from '../../fake-owner';

type Parts = ConstructorParameters<typeof SizeEstimate>;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An estimate of a photo with a result, which nothing is done to. */
function setUp() {
  const owner = new FakeOwner();
  const bench = { photo: { id: 7 }, result: {}, run: null as object | null };
  const saver = { how: { format: 'jpeg', quality: 31 }, busy: false };
  const estimate = new SizeEstimate(owner, bench as Parts[1], saver as Parts[2]);
  return { owner, bench, saver, estimate };
}

test('is asked for once nothing has changed for a moment', async () => {
  const { owner, saver, estimate } = setUp();
  for (let quality = 31; quality < 40; quality++) {
    saver.how = { format: 'jpeg', quality };
    const giveUp = estimate.follow();
    await vi.advanceTimersByTimeAsync(100);
    expect([estimate.pending, estimate.bytes]).toEqual([true, null]);
    if (quality < 39) giveUp();
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(owner.log).toEqual(['estimate 7 jpeg 39']);
  expect([estimate.pending, estimate.bytes]).toEqual([false, 39e5]);
});

test('of what has changed meanwhile is ended, and never shown', async () => {
  const { owner, estimate } = setUp();
  owner.held.add('estimate');
  const giveUp = estimate.follow();
  await vi.advanceTimersByTimeAsync(1000);
  giveUp();
  expect(owner.log).toEqual(['estimate 7 jpeg 31', 'cancel']);
  estimate.follow();
  owner.answer('estimate', { ok: true, value: 5 });
  await vi.advanceTimersByTimeAsync(100);
  expect([estimate.pending, estimate.bytes]).toEqual([true, null]);
});

test('is not made during a run or a save, and one that fails says nothing', async () => {
  const { owner, bench, saver, estimate } = setUp();
  bench.run = {};
  estimate.follow();
  bench.run = null;
  saver.busy = true;
  estimate.follow();
  await vi.advanceTimersByTimeAsync(1000);
  expect(owner.log).toEqual([]);
  expect(estimate.pending).toBe(false);
  saver.busy = false;
  owner.held.add('estimate');
  estimate.follow();
  await vi.advanceTimersByTimeAsync(1000);
  owner.answer('estimate', failed('encoder-missing', { format: 'AVIF' }));
  await vi.advanceTimersByTimeAsync(0);
  expect([estimate.pending, estimate.bytes]).toEqual([false, null]);
});
