import { peakOf, writeMeans } from '../picture/depth';
import { createLike, createRaster, depthOf, type Raster, type Samples } from '../picture/raster';
import { isGray } from '../picture/gray';
import type { Size } from '../picture/rect';
import { reflect } from '../picture/resample';
import type { Pause } from '../shake/pace';
import type { Wave } from './find';
import { SquareSpectrum } from './spectrum';

/** Sides of the squares that waves are taken out of. */
const leastSide = 128;
const mostSide = 512;

/** Frequencies round a wave that go with it: the fading spreads it over so many, and so does a strength that changes. */
const radius = 3.5;

/** Cycles per pixel along each axis by which a wave may differ from where it was found. */
const drift = 1 / 128;

/** Rows that are written at a time, which bounds what is held in numbers of 8 bytes. */
const rowsAtATime = 16;

/** Milliseconds for a pixel, to and fro four times in each of three channels, for each side. */
const msAPixel = 1.2e-3;

/**
 * Takes the waves of a pattern out, square by square: a wave that is stronger in a square than what is round it in the
 * square's spectrum is brought down to that, and keeps its phase. So the notch follows the pattern's local strength, an
 * edge keeps the frequencies that it shares with the pattern, and nothing is taken where there is no pattern.
 *
 * @param raster Only read.
 * @param waves In cycles per pixel.
 * @param pause Awaited after each row of squares, with the share that is done; what it rejects with ends the work.
 * @returns A raster of the same size that owns a new buffer, alpha the photo's; `raster` itself where there are no waves.
 * @throws {unknown} What `pause` rejects with.
 * @throws {RangeError} When a buffer cannot be allocated.
 */
export async function takePatternOut<S extends Samples>(
  raster: Raster<S>,
  waves: readonly Wave[],
  pause: Pause,
): Promise<Raster<S>> {
  if (waves.length === 0) return raster;
  const [small, large] = sidesFor(raster);
  const between = createRaster(raster, raster.hasAlpha, 16);
  await takeOut(raster, waves, large, between, (share) => pause(share / 2));
  const out = createLike(raster);
  await takeOut(between, waves, small, out, (share) => pause((1 + share) / 2));
  return out;
}

/**
 * In large squares a pattern that is the same all over is narrow, and little else goes with it; what changes its strength
 * from place to place is left to small ones, afterwards.
 */
function sidesFor({ width, height }: Size): readonly [small: number, large: number] {
  const fitting = 2 ** Math.floor(Math.log2(Math.min(width, height)));
  return [leastSide, Math.max(leastSide, Math.min(mostSide, fitting))];
}

async function takeOut(
  raster: Raster,
  waves: readonly Wave[],
  side: number,
  out: Raster,
  pause: Pause,
): Promise<void> {
  const { width, height, data } = raster;
  const band = new PatternBand(raster, waves, side);
  const scale = peakOf(depthOf(out)) / peakOf(depthOf(raster));
  for (let top = 0; top < height; top += band.rows) {
    band.moveOn();
    const end = Math.min(height, top + band.rows);
    for (let row = top; row < end; row += rowsAtATime) {
      const start = 4 * row * width;
      const levels = Float64Array.from(
        data.subarray(start, 4 * Math.min(end, row + rowsAtATime) * width),
      );
      band.subtractFrom(levels, row - top);
      for (let i = 0; i < levels.length; i++) levels[i]! *= scale;
      writeMeans(levels, out.data, start);
    }
    await pause(end / height);
  }
}

/**
 * What {@link takePatternOut} costs, the search included.
 *
 * @param size The picture's.
 * @returns `ms` that one core of a usual machine takes; `bytes` that it works in, both pictures left out; `reach`: pixels
 *   on every side that a pixel is made from.
 */
export function takeOutCosts({ width, height }: Size): {
  readonly ms: number;
  readonly bytes: number;
  readonly reach: number;
} {
  const [, side] = sidesFor({ width, height });
  const bytes = 8 * width * height + 3 * 4 * side * (width + 2 * side);
  return { ms: width * height * msAPixel, bytes, reach: side };
}

/** What is taken out of the rows that squares reach into; it moves down the picture. */
class PatternBand {
  /** Rows of its upper half: from one square to the next. */
  readonly rows: number;
  readonly #raster: Raster;
  readonly #channels: readonly number[];
  readonly #spectrum: SquareSpectrum;
  /** In cycles per side. */
  readonly #waves: readonly Wave[];
  /** What the waves are beyond the border, where the picture is mirrored. */
  readonly #mirrored: readonly Wave[];
  /** Of each channel, `[side * pitch]`; its first column lies `rows` to the left of the picture. */
  readonly #sums: readonly Float32Array[];
  readonly #pitch: number;
  readonly #picture: Float32Array;
  readonly #powers: Float32Array;
  /** What is taken out of each frequency, 0..1. */
  readonly #shares: Float32Array;
  /**
   * Fades a square before it is transformed, and what is taken out of it once more: the squares of both, of all squares that a
   * pixel lies in, are 1 together.
   */
  readonly #taper: Float32Array;
  /** Row of the picture that the band begins at. */
  #top: number;

