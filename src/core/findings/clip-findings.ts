import { showsBands } from './banding';
import type { Analysis } from './analyse';

/** What is read of one picture of a clip. */
export type FrameReading = {
  readonly analysis: Analysis;
  /** The share of it that lies on stairs: see `measureBands`. */
  readonly bands: number;
};

/** What the pictures of a clip agree on. */
export type ClipFindings = {
  /** What is wrong with its pictures. Motion blurs, so that softness is told of none. */
  readonly analysis: Analysis;
  /** The swing of its light each way, as a share; 0 where it does not flicker, or only here and there. */
  readonly flicker: number;
  /** Whether its slopes lie in steps. */
  readonly isBanded: boolean;
};

/** What of a clip calls for a step over its pictures. */
export type FilmReason =
  /** The swing of its light, as a share. */
  | { readonly kind: 'flicker'; readonly swing: number }
  /** Noise, or blocks of a codec, which are others in each picture. */
  | { readonly kind: 'unrest' }
  | { readonly kind: 'bands' };

/** The step that answers each reason. */
export const filmAnswers = {
  flicker: 'deflicker',
  unrest: 'steadyDetail',
  bands: 'deband',
} as const satisfies Record<FilmReason['kind'], string>;

/** Share of the pictures that must show a damage, so that none is taken for a clip's that few have. */
const leastShowing = 0.7;

/** How many times the lower quarter of what is measured the upper may be, for the middle to stand for all. */
const mostSpread = 2;

/** Points of JPEG quality that the upper quarter may be above the lower. */
const mostQualitySpread = 15;

/** Swing of light from which it is seen to flicker; a still scene and a pan read 0.006 at most. */
const leastFlicker = 0.02;

/**
 * What the pictures of a clip agree on: of each measurement the median, and nothing where they disagree, since all of them are treated
 * alike and a clean one would lose by it.
 *
 * @param frames What was read of pictures from all over it; at least one.
 * @param swings What a flicker meter told of runs of neighbouring pictures; null where it could not tell.
 * @returns The findings.
 */
export function agreeOnClip(
  frames: readonly FrameReading[],
  swings: readonly (number | null)[],
): ClipFindings {
  const all = frames.map(({ analysis }) => analysis);
  const isShown = (shows: (analysis: Analysis) => boolean) =>
    all.filter(shows).length >= leastShowing * all.length;
  const flickers = swings.filter((swing) => swing !== null);
  const flicker = flickers.length > 0 ? quantile(flickers, 0.5) : 0;
  const stairs = frames.map(({ bands }) => bands);
  const blocks = all.filter(({ jpegEvidence }) => jpegEvidence === 'blocks');
  const qualities = blocks.map(({ jpegQuality }) => jpegQuality);
  const hasBlocks =
    isShown(({ jpegEvidence }) => jpegEvidence === 'blocks') &&
    quantile(qualities, 0.75) - quantile(qualities, 0.25) <= mostQualitySpread;
  return {
    analysis: {
      noise: isShown(({ noise }) => noise > 0) ? agreedNoise(all.map(({ noise }) => noise)) : 0,
      jpegQuality: hasBlocks ? quantile(qualities, 0.5) : 100,
      jpegEvidence: hasBlocks ? 'blocks' : 'none',
      drawn: isShown(({ drawn }) => drawn),
      ...{ blur: 0, effectiveResolution: 1, shake: 0, printed: false, faded: false },
    },
    flicker: flicker >= leastFlicker ? flicker : 0,
    isBanded: showsBands(quantile(stairs, 0.5)),
  };
}

/**
 * What of a clip calls for a step over its pictures, besides what is done to each.
 *
 * @param findings What its pictures agree on.
 * @returns The reasons, each with one step that answers it; none for a clean clip.
 */
export function findFilmReasons({
  analysis,
  flicker,
  isBanded,
}: ClipFindings): readonly FilmReason[] {
  const reasons: FilmReason[] = [];
  if (flicker > 0) reasons.push({ kind: 'flicker', swing: flicker });
  if (analysis.noise > 0 || analysis.jpegEvidence === 'blocks') reasons.push({ kind: 'unrest' });
  if (isBanded) reasons.push({ kind: 'bands' });
  return reasons;
}

function agreedNoise(sigmas: readonly number[]): number {
  const [low, high] = [quantile(sigmas, 0.25), quantile(sigmas, 0.75)];
  return high <= mostSpread * low ? quantile(sigmas, 0.5) : 0;
}

/** A value of the list: the one that the share of all lies below. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
