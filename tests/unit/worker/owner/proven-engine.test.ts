import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Note } from '../../../../src/core/notes';
import { depthOf, type Raster } from '../../../../src/core/picture/raster';
import { runBands } from '../../../../src/core/run/bands';
import { ArrayLoop } from '../../../../src/core/run/array-loop';
import { planTiles } from '../../../../src/core/plan/tiles';
import type { NetworkKind } from '../../../../src/core/recipe/kinds';
import type { Step } from '../../../../src/core/recipe/recipe';
import type { Fault } from '../../../../src/engine/faults';
import { unmadeGolden } from '../../../../src/models/own/own-shelf';
import { EngineHost } from '../../../../src/worker/engine/host';
import type { Lane } from '../../../../src/worker/lanes';
import type { BackendChoice, HostOptions } from '../../../../src/worker/engine/protocol';
import { EngineTurns } from '../../../../src/worker/owner/engine-turns';
import { gatherPicture } from '../../../../src/core/picture/picture';
import { PictureBands } from '../../../../src/worker/owner/picture-bands';
import { ProvenEngine } from '../../../../src/worker/owner/proven-engine';
import { ModelFiles } from '../../../../src/worker/owner/site-models';
import { Trials } from '../../../../src/worker/owner/trials';
import { drawNoise, maxDifference } from '../../core/pictures';
import { quiet } from '../../core/run-tiles';
import { breathe, FakeThread, type FakeMachine } from '../fake-engine';
import { fakeModel, memory, type FakeModel } from '../fake-models';

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
/** Another network, for a job that steps in, and what it makes of the source. */
let other: FakeModel;
let otherwise: Raster;

