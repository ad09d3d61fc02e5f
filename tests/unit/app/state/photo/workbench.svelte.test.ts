import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Workbench } from '../../../../../src/app/state/photo/workbench.svelte';
import { layOver } from '../../../../../src/core/recipe/parsing';
import { failed } from '../../../../../src/core/errors';
import { ownOf, withOwn } from '../../../../../src/core/recipe/own';
import { listSteps, scaleOf, withScale, type Recipe } from '../../../../../src/core/recipe/recipe';
import type { JobProgress } from '../../../../../src/worker/reports';
import { clean, FakeBitmap, FakeOwner, report, settle, soft } from '../../fake-owner';

let owner: FakeOwner;
let layers: {
  readonly log: string[];
  readonly patches: ImageBitmap[];
  readonly [name: string]: unknown;
};
let view: {
  viewport: { x: number; y: number };
  native: number;
  show: (photo: object | null) => void;
};
let bench: Workbench;
let mayPrepare: boolean;

const beach = new File(['beach'], 'beach.png');
const hill = new File(['hill'], 'hill.png');
const done = { ok: true, value: report } as const;
const unreadable = failed('file-empty');
const tasksOf = (recipe: Recipe) => listSteps(recipe).map(({ task }) => task);
const withNoise = (recipe: Recipe) => layOver(recipe, { clean: { noise: 60, jpeg: 0 } });
const at = (fraction: number, patch?: FakeBitmap): JobProgress => ({
  ...{ stage: 'run', task: 'upscale', fraction, etaSeconds: 1 },
  ...(patch && {
    patch: { rect: { x: 0, y: 0, width: 1, height: 1 }, bitmap: patch.asBitmap },
  }),
});

beforeEach(() => {
  owner = new FakeOwner();
  mayPrepare = false;
  const log: string[] = [];
  const patches: ImageBitmap[] = [];
  const note = (name: string) => (value: number | boolean) => void log.push(`${name} ${value}`);
  layers = {
    ...{ log, patches, show: () => undefined, beginRun: note('begin'), endRun: note('end') },
    dropResult: () => void log.push('drop'),
    addPatch: (_: object, bitmap: ImageBitmap) => void patches.push(bitmap),
  };
  view = { viewport: { x: 2, y: 1 }, native: 1, show: () => (view.native = 1) };
  const details = { show: vi.fn(), refresh: vi.fn(), reset: vi.fn() };
  const parts = { enhancer: owner, layers, view, details };
  const asked = { reducedMotion: () => true, mayPrepare: () => mayPrepare, keepsScale: false };
  bench = new Workbench({ ...parts, ...asked } as unknown as ConstructorParameters<
    typeof Workbench
  >[0]);
});

