import type { Remote } from 'comlink';
import { EnhanceError, failed, settle, troubleOf, type Reply } from '../core/errors';
import type { ClipStretch, ThumbnailWish } from '../core/film/clip';
import type { ClipFindings } from '../core/findings/clip-findings';
import type { FaceBox } from '../core/findings/faces';
import type { Mask } from '../core/recipe/finish';
import type { Offers } from '../core/recipe/offers';
import type { Basis } from '../core/recipe/basis';
import type { Recipe, SaveOptions } from '../core/recipe/recipe';
import type { Tint } from '../core/recipe/tint';
import type { ColourDrift } from '../core/run/colour-drift';
import type { Review } from '../core/run/review';
import type { TintMap } from '../core/tint/tint-map';
import type { OwnModel } from '../models/own/own-shelf';
import type { ClipOutlet, ClipRequest } from './clip-request';
import type { Lane } from './lanes';
import type { WorkerLink } from './link';
import type {
  ClipPicture,
  DownloadListener,
  LaidPhoto,
  LoupeRequest,
  LoupeView,
  OpenedPhoto,
  OpenOptions,
  Owner,
  OwnerOptions,
  PhotoId,
  PlanInfo,
  StripListener,
  ViewPart,
  ViewRequest,
} from './protocol';
import type { ClipListener, ClipReport, JobProgress, RunReport, SavedFile } from './reports';

/** The worker as the page uses it: starting it is the client's own business. */
export type OwnerCalls = Omit<Owner, 'init'>;

type Ask<T> = (remote: Remote<Owner>, link: WorkerLink<Owner>) => Promise<Reply<T>>;

/** What a client leaves to the page that it works for. */
export type ClientPorts = {
  /** Starts `enhancer.worker`; the client owns what it gives. */
  readonly spawn: () => Worker;
  /** Is waited for before the worker starts; what it throws is the answer to `open`. */
  readonly prepare?: () => Promise<void>;
};

/**
 * A page's end of the worker. The worker starts at the first `open()`, or shortly before, so that the first load stays
 * small; when it dies every pending call settles with `worker-died`, and the next `open()` starts another.
 */
export class WorkerClient implements OwnerCalls {
  /** Called when the worker has died, and with it the photo and the result it held. */
  onDeath: () => void = () => undefined;
  readonly #options: OwnerOptions;
  readonly #ports: ClientPorts;
  #link: WorkerLink<Owner> | null = null;

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

  /** Starts the worker before it is asked for anything, where none runs; a failure is for the next `open()` to tell. */
  prepare(): void {
    if (!this.#link) void settle(() => this.#start());
  }

  /** @inheritdoc */
  async open(
    file: File,
    options?: OpenOptions,
    onDownload?: DownloadListener,
  ): Promise<Reply<OpenedPhoto>> {
    return this.#begin((remote, link) =>
      remote.open(file, options, onDownload && link.lend(onDownload)),
    );
  }

  /** @inheritdoc */
  async addModel(source: File | string, about?: readonly File[]): Promise<Reply<OwnModel>> {
    return this.#begin((remote) => remote.addModel(source, about));
  }

  /** @inheritdoc */
  async stopAdding(): Promise<void> {
    await this.#link?.call((remote) => remote.stopAdding()).catch(() => undefined);
  }

  /** @inheritdoc */
  async close(photo: PhotoId): Promise<void> {
    await this.#link?.call((remote) => remote.close(photo)).catch(() => undefined);
  }

  /** @inheritdoc */
  lay(photo: PhotoId, basis: Basis): Promise<Reply<LaidPhoto>> {
    return this.#call((remote) => remote.lay(photo, basis));
  }

  /** @inheritdoc */
  uncropped(photo: PhotoId): Promise<Reply<ImageBitmap>> {
    return this.#call((remote) => remote.uncropped(photo));
  }

  /** @inheritdoc */
  findShake(photo: PhotoId): Promise<Reply<number>> {
    return this.#call((remote) => remote.findShake(photo));
  }

