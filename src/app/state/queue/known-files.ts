import type { PhotoSource } from '../../platform/photo-source';
import type { Entry } from './entry.svelte';

/**
 * Finds photos of a queue by their files.
 *
 * @param entries The queue's photos.
 * @returns Gives the photo of the same file, as far as can be told; undefined for one that is not in it.
 */
export function knowFiles(entries: readonly Entry[]): (source: PhotoSource) => Entry | undefined {
  const known = new Map(entries.map((entry) => [nameFile(entry.source), entry]));
  return (source) => known.get(nameFile(source));
}

function nameFile({ path, bytes, modified }: PhotoSource): string {
  return `${bytes} ${modified} ${path}`;
}
