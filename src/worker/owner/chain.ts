import type { Note } from '../../core/notes';
import { cropPlanes, type PhotoPlanes, type Plane } from '../../core/picture/plane';
import { gatherPicture, isRaster, type Picture } from '../../core/picture/picture';
import { depthOf, type Raster } from '../../core/picture/raster';
import { resizeRows } from '../../core/picture/resize';
import { gatherRows, rowsOf } from '../../core/picture/rows';
import { magnify, snapRect, wholeRect, type Rect, type Size } from '../../core/picture/rect';
import type { Plan } from '../../core/plan/plan';
import type { FilterPlan, NetworkPlan, RegionPlan, StepPlan } from '../../core/plan/step-plan';
import { EtaMeter } from '../../core/run/eta';
import { runFilter } from '../../core/run/filters';
import { runRegion } from '../../core/run/region';
import type { Place, WhatFaded } from '../../core/fading/undo';
import type { Wave } from '../../core/pattern/find';
import { widthOf, type Shake } from '../../core/shake/find';
import type { ScreenColours } from '../../formats/screen-colours';
import type { Card } from '../../models/catalog';
import type { JobProgress, ProgressListener, StepRan, Stage } from '../reports';
import { PictureBands, type PictureJob } from './picture-bands';
import { endPicture, type HoldResult, type PictureFile } from './picture-file';
import { drawPart, previewSize, type ShownResult } from './preview';
import { ProvenEngine, type EngineTools } from './proven-engine';
import { breathe } from './shake-search';

/** A plan with all it takes to run it. */
export type Chain = Pick<PictureJob, 'centre'> & {
  readonly source: Raster;
  /** What is known of the source's pixels. */
  readonly planes: PhotoPlanes;
  /** Made for what is known of the shake: its filters are sure. */
  readonly plan: Plan<Card>;
  /** The source's shake, or null. */
  readonly shake: Shake | null;
  /** The waves of the source's pattern; none where no step asks for them. */
  readonly waves: readonly Wave[];
  /** How far the source has faded; null where no step asks for it. */
  readonly faded: WhatFaded | null;
  /** Where the source lies in the photo. */
  readonly place: Place;
  /** How the source's colours are shown. */
  readonly screen: ScreenColours | null;
};

/** What a chain obeys and tells. */
export type ChainHooks = {
  readonly signal: AbortSignal;
  readonly tell: ProgressListener;
  /** Something that the person should know. */
  readonly onNote: (note: Note) => void;
  /** A step begins: its output will fill up. */
  readonly onGrow: (shown: ShownResult) => void;
  /** Whether somebody sees its pixels as they come, as of a photo: of what nobody sees none are drawn. */
  readonly isWatched: boolean;
  /** Makes room for the result outside of memory; all is held there by default. */
  readonly holdResult?: HoldResult;
};

/** What a chain did. */
export type ChainResult = {
  /** The photo itself where there were no steps; the caller's to end. */
  readonly output: Picture;
  /** What the finish mixes it with: the photo, its damage taken away where steps do that. */
  readonly ground: Raster;
  /** In the order of work. */
  readonly steps: readonly StepRan[];
};

/** What one step did. */
type StepResult = Omit<ChainResult, 'ground'>;

/** What all steps of a chain share. */
type Course = Omit<Chain, 'source'> & {
  readonly tools: EngineTools;
  readonly eta: EtaMeter;
  readonly hooks: Omit<ChainHooks, 'holdResult'>;
  /** Makes room for a step's output; null where it is held in memory. */
  readonly holdResult: HoldResult | null;
  /** False inside of a region, whose pixels are shown when they are all there. */
  readonly isShown: boolean;
};

/** The pictures that a step works on; only read. */
type Pictures = {
  readonly input: Raster;
  /** What the step's task began with. */
  readonly origin: Raster;
  /** What the finish mixes its output with. */
  readonly ground: Raster;
};

/**
 * Runs the steps of a plan one after the other, each on the result of the one before. Only the photo,
 * the present step's input and output, and what a later step of the same task, or the finish, reads are held.
 *
 * @param tools What the steps work with.
 * @param chain What to run.
 * @param hooks Cancel, between tiles, and progress over the whole chain.
 * @returns The last step's result.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} What a step fails with, after all that can be tried.
 */
