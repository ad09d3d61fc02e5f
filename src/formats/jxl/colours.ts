import { curveOf, gamutOf } from '../icc/codes';
import type { Chromaticity, Curve, Gamut } from '../icc/make';
import type { HeaderBits } from './bits';

/** JPEG XL's numbers: spaces, white points, primaries. ISO/IEC 18181-1, annex E; the two last are ITU-T H.273's, but that P3 stands beside any white. */
const spaces = { rgb: 0, gray: 1, xyb: 2 };
const whites = { d65: 1, custom: 2, equal: 10, dci: 11 };
const primaries = { srgb: 1, custom: 2, p3: 11 };

/** DCI's curve is a power, of which H.273's table has another height. */
const dciCurve = { code: 17, curve: [2.6] } as const;

/** The code of sRGB's curve. */
const srgbCurveCode = 13;

/** What gamma is told in. */
const gammaUnit = 1e7;

/** What chromaticities are told in. */
const placeUnit = 1e6;

const whitePlaces: Readonly<Record<number, Chromaticity>> = {
  [whites.d65]: gamutOf(1)!.white,
  [whites.equal]: [1 / 3, 1 / 3],
  [whites.dci]: gamutOf(primaries.p3)!.white,
};

/** Curves of high dynamic range: PQ and HLG. ITU-T H.273, table 3. */
const brightCurves: readonly number[] = [16, 18];

/** What a header says of its colours. */
export type JxlColours =
  /** SRGB, by one bit or by codes; gray of its white and curve, too. */
  | { readonly kind: 'usual' }
  /** High dynamic range, also gray. */
  | { readonly kind: 'bright' }
  /** Gray of another curve, XYB that is meant to be shown as such, codes of which nothing is made. */
  | { readonly kind: 'other' }
  /** A profile, which stands behind the header, packed. */
  | { readonly kind: 'profile' }
  | {
      readonly kind: 'codes';
      readonly gamut: Gamut;
      readonly curve: Curve;
      /** Bits of the header that tell the curve, and what it is shown by. */
      readonly curveAt: readonly [from: number, to: number];
    };

/**
 * Reads what a header says of its colours. Source: ISO/IEC 18181-1, annex E.
 *
 * @param bits At its beginning; behind it afterwards.
 * @returns It.
 * @throws {RangeError} Where it ends too early.
 */
export function readColours(bits: HeaderBits): JxlColours {
  if (bits.flag()) return { kind: 'usual' };
  const isProfile = bits.flag();
  const space = bits.choice();
  if (isProfile) return { kind: space === spaces.rgb ? 'profile' : 'other' };
  if (space === spaces.xyb) return { kind: 'other' };
  const white = bits.choice();
  const whiteAt = readWhite(bits, white);
  const told = space === spaces.gray ? primaries.srgb : bits.choice();
  const colorants = readColorants(bits, told);
  const from = bits.at;
  const curve = readCurve(bits);
  // How they are to be shown.
  bits.choice();
  if (curve.code !== undefined && brightCurves.includes(curve.code)) return { kind: 'bright' };
  if (white === whites.d65 && told === primaries.srgb && curve.code === srgbCurveCode)
    return { kind: 'usual' };
  if (space !== spaces.rgb || !whiteAt || !colorants || !curve.curve) return { kind: 'other' };
  const gamut = { ...colorants, white: whiteAt };
  return { kind: 'codes', gamut, curve: curve.curve, curveAt: [from, bits.at] };
}

function readWhite(bits: HeaderBits, white: number): Chromaticity | undefined {
  return white === whites.custom ? readPlace(bits) : whitePlaces[white];
}

function readColorants(bits: HeaderBits, told: number): Omit<Gamut, 'white'> | undefined {
  if (told !== primaries.custom) return gamutOf(told);
  return { red: readPlace(bits), green: readPlace(bits), blue: readPlace(bits) };
}

function readPlace(bits: HeaderBits): Chromaticity {
  const read = () => {
    const packed = bits.number([19, 0], [19, 2 ** 19], [20, 2 ** 20], [21, 2 ** 21]);
    return (packed & 1 ? -(packed + 1) / 2 : packed / 2) / placeUnit;
  };
  return [read(), read()];
}

/** Undefined is what is not told by a code, and a curve of which nothing is made. */
function readCurve(bits: HeaderBits): { readonly code?: number; readonly curve?: Curve } {
  if (bits.flag()) return { curve: [gammaUnit / bits.bits(24)] };
  const code = bits.choice();
  const curve = code === dciCurve.code ? dciCurve.curve : curveOf(code);
  return { code, ...(curve && { curve }) };
}
