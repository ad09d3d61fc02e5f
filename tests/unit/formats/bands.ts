import fc from 'fast-check';
import {
  createRaster,
  type Depth,
  type Raster,
  type Samples,
} from '../../../src/core/picture/raster';
import type { Bytes } from '../../../src/formats/metadata/metadata';

/** How samples are kept. */
type Kind = { readonly isGray: boolean; readonly hasAlpha: boolean; readonly depth: Depth };

/** Pictures of arbitrary samples, gray where their kind says so, and how many rows make a band. */
export const pictureKinds = fc
  .record({
    ...{ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 30 }) },
    ...{ isGray: fc.boolean(), hasAlpha: fc.boolean(), depth: fc.constantFrom<Depth>(8, 16) },
    ...{ seed: fc.integer(), smooth: fc.boolean(), rows: fc.integer({ min: 1, max: 9 }) },
  })
  .map(({ width, height, seed, smooth, rows, ...kind }) => ({
    ...{ kind, rows },
    raster: drawPicture({ width, height }, kind, seed, smooth),
  }));

/** A picture of noise, or of a slope with some. */
export function drawPicture(
  size: { width: number; height: number },
  kind: Kind,
  seed: number,
  smooth: boolean,
): Raster {
  const raster: Raster = createRaster(size, kind.hasAlpha, kind.depth);
  const peak = kind.depth === 8 ? 255 : 65535;
  let state = seed;
  for (let i = 0; i < raster.data.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    const noise = ((state >> 8) & 0xffff) / 65535;
    const level = smooth ? (i / raster.data.length + noise / 50) % 1 : noise;
    raster.data[i] = i % 4 === 3 && !kind.hasAlpha ? peak : Math.round(level * peak);
  }
  if (kind.isGray)
    for (let i = 0; i < raster.data.length; i += 4)
      raster.data[i] = raster.data[i + 2] = raster.data[i + 1]!;
  return raster;
}

/** What takes a picture's rows as they come. */
type RowWriter = {
  readonly write: (samples: Samples) => Promise<void>;
  readonly end: () => Promise<readonly Bytes[]>;
};

/** The parts of a picture's file, written so many rows at a time. */
export async function writeInBands(writer: RowWriter, raster: Raster, rows: number) {
  const step = rows * raster.width * 4;
  for (let at = 0; at < raster.data.length; at += step)
    await writer.write(raster.data.subarray(at, at + step));
  return writer.end();
}
