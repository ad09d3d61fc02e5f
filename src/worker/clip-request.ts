import type { ClipContainer, ClipMetadataWish, ClipStretch } from '../core/film/clip';
import type { FileFault } from '../core/file-fault';
import type { ClipQuality } from '../core/film/clip-quality';
import type { FilmRate } from '../core/film/frame-rate';
import type { Finish } from '../core/recipe/finish';
import type { Recipe } from '../core/recipe/recipe';

/** What is to be made of a clip. */
export type ClipRequest = ClipStretch & {
  /** What is done to each of its pictures; what is marked in one of them is left out. */
  readonly recipe: Recipe;
  /** How each is finished; what is painted is left out. */
  readonly finish: Finish;
  /** Pictures a second of what is made; as many as there are where it is left out. */
  readonly rate?: FilmRate;
  /** Whether flicker is taken out of the pictures before anything else is done; false by default. */
  readonly deflicker?: boolean;
  /** Whether detail is kept steady from picture to picture; false by default. */
  readonly steadyDetail?: boolean;
  /** How its pictures are coded: a name, or bits a second of `bitRates`; so that they look as before by default. */
  readonly quality?: ClipQuality;
  /** How much speech in its sounds is freed from noise, 0..1; 0 by default: then they are copied. */
  readonly cleanSpeech?: number;
  /** How much steps in slopes of its finished pictures are smoothed, 0..1; 0 by default. */
  readonly deband?: number;
  /** What its file says of the clip; all that there is by default. */
  readonly metadata?: ClipMetadataWish;
  /** What is written; the clip's own container by default. Sounds that it does not hold are encoded anew. */
  readonly container?: ClipContainer;
  /** Whether nothing that was written is written over, as where it goes cannot: players then learn its length only from all of it. False by default. */
  readonly isAppended?: boolean;
  /** Whether it is only to be looked at: it is held in memory then, and what was made before stays. */
  readonly isLook?: boolean;
  /**
   * The name, of letters, digits and hyphens, under which what is made is kept for another day, until it is made or its clip is closed: asked for with the same
   * name and the same wishes it is gone on with. Not kept by default.
   */
  readonly keepAs?: string;
  /** Whether what is kept under that name stays when the clip is closed before it was made whole: whoever has given the name deletes it. False by default. */
  readonly outlives?: boolean;
  /**
   * A file that the person chose, with leave to write: it is written as it comes, and what lay in it stays until the clip is done. Where it takes no more, the clip is
   * gone on with as without it. Counts for nothing that is only looked at, and beside an outlet.
   */
  readonly into?: FileSystemFileHandle;
};

/** What is told of the file that a clip was to be written into. */
export type IntoTold = {
  /** Why the clip does not lie in it; null where it does, or where there was none. */
  readonly lost: FileFault | null;
};

/**
 * Takes a part of a clip that is being made, perhaps over another; asked for the next when it has.
 *
 * @param data The part; the receiver's.
 * @param position Where it begins, in bytes from the file's beginning.
 */
export type ClipOutlet = (data: Uint8Array<ArrayBuffer>, position: number) => Promise<void>;
