import type { Bytes } from '../metadata/metadata';
import { makeGrayProfile, makeRgbProfile, type Curve, type Gamut } from './make';

const d65 = [0.3127, 0.329] as const;

/** Colour primaries by their codes. ITU-T H.273, table 2. */
const gamuts: Readonly<Record<number, Gamut>> = {
  1: { white: d65, red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06] },
  5: { white: d65, red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06] },
  6: { white: d65, red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07] },
  9: { white: d65, red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046] },
  11: { white: [0.314, 0.351], red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06] },
  12: { white: d65, red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06] },
};

/**
 * Where the colorants of a code lie.
 *
 * @param primaries The code.
 * @returns Undefined for one of which nothing is made.
 */
export const gamutOf = (primaries: number): Gamut | undefined => gamuts[primaries];

/** sRGB's. */
export const srgbGamut = gamuts[1]!;

/** sRGB's. IEC 61966-2-1. */
export const srgbCurve: Curve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

/** BT.709's, backwards. */
const videoCurve: Curve = [1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081];

/** Transfer characteristics by their codes, but for those of more light than paper white. ITU-T H.273, table 3. */
const curves: Readonly<Record<number, Curve>> = {
  1: videoCurve,
  4: [2.2],
  5: [2.8],
  6: videoCurve,
  8: [1],
  13: srgbCurve,
  14: videoCurve,
  15: videoCurve,
};

/**
 * How levels of a code become light.
 *
 * @param transfer The code.
 * @returns Undefined for one of which nothing is made, and of high dynamic range.
 */
export const curveOf = (transfer: number): Curve | undefined => curves[transfer];

/** What a file tells of its colours by numbers alone. */
export type ColourCodes = { readonly primaries: number; readonly transfer: number };

/** What codes stand for in files that have codes for nothing else. */
const untold = 2;

/**
 * The profile that codes stand for, so that a photo that has codes can stay in its own space as one with a profile does.
 *
 * @param codes The codes; what is not told is sRGB's.
 * @param codes.primaries Of the colorants.
 * @param codes.transfer Of the curve.
 * @param isGray Whether the file has gray levels.
 * @returns The profile; null for codes that none is made of: unknown ones, and high dynamic range.
 */
export function profileOfCodes({ primaries, transfer }: ColourCodes, isGray = false): Bytes | null {
  const gamut = gamuts[primaries === untold ? 1 : primaries];
  const curve = curves[transfer === untold ? 13 : transfer];
  if (!gamut || !curve) return null;
  const title = `CICP ${primaries}/${transfer}`;
  return isGray ? makeGrayProfile(curve, title) : makeRgbProfile(gamut, curve, title);
}
