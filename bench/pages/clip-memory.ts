import type { ClipTold, ClipTask } from './clip-memory.worker';

declare global {
  /** Begins to enlarge the clip at an address of this page, in a worker, into a file; see {@link clipTold}. */
  var beginClip: (task: ClipTask) => void;
  /** How far that is. */
  var clipTold: ClipTold;
  /** Bytes of everything that scripts and wasm of this page and its workers hold, what is to be collected left out. */
  var measureHeaps: () => Promise<number>;
}

globalThis.clipTold = { frames: 0, end: null };

globalThis.beginClip = (task) => {
  const worker = new Worker(new URL('./clip-memory.worker.ts', import.meta.url), {
    type: 'module',
  });
  worker.onmessage = ({ data }: MessageEvent<ClipTold>) => (globalThis.clipTold = data);
  worker.onerror = ({ message }) =>
    (globalThis.clipTold = { ...globalThis.clipTold, end: { fault: message, bytes: 0 } });
  worker.postMessage(task);
};

globalThis.measureHeaps = async () => {
  // TypeScript's library does not have it.
  const meter = performance as unknown as {
    measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }>;
  };
  const { bytes } = await meter.measureUserAgentSpecificMemory();
  return bytes;
};

Object.assign(globalThis, { isScriptReady: true });
