import {
  curveHalvings,
  hump,
  lightsOf,
  mostMoved,
  toneGains,
  toneRaster,
} from '../core/frame/tone';
import { peakOf } from '../core/picture/depth';
import { luminance } from '../core/picture/light';
import {
  createLike,
  createRaster,
  depthOf,
  type Depth,
  type Raster,
  type Samples,
} from '../core/picture/raster';
import { neutralTone, type Tone } from '../core/recipe/tone';
import type { Pause } from '../core/shake/pace';
import { Turns } from '../core/turns';
import { guardGpu, openGpu, type Gpu, type WatchedDevice } from './device';
import toneCode from './tone.wgsl?raw';

/** How a pixel's levels lie in the shader's numbers. */
const packing: Readonly<Record<Depth, string>> = {
  8: `
fn loadLevels(i: u32) -> vec4u {
  return (vec4u(pixels[i]) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(255u);
}
fn storeLevels(i: u32, levels: vec4u) {
  pixels[i] = levels.r | (levels.g << 8u) | (levels.b << 16u) | (levels.a << 24u);
}
`,
  16: `
fn loadLevels(i: u32) -> vec4u {
  let pair = vec2u(pixels[2u * i], pixels[2u * i + 1u]);
  return vec4u(pair.x & 65535u, pair.x >> 16u, pair.y & 65535u, pair.y >> 16u);
}
fn storeLevels(i: u32, levels: vec4u) {
  pixels[2u * i] = levels.r | (levels.g << 16u);
  pixels[2u * i + 1u] = levels.b | (levels.a << 16u);
}
`,
};

const constants = `
const luminance = vec3f(${luminance.join(', ')});
const mostMoved = ${mostMoved};
const hump = ${hump};
const leastLight = ${2 ** -curveHalvings};
`;

/** Threads of a workgroup, as written in the shader. */
const groupThreads = 64;

/** Groups of a row of a dispatch. */
const rowGroups = 1024;

/** Bytes of `Terms` in the shader. */
const termsBytes = 32;

/** Pixels that are on the GPU at once. */
const pixelsAtOnce = 2 ** 22;

/** Sets light and white of photos on a GPU: see {@link toneRaster}, with which it agrees to 1/255, of 16 bits to 1/4095. */
export class TonePass {
  readonly #gpu: WatchedDevice;
  readonly #pixelsAtOnce: number;
  /** One at a time: what watches a GPU for errors would see those of others. */
  readonly #turns = new Turns();
  readonly #pipelines = new Map<Depth, Promise<GPUComputePipeline>>();

  /**
   * @param gpu The device; the caller's.
   * @param atOnce Pixels that are on it at once, at least 1.
   */
  constructor(gpu: WatchedDevice, atOnce = pixelsAtOnce) {
    this.#gpu = gpu;
    this.#pixelsAtOnce = atOnce;
  }

  /**
   * Sets light and white of a photo.
   *
   * @param photo Only read; alpha stays.
   * @param tone How.
   * @param pause Awaited now and then, with the share that is done; what it rejects with ends it.
   * @returns A raster that owns a new buffer.
   * @throws {unknown} What `pause` rejects with.
   * @throws {EnhanceError} `gpu-memory`, `gpu-lost`, or `gpu-refused`.
   * @throws {RangeError} When the buffer cannot be allocated.
   */
  async tone<S extends Samples>(photo: Raster<S>, tone: Tone, pause: Pause): Promise<Raster<S>> {
    const out = createLike(photo);
    await this.#turns.take(undefined, () =>
      guardGpu(this.#gpu, () => this.#work(photo, out, tone, pause)),
    );
    return out;
  }

  async #work(photo: Raster, out: Raster, tone: Tone, pause: Pause): Promise<void> {
    const { device } = this.#gpu;
    const depth = depthOf(photo);
    const pipeline = await this.#pipeline(depth);
    const total = photo.width * photo.height;
    const most = Math.min(this.#pixelsAtOnce, total);
    const room = createRoom(device, pipeline, most * 4 * photo.data.BYTES_PER_ELEMENT, depth);
    try {
      for (const [c, table] of lightsOf(tone, depth).entries())
        device.queue.writeBuffer(room.lights, c * table.byteLength, table);
      for (let start = 0; start < total; start += most) {
        if (start > 0) await pause(start / total);
        const samples = [start * 4, Math.min(total, start + most) * 4] as const;
        device.queue.writeBuffer(room.terms, 0, packTerms(tone, (samples[1] - samples[0]) / 4));
        await work(
          device,
          pipeline,
          room,
          photo.data.subarray(...samples),
          out.data.subarray(...samples),
        );
      }
    } finally {
      for (const buffer of room.buffers) buffer.destroy();
    }
  }

