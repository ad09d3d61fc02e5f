import { describe, expect, test } from 'vitest';
import { EnhanceError } from '../../../../src/core/errors';
import { cachedBytes } from '../../../../src/core/plan/stored-result';
import { makePlan } from '../../../../src/core/plan/plan';
import { networksOf } from '../../../../src/core/plan/step-plan';
import { chooseBand, type Capabilities, type Model } from '../../../../src/core/plan/tile-size';
import type { NetworkKind } from '../../../../src/core/recipe/kinds';
import { unmarked } from '../../../../src/core/recipe/marks';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import { withControls, type Recipe, type Step } from '../../../../src/core/recipe/recipe';
import { tasks } from '../../../../src/core/recipe/tasks';
import { createMask } from '../../../../src/core/run/mask-brush';
import type { Shake } from '../../../../src/core/shake/find';

/** A network of 1000 MACs per pixel for any step. */
const choose = ({ task, scale }: Step<NetworkKind>): Model => ({
  scale,
  halo: 10,
  multiple: 1,
  controls: task === 'clean' ? ['jpeg', 'noise'] : [],
  macsPerPixel: 1000 * scale,
  widestBytes: 128,
});
const ask = (fields: object): Recipe => parseRecipe({ v: 1, variant: 'faithful', ...fields });
const twice = ask({ scale: 2 });
const fourTimes = ask({ scale: 4 });
const cleaned = ask({ scale: 4, clean: { noise: 50, jpeg: 40 } });
const desktop: Capabilities = {
  backend: 'webgpu',
  software: false,
  bindingBytes: 2 ** 30,
  memory: 'large',
};

function refusal(work: () => unknown): EnhanceError {
  try {
    work();
  } catch (error) {
    if (error instanceof EnhanceError) return error;
  }
  throw new Error('was not refused');
}

describe('healing', () => {
  const photo = { width: 1200, height: 900 };
  const asked = ask({ scale: 2, heal: 50 });
  const marked = (cells: number, value = 255): Recipe => {
    const damage = createMask(photo, unmarked);
    damage.values.fill(value, 0, cells);
    return { ...asked, damage };
  };
  const plan = (recipe: Recipe) => makePlan(recipe, photo, desktop, { choose });

  test('is planned where something is marked, by how much that is', () => {
    const [heal, network] = plan(marked(108_000)).steps;
    expect(heal).toMatchObject({
      ...{ kind: 'filter', step: { task: 'heal', filter: 'heal', isSure: true } },
      ...{ planes: ['damage'], seconds: expect.closeTo(1.404) as number },
    });
    // The photo as input and as itself, the result, and the plane.
    expect(heal!.rasterBytes).toBe(4 * 4 * 1200 * 900);
    expect(network).toMatchObject({ kind: 'network', step: { task: 'upscale' } });
  });

  test('keeps the healed photo for the finish, one raster more, once later steps do not read it', () => {
    const px = 4 * 1200 * 900;
    const { ground, steps, peakBytes } = plan(
      withControls(marked(108_000), tasks[3], { noise: 20, jpeg: 0 }),
    );
    expect([ground, steps.length]).toEqual([1, 3]);
    // Photo, input and output, then the healed photo, too.
    expect(steps.slice(1).map(({ rasterBytes }) => rasterBytes / px)).toEqual([3, 1 + 1 + 4 + 1]);
    const { workBytes } = steps.toSorted((a, b) => b.workBytes - a.workBytes)[0]!;
    // Saving: both of them, the result and its copy.
    expect(peakBytes).toBe((1 + 1 + 4 + 4) * px + workBytes);
    expect(plan({ ...marked(108_000), steps: asked.steps.slice(0, 1) }).peakBytes).toBe(
      4 * px + steps[0]!.workBytes,
    );
  });

  test('is no step where nothing is marked, or it is switched off', () => {
    for (const recipe of [asked, marked(0), marked(50, 100), { ...marked(50), steps: [] }])
      expect(plan(recipe).steps.filter(({ kind }) => kind === 'filter')).toEqual([]);
  });

  test('of a photo that is marked all over is refused before the work', () => {
    const all = marked(photo.width * photo.height);
    expect(refusal(() => plan(all))).toMatchObject({
      ...{ problem: 'damage-everywhere', code: 'bad-option' },
    });
    expect(plan({ ...all, steps: twice.steps }).steps).toHaveLength(1);
  });
});

