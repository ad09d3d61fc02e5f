import { WorkerClient, type ClientPorts } from '../../worker/client';
import type { OwnerOptions } from '../../worker/protocol';
import { sendFiles } from '../../integrity/late-scripts';
import { checkWorkers, listEngine } from './part-checks';

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
  const worker = new Worker(new URL('../../worker/owner/enhancer.worker.ts', import.meta.url), {
    type: 'module',
  });
  const files = listEngine();
  if (files) sendFiles(worker, files);
  return worker;
}

const ownPorts: ClientPorts = { spawn, prepare: checkWorkers };
