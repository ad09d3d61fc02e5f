import type { Raster } from '../picture/raster';

/** A picture of a clip. */
export interface FilmFrame {
  /** Its pixels, of which a step is only a reader: a frame that it changes is a raster of its own. */
  readonly raster: Raster;
  /** When it is shown, in microseconds from the clip's beginning; may be negative. */
  readonly at: number;
  /** How long it is shown, in microseconds, from 0. */
  readonly duration: number;
}

/**
 * A step over the frames of a clip, one after the other, in the order in which they are shown. It keeps references to frames
 * that it was given or has given: these are changed and released by nobody while it runs. All frames of a clip have one
 * size, depth and space.
 */
export interface FilmStep {
  /**
   * Takes the next frame; asked for one at a time.
   *
   * @param frame Shown after every frame before it.
   * @returns The frames that are ready by it, in their order: none while the step holds some back, several where it makes new
   *   ones. A frame that is not changed is the one that was given.
   */
  push(frame: FilmFrame): Promise<readonly FilmFrame[]>;
  /**
   * Ends the clip, after which nothing is pushed.
   *
   * @returns The frames that were held back, in their order.
   */
  flush(): Promise<readonly FilmFrame[]>;
}

/** What is made at once on arrays, and later elsewhere. */
export type Made<T> = T | Promise<T>;