describe('a plan', () => {
  test('refuses before the work what cannot be held, and names what fits', () => {
    const photo = { width: 7500, height: 5000 };
    const error = refusal(() => makePlan(fourTimes, photo, desktop, { choose }));
    expect(error).toMatchObject({
      ...{ problem: 'result-too-large', code: 'too-large' },
      facts: { scale: 4, width: 30_000, height: 20_000, fits: 2 },
    });
    const plan = makePlan(twice, photo, desktop, { choose });
    expect(plan.output).toEqual({ width: 15000, height: 10000 });
    expect(plan.peakBytes).toBeLessThanOrEqual(2 ** 31 + 2 ** 30);
  });

  test('takes 20 megapixels four times as large: photo and result, and no second copy of it', () => {
    const photo = { width: 5472, height: 3648 };
    const { peakBytes, steps } = makePlan(fourTimes, photo, desktop, { choose });
    const raster = photo.width * photo.height * 4;
    // The step's input is the photo itself, which is counted as a picture of its own.
    expect(peakBytes).toBe((1 + 1 + 16) * raster + steps[0]!.workBytes);
  });

  test('reckons with what was used last of a result that lies outside of memory, where there is room', () => {
    const photo = { width: 7500, height: 5000 };
    const raster = photo.width * photo.height * 4;
    const planned = (room: number) => makePlan(fourTimes, photo, desktop, { choose, room });
    // Reduced to the photo's size it lies there once more.
    const { peakBytes, steps } = planned(17 * raster);
    expect(peakBytes).toBe((1 + 1) * raster + cachedBytes + steps[0]!.workBytes);
    expect(refusal(() => planned(17 * raster - 1))).toMatchObject({ problem: 'result-too-large' });
    // What memory holds easily stays there.
    const small = { width: 2000, height: 2000 };
    const held = makePlan(fourTimes, small, desktop, { choose });
    expect(makePlan(fourTimes, small, desktop, { choose, room: 1e12 })).toEqual(held);
  });

  test('says so when nothing fits', () => {
    const huge = { width: 2e4, height: 2e4 };
    const error = refusal(() => makePlan(twice, huge, desktop, { choose }));
    expect(error.facts).toMatchObject({ scale: 2, fits: null });
  });

  test('names 1× only where there is something to do at 1×', () => {
    const photo = { width: 12_000, height: 10_000 };
    expect(refusal(() => makePlan(cleaned, photo, desktop, { choose })).facts).toMatchObject({
      fits: 1,
    });
    expect(refusal(() => makePlan(fourTimes, photo, desktop, { choose })).facts).toMatchObject({
      fits: null,
    });
  });

  test.each([10, 16, 36])(
    'wastes little on margins of %i: 12 %% of the inferred pixels on a GPU, 27 %% on the CPU',
    (halo) => {
      const net = (step: Step<NetworkKind>) => ({ ...choose(step), halo });
      const photo = { width: 4000, height: 3000 };
      const waste = (machine: Capabilities) => {
        const { tile } = networksOf(makePlan(fourTimes, photo, machine, { choose: net }).steps)[0]!;
        return 1 - (tile / (tile + 2 * halo)) ** 2;
      };
      expect(waste(desktop)).toBeLessThanOrEqual(0.12);
      expect(waste({ ...desktop, backend: 'wasm' })).toBeLessThanOrEqual(0.27);
    },
  );

  test('shrinks tiles to the smallest GPU limit and honours a forced tile', () => {
    const small = { ...desktop, bindingBytes: 2 ** 22 };
    const photo = { width: 1000, height: 1000 };
    const tile = (forced: number) =>
      networksOf(makePlan(fourTimes, photo, small, { choose, tile: forced }).steps)[0]!.tile;
    expect((tile(0) + 20) ** 2 * 4 * 3 * 16).toBeLessThanOrEqual(2 ** 22);
    expect(chooseBand(small)).toBeLessThanOrEqual(2 ** 22);
    expect(tile(33)).toBe(33);
  });

  test('shrinks tiles to the memory of the machine', () => {
    const wide = (step: Step<NetworkKind>) => ({ ...choose(step), widestBytes: 4096 });
    const photo = { width: 1000, height: 1000 };
    const tile = (memory: Capabilities['memory']) =>
      networksOf(makePlan(twice, photo, { ...desktop, memory }, { choose: wide }).steps)[0]!.tile;
    expect((tile('small') + 20) ** 2 * 4096 * 3).toBeLessThanOrEqual(96 * 2 ** 20);
    expect(tile('small')).toBeLessThan(tile('medium'));
    expect(tile('medium')).toBeLessThan(tile('large'));
  });

  test('shrinks tiles to the pace, so that no submit takes over half a second, and says the time', () => {
    const photo = { width: 1000, height: 1000 };
    const paceOf = () => 1e-5;
    const { steps, seconds } = makePlan(twice, photo, desktop, { choose, paceOf });
    const { tile, model } = networksOf(steps)[0]!;
    expect((tile + 20) ** 2 * model.macsPerPixel * 1e-5).toBeLessThanOrEqual(500);
    // A million pixels of 2000 MACs, and the margins.
    expect(seconds).toBeGreaterThan(20);
    expect(seconds).toBeLessThan(20 * 1.6);
    expect(makePlan(twice, photo, desktop, { choose }).seconds).toBeNull();
  });

  test('lets a tile of a slow CPU take two seconds, and never be less than two margins wide', () => {
    const cpu: Capabilities = { ...desktop, backend: 'wasm' };
    const wide = (step: Step<NetworkKind>) => ({ ...choose(step), halo: 100 });
    const photo = { width: 4000, height: 3000 };
    const tile = (pace: number | null) =>
      networksOf(makePlan(twice, photo, cpu, { choose: wide, paceOf: () => pace }).steps)[0]!.tile;
    expect(tile(null)).toBe(640);
    expect((tile(5e-6) + 200) ** 2 * 2000 * 5e-6).toBeGreaterThan(1900);
    expect((tile(5e-6) + 200) ** 2 * 2000 * 5e-6).toBeLessThanOrEqual(2000);
    expect(tile(1e-3)).toBe(200);
  });

  test('holds every step with its network, the values of its planes, and its share of the work', () => {
    const photo = { width: 100, height: 50 };
    const plan = makePlan(cleaned, photo, desktop, { choose });
    expect(plan.steps.map(({ step, work }) => [step.task, work])).toEqual([
      ['clean', 5e6],
      ['upscale', 20e6],
    ]);
    expect(plan.work).toBe(25e6);
    expect(networksOf(plan.steps)[0]!.controls).toEqual([0.4, (0.5 * 50) / 255]);
    expect(plan.output).toEqual({ width: 400, height: 200 });
  });

  test('of nothing has no steps and keeps the size', () => {
    const photo = { width: 7, height: 5 };
    const plan = makePlan(ask({ scale: 1 }), photo, desktop, { choose });
    expect(plan).toMatchObject({ steps: [], work: 0, output: photo });
  });

  test('states of every network what it holds, wants and reads', () => {
    const photo = { width: 100, height: 50 };
    const [clean, upscale] = makePlan(cleaned, photo, desktop, { choose }).steps;
    const px = 100 * 50 * 4;
    expect(clean).toMatchObject({ rasterBytes: 3 * px, planes: ['jpeg', 'noise'], reach: 10 });
    expect(upscale).toMatchObject({ rasterBytes: (1 + 1 + 16) * px, planes: [], seconds: null });
    // Saving holds more: the photo, the result and its blend.
    const { peakBytes } = makePlan(cleaned, photo, desktop, { choose });
    expect(peakBytes).toBe((1 + 16 + 16) * px + upscale!.workBytes);
  });
});

