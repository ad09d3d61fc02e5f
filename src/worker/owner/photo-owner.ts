import { analyse } from '../../core/findings/analyse';
import { EnhanceError, settle, type Reply } from '../../core/errors';
import type { Note } from '../../core/notes';
import { makePlan, type Plan } from '../../core/plan/plan';
import { networksOf, type StepPlan } from '../../core/plan/step-plan';
import type { Ability, Offers } from '../../core/recipe/offers';
import { parseRecipe } from '../../core/recipe/parsing';
import { readFinish } from '../../core/recipe/finish';
import { measureDrift, type ColourDrift } from '../../core/run/colour-drift';
import { isSameChain, scaleOf, type Recipe, type SaveOptions } from '../../core/recipe/recipe';
import { finishWhole } from '../../core/run/finish-render';
import { depthOf, type Raster } from '../../core/picture/raster';
import { wholeRect } from '../../core/picture/rect';
import { widthOf } from '../../core/shake/find';
import { decode, type Photo } from '../../formats/decode';
import {
  chooseCard,
  chooseFile,
  parseCatalog,
  type Card,
  type Catalog,
  type ModelFile,
} from '../../models/catalog';
import { ModelStore } from '../../models/store';
import { runChain, type ChainHooks } from './chain';
import { EncoderHost } from './encoder';
import { EngineHost } from '../engine/host';
import type { Machine } from '../engine/protocol';
import { capabilitiesOf } from '../engine/machine';
import type {
  Owner,
  OwnerOptions,
  PhotoInfo,
  PlanInfo,
  ProgressListener,
  RunReport,
  StepInfo,
  ViewPart,
  ViewRequest,
} from '../protocol';
import { breathe, ShakeSearch } from './shake-search';
import { PictureBands } from './picture-bands';
import { ProvenEngine, type EngineTools } from './proven-engine';
import { Trials } from './trials';
import { drawPart, drawView, previewSize, type ShownResult } from './preview';

/** Name of the performance measure of a whole run. */
const enhanceMeasure = 'enlarger:enhance';

/** Work under way, and how to end it. */
type Job = { readonly controller: AbortController; readonly ended: Promise<unknown> };

/** A plan and what it was made for. */
type Prepared = { readonly plan: Plan<Card>; readonly machine: Machine };

/** The worker's side of the protocol: owns the open photo, its result and the one running job. */
export class PhotoOwner implements Owner {
  #options!: OwnerOptions;
  readonly #store = new ModelStore();
  readonly #trials = new Trials();
  readonly #encoder = new EncoderHost();
  #host!: EngineHost;
  #catalog: Promise<Catalog> | undefined;
  #photo: Photo | undefined;
  #shake: ShakeSearch | undefined;
  #opening: AbortController | undefined;
  #result: ShownResult | null = null;
  /** What is shown while a job runs: its unfinished output. */
  #growing: ShownResult | null = null;
  /** The run under way. */
  #job: Job | undefined;
  /** The latest save. */
  #saving: Job | undefined;
  /** Whether the person knows already that models are not kept here. */
  #isUnkeptSaid = false;
  #rehearsal: (Job & { readonly recipe: Recipe }) | undefined;

