import { EnhanceError } from '../errors';
import { outputsOf, type Network } from '../plan/network';
import { peakOf, roundLevel } from '../picture/depth';
import { bytesOf, depthOf, type Raster, type Samples } from '../picture/raster';
import { intersect, magnify, type Rect } from '../picture/rect';
import { bicubicTaps, reflect, type Taps } from '../picture/resample';
import { roomIn, samplesIn } from '../picture/spares';
import type { Band, TileGrid } from '../plan/tiles';
import { Turns } from '../turns';
import type { BandRunner, Patch, TileHooks } from './bands';

/**
 * The tile loop on plain arrays: the CPU path, and the specification of the GPU-resident loop.
 *
 * A tile whose window has one colour only is not run again for the same colour: equal input, equal
 * result. Pictures on white have many.
 */
export class ArrayLoop implements BandRunner {
  readonly #grid: TileGrid;
  readonly #network: Network;
  readonly #hooks: TileHooks;
  readonly #input: Float32Array;
  #flat: { readonly key: string; readonly result: Float32Array } | null = null;
  readonly #turns = new Turns();

  /**
   * @param grid The tiles.
   * @param network What to run; its geometry must be the grid's.
   * @param hooks Cancel, between tiles, and progress.
   */
  constructor(grid: TileGrid, network: Network, hooks: TileHooks) {
    const { window, controls } = grid;
    const plane = window.width * window.height;
    this.#grid = grid;
    this.#network = network;
    this.#hooks = hooks;
    this.#input = new Float32Array((3 + controls.length) * plane);
    for (const [k, control] of controls.entries())
      if (control !== 'varying') this.#input.fill(control, (3 + k) * plane, (4 + k) * plane);
  }

  /**
   * See {@link BandRunner}.
   *
   * @param band The band.
   * @param patch What it reads.
   * @param spare Where its pixels may go.
   * @returns Its pixels.
   * @throws {DOMException} AbortError, between tiles.
   * @throws {EnhanceError} `wrong-result` when the network returns another size or NaN.
   */
  run(band: Band, patch: Patch, spare: ArrayBuffer | null = null): Promise<Samples> {
    return this.#turns.take(undefined, () => this.#runBand(band, patch, spare));
  }

