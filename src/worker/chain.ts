import { EtaMeter } from '../core/measure';
import { createOutput, type LoopHooks } from '../core/pipeline';
import type { Plan } from '../core/plan';
import type { Raster, Rect, Size } from '../core/raster';
import type { Card } from '../models/catalog';
import type { Progress, ProgressListener, RunReport, Stage } from './protocol';
import type { Job, Runner } from './runner';
import { drawPart, previewRect, type ShownResult } from './viewport';

/** A plan with all it takes to run it. */
export type Chain = Pick<Job, 'source' | 'precision' | 'centre'> & {
  readonly plan: Plan<Card>;
  /** The models' files, one per step. */
  readonly files: readonly Uint8Array[];
};

/** What a chain obeys and tells. */
export type ChainHooks = {
  readonly signal: AbortSignal;
  readonly tell: ProgressListener;
  /** A step begins: its output will fill up. */
  readonly onGrow: (shown: ShownResult) => void;
};

/** What a chain did. */
export type ChainResult = Pick<RunReport, 'steps' | 'readBacks'> & {
  /** The photo itself where there were no steps. */
  readonly output: Raster;
};

/**
 * Runs the steps of a plan one after the other, each on the result of the one before. Only the photo
 * and the present step's input and output are held.
 *
 * @param runner Runs the steps; holds one session at a time.
 * @param chain What to run.
 * @param hooks Cancel, between tiles, and progress over the whole chain.
 * @returns The last step's result.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} What a step fails with.
 */
export async function runChain(
  runner: Runner,
  chain: Chain,
  hooks: ChainHooks,
): Promise<ChainResult> {
  const { plan, files, ...common } = chain;
  const eta = new EtaMeter(plan.macs);
  const steps: RunReport['steps'][number][] = [];
  let output = chain.source;
  let readBacks = 0;
  for (const [i, step] of plan.steps.entries()) {
    const { bandBytes } = plan;
    const job = { ...common, source: output, plan: step, bandBytes, bytes: files[i]! };
    const done = await runStep(runner, job, plan.output, eta, hooks);
    output = done.output;
    readBacks += done.readBacks;
    steps.push({ task: step.step.task, model: step.model.title, tiles: done.tiles });
  }
  return { output, steps, readBacks };
}

async function runStep(
  runner: Runner,
  job: Job,
  whole: Size,
  eta: EtaMeter,
  { signal, tell, onGrow }: ChainHooks,
): Promise<{ output: Raster; readBacks: number; tiles: number }> {
  const { source: input, plan } = job;
  const progress = (stage: Stage): Progress => {
    const { fraction, seconds: etaSeconds } = eta;
    return { stage, task: plan.step.task, fraction, etaSeconds };
  };
  tell(progress('compile'));
  const grid = await runner.prepare(job);
  signal.throwIfAborted();
  const output = createOutput(input, grid);
  const finished: Rect[] = [];
  const patches: Promise<void>[] = [];
  const showPatch = async (rect: Rect) => {
    const bitmap = await drawPatch(rect, input, output, whole);
    if (bitmap) tell({ ...progress('run'), patch: { rect, bitmap } });
  };
  onGrow({ raster: output, scale: plan.model.scale, growth: { finished, input } });
  // Still 'compile': the GPU compiles its shaders in the first tile, which ends the stage.
  eta.start(performance.now());
  const loop: LoopHooks = {
    signal,
    onPixels(rect) {
      finished.push(rect);
      // Only the screen misses a patch that fails; the pixels are in the output.
      patches.push(showPatch(rect).catch(() => undefined));
    },
    onTile() {
      eta.tick(plan.macs / grid.tileCount, performance.now());
      tell(progress('run'));
    },
  };
  const readBacks = await runner.run(input, grid, loop, output);
  await Promise.all(patches);
  return { output, readBacks, tiles: grid.tileCount };
}

/** A part of a step's output on the grid of the whole result's preview; null where it has no pixel. */
async function drawPatch(
  rect: Rect,
  input: Size,
  output: Raster,
  whole: Size,
): Promise<ImageBitmap | null> {
  const size = previewRect(magnify(rect, whole.width / input.width), whole);
  if (size.width === 0 || size.height === 0) return null;
  return drawPart(output, magnify(rect, output.width / input.width), size);
}

function magnify({ x, y, width, height }: Rect, scale: number): Rect {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}
