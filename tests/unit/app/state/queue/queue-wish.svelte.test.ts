import { beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../../../../src/core/errors';
import { ownOf, withOwn } from '../../../../../src/core/recipe/own';
import { withScale } from '../../../../../src/core/recipe/recipe';
import { Presets } from '../../../../../src/app/state/photo/presets.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { fitRecipe } from '../../../../../src/app/state/queue/fit';
import { QueueWish } from '../../../../../src/app/state/queue/queue-wish.svelte';
import { setUpBench } from '../../fake-bench';
import { FakeOwner } from '../../fake-owner';

let bench: Workbench;
let presets: Presets;
let wish: QueueWish;

beforeEach(() => {
  bench = setUpBench(new FakeOwner());
  presets = new Presets(bench, { read: () => null, write: () => true });
  wish = new QueueWish(bench, presets);
});

test('each gets what suits it as long as only a preset was chosen; else all get the same', async () => {
  expect(wish.fit).toEqual({ by: 'photo', preset: 'photo' });
  await bench.open(new File(['beach'], 'beach.png'));
  expect(wish.fit).toEqual({ by: 'photo', preset: 'photo' });
  presets.choose('portrait');
  expect(wish.fit).toEqual({ by: 'photo', preset: 'portrait' });
  await bench.ask(withScale(bench.recipe, 4));
  expect(wish.manner).toBe('same');
  wish.choose('each');
  expect(wish.fit).toMatchObject({ by: 'photo' });
});

test('all go through the network that was chosen, also where each gets what suits it', async () => {
  const owner = new FakeOwner();
  await bench.open(new File(['beach'], 'beach.png'));
  const own = { sha256: 'ab'.repeat(32), title: 'Sharp', scale: 4 } as const;
  await bench.ask(withOwn(bench.recipe, own));
  expect(wish.fit).toEqual({ by: 'photo', preset: 'photo', own });
  const opened = unwrap(await owner.open(new File(['hill'], 'hill.png')));
  expect(ownOf(unwrap(await fitRecipe(owner, opened, wish.fit)))).toEqual(own);
});

test('what is of one photo alone does not go to the others', async () => {
  await bench.open(new File(['beach'], 'beach.png'));
  const values = new Uint8Array(12).fill(255);
  const mask = { width: 4, height: 3, values, photo: { width: 4, height: 3 } };
  const frame = { rect: { x: 0, y: 0, width: 0.5, height: 0.5 } };
  bench.recipe = { ...bench.recipe, damage: mask, frame: frame as never };
  bench.finish = { ...bench.finish, mask, strength: 0.4 };
  wish.choose('same');
  const { fit } = wish;
  expect(fit).toMatchObject({ by: 'recipe', recipe: { finish: { strength: 0.4, mask: null } } });
  expect(fit.by === 'recipe' && [fit.recipe.damage, fit.recipe.frame]).toEqual([
    undefined,
    undefined,
  ]);
});

test('what was set for all is kept when the stage is left, and chosen anew by a press', async () => {
  await bench.open(new File(['beach'], 'beach.png'));
  await bench.ask(withScale(bench.recipe, 4));
  const { fit } = wish;
  wish.leave('beach.png');
  await bench.open(new File(['hill'], 'hill.png'));
  expect([wish.fit, wish.manner, wish.held?.name]).toEqual([fit, 'same', 'beach.png']);
  // It is one recipe for all, and holds however the stage is set.
  wish.release();
  expect(wish.fit).toEqual(fit);
  wish.choose('same');
  expect(wish.held).toBeNull();
  expect(wish.fit).not.toEqual(fit);
});

test('a preset that is held is released as soon as it is set on the stage', async () => {
  await bench.open(new File(['beach'], 'beach.png'));
  presets.choose('portrait');
  wish.leave('beach.png');
  await bench.open(new File(['hill'], 'hill.png'));
  expect(wish.fit).toEqual({ by: 'photo', preset: 'portrait' });
  presets.choose('portrait');
  wish.release();
  expect([wish.held, wish.fit]).toEqual([null, { by: 'photo', preset: 'portrait' }]);
});

test('what is set for one photo alone changes nothing for the others', async () => {
  await bench.open(new File(['beach'], 'beach.png'));
  expect(wish.staged).toEqual({ by: 'photo', preset: 'photo' });
  await bench.ask(withScale(bench.recipe, 4));
  expect(wish.staged).toMatchObject({ by: 'recipe' });
  wish.setApart('beach.png');
  expect(wish.fit).toEqual({ by: 'photo', preset: 'photo' });
  // Where the same was chosen for all, it stays theirs.
  wish.choose('same');
  const { fit } = wish;
  wish.setApart('beach.png');
  await bench.ask(withScale(bench.recipe, 2));
  expect(wish.fit).toEqual(fit);
});
