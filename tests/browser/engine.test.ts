import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { runBands } from '../../src/core/run/bands';
import type { Plane } from '../../src/core/picture/plane';
import { cropRaster, type Raster, type Samples } from '../../src/core/picture/raster';
import type { Rect } from '../../src/core/picture/rect';
import { planTiles, type TileGrid } from '../../src/core/plan/tiles';
import { openGpu, type Gpu, type WatchedDevice } from '../../src/engine/device';
import type { GpuNetwork } from '../../src/engine/gpu-network';
import { plantGpuFault } from '../../src/engine/faults';
import { GpuLoop } from '../../src/engine/loop';
import { loadRuntime } from '../../src/engine/onnx/runtime';
import { openCpuNetwork } from '../../src/engine/onnx/cpu';
import { onnxGpu } from '../../src/engine/onnx/gpu';
import { drawDeepNoise, drawNoise, drawPlanes, maxDifference } from '../unit/core/pictures';
import { plainNetwork } from '../unit/core/plain-network';
import { createPlainGpuNetwork } from './plain-gpu-network';
import { quiet, runTiles, type RunHooks } from '../unit/core/run-tiles';
import tiny from '../fixtures/models/tiny.json';

const models = import.meta.glob<string>('../fixtures/models/*.onnx', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** Lines of the console, kept from it while a test listens. onnxruntime holds on to the console it starts with. */
let told: string[] | null = null;
for (const level of ['debug', 'info', 'log', 'warn', 'error'] as const) {
  const say = console[level].bind(console);
  console[level] = (...line: unknown[]) => (told ? told.push(line.join(' ')) : say(...line));
}

type Tiny = (typeof tiny)[number];
const x2 = tiny.find((model) => model.scale === 2)!;
const x4 = tiny.find((model) => model.scale === 4)!;
const clean = tiny.find((model) => model.scale === 1)!;
const find = tiny.find((model) => 'outputs' in model)!;

const magnify = ({ x, y, width, height }: Rect): Rect => ({
  x: 2 * x,
  y: 2 * y,
  width: 2 * width,
  height: 2 * height,
});

async function loadFile(name: string): Promise<Uint8Array> {
  const url = models[`../fixtures/models/${name}`]!;
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

const geometryOf = ({ halo, multiple, scale, ...rest }: Tiny) => ({
  ...{ halo, multiple },
  scale: scale as 1 | 2 | 4,
  outputs: 'outputs' in rest ? (1 as const) : (3 as const),
});

/** How a network is used, where it matters: half strengths, and all of the result. */
type Use = { controls?: readonly number[]; amount?: number };

function grid(source: Raster, model: Tiny, tile: number, bandBytes = 1e6, use: Use = {}): TileGrid {
  const centre = { x: source.width / 2, y: source.height / 2 };
  const controls = model.controls.map((_, i) => 0.1 + i / 2);
  return planTiles(source, geometryOf(model), { tile, bandBytes, centre, controls, ...use });
}

function openOnGpu(
  model: Tiny,
  bytes: Uint8Array,
  { window, controls }: TileGrid,
  { device }: WatchedDevice,
): Promise<GpuNetwork> {
  const planes = 3 + controls.length;
  const shape = { geometry: geometryOf(model), precision: 'int8', window, planes } as const;
  return onnxGpu.open(bytes, shape, device);
}

/** A whole photo on the GPU. */
async function runTilesOnGpu<S extends Samples>(
  source: Raster<S>,
  grid: TileGrid,
  network: GpuNetwork,
  gpu: WatchedDevice,
  hooks: RunHooks = quiet,
  planes: readonly Plane[] = [],
): Promise<Raster<S>> {
  const loop = new GpuLoop(grid, network, gpu, hooks);
  try {
    return await runBands(source, grid, loop, hooks, { planes });
  } finally {
    await loop.destroy();
  }
}

/**
 * The same model with every weight set to `value`: the file holds float32 tensors as raw bytes, field 9
 * of an ONNX TensorProto (tag 0x4a).
 */
function spoil(model: Uint8Array, value: number): Uint8Array {
  const bytes = model.slice();
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 4 < bytes.length; at++) {
    if (bytes[at] !== 0x4a) continue;
    let length = bytes[at + 1]! & 0x7f;
    let start = at + 2;
    if (bytes[at + 1]! & 0x80) length |= bytes[start++]! << 7;
    if (length < 12 || length % 4 || start + length > bytes.length) continue;
    for (let i = start; i < start + length; i += 4) view.setFloat32(i, value, true);
    at = start + length - 1;
  }
  return bytes;
}

async function onWasm(
  source: Raster,
  model: Tiny,
  tile: number,
  file = model.files.fp32.url,
  use?: Use,
): Promise<Raster> {
  const tiles = grid(source, model, tile, 1e6, use);
  const bytes = await loadFile(file);
  const network = await openCpuNetwork(bytes, geometryOf(model), tiles.window);
  try {
    return await runTiles(source, tiles, network);
  } finally {
    await network.release();
  }
}

/** Odd and even sizes from a single pixel to three tiles and one. */
const sizes = [
  [1, 1],
  [5, 3],
  [16, 17],
  [49, 33],
] as const;

describe('wasm', () => {
  test.each(sizes)('%i x %i: tiles of 16 equal one tile', async (width, height) => {
    const source = drawNoise(width, height);
    const whole = await onWasm(source, x2, 64);
    expect(maxDifference(await onWasm(source, x2, 16), whole)).toBeLessThanOrEqual(1);
  });

  test.each(sizes)(
    '%i x %i: tiles of a net of multiple 2 with controls equal one tile',
    async (width, height) => {
      const source = drawNoise(width, height);
      const whole = await onWasm(source, clean, 64);
      expect(maxDifference(await onWasm(source, clean, 15), whole)).toBe(0);
    },
  );

  test('the constant planes matter, each its own way', async () => {
    const source = drawNoise(20, 20);
    const results = await Promise.all(
      [
        [0, 0],
        [0.2, 0],
        [0, 0.2],
      ].map((controls) => onWasm(source, clean, 32, undefined, { controls })),
    );
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const)
      expect(maxDifference(results[i]!, results[j]!)).toBeGreaterThan(1);
  });

  test('int8 weights are close to the full precision they came from', async () => {
    const source = drawNoise(40, 40);
    const full = await onWasm(source, x2, 64);
    const quantized = await onWasm(source, x2, 64, x2.files.int8.url);
    expect(maxDifference(full, quantized)).toBeLessThanOrEqual(6);
  });
});

