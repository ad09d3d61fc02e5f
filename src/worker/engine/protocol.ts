import type { Reply } from '../../core/errors';
import type { Geometry, Precision } from '../../core/plan/network';
import type { Runtimes } from '../../core/plan/recovery';
import type { Patch } from '../../core/run/bands';
import type { FormLoss } from '../../core/run/form-loss';
import type { Examined, Known, Provable, Proof } from '../../core/run/probe';
import type { Rect } from '../../core/picture/rect';
import type { Samples } from '../../core/picture/raster';
import type { Band, TileGrid } from '../../core/plan/tiles';
import type { Fault } from '../../engine/faults';

/** Which backend was asked for: `?backend=`. */
export type BackendChoice = 'auto' | 'webgpu' | 'wasm';

/** What an engine runs on. */
export type Machine = {
  readonly backend: 'webgpu' | 'wasm';
  /** True where the GPU is a software adapter, that is, the CPU. */
  readonly software: boolean;
  /** Adapter description; empty on wasm or where the browser hides it. */
  readonly device: string;
  /** Adapter and driver as far as the browser tells: what was proved on one says nothing of another. */
  readonly identity: string;
  readonly hasF16: boolean;
  /** Largest buffer that one binding may hold, in bytes; 0 on wasm. */
  readonly bindingBytes: number;
  /** The libraries that run networks on it, by name and version; the one to be tried first, first. */
  readonly runtimes: Runtimes;
};

/** Told of each finished tile; a flat one cost nothing (see `ArrayLoop`). */
export type TileListener = (core: Rect, isFlat: boolean) => void;

/** A model's verified file. */
export type EngineModel = {
  /** Equal keys mean equal bytes. */
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly geometry: Geometry;
  readonly precision: Precision;
  /** Which of the machine's runtimes is to run it. */
  readonly runtime: string;
  /** Whether it stays beside other such models, as they are all run for each picture of a clip; false by default: then it is alone. */
  readonly isBeside?: boolean;
};

/**
 * The engine's surface: the GPU device or the CPU's threads, one loaded model, one grid of tiles. It
 * holds no photo, so that it may be killed at any moment.
 */
export interface Engine {
  /**
   * Opens the GPU, or another device in place of the last one, or takes the CPU.
   *
   * @param choice Which backend; `auto` takes the CPU where there is no GPU.
   * @param acceptSoftware Whether `auto` takes a software adapter.
   * @param onTile Called after each tile; a comlink proxy.
   */
  start(
    choice: BackendChoice,
    acceptSoftware: boolean,
    onTile: TileListener,
  ): Promise<Reply<Machine>>;
  /**
   * Makes ready to run bands of a grid; a model that is loaded for the same window stays.
   *
   * @param model The model.
   * @param grid The tiles.
   * @param fault What is to go wrong (tests only).
   */
  load(model: EngineModel, grid: TileGrid, fault?: Fault): Promise<Reply<void>>;
  /** Runs a band of the loaded grid; see `BandRunner`. */
  run(band: Band, patch: Patch, spare?: ArrayBuffer | null): Promise<Reply<Samples>>;
  /** Ends the bands under way after the present tile, and frees the grid's buffers. */
  stop(): Promise<void>;
  /** Loads what runs networks on the CPU, ahead of the first. */
  warm(): Promise<Reply<void>>;
  /** Finds out what a person's own network is, by running it on the CPU; see `examineNetwork`. */
  probe(bytes: Uint8Array, known: Known): Promise<Reply<Examined>>;
  /** Makes a golden tile of it, on the CPU; see `proveNetwork`. */
  prove(bytes: Uint8Array, found: Provable): Promise<Reply<Proof>>;
  /** Runs it and another form of its weights on the CPU; see `measureForm`. */
  compare(bytes: Uint8Array, form: Uint8Array, found: Sided): Promise<Reply<FormLoss | null>>;
}

/** What of a network a test picture must fit. */
export type Sided = Pick<Provable, 'scale' | 'multiple'>;

/** Milliseconds without a sign of life after which an engine counts as hung. */
export type Patience = {
  /** While a model is loaded, and up to a grid's first tile: shaders are compiled in these. */
  readonly start: number;
  /** Between two tiles, at least. */
  readonly tile: number;
};

/** How an engine is used; all but the defaults is for tests. */
export type HostOptions = {
  /** Whether the automatic choice takes a software adapter. */
  readonly acceptSoftware?: boolean;
  readonly patience?: Partial<Patience>;
  /** What goes wrong: the first with the first grid that is loaded, and so on. */
  readonly faults?: readonly Fault[];
  /** Milliseconds without work after which the engine is ended and its memory given back. */
  readonly idleMs?: number;
  /** Network runs after which the engine is replaced. */
  readonly budget?: number;
};
