import { analyse } from '../core/analyse';
import { blendStrength } from '../core/blend';
import { EnhanceError, settle, type Reply } from '../core/errors';
import { makePlan, type Plan } from '../core/plan';
import { parseRecipe, type Recipe, type SaveOptions } from '../core/recipe';
import { decode, type Photo } from '../formats/decode';
import { encode } from '../formats/encode';
import { chooseCard, chooseFile, type Ability, type Card, type Catalog } from '../models/catalog';
import { ModelStore } from '../models/store';
import { runChain, type ChainHooks } from './chain';
import type {
  Enhancer,
  EnhancerOptions,
  Offers,
  PhotoInfo,
  PlanInfo,
  ProgressListener,
  RunReport,
  ViewPart,
  ViewRequest,
} from './protocol';
import type { Runner } from './runner';
import { drawPart, drawView, previewSize, type ShownResult } from './viewport';

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
  /** Milliseconds per multiply-accumulate of the latest job, by backend. */
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
      const { raster, header, jpegQuality, notes } = photo;
      const analysis = analyse(raster, jpegQuality);
      opening.signal.throwIfAborted();
      await this.cancel();
      this.#photo = photo;
      this.#result = null;
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
        analysis,
        preview: await drawPart(raster, whole, previewSize(raster)),
      };
    });
  }

  offers(): Promise<Reply<Offers>> {
    return settle(async () => {
      const { models } = await this.#loadCatalog();
      return models.map(({ task, scale, variant }) => ({ task, scale, variant }));
    });
  }

  plan(recipe: Recipe): Promise<Reply<PlanInfo>> {
    return settle(async () => {
      const { plan, runner } = await this.#prepare(parseRecipe(recipe));
      const { backend } = await runner.capabilities();
      const pace = this.#pace.get(backend);
      const missing = await Promise.all(
        plan.steps.map(async ({ model }) => {
          const file = chooseFile(model, precision);
          return (await this.#store.has(file)) ? 0 : file.bytes;
        }),
      );
      return {
        output: plan.output,
        steps: plan.steps.map(({ step, model }) => ({ task: step.task, model: model.title })),
        downloadBytes: missing.reduce((sum, bytes) => sum + bytes, 0),
        peakBytes: plan.peakBytes,
        seconds: pace === undefined ? null : (pace * plan.macs) / 1000,
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

  async #prepare(recipe: Recipe): Promise<{ plan: Plan<Card>; runner: Runner }> {
    const [runner, catalog] = await Promise.all([this.#loadRunner(), this.#loadCatalog()]);
    const capabilities = await runner.capabilities();
    const choose = (wanted: Ability) => chooseCard(catalog, wanted, 'fast');
    const { raster } = this.#openPhoto();
    return { runner, plan: makePlan(recipe, raster, choose, capabilities, this.#options.tile) };
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
    const { plan, runner } = await this.#prepare(recipe);
    signal.throwIfAborted();
    const { backend, software } = await runner.capabilities();
    const source = this.#openPhoto().raster;
    const hooks: ChainHooks = {
      signal,
      tell: (progress) => {
        if (!signal.aborted) onProgress(progress);
      },
      onGrow: (shown) => (this.#growing = shown),
    };
    const files = await this.#download(plan, hooks, notes);
    const start = performance.now();
    const chain = { source, plan, files, precision, centre } as const;
    const { output, steps, readBacks } = await runChain(runner, chain, hooks).finally(() => {
      this.#growing = null;
    });
    if (steps.length > 0) this.#pace.set(backend, (performance.now() - start) / plan.macs);
    this.#result = { raster: output, scale: recipe.scale, growth: null };
    const { device } = runner;
    return { output: plan.output, steps, precision, backend, software, device, readBacks };
  }

  /** The files of all steps, so that no step waits for the network. */
  async #download(
    plan: Plan<Card>,
    { signal, tell }: ChainHooks,
    notes: string[],
  ): Promise<readonly Uint8Array[]> {
    const files = plan.steps.map(({ model }) => chooseFile(model, precision));
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const loaded: Uint8Array[] = [];
    let before = 0;
    let allKept = true;
    for (const file of files) {
      const onProgress = (bytes: number) => {
        const fraction = (before + bytes) / total;
        tell({ stage: 'download', task: null, fraction, etaSeconds: null });
      };
      const { catalogUrl } = this.#options;
      const { bytes, kept } = await this.#store.load(file, catalogUrl, { signal, onProgress });
      loaded.push(bytes);
      before += file.bytes;
      allKept &&= kept;
    }
    if (!allKept) notes.push('A model could not be kept for offline use.');
    void this.#catalog?.then((catalog) => this.#store.prune(catalog));
    return loaded;
  }
}
