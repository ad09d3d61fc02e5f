import type { Rect, Size } from '../picture/rect';
import type { Mask } from '../recipe/finish';

/** Longest side of a painted mask: 4 MB at most, however large the result. */
export const mostPaintedSide = 2048;

/** Distance of two dabs of a stroke, in parts of their radius. */
const spacing = 0.25;

/** A round brush, in pixels of the photo. */
export type BrushTip = {
  readonly radius: number;
  /** 0..1: the share of the radius over which it fades out. */
  readonly softness: number;
  /** 0..1: how far each dab brings the mask to the tip's value. */
  readonly flow: number;
  /** What is painted: 0 protects, 255 applies. */
  readonly value: number;
};

/** A place on the photo, in its pixels, and how hard the brush is pressed there, 0..1. */
export type BrushPoint = { readonly x: number; readonly y: number; readonly pressure: number };

/**
 * A mask of one value, on the grid that a photo's masks are painted on.
 *
 * @param photo Size of the photo.
 * @param value 0..255, everywhere.
 * @returns The photo's own grid, made coarser where a side would have more than {@link mostPaintedSide}.
 */
export function createMask({ width, height }: Size, value: number): Mask {
  const share = Math.min(1, mostPaintedSide / Math.max(width, height));
  const side = (length: number) => Math.max(1, Math.round(length * share));
  const grid = { width: side(width), height: side(height) };
  const values = new Uint8Array(grid.width * grid.height).fill(value);
  return { ...grid, values, photo: { width, height } };
}

/**
 * The opposite of a mask.
 *
 * @param mask The mask; not changed.
 * @returns A new one, which applies where the other protects.
 */
export function invertMask(mask: Mask): Mask {
  return { ...mask, values: mask.values.map((value) => 255 - value) };
}

/** One stroke of a brush over a mask: dabs at even distances, one over the other. */
export class MaskStroke {
  readonly #mask: Mask;
  readonly #perPixel: readonly [x: number, y: number];
  readonly #tip: BrushTip;
  #last: BrushPoint | null = null;
  /** How far the stroke has gone since its last dab, in pixels of the photo. */
  #gone = 0;

  /**
   * @param before What is painted on; it stays as it is.
   * @param photo Size of the photo.
   * @param tip With what.
   */
  constructor(before: Mask, photo: Size, tip: BrushTip) {
    this.#mask = { ...before, values: before.values.slice() };
    this.#perPixel = [before.width / photo.width, before.height / photo.height];
    this.#tip = tip;
  }

  /** The mask with the stroke so far, in a buffer of its own. */
  get mask(): Mask {
    return { ...this.#mask, values: this.#mask.values.slice() };
  }

  /**
   * Goes on to a place; the first is where the stroke begins.
   *
   * @param point Where.
   */
  move(point: BrushPoint): void {
    const last = this.#last;
    this.#last = point;
    if (!last) {
      this.#dab(point);
      return;
    }
    const length = Math.hypot(point.x - last.x, point.y - last.y);
    const apart = Math.max(0.5 / this.#perPixel[0], this.#tip.radius * spacing);
    let at = apart - this.#gone;
    for (; at <= length; at += apart) {
      const share = at / length;
      const between = (from: number, to: number) => from + share * (to - from);
      this.#dab({
        x: between(last.x, point.x),
        y: between(last.y, point.y),
        pressure: between(last.pressure, point.pressure),
      });
    }
    this.#gone = length - (at - apart);
  }

  #dab({ x, y, pressure }: BrushPoint): void {
    const { width, height, values } = this.#mask;
    const [across, down] = this.#perPixel;
    const { radius: wide, softness, flow, value } = this.#tip;
    const radius = Math.max(0.5, wide * across);
    const [left, top] = [x * across - 0.5, y * down - 0.5];
    const ramp = Math.max(1, softness * radius);
    const amount = flow * pressure;
    const [first, last] = span(left, radius, width);
    const [upper, lower] = span(top, radius, height);
    for (let row = upper; row <= lower; row++)
      for (let column = first; column <= last; column++) {
        const inside = (radius + 0.5 - Math.hypot(column - left, row - top)) / ramp;
        if (inside <= 0) continue;
        const i = row * width + column;
        values[i] = approach(values[i]!, value, amount * smooth(Math.min(1, inside)));
      }
  }
}

/** The cells along an axis that a dab may touch. */
function span(middle: number, radius: number, length: number): readonly [number, number] {
  const first = Math.max(0, Math.floor(middle - radius - 1));
  return [first, Math.min(length - 1, Math.ceil(middle + radius + 1))];
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}

/** A share of the way to a value, rounded towards it, so that many small shares reach it. */
function approach(from: number, to: number, share: number): number {
  const at = from + share * (to - from);
  return to > from ? Math.ceil(at - 1e-6) : Math.floor(at + 1e-6);
}

/** How far the border of a protected part fades out, in parts of its shorter side. */
const partFeather = 0.25;

/**
 * Protects a part: all of it, fading out beside it.
 *
 * @param mask The mask; not changed.
 * @param photo Size of the photo.
 * @param part In its pixels.
 * @returns A new mask.
 */
export function protectPart(mask: Mask, photo: Size, part: Rect): Mask {
  const { width, height } = mask;
  const values = mask.values.slice();
  const [across, down] = [width / photo.width, height / photo.height];
  const fade = Math.max(1, partFeather * Math.min(part.width, part.height) * across);
  const beside = (at: number, start: number, length: number) =>
    Math.max(0, start - at - 0.5, at + 0.5 - start - length);
  for (let y = 0, i = 0; y < height; y++) {
    const below = beside(y, part.y * down, part.height * down);
    for (let x = 0; x < width; x++, i++) {
      const far = Math.hypot(below, beside(x, part.x * across, part.width * across)) / fade;
      if (far < 1) values[i] = Math.min(values[i]!, Math.floor(255 * smooth(far)));
    }
  }
  return { ...mask, values };
}
