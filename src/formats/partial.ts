import { formats, type PhotoFormat } from '../core/format';

/** How long is waited until the browser has begun with what is there, in milliseconds. */
const patienceMs = 2000;

/** What of a damaged file is left to the browser, one after the other, until it takes it: shares of its length. */
const shares: readonly number[] = [1, 15 / 16, 7 / 8, 3 / 4, 1 / 2, 1 / 4, 1 / 8, 1 / 16];

/** How often what it takes is made longer by half of what is in question. */
const refinements = 5;

/**
 * Decodes as much of a file as is there, as browsers do while a picture is still on its way: what is missing is
 * transparent. Where the file is damaged, what comes before that. Not in every browser.
 *
 * @param bytes A file that breaks off somewhere, or is damaged.
 * @param format What it is.
 * @param signal Ends it before the next try.
 * @returns The picture, as the browser turns it; null where nothing of it can be shown.
 * @throws {DOMException} The signal's reason.
 */
export async function decodePartial(
  bytes: Uint8Array<ArrayBuffer>,
  format: PhotoFormat,
  signal?: AbortSignal,
): Promise<ImageBitmap | null> {
  if (!('ImageDecoder' in globalThis)) return null;
  const take = async (share: number) => {
    signal?.throwIfAborted();
    return decodeBeginning(bytes.subarray(0, Math.floor(bytes.length * share)), format);
  };
  let refused = 1;
  for (const share of shares) {
    const bitmap = await take(share);
    // What is too short to begin with, is not to be made shorter.
    if (bitmap === 'waits') return null;
    if (bitmap !== 'refused') return share === 1 ? bitmap : lengthen(bitmap, share, refused, take);
    refused = share;
  }
  return null;
}

type Beginning = ImageBitmap | 'refused' | 'waits';

/** Closes all but the bitmap that it gives. */
async function lengthen(
  shown: ImageBitmap,
  share: number,
  refused: number,
  take: (share: number) => Promise<Beginning>,
): Promise<ImageBitmap> {
  let [best, from, to] = [shown, share, refused];
  for (let left = refinements; left > 0; left--) {
    const middle = (from + to) / 2;
    const bitmap = await take(middle);
    if (bitmap === 'refused' || bitmap === 'waits') to = middle;
    else {
      best.close();
      [best, from] = [bitmap, middle];
    }
  }
  return best;
}

async function decodeBeginning(
  bytes: Uint8Array<ArrayBuffer>,
  format: PhotoFormat,
): Promise<Beginning> {
  let end: () => void = () => undefined;
  let isWaiting = false;
  const data = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      controller.enqueue(bytes.slice());
      end = () => controller.close();
    },
  });
  let decoder: ImageDecoder | undefined;
  // Where the file ends before the decoder has begun, there is no picture; where it never does, no answer.
  const timer = setTimeout(() => {
    isWaiting = true;
    end();
  }, patienceMs);
  try {
    decoder = new ImageDecoder({ data, type: formats[format].mime, preferAnimation: false });
    const { image } = await decoder.decode({ completeFramesOnly: false });
    try {
      return await createImageBitmap(image, { premultiplyAlpha: 'none' });
    } finally {
      image.close();
    }
  } catch {
    return isWaiting ? 'waits' : 'refused';
  } finally {
    clearTimeout(timer);
    decoder?.close();
  }
}
