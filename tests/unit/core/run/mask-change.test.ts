import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRaster } from '../../../../src/core/picture/raster';
import { neutralFinish } from '../../../../src/core/recipe/finish';
import { finishPixels } from '../../../../src/core/run/finish-pixels';
import { findChange } from '../../../../src/core/run/mask-change';
import { anyFinish } from '../finishes';
import { drawNoise } from '../pictures';

const size = { width: 40, height: 30 };
const grid = { width: 8, height: 6 };

/** Plates that show a part of a result, at a zoom. */
function lay(zoom: number) {
  const places = (length: number) =>
    Int32Array.from({ length }, (_, i) => 7 + Math.floor(i / zoom));
  const [columns, rows] = [places(size.width), places(size.height)];
  const whole = { width: columns.at(-1)! + 9, height: rows.at(-1)! + 4 };
  return { columns, rows, whole, step: 1 / zoom };
}

test('what lies outside of the part is the same, to the byte', () => {
  const plain = drawNoise(size.width, size.height, true);
  const enhanced = { ...plain, data: plain.data.slice().reverse() };
  const cell = fc.record({ at: fc.nat(47), value: fc.nat(255) });
  const zoom = fc.constantFrom(0.2, 1, 2.5);
  fc.assert(
    fc.property(anyFinish, zoom, fc.array(cell, { maxLength: 3 }), (asked, scale, cells) => {
      const places = lay(scale);
      const mask = { ...grid, values: new Uint8Array(48).fill(200) };
      const values = mask.values.slice();
      for (const { at, value } of cells) values[at] = value;
      const before = { ...asked, mask };
      const after = { ...asked, mask: { ...mask, values } };
      const part = findChange(before, after, places);
      const render = (finish: typeof before) => {
        const out = createRaster(size, true);
        finishPixels({ plain, enhanced, ...places, drift: null }, finish, out);
        return out.data;
      };
      const [a, b] = [render(before), render(after)];
      for (let i = 0; i < a.length; i++) {
        const [x, y] = [(i >> 2) % size.width, Math.floor((i >> 2) / size.width)];
        const isInside =
          part && x >= part.x && y >= part.y && x < part.x + part.width && y < part.y + part.height;
        if (!isInside) expect(b[i]).toBe(a[i]);
      }
    }),
    { numRuns: 100 },
  );
});

test('it is less than all for a small stroke, all for another change, nothing for none', () => {
  const places = lay(1);
  const all = { x: 0, y: 0, ...size };
  const mask = { ...grid, values: new Uint8Array(48) };
  const values = mask.values.slice();
  values[0] = 9;
  const finish = { ...neutralFinish, mask };
  const part = findChange(finish, { ...finish, mask: { ...grid, values } }, places)!;
  expect(part.width * part.height).toBeLessThan(size.width * size.height * 0.3);
  expect(findChange(finish, finish, places)).toBeNull();
  expect(findChange(finish, { ...finish, strength: 0.5 }, places)).toEqual(all);
  expect(findChange(finish, { ...finish, mask: null }, places)).toEqual(all);
  const other = { width: 2, height: 2, values: new Uint8Array(4) };
  expect(findChange(finish, { ...finish, mask: other }, places)).toEqual(all);
});
