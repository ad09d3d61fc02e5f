import { wrap, type Remote } from 'comlink';
import { EnhanceError } from '../core/errors';

/**
 * One worker, and an end to every wait for it: comlink's calls never settle once a worker is dead.
 * Its owner calls `kill` when it is no longer needed.
 */
export class WorkerLink<T> {
  readonly #worker: Worker;
  readonly #remote: Remote<T>;
  readonly #died: Promise<never>;
  #markDead!: (reason: EnhanceError) => void;
  #isAlive = true;

  /**
   * @param worker A worker that exposes a `T` through comlink; owned by the link from now on.
   * @param onDeath Called once when the worker is dead, whoever ended it.
   */
  constructor(
    worker: Worker,
    readonly onDeath: () => void = () => undefined,
  ) {
    this.#worker = worker;
    this.#remote = wrap<T>(worker);
    this.#died = new Promise<never>((_, reject) => (this.#markDead = reject));
    this.#died.catch(() => undefined);
    for (const type of ['error', 'messageerror'])
      worker.addEventListener(type, (event) => {
        event.preventDefault();
        this.kill((event as ErrorEvent).message ?? type);
      });
  }

  /** Whether the worker can still answer, as far as anyone knows. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /**
   * Asks the worker for something.
   *
   * @param ask Calls the worker.
   * @returns Its answer.
   * @throws {EnhanceError} `engine-stopped` when the worker dies first.
   */
  call<R>(ask: (remote: Remote<T>) => Promise<R>): Promise<R> {
    return Promise.race([ask(this.#remote), this.#died]);
  }

  /**
   * Ends the worker at once; calls that wait are rejected.
   *
   * @param reason For the error's facts.
   */
  kill(reason = 'ended'): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#worker.terminate();
    this.#markDead(new EnhanceError('engine-stopped', { reason }));
    this.onDeath();
  }
}
