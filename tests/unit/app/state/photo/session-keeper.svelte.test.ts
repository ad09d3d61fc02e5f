import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SessionKeeper } from '../../../../../src/app/state/photo/session-keeper.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { readSettings, writeSettings } from '../../../../../src/app/state/photo/session-parts';
import { pack, unpack } from '../../../../../src/app/platform/packing';
import { withScale } from '../../../../../src/core/recipe/recipe';
import { setUpBench } from '../../fake-bench';
import { FakeOwner } from '../../fake-owner';

let bench: Workbench;
let kept: Map<string, Uint8Array<ArrayBuffer>>;
let writes: string[];
let refusal: DOMException | null;
let stop: () => void;
let isOn: boolean;
const beach = new File(['beach'], 'beach.png', { type: 'image/png' });

function follow(): SessionKeeper {
  const keeper = new SessionKeeper(bench, async (part, bytes) => {
    writes.push(part);
    if (refusal) throw refusal;
    kept.set(part, bytes);
  });
  stop = $effect.root(() => {
    $effect(() => keeper.follow(isOn));
  });
  return keeper;
}

/** Lets all rest for a second. */
async function rest(): Promise<void> {
  flushSync();
  await vi.advanceTimersByTimeAsync(1000);
}

beforeEach(async () => {
  vi.useFakeTimers();
  kept = new Map();
  writes = [];
  refusal = null;
  isOn = true;
  bench = setUpBench(new FakeOwner());
  await bench.open(beach);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

test('the photo is kept once, its settings whenever they have rested', async () => {
  follow();
  await rest();
  for (const strength of [90, 80, 70]) {
    bench.strength = strength;
    flushSync();
  }
  await rest();
  expect(writes).toEqual(['photo', 'settings', 'settings']);
  const { header, body } = unpack(kept.get('photo')!)!;
  expect([header, new TextDecoder().decode(body)]).toEqual([
    { name: 'beach.png', type: 'image/png' },
    'beach',
  ]);
});

test('what is restored is what was kept, the mask included', async () => {
  const keeper = follow();
  const photo = { width: 300, height: 200 };
  const mask = { width: 2, height: 1, values: new Uint8Array([9, 200]), photo };
  bench.finish = { ...bench.finish, strength: 0.4, mask };
  void bench.ask({ ...withScale(bench.recipe, 4), wrap: true });
  await rest();
  const before = { recipe: bench.recipe, finish: bench.finish };
  await bench.open(new File(['hill'], 'hill.png'));
  keeper.restore(writeSettings(before));
  expect({ recipe: bench.recipe, finish: bench.finish }).toEqual(before);
  expect(readSettings(kept.get('settings')!)).toEqual(before);
});

test.each([
  ['of a newer version', pack({ recipe: { v: 3 } }, new Uint8Array())],
  [
    'out of range',
    pack({ recipe: { v: 2, steps: [] }, finish: { strength: 7 } }, new Uint8Array()),
  ],
  ['with half a mask', writeSettingsCut()],
  ['that are damaged', new Uint8Array([1, 2, 3])],
])('settings %s are refused with a word, and the photo stays', async (_, bytes) => {
  const keeper = follow();
  const before = JSON.stringify([bench.recipe, bench.finish]);
  keeper.restore(bytes);
  expect(bench.openFault).toMatch(/not its settings/);
  expect(JSON.stringify([bench.recipe, bench.finish])).toBe(before);
  expect(bench.photo).not.toBeNull();
});

function writeSettingsCut(): Uint8Array<ArrayBuffer> {
  const mask = { width: 2, height: 2 };
  return pack({ recipe: { v: 2, steps: [] }, finish: { mask } }, new Uint8Array(3));
}

test('that there is no room is said once, and nothing is lost', async () => {
  refusal = new DOMException('full', 'QuotaExceededError');
  follow();
  await rest();
  expect(bench.openFault).toMatch(/no room to keep beach\.png/);
  bench.openFault = '';
  bench.strength = 30;
  await rest();
  expect([bench.openFault, bench.strength]).toEqual(['', 30]);
});

test('nothing is kept where that is not wanted', async () => {
  isOn = false;
  follow();
  await rest();
  expect(writes).toEqual([]);
});
