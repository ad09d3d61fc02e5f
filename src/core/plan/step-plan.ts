import { bytesOf, type Depth } from '../picture/raster';
import { intersect, widen, alignStart, wholeRect, type Rect, type Size } from '../picture/rect';
import type { FilterKind, NetworkKind, PlaneValue, RegionKind } from '../recipe/kinds';
import { countGround } from '../recipe/ground';
import { listSteps, type Step } from '../recipe/recipe';
import type { TaskTable } from '../recipe/task-row';
import { filterCosts, type FilterFacts } from './filter-costs';
import { heldBytes } from './stored-result';
import { chooseBand, chooseTile, liveTensors, type Capabilities, type Model } from './tile-size';
import { planTiles } from './tiles';

/** What every step states before it runs. */
export type StepCosts = {
  /**
   * Bytes of the whole pictures that are held while it runs: the photo, its input and output, what a later
   * step or the finish still reads, and planes that vary.
   */
  readonly rasterBytes: number;
  /** Bytes that it works in besides: of a tile, or of a filter's tables. */
  readonly workBytes: number;
  /** In multiply-accumulates, margins left out; of arithmetic of our own, as many as take as long. */
  readonly work: number;
  /** Expected time; null where the pace of its network is not known. */
  readonly seconds: number | null;
  /** Names of the planes that it wants behind R, G and B, in order. */
  readonly planes: readonly string[];
  /** Pixels of its input on every side that a pixel of its output is made from. */
  readonly reach: number;
};

/** One model over the picture. */
export type NetworkPlan<M extends Model = Model> = StepCosts & {
  readonly kind: 'network';
  readonly step: Step<NetworkKind>;
  readonly model: M;
  /** Side of a tile's core in pixels of the step's input. */
  readonly tile: number;
  /** Of the picture: half precision has too few bits for one of 16. */
  readonly depth: Depth;
  /** What fills the model's planes, in its order. */
  readonly controls: readonly PlaneValue[];
  /** Whether it sees each edge of the picture go on with the opposite one. */
  readonly wraps: boolean;
  /** What of its input is worked on, in pixels of that, where not all is needed; all by default. */
  readonly area?: Rect;
};

/** Arithmetic of our own over the picture. */
export type FilterPlan = StepCosts & {
  readonly kind: 'filter';
  readonly step: Step<FilterKind>;
};

/** Steps in a box of the picture. */
export type RegionPlan<M extends Model = Model> = StepCosts & {
  readonly kind: 'region';
  readonly step: Step<RegionKind>;
  /** The box inside of the picture, in pixels of the step's input; null where it is outside. */
  readonly box: Rect | null;
  /** The box, and all that its pixels are made from. */
  readonly read: Rect | null;
  readonly steps: readonly StepPlan<M>[];
};

/** One step of a plan. */
export type StepPlan<M extends Model = Model> = NetworkPlan<M> | FilterPlan | RegionPlan<M>;

/** What the pictures that steps hold are reckoned with. */
export type RasterSetting = {
  /** Of the picture. */
  readonly depth: Depth;
  /** Bytes that there are for the result outside of memory; 0 by default. */
  readonly room?: number;
  /** The tasks that there are. */
  readonly table?: TaskTable;
};

/** What steps are planned with. */
export type StepSetting<M extends Model> = RasterSetting & {
  readonly capabilities: Capabilities;
  /** Gives each network step its model; what it throws is passed on. */
  readonly choose: (step: Step<NetworkKind>) => M;
  /** Milliseconds per multiply-accumulate of a model on this machine; null where not measured yet. */
  readonly paceOf: (model: M) => number | null;
  /** Core side to use instead of the planned ones, or 0. */
  readonly tile: number;
  readonly facts: FilterFacts;
  /** Whether opposite edges of the picture belong together; those of a region never do. */
  readonly wraps: boolean;
  /** Where the picture begins in the one that boxes are told of, in its pixels. */
  readonly corner: { readonly x: number; readonly y: number };
  readonly table: TaskTable;
};

/**
 * Milliseconds per multiply-accumulate where none of a plan's models was measured: only the shares of
 * progress that filters and networks get depend on it.
 */
const usualPace = { gpu: 1e-9, wasm: 5e-8, software: 1e-5 };

/**
 * Plans steps one after the other, each on the output of the one before.
 *
 * @param steps What is to be done.
 * @param source Size of the picture that they begin with.
 * @param setting The models, and what is known here.
 * @returns A plan for each step.
 */
