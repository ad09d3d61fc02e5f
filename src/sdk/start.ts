import { EnhanceError } from '../core/errors';
import { WorkerClient } from '../worker/client';
import type { OwnerOptions as WorkerOptions } from '../worker/protocol';

/** What an `Enhancer` uses of the worker; tests put another in its place. */
export type Client = Pick<
  WorkerClient,
  'alive' | 'open' | 'findShake' | 'offers' | 'plan' | 'enhance' | 'save' | 'cancel' | 'terminate'
>;

const stopped =
  'The engine stopped, perhaps out of memory, or could not be loaded: are the files of the package ' +
  'served beside its module, and does the Content-Security-Policy let workers run? The photo is ' +
  'unchanged; the next call starts the engine again.';

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
  return new WorkerClient(options, { spawn, say: () => stopped });
}

function spawn(): Worker {
  try {
    return new Worker(new URL('../worker/owner/enhancer.worker.ts', import.meta.url), {
      type: 'module',
    });
  } catch (error) {
    throw new EnhanceError(
      'internal',
      'The worker was refused. Browsers start workers only from the origin of the page: serve the ' +
        `files of the package from ${location.origin}, not from ${new URL(import.meta.url).origin}.`,
      { message: String(error) },
    );
  }
}
