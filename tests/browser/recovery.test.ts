import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { unwrap } from '../../src/core/errors';
import type { Raster } from '../../src/core/picture/raster';
import { recommend } from '../../src/core/recipe/recommendation';
import type { Fault } from '../../src/engine/faults';
import { decode } from '../../src/formats/decode';
import { encode } from '../../src/formats/encode';
import { PhotoOwner } from '../../src/worker/owner/photo-owner';
import type { HostOptions } from '../../src/worker/engine/protocol';
import type { BackendChoice } from '../../src/worker/engine/protocol';
import type { PhotoId } from '../../src/worker/protocol';
import type { JobProgress, RunReport } from '../../src/worker/reports';
import tiny from '../fixtures/models/tiny.json';
import { makeTinyCatalog } from '../fixtures/tiny-catalog';
import { drawNoise, maxDifference } from '../unit/core/pictures';
import { forgetTrials } from './trials';

const catalogUrl = new URL('/tests/fixtures/models/catalog.json', location.href).href;
const recipe = recommend([], 2);
const source = drawNoise(44, 30, true);
/** Eight tiles. */
const tile = 12;
/** A busy machine's software adapter may need a second for a tile. */
const patience = { tile: 4000 };

beforeEach(() => {
  const served = fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) =>
    url === catalogUrl ? Promise.resolve(Response.json(makeTinyCatalog(tiny))) : served(url, init),
  );
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await forgetTrials();
});

const measuresOf = ({ notes }: RunReport): string[] =>
  notes.flatMap((each) => (each.note === 'recovered' ? each.facts.measure : []));

type Run = { readonly report: RunReport; readonly result: Raster };

/** The photo that was opened last. */
let photo: PhotoId;

async function start(backend: BackendChoice, host: HostOptions): Promise<PhotoOwner> {
  const enhancer = new PhotoOwner();
  const options = { acceptSoftware: true, patience, idleMs: 1000, ...host };
  await enhancer.init({ backend, tile, catalogUrl, host: options });
  const file = await encode(source, { format: 'png', quality: 100 });
  photo = unwrap(await enhancer.open(new File([file], 'photo.png'))).id;
  return enhancer;
}

async function run(
  enhancer: PhotoOwner,
  onProgress: (progress: JobProgress) => void = () => undefined,
): Promise<Run> {
  const report = unwrap(await enhancer.enhance(photo, recipe, { x: 0, y: 0 }, onProgress));
  const png = { format: 'png', quality: 100, strength: 1 } as const;
  const { blob: file } = unwrap(await enhancer.save(photo, png));
  return { report, result: (await decode(file)).raster };
}

async function runWith(
  faults: readonly Fault[],
  backend: BackendChoice = 'auto',
  host: HostOptions = {},
): Promise<Run> {
  return run(await start(backend, { faults, ...host }));
}

/** The workers that are made from now on: how many there were, and how many live. */
function watchWorkers(): { made: number; live: Set<Worker> } {
  const seen = { made: 0, live: new Set<Worker>() };
  vi.stubGlobal(
    'Worker',
    class extends Worker {
      constructor(...made: ConstructorParameters<typeof Worker>) {
        super(...made);
        seen.made++;
        seen.live.add(this);
      }
      override terminate(): void {
        seen.live.delete(this);
        super.terminate();
      }
    },
  );
  return seen;
}

let onGpu: Run;
let onCpu: Run;
beforeAll(async () => {
  const served = fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) =>
    url === catalogUrl ? Promise.resolve(Response.json(makeTinyCatalog(tiny))) : served(url, init),
  );
  onGpu = await runWith([]);
  onCpu = await runWith([], 'wasm');
  expect(onGpu.report).toMatchObject({ backend: 'webgpu', notes: [] });
});

// What is done about every kind of failure is tested in Node (`unit/worker`); here, that real devices and
// real threads fail in the way that is expected of them.
describe('the result is the same bytes', () => {
  test.each([
    ['lose-device', 'gpu-lost', 'device'],
    ['crash', 'engine-stopped', 'worker'],
  ] as const)('on the GPU, after %s in the middle', async (kind, problem, measure) => {
    const { report, result } = await runWith([{ kind, at: 4 }]);
    expect(report.backend).toBe('webgpu');
    expect(report.notes).toEqual([{ note: 'recovered', facts: { problem, measure } }]);
    expect(maxDifference(result, onGpu.result)).toBe(0);
  });

  test('on the CPU, after its thread has vanished in the middle', async () => {
    const { report, result } = await runWith([{ kind: 'vanish', at: 4 }], 'wasm');
    expect(report.backend).toBe('wasm');
    expect(report.notes).toHaveLength(1);
    expect(maxDifference(result, onCpu.result)).toBe(0);
  });
});

describe('a GPU that is wrong', () => {
  test('the CPU does all of it', async () => {
    const { report, result } = await runWith([{ kind: 'blacken', at: 3 }]);
    expect(report.backend).toBe('mixed');
    expect(measuresOf(report)).toContain('cpu-anew');
    expect(maxDifference(result, onCpu.result)).toBe(0);
  });
});

describe('cancel', () => {
  test('answers while the model is compiled, which goes no further, and while a tile hangs', async () => {
    const enhancer = await start('auto', { faults: [{ kind: 'stall', at: 2 }] });
    for (const stage of ['compile', 'run'] as const) {
      const stages: string[] = [];
      const reply = enhancer.enhance(photo, recipe, { x: 0, y: 0 }, (progress) => {
        if (progress.stage === stage && !stages.includes(stage)) void enhancer.cancel();
        stages.push(progress.stage);
      });
      expect(await reply).toMatchObject({ ok: false, code: 'cancelled' });
      expect(stages.at(-1)).toBe(stage);
    }
    expect(maxDifference((await run(enhancer)).result, onGpu.result)).toBe(0);
  });

  test('at every stage, leaves one engine that works', async () => {
    const workers = watchWorkers();
    // Long enough for the last engine to be seen, however slow the machine.
    const enhancer = await start('wasm', { idleMs: 60_000 });
    for (let round = 0; round < 12; round++) {
      let calls = 0;
      const reply = enhancer.enhance(photo, recipe, { x: 0, y: 0 }, () => {
        if (calls++ === round) void enhancer.cancel();
      });
      if (round % 5 === 0) void enhancer.cancel();
      expect(['cancelled', undefined]).toContain(((await reply) as { code?: string }).code);
    }
    expect(maxDifference((await run(enhancer)).result, onCpu.result)).toBe(0);
    expect(workers.live.size).toBe(1);
  });

  test('ends the encoder too, and the result stays', async () => {
    const enhancer = await start('wasm', {});
    await run(enhancer);
    const saving = enhancer.save(photo, { format: 'webp', quality: 90, strength: 1 });
    await enhancer.cancel();
    expect(await saving).toMatchObject({ ok: false, code: 'cancelled' });
    expect((await enhancer.save(photo, { format: 'png', quality: 90, strength: 1 })).ok).toBe(true);
  });
});

test('an engine without work is ended, and started again when there is some', async () => {
  const workers = watchWorkers();
  const enhancer = await start('wasm', { idleMs: 50 });
  await run(enhancer);
  await vi.waitFor(() => expect(workers.live.size).toBe(0), { timeout: 60_000 });
  expect(maxDifference((await run(enhancer)).result, onCpu.result)).toBe(0);
});
