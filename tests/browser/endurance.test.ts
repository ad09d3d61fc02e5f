import { cdp } from 'vitest/browser';
import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors';
import { runBands } from '../../src/core/run/bands';
import { planTiles } from '../../src/core/plan/tiles';
import { TileEngine } from '../../src/worker/engine/tile-engine';
import type { BandRunner } from '../../src/core/run/bands';
import type { BackendChoice, EngineModel } from '../../src/worker/engine/protocol';
import tiny from '../fixtures/models/tiny.json';
import { drawNoise } from '../unit/core/pictures';
import { circulate, quiet } from '../unit/core/run-tiles';

const model = tiny.find(({ scale }) => scale === 2)!;
const geometry = { halo: model.halo, multiple: model.multiple, scale: 2 } as const;
const jobs = 30;
const tilesPerJob = 36;
/** After these everything is compiled and every cache is full. */
const warmUp = 8;

/** Live GPU buffers, by what the page and onnxruntime create and destroy. */
function countBuffers(): () => number {
  const live = new Set<GPUBuffer>();
  const [device, buffer] = [GPUDevice.prototype, GPUBuffer.prototype];
  const create = methodOf(device, 'createBuffer') as (this: GPUDevice, from: unknown) => GPUBuffer;
  const destroy = methodOf(buffer, 'destroy') as (this: GPUBuffer) => undefined;
  device.createBuffer = function (descriptor) {
    const made = create.call(this, descriptor);
    live.add(made);
    return made;
  };
  buffer.destroy = function () {
    live.delete(this);
    return destroy.call(this);
  };
  return () => live.size;
}

function methodOf(prototype: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(prototype, name)?.value;
}

/** Bytes of all wasm memories that were made since. */
function countWasm(): () => number {
  const memories: WebAssembly.Memory[] = [];
  WebAssembly.Memory = class extends WebAssembly.Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      memories.push(this);
    }
  };
  return () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

async function heapBytes(): Promise<number> {
  await cdp().send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp().send('Runtime.getHeapUsage');
  return usedSize;
}

const buffers = countBuffers();
const wasm = countWasm();

/** Jobs of 36 tiles in one engine; what is held after each. */
async function endure(
  choice: BackendChoice,
): Promise<{ heap: number; wasm: number; buffers: number }[]> {
  const engine = new TileEngine();
  let tiles = 0;
  const machine = unwrap(await engine.start(choice, true, () => void tiles++));
  const url = new URL(`../fixtures/models/${model.files.int8.url}`, import.meta.url);
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const file: EngineModel = {
    ...{ key: model.id, bytes, geometry, precision: 'int8' as const },
    runtime: machine.runtimes[0],
  };
  const source = drawNoise(48, 48);
  const grid = planTiles(source, geometry, { tile: 8, bandBytes: 6 * 8 * 8 * 16 });
  expect(grid.tileCount).toBe(tilesPerJob);
  const runner: BandRunner = {
    run: async (band, patch, spare) => unwrap(await engine.run(band, patch, spare)),
  };
  const held = [];
  for (let job = 0; job < jobs; job++) {
    unwrap(await engine.load(file, grid));
    await runBands(source, grid, circulate(runner), quiet);
    await engine.stop();
    held.push({ heap: await heapBytes(), wasm: wasm(), buffers: buffers() });
  }
  expect(tiles).toBe(jobs * tilesPerJob);
  return held;
}

test.each(['wasm', 'webgpu'] as const)(
  'a thousand tiles in thirty jobs on %s leave nothing behind',
  async (choice) => {
    const held = await endure(choice);
    const early = held[warmUp]!;
    const late = held.at(-1)!;
    expect(late.heap).toBeLessThan(early.heap * 1.05);
    expect(late.wasm).toBeLessThanOrEqual(early.wasm * 1.05);
    expect(late.buffers).toBeLessThanOrEqual(early.buffers * 1.05);
    expect(Math.min(early.heap, early.wasm)).toBeGreaterThan(1e6);
    expect(early.buffers > 0).toBe(choice === 'webgpu');
  },
  400_000,
);
