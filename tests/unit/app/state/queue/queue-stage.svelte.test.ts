import { beforeEach, expect, test } from 'vitest';
import { sourceOf } from '../../../../../src/app/platform/photo-source';
import { Presets } from '../../../../../src/app/state/photo/presets.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { Entry } from '../../../../../src/app/state/queue/entry.svelte';
import { KeptRetouch } from '../../../../../src/app/state/queue/kept-retouch';
import { QueueStage } from '../../../../../src/app/state/queue/queue-stage.svelte';
import { QueueWish } from '../../../../../src/app/state/queue/queue-wish.svelte';
import { wholeFrame } from '../../../../../src/core/recipe/frame';
import { scaleOf, withScale } from '../../../../../src/core/recipe/recipe';
import { setUpBench } from '../../fake-bench';
import { FakeOwner } from '../../fake-owner';

let bench: Workbench;
let stage: QueueStage;
let entries: readonly Entry[];

beforeEach(() => {
  bench = setUpBench(new FakeOwner());
  const presets = new Presets(bench, { read: () => null, write: () => true });
  const wish = new QueueWish(bench, presets);
  stage = new QueueStage({ workbench: bench, presets, wish });
  entries = ['a', 'b'].map(
    (name, i) => new Entry(i + 1, sourceOf(new File([name], `${name}.png`))),
  );
});

const frame = { ...wholeFrame, crop: { x: 1, y: 0, width: 2, height: 3 } };
const mask = { width: 2, height: 3, values: Uint8Array.of(0, 1, 2, 3, 4, 5) };

/** Another photo is pressed in the strip. */
async function show(entry: Entry): Promise<void> {
  stage.leave(entry);
  await bench.open(await entry.source.read());
  await stage.put(entry);
  stage.follow();
}

/** The first photo is cropped and painted on, as the person does it. */
async function retouch(): Promise<void> {
  await show(entries[0]!);
  await bench.ask({ ...bench.recipe, frame });
  bench.finish = { ...bench.finish, mask };
  stage.follow();
}

test('what is done by hand stays with its photo, and is there again when that is looked at again', async () => {
  const [a, b] = entries;
  await retouch();
  await show(b!);
  expect([b!.retouch, bench.recipe.frame, bench.finish.mask]).toEqual([null, undefined, null]);
  expect(await a!.retouch!.read()).toMatchObject({ frame, finish: { mask } });
  const kept = a!.retouch;
  await show(a!);
  expect([bench.photo?.width, bench.recipe.frame, bench.finish.mask]).toEqual([2, frame, mask]);
  // Looking at it is no change of it.
  expect(a!.retouch).toBe(kept);
  await bench.ask({ ...bench.recipe, frame: wholeFrame }, { ...bench.finish, mask: null });
  stage.follow();
  expect(a!.retouch).toBeNull();
});

test('one that is set by itself, and is given back, keeps what was done to it by hand', async () => {
  const [a, b] = entries;
  await retouch();
  await bench.ask(withScale(bench.recipe, 4));
  await stage.setApart(true);
  await show(b!);
  await show(a!);
  expect([scaleOf(bench.recipe), bench.recipe.frame, bench.finish.mask]).toEqual([4, frame, mask]);
  await stage.setApart(false);
  stage.follow();
  expect([scaleOf(bench.recipe), bench.recipe.frame, bench.finish.mask]).toEqual([2, frame, mask]);
  expect(await a!.retouch!.read()).toMatchObject({ frame, finish: { mask } });
});

test('what cannot be read any more is said, and the photo is shown without', async () => {
  const [a] = entries;
  a!.retouch = KeptRetouch.from(Uint8Array.of(1));
  await show(a!);
  expect([a!.state, a!.retouch, stage.staged]).toEqual(['failed', null, a]);
  expect(a!.fault).not.toBe('');
});
