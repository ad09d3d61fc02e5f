import { EnhanceError, troubleOf, type Problem } from '../../core/errors';
import type { Measure, Note } from '../../core/notes';
import type { NetworkPlan } from '../../core/plan/step-plan';
import { chooseBand, chooseTile } from '../../core/plan/tile-size';
import type { Precision } from '../../core/plan/network';
import { Ladder, type Attempt, type Retry } from '../../core/plan/recovery';
import type { TileGrid } from '../../core/plan/tiles';
import { chooseFile, type Card, type ModelFile } from '../../models/catalog';
import { isMade } from '../../models/own/own-shelf';
import { capabilitiesOf } from '../engine/machine';
import type { EnginePort } from '../engine/port';
import type { BackendChoice, EngineModel, Machine } from '../engine/protocol';
import type { Lane } from '../lanes';
import type { EngineTurn, EngineTurns } from './engine-turns';
import type { BandSource } from './picture-bands';
import type { ModelFiles } from './site-models';
import { TileClock } from './tile-clock';
import type { Trials, TrialSubject } from './trials';

/** What every step of a job works with. */
export type EngineTools = {
  readonly host: EnginePort;
  readonly trials: Trials;
  /** Whose turn it is to use the host. */
  readonly turns: EngineTurns;
  /** How urgent the job is. */
  readonly lane: Lane;
  /** All files of the job's networks. */
  readonly files: ModelFiles;
  /** Which backend was asked for. */
  readonly choice: BackendChoice;
  /** Core side that was asked for, or 0. */
  readonly tile: number;
  /** Whether all of the job's networks are run again for the next picture; false by default. */
  readonly isSeries?: boolean;
};

/** What an engine obeys and tells. */
export type EngineHooks = {
  readonly signal: AbortSignal;
  /** Work begins or is taken up again: this much of it, 0..1, is done. */
  onStart(share: number): void;
  /** A tile is done: this much of the work, 0..1. */
  onTile(share: number): void;
  /** Something that the person should know. */
  onNote(note: Note): void;
};

/** What an engine did. */
export type EngineReport = {
  /** Tiles that were run, those of failed attempts included. */
  readonly tiles: number;
  /** How many of them ran on the CPU. */
  readonly cpuTiles: number;
  /** Bands copied back from the GPU. */
  readonly readBacks: number;
  /** Of the file that was used last. */
  readonly precision: Precision;
};

/** A network, and how it was planned to be run. */
export type PlannedNetwork = Pick<NetworkPlan<Card>, 'model' | 'tile' | 'depth'>;

/**
 * One network on an engine that is proved before it is trusted, and that recovers: a failure is met as
 * `core/plan/recovery` says, and what was finished before it is not run again. Between two bands it gives
 * way to more urgent jobs, and loads its own network anew after them.
 */
export class ProvenEngine {
  readonly #tools: EngineTools;
  readonly #network: PlannedNetwork;
  readonly #hooks: EngineHooks;
  readonly #ladder: Ladder;
  #turn!: EngineTurn;
  #choice: BackendChoice;
  #machine!: Machine;
  #attempt: Attempt | undefined;
  #clock = new TileClock();
  #bandsOfAttempt = 0;
  #tiles = 0;
  #cpuTiles = 0;
  #readBacks = 0;

  /**
   * @param tools What it works with.
   * @param network What it runs.
   * @param hooks What it obeys and tells.
   */
  constructor(tools: EngineTools, network: PlannedNetwork, hooks: EngineHooks) {
    this.#tools = tools;
    this.#network = network;
    this.#hooks = hooks;
    this.#choice = tools.choice;
    this.#ladder = new Ladder(tools.choice === 'auto');
  }

