import { EnhanceError } from './errors';
import type { Geometry } from './network';
import type { Size } from './raster';
import { listSteps, type ControlName, type Recipe, type Scale, type Step } from './recipe';

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

/** What a plan depends on of a step's network. */
export type Model = Geometry & {
  /** Names of the constant planes behind R, G and B, in order. */
  readonly controls: readonly ControlName[];
  /** Multiply-accumulates per input pixel. */
  readonly macsPerPixel: number;
};

/** What will be done, decided before anything is. */
export type Plan<M extends Model = Model> = {
  readonly output: Size;
  /** In the order of work; none where the result is the photo itself. */
  readonly steps: readonly StepPlan<M>[];
  /** Most bytes of one band's result. */
  readonly bandBytes: number;
  /** Worst-case bytes of the rasters on the CPU side. */
  readonly peakBytes: number;
  /** Multiply-accumulates of all steps. */
  readonly macs: number;
};

/** One step of a plan. */
export type StepPlan<M extends Model = Model> = {
  readonly step: Step;
  readonly model: M;
  /** Side of a tile's core in pixels of the step's input. */
  readonly tile: number;
  /** Values of the model's constant planes, in its order. */
  readonly controls: readonly number[];
  /** Multiply-accumulates of the whole picture. */
  readonly macs: number;
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
 * @param choose Gives each step its network; what it throws is passed on.
 * @param capabilities The machine's.
 * @param forcedTile Core side to use instead of the planned ones, or 0.
 * @returns The plan.
 * @throws {EnhanceError} `too-large`, with the largest scale that fits in `detail.fits`.
 */
export function makePlan<M extends Model>(
  recipe: Recipe,
  source: Size,
  choose: (step: Step) => M,
  capabilities: Capabilities,
  forcedTile = 0,
): Plan<M> {
  const peakBytes = rasterBytes(source, recipe.scale);
  if (peakBytes > capabilities.rasterBytes) throw refuse(recipe, source, capabilities);
  const steps = listSteps(recipe).map((step): StepPlan<M> => {
    const model = choose(step);
    return {
      step,
      model,
      tile: forcedTile || chooseTile(model, capabilities),
      controls: model.controls.map((name) => step.controls[name] ?? 0),
      macs: model.macsPerPixel * source.width * source.height,
    };
  });
  return {
    output: scaled(source, recipe.scale),
    steps,
    bandBytes: Math.min(bandBytes, capabilities.bindingBytes || Infinity),
    peakBytes,
    macs: steps.reduce((sum, { macs }) => sum + macs, 0),
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

/**
 * The photo, the result and a third raster, RGBA8: a step's input, which is never larger than the
 * result, and while saving the blend.
 */
function rasterBytes({ width, height }: Size, scale: number): number {
  return width * height * 4 * (1 + 2 * scale * scale);
}

function refuse(recipe: Recipe, source: Size, capabilities: Capabilities): EnhanceError {
  const megapixels = (size: Size) => `${Math.round((size.width * size.height) / 1e6)} MP`;
  const fits = ([2, 1] as Scale[]).find((scale) => {
    const isUseful = scale < recipe.scale && listSteps({ ...recipe, scale }).length > 0;
    return isUseful && rasterBytes(source, scale) <= capabilities.rasterBytes;
  });
  const advice = fits
    ? `${fits}× fits.`
    : 'Crop or reduce the photo first; nothing has been changed.';
  return new EnhanceError(
    'too-large',
    `${recipe.scale}× would make ${megapixels(scaled(source, recipe.scale))}, more than this browser can hold. ${advice}`,
    { fits: fits ?? null, rasterBytes: capabilities.rasterBytes },
  );
}
