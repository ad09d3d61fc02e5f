import { optionValidator as check } from '../validator';

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
};

/** The photo as it is. */
export const neutralTone: Tone = {
  ...{ brightness: 0, temperature: 0, tint: 0, shadows: 0, highlights: 0 },
};

/** The names of a tone's values. */
export const toneNames = Object.keys(neutralTone) as readonly (keyof Tone)[];

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
  return toneNames.every((name) => a[name] === b[name]);
}

/**
 * Checks a tone that came from outside.
 *
 * @param value Anything; what is missing is 0.
 * @param path Where it lies, for the message.
 * @returns A new, typed tone.
 * @throws {EnhanceError} `option-wrong`, naming the path of what is wrong.
 */
export function parseTone(value: unknown, path: string): Tone {
  const fields = check.object(value, path, toneNames);
  const number = (name: keyof Tone, most = 1) =>
    check.between(fields[name] === undefined ? 0 : fields[name], [-most, most], `${path}.${name}`);
  return {
    brightness: number('brightness', mostBrightness),
    temperature: number('temperature'),
    tint: number('tint'),
    shadows: number('shadows'),
    highlights: number('highlights'),
  };
}
