/** LittleCMS as built by Emscripten; the package has no types. */
declare module 'lcms-wasm/dist/lcms.js' {
  const factory: unknown;
  export default factory;
}
