import type { Tensor } from 'onnxruntime-web';
import { EnhanceError } from '../core/errors';
import { createOutput, type LoopHooks } from '../core/pipeline';
import type { Raster, Rect } from '../core/raster';
import { stripRows, type Band, type TileGrid } from '../core/tiles';
import { guardGpu } from './device';
import { Kernels, type TileBuffers } from './kernels';
import { runSession, type Session } from './session';

/** What the GPU loop did. */
export type GpuLoopResult = { readonly output: Raster; readonly readBacks: number };

/**
 * The tile loop on the GPU: pixels are uploaded a strip of rows at a time and read back a band at a
 * time; between them nothing leaves the GPU. Equals `runTiles` of `core/pipeline` to 1/255.
 *
 * @param source The photo.
 * @param grid Its tiles.
 * @param session A session for the grid's window, opened on `device`.
 * @param device The device.
 * @param hooks Cancel and progress.
 * @param output Where to write; `scale` times the source's size.
 * @returns The result and the number of bands read back.
 * @throws {DOMException} AbortError, between tiles.
 * @throws {EnhanceError} `device-lost`, `out-of-memory` or `internal`.
 */
export function runTilesOnGpu(
  source: Raster,
  grid: TileGrid,
  session: Session,
  device: GPUDevice,
  hooks: LoopHooks,
  output: Raster = createOutput(source, grid),
): Promise<GpuLoopResult> {
  return guardGpu(device, async () => {
    const run = new GpuRun(source, grid, session, device, output);
    try {
      return await run.work(hooks);
    } finally {
      await run.destroy();
    }
  });
}

/** A tile submitted but not known to be finished. */
type Flight = { core: Rect; done: Promise<undefined> };

class GpuRun {
  readonly #buffers: TileBuffers;
  readonly #kernels: Kernels;
  readonly #image: Tensor;
  readonly #enhanced: Tensor;
  readonly #staging: ReadBackRing;
  #row = -1;

