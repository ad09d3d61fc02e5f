import { beforeEach, expect, test } from 'vitest';
import { Brush } from '../../../../../src/app/state/photo/brush.svelte';
import { History } from '../../../../../src/app/state/photo/history.svelte';
import { Layers } from '../../../../../src/app/state/photo/layers.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { setUpBench } from '../../fake-bench';
import { FakeOwner } from '../../fake-owner';

let bench: Workbench;
let history: History;
let layers: Layers;
let brush: Brush;
const stage = { width: 400, height: 300 };

beforeEach(async () => {
  bench = setUpBench(new FakeOwner());
  history = new History(bench, () => 0);
  layers = new Layers();
  await bench.open(new File(['beach'], 'beach.png'));
  const { width, height } = bench.photo!;
  const viewport = { stage, zoom: 300 / height, x: width / 2, y: height / 2 };
  brush = new Brush(bench, { viewport }, layers, 1);
  brush.softness = 0;
  brush.size = 200;
});

const middle = { x: 200, y: 150 };
const inMiddle = (mask: { width: number; height: number; values: Uint8Array }) =>
  mask.values[Math.floor(mask.height / 2) * mask.width + Math.floor(mask.width / 2)];

test('a stroke is seen while it goes on, and one change of the finish when it ends', () => {
  brush.begin(middle, 1);
  brush.move({ x: 220, y: 150 }, 1);
  brush.move({ x: 260, y: 150 }, 1);
  expect(bench.finish.mask).toBeNull();
  expect(inMiddle(layers.draft!)).toBe(255);
  brush.end();
  expect(layers.draft).toBeNull();
  const { mask } = bench.finish;
  expect(mask).toMatchObject({ photo: { width: bench.photo!.width, height: bench.photo!.height } });
  history.undo();
  expect(bench.finish.mask).toBeNull();
  expect(history.canUndo).toBe(false);
  history.redo();
  expect(bench.finish.mask).toBe(mask);
});

test('painting where the effect should stay leaves the rest as it was, and the other way round', () => {
  brush.begin(middle, 1);
  brush.end();
  expect([inMiddle(bench.finish.mask!), bench.finish.mask!.values[0]]).toEqual([255, 0]);
  brush.clear();
  expect(bench.finish.mask).toBeNull();
  brush.mode = 'protect';
  brush.begin(middle, 1);
  brush.end();
  expect([inMiddle(bench.finish.mask!), bench.finish.mask!.values[0]]).toEqual([0, 255]);
  brush.invert();
  expect([inMiddle(bench.finish.mask!), bench.finish.mask!.values[0]]).toEqual([255, 0]);
});

test('a stroke that turns out to be something else changes nothing', () => {
  brush.begin(middle, 1);
  brush.cancel();
  expect([bench.finish.mask, layers.draft, history.canUndo]).toEqual([null, null, false]);
  brush.end();
  expect(bench.finish.mask).toBeNull();
});

test('keys move it, and paint on where it is pressed', () => {
  brush.nudge(0, 0);
  brush.press();
  brush.nudge(1, 0);
  brush.nudge(1, 0);
  brush.end();
  expect(inMiddle(bench.finish.mask!)).toBe(255);
  expect(brush.place!.x).toBeCloseTo(bench.photo!.width / 2 + 2 * brush.radius);
  for (let i = 0; i < 500; i++) brush.nudge(1, 1);
  expect(brush.place).toEqual({ x: bench.photo!.width, y: bench.photo!.height });
});

test('what is found is applied alone, or protected', () => {
  const find = ({ width, height }: { width: number; height: number }) =>
    new Uint8Array(width * height).fill(200);
  brush.start(find);
  expect(bench.finish.mask!.values[5]).toBe(200);
  brush.mode = 'protect';
  brush.start(find);
  expect(bench.finish.mask!.values[5]).toBe(55);
});

test('another photo has no mask', async () => {
  brush.begin(middle, 1);
  brush.end();
  await bench.open(new File(['other'], 'other.png'));
  expect(bench.finish.mask).toBeNull();
});

test('what can be undone of large masks is limited by memory, the newest first', () => {
  const values = () => new Uint8Array(10_000_000);
  for (let i = 0; i < 12; i++)
    bench.finish = { ...bench.finish, mask: { width: 4000, height: 2500, values: values() } };
  let steps = 0;
  for (; history.canUndo; steps++) history.undo();
  expect(steps).toBeGreaterThanOrEqual(5);
  expect(steps).toBeLessThan(8);
});
