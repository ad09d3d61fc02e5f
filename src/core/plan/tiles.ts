import { EnhanceError } from '../errors';
import type { Geometry } from './network';
import { bytesOf, type Depth } from '../picture/raster';
import { intersect, shift, wholeRect, widen, type Rect, type Size } from '../picture/rect';
import type { PlaneValue } from '../recipe/kinds';

/** Most planes behind R, G and B. */
export const mostControls = 8;

/** Everything the tile loops, on arrays and on the GPU, must agree on. */
export type TileGrid = {
  /** The picture's size, with its overhang on every side. All rectangles lie in that. */
  readonly source: Size;
  /** Pixels of the opposite side that the picture is continued by where its edges belong together; else 0. */
  readonly overhang: number;
  /** The source's, and so the result's. */
  readonly depth: Depth;
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
  /**
   * What fills the planes behind R, G and B, in the network's order; at most {@link mostControls}. A varying
   * one has the photo's size and is handed in with it.
   */
  readonly controls: readonly PlaneValue[];
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

/** Source pixels on every side that bicubic alpha reads, whatever the network's halo. */
const alphaReach = 3;

const corner = { x: 0, y: 0 };

/** What may be chosen about a grid. */
export type TileOptions = {
  /** Largest side of a tile's core in source pixels, rounded up to `multiple`; tiles divide the photo evenly. */
  readonly tile: number;
  /** Where the person looks, in source pixels: work starts there; the top left corner by default. */
  readonly centre?: { readonly x: number; readonly y: number };
  /** Most bytes of one band's result; a band holds at least one tile. */
  readonly bandBytes: number;
  /** See {@link TileGrid}; 8 by default. */
  readonly depth?: Depth;
  /** See {@link TileGrid}; none by default. */
  readonly controls?: readonly PlaneValue[];
  /** See {@link TileGrid}; 1 by default. */
  readonly amount?: number;
  /** What is left to do, in source pixels: rectangles of an earlier grid's bands; all by default. */
  readonly areas?: readonly Rect[];
  /** Whether opposite edges belong together, as those of a tileable texture do; false by default. */
  readonly wraps?: boolean;
};

/**
 * Cuts a photo into tiles. With a margin of the network's halo, and the same reflected samples beyond
 * the photo's edges, every tile's core equals that part of an untiled run, so nothing needs feathering.
 *
 * @param source The photo's size.
 * @param geometry The network's scale, halo and multiple.
 * @param options Tile size, order and band size, and how the network is used.
 * @returns Bands of tiles from the centre outward: every pixel of the areas lies in exactly one core.
 * @throws {EnhanceError} `unexpected` for more than {@link mostControls} controls.
 */
export function planTiles(source: Size, geometry: Geometry, options: TileOptions): TileGrid {
  const { multiple, halo, scale } = geometry;
  const roundUp = (n: number) => Math.ceil(n / multiple) * multiple;
  const tile = roundUp(Math.max(1, options.tile));
  // Equal shares: what a last tile would have for padding is computed like everything else.
  const share = (side: number) => roundUp(Math.ceil(side / Math.ceil(side / tile)));
  const { centre = corner, controls = [], amount = 1, depth = 8, wraps = false } = options;
  if (controls.length > mostControls) throw new EnhanceError('unexpected', { cause: 'controls' });
  const overhang = wraps ? roundUp(Math.max(halo, alphaReach)) : 0;
  const place = shift(wholeRect(source), overhang);
  const areas = options.areas ?? [place];
  const from = { x: centre.x + overhang, y: centre.y + overhang };
  const core = {
    width: share(Math.max(...areas.map(({ width }) => width))),
    height: share(Math.max(...areas.map(({ height }) => height))),
  };
  const margin = roundUp(halo);
  const tileBytes = bytesOf(core, depth) * scale ** 2;
  const perBand = Math.max(1, Math.floor(options.bandBytes / tileBytes));
  const bands = areas.flatMap((area) => cutBands(area, core, perBand, from));
  const { width, height } = widen(place, overhang);
  return {
    source: { width, height },
    overhang,
    depth,
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
 * What a band reads of the photo: its rectangle, widened by all that its tiles and alpha look at and
 * clipped to the photo.
 *
 * @param grid The grid.
 * @param band One of its bands.
 * @returns A rectangle in source pixels.
 */
export function readRect({ source, margin }: TileGrid, { rect }: Band): Rect {
  const reach = Math.max(margin, alphaReach);
  return intersect(widen(rect, reach), wholeRect(source)) ?? rect;
}

/** Rows of tiles from the centre outward, each cut into runs of `perBand` tiles. */
function cutBands(area: Rect, core: Size, perBand: number, centre: typeof corner): Band[] {
  const bands: Band[] = [];
  for (const top of outward(area.height, core.height, centre.y - area.y)) {
    const y = area.y + top;
    const height = Math.min(core.height, area.height - top);
    const runs: Band[] = [];
    for (let left = 0; left < area.width; left += perBand * core.width) {
      const x = area.x + left;
      const width = Math.min(perBand * core.width, area.width - left);
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
  return bands;
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
