import { WorkerClient } from '../../worker/client';
import type { OwnerOptions } from '../../worker/protocol';

/** The app's end of the worker: {@link WorkerClient} with the app's worker file. */
export class EnhancerClient extends WorkerClient {
  /** @param options Passed to each worker that is started. */
  constructor(options: OwnerOptions) {
    super(options, { spawn });
  }
}

function spawn(): Worker {
  return new Worker(new URL('../../worker/owner/enhancer.worker.ts', import.meta.url), {
    type: 'module',
  });
}
