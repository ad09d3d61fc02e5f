/** A coarse picture that is stretched over a fine one, both beginning at the same corner. */
export type Overlay = {
  readonly width: number;
  readonly height: number;
  /** Interleaved values of each of its samples. */
  readonly channels: number;
  /** `[width * height * channels]` */
  readonly values: Uint8Array | Float32Array;
  /** Its samples per pixel of the fine picture, along each side. */
  readonly perColumn: number;
  readonly perRow: number;
};

/** Fills `[width * channels]` with a row of an overlay, as seen by the fine picture's pixels. */
export type ReadRow = (y: number, out: Float64Array) => void;

/** Between which samples of a coarse axis each pixel lies, and how far from the one to the other. */
type Places = {
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly share: Float64Array;
};

/**
 * Prepares reading an overlay between its samples, linearly; the outermost reach to the ends.
 *
 * @param overlay The coarse picture.
 * @param columns Which column of the fine picture each wanted column is, from 0.
 * @param rows Which row each wanted row is.
 * @param scale What every value is multiplied with.
 * @returns Reads one of the wanted rows.
 */
export function prepareOverlay(
  overlay: Overlay,
  columns: Int32Array,
  rows: Int32Array,
  scale: number,
): ReadRow {
  const { width, height, channels, values, perColumn, perRow } = overlay;
  const across = findPlaces(columns, width, perColumn);
  const down = findPlaces(rows, height, perRow);
  const line = new Float64Array(width * channels);
  return (y, out) => {
    const upper = down.before[y]! * line.length;
    const lower = down.after[y]! * line.length;
    const share = down.share[y]!;
    for (let i = 0; i < line.length; i++) {
      const above = values[upper + i]!;
      line[i] = scale * (above + share * (values[lower + i]! - above));
    }
    for (let x = 0, at = 0; x < columns.length; x++) {
      const left = across.before[x]! * channels;
      const right = across.after[x]! * channels;
      const part = across.share[x]!;
      for (let c = 0; c < channels; c++, at++)
        out[at] = line[left + c]! + part * (line[right + c]! - line[left + c]!);
    }
  };
}

function findPlaces(pixels: Int32Array, length: number, density: number): Places {
  const before = new Int32Array(pixels.length);
  const after = new Int32Array(pixels.length);
  const share = new Float64Array(pixels.length);
  for (const [i, pixel] of pixels.entries()) {
    const at = Math.min(Math.max((pixel + 0.5) * density - 0.5, 0), length - 1);
    before[i] = Math.floor(at);
    after[i] = Math.min(before[i] + 1, length - 1);
    share[i] = at - before[i];
  }
  return { before, after, share };
}
