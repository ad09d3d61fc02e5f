import type { ClipContainer } from '../core/film/clip';
import type { FilmRate } from '../core/film/frame-rate';
import type { Recipe } from '../core/recipe/recipe';
import type { PlanOptions, Report } from './types';

/** What is done over the pictures of a clip and to its sound, beside what is done to each picture; nothing of it by default. */
export type FilmSteps = {
  /** Whether flicker is taken out, before all else. */
  readonly deflicker?: boolean;
  /** Whether detail is kept steady from picture to picture. */
  readonly steadyDetail?: boolean;
  /** 0 to 1: how much steps in slopes are smoothed. */
  readonly deband?: number;
  /** Pictures a second, 24, 25, 30, 48, 50 or 60, or `twice` as many as there are: pictures are made between those that there are. */
  readonly frameRate?: FilmRate;
  /** 0 to 1: how much speech is freed from noise; at 0, sounds are copied as they are. */
  readonly cleanSpeech?: number;
};

/** How a clip is enhanced. A `recipe` is of each of its pictures; what it marks or paints in one picture is left out. */
export type ClipOptions = Omit<PlanOptions, 'signal'> & {
  /** Where what is made begins, in seconds of the clip's own time; its beginning. */
  readonly from?: number;
  /** Where it ends, likewise; its end. */
  readonly to?: number;
  /** What is done over the pictures, and to the sound. */
  readonly film?: FilmSteps;
  /**
   * What is written. `auto` (default) keeps the clip's own container; of another, sounds that it does not hold are encoded anew. What its
   * pictures are coded in is what the browser encodes for that: H.264, HEVC, AV1 or VP9.
   */
  readonly format?: 'auto' | ClipContainer;
  /** How pictures are coded: so that they look the `same` (default), in `smaller` files, or in so many bits a second, 100,000 to 200,000,000. */
  readonly quality?: 'same' | 'smaller' | number;
  /**
   * What the file says of the clip: `keep` (default) its date, title, place, camera and all else, as far as the container takes that; `anonymous` the same without
   * place, owner and serial numbers; `none` nothing. Subtitles and chapters are copied all the same.
   */
  readonly metadata?: 'keep' | 'anonymous' | 'none';
  /** 0 to 1: how much of the networks' result is mixed into a plain enlargement; as in `EnhanceOptions`. */
  readonly strength?: number;
  /**
   * Where the clip is written as it comes, so that no memory or disk has to hold it; it must not be locked, and is closed at the end.
   * A `FileSystemWritableFileStream` gets a file as it should be. Any other stream gets `Uint8Array`s one after the other, and so a clip in
   * fragments (MP4, MOV) or without its length (WebM, MKV), which plays all the same.
   */
  readonly writable?: WritableStream;
  /**
   * Gives up. What is done is ended as a clip that plays, in the `writable` or for `onPart`; only then the call rejects with the signal's
   * reason, an `AbortError` unless set otherwise.
   */
  readonly signal?: AbortSignal;
  /** Called at each stage and after each picture. What it throws is reported to the page (`reportError`) and does not stop the work. */
  readonly onProgress?: (progress: ClipProgress) => void;
  /**
   * Given what is done where the work ends before its time, by the `signal` or a failure, before the call rejects: a clip that plays. Not called where there is
   * not one picture yet.
   */
  readonly onPart?: (part: ClipResult) => void;
};

/** How far a call to `enhanceClip` is. */
export type ClipProgress = {
  /** As in `Progress`; `run` are the pictures, which are written as they come, and `save` is the end of the file. */
  readonly stage: 'open' | 'download' | 'compile' | 'run' | 'save';
  /** Pictures that are done. */
  readonly frames: number;
  /** About how many there will be, by the clip's mean rate; null before it is open. */
  readonly allFrames: number | null;
  /** 0 to 1: of the downloads of a `download`, of the pictures from `run` on. */
  readonly fraction: number;
  /** Seconds left; null while nobody knows. */
  readonly etaSeconds: number | null;
};

/** A clip that was made. */
export type ClipResult = {
  /** The file, the caller's own; null where it went to the `writable`. */
  readonly blob: Blob | null;
  /** Of its pictures, in pixels. */
  readonly width: number;
  /** Of its pictures, in pixels. */
  readonly height: number;
  /** What was written. */
  readonly format: ClipContainer;
  /** What its pictures are coded in: `H.264`, `HEVC`, `AV1`, `VP9` or `VP8`. */
  readonly codec: string;
  /** How many pictures it has. */
  readonly frames: number;
  /** How long it lasts. */
  readonly seconds: number;
  /** Sounds of the clip that its own container does not let anyone copy, and that are not in the result. */
  readonly lostSounds: number;
  /** What was done to each picture, exactly. */
  readonly recipe: Recipe;
  /** What really ran: `steps` are those of the last picture, `seconds` of all of it. */
  readonly report: Report;
};
