import { lightOf, oklab, rootOf, valueOf } from '../picture/oklab';
import type { Size } from '../picture/rect';
import { fullness, type TintMap } from './tint-map';

/** Squared difference in lightness up to which a cell of a tint's map counts as much as one that is no different. */
export const likeness = 4e-4;

/** Least share of colour that is divided by. */
export const leastShare = 1e-6;

/** Halvings in which chroma is brought into the gamut at last: beside black a thousandth of it is two levels. */
export const gamutTurns = 12;

/** Steps from grey before those: the gamut is not convex. */
export const gamutSteps = 8;

/** How far a channel of light may lie above 1 and be cut. */
export const gamutSlack = 1e-5;

/**
 * How far it may lie below 0, as a share of the light of a grey: beside blue the way from grey leaves the gamut by 0.8 % and
 * comes back. Cut, that is a thousandth of lightness.
 */
export const gamutDip = 0.01;

/** Lays a tint on a row of pixels. */
export type TintRow = (y: number, line: Float64Array) => void;

/**
 * Prepares laying a tint on pixels. Each takes its colour from the four cells of the map round it, by how near they
 * are and how like its own lightness theirs is (joint bilateral upsampling, J. Kopf et al. 2007), at the lightness that it has.
 * Where the colour does not fit into the gamut its chroma is less, never its lightness another.
 *
 * @param map The colours.
 * @param places Which pixels of a whole picture, that the map is stretched over, there are.
 * @param places.columns Which column each column shows.
 * @param places.rows Which row each row.
 * @param places.whole Size of the whole.
 * @param keepsOwn Whether what is not tinted keeps its own colour; else it has none.
 * @param full The highest level.
 * @returns Lays it on a line `[width * 4]` of levels, in place; what is not coloured stays as it is, if it keeps its own.
 */
export function prepareTint(
  map: TintMap,
  places: { readonly columns: Int32Array; readonly rows: Int32Array; readonly whole: Size },
  keepsOwn: boolean,
  full: number,
): TintRow {
  const { width, height, values } = map;
  const { columns, rows, whole } = places;
  const across = placesOf(columns, width, whole.width);
  const down = placesOf(rows, height, whole.height);
  const pixel = { lightness: 0, a: 0, b: 0 };
  const corners = { cells: new Int32Array(4), near: new Float64Array(4) };
  const wish = { a: 0, b: 0, share: 0 };
  return (y, line) => {
    for (let x = 0, at = 0; x < columns.length; x++, at += 4) {
      findCorners(across[x]!, down[y]!, map, corners);
      const isReached = reaches(values, corners.cells);
      if (keepsOwn && !isReached) continue;
      readPixel(line, at, full, pixel);
      if (!isReached) pixel.a = pixel.b = 0;
      else {
        const { lightness } = pixel;
        mixCorners(values, corners, lightness, wish);
        // An own colour at the gamut's border stays there: only what is painted is made to fit.
        const chroma = fullness(lightness) / wish.share;
        fit(lightness, chroma * wish.a, chroma * wish.b);
        const own = keepsOwn ? 1 - wish.share : 0;
        pixel.a = own * pixel.a + wish.share * fitted.a;
        pixel.b = own * pixel.b + wish.share * fitted.b;
      }
      writePixel(line, at, full, pixel);
    }
  };
}

/** The four cells round a place: where their values begin, and how near each is, all together 1. */
type Corners = { readonly cells: Int32Array; readonly near: Float64Array };

function findCorners(x: number, y: number, { width, height }: Size, out: Corners): void {
  const [left, upper] = [Math.floor(x), Math.floor(y)];
  const right = Math.min(left + 1, width - 1);
  const lower = Math.min(upper + 1, height - 1);
  const [beside, below] = [x - left, y - upper];
  const { cells, near } = out;
  cells[0] = (upper * width + left) * 4;
  cells[1] = (upper * width + right) * 4;
  cells[2] = (lower * width + left) * 4;
  cells[3] = (lower * width + right) * 4;
  near[0] = (1 - beside) * (1 - below);
  near[1] = beside * (1 - below);
  near[2] = (1 - beside) * below;
  near[3] = beside * below;
}

