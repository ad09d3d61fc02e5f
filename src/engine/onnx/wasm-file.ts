import { release } from '../../core/picture/release';
import { fetchChecked } from '../../integrity/fetch-checked';

/** Where onnxruntime gets its wasm from: an address, or the bytes themselves. */
export type WasmSource =
  { readonly wasmPaths: { readonly wasm: string } } | { readonly wasmBinary: ArrayBuffer };

/**
 * Prepares a wasm file for onnxruntime, which compiles no byte of it before its hash has been checked. A
 * file that is larger than static hosts take is built in parts (scripts/split-wasm.mjs), which are fetched
 * together and joined here.
 *
 * @param addresses What the build gives for `?url`: the file's address with its hash, or its parts' in
 *   order, separated by spaces.
 * @returns For `ort.env.wasm`: the bytes, owned by the receiver, in a buffer that can be given back ({@link forgetWasm}); in
 *   development, where there is no hash, the address.
 * @throws {EnhanceError} `file-altered` where the server has another file; `offline` where a part does not
 *   arrive.
 */
export async function findWasm(addresses: string): Promise<WasmSource> {
  if (!addresses.includes('#')) return { wasmPaths: { wasm: addresses } };
  const files = await Promise.all(addresses.split(' ').map((part) => fetchChecked(part)));
  const [only] = files;
  const whole =
    only && files.length === 1
      ? only.bytes.buffer
      : await new Blob(files.map(({ bytes }) => bytes)).arrayBuffer();
  // What the browser made, or was handed, it would keep.
  return { wasmBinary: whole.slice(0) };
}

/** What of `ort.env.wasm` holds the file. */
type WasmFlags = { wasmBinary?: ArrayBufferLike | Uint8Array };

/**
 * Gives the file's bytes back, once it is compiled: the runtime, which its threads get compiled, would hold 17 to 27 MB that nobody
 * reads any more for as long as it lives.
 *
 * @param flags `ort.env.wasm`, of a runtime that has made a session; given back twice is no failure.
 */
export function forgetWasm(flags: WasmFlags): void {
  const { wasmBinary } = flags;
  if (wasmBinary instanceof ArrayBuffer) release(new Uint8Array(wasmBinary));
  delete flags.wasmBinary;
}
