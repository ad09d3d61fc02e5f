import { untilAborted } from '../../core/abort';
import { EnhanceError, settle, type Reply } from '../../core/errors';
import type { ClipStretch, ThumbnailWish } from '../../core/film/clip';
import { findFading } from '../../core/fading/find';
import { analyse } from '../../core/findings/analyse';
import type { ClipFindings } from '../../core/findings/clip-findings';
import { isMonochrome } from '../../core/findings/monochrome';
import { findNegative } from '../../core/findings/negative';
import type { FaceBox } from '../../core/findings/faces';
import { findScanFrame } from '../../core/findings/scan-frame';
import { framedSize } from '../../core/frame/geometry';
import { isRaster } from '../../core/picture/picture';
import { depthOf, type Raster } from '../../core/picture/raster';
import { wholeRect } from '../../core/picture/rect';
import type { Mask } from '../../core/recipe/finish';
import type { Offers } from '../../core/recipe/offers';
import { fitScale } from '../../core/recipe/fitting';
import { parseBasis, type Basis } from '../../core/recipe/basis';
import { parseRecipe } from '../../core/recipe/parsing';
import { isSameChain, withoutSize, type Recipe, type SaveOptions } from '../../core/recipe/recipe';
import type { Tint } from '../../core/recipe/tint';
import { parseTint } from '../../core/recipe/tint-parsing';
import { measureDrift, type ColourDrift } from '../../core/run/colour-drift';
import { reviewResult, type Review } from '../../core/run/review';
import { widthOf } from '../../core/shake/find';
import type { TintMap } from '../../core/tint/tint-map';
import { optionValidator } from '../../core/validator';
import type { Photo } from '../../formats/photo';
import { readScreenColours } from '../../formats/screen-colours';
import { listenToDownloads } from '../../formats/wasm-codec';
import { createBrowserKeep, type Keep } from '../../models/keep';
import { keepApart } from '../../models/keep-apart';
import { keepOrHold } from '../../models/keep-or-hold';
import { OwnShelf, type OwnModel } from '../../models/own/own-shelf';
import { ModelStore } from '../../models/store';
import { openFastTone, type SetTone } from '../engine/fast-tone';
import { EngineHost } from '../engine/host';
import type { ClipOutlet, ClipRequest } from '../clip-request';
import {
  type ClipPicture,
  type DownloadListener,
  type LaidPhoto,
  type LoupeRequest,
  type LoupeView,
  type OpenedPhoto,
  type OpenOptions,
  type Owner,
  type OwnerOptions,
  type PhotoId,
  type PlanInfo,
  type StripListener,
  type ViewPart,
  type ViewRequest,
} from '../protocol';
import type { ClipListener, ClipReport, ProgressListener, RunReport } from '../reports';
import { lanes, type Lane } from '../lanes';
import type { SavedFile } from '../reports';
import { ClipDoor, stillOf } from './clip-door';
import { openPhoto } from './decoder';
import { EncoderHost } from './encoder';
import { EngineTurns } from './engine-turns';
import { Jobs } from './jobs';
import type { Measure, PhotoFrames } from './frames';
import { enhancePart } from './loupe';
import { Photos } from './open-photos';
import { OwnDesk } from './own-desk';
import { OpenPhoto } from './photos';
import { createResultPlaces, sweepResults, usePicture, type ResultPlaces } from './picture-file';
import { Planner } from './planner';
import { drawPart, drawView, previewSize } from './preview';
import { Runs, type RunParts } from './runs';
import { estimateBytes, saveResult } from './saving';
import { SiteModels } from './site-models';
import { Toner } from './toner';
import { Trials } from './trials';

/** Milliseconds that a photo waits for the list of models before it is shown without. */
const offersPatienceMs = 2000;

/** What a codec has at least whose download is told of. */
const heavyBytes = 5e5;

/** What an owner stands on; each has the browser's own as its default. */
export type OwnerPorts = {
  readonly decode: typeof openPhoto;
  /** Where models and what is known of them are kept. */
  readonly keep: Keep;
  readonly store: ModelStore;
  readonly encoder: Pick<EncoderHost, 'prepare' | 'encode'>;
  /** Encodes windows for estimates: what is ready for Save stays so. */
  readonly estimator: Pick<EncoderHost, 'encode'>;
  /** Starts an engine's thread; see {@link EngineHost}. */
  readonly startThread: ConstructorParameters<typeof EngineHost>[1];
  /** Where results lie that are too large for memory. */
  readonly results: ResultPlaces;
};

