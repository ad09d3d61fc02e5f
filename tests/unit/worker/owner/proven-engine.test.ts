import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Note } from '../../../../src/core/notes';
import type { Raster } from '../../../../src/core/picture/raster';
import { runBands } from '../../../../src/core/run/bands';
import { ArrayLoop } from '../../../../src/core/run/array-loop';
import { planTiles } from '../../../../src/core/plan/tiles';
import type { NetworkKind } from '../../../../src/core/recipe/kinds';
import type { Step } from '../../../../src/core/recipe/recipe';
import type { Fault } from '../../../../src/engine/faults';
import type { Keep } from '../../../../src/models/keep';
import { EngineHost } from '../../../../src/worker/engine/host';
import type { BackendChoice, HostOptions } from '../../../../src/worker/engine/protocol';
import { PictureBands } from '../../../../src/worker/owner/picture-bands';
import { ProvenEngine } from '../../../../src/worker/owner/proven-engine';
import { Trials } from '../../../../src/worker/owner/trials';
import { drawNoise, maxDifference } from '../../core/pictures';
import { quiet } from '../../core/run-tiles';
import { breathe, FakeThread, type FakeMachine } from '../fake-engine';
import { fakeModel, type FakeModel } from '../fake-models';

const source = drawNoise(44, 30, true);
/** Twelve tiles; on the GPU in bands of two. */
const tile = 12;
const step: Step<NetworkKind> = {
  ...{ kind: 'network', task: 'upscale', scale: 2, variant: 'faithful' },
  ...{ planes: {}, amount: 1 },
};
const never = new AbortController().signal;

let model: FakeModel;
/** What comes out where nothing goes wrong. */
let undisturbed: Raster;

