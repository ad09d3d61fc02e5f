import { Turns } from '../../core/turns';
import type { Recipe } from '../../core/recipe/recipe';
import type { Lane } from '../lanes';
import type { PhotoId } from '../protocol';

/** What a job is known by: there is one for each photo and lane. */
export type JobName = {
  readonly photo: PhotoId;
  readonly lane: Lane;
  /** For which recipe a rehearsal is held; other jobs leave it out. */
  readonly recipe?: Recipe;
};

/** Work under way, or waiting for its turn. */
export type Job = JobName & {
  /** Ends it: at once where it has not begun, else as soon as it obeys its signal. */
  cancel(): void;
  /** Resolves when it has ended, with what it threw, if anything. */
  readonly ended: Promise<unknown>;
};

/**
 * All that is being done for all photos. A new job takes the place of its photo's job in the same lane.
 * Of several photos one runs at a time, since a plan counts on the memory of one run; so with saves and
 * loupes. Looking at one photo does not wait for looking at another.
 */
export class Jobs {
  readonly #jobs = new Set<Job>();
  readonly #turns = new Map<Lane | PhotoId, Turns>();

  /**
   * Begins a job once what it takes the place of has ended and its turn has come.
   *
   * @param name What it is.
   * @param work The work; its signal is aborted by `cancel`.
   * @returns What the work gives.
   * @throws {unknown} What it throws.
   * @throws {DOMException} AbortError, where it was cancelled before it had begun.
   */
  start<T>(name: JobName, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    for (const job of this.of(name.lane)) if (job.photo === name.photo) job.cancel();
    const waiting = new AbortController();
    const working = new AbortController();
    let hasBegun = false;
    const begin = () => {
      hasBegun = true;
      return work(working.signal);
    };
    const done = this.#turnsOf(name)
      .take(waiting.signal, begin)
      .finally(() => this.#jobs.delete(job));
    const job: Job = {
      ...name,
      cancel: () => (hasBegun ? working : waiting).abort(),
      ended: done.then(
        () => undefined,
        (error: unknown) => error,
      ),
    };
    this.#jobs.add(job);
    return done;
  }

  /**
   * The jobs of a lane.
   *
   * @param lane Which.
   * @returns Those that wait too, in the order they were asked for.
   */
  of(lane: Lane): readonly Job[] {
    return [...this.#jobs].filter((job) => job.lane === lane);
  }

  /**
   * Ends jobs and waits until they have ended.
   *
   * @param lanes In which lanes.
   * @param photo Of which photo; of all by default.
   */
  async end(lanes: readonly Lane[], photo?: PhotoId): Promise<void> {
    const jobs = [...this.#jobs].filter(
      (job) => lanes.includes(job.lane) && (photo === undefined || job.photo === photo),
    );
    for (const job of jobs) job.cancel();
    await Promise.all(jobs.map(({ ended }) => ended));
  }

  /**
   * Makes room for a job of a recipe: rehearsals for other networks are ended, one for the same is
   * waited for.
   *
   * @param isSame Whether a rehearsal's recipe is of use.
   * @param signal Ends all of them.
   * @returns Why the one that was waited for has failed; undefined where it has not, or there was none.
   * @throws {DOMException} The signal's reason, once they have ended.
   */
  async endRehearsals(isSame: (recipe: Recipe) => boolean, signal: AbortSignal): Promise<unknown> {
    const rehearsals = this.of('look').filter(({ recipe }) => recipe !== undefined);
    const stop = () => rehearsals.forEach((job) => job.cancel());
    const same = rehearsals.findLast(({ recipe }) => recipe && isSame(recipe));
    for (const job of rehearsals) if (job.recipe && !isSame(job.recipe)) job.cancel();
    signal.addEventListener('abort', stop);
    try {
      await Promise.all(rehearsals.map(({ ended }) => ended));
      signal.throwIfAborted();
      return await same?.ended;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /**
   * Forgets a photo that is closed; its jobs must have been ended.
   *
   * @param photo Which.
   */
  forget(photo: PhotoId): void {
    this.#turns.delete(photo);
  }

  #turnsOf({ photo, lane }: JobName): Turns {
    const key = lane === 'look' ? photo : lane;
    const turns = this.#turns.get(key) ?? new Turns();
    this.#turns.set(key, turns);
    return turns;
  }
}