/** What onnxruntime tells about a model while it loads it for WebGPU, at its most talkative. */
async function listenToLoading(model: Tiny, device: GPUDevice): Promise<string> {
  const { InferenceSession } = await loadRuntime('webgpu');
  told = [];
  const session = await InferenceSession.create(await loadFile(model.files.int8.url), {
    executionProviders: [{ name: 'webgpu', device }],
    freeDimensionOverrides: { h: 16, w: 16 },
    extra: { session: { disable_quant_qdq: '1' } },
    logSeverityLevel: 0,
    logVerbosityLevel: 1,
  });
  await session.release();
  const all = told.join('\n');
  told = null;
  return all;
}

describe('webgpu, on a software adapter', () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = (await openGpu(true))!;
    expect(gpu, 'Chromium must offer a software adapter').toBeTruthy();
  });
  afterAll(() => gpu.device.destroy());
  afterEach(() => vi.restoreAllMocks());

  async function onGpu(
    source: Raster,
    model: Tiny,
    tile: number,
    {
      bandBytes = 1e6,
      hooks = quiet,
      file = model.files.fp32.url,
      use,
    }: {
      bandBytes?: number;
      hooks?: RunHooks;
      file?: string;
      use?: Use;
    } = {},
  ) {
    const tiles = grid(source, model, tile, bandBytes, use);
    const network = await openOnGpu(model, await loadFile(file), tiles, gpu);
    try {
      return { output: await runTilesOnGpu(source, tiles, network, gpu, hooks), tiles };
    } finally {
      await network.release();
    }
  }

  test('an automatic choice does not accept it', async () => {
    expect(gpu.software).toBe(true);
    expect(await openGpu(false)).toBeNull();
  });

  test.each(sizes)('%i x %i: equals the reference loop on wasm', async (width, height) => {
    const source = drawNoise(width, height);
    const { output } = await onGpu(source, x2, 16);
    expect(maxDifference(output, await onWasm(source, x2, 64))).toBeLessThanOrEqual(1);
  });

  test.each(sizes)(
    '%i x %i: a net with controls equals it too, in part as well',
    async (width, height) => {
      const source = drawNoise(width, height, true);
      for (const amount of [1, 0.4]) {
        const { output } = await onGpu(source, clean, 15, { use: { amount } });
        const reference = await onWasm(source, clean, 64, undefined, { amount });
        expect(maxDifference(output, reference)).toBeLessThanOrEqual(1);
      }
    },
  );

  test.each(sizes)('%i x %i: a net of one plane equals it, in tiles too', async (width, height) => {
    const source = drawNoise(width, height);
    const { output } = await onGpu(source, find, 15);
    const reference = await onWasm(source, find, 64);
    expect(maxDifference(output, reference)).toBeLessThanOrEqual(1);
    expect(maxDifference(await onWasm(source, find, 15), reference)).toBe(0);
  });

  test('a picture of which a net of one plane marks nothing passes', async () => {
    const source = drawNoise(16, 16);
    const tiles = planTiles(
      source,
      { ...geometryOf(x2), scale: 1, outputs: 1 },
      { tile: 16, bandBytes: 1e6 },
    );
    const network = { ...createPlainGpuNetwork(gpu.device, tiles), run: async () => undefined };
    const { data } = await runTilesOnGpu(source, tiles, network, gpu);
    expect(new Set(data)).toEqual(new Set([0, 255]));
  });

  test('tiles of a net of multiple 2 with controls equal one tile', async () => {
    const source = drawNoise(49, 33);
    const [tiled, whole] = [await onGpu(source, clean, 15), await onGpu(source, clean, 64)];
    expect(maxDifference(tiled.output, whole.output)).toBe(0);
  });

  test.each(tiny)('all of $id runs on the GPU: no tile goes through the CPU', async (model) => {
    const told = await listenToLoading(model, gpu.device);
    expect(told).toContain('All nodes placed on [WebGpuExecutionProvider]');
  });

  test('x4, int8, alpha, and bands of one tile: still equal; one read-back a band', async () => {
    const source = drawNoise(37, 21, true);
    const file = x4.files.int8.url;
    const copies = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    const { output, tiles } = await onGpu(source, x4, 16, { bandBytes: 1, file });
    expect(copies).toHaveBeenCalledTimes(tiles.tileCount);
    expect(tiles.tileCount).toBe(6);
    expect(maxDifference(output, await onWasm(source, x4, 64, file))).toBeLessThanOrEqual(1);
  });

  test('pixels arrive band by band, from the centre outward, and are final', async () => {
    const source = drawNoise(48, 16);
    const arrived: { rect: Rect; copy: Raster }[] = [];
    const hooks: RunHooks = {
      ...quiet,
      onBand: ({ rect }, output) =>
        void arrived.push({ rect, copy: cropRaster(output!, magnify(rect)) }),
    };
    const { output } = await onGpu(source, x2, 16, { hooks, bandBytes: 1 });
    expect(arrived.map(({ rect }) => rect.x)[0]).toBe(16);
    expect(arrived).toHaveLength(3);
    for (const { rect, copy } of arrived)
      expect(maxDifference(copy, cropRaster(output, magnify(rect)))).toBe(0);
  });

  test('a black photo passes, and a photo of which the network makes zeros or NaN is refused', async () => {
    const black = drawNoise(16, 16);
    black.data.fill(0);
    for (let i = 3; i < black.data.length; i += 4) black.data[i] = 255;
    const tiles = grid(black, x2, 16);
    const file = await loadFile(x2.files.fp32.url);
    const sound = await openOnGpu(x2, file, tiles, gpu);
    await expect(runTilesOnGpu(black, tiles, sound, gpu)).resolves.toBeTruthy();
    await sound.release();
    for (const [weights, name] of [
      [0, 'zeros'],
      [NaN, 'NaN'],
    ] as const) {
      const broken = await openOnGpu(x2, spoil(file, weights), tiles, gpu);
      const run = runTilesOnGpu(drawNoise(16, 16), tiles, broken, gpu);
      await expect(run, name).rejects.toMatchObject({ code: 'wrong-result' });
      await broken.release();
    }
  });

  test('cancel ends the loop at the next tile and leaves the device usable', async () => {
    const controller = new AbortController();
    let tiles = 0;
    const hooks: RunHooks = {
      ...quiet,
      signal: controller.signal,
      onTile: () => {
        tiles++;
        controller.abort();
      },
    };
    const source = drawNoise(64, 64);
    await expect(onGpu(source, x2, 16, { hooks })).rejects.toThrow(/abort/i);
    expect(tiles).toBeLessThanOrEqual(2);
    const { output } = await onGpu(source, x2, 32);
    expect(output.width).toBe(128);
  });

  test('losing the device in the middle is said, not hung', async () => {
    const own = (await openGpu(true))!;
    const source = drawNoise(64, 64);
    const tiles = grid(source, x2, 16);
    const network = await openOnGpu(x2, await loadFile(x2.files.fp32.url), tiles, own);
    const hooks = { ...quiet, onTile: () => own.device.destroy() };
    await expect(runTilesOnGpu(source, tiles, network, own, hooks)).rejects.toMatchObject({
      code: 'device-lost',
    });
  });

  test('a pipeline that only an uncaptured error tells of ends the run, and spoils the device', async () => {
    const own = (await openGpu(true))!;
    const source = drawNoise(40, 20);
    const tiles = grid(source, x2, 16, 1);
    const sound = createPlainGpuNetwork(own.device, tiles);
    const broken = plantGpuFault(sound, own.device, {
      kind: 'fail-pipeline',
      at: tiles.tileCount - 1,
    });
    const arrived: Rect[] = [];
    const hooks: RunHooks = { ...quiet, onBand: ({ rect }) => void arrived.push(rect) };
    const refused = { problem: 'gpu-refused', code: 'internal' };
    const run = runTilesOnGpu(source, tiles, broken, own, hooks);
    await expect(run).rejects.toMatchObject(refused);
    // Bands that were finished before it are good; none that may hold its work was given out.
    expect(arrived.length).toBeLessThan(tiles.tileCount);
    await expect(runTilesOnGpu(source, tiles, sound, own)).rejects.toMatchObject(refused);
    own.device.destroy();
  });

  test.each([1, 2] as const)('%i×, 16 bits: equals the loop on arrays', async (scale) => {
    const geometry = { ...geometryOf(x2), scale };
    for (const [width, height, hasAlpha] of [
      [1, 1, true],
      [33, 19, true],
      [64, 40, false],
    ] as const) {
      const source = drawDeepNoise(width, height, hasAlpha);
      const amount = scale === 1 ? 0.4 : 1;
      for (const use of [{ amount: 1 }, { amount }, { wraps: true }]) {
        const tiles = planTiles(source, geometry, { tile: 16, bandBytes: 1e4, depth: 16, ...use });
        const network = createPlainGpuNetwork(gpu.device, tiles);
        const output = await runTilesOnGpu(source, tiles, network, gpu);
        const reference = await runTiles(source, tiles, plainNetwork(geometry));
        expect(maxDifference(output, reference)).toBeLessThanOrEqual(1);
        if (scale === 1 && !hasAlpha) expect(maxDifference(output, source)).toBe(0);
      }
    }
  });

  test.each(sizes)(
    '%i x %i: planes that vary equal those of the loop on arrays',
    async (width, height) => {
      const source = drawNoise(width, height, true);
      const geometry = { ...geometryOf(x2), halo: 3 };
      for (const controls of [
        ['varying'],
        [0.5, 'varying', 0.25, 'varying', 'varying', 0.75, 0.125, 'varying'],
      ] as const) {
        const planes = drawPlanes(source, controls.filter((each) => each === 'varying').length);
        const tiles = planTiles(source, geometry, { tile: 16, bandBytes: 4e3, controls });
        const network = createPlainGpuNetwork(gpu.device, tiles);
        const output = await runTilesOnGpu(source, tiles, network, gpu, quiet, planes);
        const reference = await runTiles(source, tiles, plainNetwork(geometry), quiet, planes);
        expect(maxDifference(output, reference)).toBeLessThanOrEqual(1);
      }
    },
  );

  test('the passes are compiled once for a device', async () => {
    const own = (await openGpu(true))!;
    const compile = vi.spyOn(own.device, 'createComputePipeline');
    const source = drawNoise(16, 16);
    const tiles = grid(source, x2, 16);
    const network = createPlainGpuNetwork(own.device, tiles);
    for (let run = 0; run < 3; run++) await runTilesOnGpu(source, tiles, network, own);
    // The two of the loop, and the network's own.
    expect(compile).toHaveBeenCalledTimes(3);
    own.device.destroy();
  });

  test.each(sizes)('%i x %i: the loop runs whatever keeps its port', async (width, height) => {
    const source = drawNoise(width, height, true);
    const tiles = grid(source, x2, 16);
    const output = await runTilesOnGpu(
      source,
      tiles,
      createPlainGpuNetwork(gpu.device, tiles),
      gpu,
    );
    const reference = await runTiles(source, tiles, plainNetwork(tiles.geometry));
    expect(maxDifference(output, reference)).toBeLessThanOrEqual(1);
  });
});

describe('onnxruntime', () => {
  test('a file that is no model is refused with a code', async () => {
    const bytes = new TextEncoder().encode('<!doctype html>');
    const opening = openCpuNetwork(bytes, geometryOf(x2), { width: 8, height: 8 });
    await expect(opening).rejects.toMatchObject({ code: 'model-corrupt' });
  });
});
