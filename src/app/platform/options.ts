import type { OwnerOptions } from '../../worker/protocol';

const backends: readonly OwnerOptions['backend'][] = ['auto', 'webgpu', 'wasm'];

/**
 * The recipe that the page's address asks for.
 *
 * @param address The page's URL; behind `?recipe=` stands JSON.
 * @returns What stands there, unchecked: the text itself where it is no JSON, undefined where there is nothing.
 */
export function readRecipe(address: string): unknown {
  const text = new URL(address).searchParams.get('recipe');
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/**
 * The size that the page's address asks for.
 *
 * @param address The page's URL; behind `?size=` stands a number with its unit.
 * @returns What stands there, unchecked; null where there is nothing.
 */
export function readSize(address: string): string | null {
  return new URL(address).searchParams.get('size');
}

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
