import { peakOf, roundLevel } from '../picture/depth';
import type { Plane } from '../picture/plane';
import { createLike, depthOf, type Raster, type Samples } from '../picture/raster';
import { coverPixels, intersect, wholeRect, widen, type Rect, type Size } from '../picture/rect';
import type { Pause } from '../shake/pace';
import { healPart } from './heal-part';
import { hole, known, unknown, type Part } from './part';
import { range, reach } from './patch-search';

/** Side of what is healed at once. */
const tileSide = 256;

/** What is seen round it: as far as patches are looked for, and their own reach. */
const margin = range + reach + 1;

/** Damage of at least this much is healed wholly; of less, the photo's own pixel shows through. */
const wholeFrom = 0.5;

/** Milliseconds for a pixel that is damaged, and for one that is not. */
const msADamaged = 0.012;
const msAPixel = 1e-4;

/** Bytes that a pixel of a tile with its margin takes. */
const bytesATiled = 60;

/**
 * Heals what is damaged of a picture, tile after tile, each with what was healed before it in view: from patches
 * nearby (see {@link healPart}).
 *
 * @param raster Only read.
 * @param damage Of its size, 0..1: 0 where nothing may change, from a half on where nothing of the photo is kept.
 * @param pause Awaited after each tile; what it rejects with ends the work.
 * @returns A raster of the same size that owns a new buffer, equal where the damage is 0; alpha is the photo's, and gray stays
 *   gray. `raster` itself where nothing is damaged, and where nothing else is there to heal it from.
 * @throws {unknown} What `pause` rejects with.
 * @throws {RangeError} When a buffer cannot be allocated.
 */
export async function healDamage<S extends Samples>(
  raster: Raster<S>,
  damage: Plane,
  pause: Pause,
): Promise<Raster<S>> {
  const tiles = damagedTiles(damage);
  if (tiles.length === 0 || !damage.values.includes(0)) return raster;
  const out = createLike(raster);
  out.data.set(raster.data);
  const healed = new Uint8Array(tileAt(damage, damage.width - 1, damage.height - 1) + 1);
  await healTiles({ raster: out, damage, healed }, tiles, pause);
  return out;
}

/**
 * What {@link healDamage} costs.
 *
 * @param size The picture's.
 * @param share How much of it is damaged, 0..1.
 * @returns `ms` that one core of a usual machine takes; `bytes` that it works in, picture, damage and result left out;
 *   `reach`: pixels on every side that a pixel is made from, but for what was healed before.
 */
export function healCosts(
  { width, height }: Size,
  share: number,
): { readonly ms: number; readonly bytes: number; readonly reach: number } {
  return {
    ms: width * height * (msAPixel + share * msADamaged),
    bytes: (tileSide + 2 * margin) ** 2 * bytesATiled,
    reach: tileSide + margin,
  };
}

/** A tile, and how many of its pixels are damaged. */
type Tile = { readonly rect: Rect; readonly count: number };

/** The tiles with damage, row by row. */
function damagedTiles(damage: Plane): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let y = 0; y < damage.height; y += tileSide)
    for (let x = 0; x < damage.width; x += tileSide) {
      const rect = coverPixels({ x, y, width: tileSide, height: tileSide }, damage);
      let count = 0;
      for (let row = y; row < y + rect.height; row++)
        for (let at = row * damage.width + x; at < row * damage.width + x + rect.width; at++)
          if (damage.values[at]! > 0) count++;
      if (count > 0) tiles.push({ rect, count });
    }
  return tiles;
}

/** A picture that is being healed, and its tiles. */
type Wounded = {
  /** Written. */
  readonly raster: Raster;
  readonly damage: Plane;
  /** For the tiles of the picture, row by row, 1 where one is healed. */
  readonly healed: Uint8Array;
};

/** Those with the least damage first: what is wide is healed from all of its sides. */
async function healTiles(wounded: Wounded, tiles: readonly Tile[], pause: Pause): Promise<void> {
  const whole = tiles.reduce((sum, { count }) => sum + count, 0);
  let done = 0;
  let left = tiles.toSorted((a, b) => a.count - b.count);
  while (left.length > 0) {
    const blind: Tile[] = [];
    for (const tile of left) {
      const seen = intersect(widen(tile.rect, margin), wholeRect(wounded.damage))!;
      const part = cutPart(wounded, seen, tile.rect);
      if (!part.state.includes(known)) {
        blind.push(tile);
        continue;
      }
      healPart(part);
      putBack(wounded, part, seen, tile.rect);
      wounded.healed[tileAt(wounded.damage, tile.rect.x, tile.rect.y)] = 1;
      done += tile.count;
      await pause(done / whole);
    }
    if (blind.length === left.length) return;
    left = blind;
  }
}

function tileAt({ width }: Size, x: number, y: number): number {
  return Math.floor(y / tileSide) * Math.ceil(width / tileSide) + Math.floor(x / tileSide);
}

/** What is seen of a picture; damage is a hole inside of the tile, and known where it was healed before. */
function cutPart({ raster, damage, healed }: Wounded, seen: Rect, tile: Rect): Part {
  const { width, height } = seen;
  const { data } = raster;
  const rgb = new Float32Array(width * height * 3);
  const state = new Uint8Array(width * height);
  const perLevel = peakOf(depthOf(raster)) / 255;
  for (let y = seen.y, to = 0; y < seen.y + height; y++) {
    const isRow = y >= tile.y && y < tile.y + tile.height;
    for (let x = seen.x, from = y * damage.width + x; x < seen.x + width; x++, from++, to++) {
      rgb[to * 3] = data[from * 4]! / perLevel;
      rgb[to * 3 + 1] = data[from * 4 + 1]! / perLevel;
      rgb[to * 3 + 2] = data[from * 4 + 2]! / perLevel;
      if (damage.values[from]! > 0 && !healed[tileAt(damage, x, y)])
        state[to] = isRow && x >= tile.x && x < tile.x + tile.width ? hole : unknown;
      else state[to] = data[from * 4 + 3] === 0 ? unknown : known;
    }
  }
  return { width, height, rgb, state };
}

/** Writes what was healed of a tile. */
function putBack({ raster, damage }: Wounded, part: Part, seen: Rect, tile: Rect): void {
  const peak = peakOf(depthOf(raster));
  for (let y = tile.y; y < tile.y + tile.height; y++)
    for (let x = tile.x; x < tile.x + tile.width; x++) {
      const to = y * damage.width + x;
      const from = (y - seen.y) * part.width + x - seen.x;
      if (damage.values[to]! <= 0) continue;
      const share = Math.min(1, damage.values[to]! / wholeFrom);
      for (let c = 0; c < 3; c++) {
        const own = raster.data[to * 4 + c]!;
        const healed = (part.rgb[from * 3 + c]! * peak) / 255;
        raster.data[to * 4 + c] = roundLevel(own + share * (healed - own), peak);
      }
    }
}
