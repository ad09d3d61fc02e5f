import { fetchWithin } from '../../integrity/fetch-within';

/** Where onnxruntime gets its wasm from: an address, or the bytes themselves. */
export type WasmSource =
  { readonly wasmPaths: { readonly wasm: string } } | { readonly wasmBinary: ArrayBuffer };

/**
 * Prepares a wasm file for onnxruntime. A file that is larger than static hosts take is built in
 * parts (scripts/split-wasm.mjs), which are fetched together and joined here.
 *
 * @param addresses What the build gives for `?url`: the file's address, or its parts' in order,
 *   separated by spaces.
 * @returns For `ort.env.wasm`: an address, which the browser compiles while it arrives, or the
 *   joined bytes, owned by the receiver.
 * @throws {TypeError} When a part cannot be fetched.
 */
export async function findWasm(addresses: string): Promise<WasmSource> {
  const parts = addresses.split(' ');
  if (parts.length === 1) return { wasmPaths: { wasm: addresses } };
  const blobs = await Promise.all(parts.map(fetchPart));
  return { wasmBinary: await new Blob(blobs).arrayBuffer() };
}

async function fetchPart(address: string): Promise<Blob> {
  const response = await fetchWithin(self.location.href, address);
  if (!response.ok) throw new TypeError(`${address} answered ${response.status}`);
  return response.blob();
}
