import { proxy, transfer, type Remote } from 'comlink';
import { EnhanceError, unwrap, type Reply } from '../../core/errors';
import type { Patch } from '../../core/run/bands';
import type { FormLoss } from '../../core/run/form-loss';
import type { Examined, Proof, Provable } from '../../core/run/probe';
import type { Rect } from '../../core/picture/rect';
import type { Samples } from '../../core/picture/raster';
import { Spares } from '../../core/picture/spares';
import type { Band, TileGrid } from '../../core/plan/tiles';
import type { Fault } from '../../engine/faults';
import type {
  BackendChoice,
  Engine,
  EngineModel,
  HostOptions,
  Machine,
  Patience,
  Sided,
  TileListener,
} from './protocol';
import { WorkerLink, type Link } from '../link';
import { runBudget } from './machine';
import type { EnginePort } from './port';

/** A tile after the first compiles nothing: ten seconds without one is a hung driver. */
const usualPatience: Patience = { start: 180_000, tile: 10_000 };

/** How many times the mean tile the next one may take. */
const slackTiles = 20;

/** A software adapter compiles for minutes. */
const softwareSlack = 5;

/** Milliseconds that a stopped engine may take before it is ended: for its present tile, or to compile. */
const stopMs = { run: 2000, load: 100 };

/** An engine that was asked for, and what it turned out to run on. */
type Opened = { readonly choice: BackendChoice; readonly machine: Promise<Machine> };

/**
 * The owner's handle to a disposable engine: starts it when needed, notices when it hangs, ends it
 * when it is idle. An engine that is gone is started again by the next `open`.
 */
export class EngineHost implements EnginePort {
  readonly #options: HostOptions;
  readonly #patience: Patience;
  readonly #faults: Fault[];
  readonly #startThread: (onDeath: () => void) => Link<Engine>;
  #link: Link<Engine> | null = null;
  #opened: Opened | null = null;
  #onTile: TileListener = () => undefined;
  /** What was found for each choice. */
  readonly #known = new Map<BackendChoice, Machine>();
  #isSoftware = false;
  #isGpuForsaken = false;
  #waiting = 0;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #lastTile = 0;
  #meanMs = 0;
  #runs = 0;
  readonly #spares = new Spares();

  /**
   * @param options How the engine is used.
   * @param startThread Starts an engine's thread, and is told what to call once it is dead; a worker by
   *   default.
   */
  constructor(options: HostOptions = {}, startThread = startWorker) {
    this.#options = options;
    this.#startThread = startThread;
    this.#patience = { ...usualPatience, ...options.patience };
    this.#faults = [...(options.faults ?? [])];
  }

  /** @inheritdoc */
  get isAlive(): boolean {
    return this.#link !== null;
  }

  /** @inheritdoc */
  get isSpent(): boolean {
    return this.#runs >= (this.#options.budget ?? runBudget());
  }

