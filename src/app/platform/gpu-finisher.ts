import { lumaWeights } from '../../core/picture/luma';
import { oklab } from '../../core/picture/oklab';
import type { Size } from '../../core/picture/rect';
import { mostSharpenReach, type Finish, type Mask } from '../../core/recipe/finish';
import { driftCell, type ColourDrift } from '../../core/run/colour-drift';
import { FaceLayer } from '../../core/run/face-mask';
import { termsOf } from '../../core/run/finish-terms';
import { strongChroma, toneShare, warmTone } from '../../core/run/grade';
import { grainDeviation, grainUnits } from '../../core/run/grain';
import {
  gamutDip,
  gamutSlack,
  gamutSteps,
  gamutTurns,
  leastShare,
  likeness,
} from '../../core/tint/lay-on';
import type { TintMap } from '../../core/tint/tint-map';
import { findNeighbours, haloAllowance, neighbourCount } from '../../core/run/sharpen';
import finishCode from './finish.wgsl?raw';
import type { Finisher, ScreenPlates } from './finisher';
import { isRight } from './finisher-proof';

const constants = `
const lumaWeights = vec3f(${lumaWeights.join(', ')});
const driftCell = ${driftCell}.0;
const grainUnits = ${grainUnits}u;
const grainDeviation = ${grainDeviation};
const mostSharpenReach = ${mostSharpenReach};
const neighbourCount = ${neighbourCount}u;
const haloAllowance = ${haloAllowance};
const strongChroma = ${strongChroma};
const toneShare = ${toneShare};
const likeness = ${likeness};
const gamutSlack = ${gamutSlack};
const gamutDip = ${gamutDip};
const gamutTurns = ${gamutTurns};
const gamutSteps = ${gamutSteps};
const leastShare = ${leastShare};
const warmTone = vec2f(${warmTone.join(', ')});
const conesOfLight = mat3x3f(${oklab.cones.join(', ')});
const labOfRoots = mat3x3f(${oklab.lab.join(', ')});
const rootsOfLab = mat3x3f(${oklab.roots.join(', ')});
const lightOfCones = mat3x3f(${oklab.light.join(', ')});
`;

/** Bytes of `Terms` in the shader. */
const termsBytes = 144;

/** Bytes of what sharpening looks at, for each pixel. */
const lumaBytes = 8;

/** Threads of a workgroup along each axis, as written in the shader. */
const groupSide = 16;

/** Plates on the GPU, and room for what is made of them. */
type Loaded = {
  readonly plain: GPUTexture;
  readonly enhanced: GPUTexture;
  readonly places: GPUBuffer;
  readonly finished: GPUBuffer;
  /** Where the finished pixels are read from. */
  readonly copy: GPUBuffer;
  readonly whole: Size;
  readonly step: number;
  readonly out: ImageData;
};

/** The shader, compiled for a device: what sharpening looks at, and everything else. */
export type FinishPipelines = {
  readonly mixAll: GPUComputePipeline;
  readonly finish: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
};

/** Finishes on the GPU, with a device of the page's own. */
export class GpuFinisher implements Finisher {
  readonly onCpu = false;
  readonly #faces = new FaceLayer();
  readonly #device: GPUDevice;
  readonly #pipelines: FinishPipelines;
  readonly #terms: GPUBuffer;
  #loaded: Loaded | null = null;
  /** What sharpening looks at; as large as it has ever had to be. */
  #lumas: GPUBuffer;
  #drift: { readonly of: ColourDrift | null; readonly buffer: GPUBuffer };
  #mask: { readonly of: Mask | null; readonly texture: GPUTexture };
  #tint: { readonly of: TintMap | null; readonly buffer: GPUBuffer };

  /**
   * @param device The device; owned by the finisher from now on.
   * @param pipelines The shader, compiled for it.
   */
  constructor(device: GPUDevice, pipelines: FinishPipelines) {
    this.#device = device;
    this.#pipelines = pipelines;
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    this.#terms = device.createBuffer({ size: termsBytes, usage });
    this.#lumas = createLumas(device, 1);
    this.#drift = { of: null, buffer: createList(device, new Float32Array(4)) };
    this.#mask = { of: null, texture: createMaskTexture(device, noMask) };
    this.#tint = { of: null, buffer: createList(device, new Float32Array(4)) };
  }

  /** @inheritdoc */
  load({ plain, enhanced, columns, rows, whole, step, space }: ScreenPlates): void {
    const device = this.#device;
    const { width, height } = enhanced;
    const before = this.#loaded;
    before?.places.destroy();
    const isKept =
      before?.out.width === width &&
      before.out.height === height &&
      before.out.colorSpace === space;
    if (!isKept) dropRoom(before);
    const room = isKept ? before : createRoom(device, enhanced, space);
    for (const [source, texture] of [
      [plain, room.plain],
      [enhanced, room.enhanced],
    ] as const)
      // As it is: browsers do not agree on how to round what they make straight.
      device.queue.copyExternalImageToTexture(
        { source },
        { texture, premultipliedAlpha: true, colorSpace: space },
        [width, height],
      );
    const neighbours = [columns, rows].map((pixels) => findNeighbours(pixels, step));
    const places = createList(device, joinLists([columns, rows, ...neighbours]));
    this.#loaded = { ...room, places, whole, step };
  }