  constructor(raster: Raster, waves: readonly Wave[], side: number) {
    this.rows = side / 2;
    this.#raster = raster;
    this.#channels = isGray(raster) ? [0] : [0, 1, 2];
    this.#spectrum = new SquareSpectrum(side, radius);
    this.#waves = waves.map(({ x, y }) => ({ x: Math.round(x * side), y: Math.round(y * side) }));
    this.#mirrored = this.#waves.map(({ x, y }) => ({ x: -x, y }));
    this.#pitch = (Math.ceil(raster.width / this.rows) + 2) * this.rows;
    this.#sums = this.#channels.map(() => new Float32Array(side * this.#pitch));
    this.#picture = new Float32Array(side ** 2);
    this.#powers = new Float32Array(this.#spectrum.values.real.length);
    this.#shares = new Float32Array(this.#powers.length);
    this.#taper = Float32Array.from({ length: side }, (_, i) =>
      Math.sin((Math.PI * (i + 0.5)) / side),
    );
    this.#top = -this.rows;
    this.#addSquares();
  }

  /** Moves down by half a square: the upper half of the band is then whole. */
  moveOn(): void {
    this.#top += this.rows;
    for (const sums of this.#sums) {
      sums.copyWithin(0, this.rows * this.#pitch);
      sums.fill(0, this.rows * this.#pitch);
    }
    this.#addSquares();
  }

  /**
   * Takes the upper half of the band out of the rows that it lies over.
   *
   * @param levels RGBA of some of these rows; changed.
   * @param from The first of them, 0..{@link rows} - 1.
   */
  subtractFrom(levels: Float64Array, from: number): void {
    const { width } = this.#raster;
    for (let channel = 0; channel < 3; channel++) {
      const sums = this.#sums[channel] ?? this.#sums[0]!;
      for (let i = channel, x = 0, at = from * this.#pitch + this.rows; i < levels.length; i += 4) {
        levels[i]! -= sums[at]!;
        x++;
        at++;
        if (x < width) continue;
        x = 0;
        at += this.#pitch - width;
      }
    }
  }

  #addSquares(): void {
    const { width, height } = this.#raster;
    const { side } = this.#spectrum;
    for (const [i, sums] of this.#sums.entries())
      for (let left = -this.rows; left < width; left += this.rows) {
        const isInside =
          left >= 0 && left + side <= width && this.#top >= 0 && this.#top + side <= height;
        this.#readSquare(left, this.#channels[i]!);
        this.#keepOnly(isInside ? this.#waves : [...this.#waves, ...this.#mirrored]);
        this.#spectrum.write(this.#picture);
        this.#fadeSquare();
        for (let y = 0; y < side; y++)
          for (let x = 0, to = y * this.#pitch + left + this.rows; x < side; x++, to++)
            sums[to]! += this.#picture[y * side + x]!;
      }
  }

  /** Transforms a square of the picture, which is mirrored at its borders, without its mean. */
  #readSquare(left: number, channel: number): void {
    const { width, height, data } = this.#raster;
    const { side } = this.#spectrum;
    const picture = this.#picture;
    let sum = 0;
    for (let y = 0, i = 0; y < side; y++) {
      const row = reflect(this.#top + y, height) * width;
      for (let x = 0; x < side; x++, i++) {
        picture[i] = data[4 * (row + reflect(left + x, width)) + channel]!;
        sum += picture[i]!;
      }
    }
    const mean = sum / side ** 2;
    for (let i = 0; i < picture.length; i++) picture[i]! -= mean;
    this.#fadeSquare();
    this.#spectrum.read(picture);
  }

  #fadeSquare(): void {
    const { side } = this.#spectrum;
    for (let y = 0, i = 0; y < side; y++)
      for (let x = 0; x < side; x++, i++) this.#picture[i]! *= this.#taper[x]! * this.#taper[y]!;
  }

  /** Leaves of the square's spectrum what of the waves is more than what is round them. */
  #keepOnly(waves: readonly Wave[]): void {
    const [powers, shares] = [this.#powers, this.#shares];
    this.#spectrum.powers(powers);
    shares.fill(0);
    for (const wave of waves) {
      const { x, y } = this.#strongestNear(wave);
      const around = this.#spectrum.around(powers, x, y);
      for (const i of this.#spectrum.within(x, y, radius))
        if (powers[i]! > around)
          shares[i] = Math.max(shares[i]!, 1 - Math.sqrt(around / powers[i]!));
    }
    const { real, imaginary } = this.#spectrum.values;
    for (let i = 0; i < shares.length; i++) {
      real[i]! *= shares[i]!;
      imaginary[i]! *= shares[i]!;
    }
  }

  /** Where a wave is in this square: paper stretches, and a scanner's steps are not even. */
  #strongestNear({ x, y }: Wave): Wave {
    const distance = Math.round(drift * this.#spectrum.side);
    let strongest = { x, y };
    let most = 0;
    for (let dy = -distance; dy <= distance; dy++)
      for (let dx = -distance; dx <= distance; dx++) {
        const power = this.#powers[this.#spectrum.indexOf(x + dx, y + dy)]!;
        if (power <= most) continue;
        most = power;
        strongest = { x: x + dx, y: y + dy };
      }
    return strongest;
  }
}
