import type { Patch } from '../core/run/bands';
import type { Rect, Size } from '../core/picture/rect';
import type { TileGrid } from '../core/plan/tiles';
import depth16Code from './depth16.wgsl?raw';
import depth8Code from './depth8.wgsl?raw';
import gatherCode from './gather.wgsl?raw';
import preludeCode from './prelude.wgsl?raw';
import scatterCode from './scatter.wgsl?raw';
import { outputsOf, type Precision } from '../core/plan/network';

const depthCode = { 8: depth8Code, 16: depth16Code };

/** Threads of a workgroup along each axis, as written in the shaders. */
const groupSide = 16;

/** The buffers that the passes share, sized for one grid. Their owner calls `destroy` on each. */
export type TileBuffers = {
  /** RGBA of the photo round the present band, in the grid's depth. */
  readonly patch: GPUBuffer;
  /** `[m, h, w]`: the m varying planes of the photo round the present band, 32-bit floats. */
  readonly planes: GPUBuffer;
  /** Network input `[1, 3+k, h, w]`. */
  readonly image: GPUBuffer;
  /** Network output `[1, outputs, s*h, s*w]`. */
  readonly enhanced: GPUBuffer;
  /** RGBA of the present band's result, in the grid's depth; gray where the network gives one plane. */
  readonly band: GPUBuffer;
  /** Two 32-bit numbers a tile of the present band: values that are not finite, and whether any is not 0. */
  readonly verdicts: GPUBuffer;
};

/** Our GPU passes round the network: gather before it, scatter after it. */
export class Passes {
  readonly #device: GPUDevice;
  readonly #grid: TileGrid;
  readonly #buffers: TileBuffers;
  readonly #gather: Pass;
  readonly #scatter: Pass;

  /**
   * Compiles the passes.
   *
   * @param device The device that owns the buffers.
   * @param precision `fp16` tensors hold 16-bit floats.
   * @param grid The tiles.
   * @param buffers The buffers, which stay the caller's.
   */
  constructor(device: GPUDevice, precision: Precision, grid: TileGrid, buffers: TileBuffers) {
    const prelude =
      (precision === 'fp16' ? 'enable f16;\nalias real = f16;\n' : 'alias real = f32;\n') +
      `const controlCount = ${grid.controls.length};\nconst varyingBits = ${varyingBits(grid)}u;\n` +
      preludeCode +
      depthCode[grid.depth];
    this.#device = device;
    this.#grid = grid;
    this.#buffers = buffers;
    const { patch, planes, image, enhanced, band, verdicts } = buffers;
    this.#gather = createPass(device, prelude + gatherCode, [patch, image, planes]);
    const outputs = `const outputCount = ${outputsOf(grid.geometry)};\n`;
    this.#scatter = createPass(device, prelude + outputs + scatterCode, [
      patch,
      enhanced,
      band,
      verdicts,
    ]);
  }

  /**
   * Uploads what a band reads.
   *
   * @param patch Its pixels and planes; free again when this returns.
   */
  upload({ raster, planes }: Patch): void {
    const { queue } = this.#device;
    queue.writeBuffer(this.#buffers.patch, 0, raster.data);
    for (const [i, { values }] of planes.entries())
      queue.writeBuffer(this.#buffers.planes, i * values.byteLength, values);
  }

  /**
   * Fills the network's input with the window round a tile; submitted, not awaited.
   *
   * @param core The tile, in source pixels.
   * @param patch Where the uploaded pixels lie.
   */
  gather(core: Rect, patch: Rect): void {
    const { source, window, margin, controls } = this.#grid;
    const whole = [
      ...[source.width, source.height, window.width, window.height],
      ...[core.x - margin, core.y - margin, 0, 0],
      ...listRect(patch),
    ];
    const constants = controls.map((control) => (control === 'varying' ? 0 : control));
    dispatch(this.#device, this.#gather, window, whole, constants);
  }

  /**
   * Rounds the network's output into the band; submitted, not awaited.
   *
   * @param core The tile, in source pixels.
   * @param tile Its number in the band.
   * @param band The band's rectangle, in source pixels.
   * @param patch The uploaded pixels; alpha is enlarged where they have it, else it is 255.
   */
  scatter(core: Rect, tile: number, band: Rect, { rect, raster }: Patch): void {
    const { source, window, margin, geometry, amount } = this.#grid;
    const { scale } = geometry;
    const size = { width: core.width * scale, height: core.height * scale };
    const whole = [
      ...[source.width, source.height, window.width, window.height],
      ...listRect(core),
      ...[band.x, band.y, band.width * scale, scale],
      ...[margin, raster.hasAlpha ? 1 : 0, 0, 0],
      ...listRect(rect),
      tile,
    ];
    dispatch(this.#device, this.#scatter, size, whole, [amount]);
  }

  /** Frees what the passes own. */
  destroy(): void {
    this.#gather.uniforms.destroy();
    this.#scatter.uniforms.destroy();
  }
}

function varyingBits({ controls }: TileGrid): number {
  return controls.reduce<number>((bits, each, k) => bits | (Number(each === 'varying') << k), 0);
}

function listRect({ x, y, width, height }: Rect): readonly number[] {
  return [x, y, width, height];
}

/** Of the larger of the two `Params`, in whole vectors. */
const uniformBytes = 96;

/** Compiled once for each device, whatever grids run on it. */
const compiled = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

function compile(device: GPUDevice, code: string): GPUComputePipeline {
  const known = compiled.get(device) ?? new Map<string, GPUComputePipeline>();
  compiled.set(device, known);
  const found = known.get(code);
  if (found) return found;
  const module = device.createShaderModule({ code });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
  known.set(code, pipeline);
  return pipeline;
}

type Pass = { pipeline: GPUComputePipeline; uniforms: GPUBuffer; bindings: GPUBindGroup };

function createPass(device: GPUDevice, code: string, buffers: readonly GPUBuffer[]): Pass {
  const pipeline = compile(device, code);
  const uniforms = device.createBuffer({
    size: uniformBytes,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const bindings = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [uniforms, ...buffers].map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  return { pipeline, uniforms, bindings };
}

/**
 * Runs a pass over a size, with the whole numbers and then the fractions of its `Params`. Writing the
 * uniforms before each submit is safe: the queue keeps both in order.
 */
function dispatch(
  device: GPUDevice,
  pass: Pass,
  size: Size,
  whole: readonly number[],
  fractions: readonly number[],
): void {
  device.queue.writeBuffer(pass.uniforms, 0, new Int32Array(whole));
  device.queue.writeBuffer(pass.uniforms, whole.length * 4, new Float32Array(fractions));
  const encoder = device.createCommandEncoder();
  const compute = encoder.beginComputePass();
  compute.setPipeline(pass.pipeline);
  compute.setBindGroup(0, pass.bindings);
  compute.dispatchWorkgroups(Math.ceil(size.width / groupSide), Math.ceil(size.height / groupSide));
  compute.end();
  device.queue.submit([encoder.finish()]);
}