describe('opening', () => {
  test('a file that takes a decoder first says how much of that has arrived', async () => {
    owner.held.add('open');
    const opening = bench.open(beach);
    await settle();
    owner.fetch(340_000, 849_240);
    expect(bench.status).toBe('Opening beach.png: fetching its decoder, 0.3 MB of 0.8 MB…');
    owner.answer('open');
    await opening;
    const { status } = bench;
    owner.fetch(849_240, 849_240);
    expect(bench.status).toBe(status);
  });

  test('shows the photo, asks for what it calls for, and plans it', async () => {
    await bench.open(beach);
    expect(bench.photo?.name).toBe('beach.png');
    expect(tasksOf(bench.recipe)).toEqual(['clean', 'upscale']);
    expect(bench.canEnhance).toBe(true);
    expect(owner.log).toEqual(['open beach.png', 'plan 1 clean+upscale']);
    expect(bench.status).toBe('Opened beach.png, 4 × 3.');
  });

  test('another photo goes through the network that was chosen, too', async () => {
    await bench.open(beach);
    const own = { sha256: 'ab'.repeat(32), title: 'Sharp', scale: 4 } as const;
    await bench.ask(withOwn(bench.recipe, own));
    expect(bench.isAsSuggested).toBe(true);
    await bench.open(hill);
    expect(ownOf(bench.recipe)).toEqual(own);
  });

  test('the latest wins, and what comes late of an earlier one is closed', async () => {
    owner.held.add('open');
    const first = bench.open(beach);
    const second = bench.open(hill);
    owner.answer('open');
    await first;
    expect(owner.previews[0]?.isClosed).toBe(true);
    expect(bench.photo).toBeNull();
    expect(bench.opening).toBe('hill.png');
    owner.answer('open');
    await second;
    expect(bench.photo?.name).toBe('hill.png');
    expect(owner.previews[1]?.isClosed).toBe(false);
  });

  test('what cannot be opened leaves photo, recipe and result as they were', async () => {
    await bench.open(beach);
    await run();
    const { recipe, result } = bench;
    owner.held.add('open');
    const opening = bench.open(hill);
    owner.answer('open', unreadable);
    await opening;
    expect(bench).toMatchObject({ recipe, result, opening: '', status: result?.sentence });
    expect(bench.openFault).toMatch(/beach\.png/);
    expect(bench.canEnhance).toBe(true);
  });

  test('a photo that was only just shown is asked about and planned where the next cannot be opened', async () => {
    owner.isPrompt = false;
    owner.held.add('offers');
    const first = bench.open(beach);
    await settle();
    owner.held.add('open');
    const second = bench.open(hill);
    owner.answer('offers');
    await first;
    expect(bench.plan).toBeNull();
    owner.answer('open', unreadable);
    await second;
    expect(bench.photo?.name).toBe('beach.png');
    expect(tasksOf(bench.recipe)).toEqual(['clean', 'upscale']);
    expect(bench.canEnhance).toBe(true);
  });

  test('a plan that arrives while another file is being opened is made again where that fails', async () => {
    owner.held.add('plan');
    const first = bench.open(beach);
    await settle();
    owner.held.add('open');
    const second = bench.open(hill);
    owner.answer('plan');
    await first;
    expect(bench.plan).toBeNull();
    owner.held.delete('plan');
    owner.answer('open', unreadable);
    await second;
    expect(bench.canEnhance).toBe(true);
  });

  test('a file for which something did not arrive can be opened again as it is, any other not', async () => {
    const stalled = failed('download-stalled', { url: 'engine.js', seconds: 15 });
    for (const [reply, isWorthIt] of [
      [stalled, true],
      [unreadable, false],
    ] as const) {
      owner.held.add('open');
      const opening = bench.open(hill);
      owner.answer('open', reply);
      await opening;
      owner.held.delete('open');
      expect(bench.canOpenAgain).toBe(isWorthIt);
      if (isWorthIt) {
        // What is said of another file is not about this one.
        bench.openFault = 'Of another file.';
        expect(bench.canOpenAgain).toBe(false);
        await bench.openAgain();
        expect(bench).toMatchObject({
          openFault: '',
          canOpenAgain: false,
          photo: { name: 'hill.png' },
        });
      }
    }
  });

  test('a file that is held keeps its bytes and its place', async () => {
    await bench.open(beach);
    expect(await bench.holdFile()).toBe(true);
    expect(bench.file).not.toBe(beach);
    expect(await bench.file?.text()).toBe('beach');
    await bench.ask(withScale(bench.recipe, 4));
    const { recipe } = bench;
    expect(scaleOf(recipe)).toBe(4);
    owner.held.add('open');
    const opening = bench.open(hill);
    owner.answer('open', unreadable);
    await opening;
    expect(bench.recipe).toEqual(recipe);
    vi.spyOn(bench.file!, 'arrayBuffer').mockRejectedValue(new Error('gone'));
    expect(await bench.holdFile()).toBe(false);
  });

  test('closing forgets everything, also what is still being opened', async () => {
    await bench.open(beach);
    await run();
    owner.held.add('open');
    const opening = bench.open(hill);
    bench.close();
    owner.answer('open');
    await opening;
    expect(bench).toMatchObject({ photo: null, file: null, result: null, plan: null, opening: '' });
    expect(bench.canEnhance).toBe(false);
    expect(owner.previews[1]?.isClosed).toBe(true);
  });
});

