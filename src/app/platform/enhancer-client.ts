import { WorkerClient, type ClientPorts } from '../../worker/client';
import type { OwnerOptions } from '../../worker/protocol';
import { checkParts } from './part-checks';

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
  // Its line to the worker is a part of the page.
  prepare: async () => void (await Promise.all([checkParts('engine'), checkParts('page')])),
  prepareRun: () => checkParts('runtime'),
};
