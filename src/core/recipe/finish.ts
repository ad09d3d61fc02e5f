import { isAnyGentle, type Face } from './faces';
import type { Sides } from './target-size';
import { isSameTint, type Tint } from './tint';

/** Film grain, added to the finished picture. */
export type Grain = {
  /** 0..1: how strong; 1 is a standard deviation of 12 % of full scale in the mid-tones. */
  readonly amount: number;
  /** Width of a grain in pixels of the result, 1..32. */
  readonly size: number;
  /** Which of the grain's patterns; whole, 0..4294967295. */
  readonly seed: number;
};

/** Edges made steeper, in luma alone and without halos. */
export type Sharpening = {
  /** 0..1: how much. */
  readonly amount: number;
  /** Standard deviation of the blur that fine detail is told from, in pixels of the result; 0.5..2. */
  readonly radius: number;
};

/** Where the networks' work is to be seen, and that of sharpening. */
export type Mask = {
  /** The mask's own grid, which is stretched over the whole result; each side 1..{@link mostMaskSide}. */
  readonly width: number;
  readonly height: number;
  /** `[width * height]`, row by row: 0 keeps the plain enlargement, 255 shows the result. */
  readonly values: Uint8Array<ArrayBuffer>;
  /** Size of the photo that it was painted for: for another it is refused. Left out, it goes with any. */
  readonly photo?: Sides;
};

/** Light and colour of the finished picture. Light is worked on encoded values, colour in Oklab, where lightness and hue stay. */
export type Grade = {
  /** In stops, -3..3. */
  readonly exposure: number;
  /** -1..1: from half the mid-tones' slope to one and a half times it; black, mid-grey and white stay. */
  readonly contrast: number;
  /** -1..1: from cold to warm, at the same luma of grey. */
  readonly temperature: number;
  /** -1..1: from grey to twice the chroma. */
  readonly saturation: number;
  /** -1..1: the same for faint colours, and the less the stronger a colour is. */
  readonly vibrance: number;
  /** -1..1: dark parts tinted, from cold to warm. */
  readonly shadowTone: number;
  /** -1..1: bright parts tinted, from cold to warm. */
  readonly highlightTone: number;
  /** Whether no colour is left but that of a tone. */
  readonly monochrome: boolean;
};

/**
 * What moves live after a run, without a network: the same value for the screen and for Save. It can be
 * cloned to a worker. What each part does to a pixel is written at `finishPixels` in `core/run`.
 */
export type Finish = {
  /** 0..1: from the plain enlargement of the photo, its damage taken away where that was done, to the result. */
  readonly strength: number;
  /** Whether the result lends only its lightness; colours are then the plain enlargement's. */
  readonly luminanceOnly: boolean;
  /** 0..1: how far the result's colours, seen from afar, are pulled back to the original's. */
  readonly colourLock: number;
  readonly grain: Grain;
  readonly sharpen: Sharpening;
  /** What strength and sharpening are multiplied with at each pixel; null for 1 everywhere. */
  readonly mask: Mask | null;
  /** Faces that were found, and what strength and sharpening are multiplied with in each; none by default. */
  readonly faces: readonly Face[];
  /** Colours painted on the photo, whatever its strength; null for none. Where there are some, a monochrome grade takes the photo's own colours and leaves these. */
  readonly tint: Tint | null;
  readonly grade: Grade;
};

/** Most pixels that sharpening reaches to each side, of the result or of what is shown smaller. */
export const mostSharpenReach = 4;

/** Longest side of a mask: what a texture holds on every GPU. */
export const mostMaskSide = 8192;

/** The result, as the networks made it. */
export const neutralFinish: Finish = {
  strength: 1,
  luminanceOnly: false,
  colourLock: 0,
  grain: { amount: 0, size: 1, seed: 0 },
  sharpen: { amount: 0, radius: 1 },
  mask: null,
  faces: [],
  tint: null,
  grade: {
    ...{ exposure: 0, contrast: 0, temperature: 0, saturation: 0, vibrance: 0 },
    ...{ shadowTone: 0, highlightTone: 0, monochrome: false },
  },
};

/**
 * Whether a grade changes nothing.
 *
 * @param grade The grade.
 * @returns True where all of it is 0, or off.
 */
export function isNeutralGrade(grade: Grade): boolean {
  return isSameGrade(grade, neutralFinish.grade);
}

function isSameGrade(a: Grade, b: Grade): boolean {
  const names = Object.keys(neutralFinish.grade) as (keyof Grade)[];
  return names.every((name) => a[name] === b[name]);
}

/**
 * Whether a finish may only move a picture along the straight line between the plain enlargement and the
 * result, by one amount everywhere.
 *
 * @param finish The finish.
 * @returns True where nothing but its strength is used.
 */
export function isStrengthOnly(finish: Finish): boolean {
  const { luminanceOnly, colourLock, grain, sharpen, mask, faces, tint, grade } = finish;
  const isPlain = !luminanceOnly && colourLock === 0 && tint === null;
  const isEven = mask === null && !isAnyGentle(faces);
  return isPlain && isEven && grain.amount === 0 && sharpen.amount === 0 && isNeutralGrade(grade);
}

/**
 * Whether a finish gives the result as it is, byte for byte.
 *
 * @param finish The finish.
 * @returns True for the result at full strength with nothing added.
 */
export function isNeutralFinish(finish: Finish): boolean {
  return finish.strength === 1 && isStrengthOnly(finish);
}

/**
 * Whether a finish shows anything of the plain enlargement itself.
 *
 * @param finish The finish.
 * @returns False where the result's pixels are enough to work on.
 */
export function needsPlain({ strength, luminanceOnly, mask, faces }: Finish): boolean {
  return strength < 1 || luminanceOnly || mask !== null || isAnyGentle(faces);
}

/**
 * Whether two finishes do the same.
 *
 * @param a One.
 * @param b Another.
 * @returns True where all values are equal, those of their masks included.
 */
export function isSameFinish(a: Finish, b: Finish): boolean {
  const facts = ({ strength, luminanceOnly, colourLock, grain, sharpen }: Finish) => [
    ...[strength, luminanceOnly, colourLock, grain.amount, grain.size, grain.seed],
    ...[sharpen.amount, sharpen.radius],
  ];
  const others = facts(b);
  const isSame = facts(a).every((fact, i) => fact === others[i]);
  const isSameColour = isSameGrade(a.grade, b.grade) && isSameTint(a.tint, b.tint);
  const isSamePlaces = isSameMask(a.mask, b.mask) && isSameFaces(a.faces, b.faces);
  return isSame && isSameColour && isSamePlaces;
}

/**
 * A finish without what was painted on its photo, or found in it: for another.
 *
 * @param finish The finish.
 * @returns A new one, without mask, faces and tint.
 */
export function withoutPaint(finish: Finish): Finish {
  return { ...finish, mask: null, faces: [], tint: null };
}

function isSameFaces(a: readonly Face[], b: readonly Face[]): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Whether two masks are the same.
 *
 * @param a One; null for none.
 * @param b Another.
 * @returns True where they are of the same grid and photo, with equal values.
 */
export function isSameMask(a: Mask | null, b: Mask | null): boolean {
  if (a === b || !a || !b) return a === b;
  const isSameGrid = a.width === b.width && a.height === b.height;
  const isSamePhoto = a.photo?.width === b.photo?.width && a.photo?.height === b.photo?.height;
  return isSameGrid && isSamePhoto && a.values.every((value, i) => value === b.values[i]);
}
