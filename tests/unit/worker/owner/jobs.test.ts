import { expect, test } from 'vitest';
import { EngineTurns } from '../../../../src/worker/owner/engine-turns';
import { Jobs } from '../../../../src/worker/owner/jobs';
import type { Lane } from '../../../../src/worker/lanes';
import { breathe } from '../fake-engine';

/** Jobs whose work ends when the test says so, or soon after it was cancelled. */
class Yard {
  readonly jobs = new Jobs();
  readonly log: string[] = [];
  readonly #ends = new Map<string, () => void>();

  start(name: string, photo: number, lane: Lane): Promise<unknown> {
    const done = this.jobs.start({ photo, lane }, async (signal) => {
      this.log.push(`${name} begins`);
      await new Promise<void>((resolve) => {
        this.#ends.set(name, resolve);
        signal.addEventListener('abort', () => resolve());
      });
      await breathe();
      this.log.push(`${name} ends`);
      signal.throwIfAborted();
      return name;
    });
    return done.catch((error: Error) => error.name);
  }

  finish(name: string): void {
    this.#ends.get(name)!();
  }
}

test("a job takes the place of its photo's in the same lane, once that has ended", async () => {
  const yard = new Yard();
  const [a, b] = [yard.start('a', 1, 'run'), yard.start('b', 1, 'run')];
  expect(yard.jobs.of('run')).toHaveLength(2);
  await breathe();
  // It had not begun yet.
  expect(yard.log).toEqual(['b begins']);
  const c = yard.start('c', 1, 'run');
  expect([await a, await b]).toEqual(['AbortError', 'AbortError']);
  await breathe();
  expect(yard.log).toEqual(['b begins', 'b ends', 'c begins']);
  yard.finish('c');
  expect(await c).toBe('c');
  expect(yard.jobs.of('run')).toEqual([]);
});

test('of several photos one runs at a time; other lanes go on beside it, and looks beside each other', async () => {
  const yard = new Yard();
  const all = [
    yard.start('run 1', 1, 'run'),
    yard.start('run 2', 2, 'run'),
    yard.start('save 2', 2, 'save'),
    yard.start('loupe 1', 1, 'loupe'),
    yard.start('look 1', 1, 'look'),
    yard.start('look 2', 2, 'look'),
  ];
  await breathe();
  const begun = ['run 1', 'save 2', 'loupe 1', 'look 1', 'look 2'];
  expect(yard.log.toSorted()).toEqual(begun.map((name) => `${name} begins`).toSorted());
  yard.finish('run 1');
  await breathe();
  await breathe();
  expect(yard.log).toContain('run 2 begins');
  for (const name of [...begun.slice(1), 'run 2']) yard.finish(name);
  expect(await Promise.all(all)).toHaveLength(6);
});

test('cancel ends what it names and nothing else, and waits for it', async () => {
  const yard = new Yard();
  const names = [
    ['run 1', 1, 'run'],
    ['run 2', 2, 'run'],
    ['save 1', 1, 'save'],
    ['loupe 1', 1, 'loupe'],
  ] as const;
  const [run1, run2, save1, loupe1] = names.map(([name, photo, lane]) =>
    yard.start(name, photo, lane),
  );
  await breathe();
  await yard.jobs.end(['run', 'save'], 1);
  expect(yard.log).toEqual(expect.arrayContaining(['run 1 ends', 'save 1 ends']));
  expect([await run1, await save1]).toEqual(['AbortError', 'AbortError']);
  expect(yard.jobs.of('loupe')).toHaveLength(1);
  await breathe();
  yard.finish('loupe 1');
  yard.finish('run 2');
  expect([await loupe1, await run2]).toEqual(['loupe 1', 'run 2']);
});

test('what waits in line is cancelled at once, and leaves the line as it was', async () => {
  const yard = new Yard();
  const first = yard.start('first', 1, 'run');
  const second = yard.start('second', 2, 'run');
  const third = yard.start('third', 3, 'run');
  await yard.jobs.end(['run'], 2);
  expect(await second).toBe('AbortError');
  expect(yard.log).toEqual(['first begins']);
  yard.finish('first');
  await breathe();
  await breathe();
  yard.finish('third');
  expect([await first, await third]).toEqual(['first', 'third']);
});

test('the engine is lent in the order of the lanes, and nobody gets it twice', async () => {
  const turns = new EngineTurns();
  const log: string[] = [];
  const { signal } = new AbortController();
  let holders = 0;
  const use = (lane: Lane, name: string) =>
    turns.take(lane, signal, async (turn) => {
      expect([++holders, turn.isHeld]).toEqual([1, true]);
      log.push(name);
      await breathe();
      holders--;
    });
  const gone = new AbortController();
  const waiting = [
    use('look', 'look'),
    use('run', 'run'),
    turns.take('loupe', gone.signal, () => Promise.resolve(log.push('gone'))),
    use('loupe', 'loupe 1'),
    use('save', 'save'),
    use('loupe', 'loupe 2'),
  ];
  gone.abort();
  await Promise.allSettled(waiting);
  expect(log).toEqual(['look', 'loupe 1', 'loupe 2', 'save', 'run']);
});

test('who gives way comes back after the more urgent, or not at all where it was cancelled', async () => {
  for (const isStopped of [false, true]) {
    const turns = new EngineTurns();
    const log: string[] = [];
    const stop = new AbortController();
    const run = turns.take('run', stop.signal, async (turn) => {
      expect(turn.isWanted).toBe(false);
      const loupe = turns.take('loupe', new AbortController().signal, async () => {
        expect(turn.isHeld).toBe(false);
        if (isStopped) stop.abort();
        await breathe();
        log.push('loupe');
      });
      void turns.take('look', new AbortController().signal, async () => void log.push('look'));
      expect(turn.isWanted).toBe(true);
      await turn.giveWay().finally(() => log.push(`back: ${turn.isHeld}`));
      await loupe;
    });
    const outcome = await run.then(
      () => 'done',
      (error: unknown) => error,
    );
    await breathe();
    if (isStopped) {
      expect(outcome).toBe(stop.signal.reason);
      expect(log).toEqual(['back: false', 'loupe', 'look']);
    } else expect(log).toEqual(['loupe', 'back: true', 'look']);
  }
});
