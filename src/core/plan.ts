import { EnhanceError } from './errors';
import type { Geometry } from './network';
import type { Size } from './raster';
import type { Recipe, Scale } from './recipe';

/** What the machine can do, as far as a plan depends on it. */
export type Capabilities = {
  readonly backend: 'webgpu' | 'wasm';
  /** True where WebGPU runs on the CPU. */
  readonly software: boolean;
  /** Largest GPU buffer that may be bound, in bytes; unused on wasm. */
  readonly bindingBytes: number;
  /** Most bytes that the source and result rasters may take together. */
  readonly rasterBytes: number;
};

/** What will be done, decided before anything is. */
export type Plan = {
  readonly output: Size;
  /** Side of a tile's core in source pixels. */
  readonly tile: number;
  /** Most bytes of one band's result. */
  readonly bandBytes: number;
  /** Worst-case bytes of the rasters on the CPU side. */
  readonly peakBytes: number;
};

/**
 * Bytes of the widest intermediate tensor per window pixel that a tile is planned for: 64 float32
 * channels, twice what the fast nets need, so that a larger net of the same kind still fits.
 */
const activationBytes = 256;

/**
 * Core sides by tier. GPU: the margin of a 10-pixel halo costs 10 % of the inferred pixels at 384.
 * CPU: a tile of 192 takes about a third of a second on one core, which bounds how long Cancel waits.
 * Software adapter: over a hundred times slower than wasm, so tiles are tiny.
 */
const tileSides = { gpu: 384, wasm: 192, software: 64 };

/** A few tiles: finished pixels reach the screen soon, and a read-back still hides behind the next band. */
const bandBytes = 8 * 2 ** 20;

/**
 * Plans a recipe for one photo on one machine.
 *
 * @param recipe What was asked.
 * @param source The photo's size.
 * @param geometry The chosen network's.
 * @param capabilities The machine's.
 * @param forcedTile Core side to use instead of the planned one, or 0.
 * @returns The plan.
 * @throws {EnhanceError} `too-large`, with the largest setting that fits in `detail.fits`.
 */
export function makePlan(
  recipe: Recipe,
  source: Size,
  geometry: Geometry,
  capabilities: Capabilities,
  forcedTile = 0,
): Plan {
  const peakBytes = rasterBytes(source, recipe.scale);
  if (peakBytes > capabilities.rasterBytes) throw refuse(recipe, source, capabilities);
  return {
    output: scaled(source, recipe.scale),
    tile: forcedTile || chooseTile(geometry, capabilities),
    bandBytes: Math.min(bandBytes, capabilities.bindingBytes || Infinity),
    peakBytes,
  };
}

function chooseTile({ halo, scale }: Geometry, capabilities: Capabilities): number {
  if (capabilities.backend === 'wasm') return tileSides.wasm;
  if (capabilities.software) return tileSides.software;
  const perPixel = Math.max(activationBytes, 4 * 3 * scale * scale);
  const window = Math.floor(Math.sqrt(capabilities.bindingBytes / perPixel));
  return Math.max(16, Math.min(tileSides.gpu, window - 2 * halo));
}

function scaled({ width, height }: Size, scale: number): Size {
  return { width: width * scale, height: height * scale };
}

/** Source and result, RGBA8; a second result-sized raster holds the blend while saving. */
function rasterBytes({ width, height }: Size, scale: number): number {
  return width * height * 4 * (1 + 2 * scale * scale);
}

function refuse(recipe: Recipe, source: Size, capabilities: Capabilities): EnhanceError {
  const megapixels = (size: Size) => `${Math.round((size.width * size.height) / 1e6)} MP`;
  const fits = ([2] as Scale[]).find(
    (scale) => scale < recipe.scale && rasterBytes(source, scale) <= capabilities.rasterBytes,
  );
  const advice = fits
    ? `${fits}× fits.`
    : 'Crop or reduce the photo first; nothing has been changed.';
  return new EnhanceError(
    'too-large',
    `${recipe.scale}× would make ${megapixels(scaled(source, recipe.scale))}, more than this browser can hold. ${advice}`,
    { fits: fits ?? null, rasterBytes: capabilities.rasterBytes },
  );
}