describe('asking', () => {
  test('what no model can do is left out, and only another chain is planned again', async () => {
    await bench.open(beach);
    const { recipe } = bench;
    await bench.ask({
      ...recipe,
      steps: recipe.steps.map((step) => (step.task === 'clean' ? { ...step, noise: 90 } : step)),
    });
    expect(owner.log).toHaveLength(2);
    await bench.ask(withScale(recipe, 4));
    expect(owner.log.at(-1)).toBe('plan 1 clean+upscale');
    expect(owner.log).toHaveLength(3);
  });

  test('a plan for what is not asked for any more is not shown', async () => {
    await bench.open(beach);
    owner.held.add('plan');
    const first = bench.ask(withScale(bench.recipe, 4));
    const second = bench.ask(withScale(bench.recipe, 1));
    owner.answer('plan');
    await first;
    expect(bench.plan).toBeNull();
    owner.answer('plan');
    await second;
    expect(bench.plan).toMatchObject({ value: { output: { width: 4 } } });
  });

  test('where the time is unknown, the models are tried out, if they may be', async () => {
    owner.seconds = null;
    await bench.open(beach);
    await settle();
    expect(owner.log).not.toContain('rehearse 1 clean+upscale');
    mayPrepare = true;
    owner.held.add('rehearse');
    await bench.ask(withScale(bench.recipe, 4));
    expect(bench.plan).toMatchObject({ value: { seconds: null } });
    owner.answer('rehearse');
    await settle();
    expect(bench.plan).toMatchObject({ value: { seconds: 5 } });
  });

  test('a shake that is found is asked for', async () => {
    owner.analysis = soft;
    owner.held.add('findShake');
    await bench.open(beach);
    expect(bench.isSearching).toBe(true);
    owner.answer('findShake', { ok: true, value: 9 });
    await settle();
    expect(bench.isSearching).toBe(false);
    expect(tasksOf(bench.recipe)).toContain('deblur');
    expect(bench.suggestion?.reasons).toContainEqual({ kind: 'shake', pixels: 9 });
  });

  test.each([
    ['the person has chosen', async () => bench.ask(withNoise(bench.recipe))],
    [
      'a run of another wish is going',
      async () => {
        await bench.ask(withNoise(bench.recipe));
        await (bench.enhance(), settle());
      },
    ],
    [
      'there is a result',
      async () => {
        await bench.ask(withNoise(bench.recipe));
        await run();
      },
    ],
  ])('a search for a shake that ends when %s changes no wish', async (_, act) => {
    owner.analysis = { ...soft, blur: 0, effectiveResolution: 0.5 };
    owner.held.add('findShake');
    await bench.open(beach);
    await act();
    const { recipe } = bench;
    owner.answer('findShake', { ok: true, value: 9 });
    await settle();
    expect(bench.recipe).toBe(recipe);
    expect(bench.photo?.analysis.shake).toBe(9);
    expect(bench.isSearching).toBe(false);
  });

  test.each([9, 0])('a run waits for it, whatever is found: %i pixels', async (shake) => {
    owner.analysis = soft;
    owner.held.add('findShake');
    await bench.open(beach);
    const { recipe } = bench;
    const running = bench.enhance();
    await settle();
    expect(bench).toMatchObject({ isWaiting: true, canEnhance: false, run: null });
    expect(owner.log.some((line) => line.startsWith('enhance'))).toBe(false);
    owner.answer('findShake', { ok: true, value: shake });
    await settle();
    await settle();
    expect(bench).toMatchObject({ isWaiting: false, run: { cancelling: false } });
    owner.answer('enhance', done);
    await running;
    expect(bench.result?.recipe).toEqual(bench.suggestion?.recipe);
    if (shake === 0) expect(bench.result?.recipe).toBe(recipe);
  });

  test('a run that waits for it can be called off, and pressed again', async () => {
    owner.analysis = soft;
    owner.held.add('findShake');
    await bench.open(beach);
    const first = bench.enhance();
    await settle();
    await bench.cancel();
    expect(bench).toMatchObject({ isWaiting: false, canEnhance: true });
    const second = bench.enhance();
    await settle();
    owner.answer('findShake', { ok: true, value: 9 });
    await settle();
    await settle();
    owner.answer('enhance', done);
    await Promise.all([first, second]);
    expect(owner.log.filter((line) => line.startsWith('enhance'))).toHaveLength(1);
  });

  test('a run that waits for it does not begin on a photo that was opened meanwhile', async () => {
    owner.analysis = soft;
    owner.held.add('findShake');
    await bench.open(beach);
    const running = bench.enhance();
    await settle();
    owner.analysis = clean;
    await bench.open(hill);
    owner.answer('findShake', { ok: true, value: 9 });
    await running;
    expect(bench).toMatchObject({ isWaiting: false, run: null, result: null });
  });

  test('each photo begins with the size that suits it, whatever was chosen for the one before', async () => {
    await bench.open(beach);
    await bench.ask({ ...withScale(bench.recipe, 4), size: { by: 'factor', factor: 3 } });
    await bench.open(hill);
    expect(scaleOf(bench.recipe)).toBe(2);
    expect(bench.recipe.size).toBeUndefined();
  });

  test('a search that ends after another size was chosen counts for that', async () => {
    owner.analysis = soft;
    owner.held.add('findShake');
    await bench.open(beach);
    await bench.ask(withScale(bench.recipe, 4));
    owner.answer('findShake', { ok: true, value: 9 });
    await settle();
    expect(bench.recipe).toEqual(bench.suggestion?.recipe);
    expect(scaleOf(bench.recipe)).toBe(4);
    expect(tasksOf(bench.recipe)).toContain('deblur');
  });

  test('a search that ends after another photo was opened says nothing of that', async () => {
    owner.analysis = soft;
    owner.held.add('findShake');
    await bench.open(beach);
    owner.analysis = clean;
    await bench.open(hill);
    owner.answer('findShake', { ok: true, value: 9 });
    await settle();
    expect(bench.photo?.analysis).toEqual(clean);
    expect(tasksOf(bench.recipe)).toEqual(['upscale']);
  });
});

