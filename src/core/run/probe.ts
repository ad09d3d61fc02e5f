import { EnhanceError, type UnfitReason } from '../errors';
import type { Geometry } from '../plan/network';
import { ownScales } from '../recipe/kinds';
import type { Size } from '../picture/rect';
import { goldenSide } from './golden';
import {
  drawPicture,
  drawPeriod,
  repeat,
  cut,
  at,
  times,
  swapped,
  shrink,
  likeness,
  slope,
  spread,
  type Planes,
} from './probe-pictures';
import {
  findMultiple,
  findReach,
  mostHalo,
  probeSide,
  roundUp,
  type Clock,
  type Probe,
} from './probe-reach';

/** What a network turned out to be by running it. */
export type Probed = Required<Pick<Geometry, 'scale' | 'halo' | 'multiple'>> & {
  /** What it calls white in its input, and in its result. */
  readonly white: { readonly input: 1 | 255; readonly output: 1 | 255 };
  /** Whether red and blue change places between its input and its result. */
  readonly swaps: boolean;
  /**
   * Whether a pixel depends on more of the picture than any margin that is worth its time: then `halo` is
   * {@link mostHalo}, or less where even that takes too long here, and tiles may show.
   */
  readonly isWide: boolean;
  /** Whether reach and multiple were known, not found: then what a pixel becomes depends on nothing else, wherever it lies. */
  readonly isExact: boolean;
};

/** What a golden tile is made by. */
export type Provable = Pick<Probed, 'scale' | 'halo' | 'multiple' | 'isExact'>;

/** What is known of a network before it is run. */
export type Known = Partial<Pick<Probed, 'halo' | 'multiple'>> & {
  /** Whether it pools or norms all of the picture: then a trial of one picture does not tell what another part of a photo does. */
  readonly isGlobal?: boolean;
};

/** What running a network has shown. */
export type Examined = {
  readonly found: Probed;
  /**
   * Null where its range has to be put right first, since the network as it is put right is to be proved; and where reach and multiple
   * are exact, since the proof of a network that is run on the CPU could then show nothing: it is made once a GPU is to be held against it.
   */
  readonly proof: Proof | null;
  /** Milliseconds that a pixel of the input takes on this machine's CPU, by the last of the runs that its range was found by. */
  readonly msPerPixel: number;
};

/** What is proved against on every machine, and what it took. */
export type Proof = {
  /** As `parseGolden` reads it. */
  readonly golden: Uint8Array<ArrayBuffer>;
  /** Largest difference of a right result, in levels of 255. */
  readonly tolerance: number;
  /** Milliseconds that a pixel of the input takes on this machine's CPU. */
  readonly msPerPixel: number;
};

/** Side of what tells scale and range alone, of a network whose reach and multiple are known. */
const smallSide = 32;

/** An exact reach up to here is taken as it is; of a wider one most is seen by nobody, and a margin of it is dear. */
const mostKnownHalo = 40;

/** Rounding on another machine, in levels of 255: the tolerance of a network whose reach and multiple are exact. */
export const roundingLevels = 2;

/** How much of a picture's contrast a result has at least in the network's own range. */
const leastGain = 0.1;

/** How far the same place of a repeating picture may come out from itself, in levels of 255. */
const mostUnsteady = 8;

/**
 * Finds out by running it what a network is: on a picture of its own, from its centre outward.
 *
 * @param probe Runs the network.
 * @param clock What its time is measured by.
 * @param known What is known of it already, exactly.
 * @returns What it is.
 * @throws {EnhanceError} `own-model-unfit`, with the reason.
 */
export async function probeNetwork(probe: Probe, clock: Clock, known: Known = {}): Promise<Probed> {
  const picture = drawPicture(2 * probeSide + 2 * mostHalo);
  const isNear = known.halo !== undefined && known.halo <= mostKnownHalo;
  const isExact = isNear && known.multiple !== undefined;
  const size = isExact ? smallSide : probeSide;
  const part = cut(picture, 0, 0, size, size);
  const first = await runFirst(probe, part);
  const scale = scaleOf(first, size);
  const { whole, ...range } = await findRange(probe, part, first, scale);
  const net = inRange(probe, range);
  refuseNothing(whole, part);
  const multiple = known.multiple ?? (await findMultiple(net, picture, whole, scale));
  const reach = isNear
    ? { halo: known.halo, isWide: false }
    : await findReach({ net, picture, scale, multiple, clock, isGlobal: known.isGlobal === true });
  return { scale, multiple, ...range, ...reach, isExact };
}

/**
 * Finds out what a network is, and makes its golden tile where it needs no change and that may show something.
 *
 * @param probe Runs the network.
 * @param clock What its time is measured by.
 * @param known What is known of it already, exactly.
 * @returns What it is, and the tile.
 * @throws {EnhanceError} `own-model-unfit`, with the reason.
 */
export async function examineNetwork(
  probe: Probe,
  clock: Clock,
  known: Known = {},
): Promise<Examined> {
  let msPerPixel = 0;
  const timed: Probe = async (input) => {
    const start = clock();
    const output = await probe(input);
    msPerPixel = (clock() - start) / (input.width * input.height);
    return output;
  };
  const found = await probeNetwork(timed, clock, known);
  const isProved = isAsWritten(found) && !found.isExact;
  return { found, msPerPixel, proof: isProved ? await proveNetwork(probe, found, clock) : null };
}

/**
 * Whether a network is as the model contract wants it.
 *
 * @param found What it is.
 * @param found.white See {@link Probed}.
 * @param found.swaps See {@link Probed}.
 * @returns False where steps must be added to its graph.
 */
