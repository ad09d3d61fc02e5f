import { beforeEach, expect, test } from 'vitest';
import { History } from '../../../../../src/app/state/photo/history.svelte';
import { Marker } from '../../../../../src/app/state/photo/marker.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { unmarked } from '../../../../../src/core/recipe/marks';
import { setUpBench } from '../../fake-bench';
import { FakeOwner } from '../../fake-owner';

let bench: Workbench;
let history: History;
let marker: Marker;
const stage = { width: 400, height: 300 };
const middle = { x: 200, y: 150 };

beforeEach(async () => {
  bench = setUpBench(new FakeOwner());
  history = new History(bench, () => 0);
  await bench.open(new File(['beach'], 'beach.png'));
  const { width, height } = bench.photo!;
  const viewport = { stage, zoom: 300 / height, x: width / 2, y: height / 2 };
  marker = new Marker(bench, { viewport }, 1);
  marker.size = 200;
});

const inMiddle = ({
  width,
  height,
  values,
}: {
  width: number;
  height: number;
  values: Uint8Array;
}) => values[Math.floor(height / 2) * width + Math.floor(width / 2)];

function stroke(mode: Marker['mode']): void {
  marker.mode = mode;
  marker.begin(middle, 1);
  marker.end();
}

test('a stroke is seen while it goes on, and one change of the recipe when it ends', () => {
  marker.begin(middle, 1);
  expect(bench.recipe.damage).toBeUndefined();
  expect(inMiddle(marker.marks!)).toBe(255);
  marker.end();
  const { damage } = bench.recipe;
  expect([inMiddle(damage!), damage!.values[0]]).toEqual([255, unmarked]);
  expect(marker.marks).toBe(damage);
  history.undo();
  expect(bench.recipe.damage).toBeUndefined();
  history.redo();
  expect(bench.recipe.damage).toBe(damage);
});

test('what is said not to be damaged is not healed, also where it was marked', () => {
  stroke('mark');
  stroke('unmark');
  expect(inMiddle(bench.recipe.damage!)).toBe(0);
  stroke('mark');
  expect(inMiddle(bench.recipe.damage!)).toBe(255);
  marker.clear();
  expect(bench.recipe.damage).toBeUndefined();
});

test('a stroke that turns out to be something else changes nothing', () => {
  marker.begin(middle, 1);
  marker.cancel();
  marker.end();
  expect([bench.recipe.damage, marker.draft, history.canUndo]).toEqual([undefined, null, false]);
});

test('another photo has no marks', async () => {
  stroke('mark');
  await bench.open(new File(['other'], 'other.png'));
  expect(bench.recipe.damage).toBeUndefined();
});
