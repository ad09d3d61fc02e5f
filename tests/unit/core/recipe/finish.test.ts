import fc from 'fast-check';
import { parseFinish, readFinish } from '../../../../src/core/recipe/finish-parsing';
import { describe, expect, test } from 'vitest';
import {
  isNeutralFinish,
  isSameFinish,
  isStrengthOnly,
  neutralFinish,
} from '../../../../src/core/recipe/finish';
import type { Expected } from '../../../../src/core/errors';
import { anyFinish } from '../finishes';

const mask = { width: 2, height: 1, values: new Uint8Array([0, 255]) };

/** The refusal of a value by its path, whatever it must be unless that is said. */
const wrong = (path: string, expected: Expected = expect.anything() as Expected): Error =>
  expect.objectContaining({ problem: 'option-wrong', facts: { path, expected } }) as Error;

const stroke = { colour: '#e0ac8b', radius: 200, points: [5000, 5000] };
/** Two of them have more places than a tint may. */
const long = { ...stroke, points: Array<number>(12_000).fill(1) };
const tintOf = (...strokes: readonly object[]) => ({ v: 1, strokes });

describe('from outside', () => {
  test('what is missing is neutral', () => {
    expect(parseFinish({})).toEqual(neutralFinish);
    expect(parseFinish({ strength: 0.5, grain: { amount: 0.2 } })).toEqual({
      ...neutralFinish,
      strength: 0.5,
      grain: { amount: 0.2, size: 1, seed: 0 },
    });
  });

  test('any finish is read as it is, and survives a clone', () => {
    fc.assert(
      fc.property(anyFinish, (finish) => {
        expect(isSameFinish(parseFinish(structuredClone(finish)), finish)).toBe(true);
      }),
    );
  });

  test.each([
    ['finish', null],
    ['finish', []],
    ['finish.sparkle', { strength: 1, sparkle: 9 }],
    ['finish.grain.width', { grain: { amount: 0.2, width: 1 } }],
    ['finish.mask.scale', { mask: { ...mask, scale: 1 } }],
    ['finish.grade.warmth', { grade: { warmth: 0 } }],
    ['finish.strength', { strength: 1.01 }],
    ['finish.strength', { strength: NaN }],
    ['finish.luminanceOnly', { luminanceOnly: 1 }],
    ['finish.colourLock', { colourLock: '1' }],
    ['finish.grain', { grain: 3 }],
    ['finish.grain.amount', { grain: { amount: -0.1 } }],
    ['finish.grain.size', { grain: { size: 0.5 } }],
    ['finish.grain.seed', { grain: { seed: 1.5 } }],
    ['finish.sharpen.amount', { sharpen: { amount: 1.5 } }],
    ['finish.sharpen.radius', { sharpen: { radius: 3 } }],
    ['finish.mask', { mask: 'all' }],
    ['finish.mask.width', { mask: { ...mask, width: 0 } }],
    ['finish.mask.height', { mask: { ...mask, height: 9000 } }],
    ['finish.mask.values', { mask: { ...mask, height: 2 } }],
    ['finish.mask.values', { mask: { ...mask, values: [0, 255] } }],
    ['finish.mask.photo.width', { mask: { ...mask, photo: { width: 0, height: 1 } } }],
    ['finish.tint', { tint: 'red' }],
    ['finish.tint.v', { tint: { v: 2, strokes: [] } }],
    ['finish.tint.strokes', { tint: { v: 1 } }],
    ['finish.tint.strokes', { tint: { v: 1, strokes: Array(301).fill(stroke) } }],
    ['finish.tint.strokes[1].colour', { tint: tintOf(stroke, { ...stroke, colour: 'red' }) }],
    ['finish.tint.strokes[0].radius', { tint: tintOf({ ...stroke, radius: 0 }) }],
    ['finish.tint.strokes[0].points', { tint: tintOf({ ...stroke, points: [] }) }],
    ['finish.tint.strokes[0].points', { tint: tintOf({ ...stroke, points: [1, 2, 3] }) }],
    ['finish.tint.strokes[0].points[1]', { tint: tintOf({ ...stroke, points: [1, 10_001] }) }],
    ['finish.tint.strokes[1].points', { tint: tintOf(long, long) }],
    ['finish.tint.strokes[0].width', { tint: tintOf({ ...stroke, width: 1 }) }],
    ['finish.grade.exposure', { grade: { exposure: 4 } }],
    ['finish.grade.contrast', { grade: { contrast: Infinity } }],
    ['finish.grade.temperature', { grade: { temperature: {} } }],
    ['finish.grade.saturation', { grade: { saturation: -2 } }],
    ['finish.grade.vibrance', { grade: { vibrance: null } }],
    ['finish.grade.shadowTone', { grade: { shadowTone: 1.1 } }],
    ['finish.grade.highlightTone', { grade: { highlightTone: '1' } }],
    ['finish.grade.monochrome', { grade: { monochrome: 1 } }],
  ])('%s is named where it is wrong', (path, value) => {
    expect(() => parseFinish(value)).toThrow(wrong(path));
  });

  test('a tint without strokes is none, and colours are read in any case', () => {
    expect(parseFinish({ tint: { v: 1, strokes: [] } }).tint).toBeNull();
    const { tint } = parseFinish({ tint: tintOf({ ...stroke, colour: '#AABBCC' }) });
    expect(tint?.strokes[0]?.colour).toBe('#aabbcc');
  });

  test('the path begins where the caller says', () => {
    expect(() => parseFinish({ grain: { size: 0 } }, 'options.finish')).toThrow(
      wrong('options.finish.grain.size', { least: 1, most: 32 }),
    );
  });
});

