import { beforeAll, beforeEach, afterEach, describe, expect, test, vi } from 'vitest';
import type { Note } from '../../../../src/core/notes';
import { blendStrength } from '../../../../src/core/picture/blend';
import { cropPlanes, type PhotoPlanes } from '../../../../src/core/picture/plane';
import { cropRaster, type Raster } from '../../../../src/core/picture/raster';
import { resizeRows } from '../../../../src/core/picture/resize';
import { gatherRows, rowsOf } from '../../../../src/core/picture/rows';
import { wholeRect, type Rect } from '../../../../src/core/picture/rect';
import { makePlan } from '../../../../src/core/plan/plan';
import { planTiles } from '../../../../src/core/plan/tiles';
import type { Capabilities } from '../../../../src/core/plan/tile-size';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import { ArrayLoop } from '../../../../src/core/run/array-loop';
import { runBands } from '../../../../src/core/run/bands';
import type { Shake } from '../../../../src/core/shake/find';
import { takeShakeBack } from '../../../../src/core/shake/take-back';
import { EngineHost } from '../../../../src/worker/engine/host';
import { runChain } from '../../../../src/worker/owner/chain';
import { gatherPicture } from '../../../../src/core/picture/picture';
import type { ShownResult } from '../../../../src/worker/owner/preview';
import { EngineTurns } from '../../../../src/worker/owner/engine-turns';
import { ModelFiles } from '../../../../src/worker/owner/site-models';
import { Trials } from '../../../../src/worker/owner/trials';
import type { JobProgress } from '../../../../src/worker/reports';
import { withFace } from '../../core/fake-tasks';
import { drawPlanes, maxDifference } from '../../core/pictures';
import { quiet } from '../../core/run-tiles';
import { bent, drawLeaves, goOn } from '../../core/shaken';
import { FakeThread } from '../fake-engine';
import { fakeModel, memory, type FakeModel } from '../fake-models';

const source = drawLeaves(60, 40);
const machine: Capabilities = {
  ...{ backend: 'wasm', software: false, bindingBytes: 2 ** 30, memory: 'large' },
};
const tile = 20;
const signal = new AbortController().signal;

let deblurrer: FakeModel;
/** One with planes behind R, G and B. */
let cleaner: FakeModel;

beforeAll(async () => {
  deblurrer = await fakeModel('deblur', 1);
  cleaner = await fakeModel('clean', 1);
});

