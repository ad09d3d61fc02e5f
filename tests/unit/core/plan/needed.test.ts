/** What of a picture the steps of a plan must work on where only a part of the result is wanted. */
import { describe, expect, it } from 'vitest';
import { neededParts } from '../../../../src/core/plan/needed';
import { makePlan } from '../../../../src/core/plan/plan';
import { parseRecipe } from '../../../../src/core/recipe/parsing';

const source = { width: 200, height: 160 };
const machine = { backend: 'wasm', software: false, bindingBytes: 0, memory: 'large' } as const;
const wanted = { x: 70, y: 60, width: 20, height: 10 };

function plan(steps: readonly object[], own: { halo?: number; multiple?: number } = {}) {
  const { halo = 6, multiple = 1 } = own;
  const rest = { controls: [], macsPerPixel: 1, widestBytes: 4, halo, multiple };
  return makePlan(parseRecipe({ v: 2, steps }), source, machine, {
    // Not looked for: then arithmetic takes back what it may be.
    shake: undefined,
    choose: ({ scale, own: named }) => ({ ...rest, scale: named?.scale ?? scale }),
  });
}

const enlarge = { task: 'upscale', scale: 2, variant: 'faithful' };
const clean = { task: 'clean', noise: 40, jpeg: 20 };

describe('neededParts', () => {
  it('is the part itself for the last network, and its reach more for the one before', () => {
    const parts = neededParts(plan([clean, enlarge]), source, wanted);
    expect(parts).toEqual([{ x: 64, y: 54, width: 32, height: 22 }, wanted]);
  });

  it('begins where the grid of a network has a line, and ends with the picture', () => {
    const gridded = plan([enlarge], { multiple: 16 });
    const corner = { x: 150, y: 100, width: 50, height: 60 };
    expect(neededParts(gridded, source, corner)).toEqual([
      { x: 144, y: 96, width: 56, height: 64 },
    ]);
  });

  it('has room to resample what enlarges by another factor', () => {
    const own = { sha256: 'a'.repeat(64), title: 'mine', scale: 4 };
    const [part] = neededParts(plan([{ ...enlarge, own }]), source, wanted);
    expect(part).toEqual({ x: 66, y: 56, width: 28, height: 18 });
  });

  it('is all that comes before arithmetic which looks where it wants', () => {
    const deblur = { task: 'deblur', amount: 60 };
    const planned = plan([clean, deblur, enlarge]);
    const parts = neededParts(planned, source, wanted);
    const last = planned.steps.findLastIndex(({ kind }) => kind !== 'network');
    expect(last).toBeGreaterThan(0);
    expect(parts.slice(0, last + 1).every((part) => part === null)).toBe(true);
    expect(parts.at(-1)).toEqual(wanted);
  });
});
