import { optionValidator as check } from '../validator';
import type { Box } from './kinds';

/**
 * Checks a box that came from outside.
 *
 * @param value Anything.
 * @param path Where it lies, for the message.
 * @param least Where it may begin; by default in the picture.
 * @returns A new, typed box, whether or not it fits a picture.
 * @throws {EnhanceError} `option-wrong`, naming the path of what is wrong.
 */
export function parseBox(value: unknown, path: string, least = 0): Box {
  const { x, y, width, height } = check.object(value, path, ['x', 'y', 'width', 'height']);
  return {
    x: check.whole(x, [least], `${path}.x`),
    y: check.whole(y, [least], `${path}.y`),
    width: check.whole(width, [1], `${path}.width`),
    height: check.whole(height, [1], `${path}.height`),
  };
}
