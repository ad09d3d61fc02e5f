import type { Reply } from '../core/errors';
import type { Recipe } from '../core/recipe';
import { EnhancerClient } from '../app/platform/enhancer-client';
import { t } from '../app/i18n/translate';
import type { PhotoInfo, PlanInfo, Progress, RunReport } from '../worker/protocol';

/** The name under which all widgets that share a storage partition take turns. */
const turnName = 'enlarger-embed-run';

/**
 * The worker of one widget among several on a page: runs take turns, so that they share one budget,
 * and what would be larger than the host allows is refused with the plan.
 */
export class QueuedClient extends EnhancerClient {
  /** True while another widget's run must end first. */
  waiting = $state(false);
  /** Most pixels that a result may have; 0 for no limit. */
  maxPixels = 0;
  /** How each file's opening ended. */
  readonly opened = new WeakMap<File, Reply<PhotoInfo>>();
  /** How the latest run ended. */
  ran: Reply<RunReport> | null = null;
  #turn = new AbortController();

  override async open(file: File): Promise<Reply<PhotoInfo>> {
    const reply = await super.open(file);
    this.opened.set(file, reply);
    return reply;
  }

  override async plan(recipe: Recipe): Promise<Reply<PlanInfo>> {
    const reply = await super.plan(recipe);
    if (!reply.ok || this.maxPixels === 0) return reply;
    const { width, height } = reply.value.output;
    if (width * height <= this.maxPixels) return reply;
    const megapixels = (this.maxPixels / 1e6).toPrecision(2);
    return { ok: false, code: 'too-large', message: t('embed.tooLarge', { megapixels }) };
  }

  override async enhance(
    recipe: Recipe,
    centre: { readonly x: number; readonly y: number },
    onProgress: (progress: Progress) => void,
  ): Promise<Reply<RunReport>> {
    this.#turn = new AbortController();
    const reply = await this.#inTurn(() => super.enhance(recipe, centre, onProgress));
    this.ran = reply;
    return reply;
  }

  override async cancel(): Promise<void> {
    this.#turn.abort();
    await super.cancel();
  }

  /** The browser's lock is let go by itself when a frame dies; a frame that may not lock does not wait. */
  async #inTurn<T>(work: () => Promise<Reply<T>>): Promise<Reply<T>> {
    const { signal } = this.#turn;
    let isMine = false;
    const start = (): Promise<Reply<T>> => {
      isMine = true;
      this.waiting = false;
      return work();
    };
    this.waiting = true;
    try {
      return await navigator.locks.request(turnName, { signal }, start);
    } catch (error) {
      if (isMine) throw error;
      if (signal.aborted) return { ok: false, code: 'cancelled', message: t('run.cancelled') };
      return start();
    } finally {
      this.waiting = false;
    }
  }
}
