import { expect, test, vi } from 'vitest';
import { untilAborted } from '../../../src/core/abort';

test('what comes first counts: the work, or the reason of the signal', async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(Promise.resolve(7), signal)).toBe(7);
  expect(await untilAborted(Promise.resolve(7), undefined)).toBe(7);
  const stop = new AbortController();
  const waiting = untilAborted(new Promise(() => undefined), stop.signal);
  const reason = new Error('enough');
  stop.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  await expect(untilAborted(Promise.resolve(7), stop.signal)).rejects.toBe(reason);
});

test('a signal that outlives the work holds nothing of it', async () => {
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, 'addEventListener');
  const removed = vi.spyOn(signal, 'removeEventListener');
  await untilAborted(Promise.resolve(), signal);
  await expect(untilAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
  await Promise.resolve();
  expect(added).toHaveBeenCalledTimes(2);
  expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
    added.mock.calls.map(([, listener]) => listener),
  );
});
