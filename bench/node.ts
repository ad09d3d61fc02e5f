import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { deviation, parseGolden, repeatGolden, trialGrid } from '../src/core/run/golden';
import { runBands } from '../src/core/run/bands';
import { createRaster, type Raster } from '../src/core/picture/raster';
import { planTiles, type TileGrid } from '../src/core/plan/tiles';
import { openGpu, type Gpu } from '../src/engine/device';
import { GpuLoop } from '../src/engine/loop';
import type { Precision } from '../src/core/plan/network';
import type { GpuNetwork } from '../src/engine/gpu-network';
import { onnxGpu } from '../src/engine/onnx/gpu';
import type { Card } from '../src/models/catalog';
import { installWebGpu } from './dawn';
import { benchCard, goldenFile, modelFile } from './model';
import { figure, printTable, rest, type Cells } from './table';

/** What the page plans on a GPU. */
const bandBytes = 8 * 2 ** 20;

const noAdapter = `Dawn finds no adapter: it needs a Vulkan, Metal or Direct3D 12 driver. To see this run without
a GPU, lend it Chromium's software driver (Linux):
  LD_LIBRARY_PATH=/usr/lib/chromium VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json \\
    npm run bench -- node`;

/**
 * The engine's own tile loop under Node, on Dawn: milliseconds a tile, and how much of them is not the
 * network's. A software adapter gets one small tile, unless `--size` says otherwise.
 *
 * @param args `--size 128,256` for the tile sides, `--model ID` for another network, `--markdown`.
 */
export async function measureNode(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      size: { type: 'string' },
      model: { type: 'string' },
      markdown: { type: 'boolean', default: false },
    },
  });
  installWebGpu();
  const gpu = await openGpu(true);
  if (!gpu) {
    console.error(noAdapter);
    process.exitCode = 1;
    return;
  }
  const kind = gpu.software ? 'software: times say nothing about a GPU' : 'hardware';
  console.log(`Adapter: ${gpu.name} (${kind}), shader-f16: ${gpu.hasF16 ? 'yes' : 'no'}`);
  const sides = values.size?.split(',').map(Number) ?? (gpu.software ? [64] : [128, 256, 384, 512]);
  const card = benchCard(values.model);
  const rows: Cells[] = [];
  for (const precision of gpu.hasF16 ? (['int8', 'fp16'] as const) : (['int8'] as const))
    for (const side of sides) rows.push(await measureTile(gpu, card, precision, side));
  printTable(rows, values.markdown);
  if (!gpu.hasF16) console.log('fp16 left out: the adapter has no shader-f16.');
}

async function measureTile(
  gpu: Gpu,
  card: Card,
  precision: Precision,
  side: number,
): Promise<Cells> {
  // Enough tiles to hide the ends of the pipeline; two show on a software adapter that it works.
  const [columns, rows] = gpu.software ? [2, 1] : [8, 4];
  const source = gradient(columns * side, rows * side);
  const centre = { x: source.width / 2, y: source.height / 2 };
  const controls = card.controls.map(() => 0);
  const grid = planTiles(source, card, { tile: side, centre, bandBytes, controls });
  const { window, tileCount } = grid;
  const start = performance.now();
  const bytes = readFileSync(modelFile(card, precision));
  const shape = { geometry: card, precision, window, planes: 3 + controls.length };
  const net = await onnxGpu.open(bytes, shape, gpu.device);
  await runNetwork(gpu, { ...grid, tileCount: 1 }, net);
  const firstMs = performance.now() - start;
  const off = await tryGolden(gpu, grid, net, readFileSync(goldenFile(card, precision)));
  const runs = gpu.software ? 1 : 6;
  const network = await timeBest(runs, () => runNetwork(gpu, grid, net));
  const whole = await timeBest(runs, async () => {
    const loop = new GpuLoop(grid, net, gpu, silent);
    await runBands(source, grid, loop, silent);
    await loop.destroy();
  });
  await net.release();
  const pixels = source.width * source.height * card.scale ** 2;
  return {
    weights: precision,
    computes: precision === 'fp16' ? 'fp16' : 'fp32',
    tile: String(side),
    'with halo': String(window.width),
    'ms a tile': figure(whole / tileCount, 2),
    'network alone, ms': figure(network / tileCount, 2),
    'outside the network': rest(network / whole),
    'output, MP/s': figure(pixels / whole / 1e3, 2),
    'network, GMAC/s': figure(
      (tileCount * window.width * window.height * card.macsPerPixel) / network / 1e6,
      1,
    ),
    'load and first tile, s': figure(firstMs / 1000, 1),
    'golden tile off by, levels': String(off),
  };
}

/** How far the golden tile's result is from what is stated, in levels of 255, at this tile size. */
async function tryGolden(
  gpu: Gpu,
  grid: TileGrid,
  network: GpuNetwork,
  bytes: Uint8Array,
): Promise<number> {
  const trial = trialGrid(grid);
  const golden = parseGolden(bytes, grid.geometry);
  const loop = new GpuLoop(trial, network, gpu, silent);
  const pixels = await loop.run(trial.bands[0], repeatGolden(golden, trial));
  await loop.destroy();
  return deviation(golden, trial, pixels);
}

const silent = {
  signal: { throwIfAborted: () => undefined },
  onTile: () => undefined,
  onBand: () => undefined,
};

/** Milliseconds of the fastest of some runs. */
async function timeBest(runs: number, work: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** As many network runs as the grid has tiles, back to back on the GPU, and nothing round them. */
async function runNetwork({ device }: Gpu, grid: TileGrid, network: GpuNetwork): Promise<void> {
  const { width, height } = grid.window;
  const planeBytes = width * height * (network.precision === 'fp16' ? 2 : 4);
  const buffer = (bytes: number) =>
    device.createBuffer({
      size: Math.ceil(bytes / 16) * 16,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
    });
  const image = buffer((3 + grid.controls.length) * planeBytes);
  const enhanced = buffer(3 * planeBytes * grid.geometry.scale ** 2);
  for (let tile = 0; tile < grid.tileCount; tile++) await network.run(image, enhanced);
  await device.queue.onSubmittedWorkDone();
  for (const each of [image, enhanced]) each.destroy();
}

/** A picture that is nowhere black, so that the loop's check of the result has something to see. */
function gradient(width: number, height: number): Raster {
  const raster = createRaster({ width, height }, false);
  for (let i = 0; i < raster.data.length; i++) raster.data[i] = i % 4 === 3 ? 255 : 64 + (i % 127);
  return raster;
}
