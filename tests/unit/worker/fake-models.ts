import { createHash } from 'node:crypto';
import { outputsOf, type Geometry, type Network } from '../../../src/core/plan/network';
import { planTiles } from '../../../src/core/plan/tiles';
import { ArrayLoop } from '../../../src/core/run/array-loop';
import { goldenSide, repeatGolden, trialGrid } from '../../../src/core/run/golden';
import type { Card, ModelFile } from '../../../src/models/catalog';
import type { Keep } from '../../../src/models/keep';
import { drawNoise } from '../core/pictures';
import { quiet } from '../core/run-tiles';

/** How likely each pixel is damaged, by a network without weights: its red. */
export function redNetwork(geometry: Geometry): Network {
  return {
    ...{ ...geometry, outputs: 1 },
    run: async (tile, { width, height }) => tile.slice(0, width * height),
  };
}

/** A network whose every output depends on its neighbours, the halo away, on its controls there, and on its place in the grid. */
export function crossNetwork(geometry: Geometry): Network {
  const { halo, scale, multiple } = geometry;
  return {
    ...geometry,
    async run(tile, { width, height }) {
      const area = width * height;
      const out = new Float32Array(3 * area * scale * scale);
      const at = (plane: number, x: number, y: number) =>
        x < 0 || y < 0 || x >= width || y >= height ? 0 : tile[plane * area + y * width + x]!;
      const control = (x: number, y: number) => (tile.length > 3 * area ? at(3, x, y) : 0);
      for (let plane = 0; plane < 3; plane++)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            const row = at(plane, x - halo, y) + at(plane, x + halo, y);
            const column = at(plane, x, y - halo) + at(plane, x, y + halo);
            const place = 0.02 * ((x + y) % multiple);
            const value =
              place + 0.4 * at(plane, x, y) + 0.14 * (row + column) + 0.1 * control(x, y);
            for (let k = 0; k < scale * scale; k++) {
              const line = (plane * height + y) * scale + Math.floor(k / scale);
              out[line * width * scale + x * scale + (k % scale)] = value + k / 99;
            }
          }
      return out;
    },
  };
}

/** Storage that lasts as long as the test. */
export function memory(): Keep {
  const kept = new Map<string, unknown>();
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
    keys: async () => [...kept.keys()],
  };
}

/** A model of the fake catalogue: what stands in the list, what its files hold, and what it computes. */
export type FakeModel = {
  readonly card: Card;
  /** By hash. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** By address. */
  readonly served: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly network: Network;
};

/**
 * A model that computes what {@link crossNetwork} does, with a golden tile that is true.
 *
 * @param task What it does.
 * @param scale How much it enlarges.
 * @param halo Its reach.
 */
export async function fakeModel(
  task: Card['task'],
  scale: 1 | 2 | 4,
  halo = 2,
): Promise<FakeModel> {
  const geometry = { scale, halo, multiple: 2, outputs: task === 'find-damage' ? 1 : 3 } as const;
  const network = task === 'find-damage' ? redNetwork(geometry) : crossNetwork(geometry);
  const controls = task === 'clean' ? (['noise', 'jpeg'] as const) : [];
  const golden = await drawGolden(network, controls.length);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const served = new Map<string, Uint8Array<ArrayBuffer>>();
  const file = (precision: 'int8' | 'fp16'): ModelFile => {
    const name = `${task}-x${scale}-${precision}`;
    const model = new TextEncoder().encode(name);
    const store = (url: string, bytes: Uint8Array<ArrayBuffer>) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      files.set(sha256, bytes);
      served.set(url, bytes);
      return { url, bytes: bytes.length, sha256 };
    };
    const tolerance = 1;
    return {
      ...{ precision, psnrLoss: 0, ...store(name, model) },
      golden: { ...store(`${name}-golden`, golden), tolerance },
    };
  };
  const card: Card = {
    ...{ id: `${task}-x${scale}`, task, tier: 'fast', title: `${task} x${scale}` },
    ...{ ...geometry, variant: 'faithful', controls, macsPerPixel: 100 * scale },
    ...{ widestBytes: 64, params: 1, licence: 'MIT', trainedOn: 'nothing', metrics: {} },
    files: [file('int8'), file('fp16')],
  };
  return { card, files, served, network };
}

async function drawGolden(network: Network, controls: number): Promise<Uint8Array<ArrayBuffer>> {
  const source = { width: 2 * goldenSide, height: 2 * goldenSide };
  const grid = planTiles(source, network, {
    ...{ tile: goldenSide, bandBytes: 1, controls: Array<number>(controls).fill(0) },
  });
  const trial = trialGrid(grid);
  const input = rgb(drawNoise(goldenSide, goldenSide).data);
  const patch = repeatGolden({ input, result: input }, trial);
  const [band] = trial.bands;
  const pixels = rgb(await new ArrayLoop(trial, network, quiet).run(band, patch));
  const { scale } = network;
  const period = goldenSide * scale;
  const result = new Uint8Array(period * period * 3);
  for (let y = 0; y < period; y++)
    for (let x = 0; x < period; x++) {
      const to =
        ((y + band.rect.y * scale) % period) * period + ((x + band.rect.x * scale) % period);
      result.set(pixels.subarray((y * period + x) * 3, (y * period + x + 1) * 3), to * 3);
    }
  const planes = outputsOf(network) === 1 ? result.filter((_, i) => i % 3 === 0) : result;
  return Uint8Array.from([...input, ...planes]);
}

function rgb(rgba: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(Array.from(rgba).filter((_, i) => i % 4 !== 3));
}
