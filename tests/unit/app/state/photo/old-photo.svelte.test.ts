import { beforeEach, expect, test } from 'vitest';
import { DamageSearch } from '../../../../../src/app/state/photo/damage-search.svelte';
import { OldPhoto } from '../../../../../src/app/state/photo/old-photo.svelte';
import { listOldSteps } from '../../../../../src/app/state/photo/old-steps';
import { Presets } from '../../../../../src/app/state/photo/presets.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { wholeFrame } from '../../../../../src/core/recipe/frame';
import type { OpenedPhoto } from '../../../../../src/worker/protocol';
import { setUpBench } from '../../fake-bench';
import { clean, FakeOwner, noisy, settle } from '../../fake-owner';

const scanFrame = { ...wholeFrame, crop: { x: 1, y: 0, width: 3, height: 2 }, angle: 0 };

let owner: FakeOwner;
let bench: Workbench;
let old: OldPhoto;
let presets: Presets;
let search: DamageSearch;

async function open(found: Partial<OpenedPhoto>): Promise<void> {
  owner = new FakeOwner();
  const open = owner.photo.bind(owner);
  owner.photo = (file) => ({ ...open(file), ...found });
  bench = setUpBench(owner);
  search = new DamageSearch(owner, bench);
  presets = new Presets(bench, { read: () => null, write: () => true });
  old = new OldPhoto(bench, search, presets);
  await bench.open(new File(['scan'], 'scan.png'));
}

const tasks = () => bench.recipe.steps.map(({ task }) => task);
const variant = () => bench.recipe.steps.find((step) => step.task === 'upscale')?.variant;

beforeEach(() => open({ analysis: clean }));

test('one press asks for all that was found: frame, pattern, fading, cleaning, and damage once it was looked for', async () => {
  await open({
    ...{ scanFrame, isMonochrome: true },
    analysis: { ...noisy, printed: true, faded: true },
  });
  await old.choose();
  await settle();
  expect(bench.recipe.frame).toEqual(scanFrame);
  expect(tasks()).toEqual(['heal', 'pattern', 'colours', 'clean', 'upscale']);
  expect([variant(), bench.finish.strength, presets.chosen]).toEqual(['crisp', 0.6, 'old']);
  expect(bench.recipe.damage?.values.some((value) => value > 128)).toBe(true);
  expect(listOldSteps(bench, search).map(({ isOn }) => isOn)).toEqual(
    Array.from({ length: 6 }, () => true),
  );
});

test('on a clean photo of today nothing is switched on, whatever the search has marked', async () => {
  const before = bench.recipe;
  await old.choose();
  await settle();
  expect(bench.recipe.steps).toEqual(before.steps);
  expect([bench.recipe.damage, bench.recipe.frame]).toEqual([undefined, undefined]);
  expect([bench.finish.strength, presets.chosen]).toEqual([1, 'old']);
  const steps = listOldSteps(bench, search);
  expect(steps.map(({ isOn }) => isOn)).toEqual([false, false, false, false, false, true]);
  // It is told, all the same.
  expect(steps[2]!.finding).toContain('41.7 % perhaps');
});

test('a damaged print without noise is enlarged crisply too, once the damage is known', async () => {
  await open({ analysis: clean, isMonochrome: true });
  await old.choose();
  await settle();
  expect([tasks(), variant(), presets.chosen]).toEqual([['heal', 'upscale'], 'crisp', 'old']);
});

test('the frame is a switch of its own, and is taken back by it', async () => {
  await open({ analysis: clean, scanFrame });
  expect([old.isFramed, bench.recipe.frame]).toEqual([false, undefined]);
  old.setFrame(true);
  await settle();
  expect([old.isFramed, bench.recipe.frame]).toEqual([true, scanFrame]);
  old.setFrame(false);
  await settle();
  expect(bench.recipe.frame).toBeUndefined();
});
