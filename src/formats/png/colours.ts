import { profileOfCodes, srgbCurve, srgbGamut } from '../icc/codes';
import { makeGrayProfile, makeRgbProfile, type Chromaticity, type Gamut } from '../icc/make';
import { matchText } from '../header';
import type { Bytes } from '../metadata/metadata';

/** Chunks that tell what the samples mean, the most telling first. W3C PNG (third edition), 4.3. */
export const colourTypes = ['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM'] as const;

/** One of them. */
export type ColourType = (typeof colourTypes)[number];

/** Bodies of those that a file has. */
export type ColourChunks = { readonly [Type in ColourType]?: Uint8Array };

/** What two of the chunks tell numbers in. */
const unit = 100_000;

/** gAMA of sRGB, 1/2.2; writers round it differently. */
const srgbGamma = { least: 45000, most: 46000 };

/** What a gamma is of any sense, as a power from levels to light. */
const leastPower = 0.1;
const mostPower = 10;

/** How far colorants may be from sRGB's and still be meant to be these. */
const near = 0.002;

/**
 * Whether a file names colours that may not be sRGB.
 *
 * @param chunks Its chunks.
 * @returns False where they tell sRGB, or nothing.
 */
export function isColoured(chunks: ColourChunks): boolean {
  const { cICP: codes, iCCP: profile, sRGB: isStandard } = chunks;
  if (codes) return !(codes[0] === 1 && codes[1] === 13);
  if (profile) return !matchText(profile, 0, 'sRGB');
  if (isStandard) return false;
  return readPower(chunks) !== null || readGamut(chunks) !== null;
}

/**
 * A profile that says what a file's chunks say by numbers.
 *
 * @param chunks The chunks.
 * @param isGray Whether the file has gray levels.
 * @returns The profile; null where the chunks tell sRGB, a profile, nothing, or what no profile is made of.
 */
export function profileOfChunks(chunks: ColourChunks, isGray: boolean): Bytes | null {
  if (!isColoured(chunks)) return null;
  const { cICP: codes, iCCP: profile } = chunks;
  if (codes) {
    const [primaries = 0, transfer = 0, matrix, isFull] = codes;
    const isPlain = matrix === 0 && isFull === 1;
    return isPlain ? profileOfCodes({ primaries, transfer }, isGray) : null;
  }
  if (profile) return null;
  const power = readPower(chunks);
  const curve = power === null ? srgbCurve : ([power] as const);
  const title = `PNG gAMA/cHRM, gamma ${power?.toFixed(3) ?? 'as sRGB'}`;
  if (isGray) return makeGrayProfile(curve, title);
  return makeRgbProfile(readGamut(chunks) ?? srgbGamut, curve, title);
}

/** From levels to light; null for sRGB's, or nonsense. */
function readPower({ gAMA: body }: ColourChunks): number | null {
  if (!body || body.length < 4) return null;
  const [value] = readNumbers(body, 1);
  if (value! >= srgbGamma.least && value! <= srgbGamma.most) return null;
  const power = unit / value!;
  return power >= leastPower && power <= mostPower ? power : null;
}

/** Null for sRGB's, or nonsense. */
function readGamut({ cHRM: body }: ColourChunks): Gamut | null {
  if (!body || body.length < 32) return null;
  const numbers = readNumbers(body, 8).map((value) => value / unit);
  const at = (i: number): Chromaticity => [numbers[i * 2]!, numbers[i * 2 + 1]!];
  const gamut = { white: at(0), red: at(1), green: at(2), blue: at(3) };
  const all = Object.values(gamut);
  if (!all.every(([x, y]) => x <= 1 && y <= 1 && y > 0)) return null;
  const { white, red, green, blue } = srgbGamut;
  const usual = [white, red, green, blue].flat();
  if (numbers.every((value, i) => Math.abs(value - usual[i]!) <= near)) return null;
  return makeRgbProfile(gamut, [1], '') && gamut;
}

function readNumbers(body: Uint8Array, count: number): number[] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  return Array.from({ length: count }, (_, i) => view.getUint32(i * 4));
}
