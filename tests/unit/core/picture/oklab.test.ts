/** Oklab on plain numbers: cubic roots and light by tables, against their definitions. */
import { expect, it } from 'vitest';
import { displayTable } from '../../../../src/core/picture/light';
import {
  lightOf,
  nearRootOf,
  rootOf,
  toOklab,
  valueIn,
  valueOf,
} from '../../../../src/core/picture/oklab';

/** Each power of 2 and its neighbours, where the table goes on, and evenly between, from none to all light. */
const edges = Array.from({ length: 40 }, (_, i) => 2 ** -i);
const beside = edges.flatMap((edge) => [edge * (1 - 1e-9), edge, edge * (1 + 1e-9)]);
const even = Array.from({ length: 10_001 }, (_, i) => i / 10_000);
const values = [...beside.filter((each) => each <= 1), ...even];

it('takes cubic roots as Math.cbrt does', () => {
  for (const value of values)
    expect(Math.abs(rootOf(value) - Math.cbrt(value))).toBeLessThanOrEqual(1e-13);
});

it('takes quick roots to five in ten million of themselves', () => {
  for (const value of values) {
    const root = Math.cbrt(value);
    expect(Math.abs(nearRootOf(value) - root)).toBeLessThanOrEqual(5e-7 * root);
  }
});

it('takes a value to light and back', () => {
  const table = displayTable();
  for (let level = 0; level <= 65535; level += 41) {
    const value = level / 65535;
    expect(Math.abs(valueOf(lightOf(value)) - value) * 65535).toBeLessThan(0.05);
    expect(valueIn(table, value)).toBe(valueOf(value));
  }
});

it('leaves no colour in gray, and white at 1', () => {
  const [lightness, a, b] = toOklab(1, 1, 1);
  expect(lightness).toBeCloseTo(1, 6);
  for (const none of [a, b]) expect(none).toBeCloseTo(0, 6);
});
