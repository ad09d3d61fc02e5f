import { expect, test } from 'vitest';
import {
  fitOnPaper,
  papers,
  readNumber,
  readSize,
} from '../../../../../src/app/state/photo/size-fields';
import { targetSize } from '../../../../../src/core/recipe/target-size';

const photo = { width: 1200, height: 800 };

test('a size is told in every way', () => {
  expect(readSize(undefined, photo, 2)).toEqual({
    ...{ width: 2400, height: 1600, factor: 2, megapixels: 3.8 },
    print: { width: 20.3, unit: 'cm', dpi: 300 },
  });
  const print = { by: 'print', width: 8, unit: 'inch', dpi: 250 } as const;
  expect(readSize(print, photo, 2)).toEqual({
    ...{ width: 2000, height: 1333, factor: 1.67, megapixels: 2.7 },
    print: { width: 8, unit: 'inch', dpi: 250 },
  });
  expect(readSize({ by: 'width', pixels: 60 }, photo, 1).megapixels).toBe(0.002);
});

test('a print on a sheet lies or stands as the photo does, inside of it', () => {
  const [a4] = papers.filter(([name]) => name === 'A4');
  expect(fitOnPaper(photo, a4!)).toBe(29.7);
  expect(fitOnPaper({ width: 800, height: 1200 }, a4!)).toBe(19.8);
  for (const paper of papers)
    for (const size of [photo, { width: 100, height: 900 }, { width: 7, height: 7 }]) {
      const width = fitOnPaper(size, paper);
      const height = (width * size.height) / size.width;
      expect(Math.min(width, height)).toBeLessThanOrEqual(paper[1] + 0.05);
      expect(Math.max(width, height)).toBeLessThanOrEqual(paper[2] + 0.05);
      expect(targetSize({ by: 'print', width, unit: 'cm', dpi: 300 }, size).width).toBe(
        Math.round((width / 2.54) * 300),
      );
    }
});

test('numbers are read as people type them', () => {
  expect(['1,5', ' 3000 ', '2.25'].map(readNumber)).toEqual([1.5, 3000, 2.25]);
  expect(['', '0', '-3', 'wide', '1 000'].map(readNumber)).toEqual([null, null, null, null, null]);
});