  async #runBand(band: Band, patch: Patch, spare: ArrayBuffer | null): Promise<Samples> {
    const { signal } = this.#hooks;
    const size = magnify(band.rect, this.#grid.geometry.scale);
    const depth = depthOf(patch.raster);
    const bytes = bytesOf(size, depth);
    // Its tiles cover all of it.
    const data = samplesIn(roomIn(spare, bytes), (bytes * 8) / depth, depth);
    const { hasAlpha, space } = patch.raster;
    const output: Raster = { width: size.width, height: size.height, hasAlpha, space, data };
    for (const core of band.tiles) {
      signal.throwIfAborted();
      const { result, isKnown } = await this.#infer(core, patch);
      signal.throwIfAborted();
      scatterTile(result, patch, this.#grid, core, band.rect, output);
      await this.#hooks.onTile(core, isKnown);
    }
    return output.data;
  }

  async #infer(core: Rect, patch: Patch): Promise<{ result: Float32Array; isKnown: boolean }> {
    const { window, geometry, amount } = this.#grid;
    const key = flatKey(patch, seenRect(this.#grid, core, patch));
    if (key !== null && key === this.#flat?.key)
      return { result: this.#flat.result, isKnown: true };
    gatherTile(patch, this.#grid, core, this.#input);
    const result = await this.#network.run(this.#input, window);
    const wanted = outputsOf(geometry) * window.width * window.height * geometry.scale ** 2;
    if (result.length !== wanted)
      throw new EnhanceError('network-size-wrong', { values: result.length, wanted });
    if (amount < 1) mixInput(result, this.#input, amount);
    if (key !== null) this.#flat = { key, result: result.slice() };
    return { result, isKnown: false };
  }
}

/** What the network sees of a tile, in source pixels; may reach beyond the photo. */
function windowRect({ window, margin }: TileGrid, core: Rect): Rect {
  return { x: core.x - margin, y: core.y - margin, ...window };
}

/** What of it lies in the photo, and so in the patch. */
function seenRect(grid: TileGrid, core: Rect, { rect }: Patch): Rect {
  return intersect(windowRect(grid, core), rect) ?? core;
}

/** The one RGB colour of a rectangle and the one value of each plane there, or null where some are several. */
function flatKey({ rect, raster, planes }: Patch, part: Rect): string | null {
  const { data } = raster;
  const start = (part.y - rect.y) * rect.width + part.x - rect.x;
  const [red, green, blue] = [data[start * 4]!, data[start * 4 + 1]!, data[start * 4 + 2]!];
  const levels = planes.map(({ values }) => values[start]!);
  for (let y = 0; y < part.height; y++)
    for (let x = 0, i = start + y * rect.width; x < part.width; x++, i++) {
      const at = i * 4;
      if (data[at] !== red || data[at + 1] !== green || data[at + 2] !== blue) return null;
      for (let p = 0; p < planes.length; p++) if (planes[p]!.values[i] !== levels[p]) return null;
    }
  return [red, green, blue, ...levels].join();
}

/** Fills the planes of `[3+k, h, w]` that vary with the window round `core`, mirrored at the edges. */
function gatherTile(patch: Patch, grid: TileGrid, core: Rect, input: Float32Array): void {
  const { window, source, controls } = grid;
  const { rect, raster, planes } = patch;
  const { data } = raster;
  const peak = peakOf(depthOf(raster));
  const area = window.width * window.height;
  const varying = [...controls.keys()].filter((k) => controls[k] === 'varying');
  const starts = varying.map((k) => (3 + k) * area);
  const origin = windowRect(grid, core);
  // Beyond the patch lies only the padding of clipped tiles, whose results are cut off.
  const place = (at: number, length: number, start: number, count: number) =>
    Math.min(Math.max(reflect(at, length) - start, 0), count - 1);
  const columns = new Int32Array(window.width);
  for (let x = 0; x < window.width; x++)
    columns[x] = place(origin.x + x, source.width, rect.x, rect.width);
  for (let y = 0, to = 0; y < window.height; y++) {
    const row = place(origin.y + y, source.height, rect.y, rect.height) * rect.width;
    for (let x = 0; x < window.width; x++, to++) {
      const from = row + columns[x]!;
      input[to] = data[from * 4]! / peak;
      input[area + to] = data[from * 4 + 1]! / peak;
      input[2 * area + to] = data[from * 4 + 2]! / peak;
      for (let p = 0; p < planes.length; p++) input[starts[p]! + to] = planes[p]!.values[from]!;
    }
  }
}

/** Takes back all but the wanted amount of what a network of scale 1 changed. */
function mixInput(result: Float32Array, input: Float32Array, amount: number): void {
  for (let i = 0; i < result.length; i++) result[i]! += (1 - amount) * (input[i]! - result[i]!);
}

/** Rounds the core of a result and writes it, with bicubic alpha, to its place in the band; one plane as gray. */
function scatterTile(
  result: Float32Array,
  patch: Patch,
  grid: TileGrid,
  core: Rect,
  band: Rect,
  output: Raster,
): void {
  const { scale } = grid.geometry;
  const peak = peakOf(depthOf(output));
  const stride = grid.window.width * scale;
  const plane = outputsOf(grid.geometry) === 1 ? 0 : stride * grid.window.height * scale;
  const inset = grid.margin * scale;
  const start = (core.y - band.y) * scale * output.width + (core.x - band.x) * scale;
  let finite = 0;
  for (let y = 0; y < core.height * scale; y++) {
    let from = (inset + y) * stride + inset;
    let to = (start + y * output.width) * 4;
    for (let x = 0; x < core.width * scale; x++, from++, to += 4) {
      const red = result[from]!;
      const green = result[plane + from]!;
      const blue = result[2 * plane + from]!;
      finite += red + green + blue;
      output.data[to] = roundLevel(red * peak, peak);
      output.data[to + 1] = roundLevel(green * peak, peak);
      output.data[to + 2] = roundLevel(blue * peak, peak);
      output.data[to + 3] = peak;
    }
  }
  if (!Number.isFinite(finite)) throw new EnhanceError('network-not-a-number');
  if (output.hasAlpha) writeAlpha(patch, grid, core, start, output);
}

/** Bicubic alpha of a core; networks see colour only. */
function writeAlpha(
  patch: Patch,
  { source, geometry: { scale } }: TileGrid,
  core: Rect,
  start: number,
  output: Raster,
): void {
  const columns = bicubicTaps(
    source.width,
    source.width * scale,
    core.x * scale,
    core.width * scale,
  );
  const rows = bicubicTaps(
    source.height,
    source.height * scale,
    core.y * scale,
    core.height * scale,
  );
  const peak = peakOf(depthOf(output));
  for (let y = 0; y < core.height * scale; y++)
    for (let x = 0; x < core.width * scale; x++)
      output.data[(start + y * output.width + x) * 4 + 3] = roundLevel(
        sampleAlpha(patch, columns, x, rows, y),
        peak,
      );
}

function sampleAlpha(
  { rect, raster }: Patch,
  columns: Taps,
  x: number,
  rows: Taps,
  y: number,
): number {
  let sum = 0;
  for (let j = y * rows.count; j < (y + 1) * rows.count; j++) {
    const row = (rows.index[j]! - rect.y) * rect.width - rect.x;
    let line = 0;
    for (let i = x * columns.count; i < (x + 1) * columns.count; i++)
      line += columns.weight[i]! * raster.data[(row + columns.index[i]!) * 4 + 3]!;
    sum += rows.weight[j]! * line;
  }
  return sum;
}
