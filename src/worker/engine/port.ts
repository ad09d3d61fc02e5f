import type { BandRunner } from '../../core/run/bands';
import type { TileGrid } from '../../core/plan/tiles';
import type { BackendChoice, EngineModel, Machine, TileListener } from './protocol';

/**
 * A disposable engine as the owner's work sees it: a thread that computes, hangs, dies and is started
 * again. One job uses it at a time; `load` decides what the bands that follow are run with.
 */
export interface EnginePort extends BandRunner {
  /** Whether an engine is running. */
  readonly isAlive: boolean;
  /** Whether the engine has done so much that it should be replaced before the next band. */
  readonly isSpent: boolean;
  /**
   * Starts an engine, or keeps the one that runs where it fits.
   *
   * @param choice Which backend.
   * @returns What it runs on.
   * @throws {EnhanceError} `no-gpu` where a GPU was asked for by name and there is none.
   */
  open(choice: BackendChoice): Promise<Machine>;
  /**
   * What `open` found the last time; unlike it, it never disturbs an engine that is at work.
   *
   * @param choice Which backend.
   * @returns What runs, or ran before the engine was ended.
   * @throws {EnhanceError} As `open`, where nothing is known yet.
   */
  identify(choice: BackendChoice): Promise<Machine>;
  /** Has the automatic choice take the CPU from now on: this GPU does not work. */
  forsakeGpu(): void;
  /** Has the next `open` ask for another GPU device, in the same worker. */
  forgetDevice(): void;
  /**
   * Makes ready to run bands of a grid.
   *
   * @param model The model; its bytes are copied.
   * @param grid The tiles.
   * @param onTile Called after each tile.
   * @param inTrial Whether it is a self-test; false by default.
   * @throws {EnhanceError} What the engine fails with.
   */
  load(model: EngineModel, grid: TileGrid, onTile: TileListener, inTrial?: boolean): Promise<void>;
  /** Ends the bands under way after the present tile, or the engine where it does not answer soon. */
  stop(): Promise<void>;
  /** Ends an engine that nothing is asked of, and frees all it held, before it has been idle for long. */
  rest(): void;
  /** Ends the engine at once and frees all it held. */
  kill(): void;
}
