import { expect, test } from 'vitest';
import { StageView } from '../../../../../src/app/state/photo/stage-view.svelte';

test('zoom counts pixels of the final picture, before a run and after', () => {
  const view = new StageView(() => 2);
  view.resize({ width: 640, height: 480 }, 1);
  view.show({ width: 200, height: 100 });
  const before = view.percent;
  expect(before).toBeCloseTo((view.viewport.zoom / 2) * 100);
  // The run has ended: there are two pixels for each now, and nothing has moved.
  view.native = 2;
  expect(view.percent).toBe(before);
});

test('100 % is one pixel of the final picture on each of the screen', () => {
  const view = new StageView(() => 4);
  view.resize({ width: 640, height: 480 }, 1);
  view.show({ width: 200, height: 100 });
  view.showFull();
  expect(view.viewport.zoom).toBe(4);
  expect(view.percent).toBe(100);
});

test('the whole photo and 100 % in turn, under the pointer where it is over the stage', () => {
  const view = new StageView(() => 4);
  view.resize({ width: 640, height: 480 }, 1);
  view.show({ width: 400, height: 300 });
  view.toggleFull();
  expect(view.percent).toBe(100);
  expect([view.viewport.x, view.viewport.y]).toEqual([200, 150]);
  view.toggleFull();
  expect(view.fitted).toBe(true);
  const { zoom } = view.viewport;
  view.pointer = { x: 480, y: 180 };
  view.toggleFull();
  // What lay there lies there still.
  const { x, y } = view.viewport;
  expect(x + (480 - 320) / 4).toBeCloseTo(200 + (480 - 320) / zoom);
  expect(y + (180 - 240) / 4).toBeCloseTo(150 + (180 - 240) / zoom);
});
