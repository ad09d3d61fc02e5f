import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import { noMetadata } from '../../../../src/formats/metadata/metadata';
import { plainColours } from '../../../../src/formats/colours';
import type { Card } from '../../../../src/models/catalog';
import type { Machine } from '../../../../src/worker/engine/protocol';
import { OpenPhoto } from '../../../../src/worker/owner/photos';
import { Planner, type PlannerParts } from '../../../../src/worker/owner/planner';
import type { Trial } from '../../../../src/worker/owner/trials';
import { drawNoise } from '../../core/pictures';
import { fakeModel } from '../fake-models';

const machine: Machine = {
  ...{ backend: 'webgpu', software: false, device: '', identity: '', hasF16: false },
  ...{ bindingBytes: 2 ** 27, runtimes: ['a'] },
};
const photo = new OpenPhoto(1, drawNoise(44, 30), noMetadata, plainColours, null);
const recipe = parseRecipe({ v: 1, scale: 4, variant: 'faithful' });

beforeEach(() => void vi.stubGlobal('navigator', { userAgent: 'test' }));
afterEach(() => void vi.unstubAllGlobals());

/** A network of each tier, the second nine times the work of the first. */
let fast: Card;
let quality: Card;
beforeAll(async () => {
  fast = { ...(await fakeModel('upscale', 4)).card, id: 'light', macsPerPixel: 100_000 };
  const { card } = await fakeModel('upscale', 4, 3);
  const files = card.files.map((file) => ({ ...file, sha256: `quality ${file.precision}` }));
  quality = { ...card, files, id: 'heavy', tier: 'quality', macsPerPixel: 900_000 };
});

/** Plans with what was measured of either network: seconds for 12 megapixels, or that it is computed wrongly. */
async function plan(measured: { fast?: number; quality?: number | 'wrong' }, asked = recipe) {
  const paces = new Map<string, Trial>();
  for (const [card, seconds] of [
    [fast, measured.fast],
    [quality, measured.quality],
  ] as const)
    if (seconds === 'wrong') {
      paces.set(card.files[0]!.sha256, { isRight: false, pace: 0 });
    } else if (seconds !== undefined) {
      const pace = (seconds * 1000) / (12e6 * card.macsPerPixel);
      paces.set(card.files[0]!.sha256, { isRight: true, pace });
    }
  // Only what a planner asks.
  const parts = {
    options: { backend: 'auto', tile: 0 },
    host: { identify: async () => machine },
    trials: { recall: async (_: Machine, { key }: { key: string }) => paces.get(key) ?? null },
    models: {
      catalog: async () => ({ version: 1, models: [fast, quality] }),
      own: async () => new Map(),
      missingBytes: async () => 0,
    },
  } as unknown as PlannerParts;
  const planner = new Planner(parts);
  const prepared = await planner.prepare(asked, photo);
  const { tierSeconds, seconds } = await planner.describe(prepared);
  return { models: prepared.cards.map(({ id }) => id), seconds, tierSeconds };
}

test('the better network is taken where 12 megapixels take it less than a minute', async () => {
  expect((await plan({ fast: 5, quality: 59 })).models).toEqual(['heavy']);
  expect((await plan({ fast: 5, quality: 61 })).models).toEqual(['light']);
});

test('as long as it was not measured itself, the pace of the fast one counts; without any, the fast one is taken', async () => {
  expect((await plan({ fast: 6 })).models).toEqual(['heavy']);
  expect((await plan({ fast: 7 })).models).toEqual(['light']);
  expect((await plan({})).models).toEqual(['light']);
});

test('a better network that this machine computes wrongly is not taken', async () => {
  expect((await plan({ fast: 1, quality: 'wrong' })).models).toEqual(['light']);
});

test('who asks for one gets it, whatever it takes', async () => {
  const ask = (tier: string) => parseRecipe({ v: 1, scale: 4, variant: 'faithful', tier });
  expect((await plan({ fast: 5, quality: 1000 }, ask('quality'))).models).toEqual(['heavy']);
  expect((await plan({ fast: 5, quality: 10 }, ask('fast'))).models).toEqual(['light']);
  expect((await plan({ fast: 5, quality: 1000 }, ask('fitting'))).models).toEqual(['light']);
});

test('what each of them would take is told, as far as it was measured, where they differ', async () => {
  const { seconds, tierSeconds } = await plan({ fast: 5, quality: 70 });
  expect(tierSeconds?.quality).toBeGreaterThan(5 * seconds!);
  expect(tierSeconds?.fast).toBe(seconds);
  expect((await plan({ fast: 5 })).tierSeconds?.quality).toBeNull();
  const idle = parseRecipe({ v: 1, scale: 1, variant: 'faithful' });
  expect((await plan({}, idle)).tierSeconds).toBeNull();
});