/** The worker's side of the protocol: owns the open photos and their results, and all that is done to them. */
export class PhotoOwner implements Owner {
  readonly #ports: OwnerPorts;
  readonly #photos = new Photos();
  readonly #jobs = new Jobs();
  #own!: OwnDesk;
  readonly #door = new ClipDoor();
  #setTone!: SetTone;
  #parts!: RunParts;
  #runs!: Runs;

  /** @param ports What to use instead of the browser's own. */
  constructor(ports: Partial<OwnerPorts> = {}) {
    const keep = ports.keep ?? createBrowserKeep();
    const { startThread } = ports;
    this.#ports = {
      ...{ decode: openPhoto, keep, store: new ModelStore({ keep }) },
      ...{ encoder: new EncoderHost(), estimator: new EncoderHost() },
      results: createResultPlaces(),
      ...ports,
      startThread,
    };
  }

  async init(options: OwnerOptions): Promise<void> {
    const { store, keep, startThread, results } = this.#ports;
    void sweepResults();
    const { modelsOf } = options;
    const shelf = new OwnShelf(modelsOf ? keepOrHold(keepApart(keep, modelsOf)) : keep);
    const toner = new Toner(() => openFastTone(options.backend, options.host));
    this.#setTone = (photo, tone, pause) => toner.tone(photo, tone, pause);
    const host = new EngineHost(options.host, startThread);
    const trials = new Trials(keep);
    this.#own = new OwnDesk({
      ...{ shelf, trials, newHost: () => new EngineHost({}, startThread) },
      identify: () => host.identify(options.backend),
    });
    const own = { shelf, prove: this.#own.prove.bind(this.#own) };
    const models = new SiteModels(store, options.catalogUrl, options.given, own);
    const shared = { options, host, trials, models, results };
    const planner = new Planner(shared);
    this.#parts = { ...shared, planner, turns: new EngineTurns() };
    this.#runs = new Runs(this.#parts);
  }

  open(
    file: File,
    { beside = false, takesClips = false }: OpenOptions = {},
    onDownload: DownloadListener = () => undefined,
  ): Promise<Reply<OpenedPhoto>> {
    // On its way while the file is read.
    const offers = this.#offersSoon();
    const id = this.#photos.nextId();
    // Those that are open now: what is opened beside it meanwhile stays.
    const others = beside ? [] : this.#photos.ids;
    if (!beside) for (const job of this.#jobs.of('look')) if (!job.recipe) job.cancel();
    return settle(() =>
      this.#jobs.start({ photo: id, lane: 'look' }, async (signal) => {
        const clip = takesClips ? await this.#door.read(file) : null;
        const decoded = clip ? stillOf(clip) : await this.#decode(file, signal, onDownload);
        const { raster, colours, header, metadata, jpegQuality, notes } = decoded;
        const fading = findFading(raster);
        const analysis = clip?.analysis ?? analyse(raster, jpegQuality, { fading });
        const scanFrame = clip ? null : findScanFrame(raster);
        const negative = clip ? null : findNegative(raster, fading);
        const screen = colours.profile && (await readScreenColours(colours.profile));
        const preview = await drawPart(raster, wholeRect(raster), previewSize(raster), screen);
        const known = await offers;
        if (signal.aborted) preview.close();
        if (signal.aborted) clip?.clip.close();
        signal.throwIfAborted();
        if (clip) this.#door.clips?.keep(id, clip.clip);
        const photo = new OpenPhoto(id, raster, metadata, colours, screen);
        photo.analysis = analysis;
        // A clip is judged by more pictures than the one that lies here.
        const measure: Measure | null = clip
          ? null
          : (part, origin) => analyse(part, jpegQuality, origin);
        this.#photos.add(photo, { measure, setTone: this.#setTone });
        await Promise.all(others.map((other) => this.close(other)));
        const { width, height, hasAlpha } = raster;
        const { isLossless } = metadata;
        const isWide = screen?.space === 'display-p3';
        return {
          ...{ id, width, height, hasAlpha, isLossless, isWide, notes, analysis, preview },
          offers: known,
          ...{ isMonochrome: isMonochrome(raster), ...(scanFrame && { scanFrame }) },
          ...(negative && { negative }),
          ...(clip && { clip: clip.clip.facts }),
          ...{ name: file.name, bytes: file.size, format: header.format, depth: depthOf(raster) },
        };
      }),
    );
  }

  async close(id: PhotoId): Promise<void> {
    this.#photos.remove(id);
    await this.#jobs.end(lanes, id);
    this.#jobs.forget(id);
    await this.#door.clips?.close(id);
  }

  lay(id: PhotoId, basis: Basis): Promise<Reply<LaidPhoto>> {
    return settle(async () => {
      const frames = this.#photos.frames(id);
      const { raster, screen, analysis } = await frames.look(parseBasis(basis, 'basis'));
      const { width, height } = raster;
      const preview = await drawPart(raster, wholeRect(raster), previewSize(raster), screen);
      return { width, height, preview, analysis };
    });
  }

  uncropped(id: PhotoId): Promise<Reply<ImageBitmap>> {
    return settle(() => {
      const { raster, screen } = this.#photos.frames(id).whole;
      return drawPart(raster, wholeRect(raster), previewSize(raster), screen);
    });
  }

  findShake(id: PhotoId): Promise<Reply<number>> {
    return settle(async () => {
      const shake = await this.#photos.get(id).shake.find();
      return shake ? widthOf(shake) : 0;
    });
  }

  findDamage(
    id: PhotoId,
    sensitivity: number,
    onShare: (share: number) => void = () => undefined,
  ): Promise<Reply<Mask>> {
    return settle(() => this.#photos.get(id).damage.find(this.#parts, sensitivity, onShare));
  }

  findFaces(id: PhotoId): Promise<Reply<readonly FaceBox[]>> {
    return settle(() => this.#photos.get(id).faces.find(this.#parts));
  }

  offers(): Promise<Reply<Offers>> {
    return settle(() => this.#parts.models.offers());
  }

  addModel(source: File | string, about?: readonly File[]): Promise<Reply<OwnModel>> {
    return settle(() => this.#own.add(source, about));
  }

  async stopAdding(): Promise<void> {
    this.#own.stop();
  }

  plan(id: PhotoId, recipe: Recipe): Promise<Reply<PlanInfo>> {
    return settle(() => {
      const { frames, asked } = this.#read(id, recipe);
      return this.#plan(frames, asked);
    });
  }

  rehearse(id: PhotoId, recipe: Recipe): Promise<Reply<PlanInfo>> {
    return settle(async () => {
      const { frames, asked } = this.#read(id, recipe);
      if (this.#jobs.of('run').length === 0) {
        for (const job of this.#jobs.of('look')) if (job.recipe) job.cancel();
        await this.#jobs.start({ photo: id, lane: 'look', recipe: asked }, async (signal) =>
          this.#runs.rehearse(await frames.hold(asked), asked, signal),
        );
      }
      return this.#plan(frames, asked);
    });
  }

  enhance(
    id: PhotoId,
    recipe: Recipe,
    centre: { readonly x: number; readonly y: number },
    onProgress: ProgressListener,
  ): Promise<Reply<RunReport>> {
    return settle(() => {
      const { frames, asked } = this.#read(id, recipe);
      // What is saved then is what was run.
      const looking = frames.look(asked);
      looking.catch(() => undefined);
      return this.#jobs.start({ photo: id, lane: 'run' }, async (signal) => {
        const since = performance.now();
        const photo = await untilAborted(looking, signal);
        await this.#makeRoom(asked, signal);
        const wish = { recipe: asked, centre, since, onProgress, signal };
        const report = await this.#runs.enhance(photo, wish);
        frames.keepResult(photo);
        this.#ports.encoder.prepare();
        return report;
      });
    });
  }

  enhanceClip(
    id: PhotoId,
    request: ClipRequest,
    tell: ClipListener,
    outlet?: ClipOutlet,
  ): Promise<Reply<ClipReport>> {
    return settle(() => {
      const { clips } = this.#door;
      if (!clips) throw new EnhanceError('photo-missing');
      return this.#jobs.start({ photo: id, lane: 'run' }, (signal) =>
        clips.enhance(id, request, this.#runs, { ...this.#parts.options, signal, tell, outlet }),
      );
    });
  }

  clipPicture(id: PhotoId, seconds: number, basis: Basis): Promise<Reply<ClipPicture>> {
    return settle(async () => {
      const { showMoment } = await import('./clip-moment');
      const parts = { measure: null, setTone: this.#setTone };
      const where = { clips: this.#door.clips, photos: this.#photos, parts };
      return showMoment(where, id, seconds, basis);
    });
  }

  clipFindings(id: PhotoId, stretch: ClipStretch): Promise<Reply<ClipFindings>> {
    return settle(() =>
      this.#jobs.start({ photo: id, lane: 'judge' }, async (signal) => {
        const { judgeClip } = await import('./clip-judge');
        return judgeClip({ clips: this.#door.clips, jobs: this.#jobs }, id, stretch, signal);
      }),
    );
  }

  clipStrip(id: PhotoId, wish: ThumbnailWish, give: StripListener): Promise<Reply<undefined>> {
    return settle(() =>
      this.#jobs.start({ photo: id, lane: 'estimate' }, async (signal) => {
        const { giveStrip } = await import('./clip-strip');
        return giveStrip({ clips: this.#door.clips, jobs: this.#jobs }, id, { wish, give, signal });
      }),
    );
  }

  loupe(id: PhotoId, request: LoupeRequest): Promise<Reply<LoupeView>> {
    return settle(() => {
      const { frames, asked: recipe } = this.#read(id, request.recipe);
      // A part has no size to reach.
      const asked = { ...request, recipe: withoutSize(recipe) };
      return this.#jobs.start({ photo: id, lane: 'loupe' }, async (signal) => {
        const photo = await frames.hold(recipe);
        signal.throwIfAborted();
        await this.#makeRoom(asked.recipe, signal);
        const part = await enhancePart(photo, asked, this.#parts, this.#runs, signal);
        const draw = (raster: Raster) => drawPart(raster, wholeRect(raster), raster, photo.screen);
        const [bitmap, plain] = await Promise.all([draw(part.raster), draw(part.plain)]);
        return { rect: part.rect, bitmap, plain };
      });
    });
  }

  async cancel(id?: PhotoId, which: readonly Lane[] = ['run', 'save']): Promise<void> {
    await this.#jobs.end(which, id);
  }

  view(id: PhotoId, request: ViewRequest): Promise<Reply<ViewPart>> {
    return settle(() => {
      const photo = this.#photos.get(id);
      const { picture = null } = photo.growing ?? photo.result ?? {};
      return usePicture(picture, () => drawView(photo, request));
    });
  }

  review(id: PhotoId, noise: number): Promise<Reply<Review>> {
    return settle(() => {
      const { ground, result } = this.#photos.get(id).withResult();
      return usePicture(result, () => reviewResult(ground, result, noise));
    });
  }

  drift(id: PhotoId): Promise<Reply<ColourDrift>> {
    return settle(() => {
      const { ground, result } = this.#photos.get(id).withResult();
      return usePicture(result, () => measureDrift(ground, result));
    });
  }

  tint(id: PhotoId, tint: Tint): Promise<Reply<TintMap>> {
    return settle(() => {
      const { tints } = this.#photos.get(id);
      const asked = parseTint(tint, 'tint');
      if (!asked) throw optionValidator.wrong('tint.strokes', 'filled-list');
      return tints.spread(asked);
    });
  }

  save(id: PhotoId, options: SaveOptions): Promise<Reply<SavedFile>> {
    return settle(() => {
      const photo = this.#photos.get(id);
      for (const job of this.#jobs.of('estimate')) job.cancel();
      return this.#jobs.start({ photo: id, lane: 'save' }, (signal) => {
        // Where a result has no room in memory, an engine has none beside it, either.
        if (photo.result && !isRaster(photo.result.picture)) this.#runs.rest();
        return saveResult(photo, options, this.#ports, signal);
      });
    });
  }

  estimate(id: PhotoId, options: SaveOptions): Promise<Reply<number>> {
    const { decode, estimator: encoder } = this.#ports;
    return settle(() => {
      const photo = this.#photos.get(id);
      return this.#jobs.start({ photo: id, lane: 'estimate' }, (signal) =>
        estimateBytes(photo, options, { decode, encoder }, signal),
      );
    });
  }

  async #decode(file: File, signal: AbortSignal, onDownload: DownloadListener): Promise<Photo> {
    const hush = listenToDownloads((loaded, total) => {
      if (total >= heavyBytes) onDownload(loaded, total);
    });
    return this.#ports.decode(file, signal).finally(hush);
  }

  /** A photo, and what is asked for it with the enlargement that its size is reached by. */
  #read(id: PhotoId, recipe: unknown): { readonly frames: PhotoFrames; readonly asked: Recipe } {
    const frames = this.#photos.frames(id);
    const parsed = parseRecipe(recipe);
    return { frames, asked: fitScale(parsed, framedSize(parsed.frame, frames.whole.raster)) };
  }

  async #plan(frames: PhotoFrames, recipe: Recipe): Promise<PlanInfo> {
    const { planner } = this.#parts;
    const photo = await frames.hold(recipe);
    return planner.describe(await planner.prepare(recipe, photo));
  }

  async #makeRoom(recipe: Recipe, signal: AbortSignal): Promise<void> {
    const failure = await this.#jobs.endRehearsals((other) => isSameChain(recipe, other), signal);
    // The person has waited for the same files already: to ask again would be as long a silence once more.
    if (failure instanceof EnhanceError && failure.problem === 'download-stalled') throw failure;
  }

  /** The offers, or null where they do not come soon: no photo waits for the network to be seen. */
  #offersSoon(): Promise<Offers | null> {
    const patience = AbortSignal.timeout(offersPatienceMs);
    return untilAborted(this.#parts.models.offers(), patience).catch(() => null);
  }
}
