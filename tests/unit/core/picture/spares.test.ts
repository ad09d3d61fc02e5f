import { expect, test } from 'vitest';
import { Spares, roomIn, samplesIn } from '../../../../src/core/picture/spares';

test('as many buffers wait as are under way, and each is handed out once', () => {
  const spares = new Spares();
  const made = [1, 2, 3].map((fill) => new Uint8ClampedArray(8).fill(fill));
  for (const samples of made) spares.give(samples);
  const taken = [spares.take(), spares.take(), spares.take()];
  expect(taken.filter((buffer) => buffer !== null)).toHaveLength(2);
  expect(new Set(taken).size).toBe(3);
  spares.give(made[0]!);
  spares.clear();
  expect(spares.take()).toBeNull();
});

test('a buffer that is too short is not used, and a longer one shows only what is asked of it', () => {
  const spare = new ArrayBuffer(100);
  expect(roomIn(spare, 101).byteLength).toBe(101);
  expect(roomIn(null, 7).byteLength).toBe(7);
  const room = roomIn(spare, 60);
  expect(room).toBe(spare);
  expect(samplesIn(room, 60, 8)).toHaveLength(60);
  const deep = samplesIn(room, 30, 16);
  expect([deep.length, deep.byteLength, deep.buffer]).toEqual([30, 60, spare]);
});
