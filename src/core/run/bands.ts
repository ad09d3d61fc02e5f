import type { StopSignal } from '../abort';
import { createRaster, cropRaster, type Raster } from '../picture/raster';
import { magnify, type Rect } from '../picture/rect';
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
};

/** Runs bands of one grid: on this thread, on the GPU, or in another worker. */
export interface BandRunner {
  /**
   * Runs one band. May be called again before the last band is finished; bands come back in order.
   *
   * @param band The band.
   * @param patch What it reads of the photo (`readRect`); given away.
   * @returns RGBA8 of `scale` times the band's rectangle, owned by the caller.
   */
  run(band: Band, patch: Patch): Promise<Uint8ClampedArray<ArrayBuffer>>;
}

/** What a run of bands obeys and tells. */
export type BandHooks = {
  readonly signal: StopSignal;
  /** A band's pixels have arrived in `output`. */
  onBand(band: Band, output: Raster): void;
};

/** Bands under way at once: one is copied back while the next is computed. */
const depth = 2;

/**
 * Runs bands and puts their pixels together.
 *
 * @param source The photo.
 * @param grid Its tiles.
 * @param runner Runs one band after the other.
 * @param hooks Cancel, between bands, and progress.
 * @param output Where to write; `scale` times the source's size.
 * @param bands Which of the grid's bands, asked for one by one; all by default.
 * @returns `output`.
 * @throws {DOMException} AbortError.
 * @throws {EnhanceError} What the runner fails with; the bands told of are finished all the same.
 */
export async function runBands(
  source: Raster,
  grid: TileGrid,
  runner: BandRunner,
  hooks: BandHooks,
  output: Raster = createOutput(source, grid.geometry.scale),
  bands: Iterable<Band> = grid.bands,
): Promise<Raster> {
  const started: Promise<void>[] = [];
  const finish = async (band: Band) => {
    const rect = readRect(grid, band);
    const pixels = await runner.run(band, { rect, raster: cropRaster(source, rect) });
    paste(pixels, magnify(band.rect, grid.geometry.scale), output);
    hooks.onBand(band, output);
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
  return output;
}

/**
 * The raster that results fill.
 *
 * @param source The photo.
 * @param scale The network's.
 * @returns A transparent raster, `scale` times the source's size.
 * @throws {RangeError} When it cannot be allocated.
 */
export function createOutput({ width, height, hasAlpha }: Raster, scale: number): Raster {
  return createRaster({ width: width * scale, height: height * scale }, hasAlpha);
}

function paste(pixels: Uint8ClampedArray, rect: Rect, output: Raster): void {
  const stride = rect.width * 4;
  for (let y = 0; y < rect.height; y++)
    output.data.set(
      pixels.subarray(y * stride, (y + 1) * stride),
      ((rect.y + y) * output.width + rect.x) * 4,
    );
}