  /** @inheritdoc */
  async finish(
    asked: Finish,
    drift: ColourDrift | null,
    tint: TintMap | null = null,
  ): Promise<ImageData> {
    const loaded = this.#loaded;
    if (!loaded) throw new Error('There are no plates.');
    const laid = this.#faces.lay(asked, loaded.whole);
    const finish = tint ? laid : { ...laid, tint: null };
    const { finished, copy, out } = loaded;
    const device = this.#device;
    this.#follow(finish.mask, drift, tint);
    const isSharpened = finish.sharpen.amount > 0;
    if (isSharpened) this.#makeRoom(out);
    device.queue.writeBuffer(this.#terms, 0, packTerms(loaded, finish, drift, tint));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setBindGroup(0, this.#bind(loaded));
    const { mixAll, finish: finishAll } = this.#pipelines;
    for (const pipeline of isSharpened ? [mixAll, finishAll] : [finishAll]) {
      pass.setPipeline(pipeline);
      pass.dispatchWorkgroups(Math.ceil(out.width / groupSide), Math.ceil(out.height / groupSide));
    }
    pass.end();
    encoder.copyBufferToBuffer(finished, 0, copy, 0, copy.size);
    device.queue.submit([encoder.finish()]);
    await copy.mapAsync(GPUMapMode.READ);
    out.data.set(new Uint8Array(copy.getMappedRange()));
    copy.unmap();
    return out;
  }

  /** @inheritdoc */
  dispose(): void {
    this.#loaded = null;
    this.#device.destroy();
  }

  /** Uploads what is stretched over the picture where it is another than last time. */
  #follow(mask: Mask | null, drift: ColourDrift | null, tint: TintMap | null): void {
    if (mask !== this.#mask.of) {
      const { texture } = this.#mask;
      const isKept = mask?.width === texture.width && mask.height === texture.height;
      if (!isKept) texture.destroy();
      const room = isKept ? texture : createMaskTexture(this.#device, mask ?? noMask);
      writeMask(this.#device, room, mask ?? noMask);
      this.#mask = { of: mask, texture: room };
    }
    if (drift && drift !== this.#drift.of) {
      this.#drift.buffer.destroy();
      this.#drift = { of: drift, buffer: createList(this.#device, drift.values) };
    }
    if (tint && tint !== this.#tint.of) {
      this.#tint.buffer.destroy();
      this.#tint = { of: tint, buffer: createList(this.#device, tint.values) };
    }
  }

  #makeRoom({ width, height }: Size): void {
    if (this.#lumas.size >= width * height * lumaBytes) return;
    this.#lumas.destroy();
    this.#lumas = createLumas(this.#device, width * height);
  }

  #bind({ plain, enhanced, places, finished }: Loaded): GPUBindGroup {
    const resources = [
      this.#terms,
      plain.createView(),
      enhanced.createView(),
      places,
      this.#drift.buffer,
      this.#mask.texture.createView(),
      finished,
      this.#lumas,
      this.#tint.buffer,
    ];
    return this.#device.createBindGroup({
      layout: this.#pipelines.layout,
      entries: resources.map((resource, binding) => ({
        binding,
        resource: resource instanceof GPUBuffer ? { buffer: resource } : resource,
      })),
    });
  }
}

/** The shader's `Terms`. */
function packTerms(
  { whole, step }: Loaded,
  finish: Finish,
  drift: ColourDrift | null,
  map: TintMap | null,
): ArrayBuffer {
  const { strength, luminanceOnly, colourLock, tint, grade, grain, sharpen } = termsOf(
    finish,
    step,
  );
  const { gains, contrast, colour } = grade ?? { gains: [1, 1, 1], contrast: 0, colour: null };
  const { deviation, spacing, seed } = grain ?? { deviation: 0, spacing: grainUnits, seed: 0 };
  const locked = colourLock > 0 && drift;
  const bytes = new ArrayBuffer(termsBytes);
  new Float32Array(bytes, 0, 2).set([whole.width, whole.height]);
  new Int32Array(bytes, 8, 4).set([
    ...(locked ? [drift.width, drift.height] : [0, 0]),
    ...(finish.mask ? [finish.mask.width, finish.mask.height] : [0, 0]),
  ]);
  new Float32Array(bytes, 24, 8).set([
    ...[strength, colourLock],
    ...gains,
    ...[contrast, colour?.chroma ?? 1, deviation],
  ]);
  const graded = Number(grade !== null) + Number(colour !== null);
  new Uint32Array(bytes, 56, 4).set([spacing, seed, Number(luminanceOnly), graded]);
  if (sharpen) {
    const { gain, weights, window } = sharpen;
    new Int32Array(bytes, 72, 2).set([weights.length - 1, window]);
    new Float32Array(bytes, 80, 1).set([gain]);
    new Float32Array(bytes, 96, 8).set(weights);
  }
  if (colour) {
    const { vibrance, shadowTone, highlightTone } = colour;
    new Float32Array(bytes, 84, 3).set([vibrance, shadowTone, highlightTone]);
  }
  if (map && tint) {
    new Int32Array(bytes, 128, 2).set([map.width, map.height]);
    new Uint32Array(bytes, 136, 1).set([tint.keepsOwn ? 1 : 2]);
  }
  return bytes;
}

