import { describe, expect, test } from 'vitest';
import { EnhanceError } from '../../../src/core/errors';
import { makePlan, type Capabilities } from '../../../src/core/plan';
import type { Geometry } from '../../../src/core/network';

const geometry: Geometry = { scale: 4, halo: 10, multiple: 1 };
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
    const error = refusal(() => makePlan({ v: 1, scale: 4 }, photo, geometry, desktop));
    expect(error.code).toBe('too-large');
    expect(error.message).toContain('384 MP');
    expect(error.message).toContain('2× fits');
    expect(error.detail).toMatchObject({ fits: 2 });
    const plan = makePlan({ v: 1, scale: 2 }, photo, { ...geometry, scale: 2 }, desktop);
    expect(plan.output).toEqual({ width: 12000, height: 8000 });
    expect(plan.peakBytes).toBeLessThanOrEqual(desktop.rasterBytes);
  });

  test('says so when nothing fits', () => {
    const error = refusal(() =>
      makePlan({ v: 1, scale: 2 }, { width: 2e4, height: 2e4 }, geometry, desktop),
    );
    expect(error.detail).toMatchObject({ fits: null });
    expect(error.message).toMatch(/Crop or reduce/);
  });

  test('wastes at most 12 % of the inferred pixels on margins at the default desktop tile', () => {
    const { tile } = makePlan({ v: 1, scale: 4 }, { width: 4000, height: 3000 }, geometry, desktop);
    expect(1 - (tile / (tile + 2 * geometry.halo)) ** 2).toBeLessThanOrEqual(0.12);
  });

  test('shrinks tiles to the smallest GPU limit and honours a forced tile', () => {
    const small = { ...desktop, bindingBytes: 2 ** 22 };
    const photo = { width: 1000, height: 1000 };
    const { tile, bandBytes } = makePlan({ v: 1, scale: 4 }, photo, geometry, small);
    expect((tile + 20) ** 2 * 256).toBeLessThanOrEqual(2 ** 22);
    expect(bandBytes).toBeLessThanOrEqual(2 ** 22);
    expect(makePlan({ v: 1, scale: 4 }, photo, geometry, small, 33).tile).toBe(33);
  });
});
