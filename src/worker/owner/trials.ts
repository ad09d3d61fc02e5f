import { EnhanceError } from '../../core/errors';
import { deviation, parseGolden, repeatGolden, trialGrid } from '../../core/run/golden';
import type { TileGrid } from '../../core/plan/tiles';
import { createBrowserKeep, type Keep } from '../../models/keep';
import { untilAborted } from '../../core/abort';
import type { EnginePort } from '../engine/port';
import type { EngineModel, Machine } from '../engine/protocol';

/** What is known of a model's file on this machine. */
export type Trial = {
  /** Whether it computed its golden tile as stated. */
  readonly isRight: boolean;
  /**
   * Milliseconds per multiply-accumulate, margins included; 0 where it is not right, null where it was
   * only measured in tiles that were forced at an earlier visit.
   */
  readonly pace: number | null;
};

/** What has just been measured. */
type Measured = Trial & { readonly pace: number };

/** What is tried: a model's file, by its key, with a library that runs it. */
export type TrialSubject = Pick<EngineModel, 'key' | 'runtime'>;

/** What a trial needs to know of a model. */
export type Candidate = {
  readonly model: EngineModel;
  /** The golden tile's file. */
  readonly golden: Uint8Array;
  /** Largest allowed difference in levels of 255. */
  readonly tolerance: number;
  readonly macsPerPixel: number;
};

/** How long storage may take; where it hangs, a trial is held again. */
const patienceMs = 2000;

/**
 * Remembers which models compute what they should on this machine, and how fast: for as long as
 * browser, adapter, driver and runtime are the same. Without storage, until the page is closed.
 */
export class Trials {
  readonly #keep: Keep;
  readonly #known = new Map<string, Trial>();
  #verdicts = 0;

  /** @param keep Where to remember; the browser's storage by default. */
  constructor(keep: Keep = createBrowserKeep()) {
    this.#keep = keep;
  }

  /** How often something became known of a model, its pace for the first time included, or turned out otherwise. */
  get verdicts(): number {
    return this.#verdicts;
  }

  /**
   * What is known.
   *
   * @param machine What the engine runs on.
   * @param subject The model's file and its runtime.
   * @returns The trial, or null where there was none.
   */
  async recall(machine: Machine, subject: TrialSubject): Promise<Trial | null> {
    const name = trialName(machine, subject);
    const known = this.#known.get(name);
    if (known) return known;
    const patience = AbortSignal.timeout(patienceMs);
    const kept = await untilAborted(this.#keep.get(name), patience).catch(() => undefined);
    if (!isTrial(kept)) return null;
    this.#known.set(name, kept);
    return kept;
  }

  /**
   * Remembers.
   *
   * @param machine What the engine runs on.
   * @param subject The model's file and its runtime.
   * @param trial What is known now.
   * @param isForced Whether it was measured in a tile that was forced: its pace says nothing about
   *   planned ones, and is not kept for the next visit.
   */
  remember(machine: Machine, subject: TrialSubject, trial: Trial, isForced: boolean): void {
    const name = trialName(machine, subject);
    if (!isSameInKind(this.#known.get(name), trial)) this.#verdicts++;
    this.#known.set(name, trial);
    // Not being able to keep it costs another trial at the next visit.
    const keeping = isForced ? this.#keepProof(name) : this.#keep.set(name, trial);
    keeping.catch(() => undefined);
  }

  /**
   * Lets a model compute its golden tile, in a window of the size that is going to be used, and
   * measures it: the first run compiles, the second is timed.
   *
   * @param host The engine, opened on `machine`.
   * @param machine What it runs on.
   * @param candidate The model.
   * @param grid The work that it is to do.
   * @param isForced As for {@link Trials.remember}.
   * @returns What is known now.
   * @throws {EnhanceError} `trial-failed` where it is off by more than the tolerance; to be remembered
   *   by the caller, as every wrong result.
   */
  async hold(
    host: EnginePort,
    machine: Machine,
    candidate: Candidate,
    grid: TileGrid,
    isForced: boolean,
  ): Promise<Measured> {
    const { model, tolerance, macsPerPixel } = candidate;
    const trial = trialGrid(grid);
    const golden = parseGolden(candidate.golden, trial.geometry);
    const [band] = trial.bands;
    await host.load(model, trial, () => undefined, true);
    const measure = async () => {
      const patch = repeatGolden(golden, trial);
      const start = performance.now();
      const pixels = await host.run(band, patch);
      return { ms: performance.now() - start, off: deviation(golden, trial, pixels) };
    };
    const first = await measure();
    const second = first.off > tolerance ? first : await measure();
    if (second.off > tolerance) throw new EnhanceError('trial-failed', { off: second.off });
    const { width, height } = trial.window;
    const known = { isRight: true, pace: second.ms / (width * height * macsPerPixel) };
    this.remember(machine, model, known, isForced);
    return known;
  }

  /** Without a pace, but not in the place of one. */
  async #keepProof(name: string): Promise<void> {
    const kept = await this.#keep.get(name);
    if (isTrial(kept) && kept.isRight) return;
    const proof: Trial = { isRight: true, pace: null };
    await this.#keep.set(name, proof);
  }
}

function trialName({ backend, identity }: Machine, { key, runtime }: TrialSubject): string {
  return ['trial', key, runtime, backend, identity, navigator.userAgent].join(':');
}

function isSameInKind(before: Trial | undefined, { isRight, pace }: Trial): boolean {
  return before?.isRight === isRight && (before.pace === null) === (pace === null);
}

function isTrial(value: unknown): value is Trial {
  if (typeof value !== 'object' || value === null) return false;
  const { isRight, pace } = value as Partial<Trial>;
  return typeof isRight === 'boolean' && (pace === null || (typeof pace === 'number' && pace >= 0));
}