  #pipeline(depth: Depth): Promise<GPUComputePipeline> {
    const known = this.#pipelines.get(depth);
    if (known) return known;
    const levels = `const levelCount = ${peakOf(depth) + 1}u;\n`;
    const { device } = this.#gpu;
    const module = device.createShaderModule({
      code: constants + levels + toneCode + packing[depth],
    });
    const made = device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
    this.#pipelines.set(depth, made);
    return made;
  }
}

/** What a photo's parts take on the GPU, one after the other. */
type Room = {
  readonly terms: GPUBuffer;
  readonly pixels: GPUBuffer;
  readonly lights: GPUBuffer;
  /** Where the pixels are read from. */
  readonly copy: GPUBuffer;
  readonly buffers: readonly GPUBuffer[];
  readonly bindings: GPUBindGroup;
};

function createRoom(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  bytes: number,
  depth: Depth,
): Room {
  const { COPY_DST, COPY_SRC, MAP_READ, STORAGE, UNIFORM } = GPUBufferUsage;
  const terms = device.createBuffer({ size: termsBytes, usage: UNIFORM | COPY_DST });
  const pixels = device.createBuffer({ size: bytes, usage: STORAGE | COPY_DST | COPY_SRC });
  const tables = 3 * 4 * (peakOf(depth) + 1);
  const lights = device.createBuffer({ size: tables, usage: STORAGE | COPY_DST });
  const copy = device.createBuffer({ size: bytes, usage: MAP_READ | COPY_DST });
  const bindings = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [terms, pixels, lights].map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  return { terms, pixels, lights, copy, buffers: [terms, pixels, lights, copy], bindings };
}

/** Carries a part of a photo to the GPU, works it there, and carries it back. */
async function work(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  { pixels, copy, bindings }: Room,
  from: Samples,
  to: Samples,
): Promise<void> {
  const { byteLength } = from;
  device.queue.writeBuffer(pixels, 0, from);
  const encoder = device.createCommandEncoder();
  const compute = encoder.beginComputePass();
  compute.setPipeline(pipeline);
  compute.setBindGroup(0, bindings);
  compute.dispatchWorkgroups(rowGroups, Math.ceil(from.length / 4 / groupThreads / rowGroups));
  compute.end();
  encoder.copyBufferToBuffer(pixels, 0, copy, 0, byteLength);
  device.queue.submit([encoder.finish()]);
  await copy.mapAsync(GPUMapMode.READ, 0, byteLength);
  new Uint8Array(to.buffer, to.byteOffset, byteLength).set(
    new Uint8Array(copy.getMappedRange(0, byteLength)),
  );
  copy.unmap();
}

/** The shader's `Terms`. */
function packTerms(tone: Tone, count: number): ArrayBuffer {
  const bytes = new ArrayBuffer(termsBytes);
  new Float32Array(bytes, 0, 5).set([...toneGains(tone), tone.shadows, tone.highlights]);
  new Uint32Array(bytes, 20, 2).set([count, rowGroups * groupThreads]);
  return bytes;
}

/** Moves everything. */
const trial: Tone = {
  ...neutralTone,
  ...{ temperature: 0.4, tint: -0.3, brightness: 0.2, shadows: 0.8, highlights: -0.7 },
};

/**
 * Opens a GPU for light and white, once it has done a small picture as the arrays do: a driver that is wrong is mostly
 * silent about it.
 *
 * @param acceptSoftware Whether a software adapter will do (tests and bug reports).
 * @returns What sets them, and its device, which is the caller's to destroy; null where there is no GPU to use, or a
 *   wrong one.
 */
export async function openTonePass(
  acceptSoftware: boolean,
): Promise<{ readonly pass: TonePass; readonly gpu: Gpu } | null> {
  const gpu = await openGpu(acceptSoftware);
  if (!gpu) return null;
  const pass = new TonePass(gpu);
  const picture = createRaster({ width: 64, height: 16 }, true);
  for (let i = 0; i < picture.data.length; i++) picture.data[i] = (i * 89) % 256;
  const still = () => Promise.resolve();
  const isRight = await pass.tone(picture, trial, still).then(
    async ({ data }) => {
      const expected = (await toneRaster(picture, trial, still)).data;
      return data.every((value, i) => Math.abs(value - expected[i]!) <= 1);
    },
    () => false,
  );
  if (isRight) return { pass, gpu };
  gpu.device.destroy();
  return null;
}