export function planSteps<M extends Model>(
  steps: readonly Step[],
  source: Size,
  setting: StepSetting<M>,
): readonly StepPlan<M>[] {
  const sizes = sizesOf(steps, source);
  const rasters = rastersOf(steps, source, setting);
  const pace = paceFor(steps, setting);
  return steps.map((step, i) => {
    const rasterBytes = rasters[i]!;
    switch (step.kind) {
      case 'network':
        return { rasterBytes, ...planNetwork(step, sizes[i]!, setting) };
      case 'filter':
        return { rasterBytes, ...planFilter(step, sizes[i]!, setting, pace) };
      case 'region': {
        const scale = sizes[i]!.width / source.width;
        const inside = { ...setting, wraps: false };
        const plan = planRegion(moveBox(step, setting.corner, scale), sizes[i]!, inside);
        const inner = plan.steps.map((each) => each.rasterBytes);
        return { rasterBytes: rasterBytes + Math.max(0, ...inner), ...plan };
      }
    }
  });
}

/**
 * The bytes of the whole pictures that steps hold, which do not depend on any model.
 *
 * @param steps What is to be done.
 * @param source Size of the picture that they begin with.
 * @param setting What is known of it, and of the machine.
 * @returns For each step: see {@link StepCosts}; what a region holds inside is left out.
 */
export function rastersOf(
  steps: readonly Step[],
  source: Size,
  setting: RasterSetting,
): readonly number[] {
  const { depth, table } = setting;
  const bytes = (size: Size) => bytesOf(size, depth);
  const sizes = sizesOf(steps, source);
  const ground = countGround(steps, table);
  return steps.map((step, i) => {
    const isLast = i === steps.length - 1;
    const made = isLast ? resultBytes(steps, source, setting) : bytes(sizes[i + 1]!);
    const held = bytes(source) + bytes(sizes[i]!) + made + planeBytes(step, sizes[i]!);
    const start = steps.findIndex(({ task }) => task === step.task);
    const isOriginKept = i > start && steps.slice(i).some((later) => reads(later, step));
    // What takes damage away keeps the photo's size. The first step after it reads it anyway.
    const isGroundKept = ground > 0 && i > ground;
    return (
      widerBytes(step, sizes[i]!, depth) +
      held +
      (isOriginKept ? bytes(sizes[start]!) : 0) +
      (isGroundKept ? bytes(source) : 0)
    );
  });
}

/**
 * The bytes that the result of steps takes in memory.
 *
 * @param steps What is to be done.
 * @param source Size of the picture that they begin with.
 * @param setting What is known of it, and of the machine.
 * @returns All of it, unless the last step enlarges to where results lie that are too large for memory.
 */
export function resultBytes(
  steps: readonly Step[],
  source: Size,
  { depth, room = 0 }: RasterSetting,
): number {
  const output = sizesOf(steps, source).at(-1)!;
  const last = steps.at(-1);
  const isWritten = last?.kind === 'network' && (last.own?.scale ?? last.scale) === last.scale;
  return heldBytes(output, depth, isWritten ? last.scale : 1, room);
}

/** Of what a person's own network makes before it is resampled to what was asked for. */
function widerBytes(step: Step, { width, height }: Size, depth: Depth): number {
  if (step.kind !== 'network' || !step.own || step.own.scale === step.scale) return 0;
  const { scale } = step.own;
  return bytesOf({ width: width * scale, height: height * scale }, depth);
}

/** Of the planes that vary, in 32-bit floats. */
function planeBytes(step: Step, { width, height }: Size): number {
  const values = step.kind === 'network' ? Object.values(step.planes) : [];
  const count = values.filter((value) => value === 'varying').length + filterPlanes(step).length;
  return count * width * height * 4;
}

/** The names of the planes that a filter reads. */
function filterPlanes(step: Step): readonly string[] {
  return step.kind === 'filter' && step.filter === 'heal' ? ['damage'] : [];
}

/** Whether a step reads the picture that the task of another began with. */
function reads(later: Step, { task }: Step): boolean {
  return later.kind === 'filter' && later.filter === 'mix' && later.task === task;
}

/** The picture's size before each step and after the last. */
function sizesOf(steps: readonly Step[], source: Size): readonly Size[] {
  const sizes = [source];
  for (const step of steps) {
    const { width, height } = sizes.at(-1)!;
    const scale = step.kind === 'network' ? step.scale : 1;
    sizes.push({ width: width * scale, height: height * scale });
  }
  return sizes;
}

