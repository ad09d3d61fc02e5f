import type { FilmPlay } from '../state/photo/film-stage.svelte';

/** Seconds that two pictures of one time may be apart before the one is moved to the other. */
const mostApart = 0.06;

/** What a video element plays. */
export type Playing = {
  readonly file: Blob;
  /** Seconds of the clip's time that are the file's 0. */
  readonly origin: number;
  /** The stretch, in the clip's time. */
  readonly play: FilmPlay;
  readonly isSilent: boolean;
  /** Is told, picture by picture, at which second of the clip it is; null where nobody wants to know. */
  readonly onPlace: ((seconds: number) => void) | null;
  /** Called where it has come to its end, and does not begin again. */
  readonly onEnd: () => void;
  /** Called where the browser does not play the file. */
  readonly onFail: () => void;
};

/**
 * Plays a stretch of a file.
 *
 * @param video Plays it.
 * @param playing What it plays.
 * @returns Ends it, and lets go of the file.
 */
export function playStretch(video: HTMLVideoElement, playing: Playing): () => void {
  const { file, origin, play, isSilent, onPlace, onEnd, onFail } = playing;
  const url = URL.createObjectURL(file);
  // A file that begins before 0 is played from 0 on.
  const place = (seconds: number) => Math.max(0, seconds - origin);
  let frame = 0;
  const start = () => void video.play().catch(() => undefined);
  const again = () => {
    if (!play.isLooped) return onPlace ? onEnd() : undefined;
    video.currentTime = place(play.from);
    start();
  };
  const watch = () => {
    frame = requestAnimationFrame(watch);
    if (video.seeking || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    if (video.ended || video.currentTime >= place(play.to)) again();
    else onPlace?.(video.currentTime + origin);
  };
  const fail = () => onFail();
  video.muted = isSilent;
  video.src = url;
  video.currentTime = place(play.at);
  video.addEventListener('error', fail);
  start();
  frame = requestAnimationFrame(watch);
  return () => {
    cancelAnimationFrame(frame);
    video.removeEventListener('error', fail);
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  };
}

/**
 * Moves a video to the time of another that it lies beside.
 *
 * @param video Which.
 * @param seconds Where the other is, in the time of the first.
 */
export function follow(video: HTMLVideoElement, seconds: number): void {
  const at = Math.max(0, seconds);
  if (video.seeking || Math.abs(video.currentTime - at) < mostApart) return;
  video.currentTime = at;
}
