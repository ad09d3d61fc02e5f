import type { OwnerOptions } from '../../worker/protocol';

const backends: readonly OwnerOptions['backend'][] = ['auto', 'webgpu', 'wasm'];

/**
 * Reads how the engine is to start from the page's address.
 *
 * @param address The page's URL; `?backend=auto|webgpu|wasm` forces a backend and `?tile=N` a tile size in
 *   source pixels. A value that makes no sense counts as absent.
 * @param base The path the site is served from, ending in a slash.
 * @returns The options for the worker, with the catalogue's absolute URL.
 */
export function readOptions(address: string, base: string): OwnerOptions {
  const query = new URL(address).searchParams;
  const tile = Number(query.get('tile'));
  return {
    backend: backends.find((name) => name === query.get('backend')) ?? 'auto',
    tile: Number.isInteger(tile) && tile > 0 ? tile : 0,
    catalogUrl: new URL(`${base}models/catalog.json`, address).href,
  };
}
