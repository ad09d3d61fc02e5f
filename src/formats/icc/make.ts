import { joinBytes, latin1 } from '../metadata/bytes';
import type { Bytes } from '../metadata/metadata';
import { apply, invert, multiply, transpose, triple, type Matrix, type Triple } from './matrix';

/** A chromaticity, CIE 1931 x and y. */
export type Chromaticity = readonly [x: number, y: number];

/** Where a space's white and colorants lie. */
export type Gamut = {
  readonly white: Chromaticity;
  readonly red: Chromaticity;
  readonly green: Chromaticity;
  readonly blue: Chromaticity;
};

/**
 * How levels become light: `(a x + b)^g` from `d` on, below it `c x`; a power alone where only `g` is told.
 */
export type Curve = readonly [g: number, ...abcd: readonly number[]];

/** The white that profiles connect by. ICC.1:2022, 7.2.16. */
const d50: Triple = [0.9642, 1, 0.8249];

/** Cone responses of Bradford's adaptation, ICC.1:2022, annex E. */
const bradford: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

/**
 * Makes the profile of a space of three colorants and one curve. Source: ICC.1:2022, 8.3.3, 9.2 and 10.
 *
 * @param gamut Its white and colorants.
 * @param curve How its levels become light.
 * @param title What it is called, ASCII.
 * @returns The profile; null where no space is made of these colorants.
 */
export function makeRgbProfile(gamut: Gamut, curve: Curve, title: string): Bytes | null {
  const colorants = colorantsOf(gamut);
  if (!colorants) return null;
  const [r, g, b] = transpose(colorants);
  const adapted = adaptation(lightOf(gamut.white));
  const curves = { rTRC: writeCurve(curve), gTRC: writeCurve(curve), bTRC: writeCurve(curve) };
  const places = { rXYZ: writeXyz(r), gXYZ: writeXyz(g), bXYZ: writeXyz(b) };
  const chad = joinBytes([latin1('sf32'), word(0), ...adapted.flat().map(fixed)]);
  return makeProfile('RGB ', title, { ...places, ...curves, chad });
}

/**
 * A space's colorants as profiles connect them: seen by the white of {@link d50}, by Bradford's adaptation.
 *
 * @param gamut The space.
 * @returns Columns of X, Y and Z for light of its red, green and blue, which add up to that white; null where no space is made of these.
 */
export function colorantsOf(gamut: Gamut): Matrix | null {
  const white = lightOf(gamut.white);
  const colorants = transpose([lightOf(gamut.red), lightOf(gamut.green), lightOf(gamut.blue)]);
  const inverse = invert(colorants);
  if (!inverse) return null;
  const amounts = apply(inverse, white);
  const scaled = triple((y) => triple((x) => colorants[y][x] * amounts[x]));
  const adapted = multiply(adaptation(white), scaled);
  return adapted.flat().every((value) => Math.abs(value) < 4) ? adapted : null;
}

/**
 * Makes the profile of gray levels. Source: ICC.1:2022, 8.3.4.
 *
 * @param curve How they become light.
 * @param title What it is called, ASCII.
 * @returns The profile.
 */
export function makeGrayProfile(curve: Curve, title: string): Bytes {
  return makeProfile('GRAY', title, { kTRC: writeCurve(curve) });
}

function makeProfile(space: string, title: string, own: Readonly<Record<string, Bytes>>): Bytes {
  const tags: Readonly<Record<string, Bytes>> = {
    desc: writeText(title),
    cprt: writeText('CC0'),
    wtpt: writeXyz(d50),
    ...own,
  };
  const names = Object.keys(tags);
  let at = 132 + names.length * 12;
  const entries = names.flatMap((name) => {
    const entry = [latin1(name), word(at), word(tags[name]!.length)];
    at += tags[name]!.length;
    return entry;
  });
  const head = [
    ...[word(at), word(0), word(0x04300000), latin1(`mntr${space}XYZ `)],
    // 1 January 2020, so that the same file always has the same profile.
    ...[
      [2020, 1],
      [1, 0],
      [0, 0],
    ].flatMap((pair) => pair.map(half)),
    ...[latin1('acsp'), new Uint8Array(28), ...d50.map(fixed), new Uint8Array(48)],
  ];
  return joinBytes([...head, word(names.length), ...entries, ...Object.values(tags)]);
}

/** In American English, as `mluc`; of whole words. */
function writeText(text: string): Bytes {
  const letters = [...text].map((letter) => half(letter.charCodeAt(0)));
  const padding = new Uint8Array((text.length & 1) * 2);
  const lengths = [1, 12].map(word);
  const place = [text.length * 2, 28].map(word);
  return joinBytes([
    ...[latin1('mluc'), word(0), ...lengths, latin1('enUS'), ...place],
    ...[...letters, padding],
  ]);
}

/** Kind 0 of a parametric curve is a power, kind 3 has a straight beginning. */
function writeCurve(curve: Curve): Bytes {
  const kind = curve.length === 1 ? 0 : 3;
  return joinBytes([latin1('para'), word(0), half(kind), half(0), ...curve.map(fixed)]);
}

const writeXyz = (xyz: Triple) => joinBytes([latin1('XYZ '), word(0), ...xyz.map(fixed)]);

function word(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

const half = (value: number) => Uint8Array.of(value >> 8, value & 255);

/** `s15Fixed16Number`. */
function fixed(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, Math.round(value * 65536));
  return bytes;
}

const lightOf = ([x, y]: Chromaticity): Triple => [x / y, 1, (1 - x - y) / y];

/** From a white to that of profiles. */
function adaptation(white: Triple): Matrix {
  const [from, to] = [apply(bradford, white), apply(bradford, d50)];
  const back = invert(bradford)!;
  return multiply(
    back,
    triple((y) => triple((x) => (bradford[y][x] * to[y]) / from[y])),
  );
}
