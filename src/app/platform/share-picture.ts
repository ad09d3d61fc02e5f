import type { Size } from '../../core/picture/rect';
import { sniff } from '../../formats/sniff';

/** How much of a file is read for its size in pixels. */
const headBytes = 2 ** 20;

/** The most that is drawn before anybody asked to open it, in millions. */
const mostMegapixels = 100;

/**
 * What a file's header says: nothing is decoded, and no worker starts.
 *
 * @param file Any file.
 * @returns Its size as displayed, in pixels; null where it does not open here.
 */
export async function measurePicture(file: File): Promise<Size | null> {
  try {
    const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
    const { width, height } = sniff(head, file.size);
    return { width, height };
  } catch {
    return null;
  }
}

/**
 * Whether the browser may be given a picture to draw: one that would fill the memory may be nobody's wish.
 *
 * @param size From {@link measurePicture}.
 * @returns True where it has 100 megapixels at most.
 */
export function mayDraw(size: Size): boolean {
  return size.width * size.height <= mostMegapixels * 1e6;
}
