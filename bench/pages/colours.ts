import { toGray } from '../../src/core/picture/gray';
import { toOklab } from '../../src/core/picture/oklab';
import type { TintStroke } from '../../src/core/recipe/tint';
import { createGuide } from '../../src/core/tint/guide';
import { prepareTint } from '../../src/core/tint/lay-on';
import { spreadTint } from '../../src/core/tint/tint-map';
import { findColours } from '../../src/worker/owner/colour-search';
import { open, parts, signal } from './search-parts';

/** Sums over a photo's pixels of how far a and b of Oklab are off: left grey, and with all proposals taken. */
export type ColourSums = {
  readonly grey: number;
  readonly tinted: number;
  /** The same where the strokes' colours have come to. */
  readonly greyThere: number;
  readonly tintedThere: number;
  /** Share of the photo that they have come to, 0..1. */
  readonly share: number;
  readonly strokes: readonly TintStroke[];
  readonly seconds: number;
};

declare global {
  /** Makes the picture at an address grey, takes all colours that are proposed for it, and compares with those that it had. */
  var proposeColoursFor: (address: string) => Promise<ColourSums>;
}

globalThis.proposeColoursFor = async (address) => {
  const photo = await open(address);
  const grey = toGray({ ...photo, hasAlpha: false });
  const start = performance.now();
  const strokes = await findColours(grey, parts, { signal });
  const seconds = (performance.now() - start) / 1000;
  const { width, height } = photo;
  const places = (length: number) => Int32Array.from({ length }, (_, i) => i);
  const lay =
    strokes.length > 0
      ? prepareTint(
          spreadTint(createGuide(grey), { v: 1, strokes }),
          { columns: places(width), rows: places(height), whole: photo },
          ...([false, 255] as const),
        )
      : () => undefined;
  const sums = { grey: 0, tinted: 0, greyThere: 0, tintedThere: 0, share: 0 };
  const line = new Float64Array(width * 4);
  const colour = (data: ArrayLike<number>, at: number) =>
    toOklab(data[at]! / 255, data[at + 1]! / 255, data[at + 2]! / 255);
  for (let y = 0; y < height; y++) {
    line.set(grey.data.subarray(y * width * 4, (y + 1) * width * 4));
    lay(y, line);
    for (let x = 0; x < width; x++) {
      const [, a, b] = colour(photo.data, (y * width + x) * 4);
      const [, redness, yellowness] = colour(line, x * 4);
      const [off, before] = [Math.hypot(a - redness, b - yellowness), Math.hypot(a, b)];
      sums.grey += before;
      sums.tinted += off;
      if (Math.hypot(redness, yellowness) < 0.004) continue;
      sums.greyThere += before;
      sums.tintedThere += off;
      sums.share += 1 / (width * height);
    }
  }
  return { ...sums, strokes, seconds };
};
