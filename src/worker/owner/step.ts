import { EnhanceError, type EnhanceCode } from '../../core/errors';
import { createOutput, runBands } from '../../core/run/array-loop';
import type { NetworkPlan } from '../../core/plan/step-plan';
import { chooseBand, chooseTile } from '../../core/plan/tile-size';
import type { Raster, Rect } from '../../core/picture/raster';
import { Ladder, type Attempt, type Retry, type Rung } from '../../core/plan/recovery';
import { planTiles, type Band, type TileGrid } from '../../core/plan/tiles';
import { chooseFile, type Card, type ModelFile, type StoredFile } from '../../models/catalog';
import type { EngineHost } from '../engine/host';
import type { BackendChoice, EngineModel, Machine } from '../engine/protocol';
import { capabilitiesOf } from '../engine/machine';
import type { Trials } from './trials';

/** What every step of a job works with. */
export type StepTools = {
  readonly host: EngineHost;
  readonly trials: Trials;
  /** A file's verified bytes; `onBytes` is told how many have arrived. */
  readonly load: (file: StoredFile, onBytes?: (bytes: number) => void) => Promise<Uint8Array>;
  /** Which backend was asked for. */
  readonly choice: BackendChoice;
  /** Core side that was asked for, or 0. */
  readonly tile: number;
};

/** One network over one picture. */
export type StepJob = {
  readonly input: Raster;
  readonly plan: NetworkPlan<Card>;
  readonly centre: { readonly x: number; readonly y: number };
};

/** What a step obeys and tells. */
export type StepHooks = {
  readonly signal: AbortSignal;
  /** Work begins or is taken up again: this much of it, 0..1, is done. */
  onStart(share: number): void;
  /** A tile is done: this much of the step, 0..1. */
  onTile(share: number): void;
  /** Pixels have arrived in the output, in pixels of the input. */
  onBand(rect: Rect): void;
  /** All that was finished is void. */
  onAnew(): void;
  /** A sentence that the person should know. */
  onNote(note: string): void;
};

/** What a step did. */
export type StepReport = {
  /** Tiles that were run, those of failed attempts included. */
  readonly tiles: number;
  /** How many of them ran on the CPU. */
  readonly cpuTiles: number;
  /** Bands copied back from the GPU. */
  readonly readBacks: number;
  /** Of the file that was used last. */
  readonly precision: 'int8' | 'fp16';
};

/**
 * One step of a recipe, from the first tile to the last, whatever happens on the way: a failure is
 * met as `core/recovery` says, and what was finished before it is not run again.
 */
export class StepRun {
  readonly #tools: StepTools;
  readonly #job: StepJob;
  readonly #hooks: StepHooks;
  readonly #ladder: Ladder;
  #output: Raster | undefined;
  #choice: BackendChoice;
  #machine!: Machine;
  #attempt: Attempt | undefined;
  #grid: TileGrid | undefined;
  /** Side of a tile that the grid was cut for. */
  #tile = 0;
  /** What is still to do of the grid. */
  readonly #rest = new Set<Band>();
  #bandsOfAttempt = 0;
  #tiles = 0;
  #cpuTiles = 0;
  #readBacks = 0;

  /**
   * @param tools What it works with.
   * @param job What it is to do.
   * @param hooks What it obeys and tells.
   */
  constructor(tools: StepTools, job: StepJob, hooks: StepHooks) {
    this.#tools = tools;
    this.#job = job;
    this.#hooks = hooks;
    this.#choice = tools.choice;
    this.#ladder = new Ladder(tools.choice === 'auto');
  }

