/**
 * The network alone, as many runs as cover the photo's pixels, without halo, packing or drawing: what
 * no pipeline round the same network and runtime can beat. `?backend=wasm|webgpu`.
 */
import { openGpu, type Gpu } from '../../src/engine/device';
import { asNetwork, openSession, runSession, type Session } from '../../src/engine/onnx/session';
import { setStage } from './stage';

const backend = new URLSearchParams(location.search).get('backend') ?? 'wasm';
const most = 256;

type Loaded = { session: Session; gpu: Gpu | null; width: number; height: number };
let loading: Promise<Loaded> | undefined;

async function load({ width, height }: HTMLCanvasElement): Promise<Loaded> {
  const window = { width: Math.min(most, width), height: Math.min(most, height) };
  const bytes = new Uint8Array(await (await fetch('/model.onnx')).arrayBuffer());
  const gpu = backend === 'webgpu' ? await openGpu(true) : null;
  const geometry = { scale: 2, halo: 0, multiple: 1, controls: [] } as const;
  const device = gpu?.device ?? null;
  const session = await openSession(bytes, { geometry, precision: 'int8', window, device });
  return { session, gpu, ...window };
}

setStage(async (photo, _screen, onTile) => {
  const loaded = await (loading ??= load(photo));
  const { session, gpu, width, height } = loaded;
  const share = (photo.width * photo.height) / (width * height);
  const runs = Math.max(1, Math.round(share));
  const start = performance.now();
  await (gpu ? runOnGpu(gpu, loaded, runs) : runOnCpu(loaded, runs));
  onTile();
  const networkSeconds = (((performance.now() - start) / 1000) * share) / runs;
  const { numThreads = 1 } = session.runtime.env.wasm;
  const where = gpu ? `webgpu, ${gpu.name}` : `wasm, threads: ${numThreads}`;
  return {
    backend: where,
    params: null,
    macsPerPixel: null,
    networkSeconds,
    seconds: networkSeconds,
  };
});

async function runOnCpu({ session, width, height }: Loaded, runs: number): Promise<void> {
  const network = asNetwork(session);
  const tile = new Float32Array(3 * width * height).fill(0.5);
  for (let run = 0; run < runs; run++) await network.run(tile, { width, height });
}

async function runOnGpu({ device }: Gpu, loaded: Loaded, runs: number): Promise<void> {
  const { session, width, height } = loaded;
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
  const tensor = (w: number, h: number) => {
    const buffer = device.createBuffer({ size: 3 * w * h * 4, usage });
    const dims = [1, 3, h, w];
    return session.runtime.Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims });
  };
  const [image, enhanced] = [tensor(width, height), tensor(2 * width, 2 * height)];
  for (let run = 0; run < runs; run++) await runSession(session, image, enhanced);
  await device.queue.onSubmittedWorkDone();
  for (const each of [image, enhanced]) each.gpuBuffer.destroy();
}
