import { expect, test } from 'vitest';
import { readSizeText } from '../../../../src/core/recipe/size-text';

test.each([
  ['1.5x', { by: 'factor', factor: 1.5 }],
  ['3000w', { by: 'width', pixels: 3000 }],
  ['2000H', { by: 'height', pixels: 2000 }],
  ['4000long', { by: 'longer', pixels: 4000 }],
  ['2000short', { by: 'shorter', pixels: 2000 }],
  ['24mp', { by: 'megapixels', megapixels: 24 }],
  ['29.7cm', { by: 'print', width: 29.7, unit: 'cm', dpi: 300 }],
  ['12in@240', { by: 'print', width: 12, unit: 'inch', dpi: 240 }],
])('%s in an address is a size', (text, target) => {
  expect(readSizeText(text, 'size')).toEqual(target);
});

test.each([
  '',
  '3000',
  'w',
  '-2x',
  '1e3w',
  '3000w@300',
  '30cm@',
  '0x',
  '99x',
  '2.5w',
  '30cm@9',
  'x2',
])('%j in an address is none', (text) => {
  expect(() => readSizeText(text, 'size')).toThrow(
    expect.objectContaining({ problem: 'option-wrong' }),
  );
});
