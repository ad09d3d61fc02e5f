import type { Rect, Size } from '../core/raster';
import { stripRows, type TileGrid } from '../core/tiles';
import gatherCode from './gather.wgsl?raw';
import preludeCode from './prelude.wgsl?raw';
import scatterCode from './scatter.wgsl?raw';
import type { Precision } from './session';

/** Threads of a workgroup along each axis, as written in the shaders. */
const groupSide = 16;

/** The buffers that the passes share, sized for one grid. Their owner calls `destroy` on each. */
export type TileBuffers = {
  /** RGBA8 rows of the photo round the present row of tiles. */
  readonly strip: GPUBuffer;
  /** Network input `[1, 3+k, h, w]`. */
  readonly image: GPUBuffer;
  /** Network output `[1, 3, s*h, s*w]`. */
  readonly enhanced: GPUBuffer;
  /** RGBA8 result of the present band. */
  readonly band: GPUBuffer;
  /** Two 32-bit counts over the present band: values that are not finite, and whether any is not 0. */
  readonly verdict: GPUBuffer;
};

/** Our GPU passes round the network: gather before it, scatter after it. */
export class Kernels {
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
      `const controlCount = ${grid.controls.length};\n${preludeCode}`;
    this.#device = device;
    this.#grid = grid;
    this.#buffers = buffers;
    const { strip, image, enhanced, band, verdict } = buffers;
    this.#gather = createPass(device, prelude + gatherCode, [strip, image]);
    this.#scatter = createPass(device, prelude + scatterCode, [strip, enhanced, band, verdict]);
  }

  /**
   * Fills the network's input with the window round a tile; submitted, not awaited.
   *
   * @param core The tile, in source pixels.
   */
  gather(core: Rect): void {
    const { source, window, margin, controls } = this.#grid;
    const { top, rows } = stripRows(this.#grid, core);
    const origin = [core.x - margin, core.y - margin] as const;
    const whole = [source.width, source.height, window.width, window.height];
    dispatch(this.#device, this.#gather, window, [...whole, ...origin, top, rows], controls);
  }

  /**
   * Rounds the network's output into the band; submitted, not awaited.
   *
   * @param core The tile, in source pixels.
   * @param band The band's rectangle, in source pixels.
   * @param hasAlpha Whether alpha is enlarged too, else it is 255.
   */
  scatter(core: Rect, band: Rect, hasAlpha: boolean): void {
    const { source, window, margin, geometry, amount } = this.#grid;
    const { scale } = geometry;
    const { top, rows } = stripRows(this.#grid, core);
    const size = { width: core.width * scale, height: core.height * scale };
    const whole = [
      ...[source.width, source.height, window.width, window.height],
      ...[core.x, core.y, core.width, core.height],
      ...[band.x, band.y, band.width * scale, scale],
      ...[margin, top, rows, hasAlpha ? 1 : 0],
    ];
    dispatch(this.#device, this.#scatter, size, whole, [amount]);
  }

  /** Frees what the passes own. */
  destroy(): void {
    this.#gather.uniforms.destroy();
    this.#scatter.uniforms.destroy();
  }

  /**
   * Uploads the rows that a row of tiles reads.
   *
   * @param data The photo, RGBA8.
   * @param band Any band of the row.
   */
  upload(data: Uint8ClampedArray<ArrayBuffer>, band: Rect): void {
    const { top, rows } = stripRows(this.#grid, band);
    const stride = this.#grid.source.width * 4;
    this.#device.queue.writeBuffer(this.#buffers.strip, 0, data, top * stride, rows * stride);
  }
}

/** Of the larger of the two `Params`, in whole vectors. */
const uniformBytes = 80;

type Pass = { pipeline: GPUComputePipeline; uniforms: GPUBuffer; bindings: GPUBindGroup };

function createPass(device: GPUDevice, code: string, buffers: readonly GPUBuffer[]): Pass {
  const module = device.createShaderModule({ code });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
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