beforeEach(() => {
  vi.stubGlobal('navigator', { userAgent: 'test' });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** What a chain is run on, if not on the whole source alone. */
type Use = {
  readonly of?: FakeModel;
  readonly planes?: PhotoPlanes;
  readonly part?: Rect;
};

/** Runs a recipe on a CPU that has one model for everything. */
async function run(asked: object, shake: Shake | null, use: Use = {}) {
  const { of: model = deblurrer, planes = {}, part = wholeRect(source) } = use;
  const recipe = parseRecipe(asked, 'recipe', withFace);
  const choose = () => model.card;
  const how = { choose, tile, shake, table: withFace, corner: part };
  const plan = makePlan(recipe, part, machine, how);
  const facts = { gpu: false, hasF16: false };
  const host = new EngineHost({}, (onDeath) => {
    return new FakeThread(facts, () => model.network, onDeath, []);
  });
  const trials = new Trials(memory());
  const turns = new EngineTurns();
  const files = new ModelFiles(model.files);
  const told: JobProgress[] = [];
  const notes: Note[] = [];
  const grown: ShownResult[] = [];
  const { output, steps } = await runChain(
    { host, trials, turns, files, lane: 'run', choice: 'wasm', tile },
    {
      ...{ source: cropRaster(source, part), planes: cropPlanes(planes, part) },
      ...{
        plan,
        shake,
        waves: [],
        faded: null,
        place: { x: 0, y: 0 },
        centre: { x: 30, y: 20 },
        screen: null,
      },
    },
    {
      signal,
      tell: (progress) => told.push(progress),
      onNote: (note) => notes.push(note),
      onGrow: (shown) => grown.push(shown),
      isWatched: true,
    },
  );
  return { output: await gatherPicture(output), steps, told, notes, plan, grown };
}

/** The network alone, in one tile. */
function runNetwork(input: Raster, amount = 1): Promise<Raster> {
  const grid = planTiles(input, deblurrer.card, { tile: 100, bandBytes: 1e6, amount });
  return runBands(input, grid, new ArrayLoop(grid, deblurrer.network, quiet), quiet);
}

const deblur = (deblur: number) => ({ v: 1, scale: 1, variant: 'faithful', deblur });
const shake = { kernel: bent, factor: 1 };

test('without a shake the network mixes its own result in', async () => {
  const { output, steps, notes } = await run(deblur(40), null);
  expect(maxDifference(output, await runNetwork(source, 0.4))).toBe(0);
  expect(steps).toMatchObject([{ kind: 'network', task: 'deblur', tiles: 6, cpuTiles: 6 }]);
  expect(notes).toEqual([]);
});

test('with a shake it is taken back first, and all that changed is mixed in', async () => {
  const { output, steps, notes, told, plan } = await run(deblur(40), shake);
  const steady = await takeShakeBack(source, shake, goOn);
  const byHand = blendStrength(source, await runNetwork(steady), 0.4);
  expect(maxDifference(output, byHand)).toBe(0);
  expect(steps).toMatchObject([
    { kind: 'filter', task: 'deblur', filter: 'shake', seconds: expect.any(Number) as number },
    { kind: 'network', task: 'deblur', tiles: 6 },
    { kind: 'filter', task: 'deblur', filter: 'mix' },
  ]);
  expect(notes).toEqual([{ note: 'shake-taken-back', facts: { pixels: bent.side } }]);

  const stages = told.map(({ stage, filter }) => `${stage} ${filter ?? 'network'}`);
  expect(stages.filter((each, i) => each !== stages[i - 1])).toEqual([
    ...['run shake', 'compile network', 'run network', 'run mix'],
  ]);
  const fractions = told.map(({ fraction }) => fraction);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.at(-1)).toBeCloseTo(1);
  // The filter has its share of the work, and its time is known to the estimate.
  const first = told.find(({ stage }) => stage === 'compile')!;
  expect(first.fraction).toBeCloseTo(plan.steps[0]!.work / plan.work);
  expect(first.etaSeconds).not.toBeNull();
});

test('a network behind the enlarger works on the enlarged picture, and what is shown of it lies on the photo', async () => {
  const own = { sha256: 'ab'.repeat(32), title: 'Sharp', scale: 1, after: true };
  const step = { task: 'upscale', scale: 2, variant: 'faithful', own };
  const { output, steps, grown, told } = await run({ v: 2, steps: [step] }, null);
  const size = { width: 120, height: 80 };
  const enlarged = await gatherRows(resizeRows(rowsOf(await runNetwork(source)), size));
  const grid = planTiles(enlarged, deblurrer.card, { tile: 200, bandBytes: 1e6 });
  const wanted = await runBands(
    enlarged,
    grid,
    new ArrayLoop(grid, deblurrer.network, quiet),
    quiet,
  );
  expect(maxDifference(output, wanted)).toBe(0);
  expect(steps).toHaveLength(2);
  const last = grown.at(-1)!;
  expect(last).toMatchObject({ scale: 2, picture: { width: 120 }, growth: { input: source } });
  const area = (rects: readonly Rect[]) => rects.reduce((sum, r) => sum + r.width * r.height, 0);
  expect(area(last.growth!.finished)).toBe(60 * 40);
  for (const { patch } of told)
    if (patch) expect(patch.rect.x + patch.rect.width).toBeLessThanOrEqual(60);
});

test('all of it is the steady picture as the network leaves it', async () => {
  const { output } = await run(deblur(100), shake);
  const steady = await takeShakeBack(source, shake, goOn);
  expect(maxDifference(output, await runNetwork(steady))).toBe(0);
});

test('a region runs its steps in its box, and nothing else changes', async () => {
  const box = { x: 20, y: 10, width: 16, height: 12 };
  const steps = [{ task: 'deblur', amount: 100 }];
  const asked = { v: 2, steps: [{ task: 'face', box, steps, amount: 100 }] };
  const ran = await run(asked, null);
  const whole = await runNetwork(source);
  expect(maxDifference(cropRaster(ran.output, box), cropRaster(whole, box))).toBe(0);
  const left = { x: 0, y: 0, width: 20, height: 40 };
  expect(maxDifference(cropRaster(ran.output, left), cropRaster(source, left))).toBe(0);
  expect(ran.steps).toMatchObject([{ kind: 'network', task: 'deblur' }]);
});

test('a part of the photo has its part of a region', async () => {
  const steps = [{ task: 'deblur', amount: 100 }];
  const box = { x: 11, y: 9, width: 31, height: 17 };
  const asked = { v: 2, steps: [{ task: 'face', box, steps, amount: 80 }] };
  const whole = await run(asked, null);
  const part = { x: 16, y: 4, width: 30, height: 16 };
  const { output } = await run(asked, null, { part });
  // As far from the part's edges as the network looks.
  const sure = { x: 2, y: 2, width: 26, height: 12 };
  const same = { ...sure, x: part.x + sure.x, y: part.y + sure.y };
  expect(maxDifference(cropRaster(output, sure), cropRaster(whole.output, same))).toBe(0);
});

describe('what is known of each pixel', () => {
  const plane = drawPlanes(source, 1)[0]!;
  const planes = { noise: plane };
  const spot = { task: 'spot', amount: 50 };

  test('reaches the network that asks for it, and the plan knows its bytes', async () => {
    const { output, plan } = await run({ v: 2, steps: [spot] }, null, { of: cleaner, planes });
    const controls = ['varying', 0.5] as const;
    const grid = planTiles(source, cleaner.card, { tile: 100, bandBytes: 1e6, controls });
    const loop = new ArrayLoop(grid, cleaner.network, quiet);
    const wanted = await runBands(source, grid, loop, quiet, { planes: [plane] });
    expect(maxDifference(output, wanted)).toBe(0);
    expect(plan.steps[0]!.rasterBytes).toBe((3 + 1) * 4 * 60 * 40);
  });

  test('is cut out with a region', async () => {
    const box = { x: 20, y: 10, width: 16, height: 12 };
    const asked = { v: 2, steps: [{ task: 'face', box, steps: [spot], amount: 100 }] };
    const use = { of: cleaner, planes };
    const whole = await run({ v: 2, steps: [spot] }, null, use);
    const { output } = await run(asked, null, use);
    expect(maxDifference(cropRaster(output, box), cropRaster(whole.output, box))).toBe(0);
    expect(maxDifference(output, whole.output)).toBeGreaterThan(0);
  });

  test('is missed where the photo has none', async () => {
    await expect(run({ v: 2, steps: [spot] }, null, { of: cleaner })).rejects.toMatchObject({
      ...{ problem: 'unexpected', facts: { cause: 'grid-planes' } },
    });
  });
});

test('a pattern that was to be taken out and is not there is said', async () => {
  const asked = { v: 2, steps: [{ task: 'pattern' }] };
  const { output, notes } = await run(asked, null);
  expect(output.data).toEqual(source.data);
  expect(notes).toEqual([{ note: 'pattern-missing', facts: {} }]);
});
