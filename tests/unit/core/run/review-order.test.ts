import { expect, test } from 'vitest';
import { usualFace } from '../../../../src/core/recipe/faces';
import { putFacesFirst } from '../../../../src/core/run/review-order';

const photo = { width: 1000, height: 500 };
const face = { x: 0.4, y: 0.2, width: 0.1, height: 0.3, ...usualFace };

/** A part whose middle lies there, in parts of the face's box. */
const at = (name: string, x: number, y: number) => ({
  name,
  rect: { x: 400 + 100 * x - 10, y: 100 + 150 * y - 10, width: 20, height: 20 },
});

const [wall, brow, eye, mouth] = [
  at('wall', 3, 0.4),
  at('brow', 0.5, 0.1),
  at('eye', 0.3, 0.4),
  at('mouth', 0.5, 0.8),
];

test('eyes and mouths come first, then the rest of faces, each in the order that they had', () => {
  const order = (faces: (typeof face)[]) =>
    putFacesFirst([wall, brow, mouth, eye], faces, photo).map(({ name }) => name);
  expect(order([face])).toEqual(['mouth', 'eye', 'brow', 'wall']);
  expect(order([])).toEqual(['wall', 'brow', 'mouth', 'eye']);
  expect(order([{ ...face, x: 0.05 }, face])).toEqual(['mouth', 'eye', 'brow', 'wall']);
});
