import type { NoFacts, Problem } from './errors';

/** What was done about a failure in the middle of the work. `cpu-anew`: all of it, not only the rest. */
export type Measure = 'tile' | 'device' | 'worker' | 'precision' | 'runtime' | 'cpu' | 'cpu-anew';

/**
 * What a person should know of a photo or of a run that went well, with its facts; worded like a
 * {@link Problem}, in `app/i18n` and `sdk/words`.
 */
export type Notes = {
  /** Of an animation, of several pictures in one file, of a photo with a film beside it. */
  'first-frame': NoFacts;
  'cut-off': NoFacts;
  /** Of a file with more than 8 bits a sample, of which its decoder gives 8. */
  'depth-lost': NoFacts;
  /** Names of the parts of the file that are not kept, because they are damaged. */
  'metadata-broken': { readonly parts: readonly string[] };
  /** To sRGB, as its profile is not one of red, green and blue, or its colours are told otherwise. */
  'colours-converted': NoFacts;
  /** Of an Ultra HDR photo: it goes into a JPEG of it, as long as nothing changes light or colours. */
  'gain-map-kept': NoFacts;
  /** Of a photo with one of another kind, or in another place. */
  'gain-map-dropped': NoFacts;
  /** Of a file that was written without one that was to be in it: it is broken, or what tells of it has no room. */
  'gain-map-lost': NoFacts;
  /** The browser had no room: it is downloaded again. */
  'model-not-kept': NoFacts;
  /** A pattern was to be taken out, and there is none. */
  'pattern-missing': NoFacts;
  /** A sound of a clip is copied, for its speech was to be cleaned and this browser lacks the decoder of its codec, or an encoder. */
  'speech-as-it-was': { readonly lack: 'decoder' | 'encoder'; readonly codec: string };
  /** A sound of a clip is encoded anew, for what is written does not hold its codec; both by their titles. */
  'sound-converted': { readonly codec: string; readonly to: string };
  /** The same, and this browser lacks what that takes: it is not in what is written. */
  'sound-left-out': { readonly lack: 'decoder' | 'encoder'; readonly codec: string };
  /** Of a clip: what is written does not hold it as it is, or it cannot be read. */
  'text-left-out': { readonly kind: 'subtitles' | 'chapters' | 'metadata' };
  /** Width of the shake's path in pixels. */
  'shake-taken-back': { readonly pixels: number };
  recovered: { readonly problem: Problem; readonly measure: Measure };
};

/** A note with its facts, as data. */
export type Note = {
  [Name in keyof Notes]: { readonly note: Name; readonly facts: Notes[Name] };
}[keyof Notes];
