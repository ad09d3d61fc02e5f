import { expect, test } from 'vitest';
import { runSteps, type Step } from '../../../scripts/steps.mjs';

const tally = { passed: 1, failed: 0, skipped: 0 };

/** Steps that end when told to, and what happened to them. */
function build() {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const step = (name: string, after?: string): Step => ({
    name,
    title: name.toUpperCase(),
    ...(after !== undefined && { after }),
    run: async () => {
      log.push(`${name} begins`);
      await new Promise<void>((done) => ends.set(name, done));
      log.push(`${name} ends`);
      return { tally, output: `${name} says so` };
    },
  });
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((done) => setTimeout(done));
  };
  return { log, step, end };
}

test('two run at a time, and one that waits for another lets the next one go first', async () => {
  const { log, step, end } = build();
  const printed: string[] = [];
  const steps = [step('a'), step('b', 'a'), step('c'), step('d')];
  const work = runSteps(steps, 2, (text) => printed.push(text));
  await end('c');
  await end('a');
  await end('b');
  await end('d');
  expect((await work).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  expect(log).toEqual([
    ...['a begins', 'c begins', 'c ends', 'd begins'],
    ...['a ends', 'b begins', 'b ends', 'd ends'],
  ]);
  expect(printed.filter((text) => text.includes('says so'))).toHaveLength(4);
});

test('a step that throws has failed, and those after it run', async () => {
  const failing: Step = { name: 'x', title: 'X', run: () => Promise.reject(new Error('no npm')) };
  const next: Step = {
    ...{ name: 'y', title: 'Y', after: 'x' },
    run: () => Promise.resolve({ tally, output: '' }),
  };
  const printed: string[] = [];
  const results = await runSteps([failing, next], 2, (text) => printed.push(text));
  expect(results.map((result) => result.tally.failed)).toEqual([1, 0]);
  expect(printed.join()).toContain('no npm');
});

test('a step whose forerunner was not asked for does not wait', async () => {
  const alone: Step = {
    ...{ name: 'e2e', title: 'E', after: 'build' },
    run: () => Promise.resolve({ tally, output: '' }),
  };
  expect(await runSteps([alone], 1, () => undefined)).toHaveLength(1);
});
