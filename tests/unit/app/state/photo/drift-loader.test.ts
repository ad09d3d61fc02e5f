import { expect, test } from 'vitest';
import { DriftLoader } from '../../../../../src/app/state/photo/drift-loader';
import type { RunResult, RunState } from '../../../../../src/app/state/photo/runner';
import { emptyRecipe } from '../../../../../src/core/recipe/recipe';
import type { ColourDrift } from '../../../../../src/core/run/colour-drift';
import type { OpenedPhoto } from '../../../../../src/worker/protocol';
import type { Reply } from '../../../../../src/core/errors';

const report = {
  output: { width: 2, height: 2 },
  steps: [],
  backend: 'wasm',
  software: false,
  device: '',
  seconds: 1,
  notes: [],
} as const;
const first: RunResult = { recipe: emptyRecipe, report, sentence: 'first' };
const second: RunResult = { ...first, sentence: 'second' };
const run: RunState = {
  stage: 'run',
  task: null,
  fraction: 0,
  etaSeconds: null,
  cancelling: false,
};
const driftOf = (width: number): ColourDrift => ({ width, height: 1, values: new Float32Array() });

/** A page with a result, and a worker that answers when it is told to. */
function set() {
  const answers: ((reply: Reply<ColourDrift>) => void)[] = [];
  const workbench: { photo: OpenedPhoto; result: RunResult | null; run: RunState | null } = {
    photo: { id: 1 } as OpenedPhoto,
    result: first,
    run: null,
  };
  const layers = {
    drift: null as ColourDrift | null,
    setDrift: (drift: ColourDrift) => void (layers.drift = drift),
  };
  const drift = () => new Promise<Reply<ColourDrift>>((resolve) => answers.push(resolve));
  const loader = new DriftLoader({ drift }, workbench, layers);
  const answer = async (value: ColourDrift) => {
    answers.shift()?.({ ok: true, value });
    await Promise.resolve();
    await Promise.resolve();
  };
  return { workbench, layers, loader, answer, asked: answers };
}

test('a result is asked about once', async () => {
  const { layers, loader, answer, asked } = set();
  loader.follow();
  loader.follow();
  expect(asked).toHaveLength(1);
  await answer(driftOf(1));
  expect(layers.drift?.width).toBe(1);
  loader.follow();
  expect(asked).toHaveLength(0);
});

test('without a result, or during a run, there is nothing to ask', () => {
  const { workbench, loader, asked } = set();
  workbench.run = run;
  loader.follow();
  Object.assign(workbench, { run: null, result: null });
  loader.follow();
  expect(asked).toHaveLength(0);
});

test('an answer about an earlier result is not taken for the present one', async () => {
  const { workbench, layers, loader, answer, asked } = set();
  loader.follow();
  workbench.result = second;
  loader.follow();
  expect(asked).toHaveLength(2);
  await answer(driftOf(1));
  expect(layers.drift).toBeNull();
  await answer(driftOf(2));
  expect(layers.drift?.width).toBe(2);
});

test('an answer in the middle of a run is left, and asked for again where the run is cancelled', async () => {
  const { workbench, layers, loader, answer, asked } = set();
  loader.follow();
  workbench.run = run;
  await answer(driftOf(1));
  expect(layers.drift).toBeNull();
  workbench.run = null;
  loader.follow();
  expect(asked).toHaveLength(1);
});
