import { Worker as Thread } from 'node:worker_threads';

/** Threads that have not ended. */
const living = new Set<Thread>();

/**
 * A browser's `Worker`, on a thread of Node: what runs on it finds itself in a worker's global scope (`thread.worker.ts`). Messages, what is
 * transferred with them, and errors are passed on.
 */
export class NodeWorker extends EventTarget {
  readonly #thread: Thread;

  /** @param script Absolute address of a module. */
  constructor(script: string | URL) {
    super();
    const thread = new Thread(new URL('./thread.worker.ts', import.meta.url), {
      workerData: { script: String(script) },
    });
    this.#thread = thread;
    living.add(thread);
    const fail = (message: string) =>
      this.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message }));
    thread.on('message', (data: unknown) =>
      this.dispatchEvent(new MessageEvent('message', { data })),
    );
    thread.on('messageerror', () => this.dispatchEvent(new Event('messageerror')));
    thread.on('error', (error) => fail(String(error)));
    thread.on('exit', () => {
      // Who ended it has stopped listening.
      if (living.delete(thread)) fail('exit');
    });
  }

  /**
   * Sends a message.
   *
   * @param message Copied, but for what is transferred.
   * @param moved What is transferred.
   */
  postMessage(message: unknown, moved: readonly ArrayBuffer[] = []): void {
    this.#thread.postMessage(message, moved);
  }

  /** Ends it at once. */
  terminate(): void {
    living.delete(this.#thread);
    void this.#thread.terminate();
  }
}

/** Ends all threads at once. */
export function endThreads(): void {
  for (const thread of living) void thread.terminate();
  living.clear();
}
