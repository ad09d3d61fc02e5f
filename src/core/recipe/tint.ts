/** One stroke of colour, as a person has painted it. */
export type TintStroke = {
  /** `#rrggbb` of sRGB, of which hue and saturation count; null holds a place without colour. */
  readonly colour: string | null;
  /** Half its width, in {@link tintUnits} of the photo's longer side; whole, 1..5000. */
  readonly radius: number;
  /** Its places one after the other, x and y in turn, in {@link tintUnits} of the photo's width and height; whole. */
  readonly points: readonly number[];
};

/** Colours that are spread over a photo from strokes. A guess, and no history. */
export type Tint = {
  readonly v: 1;
  /** One over the other, at least one. */
  readonly strokes: readonly TintStroke[];
};

/** Parts that a side of a photo is divided into: strokes fit it at any size. */
export const tintUnits = 10_000;

/** Largest radius of a stroke, in {@link tintUnits}. */
export const mostTintRadius = tintUnits / 2;

/** Most strokes of a tint. */
export const mostTintStrokes = 300;

/** Most places of all strokes of a tint together: 100 kB of text. */
export const mostTintPoints = 10_000;

/**
 * Whether two tints are the same.
 *
 * @param a One; null for none.
 * @param b Another.
 * @returns True where their strokes are.
 */
export function isSameTint(a: Tint | null, b: Tint | null): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