function createList(device: GPUDevice, values: Float32Array | Uint32Array): GPUBuffer {
  const usage = GPUBufferUsage.STORAGE;
  const buffer = device.createBuffer({ size: values.byteLength, usage, mappedAtCreation: true });
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  new Uint8Array(buffer.getMappedRange()).set(bytes);
  buffer.unmap();
  return buffer;
}

type Room = Omit<Loaded, 'places' | 'whole' | 'step'>;

function createRoom(
  device: GPUDevice,
  { width, height }: Size,
  colorSpace: PredefinedColorSpace,
): Room {
  const { TEXTURE_BINDING, COPY_DST, RENDER_ATTACHMENT } = GPUTextureUsage;
  const usage = TEXTURE_BINDING | COPY_DST | RENDER_ATTACHMENT;
  const createPlate = () =>
    device.createTexture({ size: [width, height], format: 'rgba8unorm', usage });
  const createPixels = (usage: number) => device.createBuffer({ size: width * height * 4, usage });
  return {
    plain: createPlate(),
    enhanced: createPlate(),
    finished: createPixels(GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC),
    copy: createPixels(GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ),
    out: new ImageData(width, height, { colorSpace }),
  };
}

function dropRoom(room: Room | null): void {
  for (const part of [room?.plain, room?.enhanced, room?.finished, room?.copy]) part?.destroy();
}

function createLumas(device: GPUDevice, pixels: number): GPUBuffer {
  return device.createBuffer({ size: pixels * lumaBytes, usage: GPUBufferUsage.STORAGE });
}

/** Stands in the shader's list where there is no mask. */
const noMask: Mask = { width: 1, height: 1, values: new Uint8Array(1) };

function createMaskTexture(device: GPUDevice, { width, height }: Mask): GPUTexture {
  const usage = GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST;
  return device.createTexture({ size: [width, height], format: 'r8unorm', usage });
}

function writeMask(device: GPUDevice, texture: GPUTexture, { width, height, values }: Mask): void {
  device.queue.writeTexture({ texture }, values, { bytesPerRow: width }, [width, height]);
}

function joinLists(lists: readonly Int32Array[]): Uint32Array {
  const joined = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    joined.set(list, at);
    at += list.length;
  }
  return joined;
}

/** Both parts of the shader, which have the same bindings. */
async function compile(device: GPUDevice): Promise<FinishPipelines> {
  const module = device.createShaderModule({ code: constants + finishCode });
  const visibility = GPUShaderStage.COMPUTE;
  const kinds: Omit<GPUBindGroupLayoutEntry, 'binding' | 'visibility'>[] = [
    { buffer: { type: 'uniform' } },
    { texture: {} },
    { texture: {} },
    { buffer: { type: 'read-only-storage' } },
    { buffer: { type: 'read-only-storage' } },
    { texture: {} },
    { buffer: { type: 'storage' } },
    { buffer: { type: 'storage' } },
    { buffer: { type: 'read-only-storage' } },
  ];
  const entries = kinds.map((kind, binding) => ({ binding, visibility, ...kind }));
  const layout = device.createBindGroupLayout({ entries });
  const shared = device.createPipelineLayout({ bindGroupLayouts: [layout] });
  const build = (entryPoint: string) =>
    device.createComputePipelineAsync({ layout: shared, compute: { module, entryPoint } });
  const [mixAll, finish] = await Promise.all([build('mixAll'), build('finish')]);
  return { mixAll, finish, layout };
}

/**
 * Opens a GPU for finishing, once it has finished a small picture as the arrays do.
 *
 * @param acceptSoftware Whether a software adapter will do (tests and bug reports).
 * @param onLoss Called when the GPU has gone or reports an error: the finisher is of no use any more.
 * @returns The finisher, owned by the caller; null where there is no adapter to use.
 * @throws {unknown} Where the browser refuses a device or the shader, or finishes wrongly.
 */
export async function openGpuFinisher(
  acceptSoftware: boolean,
  onLoss: () => void,
): Promise<GpuFinisher | null> {
  if (!('gpu' in navigator)) return null;
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter || (adapter.info.isFallbackAdapter && !acceptSoftware)) return null;
  const device = await adapter.requestDevice();
  try {
    const finisher = new GpuFinisher(device, await compile(device));
    if (!(await isRight(finisher))) throw new Error('The GPU finishes wrongly.');
    void device.lost.then(onLoss);
    device.addEventListener('uncapturederror', onLoss, { once: true });
    return finisher;
  } catch (error) {
    device.destroy();
    throw error;
  }
}
