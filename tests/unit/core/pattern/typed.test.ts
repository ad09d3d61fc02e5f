import { describe, expect, it } from 'vitest';
import { findPattern, looksPrinted } from '../../../../src/core/pattern/find';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import { addNoise } from '../scenes';

/** Cells of a letter of one width, with the room round it, in pixels. */
const cell = { width: 8, height: 16 };

/** A pixel's light by its place, on a page of 400 pixels, with a scanner's noise. */
function draw(light: (x: number, y: number) => number): Raster {
  const page = createRaster({ width: 400, height: 400 }, false);
  for (let i = 0; i < page.data.length; i++)
    page.data[i] = i % 4 === 3 ? 255 : light((i >> 2) % 400, Math.floor((i >> 2) / 400));
  return addNoise(page, 3);
}

/** The same whole number of a place each time: which letter stands there, and whether one does. */
const letterAt = (column: number, row: number) => ((column * 7919 + row * 104729) % 997) % 11;

/** Letters of five by nine pixels, each of strokes of its own, and every sixth a space. */
function typed(x: number, y: number): number {
  const letter = letterAt(Math.floor(x / cell.width), Math.floor(y / cell.height));
  const [u, v] = [(x % cell.width) - 1, (y % cell.height) - 3];
  if (u < 0 || u > 4 || v < 0 || v > 8 || letter % 6 === 0) return 240;
  const strokes = [u === 0, v === 0, u === 4, v === 8, v === 4, u === 2, u === v >> 1];
  return strokes.some((isInk, i) => isInk && ((letter * 37) >> i) % 2 === 1) ? 40 : 240;
}

/** Dots of a screen of seven pixels, turned by 15 degrees; larger to the right, and small enough to leave the paper most of the page. */
function screened(x: number, y: number): number {
  const [c, s] = [Math.cos(Math.PI / 12) / 7, Math.sin(Math.PI / 12) / 7].map(
    (f) => f * 2 * Math.PI,
  );
  const height = (2 + Math.cos(c! * x + s! * y) + Math.cos(c! * y - s! * x)) / 4;
  return height > 0.92 - (0.25 * x) / 400 ? 40 : 240;
}

describe('a page of letters of one width', () => {
  it('is no print, though its letters lie in a grid', () => {
    const page = draw(typed);
    // They do: what a person asks for is taken out.
    expect(findPattern(page).waves.length).toBeGreaterThan(1);
    expect(findPattern(page).isPrinted).toBe(false);
    expect(looksPrinted(page)).toBe(false);
  });

  it('is told from a light print, whose dots are alike', () => {
    const print = draw(screened);
    expect(findPattern(print).isPrinted).toBe(true);
    expect(looksPrinted(print)).toBe(true);
  });
});
