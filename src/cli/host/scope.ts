import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { BlankCanvas, makeBlankBitmap, PlainImageData } from './no-screen';

/**
 * Gives a thread of Node what the engine finds in a browser's worker: where its script lies, what the machine is, files of the package
 * by their addresses, and a screen that shows nothing.
 *
 * @param script Absolute address of the thread's module.
 */
export function installScope(script: string): void {
  const gibibytes = totalmem() / 2 ** 30;
  const navigator = {
    userAgent: `Node.js/${process.versions.node}`,
    hardwareConcurrency: availableParallelism(),
    deviceMemory: gibibytes,
  };
  const scope = {
    self: globalThis,
    // Of files there is no origin, and onnxruntime would take the one that URLs tell for an address.
    location: { href: script },
    navigator,
    // Memory may be shared here.
    crossOriginIsolated: true,
    // Of codecs that ask for them where they find themselves in Node; libheif for both.
    require: createRequire(script),
    __dirname: dirname(fileURLToPath(script)),
    fetch: fetchFile,
    ImageData: PlainImageData,
    OffscreenCanvas: BlankCanvas,
    createImageBitmap: makeBlankBitmap,
  };
  for (const [name, value] of Object.entries(scope))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

/**
 * Node's own `fetch` reads no files, and this one nothing else: nothing is asked of any network. Which files may be asked for is
 * checked by who asks (`integrity/fetch-within`).
 */
async function fetchFile(address: string): Promise<Response> {
  const path = fileURLToPath(address);
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return new Response(null, { status: 404 });
  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream);
}
