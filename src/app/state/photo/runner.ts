import type { Failed, Reply } from '../../../core/errors';
import { countGround } from '../../../core/recipe/ground';
import { scaleOf, type Recipe } from '../../../core/recipe/recipe';
import type { OwnerCalls } from '../../../worker/client';
import type { OpenedPhoto, PhotoId, PlanInfo } from '../../../worker/protocol';
import type { JobProgress, RunReport } from '../../../worker/reports';
import { describeProblem } from '../../i18n/problem';
import { nameTasks } from '../../i18n/task-words';
import { t } from '../../i18n/translate';
import type { DetailLoader } from './detail-loader';
import type { Layers } from './layers.svelte';
import { describeRun } from './report';
import { isWorthRetry } from './retry';
import type { StageView } from './stage-view.svelte';

/** How far a run has come. */
export type RunState = Omit<JobProgress, 'patch'> & { readonly cancelling: boolean };

/** A finished run. */
export type RunResult = {
  readonly recipe: Recipe;
  readonly report: RunReport;
  /** What really ran, as a sentence. */
  readonly sentence: string;
};

/** What of the workbench a run reads and changes. */
export type RunBench = {
  readonly recipe: Recipe;
  readonly plan: Reply<PlanInfo> | null;
  run: RunState | null;
  result: RunResult | null;
  runFault: string;
  isRunWorthRetry: boolean;
  status: string;
};

/** What a run works with. */
export type RunParts = {
  readonly enhancer: Pick<OwnerCalls, 'enhance' | 'cancel'>;
  readonly view: Pick<StageView, 'viewport' | 'native'>;
  readonly layers: Pick<Layers, 'beginRun' | 'endRun' | 'addPatch' | 'dropResult'>;
  readonly details: Pick<DetailLoader, 'refresh' | 'reset'>;
  /** Whether the person asked for less motion. */
  readonly reducedMotion: () => boolean;
};

/** How often a run that goes on is said, in shares of it. */
const quarter = 1 / 4;

/** Runs the recipe over the photo, and says how far it is. */
export class Runner {
  readonly #parts: RunParts;
  readonly #bench: RunBench;
  /** Counts runs; what comes from one with an older number is thrown away. */
  #runs = 0;
  /** The photo that is run, or was the last time. */
  #photo: PhotoId | undefined;

  /**
   * @param parts What it works with.
   * @param bench What it works on.
   */
  constructor(parts: RunParts, bench: RunBench) {
    this.#parts = parts;
    this.#bench = bench;
  }

  /**
   * Runs the present recipe, beginning where the person looks.
   *
   * @param photo What over.
   * @returns False where another photo took its place meanwhile: then nothing has changed.
   */
  async start(photo: Pick<OpenedPhoto, 'id' | 'width'>): Promise<boolean> {
    const bench = this.#bench;
    const { enhancer, view, layers, details } = this.#parts;
    const { recipe } = bench;
    const number = ++this.#runs;
    this.#photo = photo.id;
    bench.runFault = '';
    bench.status = t('run.started', {
      tasks: nameTasks(bench.plan?.ok ? bench.plan.value.steps : []),
    });
    const begun = { stage: 'download', task: null, fraction: 0, etaSeconds: null } as const;
    bench.run = { ...begun, cancelling: false };
    layers.beginRun(scaleOf(recipe));
    const { x, y } = view.viewport;
    const advance = this.#follow();
    const reply = await enhancer.enhance(photo.id, recipe, { x, y }, (progress) => {
      if (number === this.#runs) advance(progress);
      else progress.patch?.bitmap.close();
    });
    if (number !== this.#runs) return false;
    bench.run = null;
    layers.endRun(reply.ok);
    if (reply.ok) this.#finish(recipe, reply.value, photo);
    else this.#fail(reply);
    details.reset();
    return true;
  }

  /** Stops the run at the end of its tile. */
  async cancel(): Promise<void> {
    const bench = this.#bench;
    if (!bench.run || bench.run.cancelling) return;
    bench.run = { ...bench.run, cancelling: true };
    // A queue's run beside it goes on.
    await this.#parts.enhancer.cancel(this.#photo);
  }

  /** Another photo lies there, or none: forgets run and result, and what still comes of them. */
  clear(): void {
    this.#runs++;
    this.#bench.run = null;
    this.#bench.runFault = '';
    this.#bench.result = null;
  }

  /** The worker has died: what it held is gone. */
  lose(): void {
    const { view, layers, details } = this.#parts;
    this.#bench.result = null;
    view.native = 1;
    layers.dropResult();
    details.reset();
    this.#bench.runFault = describeProblem({ problem: 'worker-died', facts: {} });
    this.#bench.isRunWorthRetry = false;
  }

  /** Shows what comes of a run, and says each quarter of it. */
  #follow(): (progress: JobProgress) => void {
    const bench = this.#bench;
    const { layers, details, reducedMotion } = this.#parts;
    let said = 0;
    return ({ patch, ...progress }) => {
      if (patch) {
        layers.addPatch(patch.rect, patch.bitmap, !reducedMotion(), isGround(progress));
        details.refresh();
      }
      if (!bench.run) return;
      bench.run = { ...progress, cancelling: bench.run.cancelling };
      const passed = progress.stage === 'run' ? Math.floor(progress.fraction / quarter) : 0;
      if (passed <= said || passed * quarter >= 1) return;
      said = passed;
      bench.status = t('run.quarter', { percent: passed * quarter * 100 });
    };
  }

  #finish(recipe: Recipe, report: RunReport, { width }: Pick<OpenedPhoto, 'width'>): void {
    const scale = scaleOf(recipe);
    const factor = Math.round((100 * report.output.width) / width) / 100;
    const sentence = describeRun(recipe.size ? factor : scale, report);
    this.#bench.result = { recipe, report, sentence };
    this.#parts.view.native = scale;
    this.#bench.status = sentence;
  }

  #fail(reply: Failed): void {
    // What is still on its way from it must not be drawn over an earlier result.
    this.#runs++;
    const isWanted = reply.code === 'cancelled';
    this.#bench.status = isWanted ? t('run.cancelled') : t('run.failed');
    if (isWanted) return;
    this.#bench.runFault = describeProblem(reply);
    this.#bench.isRunWorthRetry = isWorthRetry(reply.problem);
  }
}

/** Whether what is shown of a step is what the finish mixes all later ones with. */
function isGround({ task }: Pick<JobProgress, 'task'>): boolean {
  return task !== null && countGround([{ task }]) > 0;
}