describe('where a strength may be given for short', () => {
  test('it counts in place of the finish’s own', () => {
    const finish = { strength: 0.9, luminanceOnly: true };
    expect(readFinish({})).toEqual(neutralFinish);
    expect(readFinish({ strength: 0.5 })).toEqual({ ...neutralFinish, strength: 0.5 });
    expect(readFinish({ finish })).toEqual({ ...neutralFinish, ...finish });
    expect(readFinish({ finish, strength: 0 })).toEqual({
      ...neutralFinish,
      ...finish,
      strength: 0,
    });
  });

  test('it is checked', () => {
    expect(() => readFinish({ strength: 2 })).toThrow(wrong('strength', { least: 0, most: 1 }));
    expect(() => readFinish({ finish: 1 })).toThrow(wrong('finish', 'object'));
  });
});

describe('what a finish does', () => {
  test('the neutral one does nothing, and any other value something', () => {
    expect(isNeutralFinish(neutralFinish)).toBe(true);
    fc.assert(
      fc.property(anyFinish, (finish) => {
        // The grain's size and seed mean nothing without an amount, nor does a radius.
        const grain = finish.grain.amount === 0 ? neutralFinish.grain : finish.grain;
        const sharpen = finish.sharpen.amount === 0 ? neutralFinish.sharpen : finish.sharpen;
        const isSame = isSameFinish({ ...finish, grain, sharpen }, neutralFinish);
        expect(isNeutralFinish(finish)).toBe(isSame);
      }),
    );
  });

  test('strength alone is told from all else', () => {
    expect(isStrengthOnly({ ...neutralFinish, strength: 0.3 })).toBe(true);
    expect(isStrengthOnly({ ...neutralFinish, luminanceOnly: true })).toBe(false);
    expect(isStrengthOnly({ ...neutralFinish, mask })).toBe(false);
    const sharpen = { amount: 0.5, radius: 1 };
    expect(isStrengthOnly({ ...neutralFinish, sharpen })).toBe(false);
  });

  test('two are the same where every value is, those of the masks too', () => {
    const one = { ...neutralFinish, mask };
    const copy = { ...one, mask: { ...mask, values: mask.values.slice() } };
    expect(isSameFinish(one, copy)).toBe(true);
    copy.mask.values[1] = 254;
    expect(isSameFinish(one, copy)).toBe(false);
    expect(isSameFinish(one, neutralFinish)).toBe(false);
    const sharp = { ...neutralFinish, sharpen: { amount: 0.1, radius: 1 } };
    expect(isSameFinish(sharp, neutralFinish)).toBe(false);
    const warm = { ...neutralFinish, grade: { ...neutralFinish.grade, temperature: 0.1 } };
    expect(isSameFinish(warm, neutralFinish)).toBe(false);
  });
});
