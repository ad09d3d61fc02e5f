import { damagePlane } from '../../core/heal/damage';
import type { WhatFaded } from '../../core/fading/undo';
import type { FilterName } from '../../core/recipe/kinds';
import type { Wave } from '../../core/pattern/find';
import type { Note } from '../../core/notes';
import { isRaster } from '../../core/picture/picture';
import { cropPlanes, type PhotoPlanes } from '../../core/picture/plane';
import { wholeRect, type Rect } from '../../core/picture/rect';
import type { Plan } from '../../core/plan/plan';
import { networksOf, type StepPlan } from '../../core/plan/step-plan';
import { scaleOf, type Recipe } from '../../core/recipe/recipe';
import type { Card } from '../../models/catalog';
import type { EnginePort } from '../engine/port';
import type { Machine } from '../engine/protocol';
import type { Lane } from '../lanes';
import type { OwnerOptions } from '../protocol';
import type { ProgressListener, RunReport } from '../reports';
import { runChain, type ChainHooks } from './chain';
import type { EngineTurns } from './engine-turns';
import type { OpenPhoto } from './photos';
import { PictureBands } from './picture-bands';
import type { ResultPlaces } from './picture-file';
import type { Planner, Prepared } from './planner';
import { ProvenEngine, type EngineTools } from './proven-engine';
import type { Ready, RunSeries } from './run-series';
import type { ModelFiles, SiteModels } from './site-models';
import type { Trials } from './trials';

/** Name of the performance measure of a whole run. */
const enhanceMeasure = 'enlarger:enhance';

/** What runs are made with; shared by all of them. */
export type RunParts = {
  readonly options: Pick<OwnerOptions, 'backend' | 'tile' | 'host'>;
  readonly host: EnginePort;
  readonly turns: EngineTurns;
  readonly trials: Trials;
  readonly models: SiteModels;
  readonly planner: Planner;
  /** Where results lie that are too large for memory; all are held there by default. */
  readonly results?: ResultPlaces;
};

/** What one run is to do, obey and tell. */
export type RunWish = {
  readonly recipe: Recipe;
  /** Where tiles start, in source pixels. */
  readonly centre: { readonly x: number; readonly y: number };
  /** When the person began to wait for it, as `performance.now()` counts. */
  readonly since: number;
  readonly onProgress: ProgressListener;
  readonly signal: AbortSignal;
  /** The pictures that it is one of, which nobody sees as they come; none by default. */
  readonly series?: RunSeries;
};

/** Runs recipes over photos, and tries out networks before they are asked for. */
export class Runs {
  readonly #parts: RunParts;
  /** Whether the person knows already that models are not kept here. */
  #isUnkeptSaid = false;

  /** @param parts What runs are made with. */
  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  /**
   * Runs a recipe; the photo has the result then. One at a time for each photo.
   *
   * @param photo The photo.
   * @param wish What is wanted.
   * @returns What was done.
   * @throws {DOMException} The signal's reason; the photo keeps the result that it had.
   * @throws {EnhanceError} What cannot be helped.
   */
  async enhance(photo: OpenPhoto, wish: RunWish): Promise<RunReport> {
    const { recipe, centre, since, signal } = wish;
    const { host, options } = this.#parts;
    performance.clearMeasures();
    const notes = new Map<string, Note>();
    const hooks = hear(photo, wish, notes);
    // Of a series each result is taken up at once.
    const holdResult = wish.series ? undefined : this.#parts.results?.hold;
    const { prepared, files } = await this.#makeReady(photo, wish, hooks);
    signal.throwIfAborted();
    const { plan } = await this.#makeSure(prepared, photo, recipe, hooks);
    const { raster: source, screen } = photo;
    const planes = planesOf(photo, recipe, plan);
    const { shake } = photo;
    const found = { shake: shake.found ?? null, ...whatFiltersAsk(photo, plan) };
    const place = { x: 0, y: 0 };
    const chain = { source, planes, place, centre, plan, ...found, screen };
    const { output, ground, steps } = await runChain(
      this.tools('run', files, wish.series !== undefined),
      chain,
      { ...hooks, ...(holdResult && { holdResult }) },
    ).finally(() => {
      photo.growing = null;
    });
    const isRelit = plan.steps.some(
      ({ step }) => step.kind === 'filter' && step.filter === 'colours',
    );
    photo.result = { picture: output, scale: scaleOf(recipe), growth: null, ground, isRelit };
    const { backend, software, device } = await host.identify(options.backend);
    // Where a result has no room in memory, an engine has none beside it, either.
    if (!isRaster(output)) this.rest();
    const { duration } = performance.measure(enhanceMeasure, { start: since });
    return {
      ...{ output: plan.saved, steps, software, device },
      backend: whereRan(steps, backend),
      seconds: duration / 1000,
      notes: [...notes.values()],
    };
  }

  /**
   * Loads and proves the networks of a recipe.
   *
   * @param photo For which photo.
   * @param recipe Of which recipe.
   * @param signal Ends it.
   * @throws {DOMException} The signal's reason.
   * @throws {EnhanceError} What fails; nothing is tried again.
   */
  async rehearse(photo: OpenPhoto, recipe: Recipe, signal: AbortSignal): Promise<void> {
    const proven = new Set<Card>();
    for (;;) {
      // What was measured may show that there is time for a better network.
      const prepared = await this.#parts.planner.prepare(recipe, photo);
      signal.throwIfAborted();
      if (prepared.cards.every((card) => proven.has(card))) return;
      await this.#prove(photo, prepared, signal);
      for (const card of prepared.cards) proven.add(card);
    }
  }

