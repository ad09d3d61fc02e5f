import { expect, test } from 'vitest';
import { Turns } from '../../../src/core/turns';

test('work runs one piece after the other, and a failure is its own', async () => {
  const turns = new Turns();
  const log: string[] = [];
  const piece = (name: string, fails = false) =>
    turns.take(undefined, async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const [first, second, third] = await Promise.allSettled([
    piece('a'),
    piece('b', true),
    piece('c'),
  ]);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect([first.status, second.status, third.status]).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
});

test('who gives up before its turn is told at once, and its work never begins', async () => {
  const turns = new Turns();
  let finish: () => void = () => undefined;
  const busy = turns.take(undefined, () => new Promise<void>((done) => (finish = done)));
  const stop = new AbortController();
  let hasBegun = false;
  const waiting = turns.take(stop.signal, async () => void (hasBegun = true));
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  finish();
  await busy;
  await turns.take(undefined, async () => undefined);
  expect(hasBegun).toBe(false);
});
