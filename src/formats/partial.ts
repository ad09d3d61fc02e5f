import { formats, type PhotoFormat } from '../core/format';

/** How long is waited until the browser has begun with what is there, in milliseconds. */
const patienceMs = 2000;

/**
 * Decodes as much of a file as is there, as browsers do while a picture is still on its way: what is missing is
 * transparent. Not in every browser.
 *
 * @param bytes A file that breaks off somewhere.
 * @param format What it is.
 * @returns The picture, as the browser turns it; null where nothing of it can be shown.
 */
export async function decodePartial(
  bytes: Uint8Array<ArrayBuffer>,
  format: PhotoFormat,
): Promise<ImageBitmap | null> {
  if (!('ImageDecoder' in globalThis)) return null;
  let end: () => void = () => undefined;
  const data = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      controller.enqueue(bytes);
      end = () => controller.close();
    },
  });
  let decoder: ImageDecoder | undefined;
  // Where the file ends before the decoder has begun, there is no picture; where it never does, no answer.
  const timer = setTimeout(() => end(), patienceMs);
  try {
    decoder = new ImageDecoder({ data, type: formats[format].mime, preferAnimation: false });
    const { image } = await decoder.decode({ completeFramesOnly: false });
    try {
      return await createImageBitmap(image, { premultiplyAlpha: 'none' });
    } finally {
      image.close();
    }
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    decoder?.close();
  }
}
