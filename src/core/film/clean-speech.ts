/** Samples a second at which speech is cleaned. */
export const speechRate = 48000;

/** Samples that are cleaned together: 10 ms. */
export const speechFrame = 480;

/**
 * Cleans the next frame of one channel, in place.
 *
 * @param frame {@link speechFrame} samples in -1..1, each after the ones of the frame before.
 */
export type CleanFrame = (frame: Float32Array) => void;

/** How one channel is cleaned. */
export type SpeechOptions = {
  readonly clean: CleanFrame;
  /** By how many samples what it gives is late. */
  readonly delay: number;
  /** From 0, the sound as it is, to 1, the cleaned one alone. */
  readonly strength: number;
};

/**
 * Cleans one channel of a sound, of any length, in pieces of any length. What comes out lies where it came in, to the sample, and is as long:
 * the delay of the cleaning is taken back before both are blended, for a late one beside its original sounds like a pipe.
 */
export class SpeechCleaner {
  readonly #options: SpeechOptions;
  /** What is not cleaned yet: less than a frame. */
  readonly #frame = new Float32Array(speechFrame);
  #filled = 0;
  /** What is not given yet, as it came; its length is what is owed. */
  #dry = new Float32Array(0);
  #late: number;

  /**
   * @param options How it is cleaned.
   */
  constructor(options: SpeechOptions) {
    this.#options = options;
    this.#late = options.delay;
  }

  /**
   * Takes the next piece.
   *
   * @param samples In -1..1; only read.
   * @returns What is ready by it, perhaps nothing; owned by the receiver.
   */
  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    this.#dry = joined(this.#dry, samples);
    const wet: Float32Array[] = [];
    for (let at = 0; at < samples.length;) {
      const count = Math.min(speechFrame - this.#filled, samples.length - at);
      this.#frame.set(samples.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === speechFrame) wet.push(this.#cleanFrame());
    }
    return this.#blend(joined(...wet));
  }

  /**
   * Ends the sound.
   *
   * @returns What was held back: with it, as many samples came out as went in.
   */
  flush(): Float32Array<ArrayBuffer> {
    const wet: Float32Array[] = [];
    for (let ready = 0; ready < this.#dry.length;) {
      this.#frame.fill(0, this.#filled);
      const frame = this.#cleanFrame();
      wet.push(frame);
      ready += frame.length;
    }
    return this.#blend(joined(...wet));
  }

  /** Without what comes before the sound's own beginning. */
  #cleanFrame(): Float32Array {
    this.#filled = 0;
    const frame = this.#frame.slice();
    this.#options.clean(frame);
    const early = Math.min(this.#late, frame.length);
    this.#late -= early;
    return frame.subarray(early);
  }

  #blend(wet: Float32Array): Float32Array<ArrayBuffer> {
    const { strength } = this.#options;
    const out = this.#dry.slice(0, wet.length);
    this.#dry = this.#dry.slice(out.length);
    for (let i = 0; i < out.length; i++) out[i]! += strength * (wet[i]! - out[i]!);
    return out;
  }
}

/**
 * One array of several.
 *
 * @param parts In their order; only read.
 * @returns A new one.
 */
export function joined(...parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const out = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
