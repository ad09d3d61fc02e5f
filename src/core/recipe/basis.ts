import { isSameFrame, parseFrame, type Frame } from './frame';
import { isSameTone, parseTone, type Tone } from './tone';

/** What a recipe makes of a photo before its steps: its frame, and then its light; all else works on that. */
export type Basis = {
  /** All of the photo, as it is, where it is left out. */
  readonly frame?: Frame;
  /** The light that the photo has, where it is left out. */
  readonly tone?: Tone;
};

/**
 * Whether two recipes work on the same pixels of a photo.
 *
 * @param a One, or its basis.
 * @param b Another.
 * @returns True where frame and tone are the same.
 */
export function isSameBasis(a: Basis, b: Basis): boolean {
  return isSameFrame(a.frame, b.frame) && isSameTone(a.tone, b.tone);
}

/**
 * A recipe for another basis.
 *
 * @param recipe What was asked; its masks and marks are not looked at.
 * @param basis The basis.
 * @returns A new recipe, which says nothing of what leaves the photo as it is.
 */
export function withBasis<Asked extends Basis>(
  { frame: _, tone: __, ...recipe }: Asked,
  { frame, tone }: Basis,
): Omit<Asked, keyof Basis> & Basis {
  return {
    ...recipe,
    ...(frame && !isSameFrame(frame) && { frame }),
    ...(tone && !isSameTone(tone) && { tone }),
  };
}

/**
 * Checks a basis that came from outside.
 *
 * @param value Its fields; others are not looked at.
 * @param path Where they lie, for the message.
 * @returns A new, typed basis, whether or not its crop fits a photo.
 * @throws {EnhanceError} `option-wrong`, naming the path of what is wrong.
 */
export function parseBasis(value: Readonly<Record<string, unknown>>, path: string): Basis {
  const { frame = {}, tone = {} } = value;
  return withBasis(
    {},
    { frame: parseFrame(frame, `${path}.frame`), tone: parseTone(tone, `${path}.tone`) },
  );
}
