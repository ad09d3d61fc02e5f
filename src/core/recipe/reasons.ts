/** What was found in a photo that a recipe may answer, with what was measured. */
export type Reason =
  /** Sigma in levels of 255. */
  | { kind: 'noise'; sigma: number }
  /** JPEG quality, 1..100. */
  | { kind: 'jpeg'; quality: number }
  /** Sigma in pixels. */
  | { kind: 'blur'; sigma: number }
  /** Width of a camera shake's path in pixels. */
  | { kind: 'shake'; pixels: number }
  /** Share of the width that the photo's detail would fill; has no answer: it tells what enlarging cannot bring. */
  | { kind: 'soft'; resolution: number }
  /** Paper or a printer's screen left a pattern all over it. */
  | { kind: 'pattern' }
  /** Its blacks and whites have faded, and to different colours. */
  | { kind: 'faded' }
  /** No camera took it; has no answer: it tells why nothing is cleaned or sharpened. */
  | { kind: 'drawn' };

/** The name of a {@link Reason}. */
export type ReasonKind = Reason['kind'];

/**
 * The reason of a kind among others.
 *
 * @param reasons What was found; each kind once at most.
 * @param kind Which.
 * @returns The reason, or undefined.
 */
export function findReason<Kind extends ReasonKind>(
  reasons: readonly Reason[],
  kind: Kind,
): Extract<Reason, { kind: Kind }> | undefined {
  return reasons.find((each): each is Extract<Reason, { kind: Kind }> => each.kind === kind);
}

/**
 * Whether a photo shows its age: its print's pattern, its faded colours, its grain.
 *
 * @param reasons What was found in it.
 * @returns False for a clean photo of today.
 */
export function showsAge(reasons: readonly Reason[]): boolean {
  return (['pattern', 'faded', 'noise'] as const).some((kind) => findReason(reasons, kind));
}

/** Noise sigma in levels from which it is one: weaker noise is not seen, and every photo has some. */
export const leastNoise = 2.5;

/** Blur sigma in pixels from which it is one: every clean photo reads less, and a photo enlarged 2x mostly does. */
export const leastBlur = 1.2;

/** Noise sigma in levels that hides nothing, and that the crisp enlarger undoes: it was trained on more. */
export const lightNoise = 10;

/** JPEG quality above which the eye sees no damage at the photo's own size, and cleaning would only take detail. */
export const mostCleanedQuality = 85;

/**
 * JPEG quality whose damage the crisp enlarger undoes by itself. It was trained on less, but cleaned before, photos of 45
 * to 60 lose worms along edges that it keeps, at no loss (25.02 dB to the photo for 24.83 at 45, 25.39 for 25.30 at 60).
 */
export const lightJpegQuality = 60;
