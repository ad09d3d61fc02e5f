import { WorkerClient, type ClientPorts } from '../../worker/client';
import type { OwnerOptions } from '../../worker/protocol';
import { checkParts } from './parts';

/** The app's end of the worker: {@link WorkerClient} with the app's worker file. */
export class EnhancerClient extends WorkerClient {
  /**
   * @param options Passed to each worker that is started.
   * @param ports How workers are started.
   */
  constructor(options: OwnerOptions, ports: ClientPorts = ownPorts) {
    super(options, ports);
  }
}

function spawn(): Worker {
  return new Worker(new URL('../../worker/owner/enhancer.worker.ts', import.meta.url), {
    type: 'module',
  });
}

const ownPorts: ClientPorts = {
  spawn,
  prepare: () => checkParts('engine'),
  prepareRun: () => checkParts('runtime'),
};
