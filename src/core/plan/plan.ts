import { EnhanceError } from '../errors';
import type { Geometry } from './network';
import type { Size } from '../picture/rect';
import { listSteps, type ControlName, type Recipe, type Scale, type Step } from '../recipe/recipe';
import { planTiles } from './tiles';

/** How much a machine can hold: `small` is a phone, `medium` a machine of 4 GiB or less. */
export type MemoryClass = 'small' | 'medium' | 'large';

/** What the machine can do, as far as a plan depends on it. */
export type Capabilities = {
  readonly backend: 'webgpu' | 'wasm';
  /** True where WebGPU runs on the CPU. */
  readonly software: boolean;
  /** Largest GPU buffer that may be bound, in bytes; unused on wasm. */
  readonly bindingBytes: number;
  readonly memory: MemoryClass;
};

/** What a plan depends on of a step's network. */
export type Model = Geometry & {
  /** Names of the constant planes behind R, G and B, in order. */
  readonly controls: readonly ControlName[];
  /** Multiply-accumulates per input pixel. */
  readonly macsPerPixel: number;
  /** Bytes per input pixel of its widest float32 tensor. */
  readonly widestBytes: number;
};

/** What will be done, decided before anything is. */
export type Plan<M extends Model = Model> = {
  readonly output: Size;
  /** In the order of work; none where the result is the photo itself. */
  readonly steps: readonly StepPlan<M>[];
  /** Worst-case bytes of the rasters on the CPU side and of one tile. */
  readonly peakBytes: number;
  /** Multiply-accumulates of all steps. */
  readonly macs: number;
  /** Expected time of all steps in seconds; null where the pace of one of them is not known. */
  readonly seconds: number | null;
};

/** One step of a plan. */
export type StepPlan<M extends Model = Model> = {
  readonly step: Step;
  readonly model: M;
  /** Side of a tile's core in pixels of the step's input. */
  readonly tile: number;
  /** Values of the model's constant planes, in its order. */
  readonly controls: readonly number[];
  /** Multiply-accumulates of the whole picture, margins left out. */
  readonly macs: number;
};

/** What may be chosen about a plan. */
export type PlanOptions<M extends Model> = {
  /** Gives each step its network; what it throws is passed on. */
  readonly choose: (step: Step) => M;
  /** Milliseconds per multiply-accumulate of a network on this machine; null where not measured yet. */
  readonly paceOf?: (model: M) => number | null;
  /** Core side to use instead of the planned ones, or 0. */
  readonly tile?: number;
};

/** Most bytes that the rasters may take together. A 4x result of 12 MP takes 1.6 GiB. */
const rasterBudget: Record<MemoryClass, number> = {
  small: 0.75 * 2 ** 30,
  medium: 2 ** 30,
  large: 2 * 2 ** 30,
};

/** Most bytes of GPU memory that one tile may take. */
const tileBudget: Record<MemoryClass, number> = {
  small: 96 * 2 ** 20,
  medium: 256 * 2 ** 20,
  large: 2 ** 30,
};

/** Tensors of the widest kind that are alive at once: a layer's input, its result, and a copy in another layout. */
const liveTensors = 3;

/**
 * Core sides by tier, where the pace allows them. GPU: 32 halos, which the margins make 1.13 times the
 * work. CPU: a tile of 256 takes a third of a second on two cores; 10 % faster in all than 192; nets of
 * a wide reach get 12 halos, 1.36 times the work, as long as the first tile, whose pace nobody knows yet,
 * stays a matter of seconds. Software adapter: over a hundred times slower than wasm, so tiles are tiny.
 */
const tileSides = {
  gpu: (halo: number) => Math.max(256, 32 * halo),
  wasm: (halo: number) => Math.min(Math.max(256, 12 * halo), 640),
  software: 64,
};

/** No tile is planned smaller: its margins would be nearly all of the work. */
const leastTile = (halo: number) => Math.max(64, 2 * halo);

/**
 * What a tile may take, in milliseconds. GPU: a driver's patience with one submit. CPU: a person's with
 * Cancel; smaller tiles would make a slow machine spend its time on margins.
 */
const tileMs: Record<Capabilities['backend'], number> = { webgpu: 400, wasm: 2000 };

/** A few tiles: finished pixels reach the screen soon, and a read-back still hides behind the next band. */
const gpuBandBytes = 8 * 2 ** 20;