beforeAll(async () => {
  model = await fakeModel('upscale', 2);
  const grid = planTiles(source, model.card, { tile, bandBytes: 1e6 });
  undisturbed = await runBands(source, grid, new ArrayLoop(grid, model.network, quiet), quiet);
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('navigator', { userAgent: 'test' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What a bench is made of; all but the faults has a default. */
type Setting = Pick<HostOptions, 'faults' | 'budget'> & {
  readonly choice?: BackendChoice;
  readonly machine?: Partial<FakeMachine>;
};

/** One machine with one model: what has gone wrong on it, and what is known of it, stays. */
class Bench {
  readonly log: string[] = [];
  readonly host: EngineHost;
  readonly trials: Trials;
  readonly #choice: BackendChoice;

  constructor({ choice = 'auto', machine = {}, ...options }: Setting) {
    const facts = { gpu: true, hasF16: false, ...machine };
    this.#choice = choice;
    this.host = new EngineHost(
      options,
      (onDeath) => new FakeThread(facts, () => model.network, onDeath, this.log),
    );
    this.trials = new Trials(memory());
  }

  /** The model over the picture, not begun yet; `onTile` is told how many tiles were run. */
  prepare(onTile: (tiles: number) => void = () => undefined, signal = never) {
    const notes: Note[] = [];
    const shares: number[] = [];
    let tiles = 0;
    const plan = { step, model: model.card, tile, controls: [] };
    const tools = {
      ...{ host: this.host, trials: this.trials, choice: this.#choice, tile },
      load: ({ url }: { url: string }) => Promise.resolve(model.files.get(url)!),
    };
    const unseen = { onPixels: () => undefined, onAnew: () => undefined };
    const picture = new PictureBands({ input: source, plan, centre: { x: 0, y: 0 } }, unseen);
    const engine = new ProvenEngine(tools, plan, {
      signal,
      onStart: (share) => shares.push(share),
      onTile: () => onTile(++tiles),
      onNote: (note) => notes.push(note),
    });
    return { engine, picture, notes, shares };
  }

  /** Runs it to the end. */
  async run(...how: Parameters<Bench['prepare']>) {
    const { engine, picture, ...told } = this.prepare(...how);
    const report = await engine.run(picture);
    return { report, ...told, result: picture.output };
  }
}

function memory(): Keep {
  const kept = new Map<string, unknown>();
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
    keys: async () => [...kept.keys()],
  };
}

function runWith(faults: readonly Fault[], setting: Setting = {}) {
  return new Bench({ faults, ...setting }).run();
}

test('where nothing goes wrong: every tile once, on the GPU, with nothing to say', async () => {
  const { report, notes, shares, result } = await runWith([]);
  expect(report).toEqual({ tiles: 12, cpuTiles: 0, readBacks: 6, precision: 'int8' });
  expect(notes).toEqual([]);
  expect(shares).toEqual([0]);
  expect(maxDifference(result, undisturbed)).toBe(0);
});

describe('on the GPU, the result is the same bytes', () => {
  test.each([
    ['lose-device', 'gpu-lost', 'device'],
    ['fail-pipeline', 'gpu-refused', 'device'],
    ['fail-allocation', 'gpu-memory', 'tile'],
    ['crash', 'engine-stopped', 'worker'],
    ['vanish', 'engine-stopped', 'worker'],
    ['stall', 'engine-stopped', 'worker'],
  ] as const)('after %s in the middle', async (kind, problem, measure) => {
    const { report, notes, result } = await runWith([{ kind, at: 6 }]);
    expect(report.cpuTiles).toBe(0);
    expect(notes).toEqual([{ note: 'recovered', facts: { problem, measure } }]);
    expect(maxDifference(result, undisturbed)).toBe(0);
  });

  test('after all of them, one after the other', async () => {
    const kinds = ['fail-allocation', 'lose-device', 'crash'] as const;
    const { report, notes, result } = await runWith(kinds.map((kind) => ({ kind, at: 0 })));
    expect(report.cpuTiles).toBe(0);
    expect(notes).toHaveLength(3);
    expect(maxDifference(result, undisturbed)).toBe(0);
  });

  test('where the engine is replaced every few tiles', async () => {
    const bench = new Bench({ budget: 3 });
    const { report, notes, result } = await bench.run();
    expect(report).toMatchObject({ tiles: 12, cpuTiles: 0 });
    expect(notes).toEqual([]);
    expect(bench.log.filter((word) => word === 'thread').length).toBeGreaterThanOrEqual(3);
    expect(maxDifference(result, undisturbed)).toBe(0);
  });

  test('what was finished before the failure is not run again', async () => {
    const { report, shares } = await runWith([{ kind: 'crash', at: 10 }]);
    // The failure costs two bands at most, whose tiles are halved.
    expect(report.tiles).toBeLessThanOrEqual(12 + 4 * 4);
    expect(shares).toEqual([0, expect.toSatisfy((share: number) => share > 0 && share < 1)]);
  });

  test('after the driver goes in the self-test', async () => {
    const { report, notes, result } = await runWith([
      { kind: 'lose-device', at: 0, inTrial: true },
    ]);
    expect(report.cpuTiles).toBe(0);
    expect(notes).toHaveLength(1);
    expect(maxDifference(result, undisturbed)).toBe(0);
  });
});

describe('on the CPU, the result is the same bytes', () => {
  test.each(['fail-allocation', 'crash', 'vanish', 'stall'] as const)(
    'after %s in the middle',
    async (kind) => {
      const { report, notes, result } = await runWith([{ kind, at: 4 }], { choice: 'wasm' });
      expect(report.cpuTiles).toBe(report.tiles);
      expect(report.readBacks).toBe(0);
      expect(notes).toHaveLength(1);
      expect(maxDifference(result, undisturbed)).toBe(0);
    },
  );

  test('where there is no GPU to choose', async () => {
    const { report, notes, result } = await runWith([], { machine: { gpu: false } });
    expect(report).toMatchObject({ tiles: 12, cpuTiles: 12 });
    expect(notes).toEqual([]);
    expect(maxDifference(result, undisturbed)).toBe(0);
  });
});

describe('a GPU that is wrong', () => {
  test.each(['corrupt', 'blacken'] as const)('%s: the CPU does all of it', async (kind) => {
    const { report, notes, shares, result } = await runWith([{ kind, at: 5 }]);
    expect(report.cpuTiles).toBe(12);
    expect(report.tiles).toBeGreaterThan(12);
    expect(notes).toMatchObject([{ facts: { measure: 'cpu-anew' } }]);
    // Nothing of what the GPU did before is trusted.
    expect(shares).toEqual([0, 0]);
    expect(maxDifference(result, undisturbed)).toBe(0);
  });

  test('in half precision: full precision is tried first', async () => {
    const faults = [{ kind: 'corrupt', at: 5 }] as const;
    const { report, notes, result } = await runWith(faults, { machine: { hasF16: true } });
    expect(report).toMatchObject({ cpuTiles: 0, precision: 'int8' });
    expect(notes).toMatchObject([{ facts: { measure: 'precision' } }]);
    expect(maxDifference(result, undisturbed)).toBe(0);
  });

  test('with one runtime: another is tried before the CPU, and is asked first from then on', async () => {
    const faults = [{ kind: 'corrupt', at: 5 }] as const;
    const bench = new Bench({ faults, machine: { runtimes: ['one', 'two'] } });
    const { report, notes, result } = await bench.run();
    expect(report.cpuTiles).toBe(0);
    expect(notes).toMatchObject([{ facts: { measure: 'runtime' } }]);
    expect(bench.log.at(-1)).toMatch(/^model .+ on two$/);
    expect(maxDifference(result, undisturbed)).toBe(0);
    // What is known of one says nothing of the other.
    const machine = await bench.host.open('auto');
    const { sha256: key } = model.card.files[0]!;
    const known = machine.runtimes.map((runtime) => bench.trials.recall(machine, { key, runtime }));
    expect(await Promise.all(known)).toMatchObject([{ isRight: false }, { isRight: true }]);
  });

  test('in its self-test: no tile of the photo runs on it, and that is remembered', async () => {
    const bench = new Bench({ faults: [{ kind: 'distort', at: 0, inTrial: true }] });
    const first = await bench.run();
    expect(first.report).toMatchObject({ tiles: 12, cpuTiles: 12 });
    expect(maxDifference(first.result, undisturbed)).toBe(0);
    const later = await bench.run();
    expect(later.report).toMatchObject({ tiles: 12, cpuTiles: 12 });
    expect(later.notes).toMatchObject([{ facts: { problem: 'trial-failed' } }]);
  });

  test('to the end: the CPU takes over what is left, and stays', async () => {
    const kinds = ['lose-device', 'lose-device', 'crash', 'lose-device'] as const;
    const faults = kinds.map((kind, i) => ({ kind, at: i === 0 ? 8 : 0 }));
    const bench = new Bench({ faults });
    const { report, notes, result } = await bench.run();
    expect(report.cpuTiles).toBeGreaterThan(0);
    expect(report.cpuTiles).toBeLessThan(report.tiles);
    expect(notes).toHaveLength(3);
    expect(notes.at(-1)).toMatchObject({ facts: { measure: 'cpu' } });
    expect(maxDifference(result, undisturbed)).toBe(0);
    const later = await bench.run();
    expect(later.report).toMatchObject({ tiles: 12, cpuTiles: 12 });
    expect(later.notes).toEqual([]);
  });

  test('is not replaced where it was asked for by name', async () => {
    const faults = Array.from({ length: 4 }, () => ({ kind: 'lose-device', at: 0 }) as const);
    await expect(runWith(faults, { choice: 'webgpu' })).rejects.toMatchObject({
      code: 'device-lost',
    });
  });
});

describe('cancel', () => {
  test.each([undefined, 'stall', 'vanish', 'lose-device'] as const)(
    'at any moment, with %s on the way: ends with the reason, and the next run is sound',
    async (kind) => {
      for (let moment = 0; moment < 60; moment += 3) {
        const bench = new Bench({ faults: kind ? [{ kind, at: 4 }] : [] });
        const stop = new AbortController();
        const running = bench.run(() => undefined, stop.signal);
        const outcome = running.then(
          ({ result }) => maxDifference(result, undisturbed),
          (error: unknown) => error,
        );
        for (let i = 0; i < moment; i++) await breathe();
        stop.abort();
        const ended = await outcome;
        if (ended !== 0) expect(ended).toBe(stop.signal.reason);
        expect(maxDifference((await bench.run()).result, undisturbed)).toBe(0);
      }
    },
  );

  test('answers while a tile hangs: the engine that does not stop is ended', async () => {
    const bench = new Bench({ faults: [{ kind: 'stall', at: 2 }] });
    const stop = new AbortController();
    const outcome = bench.run(undefined, stop.signal).catch((error: unknown) => error);
    while (!bench.log.includes('hangs')) await breathe();
    stop.abort();
    expect(await outcome).toBe(stop.signal.reason);
    expect(bench.log).toContain('end: slow');
    expect(maxDifference((await bench.run()).result, undisturbed)).toBe(0);
  });
});

test('rehearsing proves the model, remembers that, and leaves the picture as it is', async () => {
  const bench = new Bench({});
  const machine = await bench.host.open('auto');
  const { sha256 } = model.card.files.find(({ precision }) => precision === 'int8')!;
  const subject = { key: sha256, runtime: machine.runtimes[0] };
  expect(await bench.trials.recall(machine, subject)).toBeNull();
  const { picture, engine } = bench.prepare();
  await engine.rehearse(picture);
  expect(await bench.trials.recall(machine, subject)).toMatchObject({ isRight: true });
  expect(picture.done).toBe(0);
});
