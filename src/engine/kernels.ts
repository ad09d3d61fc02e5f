import type { Rect, Size } from '../core/raster';
import { stripRows, type TileGrid } from '../core/tiles';
import gatherCode from './gather.wgsl?raw';
import glimpseCode from './glimpse.wgsl?raw';
import preludeCode from './prelude.wgsl?raw';
import scatterCode from './scatter.wgsl?raw';
import type { Precision } from './session';

/** Threads of a workgroup along each axis, as written in the shaders. */
const groupSide = 16;

/** The buffers that the passes share, sized for one grid. Their owner calls `destroy` on each. */
export type TileBuffers = {
  /** RGBA8 rows of the photo round the present row of tiles. */
  readonly strip: GPUBuffer;
  /** Network input `[1, 3, h, w]`. */
  readonly image: GPUBuffer;
  /** Network output `[1, 3, s*h, s*w]`. */
  readonly enhanced: GPUBuffer;
  /** RGBA8 result of the present band. */
  readonly band: GPUBuffer;
};

/** Our GPU passes round the network: gather before it, scatter after it, glimpse for the screen. */
export class Kernels {
  readonly #device: GPUDevice;
  readonly #grid: TileGrid;
  readonly #buffers: TileBuffers;
  readonly #gather: Pass;
  readonly #scatter: Pass;
  readonly #glimpse: Glimpse | null;

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
      preludeCode;
    this.#device = device;
    this.#grid = grid;
    this.#buffers = buffers;
    const { strip, image, enhanced, band } = buffers;
    this.#gather = createPass(device, prelude + gatherCode, [strip, image]);
    this.#scatter = createPass(device, prelude + scatterCode, [strip, enhanced, band]);
    this.#glimpse = createGlimpse(device, band);
  }

  /**
   * Fills the network's input with the window round a tile; submitted, not awaited.
   *
   * @param core The tile, in source pixels.
   */
  gather(core: Rect): void {
    const { source, window, margin } = this.#grid;
    const { top, rows } = stripRows(this.#grid, core);
    const origin = [core.x - margin, core.y - margin] as const;
    dispatch(this.#device, this.#gather, window, [
      ...[source.width, source.height, window.width, window.height],
      ...[...origin, top, rows],
    ]);
  }

  /**
   * Rounds the network's output into the band; submitted, not awaited.
   *
   * @param core The tile, in source pixels.
   * @param band The band's rectangle, in source pixels.
   * @param hasAlpha Whether alpha is enlarged too, else it is 255.
   */
  scatter(core: Rect, band: Rect, hasAlpha: boolean): void {
    const { source, window, margin, geometry } = this.#grid;
    const { scale } = geometry;
    const { top, rows } = stripRows(this.#grid, core);
    const size = { width: core.width * scale, height: core.height * scale };
    dispatch(this.#device, this.#scatter, size, [
      ...[source.width, source.height, window.width, window.height],
      ...[core.x, core.y, core.width, core.height],
      ...[band.x, band.y, band.width * scale, scale],
      ...[margin, top, rows, hasAlpha ? 1 : 0],
    ]);
  }

  /**
   * Draws a finished tile at screen scale without a read-back.
   *
   * @param core The tile, in source pixels.
   * @param band The band's rectangle, in source pixels.
   * @param size Size of the wanted bitmap.
   * @returns The bitmap, owned by the caller; null where the browser cannot draw from this worker.
   */
  glimpse(core: Rect, band: Rect, size: Size): ImageBitmap | null {
    if (!this.#glimpse || size.width < 1 || size.height < 1) return null;
    const { scale } = this.#grid.geometry;
    const params = new ArrayBuffer(32);
    const origin = [(core.x - band.x) * scale, (core.y - band.y) * scale] as const;
    new Int32Array(params).set([band.width * scale, 0, ...origin]);
    const tile = [core.width * scale, core.height * scale] as const;
    new Float32Array(params, 16).set([...tile, size.width, size.height]);
    return drawGlimpse(this.#device, this.#glimpse, params, size);
  }

  /** Frees what the passes own. */
  destroy(): void {
    this.#gather.uniforms.destroy();
    this.#scatter.uniforms.destroy();
    this.#glimpse?.uniforms.destroy();
    this.#glimpse?.context.unconfigure();
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

type Pass = { pipeline: GPUComputePipeline; uniforms: GPUBuffer; bindings: GPUBindGroup };

function createPass(device: GPUDevice, code: string, buffers: readonly GPUBuffer[]): Pass {
  const module = device.createShaderModule({ code });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
  const uniforms = createUniforms(device);
  return { pipeline, uniforms, bindings: bind(device, pipeline, [uniforms, ...buffers]) };
}

function createUniforms(device: GPUDevice): GPUBuffer {
  return device.createBuffer({ size: 64, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST });
}

function bind(
  device: GPUDevice,
  pipeline: GPUComputePipeline | GPURenderPipeline,
  buffers: readonly GPUBuffer[],
): GPUBindGroup {
  return device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
}

/** Writing the uniforms before each submit is safe: the queue keeps both in order. */
function dispatch(device: GPUDevice, pass: Pass, size: Size, params: readonly number[]): void {
  device.queue.writeBuffer(pass.uniforms, 0, new Int32Array(params));
  const encoder = device.createCommandEncoder();
  const compute = encoder.beginComputePass();
  compute.setPipeline(pass.pipeline);
  compute.setBindGroup(0, pass.bindings);
  compute.dispatchWorkgroups(
    Math.ceil(size.width / groupSide),
    Math.ceil(size.height / groupSide),
  );
  compute.end();
  device.queue.submit([encoder.finish()]);
}

type Glimpse = {
  canvas: OffscreenCanvas;
  context: GPUCanvasContext;
  pipeline: GPURenderPipeline;
  uniforms: GPUBuffer;
  bindings: GPUBindGroup;
};

function createGlimpse(device: GPUDevice, band: GPUBuffer): Glimpse | null {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('webgpu');
  if (!context) return null;
  const format = navigator.gpu.getPreferredCanvasFormat();
  context.configure({ device, format, alphaMode: 'premultiplied' });
  const module = device.createShaderModule({ code: glimpseCode });
  const pipeline = device.createRenderPipeline({
    layout: 'auto',
    vertex: { module },
    fragment: { module, targets: [{ format }] },
  });
  const uniforms = createUniforms(device);
  const bindings = bind(device, pipeline, [uniforms, band]);
  return { canvas, context, pipeline, uniforms, bindings };
}

function drawGlimpse(
  device: GPUDevice,
  { canvas, context, pipeline, uniforms, bindings }: Glimpse,
  params: ArrayBuffer,
  size: Size,
): ImageBitmap {
  canvas.width = size.width;
  canvas.height = size.height;
  device.queue.writeBuffer(uniforms, 0, params);
  const encoder = device.createCommandEncoder();
  const view = context.getCurrentTexture().createView();
  const pass = encoder.beginRenderPass({
    colorAttachments: [{ view, loadOp: 'clear', storeOp: 'store' }],
  });
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindings);
  pass.draw(3);
  pass.end();
  device.queue.submit([encoder.finish()]);
  return canvas.transferToImageBitmap();
}
