import { describe, expect, test } from 'vitest';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import { neutralFinish, type Finish } from '../../../../src/core/recipe/finish';
import { finishPixels } from '../../../../src/core/run/finish-pixels';
import { reachOf } from '../../../../src/core/run/finish-terms';
import {
  blurRow,
  createBlurred,
  findNeighbours,
  haloAllowance,
  sharpenRow,
  sharpenTerms,
} from '../../../../src/core/run/sharpen';
import { drawNoise, maxDifference } from '../pictures';

const size = { width: 48, height: 20 };

/** A picture by its grey, or by its colours, and what it covers. */
function draw(at: (x: number, y: number) => readonly number[]): Raster {
  const out = createRaster(size, true);
  for (let i = 0; i < size.width * size.height; i++)
    out.data.set(at(i % size.width, Math.floor(i / size.width)), i * 4);
  return out;
}

const grey = (level: number, alpha = 255) => [level, level, level, alpha];

function finishPicture(picture: Raster, changes: Partial<Finish>, zoom = 1): Raster {
  const places = (length: number) => Int32Array.from({ length }, (_, i) => Math.floor(i / zoom));
  const [columns, rows] = [places(size.width), places(size.height)];
  const whole = { width: Math.ceil(size.width / zoom), height: Math.ceil(size.height / zoom) };
  const plates = { plain: picture, enhanced: picture, columns, rows, whole, drift: null };
  const out = createRaster(size, true);
  finishPixels({ ...plates, step: 1 / zoom }, { ...neutralFinish, ...changes }, out);
  return out;
}

const sharpen = { amount: 1, radius: 1 };
const redAt = ({ data }: Raster, x: number, y = 10) => data[(y * size.width + x) * 4]!;
const spread = ({ data }: Raster) => {
  const reds = [...data.filter((_, i) => i % 4 === 0)];
  const mean = reds.reduce((sum, v) => sum + v, 0) / reds.length;
  return Math.sqrt(reds.reduce((sum, v) => sum + (v - mean) ** 2, 0) / reds.length);
};

describe('sharpening', () => {
  /** An edge from 60 to 180, four pixels wide. */
  const edge = draw((x) => grey(60 + 120 * Math.min(1, Math.max(0, (x - 22) / 4))));

  test('makes an edge steeper', () => {
    const out = finishPicture(edge, { sharpen: { amount: 1, radius: 1.5 } });
    const slope = (raster: Raster) => redAt(raster, 25) - redAt(raster, 23);
    expect(slope(out)).toBeGreaterThan(slope(edge) + 10);
    expect(redAt(out, 24)).toBe(redAt(edge, 24));
  });

  test('leaves no halo beside it wider than what is allowed', () => {
    const most = 180 + haloAllowance * 120 + 0.5;
    for (const radius of [0.5, 1, 2]) {
      const out = finishPicture(edge, { sharpen: { amount: 1, radius } });
      for (let x = 0; x < size.width; x++) {
        expect(redAt(out, x)).toBeLessThanOrEqual(most);
        expect(redAt(out, x)).toBeGreaterThanOrEqual(60 - haloAllowance * 120 - 0.5);
      }
    }
  });

  test('leaves flat parts and steady slopes as they are', () => {
    const ramp = draw((x) => grey(30 + 4 * x));
    const out = finishPicture(ramp, { sharpen });
    for (let x = 4; x < size.width - 4; x++) expect(redAt(out, x)).toBe(redAt(ramp, x));
  });

  test('does nothing at 0, and the more the higher', () => {
    const soft = draw((x, y) => grey(128 + 30 * Math.sin(x / 1.5) * Math.cos(y / 1.7)));
    expect(maxDifference(finishPicture(soft, { sharpen: { ...sharpen, amount: 0 } }), soft)).toBe(
      0,
    );
    const spreads = [0, 0.3, 0.6, 1].map((amount) =>
      spread(finishPicture(soft, { sharpen: { ...sharpen, amount } })),
    );
    for (let i = 1; i < spreads.length; i++)
      expect(spreads[i]).toBeGreaterThan(spreads[i - 1]! + 0.5);
  });

  test('changes luma alone: red, green and blue by the same', () => {
    const coloured = draw((x, y) => [
      90 + 9 * (x % 5),
      120 - 7 * (y % 3),
      100 + 8 * ((x + y) % 4),
      255,
    ]);
    const out = finishPicture(coloured, { sharpen });
    expect(maxDifference(out, coloured)).toBeGreaterThan(3);
    for (let i = 0; i < out.data.length; i += 4) {
      const [red = 0, green = 0, blue = 0] = [0, 1, 2].map(
        (c) => out.data[i + c]! - coloured.data[i + c]!,
      );
      expect(Math.abs(red - green)).toBeLessThanOrEqual(1);
      expect(Math.abs(blue - green)).toBeLessThanOrEqual(1);
    }
  });

  test('is kept away by a mask', () => {
    const noise = drawNoise(size.width, size.height);
    const half = { width: 2, height: 1, values: new Uint8Array([0, 255]) };
    const out = finishPicture(noise, { sharpen, mask: half });
    const full = finishPicture(noise, { sharpen });
    for (let x = 0; x < 10; x++) expect(redAt(out, x)).toBe(redAt(noise, x));
    for (let x = 38; x < size.width; x++) expect(redAt(out, x)).toBe(redAt(full, x));
  });

  test('sees no colour under what is transparent', () => {
    const cut = (hidden: number) => draw((x) => (x < 24 ? grey(150) : grey(hidden, 0)));
    const black = finishPicture(cut(0), { sharpen });
    const white = finishPicture(cut(255), { sharpen });
    for (let x = 0; x < 24; x++) {
      expect(redAt(black, x)).toBe(150);
      expect(redAt(white, x)).toBe(150);
    }
  });

  test('magnified, every square has what the result’s own pixel has', () => {
    const noise = drawNoise(size.width, size.height);
    const zoom = 4;
    const squares = draw((x, y) => grey(redAt(noise, Math.floor(x / zoom), Math.floor(y / zoom))));
    const plain = draw((x, y) => grey(redAt(noise, x, y)));
    const own = finishPicture(plain, { sharpen });
    const shown = finishPicture(squares, { sharpen }, zoom);
    // What lies near the cut of the magnified part sees other neighbours.
    for (let y = 8; y < 12; y++)
      for (let x = 12; x < 36; x++)
        expect(redAt(shown, x, y)).toBe(redAt(own, Math.floor(x / zoom), 2));
  });

  test('reaches no farther than it says', () => {
    for (const radius of [0.5, 1, 1.3, 2])
      for (const step of [0.25, 1, 3]) {
        const reach = reachOf({ ...neutralFinish, sharpen: { amount: 1, radius } }, step);
        const dot = draw((x) => grey(x === 24 ? 200 : 60));
        const out = finishPicture(dot, { sharpen: { amount: 1, radius } }, 1 / step);
        const touched = Array.from({ length: size.width }, (_, x) => x).filter(
          (x) => redAt(out, x) !== redAt(dot, x),
        );
        expect(Math.max(...touched.map((x) => Math.abs(x - 24)))).toBeLessThanOrEqual(reach);
      }
    expect(reachOf(neutralFinish)).toBe(0);
  });
});

