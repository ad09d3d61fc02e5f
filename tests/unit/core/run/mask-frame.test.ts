import { expect, test } from 'vitest';
import { wholeFrame, type Frame } from '../../../../src/core/recipe/frame';
import { found, unmarked, withFound } from '../../../../src/core/recipe/marks';
import { framedSize } from '../../../../src/core/frame/geometry';
import { createMask } from '../../../../src/core/run/mask-brush';
import { reframeMask } from '../../../../src/core/run/mask-frame';

const photo = { width: 90, height: 60 };
const painted = 255;

const frames: readonly (readonly [name: string, frame: Frame])[] = [
  ['cropped', { ...wholeFrame, crop: { x: 11, y: 7, width: 50, height: 40 } }],
  ['straightened', { ...wholeFrame, angle: 7.3 }],
  ['turned and mirrored', { ...wholeFrame, turns: 1, flip: true }],
];

test.each(frames)(
  'marks of a photo that is %s stay what they were: found ones follow the next search, painted ones stay',
  (_, frame) => {
    const marks = createMask(photo, unmarked);
    marks.values.forEach((_value, i) => {
      if (i % 7 === 0) marks.values[i] = i % 2 === 0 ? found : painted;
    });
    const framed = reframeMask(marks, { from: undefined, to: frame, photo }, unmarked);
    expect(new Set(framed.values)).toEqual(new Set([unmarked, found, painted]));
    const search = createMask(framedSize(frame, photo), unmarked);
    const left = withFound(framed, search);
    expect(left?.values).toEqual(
      framed.values.map((value) => (value === painted ? painted : unmarked)),
    );
  },
);
