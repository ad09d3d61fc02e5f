import { EnhanceError } from './errors';
import type { Network } from './network';
import { createRaster, type Raster, type Rect } from './raster';
import { bicubicTaps, reflect, type Taps } from './resample';
import type { TileGrid } from './tiles';

/** What a tile loop obeys and tells while it works. */
export type LoopHooks = {
  /** An AbortSignal, or anything that throws once work should stop. */
  readonly signal: { throwIfAborted(): void };
  /**
   * A tile has been computed; its pixels may not be in `output` yet. Awaited, so it is also where the
   * loop yields to other work on its thread.
   */
  onTile(core: Rect): Promise<void> | void;
  /** Pixels have arrived in `output`; `rect`, in source pixels, is one tile or a band of them. */
  onPixels(rect: Rect, output: Raster): void;
};

/**
 * The tile loop on plain arrays: the CPU path, and the specification of the GPU-resident loop.
 *
 * @param source The photo.
 * @param grid Its tiles.
 * @param network What to run; its geometry must be the grid's.
 * @param hooks Cancel and progress.
 * @param output Where to write; `scale` times the source's size.
 * @returns `output`, complete.
 * @throws {DOMException} AbortError, between tiles.
 * @throws {EnhanceError} `wrong-result` when the network returns another size or NaN.
 */
export async function runTiles(
  source: Raster,
  grid: TileGrid,
  network: Network,
  hooks: LoopHooks,
  output: Raster = createOutput(source, grid),
): Promise<Raster> {
  const { window, geometry, controls, amount } = grid;
  const plane = window.width * window.height;
  const input = new Float32Array((3 + controls.length) * plane);
  for (const [k, value] of controls.entries()) input.fill(value, (3 + k) * plane, (4 + k) * plane);
  for (const band of grid.bands)
    for (const core of band.tiles) {
      hooks.signal.throwIfAborted();
      gatherTile(source, grid, core, input);
      const result = await network.run(input, window);
      if (result.length !== 3 * plane * geometry.scale ** 2)
        throw new EnhanceError('wrong-result', 'The network returned a result of another size.');
      hooks.signal.throwIfAborted();
      if (amount < 1) mixInput(result, input, amount);
      scatterTile(result, source, grid, core, output);
      hooks.onPixels(core, output);
      await hooks.onTile(core);
    }
  return output;
}

/**
 * The raster that a grid's results fill.
 *
 * @param source The photo.
 * @param grid Its tiles.
 * @returns A transparent raster, `scale` times the source's size.
 */
export function createOutput(source: Raster, grid: TileGrid): Raster {
  const { scale } = grid.geometry;
  const size = { width: source.width * scale, height: source.height * scale };
  return createRaster(size, source.hasAlpha);
}

/** Fills the colour planes of `[3+k, h, w]` with the window round `core`, mirrored at the edges. */
function gatherTile(source: Raster, grid: TileGrid, core: Rect, input: Float32Array): void {
  const { window, margin } = grid;
  const plane = window.width * window.height;
  const columns = new Int32Array(window.width);
  for (let x = 0; x < window.width; x++)
    columns[x] = reflect(core.x - margin + x, source.width) * 4;
  for (let y = 0; y < window.height; y++) {
    const row = reflect(core.y - margin + y, source.height) * source.width * 4;
    for (let x = 0; x < window.width; x++) {
      const from = row + columns[x]!;
      const to = y * window.width + x;
      input[to] = source.data[from]! / 255;
      input[plane + to] = source.data[from + 1]! / 255;
      input[2 * plane + to] = source.data[from + 2]! / 255;
    }
  }
}

/** Takes back all but the wanted amount of what a network of scale 1 changed. */
function mixInput(result: Float32Array, input: Float32Array, amount: number): void {
  for (let i = 0; i < result.length; i++) result[i]! += (1 - amount) * (input[i]! - result[i]!);
}

/** Rounds the core of a result to 8 bits and writes it, with bicubic alpha, to its place. */
function scatterTile(
  result: Float32Array,
  source: Raster,
  grid: TileGrid,
  core: Rect,
  output: Raster,
): void {
  const { scale } = grid.geometry;
  const stride = grid.window.width * scale;
  const plane = stride * grid.window.height * scale;
  const inset = grid.margin * scale;
  let finite = 0;
  for (let y = 0; y < core.height * scale; y++) {
    let from = (inset + y) * stride + inset;
    let to = ((core.y * scale + y) * output.width + core.x * scale) * 4;
    for (let x = 0; x < core.width * scale; x++, from++, to += 4) {
      const red = result[from]!;
      const green = result[plane + from]!;
      const blue = result[2 * plane + from]!;
      finite += red + green + blue;
      output.data[to] = Math.floor(red * 255 + 0.5);
      output.data[to + 1] = Math.floor(green * 255 + 0.5);
      output.data[to + 2] = Math.floor(blue * 255 + 0.5);
      output.data[to + 3] = 255;
    }
  }
  if (!Number.isFinite(finite))
    throw new EnhanceError('wrong-result', 'The network returned values that are not numbers.');
  if (source.hasAlpha) writeAlpha(source, core, scale, output);
}

/** Bicubic alpha of a core; networks see colour only. */
function writeAlpha(source: Raster, core: Rect, scale: number, output: Raster): void {
  const columns = bicubicTaps(source.width, output.width, core.x * scale, core.width * scale);
  const rows = bicubicTaps(source.height, output.height, core.y * scale, core.height * scale);
  for (let y = 0; y < core.height * scale; y++) {
    let to = ((core.y * scale + y) * output.width + core.x * scale) * 4 + 3;
    for (let x = 0; x < core.width * scale; x++, to += 4)
      output.data[to] = Math.floor(sampleAlpha(source, columns, x, rows, y) + 0.5);
  }
}

function sampleAlpha(source: Raster, columns: Taps, x: number, rows: Taps, y: number): number {
  let sum = 0;
  for (let j = y * rows.count; j < (y + 1) * rows.count; j++) {
    const row = rows.index[j]! * source.width;
    let line = 0;
    for (let i = x * columns.count; i < (x + 1) * columns.count; i++)
      line += columns.weight[i]! * source.data[(row + columns.index[i]!) * 4 + 3]!;
    sum += rows.weight[j]! * line;
  }
  return sum;
}
