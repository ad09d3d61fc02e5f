import { expect, test } from 'vitest';
import { undoFading } from '../../../../src/core/fading/undo';
import { healDamage } from '../../../../src/core/heal/heal';
import { blendStrength } from '../../../../src/core/picture/blend';
import { createPlane } from '../../../../src/core/picture/plane';
import { takePatternOut } from '../../../../src/core/pattern/take-out';
import { runFilter } from '../../../../src/core/run/filters';
import { takeShakeBack } from '../../../../src/core/shake/take-back';
import { drawNoise, maxDifference } from '../pictures';
import { emboss, honeycomb } from '../prints';
import { bent, drawLeaves, goOn, shakeScene } from '../shaken';

const planes = {};
const waves = [] as const;
const faded = null;
const place = { x: 0, y: 0 };
const origin = drawNoise(20, 12);
const input = drawNoise(20, 12);
input.data.fill(200);

test('mix blends the picture with the one that its task began with', async () => {
  const step = { kind: 'filter', filter: 'mix', amount: 0.3, isSure: true } as const;
  const mixed = await runFilter(
    { step, input, origin, shake: null, waves, faded, place, planes },
    goOn,
  );
  expect(maxDifference(mixed, blendStrength(origin, input, 0.3))).toBe(0);
  const whole = { ...step, amount: 1 };
  expect(
    await runFilter({ step: whole, input, origin, shake: null, waves, faded, place, planes }, goOn),
  ).toBe(input);
});

test.each([1, 2])(
  'shake takes back what was found, reduced by %i, and tells how far it is',
  async (factor) => {
    const step = { kind: 'filter', filter: 'shake', isSure: true } as const;
    const shaken = shakeScene(drawLeaves(90, 60), bent);
    const shake = { kernel: bent, factor };
    const job = { step, input: shaken, origin: shaken, waves, faded, place, planes };
    const shares: number[] = [];
    const steady = await runFilter({ ...job, shake }, async (share) => void shares.push(share));
    expect(maxDifference(steady, await takeShakeBack(shaken, shake, goOn))).toBe(0);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(8);
    expect(shares.at(-1)).toBe(1);
    expect(await runFilter({ ...job, shake: null }, goOn)).toBe(shaken);
  },
);

test('heal fills what the plane of damage says, and nothing where there is none', async () => {
  const step = { kind: 'filter', filter: 'heal', isSure: true } as const;
  const job = { step, input: origin, origin, shake: null, waves, faded, place };
  const damage = createPlane(origin);
  damage.values.fill(1, 20 * 6 + 5, 20 * 6 + 9);
  const healed = await runFilter({ ...job, planes: { damage } }, goOn);
  expect(maxDifference(healed, await healDamage(origin, damage, goOn))).toBe(0);
  expect(maxDifference(healed, origin)).toBeGreaterThan(0);
  expect(await runFilter({ ...job, planes }, goOn)).toBe(origin);
});

test('pattern takes the waves out that the photo has, and leaves one without any as it is', async () => {
  const step = { kind: 'filter', filter: 'pattern', isSure: true } as const;
  const scene = emboss(drawLeaves(160, 150), honeycomb, 0.05);
  const job = { step, input: scene, origin: scene, shake: null, faded, place, planes };
  const free = await runFilter({ ...job, waves: honeycomb }, goOn);
  expect(maxDifference(free, await takePatternOut(scene, honeycomb, goOn))).toBe(0);
  expect(await runFilter({ ...job, waves }, goOn)).toBe(scene);
});

test('colours undoes what has faded, and leaves a picture that was not measured as it is', async () => {
  const amounts = { cast: 1, contrast: 0.5, even: 0 };
  const step = { kind: 'filter', filter: 'colours', ...amounts, isSure: true } as const;
  const job = { step, input, origin, shake: null, waves, place, planes };
  const fading = { black: [0.2, 0.1, 0.1], white: [0.9, 0.9, 0.7] } as const;
  const found = { fading, uneven: null };
  const undone = await runFilter({ ...job, faded: found }, goOn);
  expect(maxDifference(undone, undoFading(input, found, step))).toBe(0);
  expect(maxDifference(undone, input)).toBeGreaterThan(0);
  expect(await runFilter({ ...job, faded }, goOn)).toBe(input);
});