export function isAsWritten({ white, swaps }: Pick<Probed, 'white' | 'swaps'>): boolean {
  return white.input === 1 && white.output === 1 && !swaps;
}

/**
 * Makes a golden tile of a network on the machine's CPU.
 *
 * @param probe Runs the network, its range as the model contract has it.
 * @param geometry What it is.
 * @param geometry.scale Its scale.
 * @param geometry.halo Its reach.
 * @param geometry.multiple What sides and places divide by.
 * @param geometry.isExact Whether that is known for certain; else it is held against its own result in a wider window.
 * @param clock What its time is measured by.
 * @returns The tile.
 * @throws {EnhanceError} `own-model-unfit` where it makes something else of the same pixels elsewhere.
 */
export async function proveNetwork(
  probe: Probe,
  { scale, halo, multiple, isExact }: Provable,
  clock: Clock,
): Promise<Proof> {
  const period = drawPeriod();
  const margin = roundUp(halo, multiple);
  const width = goldenSide + 2 * margin;
  const wider = width + roundUp(goldenSide / 4, multiple);
  const timed = async (wide: number) => {
    const input = repeat(period, wide, width);
    const start = clock();
    const made = await probe(input);
    return { made, msPerPixel: (clock() - start) / (wide * width) };
  };
  const { made: one, ...first } = await timed(width);
  const { made: other, msPerPixel } = isExact ? { made: one, ...first } : await timed(wider);
  const result = new Uint8Array(3 * (goldenSide * scale) ** 2);
  const high = goldenSide * scale;
  let off = 0;
  for (let y = 0; y < high; y++)
    for (let x = 0; x < high; x++) {
      const [left, top] = [margin * scale + x, margin * scale + y];
      const to = 3 * ((top % high) * high + (left % high));
      for (let c = 0; c < 3; c++) {
        const value = at(one, c, left, top);
        off = Math.max(off, Math.abs(clamp(value) - clamp(at(other, c, left, top))));
        result[to + c] = Math.round(255 * clamp(value));
      }
    }
  if (!(off * 255 <= mostUnsteady)) throw unfit('unsteady');
  const input = new Uint8Array(3 * goldenSide ** 2);
  for (let i = 0; i < goldenSide ** 2; i++)
    for (let c = 0; c < 3; c++)
      input[3 * i + c] = Math.round(255 * period.values[c * goldenSide ** 2 + i]!);
  const golden = new Uint8Array(input.length + result.length);
  golden.set(input);
  golden.set(result, input.length);
  return { golden, tolerance: roundingLevels + Math.ceil(2 * off * 255), msPerPixel };
}

/** The first run of all: what fails here fails whatever it is given. */
async function runFirst(probe: Probe, input: Planes): Promise<Planes> {
  const output = await probe(input).catch((error: unknown) => {
    throw unfit('run', String(error));
  });
  if (output.count !== 3) throw unfit('planes');
  return output;
}

function scaleOf({ width, height }: Size, side: number): Probed['scale'] {
  const scale = ownScales.find((each) => width === each * side && height === each * side);
  if (!scale) throw unfit('scale');
  return scale;
}

/**
 * What it calls white: it is shown the same picture in both ranges, and the one in which the result is more like the
 * picture is its own. A network that has learnt nothing of ranges, as interpolation, makes the same of both: then 1.
 */
async function findRange(
  probe: Probe,
  input: Planes,
  first: Planes,
  scale: number,
): Promise<Pick<Probed, 'white' | 'swaps'> & { readonly whole: Planes }> {
  const whites = [1, 255] as const;
  const tried = [];
  for (const white of whites) {
    const output = white === 1 ? first : await probe(times(input, white));
    const small = shrink(output, scale);
    const swaps = likeness(input, small, true) > likeness(input, small, false) + 0.02;
    const gain = slope(input, small);
    const shown = Math.abs(gain) > 16 ? (255 as const) : (1 as const);
    const range = { white: { input: white, output: shown }, swaps };
    const like = likeness(input, small, swaps);
    tried.push({ ...range, whole: shownIn(output, range), like, gain });
  }
  const [one, full] = tried as [(typeof tried)[0], (typeof tried)[0]];
  // A result that is no number is like nothing.
  const isDim = Math.abs(one.gain) < leastGain && Math.abs(full.gain) >= leastGain;
  const isFull = isDim || full.like > (Number.isFinite(one.like) ? one.like : -1) + 0.01;
  const { white, swaps, whole } = isFull ? full : one;
  return { white, swaps, whole };
}

/** The network as the model contract has it: white is 1, red comes first. */
function inRange(probe: Probe, range: Pick<Probed, 'white' | 'swaps'>): Probe {
  return async (input) => shownIn(await probe(times(input, range.white.input)), range);
}

function shownIn(output: Planes, { white, swaps }: Pick<Probed, 'white' | 'swaps'>): Planes {
  const shown = times(output, 1 / white.output);
  return swaps ? swapped(shown) : shown;
}

function refuseNothing(output: Planes, input: Planes): void {
  if (!output.values.every((value) => Number.isFinite(value))) throw unfit('not-a-number');
  const all = spread(output.values);
  if (all.most < 1 / 255) throw unfit('black');
  if (all.deviation < spread(input.values).deviation / 50) throw unfit('constant');
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));

function unfit(reason: UnfitReason, cause = ''): EnhanceError {
  return new EnhanceError('own-model-unfit', { reason, cause });
}
