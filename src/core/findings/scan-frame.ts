import { peakOf } from '../picture/depth';
import { depthOf, type Raster } from '../picture/raster';
import { wholeFrame, type Frame } from '../recipe/frame';
import { fitEdge, type Edge } from './scan-edge';

/** Cells along the longer side that are looked at. */
const mostCells = 512;

/** Cells along the shorter side below which nothing is told, and cells of the border that must be seen all round. */
const leastCells = 48;
const leastBorder = 2;

/** How far a cell may be from the border's colour, in levels of 255: at least, and at most where the border is uneven. */
const leastPaper = 10;
const mostPaper = 28;

/** Share of the border on each side that has its colour. */
const leastPlain = 0.94;

/** Share of each edge that is straight, and of all four together. */
const leastStraight = 0.72;
const leastStraightMean = 0.84;

/** Degrees by which the four edges may disagree, and by which a print may lie askew. */
const mostSkew = 0.8;
const mostAngle = 8;

/** Shares of the picture that a print covers at least and at most; of the print that looks like the border at most. */
const leastPrint = 0.25;
const mostPrint = 0.98;
const mostBlank = 0.5;

/** Cells that are left off at each edge: those are of both colours. */
const inset = 0.75;

/** Share of the rows, or columns, of a print that may be blank across: more, and there are several prints. */
const mostGap = 0.012;

/** Share of the lines whose edge lies at the same pixel where a program has drawn the border. */
const drawnEdge = 0.97;

type Cells = {
  readonly width: number;
  readonly height: number;
  /** Pixels along a cell. */
  readonly side: number;
  /** `[height * width]`: 1 where it is not of the border's colour. */
  readonly isPrint: Uint8Array;
};

/**
 * The print in a scan of one: what lies in a plain border (paper, the scanner's lid, an album's page) on all four sides, with four
 * straight edges at right angles. A border that a program has drawn is none: it has one colour, and its edges lie at one pixel.
 *
 * @param raster Only read. Transparent pixels count with the colour that they have.
 * @returns The frame that cuts the print out upright, a little inside of its edges; null where there is none to tell.
 */
export function findScanFrame(raster: Raster): Frame | null {
  const cells = readCells(raster);
  if (!cells) return null;
  const edges = findEdges(cells);
  if (!edges) return null;
  const { left, right, top, bottom } = edges;
  const tilts = [top.slope, bottom.slope, -left.slope, -right.slope].map(toDegrees);
  const tilt = tilts.reduce((sum, each) => sum + each, 0) / tilts.length;
  const isSquare = tilts.every((each) => Math.abs(each - tilt) <= mostSkew);
  if (!isSquare || Math.abs(tilt) > mostAngle) return null;
  const frame = frameOf(edges, tilt, cells, raster);
  if (!frame || !isOnePrint(cells, edges) || isDrawn(raster, tilt)) return null;
  return frame;
}

type Edges = Readonly<Record<'left' | 'right' | 'top' | 'bottom', Edge>>;

function findEdges({ width, height, isPrint }: Cells): Edges | null {
  const rows = (from: number, step: number) =>
    seek(height, width, (y, i) => isPrint[y * width + from + step * i]!);
  const columns = (from: number, step: number) =>
    seek(width, height, (x, i) => isPrint[(from + step * i) * width + x]!);
  const left = fitEdge(rows(0, 1));
  const right = fitEdge(rows(width - 1, -1).map((at) => width - at));
  const top = fitEdge(columns(0, 1));
  const bottom = fitEdge(columns(height - 1, -1).map((at) => height - at));
  if (!left || !right || !top || !bottom) return null;
  const at = ({ start, slope }: Edge, place: number) => start + slope * place;
  const across = at(right, height / 2) - at(left, height / 2);
  const down = at(bottom, width / 2) - at(top, width / 2);
  if (across <= 0 || down <= 0) return null;
  const straight = [
    left.count / down,
    right.count / down,
    top.count / across,
    bottom.count / across,
  ];
  const mean = straight.reduce((sum, each) => sum + each, 0) / straight.length;
  if (Math.min(...straight) < leastStraight || mean < leastStraightMean) return null;
  return { left, right, top, bottom };
}

/** How many cells of the border each line has before the print begins; NaN where it does not. */
function seek(lines: number, length: number, read: (line: number, i: number) => number): number[] {
  return Array.from({ length: lines }, (_, line) => {
    for (let i = 0; i < length * 0.45; i++) if (read(line, i) && read(line, i + 1)) return i;
    return NaN;
  });
}

function frameOf(
  { left, right, top, bottom }: Edges,
  tilt: number,
  cells: Cells,
  photo: Raster,
): Frame | null {
  const corners = [left, right].flatMap((side) => [top, bottom].map((end) => cross(side, end)));
  const middle = [0, 1].map((axis) => corners.reduce((sum, each) => sum + each[axis]!, 0) / 4);
  const radians = (tilt * Math.PI) / 180;
  // Seen upright, from the middle: the nearest of both corners on each side.
  const upright = corners.map(([x, y]) => {
    const [across, down] = [x - middle[0]!, y - middle[1]!];
    return [
      Math.cos(radians) * across + Math.sin(radians) * down,
      Math.cos(radians) * down - Math.sin(radians) * across,
    ] as const;
  });
  const reach = (axis: 0 | 1) => Math.min(...upright.map((each) => Math.abs(each[axis])));
  const width = Math.floor(2 * (reach(0) - inset) * cells.side);
  const height = Math.floor(2 * (reach(1) - inset) * cells.side);
  const share = (width * height) / (photo.width * photo.height);
  if (width < 8 || height < 8 || share < leastPrint || share > mostPrint) return null;
  const [x, y] = [middle[0]! * cells.side - width / 2, middle[1]! * cells.side - height / 2];
  const angle = Math.abs(tilt) < 0.08 ? 0 : -Math.round(tilt * 100) / 100;
  return { ...wholeFrame, crop: { x: Math.round(x), y: Math.round(y), width, height }, angle };
}

