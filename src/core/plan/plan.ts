import { EnhanceError } from '../errors';
import { mostCodecPixels } from '../format';
import { bytesOf, type Depth } from '../picture/raster';
import type { Size } from '../picture/rect';
import { scales, type Known, type NetworkKind } from '../recipe/kinds';
import {
  heals,
  listSteps,
  scaleOf,
  withoutSize,
  withScale,
  type Recipe,
  type Step,
} from '../recipe/recipe';
import { countGround } from '../recipe/ground';
import { markedShare } from '../recipe/marks';
import { targetSize } from '../recipe/target-size';
import type { TaskTable } from '../recipe/task-row';
import { tasks } from '../recipe/tasks';
import type { Shake } from '../shake/find';
import { planSteps, rastersOf, resultBytes, sumSeconds, type StepPlan } from './step-plan';
import type { Capabilities, MemoryClass, Model } from './tile-size';

/** What will be done, decided before anything is. */
export type Plan<M extends Model = Model> = {
  /** Of the result. */
  readonly output: Size;
  /** Of the picture that is saved, where the recipe has a target size; else the result's. */
  readonly saved: Size;
  /** In the order of work; none where the result is the photo itself. */
  readonly steps: readonly StepPlan<M>[];
  /** How many of the first steps make what the finish mixes the result with; see `countGround`. */
  readonly ground: number;
  /** Worst-case bytes of the rasters on the CPU side, and of one tile or filter. */
  readonly peakBytes: number;
  /** Of all steps, in multiply-accumulates. */
  readonly work: number;
  /** Expected time of all steps in seconds; null where the pace of one of them is not known. */
  readonly seconds: number | null;
};

/** What may be chosen about a plan. */
export type PlanOptions<M extends Model> = {
  /** Gives each network step its model; what it throws is passed on. */
  readonly choose: (step: Step<NetworkKind>) => M;
  /** Milliseconds per multiply-accumulate of a model on this machine; null where not measured yet. */
  readonly paceOf?: (model: M) => number | null;
  /** Core side to use instead of the planned ones, or 0. */
  readonly tile?: number;
  /** Where the source begins in the photo that boxes are told of, in the photo's pixels; its corner by default. */
  readonly corner?: { readonly x: number; readonly y: number };
  /** The photo's, and so of all that is made of it; 8 by default. */
  readonly depth?: Depth;
  /**
   * The photo's shake; null (default) for none. Undefined where it was not looked for: then the plan holds
   * what a shake would add, in bytes as if there was one, in time only the search.
   */
  readonly shake?: Shake | null | undefined;
  /** Bytes that there are for the result outside of memory; 0 by default. */
  readonly room?: number;
  /** The tasks that there are. */
  readonly table?: TaskTable;
};

/** Most pixels of a saved picture: more than anybody prints. */
export const mostSavedPixels = 2 ** 30;

/** Most bytes that the rasters may take together. A 4x result of 20 MP takes 1.3 GiB. */
const rasterBudget: Record<MemoryClass, number> = {
  small: 0.75 * 2 ** 30,
  medium: 2 ** 30,
  large: 2 * 2 ** 30,
};

/**
 * Plans a recipe for one photo on one machine.
 *
 * @param recipe What was asked.
 * @param source The size of the photo, or of the part of it that is worked on.
 * @param capabilities The machine's.
 * @param options The networks, and what is known of them and of the photo here.
 * @returns The plan.
 * @throws {EnhanceError} `result-too-large`, with the largest scale that fits; `damage-everywhere` where nothing is left to heal from.
 */
export function makePlan<M extends Model>(
  recipe: Recipe,
  source: Size,
  capabilities: Capabilities,
  options: PlanOptions<M>,
): Plan<M> {
  const { choose, paceOf = () => null, tile = 0, depth = 8, room = 0, table = tasks } = options;
  const { wrap: wraps = false } = recipe;
  const { memory } = capabilities;
  // What was shaken is a photo, and has edges.
  const shake = 'shake' in options && !wraps ? options.shake : null;
  const damaged = markedShare(recipe.damage);
  const known: Known = { shake: shakeWord(shake), damage: damaged > 0 ? 'found' : 'none' };
  const list = (asked: Recipe) => listSteps(asked, known, table);
  const setup = { depth, room, table };
  const held = (asked: Recipe) => rasterBytes(list(asked), source, scaleOf(asked, table), setup);
  if (damaged === 1 && heals(recipe)) throw new EnhanceError('damage-everywhere');
  const raster = held(recipe);
  if (raster > rasterBudget[memory]) {
    const canHold = (asked: Recipe) =>
      list(asked).length > 0 && held(asked) <= rasterBudget[memory];
    throw refuse(recipe, source, canHold, table);
  }
  const output = scaled(source, scaleOf(recipe, table));
  const saved = recipe.size ? targetSize(recipe.size, source) : output;
  if (saved.width * saved.height > mostSavedPixels) {
    const canHold = (asked: Recipe) => list(asked).length > 0;
    throw refuse(withoutSize(recipe), source, canHold, table, saved);
  }
  const { corner = { x: 0, y: 0 } } = options;
  const facts = { shake, damaged };
  const setting = { capabilities, choose, paceOf, tile, depth, room, facts, wraps, table, corner };
  const steps = planSteps(list(recipe), source, setting);
  const ofSteps = steps.map((step) => step.rasterBytes);
  return {
    output,
    saved,
    steps,
    ground: countGround(list(recipe), table),
    peakBytes: Math.max(raster, ...ofSteps) + Math.max(0, ...steps.map((step) => step.workBytes)),
    work: steps.reduce((sum, { work }) => sum + work, 0),
    seconds: sumSeconds(steps),
  };
}

function shakeWord(shake: Shake | null | undefined): 'found' | 'none' | 'unknown' {
  if (shake === undefined) return 'unknown';
  return shake ? 'found' : 'none';
}

function scaled({ width, height }: Size, scale: number): Size {
  return { width: width * scale, height: height * scale };
}

/**
 * While the steps run; and while saving: the photo, what the result is mixed with where that is neither of both, the result and, for
 * a codec that wants it whole, a copy in 8 bits.
 */
function rasterBytes(
  steps: readonly Step[],
  source: Size,
  scale: number,
  setup: { readonly depth: Depth; readonly room: number; readonly table: TaskTable },
): number {
  const { depth, table } = setup;
  const output = scaled(source, scale);
  const mostCopied = Math.max(...Object.values(mostCodecPixels));
  const isCopied = output.width * output.height <= mostCopied;
  const copy = isCopied ? bytesOf(output, 8) : 0;
  const ground = countGround(steps, table);
  const mixed = ground > 0 && ground < steps.length ? bytesOf(source, depth) : 0;
  const saving = bytesOf(source, depth) + mixed + resultBytes(steps, source, setup) + copy;
  return Math.max(saving, ...rastersOf(steps, source, setup));
}

function refuse(
  recipe: Recipe,
  source: Size,
  canHold: (asked: Recipe) => boolean,
  table: TaskTable,
  size: Size = scaled(source, scaleOf(recipe, table)),
): EnhanceError {
  const wanted = Math.max(scaleOf(recipe, table), Math.floor(size.width / source.width));
  const fits = scales.findLast(
    (scale) => scale < wanted && canHold(withScale(recipe, scale, table)),
  );
  return new EnhanceError('result-too-large', {
    ...{ width: size.width, height: size.height },
    ...{ scale: wanted, fits: fits ?? null },
  });
}
