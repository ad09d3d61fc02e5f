import { beforeEach, expect, test } from 'vitest';
import { History } from '../../../../../src/app/state/photo/history.svelte';
import { Presets } from '../../../../../src/app/state/photo/presets.svelte';
import { TintLoader } from '../../../../../src/app/state/photo/tint-loader';
import type { SpreadTint } from '../../../../../src/app/state/photo/layers.svelte';
import { Tinter } from '../../../../../src/app/state/photo/tinter.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { setUpBench } from '../../fake-bench';
import { FakeOwner } from '../../fake-owner';

let owner: FakeOwner;
let bench: Workbench;
let history: History;
let tinter: Tinter;
const stage = { width: 400, height: 300 };
const full = 'No more strokes fit in. Erase some first.';

beforeEach(async () => {
  owner = new FakeOwner();
  bench = setUpBench(owner);
  history = new History(bench, () => 0);
  await bench.open(new File(['beach'], 'beach.png'));
  const { width, height } = bench.photo!;
  const viewport = { stage, zoom: 300 / height, x: width / 2, y: height / 2 };
  tinter = new Tinter(bench, { viewport }, 1);
  tinter.size = 20;
});

function paint(ink: string, y = 150): void {
  tinter.ink = ink;
  tinter.begin({ x: 150, y }, 1);
  tinter.move({ x: 250, y }, 1);
  tinter.end();
}

test('a stroke is seen while it goes on, and one change of the finish when it ends', () => {
  tinter.ink = '#86b2de';
  tinter.begin({ x: 150, y: 150 }, 1);
  tinter.move({ x: 250, y: 150 }, 1);
  expect(bench.finish.tint).toBeNull();
  expect(tinter.draft).toMatchObject({ colour: '#86b2de' });
  tinter.end();
  expect(tinter.draft).toBeNull();
  const { tint } = bench.finish;
  expect(tint?.strokes).toHaveLength(1);
  expect(tint?.strokes[0]?.points).toHaveLength(4);
  paint('none', 200);
  expect(bench.finish.tint?.strokes[1]?.colour).toBeNull();
  history.undo();
  expect(bench.finish.tint).toEqual(tint);
  history.undo();
  expect(bench.finish.tint).toBeNull();
});

test('a stroke that is taken back leaves nothing', () => {
  tinter.begin({ x: 150, y: 150 }, 1);
  tinter.cancel();
  expect([bench.finish.tint, tinter.draft, history.canUndo]).toEqual([null, null, false]);
});

test('the eraser shows what is left, and takes it away in one step', () => {
  paint('#86b2de', 100);
  paint('#4e8094', 200);
  tinter.ink = 'eraser';
  tinter.begin({ x: 140, y: 100 }, 1);
  tinter.move({ x: 260, y: 100 }, 1);
  expect(tinter.seen?.strokes).toHaveLength(1);
  expect(bench.finish.tint?.strokes).toHaveLength(2);
  tinter.end();
  expect(bench.finish.tint?.strokes.map(({ colour }) => colour)).toEqual(['#4e8094']);
  history.undo();
  expect(bench.finish.tint?.strokes).toHaveLength(2);
  tinter.ink = 'eraser';
  tinter.begin({ x: 10, y: 10 }, 1);
  tinter.end();
  expect(history.position).toBe(2);
});

test('what does not fit in any more is said', () => {
  paint('#86b2de');
  const [stroke] = bench.finish.tint!.strokes;
  bench.finish = { ...bench.finish, tint: { v: 1, strokes: Array(299).fill(stroke!) } };
  paint('#86b2de');
  expect([bench.finish.tint?.strokes.length, bench.status]).toEqual([300, expect.any(String)]);
  expect(bench.status).not.toBe(full);
  paint('#86b2de');
  expect([bench.finish.tint?.strokes.length, bench.status]).toEqual([300, full]);
});

test('strokes go with an exported recipe, and not with a preset or to the next photo', async () => {
  paint('#86b2de');
  const presets = new Presets(bench, { read: () => null, write: () => true });
  const { tint } = bench.finish;
  expect(JSON.parse(presets.export())).toMatchObject({ finish: { tint } });
  presets.save('Blue');
  expect(JSON.stringify(presets.own)).not.toContain('86b2de');
  expect(presets.chosen).toBe('own:Blue');
  presets.choose('portrait');
  expect(bench.finish.tint).toEqual(tint);
  await bench.open(new File(['other'], 'other.png'));
  expect(bench.finish.tint).toBeNull();
});

test('colours are asked for once for the same strokes, and the newest follow', async () => {
  const layers = {
    tint: null as SpreadTint | null,
    setTint: (tint: SpreadTint) => void (layers.tint = tint),
  };
  const loader = new TintLoader(owner, bench, layers);
  const asked = () => owner.log.filter((each) => each.startsWith('tint')).length;
  loader.follow();
  expect(asked()).toBe(0);
  paint('#86b2de');
  loader.follow();
  paint('#4e8094', 200);
  loader.follow();
  expect(asked()).toBe(1);
  await new Promise((resolve) => setTimeout(resolve));
  expect(asked()).toBe(2);
  expect(layers.tint?.of).toBe(bench.finish.tint);
  loader.follow();
  expect(asked()).toBe(2);
});
