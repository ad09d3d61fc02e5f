import { isNeutralGrade, type Finish, type Grade } from '../recipe/finish';
import { gradeTerms, type GradeTerms } from './grade';
import { grainUnits, type GrainPattern } from './grain';
import { sharpenTerms, type SharpenTerms } from './sharpen';

/** Standard deviation of the strongest grain in the mid-tones, as a share of full scale. */
const mostGrain = 0.12;

/** A finish in the numbers that a pixel is worked with: the same for the array loop and the shader. */
export type FinishTerms = {
  readonly strength: number;
  readonly luminanceOnly: boolean;
  readonly colourLock: number;
  /** Null where nothing is sharpened. */
  readonly sharpen: SharpenTerms | null;
  /** Null where no colours were painted. */
  readonly tint: { readonly keepsOwn: boolean } | null;
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
  const { strength, luminanceOnly, colourLock, grain, sharpen, tint } = finish;
  const grade = tint ? gradeOverTint(finish.grade) : finish.grade;
  const { amount, size, seed } = grain;
  const spacing = Math.max(grainUnits, Math.round(size * grainUnits));
  const deviation = amount * mostGrain * Math.min(1, size / step);
  return {
    ...{ strength, luminanceOnly, colourLock },
    sharpen: sharpen.amount > 0 ? sharpenTerms(sharpen, step) : null,
    tint: tint && { keepsOwn: !finish.grade.monochrome },
    grade: isNeutralGrade(grade) ? null : gradeTerms(grade),
    grain: amount > 0 ? { spacing, seed, deviation } : null,
  };
}

/** What black and white leaves of a grade where the photo's own colours have gone before: tints stay as they are. */
function gradeOverTint(grade: Grade): Grade {
  if (!grade.monochrome) return grade;
  return { ...grade, monochrome: false, saturation: 0, vibrance: 0 };
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
