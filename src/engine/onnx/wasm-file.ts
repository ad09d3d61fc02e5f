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
 * @returns For `ort.env.wasm`: the bytes, owned by the receiver; in development, where there is no hash,
 *   the address.
 * @throws {EnhanceError} `file-altered` where the server has another file; `offline` where a part does not
 *   arrive.
 */
export async function findWasm(addresses: string): Promise<WasmSource> {
  if (!addresses.includes('#')) return { wasmPaths: { wasm: addresses } };
  const files = await Promise.all(addresses.split(' ').map((part) => fetchChecked(part)));
  const [only] = files;
  if (only && files.length === 1) return { wasmBinary: only.bytes.buffer };
  return { wasmBinary: await new Blob(files.map(({ bytes }) => bytes)).arrayBuffer() };
}
