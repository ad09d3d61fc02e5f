import { EnhanceError } from '../core/errors';
import { EtaMeter } from '../core/measure';
import { createOutput, runTiles, type LoopHooks } from '../core/pipeline';
import type { Capabilities, Plan } from '../core/plan';
import type { Raster } from '../core/raster';
import { planTiles, type TileGrid } from '../core/tiles';
import { openGpu, type Gpu } from '../engine/device';
import { runTilesOnGpu } from '../engine/loop';
import { asNetwork, openSession, type Precision, type Session } from '../engine/session';
import type { Card } from '../models/catalog';
import type { BackendChoice } from './protocol';

/** One run of one network over one photo. */
export type Job = {
  readonly source: Raster;
  readonly plan: Plan;
  readonly card: Card;
  readonly precision: Precision;
  readonly bytes: Uint8Array;
  readonly centre: { readonly x: number; readonly y: number };
};

/** What a job obeys and tells. */
export type JobHooks = Pick<LoopHooks, 'onPixels'> & {
  readonly signal: AbortSignal;
  /** The raster that will fill up, before the first tile. */
  onStart(output: Raster): void;
  /** A tile is done. */
  onProgress(eta: EtaMeter): void;
};

/** What a job did. */
export type JobResult = {
  readonly output: Raster;
  readonly readBacks: number;
  readonly tiles: number;
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
    const { card, plan, source, centre, precision } = job;
    const grid = planTiles(source, card, { tile: plan.tile, bandBytes: plan.bandBytes, centre });
    const { width, height } = grid.window;
    const key = [card.id, precision, width, height].join();
    if (this.#session?.key === key) return grid;
    await this.#closeSession();
    const device = this.#gpu?.device ?? null;
    const options = { geometry: card, precision, window: grid.window, device };
    this.#session = { key, session: await openSession(job.bytes, options) };
    return grid;
  }

  /**
   * Runs a prepared job to its end.
   *
   * @param job The job.
   * @param grid What `prepare` returned for it.
   * @param hooks Cancel and progress.
   * @returns The result.
   */
  async run(job: Job, grid: TileGrid, hooks: JobHooks): Promise<JobResult> {
    const session = this.#session?.session;
    if (!session) throw new EnhanceError('internal', 'The model was not loaded.');
    const output = createOutput(job.source, grid);
    hooks.onStart(output);
    const eta = new EtaMeter(grid.tileCount, performance.now());
    const loop: LoopHooks = {
      signal: hooks.signal,
      onPixels: (rect) => hooks.onPixels(rect, output),
      async onTile() {
        eta.tick(performance.now());
        hooks.onProgress(eta);
        await yieldToMessages();
      },
    };
    const { source } = job;
    const done = { output, tiles: grid.tileCount };
    if (this.#gpu) {
      const { device } = this.#gpu;
      const { readBacks } = await runTilesOnGpu(source, grid, session, device, loop, output);
      return { ...done, readBacks };
    }
    await runTiles(source, grid, asNetwork(session), loop, output);
    return { ...done, readBacks: 0 };
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