export async function runChain(
  tools: EngineTools,
  { source, ...chain }: Chain,
  hooks: ChainHooks,
): Promise<ChainResult> {
  const eta = new EtaMeter(chain.plan.work);
  const { holdResult = null } = hooks;
  const course = { ...chain, tools, eta, hooks, holdResult, isShown: true };
  return runSteps(chain.plan.steps, source, course);
}

async function runSteps(
  plans: readonly StepPlan<Card>[],
  source: Raster,
  course: Course,
): Promise<ChainResult> {
  const steps: StepRan[] = [];
  // In a region there is none.
  const isGround = (i: number) => course.isShown && i < course.plan.ground;
  let [input, origin, ground] = [source, source, source];
  let output: Picture = source;
  for (const [i, plan] of plans.entries()) {
    if (plan.step.task !== plans[i - 1]?.step.task) origin = input;
    // What another step reads lies in memory.
    const holdResult = i === plans.length - 1 ? course.holdResult : null;
    const done = await runStep(plan, { input, origin, ground }, { ...course, holdResult });
    output = done.output;
    if (isRaster(output)) input = output;
    if (isGround(i)) ground = input;
    steps.push(...done.steps);
  }
  return { output, ground, steps };
}

function runStep(plan: StepPlan<Card>, pictures: Pictures, course: Course): Promise<StepResult> {
  switch (plan.kind) {
    case 'network':
      return runNetworkStep(plan, pictures, course);
    case 'filter':
      return runFilterStep(plan, pictures, course);
    case 'region':
      return runRegionStep(plan, pictures, course);
  }
}

async function runNetworkStep(
  plan: NetworkPlan<Card>,
  { input, ground }: Pictures,
  course: Course,
): Promise<StepResult> {
  const { tools, planes, centre, plan: whole, eta, hooks, isShown, screen } = course;
  const { signal, tell, onGrow, onNote, isWatched } = hooks;
  const { task } = plan.step;
  const progress = (stage: Stage) => ({ stage, task, ...left(eta) });
  // Behind an enlarger, what is shown still lies on the photo's pixels.
  const zoom = input.width / ground.width;
  let finished: Rect[] = [];
  let counted = 0;
  const patches: Promise<void>[] = [];
  tell(progress('compile'));
  const place = await placeFor(input, plan, course);
  const picture = new PictureBands(
    { input, plan, planes: planesFor(plan, planes), centre, place },
    {
      onPixels(rect) {
        finished.push(magnify(rect, 1 / zoom));
        const patch = { rect, zoom, input, output: picture.output, whole: whole.output, screen };
        if (isShown && isWatched) patches.push(showPatch(patch, () => progress('run'), tell));
      },
      onAnew() {
        finished = [];
        show();
      },
    },
  );
  const engine = new ProvenEngine(tools, plan, {
    signal,
    onNote,
    onStart(share) {
      // Tiles of a failed attempt that did not reach the output are still to do.
      eta.undo((counted - share) * plan.work);
      counted = share;
      // Still 'compile': the GPU compiles its shaders in the first tile, which ends the stage.
      eta.start(performance.now(), plan.kind);
    },
    onTile(share) {
      counted += share;
      eta.tick(share * plan.work, performance.now());
      tell(progress('run'));
    },
  });
  const show = () => {
    const scale = zoom * plan.model.scale;
    const growth = { finished, input: zoom > 1 ? ground : input };
    if (isShown) onGrow({ picture: picture.output, scale, growth, ground });
  };
  show();
  try {
    const report = await engine.run(picture);
    await Promise.all(patches);
    const step = { kind: plan.kind, task, model: plan.model.title, ...report };
    return { output: await atScale(picture.output, plan), steps: [step] };
  } catch (error) {
    await Promise.all(patches);
    endPicture(place);
    throw error;
  }
}

/** Where the output of a step lies; null in memory, where it is not yet of the size that was asked for. */
async function placeFor(
  input: Raster,
  { model, step }: NetworkPlan<Card>,
  { holdResult }: Course,
): Promise<PictureFile | null> {
  if (!holdResult || step.scale !== model.scale) return null;
  const size = { width: input.width * model.scale, height: input.height * model.scale };
  const { hasAlpha, space } = input;
  return holdResult({ ...size, hasAlpha, space, depth: depthOf(input) }, model.scale);
}

