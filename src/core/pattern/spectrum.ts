import { Fft2d, type Spectrum } from '../shake/fft';

/**
 * The spectrum of a square, of which half is held (see {@link Spectrum}): where its frequencies lie, and how far one
 * stands out from what is round it.
 */
export class SquareSpectrum {
  /** Side of the square; a power of two. */
  readonly side: number;
  readonly values: Spectrum;
  readonly #fft: Fft2d;
  readonly #rows: number;
  readonly #rings: readonly (readonly Offset[])[];

  /**
   * @param side Of the square; a power of two, at least 16.
   * @param clearance Whole frequencies round a wave that are its own; what is farther, up to {@link reach}, is round it.
   */
  constructor(side: number, clearance: number) {
    this.side = side;
    this.#fft = new Fft2d({ width: side, height: side });
    this.values = this.#fft.createSpectrum();
    this.#rows = side / 2 + 1;
    this.#rings = surroundings(clearance);
  }

  /**
   * Transforms a picture.
   *
   * @param picture `[side * side]`, read from.
   */
  read(picture: Float32Array): void {
    this.#fft.forward(picture, this.values);
  }

  /**
   * Transforms back.
   *
   * @param picture `[side * side]`, written to.
   */
  write(picture: Float32Array): void {
    this.#fft.inverse(this.values, picture);
  }

  /**
   * The power of each frequency.
   *
   * @param powers Laid out as the spectrum is; written to.
   */
  powers(powers: Float32Array): void {
    const { real, imaginary } = this.values;
    for (let i = 0; i < powers.length; i++) powers[i] = real[i]! ** 2 + imaginary[i]! ** 2;
  }

  /**
   * Where a frequency is held; that of a frequency and its opposite is the same, for they mirror each other.
   *
   * @param x In cycles per side; any whole number.
   * @param y In cycles per side; any whole number.
   * @returns An index into the spectrum.
   */
  indexOf(x: number, y: number): number {
    const { side } = this;
    const row = y & (side - 1);
    if (row <= side / 2) return (x & (side - 1)) * this.#rows + row;
    return (-x & (side - 1)) * this.#rows + side - row;
  }

  /**
   * Where the frequencies round one are held.
   *
   * @param x In cycles per side.
   * @param y In cycles per side.
   * @param radius How far they go, in cycles per side.
   * @returns Indices into the spectrum; some twice near its border.
   */
  within(x: number, y: number, radius: number): readonly number[] {
    const most = Math.floor(radius);
    const indices: number[] = [];
    for (let dy = -most; dy <= most; dy++)
      for (let dx = -most; dx <= most; dx++)
        if (Math.hypot(dx, dy) <= radius) indices.push(this.indexOf(x + dx, y + dy));
    return indices;
  }

  /**
   * What is round a frequency: of the medians of a ring and of the lines through it in four directions the highest, for
   * an edge is a line through the middle of a spectrum, and no wave.
   *
   * @param powers Laid out as the spectrum is.
   * @param x In cycles per side.
   * @param y In cycles per side.
   * @returns As `powers` has it.
   */
  around(powers: Float32Array, x: number, y: number): number {
    let highest = -Infinity;
    for (const ring of this.#rings)
      highest = Math.max(
        highest,
        medianOf(ring.map(([dx, dy]) => powers[this.indexOf(x + dx, y + dy)]!)),
      );
    return highest;
  }
}

/** In cycles per side. */
type Offset = readonly [x: number, y: number];

/** How far what is round a wave goes, in cycles per side. */
const reach = 7;

const directions: readonly Offset[] = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, -1],
];

function surroundings(clearance: number): readonly (readonly Offset[])[] {
  const isAround = ([x, y]: Offset) =>
    Math.hypot(x, y) > clearance && Math.max(Math.abs(x), Math.abs(y)) <= reach;
  const steps = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  const lines = directions.map(([x, y]) =>
    steps.map((step): Offset => [step * x, step * y]).filter(isAround),
  );
  const square = steps.flatMap((y) => steps.map((x): Offset => [x, y]));
  const ring = square.filter(
    (offset) => isAround(offset) && Math.hypot(...offset) <= clearance + 3,
  );
  return [...lines, ring];
}

function medianOf(values: number[]): number {
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
