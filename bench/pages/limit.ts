/**
 * The network alone, as many runs as cover the photo's pixels, without halo, packing or drawing: what
 * no pipeline round the same network and runtime can beat. `?backend=wasm|webgpu`.
 */
import { openGpu, type Gpu } from '../../src/engine/device';
import { openCpuNetwork } from '../../src/engine/onnx/cpu';
import { onnxGpu } from '../../src/engine/onnx/gpu';
import { loadRuntime } from '../../src/engine/onnx/runtime';
import type { Size } from '../../src/core/picture/rect';
import { setStage } from './stage';

const backend = new URLSearchParams(location.search).get('backend') ?? 'wasm';
const most = 256;

/** Runs the network once; `where` is on what. */
type Loaded = { run: () => Promise<unknown>; end: () => Promise<unknown>; where: string };
let loading: Promise<Loaded & Size> | undefined;

const geometry = { scale: 2, halo: 0, multiple: 1 } as const;

async function load({ width, height }: HTMLCanvasElement): Promise<Loaded & Size> {
  const window = { width: Math.min(most, width), height: Math.min(most, height) };
  const bytes = new Uint8Array(await (await fetch('/model.onnx')).arrayBuffer());
  const gpu = backend === 'webgpu' ? await openGpu(true) : null;
  return { ...(await (gpu ? loadOnGpu(gpu, bytes, window) : loadOnCpu(bytes, window))), ...window };
}

async function loadOnCpu(bytes: Uint8Array, window: Size): Promise<Loaded> {
  const network = await openCpuNetwork(bytes, geometry, window);
  const tile = new Float32Array(3 * window.width * window.height).fill(0.5);
  const { numThreads = 1 } = (await loadRuntime('wasm')).env.wasm;
  return {
    run: () => network.run(tile, window),
    end: () => Promise.resolve(),
    where: `wasm, threads: ${numThreads}`,
  };
}

async function loadOnGpu({ device, name }: Gpu, bytes: Uint8Array, window: Size): Promise<Loaded> {
  const shape = { geometry, precision: 'int8', window, planes: 3 } as const;
  const network = await onnxGpu.open(bytes, shape, device);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
  const size = 3 * window.width * window.height * 4;
  const image = device.createBuffer({ size, usage });
  const enhanced = device.createBuffer({ size: size * geometry.scale ** 2, usage });
  return {
    run: () => network.run(image, enhanced),
    end: () => device.queue.onSubmittedWorkDone(),
    where: `webgpu, ${name}`,
  };
}

setStage(async (photo, _screen, onTile) => {
  const loaded = await (loading ??= load(photo));
  const share = (photo.width * photo.height) / (loaded.width * loaded.height);
  const runs = Math.max(1, Math.round(share));
  const start = performance.now();
  for (let run = 0; run < runs; run++) await loaded.run();
  await loaded.end();
  onTile();
  const networkSeconds = (((performance.now() - start) / 1000) * share) / runs;
  return {
    backend: loaded.where,
    params: null,
    macsPerPixel: null,
    networkSeconds,
    seconds: networkSeconds,
  };
});
