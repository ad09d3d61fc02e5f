import type { StopSignal } from '../abort';
import { EnhanceError } from '../errors';
import { crop, cropEndless as cropPlaneEndless, type Plane } from '../picture/plane';
import { sinkInto, type PictureSink } from '../picture/picture';
import {
  createLike,
  cropEndless,
  cropRaster,
  depthOf,
  type Raster,
  type Samples,
} from '../picture/raster';
import { magnify, shift, type Rect } from '../picture/rect';
import { readRect, type Band, type TileGrid } from '../plan/tiles';

/** What a tile loop tells while it works. */
export type TileHooks = {
  readonly signal: StopSignal;
  /**
   * A tile has been computed; a flat one was known already. Awaited, so it is also where the loop
   * yields to other work on its thread.
   */
  onTile(core: Rect, isFlat: boolean): Promise<void> | void;
};

/** A part of a photo, cut out for one band. */
export type Patch = {
  /** Where it lies, in source pixels. */
  readonly rect: Rect;
  /** Its pixels. */
  readonly raster: Raster;
  /** Its part of each varying plane, in the order of the grid's controls. */
  readonly planes: readonly Plane[];
};

/** Runs bands of one grid: on this thread, on the GPU, or in another worker. */
export interface BandRunner {
  /**
   * Runs one band. May be called again before the last band is finished; bands come back in order.
   *
   * @param band The band.
   * @param patch What it reads of the photo (`readRect`); given away.
   * @param spare A buffer that the result may be written to, with anything in it; given away.
   * @returns RGBA of the patch's depth, `scale` times the band's rectangle, owned by the caller.
   */
  run(band: Band, patch: Patch, spare?: ArrayBuffer | null): Promise<Samples>;
  /**
   * Takes back a result that is no longer read, so that a later one may be written to its buffer.
   *
   * @param pixels What `run` has returned.
   */
  giveBack?(pixels: Samples): void;
}

/** What a run of bands obeys and tells. */
export type BandHooks = {
  readonly signal: StopSignal;
  /** A band's pixels are where they belong: in `output`, where that is a raster. */
  onBand(band: Band, output?: Raster): void;
};

/** What may be chosen about a run of bands. */
export type BandOptions = {
  /** Which of the grid's bands, asked for one by one; all by default. */
  readonly bands?: Iterable<Band>;
  /** The grid's varying controls, in order: of the source's size, 0..1; only read. */
  readonly planes?: readonly Plane[];
};

/** Bands under way at once: one is copied back while the next is computed. */
const depth = 2;

/**
 * Runs bands and writes their pixels where they belong.
 *
 * @param source The photo, of the grid's depth and, but for its overhang, its size.
 * @param grid Its tiles.
 * @param runner Runs one band after the other.
 * @param hooks Cancel, between bands, and progress.
 * @param sink Takes the pixels: `scale` times the source's size, of its kind.
 * @param options Of which bands.
 * @throws {DOMException} AbortError.
 * @throws {EnhanceError} `unexpected` where the photo has another depth than the grid, or planes are missing
 *   or too many.
 * @throws {EnhanceError} What the runner fails with; the bands told of are finished all the same.
 * @throws {unknown} What the sink fails with.
 */
export async function runBandsInto(
  source: Raster,
  grid: TileGrid,
  runner: BandRunner,
  hooks: BandHooks,
  sink: PictureSink,
  options: BandOptions = {},
): Promise<void> {
  const { bands = grid.bands, planes = [] } = options;
  checkKind(source, planes, grid);
  const started: Promise<void>[] = [];
  const finish = async (band: Band) => {
    const pixels = await runner.run(band, cutPatch(source, planes, grid, band));
    await sink.write(pixels, magnify(shift(band.rect, -grid.overhang), grid.geometry.scale));
    runner.giveBack?.(pixels);
    hooks.onBand(band);
  };
  try {
    for (const band of bands) {
      hooks.signal.throwIfAborted();
      const next = finish(band);
      // Met below, in its turn.
      next.catch(() => undefined);
      started.push(next);
      await started.at(-depth);
    }
    await Promise.all(started);
  } finally {
    await Promise.allSettled(started);
  }
}

/**
 * Runs bands and puts their pixels together in memory.
 *
 * @param source As for {@link runBandsInto}, as are the other parameters and what is thrown.
 * @param grid Its tiles.
 * @param runner Runs one band after the other.
 * @param hooks Cancel, between bands, and progress.
 * @param options Of which bands.
 * @returns A new raster: `scale` times the source's size, of its kind.
 */
export async function runBands<S extends Samples>(
  source: Raster<S>,
  grid: TileGrid,
  runner: BandRunner,
  hooks: BandHooks,
  options: BandOptions = {},
): Promise<Raster<S>> {
  const output = createOutput(source, grid.geometry.scale);
  const { signal } = hooks;
  const told: BandHooks = { signal, onBand: (band) => hooks.onBand(band, output) };
  await runBandsInto(source, grid, runner, told, sinkInto(output), options);
  return output;
}

/**
 * The raster that results fill.
 *
 * @param source The photo.
 * @param scale The network's.
 * @returns A transparent raster of the source's kind, `scale` times its size.
 * @throws {RangeError} When it cannot be allocated.
 */
export function createOutput<S extends Samples>(source: Raster<S>, scale: number): Raster<S> {
  return createLike(source, { width: source.width * scale, height: source.height * scale });
}

/** What a band reads; beyond the picture's edges, of its opposite sides. */
function cutPatch(source: Raster, planes: readonly Plane[], grid: TileGrid, band: Band): Patch {
  const rect = readRect(grid, band);
  if (grid.overhang === 0) {
    const parts = planes.map((plane) => crop(plane, rect.x, rect.y, rect));
    return { rect, raster: cropRaster(source, rect), planes: parts };
  }
  const part = shift(rect, -grid.overhang);
  const parts = planes.map((plane) => cropPlaneEndless(plane, part));
  return { rect, raster: cropEndless(source, part), planes: parts };
}

function checkKind(source: Raster, planes: readonly Plane[], { depth, controls }: TileGrid): void {
  if (depthOf(source) !== depth) throw new EnhanceError('unexpected', { cause: 'grid-depth' });
  const wanted = controls.filter((control) => control === 'varying').length;
  if (planes.length !== wanted) throw new EnhanceError('unexpected', { cause: 'grid-planes' });
}
