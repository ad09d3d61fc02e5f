import { expect, test, vi } from 'vitest';
import { faceLevels } from '../../../../src/core/findings/faces';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import { FaceFinder } from '../../../../src/worker/owner/face-finder';
import { findFaces } from '../../../../src/worker/owner/face-search';
import * as planes from '../../../../src/worker/owner/plane-search';
import type { SearchParts } from '../../../../src/worker/owner/plane-search';

/** What the network would say of a picture with one face, in its middle and a third as wide. */
function seeOneFace(input: Raster): Raster {
  const said = createRaster(input, false, 16);
  const [columns, rows] = [input.width / 32, input.height / 32];
  const write = (column: number, row: number, numbers: readonly number[]) =>
    numbers.forEach((number, i) => {
      const at = (row * 32 * input.width + column * 32 + i) * 4;
      said.data[at] = Math.round((0.5 + number / 32) * 65535);
    });
  const within = (middle: number, cell: number) => Math.log((middle - cell) / (1 - middle + cell));
  const [x, y] = [columns / 2, rows / 2].map((middle) => middle + 0.01) as [number, number];
  const [column, row] = [Math.floor(x), Math.floor(y)];
  write(column, row, [
    ...[within(x, column), within(y, row)],
    ...[Math.log(columns / 3 / 1.603231), Math.log(rows / 3 / 2.094468), 3],
  ]);
  return said;
}

const parts = {} as SearchParts;
const { signal } = new AbortController();
const photo = createRaster({ width: 300, height: 200 }, false);

test('a face is told in parts of the photo, from all sizes that the network has looked at', async () => {
  const seen: Raster[] = [];
  vi.spyOn(planes, 'searchPlane').mockImplementation(async (input) => {
    seen.push(input);
    return seeOneFace(input);
  });
  const faces = await findFaces(photo, parts, { signal });
  expect(seen.map(({ width, height }) => ({ width, height }))).toEqual(faceLevels(photo));
  expect(seen.every(({ data }) => data instanceof Uint16Array)).toBe(true);
  expect(faces).toHaveLength(1);
  expect(faces[0]!.x + faces[0]!.width / 2).toBeCloseTo(0.5, 1);
  expect(faces[0]!.width).toBeCloseTo(1 / 3, 2);
});

test('a photo is searched once, and anew after a failure; not after its end', async () => {
  const search = vi.spyOn(planes, 'searchPlane').mockRejectedValueOnce(new Error('offline'));
  const finder = new FaceFinder(photo);
  await expect(finder.find(parts)).rejects.toThrow('offline');
  search.mockImplementation(async (input) => seeOneFace(input));
  search.mockClear();
  const [first, second] = await Promise.all([finder.find(parts), finder.find(parts)]);
  expect(second).toBe(first);
  expect(search).toHaveBeenCalledTimes(faceLevels(photo).length);
  finder.end();
  await expect(finder.find(parts)).rejects.toThrow(/abort/i);
});