/** Enhances what is open, to the end. */
async function run(): Promise<void> {
  const running = bench.enhance();
  await settle();
  await settle();
  owner.answer('enhance', done);
  await running;
}

describe('a run', () => {
  test('shows tiles, says quarters, and ends with a result', async () => {
    await bench.open(beach);
    const running = bench.enhance();
    await settle();
    const patch = new FakeBitmap();
    owner.tell(at(0.3, patch));
    expect(layers.patches).toEqual([patch]);
    expect(bench.status).toMatch(/25/);
    owner.tell(at(0.31));
    owner.tell(at(0.8));
    expect(bench.status).toMatch(/75/);
    owner.tell(at(1));
    expect(bench.run).toMatchObject({ fraction: 1, cancelling: false });
    expect(bench.isDone).toBe(false);
    owner.answer('enhance', done);
    await running;
    expect(bench.run).toBeNull();
    expect(bench.status).toBe(bench.result?.sentence);
    expect(view.native).toBe(2);
    expect(layers.log.slice(-2)).toEqual(['begin 2', 'end true']);
    expect([bench.isDone, bench.isStale]).toEqual([true, false]);
    await bench.ask(withScale(bench.recipe, 4));
    expect([bench.isDone, bench.isStale]).toEqual([false, true]);
    // What is shown and saved is still the result of before.
    expect(bench.finalScale).toBe(2);
  });

  test('of a photo that is replaced meanwhile leaves no trace', async () => {
    await bench.open(beach);
    const running = bench.enhance();
    await settle();
    owner.held.add('open');
    const opening = bench.open(hill);
    expect(bench.canEnhance).toBe(false);
    owner.answer('open');
    await opening;
    const late = new FakeBitmap();
    owner.tell(at(0.9, late));
    expect(late.isClosed).toBe(true);
    owner.answer('enhance', done);
    await running;
    expect(bench).toMatchObject({ run: null, result: null, status: 'Opened hill.png, 4 × 3.' });
    expect(layers.patches).toEqual([]);
    expect(layers.log).not.toContain('end true');
  });

  test('that is cancelled leaves the earlier result, and what comes late is closed', async () => {
    await bench.open(beach);
    await run();
    const { result } = bench;
    const running = bench.enhance();
    await settle();
    await bench.cancel();
    await bench.cancel();
    expect(bench.run?.cancelling).toBe(true);
    // Its own run alone: a queue's goes on.
    expect(owner.cancelled).toEqual([bench.photo!.id]);
    owner.answer('enhance', failed('cancelled'));
    await running;
    expect(bench).toMatchObject({ run: null, result, runFault: '' });
    const late = new FakeBitmap();
    owner.tell(at(0.9, late));
    expect(late.isClosed).toBe(true);
  });

  test('that fails says why', async () => {
    await bench.open(beach);
    const running = bench.enhance();
    await settle();
    owner.answer('enhance', failed('worker-died'));
    await running;
    expect(bench.result).toBeNull();
    expect(bench.runFault).not.toBe('');
  });

  test('does not begin while there is nothing to do, or twice', async () => {
    await bench.enhance();
    expect(owner.log).toEqual([]);
    await bench.open(beach);
    void bench.enhance();
    await bench.enhance();
    expect(owner.log.filter((line) => line.startsWith('enhance'))).toHaveLength(1);
  });
});