  /** Fills up while the step runs; `scale` times the input's size. */
  get output(): Raster {
    return (this.#output ??= createOutput(this.#job.input, this.#job.plan.model.scale));
  }

  /**
   * Runs the step to its end.
   *
   * @returns What was done; the pixels are in `output`.
   * @throws {DOMException} The signal's reason, at the end of the present tile.
   * @throws {EnhanceError} What no measure helps against.
   */
  async finish(): Promise<StepReport> {
    await this.#whileWanted(async () => {
      while (!(await this.#try()));
    });
    const [tiles, cpuTiles, readBacks] = [this.#tiles, this.#cpuTiles, this.#readBacks];
    return { tiles, cpuTiles, readBacks, precision: this.#attempt?.precision ?? 'int8' };
  }

  /**
   * Loads the model and proves it, if that was not done on this machine before.
   *
   * @throws {DOMException} The signal's reason.
   * @throws {EnhanceError} What the engine fails with; nothing is tried again.
   */
  async rehearse(): Promise<void> {
    await this.#whileWanted(async () => {
      const attempt = await this.#begin();
      await this.#prove(await this.#loadModel(attempt), attempt);
    });
  }

  /** Has the engine stop as soon as the signal says so, and free what it holds of the step at the end. */
  async #whileWanted(work: () => Promise<void>): Promise<void> {
    const { signal } = this.#hooks;
    const stop = () => void this.#tools.host.stop();
    signal.addEventListener('abort', stop);
    try {
      await work();
    } finally {
      signal.removeEventListener('abort', stop);
      await this.#tools.host.stop();
      signal.throwIfAborted();
    }
  }

