import { describe, expect, test } from 'vitest';
import { EnhanceError } from '../../../../src/core/errors';
import {
  chooseBand,
  makePlan,
  type Capabilities,
  type Model,
} from '../../../../src/core/plan/plan';
import type { Recipe, Step } from '../../../../src/core/recipe/recipe';

/** A network of 1000 MACs per pixel for any step. */
const choose = ({ task, scale }: Step): Model => ({
  scale,
  halo: 10,
  multiple: 1,
  controls: task === 'clean' ? ['jpeg', 'noise'] : [],
  macsPerPixel: 1000 * scale,
  widestBytes: 128,
});
const twice: Recipe = { v: 1, scale: 2, variant: 'faithful' };
const fourTimes: Recipe = { ...twice, scale: 4 };
const cleaned: Recipe = { ...fourTimes, clean: { noise: 50, jpeg: 40 } };
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

describe('a plan', () => {
  test('refuses before the work what cannot be held, and names what fits', () => {
    const photo = { width: 6000, height: 4000 };
    const error = refusal(() => makePlan(fourTimes, photo, desktop, { choose }));
    expect(error).toMatchObject({
      ...{ problem: 'result-too-large', code: 'too-large' },
      facts: { scale: 4, width: 24_000, height: 16_000, fits: 2 },
    });
    const plan = makePlan(twice, photo, desktop, { choose });
    expect(plan.output).toEqual({ width: 12000, height: 8000 });
    expect(plan.peakBytes).toBeLessThanOrEqual(2 ** 31 + 2 ** 30);
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
      const net = (step: Step) => ({ ...choose(step), halo });
      const photo = { width: 4000, height: 3000 };
      const waste = (machine: Capabilities) => {
        const { tile } = makePlan(fourTimes, photo, machine, { choose: net }).steps[0]!;
        return 1 - (tile / (tile + 2 * halo)) ** 2;
      };
      expect(waste(desktop)).toBeLessThanOrEqual(0.12);
      expect(waste({ ...desktop, backend: 'wasm' })).toBeLessThanOrEqual(0.27);
    },
  );

  test('shrinks tiles to the smallest GPU limit and honours a forced tile', () => {
    const small = { ...desktop, bindingBytes: 2 ** 22 };
    const photo = { width: 1000, height: 1000 };
    const { steps } = makePlan(fourTimes, photo, small, { choose });
    expect((steps[0]!.tile + 20) ** 2 * 4 * 3 * 16).toBeLessThanOrEqual(2 ** 22);
    expect(chooseBand(small)).toBeLessThanOrEqual(2 ** 22);
    expect(makePlan(fourTimes, photo, small, { choose, tile: 33 }).steps[0]!.tile).toBe(33);
  });

  test('shrinks tiles to the memory of the machine', () => {
    const wide = (step: Step) => ({ ...choose(step), widestBytes: 4096 });
    const photo = { width: 1000, height: 1000 };
    const tile = (memory: Capabilities['memory']) =>
      makePlan(twice, photo, { ...desktop, memory }, { choose: wide }).steps[0]!.tile;
    expect((tile('small') + 20) ** 2 * 4096 * 3).toBeLessThanOrEqual(96 * 2 ** 20);
    expect(tile('small')).toBeLessThan(tile('medium'));
    expect(tile('medium')).toBeLessThan(tile('large'));
  });

  test('shrinks tiles to the pace, so that no submit takes over half a second, and says the time', () => {
    const photo = { width: 1000, height: 1000 };
    const paceOf = () => 1e-5;
    const { steps, seconds } = makePlan(twice, photo, desktop, { choose, paceOf });
    const { tile, model } = steps[0]!;
    expect((tile + 20) ** 2 * model.macsPerPixel * 1e-5).toBeLessThanOrEqual(500);
    // A million pixels of 2000 MACs, and the margins.
    expect(seconds).toBeGreaterThan(20);
    expect(seconds).toBeLessThan(20 * 1.6);
    expect(makePlan(twice, photo, desktop, { choose }).seconds).toBeNull();
  });

  test('lets a tile of a slow CPU take two seconds, and never be less than two margins wide', () => {
    const cpu: Capabilities = { ...desktop, backend: 'wasm' };
    const wide = (step: Step) => ({ ...choose(step), halo: 100 });
    const photo = { width: 4000, height: 3000 };
    const tile = (pace: number | null) =>
      makePlan(twice, photo, cpu, { choose: wide, paceOf: () => pace }).steps[0]!.tile;
    expect(tile(null)).toBe(640);
    expect((tile(5e-6) + 200) ** 2 * 2000 * 5e-6).toBeGreaterThan(1900);
    expect((tile(5e-6) + 200) ** 2 * 2000 * 5e-6).toBeLessThanOrEqual(2000);
    expect(tile(1e-3)).toBe(200);
  });

  test('holds every step with its network, the values of its planes, and its share of the work', () => {
    const photo = { width: 100, height: 50 };
    const plan = makePlan(cleaned, photo, desktop, { choose });
    expect(plan.steps.map(({ step, macs }) => [step.task, macs])).toEqual([
      ['clean', 5e6],
      ['upscale', 20e6],
    ]);
    expect(plan.macs).toBe(25e6);
    expect(plan.steps[0]!.controls).toEqual([0.4, (0.5 * 50) / 255]);
    expect(plan.output).toEqual({ width: 400, height: 200 });
  });

  test('of nothing has no steps and keeps the size', () => {
    const photo = { width: 7, height: 5 };
    const plan = makePlan({ ...twice, scale: 1 }, photo, desktop, { choose });
    expect(plan).toMatchObject({ steps: [], macs: 0, output: photo });
  });
});