describe('the rows of a sharpening', () => {
  const full = 255;
  const width = 37;
  const taps = (reach: number) => Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);

  /** Values that look like none, 0..1. */
  const noise = (seed: number) =>
    Float64Array.from({ length: width }, (_, x) => {
      const wave = Math.sin((x + 1) * 12.9898 + seed * 78.233) * 43_758.5453;
      return wave - Math.floor(wave);
    });

  // Three and five neighbours, as of a photo that is shown smaller or as it is, have loops of their own.
  test.each([
    ['three neighbours', 0.3, false],
    ['three neighbours of which some do not cover', 0.3, true],
    ['five', 1, false],
    ['five, of which some do not cover', 1, true],
    ['nine', 2, false],
    ['nine, of which some do not cover', 2, true],
  ])('are what the definition says, with %s', (_, radius, isClear) => {
    const terms = sharpenTerms({ amount: 0.7, radius }, 1);
    const { weights, window, gain } = terms;
    const reach = weights.length - 1;
    const weight = (u: number) => weights[Math.abs(u)]!;
    const across = findNeighbours(
      Int32Array.from({ length: width }, (_column, x) => x),
      1,
    );
    const at = (x: number) => Math.min(width - 1, Math.max(0, x));
    const rows = taps(reach).map((v) => ({
      luma: noise(v).map((value) => value * full),
      cover: isClear ? noise(v + 50) : null,
    }));
    const blurred = rows.map((row) => {
      const out = createBlurred(width);
      // What was there before is nobody's business.
      for (const values of Object.values(out)) values.fill(7);
      blurRow(row, full, across, terms, out);
      return out;
    });
    const own = rows[reach]!.luma;
    const change = new Float64Array(width).fill(9);
    sharpenRow(blurred, own, terms, createBlurred(width), change);

    for (let x = 0; x < width; x++) {
      let [detail, least, most] = [0, own[x]!, own[x]!];
      for (const v of taps(reach))
        for (const u of taps(reach)) {
          const { luma, cover } = rows[v + reach]!;
          const value = luma[at(x + u)]!;
          const covers = cover?.[at(x + u)] ?? 1;
          detail += weight(u) * weight(v) * covers * (own[x]! - value);
          if (Math.abs(u) > window || Math.abs(v) > window) continue;
          least = Math.min(least, value + (1 - covers) * full);
          most = Math.max(most, value - (1 - covers) * full);
        }
      const beyond = haloAllowance * (most - least);
      const limited = Math.min(
        Math.max(gain * detail, least - beyond - own[x]!),
        most + beyond - own[x]!,
      );
      expect(change[x]).toBeCloseTo(limited, 8);
    }
  });
});