  /** One attempt: true where the step is finished, false where it is to be tried again. */
  async #try(): Promise<boolean> {
    const { signal } = this.#hooks;
    signal.throwIfAborted();
    this.#bandsOfAttempt = 0;
    try {
      await this.#run(await this.#begin());
      return true;
    } catch (error) {
      signal.throwIfAborted();
      this.#recover(error);
      return false;
    }
  }

  /** Finds out what it runs on, the first time and after the engine was ended. */
  async #begin(): Promise<Attempt> {
    const { host, tile } = this.#tools;
    this.#machine = await host.open(this.#choice);
    const { backend, hasF16 } = this.#machine;
    if (this.#attempt?.backend === backend) return this.#attempt;
    const { model, tile: planned } = this.#job.plan;
    const { precision } = chooseFile(model, hasF16 ? 'fp16' : 'int8');
    const usual = this.#attempt ? chooseTile(model, capabilitiesOf(this.#machine), null) : planned;
    return (this.#attempt = { backend, precision, tile: tile || usual });
  }

  async #run(attempt: Attempt): Promise<void> {
    const { host, trials } = this.#tools;
    const model = await this.#loadModel(attempt);
    const grid = this.#take(await this.#prove(model, attempt));
    const { input } = this.#job;
    const { signal } = this.#hooks;
    this.#hooks.onStart(1 - this.#share([...this.#rest].map(({ rect }) => rect)));
    const hooks = {
      signal,
      onBand: (band: Band) => {
        this.#rest.delete(band);
        this.#bandsOfAttempt++;
        if (attempt.backend === 'webgpu') this.#readBacks++;
        this.#hooks.onBand(band.rect);
      },
    };
    const clock = new TileClock();
    while (this.#rest.size > 0) {
      if (host.isSpent) host.kill();
      this.#machine = await host.open(this.#choice);
      await host.load(model, grid, (core, isFlat) => this.#count(core, isFlat, clock));
      clock.restart();
      await runBands(input, grid, host, hooks, this.output, this.#untilSpent());
    }
    const { width, height } = grid.window;
    const macs = width * height * this.#job.plan.model.macsPerPixel;
    const { meanMs } = clock;
    if (meanMs !== null)
      trials.remember(this.#machine, model.key, { isRight: true, pace: meanMs / macs });
  }

  *#untilSpent(): Generator<Band> {
    for (const band of [...this.#rest]) {
      if (this.#tools.host.isSpent) return;
      yield band;
    }
  }

  #count(core: Rect, isFlat: boolean, clock: TileClock): void {
    clock.tick(isFlat);
    this.#tiles++;
    if (this.#attempt?.backend === 'wasm') this.#cpuTiles++;
    this.#hooks.onTile(this.#share([core]));
  }

  #file({ precision }: Attempt): ModelFile {
    return chooseFile(this.#job.plan.model, precision);
  }

  async #loadModel(attempt: Attempt): Promise<EngineModel> {
    const file = this.#file(attempt);
    const bytes = await this.#tools.load(file);
    const { precision, sha256: key } = file;
    return { key, bytes, precision, geometry: this.#job.plan.model };
  }

  /** Has the model prove itself on this machine; returns the tile's side, smaller where it took too long. */
  async #prove(model: EngineModel, attempt: Attempt): Promise<number> {
    const { host, trials, load, tile } = this.#tools;
    const card = this.#job.plan.model;
    const known = await trials.recall(this.#machine, model.key);
    if (known?.isRight) return attempt.tile;
    if (known) throw new EnhanceError('wrong-result', 'This machine computes a wrong picture.');
    const { golden } = this.#file(attempt);
    const candidate = {
      model,
      golden: await load(golden),
      tolerance: golden.tolerance,
      macsPerPixel: card.macsPerPixel,
    };
    const grid = this.#cut(attempt.tile);
    const { pace } = await trials.hold(host, this.#machine, candidate, grid);
    const timely = chooseTile(card, capabilitiesOf(this.#machine), pace);
    if (tile || timely >= attempt.tile) return attempt.tile;
    this.#attempt = { ...attempt, tile: timely };
    return timely;
  }

  #recover(error: unknown): void {
    const { host, trials } = this.#tools;
    const attempt = this.#attempt;
    if (!attempt) throw error;
    const { code, message } = asFailure(error);
    // The CPU has no lower tier: what fails there once may be tried again.
    if (code === 'wrong-result' && attempt.backend === 'webgpu')
      trials.remember(this.#machine, this.#file(attempt).sha256, { isRight: false, pace: 0 });
    const hasProgressed = this.#bandsOfAttempt > 0;
    const retry = this.#ladder.next(attempt, { code, hasProgressed, isEngineGone: !host.isAlive });
    if (!retry) throw error;
    this.#hooks.onNote(describe(retry, message));
    if (retry.isAnew) this.#restart();
    this.#climb(retry);
  }

  #climb({ rung, attempt, isAnew }: Retry): void {
    const { host } = this.#tools;
    if (rung === 'worker' || rung === 'cpu') host.kill();
    if (rung === 'cpu') this.#choice = 'wasm';
    else this.#attempt = attempt;
    // A wrong result is the model's on this GPU, and remembered with it; all else is the GPU's.
    if (rung === 'cpu' && !isAnew) host.forsakeGpu();
    if (rung === 'device') host.forgetDevice();
  }

  #restart(): void {
    this.#grid = undefined;
    this.#rest.clear();
    this.#hooks.onAnew();
  }

  /** What is left, in tiles of a side. */
  #take(tile: number): TileGrid {
    if (this.#grid && tile === this.#tile) return this.#grid;
    const areas = this.#grid && [...this.#rest].map(({ rect }) => rect);
    const grid = this.#cut(tile, areas);
    this.#grid = grid;
    this.#tile = tile;
    this.#rest.clear();
    for (const band of grid.bands) this.#rest.add(band);
    return grid;
  }

  #cut(tile: number, areas?: readonly Rect[]): TileGrid {
    const { input, plan, centre } = this.#job;
    const { model, controls, step } = plan;
    const bandBytes = chooseBand(capabilitiesOf(this.#machine));
    const use = { tile, bandBytes, centre, controls, amount: step.amount };
    return planTiles(input, model, areas ? { ...use, areas } : use);
  }

  #share(parts: readonly Rect[]): number {
    const { width, height } = this.#job.input;
    return parts.reduce((sum, part) => sum + part.width * part.height, 0) / (width * height);
  }
}

/** Mean time of the tiles that were run, the first after each start left out: it compiles. */
class TileClock {
  #last: number | null = null;
  #sum = 0;
  #count = 0;

  restart(): void {
    this.#last = null;
  }

  tick(isFlat: boolean): void {
    const now = performance.now();
    if (this.#last !== null && !isFlat) {
      this.#sum += now - this.#last;
      this.#count++;
    }
    this.#last = now;
  }

  /** In milliseconds; null before there is one. */
  get meanMs(): number | null {
    return this.#count === 0 ? null : this.#sum / this.#count;
  }
}

function asFailure(error: unknown): { code: EnhanceCode; message: string } {
  if (error instanceof EnhanceError) return error;
  const code = error instanceof RangeError ? 'out-of-memory' : 'internal';
  return { code, message: String(error) };
}

const measures: Record<Rung, string> = {
  tile: 'Smaller tiles were used from there on.',
  device: 'The GPU was started again, and the work went on.',
  worker: 'The engine was started again, and the work went on.',
  precision: 'Full precision was used instead of half.',
  cpu: 'The CPU did the rest.',
};

function describe({ rung, isAnew }: Retry, message: string): string {
  const measure = rung === 'cpu' && isAnew ? 'The CPU did the work.' : measures[rung];
  return `${message} ${measure}`;
}
