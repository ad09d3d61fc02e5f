import { blendStrength } from '../core/blend';
import { EnhanceError, settle, type Reply } from '../core/errors';
import { makePlan, type Plan } from '../core/plan';
import type { Raster, Rect } from '../core/raster';
import { parseRecipe, type Recipe, type SaveOptions } from '../core/recipe';
import type { TileGrid } from '../core/tiles';
import { decode, type Photo } from '../formats/decode';
import { encode } from '../formats/encode';
import { chooseCard, chooseFile, type Card, type Catalog, type ModelFile } from '../models/catalog';
import { ModelStore } from '../models/store';
import type {
  Enhancer,
  EnhancerOptions,
  PhotoInfo,
  PlanInfo,
  Progress,
  ProgressListener,
  RunReport,
  ViewPart,
  ViewRequest,
} from './protocol';
import type { Job, JobResult, Runner } from './runner';
import { drawPart, drawView, previewRect, previewSize, type ShownResult } from './viewport';

const formatNames = { jpeg: 'JPEG', png: 'PNG', webp: 'WebP', gif: 'GIF' } as const;

/** Name of the performance measure of a whole run. */
const enhanceMeasure = 'enlarger:enhance';

/** int8 weights compute in float32: half precision waits for a self-test (docs/decisions/0007). */
const precision = 'int8';

/** Failures that another tier may not share. */
const gpuFailures: readonly string[] = [
  'device-lost',
  'out-of-memory',
  'wrong-result',
  'internal',
  'model-corrupt',
];

/** The worker's side of the protocol: owns the open photo, its result and the one running job. */
export class PhotoEnhancer implements Enhancer {
  #options!: EnhancerOptions;
  readonly #store = new ModelStore();
  #catalog: Promise<Catalog> | undefined;
  #runner: Promise<Runner> | undefined;
  #photo: Photo | undefined;
  #opening: AbortController | undefined;
  #result: ShownResult | null = null;
  /** What is shown while a job runs: its unfinished output. */
  #growing: ShownResult | null = null;
  #job: { controller: AbortController; ended: Promise<unknown> } | undefined;
  /** Milliseconds per million window pixels of earlier jobs, by backend and model. */
  readonly #pace = new Map<string, number>();

  async init(options: EnhancerOptions): Promise<void> {
    this.#options = options;
  }

  open(file: File): Promise<Reply<PhotoInfo>> {
    this.#opening?.abort();
    const opening = new AbortController();
    this.#opening = opening;
    return settle(async () => {
      const photo = await decode(file, opening.signal);
      opening.signal.throwIfAborted();
      await this.cancel();
      this.#photo = photo;
      this.#result = null;
      const { raster, header, notes } = photo;
      const { width, height, hasAlpha } = raster;
      const whole = { x: 0, y: 0, width, height };
      return {
        width,
        height,
        hasAlpha,
        notes,
        name: file.name,
        bytes: file.size,
        format: formatNames[header.format],
        preview: await drawPart(raster, whole, previewSize(raster)),
      };
    });
  }