describe('after the worker has died', () => {
  beforeEach(async () => {
    await bench.open(beach);
    await bench.ask(withScale(bench.recipe, 4));
    await run();
    layers.log.length = 0;
    owner.terminate();
    owner.log.length = 0;
  });

  test('the photo is still there, the result is not, and that is said', () => {
    expect(bench).toMatchObject({ result: null, photo: { name: 'beach.png' } });
    expect(layers.log).toEqual(['drop']);
    expect(view.native).toBe(1);
    expect(bench.runFault).not.toBe('');
  });

  test('Enhance opens the same file again and runs what was asked for', async () => {
    const { recipe } = bench;
    void bench.enhance();
    await settle();
    expect(owner.log).toEqual(['open beach.png', 'plan 2 clean+upscale', 'enhance 2 4x']);
    expect(owner.asked).toEqual(recipe);
  });

  test('so it does where another file could not be opened meanwhile', async () => {
    owner.held.add('open');
    const opening = bench.open(hill);
    owner.answer('open', unreadable);
    await opening;
    owner.held.delete('open');
    void bench.enhance();
    await settle();
    expect(owner.log.at(-1)).toBe('enhance 2 4x');
  });

  test('asking for something else opens it again, too', async () => {
    await bench.ask(withScale(bench.recipe, 2));
    expect(owner.log).toEqual(['open beach.png', 'plan 2 clean+upscale']);
    expect(bench.canEnhance).toBe(true);
  });

  test('in the middle of a run, that run fails', async () => {
    void bench.enhance();
    await settle();
    owner.terminate();
    await settle();
    expect(bench.run).toBeNull();
    expect(bench.runFault).not.toBe('');
    expect(layers.log.at(-1)).toBe('end false');
  });
});

test('each photo begins with a finish of its own, which is nothing to undo', async () => {
  await bench.open(beach);
  bench.strength = 30;
  await bench.open(hill);
  expect(bench.strength).toBe(100);
});

test('a strength that nobody has moved is what suits the work: before a run at once, after one with the next', async () => {
  owner.held.clear();
  await bench.open(beach);
  expect(bench.strength).toBe(100);
  await bench.ask(withScale(bench.recipe, 1));
  expect(bench.strength).toBe(60);
  await bench.enhance();
  // What is seen is the earlier result.
  await bench.ask(withScale(bench.recipe, 2));
  expect(bench.strength).toBe(60);
  await bench.enhance();
  expect(bench.strength).toBe(100);
  bench.strength = 80;
  await bench.ask(withScale(bench.recipe, 1));
  await bench.enhance();
  expect(bench.strength).toBe(80);
});

test('strength is the finish in percent', () => {
  bench.strength = 30;
  expect(bench.finish.strength).toBe(0.3);
  expect(bench.strength).toBe(30);
});

describe('what did not arrive', () => {
  const stalled = failed('download-stalled', { url: 'https://a.example/m.onnx', seconds: 15 });

  test('in a run is tried again as it was', async () => {
    await bench.open(beach);
    const { recipe } = bench;
    const running = bench.enhance();
    await settle();
    owner.answer('enhance', stalled);
    await running;
    expect(bench.isRunWorthRetry).toBe(true);
    const again = bench.retry();
    await settle();
    expect(bench.runFault).toBe('');
    owner.answer('enhance');
    await again;
    expect(bench.result?.recipe).toEqual(recipe);
  });

  test('is told from what will not go well the next time', async () => {
    await bench.open(beach);
    const running = bench.enhance();
    await settle();
    owner.answer('enhance', failed('gpu-missing'));
    await running;
    expect(bench.runFault).not.toBe('');
    expect(bench.isRunWorthRetry).toBe(false);
  });

  test('of the list of models is asked for again, and then what the photo calls for', async () => {
    owner.isPrompt = false;
    owner.held.add('offers');
    const opening = bench.open(beach);
    await settle();
    owner.answer('offers', stalled);
    await opening;
    expect(bench.plan).toEqual(stalled);
    expect(owner.log, 'no second wait for the same').toEqual(['open beach.png', 'offers']);
    owner.held.delete('offers');
    await bench.recover();
    expect(tasksOf(bench.recipe)).toEqual(['clean', 'upscale']);
    expect(bench.canEnhance).toBe(true);
  });
});
