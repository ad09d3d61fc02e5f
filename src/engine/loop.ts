import { untilAborted } from '../core/abort';
import { EnhanceError } from '../core/errors';
import type { BandRunner, Patch, TileHooks } from '../core/run/bands';
import { bytesOf, type Samples } from '../core/picture/raster';
import { magnify, type Rect } from '../core/picture/rect';
import { roomIn, samplesIn } from '../core/picture/spares';
import { outputsOf, type Outputs } from '../core/plan/network';
import { readRect, type Band, type TileGrid } from '../core/plan/tiles';
import { Turns } from '../core/turns';
import { guardGpu, lostDevice, type WatchedDevice } from './device';
import type { GpuNetwork } from './gpu-network';
import { Passes, type TileBuffers } from './passes';

/** Bytes of one tile's verdict. */
const verdictBytes = 8;

/**
 * The tile loop on the GPU: a band's pixels are uploaded once and read back once; between them nothing
 * leaves the GPU. Equals `ArrayLoop` of `core/run` to a level.
 */
export class GpuLoop implements BandRunner {
  readonly #grid: TileGrid;
  readonly #network: GpuNetwork;
  readonly #gpu: WatchedDevice;
  readonly #hooks: TileHooks;
  readonly #buffers: TileBuffers;
  readonly #passes: Passes;
  readonly #staging: ReadBackRing;
  /** Resolves when the tile submitted last is finished and told of. */
  #landed: Promise<void> = Promise.resolve();
  readonly #turns = new Turns();

