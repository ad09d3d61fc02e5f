import { EnhanceError } from '../core/errors';
import { runTiles, type LoopHooks } from '../core/pipeline';
import type { Capabilities, StepPlan } from '../core/plan';
import type { Raster } from '../core/raster';
import { planTiles, type TileGrid } from '../core/tiles';
import { openGpu, type Gpu } from '../engine/device';
import { runTilesOnGpu } from '../engine/loop';
import { asNetwork, openSession, type Precision, type Session } from '../engine/session';
import type { Card } from '../models/catalog';
import type { BackendChoice } from './protocol';

/** One run of one network over one picture. */
export type Job = {
  readonly source: Raster;
  readonly plan: StepPlan<Card>;
  /** Most bytes of one band's result. */
  readonly bandBytes: number;
  readonly precision: Precision;
  readonly bytes: Uint8Array;
  readonly centre: { readonly x: number; readonly y: number };
};

/** Owns the GPU device and the loaded model; chooses the tier. */
export class Runner {
  readonly #choice: BackendChoice;
  #gpu: Gpu | null = null;
  #opening: Promise<Gpu | null> | undefined;
  #session: { key: string; session: Session } | undefined;

  /**
   * @param choice Which backend was asked for; an explicit `webgpu` accepts a software adapter.
   */
  constructor(choice: BackendChoice) {
    this.#choice = choice;
  }

  /**
   * What this machine can do; opens the GPU device the first time.
   *
   * @returns The capabilities of the tier that will run.
   * @throws {EnhanceError} `no-gpu` when WebGPU was asked for and there is none.
   */
  async capabilities(): Promise<Capabilities> {
    const gpu = await this.#openGpu();
    return {
      backend: gpu ? 'webgpu' : 'wasm',
      software: gpu?.software ?? false,
      bindingBytes: gpu?.bindingBytes ?? 0,
      rasterBytes: (lowMemory() ? 1 : 2) * 2 ** 30,
    };
  }

  /** Name of the adapter, empty on wasm or where the browser hides it. */
  get device(): string {
    return this.#gpu?.name ?? '';
  }

  /**
   * Loads the model for the job's tile shape, unless it is loaded already.
   *
   * @param job The job.
   * @returns The tiles that `run` will work through.
   */
  async prepare(job: Job): Promise<TileGrid> {
    const { plan, bandBytes, source, centre, precision } = job;
    const { model, tile, controls, step } = plan;
    const use = { tile, bandBytes, centre, controls, amount: step.amount };
    const grid = planTiles(source, model, use);
    const { width, height } = grid.window;
    const key = [model.id, precision, width, height].join();
    if (this.#session?.key === key) return grid;
    await this.#closeSession();
    const device = this.#gpu?.device ?? null;
    const options = { geometry: model, precision, window: grid.window, device };
    this.#session = { key, session: await openSession(job.bytes, options) };
    return grid;
  }

  /**
   * Runs a prepared job to its end. Messages are handled between tiles.
   *
   * @param source The job's.
   * @param grid What `prepare` returned for it.
   * @param hooks Cancel and progress.
   * @param output Where to write; see `createOutput`.
   * @returns The number of bands copied back from the GPU; 0 on wasm.
   */
  async run(source: Raster, grid: TileGrid, hooks: LoopHooks, output: Raster): Promise<number> {
    const session = this.#session?.session;
    if (!session) throw new EnhanceError('internal', 'The model was not loaded.');
    const loop: LoopHooks = {
      ...hooks,
      async onTile(core) {
        await hooks.onTile(core);
        await yieldToMessages();
      },
    };
    if (this.#gpu) {
      const { device } = this.#gpu;
      return (await runTilesOnGpu(source, grid, session, device, loop, output)).readBacks;
    }
    await runTiles(source, grid, asNetwork(session), loop, output);
    return 0;
  }

  /** Goes on without a GPU from now on: it has failed. */
  async abandonGpu(): Promise<void> {
    const failed = this.#gpu;
    this.#opening = Promise.resolve(null);
    this.#gpu = null;
    await this.#closeSession().catch(() => undefined);
    failed?.device.destroy();
  }

  #openGpu(): Promise<Gpu | null> {
    this.#opening ??= this.#requestGpu();
    return this.#opening;
  }

  async #requestGpu(): Promise<Gpu | null> {
    if (this.#choice === 'wasm') return null;
    const asked = this.#choice === 'webgpu';
    // A driver that refuses the device is no reason to refuse the photo, unless it was asked for.
    const gpu = await openGpu(asked).catch((error: unknown) => {
      if (asked) throw error;
      return null;
    });
    if (!gpu && asked)
      throw new EnhanceError('no-gpu', 'This browser offers no WebGPU. Remove backend=webgpu.');
    this.#gpu = gpu;
    void gpu?.device.lost.then(() => {
      if (this.#gpu !== gpu) return;
      this.#opening = undefined;
      this.#gpu = null;
      this.#session = undefined;
    });
    return gpu;
  }

  async #closeSession(): Promise<void> {
    const old = this.#session?.session;
    this.#session = undefined;
    await old?.release();
  }
}

/** Lets messages (cancel, view requests) be handled between tiles. */
function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function lowMemory(): boolean {
  const { deviceMemory = 8 } = navigator as WorkerNavigator & { deviceMemory?: number };
  return deviceMemory <= 4;
}