  constructor(
    readonly source: Raster,
    readonly grid: TileGrid,
    readonly session: Session,
    readonly device: GPUDevice,
    readonly output: Raster,
  ) {
    const { width, height } = grid.window;
    const { scale } = grid.geometry;
    const most = (measure: (band: Band) => number) =>
      grid.bands.reduce((largest, band) => Math.max(largest, measure(band)), 0);
    const bandBytes = most((band) => resultBytes(band, scale));
    const stripBytes = most(({ rect }) => stripRows(grid, rect).rows) * source.width * 4;
    const valueBytes = session.precision === 'fp16' ? 2 : 4;
    const planes = 3 + grid.controls.length;
    const planeBytes = width * height * valueBytes;
    const storage = (size: number) =>
      device.createBuffer({
        size: Math.ceil(size / 16) * 16,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
      });
    this.#buffers = {
      strip: storage(stripBytes),
      image: storage(planes * planeBytes),
      enhanced: storage(3 * planeBytes * scale * scale),
      band: storage(bandBytes),
      verdict: storage(verdictBytes),
    };
    this.#kernels = new Kernels(device, session.precision, grid, this.#buffers);
    const dataType = session.precision === 'fp16' ? 'float16' : 'float32';
    const { Tensor } = session.runtime;
    this.#image = Tensor.fromGpuBuffer(this.#buffers.image, {
      dataType,
      dims: [1, planes, height, width],
    });
    this.#enhanced = Tensor.fromGpuBuffer(this.#buffers.enhanced, {
      dataType,
      dims: [1, 3, height * scale, width * scale],
    });
    this.#staging = new ReadBackRing(device, bandBytes);
  }

  /** One tile ahead: the GPU always has the next tile queued while we wait for the present one. */
  async work(hooks: LoopHooks): Promise<GpuLoopResult> {
    const { grid } = this;
    let ahead: Flight | undefined;
    const land = async (flight: Flight | undefined) => {
      if (!flight) return;
      await flight.done;
      await hooks.onTile(flight.core);
    };
    for (const band of grid.bands) {
      if (band.rect.y !== this.#row) this.#kernels.upload(this.source.data, band.rect);
      this.#row = band.rect.y;
      for (const core of band.tiles) {
        hooks.signal.throwIfAborted();
        const next = await this.#submit(core, band.rect);
        await land(ahead);
        ahead = next;
      }
      const bytes = resultBytes(band, grid.geometry.scale);
      await this.#staging.read(this.#buffers, bytes, (data, verdict) => {
        this.#check(band.rect, verdict);
        this.#store(band.rect, data);
        hooks.onPixels(band.rect, this.output);
      });
    }
    await land(ahead);
    await this.#staging.drain();
    hooks.signal.throwIfAborted();
    return { output: this.output, readBacks: grid.bands.length };
  }

  async #submit(core: Rect, band: Rect): Promise<Flight> {
    this.#kernels.gather(core);
    await runSession(this.session, this.#image, this.#enhanced);
    this.#kernels.scatter(core, band, this.source.hasAlpha);
    return { core, done: this.device.queue.onSubmittedWorkDone() };
  }

  /** A driver that fails silently returns NaN, or zeros for a picture that is not black. */
  #check(rect: Rect, [broken = 0, lit = 0]: Uint32Array): void {
    if (broken > 0 || (lit === 0 && !isBlack(this.source, rect)))
      throw new EnhanceError('wrong-result', 'This GPU returned a damaged picture.', { rect });
  }

  #store(rect: Rect, data: Uint8ClampedArray): void {
    const { scale } = this.grid.geometry;
    const stride = rect.width * scale * 4;
    for (let y = 0; y < rect.height * scale; y++) {
      const to = ((rect.y * scale + y) * this.output.width + rect.x * scale) * 4;
      this.output.data.set(data.subarray(y * stride, (y + 1) * stride), to);
    }
  }

  async destroy(): Promise<void> {
    await this.#staging.destroy();
    this.#kernels.destroy();
    this.#image.dispose();
    this.#enhanced.dispose();
    for (const buffer of Object.values(this.#buffers)) buffer.destroy();
  }
}

function resultBytes({ rect }: Band, scale: number): number {
  return rect.width * rect.height * scale * scale * 4;
}

function isBlack({ data, width }: Raster, rect: Rect): boolean {
  for (let y = rect.y; y < rect.y + rect.height; y++)
    for (let x = rect.x; x < rect.x + rect.width; x++) {
      const at = (y * width + x) * 4;
      if (data[at] || data[at + 1] || data[at + 2]) return false;
    }
  return true;
}

/** Bytes of the verdict buffer that are used. */
const verdictBytes = 8;

/** Two staging buffers in turn: a band is copied back while the next one is computed. */
class ReadBackRing {
  readonly #slots: { buffer: GPUBuffer; busy: Promise<void> }[];
  #turn = 0;

  constructor(
    readonly device: GPUDevice,
    bytes: number,
  ) {
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    this.#slots = [0, 1].map(() => ({
      buffer: device.createBuffer({ size: bytes + verdictBytes, usage }),
      busy: Promise.resolve(),
    }));
  }

  /** Queues a copy of the band and its verdict; `use` gets them later, before `drain` ends. */
  async read(
    { band, verdict }: TileBuffers,
    bytes: number,
    use: (data: Uint8ClampedArray, verdict: Uint32Array) => void,
  ): Promise<void> {
    const { buffer, busy } = this.#slots[this.#turn % this.#slots.length]!;
    await busy;
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(band, 0, buffer, 0, bytes);
    encoder.copyBufferToBuffer(verdict, 0, buffer, bytes, verdictBytes);
    encoder.clearBuffer(verdict);
    this.device.queue.submit([encoder.finish()]);
    const mapped = buffer.mapAsync(GPUMapMode.READ, 0, bytes + verdictBytes).then(() => {
      const range = buffer.getMappedRange(0, bytes + verdictBytes);
      try {
        use(new Uint8ClampedArray(range, 0, bytes), new Uint32Array(range, bytes, 2));
      } finally {
        buffer.unmap();
      }
    });
    // Rejections are met where the slot is used next, or in `drain`.
    mapped.catch(() => undefined);
    this.#slots[this.#turn++ % this.#slots.length] = { buffer, busy: mapped };
  }

  async drain(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => slot.busy));
  }

  async destroy(): Promise<void> {
    await Promise.allSettled(this.#slots.map((slot) => slot.busy));
    for (const { buffer } of this.#slots) buffer.destroy();
  }
}