beforeAll(async () => {
  model = await fakeModel('upscale', 2);
  other = await fakeModel('upscale', 4, 3);
  const compute = ({ card, network }: FakeModel) => {
    const grid = planTiles(source, card, { tile, bandBytes: 1e6 });
    return runBands(source, grid, new ArrayLoop(grid, network, quiet), quiet);
  };
  undisturbed = await compute(model);
  otherwise = await compute(other);
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

/** One job. */
type Wish = {
  /** Told how many tiles were run. */
  readonly onTile?: (tiles: number) => void;
  readonly signal?: AbortSignal;
  readonly lane?: Lane;
  readonly of?: FakeModel;
  /** The tile that a person forced, or 0. */
  readonly forced?: number;
};

/** One machine: what has gone wrong on it, and what is known of it, stays. */
class Bench {
  readonly log: string[] = [];
  readonly host: EngineHost;
  readonly trials: Trials;
  /** What the next visit finds. */
  readonly keep = memory();
  readonly turns = new EngineTurns();
  readonly #choice: BackendChoice;

  constructor({ choice = 'auto', machine = {}, ...options }: Setting) {
    const facts = { gpu: true, hasF16: false, ...machine };
    const networkOf = ({ key }: { key: string }) =>
      [model, other].find(({ files }) => files.has(key))!.network;
    this.#choice = choice;
    this.host = new EngineHost(
      options,
      (onDeath) => new FakeThread(facts, networkOf, onDeath, this.log),
    );
    this.trials = new Trials(this.keep);
  }

  /** A job that has not begun yet. */
  prepare({ onTile, signal = never, lane = 'run', of = model, forced = tile }: Wish = {}) {
    const notes: Note[] = [];
    const shares: number[] = [];
    let tiles = 0;
    const { scale } = of.card as { scale: 2 | 4 };
    const plan = {
      ...{ step: { ...step, scale }, model: of.card, tile, controls: [], wraps: false },
      depth: depthOf(source),
    };
    const tools = {
      ...{ host: this.host, trials: this.trials, choice: this.#choice, tile: forced },
      ...{ lane, turns: this.turns, files: new ModelFiles(of.files) },
    };
    const unseen = { onPixels: () => undefined, onAnew: () => undefined };
    const picture = new PictureBands(
      { input: source, plan, planes: [], centre: { x: 0, y: 0 } },
      unseen,
    );
    const engine = new ProvenEngine(tools, plan, {
      signal,
      onStart: (share) => shares.push(share),
      onTile: () => onTile?.(++tiles),
      onNote: (note) => notes.push(note),
    });
    return { engine, picture, notes, shares };
  }

  /** Runs a job to its end. */
  async run(wish: Wish = {}) {
    const { engine, picture, ...told } = this.prepare(wish);
    const report = await engine.run(picture);
    this.log.push(`done: ${wish.lane ?? 'run'}`);
    return { report, ...told, result: await gatherPicture(picture.output) };
  }
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

describe('a network whose golden tile is still to be made', () => {
  const unmade = (): FakeModel => {
    const files = model.card.files.map((file) => {
      return { ...file, golden: unmadeGolden('own:1', 2) };
    });
    return { ...model, card: { ...model.card, files } };
  };

  test('runs on the CPU, whose result that would be', async () => {
    const bench = new Bench({ choice: 'wasm' });
    const { report, notes, result } = await bench.run({ of: unmade() });
    expect(report).toMatchObject({ tiles: 12, cpuTiles: 12 });
    expect(notes).toEqual([]);
    expect(maxDifference(result, undisturbed)).toBe(0);
  });

  test('is not trusted to a GPU', async () => {
    const { report, result } = await new Bench({}).run({ of: unmade() });
    expect(report).toMatchObject({ tiles: 12, cpuTiles: 12 });
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
    expect(bench.log.at(-2)).toMatch(/^model .+ on two$/);
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
        const running = bench.run({ signal: stop.signal });
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
    const outcome = bench.run({ signal: stop.signal }).catch((error: unknown) => error);
    while (!bench.log.includes('hangs')) await breathe();
    stop.abort();
    expect(await outcome).toBe(stop.signal.reason);
    expect(bench.log).toContain('end: slow');
    expect(maxDifference((await bench.run()).result, undisturbed)).toBe(0);
  });
});

describe('a loupe that steps in', () => {
  /** A run into which a loupe steps after some tiles. */
  async function stepIn(bench: Bench, after: number, wish: Wish = {}) {
    let loupe: ReturnType<Bench['run']> | undefined;
    const onTile = (tiles: number) => {
      if (tiles === after) loupe = bench.run({ lane: 'loupe', of: other, ...wish });
    };
    const run = await bench.run({ onTile });
    return { run, loupe: await loupe! };
  }

  test('between two bands: it is done first, no tile is run twice, and both are the same bytes', async () => {
    for (let after = 1; after <= 7; after += 3) {
      const bench = new Bench({});
      const { run, loupe } = await stepIn(bench, after);
      expect(bench.log.filter((word) => /^(model|done)/.test(word))).toEqual([
        ...['model upscale-x2-int8 on one', 'model upscale-x4-int8 on one', 'done: loupe'],
        ...['model upscale-x2-int8 on one', 'done: run'],
      ]);
      expect([run.report.tiles, loupe.report.tiles]).toEqual([12, 12]);
      expect([...run.notes, ...loupe.notes]).toEqual([]);
      expect(maxDifference(run.result, undisturbed)).toBe(0);
      expect(maxDifference(loupe.result, otherwise)).toBe(0);
    }
  });

  test.each(['lose-device', 'fail-allocation', 'crash', 'stall', 'corrupt'] as const)(
    'and fails with %s: the loupe recovers, and the run goes on',
    async (kind) => {
      // The trials and the run itself load one grid each before.
      const spare = { kind, at: 99 } as const;
      const bench = new Bench({ faults: [spare, { kind, at: 4 }] });
      const { run, loupe } = await stepIn(bench, 3);
      expect(loupe.notes).toHaveLength(1);
      expect(run.notes).toEqual([]);
      expect(run.report.tiles).toBe(12);
      expect(maxDifference(run.result, undisturbed)).toBe(0);
      expect(maxDifference(loupe.result, otherwise)).toBe(0);
    },
  );

  test('and has to leave the GPU for good: the run goes on without it', async () => {
    const faults = [99, 0, 0, 0, 0].map((at) => ({ kind: 'lose-device', at }) as const);
    const { run, loupe } = await stepIn(new Bench({ faults }), 3);
    expect(loupe.notes.at(-1)).toMatchObject({ facts: { measure: 'cpu' } });
    expect(run.report.cpuTiles).toBeGreaterThan(0);
    expect(run.report.cpuTiles).toBeLessThan(12);
    expect(maxDifference(run.result, undisturbed)).toBe(0);
    expect(maxDifference(loupe.result, otherwise)).toBe(0);
  });

  test('cancelling the run meanwhile leaves it alone, and the other way round', async () => {
    for (const lane of ['run', 'loupe'] as const) {
      const bench = new Bench({});
      const stop = new AbortController();
      const signal = (of: Lane) => ({ signal: of === lane ? stop.signal : never });
      let loupe: ReturnType<Bench['run']> | undefined;
      const stopSoon = (tiles: number) => {
        if (tiles === 5) stop.abort();
      };
      const run = bench.run({
        ...signal('run'),
        onTile: (tiles) => {
          if (tiles !== 3) return;
          loupe = bench.run({ ...signal('loupe'), lane: 'loupe', of: other, onTile: stopSoon });
          loupe.catch(() => undefined);
        },
      });
      const [ended, seen] = await Promise.allSettled([run, run.catch(() => 0).then(() => loupe!)]);
      const [stopped, sound] = lane === 'run' ? [ended, seen] : [seen, ended];
      expect(stopped.status === 'rejected' && stopped.reason === stop.signal.reason).toBe(true);
      expect(sound.status).toBe('fulfilled');
      const { result } = (sound as Extract<typeof sound, { status: 'fulfilled' }>).value;
      expect(maxDifference(result, lane === 'run' ? otherwise : undisturbed)).toBe(0);
    }
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

describe('the next visit', () => {
  /** What it would find. */
  const later = async (bench: Bench) => {
    const machine = await bench.host.open('auto');
    const { sha256 } = model.card.files.find(({ precision }) => precision === 'int8')!;
    const subject = { key: sha256, runtime: machine.runtimes[0] };
    return new Trials(bench.keep).recall(machine, subject);
  };

  test('knows the pace in planned tiles, never that in forced ones', async () => {
    const bench = new Bench({});
    await bench.run({ forced: tile });
    expect(await later(bench)).toEqual({ isRight: true, pace: null });
    await bench.run({ forced: 0 });
    const planned = await later(bench);
    expect(planned?.pace).toBeGreaterThanOrEqual(0);
    await bench.run({ forced: tile });
    expect(await later(bench)).toEqual(planned);
  });
});
