/** What is used of RNNoise; its package has no types. */
declare module '@jitsi/rnnoise-wasm/dist/rnnoise.js' {
  /** The library's memory and functions, as Emscripten gives them; pointers are bytes. */
  export type Rnnoise = {
    /** Another one after it has grown. */
    readonly HEAPF32: Float32Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _rnnoise_create(model: number): number;
    _rnnoise_destroy(state: number): void;
    /** 480 samples at 48 kHz, from -32768 to 32767; gives the probability of speech. */
    _rnnoise_process_frame(state: number, to: number, from: number): number;
  };
  const start: (overrides: object) => Promise<Rnnoise>;
  export default start;
}
