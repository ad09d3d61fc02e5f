import type { EnhanceCode } from '../errors';
import type { Precision } from './network';

/** Libraries that run networks, by name and version; never none. */
export type Runtimes = readonly [string, ...string[]];

/** How a step is tried. */
export type Attempt = {
  readonly backend: 'webgpu' | 'wasm';
  /** The first runs the network; the others are what else could. */
  readonly runtimes: Runtimes;
  /** Which of a model's files is used. */
  readonly precision: Precision;
  /** Side of a tile's core in pixels. */
  readonly tile: number;
};

/** Why an attempt ended. */
export type Failure = {
  readonly code: EnhanceCode;
  /** True where the engine's thread is dead or hangs, so that only another one can go on. */
  readonly isEngineGone: boolean;
  /** True where at least one band was finished since the attempt began. */
  readonly hasProgressed: boolean;
};

/** What is changed for the next attempt, mildest first. Each also halves the tile, but for the last three. */
export const rungs = ['tile', 'device', 'worker', 'precision', 'runtime', 'cpu'] as const;

/** See {@link rungs}. */
export type Rung = (typeof rungs)[number];

/** What to try next. */
export type Retry = {
  readonly rung: Rung;
  readonly attempt: Attempt;
  /** True where what was finished cannot be trusted: the step begins anew. */
  readonly isAnew: boolean;
};

/** Failures of one step before it goes to the CPU, whatever progress there is between them. */
const patience = 8;

/** Below this a tile is mostly margin. */
const leastTile = 32;

/** Decides what to do about the failures of one step: each is met by a stronger measure, to the CPU. */
export class Ladder {
  readonly #mayUseCpu: boolean;
  #failures = 0;
  #height = -1;

  /** @param mayUseCpu False where the GPU was asked for by name. */
  constructor(mayUseCpu: boolean) {
    this.#mayUseCpu = mayUseCpu;
  }

  /**
   * The answer to a failure. Memory: smaller tiles. A lost device: another. A dead or hanging thread:
   * another. A wrong result: full precision, another runtime where there is one, then the CPU. What has just failed without any progress
   * is not tried again.
   *
   * @param attempt What failed.
   * @param failure How.
   * @returns What to try next, or null where the failure stands.
   */
  next(attempt: Attempt, failure: Failure): Retry | null {
    const least = mildest(attempt, failure);
    if (least === null) return null;
    if (failure.hasProgressed) this.#height = -1;
    const isWorn = ++this.#failures > patience;
    const from = Math.max(rungs.indexOf(isWorn ? 'cpu' : least), this.#height + 1);
    const rung = rungs.slice(from).find((each) => this.#isOpen(each, attempt, failure));
    if (!rung) return null;
    this.#height = rungs.indexOf(rung);
    const isAnew = failure.code === 'wrong-result';
    if (rung === 'precision') return { rung, isAnew, attempt: { ...attempt, precision: 'int8' } };
    const [, other, ...others] = attempt.runtimes;
    if (rung === 'runtime' && other)
      return { rung, isAnew, attempt: { ...attempt, runtimes: [other, ...others] } };
    if (rung === 'cpu') {
      this.#height = -1;
      return { rung, isAnew, attempt: { ...attempt, backend: 'wasm', precision: 'int8' } };
    }
    const tile = Math.max(Math.min(attempt.tile, leastTile), Math.ceil(attempt.tile / 2));
    return { rung, isAnew, attempt: { ...attempt, tile } };
  }

  #isOpen(rung: Rung, { backend, precision, runtimes }: Attempt, { code }: Failure): boolean {
    const isGpu = backend === 'webgpu';
    if (rung === 'runtime') return isGpu && runtimes.length > 1;
    if (rung === 'cpu') return isGpu && this.#mayUseCpu;
    if (rung === 'precision') return code === 'wrong-result' && precision === 'fp16';
    return rung === 'device' ? isGpu : true;
  }
}

/** The mildest measure that can help, or null where none can. */
function mildest({ backend }: Attempt, { code, isEngineGone }: Failure): Rung | null {
  if (isEngineGone) return 'worker';
  switch (code) {
    case 'out-of-memory':
      return 'tile';
    case 'device-lost':
    case 'internal':
    case 'model-corrupt':
      return 'device';
    case 'wrong-result':
      return backend === 'webgpu' ? 'precision' : null;
    default:
      return null;
  }
}
