import { startTrusted } from '../integrity/own-scripts';
import { WorkerClient } from '../worker/client';
import type { OwnerOptions as WorkerOptions } from '../worker/protocol';
import { PublicError } from './public-error';
import { sayWorkerRefused } from './words';

/** What an `Enhancer` uses of the worker; tests put another in its place. */
export type Client = Pick<
  WorkerClient,
  | 'alive'
  | 'open'
  | 'addModel'
  | 'stopAdding'
  | 'close'
  | 'findShake'
  | 'offers'
  | 'plan'
  | 'enhance'
  | 'enhanceClip'
  | 'save'
  | 'cancel'
  | 'terminate'
>;

/**
 * Makes the line to a worker; the worker itself starts with the first photo.
 *
 * @param backend Which backend.
 * @param models Absolute address of a catalogue; null for the models of the package.
 * @returns The line.
 * @throws {TypeError} Where the list of the package's models cannot be loaded.
 */
export async function startClient(
  backend: WorkerOptions['backend'],
  models: string | null,
): Promise<Client> {
  const shared = { backend, tile: 0 };
  const options: WorkerOptions =
    models !== null
      ? { ...shared, catalogUrl: models }
      : {
          ...shared,
          catalogUrl: import.meta.url,
          given: (await import('virtual:enlarger-models')).default,
        };
  return new WorkerClient(options, { spawn });
}

function spawn(): Worker {
  try {
    return startTrusted(
      () =>
        new Worker(new URL('../worker/owner/enhancer.worker.ts', import.meta.url), {
          type: 'module',
        }),
    );
  } catch (error) {
    const message = sayWorkerRefused(location.origin, new URL(import.meta.url).origin);
    throw new PublicError('internal', message, { cause: String(error) });
  }
}
