import { toHalf, fromHalf } from '../../core/half';
import { gamutOf, profileOfCodes, srgbGamut, type ColourCodes } from '../icc/codes';
import { colorantsOf, makeRgbProfile, type Gamut } from '../icc/make';
import { invert, multiply, type Matrix } from '../icc/matrix';
import { joinBytes } from '../metadata/bytes';
import type { Bytes } from '../metadata/metadata';
import { HeaderBits, HeaderWriter } from './bits';
import { findCodestream } from './codestream';
import type { JxlColours } from './colours';
import { readTold } from './header';

/** From light of the three mixed cones to linear red, green and blue of sRGB's colorants. ISO/IEC 18181-1, annex L. */
const fromCones: Matrix = [
  [11.031566901960783, -9.866943921568629, -0.16462299647058826],
  [-3.254147380392157, 4.418770392156863, -0.16462299647058826],
  [-3.6588512862745097, 2.7129230470588235, 1.9459282392156863],
];

/** What follows that matrix in a header: what cones are shifted by, and how rounded numbers are put back. The same annex, and I.2. */
const otherDefaults = [
  ...[-0.0037930732552754493, -0.0037930732552754493, -0.0037930732552754493],
  ...[0.94534992669284598, 0.92994550108151252, 0.95006489666265634, 0.145],
] as const;

/** What a photo of an unknown profile is put into: BT.2020's colorants, between which lies all that screens show, and sRGB's curve. */
const wideCodes: ColourCodes = { primaries: 9, transfer: 13 };

/** Of which a profile is made, or is there. */
type TakenColours = Extract<JxlColours, { readonly kind: 'codes' | 'profile' }>;

/** A JPEG XL that its decoder keeps the colours of. */
export type WideJxl = {
  /** For the decoder, which is to take the numbers that come out for sRGB's. */
  readonly file: Bytes;
  /** What these numbers mean. */
  readonly profile: Bytes;
  /** Whether that is not what the file had, whose own profile nobody here has read. */
  readonly isConverted: boolean;
};

/**
 * Makes a JPEG XL keep colours that lie outside of sRGB. The decoder brings XYB to sRGB's colorants first, and draws whatever lies outside of
 * these in; and it takes P3 for DCI's, of another white. So the header is written anew: its matrix from cones leads to
 * the wanted colorants at once, by the name of sRGB's. Where the numbers are not XYB's, they are what they were, and the file is left as it is.
 *
 * @param bytes The file.
 * @returns What to decode in its place; null where nothing is to be done, or known.
 */
export function widenJxl(bytes: Bytes): WideJxl | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { start } = findCodestream(view, Infinity);
  try {
    return widen(bytes, start);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function widen(bytes: Bytes, start: Uint8Array): WideJxl | null {
  const { colours, isXyb, coloursAt, coloursEnd, tellsLight } = readTold(start);
  if (colours.kind !== 'codes' && colours.kind !== 'profile') return null;
  const bits = new HeaderBits(start, coloursEnd);
  if (!isXyb) return colours.kind === 'codes' ? asTold(bytes, colours) : null;
  const lightFrom = bits.at;
  if (tellsLight) skipLight(bits);
  const lightTo = bits.at;
  if (!isUsual(bits)) return null;
  const end = bits.at;
  const gamut = colours.kind === 'codes' ? colours.gamut : gamutOf(wideCodes.primaries)!;
  const matrix = leadTo(gamut);
  if (!matrix) return null;
  const writer = new HeaderWriter();
  writer.copy(start, 0, coloursAt);
  writeColours(writer, colours, start);
  writer.copy(start, lightFrom, lightTo);
  const tail = writeTransform(matrix);
  // What follows a header that tells of a profile begins anywhere in a byte, and stays there.
  writeExtensions(writer, colours.kind === 'profile' ? end - tail.length : null);
  writer.copy(tail.toBytes(), 0, tail.length);
  if (colours.kind === 'profile') writer.copy(start, end, Math.ceil(end / 8) * 8);
  const file = joinBytes([writer.toBytes(), start.subarray(Math.ceil(end / 8))]);
  return colours.kind === 'codes' ? asTold(file, colours) : asWide(file);
}

function asTold(file: Bytes, { gamut, curve }: JxlColours & { kind: 'codes' }): WideJxl | null {
  const profile = makeRgbProfile(gamut, curve, 'JPEG XL');
  return profile && { file, profile, isConverted: false };
}

function asWide(file: Bytes): WideJxl | null {
  const profile = profileOfCodes(wideCodes);
  return profile && { file, profile, isConverted: true };
}

/** How much light its numbers stand for. ISO/IEC 18181-1, annex D. */
function skipLight(bits: HeaderBits): void {
  if (bits.flag()) return;
  bits.bits(32);
  bits.flag();
  bits.bits(16);
}

/** Whether a header ends without extensions, and with the usual matrix and weights, which it passes over. */
function isUsual(bits: HeaderBits): boolean {
  const hasExtensions = bits.bits(2) !== 0;
  // One bit for all, or one for the matrix and three for the weights.
  return !hasExtensions && (bits.flag() || (bits.flag() && bits.bits(3) === 0));
}

/** From the cones to a space's own colorants. */
function leadTo(gamut: Gamut): Matrix | null {
  const [from, to] = [colorantsOf(srgbGamut), colorantsOf(gamut)];
  const back = to && invert(to);
  return from && back && multiply(multiply(back, from), fromCones);
}

function writeColours(writer: HeaderWriter, colours: TakenColours, start: Uint8Array): void {
  const isProfile = colours.kind === 'profile';
  // Not the usual ones; a profile or none; red, green and blue.
  writer.bits(0, 1);
  writer.bits(Number(isProfile), 1);
  writer.bits(0, 2);
  if (isProfile) return;
  // D65, and the colorants of sRGB.
  writer.bits(1, 2);
  writer.bits(1, 2);
  writer.copy(start, ...colours.curveAt);
}

/** None, or one of nothing that is so long that so many bits are whole bytes more than those that have been written. */
function writeExtensions(writer: HeaderWriter, aim: number | null): void {
  if (aim === null) {
    writer.bits(0, 2);
    return;
  }
  // The first of them, and 1 to 16 bits of it: each number has six bits.
  writer.bits(1, 6);
  const rest = (((aim - writer.length - 6) % 8) + 8) % 8 || 8;
  writer.bits(1 + (rest - 1) * 4, 6);
  writer.bits(0, rest);
}

/** A matrix of its own, and usual weights. */
function writeTransform(matrix: Matrix): HeaderWriter {
  const writer = new HeaderWriter();
  writer.bits(0, 2);
  for (const row of matrix) for (const half of roundRow(row)) writer.bits(half, 16);
  for (const value of otherDefaults) writer.bits(toHalf(value), 16);
  writer.bits(0, 3);
  return writer;
}

/** In 16 bits each; the smallest one makes up for what the others are rounded by, so that white stays white. */
function roundRow(row: readonly number[]): number[] {
  const halves = row.map(toHalf);
  const least = row.reduce(
    (best, value, i) => (Math.abs(value) < Math.abs(row[best]!) ? i : best),
    0,
  );
  const others = halves.reduce((sum, half, i) => (i === least ? sum : sum + fromHalf(half)), 0);
  halves[least] = toHalf(row.reduce((sum, value) => sum + value, 0) - others);
  return halves;
}
