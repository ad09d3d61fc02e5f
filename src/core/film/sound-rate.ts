import { joined } from './clean-speech';

/** Samples each way that a sample is made of, at the lower of both rates. */
const reach = 32;

/** Of the lower rate's band, what is kept; the rest is where the filter falls. */
const passed = 0.94;

/**
 * Brings one channel of a sound to another rate, in pieces of any length, by a sinc under a window of Blackman's for each phase that
 * occurs. Sample k is what the sound is at k / to seconds; nothing is late.
 * Source: Smith, "Digital Audio Resampling", 2002.
 */
export class SoundRate {
  readonly #up: number;
  readonly #down: number;
  readonly #half: number;
  readonly #phases = new Map<number, Float32Array>();
  readonly #scale: number;
  /** Samples from number `#start` on that are still of use. */
  #held: Float32Array;
  #start: number;
  #taken = 0;
  #given = 0;

  /**
   * @param from Samples a second that come in, an integer.
   * @param to Samples a second that come out, an integer.
   */
  constructor(from: number, to: number) {
    const divisor = greatestDivisor(from, to);
    this.#up = to / divisor;
    this.#down = from / divisor;
    this.#scale = Math.min(1, to / from) * passed;
    this.#half = Math.ceil(reach / Math.min(1, to / from));
    // Before its beginning there is silence.
    this.#held = new Float32Array(this.#half);
    this.#start = -this.#half;
  }

  /**
   * Takes the next piece.
   *
   * @param samples Only read.
   * @returns What is ready by it, perhaps nothing; owned by the receiver.
   */
  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    if (this.#up === this.#down) return samples.slice();
    this.#taken += samples.length;
    this.#held = joined(this.#held, samples);
    const last = this.#taken - 1 - this.#half;
    return this.#give(Math.floor(((last + 1) * this.#up - 1) / this.#down) + 1);
  }

  /**
   * Ends the sound.
   *
   * @returns What was held back.
   */
  flush(): Float32Array<ArrayBuffer> {
    if (this.#up === this.#down) return new Float32Array(0);
    this.#held = joined(this.#held, new Float32Array(this.#half + 1));
    return this.#give(Math.round((this.#taken * this.#up) / this.#down));
  }

  /** All samples before one. */
  #give(end: number): Float32Array<ArrayBuffer> {
    const out = new Float32Array(Math.max(0, end - this.#given));
    for (let k = 0; k < out.length; k++) {
      const place = (this.#given + k) * this.#down;
      const whole = Math.floor(place / this.#up);
      const taps = this.#phase(place % this.#up);
      const first = whole - this.#half + 1 - this.#start;
      let sum = 0;
      for (let i = 0; i < taps.length; i++) sum += taps[i]! * this.#held[first + i]!;
      out[k] = sum;
    }
    this.#given += out.length;
    const next = Math.floor((this.#given * this.#down) / this.#up) - this.#half;
    if (next > this.#start) {
      this.#held = this.#held.slice(next - this.#start);
      this.#start = next;
    }
    return out;
  }

  /** What the samples round a place are worth that lies `phase / up` after one of them. */
  #phase(phase: number): Float32Array {
    const known = this.#phases.get(phase);
    if (known) return known;
    const taps = new Float32Array(2 * this.#half);
    let sum = 0;
    for (let i = 0; i < taps.length; i++) {
      const x = i - this.#half + 1 - phase / this.#up;
      const t = Math.PI * x * this.#scale;
      const w = (Math.PI * x) / this.#half;
      const window = 0.42 + 0.5 * Math.cos(w) + 0.08 * Math.cos(2 * w);
      taps[i] = (t === 0 ? 1 : Math.sin(t) / t) * window;
      sum += taps[i]!;
    }
    for (let i = 0; i < taps.length; i++) taps[i]! /= sum;
    this.#phases.set(phase, taps);
    return taps;
  }
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
