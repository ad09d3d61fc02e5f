import { isTelling } from '../../core/findings/telling-picture';
import type { Size } from '../../core/picture/rect';

/** Where in a clip a telling picture is looked for, in this order, as shares of it: its first picture is often black. */
const places: readonly number[] = [0.1, 0.3, 0.5, 0.75, 0];

/** Milliseconds that a browser may take for one of them: what it cannot play it may never say. */
const patienceMs = 10_000;

/** A clip as a list shows it. */
export type ClipCover = {
  /** Owned by the receiver. */
  readonly bitmap: ImageBitmap;
  /** How long the clip is. */
  readonly seconds: number;
  /** Of its pictures, in pixels. */
  readonly size: Size;
};

/**
 * A small picture of a clip, and how long that is, as far as the browser plays it: nothing of ours is needed for that.
 *
 * @param file The clip.
 * @param height Of the picture, in pixels.
 * @returns The first telling picture, else the last that was looked at.
 * @throws {unknown} Where the browser does not play it.
 */
export async function readCover(file: Blob, height: number): Promise<ClipCover> {
  const url = URL.createObjectURL(file);
  const video = document.createElement('video');
  try {
    Object.assign(video, { muted: true, preload: 'auto', src: url });
    await happened(video, 'loadeddata');
    const { duration: seconds, videoWidth, videoHeight } = video;
    if (!(seconds > 0) || videoHeight === 0) throw new DOMException(file.type, 'NotSupportedError');
    const width = Math.max(1, Math.round((height * videoWidth) / videoHeight));
    const context = new OffscreenCanvas(width, height).getContext('2d', {
      willReadFrequently: true,
    })!;
    for (const place of Number.isFinite(seconds) ? places : []) {
      const moved = happened(video, 'seeked');
      video.currentTime = place * seconds;
      await moved;
      context.drawImage(video, 0, 0, width, height);
      if (isTelling(context.getImageData(0, 0, width, height).data)) break;
    }
    const size = { width: videoWidth, height: videoHeight };
    return { bitmap: context.canvas.transferToImageBitmap(), seconds, size };
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  }
}

/** Waits for an event of a video, or for what says that it does not come. */
function happened(video: HTMLVideoElement, name: 'loadeddata' | 'seeked'): Promise<void> {
  const done = new AbortController();
  const signal = AbortSignal.any([done.signal, AbortSignal.timeout(patienceMs)]);
  return new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error(video.error?.message ?? name));
    video.addEventListener(name, () => resolve(), { signal });
    video.addEventListener('error', fail, { signal });
    signal.addEventListener('abort', fail);
  }).finally(() => done.abort());
}
