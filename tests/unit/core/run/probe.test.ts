/** What a network that nobody knows turns out to be by running it. */
import { describe, expect, it } from 'vitest';
import { EnhanceError } from '../../../../src/core/errors';
import { deviation, parseGolden, repeatGolden, trialGrid } from '../../../../src/core/run/golden';
import { examineNetwork, probeNetwork, proveNetwork } from '../../../../src/core/run/probe';
import { mostHalo, type Probe } from '../../../../src/core/run/probe-reach';
import type { Planes } from '../../../../src/core/run/probe-pictures';
import { planTiles } from '../../../../src/core/plan/tiles';
import { ArrayLoop } from '../../../../src/core/run/array-loop';

/** A clock that stands still: nothing takes long. */
const clock = () => 0;

type Pixel = (
  plane: (c: number, x: number, y: number) => number,
  c: number,
  x: number,
  y: number,
) => number;

/** A network that enlarges by repeating pixels; beyond the edges lies 0, as networks pad. */
function network(scale: number, pixel: Pixel): Probe {
  return async (input) => {
    const { width, height, values } = input;
    const plane = (c: number, x: number, y: number) =>
      x < 0 || y < 0 || x >= width || y >= height ? 0 : values[(c * height + y) * width + x]!;
    const size = { width: width * scale, height: height * scale, count: 3 };
    const out = new Float32Array(3 * size.width * size.height);
    for (let c = 0, i = 0; c < 3; c++)
      for (let y = 0; y < size.height; y++)
        for (let x = 0; x < size.width; x++, i++)
          out[i] = pixel(plane, c, Math.floor(x / scale), Math.floor(y / scale));
    return { ...size, values: out };
  };
}

/** The mean along the row, as far as a reach. */
const blurred =
  (reach: number): Pixel =>
  (plane, c, x, y) => {
    let sum = 0;
    for (let dx = -reach; dx <= reach; dx++) sum += plane(c, x + dx, y);
    return sum / (2 * reach + 1);
  };

const same: Pixel = (plane, c, x, y) => plane(c, x, y);

const inRange =
  (probe: Probe, input: number, output: number): Probe =>
  async (planes) => {
    // What is lighter than it has learnt it clips, what is finer it does not see.
    const seen = (value: number) => (input === 1 ? Math.min(1, value) : Math.round(value) / input);
    const made = await probe({ ...planes, values: planes.values.map(seen) });
    return { ...made, values: made.values.map((value) => value * output) };
  };

async function reasonOf(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  return error instanceof EnhanceError ? { problem: error.problem, ...error.facts } : error;
}

const refused = (reason: string): unknown =>
  expect.objectContaining({ problem: 'own-model-unfit', reason });

describe('probeNetwork', () => {
  it('tells scale, reach and multiple', async () => {
    const found = await probeNetwork(network(2, blurred(5)), clock);
    expect(found).toEqual({
      ...{ scale: 2, multiple: 1, halo: 5, isWide: false },
      ...{ white: { input: 1, output: 1 }, swaps: false, isExact: false },
    });
  });

  it('takes a reach that is known exactly as it is', async () => {
    const found = await probeNetwork(network(4, same), clock, { halo: 33, multiple: 1 });
    expect(found).toMatchObject({ scale: 4, halo: 33, isWide: false, isExact: true });
  });

  it('looks wider where a change reaches the edges', async () => {
    expect(await probeNetwork(network(1, blurred(41)), clock)).toMatchObject({ halo: 41 });
  });

  it('tells of a network that looks at the whole picture', async () => {
    const probe: Probe = async (input) => {
      const mean = input.values.reduce((sum, value) => sum + value, 0) / input.values.length;
      return { ...input, values: input.values.map((value) => 0.5 * value + 40 * mean - 20) };
    };
    const found = await probeNetwork(probe, clock);
    expect(found.isWide).toBe(true);
    expect(found.halo).toBeLessThanOrEqual(mostHalo);
  });

  it('finds the sides that it takes', async () => {
    const sound = network(2, same);
    const probe: Probe = (input) =>
      input.width % 4 || input.height % 4 ? Promise.reject(new Error('shape')) : sound(input);
    expect(await probeNetwork(probe, clock)).toMatchObject({ multiple: 4 });
  });

  it('finds a grid of its own that it pads to', async () => {
    const blocks: Pixel = (plane, c, x, y) => {
      let sum = 0;
      for (let i = 0; i < 8; i++) sum += plane(c, x - (x % 8) + i, y);
      return sum / 8;
    };
    expect(await probeNetwork(network(1, blocks), clock)).toMatchObject({ multiple: 8 });
  });

  it.each([
    [1, 1],
    [255, 255],
    [1, 255],
    [255, 1],
  ] as const)('finds what is white: %d in, %d out', async (input, output) => {
    const probe = inRange(network(2, blurred(1)), input, output);
    expect((await probeNetwork(probe, clock)).white).toEqual({ input, output });
  });

  it('finds red and blue that change places', async () => {
    const probe = network(2, (plane, c, x, y) => plane(2 - c, x, y));
    expect((await probeNetwork(probe, clock)).swaps).toBe(true);
  });

  const flat = (value: number) => network(2, () => value);
  const shaped =
    (change: (planes: Planes) => Planes): Probe =>
    async (input) =>
      change(await network(2, same)(input));

  it.each([
    ['run', () => Promise.reject(new Error('no such size'))],
    ['planes', shaped((planes) => ({ ...planes, count: 1 }))],
    ['scale', shaped((planes) => ({ ...planes, width: 5 * planes.width }))],
    ['not-a-number', flat(NaN)],
    ['black', flat(0)],
    ['constant', flat(0.5)],
  ] satisfies [string, Probe][])('refuses: %s', async (reason, probe) => {
    expect(await reasonOf(probeNetwork(probe, clock))).toEqual(refused(reason));
  });
});

