import { describe, expect, test } from 'vitest';
import { createManifest } from '../../../scripts/manifest.mjs';
import {
  formats,
  savedFormats,
  holds,
  mostDepth,
  refuseLongSide,
  savedLike,
  titlesHolding,
  type PhotoFormat,
} from '../../../src/core/format';
import { choices } from '../../../src/embed/protocol';
import { ownModelEndings } from '../../../src/models/own/read-own-model';

const names = Object.keys(formats) as PhotoFormat[];

describe('lists of formats that stand elsewhere say the same', () => {
  test('the embed protocol, which imports nothing', () => {
    expect(new Set(choices.formats)).toEqual(new Set(['auto', ...savedFormats]));
  });

  test('the manifest, which the build writes', () => {
    const accept = Object.fromEntries(
      names.map((name) => {
        const { mime, extensions } = formats[name];
        return [mime, extensions.map((each) => `.${each}`)];
      }),
    );
    expect(createManifest('/').file_handlers).toMatchObject([
      { accept: { ...accept, 'application/octet-stream': ownModelEndings } },
    ]);
  });
});

test('no two formats share a type or an ending', () => {
  const all = names.map((name) => formats[name]);
  for (const each of [all.map(({ mime }) => mime), all.flatMap(({ extensions }) => extensions)])
    expect(new Set<string>(each).size).toBe(each.length);
});

test('a result is written like its photo, else in what loses no more than it has lost', () => {
  const saved = (hasAlpha: boolean) =>
    names.map((name) => savedLike(name, hasAlpha, { width: 9, height: 9 }));
  const first = ['jpeg', 'png', 'webp', 'tiff', 'avif'];
  expect(saved(false)).toEqual([...first, 'jpeg', 'jpeg', 'png', 'png']);
  expect(saved(true)).toEqual([...first, 'webp', 'webp', 'png', 'png']);
});

test('what is too long for one format is told of those that hold it', () => {
  const of = (width: number, height = 1) => titlesHolding({ width, height });
  expect(of(16384)).toEqual(['PNG', 'TIFF', 'AVIF', 'JPEG']);
  expect(of(65501)).toEqual(['PNG', 'TIFF', 'AVIF']);
  expect(of(1)).toEqual(['PNG', 'TIFF', 'AVIF', 'JPEG', 'WebP']);
  expect(of(21_888, 14_592)).toEqual(['PNG', 'TIFF', 'JPEG']);
});

test.each([
  ['webp', false, 16_384, 'jpeg'],
  ['webp', true, 16_384, 'png'],
  ['webp', false, 65_501, 'png'],
  ['jpeg', false, 65_501, 'png'],
  ['heic', true, 16_384, 'png'],
  ['webp', false, 16_383, 'webp'],
] as const)(
  'a result of %s, transparent %s, %i long, is written as %s',
  (from, alpha, side, to) => {
    for (const sides of [
      { width: side, height: 1 },
      { width: 1, height: side },
    ]) {
      expect(savedLike(from, alpha, sides)).toBe(to);
      expect(holds(to, sides)).toBe(true);
    }
  },
);

test('what has lost nothing is not written with loss for its size', () => {
  for (const hasAlpha of [false, true]) {
    const saved = (width: number) => savedLike('webp', hasAlpha, { width, height: 9 }, true);
    expect(saved(16_383)).toBe('webp');
    expect(saved(16_384)).toBe('png');
  }
});

test('how many bits are written is known by the format and the size', () => {
  const small = { width: 4000, height: 4000 };
  const large = { width: 4000, height: 4001 };
  expect(savedFormats.map((each) => mostDepth(each, small))).toEqual([8, 16, 8, 16, 16]);
  expect(savedFormats.map((each) => mostDepth(each, large))).toEqual([8, 16, 8, 8, 16]);
});

test('a format that does not hold a result is refused with those that do', () => {
  const sides = { width: 2, height: 32_766 };
  expect(() => refuseLongSide('webp', sides)).toThrow(
    expect.objectContaining({
      problem: 'side-too-long',
      facts: {
        format: 'WebP',
        ...sides,
        mostSide: 16_383,
        others: ['PNG', 'TIFF', 'AVIF', 'JPEG'],
      },
    }),
  );
  expect(() => refuseLongSide('jpeg', sides)).not.toThrow();
  const large = { width: 21_888, height: 14_592 };
  expect(() => refuseLongSide('avif', large)).toThrow(
    expect.objectContaining({
      ...{ problem: 'area-too-large', code: 'too-large' },
      facts: { format: 'AVIF', ...large, mostMegapixels: 32, others: ['PNG', 'TIFF', 'JPEG'] },
    }),
  );
  expect(savedLike('avif', false, large)).toBe('jpeg');
});

test('a TIFF, whose places have 32 bits, is refused for more than four gigabytes', () => {
  const sides = { width: 40_000, height: 30_000 };
  expect(() => refuseLongSide('tiff', sides)).toThrow(
    expect.objectContaining({
      problem: 'area-too-large',
      facts: { format: 'TIFF', ...sides, mostMegapixels: 520, others: ['PNG', 'JPEG'] },
    }),
  );
  expect(savedLike('tiff', false, sides)).toBe('png');
  expect(() => refuseLongSide('tiff', { width: 25_000, height: 20_000 })).not.toThrow();
});
