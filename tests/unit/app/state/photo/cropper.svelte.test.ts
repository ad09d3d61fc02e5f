import { beforeEach, describe, expect, test } from 'vitest';
import { Cropper } from '../../../../../src/app/state/photo/cropper.svelte';
import { History } from '../../../../../src/app/state/photo/history.svelte';
import type { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { createMask } from '../../../../../src/core/run/mask-brush';
import { layOver } from '../../../../../src/core/recipe/parsing';
import { listSteps, type Recipe } from '../../../../../src/core/recipe/recipe';
import { neutralTone } from '../../../../../src/core/recipe/tone';
import { unmarked } from '../../../../../src/core/recipe/marks';
import { setUpBench } from '../../fake-bench';
import { clean, FakeOwner, noisy, settle } from '../../fake-owner';

const tasksOf = (recipe: Recipe) => listSteps(recipe).map(({ task }) => task);

let owner: FakeOwner;
let bench: Workbench;
let history: History;

beforeEach(async () => {
  owner = new FakeOwner();
  bench = setUpBench(owner);
  history = new History(bench, () => 0);
  await bench.open(new File(['beach'], 'beach.png'));
  owner.log.length = 0;
});

/** Crops the fake photo of 4 x 3 to its right half, turned. */
function cropRight(): Cropper {
  const cropper = new Cropper(bench);
  cropper.crop = { ...cropper.crop, box: { x: 0, y: -1.5, width: 2, height: 3 } };
  cropper.turn(1);
  return cropper;
}

describe('a crop', () => {
  test('is one change that the photo follows, and is undone and redone like any other', async () => {
    const { preview } = bench.photo!;
    cropRight().done();
    expect(bench.isFraming).toBe(true);
    expect(bench.canEnhance).toBe(false);
    await settle();
    expect(bench.recipe.frame).toEqual({
      ...{ crop: { x: 2, y: 0, width: 2, height: 3 }, angle: 0, turns: 1, flip: false },
    });
    expect(bench.photo).toMatchObject({ width: 3, height: 2 });
    expect(bench.photo!.preview).not.toBe(preview);
    expect(bench.status).toBe('Cropped to 3 × 2.');
    expect(owner.log).toEqual(['lay 1 3x2', 'plan 1 clean+upscale']);
    history.undo();
    await settle();
    expect(bench.photo).toMatchObject({ width: 4, height: 3 });
    expect(bench.recipe.frame).toBeUndefined();
    history.redo();
    await settle();
    expect(bench.photo).toMatchObject({ width: 3, height: 2 });
    expect(new Cropper(bench).size).toEqual({ width: 3, height: 2 });
  });

  test('asks for what the part calls for, where what the photo called for was asked for', async () => {
    const before = bench.recipe;
    owner.analysis = clean;
    cropRight().done();
    await settle();
    expect(bench.photo!.analysis).toEqual(clean);
    expect(bench.isAsSuggested).toBe(true);
    expect(tasksOf(before)).toEqual(['clean', 'upscale']);
    expect(tasksOf(bench.recipe)).toEqual(['upscale']);
    expect(owner.log).toEqual(['lay 1 3x2', 'plan 1 upscale']);
    owner.analysis = noisy;
    history.undo();
    await settle();
    expect(bench.recipe).toEqual(before);
    history.redo();
    await settle();
    expect(tasksOf(bench.recipe)).toEqual(['upscale']);
  });

  test('leaves what a person has chosen, whatever the part calls for', async () => {
    await bench.ask(layOver(bench.recipe, { clean: { noise: 60, jpeg: 0 } }));
    const { steps } = bench.recipe;
    owner.analysis = clean;
    cropRight().done();
    await settle();
    expect(bench.photo!.analysis).toEqual(clean);
    expect(bench.recipe.steps).toEqual(steps);
  });

  test('that is not changed asks for nothing', async () => {
    new Cropper(bench).done();
    const cropper = cropRight();
    cropper.reset();
    cropper.done();
    await settle();
    expect(owner.log).toEqual([]);
    expect(history.canUndo).toBe(false);
  });

  test('takes marks and mask with it, and the size that is asked for is of what is left', async () => {
    const damage = createMask(bench.photo!, unmarked);
    damage.values[3] = 255;
    const mask = createMask(bench.photo!, 7);
    await bench.ask({ ...bench.recipe, damage, size: { by: 'width', pixels: 12 } });
    bench.finish = { ...bench.finish, mask };
    cropRight().done();
    await settle();
    expect(bench.recipe.damage).toMatchObject({ width: 3, height: 2 });
    // The upper right corner is the lower right one now.
    expect([...bench.recipe.damage!.values].indexOf(255)).toBe(5);
    expect(bench.finish.mask?.photo).toEqual({ width: 3, height: 2 });
    // 12 of 3 pixels are four times as many, where 12 of 4 were nearest to four times, too.
    expect(bench.recipe.steps.find(({ task }) => task === 'upscale')).toMatchObject({ scale: 4 });
  });

  test('lays a result aside, which is there again where the crop is undone', async () => {
    owner.held.clear();
    await bench.enhance();
    const { result } = bench;
    expect(result).not.toBeNull();
    cropRight().done();
    await settle();
    expect(bench.result).toBeNull();
    history.undo();
    await settle();
    expect(bench.result).toBe(result);
    expect(bench.isDone).toBe(true);
  });

  test('that the photo does not fill is said, and not kept', async () => {
    owner.held.add('lay');
    cropRight().done();
    const facts = { width: 4, height: 3 };
    owner.answer('lay', { ok: false, code: 'bad-option', problem: 'crop-outside-photo', facts });
    await settle();
    expect(bench.openFault).toMatch('4 × 3');
    expect(bench.recipe.frame).toBeUndefined();
    expect(bench.photo).toMatchObject({ width: 4, height: 3 });
    expect(bench.canEnhance).toBe(true);
  });

  test('stays with its photo: another is opened as its file has it', async () => {
    cropRight().done();
    await settle();
    await bench.open(new File(['hill'], 'hill.png'));
    expect(bench.recipe.frame).toBeUndefined();
    expect(bench.photo).toMatchObject({ width: 4, height: 3 });
  });
});

describe('the light before a run', () => {
  const set = (brightness: number) =>
    bench.ask({ ...bench.recipe, tone: { ...neutralTone, brightness } });
  const laid = () => owner.log.filter((line) => line.startsWith('lay'));

  test('follows a slider with what is newest, and plans when it rests', async () => {
    owner.held.add('lay');
    for (const stops of [0.1, 0.2, 0.3]) void set(stops);
    await settle();
    expect(laid()).toHaveLength(1);
    owner.answer('lay');
    await settle();
    // It is shown on its way.
    expect(bench.shown.tone?.brightness).toBe(0.1);
    owner.answer('lay');
    await settle();
    expect(bench.shown.tone?.brightness).toBe(0.3);
    expect(laid()).toHaveLength(2);
    expect(owner.log.filter((line) => line.startsWith('plan'))).toHaveLength(1);
    expect(bench.canEnhance).toBe(true);
  });

  test('is one step of the history for each slide, and undone while it is on its way', async () => {
    owner.held.add('lay');
    void set(0.1);
    void set(0.2);
    history.undo();
    expect(bench.recipe.tone).toBeUndefined();
    expect(history.canUndo).toBe(false);
    owner.answer('lay');
    await settle();
    owner.answer('lay');
    await settle();
    expect(bench.isFraming).toBe(false);
    expect(bench.shown.tone).toBeUndefined();
    expect(laid().at(-1)).toBe('lay 1 4x3');
  });

  test('stays with presets and alternatives, and is kept among one’s own', async () => {
    await set(1);
    await bench.ask(bench.suggestion!.recipe);
    expect(bench.recipe.tone?.brightness).toBe(1);
    expect(bench.isAsSuggested).toBe(true);
  });
});

describe('by hand', () => {
  const square = { x: -1, y: -1, width: 2, height: 2 };

  beforeEach(() => {
    bench.whole = { width: 400, height: 300 };
  });

  test('a shape is held while an edge or a corner is moved, standing where the photo stands', () => {
    const cropper = new Cropper(bench);
    cropper.hold('3:2');
    expect(cropper.size).toEqual({ width: 400, height: 266 });
    cropper.stretch(cropper.crop.box, { across: -1, down: -1 }, 100, 100);
    const { width, height } = cropper.crop.box;
    expect(width / height).toBeCloseTo(1.5);
    expect(width).toBeLessThan(400);
    cropper.turn(1);
    cropper.hold('3:2');
    expect(cropper.size.width / cropper.size.height).toBeCloseTo(2 / 3, 1);
  });

  test('an edge stops where the photo ends, and the opposite one stays', () => {
    const cropper = new Cropper(bench);
    cropper.crop = { ...cropper.crop, box: { ...square, width: 100, height: 100 } };
    cropper.stretch(cropper.crop.box, { across: 1, down: 0 }, 1000, 0);
    expect(cropper.crop.box.x).toBeCloseTo(-1);
    expect(cropper.crop.box.x + cropper.crop.box.width).toBeCloseTo(200);
    cropper.stretch(cropper.crop.box, { across: 1, down: 0 }, -1000, 0);
    expect(cropper.crop.box.width).toBe(16);
  });

  test('straightening takes what it must from the crop, and gives it back', () => {
    const cropper = new Cropper(bench);
    cropper.straighten(5);
    const { width, height } = cropper.size;
    expect(width).toBeLessThan(400);
    expect(width / height).toBeCloseTo(4 / 3, 1);
    cropper.straighten(0);
    expect(cropper.isWhole).toBe(true);
    cropper.flip();
    cropper.straighten(5);
    expect(cropper.frame.angle).toBe(-5);
  });
});