describe('examineNetwork', () => {
  const counted = (probe: Probe) => {
    const sizes: string[] = [];
    const counting: Probe = (input) => {
      sizes.push(`${input.width} x ${input.height}`);
      return probe(input);
    };
    return { sizes, counting };
  };

  it('runs a network whose reach is known no more than scale and range take, and times that', async () => {
    const { sizes, counting } = counted(network(2, blurred(3)));
    let readings = 0;
    const ticking = () => 2048 * readings++;
    const examined = await examineNetwork(counting, ticking, { halo: 3, multiple: 1 });
    expect(sizes).toEqual(['32 x 32', '32 x 32']);
    expect(examined).toMatchObject({ proof: null, msPerPixel: 2 });
  });

  it('proves a network whose reach was found, by its result in two windows', async () => {
    const { sizes, counting } = counted(network(2, blurred(3)));
    const { found, proof } = await examineNetwork(counting, clock);
    expect(sizes.slice(-2)).toEqual(['38 x 38', '46 x 38']);
    expect(proof).toEqual(await proveNetwork(network(2, blurred(3)), found, clock));
  });

  it('leaves the tile of what has to be put right to be made of that', async () => {
    const probe = inRange(network(2, blurred(1)), 255, 255);
    const known = { halo: 1, multiple: 1 };
    expect(await examineNetwork(probe, clock, known)).toMatchObject({
      found: { white: { input: 255, output: 255 } },
      proof: null,
    });
  });
});

describe('proveNetwork', () => {
  it('makes a golden tile that the same network passes in a window of any size', async () => {
    const probe = network(2, blurred(3));
    const found = await probeNetwork(probe, clock);
    const { golden, tolerance } = await proveNetwork(probe, found, clock);
    const grid = planTiles({ width: 90, height: 70 }, found, { tile: 50, bandBytes: 1 });
    const trial = trialGrid(grid);
    const tile = parseGolden(golden, found);
    const run = async (values: Float32Array, { width, height }: Pick<Planes, 'width' | 'height'>) =>
      (await probe({ values, width, height, count: 3 })).values;
    const hooks = { signal: new AbortController().signal, onTile: () => undefined };
    const patch = () => repeatGolden(tile, trial);
    const right = await new ArrayLoop(trial, { ...found, run }, hooks).run(trial.bands[0], patch());
    expect(deviation(tile, trial, right)).toBeLessThanOrEqual(tolerance);
    const wrong = {
      ...found,
      run: async (...given: Parameters<typeof run>) =>
        (await run(...given)).map((value) => value * 0.9),
    };
    const other = await new ArrayLoop(trial, wrong, hooks).run(trial.bands[0], patch());
    expect(deviation(tile, trial, other)).toBeGreaterThan(tolerance);
  });

  it('refuses what makes something else of the same pixels elsewhere', async () => {
    const probe = network(2, (plane, c, x, y) => plane(c, x, y) * (0.5 + x / 100));
    const wide = { scale: 2, halo: 8, multiple: 1, isExact: false } as const;
    const shifting: Probe = async (input) => {
      const made = await probe(input);
      return { ...made, values: made.values.map((value) => value * (input.width > 50 ? 0.8 : 1)) };
    };
    expect(await reasonOf(proveNetwork(shifting, wide, clock))).toEqual(refused('unsteady'));
  });
});

it('a network that norms all of a picture is told, however near its reach looks on one picture', async () => {
  const net = network(2, blurred(3));
  const { halo } = await probeNetwork(net, clock);
  expect(halo).toBeLessThan(10);
  const found = await probeNetwork(net, clock, { multiple: 1, isGlobal: true });
  expect(found).toMatchObject({ halo: mostHalo, isWide: true, isExact: false, multiple: 1 });
});
