import { depthOf } from '../../core/picture/raster';
import type { Recipe } from '../../core/recipe/recipe';
import type { Machine } from '../engine/protocol';
import type { OpenPhoto } from './photos';
import type { Prepared } from './planner';
import type { ModelFiles } from './site-models';

/** What a run begins with. */
export type Ready = { readonly prepared: Prepared; readonly files: ModelFiles };

/** What else than recipe and picture a plan hangs on. */
export type Standing = {
  /** What the engine runs on: another object after each start of it. */
  readonly machine: Machine;
  /** How many there have been; see `Trials.verdicts`. */
  readonly verdicts: number;
};

/**
 * Pictures that the same is done to, one after the other: what was planned for one, and the files of its networks, do for the
 * next, as long as it is of the same kind, the engine was not started anew and no network was tried out or found wrong meanwhile. A
 * pace that is measured a little differently is no reason to plan anew, and where it must be done, networks are kept as long as
 * they are right: neighbours by two would flicker.
 * To be made anew after a failure, with the networks of the one before.
 */
export class RunSeries {
  #basis: readonly unknown[] = [];
  #ready: Ready | null = null;
  /** The ids of those that the pictures before were made by. */
  #kept: readonly string[];

  /** @param kept The ids of the networks that pictures before were made by. */
  constructor(kept: readonly string[] = []) {
    this.#kept = kept;
  }

  /** The ids of the networks that the pictures are made by; empty before the first. */
  get kept(): readonly string[] {
    return this.#kept;
  }

  /**
   * What a run of the next picture begins with.
   *
   * @param recipe What is done to it.
   * @param photo The picture.
   * @param standing What else the plan hangs on, now.
   * @param make Plans and fetches, where what there is does not do; is told which networks are kept.
   * @returns What was made, now or before.
   * @throws {unknown} What `make` throws; then nothing is remembered.
   */
  async ready(
    recipe: Recipe,
    { raster, besideBytes, shake }: OpenPhoto,
    { machine, verdicts }: Standing,
    make: (kept: readonly string[]) => Promise<Ready>,
  ): Promise<Ready> {
    const { width, height } = raster;
    const basis = [
      recipe,
      width,
      height,
      depthOf(raster),
      besideBytes,
      shake.found,
      machine,
      verdicts,
    ];
    if (this.#ready && basis.every((each, i) => each === this.#basis[i])) return this.#ready;
    this.#ready = null;
    const made = await make(this.#kept);
    this.#kept = made.prepared.cards.map(({ id }) => id);
    this.#basis = basis;
    this.#ready = made;
    return made;
  }
}
