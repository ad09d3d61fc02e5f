import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { EnhanceError } from '../../../../src/core/errors';
import { gatherPicture } from '../../../../src/core/picture/picture';
import type { Network } from '../../../../src/core/plan/network';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import { noMetadata } from '../../../../src/formats/metadata/metadata';
import { EngineHost } from '../../../../src/worker/engine/host';
import type { EngineModel } from '../../../../src/worker/engine/protocol';
import { EngineTurns } from '../../../../src/worker/owner/engine-turns';
import { OpenPhoto } from '../../../../src/worker/owner/photos';
import { Planner } from '../../../../src/worker/owner/planner';
import { RunSeries } from '../../../../src/worker/owner/run-series';
import { Runs } from '../../../../src/worker/owner/runs';
import { ModelFiles, type SiteModels } from '../../../../src/worker/owner/site-models';
import { Trials } from '../../../../src/worker/owner/trials';
import { drawNoise } from '../../core/pictures';
import { FakeThread } from '../fake-engine';
import { fakeModel, memory, type FakeModel } from '../fake-models';

const recipe = parseRecipe({ v: 1, scale: 2, variant: 'faithful' });
const source = drawNoise(44, 30);

/** The same network for each tier, by two names. */
let fast: FakeModel;
let quality: FakeModel;
beforeAll(async () => {
  fast = await fakeModel('upscale', 2);
  const { card, files: all } = fast;
  const files = card.files.map((file) => ({ ...file, sha256: `quality ${file.precision}` }));
  const renamed = card.files.map(
    ({ precision, sha256 }) => [`quality ${precision}`, all.get(sha256)!] as const,
  );
  quality = {
    ...fast,
    card: { ...card, id: 'quality', title: 'quality', tier: 'quality', files },
    files: new Map([...all, ...renamed]),
  };
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('navigator', { userAgent: 'test' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A film's pictures on a GPU where both networks are proved and quick; the better one can be made to fail there. */
async function openFilm() {
  /** What the next run of the better network on the GPU does. */
  const planted: ('lose' | 'corrupt')[] = [];
  const log: string[] = [];
  const networkOf = ({ key, runtime }: EngineModel): Network => ({
    ...fast.network,
    run: async (tile, size) => {
      const made = await fast.network.run(tile, size);
      const due = key.startsWith('quality') && runtime !== 'cpu' ? planted.shift() : undefined;
      if (due === 'lose') throw new EnhanceError('gpu-lost', { reason: 'planted', cause: '' });
      return due ? made.fill(NaN) : made;
    },
  });
  const supply = vi.fn(async () => new ModelFiles(quality.files));
  const models = {
    catalog: async () => ({ version: 1, models: [fast.card, quality.card] }),
    own: async () => new Map(),
    supply,
  } as unknown as SiteModels;
  const host = new EngineHost(
    {},
    (onDeath) => new FakeThread({ gpu: true, hasF16: false }, networkOf, onDeath, log),
  );
  const trials = new Trials(memory());
  const parts = { options: { backend: 'auto', tile: 12 } as const, host, trials, models };
  const planner = new Planner(parts);
  const plan = vi.spyOn(planner, 'prepare');
  const runs = new Runs({ ...parts, planner, turns: new EngineTurns() });
  const machine = await host.identify('auto');
  const measure = (pace: number) => {
    for (const { card } of [fast, quality]) {
      const subject = { key: card.files[0]!.sha256, runtime: machine.runtimes[0] };
      trials.remember(machine, subject, { isRight: true, pace }, false);
    }
  };
  measure(1e-9);
  const run = async (series?: RunSeries, raster = source, asked = recipe) => {
    const photo = new OpenPhoto(1, raster, noMetadata);
    const wish = { recipe: asked, centre: { x: 0, y: 0 }, since: 0, onProgress: () => undefined };
    const { signal } = new AbortController();
    const { steps } = await runs.enhance(photo, { ...wish, signal, ...(series && { series }) });
    const models = steps.map((step) => (step.kind === 'network' ? step.model : ''));
    return { models, raster: await gatherPicture(photo.result!.picture) };
  };
  return { planted, plan, supply, run, measure };
}

test('what is planned and fetched for the first of twenty pictures does for all', async () => {
  const { plan, supply, run } = await openFilm();
  const series = new RunSeries();
  const first = await run(series);
  expect(first.models).toEqual(['quality']);
  // Whatever pace each of them measures: all are made by one network.
  for (let i = 1; i < 20; i++) expect(await run(series)).toEqual(first);
  expect(plan).toHaveBeenCalledTimes(1);
  expect(supply).toHaveBeenCalledTimes(1);
  // Without a series each is planned by itself.
  await run();
  expect(plan).toHaveBeenCalledTimes(2);
});

test('a picture of another size, and another recipe, are planned for themselves', async () => {
  const { plan, run } = await openFilm();
  const series = new RunSeries();
  await run(series);
  const { raster } = await run(series, drawNoise(20, 14));
  expect(raster).toMatchObject({ width: 40, height: 28 });
  expect(plan).toHaveBeenCalledTimes(2);
  const plain = parseRecipe({ v: 1, scale: 1, variant: 'faithful' });
  expect((await run(series, drawNoise(20, 14), plain)).raster).toMatchObject({ width: 20 });
  expect(plan).toHaveBeenCalledTimes(3);
});

test('after a device was lost the next is planned once more, and comes out the same, however slow it has become', async () => {
  const { planted, plan, supply, run, measure } = await openFilm();
  const series = new RunSeries();
  const before = await run(series);
  measure(1);
  // What is planned by itself goes by that.
  expect((await run()).models).toEqual([fast.card.title]);
  plan.mockClear();
  supply.mockClear();
  measure(1);
  planted.push('lose');
  for (let i = 0; i < 10; i++) expect(await run(series)).toEqual(before);
  expect(plan).toHaveBeenCalledTimes(1);
  expect(supply).toHaveBeenCalledTimes(1);
});

test('a network that turns out wrong is not planned with again: the rest is made by the other tier', async () => {
  const { planted, plan, run } = await openFilm();
  const series = new RunSeries();
  expect((await run(series)).models).toEqual(['quality']);
  planted.push('corrupt');
  await run(series);
  expect(plan).toHaveBeenCalledTimes(1);
  const { models } = await run(series);
  expect(models).toEqual([fast.card.title]);
  await run(series);
  const planned = plan.mock.calls.length;
  for (let i = 0; i < 10; i++) expect((await run(series)).models).toEqual(models);
  expect(plan).toHaveBeenCalledTimes(planned);
});
