import { expose } from 'comlink';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failed } from '../../../../src/core/errors';
import { emptyRecipe } from '../../../../src/core/recipe/recipe';
import { QueuedClient } from '../../../../src/embed/frame/queued-client.svelte';
import type { DownloadListener, OpenOptions } from '../../../../src/worker/protocol';
import { FakeOwner, report, settle } from '../../app/fake-owner';

let owner: FakeOwner;
let client: QueuedClient;
let words: string[];
let ports: MessagePort[];
let asked: OpenOptions | undefined;

const centre = { x: 0, y: 0 };
const beach = new File(['x'], 'beach.png');
const ignore = () => undefined;

/** Starts what a page would start as a worker, in this thread. */
function spawn(): Worker {
  const { port1, port2 } = new MessageChannel();
  ports = [port1, port2];
  const answers = {
    init: ignore,
    // A picture cannot be sent in Node.
    open: async (file: File, options?: OpenOptions, onDownload?: DownloadListener) => {
      asked = options;
      onDownload?.(1, 2);
      const reply = await owner.open(file);
      return reply.ok ? { ok: true, value: { ...reply.value, preview: null } } : reply;
    },
    plan: owner.plan.bind(owner),
    rehearse: owner.rehearse.bind(owner),
    enhance: owner.enhance.bind(owner),
    cancel: async () => owner.answer('enhance', failed('cancelled')),
  };
  expose(answers, port2);
  return Object.assign(port1, { terminate: () => port1.close() }) as unknown as Worker;
}

beforeEach(async () => {
  owner = new FakeOwner();
  words = [];
  client = new QueuedClient(
    { backend: 'wasm', tile: 0, catalogUrl: '' },
    (word) => void words.push(word),
    { spawn },
  );
  await client.open(beach);
});

afterEach(() => {
  vi.unstubAllGlobals();
  for (const port of ports) port.close();
});

/** Waits until something has crossed the line between the threads. */
const until = (test: () => boolean) => vi.waitFor(() => expect(test()).toBe(true));
const isRunning = () => owner.log.some((line) => line.startsWith('enhance'));

test('what an opening is asked with gets to the worker', async () => {
  const heard = vi.fn();
  client.takesClips = true;
  await client.open(beach, { beside: true }, heard);
  expect(asked).toEqual({ beside: true, takesClips: true });
  await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(1, 2));
});

test('how an opening ended is known by its file', async () => {
  expect(client.opened.get(beach)).toMatchObject({ ok: true, value: { id: 1, width: 4 } });
});

test('a run waits for the host’s go, and says when its turn is over', async () => {
  const run = client.enhance(1, emptyRecipe, centre, ignore);
  await settle();
  expect(words).toEqual(['want']);
  expect(client.waiting).toBe(true);
  expect(isRunning()).toBe(false);
  client.go();
  await until(isRunning);
  expect(client.waiting).toBe(false);
  owner.answer('enhance', { ok: true, value: report });
  expect(await run).toEqual({ ok: true, value: report });
  expect(client.ran).toEqual(await run);
  expect(words).toEqual(['want', 'over']);
});

test('a run that is cancelled while it waits never begins', async () => {
  const run = client.enhance(1, emptyRecipe, centre, ignore);
  await settle();
  void client.cancel().catch(ignore);
  expect(await run).toMatchObject({ ok: false, code: 'cancelled' });
  expect(isRunning()).toBe(false);
  expect(words).toEqual(['want', 'over']);
  client.go();
  await settle();
  expect(isRunning()).toBe(false);
});

test('a run that waits is not called off with a loupe of its photo, nor with another photo', async () => {
  const run = client.enhance(1, emptyRecipe, centre, ignore);
  await settle();
  void client.cancel(1, ['loupe']).catch(ignore);
  void client.cancel(2).catch(ignore);
  await settle();
  expect(client.waiting).toBe(true);
  void client.cancel(1).catch(ignore);
  expect(await run).toMatchObject({ ok: false, code: 'cancelled' });
  expect(isRunning()).toBe(false);
});

test('it takes turns with other tabs, too, and runs without where locks are refused', async () => {
  let release = ignore as () => void;
  const request = vi.fn(async (_name: string, _options: object, work: () => Promise<unknown>) => {
    await new Promise<void>((done) => (release = done));
    return work();
  });
  vi.stubGlobal('navigator', { locks: { request } });
  const run = client.enhance(1, emptyRecipe, centre, ignore);
  client.go();
  await settle();
  expect(request.mock.calls[0]?.[0]).toBe('enlarger-embed-run');
  expect(isRunning()).toBe(false);
  release();
  await until(isRunning);
  owner.answer('enhance');
  await run;

  owner.log.length = 0;
  request.mockRejectedValueOnce(new DOMException('no', 'SecurityError'));
  const second = client.enhance(1, emptyRecipe, centre, ignore);
  client.go();
  await until(isRunning);
  owner.answer('enhance');
  expect(await second).toMatchObject({ ok: true });
});

test('a result that is larger than the host allows is refused with the plan', async () => {
  expect(await client.plan(1, emptyRecipe)).toMatchObject({ ok: true });
  client.maxPixels = 11;
  const refused = { ok: false, code: 'too-large', facts: { mostPixels: 11 } };
  expect(await client.plan(1, emptyRecipe)).toMatchObject(refused);
  expect(await client.rehearse(1, emptyRecipe)).toMatchObject(refused);
  client.maxPixels = 12;
  expect(await client.plan(1, emptyRecipe)).toMatchObject({ ok: true });
});