  /** @inheritdoc */
  findDamage(
    photo: PhotoId,
    sensitivity: number,
    onShare?: (share: number) => void,
  ): Promise<Reply<Mask>> {
    return this.#call((remote, link) =>
      remote.findDamage(photo, sensitivity, onShare && link.lend(onShare)),
    );
  }

  /** @inheritdoc */
  findFaces(photo: PhotoId): Promise<Reply<readonly FaceBox[]>> {
    return this.#call((remote) => remote.findFaces(photo));
  }

  /** @inheritdoc */
  offers(): Promise<Reply<Offers>> {
    return this.#call((remote) => remote.offers());
  }

  /** @inheritdoc */
  plan(photo: PhotoId, recipe: Recipe): Promise<Reply<PlanInfo>> {
    return this.#call((remote) => remote.plan(photo, recipe));
  }

  /** @inheritdoc */
  rehearse(photo: PhotoId, recipe: Recipe): Promise<Reply<PlanInfo>> {
    return this.#call((remote) => remote.rehearse(photo, recipe));
  }

  /** @inheritdoc */
  enhance(
    photo: PhotoId,
    recipe: Recipe,
    centre: { readonly x: number; readonly y: number },
    onProgress: (progress: JobProgress) => void,
  ): Promise<Reply<RunReport>> {
    return this.#call((remote, link) =>
      remote.enhance(photo, recipe, centre, link.lend(onProgress)),
    );
  }

  /** @inheritdoc */
  enhanceClip(
    photo: PhotoId,
    request: ClipRequest,
    onProgress: ClipListener,
    outlet?: ClipOutlet,
  ): Promise<Reply<ClipReport>> {
    return this.#call((remote, link) =>
      remote.enhanceClip(photo, request, link.lend(onProgress), outlet && link.lend(outlet)),
    );
  }

  /** @inheritdoc */
  clipPicture(photo: PhotoId, seconds: number, basis: Basis): Promise<Reply<ClipPicture>> {
    return this.#call((remote) => remote.clipPicture(photo, seconds, basis));
  }

  /** @inheritdoc */
  clipFindings(photo: PhotoId, stretch: ClipStretch): Promise<Reply<ClipFindings>> {
    return this.#call((remote) => remote.clipFindings(photo, stretch));
  }

  /** @inheritdoc */
  clipStrip(
    photo: PhotoId,
    wish: ThumbnailWish,
    onPicture: StripListener,
  ): Promise<Reply<undefined>> {
    return this.#call((remote, link) => remote.clipStrip(photo, wish, link.lend(onPicture)));
  }

  /** @inheritdoc */
  loupe(photo: PhotoId, request: LoupeRequest): Promise<Reply<LoupeView>> {
    return this.#call((remote) => remote.loupe(photo, request));
  }

  /** @inheritdoc */
  async cancel(photo?: PhotoId, which?: readonly Lane[]): Promise<void> {
    await this.#link?.call((remote) => remote.cancel(photo, which)).catch(() => undefined);
  }

  /** @inheritdoc */
  view(photo: PhotoId, request: ViewRequest): Promise<Reply<ViewPart>> {
    return this.#call((remote) => remote.view(photo, request));
  }

  /** @inheritdoc */
  drift(photo: PhotoId): Promise<Reply<ColourDrift>> {
    return this.#call((remote) => remote.drift(photo));
  }

  /** @inheritdoc */
  tint(photo: PhotoId, tint: Tint): Promise<Reply<TintMap>> {
    return this.#call((remote) => remote.tint(photo, tint));
  }

  /** @inheritdoc */
  review(photo: PhotoId, noise: number): Promise<Reply<Review>> {
    return this.#call((remote) => remote.review(photo, noise));
  }

  /** @inheritdoc */
  save(photo: PhotoId, options: SaveOptions): Promise<Reply<SavedFile>> {
    return this.#call((remote) => remote.save(photo, options));
  }

  /** @inheritdoc */
  estimate(photo: PhotoId, options: SaveOptions): Promise<Reply<number>> {
    return this.#call((remote) => remote.estimate(photo, options));
  }

  /** Stops the worker at once; pending calls settle with `worker-died`. */
  terminate(): void {
    this.#link?.kill();
  }

  /** Asks a worker, which is started where none runs. */
  async #begin<T>(ask: Ask<T>): Promise<Reply<T>> {
    if (!this.#link) {
      const ready = await settle(() => this.#start());
      if (!ready.ok) return ready;
    }
    return this.#call(ask);
  }

  async #call<T>(ask: Ask<T>): Promise<Reply<T>> {
    const link = this.#link;
    if (!link) return failed('photo-missing');
    try {
      return await link.call((remote) => ask(remote, link));
    } catch (error) {
      return link.isAlive ? { ok: false, ...troubleOf(error) } : failed('worker-died');
    }
  }

  async #start(): Promise<void> {
    const [Link] = await Promise.all([loadLink(), this.#ports.prepare?.()]);
    this.#link ??= this.#spawn(Link);
  }

  #spawn(Link: typeof WorkerLink): WorkerLink<Owner> {
    const link = new Link<Owner>(this.#ports.spawn(), () => {
      if (this.#link === link) this.#link = null;
      this.onDeath();
    });
    // Messages arrive in order: no call waits for the reply.
    link.call((remote) => remote.init(this.#options)).catch(() => link.kill());
    return link;
  }
}

/** With the worker: a page that opens nothing needs neither. */
async function loadLink(): Promise<typeof WorkerLink> {
  try {
    return (await import('./link')).WorkerLink;
  } catch (error) {
    if (error instanceof EnhanceError) throw error;
    throw new EnhanceError('download-failed', { url: 'link', cause: String(error) });
  }
}
