import type { Bytes } from '../src/formats/metadata/metadata';

type Triple = readonly [number, number, number];

/** Colorants of spaces in CIE XYZ under D50, and the gamma of their curves; none for sRGB's own curve. */
const spaces = {
  srgb: {
    gamma: null,
    colorants: [
      [0.43607, 0.22249, 0.01392],
      [0.38515, 0.71687, 0.09708],
      [0.14307, 0.06061, 0.7141],
    ],
  },
  p3: {
    gamma: 2.2,
    colorants: [
      [0.51512, 0.2412, -0.00105],
      [0.29198, 0.69225, 0.04189],
      [0.1571, 0.06657, 0.78407],
    ],
  },
  adobe: {
    gamma: 2.19921875,
    colorants: [
      [0.60974, 0.31111, 0.01947],
      [0.20528, 0.62567, 0.06087],
      [0.14919, 0.06322, 0.74457],
    ],
  },
  prophoto: {
    gamma: 1.8,
    colorants: [
      [0.79767, 0.28804, 0],
      [0.13519, 0.71188, 0],
      [0.03134, 0.00008, 0.82491],
    ],
  },
} as const satisfies Record<string, { gamma: number | null; colorants: readonly Triple[] }>;

/** A space that there is a profile of here. */
export type SpaceName = keyof typeof spaces;

/**
 * Makes an ICC profile of three colorants and a gamma. Source: ICC.1:2001-04 (version 2), 6.
 *
 * @param name Of a space.
 * @param padding Bytes that nobody reads, behind the tags: profiles with tables are long.
 * @returns The profile.
 */
export function makeProfile(name: SpaceName, padding = 0): Bytes {
  const { gamma, colorants } = spaces[name];
  const entries = gamma === null ? srgbCurve() : [Math.round(gamma * 256), 0];
  const count = gamma === null ? entries.length : 1;
  const curve = join(text('curv'), word(0), word(count), ...entries.map(half));
  const [r, g, b] = colorants.map((xyz) => join(text('XYZ '), word(0), ...xyz.map(fixed)));
  const colours = { rXYZ: r!, gXYZ: g!, bXYZ: b!, rTRC: curve, gTRC: curve, bTRC: curve };
  return makeIcc('RGB ', `Test ${name}`, colours, padding);
}

function makeIcc(
  space: string,
  title: string,
  colours: Record<string, Uint8Array>,
  padding = 0,
): Bytes {
  const tags: Record<string, Uint8Array> = {
    desc: join(
      ...[text('desc'), word(0), word(title.length + 1), text(`${title}\0`)],
      new Uint8Array(4 + 4 + 2 + 1 + 67 + ((3 - title.length) & 3)),
    ),
    cprt: join(text('text'), word(0), text('CC0\0')),
    wtpt: join(text('XYZ '), word(0), ...[0.9642, 1, 0.82491].map(fixed)),
    ...colours,
  };
  const names = Object.keys(tags);
  let at = 132 + names.length * 12;
  const table = names.map((tag) => {
    const entry = join(text(tag), word(at), word(tags[tag]!.length));
    at += tags[tag]!.length;
    return entry;
  });
  const head = new Uint8Array(128);
  const put = (where: number, bytes: Uint8Array) => head.set(bytes, where);
  put(0, word(at + padding));
  put(8, word(0x02400000));
  put(12, text(`mntr${space}XYZ `));
  put(24, join(...[2026, 1, 1, 0, 0, 0].map(half)));
  put(36, text('acsp'));
  put(68, join(...[0.9642, 1, 0.82491].map(fixed)));
  const all = [head, word(names.length), ...table, ...Object.values(tags), new Uint8Array(padding)];
  return join(...all);
}

/**
 * Makes a profile of gray.
 *
 * @param curve The gamma of its curve, the entries of a table, 0..65535, or the numbers of one of the parametric curves.
 * @param isLab Whether the curve tells lightness, in place of light.
 * @returns The profile.
 */
export function makeGrayProfile(
  curve:
    number | { readonly table: readonly number[] } | { readonly parameters: readonly number[] },
  isLab = false,
): Bytes {
  const profile = makeIcc('GRAY', `Test gray`, { kTRC: drawCurve(curve) });
  if (isLab) profile.set(text('Lab '), 20);
  return profile;
}

function drawCurve(curve: Parameters<typeof makeGrayProfile>[0]): Bytes {
  if (typeof curve === 'number') return drawCurve({ table: [Math.round(curve * 256)] });
  if ('parameters' in curve) {
    const kind = [1, 3, 4, 5, 7].indexOf(curve.parameters.length);
    return join(text('para'), word(0), half(kind), half(0), ...curve.parameters.map(fixed));
  }
  const { table } = curve;
  const padding = half(0).subarray(0, (table.length % 2) * 2);
  return join(text('curv'), word(0), word(table.length), ...table.map(half), padding);
}

/** IEC 61966-2-1, in 1024 steps. */
function srgbCurve(): number[] {
  return Array.from({ length: 1024 }, (_, i) => {
    const v = i / 1023;
    return Math.round(65535 * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  });
}

const text = (value: string) => Uint8Array.from(value, (letter) => letter.charCodeAt(0));
const half = (value: number) => Uint8Array.of(value >> 8, value);
const word = (value: number) => join(half(value >>> 16), half(value & 0xffff));
const fixed = (value: number) => word(Math.round(value * 65536) >>> 0);

function join(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
