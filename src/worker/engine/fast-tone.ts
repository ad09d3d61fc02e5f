import type { Raster, Samples } from '../../core/picture/raster';
import type { Tone } from '../../core/recipe/tone';
import type { Pause } from '../../core/shake/pace';
import type { BackendChoice, HostOptions } from './protocol';

/** Sets light and white of a photo; see `toneRaster` in `core/frame`. */
export type SetTone = <S extends Samples>(
  photo: Raster<S>,
  tone: Tone,
  pause: Pause,
) => Promise<Raster<S>>;

/** Where light and white are set faster than on arrays. */
export type FastTone = { readonly tone: SetTone };

/**
 * Opens a GPU for light and white, unless the CPU was asked for; its code comes with the first that takes it.
 *
 * @param backend What was asked for.
 * @param options Whether a software adapter will do.
 * @returns It, for good; null where there is none that is right.
 */
export async function openFastTone(
  backend: BackendChoice,
  { acceptSoftware = false }: HostOptions = {},
): Promise<FastTone | null> {
  if (backend === 'wasm') return null;
  const { openTonePass } = await import('../../engine/tone-pass');
  return (await openTonePass(acceptSoftware))?.pass ?? null;
}