  plan(recipe: Recipe): Promise<Reply<PlanInfo>> {
    return settle(async () => {
      const { card, file, plan, runner } = await this.#prepare(parseRecipe(recipe));
      const { backend } = await runner.capabilities();
      const { width, height } = this.#openPhoto().raster;
      const pace = this.#pace.get(`${backend} ${card.id}`);
      return {
        output: plan.output,
        model: { id: card.id, title: card.title, bytes: file.bytes },
        download: !(await this.#store.has(file)),
        peakBytes: plan.peakBytes,
        seconds: pace === undefined ? null : (pace * width * height) / 1e9,
      };
    });
  }

  enhance(
    recipe: Recipe,
    centre: { readonly x: number; readonly y: number },
    onProgress: ProgressListener,
  ): Promise<Reply<RunReport>> {
    const controller = new AbortController();
    const { signal } = controller;
    // The new job takes its place at once and waits there, so that two can never run side by side.
    const work = this.cancel().then(() =>
      this.#work(parseRecipe(recipe), centre, onProgress, signal),
    );
    this.#job = { controller, ended: work.catch(() => undefined) };
    return settle(() => work);
  }

  async cancel(): Promise<void> {
    const job = this.#job;
    this.#job = undefined;
    job?.controller.abort();
    await job?.ended;
  }

  view(request: ViewRequest): Promise<Reply<ViewPart>> {
    return settle(() => drawView(this.#openPhoto().raster, this.#growing ?? this.#result, request));
  }

  save(options: SaveOptions): Promise<Reply<Blob>> {
    return settle(async () => {
      const { raster } = this.#openPhoto();
      if (!this.#result) throw new EnhanceError('internal', 'There is no result to save yet.');
      const blended = blendStrength(raster, this.#result.raster, options.strength);
      return encode(blended, options);
    });
  }

  #openPhoto(): Photo {
    if (!this.#photo) throw new EnhanceError('internal', 'No photo is open.');
    return this.#photo;
  }

  /** The engine is a chunk of its own: nothing of it loads before a photo is opened. */
  #loadRunner(): Promise<Runner> {
    this.#runner ??= import('./runner').then(({ Runner }) => new Runner(this.#options.backend));
    return this.#runner;
  }

  #loadCatalog(): Promise<Catalog> {
    const loading = this.#catalog ?? this.#store.loadCatalog(this.#options.catalogUrl);
    this.#catalog = loading;
    loading.catch(() => (this.#catalog = undefined));
    return loading;
  }

  async #prepare(
    recipe: Recipe,
  ): Promise<{ card: Card; file: ModelFile; plan: Plan; runner: Runner }> {
    const [runner, catalog] = await Promise.all([this.#loadRunner(), this.#loadCatalog()]);
    const capabilities = await runner.capabilities();
    const card = chooseCard(catalog, 'upscale', recipe.scale, 'fast');
    const { raster } = this.#openPhoto();
    const plan = makePlan(recipe, raster, card, capabilities, this.#options.tile);
    return { card, plan, runner, file: chooseFile(card, precision) };
  }

  async #work(
    recipe: Recipe,
    centre: { readonly x: number; readonly y: number },
    onProgress: ProgressListener,
    signal: AbortSignal,
  ): Promise<RunReport> {
    signal.throwIfAborted();
    performance.clearMeasures();
    const start = performance.now();
    const notes: string[] = [];
    const attempt = () => this.#attempt(recipe, centre, onProgress, signal, notes);
    const runner = await this.#loadRunner();
    const { backend } = await runner.capabilities();
    const mayFallBack = this.#options.backend === 'auto' && backend === 'webgpu';
    const report = await attempt().catch(async (error: unknown) => {
      const failed = error instanceof EnhanceError ? error.code : 'internal';
      if (!mayFallBack || signal.aborted || !gpuFailures.includes(failed)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      notes.push(`The GPU failed (${reason}), so the CPU did the work.`);
      await runner.abandonGpu();
      return attempt();
    });
    const { duration } = performance.measure(enhanceMeasure, { start });
    return { ...report, notes, seconds: duration / 1000 };
  }

  async #attempt(
    recipe: Recipe,
    centre: { readonly x: number; readonly y: number },
    onProgress: ProgressListener,
    signal: AbortSignal,
    notes: string[],
  ): Promise<Omit<RunReport, 'notes' | 'seconds'>> {
    const { card, file, plan, runner } = await this.#prepare(recipe);
    signal.throwIfAborted();
    const { backend, software } = await runner.capabilities();
    const tell = (progress: Progress) => {
      if (!signal.aborted) onProgress(progress);
    };
    const { bytes, kept } = await this.#store.load(file, this.#options.catalogUrl, {
      signal,
      onProgress: (loaded, total) =>
        tell({ stage: 'download', fraction: loaded / total, etaSeconds: null }),
    });
    if (!kept) notes.push('The model could not be kept for offline use.');
    void this.#catalog?.then((catalog) => this.#store.prune(catalog));

    tell({ stage: 'compile', fraction: 0, etaSeconds: null });
    const source = this.#openPhoto().raster;
    const job: Job = { source, plan, card, precision, bytes, centre };
    const grid = await runner.prepare(job);
    signal.throwIfAborted();

    // Still 'compile': the GPU compiles its shaders in the first tile, which ends the stage.
    const start = performance.now();
    const result = await this.#runTiles(runner, job, grid, tell, signal).finally(() => {
      this.#growing = null;
    });
    const perPixel = (performance.now() - start) / (source.width * source.height);
    this.#pace.set(`${backend} ${card.id}`, perPixel * 1e6);

    this.#result = { raster: result.output, scale: card.scale, finished: null };
    return {
      output: plan.output,
      model: card.title,
      precision,
      backend,
      software,
      device: runner.device,
      tiles: result.tiles,
      readBacks: result.readBacks,
    };
  }

  async #runTiles(
    runner: Runner,
    job: Job,
    grid: TileGrid,
    tell: ProgressListener,
    signal: AbortSignal,
  ): Promise<JobResult> {
    const { card } = job;
    const finished: Rect[] = [];
    const patches: Promise<void>[] = [];
    let fraction = 0;
    let etaSeconds: number | null = null;
    const showPatch = async (rect: Rect, output: Raster) => {
      const part = magnify(rect, card.scale);
      const size = previewRect(part, output);
      if (size.width === 0 || size.height === 0) return;
      const bitmap = await drawPart(output, part, size);
      tell({ stage: 'run', fraction, etaSeconds, patch: { rect, bitmap } });
    };
    const result = await runner.run(job, grid, {
      signal,
      onStart: (raster) => {
        this.#growing = { raster, scale: card.scale, finished };
      },
      onPixels: (rect, output) => {
        finished.push(rect);
        // Only the screen misses a patch that fails; the pixels are in the output.
        patches.push(showPatch(rect, output).catch(() => undefined));
      },
      onProgress: (eta) => {
        ({ fraction, seconds: etaSeconds } = eta);
        tell({ stage: 'run', fraction, etaSeconds });
      },
    });
    await Promise.all(patches);
    return result;
  }
}

function magnify({ x, y, width, height }: Rect, scale: number): Rect {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}