  /**
   * Runs bands until none is left.
   *
   * @param work The bands.
   * @returns What was done.
   * @throws {DOMException} The signal's reason, at the end of the present tile.
   * @throws {EnhanceError} What no measure helps against.
   */
  async run(work: BandSource): Promise<EngineReport> {
    await this.#whileWanted(async () => {
      while (!(await this.#try(work)));
    });
    const [tiles, cpuTiles, readBacks] = [this.#tiles, this.#cpuTiles, this.#readBacks];
    const precision = this.#attempt ? this.#file(this.#attempt).precision : 'int8';
    return { tiles, cpuTiles, readBacks, precision };
  }

  /**
   * Loads the network and proves it, if that was not done on this machine before.
   *
   * @param work What it would be run on; is left as it is.
   * @throws {DOMException} The signal's reason.
   * @throws {EnhanceError} What the engine fails with; nothing is tried again.
   */
  async rehearse(work: BandSource): Promise<void> {
    await this.#whileWanted(async () => {
      const attempt = await this.#begin();
      await this.#prove(work, this.#modelOf(attempt), attempt);
    });
  }

  /**
   * Works once the engine is free; has it stop as soon as the signal says so, and free what it holds of
   * the work at the end.
   */
  async #whileWanted(work: () => Promise<void>): Promise<void> {
    const { turns, lane, host } = this.#tools;
    const { signal } = this.#hooks;
    await turns.take(lane, signal, async (turn) => {
      this.#turn = turn;
      const stop = () => (turn.isHeld ? host.stop() : undefined);
      const listener = () => void stop();
      signal.addEventListener('abort', listener);
      try {
        await work();
      } finally {
        signal.removeEventListener('abort', listener);
        await stop();
        signal.throwIfAborted();
      }
    });
  }

  /** One attempt: true where the work is finished, false where it is to be tried again. */
  async #try(work: BandSource): Promise<boolean> {
    const { signal } = this.#hooks;
    signal.throwIfAborted();
    this.#bandsOfAttempt = 0;
    this.#clock = new TileClock();
    try {
      do await this.#runStretch(work);
      while (!work.isFinished);
      return true;
    } catch (error) {
      signal.throwIfAborted();
      this.#recover(work, error);
      return false;
    }
  }

  /** Finds out what it runs on, the first time and after the engine was ended. */
  async #begin(): Promise<Attempt> {
    const { host, tile } = this.#tools;
    this.#machine = await host.open(this.#choice);
    const { backend, hasF16, runtimes } = this.#machine;
    if (this.#attempt?.backend === backend) return this.#attempt;
    this.#clock = new TileClock();
    const { model, tile: planned, depth } = this.#network;
    const { precision } = chooseFile(model, hasF16 && depth === 8 ? 'fp16' : 'int8');
    const usual = this.#attempt ? chooseTile(model, capabilitiesOf(this.#machine), null) : planned;
    return (this.#attempt = { backend, runtimes, precision, tile: tile || usual });
  }

  /** Bands on one engine, until it is spent, wanted by others, or none is left. */
  async #runStretch(work: BandSource): Promise<void> {
    const { host } = this.#tools;
    if (host.isSpent) host.kill();
    const attempt = await this.#begin();
    const model = this.#modelOf(attempt);
    const grid = work.take(await this.#prove(work, model, attempt), this.#bandBytes);
    this.#hooks.onStart(work.done);
    await host.load(model, grid, (core, isFlat) => this.#count(work.shareOf(core), isFlat));
    this.#clock.restart();
    await work.run(host, {
      signal: this.#hooks.signal,
      mayGoOn: () => !host.isSpent && !this.#turn.isWanted,
      onBand: () => {
        this.#bandsOfAttempt++;
        if (attempt.backend === 'webgpu') this.#readBacks++;
      },
    });
    if (work.isFinished) this.#rememberPace(model, grid);
    else if (this.#turn.isWanted) await this.#giveWay();
  }

  /** The engine is left empty, so that no late word of a tile is taken for the next job's. */
  async #giveWay(): Promise<void> {
    await this.#tools.host.stop();
    await this.#turn.giveWay();
  }

  #rememberPace(model: EngineModel, { window }: TileGrid): void {
    const { meanMs } = this.#clock;
    if (meanMs === null) return;
    const pace = meanMs / (window.width * window.height * this.#network.model.macsPerPixel);
    const { trials, tile } = this.#tools;
    trials.remember(this.#machine, model, { isRight: true, pace }, tile > 0);
  }

  #count(share: number, isFlat: boolean): void {
    this.#clock.tick(isFlat, performance.now());
    this.#tiles++;
    if (this.#attempt?.backend === 'wasm') this.#cpuTiles++;
    this.#hooks.onTile(share);
  }

  #file({ precision }: Attempt): ModelFile {
    return chooseFile(this.#network.model, precision);
  }

  #subject(attempt: Attempt): TrialSubject {
    const [runtime] = attempt.runtimes;
    return { key: this.#file(attempt).sha256, runtime };
  }

  #modelOf(attempt: Attempt): EngineModel {
    const file = this.#file(attempt);
    const { files, isSeries: isBeside } = this.#tools;
    const bytes = files.bytesOf(file);
    const { precision, sha256: key } = file;
    const [runtime] = attempt.runtimes;
    const model = { key, bytes, precision, runtime, geometry: this.#network.model };
    return { ...model, ...(isBeside && { isBeside }) };
  }

  get #bandBytes(): number {
    return chooseBand(capabilitiesOf(this.#machine));
  }

  /** Has the model prove itself on this machine; returns the tile's side, smaller where it took too long. */
  async #prove(work: BandSource, model: EngineModel, attempt: Attempt): Promise<number> {
    const { host, trials, files, tile } = this.#tools;
    const card = this.#network.model;
    const known = await trials.recall(this.#machine, model);
    if (known?.isRight) return attempt.tile;
    if (known) throw new EnhanceError('trial-failed', { off: null });
    const { golden } = this.#file(attempt);
    // What it would be held against is the CPU's own result.
    if (attempt.backend === 'wasm' && !isMade(golden)) return attempt.tile;
    const candidate = {
      model,
      golden: files.bytesOf(golden),
      tolerance: golden.tolerance,
      macsPerPixel: card.macsPerPixel,
    };
    const shape = work.shape(attempt.tile, this.#bandBytes);
    const { pace } = await trials.hold(host, this.#machine, candidate, shape, tile > 0);
    const timely = chooseTile(card, capabilitiesOf(this.#machine), pace);
    if (tile || timely >= attempt.tile) return attempt.tile;
    this.#attempt = { ...attempt, tile: timely };
    return timely;
  }

  #recover(work: BandSource, error: unknown): void {
    const { host, trials } = this.#tools;
    const attempt = this.#attempt;
    if (!attempt) throw error;
    const { code, problem } = troubleOf(error);
    // The CPU has no lower tier: what fails there once may be tried again.
    if (code === 'wrong-result' && attempt.backend === 'webgpu')
      trials.remember(this.#machine, this.#subject(attempt), { isRight: false, pace: 0 }, false);
    const hasProgressed = this.#bandsOfAttempt > 0;
    const retry = this.#ladder.next(attempt, { code, hasProgressed, isEngineGone: !host.isAlive });
    if (!retry) throw error;
    this.#hooks.onNote(noteOn(retry, problem));
    if (retry.isAnew) work.restart();
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
}

function noteOn({ rung, isAnew }: Retry, problem: Problem): Note {
  const measure: Measure = rung === 'cpu' && isAnew ? 'cpu-anew' : rung;
  return { note: 'recovered', facts: { problem, measure } };
}
