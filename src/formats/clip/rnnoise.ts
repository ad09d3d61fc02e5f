import wasmUrl from '@jitsi/rnnoise-wasm/dist/rnnoise.wasm?url';
import { speechFrame, type CleanFrame } from '../../core/film/clean-speech';
import { startCodec } from '../wasm-codec';

/** Samples by which RNNoise is late: its windows overlap by a half. Measured by the peak of the correlation. */
export const rnnoiseDelay = speechFrame;

/** RNNoise counts as 16 bits do. */
const peak = 32768;

/** RNNoise for the channels of one sound. */
export type Rnnoise = {
  /** What cleans one more channel. */
  readonly channel: () => CleanFrame;
};

/**
 * Loads RNNoise (Valin 2018, "A Hybrid DSP/Deep Learning Approach to Real-Time Full-Band Speech Enhancement"), 0.1 with its own weights, as a
 * codec is loaded: a file of its own, at the first use. Its memory goes with it.
 *
 * @returns RNNoise, good for one sound.
 * @throws {Error} Where it cannot be downloaded or started.
 */
export async function loadRnnoise(): Promise<Rnnoise> {
  const { default: start } = await import('@jitsi/rnnoise-wasm/dist/rnnoise.js');
  const rnnoise = await startCodec(start, wasmUrl);
  const buffer = rnnoise._malloc(speechFrame * 4);
  const first = buffer / 4;
  return {
    channel: () => {
      const state = rnnoise._rnnoise_create(0);
      return (frame) => {
        for (let i = 0; i < speechFrame; i++) rnnoise.HEAPF32[first + i] = frame[i]! * peak;
        rnnoise._rnnoise_process_frame(state, buffer, buffer);
        for (let i = 0; i < speechFrame; i++) frame[i] = rnnoise.HEAPF32[first + i]! / peak;
      };
    },
  };
}
