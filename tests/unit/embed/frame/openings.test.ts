import { expect, test, vi } from 'vitest';
import { NewestBox } from '../../../../src/embed/frame/newest-box';
import { Openings } from '../../../../src/embed/frame/openings';
import { settle } from '../../app/fake-owner';

test('two are opened at once, and of all that wait only the last', async () => {
  const openings = new Openings();
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const outcomes = Array.from({ length: 1_000 }, (_, i) =>
    openings.run(async () => {
      begun.push(i);
      await new Promise<void>((end) => ends.push(end));
      return i;
    }),
  );
  await settle();
  expect(begun).toEqual([0, 1]);
  ends[0]?.();
  await settle();
  expect(begun).toEqual([0, 1, 999]);
  for (const end of ends) end();
  await settle();
  for (const end of ends) end();
  const ended = await Promise.all(outcomes);
  expect(ended.filter((value) => value !== null)).toEqual([0, 1, 999]);
});

test('what waits can be dropped', async () => {
  const openings = new Openings();
  const never = () => new Promise<number>(() => undefined);
  void openings.run(never);
  void openings.run(never);
  const third = openings.run(async () => 3);
  openings.drop();
  expect(await third).toBeNull();
});

test('a box takes a hundred thousand settings once, and says what it has dropped', async () => {
  const apply = vi.fn();
  const drop = vi.fn();
  const soon: (() => void)[] = [];
  const box = new NewestBox<number>(apply, (work) => void soon.push(work), drop);
  for (let i = 0; i < 100_000; i++) box.put(i);
  expect(soon).toHaveLength(1);
  const waiting = box.emptied();
  soon.shift()?.();
  await waiting;
  expect(apply.mock.calls).toEqual([[99_999]]);
  expect(drop).toHaveBeenCalledTimes(99_999);
  box.put(1);
  box.empty();
  soon.shift()?.();
  expect(apply.mock.calls).toEqual([[99_999], [1]]);
});
