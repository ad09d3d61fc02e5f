import { createRaster, type Depth, type Samples } from './raster';
import type { Size } from './rect';
import type { RowSource } from './rows';

/** The golden ratio's fraction: its multiples fill an interval evenly, however many there are. */
const golden = 0.618034;

/** Where a row of windows is taken from. */
type Lane = { readonly y: number; readonly columns: readonly number[] };

/**
 * Windows of a picture, put together: a small picture that packs as the large one does.
 *
 * @param source The picture.
 * @param mostPixels About how many pixels the windows have.
 * @param windowWidth Pixels of a window, a multiple of what codecs take for a block; twice its height. Many small ones know
 *   the picture best; large ones suit a codec that foretells a block from those beside it.
 * @returns The windows side by side, with the picture's depth and alpha, and which share of the picture's pixels they are;
 *   the picture itself, of which they are all, where it has no more.
 */
export function windowsOf(
  source: RowSource,
  mostPixels: number,
  windowWidth: number,
): { readonly picture: RowSource; readonly share: number } {
  const { width, height } = source;
  if (width * height <= mostPixels) return { picture: source, share: 1 };
  const window = { width: Math.min(windowWidth, width), height: Math.min(windowWidth / 2, height) };
  const lanes = layLanes(source, window, mostPixels);
  const size = {
    width: window.width * lanes[0]!.columns.length,
    height: window.height * lanes.length,
  };
  const picture = { ...source, ...size, read: readLanes(source, lanes, window, size.width) };
  return { picture, share: (size.width * size.height) / (width * height) };
}

/** As many rows of windows as windows in a row for the picture's form, evenly spread, each a little aside of the last. */
function layLanes({ width, height }: Size, window: Size, mostPixels: number): readonly Lane[] {
  const across = Math.floor(width / window.width);
  const down = Math.floor(height / window.height);
  const part = Math.sqrt(mostPixels / (width * height));
  const wanted = mostPixels / (window.width * window.height);
  const within = (most: number, count: number) => Math.min(most, Math.max(1, Math.round(count)));
  const rows = within(down, wanted / within(across, across * part));
  const columns = within(across, Math.floor(wanted / rows));
  return Array.from({ length: rows }, (_, row) => ({
    y: place(row, rows, down, height - window.height, row * golden),
    columns: Array.from({ length: columns }, (_, column) =>
      place(column, columns, across, width - window.width, (row + column * rows) * golden),
    ),
  }));
}

/**
 * Where one of `count` windows begins. They are spread evenly over `cells` places side by side, each moved by its own share
 * of the space between two, so that no pattern of the picture falls in with them; on the grid of JPEG's blocks, so that the
 * blocks of a photo that was packed before stay blocks.
 */
function place(index: number, count: number, cells: number, room: number, aside: number): number {
  const cell = Math.floor(((index + (aside % 1)) * cells) / count);
  const block = 16;
  return block * Math.floor(((room / Math.max(1, cells - 1)) * cell) / block);
}

function readLanes(
  source: RowSource,
  lanes: readonly Lane[],
  window: Size,
  width: number,
): RowSource['read'] {
  const { hasAlpha, depth } = source;
  return async (y, height) => {
    const out: Samples = createRaster<Depth>({ width, height }, hasAlpha, depth).data;
    for (let at = y; at < y + height;) {
      const lane = lanes[Math.floor(at / window.height)]!;
      const skipped = at % window.height;
      const count = Math.min(window.height - skipped, y + height - at);
      const rows = await source.read(lane.y + skipped, count);
      for (let row = 0; row < count; row++)
        for (const [i, x] of lane.columns.entries()) {
          const from = (row * source.width + x) * 4;
          out.set(
            rows.subarray(from, from + window.width * 4),
            ((at - y + row) * width + i * window.width) * 4,
          );
        }
      at += count;
    }
    return out;
  };
}
