import { WorkerClient } from '../../worker/client';
import type { OwnerOptions } from '../../worker/protocol';
import { t } from '../i18n/translate';

/** The app's end of the worker: {@link WorkerClient} with the app's worker file and its words. */
export class EnhancerClient extends WorkerClient {
  /** @param options Passed to each worker that is started. */
  constructor(options: OwnerOptions) {
    super(options, { spawn, say: (what) => t(`fault.${what}`) });
  }
}

function spawn(): Worker {
  return new Worker(new URL('../../worker/owner/enhancer.worker.ts', import.meta.url), {
    type: 'module',
  });
}
