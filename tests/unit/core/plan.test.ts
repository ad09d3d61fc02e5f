import { describe, expect, test } from 'vitest';
import { EnhanceError } from '../../../src/core/errors';
import { makePlan, type Capabilities, type Model } from '../../../src/core/plan';
import type { Recipe, Step } from '../../../src/core/recipe';

/** A network of 1000 MACs per pixel for any step. */
const choose = ({ task, scale }: Step): Model => ({
  scale,
  halo: 10,
  multiple: 1,
  controls: task === 'clean' ? ['jpeg', 'noise'] : [],
  macsPerPixel: 1000 * scale,
});
const twice: Recipe = { v: 1, scale: 2, variant: 'faithful' };
const fourTimes: Recipe = { ...twice, scale: 4 };
const cleaned: Recipe = { ...fourTimes, clean: { noise: 50, jpeg: 40 } };
const desktop: Capabilities = {
  backend: 'webgpu',
  software: false,
  bindingBytes: 2 ** 30,
  rasterBytes: 2 ** 31,
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
    const error = refusal(() => makePlan(fourTimes, photo, choose, desktop));
    expect(error.code).toBe('too-large');
    expect(error.message).toContain('384 MP');
    expect(error.message).toContain('2× fits');
    expect(error.detail).toMatchObject({ fits: 2 });
    const plan = makePlan(twice, photo, choose, desktop);
    expect(plan.output).toEqual({ width: 12000, height: 8000 });
    expect(plan.peakBytes).toBeLessThanOrEqual(desktop.rasterBytes);
  });

  test('says so when nothing fits', () => {
    const huge = { width: 2e4, height: 2e4 };
    const error = refusal(() => makePlan(twice, huge, choose, desktop));
    expect(error.detail).toMatchObject({ fits: null });
    expect(error.message).toMatch(/Crop or reduce/);
  });

  test('names 1× only where there is something to do at 1×', () => {
    const photo = { width: 12_000, height: 10_000 };
    expect(refusal(() => makePlan(cleaned, photo, choose, desktop)).detail).toMatchObject({
      fits: 1,
    });
    expect(refusal(() => makePlan(fourTimes, photo, choose, desktop)).detail).toMatchObject({
      fits: null,
    });
  });

  test('wastes at most 12 % of the inferred pixels on margins at the default desktop tile', () => {
    const { steps } = makePlan(fourTimes, { width: 4000, height: 3000 }, choose, desktop);
    const { tile, model } = steps[0]!;
    expect(1 - (tile / (tile + 2 * model.halo)) ** 2).toBeLessThanOrEqual(0.12);
  });

  test('shrinks tiles to the smallest GPU limit and honours a forced tile', () => {
    const small = { ...desktop, bindingBytes: 2 ** 22 };
    const photo = { width: 1000, height: 1000 };
    const { steps, bandBytes } = makePlan(fourTimes, photo, choose, small);
    expect((steps[0]!.tile + 20) ** 2 * 256).toBeLessThanOrEqual(2 ** 22);
    expect(bandBytes).toBeLessThanOrEqual(2 ** 22);
    expect(makePlan(fourTimes, photo, choose, small, 33).steps[0]!.tile).toBe(33);
  });

  test('holds every step with its network, the values of its planes, and its share of the work', () => {
    const photo = { width: 100, height: 50 };
    const plan = makePlan(cleaned, photo, choose, desktop);
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
    const plan = makePlan({ ...twice, scale: 1 }, photo, choose, desktop);
    expect(plan).toMatchObject({ steps: [], macs: 0, output: photo });
  });
});