  async init(options: OwnerOptions): Promise<void> {
    this.#options = options;
    this.#host = new EngineHost(options.host);
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
      await Promise.all([endJob(this.#job), this.#endRehearsal()]);
      this.#photo = photo;
      this.#shake?.end();
      this.#shake = new ShakeSearch(raster);
      this.#result = null;
      const { width, height, hasAlpha } = raster;
      return {
        width,
        height,
        hasAlpha,
        notes,
        name: file.name,
        bytes: file.size,
        format: header.format,
        analysis,
        preview: await drawPart(raster, wholeRect(raster), previewSize(raster)),
      };
    });
  }

  findShake(): Promise<Reply<number>> {
    return settle(async () => {
      const shake = await this.#openShake().find();
      return shake ? widthOf(shake) : 0;
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
      const { plan, machine } = await this.#prepare(parseRecipe(recipe));
      const { output, peakBytes, seconds } = plan;
      return {
        ...{ output, peakBytes, seconds },
        steps: plan.steps.flatMap(describeStep),
        downloadBytes: await this.#missingBytes(plan, machine),
      };
    });
  }

  rehearse(recipe: Recipe): Promise<Reply<void>> {
    return settle(async () => {
      const asked = parseRecipe(recipe);
      if (this.#job) return;
      const controller = new AbortController();
      // It takes its place at once, as a job does.
      const work = this.#endRehearsal().then(() => this.#rehearse(asked, controller.signal));
      this.#rehearsal = { controller, recipe: asked, ended: work.catch(() => undefined) };
      await work;
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
    const work = endJob(this.#job).then(() =>
      this.#work(parseRecipe(recipe), centre, onProgress, signal),
    );
    const job = { controller, ended: work.catch(() => undefined) };
    this.#job = job;
    void job.ended.then(() => {
      if (this.#job === job) this.#job = undefined;
    });
    return settle(() => work);
  }

  async cancel(): Promise<void> {
    await Promise.all([endJob(this.#job), endJob(this.#saving)]);
  }

  view(request: ViewRequest): Promise<Reply<ViewPart>> {
    return settle(() => drawView(this.#openPhoto().raster, this.#growing ?? this.#result, request));
  }

  drift(): Promise<Reply<ColourDrift>> {
    return settle(() => {
      const { original, result } = this.#openResult();
      return measureDrift(original, result);
    });
  }

  save(options: SaveOptions): Promise<Reply<Blob>> {
    const controller = new AbortController();
    const { signal } = controller;
    const work = endJob(this.#saving).then(async () => {
      const finish = readFinish(options);
      const { metadata } = this.#openPhoto();
      const { original, result } = this.#openResult();
      const job = { original, result, finish };
      const finished = await finishWhole(job, () => breathe(signal));
      const { format, quality } = options;
      const how = { format, quality, metadata };
      return this.#encoder.encode(finished, how, finished !== result, signal);
    });
    this.#saving = { controller, ended: work.catch(() => undefined) };
    return settle(() => work);
  }

  #openPhoto(): Photo {
    if (!this.#photo) throw new EnhanceError('photo-missing');
    return this.#photo;
  }

  #openResult(): { readonly original: Raster; readonly result: Raster } {
    const { raster } = this.#openPhoto();
    if (!this.#result) throw new EnhanceError('result-missing');
    return { original: raster, result: this.#result.raster };
  }

  #openShake(): ShakeSearch {
    if (!this.#shake) throw new EnhanceError('photo-missing');
    return this.#shake;
  }

  #loadCatalog(): Promise<Catalog> {
    const { given, catalogUrl } = this.#options;
    const load = async () =>
      given ? parseCatalog(given.catalog) : this.#store.loadCatalog(catalogUrl);
    const loading = this.#catalog ?? load();
    this.#catalog = loading;
    loading.catch(() => (this.#catalog = undefined));
    return loading;
  }

  async #prepare(recipe: Recipe): Promise<Prepared> {
    const { backend, tile } = this.#options;
    const [machine, catalog] = await Promise.all([
      this.#host.identify(backend),
      this.#loadCatalog(),
    ]);
    const choose = (wanted: Ability) => chooseCard(catalog, wanted, 'fast');
    const { found: shake } = this.#openShake();
    const { raster } = this.#openPhoto();
    const make = (paces: ReadonlyMap<Card, number | null>) =>
      makePlan(recipe, raster, capabilitiesOf(machine), {
        ...{ choose, tile, shake, depth: depthOf(raster) },
        paceOf: (model) => paces.get(model) ?? null,
      });
    const paces = new Map<Card, number | null>();
    for (const { model } of networksOf(make(paces).steps)) {
      const { sha256: key } = chooseFor(machine, model);
      const trial = await this.#trials.recall(machine, { key, runtime: machine.runtimes[0] });
      paces.set(model, trial?.isRight ? trial.pace : null);
    }
    return { plan: make(paces), machine };
  }

  async #missingBytes({ steps }: Plan<Card>, machine: Machine): Promise<number> {
    const files = networksOf(steps).map(({ model }) => chooseFor(machine, model));
    const missing = await Promise.all(
      files.map(async (file) => ((await this.#store.has(file)) ? 0 : file.bytes)),
    );
    return missing.reduce((sum, bytes) => sum + bytes, 0);
  }

  async #rehearse(recipe: Recipe, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { plan } = await this.#prepare(recipe);
    const tools = this.#tools(signal, ignore);
    const hooks = { signal, onStart: ignore, onTile: ignore, onNote: ignore };
    const unseen = { onPixels: ignore, onAnew: ignore };
    for (const step of networksOf(plan.steps)) {
      signal.throwIfAborted();
      const job = { input: this.#openPhoto().raster, plan: step, centre: { x: 0, y: 0 } };
      await new ProvenEngine(tools, step, hooks).rehearse(new PictureBands(job, unseen));
    }
  }

  /** Ends a rehearsal, or waits for it where it is for the same networks. */
  async #endRehearsal(recipe?: Recipe, signal?: AbortSignal): Promise<void> {
    const rehearsal = this.#rehearsal;
    if (!rehearsal) return;
    const stop = () => rehearsal.controller.abort();
    if (recipe && isSameChain(recipe, rehearsal.recipe)) signal?.addEventListener('abort', stop);
    else stop();
    await rehearsal.ended;
    if (this.#rehearsal === rehearsal) this.#rehearsal = undefined;
  }

  #tools(signal: AbortSignal, onUnkept: () => void): EngineTools {
    const { backend: choice, tile, catalogUrl, given } = this.#options;
    const load: EngineTools['load'] = async (file, onProgress = ignore) => {
      const url = given?.addresses[file.url] ?? file.url;
      const options = { signal, onProgress };
      const { bytes, kept } = await this.#store.load({ ...file, url }, catalogUrl, options);
      if (!kept) onUnkept();
      return bytes;
    };
    return { host: this.#host, trials: this.#trials, load, choice, tile };
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
    await this.#endRehearsal(recipe, signal);
    signal.throwIfAborted();
    const { plan, machine } = await this.#prepare(recipe);
    signal.throwIfAborted();
    const notes = new Map<string, Note>();
    // The same again is no news.
    const onNote = (note: Note) => void notes.set(JSON.stringify(note), note);
    const hooks: ChainHooks = {
      signal,
      tell: (progress) => {
        if (!signal.aborted) onProgress(progress);
      },
      onNote,
      onGrow: (shown) => (this.#growing = shown),
    };
    const tools = this.#tools(signal, () => {
      if (!this.#isUnkeptSaid) onNote({ note: 'model-not-kept', facts: {} });
      this.#isUnkeptSaid = true;
    });
    await this.#download(plan, machine, tools, hooks);
    const chain = {
      ...{ source: this.#openPhoto().raster, centre },
      plan: await this.#makeSure(plan, recipe, hooks),
      shake: this.#openShake().found ?? null,
    };
    const { output, steps } = await runChain(tools, chain, hooks).finally(() => {
      this.#growing = null;
    });
    this.#result = { raster: output, scale: scaleOf(recipe), growth: null };
    this.#encoder.prepare();
    const { backend, software, device } = await this.#host.identify(this.#options.backend);
    const { duration } = performance.measure(enhanceMeasure, { start });
    return {
      ...{ output: plan.output, steps, software, device },
      backend: whereRan(steps, backend),
      seconds: duration / 1000,
      notes: [...notes.values()],
    };
  }

  /** The plan for what a search in the photo finds, where it depends on that. */
  async #makeSure(
    plan: Plan<Card>,
    recipe: Recipe,
    { signal, tell }: ChainHooks,
  ): Promise<Plan<Card>> {
    const unsure = plan.steps.find((each) => each.kind === 'filter' && !each.step.isSure);
    if (!unsure) return plan;
    tell({ stage: 'compile', task: unsure.step.task, fraction: 0, etaSeconds: null });
    await this.#openShake().find(signal);
    return (await this.#prepare(recipe)).plan;
  }

  /** The files of all steps, so that no step waits for the network. */
  async #download(
    plan: Plan<Card>,
    machine: Machine,
    tools: EngineTools,
    { tell }: ChainHooks,
  ): Promise<void> {
    const files = networksOf(plan.steps).map(({ model }) => chooseFor(machine, model));
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    let before = 0;
    for (const file of files) {
      const onProgress = (bytes: number) => {
        const fraction = (before + bytes) / total;
        tell({ stage: 'download', task: null, fraction, etaSeconds: null });
      };
      await tools.load(file, onProgress);
      before += file.bytes;
    }
    void this.#catalog?.then((catalog) => this.#store.prune(catalog));
  }
}

/** Aborts work and waits for its end. */
async function endJob(job: Job | undefined): Promise<void> {
  job?.controller.abort();
  await job?.ended;
}

/** The file of a model that a machine runs best. */
function chooseFor({ hasF16 }: Machine, model: Card): ModelFile {
  return chooseFile(model, hasF16 ? 'fp16' : 'int8');
}

/** A step as the page is told of it; of a region, those inside. */
function describeStep(plan: StepPlan<Card>): StepInfo[] {
  if (plan.kind === 'region') return plan.steps.flatMap(describeStep);
  const { rasterBytes, workBytes, seconds, step } = plan;
  const costs = { task: step.task, bytes: rasterBytes + workBytes, seconds };
  if (plan.kind === 'network') return [{ ...costs, kind: plan.kind, model: plan.model.title }];
  const { filter, isSure } = plan.step;
  return [{ ...costs, kind: plan.kind, filter, isSure }];
}

function whereRan(ran: RunReport['steps'], backend: Machine['backend']): RunReport['backend'] {
  const steps = ran.filter((step) => step.kind === 'network');
  const tiles = steps.reduce((sum, step) => sum + step.tiles, 0);
  const cpuTiles = steps.reduce((sum, step) => sum + step.cpuTiles, 0);
  if (tiles === 0) return backend;
  if (cpuTiles === tiles) return 'wasm';
  return cpuTiles > 0 ? 'mixed' : 'webgpu';
}

function ignore(): void {}
