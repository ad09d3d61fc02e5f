import { peakOf, roundLevel } from '../picture/depth';
import { createLike, depthOf, type Raster } from '../picture/raster';
import { createCutFinder } from './cuts';
import {
  measureLight,
  regionColumns,
  regionCount,
  regionRows,
  type LightMemory,
} from './light-change';
import type { FilmFrame, FilmStep, Made } from './step';

/** Deviation of the window over time, in microseconds: of 3 Hz a sixtieth is left. */
const deviation = 150_000;

/** Microseconds that the window reaches each way. */
const reach = 400_000;

/** Frames that are held at most, whatever their rate. */
const mostHeld = 32;

/** Gains nearer to 1 than this change nothing that is seen. */
const least = 1 / 1024;

/** Share of full scale from which a level is the less darkened: what is clipped did not flicker. */
export const bright = 235 / 255;

/** Multiplies a picture: see {@link applyGains}. */
export type ApplyGains = (raster: Raster, gains: Float32Array) => Made<Raster>;

/** When a frame is shown, in microseconds, and its light: see `measureLight`. */
export type Lit = { readonly at: number; readonly light: Float32Array };

type Entry = Lit & { frame: FilmFrame | null };

/**
 * Takes flicker of lamps, shutters and worn film out: the light of each region and channel, measured along motion, is smoothed over time
 * by a straight line fitted round each frame with Gaussian weights, and the frame is multiplied by what is missing (as van Roosmalen et
 * al. 1999, "Correction of Intensity Flicker in Old Film Sequences", by regions; local lines after Cleveland 1979). A line follows a
 * fade; a cut begins anew. What is clipped stays white.
 *
 * Holds the frames of 0.4 s, of 0.8 s where a scene begins, at most 32, and for 1.2 s the light of 192 regions of each.
 *
 * @param options How much.
 * @param options.strength From 0, nothing, to 1, all that is measured.
 * @param options.apply Multiplies pictures; on arrays by default.
 * @returns A step that holds frames back.
 */
export function createDeflicker({
  strength,
  apply = applyGains,
}: {
  readonly strength: number;
  readonly apply?: ApplyGains;
}): FilmStep {
  const cuts = createCutFinder();
  let memory: LightMemory | null = null;
  let scene: Entry[] = [];
  let done = 0;
  let begin = 0;
  const give = async (isEnd: boolean) => {
    const out: FilmFrame[] = [];
    const latest = scene.at(-1)?.at ?? 0;
    while (done < scene.length) {
      const frame = scene[done]!.frame!;
      const known = Math.min(latest - frame.at, (latest - begin) / 2);
      const isReady = known >= reach || scene.length - done > mostHeld;
      if (!isEnd && !isReady) break;
      out.push(await relight(scene, done++, strength, apply));
      // A scene's last frames are seen from the middle of the window that ends with it.
      const old = scene.findIndex((entry) => entry.at >= frame.at - 2 * reach);
      scene.splice(0, old);
      done -= old;
      scene[done - 1]!.frame = null;
    }
    return out;
  };
  const end = async () => {
    const out = await give(true);
    scene = [];
    done = 0;
    memory = null;
    return out;
  };
  return {
    async push(frame) {
      if (strength <= 0) return [frame];
      const before = cuts.next(frame.raster) ? await end() : [];
      memory = measureLight(frame.raster, memory);
      if (scene.length === 0) begin = frame.at;
      scene.push({ frame, at: frame.at, light: memory.light });
      return [...before, ...(await give(false))];
    },
    flush: end,
  };
}

/** A frame in the light of the frames round it. */
async function relight(
  scene: readonly Entry[],
  index: number,
  strength: number,
  apply: ApplyGains,
): Promise<FilmFrame> {
  const { light } = scene[index]!;
  const frame = scene[index]!.frame!;
  const smooth = smoothLight(scene, index);
  let isFlat = true;
  const gains = light.map((own, i) => {
    const gain = (smooth[i]! / Math.exp(own)) ** strength;
    if (Math.abs(gain - 1) > least) isFlat = false;
    return gain;
  });
  return isFlat ? frame : { ...frame, raster: await apply(frame.raster, gains) };
}

/**
 * Light at a frame without its flicker, not as a logarithm: of lines fitted to the frames round it, or, near the ends of a scene, to those
 * of the window that begins or ends there.
 *
 * @param scene The frames of one scene, at least the window's, in their order.
 * @param index Which of them.
 * @returns `[3 * regionCount]`, as light has them; owns its buffer.
 */
export function smoothLight(scene: readonly Lit[], index: number): Float32Array {
  const { at } = scene[index]!;
  const [start, end] = [scene[0]!.at, scene.at(-1)!.at];
  const middle = Math.max(start + reach, Math.min(end - reach, at));
  const centre = end - start < 2 * reach ? (start + end) / 2 : middle;
  let [all, first, second] = [0, 0, 0];
  const near = scene.map((entry) => {
    const time = (entry.at - centre) / deviation;
    const weight = Math.abs(entry.at - centre) > reach ? 0 : Math.exp(-0.5 * time * time);
    all += weight;
    first += weight * time;
    second += weight * time * time;
    return { light: entry.light, time, weight };
  });
  const wanted = (at - centre) / deviation;
  const determinant = all * second - first * first;
  const hasLine = determinant > 1e-6 * all * all;
  const out = new Float32Array(3 * regionCount);
  for (const { light, time, weight } of near) {
    const line = second - first * time + wanted * (all * time - first);
    const share = weight * (hasLine ? line / determinant : 1 / all);
    if (share !== 0) for (let i = 0; i < out.length; i++) out[i]! += share * Math.exp(light[i]!);
  }
  return out;
}

/**
 * Multiplies a picture, each region and channel by a gain of its own, linearly between their middles.
 *
 * @param raster The picture; only read.
 * @param gains `[3 * regionCount]`, row by row, red, green and blue of each region.
 * @returns A raster that owns a new buffer, its alpha the picture's.
 */
export function applyGains(raster: Raster, gains: Float32Array): Raster {
  const { width, height, data } = raster;
  const out = createLike(raster);
  const peak = peakOf(depthOf(raster));
  const line = new Float32Array(3 * regionColumns);
  for (let y = 0, to = 0; y < height; y++) {
    const row = Math.max(0, Math.min(regionRows - 1, ((y + 0.5) * regionRows) / height - 0.5));
    const top = Math.min(regionRows - 2, Math.floor(row));
    for (let i = 0; i < line.length; i++) {
      const upper = gains[top * line.length + i]!;
      line[i] = upper + (row - top) * (gains[(top + 1) * line.length + i]! - upper);
    }
    for (let x = 0; x < width; x++, to += 4) {
      const place = ((x + 0.5) * regionColumns) / width - 0.5;
      const column = Math.max(0, Math.min(regionColumns - 1, place));
      const left = Math.min(regionColumns - 2, Math.floor(column));
      for (let c = 0; c < 3; c++) {
        const near = line[3 * left + c]!;
        const gain = near + (column - left) * (line[3 * left + 3 + c]! - near);
        const level = data[to + c]!;
        const share = gain < 1 ? Math.min(1, (peak - level) / (peak * (1 - bright))) : 1;
        out.data[to + c] = roundLevel(level * (1 + share * (gain - 1)), peak);
      }
      out.data[to + 3] = data[to + 3]!;
    }
  }
  return out;
}
