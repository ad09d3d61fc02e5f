import { expect, test } from 'vitest';
import { FilmStrip } from '../../../../../src/app/state/photo/film-strip.svelte';
import { FakeOwner, settle } from '../../fake-owner';

test('nothing is decoded before it is seen, and then once', async () => {
  const owner = new FakeOwner();
  const strip = new FilmStrip(owner, 7);
  expect(owner.log).toEqual([]);
  await Promise.all([strip.begin(1), strip.begin(2)]);
  expect(owner.log).toEqual(['clipStrip 7 24']);
  const first = owner.thumb(3);
  expect(strip.pictures[3]).toBe(first);
  expect(strip.pictures.filter(Boolean)).toHaveLength(1);
});

test('of another clip it is ended, and every picture is freed, also what was on its way', async () => {
  const owner = new FakeOwner();
  const strip = new FilmStrip(owner, 7);
  owner.held.add('clipStrip');
  void strip.begin(1);
  await settle();
  const first = owner.thumb(0);
  const stray = owner.thumb(99);
  expect([first.isClosed, stray.isClosed]).toEqual([false, true]);
  strip.dispose();
  expect(owner.log).toEqual(['clipStrip 7 24', 'cancel']);
  expect(first.isClosed).toBe(true);
  expect(owner.thumb(1).isClosed).toBe(true);
  expect(strip.pictures).toEqual([]);
});