  /**
   * Allocates the buffers of one grid. The owner calls `destroy` once.
   *
   * @param grid The tiles.
   * @param network A network of the grid's window, opened on the device; stays the caller's.
   * @param gpu The device.
   * @param hooks Cancel, between tiles, and progress.
   */
  constructor(grid: TileGrid, network: GpuNetwork, gpu: WatchedDevice, hooks: TileHooks) {
    const { device } = gpu;
    this.#grid = grid;
    this.#network = network;
    this.#gpu = gpu;
    this.#hooks = hooks;
    const { width, height } = grid.window;
    const { scale } = grid.geometry;
    const most = (measure: (band: Band) => number) => Math.max(...grid.bands.map(measure));
    const bandBytes = most((band) => resultBytes(band, grid));
    const verdictsBytes = most(({ tiles }) => tiles.length) * verdictBytes;
    const planes = 3 + grid.controls.length;
    const varying = grid.controls.filter((control) => control === 'varying').length;
    const planeBytesOf = (rect: Rect) => rect.width * rect.height * 4;
    const planeBytes = width * height * (network.precision === 'fp16' ? 2 : 4);
    const storage = (size: number) =>
      device.createBuffer({
        size: Math.ceil(size / 16) * 16,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
      });
    this.#buffers = {
      patch: storage(most((band) => bytesOf(readRect(grid, band), grid.depth))),
      planes: storage(Math.max(varying * most((band) => planeBytesOf(readRect(grid, band))), 4)),
      image: storage(planes * planeBytes),
      enhanced: storage(outputsOf(grid.geometry) * planeBytes * scale * scale),
      band: storage(bandBytes),
      verdicts: storage(verdictsBytes),
    };
    this.#passes = new Passes(device, network.precision, grid, this.#buffers);
    this.#staging = new ReadBackRing(device, bandBytes + verdictsBytes);
  }

  /**
   * See {@link BandRunner}. While one band is copied back the next is computed.
   *
   * @param band The band.
   * @param patch What it reads.
   * @param spare Where its pixels may go.
   * @returns Its pixels.
   * @throws {DOMException} AbortError, between tiles.
   * @throws {EnhanceError} `device-lost`, `out-of-memory`, `wrong-result` or `internal`.
   */
  async run(band: Band, patch: Patch, spare: ArrayBuffer | null = null): Promise<Samples> {
    const { slot, landed } = await this.#turns.take(undefined, () =>
      guardGpu(this.#gpu, () => this.#submit(band, patch, spare)),
    );
    const { failure } = this.#gpu;
    const [bytes] = await untilAborted(Promise.all([slot.map(), landed]), failure);
    failure.throwIfAborted();
    const length = resultBytes(band, this.#grid);
    check(band, patch, new Uint32Array(bytes, length), outputsOf(this.#grid.geometry));
    const { depth } = this.#grid;
    return samplesIn(bytes, (length * 8) / depth, depth);
  }

  /** Frees the buffers, once nothing uses them. */
  async destroy(): Promise<void> {
    await this.#turns.ended();
    await this.#staging.destroy();
    this.#passes.destroy();
    for (const buffer of Object.values(this.#buffers)) buffer.destroy();
  }

  /** One tile ahead, across bands too: the GPU always has the next tile queued while we wait for the present one. */
  async #submit(
    band: Band,
    patch: Patch,
    spare: ArrayBuffer | null,
  ): Promise<{ slot: Slot; landed: Promise<void> }> {
    const { image, enhanced } = this.#buffers;
    const slot = await this.#staging.take();
    this.#passes.upload(patch);
    for (const [i, core] of band.tiles.entries()) {
      this.#hooks.signal.throwIfAborted();
      this.#passes.gather(core, patch.rect);
      await this.#network.run(image, enhanced);
      this.#passes.scatter(core, i, band.rect, patch);
      const before = this.#landed;
      this.#landed = this.#land(core);
      this.#landed.catch(() => undefined);
      await before;
    }
    const length = resultBytes(band, this.#grid);
    slot.copy(this.#buffers, length, band.tiles.length * verdictBytes, spare);
    return { slot, landed: this.#landed };
  }

  async #land(core: Rect): Promise<void> {
    await this.#gpu.device.queue.onSubmittedWorkDone();
    await this.#hooks.onTile(core, false);
  }
}

function resultBytes({ rect }: Band, { geometry, depth }: TileGrid): number {
  return bytesOf(magnify(rect, geometry.scale), depth);
}

/** A driver that fails silently returns NaN, or zeros for a picture that is not black; a mask may be all zeros. */
function check({ tiles }: Band, patch: Patch, verdicts: Uint32Array, outputs: Outputs): void {
  for (const [i, core] of tiles.entries()) {
    const [broken, lit] = [verdicts[2 * i]!, verdicts[2 * i + 1]!];
    const isDark = outputs === 3 && lit === 0;
    if (broken > 0 || (isDark && !isBlack(patch, core)))
      throw new EnhanceError('gpu-picture-damaged', core);
  }
}

function isBlack({ rect, raster: { data } }: Patch, core: Rect): boolean {
  for (let y = core.y - rect.y; y < core.y - rect.y + core.height; y++)
    for (let x = core.x - rect.x; x < core.x - rect.x + core.width; x++) {
      const at = (y * rect.width + x) * 4;
      if (data[at] || data[at + 1] || data[at + 2]) return false;
    }
  return true;
}

/** Two staging buffers in turn: a band is copied back while the next one is computed. */
class ReadBackRing {
  readonly #slots: readonly Slot[];
  #turn = 0;

  constructor(device: GPUDevice, bytes: number) {
    this.#slots = [new Slot(device, bytes), new Slot(device, bytes)];
  }

  /** The slot whose turn it is, once it is free. */
  async take(): Promise<Slot> {
    const slot = this.#slots[this.#turn++ % this.#slots.length]!;
    await slot.busy;
    return slot;
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#slots.map(({ busy }) => busy));
    for (const { buffer } of this.#slots) buffer.destroy();
  }
}

class Slot {
  readonly buffer: GPUBuffer;
  /** Resolves when the buffer may be written again. */
  busy: Promise<unknown> = Promise.resolve();
  #mapped!: Promise<ArrayBuffer>;

  constructor(
    readonly device: GPUDevice,
    bytes: number,
  ) {
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    this.buffer = device.createBuffer({ size: bytes, usage });
  }

  /** Queues a copy of a band and of its tiles' verdicts, to the spare buffer if there is one, and clears these for the next band. */
  copy(
    { band, verdicts }: TileBuffers,
    bytes: number,
    verdictsBytes: number,
    spare: ArrayBuffer | null,
  ): void {
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(band, 0, this.buffer, 0, bytes);
    encoder.copyBufferToBuffer(verdicts, 0, this.buffer, bytes, verdictsBytes);
    encoder.clearBuffer(verdicts);
    this.device.queue.submit([encoder.finish()]);
    this.#mapped = this.#map(bytes + verdictsBytes, spare);
    this.busy = this.#mapped.catch(() => undefined);
  }

  /** What was copied. */
  map(): Promise<ArrayBuffer> {
    return this.#mapped;
  }

  async #map(bytes: number, spare: ArrayBuffer | null): Promise<ArrayBuffer> {
    // An aborted copy means that the device is going; its AbortError must not pass for a person's Cancel.
    await this.buffer.mapAsync(GPUMapMode.READ, 0, bytes).catch((error: unknown) => {
      throw lostDevice('map', String(error));
    });
    try {
      const room = roomIn(spare, bytes);
      new Uint8Array(room).set(new Uint8Array(this.buffer.getMappedRange(0, bytes)));
      return room;
    } finally {
      this.buffer.unmap();
    }
  }
}
