import { expect, test, vi } from 'vitest';
import { Film } from '../../../../../src/app/state/photo/film.svelte';
import { FilmAdvice } from '../../../../../src/app/state/photo/film-advice.svelte';
import type { ClipFacts } from '../../../../../src/core/film/clip';
import type { ClipFindings } from '../../../../../src/core/findings/clip-findings';
import { setUpBench } from '../../fake-bench';
import { clean, FakeOwner } from '../../fake-owner';

const facts: ClipFacts = {
  ...{ container: 'mp4', codec: 'H.264', width: 4, height: 3, from: 0, to: 20 },
  ...{ frameRate: 25, isEven: true, sounds: [], lostSounds: 0 },
};
const flickering: ClipFindings = { analysis: clean, flicker: 0.06, isBanded: true };
const noisy: ClipFindings = { analysis: { ...clean, noise: 25 }, flicker: 0, isBanded: false };

/** A clip whose first picture is clean, and what its pictures agree on. */
async function setUp(findings: ClipFindings, isHeld = false) {
  const owner = new FakeOwner();
  owner.analysis = clean;
  owner.findings = findings;
  const bench = setUpBench(owner);
  if (isHeld) owner.held.add('clipFindings');
  await bench.open(new File(['x'], 'holiday.mp4'));
  const film = new Film(owner, bench, bench.photo!.id, facts);
  return { owner, bench, film, advice: new FilmAdvice(owner, bench, film, bench.photo!.id) };
}

const tasksOf = (bench: Awaited<ReturnType<typeof setUp>>['bench']) =>
  bench.recipe.steps.map(({ task }) => task);

test('what the pictures call for is set: switches and recipe', async () => {
  const { film, advice } = await setUp(flickering);
  await advice.look();
  expect([film.deflicker, film.deband]).toEqual([true, true]);
  expect(advice.reasons.map(({ kind }) => kind)).toEqual(['flicker', 'bands']);
  expect(advice.isAsSuggested).toBe(true);
  const other = await setUp(noisy);
  expect(tasksOf(other.bench)).toEqual(['upscale']);
  await other.advice.look();
  expect(tasksOf(other.bench)).toEqual(['clean', 'upscale']);
  expect(other.film.deflicker).toBe(false);
  // No network sees more than one picture.
  expect(other.film.steadyDetail).toBe(true);
  expect(other.film.rate).toBeNull();
});

test('what the person has set stays, and the suggestion can be used', async () => {
  const { owner, bench, film, advice } = await setUp({ ...noisy, flicker: 0.06 }, true);
  const looking = advice.look();
  expect(advice.isLooking).toBe(true);
  film.deband = true;
  await bench.ask({ ...bench.recipe, steps: [{ task: 'upscale', scale: 2, variant: 'crisp' }] });
  owner.answer('clipFindings');
  await looking;
  expect([film.deflicker, film.deband]).toEqual([false, true]);
  expect(tasksOf(bench)).toEqual(['upscale']);
  expect(bench.suggestion?.reasons).toEqual([{ kind: 'noise', sigma: 25 }]);
  expect(advice.isAsSuggested).toBe(false);
  advice.use();
  expect([film.deflicker, film.steadyDetail, film.deband]).toEqual([true, true, false]);
});

test('Enhance waits for what is found, and Cancel ends the waiting', async () => {
  const { owner, film, bench, advice } = await setUp(flickering, true);
  void advice.look();
  const making = film.enhance();
  await vi.waitFor(() => expect(film.run).not.toBeNull());
  expect(owner.log.some((line) => line.startsWith('enhanceClip'))).toBe(false);
  await film.cancel();
  await making;
  expect(film.run).toBeNull();
  expect(bench.status).not.toBe('');
  expect(owner.log.some((line) => line.startsWith('enhanceClip'))).toBe(false);

  const again = film.enhance();
  await vi.waitFor(() => expect(film.run).not.toBeNull());
  owner.answer('clipFindings');
  await again;
  expect(film.deflicker).toBe(true);
  expect(owner.log.filter((line) => line.startsWith('enhanceClip'))).toHaveLength(1);
});

test('another stretch is looked at once its handles rest, and the earlier answer is out of date', async () => {
  const { owner, film, advice } = await setUp(flickering, true);
  const first = advice.look();
  film.to = 5;
  vi.useFakeTimers();
  try {
    void advice.look(true);
    film.to = 4;
    const last = advice.look(true);
    owner.answer('clipFindings');
    await first;
    expect(advice.findings).toBeNull();
    await vi.runAllTimersAsync();
    owner.answer('clipFindings');
    await last;
  } finally {
    vi.useRealTimers();
  }
  expect(owner.log.filter((line) => line.startsWith('clipFindings'))).toEqual([
    'clipFindings 1 0-20',
    'clipFindings 1 0-4',
  ]);
  expect(advice.findings).toBe(flickering);
});

test('a look that fails, or a clip that is left, changes nothing', async () => {
  const { owner, film, advice } = await setUp(flickering, true);
  const looking = advice.look();
  advice.dispose();
  owner.answer('clipFindings');
  await looking;
  expect(film.deflicker).toBe(false);
  expect(film.finding).toBeNull();
});
