import { expect, test } from 'vitest';
import { setPositive } from '../../../../../src/app/state/photo/positive';
import type { OpenedPhoto } from '../../../../../src/worker/protocol';
import { neutralTone } from '../../../../../src/core/recipe/tone';
import { setUpBench } from '../../fake-bench';
import { FakeOwner } from '../../fake-owner';

const film = { base: [0.9, 0.6, 0.4], dense: [0.2, 0.1, 0.05], gamma: 1.5 } as const;

async function open(found: Partial<OpenedPhoto>) {
  const owner = new FakeOwner();
  const photo = owner.photo.bind(owner);
  owner.photo = (file) => ({ ...photo(file), ...found });
  const bench = setUpBench(owner);
  await bench.open(new File(['film'], 'film.png'));
  return bench;
}

test('a positive is asked for and given up, and the light that was set stays', async () => {
  const bench = await open({ negative: { film, isFilm: false } });
  setPositive(bench, true);
  expect(bench.recipe.tone).toEqual({ ...neutralTone, negative: film });
  void bench.ask({ ...bench.recipe, tone: { ...bench.recipe.tone!, brightness: 1 } });
  setPositive(bench, false);
  expect(bench.recipe.tone).toEqual({ ...neutralTone, brightness: 1 });
  setPositive(bench, true);
  expect(bench.recipe.tone).toEqual({ ...neutralTone, brightness: 1, negative: film });
});

test('what is no negative of anything stays as it is', async () => {
  const bench = await open({});
  const { recipe } = bench;
  setPositive(bench, true);
  expect(bench.recipe).toBe(recipe);
});
