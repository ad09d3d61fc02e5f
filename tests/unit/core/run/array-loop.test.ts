import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EnhanceError } from '../../../../src/core/errors';
import type { Geometry, Network } from '../../../../src/core/plan/network';
import { cropEndless as cropPlane, type Plane } from '../../../../src/core/picture/plane';
import {
  createRaster,
  cropEndless,
  depthOf,
  type Raster,
  type Samples,
} from '../../../../src/core/picture/raster';
import { magnify, wholeRect, type Rect } from '../../../../src/core/picture/rect';
import { mostControls, planTiles } from '../../../../src/core/plan/tiles';
import type { PlaneValue } from '../../../../src/core/recipe/kinds';
import { resample } from '../../../../src/core/picture/resample';
import { drawDeepNoise, drawNoise, drawPlanes, maxDifference } from '../pictures';
import { plainNetwork } from '../plain-network';
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

function enhance<S extends Samples>(
  source: Raster<S>,
  network: Network,
  tile: number,
  {
    hooks = quiet,
    planes = [],
    ...use
  }: {
    hooks?: RunHooks;
    planes?: readonly Plane[];
    controls?: readonly PlaneValue[];
    amount?: number;
    wraps?: boolean;
  } = {},
) {
  const depth = depthOf(source);
  const grid = planTiles(source, network, { tile, bandBytes: 1e6, depth, ...use });
  return runTiles(source, grid, network, hooks, planes);
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

  test('one plane of a network comes out as gray', async () => {
    const geometry = { scale: 1, halo: 2, multiple: 2 } as const;
    const colours = blurNetwork(geometry);
    const marks: Network = {
      ...{ ...geometry, outputs: 1 },
      run: async (tile, size) => (await colours.run(tile, size)).slice(0, size.width * size.height),
    };
    const source = drawNoise(21, 17);
    const marked = await enhance(source, marks, 8);
    const coloured = await enhance(source, colours, 64);
    for (let i = 0; i < marked.data.length; i += 4) {
      const red = coloured.data[i]!;
      expect([...marked.data.subarray(i, i + 4)]).toEqual([red, red, red, 255]);
    }
  });

  test('a texture that goes on beyond its edges comes out the same from wherever it begins', async () => {
    const textures = fc.record({
      width: fc.integer({ min: 1, max: 14 }),
      height: fc.integer({ min: 1, max: 14 }),
      dx: fc.integer({ min: -20, max: 20 }),
      dy: fc.integer({ min: -20, max: 20 }),
      tile: fc.integer({ min: 1, max: 12 }),
      hasAlpha: fc.boolean(),
      scale: fc.constantFrom(1, 2, 3, 4),
      halo: fc.integer({ min: 0, max: 4 }),
      // A network that works on a grid sees a texture of whole cells of it, begun at another cell, the same way.
      multiple: fc.constantFrom(1, 2),
    });
    await fc.assert(
      fc.asyncProperty(
        textures,
        async ({ tile, hasAlpha, dx, dy, scale, halo, multiple, ...of }) => {
          const network = blurNetwork({ scale, halo, multiple });
          const source = drawNoise(of.width * multiple, of.height * multiple, hasAlpha);
          const from = { ...wholeRect(source), x: dx * multiple, y: dy * multiple };
          const planes = drawPlanes(source, 1);
          const use = { wraps: true, controls: ['varying', 0.3] } as const;
          const whole = await enhance(source, network, tile, { ...use, planes });
          const moved = planes.map((plane) => cropPlane(plane, from));
          const begun = await enhance(cropEndless(source, from), network, tile, {
            ...use,
            planes: moved,
          });
          expect(maxDifference(begun, cropEndless(whole, magnify(from, scale)))).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a picture with edges of its own does not', async () => {
    const network = blurNetwork({ scale: 1, halo: 2, multiple: 1 });
    const source = drawNoise(9, 9);
    const from = { x: 4, y: 4, width: 9, height: 9 };
    const begun = await enhance(cropEndless(source, from), network, 4);
    const whole = await enhance(source, network, 4);
    expect(maxDifference(begun, cropEndless(whole, from))).toBeGreaterThan(0);
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

describe('in 16 bits', () => {
  test('a 1x identity network is exact for every value, in every channel', async () => {
    const source = createRaster({ width: 256, height: 256 }, false, 16);
    for (let i = 0; i < 65536; i++)
      source.data.set([i, (i * 7919) & 65535, 65535 - i, 65535], i * 4);
    const network = plainNetwork({ scale: 1, halo: 1, multiple: 1 });
    expect(maxDifference(await enhance(source, network, 100), source)).toBe(0);
  });

  test('2x agrees with the floats of the network to 1/65535', async () => {
    const sizes = fc.record({
      width: fc.integer({ min: 1, max: 20 }),
      tile: fc.constantFrom(4, 64),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ width, tile }) => {
        const source = drawDeepNoise(width, 9);
        const blur = blurNetwork({ scale: 2, halo: 2, multiple: 1 });
        const floats: Float32Array[] = [];
        const network: Network = {
          ...blur,
          run: async (input, size) => {
            const result = await blur.run(input, size);
            floats.push(result.slice());
            return result;
          },
        };
        const out = await enhance(source, network, tile);
        if (tile < 64) {
          expect(maxDifference(out, await enhance(source, blur, 64))).toBe(0);
          return;
        }
        const stride = (width + 4) * 2;
        const plane = stride * (source.height + 4) * 2;
        for (let i = 0; i < out.data.length; i++) {
          if (i % 4 === 3) continue;
          const [x, y] = [(i >> 2) % out.width, Math.floor((i >> 2) / out.width)];
          const value = floats[0]![(i % 4) * plane + (y + 4) * stride + x + 4]!;
          const wanted = Math.min(1, Math.max(0, value)) * 65535;
          expect(Math.abs(out.data[i]! - wanted)).toBeLessThanOrEqual(0.51);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('alpha is enlarged as finely, and the amount is mixed as finely', async () => {
    const source = drawDeepNoise(12, 7, true);
    const network = plainNetwork({ scale: 2, halo: 1, multiple: 1 });
    const out = await enhance(source, network, 5);
    const alone = createRaster(source, false, 16);
    for (let i = 0; i < source.data.length; i += 4)
      alone.data.set([source.data[i + 3]!, 0, 0, 65535], i);
    const wanted = resample(alone, out);
    for (let i = 0; i < out.data.length; i += 4)
      expect(Math.abs(out.data[i + 3]! - wanted.data[i]!)).toBeLessThanOrEqual(1);
    const dark: Network = {
      ...{ scale: 1, halo: 0, multiple: 1 },
      run: async (tile) => new Float32Array(tile.length),
    };
    const mixed = await enhance(drawDeepNoise(9, 9), dark, 4, { amount: 0.25 });
    const opaque = drawDeepNoise(9, 9);
    for (let i = 0; i < mixed.data.length; i += 4)
      expect(Math.abs(mixed.data[i]! - 0.75 * opaque.data[i]!)).toBeLessThanOrEqual(0.51);
  });

  test('tiles of one colour are told apart by their lowest bits', async () => {
    const source = createRaster({ width: 32, height: 8 }, false, 16);
    for (let i = 0; i < source.data.length; i += 4)
      source.data.set([256, 512, (i >> 2) % 32 < 16 ? 768 : 769, 65535], i);
    const network = plainNetwork({ scale: 1, halo: 1, multiple: 1 });
    let flat = 0;
    const hooks: RunHooks = { ...quiet, onTile: (_, isFlat) => void (flat += Number(isFlat)) };
    expect(maxDifference(await enhance(source, network, 4, { hooks }), source)).toBe(0);
    // Of 16 tiles four see both colours, and in each of two rows each colour is run once.
    expect(flat).toBe(16 - 4 - 4);
  });

  test('a grid of another depth is refused', async () => {
    const network = plainNetwork({ scale: 1, halo: 0, multiple: 1 });
    const grid = planTiles({ width: 8, height: 8 }, network, { tile: 8, bandBytes: 1 });
    await expect(runTiles(drawDeepNoise(8, 8), grid, network)).rejects.toMatchObject({
      facts: { cause: 'grid-depth' },
    });
  });
});

describe('planes that vary', () => {
  const kinds = fc.array(
    fc.oneof(fc.constant('varying' as const), fc.double({ min: 0, max: 1, noNaN: true })),
    {
      minLength: 1,
      maxLength: mostControls,
    },
  );

  test('each reaches the network at its own place, mirrored at the edges as the photo is', async () => {
    const inputs = fc.record({ kinds, tile: fc.integer({ min: 3, max: 12 }) });
    await fc.assert(
      fc.asyncProperty(inputs, async ({ kinds: controls, tile }) => {
        const source = drawNoise(21, 17);
        const planes = drawPlanes(source, controls.filter((each) => each === 'varying').length);
        // Mixed into red, so that a neighbour's value counts.
        const blur = blurNetwork({ scale: 2, halo: 2, multiple: 2 });
        const network: Network = {
          ...blur,
          run: (input, size) => {
            const area = size.width * size.height;
            const mixed = input.slice();
            for (let i = 0; i < area; i++)
              for (let k = 3; k * area < input.length; k++) mixed[i]! += input[k * area + i]! / k;
            return blur.run(mixed, size);
          },
        };
        const use = { controls, planes };
        const tiled = await enhance(source, network, tile, use);
        expect(maxDifference(tiled, await enhance(source, network, 64, use))).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test('in the order of the controls, constant ones between them', async () => {
    const source = drawNoise(9, 7);
    const planes = drawPlanes(source, 2);
    const network = plainNetwork({ scale: 1, halo: 1, multiple: 1 });
    const controls = ['varying', 0.25, 'varying'] as const;
    const out = await enhance(source, network, 4, { controls, planes });
    for (let i = 0; i < out.data.length; i++) {
      if (i % 4 === 3) continue;
      const [first, second] = planes.map(({ values }) => values[i >> 2]!);
      const added = (first! + 2 * 0.25 + 3 * second!) / 64;
      const wanted = Math.min(255, source.data[i]! + 255 * added);
      expect(Math.abs(out.data[i]! - wanted)).toBeLessThanOrEqual(0.51);
    }
  });

  test('a tile of one colour is run again where a plane is another', async () => {
    const source = createRaster({ width: 40, height: 4 }, false);
    source.data.fill(255);
    const [plane] = drawPlanes(source, 1);
    plane!.values.fill(0.5);
    plane!.values[22] = 0.25;
    const network = plainNetwork({ scale: 1, halo: 0, multiple: 1 });
    const minus: Network = {
      ...network,
      run: (input, size) =>
        network.run(
          input.map((value, i) => (i < size.width * size.height * 3 ? value : -value)),
          size,
        ),
    };
    let flat = 0;
    const hooks: RunHooks = { ...quiet, onTile: (_, isFlat) => void (flat += Number(isFlat)) };
    const use = { controls: ['varying'] as const, planes: [plane!] };
    const out = await enhance(source, minus, 4, { ...use, hooks });
    expect(out.data[22 * 4]).toBe(Math.round(255 * (1 - 0.25 / 64)));
    expect(new Set(out.data.filter((_, i) => i % 4 === 0)).size).toBe(2);
    // Ten tiles: the first is run, and the one with the other value.
    expect(flat).toBe(8);
  });

  test('too few, too many, and more than a network may have are refused', async () => {
    const source = drawNoise(8, 8);
    const network = plainNetwork({ scale: 1, halo: 0, multiple: 1 });
    const controls = ['varying'] as const;
    const refused = { facts: { cause: 'grid-planes' } };
    await expect(enhance(source, network, 8, { controls })).rejects.toMatchObject(refused);
    const planes = drawPlanes(source, 2);
    await expect(enhance(source, network, 8, { controls, planes })).rejects.toMatchObject(refused);
    const many = Array<number>(mostControls + 1).fill(0);
    expect(() => planTiles(source, network, { tile: 8, bandBytes: 1, controls: many })).toThrow(
      EnhanceError,
    );
  });
});
