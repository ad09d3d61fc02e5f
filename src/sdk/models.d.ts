/** Written by scripts/build-sdk.mjs: the models of the package, each beside the module. */
declare module 'virtual:enlarger-models' {
  const models: {
    readonly catalog: unknown;
    /** Absolute address of each file, by its `url` in the catalogue. */
    readonly addresses: Readonly<Record<string, string>>;
  };
  export default models;
}
