import type { Window } from './sample';

/** What stands for a step of which one side is transparent. */
export const unknownStep = 255;

/** Every other line is read: hardly a stroke is thinner, and it takes half the time. */
export const lineStep = 2;

/** The steps between neighbours in every other row, or column, of a window. */
export type Steps = {
  readonly window: Window;
  /** `x`: along rows. */
  readonly axis: 'x' | 'y';
  /** Steps in a line: one less than the pixels. */
  readonly length: number;
  /**
   * `[line * length + i]`: the largest difference of R, G and B between pixel `i` of a line and the next, in
   * whole levels, 0..254, or {@link unknownStep}.
   */
  readonly values: Uint8Array;
};

/**
 * The steps between neighbours.
 *
 * @param windows What was sampled of a picture.
 * @returns Two for each window, along its rows and its columns, that own their values.
 */
export function readSteps(windows: readonly Window[]): Steps[] {
  return windows.flatMap((window) => [readAxis(window, 'x'), readAxis(window, 'y')]);
}

function readAxis(window: Window, axis: 'x' | 'y'): Steps {
  const { red, green, blue, width, height } = window;
  const [size, across] = axis === 'x' ? [width, height] : [height, width];
  const [stride, next] = axis === 'x' ? [1, width] : [width, 1];
  const length = size - 1;
  const lines = Math.ceil(across / lineStep);
  const values = new Uint8Array(lines * length);
  for (let line = 0, to = 0; line < lines; line++)
    for (let i = 0, at = line * lineStep * next; i < length; i++, to++, at += stride) {
      const byRed = Math.abs(red[at + stride]! - red[at]!);
      const byGreen = Math.abs(green[at + stride]! - green[at]!);
      const byBlue = Math.abs(blue[at + stride]! - blue[at]!);
      let most = byRed > byGreen ? byRed : byGreen;
      if (byBlue > most) most = byBlue;
      // Rounded: a step has no sign. That of a transparent pixel, which is NaN, is no number in any plane.
      values[to] = most >= 0 ? Math.min(unknownStep - 1, (most + 0.5) | 0) : unknownStep;
    }
  return { window, axis, length, values };
}
