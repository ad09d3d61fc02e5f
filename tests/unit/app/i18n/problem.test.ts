import { describe, expect, test } from 'vitest';
import { failed, type Told } from '../../../../src/core/errors';
import { describeNotes, describeProblem } from '../../../../src/app/i18n/problem';
import { notes, notWords, plainWords, troubles } from '../../core/troubles';

const say = (...told: Told): string => describeProblem(failed(...told));

test.each(troubles)('$problem has words for $facts', (trouble) => {
  const text = describeProblem(trouble);
  expect(text).toMatch(plainWords);
  expect(text).not.toMatch(notWords);
});

test.each(notes)('$note has words for $facts', (note) => {
  const [text] = describeNotes([note]);
  expect(text).toMatch(plainWords);
  expect(text).not.toMatch(notWords);
});

describe('what is said', () => {
  const sides = { width: 24_000, height: 16_000 };

  test('of a result that is too large: how large, and what fits or else helps', () => {
    expect(say('result-too-large', { ...sides, scale: 4, fits: 2 })).toBe(
      '4× would make 384 MP, more than this browser can hold. 2× fits.',
    );
    expect(say('result-too-large', { ...sides, scale: 4, fits: null })).toMatch(/Crop or reduce/);
  });

  test('of a photo that is too large: its size and the most that opens', () => {
    expect(say('photo-too-large', { width: 20_000, height: 15_000, mostMegapixels: 200 })).toMatch(
      /20000 × 15000.*300 megapixels.*200/,
    );
  });

  test('of a file that does not open: what it is, with the way out', () => {
    expect(say('file-foreign', { kind: 'raw' })).toMatch(/RAW.*export it as JPEG or PNG/);
    expect(say('file-unknown', { firstBytes: [] })).toMatch(
      /JPEG, PNG, WebP, TIFF, AVIF, HEIC, JPEG XL, GIF and BMP/,
    );
    expect(say('file-empty')).toMatch(/empty/);
  });

  test('of a side that a format does not hold: which formats do', () => {
    const facts = { ...sides, format: 'WebP', mostSide: 16_383, others: ['PNG', 'JPEG'] };
    expect(say('side-too-long', facts)).toMatch(/choose PNG or JPEG\.$/);
  });

  test('of an option: its path, and what it must be', () => {
    const path = 'recipe.clean.noise';
    expect(say('option-wrong', { path, expected: { least: 0, most: 100 } })).toBe(
      'recipe.clean.noise must be a number from 0 to 100.',
    );
    expect(say('option-wrong', { path: 'recipe.scale', expected: { oneOf: [1, 2, 4] } })).toBe(
      'recipe.scale must be 1, 2 or 4.',
    );
  });

  test('of a recovery: why, and what was done; of several alike, once', () => {
    const facts = { problem: 'gpu-lost', measure: 'device' } as const;
    const again = { ...facts, problem: 'gpu-lost' } as const;
    expect(
      describeNotes([
        { note: 'recovered', facts },
        { note: 'recovered', facts: again },
      ]),
    ).toEqual(['The graphics driver stopped. The GPU was started again, and the work went on.']);
  });
});
