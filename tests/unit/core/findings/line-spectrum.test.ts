import { expect, test } from 'vitest';
import { addPower, highest, span } from '../../../../src/core/findings/line-spectrum';

/** The same by its definition: a straight line taken out, Hann's taper, each frequency by itself. */
function powerByDefinition(values: readonly number[]): number[] {
  const x = values.map((_, i) => i - (span - 1) / 2);
  const mean = values.reduce((sum, v) => sum + v, 0) / span;
  const slope =
    values.reduce((sum, v, i) => sum + v * x[i]!, 0) / x.reduce((sum, v) => sum + v * v, 0);
  const line = values.map((v, i) => {
    const taper = Math.sqrt(2 / 3 / span) * (1 - Math.cos((2 * Math.PI * (i + 0.5)) / span));
    return taper * (v - mean - slope * x[i]!);
  });
  return Array.from({ length: highest + 1 }, (_, k) => {
    if (k === 0) return 0;
    const turn = (2 * Math.PI * k) / span;
    const real = line.reduce((sum, v, i) => sum + v * Math.cos(turn * i), 0);
    const imaginary = line.reduce((sum, v, i) => sum + v * Math.sin(turn * i), 0);
    return real ** 2 + imaginary ** 2;
  });
}

const rough = Array.from({ length: span }, (_, i) => 90 + 40 * Math.sin(i * i * 0.7) + i);

test.each([1, 3])('a piece, every %i values, has the power of its definition', (stride) => {
  const luma = new Float32Array(10 + span * stride).fill(7);
  rough.forEach((value, i) => (luma[5 + i * stride] = value));
  const power = new Float64Array(highest + 1);
  expect(addPower(luma, 5, stride, power)).toBe(1);
  const wanted = powerByDefinition(rough);
  for (let k = 0; k <= highest; k++) expect(power[k]).toBeCloseTo(wanted[k]!, 2);
});

test('a piece with a transparent pixel adds nothing', () => {
  const luma = Float32Array.from(rough);
  luma[20] = NaN;
  const power = new Float64Array(highest + 1);
  expect(addPower(luma, 0, 1, power)).toBe(0);
  expect(power.every((each) => each === 0)).toBe(true);
});
