import type { Geometry } from './network';
import type { Rect, Size } from './raster';

/** Everything the tile loops, on arrays and on the GPU, must agree on. */
export type TileGrid = {
  readonly source: Size;
  readonly geometry: Geometry;
  /** Full tile core in source pixels; tiles at the right and bottom may keep less of it. */
  readonly core: Size;
  /** Margin round a core that is computed and thrown away: the halo, rounded up to `multiple`. */
  readonly margin: number;
  /** What the network sees of every tile: core plus margins, always the same size. */
  readonly window: Size;
  /** In the order of work. */
  readonly bands: readonly Band[];
  readonly tileCount: number;
  /** Values of the constant planes behind R, G and B, in the network's order; at most 4. */
  readonly controls: readonly number[];
  /** 0..1: how much of the network's result is mixed into its input; below 1 only at scale 1. */
  readonly amount: number;
};

/** A run of neighbouring tiles in one row of tiles: what is read back from the GPU at once. */
export type Band = {
  /** In source pixels, clipped to the photo. */
  readonly rect: Rect;
  /** Cores of the tiles, in source pixels, clipped to the photo; in the order of work. */
  readonly tiles: readonly Rect[];
};

/** Source rows on either side that bicubic alpha reads, whatever the network's halo. */
const alphaReach = 2;

/** What may be chosen about a grid. */
export type TileOptions = {
  /** Largest side of a tile's core in source pixels, rounded up to `multiple`; tiles divide the photo evenly. */
  readonly tile: number;
  /** Where the person looks, in source pixels: work starts there. */
  readonly centre: { readonly x: number; readonly y: number };
  /** Most bytes of one band's result (RGBA8); a band holds at least one tile. */
  readonly bandBytes: number;
  /** See {@link TileGrid}; none by default. */
  readonly controls?: readonly number[];
  /** See {@link TileGrid}; 1 by default. */
  readonly amount?: number;
};

/**
 * Cuts a photo into tiles. With a margin of the network's halo, and the same reflected samples beyond
 * the photo's edges, every tile's core equals that part of an untiled run, so nothing needs feathering.
 *
 * @param source The photo's size.
 * @param geometry The network's scale, halo and multiple.
 * @param options Tile size, order and band size, and how the network is used.
 * @returns Bands of tiles from the centre outward: every source pixel lies in exactly one core.
 */
export function planTiles(source: Size, geometry: Geometry, options: TileOptions): TileGrid {
  const { multiple, halo, scale } = geometry;
  const roundUp = (n: number) => Math.ceil(n / multiple) * multiple;
  const tile = roundUp(Math.max(1, options.tile));
  // Equal shares: what a last tile would have for padding is computed like everything else.
  const share = (side: number) => roundUp(Math.ceil(side / Math.ceil(side / tile)));
  const core = { width: share(source.width), height: share(source.height) };
  const margin = roundUp(halo);
  const tileBytes = core.width * core.height * scale * scale * 4;
  const perBand = Math.max(1, Math.floor(options.bandBytes / tileBytes));
  const { centre, controls = [], amount = 1 } = options;

  const bands: Band[] = [];
  for (const y of outward(source.height, core.height, centre.y)) {
    const height = Math.min(core.height, source.height - y);
    const runs: Band[] = [];
    for (let x = 0; x < source.width; x += perBand * core.width) {
      const width = Math.min(perBand * core.width, source.width - x);
      const tiles = outward(width, core.width, centre.x - x).map((offset) => ({
        x: x + offset,
        y,
        width: Math.min(core.width, width - offset),
        height,
      }));
      runs.push({ rect: { x, y, width, height }, tiles });
    }
    runs.sort((a, b) => distance(a.rect, centre.x) - distance(b.rect, centre.x));
    bands.push(...runs);
  }
  return {
    source,
    geometry,
    core,
    margin,
    window: { width: core.width + 2 * margin, height: core.height + 2 * margin },
    bands,
    tileCount: bands.reduce((sum, band) => sum + band.tiles.length, 0),
    controls,
    amount,
  };
}

/**
 * The source rows that a row of tiles reads, reflections included: a contiguous strip.
 *
 * @param grid The grid.
 * @param rect Any tile or band of the row.
 * @returns First row and number of rows.
 */
export function stripRows(grid: TileGrid, rect: Rect): { top: number; rows: number } {
  const reach = Math.max(grid.margin, alphaReach);
  const top = Math.max(0, rect.y - reach);
  const bottom = Math.min(grid.source.height, rect.y + rect.height + reach);
  return { top, rows: bottom - top };
}

/** Multiples of `step` below `length`, nearest interval first. */
function outward(length: number, step: number, centre: number): number[] {
  const starts = Array.from({ length: Math.ceil(length / step) }, (_, i) => i * step);
  const far = (start: number) => Math.abs(start + Math.min(step, length - start) / 2 - centre);
  return starts.sort((a, b) => far(a) - far(b));
}

function distance(rect: Rect, x: number): number {
  return Math.abs(rect.x + rect.width / 2 - x);
}
