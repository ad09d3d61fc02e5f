import { peakOf, writeMeans } from './depth';
import { displayTable, lightTable } from './light';
import { createRaster, depthOf, type Depth, type Samples } from './raster';
import { release } from './release';
import type { Size } from './rect';
import { bicubicTaps, type Taps } from './resample';
import type { RowSource } from './rows';

/** Samples of the source that are read at a time, its reach left out. */
const mostRead = 2 ** 23;

/**
 * A picture at another size, made as its rows are asked for: each pixel's light is mixed from the pixels under
 * it, as a lens would, not its display value. Keys' cubic, widened when the picture is made smaller (see
 * `bicubicTaps`); colour is weighted by alpha. The display curve is sRGB's, whatever the picture's space: others
 * are near it, and a flat colour stays what it is with any.
 *
 * @param source The picture; for a row of the result about four rows of it are read, more by as much as it is
 *   made smaller.
 * @param size The wanted size.
 * @returns Its rows; the source itself where it has that size.
 */
export function resizeRows(source: RowSource, size: Size): RowSource {
  const { width, height } = source;
  if (width === size.width && height === size.height) return source;
  const columns = bicubicTaps(width, size.width);
  const most = Math.max(1, Math.floor((mostRead * size.height) / (height * width * 4)));
  return {
    ...{ ...source, width: size.width, height: size.height },
    async read(y, count) {
      const { hasAlpha, depth } = source;
      const out: Samples = createRaster<Depth>({ ...size, height: count }, hasAlpha, depth).data;
      for (let done = 0; done < count; done += most) {
        const some = Math.min(most, count - done);
        const rows = bicubicTaps(height, size.height, y + done, some);
        const used = rows.index.filter((_, i) => rows.weight[i] !== 0);
        const first = used.reduce((least, row) => Math.min(least, row), height);
        const last = used.reduce((latest, row) => Math.max(latest, row), 0);
        const data = await source.read(first, last - first + 1);
        const wanted = { columns, rows, width: size.width, count: some };
        const band = resizeBand({ ...source, data, first }, wanted);
        out.set(band, done * size.width * 4);
        release(data, band);
      }
      return out;
    },
  };
}

/** Rows of a picture. */
type Part = Omit<RowSource, 'read'> & {
  readonly data: Samples;
  /** Which row they begin with. */
  readonly first: number;
};

type Wanted = {
  readonly columns: Taps;
  readonly rows: Taps;
  readonly width: number;
  readonly count: number;
};

function resizeBand(part: Part, { columns, rows, width, count }: Wanted): Samples {
  const { hasAlpha, depth, first } = part;
  const out: Samples = createRaster<Depth>({ width, height: count }, hasAlpha, depth).data;
  const lines = new Map<number, Float32Array>();
  const sum = new Float32Array(width * 4);
  const straight = new Float64Array(width * 4);
  for (let y = 0; y < count; y++) {
    sum.fill(0);
    let lowest = Infinity;
    for (let tap = y * rows.count; tap < (y + 1) * rows.count; tap++) {
      const weight = rows.weight[tap]!;
      if (weight === 0) continue;
      const row = rows.index[tap]! - first;
      lowest = Math.min(lowest, row);
      let line = lines.get(row);
      if (!line) lines.set(row, (line = lightRow(part, row, columns, width)));
      for (let i = 0; i < sum.length; i++) sum[i]! += weight * line[i]!;
    }
    for (const row of lines.keys()) if (row < lowest) lines.delete(row);
    showRow(sum, hasAlpha, depth, straight);
    writeMeans(straight, out, y * width * 4);
  }
  return out;
}

/** A row resampled along x, `[width * 4]`: light weighted by alpha, and alpha, all 0..1. */
function lightRow({ data, hasAlpha, ...part }: Part, row: number, taps: Taps, width: number) {
  const depth = depthOf({ data });
  const light = lightTable(depth);
  const peak = peakOf(depth);
  const line = new Float32Array(width * 4);
  const start = row * part.width * 4;
  for (let x = 0; x < width; x++) {
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    for (let tap = x * taps.count, end = tap + taps.count; tap < end; tap++) {
      const at = start + taps.index[tap]! * 4;
      const cover = hasAlpha ? data[at + 3]! / peak : 1;
      const weight = taps.weight[tap]! * cover;
      red += weight * light[data[at]!]!;
      green += weight * light[data[at + 1]!]!;
      blue += weight * light[data[at + 2]!]!;
      alpha += weight;
    }
    line.set([red, green, blue, alpha], x * 4);
  }
  return line;
}

/** Turns a row of weighted sums into straight display values and alpha, in levels. */
function showRow(sum: Float32Array, hasAlpha: boolean, depth: Depth, straight: Float64Array): void {
  const peak = peakOf(depth);
  const display = displayTable();
  const steps = display.length - 2;
  for (let x = 0; x < sum.length; x += 4) {
    const alpha = sum[x + 3]!;
    const divisor = hasAlpha ? Math.max(alpha, 1e-6) : 1;
    for (let c = x; c < x + 3; c++) {
      const at = Math.min(1, Math.max(0, sum[c]! / divisor)) * steps;
      const step = Math.floor(at);
      const low = display[step]!;
      straight[c] = peak * (low + (at - step) * (display[step + 1]! - low));
    }
    straight[x + 3] = hasAlpha ? alpha * peak : peak;
  }
}
