import { expect, test, vi } from 'vitest';
import { enhanceEach, type OneByOne } from '../../../src/sdk/many';
import type { Outcome, Progress, Result } from '../../../src/sdk/types';

/** An enhancer whose files are finished when the test says so, and a diary of what it is asked. */
class FakeEnhancer implements OneByOne {
  readonly log: string[] = [];
  over = false;
  #finish: (error?: Error) => void = () => undefined;
  #tell: (stage: Progress['stage']) => void = () => undefined;

  readonly enhance: OneByOne['enhance'] = (file, { onProgress, signal }) => {
    this.log.push(`enhance ${nameOf(file)}`);
    this.#tell = (stage) => onProgress?.({ stage, task: null, fraction: 0, etaSeconds: null });
    this.#tell('open');
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
      this.#finish = (error) =>
        error ? reject(error) : resolve({ blob: file } as unknown as Result);
    });
  };
  readonly readAhead: OneByOne['readAhead'] = (file) => void this.log.push(`read ${nameOf(file)}`);
  readonly forget = () => void this.log.push('forget');
  readonly isOver = () => this.over;

  /** The present file has been read. */
  async run(): Promise<void> {
    this.#tell('run');
    await settle();
  }

  async finish(error?: Error): Promise<void> {
    this.#finish(error);
    await settle();
  }

  take(): string[] {
    return this.log.splice(0);
  }
}

const nameOf = (file: Blob) => (file as File).name;
const settle = () => new Promise((done) => setTimeout(done));
const files = ['a', 'b', 'c', 'd'].map((name) => new File([name], name));

/** Files that note when they are asked for. */
function* listed(log: string[], all: readonly File[] = files): Generator<File> {
  for (const file of all) {
    log.push(`ask ${file.name}`);
    yield file;
  }
}

const start = (enhancer: FakeEnhancer, given: { signal?: AbortSignal } = {}) =>
  enhanceEach(
    listed(enhancer.log),
    { each: {}, signal: given.signal, onProgress: undefined },
    enhancer,
  );

test('one file is read ahead, one result is held, and nothing more is begun until it is taken', async () => {
  const enhancer = new FakeEnhancer();
  const many = start(enhancer);
  await settle();
  expect(enhancer.take(), 'nothing before it is asked for').toEqual([]);
  const first = many.next();
  await settle();
  expect(enhancer.take()).toEqual(['ask a', 'enhance a']);
  await enhancer.run();
  await enhancer.run();
  expect(enhancer.take()).toEqual(['ask b', 'read b']);
  await enhancer.finish();
  expect((await first).value).toMatchObject({ ok: true, index: 0, file: files[0] });
  expect(enhancer.take()).toEqual(['enhance b']);
  await enhancer.run();
  await enhancer.finish();
  expect(enhancer.take(), 'b has not been taken: c is read, and waits').toEqual([
    'ask c',
    'read c',
  ]);
  expect((await many.next()).value).toMatchObject({ index: 1, file: files[1] });
  expect(enhancer.take()).toEqual(['enhance c']);
  await many.return();
  await settle();
});

test('a file that fails is an outcome, and the next begins', async () => {
  const enhancer = new FakeEnhancer();
  const many = start(enhancer);
  const outcomes: Outcome[] = [];
  const all = (async () => {
    for await (const outcome of many) outcomes.push(outcome);
  })();
  await settle();
  const broken = new Error('broken');
  for (const error of [undefined, broken, undefined, broken]) await enhancer.finish(error);
  await all;
  expect(outcomes.map(({ ok, index }) => [ok, index])).toEqual([
    ...[
      [true, 0],
      [false, 1],
      [true, 2],
    ],
    [false, 3],
  ]);
  expect(outcomes[1]).toMatchObject({ error: broken, file: files[1] });
});

test('an aborted signal ends it with its reason, and what was read ahead is let go', async () => {
  const enhancer = new FakeEnhancer();
  const stop = new AbortController();
  const many = start(enhancer, { signal: stop.signal });
  const first = expect(many.next()).rejects.toThrow('enough');
  await settle();
  await enhancer.run();
  stop.abort(new Error('enough'));
  await first;
  expect(enhancer.take().at(-1)).toBe('forget');
  expect(await many.next()).toEqual({ done: true, value: undefined });
});

test('leaving the loop ends the work, and closes the list of files', async () => {
  const enhancer = new FakeEnhancer();
  const closed = vi.fn();
  async function* list(): AsyncGenerator<File> {
    try {
      yield* files;
    } finally {
      closed();
    }
  }
  const wish = { each: {}, signal: undefined, onProgress: undefined };
  const loop = (async () => {
    for await (const { index } of enhanceEach(list(), wish, enhancer)) if (index === 0) break;
  })();
  await settle();
  await enhancer.finish();
  await loop;
  await settle();
  expect(closed).toHaveBeenCalledOnce();
  expect(enhancer.log).toEqual(['enhance a', 'forget']);
});

test('a list that fails half-way has given what came before', async () => {
  const enhancer = new FakeEnhancer();
  function* list(): Generator<File> {
    yield files[0]!;
    throw new Error('no more');
  }
  const many = enhanceEach(
    list(),
    { each: {}, signal: undefined, onProgress: undefined },
    enhancer,
  );
  const first = many.next();
  await settle();
  await enhancer.run();
  await enhancer.finish();
  expect((await first).value).toMatchObject({ ok: true, index: 0 });
  await expect(many.next()).rejects.toThrow('no more');
});

test('an enhancer that is disposed of ends it, as it ends every call', async () => {
  const enhancer = new FakeEnhancer();
  const first = expect(start(enhancer).next()).rejects.toThrow('disposed');
  await settle();
  enhancer.over = true;
  await enhancer.finish(new Error('disposed'));
  await first;
});
