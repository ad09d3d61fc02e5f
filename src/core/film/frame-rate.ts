import type { Raster } from '../picture/raster';
import { createBetween, type Between, type MixMoved } from './between';
import { createCutFinder } from './cuts';
import type { FilmFrame, FilmStep, Made } from './step';

/** Rates that a clip can be brought to: frames a second, or twice its own. */
export const filmRates = [24, 25, 30, 48, 50, 60, 'twice'] as const;

/** One of them. */
export type FilmRate = (typeof filmRates)[number];

/** Microseconds by which a frame may be off to be shown itself: containers round to a millisecond. */
const tolerance = 1000;

/** Microseconds from which a frame is held because nothing moves, as recorded screens do, and not because it is slow. */
const longest = 150_000;

/**
 * Brings a clip to another rate. A frame that is due at the wanted time is shown itself; between two, a picture is made of both
 * by their motion (see `createBetween`). Across a cut, and where a frame stands longer than 150 ms, it is repeated.
 *
 * Frames of a rate begin with the first one's time, the next follow at k / rate seconds, each rounded to a microsecond, up to the
 * clip's end; each lasts until the next one, the last until the end. With `twice` each frame keeps its time, and another follows half
 * way to the next. Holds the last frame and the last picture; while it makes pictures, one frame more and
 * about forty planes of at most 2^18 numbers.
 *
 * @param options What is wanted.
 * @param options.rate Frames a second, or `twice`.
 * @param options.mix Mixes frames; on arrays by default.
 * @param options.start When the clip begins whose frames these are from some frame on, in microseconds; the first frame's time by default.
 * @returns A step that holds back one frame and one picture.
 */
export function createFrameRate({
  rate,
  start = null,
  mix,
}: {
  readonly rate: FilmRate;
  readonly start?: number | null;
  readonly mix?: MixMoved;
}): FilmStep {
  const cuts = createCutFinder();
  const clock = rate === 'twice' ? halves : ticks(rate, start);
  let last: FilmFrame | null = null;
  // What is shown until something else is, so that the last one ends with the clip.
  let open: Omit<FilmFrame, 'duration'> | null = null;
  const show = async (times: readonly number[], rasterAt: (time: number) => Made<Raster>) => {
    const shown: FilmFrame[] = [];
    for (const at of times) {
      if (open) shown.push({ ...open, duration: at - open.at });
      open = { raster: await rasterAt(at), at };
    }
    return shown;
  };
  return {
    async push(frame) {
      const isNew = cuts.next(frame.raster);
      const first = last;
      last = frame;
      if (!first) return [];
      const gap = frame.at - first.at;
      let between: Between | null = null;
      return show(clock(first.at, frame.at), (time) => {
        if (isNew || gap > longest || time - first.at < tolerance) return first.raster;
        between ??= createBetween(first.raster, frame.raster, mix);
        return between.at((time - first.at) / gap);
      });
    },
    async flush() {
      if (!last) return [];
      const { raster, at, duration } = last;
      const end = at + duration;
      const times = clock(at, end);
      const shown = await show(times.length === 0 && !open ? [at] : times, () => raster);
      const final = open && { ...open, duration: Math.max(0, end - open.at) };
      last = open = null;
      return final ? [...shown, final] : shown;
    },
  };
}

/** Gives the times at which something is shown from a frame on until something else comes. */
type Clock = (from: number, until: number) => number[];

function ticks(rate: number, begin: number | null): Clock {
  let start = begin;
  let count: number | null = null;
  return (from, until) => {
    start ??= from;
    // What is due a little before a frame is that frame's.
    count ??= Math.max(0, Math.ceil(((from - tolerance - start) * rate) / 1e6));
    const times: number[] = [];
    for (;;) {
      const time = start + Math.round((count * 1e6) / rate);
      if (time >= until - tolerance) return times;
      times.push(time);
      count++;
    }
  };
}

const halves: Clock = (from, until) => [...new Set([from, Math.round((from + until) / 2)])];
