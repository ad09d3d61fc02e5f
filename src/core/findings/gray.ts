import { peakOf } from '../picture/depth';
import { depthOf, type Raster } from '../picture/raster';

/** Places along each side that are looked at. */
const mostPlaces = 96;

/** By how many levels of 255 the colours of gray places may differ from one line through them, and the share that must not. */
const mostOff = 10;
const leastOn = 0.98;

/**
 * Whether a picture has no colours of its own: gray, or toned in one colour as a sepia print is, whose red, green and blue each follow
 * its lightness.
 *
 * @param raster Only read. Transparent pixels count with the colour that they have.
 * @returns True where nearly all places lie on one line through colour space.
 */
export function isGrayPicture(raster: Raster): boolean {
  const { data, width, height } = raster;
  const scale = 255 / peakOf(depthOf(raster));
  const places: (readonly [number, number, number])[] = [];
  const at = (i: number, length: number) => Math.floor(((i + 0.5) * length) / mostPlaces);
  for (let j = 0; j < mostPlaces; j++)
    for (let i = 0; i < mostPlaces; i++) {
      const from = 4 * (at(j, height) * width + at(i, width));
      places.push([data[from]! * scale, data[from + 1]! * scale, data[from + 2]! * scale]);
    }
  // How far red and blue lie from green, as a line over it: sepia's shadows are less brown than its lights.
  const lines = ([0, 2] as const).map((c) => fitLine(places.map((p) => [p[1], p[c] - p[1]])));
  const isOn = (p: readonly [number, number, number]) =>
    lines.every(
      ([offset, slope], k) => Math.abs(p[k * 2]! - p[1] - offset - slope * p[1]) < mostOff,
    );
  return places.filter(isOn).length >= leastOn * places.length;
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
