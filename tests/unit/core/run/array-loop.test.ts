import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EnhanceError } from '../../../../src/core/errors';
import type { Geometry, Network } from '../../../../src/core/plan/network';
import type { Raster } from '../../../../src/core/picture/raster';
import type { Rect } from '../../../../src/core/picture/rect';
import { planTiles } from '../../../../src/core/plan/tiles';
import { drawNoise, maxDifference } from '../pictures';
import { quiet, runTiles, type RunHooks } from '../run-tiles';

/**
 * A network whose every output depends on all pixels within `halo`, on zeros beyond its window, on
 * its position within `multiple`, and on the constant planes behind R, G and B.
 */
function blurNetwork(geometry: Geometry): Network {
  const { halo, scale, multiple } = geometry;
  return {
    ...geometry,
    async run(tile, { width, height }) {
      const area = width * height;
      const out = new Float32Array(3 * area * scale * scale);
      const constants = tile.subarray(3 * area);
      for (let plane = 0; plane < 3; plane++)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            let sum = 0;
            for (let dy = -halo; dy <= halo; dy++)
              for (let dx = -halo; dx <= halo; dx++) {
                const row = y + dy;
                const column = x + dx;
                if (row < 0 || column < 0 || row >= height || column >= width) continue;
                const weight = 1 / (1 + Math.abs(dx) + 2 * Math.abs(dy));
                sum += weight * tile[(plane * height + row) * width + column]!;
              }
            sum += ((x % multiple) + (y % multiple) / 2) / multiple / 2;
            for (let i = y * width + x; i < constants.length; i += area) sum += constants[i]! / 4;
            for (let k = 0; k < scale * scale; k++) {
              const row = (plane * height + y) * scale + Math.floor(k / scale);
              out[row * width * scale + x * scale + (k % scale)] = sum / (4 + 5 * halo) + k / 99;
            }
          }
      return out;
    },
  };
}

function enhance(
  source: Raster,
  network: Network,
  tile: number,
  { hooks = quiet, ...use }: { hooks?: RunHooks; controls?: number[]; amount?: number } = {},
) {
  const grid = planTiles(source, network, { tile, bandBytes: 1e6, centre: { x: 0, y: 0 }, ...use });
  return runTiles(source, grid, network, hooks);
}

const geometries = fc.record<Geometry>({
  scale: fc.constantFrom(1, 2, 3, 4),
  halo: fc.integer({ min: 0, max: 4 }),
  multiple: fc.constantFrom(1, 2, 4),
});

