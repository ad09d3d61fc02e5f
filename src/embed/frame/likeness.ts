import type { OpenedPhoto } from '../../worker/protocol';
import type { QueuedClient } from './queued-client.svelte';

/** What is looked at: squares of this side in pixels, so many along each side of the photo. */
const spot = { side: 128, across: 3 } as const;

/** Below this a result of the photo's own size is the photo, in levels of 255 on average. */
export const leastChange = 0.25;

/** Reads a bitmap's pixels and closes it. */
export type ReadPixels = (bitmap: ImageBitmap) => Uint8ClampedArray;

/**
 * How much a run at the photo's own size has changed of it.
 *
 * @param owner Has photo and result.
 * @param photo Which.
 * @param read Reads pixels.
 * @returns The mean absolute difference of all channels, 0..255, over spots spread over the photo, pixel by
 *   pixel; 0 where it cannot be measured.
 */
export async function measureChange(
  owner: Pick<QueuedClient, 'view'>,
  photo: Pick<OpenedPhoto, 'id' | 'width' | 'height'>,
  read: ReadPixels = readBitmap,
): Promise<number> {
  let [sum, count] = [0, 0];
  for (const rect of listSpots(photo)) {
    const { width, height } = rect;
    const ask = (side: 'before' | 'after') =>
      owner.view(photo.id, { side, rect, size: { width, height } });
    const [before, after] = await Promise.all([ask('before'), ask('after')]);
    if (!before.ok || !after.ok) return 0;
    const [from, to] = [read(before.value.bitmap), read(after.value.bitmap)];
    for (let i = 0; i < from.length; i++) sum += Math.abs(from[i]! - to[i]!);
    count += from.length;
  }
  return count === 0 ? 0 : sum / count;
}

function listSpots({ width, height }: { readonly width: number; readonly height: number }) {
  const along = (length: number) => {
    const side = Math.min(spot.side, length);
    const starts = Array.from({ length: spot.across }, (_, i) =>
      Math.round(((length - side) * i) / (spot.across - 1)),
    );
    return { side, starts: [...new Set(starts)] };
  };
  const [columns, rows] = [along(width), along(height)];
  return rows.starts.flatMap((y) =>
    columns.starts.map((x) => ({ x, y, width: columns.side, height: rows.side })),
  );
}

function readBitmap(bitmap: ImageBitmap): Uint8ClampedArray {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
}
