import type { Note } from '../core/notes';
import type { Raster } from '../core/picture/raster';
import type { Colours } from './colours';
import type { ImageHeader } from './header';
import type { Metadata } from './metadata/metadata';

/** An opened photo at full size. */
export type Photo = {
  /** Its pixels, upright, in 16 bits where `header.depth` says so; owned by the receiver. */
  readonly raster: Raster;
  readonly colours: Colours;
  /** What the file said; width, height and `hasAlpha` are the raster's. */
  readonly header: ImageHeader;
  readonly metadata: Metadata;
  /** 1..100, as a JPEG's tables tell it; null where they do not, and for other formats. */
  readonly jpegQuality: number | null;
  /** What the person should know. */
  readonly notes: readonly Note[];
};