function reaches(values: Float32Array, cells: Int32Array): boolean {
  for (let corner = 0; corner < 4; corner++) if (values[cells[corner]! + 2]! > 0) return true;
  return false;
}

/** Leaves in `out` the mean of four cells, by how near they are and how like a lightness theirs is. */
function mixCorners(
  values: Float32Array,
  { cells, near }: Corners,
  lightness: number,
  out: { a: number; b: number; share: number },
): void {
  let [a, b, share, sum] = [0, 0, 0, 0];
  for (let corner = 0; corner < 4; corner++) {
    const cell = cells[corner]!;
    const apart = lightness - values[cell + 3]!;
    const unlike = likeness + apart * apart;
    const weight = near[corner]! / (unlike * unlike);
    a += weight * values[cell]!;
    b += weight * values[cell + 1]!;
    share += weight * values[cell + 2]!;
    sum += weight;
  }
  out.a = a / sum;
  out.b = b / sum;
  out.share = Math.max(leastShare, share / sum);
}

/** A colour of Oklab. */
type Lab = { lightness: number; a: number; b: number };

/** Where pixels lie among the cells of a coarser axis, from middle to middle. */
function placesOf(pixels: Int32Array, cells: number, whole: number): Float64Array {
  return Float64Array.from(pixels, (pixel) =>
    Math.min(cells - 1, Math.max(0, ((pixel + 0.5) * cells) / whole - 0.5)),
  );
}

function readPixel(line: Float64Array, at: number, full: number, out: Lab): void {
  const { cones, lab } = oklab;
  const red = lightOf(Math.min(1, Math.max(0, line[at]! / full)));
  const green = lightOf(Math.min(1, Math.max(0, line[at + 1]! / full)));
  const blue = lightOf(Math.min(1, Math.max(0, line[at + 2]! / full)));
  const long = rootOf(cones[0] * red + cones[1] * green + cones[2] * blue);
  const middle = rootOf(cones[3] * red + cones[4] * green + cones[5] * blue);
  const short = rootOf(cones[6] * red + cones[7] * green + cones[8] * blue);
  out.lightness = lab[0] * long + lab[1] * middle + lab[2] * short;
  out.a = lab[3] * long + lab[4] * middle + lab[5] * short;
  out.b = lab[6] * long + lab[7] * middle + lab[8] * short;
}

const fitted = { a: 0, b: 0 };

/** Leaves in {@link fitted} as much of a colour's chroma as can be shown: what comes first on the way from grey. */
function fit(lightness: number, a: number, b: number): void {
  let least = fits(lightness, a, b) ? 1 : 0;
  if (least === 0) {
    let step = 1 / gamutSteps;
    while (least + step < 1 && fits(lightness, (least + step) * a, (least + step) * b))
      least += step;
    for (let turn = 0; turn < gamutTurns; turn++) {
      step /= 2;
      if (fits(lightness, (least + step) * a, (least + step) * b)) least += step;
    }
  }
  fitted.a = least * a;
  fitted.b = least * b;
}

const light = { red: 0, green: 0, blue: 0 };

function fits(lightness: number, a: number, b: number): boolean {
  findLight(lightness, a, b);
  const { red, green, blue } = light;
  const least = -gamutDip * cubeOf(lightness);
  return Math.min(red, green, blue) >= least && Math.max(red, green, blue) <= 1 + gamutSlack;
}

/** Leaves the light of a colour in {@link light}. */
function findLight(lightness: number, a: number, b: number): void {
  const { roots, light: weights } = oklab;
  const long = cubeOf(lightness + roots[1] * a + roots[2] * b);
  const middle = cubeOf(lightness + roots[4] * a + roots[5] * b);
  const short = cubeOf(lightness + roots[7] * a + roots[8] * b);
  light.red = weights[0] * long + weights[1] * middle + weights[2] * short;
  light.green = weights[3] * long + weights[4] * middle + weights[5] * short;
  light.blue = weights[6] * long + weights[7] * middle + weights[8] * short;
}

function cubeOf(value: number): number {
  return value * value * value;
}

function writePixel(line: Float64Array, at: number, full: number, colour: Lab): void {
  findLight(colour.lightness, colour.a, colour.b);
  line[at] = full * valueOf(light.red);
  line[at + 1] = full * valueOf(light.green);
  line[at + 2] = full * valueOf(light.blue);
}
