import { lumaOf } from '../picture/luma';
import { isNeutralGrade, type Finish, type Grade } from '../recipe/finish';
import { grainUnits, type GrainPattern } from './grain';
import { sharpenTerms, type SharpenTerms } from './sharpen';

/** Standard deviation of the strongest grain in the mid-tones, as a share of full scale. */
const mostGrain = 0.12;

/** The power of the display curve that exposure reckons with: sRGB's, as one number (IEC 61966-2-1). */
const displayPower = 2.2;

/** Stops between red and blue of encoded values, each way, at the ends of temperature. */
const mostWarmth = 0.25;

/** A grade in the numbers that a pixel is worked with. */
export type GradeTerms = {
  /** What encoded red, green and blue are multiplied with. */
  readonly gains: readonly [red: number, green: number, blue: number];
  /** -1..1, see `finishPixels`. */
  readonly contrast: number;
  /** What the distance from grey is multiplied with: 0..2. */
  readonly chroma: number;
};

/** A finish in the numbers that a pixel is worked with: the same for the array loop and the shader. */
export type FinishTerms = {
  readonly strength: number;
  readonly luminanceOnly: boolean;
  readonly colourLock: number;
  /** Null where nothing is sharpened. */
  readonly sharpen: SharpenTerms | null;
  /** Null where the grade is neutral, and so no pixel is touched by it. */
  readonly grade: GradeTerms | null;
  /** Null where there is no grain. */
  readonly grain: (GrainPattern & { readonly deviation: number }) | null;
};

/**
 * Works out a finish's numbers.
 *
 * @param finish The finish.
 * @param step Pixels of the result from one worked pixel to the next: 1 for the result itself, more where
 *   it is shown smaller. There a worked pixel stands for many grains, whose mean varies less, and what
 *   sharpening blurs with is as much narrower.
 * @returns The numbers.
 */
export function termsOf(finish: Finish, step = 1): FinishTerms {
  const { strength, luminanceOnly, colourLock, grain, sharpen, grade } = finish;
  const { amount, size, seed } = grain;
  const spacing = Math.max(grainUnits, Math.round(size * grainUnits));
  const deviation = amount * mostGrain * Math.min(1, size / step);
  return {
    ...{ strength, luminanceOnly, colourLock },
    sharpen: sharpen.amount > 0 ? sharpenTerms(sharpen, step) : null,
    grade: isNeutralGrade(grade) ? null : gradeTerms(grade),
    grain: amount > 0 ? { spacing, seed, deviation } : null,
  };
}

/**
 * How far a finish looks beyond the pixel that it works.
 *
 * @param finish The finish.
 * @param step As for {@link termsOf}.
 * @returns Worked pixels to each side; 0 where each is worked by itself.
 */
export function reachOf(finish: Finish, step = 1): number {
  const { sharpen } = termsOf(finish, step);
  if (!sharpen) return 0;
  const reach = sharpen.weights.length - 1;
  // A magnified neighbour is a square, whose first pixel stands for it.
  return step < 1 ? Math.ceil((reach + 1) / step) : reach;
}

function gradeTerms({ exposure, contrast, temperature, saturation }: Grade): GradeTerms {
  const light = 2 ** (exposure / displayPower);
  const red = 2 ** (mostWarmth * temperature);
  const blue = 1 / red;
  const gain = light / lumaOf(red, 1, blue);
  return { gains: [gain * red, gain, gain * blue], contrast, chroma: 1 + saturation };
}
