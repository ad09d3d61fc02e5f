import type { Remote } from 'comlink';
import { vi } from 'vitest';
import { untilAborted } from '../../../src/core/abort';
import { EnhanceError, failed, settle, type Reply } from '../../../src/core/errors';
import type { Network } from '../../../src/core/plan/network';
import type { Samples } from '../../../src/core/picture/raster';
import type { Band, TileGrid } from '../../../src/core/plan/tiles';
import { measureForm } from '../../../src/core/run/form-loss';
import { examineNetwork, proveNetwork } from '../../../src/core/run/probe';
import type { Probe } from '../../../src/core/run/probe-reach';
import { ArrayLoop } from '../../../src/core/run/array-loop';
import type { Patch } from '../../../src/core/run/bands';
import type { Fault } from '../../../src/engine/faults';
import type {
  BackendChoice,
  Engine,
  EngineModel,
  Machine,
  TileListener,
} from '../../../src/worker/engine/protocol';
import type { Link } from '../../../src/worker/link';

/** What a fake engine runs on. */
export type FakeMachine = Pick<Machine, 'hasF16'> & {
  readonly gpu: boolean;
  /** On the GPU; one by default. */
  readonly runtimes?: Machine['runtimes'];
  /** Waited for after each tile. */
  readonly gate?: () => Promise<void>;
};

/** What happened on all threads of a machine, in order. */
export type EngineLog = string[];

/** Bands of two tiles, where a tile of a 2x result has 24 pixels a side. */
const bindingBytes = 2 * 24 * 24 * 4;

/** Longer than any patience with an engine. */
const agesMs = 3_600_000;

/**
 * An engine's thread on plain arrays that fails on demand, in the place of a worker. The clock must be
 * a fake one: where the thread hangs or dies without a word, it is set forward until somebody notices.
 */
export class FakeThread implements Engine, Link<Engine> {
  readonly #machine: FakeMachine;
  readonly #networkOf: (model: EngineModel) => Network;
  readonly #onDeath: () => void;
  readonly #log: EngineLog;
  readonly #end = new AbortController();
  #isGpu = false;
  #isLost = false;
  #stopper = new AbortController();
  #loop: ArrayLoop | undefined;
  #key = '';
  #onTile: TileListener = () => undefined;
  #hanging: Promise<never> | undefined;

  constructor(
    machine: FakeMachine,
    networkOf: (model: EngineModel) => Network,
    onDeath: () => void,
    log: EngineLog,
  ) {
    this.#machine = machine;
    this.#networkOf = networkOf;
    this.#onDeath = onDeath;
    this.#log = log;
    log.push('thread');
  }

  get isAlive(): boolean {
    return !this.#end.signal.aborted;
  }

