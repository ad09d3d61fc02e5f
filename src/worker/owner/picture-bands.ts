import type { StopSignal } from '../../core/abort';
import {
  sinkInto,
  type Picture,
  type PictureSink,
  type StoredPicture,
} from '../../core/picture/picture';
import type { Plane } from '../../core/picture/plane';
import { depthOf, type Raster } from '../../core/picture/raster';
import { shift, type Rect } from '../../core/picture/rect';
import type { NetworkPlan } from '../../core/plan/step-plan';
import type { NetworkKind } from '../../core/recipe/kinds';
import { planTiles, type Band, type TileGrid } from '../../core/plan/tiles';
import { createOutput, runBandsInto, type BandRunner } from '../../core/run/bands';
import type { Card } from '../../models/catalog';

/** How the bands of a source are run. */
export type BandWork = {
  readonly signal: StopSignal;
  /** Asked before each band: false ends the work after the bands under way. */
  readonly mayGoOn: () => boolean;
  /** A band is finished. */
  readonly onBand: () => void;
};

/**
 * Work for one network, cut into bands that are run one after the other, now or later: a picture, and
 * some day the frames of a film. What is finished stays finished, whatever becomes of the engine.
 */
export interface BandSource {
  /** Finished share, 0..1. */
  readonly done: number;
  /** Whether nothing is left. */
  readonly isFinished: boolean;
  /**
   * All of the work in tiles of a side, as a model is tried out for it.
   *
   * @param tile Largest side of a tile's core, in pixels.
   * @param bandBytes Most bytes of a band's result.
   * @returns A grid that is not run.
   */
  shape(tile: number, bandBytes: number): TileGrid;
  /**
   * Cuts what is left into tiles of a side; the same side leaves the grid as it is.
   *
   * @param tile Largest side of a tile's core, in pixels.
   * @param bandBytes Most bytes of a band's result.
   * @returns The grid that `run` works on.
   */
  take(tile: number, bandBytes: number): TileGrid;
  /**
   * How much of the work a tile is.
   *
   * @param core The tile's core, in pixels.
   * @returns 0..1.
   */
  shareOf(core: Rect): number;
  /**
   * Runs bands that are left.
   *
   * @param runner Runs one band after the other; ready for the grid that `take` returned.
   * @param work Cancel, pause and progress.
   * @throws {DOMException} The signal's reason.
   * @throws {EnhanceError} What the runner fails with; the bands told of are finished all the same.
   */
  run(runner: BandRunner, work: BandWork): Promise<void>;
  /** What was finished cannot be trusted: all of it is to be done again. */
  restart(): void;
}

/** One network over one picture. */
export type PictureJob = {
  /** Only read. */
  readonly input: Raster;
  readonly plan: Pick<NetworkPlan<Card>, 'model' | 'controls' | 'wraps' | 'area'> & {
    readonly step: Pick<NetworkKind, 'amount'>;
  };
  /** The plan's varying planes, in its order: of the input's size, 0..1; only read. */
  readonly planes: readonly Plane[];
  /** Where work starts, in pixels of the input. */
  readonly centre: { readonly x: number; readonly y: number };
  /** Where its pixels go: of the output's size and the input's kind; into memory by default. */
  readonly place?: (StoredPicture & PictureSink) | null;
};

/** What becomes of a picture. */
export type PictureHooks = {
  /** Pixels have arrived in the output, in pixels of the input. */
  onPixels(rect: Rect): void;
  /** All that was finished is void. */
  onAnew(): void;
};

/** The bands of a picture, and the picture that they add up to. */
export class PictureBands implements BandSource {
  readonly #job: PictureJob;
  readonly #hooks: PictureHooks;
  #memory: Raster | undefined;
  #grid: TileGrid | undefined;
  /** Side of a tile that the grid was cut for. */
  #tile = 0;
  /** What is still to do of the grid. */
  readonly #rest = new Set<Band>();

  /**
   * @param job What is to be done.
   * @param hooks Told of the picture's growth.
   */
  constructor(job: PictureJob, hooks: PictureHooks) {
    this.#job = job;
    this.#hooks = hooks;
  }

  /** Fills up while bands are run; `scale` times the input's size; in memory it is allocated when it is first asked for. */
  get output(): Picture {
    return this.#job.place ?? this.#raster;
  }

  get #raster(): Raster {
    return (this.#memory ??= createOutput(this.#job.input, this.#job.plan.model.scale));
  }

  /** @inheritdoc */
  get done(): number {
    return this.#grid ? 1 - this.#share([...this.#rest].map(({ rect }) => rect)) : 0;
  }

  /** @inheritdoc */
  get isFinished(): boolean {
    return this.#grid !== undefined && this.#rest.size === 0;
  }

  /** @inheritdoc */
  shape(tile: number, bandBytes: number): TileGrid {
    return this.#cut(tile, bandBytes);
  }

  /** @inheritdoc */
  take(tile: number, bandBytes: number): TileGrid {
    if (this.#grid && tile === this.#tile) return this.#grid;
    const areas = this.#grid && [...this.#rest].map(({ rect }) => rect);
    const grid = this.#cut(tile, bandBytes, areas);
    this.#grid = grid;
    this.#tile = tile;
    this.#rest.clear();
    for (const band of grid.bands) this.#rest.add(band);
    return grid;
  }

  /** @inheritdoc */
  shareOf(core: Rect): number {
    return this.#share([core]);
  }

  /** @inheritdoc */
  async run(runner: BandRunner, { signal, mayGoOn, onBand }: BandWork): Promise<void> {
    const grid = this.#grid;
    if (!grid) return;
    const hooks = {
      signal,
      onBand: (band: Band) => {
        this.#rest.delete(band);
        onBand();
        this.#hooks.onPixels(shift(band.rect, -grid.overhang));
      },
    };
    const { input, planes, place } = this.#job;
    const bands = this.#while(mayGoOn);
    const sink = place ?? sinkInto(this.#raster);
    await runBandsInto(input, grid, runner, hooks, sink, { bands, planes });
  }

  /** @inheritdoc */
  restart(): void {
    this.#grid = undefined;
    this.#rest.clear();
    this.#hooks.onAnew();
  }

  *#while(mayGoOn: () => boolean): Generator<Band> {
    for (const band of [...this.#rest]) {
      if (!mayGoOn()) return;
      yield band;
    }
  }

  #cut(tile: number, bandBytes: number, areas?: readonly Rect[]): TileGrid {
    const { input, plan, centre } = this.#job;
    const { model, controls, step, wraps, area } = plan;
    const depth = depthOf(input);
    const use = { tile, bandBytes, centre, controls, depth, wraps, amount: step.amount };
    const wanted = areas ?? (area && [area]);
    return planTiles(input, model, wanted ? { ...use, areas: wanted } : use);
  }

  #share(parts: readonly Rect[]): number {
    const { width, height } = this.#job.input;
    return parts.reduce((sum, part) => sum + part.width * part.height, 0) / (width * height);
  }
}
