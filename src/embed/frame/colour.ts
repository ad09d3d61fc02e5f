/** Red, green and blue of sRGB, encoded, each 0..1. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** How a browser writes a colour down again; null where it is none. */
export type Serialise = (colour: string) => string | null;

/** Least contrast of words on a button (WCAG 2.2, 1.4.3). */
const leastContrast = 4.5;

/** What words on a button may be written in, the first that can be read: black can on all that white cannot. */
const inks = ['#1c1c1c', '#ffffff', '#000000'] as const;

/**
 * Reads an opaque colour. Nothing of the text itself is used: neither functions, nor variables, nor addresses
 * in it reach a style.
 *
 * @param text From outside.
 * @param serialise The browser's own reading of one colour.
 * @returns The colour, within sRGB; null where the text is none, or lets something through.
 */
export function readColour(text: string, serialise: Serialise): Rgb | null {
  const written = serialise(text);
  if (written === null) return null;
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(written);
  if (hex) return rgb(hex, (part) => parseInt(part, 16) / 255);
  // Colours of other spaces are written in their own way; a mix with themselves is in this one.
  const mixed = serialise(`color-mix(in srgb, ${text}, ${text})`) ?? '';
  const parts = /^color\(srgb ([-+.e\d]+) ([-+.e\d]+) ([-+.e\d]+)\)$/.exec(mixed);
  return parts && rgb(parts, (part) => Math.min(1, Math.max(0, Number(part))));
}

function rgb([, ...parts]: RegExpExecArray, read: (part: string) => number): Rgb | null {
  const values = parts.map(read);
  return values.every(Number.isFinite) ? (values as unknown as Rgb) : null;
}

/**
 * Writes a colour for a style.
 *
 * @param colour The colour.
 * @returns CSS, made of three numbers.
 */
export function writeColour(colour: Rgb): string {
  return `rgb(${colour.map((part) => Math.round(part * 255)).join(' ')})`;
}

/**
 * How easily two colours are told apart (WCAG 2.2, contrast ratio).
 *
 * @param a One.
 * @param b Another.
 * @returns 1 for the same, 21 for black and white.
 */
export function contrastOf(a: Rgb, b: Rgb): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number): number =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/**
 * Chooses what words on a colour are written in.
 *
 * @param colour What is behind them.
 * @returns A CSS colour with a contrast of at least 4.5.
 */
export function chooseInk(colour: Rgb): string {
  const serialise: Serialise = (ink) => ink;
  return inks.find((ink) => contrastOf(readColour(ink, serialise)!, colour) >= leastContrast)!;
}
