import { expect, test } from 'vitest';
import type { Analysis } from '../../../../src/core/findings/analyse';
import { agreeOnClip, findFilmReasons } from '../../../../src/core/findings/clip-findings';
import { suggest } from '../../../../src/core/findings/suggest';

const clean: Analysis = {
  ...{ noise: 0, jpegQuality: 100, jpegEvidence: 'none', blur: 0, effectiveResolution: 1 },
  ...{ shake: 0, printed: false, faded: false, drawn: false },
};
const still = [0, 0, 0];

/** Readings of eleven pictures, of each what is different in it. */
const read = (of: (i: number) => Partial<Analysis> & { readonly bands?: number }) =>
  Array.from({ length: 11 }, (_, i) => {
    const { bands = 0, ...more } = of(i);
    return { analysis: { ...clean, ...more }, bands };
  });

test('a clean clip gets nothing but the enlargement, however its motion blurs', () => {
  const findings = agreeOnClip(
    read((i) => ({ blur: i % 3, effectiveResolution: 0.4, faded: true, printed: i > 5 })),
    [0.006, 0.001, null],
  );
  expect(findFilmReasons(findings)).toEqual([]);
  const { reasons, recipe } = suggest(findings.analysis, 2);
  expect(reasons).toEqual([]);
  expect(recipe.steps).toEqual([{ task: 'upscale', scale: 2, variant: 'faithful' }]);
});

test('noise is the median of what nearly all pictures have, two black ones left out', () => {
  const { analysis } = agreeOnClip(
    read((i) => ({ noise: i < 2 ? 0 : 20 + i })),
    still,
  );
  expect(analysis.noise).toBe(25);
});

test('noise that few pictures have, or of every strength, is told of none', () => {
  expect(
    agreeOnClip(
      read((i) => ({ noise: i < 7 ? 20 : 0 })),
      still,
    ).analysis.noise,
  ).toBe(0);
  expect(
    agreeOnClip(
      read((i) => ({ noise: 3 + 4 * i })),
      still,
    ).analysis.noise,
  ).toBe(0);
});

test('blocks count where nearly all have them, of nearly one quality', () => {
  const blocks = (quality: (i: number) => number, until = 11) =>
    agreeOnClip(
      read((i) => (i < until ? { jpegQuality: quality(i), jpegEvidence: 'blocks' } : {})),
      still,
    ).analysis;
  expect(blocks((i) => 40 + i)).toMatchObject({ jpegQuality: 45, jpegEvidence: 'blocks' });
  expect(blocks(() => 40, 6)).toMatchObject({ jpegQuality: 100, jpegEvidence: 'none' });
  expect(blocks((i) => 10 + 6 * i)).toMatchObject({ jpegQuality: 100, jpegEvidence: 'none' });
});

test('one run of three that flickers, or that was too short to tell, does not make a clip flicker', () => {
  expect(
    agreeOnClip(
      read(() => ({})),
      [0.3, 0, 0.01],
    ).flicker,
  ).toBe(0);
  expect(
    agreeOnClip(
      read(() => ({})),
      [null, null, null],
    ).flicker,
  ).toBe(0);
  const findings = agreeOnClip(
    read(() => ({})),
    [0.08, null, 0.06],
  );
  expect(findFilmReasons(findings)).toEqual([{ kind: 'flicker', swing: 0.08 }]);
});

test('noise and blocks, which are others in each picture, call for steadiness', () => {
  const reasonsOf = (of: Parameters<typeof read>[0]) =>
    findFilmReasons(agreeOnClip(read(of), still)).map(({ kind }) => kind);
  expect(reasonsOf(() => ({ noise: 12 }))).toEqual(['unrest']);
  expect(reasonsOf(() => ({ jpegEvidence: 'blocks', jpegQuality: 40 }))).toEqual(['unrest']);
  // Of half of them nothing is said.
  expect(reasonsOf((i) => ({ noise: i % 2 ? 12 : 0 }))).toEqual([]);
});

test('bands count where more than half of the pictures have them', () => {
  const isBanded = (of: Parameters<typeof read>[0]) => agreeOnClip(read(of), still).isBanded;
  expect(isBanded((i) => ({ bands: i < 6 ? 0.2 : 0 }))).toBe(true);
  expect(isBanded((i) => ({ bands: i < 5 ? 0.2 : 0 }))).toBe(false);
});