/** Where an upright edge and a level one meet. */
function cross(side: Edge, end: Edge): readonly [x: number, y: number] {
  const y = (end.start + end.slope * side.start) / (1 - end.slope * side.slope);
  return [side.start + side.slope * y, y];
}

/** Whether no strip of border crosses it, and most of it is unlike the border. */
function isOnePrint(
  { width, height, isPrint }: Cells,
  { left, right, top, bottom }: Edges,
): boolean {
  const at = ({ start, slope }: Edge, place: number) => start + slope * place;
  const [x0, x1] = [at(left, height / 2), at(right, height / 2)].map(Math.round) as [
    number,
    number,
  ];
  const [y0, y1] = [at(top, width / 2), at(bottom, width / 2)].map(Math.round) as [number, number];
  const rows = new Uint32Array(height);
  const columns = new Uint32Array(width);
  let filled = 0;
  for (let y = y0; y < y1; y++)
    for (let x = x0; x < x1; x++) {
      const print = isPrint[y * width + x]!;
      rows[y]! += print;
      columns[x]! += print;
      filled += print;
    }
  if (filled < (1 - mostBlank) * (x1 - x0) * (y1 - y0)) return false;
  const isGap = (counts: Uint32Array, from: number, to: number, length: number) => {
    const margin = Math.ceil((to - from) * 0.08);
    const blank = [...counts.slice(from + margin, to - margin)].filter(
      (each) => each < 0.02 * length,
    );
    return blank.length > mostGap * (to - from);
  };
  return !isGap(rows, y0, y1, x1 - x0) && !isGap(columns, x0, x1, y1 - y0);
}

function readCells(raster: Raster): Cells | null {
  const side = Math.max(1, Math.ceil(Math.max(raster.width, raster.height) / mostCells));
  const [width, height] = [Math.floor(raster.width / side), Math.floor(raster.height / side)];
  if (Math.min(width, height) < leastCells) return null;
  const read = cellReader(raster, side);
  const sides = listSides(width, height);
  const ring = sides.flat();
  const levels = ring.map(([x, y]) => read(x, y));
  const paper = [0, 1, 2].map((c) => median(levels.map((each) => each[c]!)));
  const distance = (level: readonly number[]) =>
    Math.max(...paper.map((each, c) => Math.abs(level[c]! - each)));
  const limit = Math.min(mostPaper, Math.max(leastPaper, 4 * median(levels.map(distance))));
  // Most photos end here.
  const isPlain = sides.every((cells) => {
    const plain = cells.filter(([x, y]) => distance(read(x, y)) <= limit);
    return plain.length >= leastPlain * cells.length;
  });
  if (!isPlain) return null;
  const isPrint = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++) isPrint[at++] = Number(distance(read(x, y)) > limit);
  return { width, height, side, isPrint };
}

type Cell = readonly [x: number, y: number];

/** The cells of the border, by its sides. */
function listSides(width: number, height: number): readonly (readonly Cell[])[] {
  const strip = (length: number, at: (along: number, depth: number) => Cell) =>
    Array.from({ length: length * leastBorder }, (_, i) => at(i % length, Math.floor(i / length)));
  return [
    strip(height, (y, depth) => [depth, y]),
    strip(height, (y, depth) => [width - 1 - depth, y]),
    strip(width, (x, depth) => [x, depth]),
    strip(width, (x, depth) => [x, height - 1 - depth]),
  ];
}

/** Reads the mean of a few pixels of a cell, in 8-bit levels. */
function cellReader(raster: Raster, side: number): (x: number, y: number) => readonly number[] {
  const { data } = raster;
  const step = Math.max(1, Math.floor(side / 3));
  const scale = 255 / (peakOf(depthOf(raster)) * Math.ceil(side / step) ** 2);
  return (x, y) => {
    let [red, green, blue] = [0, 0, 0];
    for (let j = 0; j < side; j += step)
      for (let i = 0; i < side; i += step) {
        const from = 4 * ((y * side + j) * raster.width + x * side + i);
        red += data[from]!;
        green += data[from + 1]!;
        blue += data[from + 2]!;
      }
    return [red * scale, green * scale, blue * scale];
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** Whether all four edges of an upright border of one colour lie at one pixel each. */
function isDrawn({ data, width, height }: Raster, tilt: number): boolean {
  if (Math.abs(tilt) > 0.1) return false;
  const isSame = (x: number, y: number) =>
    [0, 1, 2].every((c) => data[4 * (y * width + x) + c] === data[c]);
  const isEven = (lines: number, length: number, at: (line: number, i: number) => boolean) => {
    const counts = new Map<number, number>();
    const [from, to] = [Math.round(lines * 0.25), Math.round(lines * 0.75)];
    for (let line = from; line < to; line++) {
      let i = 0;
      while (i < length / 2 && at(line, i)) i++;
      counts.set(i, (counts.get(i) ?? 0) + 1);
    }
    const [place, count] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most));
    // What a scanner has seen has grain, and differs at once.
    return place > 0 && count >= drawnEdge * (to - from);
  };
  return (
    isEven(height, width, (y, i) => isSame(i, y)) &&
    isEven(height, width, (y, i) => isSame(width - 1 - i, y)) &&
    isEven(width, height, (x, i) => isSame(x, i)) &&
    isEven(width, height, (x, i) => isSame(x, height - 1 - i))
  );
}

function toDegrees(slope: number): number {
  return (Math.atan(slope) * 180) / Math.PI;
}
