import { expect, test } from 'vitest';
import { isGray, toGray } from '../../../../src/core/picture/gray';
import { deepen, drawNoise } from '../pictures';

test('a picture with one coloured pixel is not gray, and its luma is', () => {
  const noise = drawNoise(9, 7);
  const gray = toGray(noise);
  expect(isGray(noise)).toBe(false);
  expect(isGray(gray)).toBe(true);
  const [r, g, b, a] = noise.data;
  expect(gray.data[0]).toBe(Math.round(0.299 * r! + 0.587 * g! + 0.114 * b!));
  expect(gray.data[3]).toBe(a);
  gray.data[4]! += gray.data[4]! < 255 ? 1 : -1;
  expect(isGray(gray)).toBe(false);
});

test('what is gray stays as it is, in either depth', () => {
  const gray = toGray(drawNoise(9, 7));
  expect(toGray(gray).data).toEqual(gray.data);
  const deep = toGray(deepen(drawNoise(9, 7)));
  expect(isGray(deep)).toBe(true);
  expect(toGray(deep).data).toEqual(deep.data);
});
