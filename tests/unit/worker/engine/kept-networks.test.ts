import { expect, test } from 'vitest';
import { KeptNetworks } from '../../../../src/worker/engine/kept-networks';

/** Networks by their names, and what was done to them. */
function setUp() {
  const log: string[] = [];
  const kept = new KeptNetworks<{ name: string; release(): Promise<void> }>();
  const take = async (name: string, isBeside: boolean) => {
    const network = await kept.take(name, isBeside, async () => {
      log.push(`+${name}`);
      return { name, release: async () => void log.push(`-${name}`) };
    });
    expect(network.name).toBe(name);
  };
  return { log, kept, take };
}

test('one stays until another is asked for, which is opened in its room', async () => {
  const { log, take } = setUp();
  for (const name of ['a', 'a', 'b', 'a']) await take(name, false);
  expect(log).toEqual(['+a', '-a', '+b', '-b', '+a']);
});

test('those of a clip stay beside each other: each is opened once for all pictures', async () => {
  const { log, take, kept } = setUp();
  for (let i = 0; i < 5; i++) for (const name of ['clean', 'enlarge']) await take(name, true);
  expect(log).toEqual(['+clean', '+enlarge']);
  // A photo that steps in has the room to itself.
  await take('photo', false);
  expect(log.slice(2)).toEqual(['-clean', '-enlarge', '+photo']);
  await take('clean', true);
  expect(log.slice(5)).toEqual(['-photo', '+clean']);
  await kept.clear();
  expect(log.slice(7)).toEqual(['-clean']);
});

test('no more than three stay, and the one that was not asked for longest goes', async () => {
  const { log, take } = setUp();
  for (const name of ['a', 'b', 'c', 'a', 'd']) await take(name, true);
  expect(log).toEqual(['+a', '+b', '+c', '-b', '+d']);
});

test('where opening fails nothing is kept in its place', async () => {
  const { kept, take, log } = setUp();
  await take('a', false);
  await expect(kept.take('b', false, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await take('a', false);
  expect(log).toEqual(['+a', '-a', '+a']);
});
