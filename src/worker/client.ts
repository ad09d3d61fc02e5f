import { proxy, type Remote } from 'comlink';
import { failed, troubleOf, type Reply } from '../core/errors';
import type { Offers } from '../core/recipe/offers';
import type { Recipe, SaveOptions } from '../core/recipe/recipe';
import type { ColourDrift } from '../core/run/colour-drift';
import { WorkerLink } from './link';
import type {
  Owner,
  OwnerOptions,
  PhotoInfo,
  PlanInfo,
  JobProgress,
  RunReport,
  ViewPart,
  ViewRequest,
} from './protocol';

/** The worker as the page uses it: starting it is the client's own business. */
export type OwnerCalls = Omit<Owner, 'init'>;

/** What a client leaves to the page that it works for. */
export type ClientPorts = {
  /** Starts `enhancer.worker`; the client owns what it gives. */
  readonly spawn: () => Worker;
};

/**
 * A page's end of the worker. The worker starts at the first `open()`, so that the first load stays
 * small; when it dies every pending call settles with `worker-died`, and the next `open()` starts another.
 */
export class WorkerClient implements OwnerCalls {
  /** Called when the worker has died, and with it the photo and the result it held. */
  onDeath: () => void = () => undefined;
  readonly #options: OwnerOptions;
  readonly #ports: ClientPorts;
  #link: WorkerLink<Owner> | null = null;
  #ready: Promise<void> = Promise.resolve();

  /**
   * @param options Passed to each worker that is started.
   * @param ports How workers are started.
   */
  constructor(options: OwnerOptions, ports: ClientPorts) {
    this.#options = options;
    this.#ports = ports;
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
  findShake(): Promise<Reply<number>> {
    return this.#call((remote) => remote.findShake());
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
  rehearse(recipe: Recipe): Promise<Reply<void>> {
    return this.#call((remote) => remote.rehearse(recipe));
  }

  /** @inheritdoc */
  enhance(
    recipe: Recipe,
    centre: { readonly x: number; readonly y: number },
    onProgress: (progress: JobProgress) => void,
  ): Promise<Reply<RunReport>> {
    return this.#call((remote) => remote.enhance(recipe, centre, proxy(onProgress)));
  }

  /** @inheritdoc */
  async cancel(): Promise<void> {
    await this.#link?.call((remote) => remote.cancel()).catch(() => undefined);
  }

  /** @inheritdoc */
  view(request: ViewRequest): Promise<Reply<ViewPart>> {
    return this.#call((remote) => remote.view(request));
  }

  /** @inheritdoc */
  drift(): Promise<Reply<ColourDrift>> {
    return this.#call((remote) => remote.drift());
  }

  /** @inheritdoc */
  save(options: SaveOptions): Promise<Reply<Blob>> {
    return this.#call((remote) => remote.save(options));
  }

  /** Stops the worker at once; pending calls settle with `worker-died`. */
  terminate(): void {
    this.#link?.kill();
  }

  async #call<T>(ask: (remote: Remote<Owner>) => Promise<Reply<T>>): Promise<Reply<T>> {
    const link = this.#link;
    if (!link) return failed('photo-missing');
    try {
      await this.#ready;
      return await link.call(ask);
    } catch (error) {
      return link.isAlive ? { ok: false, ...troubleOf(error) } : failed('worker-died');
    }
  }

  #spawn(): WorkerLink<Owner> {
    const link = new WorkerLink<Owner>(this.#ports.spawn(), () => {
      if (this.#link === link) this.#link = null;
      this.onDeath();
    });
    this.#ready = link.call((remote) => remote.init(this.#options));
    this.#ready.catch(() => link.kill());
    return link;
  }
}
