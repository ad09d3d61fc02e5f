import type { Orientation } from './header';

/**
 * What a photo's file says beside its pixels, on its way to the files that are made of it. Encoders are given
 * it and write nothing of it yet.
 */
export type Metadata = {
  /** How the file's pixels were turned to become the raster; whoever writes EXIF again must write 1. */
  readonly orientation: Orientation;
};
