import { proxy, wrap, type Remote } from 'comlink';
import type { Reply } from '../../core/errors';
import type { Recipe, SaveOptions } from '../../core/recipe';
import type {
  Enhancer,
  EnhancerOptions,
  Offers,
  PhotoInfo,
  PlanInfo,
  Progress,
  RunReport,
  ViewPart,
  ViewRequest,
} from '../../worker/protocol';
import { t } from '../i18n/translate';

/** The worker as the page uses it: starting it is the client's own business. */
export type EnhancerCalls = Omit<Enhancer, 'init'>;

/** One worker and what to do when it dies. */
type Link = {
  readonly worker: Worker;
  readonly remote: Remote<Enhancer>;
  readonly ready: Promise<void>;
  /** Resolves when the worker can no longer answer. */
  readonly died: Promise<void>;
  readonly kill: () => void;
};

const dead = { ok: false, code: 'internal' } as const;

/**
 * The page's end of the worker. The worker starts at the first `open()`, so that the first load stays
 * small; when it dies every pending call settles with `internal`, and the next `open()` starts another.
 */
export class EnhancerClient implements EnhancerCalls {
  /** Called when the worker has died, and with it the photo and the result it held. */
  onDeath: () => void = () => undefined;
  readonly #options: EnhancerOptions;
  #link: Link | null = null;

  /** @param options Passed to each worker that is started. */
  constructor(options: EnhancerOptions) {
    this.#options = options;
  }

  /** Whether a worker is running, and so whether it still has the photo. */
  get alive(): boolean {
    return this.#link !== null;
  }

  /** @inheritdoc */
  open(file: File): Promise<Reply<PhotoInfo>> {
    this.#link ??= this.#spawn();
    return this.#call((remote) => remote.open(file));
  }

  /** @inheritdoc */
  offers(): Promise<Reply<Offers>> {
    return this.#call((remote) => remote.offers());
  }

  /** @inheritdoc */
  plan(recipe: Recipe): Promise<Reply<PlanInfo>> {
    return this.#call((remote) => remote.plan(recipe));
  }

  /** @inheritdoc */
  enhance(
    recipe: Recipe,
    centre: { readonly x: number; readonly y: number },
    onProgress: (progress: Progress) => void,
  ): Promise<Reply<RunReport>> {
    return this.#call((remote) => remote.enhance(recipe, centre, proxy(onProgress)));
  }

  /** @inheritdoc */
  async cancel(): Promise<void> {
    const link = this.#link;
    if (link) await Promise.race([link.remote.cancel(), link.died]);
  }

  /** @inheritdoc */
  view(request: ViewRequest): Promise<Reply<ViewPart>> {
    return this.#call((remote) => remote.view(request));
  }

  /** @inheritdoc */
  save(options: SaveOptions): Promise<Reply<Blob>> {
    return this.#call((remote) => remote.save(options));
  }

  /** Stops the worker at once; pending calls settle with `internal`. */
  terminate(): void {
    this.#link?.kill();
  }

  async #call<T>(ask: (remote: Remote<Enhancer>) => Promise<Reply<T>>): Promise<Reply<T>> {
    const link = this.#link;
    if (!link) return { ...dead, message: t('fault.closed') };
    const answer = link.ready
      .then(() => ask(link.remote))
      .catch((error: unknown) => ({ ...dead, message: String(error) }));
    const death = link.died.then(() => ({ ...dead, message: t('fault.died') }));
    return Promise.race([answer, death]);
  }

  #spawn(): Link {
    const worker = new Worker(new URL('../../worker/enhancer.worker.ts', import.meta.url), {
      type: 'module',
    });
    const remote = wrap<Enhancer>(worker);
    let markDead = (): void => undefined;
    const died = new Promise<void>((resolve) => (markDead = resolve));
    const kill = (): void => {
      if (this.#link?.worker !== worker) return;
      this.#link = null;
      worker.terminate();
      markDead();
      this.onDeath();
    };
    const ready = remote.init(this.#options);
    ready.catch(kill);
    worker.addEventListener('error', kill);
    worker.addEventListener('messageerror', kill);
    return { worker, remote, ready, died, kill };
  }
}
