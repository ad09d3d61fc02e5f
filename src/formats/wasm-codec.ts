import { bytesOf, fetchChecked } from '../integrity/fetch-checked';

/** What starts a codec that Emscripten has built. */
export type EmscriptenFactory<Codec> = (overrides: {
  noInitialRun: boolean;
  instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ) => WebAssembly.Exports;
}) => Promise<Codec>;

/**
 * Is told how much of a codec has arrived.
 *
 * @param loaded Bytes so far.
 * @param total All of its bytes.
 */
type Listener = (loaded: number, total: number) => void;

const listeners = new Set<Listener>();

/**
 * Listens to all codecs that are downloaded in this thread from now on, of which a build says how long they are.
 *
 * @param listener Told of each piece that arrives.
 * @returns Ends it.
 */
export function listenToDownloads(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * Tells all who listen of a codec that another thread downloads.
 *
 * @param loaded Bytes so far.
 * @param total All of its bytes.
 */
export function tellDownload(loaded: number, total: number): void {
  for (const listener of listeners) listener(loaded, total);
}

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/**
 * Downloads and compiles a codec, once. Not by compileStreaming: it needs the right MIME type, which simple static hosts do not send.
 *
 * @param url Its address, with its hash in a build.
 * @returns The module.
 * @throws {EnhanceError} Where it does not arrive as it was built; asked again, it is tried again.
 */
export function compileWasm(url: string): Promise<WebAssembly.Module> {
  const known = compiled.get(url);
  if (known) return known;
  const job = download(url).then(({ bytes }) => WebAssembly.compile(bytes));
  compiled.set(url, job);
  // A failed download is tried again at the next save.
  job.catch(() => compiled.delete(url));
  return job;
}

function download(url: string): ReturnType<typeof fetchChecked> {
  const [, built] = url.split('#sha256=');
  if (built === undefined) return fetchChecked(url);
  const total = bytesOf(built);
  let loaded = 0;
  const onBytes = (count: number) => {
    // A second try begins anew.
    loaded = loaded + count > total ? count : loaded + count;
    tellDownload(loaded, total);
  };
  return fetchChecked(url, { onBytes });
}

/**
 * A fresh instance for each picture: a wasm heap never shrinks, and one that ran out of memory is
 * unusable, so neither outlives the picture it was for.
 *
 * @param factory What starts it.
 * @param wasmUrl See {@link compileWasm}.
 * @returns The codec.
 * @throws {Error} Where it cannot be downloaded or started.
 */
export async function startCodec<Codec>(
  factory: EmscriptenFactory<Codec>,
  wasmUrl: string,
): Promise<Codec> {
  const wasm = await compileWasm(wasmUrl);
  return factory({
    noInitialRun: true,
    instantiateWasm: (imports, done) => {
      const instance = new WebAssembly.Instance(wasm, imports);
      done(instance);
      return instance.exports;
    },
  });
}

/**
 * What a codec has made, which gives null where it fails.
 *
 * @param result That.
 * @returns It, where it is not null.
 * @throws {Error} Where it is.
 */
export function must<T>(result: T | null): T {
  if (result === null) throw new Error('codec: null');
  return result;
}
