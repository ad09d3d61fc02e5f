import { describe, expect, test } from 'vitest';
import {
  deviation,
  goldenSide,
  parseGolden,
  repeatGolden,
  trialGrid,
} from '../../../../src/core/run/golden';
import type { Geometry, Network } from '../../../../src/core/plan/network';
import { ArrayLoop } from '../../../../src/core/run/array-loop';
import { planTiles } from '../../../../src/core/plan/tiles';
import { quiet } from '../run-tiles';

const length = goldenSide * goldenSide * 3;
const period = goldenSide * 3;

/** Copies the pixel one to the left: needs a halo of 1 to be right. */
const shift: Network = {
  ...{ scale: 1, halo: 1, multiple: 2 },
  run: async (tile) => Float32Array.from(tile, (_, i) => tile[i - 1] ?? 0),
};

function makeGolden(): Uint8Array {
  const input = Uint8Array.from({ length }, (_, i) => (i * 97 + (i >> 5) * 31) % 256);
  const result = Uint8Array.from({ length }, (_, i) => {
    const row = i - (i % period);
    return input[row + (((i % period) + period - 3) % period)]!;
  });
  return Uint8Array.of(...input, ...result);
}

async function tryOut(network: Network, tile: number): Promise<number> {
  const golden = parseGolden(makeGolden(), network);
  const geometry: Geometry = network;
  const trial = trialGrid(
    planTiles({ width: 300, height: 200 }, geometry, { tile, bandBytes: 1e6 }),
  );
  const loop = new ArrayLoop(trial, network, quiet);
  const pixels = await loop.run(trial.bands[0], repeatGolden(golden, trial));
  return deviation(golden, trial, pixels);
}

describe('a golden tile', () => {
  test.each([8, 50, 128])('proves a sound network in a window of any size: %i', async (tile) => {
    expect(await tryOut(shift, tile)).toBe(0);
  });

  test('finds a network that is wrong by two levels in one pixel', async () => {
    const off: Network = {
      ...shift,
      run: async (tile, size) => {
        const result = await shift.run(tile, size);
        result[(size.height >> 1) * size.width + (size.width >> 1)]! += 2 / 255;
        return result;
      },
    };
    expect(await tryOut(off, 50)).toBe(2);
  });

  test('of a network that gives one plane proves that plane', async () => {
    const marks: Network = {
      ...{ ...shift, outputs: 1 },
      run: async (tile, { width, height }) =>
        (await shift.run(tile, { width, height })).slice(0, width * height),
    };
    const whole = makeGolden();
    const red = whole.slice(length).filter((_, i) => i % 3 === 0);
    const golden = parseGolden(Uint8Array.of(...whole.slice(0, length), ...red), marks);
    const trial = trialGrid(
      planTiles({ width: 80, height: 60 }, marks, { tile: 50, bandBytes: 1e6 }),
    );
    const loop = new ArrayLoop(trial, marks, quiet);
    const pixels = await loop.run(trial.bands[0], repeatGolden(golden, trial));
    expect(deviation(golden, trial, pixels)).toBe(0);
    expect(() => parseGolden(whole, marks)).toThrow(/golden-damaged/);
  });

  test('of the wrong length is refused', () => {
    expect(() => parseGolden(makeGolden(), { ...shift, scale: 2 })).toThrow(/golden-damaged/);
  });
});
