import { untilAborted } from '../../core/abort';
import { failed, type Reply } from '../../core/errors';
import type { Recipe } from '../../core/recipe/recipe';
import { EnhancerClient } from '../../app/platform/enhancer-client';
import type { Lane } from '../../worker/lanes';
import type { OpenedPhoto, OwnerOptions, PhotoId, PlanInfo } from '../../worker/protocol';
import type { ClipReport, JobProgress, RunReport } from '../../worker/reports';

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
  /** Whether clips open, too. */
  takesClips = false;
  /** How each file's opening ended. */
  readonly opened = new WeakMap<File, Reply<OpenedPhoto>>();
  /** How the latest run ended. */
  ran: Reply<RunReport> | null = null;
  #turn = new AbortController();
  /** The photo or clip that waits for its turn, or has it. */
  #running: PhotoId = 0;
  #go: () => void = () => undefined;
  readonly #ask: (word: 'want' | 'over') => void;

  /**
   * @param options Passed to each worker that is started.
   * @param ask Tells the host that a turn is wanted, or over.
   * @param ports How workers are started; as in the app where it is left out.
   */
  constructor(
    options: OwnerOptions,
    ask: (word: 'want' | 'over') => void,
    ports?: ConstructorParameters<typeof EnhancerClient>[1],
  ) {
    super(options, ports);
    this.#ask = ask;
  }

  /** The host says that it is this widget's turn. */
  go(): void {
    this.#go();
  }

  override async open(
    ...[file, options, ...asked]: Parameters<EnhancerClient['open']>
  ): Promise<Reply<OpenedPhoto>> {
    const { takesClips } = this;
    const reply = await super.open(file, { ...options, takesClips }, ...asked);
    this.opened.set(file, reply);
    return reply;
  }

  override async plan(photo: PhotoId, recipe: Recipe): Promise<Reply<PlanInfo>> {
    return this.#limit(await super.plan(photo, recipe));
  }

  override async rehearse(photo: PhotoId, recipe: Recipe): Promise<Reply<PlanInfo>> {
    return this.#limit(await super.rehearse(photo, recipe));
  }

  override async enhance(
    photo: PhotoId,
    recipe: Recipe,
    centre: { readonly x: number; readonly y: number },
    onProgress: (progress: JobProgress) => void,
  ): Promise<Reply<RunReport>> {
    this.#turn = new AbortController();
    this.#running = photo;
    const reply = await this.#inTurn(() => super.enhance(photo, recipe, centre, onProgress));
    this.ran = reply;
    return reply;
  }

  override async enhanceClip(
    ...asked: Parameters<EnhancerClient['enhanceClip']>
  ): Promise<Reply<ClipReport>> {
    this.#turn = new AbortController();
    [this.#running] = asked;
    return this.#inTurn(() => super.enhanceClip(...asked));
  }

  override async cancel(photo?: PhotoId, which?: readonly Lane[]): Promise<void> {
    // A loupe or an estimate that is not wanted any more says nothing of a run that waits.
    const isRun = which?.includes('run') ?? true;
    if (isRun && (photo === undefined || photo === this.#running)) this.#turn.abort();
    await super.cancel(photo, which);
  }

  /** A plan within what the host allows. */
  #limit(reply: Reply<PlanInfo>): Reply<PlanInfo> {
    if (!reply.ok || this.maxPixels === 0) return reply;
    const { width, height } = reply.value.output;
    if (width * height <= this.maxPixels) return reply;
    return failed('result-over-limit', { width, height, mostPixels: this.maxPixels });
  }

  /** A turn among the widgets of the page, from the host, and then among those of all tabs. */
  async #inTurn<T>(work: () => Promise<Reply<T>>): Promise<Reply<T>> {
    const { signal } = this.#turn;
    const start = (): Promise<Reply<T>> => {
      this.waiting = false;
      return work();
    };
    this.waiting = true;
    try {
      const go = new Promise<void>((resolve) => (this.#go = resolve));
      this.#ask('want');
      // Who gives up is told by the lock.
      await untilAborted(go, signal).catch(() => undefined);
      return await underLock(start, signal);
    } finally {
      this.waiting = false;
      this.#ask('over');
    }
  }
}

/** Where a frame may not keep anything, it may not lock either: then it does not wait for other tabs. */
async function underLock<T>(
  start: () => Promise<Reply<T>>,
  signal: AbortSignal,
): Promise<Reply<T>> {
  let hasStarted = false;
  const once = (): Promise<Reply<T>> => {
    hasStarted = true;
    return start();
  };
  try {
    signal.throwIfAborted();
    return await navigator.locks.request(turnName, { signal }, once);
  } catch (error) {
    if (hasStarted) throw error;
    if (signal.aborted) return failed('cancelled');
    return once();
  }
}
