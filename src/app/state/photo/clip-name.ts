import { clipContainers, type ClipContainer } from '../../../core/film/clip';

/**
 * What a result is called.
 *
 * @param clip The clip's name.
 * @param scale Pixels that are made for each of its pictures', in width.
 * @param container What is written.
 * @returns A file name.
 */
export function nameClip(clip: string, scale: number, container: ClipContainer): string {
  const stem = clip.replace(/\.[^.]{1,5}$/, '') || 'clip';
  return `${stem}-${scale === 1 ? 'enhanced' : `${scale}x`}.${clipContainers[container].extension}`;
}
