import { toOklab } from '../picture/oklab';
import type { Raster } from '../picture/raster';
import { rank, readCoarsely, sortValues, type Colour } from './coarse';

/** How far the colours of gray cells may lie from one line through them, encoded, and the share that must not. */
const mostOff = 10 / 255;
const leastOn = 0.98;

/**
 * What a warm tone looks like in Oklab: its hue in degrees, from vermilion to yellow, how much of it there is in the median and in all but
 * a fiftieth of the cells, and how far cells may lie across it (all but a fiftieth) and from the mean of what is as light (all but a tenth).
 * Of 284 photos of the training set none looks so, of 157 dev photos three; all three sepia prints of `dev/real/old` do.
 */
const warm = {
  hues: [45, 110],
  amounts: [0.015, 0.1],
  leastAnywhere: 0.006,
  mostAcross: 0.02,
  mostApart: 0.015,
} as const;

/** Steps of lightness in which the colours of what is as light are compared. */
const steps = 12;

/**
 * Whether a picture has no colours of its own: gray, or toned in one colour as a sepia print is. Either its red, green and blue lie on one
 * line, or it is warm everywhere and its colour follows its lightness, as well as it may on paper that has yellowed in places.
 *
 * @param raster Only read; its colours are taken for sRGB's. Transparent pixels count with the colour that they have.
 * @returns True where nearly all of it is so.
 */
export function isMonochrome(raster: Raster): boolean {
  const colours = readCoarsely(raster);
  return isOneLine(colours) || isWarmToned(colours);
}

function isOneLine(colours: readonly Colour[]): boolean {
  // How far red and blue lie from green, as a line over it: sepia's shadows are less brown than its lights.
  const lines = ([0, 2] as const).map((c) => fitLine(colours.map((p) => [p[1], p[c] - p[1]])));
  const isOn = (p: Colour) =>
    lines.every(
      ([offset, slope], k) => Math.abs(p[k * 2]! - p[1] - offset - slope * p[1]) < mostOff,
    );
  return colours.filter(isOn).length >= leastOn * colours.length;
}

/** The line of least squares. */
function fitLine(points: readonly (readonly [x: number, y: number])[]): readonly [number, number] {
  const n = points.length;
  const mean = (of: 0 | 1) => points.reduce((sum, p) => sum + p[of], 0) / n;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, p) => sum + (p[0] - x) ** 2, 0);
  const slope =
    spread === 0 ? 0 : points.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0) / spread;
  return [y - slope * x, slope];
}

function isWarmToned(colours: readonly Colour[]): boolean {
  const lab = colours.map(([r, g, b]) => toOklab(r, g, b));
  const [a, b] = meanOf(lab);
  const amount = Math.hypot(a, b);
  const hue = (Math.atan2(b, a) * 180) / Math.PI;
  if (amount === 0 || hue < warm.hues[0] || hue > warm.hues[1]) return false;
  const along = sortValues(lab.map((p) => (p[1] * a + p[2] * b) / amount));
  const across = sortValues(lab.map((p) => Math.abs(p[2] * a - p[1] * b) / amount));
  const median = rank(along, 0.5);
  return (
    median >= warm.amounts[0] &&
    median <= warm.amounts[1] &&
    rank(along, 0.02) >= warm.leastAnywhere &&
    rank(across, 0.98) <= warm.mostAcross &&
    rank(sortValues(measureApart(lab)), 0.9) <= warm.mostApart
  );
}

type Lab = ReturnType<typeof toOklab>;

const meanOf = (lab: readonly Lab[]): readonly [a: number, b: number] => [
  lab.reduce((sum, p) => sum + p[1], 0) / lab.length,
  lab.reduce((sum, p) => sum + p[2], 0) / lab.length,
];

/** How far the colour of each lies from the mean of those that are as light. */
function measureApart(lab: readonly Lab[]): readonly number[] {
  const stepOf = (p: Lab) => Math.min(steps - 1, Math.floor(p[0] * steps));
  const means = Array.from({ length: steps }, (_, step) =>
    meanOf(lab.filter((p) => stepOf(p) === step)),
  );
  return lab.map((p) => {
    const [a, b] = means[stepOf(p)]!;
    return Math.hypot(p[1] - a, p[2] - b);
  });
}
