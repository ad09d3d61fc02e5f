import { proxy, wrap, type ProxyMarked, type Remote } from 'comlink';
import { untilAborted } from '../core/abort';
import { EnhanceError } from '../core/errors';
import { passFiles } from '../integrity/late-scripts';

/** A line to a worker that may be cut at any moment, as its owner uses it. */
export type Link<T> = Pick<WorkerLink<T>, 'isAlive' | 'call' | 'kill'>;

/**
 * One worker, and an end to every wait for it: comlink's calls never settle once a worker is dead.
 * Its owner calls `kill` when it is no longer needed.
 */
export class WorkerLink<T> {
  readonly #worker: Worker;
  readonly #remote: Remote<T>;
  readonly #end = new AbortController();

  /**
   * @param worker A worker that exposes a `T` through comlink, and has called `receiveFiles`; owned by the link from now on.
   * @param onDeath Called once when the worker is dead, whoever ended it.
   */
  constructor(
    worker: Worker,
    readonly onDeath: () => void = () => undefined,
  ) {
    this.#worker = worker;
    passFiles(worker);
    this.#remote = wrap<T>(worker);
    for (const type of ['error', 'messageerror'])
      worker.addEventListener(
        type,
        (event) => {
          event.preventDefault();
          this.kill((event as ErrorEvent).message ?? type);
        },
        { signal: this.#end.signal },
      );
  }

  /** Whether the worker can still answer, as far as anyone knows. */
  get isAlive(): boolean {
    return !this.#end.signal.aborted;
  }

  /**
   * Asks the worker for something.
   *
   * @param ask Calls the worker.
   * @returns Its answer.
   * @throws {EnhanceError} `engine-stopped` when the worker dies first.
   */
  call<R>(ask: (remote: Remote<T>) => Promise<R>): Promise<R> {
    return untilAborted(ask(this.#remote), this.#end.signal);
  }

  /**
   * Makes something that the worker may call, where it would otherwise be given a copy.
   *
   * @param lent A function or an object of ours; marked in place.
   * @returns The same, for an argument of {@link call}.
   */
  lend<Lent extends object>(lent: Lent): Lent & ProxyMarked {
    return proxy(lent);
  }

  /**
   * Ends the worker at once; calls that wait are rejected.
   *
   * @param reason For the error's facts.
   */
  kill(reason = 'ended'): void {
    if (!this.isAlive) return;
    this.#worker.terminate();
    this.#end.abort(new EnhanceError('engine-stopped', { reason }));
    this.onDeath();
  }
}