function planNetwork<M extends Model>(
  step: Step<NetworkKind>,
  source: Size,
  { choose, paceOf, capabilities, depth, wraps, tile: forced }: StepSetting<M>,
): Omit<NetworkPlan<M>, 'rasterBytes'> {
  const model = choose(step);
  const pace = paceOf(model);
  const tile = forced || chooseTile(model, capabilities, pace);
  const bandBytes = chooseBand(capabilities);
  const { window, tileCount } = planTiles(source, model, { tile, bandBytes, depth, wraps });
  const pixels = window.width * window.height;
  return {
    ...{ kind: 'network', step, model, tile, depth, wraps },
    controls: model.controls.map((name) => step.planes[name] ?? 0),
    workBytes: pixels * model.widestBytes * liveTensors,
    work: model.macsPerPixel * source.width * source.height,
    seconds: pace === null ? null : (tileCount * pixels * model.macsPerPixel * pace) / 1000,
    planes: model.controls,
    reach: model.halo,
  };
}

function planFilter<M extends Model>(
  step: Step<FilterKind>,
  source: Size,
  { facts }: StepSetting<M>,
  pace: number,
): Omit<FilterPlan, 'rasterBytes'> {
  const { ms, bytes, reach } = filterCosts(step, source, facts);
  return {
    ...{ kind: 'filter', step, planes: filterPlanes(step), reach },
    ...{ workBytes: bytes, work: ms / pace, seconds: ms / 1000 },
  };
}

/** A region in a part of the picture. */
function moveBox(
  step: Step<RegionKind>,
  corner: StepSetting<Model>['corner'],
  scale: number,
): Step<RegionKind> {
  const { x, y } = step.box;
  return { ...step, box: { ...step.box, x: x - corner.x * scale, y: y - corner.y * scale } };
}

function planRegion<M extends Model>(
  step: Step<RegionKind>,
  source: Size,
  setting: StepSetting<M>,
): Omit<RegionPlan<M>, 'rasterBytes'> {
  const whole = wholeRect(source);
  const box = intersect(step.box, whole);
  const inside = listSteps(step, undefined, setting.table);
  const reach = (steps: readonly StepPlan<M>[]) => steps.reduce((sum, plan) => sum + plan.reach, 0);
  const asked = box ? planSteps(inside, box, setting) : [];
  // On the networks' grid, so that a part of the picture is cut where the whole of it is.
  const read = box && intersect(alignStart(widen(box, reach(asked)), multipleOf(asked)), whole);
  const steps = read ? planSteps(inside, read, setting) : [];
  return {
    ...{ kind: 'region', step, box, read, steps },
    workBytes: Math.max(0, ...steps.map((plan) => plan.workBytes)),
    work: steps.reduce((sum, plan) => sum + plan.work, 0),
    seconds: sumSeconds(steps),
    planes: [...new Set(steps.flatMap((plan) => plan.planes))],
    reach: reach(steps),
  };
}

/**
 * The time of several steps.
 *
 * @param steps Their plans.
 * @returns Seconds; null where the time of one of them is not known.
 */
export function sumSeconds(steps: readonly StepPlan[]): number | null {
  return steps.reduce<number | null>(
    (sum, { seconds }) => (sum === null || seconds === null ? null : sum + seconds),
    0,
  );
}

/**
 * Where the grids of several steps' networks may begin.
 *
 * @param steps Their plans.
 * @returns The least common multiple of the networks' multiples, in pixels; 1 where there is no network.
 */
export function multipleOf(steps: readonly StepPlan[]): number {
  return networksOf(steps).reduce((all, { model }) => leastCommon(all, model.multiple), 1);
}

function leastCommon(a: number, b: number): number {
  const divisor = (n: number, m: number): number => (m === 0 ? n : divisor(m, n % m));
  return (a * b) / divisor(a, b);
}

/** What a plan's filters are compared by with its networks. */
function paceFor<M extends Model>(
  steps: readonly Step[],
  { choose, paceOf, capabilities }: StepSetting<M>,
): number {
  const { backend, software } = capabilities;
  const known = steps.flatMap((step) => {
    const pace = step.kind === 'network' ? paceOf(choose(step)) : null;
    return pace === null ? [] : [pace];
  });
  const usual = backend === 'wasm' ? 'wasm' : software ? 'software' : 'gpu';
  return known[0] ?? usualPace[usual];
}

/**
 * The networks of several steps, those inside of regions included.
 *
 * @param steps Their plans.
 * @returns Plans of networks, in the order of work.
 */
export function networksOf<M extends Model>(
  steps: readonly StepPlan<M>[],
): readonly NetworkPlan<M>[] {
  return steps.flatMap((plan) => {
    if (plan.kind === 'region') return networksOf(plan.steps);
    return plan.kind === 'network' ? [plan] : [];
  });
}
