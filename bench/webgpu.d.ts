/** What bench/dawn.ts uses of the npm package, whose own types clash with the browser's. */
declare module 'webgpu' {
  /** Dawn's WebGPU; `flags` are its switches. */
  export function create(flags: string[]): GPU;
  /** The classes and constants that a browser has in its global scope. */
  export const globals: Record<string, unknown>;
}
