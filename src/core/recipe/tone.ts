import { optionValidator as check } from '../validator';

/** What a channel of a negative has become, encoded, 0..1. */
export type FilmLevels = readonly [red: number, green: number, blue: number];

/** A film negative: what its positive is made by. */
export type Film = {
  /** Of the clear film, which the positive shows black. */
  readonly base: FilmLevels;
  /** Of the densest part, which it shows white; below the base's. */
  readonly dense: FilmLevels;
  /** 0.5..3: exponent of what lies between, encoded. */
  readonly gamma: number;
};

/** Light and white of the photo, before anything else is done to it. What each does is written at `toneRaster` in `core/frame`. */
export type Tone = {
  /** In stops of light, -3..3. */
  readonly brightness: number;
  /** -1..1: from cold to warm. */
  readonly temperature: number;
  /** -1..1: from green to magenta. */
  readonly tint: number;
  /** -1..1: dark parts, from darker to brighter. */
  readonly shadows: number;
  /** -1..1: bright parts, likewise. */
  readonly highlights: number;
  /** What makes a positive of the photo before all of that; left out where it is none's negative. */
  readonly negative?: Film;
};

/** The name of one of a tone's values. */
export type ToneName = Exclude<keyof Tone, 'negative'>;

/** The photo as it is. */
export const neutralTone: Tone = {
  ...{ brightness: 0, temperature: 0, tint: 0, shadows: 0, highlights: 0 },
};

/** The names of a tone's values. */
export const toneNames = Object.keys(neutralTone) as readonly ToneName[];

/** Most stops of brightness, to either side. */
export const mostBrightness = 3;

/**
 * Whether two tones are the same.
 *
 * @param a One; left out for the photo as it is.
 * @param b Another.
 * @returns True where all their values are.
 */
export function isSameTone(a: Tone = neutralTone, b: Tone = neutralTone): boolean {
  return toneNames.every((name) => a[name] === b[name]) && isSameFilm(a.negative, b.negative);
}

function isSameFilm(a?: Film, b?: Film): boolean {
  if (!a || !b) return a === b;
  const isSame = (one: FilmLevels, other: FilmLevels) =>
    one.every((level, c) => level === other[c]);
  return isSame(a.base, b.base) && isSame(a.dense, b.dense) && a.gamma === b.gamma;
}

/** Ends of a film's gamma. */
export const filmGammas = [0.5, 3] as const;

/**
 * Checks a tone that came from outside.
 *
 * @param value Anything; what is missing is 0.
 * @param path Where it lies, for the message.
 * @returns A new, typed tone.
 * @throws {EnhanceError} `option-wrong`, naming the path of what is wrong.
 */
export function parseTone(value: unknown, path: string): Tone {
  const fields = check.object(value, path, [...toneNames, 'negative']);
  const number = (name: ToneName, most = 1) =>
    check.between(fields[name] === undefined ? 0 : fields[name], [-most, most], `${path}.${name}`);
  return {
    brightness: number('brightness', mostBrightness),
    temperature: number('temperature'),
    tint: number('tint'),
    shadows: number('shadows'),
    highlights: number('highlights'),
    ...(fields['negative'] !== undefined && {
      negative: parseFilm(fields['negative'], `${path}.negative`),
    }),
  };
}

/** How far the densest part lies below the clear film at least, in every channel. */
export const leastFilmSpan = 0.01;

function parseFilm(value: unknown, path: string): Film {
  const fields = check.object(value, path, ['base', 'dense', 'gamma']);
  const levels = (name: 'base' | 'dense', ends: (c: number) => readonly [number, number]) => {
    const list = check.list(fields[name], `${path}.${name}`, 3);
    const level = (c: number) => check.between(list[c], ends(c), `${path}.${name}[${c}]`);
    return [level(0), level(1), level(2)] as const;
  };
  const base = levels('base', () => [leastFilmSpan, 1]);
  const dense = levels('dense', (c) => [0, base[c]! - leastFilmSpan]);
  return { base, dense, gamma: check.between(fields['gamma'], filmGammas, `${path}.gamma`) };
}
