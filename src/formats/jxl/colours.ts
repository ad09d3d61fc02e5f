import { curveOf, gamutOf } from '../icc/codes';
import type { Chromaticity, Curve, Gamut } from '../icc/make';
import type { HeaderBits } from './bits';

/** JPEG XL's numbers: spaces, white points, primaries. ISO/IEC 18181-1, annex E; the two last are ITU-T H.273's, but that P3 stands beside any white. */
const spaces = { rgb: 0 };
const whites = { d65: 1, custom: 2, equal: 10, dci: 11 };
const primaries = { custom: 2, p3: 11 };

/** DCI's curve is a power, of which H.273's table has another height. */
const dciCurve = { code: 17, curve: [2.6] } as const;

/** What gamma is told in. */
const gammaUnit = 1e7;

/** What chromaticities are told in. */
const placeUnit = 1e6;

const whitePlaces: Readonly<Record<number, Chromaticity>> = {
  [whites.d65]: gamutOf(1)!.white,
  [whites.equal]: [1 / 3, 1 / 3],
  [whites.dci]: gamutOf(primaries.p3)!.white,
};

/** What a header says of colours of red, green and blue. */
export type JxlColours =
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
 * @returns It; null for gray, XYB, high dynamic range, and sRGB that is told by one bit.
 * @throws {RangeError} Where it ends too early.
 */
export function readColours(bits: HeaderBits): JxlColours | null {
  if (bits.flag()) return null;
  const isProfile = bits.flag();
  if (bits.choice() !== spaces.rgb) return null;
  if (isProfile) return { kind: 'profile' };
  const white = readWhite(bits);
  const colorants = readColorants(bits);
  const from = bits.at;
  const curve = readCurve(bits);
  // How they are to be shown.
  bits.choice();
  if (!white || !colorants || !curve) return null;
  return { kind: 'codes', gamut: { ...colorants, white }, curve, curveAt: [from, bits.at] };
}

function readWhite(bits: HeaderBits): Chromaticity | undefined {
  const white = bits.choice();
  return white === whites.custom ? readPlace(bits) : whitePlaces[white];
}

function readColorants(bits: HeaderBits): Omit<Gamut, 'white'> | undefined {
  const told = bits.choice();
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

function readCurve(bits: HeaderBits): Curve | undefined {
  if (bits.flag()) return [gammaUnit / bits.bits(24)];
  const code = bits.choice();
  return code === dciCurve.code ? dciCurve.curve : curveOf(code);
}