/**
 * Plans a recipe for one photo on one machine.
 *
 * @param recipe What was asked.
 * @param source The photo's size.
 * @param capabilities The machine's.
 * @param options The networks, and what is known of them here.
 * @returns The plan.
 * @throws {EnhanceError} `result-too-large`, with the largest scale that fits.
 */
export function makePlan<M extends Model>(
  recipe: Recipe,
  source: Size,
  capabilities: Capabilities,
  options: PlanOptions<M>,
): Plan<M> {
  const { choose, paceOf = () => null } = options;
  const raster = rasterBytes(source, recipe);
  if (raster > rasterBudget[capabilities.memory]) throw refuse(recipe, source, capabilities.memory);
  const bandBytes = chooseBand(capabilities);
  let peakTile = 0;
  let seconds: number | null = 0;
  const steps = listSteps(recipe).map((step): StepPlan<M> => {
    const model = choose(step);
    const pace = paceOf(model);
    const tile = options.tile || chooseTile(model, capabilities, pace);
    const { window, tileCount } = planTiles(source, model, { tile, bandBytes });
    const pixels = window.width * window.height;
    peakTile = Math.max(peakTile, pixels * model.widestBytes * liveTensors);
    if (pace === null || seconds === null) seconds = null;
    else seconds += (tileCount * pixels * model.macsPerPixel * pace) / 1000;
    return {
      step,
      model,
      tile,
      controls: model.controls.map((name) => step.controls[name] ?? 0),
      macs: model.macsPerPixel * source.width * source.height,
    };
  });
  return {
    output: scaled(source, recipe.scale),
    steps,
    peakBytes: raster + peakTile,
    macs: steps.reduce((sum, { macs }) => sum + macs, 0),
    seconds,
  };
}

/**
 * The side of a tile's core: as large as pays, as small as the machine's limits and its pace demand.
 *
 * @param model The network.
 * @param capabilities The machine's.
 * @param pace Its milliseconds per multiply-accumulate, or null.
 * @returns Pixels of the step's input.
 */
export function chooseTile(
  { halo, scale, macsPerPixel, widestBytes }: Model,
  { backend, software, bindingBytes, memory }: Capabilities,
  pace: number | null,
): number {
  const isGpu = backend === 'webgpu';
  const usual = !isGpu ? tileSides.wasm(halo) : software ? tileSides.software : tileSides.gpu(halo);
  const binding = bindingBytes / Math.max(widestBytes, 4 * 3 * scale * scale);
  const held = tileBudget[memory] / (widestBytes * liveTensors);
  const timely = pace === null ? Infinity : tileMs[backend] / (macsPerPixel * pace);
  const window = Math.sqrt(Math.min(isGpu ? binding : Infinity, held, timely));
  return Math.max(Math.min(usual, leastTile(halo)), Math.min(usual, Math.floor(window) - 2 * halo));
}

/**
 * How much is copied back at once.
 *
 * @param capabilities The machine's.
 * @returns Most bytes of one band's result; on the CPU, where copying costs nothing, each tile is one.
 */
export function chooseBand({ backend, bindingBytes }: Capabilities): number {
  return backend === 'webgpu' ? Math.min(gpuBandBytes, bindingBytes) : 1;
}

function scaled({ width, height }: Size, scale: number): Size {
  return { width: width * scale, height: height * scale };
}

/**
 * The photo, the result and a third raster, RGBA8: a step's input, which is never larger than the
 * result, and while saving the blend. Deblurring holds a fourth: the photo without its shake.
 */
function rasterBytes({ width, height }: Size, { scale, deblur = 0 }: Recipe): number {
  const most = 1 + 2 * scale * scale;
  return width * height * 4 * (deblur > 0 ? Math.max(most, 4) : most);
}

function refuse(recipe: Recipe, source: Size, memory: MemoryClass): EnhanceError {
  const fits = ([2, 1] as Scale[]).find((scale) => {
    const isUseful = scale < recipe.scale && listSteps({ ...recipe, scale }).length > 0;
    return isUseful && rasterBytes(source, { ...recipe, scale }) <= rasterBudget[memory];
  });
  const { scale } = recipe;
  return new EnhanceError('result-too-large', {
    ...scaled(source, scale),
    ...{ scale, fits: fits ?? null },
  });
}