  async #prove(photo: OpenPhoto, prepared: Prepared, signal: AbortSignal): Promise<void> {
    const { plan, machine, cards } = prepared;
    const supply = { signal, onFraction: ignore, onUnkept: ignore };
    const files = await this.#parts.models.supply(cards, machine, supply);
    const hooks = { signal, onStart: ignore, onTile: ignore, onNote: ignore };
    const unseen = { onPixels: ignore, onAnew: ignore };
    for (const step of networksOf(plan.steps)) {
      signal.throwIfAborted();
      const job = { input: photo.raster, plan: step, planes: [], centre: { x: 0, y: 0 } };
      const engine = new ProvenEngine(this.tools('look', files), step, hooks);
      await engine.rehearse(new PictureBands(job, unseen));
    }
  }

  /** Ends the engine where nobody works with it, or waits for it: what needs one next starts another. */
  rest(): void {
    const { host, turns } = this.#parts;
    if (turns.isFree) host.rest();
  }

  /**
   * What the steps of one job work with.
   *
   * @param lane How urgent the job is.
   * @param files The files of its networks.
   * @param isSeries Whether another picture is done by them after it; false by default.
   * @returns The tools.
   */
  tools(lane: Lane, files: ModelFiles, isSeries = false): EngineTools {
    const { host, turns, trials, options } = this.#parts;
    const { backend: choice, tile } = options;
    return { ...{ host, turns, trials, lane, files }, ...{ choice, tile, isSeries } };
  }

  /** The plan and its files; of a series, those of the picture before as long as they do. */
  async #makeReady(
    photo: OpenPhoto,
    { recipe, series, signal }: RunWish,
    hooks: ChainHooks,
  ): Promise<Ready> {
    const { host, planner, options, trials } = this.#parts;
    const make = async (kept: readonly string[] = []) => {
      const prepared = await planner.prepare(recipe, photo, wholeRect(photo.raster), kept);
      signal.throwIfAborted();
      return { prepared, files: await this.#supply(prepared, hooks) };
    };
    if (!series) return make();
    const machine = await host.identify(options.backend);
    return series.ready(recipe, photo, { machine, verdicts: trials.verdicts }, make);
  }

  /** The plan for what a search in the photo finds, where it depends on that. */
  async #makeSure(
    prepared: Prepared,
    photo: OpenPhoto,
    recipe: Recipe,
    { signal, tell }: ChainHooks,
  ): Promise<Prepared> {
    const unsure = findUnsure(prepared.plan);
    if (!unsure) return prepared;
    tell({ stage: 'compile', task: unsure.step.task, fraction: 0, etaSeconds: null });
    await photo.shake.find(signal);
    return this.#parts.planner.prepare(recipe, photo);
  }

  #supply({ cards, machine }: Prepared, { signal, tell, onNote }: ChainHooks): Promise<ModelFiles> {
    return this.#parts.models.supply(cards, machine, {
      signal,
      onFraction: (fraction) => tell({ stage: 'download', task: null, fraction, etaSeconds: null }),
      onUnkept: () => {
        if (!this.#isUnkeptSaid) onNote({ note: 'model-not-kept', facts: {} });
        this.#isUnkeptSaid = true;
      },
    });
  }
}

function hear(
  photo: OpenPhoto,
  { onProgress, signal, series }: RunWish,
  notes: Map<string, Note>,
): ChainHooks {
  return {
    signal,
    tell: (progress) => {
      if (!signal.aborted) onProgress(progress);
    },
    // The same again is no news.
    onNote: (note) => void notes.set(JSON.stringify(note), note),
    onGrow: (shown) => (photo.growing = shown),
    isWatched: series === undefined,
  };
}

/**
 * What the filters of a plan go by, as it was found in the whole photo.
 *
 * @param photo The photo.
 * @param plan What will be done.
 * @returns The waves of its pattern, also none, and how far, and how unevenly, it has faded; nothing is looked for that no step asks for.
 */
export function whatFiltersAsk(
  photo: OpenPhoto,
  { steps }: Plan<Card>,
): { readonly waves: readonly Wave[]; readonly faded: WhatFaded | null } {
  const filters = steps.flatMap((each) => (each.kind === 'filter' ? [each.step] : []));
  const isAsked = (name: FilterName) => filters.some(({ filter }) => filter === name);
  const isEvened = filters.some((step) => step.filter === 'colours' && step.even > 0);
  return {
    waves: isAsked('pattern') ? photo.waves : [],
    faded: isAsked('colours')
      ? { fading: photo.fading, uneven: isEvened ? photo.uneven : null }
      : null,
  };
}

/**
 * What is known of each pixel of a photo that a plan's steps ask for.
 *
 * @param photo The photo.
 * @param recipe What was asked, with what was marked.
 * @param plan Its plan.
 * @param part Of which part of the photo, inside; all by default.
 * @returns The photo's own planes, and where it is damaged if that is asked for, of the part's size.
 */
export function planesOf(
  { raster, planes }: OpenPhoto,
  { damage }: Recipe,
  { steps }: Plan<Card>,
  part?: Rect,
): PhotoPlanes {
  const own = part ? cropPlanes(planes, part) : planes;
  if (!damage || !steps.some((step) => step.planes.includes('damage'))) return own;
  return { ...own, damage: damagePlane(damage, raster, part) };
}

/**
 * The step of a plan that a search in the photo decides on.
 *
 * @param plan The plan.
 * @returns The first of them; undefined where all is sure.
 */
export function findUnsure({ steps }: Plan<Card>): StepPlan<Card> | undefined {
  return steps.find((each) => each.kind === 'filter' && !each.step.isSure);
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
