import { EnhanceError, settle, type Reply } from '../../core/errors';
import { ArrayLoop } from '../../core/run/array-loop';
import type { BandRunner, Patch, TileHooks } from '../../core/run/bands';
import type { Band, TileGrid } from '../../core/plan/tiles';
import { guardGpu, openGpu, untilLost, type Gpu } from '../../engine/device';
import type { Fault } from '../../engine/faults';
import { GpuLoop } from '../../engine/loop';
import { asNetwork, networkMeasure, openSession, type Session } from '../../engine/onnx/session';
import type { BackendChoice, Engine, EngineModel, Machine, TileListener } from './protocol';

/** The engine on its own thread. */
export class TileEngine implements Engine {
  #gpu: Gpu | null = null;
  #session: { readonly key: string; readonly session: Session } | undefined;
  #loop: BandRunner | undefined;
  #stopper = new AbortController();
  #onTile: TileListener = () => undefined;

  /**
   * See {@link Engine}.
   *
   * @param choice Which backend.
   * @param acceptSoftware Whether `auto` takes a software adapter.
   * @param onTile Called after each tile.
   * @returns What runs from now on, or `no-gpu` where one was asked for by name.
   */
  start(
    choice: BackendChoice,
    acceptSoftware: boolean,
    onTile: TileListener,
  ): Promise<Reply<Machine>> {
    return settle(async () => {
      this.#onTile = onTile;
      await this.#close();
      const isAsked = choice === 'webgpu';
      const gpu = choice === 'wasm' ? null : await findGpu(isAsked, isAsked || acceptSoftware);
      this.#gpu = gpu;
      return {
        backend: gpu ? ('webgpu' as const) : ('wasm' as const),
        software: gpu?.software ?? false,
        device: gpu?.name ?? '',
        identity: gpu?.identity ?? '',
        hasF16: gpu?.hasF16 ?? false,
        bindingBytes: gpu?.bindingBytes ?? 0,
      };
    });
  }

  /**
   * See {@link Engine}.
   *
   * @param model The model.
   * @param grid The tiles.
   * @param fault What is to go wrong.
   * @returns Nothing, or why not.
   */
  load(model: EngineModel, grid: TileGrid, fault?: Fault): Promise<Reply<void>> {
    return settle(async () => {
      await this.#closeLoop();
      performance.clearMeasures(networkMeasure);
      this.#stopper = new AbortController();
      const sound = await this.#openSession(model, grid);
      const device = this.#gpu?.device ?? null;
      const session = fault
        ? (await import('../../engine/faults')).plantFault(sound, device, fault)
        : sound;
      const hooks: TileHooks = {
        signal: this.#stopper.signal,
        onTile: async (core, isFlat) => {
          this.#onTile(core, isFlat);
          if (!device) await yieldToMessages();
        },
      };
      this.#loop = device
        ? await guardGpu(device, async () => new GpuLoop(grid, session, device, hooks))
        : new ArrayLoop(grid, asNetwork(session), hooks);
    });
  }

  /**
   * See {@link Engine}.
   *
   * @param band The band.
   * @param patch What it reads.
   * @returns Its pixels, or why not.
   */
  run(band: Band, patch: Patch): Promise<Reply<Uint8ClampedArray<ArrayBuffer>>> {
    return settle(() => {
      if (!this.#loop) throw new EnhanceError('internal', 'No grid was loaded.');
      return this.#loop.run(band, patch);
    });
  }

  /** See {@link Engine}. */
  async stop(): Promise<void> {
    this.#stopper.abort();
    await this.#closeLoop();
  }

  async #openSession(model: EngineModel, { window }: TileGrid): Promise<Session> {
    const key = [model.key, window.width, window.height].join();
    if (this.#session?.key === key) return this.#session.session;
    await this.#closeSession();
    const { geometry, precision } = model;
    const device = this.#gpu?.device ?? null;
    const opening = openSession(model.bytes, { geometry, precision, window, device });
    const session = await (device ? untilLost(device, opening) : opening);
    this.#session = { key, session };
    return session;
  }

  async #closeLoop(): Promise<void> {
    const loop = this.#loop;
    this.#loop = undefined;
    if (loop instanceof GpuLoop) await loop.destroy();
  }

  async #closeSession(): Promise<void> {
    const old = this.#session?.session;
    this.#session = undefined;
    await old?.release();
  }

  /** What cannot be closed any more is gone with its device. */
  async #close(): Promise<void> {
    this.#stopper.abort();
    await this.#closeLoop().catch(() => undefined);
    await this.#closeSession().catch(() => undefined);
    this.#gpu?.device.destroy();
    this.#gpu = null;
  }
}

/** A driver that refuses the device is no reason to refuse the photo, unless it was asked for. */
async function findGpu(isAsked: boolean, acceptSoftware: boolean): Promise<Gpu | null> {
  const gpu = await openGpu(acceptSoftware).catch((error: unknown) => {
    if (isAsked) throw error;
    return null;
  });
  if (!gpu && isAsked)
    throw new EnhanceError('no-gpu', 'This browser offers no WebGPU. Remove backend=webgpu.');
  return gpu;
}

/** Lets messages (stop) be handled between tiles. */
function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
