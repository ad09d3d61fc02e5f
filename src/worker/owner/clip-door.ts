import { EnhanceError } from '../../core/errors';
import { clipContainers } from '../../core/film/clip';
import { readClipContainer } from '../../formats/clip/container';
import { plainColours } from '../../formats/colours';
import { noMetadata } from '../../formats/metadata/metadata';
import { identifyBytes } from '../../formats/sniff';
import { throwAltered } from '../../integrity/fetch-checked';
import type { Clips, ReadClip } from './clips';

/** The way to clips: what reads and writes them comes with the first. */
export class ClipDoor {
  #clips: Clips | null = null;

  /**
   * Opens a clip.
   *
   * @param file Any file.
   * @returns The clip, to be kept or closed by the caller; null where the file is none, by its first bytes.
   * @throws {EnhanceError} `codec-missing` where what reads clips cannot be fetched; else as `Clips.read`.
   */
  async read(file: File): Promise<ReadClip | null> {
    const start = await file
      .slice(0, identifyBytes)
      .arrayBuffer()
      .catch(() => null);
    const container = start && readClipContainer(new Uint8Array(start));
    if (!container) return null;
    const { Clips } = await import('./clips').catch((error: unknown) => {
      throwAltered(error);
      const { title: format } = clipContainers[container];
      throw new EnhanceError('codec-missing', { format, cause: String(error) });
    });
    this.#clips ??= new Clips();
    return this.#clips.read(file, container);
  }

  /** The clips that are open; null where there has been none. */
  get clips(): Clips | null {
    return this.#clips;
  }
}

/**
 * The first picture of a clip, which is looked at and tried out as a photo is.
 *
 * @param clip The clip.
 * @param clip.raster Its first picture.
 * @param clip.notes What is known of it.
 * @returns What decoding a photo gives.
 */
export function stillOf({ raster, notes }: ReadClip) {
  const header = { format: 'jpeg' } as const;
  return { raster, colours: plainColours, header, metadata: noMetadata, jpegQuality: null, notes };
}
