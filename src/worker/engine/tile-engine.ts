import { untilAborted } from '../../core/abort';
import { EnhanceError, settle, type Reply } from '../../core/errors';
import { ArrayLoop } from '../../core/run/array-loop';
import {
  examineNetwork,
  proveNetwork,
  type Examined,
  type Known,
  type Provable,
  type Proof,
} from '../../core/run/probe';
import type { Probe } from '../../core/run/probe-reach';
import { measureForm, type FormLoss, type OpenForm } from '../../core/run/form-loss';
import type { BandRunner, Patch, TileHooks } from '../../core/run/bands';
import type { Samples } from '../../core/picture/raster';
import type { Band, TileGrid } from '../../core/plan/tiles';
import { guardGpu, openGpu, type Gpu } from '../../engine/device';
import type { Fault } from '../../engine/faults';
import { GpuLoop } from '../../engine/loop';
import type { GpuNetwork, GpuRuntime } from '../../engine/gpu-network';
import { networkMeasure, openCpuNetwork, type CpuNetwork } from '../../engine/onnx/cpu';
import { onnxGpu } from '../../engine/onnx/gpu';
import { openProbe } from '../../engine/onnx/probe';
import { loadRuntime, runtimeName } from '../../engine/onnx/runtime';
import { KeptNetworks } from './kept-networks';
import type { BackendChoice, Engine, EngineModel, Machine, Sided, TileListener } from './protocol';

/** What runs networks on a GPU, the one to be tried first, first. */
const gpuRuntimes: readonly [GpuRuntime, ...GpuRuntime[]] = [onnxGpu];

/** The engine on its own thread. */
export class TileEngine implements Engine {
  #gpu: Gpu | null = null;
  readonly #gpuNetworks = new KeptNetworks<GpuNetwork>();
  readonly #cpuNetworks = new KeptNetworks<CpuNetwork>();
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
        runtimes: gpu ? namesOf(gpuRuntimes) : [runtimeName],
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
      const { signal } = this.#stopper;
      this.#loop = this.#gpu
        ? await this.#openGpuLoop(this.#gpu, model, grid, signal, fault)
        : await this.#openCpuLoop(model, grid, signal, fault);
    });
  }

  /**
   * See {@link Engine}.
   *
   * @param band The band.
   * @param patch What it reads.
   * @param spare Where its pixels may go.
   * @returns Its pixels, or why not.
   */
  run(band: Band, patch: Patch, spare?: ArrayBuffer | null): Promise<Reply<Samples>> {
    return settle(() => {
      if (!this.#loop) throw new EnhanceError('engine-stopped', { reason: 'no grid' });
      return this.#loop.run(band, patch, spare);
    });
  }

  /** See {@link Engine}. */
  async stop(): Promise<void> {
    this.#stopper.abort();
    await this.#closeLoop();
  }

  /**
   * See {@link Engine}.
   *
   * @returns Nothing, or why not.
   */
  warm(): Promise<Reply<void>> {
    return settle(async () => void (await loadRuntime('wasm')));
  }

  /**
   * See {@link Engine}.
   *
   * @param bytes The network's file.
   * @param known What is known of it already.
   * @returns What it is, or why it is not used.
   */
  probe(bytes: Uint8Array, known: Known): Promise<Reply<Examined>> {
    return probing(bytes, (probe) => examineNetwork(probe, now, known));
  }

  /**
   * See {@link Engine}.
   *
   * @param bytes The network's file.
   * @param found What it is.
   * @returns Its golden tile, or why it is not used.
   */
  prove(bytes: Uint8Array, found: Provable): Promise<Reply<Proof>> {
    return probing(bytes, (probe) => proveNetwork(probe, found, now));
  }

  /**
   * See {@link Engine}.
   *
   * @param bytes The network's file.
   * @param form Another form of it.
   * @param found What it is.
   * @returns What the form costs.
   */
  compare(bytes: Uint8Array, form: Uint8Array, found: Sided): Promise<Reply<FormLoss | null>> {
    const opener = (file: Uint8Array): OpenForm => {
      return () => openProbe(file).catch(() => null);
    };
    return settle(() => measureForm(opener(bytes), opener(form), found));
  }

  async #openGpuLoop(
    gpu: Gpu,
    model: EngineModel,
    grid: TileGrid,
    signal: AbortSignal,
    fault?: Fault,
  ): Promise<GpuLoop> {
    const { geometry, precision } = model;
    const { window, controls } = grid;
    const shape = { geometry, precision, window, planes: 3 + controls.length };
    const runtime = gpuRuntimes.find(({ name }) => name === model.runtime) ?? gpuRuntimes[0];
    const sound = await this.#gpuNetworks.take(keyOf(model, grid), model.isBeside ?? false, () =>
      untilAborted(runtime.open(model.bytes, shape, gpu.device), gpu.failure),
    );
    const network = fault
      ? (await import('../../engine/faults')).plantGpuFault(sound, gpu.device, fault)
      : sound;
    const hooks: TileHooks = { signal, onTile: (core, isFlat) => this.#onTile(core, isFlat) };
    return guardGpu(gpu, async () => new GpuLoop(grid, network, gpu, hooks));
  }

  async #openCpuLoop(
    model: EngineModel,
    grid: TileGrid,
    signal: AbortSignal,
    fault?: Fault,
  ): Promise<ArrayLoop> {
    const sound = await this.#cpuNetworks.take(keyOf(model, grid), model.isBeside ?? false, () =>
      openCpuNetwork(model.bytes, model.geometry, grid.window),
    );
    const network = fault ? (await import('../../engine/faults')).plantFault(sound, fault) : sound;
    const onTile: TileHooks['onTile'] = (core, isFlat) => {
      this.#onTile(core, isFlat);
      return yieldToMessages();
    };
    return new ArrayLoop(grid, network, { signal, onTile });
  }

  async #closeLoop(): Promise<void> {
    const loop = this.#loop;
    this.#loop = undefined;
    if (loop instanceof GpuLoop) await loop.destroy();
  }

  /** What cannot be closed any more is gone with its device. */
  async #close(): Promise<void> {
    this.#stopper.abort();
    await this.#closeLoop().catch(() => undefined);
    await this.#gpuNetworks.clear().catch(() => undefined);
    await this.#cpuNetworks.clear().catch(() => undefined);
    this.#gpu?.device.destroy();
    this.#gpu = null;
  }
}

const now = () => performance.now();

function probing<T>(bytes: Uint8Array, work: (probe: Probe) => Promise<T>): Promise<Reply<T>> {
  return settle(async () => {
    const { probe, release } = await openProbe(bytes);
    try {
      return await work(probe);
    } finally {
      await release();
    }
  });
}

function keyOf({ key, runtime }: EngineModel, { window }: TileGrid): string {
  return [key, runtime, window.width, window.height].join();
}

function namesOf([first, ...others]: typeof gpuRuntimes): Machine['runtimes'] {
  return [first.name, ...others.map(({ name }) => name)];
}

/** A driver that refuses the device is no reason to refuse the photo, unless it was asked for. */
async function findGpu(isAsked: boolean, acceptSoftware: boolean): Promise<Gpu | null> {
  const gpu = await openGpu(acceptSoftware).catch((error: unknown) => {
    if (isAsked) throw error;
    return null;
  });
  if (!gpu && isAsked) throw new EnhanceError('gpu-missing');
  return gpu;
}

/** Lets messages (stop) be handled between tiles. */
function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
