import { blendStrength } from '../../core/picture/blend';
import type { Note } from '../../core/notes';
import { EtaMeter } from '../../core/run/eta';
import type { Plan, StepPlan } from '../../core/plan/plan';
import type { Raster } from '../../core/picture/raster';
import { magnify, snapRect, type Rect, type Size } from '../../core/picture/rect';
import { widthOf, type Shake } from '../../core/shake/find';
import { takeShakeBack } from '../../core/shake/take-back';

import type { Card } from '../../models/catalog';
import type { JobProgress, ProgressListener, RunReport, Stage } from '../protocol';
import { breathe } from './shake-search';
import { PictureBands, type PictureJob } from './picture-bands';
import { drawPart, previewSize, type ShownResult } from './preview';
import { ProvenEngine, type EngineReport, type EngineTools } from './proven-engine';

/** A plan with all it takes to run it. */
export type Chain = Pick<PictureJob, 'centre'> & {
  readonly source: Raster;
  readonly plan: Plan<Card>;
  /** Looks for the source's shake. */
  readonly findShake: () => Promise<Shake | null>;
};

/** What a chain obeys and tells. */
export type ChainHooks = {
  readonly signal: AbortSignal;
  readonly tell: ProgressListener;
  /** Something that the person should know. */
  readonly onNote: (note: Note) => void;
  /** A step begins: its output will fill up. */
  readonly onGrow: (shown: ShownResult) => void;
};

/** What a chain did. */
export type ChainResult = Pick<RunReport, 'steps'> & {
  /** The photo itself where there were no steps. */
  readonly output: Raster;
};

/**
 * Runs the steps of a plan one after the other, each on the result of the one before. Only the photo
 * and the present step's input and output are held.
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
  { source, plan, centre, findShake }: Chain,
  hooks: ChainHooks,
): Promise<ChainResult> {
  const eta = new EtaMeter(plan.macs);
  const steps: RunReport['steps'][number][] = [];
  let output = source;
  for (const step of plan.steps) {
    const job = { input: output, plan: step, centre };
    const run = (each: PictureJob) => runStep(tools, each, plan.output, eta, hooks);
    const isBlurred = step.step.task === 'deblur';
    if (isBlurred) hooks.tell(stepProgress('compile', step, eta));
    const done = await (isBlurred ? deblur(job, findShake, run, hooks) : run(job));
    output = done.output;
    steps.push({ task: step.step.task, model: step.model.title, ...done.report });
  }
  return { output, steps };
}

type StepDone = { readonly output: Raster; readonly report: EngineReport };

/**
 * Takes the camera's shake back, where there is one, before the network deblurs what is left: a network
 * sees too little of a photo to know a wide kernel.
 */
async function deblur(
  job: PictureJob,
  findShake: Chain['findShake'],
  run: (job: PictureJob) => Promise<StepDone>,
  { signal, onNote }: ChainHooks,
): Promise<StepDone> {
  const { input, plan } = job;
  const shake = await findShake();
  if (!shake) return run(job);
  const steady = await takeShakeBack(input, shake, () => breathe(signal));
  onNote({ note: 'shake-taken-back', facts: { pixels: widthOf(shake) } });
  const { output, report } = await run({
    ...job,
    input: steady,
    plan: { ...plan, step: { ...plan.step, amount: 1 } },
  });
  return { output: blendStrength(input, output, plan.step.amount), report };
}

async function runStep(
  tools: EngineTools,
  job: PictureJob,
  whole: Size,
  eta: EtaMeter,
  { signal, tell, onGrow, onNote }: ChainHooks,
): Promise<StepDone> {
  const { input, plan } = job;
  const progress = (stage: Stage) => stepProgress(stage, plan, eta);
  let finished: Rect[] = [];
  let counted = 0;
  const patches: Promise<void>[] = [];
  tell(progress('compile'));
  const picture = new PictureBands(job, {
    onPixels(rect) {
      finished.push(rect);
      const showing = drawPatch(rect, input, picture.output, whole).then((bitmap) => {
        if (bitmap) tell({ ...progress('run'), patch: { rect, bitmap } });
      });
      // Only the screen misses a patch that fails; the pixels are in the output.
      patches.push(showing.catch(() => undefined));
    },
    onAnew() {
      finished = [];
      show();
    },
  });
  const engine = new ProvenEngine(tools, plan, {
    signal,
    onNote,
    onStart(share) {
      // Tiles of a failed attempt that did not reach the output are still to do.
      eta.undo((counted - share) * plan.macs);
      counted = share;
      // Still 'compile': the GPU compiles its shaders in the first tile, which ends the stage.
      eta.start(performance.now());
    },
    onTile(share) {
      counted += share;
      eta.tick(share * plan.macs, performance.now());
      tell(progress('run'));
    },
  });
  const show = () =>
    onGrow({ raster: picture.output, scale: plan.model.scale, growth: { finished, input } });
  show();
  const report = await engine.run(picture);
  await Promise.all(patches);
  return { output: picture.output, report };
}

function stepProgress(stage: Stage, { step }: StepPlan<Card>, eta: EtaMeter): JobProgress {
  const { fraction, seconds: etaSeconds } = eta;
  return { stage, task: step.task, fraction, etaSeconds };
}

/** A part of a step's output on the grid of the whole result's preview; null where it has no pixel. */
async function drawPatch(
  rect: Rect,
  input: Size,
  output: Raster,
  whole: Size,
): Promise<ImageBitmap | null> {
  const size = snapRect(rect, input, previewSize(whole));
  if (size.width === 0 || size.height === 0) return null;
  return drawPart(output, magnify(rect, output.width / input.width), size);
}