describe('tiles', () => {
  test('a tiled result equals the untiled one for every tile size, photo size and network shape', async () => {
    const sizes = fc.record({
      tile: fc.integer({ min: 1, max: 12 }),
      extraWidth: fc.integer({ min: 0, max: 25 }),
      extraHeight: fc.integer({ min: 0, max: 25 }),
      hasAlpha: fc.boolean(),
      geometry: geometries,
      controls: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ tile, hasAlpha, geometry, controls, ...extra }) => {
        const { extraWidth, extraHeight } = extra;
        const width = 1 + (extraWidth % (3 * tile + 1));
        const height = 1 + (extraHeight % (3 * tile + 1));
        const source = drawNoise(width, height, hasAlpha);
        const network = blurNetwork(geometry);
        const tiled = await enhance(source, network, tile, { controls });
        const whole = await enhance(source, network, 64, { controls });
        expect(maxDifference(tiled, whole)).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  test('too small a halo would be seen by the test above', async () => {
    const honest = blurNetwork({ scale: 1, halo: 3, multiple: 1 });
    const lying = { ...honest, halo: 2 };
    const source = drawNoise(20, 20);
    const tiled = await enhance(source, lying, 8);
    expect(maxDifference(tiled, await enhance(source, honest, 64))).toBeGreaterThan(0);
  });

  test('every pixel belongs to exactly one tile, bands hold their tiles and respect their bytes', () => {
    const inputs = fc.record({
      width: fc.integer({ min: 1, max: 300 }),
      height: fc.integer({ min: 1, max: 300 }),
      tile: fc.integer({ min: 8, max: 64 }),
      bandBytes: fc.integer({ min: 1, max: 200_000 }),
      x: fc.integer({ min: -50, max: 350 }),
      y: fc.integer({ min: -50, max: 350 }),
      geometry: geometries,
    });
    fc.assert(
      fc.property(inputs, ({ width, height, tile, bandBytes, x, y, geometry }) => {
        const size = { width, height };
        const grid = planTiles(size, geometry, { tile, bandBytes, centre: { x, y } });
        const seen = new Uint8Array(width * height);
        for (const { rect, tiles } of grid.bands) {
          const bytes = rect.width * rect.height * geometry.scale ** 2 * 4;
          if (tiles.length > 1) expect(bytes).toBeLessThanOrEqual(bandBytes);
          for (const core of tiles) {
            expect(core.x).toBeGreaterThanOrEqual(rect.x);
            expect(core.x + core.width).toBeLessThanOrEqual(rect.x + rect.width);
            expect([core.y, core.height]).toEqual([rect.y, rect.height]);
            expect(Math.abs(core.x - grid.margin) % geometry.multiple).toBe(0);
            for (let row = core.y; row < core.y + core.height; row++)
              for (let column = core.x; column < core.x + core.width; column++)
                seen[row * width + column]!++;
          }
        }
        expect(seen.every((count) => count === 1)).toBe(true);
        expect(grid.window.width % geometry.multiple).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  test('work starts at the centre of the view and moves outward', () => {
    const network: Geometry = { scale: 2, halo: 1, multiple: 1 };
    const centre = { x: 70, y: 30 };
    const grid = planTiles({ width: 100, height: 100 }, network, {
      tile: 10,
      bandBytes: 1e6,
      centre,
    });
    const rows = grid.bands.map((band) => Math.abs(band.rect.y + 5 - centre.y));
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    const columns = grid.bands[0]!.tiles.map((core) => Math.abs(core.x + 5 - centre.x));
    expect(columns).toEqual([...columns].sort((a, b) => a - b));
  });
});

describe('the loop', () => {
  const network = blurNetwork({ scale: 2, halo: 1, multiple: 1 });

  test('cancel stops before the next tile', async () => {
    const controller = new AbortController();
    const done: Rect[] = [];
    const hooks: RunHooks = {
      ...quiet,
      signal: controller.signal,
      onTile: (core) => {
        done.push(core);
        if (done.length === 3) controller.abort();
      },
    };
    await expect(enhance(drawNoise(40, 40), network, 10, { hooks })).rejects.toThrow(/abort/i);
    expect(done).toHaveLength(3);
  });

  test('numbers that are not numbers are refused, not shown as black', async () => {
    const broken: Network = {
      ...network,
      run: async (tile) => new Float32Array(tile.length * 4).fill(NaN),
    };
    const error = await enhance(drawNoise(8, 8), broken, 8).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(EnhanceError);
    expect(error).toMatchObject({ problem: 'network-not-a-number', code: 'wrong-result' });
  });

  test('tiles of one colour are run once, with the same bytes', async () => {
    let runs = 0;
    const counted: Network = {
      ...network,
      run: (tile, size) => {
        runs++;
        return network.run(tile, size);
      },
    };
    const source = drawNoise(60, 60, true);
    for (let i = 0; i < source.data.length; i++)
      if (i % 4 < 3 && (i >> 2) % 60 >= 20) source.data[i] = 200;
    let flat = 0;
    const hooks: RunHooks = { ...quiet, onTile: (_, isFlat) => void (flat += Number(isFlat)) };
    const tiled = await enhance(source, counted, 10, { hooks });
    expect(flat).toBe(17);
    // 36 tiles, of which the 18 from column 30 on see nothing but the one colour.
    expect(runs).toBe(36 - 18 + 1);
    expect(maxDifference(tiled, await enhance(source, network, 60))).toBe(0);
  });

  test('constant planes reach the network, in order', async () => {
    const seen: number[][] = [];
    const spy: Network = {
      ...network,
      run: (tile, size) => {
        const plane = size.width * size.height;
        for (let start = 3 * plane; start < tile.length; start += plane)
          seen.push([...new Set(tile.subarray(start, start + plane))]);
        return network.run(tile, size);
      },
    };
    await enhance(drawNoise(5, 5), spy, 8, { controls: [0.25, 0.5] });
    expect(seen).toEqual([[0.25], [0.5]]);
  });

  test('an amount mixes input and output, rounded once', async () => {
    const white: Network = {
      ...{ scale: 1, halo: 0, multiple: 1 },
      run: async (tile) => new Float32Array(tile.length).fill(1),
    };
    const source = drawNoise(20, 20);
    const mixed = await enhance(source, white, 8, { amount: 0.3 });
    for (let i = 0; i < source.data.length; i++)
      expect(Math.abs(mixed.data[i]! - source.data[i]! * 0.7 - 255 * 0.3)).toBeLessThan(0.501);
    expect(maxDifference(await enhance(source, white, 8, { amount: 0 }), source)).toBe(0);
  });

  test('alpha is enlarged as alpha, and stays absent where there is none', async () => {
    const source = drawNoise(6, 6, true);
    for (let i = 3; i < source.data.length; i += 4) source.data[i] = i % 24 < 12 ? 0 : 128;
    const result = await enhance(source, network, 4);
    const alphas = new Set(result.data.filter((_, i) => i % 4 === 3));
    expect(alphas.size).toBeGreaterThan(3);
    const opaque = await enhance(drawNoise(6, 6), network, 4);
    expect(opaque.data.filter((_, i) => i % 4 === 3).every((a) => a === 255)).toBe(true);
  });
});