describe('a shake in a plan', () => {
  const photo = { width: 1000, height: 800 };
  const px = 1000 * 800 * 4;
  const deblurred = ask({ scale: 1, deblur: 50 });
  const kernel = { side: 15, taps: new Float32Array(225).fill(1 / 225) };
  const plan = (shake: Shake | null | undefined, pace: number | null = 1e-6) =>
    makePlan(deblurred, photo, desktop, { choose, paceOf: () => pace, shake });

  test('that is not there adds nothing', () => {
    const { steps, peakBytes, seconds, work } = plan(null);
    expect(steps.map(({ step }) => step)).toMatchObject([{ kind: 'network', amount: 0.5 }]);
    expect(peakBytes).toBe(3 * px + steps[0]!.workBytes);
    expect(work).toBe(1000 * 1000 * 800);
    expect(seconds).toBe(steps[0]!.seconds);
    expect(makePlan(deblurred, photo, desktop, { choose })).toEqual(plan(null, null));
  });

  test('that was found is a filter before the network, with its bytes, seconds and work', () => {
    const { steps, peakBytes, seconds, work } = plan({ kernel, factor: 1 });
    expect(steps.map(({ step }) => step)).toMatchObject([
      { kind: 'filter', filter: 'shake', isSure: true },
      { kind: 'network', amount: 1 },
      { kind: 'filter', filter: 'mix', amount: 0.5, isSure: true },
    ]);
    const [shake, network, mix] = steps;
    // A tile of 2048 x 1024, in three channels.
    expect(shake!.workBytes).toBe(2048 * 1024 * 40);
    expect(shake!.seconds).toBeCloseTo(2048 * 1024 * 3 * 2e-7);
    // As long as that takes, the network does so much.
    expect(shake!.work * 1e-9).toBeCloseTo(shake!.seconds!);
    expect(shake!.reach).toBeGreaterThan(7);
    // Until it is mixed in, the picture that deblurring began with is kept.
    expect(steps.map(({ rasterBytes }) => rasterBytes / px)).toEqual([3, 4, 4]);
    expect(peakBytes).toBe(4 * px + Math.max(...steps.map(({ workBytes }) => workBytes)));
    expect(seconds).toBeCloseTo(shake!.seconds! + network!.seconds! + mix!.seconds!);
    expect(work).toBeCloseTo(shake!.work + network!.work + mix!.work);
  });

  test('that was not looked for counts in bytes as one, in time only its search', () => {
    const unknown = plan(undefined);
    expect(unknown.steps[0]!.step).toMatchObject({ filter: 'shake', isSure: false });
    expect(unknown.peakBytes).toBeGreaterThanOrEqual(plan({ kernel, factor: 1 }).peakBytes);
    expect(unknown.steps[0]!.seconds).toBeCloseTo(512 * 512 * 2e-5);
    const tiny = { width: 100, height: 100 };
    const { steps } = makePlan(deblurred, tiny, desktop, { choose, shake: undefined });
    expect(steps[0]!.seconds).toBe(0);
  });

  test('leaves the time unknown where the pace of the network is', () => {
    const { seconds, work, steps } = plan({ kernel, factor: 1 }, null);
    expect(seconds).toBeNull();
    expect(work).toBeGreaterThan(steps[1]!.work);
  });
});
