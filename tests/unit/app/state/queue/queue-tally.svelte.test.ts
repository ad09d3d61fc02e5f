import { expect, test } from 'vitest';
import { sourceOf } from '../../../../../src/app/platform/photo-source';
import { Entry } from '../../../../../src/app/state/queue/entry.svelte';
import { QueueTally } from '../../../../../src/app/state/queue/queue-tally.svelte';

const entry = (id: number, name: string, bytes: number) => {
  return new Entry(id, { ...sourceOf(new File([], name)), bytes });
};

test('photos and clips are counted apart, and a clip that is run says itself how long it takes', () => {
  let clock = 0;
  const tally = new QueueTally(() => clock);
  const [first, second] = [entry(1, 'a.jpg', 1000), entry(2, 'b.jpg', 2000)];
  const [clip, other] = [entry(3, 'c.mp4', 50_000), entry(4, 'd.mp4', 100_000)];
  tally.begin();
  expect(tally.secondsLeft([first, second])).toBe(null);
  clock = 3000;
  first.state = 'done';
  tally.count(first);
  expect(tally.secondsLeft([first, second])).toBe(6);
  // Nothing was done of any clip yet.
  expect(tally.secondsLeft([first, second, clip])).toBe(null);
  clip.state = 'running';
  clip.clip!.secondsLeft = 40;
  expect(tally.secondsLeft([first, second, clip])).toBe(46);
  clock = 43_000;
  clip.state = 'done';
  clip.clip!.secondsLeft = null;
  tally.count(clip);
  expect(tally.secondsLeft([first, second, clip, other])).toBe(86);
  for (const each of [second, other]) each.state = 'skipped';
  expect(tally.secondsLeft([first, second, clip, other])).toBe(null);
});