  /** @inheritdoc */
  async open(choice: BackendChoice): Promise<Machine> {
    const wanted = this.#resolve(choice);
    if (this.#opened && this.#opened.choice !== wanted) {
      const machine = await this.#opened.machine.catch(() => null);
      // The runtime's threads are decided once: the CPU never takes over a worker of the GPU.
      if (machine?.backend !== wanted) this.kill();
    }
    return (this.#opened ??= this.#start(wanted)).machine;
  }

  /** @inheritdoc */
  async identify(choice: BackendChoice): Promise<Machine> {
    return this.#known.get(this.#resolve(choice)) ?? this.open(choice);
  }

  /** @inheritdoc */
  forsakeGpu(): void {
    this.#isGpuForsaken = true;
  }

  /** @inheritdoc */
  forgetDevice(): void {
    this.#opened = null;
  }

  /** @inheritdoc */
  async load(
    model: EngineModel,
    grid: TileGrid,
    onTile: TileListener,
    inTrial = false,
  ): Promise<void> {
    const due = this.#faults[0];
    const fault = due && (due.inTrial ?? false) === inTrial ? this.#faults.shift() : undefined;
    this.#onTile = onTile;
    this.#spares.clear();
    this.#meanMs = 0;
    await this.#ask((engine) => engine.load(model, grid, fault));
  }

  /**
   * See {@link BandRunner}.
   *
   * @param band The band.
   * @param patch What it reads; its pixels and planes are moved to the engine.
   * @returns Its pixels.
   * @throws {EnhanceError} What the engine fails with; `device-lost` where it hangs.
   */
  run(band: Band, patch: Patch): Promise<Samples> {
    const moved = [patch.raster.data.buffer, ...patch.planes.map(({ values }) => values.buffer)];
    const spare = this.#spares.take();
    const lent = spare && transfer(spare, [spare]);
    return this.#ask((engine) => engine.run(band, transfer(patch, moved), lent));
  }

  /**
   * Loads what runs networks on the CPU, opened on that before: while something else is done.
   *
   * @throws {EnhanceError} `offline` or `file-altered`; `engine-stopped` where it was killed.
   */
  warm(): Promise<void> {
    return this.#ask((engine) => engine.warm());
  }

  /**
   * Finds out what a person's own network is, opened on the CPU before.
   *
   * @param bytes The network's file; copied.
   * @param known What is known of it already.
   * @returns What it is, with its golden tile where it needs no change.
   * @throws {EnhanceError} `own-model-unfit` or `model-refused`; `engine-stopped` where it hangs or was killed.
   */
  probe(bytes: Uint8Array, known: Parameters<Engine['probe']>[1]): Promise<Examined> {
    return this.#ask((engine) => engine.probe(bytes, known));
  }

  /**
   * Makes a golden tile of it.
   *
   * @param bytes The network's file; copied.
   * @param found What it is.
   * @returns The tile.
   * @throws {EnhanceError} As {@link EngineHost.probe}.
   */
  prove(bytes: Uint8Array, found: Provable): Promise<Proof> {
    return this.#ask((engine) => engine.prove(bytes, found));
  }

  /**
   * Runs a network and another form of its weights on a test picture, opened on the CPU before.
   *
   * @param bytes The network's file; copied.
   * @param form The other form; copied.
   * @param found What it is.
   * @returns What the form costs; null where it does not work.
   * @throws {EnhanceError} `engine-stopped` where it hangs or was killed.
   */
  compare(bytes: Uint8Array, form: Uint8Array, found: Sided): Promise<FormLoss | null> {
    return this.#ask((engine) => engine.compare(bytes, form, found));
  }

  /** @inheritdoc */
  giveBack(pixels: Samples): void {
    this.#spares.give(pixels);
  }

  /** @inheritdoc */
  async stop(): Promise<void> {
    const listener = this.#onTile;
    await this.#askToStop();
    // Not before: the last tiles may be told of later than their band. It holds the work, and so the photo.
    if (this.#onTile === listener) this.#onTile = () => undefined;
  }

  /** @inheritdoc */
  rest(): void {
    if (this.#waiting === 0) this.#link?.kill('idle');
  }

  /** @inheritdoc */
  kill(): void {
    this.#link?.kill();
  }

  async #askToStop(): Promise<void> {
    const link = this.#link;
    if (!link) return;
    const ms = this.#lastTile > 0 || this.#waiting === 0 ? stopMs.run : stopMs.load;
    const late = setTimeout(() => link.kill('slow'), ms);
    await link.call((engine) => engine.stop()).catch(() => undefined);
    clearTimeout(late);
  }

  #resolve(choice: BackendChoice): BackendChoice {
    return this.#isGpuForsaken && choice === 'auto' ? 'wasm' : choice;
  }

  #start(choice: BackendChoice): Opened {
    const machine = this.#connect(choice);
    machine.catch(() => {
      // The next `open` tries again.
      if (this.#opened?.machine === machine) this.#opened = null;
    });
    return { choice, machine };
  }

  async #connect(choice: BackendChoice): Promise<Machine> {
    this.#link ??= this.#spawn();
    const onTile = proxy((core: Rect, isFlat: boolean) => {
      this.#runs++;
      this.#feed();
      this.#onTile(core, isFlat);
    });
    const { acceptSoftware = false } = this.#options;
    const machine = await this.#ask((engine) => engine.start(choice, acceptSoftware, onTile));
    this.#isSoftware = machine.software;
    this.#known.set(choice, machine);
    return machine;
  }

  #spawn(): Link<Engine> {
    this.#runs = 0;
    return this.#startThread(() => {
      this.#link = null;
      this.#opened = null;
      this.#spares.clear();
    });
  }

  /** One question to the engine, under the watch of its patience. */
  async #ask<T>(question: (engine: Remote<Engine>) => Promise<Reply<T>>): Promise<T> {
    const link = this.#link;
    if (!link) throw new EnhanceError('engine-stopped', { reason: 'gone' });
    if (this.#waiting++ === 0) this.#lastTile = 0;
    this.#watch();
    try {
      return unwrap(await link.call(question));
    } finally {
      this.#waiting--;
      this.#watch();
    }
  }

  #feed(): void {
    const now = performance.now();
    if (this.#lastTile > 0) {
      const took = now - this.#lastTile;
      this.#meanMs = this.#meanMs === 0 ? took : 0.8 * this.#meanMs + 0.2 * took;
    }
    this.#lastTile = now;
    this.#watch();
  }

  /** Sets the clock anew: to a hung engine while something waits for it, else to an idle one. */
  #watch(): void {
    clearTimeout(this.#deadline);
    const link = this.#link;
    if (!link) return;
    if (this.#waiting === 0) {
      const { idleMs = 60_000 } = this.#options;
      this.#deadline = setTimeout(() => link.kill('idle'), idleMs);
      return;
    }
    const { start, tile } = this.#patience;
    const usual = this.#meanMs === 0 ? start : Math.max(tile, slackTiles * this.#meanMs);
    const ms = this.#isSoftware ? usual * softwareSlack : usual;
    this.#deadline = setTimeout(() => link.kill('hung'), ms);
  }
}

function startWorker(onDeath: () => void): Link<Engine> {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
  return new WorkerLink<Engine>(worker, onDeath);
}
