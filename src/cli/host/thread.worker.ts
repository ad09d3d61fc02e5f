/** What a {@link NodeWorker} runs first: a worker's global scope, then the script that it was started with. */
import { parentPort, workerData } from 'node:worker_threads';
import { installGpu } from './gpu';
import { lendThreads } from './runtime';
import { installScope } from './scope';

const { script } = workerData as { readonly script: string };
const port = parentPort!;

installScope(script);
// As in a worker, whose scope is its end of the line.
Object.assign(globalThis, {
  addEventListener: (...given: Parameters<typeof port.addEventListener>) => {
    port.addEventListener(...given);
    port.start();
  },
  removeEventListener: port.removeEventListener.bind(port),
  postMessage: port.postMessage.bind(port),
});
if (script.endsWith('/engine.js')) {
  await lendThreads();
  await installGpu();
}
await import(/* @vite-ignore */ script);