  async call<R>(ask: (remote: Remote<Engine>) => Promise<R>): Promise<R> {
    await Promise.resolve();
    return untilAborted(ask(this as unknown as Remote<Engine>), this.#end.signal);
  }

  kill(reason = 'ended'): void {
    if (!this.isAlive) return;
    this.#log.push(`end: ${reason}`);
    this.#end.abort(new EnhanceError('engine-stopped', { reason }));
    this.#onDeath();
  }

  async start(choice: BackendChoice, _: boolean, onTile: TileListener): Promise<Reply<Machine>> {
    const { gpu, hasF16, runtimes = ['one'] } = this.#machine;
    if (choice === 'webgpu' && !gpu) return failed('gpu-missing');
    const backend = gpu && choice !== 'wasm' ? 'webgpu' : 'wasm';
    const isGpu = (this.#isGpu = backend === 'webgpu');
    this.#isLost = false;
    this.#onTile = onTile;
    this.#log.push(`start ${backend}`);
    return {
      ok: true,
      value: {
        ...{ backend, software: false, device: isGpu ? 'fake' : '', identity: backend },
        ...{ hasF16: isGpu && hasF16, bindingBytes: isGpu ? bindingBytes : 0 },
        runtimes: isGpu ? runtimes : ['cpu'],
      },
    };
  }

  load(model: EngineModel, grid: TileGrid, fault?: Fault): Promise<Reply<void>> {
    return settle(async () => {
      this.#refuseLost();
      await this.#hanging;
      const key = `${model.key} on ${model.runtime}`;
      if (this.#key !== key)
        this.#log.push(`model ${new TextDecoder().decode(model.bytes)} on ${model.runtime}`);
      this.#key = key;
      this.#stopper = new AbortController();
      const sound = this.#networkOf(model);
      const network = fault ? this.#plant(sound, fault) : sound;
      this.#loop = new ArrayLoop(grid, network, {
        signal: this.#stopper.signal,
        onTile: async (core, isFlat) => {
          this.#onTile(core, isFlat);
          await breathe();
          await this.#machine.gate?.();
        },
      });
    });
  }

  run(band: Band, patch: Patch): Promise<Reply<Samples>> {
    return settle(async () => {
      this.#refuseLost();
      if (!this.#loop) throw new EnhanceError('engine-stopped', { reason: 'no grid' });
      return this.#loop.run(band, patch);
    });
  }

  async stop(): Promise<void> {
    this.#stopper.abort();
    // The reason of the old one knows who called, and would hold that.
    this.#stopper = new AbortController();
    this.#loop = undefined;
    await this.#hanging;
  }

  warm(): Promise<Reply<void>> {
    return settle(() => undefined);
  }

  probe(...[bytes, known]: Parameters<Engine['probe']>): ReturnType<Engine['probe']> {
    return settle(() => examineNetwork(this.#probing(bytes), Date.now, known));
  }

  prove(...[bytes, found]: Parameters<Engine['prove']>): ReturnType<Engine['prove']> {
    return settle(() => proveNetwork(this.#probing(bytes), found, Date.now));
  }

  compare(...[bytes, form, found]: Parameters<Engine['compare']>): ReturnType<Engine['compare']> {
    const opener = (file: Uint8Array) => async () => {
      return { probe: this.#probing(file), release: async () => undefined };
    };
    return settle(() => measureForm(opener(bytes), opener(form), found));
  }

  #probing(bytes: Uint8Array): Probe {
    return async ({ width, height, values }) => {
      const geometry = { scale: 1, halo: 0, multiple: 1 } as const;
      const model = { key: '', bytes, geometry, precision: 'fp32', runtime: 'cpu' } as const;
      const network = this.#networkOf(model);
      const made = await network.run(values, { width, height });
      const { scale } = network;
      return { width: width * scale, height: height * scale, count: 3, values: made.slice() };
    };
  }

  #refuseLost(): void {
    if (this.#isLost) throw new EnhanceError('gpu-lost', { reason: 'planted', cause: '' });
  }

  #plant(sound: Network, { kind, at }: Fault): Network {
    let runs = 0;
    return {
      ...sound,
      run: async (tile, size) => {
        const isDue = runs++ === at;
        if (isDue) await this.#strike(kind);
        this.#refuseLost();
        const result = await sound.run(tile, size);
        const factor = isDue ? { corrupt: NaN, distort: 0.9 }[kind as string] : undefined;
        return factor === undefined ? result : result.map((value) => value * factor);
      },
    };
  }

  async #strike(kind: Fault['kind']): Promise<void> {
    switch (kind) {
      case 'lose-device':
        this.#isLost = this.#isGpu;
        return;
      case 'fail-pipeline':
        throw new EnhanceError('gpu-refused', { cause: 'planted' });
      case 'fail-allocation':
        throw new EnhanceError('gpu-memory', { cause: 'planted' });
      case 'blacken':
        // What `GpuLoop` says of zeros; arrays are not looked at for them.
        throw new EnhanceError('gpu-picture-damaged', { x: 0, y: 0, width: 1, height: 1 });
      case 'crash':
        this.kill('crashed');
        break;
      case 'vanish':
      case 'stall':
        break;
      case 'corrupt':
      case 'distort':
        return;
    }
    this.#log.push('hangs');
    this.#hanging = new Promise<never>(() => undefined);
    void this.#outwait();
    await this.#hanging;
  }

  /** Nobody else moves the clock, so a lonely wait for this thread ends here. */
  async #outwait(): Promise<void> {
    await breathe();
    while (this.isAlive) {
      await breathe();
      vi.advanceTimersByTime(agesMs);
    }
  }
}

/** Lets everything happen that waits for nothing; the fake clock stands still. */
export async function breathe(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