/** What a person's own network has made, at the scale that was asked for; anything else as it is. */
async function atScale(made: Picture, { step, model }: NetworkPlan<Card>): Promise<Picture> {
  if (step.scale === model.scale) return made;
  const side = (length: number) => (length / model.scale) * step.scale;
  const size = { width: side(made.width), height: side(made.height) };
  return gatherRows(resizeRows(rowsOf(await gatherPicture(made)), size));
}

async function runFilterStep(
  { kind, step, work }: FilterPlan,
  { input, origin }: Pictures,
  {
    shake,
    waves,
    faded,
    place,
    planes,
    plan,
    eta,
    hooks: { signal, tell, onNote, isWatched },
    isShown,
    screen,
  }: Course,
): Promise<StepResult> {
  const { task, filter } = step;
  const progress = () => ({ stage: 'run', task, filter, ...left(eta) }) as const;
  const start = performance.now();
  let counted = 0;
  const count = (share: number) => {
    if (share > counted) eta.tick((share - counted) * work, performance.now());
    counted = Math.max(counted, share);
    tell(progress());
  };
  eta.start(start, kind);
  tell(progress());
  const output = await runFilter(
    { step, input, origin, shake, waves, faded, place, planes },
    async (share) => {
      count(share);
      await breathe(signal);
    },
  );
  count(1);
  if (filter === 'shake' && shake)
    onNote({ note: 'shake-taken-back', facts: { pixels: widthOf(shake) } });
  if (filter === 'pattern' && waves.length === 0) onNote({ note: 'pattern-missing', facts: {} });
  const rect = wholeRect(input);
  if (isShown && isWatched && output !== input)
    await showPatch({ rect, input, output, whole: plan.output, screen }, progress, tell);
  const seconds = (performance.now() - start) / 1000;
  return { output, steps: [{ kind, task, filter, seconds }] };
}

async function runRegionStep(
  { box, read, step, steps: plans }: RegionPlan<Card>,
  { input }: Pictures,
  course: Course,
): Promise<StepResult> {
  if (!box || !read) return { output: input, steps: [] };
  const steps: StepRan[] = [];
  const output = await runRegion({ input, box, read, amount: step.amount }, async (part) => {
    const centre = { x: course.centre.x - read.x, y: course.centre.y - read.y };
    const place = { x: course.place.x + read.x, y: course.place.y + read.y };
    const planes = cropPlanes(course.planes, read);
    const done = await runSteps(plans, part, {
      ...{ ...course, planes, place, centre },
      ...{ isShown: false, holdResult: null },
    });
    steps.push(...done.steps);
    return gatherPicture(done.output);
  });
  const { eta, hooks, plan, screen } = course;
  const progress = () => ({ stage: 'run', task: step.task, ...left(eta) }) as const;
  const patch = { rect: box, input, output, whole: plan.output, screen };
  if (hooks.isWatched) await showPatch(patch, progress, hooks.tell);
  return { output, steps };
}

/** What fills the varying planes of a network, in its order. */
function planesFor({ model, controls }: NetworkPlan<Card>, known: PhotoPlanes): readonly Plane[] {
  return model.controls.flatMap((name, i) => {
    const plane = controls[i] === 'varying' ? known[name] : undefined;
    return plane ? [plane] : [];
  });
}

function left({ fraction, seconds }: EtaMeter): Pick<JobProgress, 'fraction' | 'etaSeconds'> {
  return { fraction, etaSeconds: seconds };
}

/** Finished pixels of a step's output. */
type Patch = {
  /** In pixels of the input. */
  readonly rect: Rect;
  /** Pixels of the input per pixel of the photo; 1 where it is left out. */
  readonly zoom?: number;
  readonly input: Size;
  readonly output: Picture;
  /** Size of the whole chain's result. */
  readonly whole: Size;
  readonly screen: ScreenColours | null;
};

/**
 * Shows a patch on the grid of the whole result's preview. Never rejects: only the screen misses a patch
 * that fails; the pixels are in the output.
 */
async function showPatch(
  { rect, zoom = 1, input, output, whole, screen }: Patch,
  progress: () => JobProgress,
  tell: ProgressListener,
): Promise<void> {
  try {
    const size = snapRect(rect, input, previewSize(whole));
    if (size.width === 0 || size.height === 0) return;
    const part = magnify(rect, output.width / input.width);
    const bitmap = await drawPart(output, part, size, screen);
    tell({ ...progress(), patch: { rect: magnify(rect, 1 / zoom), bitmap } });
  } catch {
    // See above.
  }
}
