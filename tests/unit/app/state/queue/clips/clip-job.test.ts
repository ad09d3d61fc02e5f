import { beforeEach, expect, test } from 'vitest';
import type { Reply, Trouble } from '../../../../../../src/core/errors';
import { usualMetadata, type ClipFacts } from '../../../../../../src/core/film/clip';
import { neutralFinish } from '../../../../../../src/core/recipe/finish';
import { emptyRecipe } from '../../../../../../src/core/recipe/recipe';
import { FolderError, type FolderTarget } from '../../../../../../src/app/platform/folder-writing';
import { planClip } from '../../../../../../src/app/state/queue/clips/clip-job';
import { EntryClip } from '../../../../../../src/app/state/queue/clips/entry-clip.svelte';
import type { Fit } from '../../../../../../src/app/state/queue/fit';
import type { Job } from '../../../../../../src/app/state/queue/job';
import type { ClipRequest } from '../../../../../../src/worker/clip-request';
import type { ClipListener, ClipReport } from '../../../../../../src/worker/reports';
import { clean, FakeOwner, noisy, report } from '../../../fake-owner';

const facts: ClipFacts = {
  ...{ width: 4, height: 3, container: 'mp4', codec: 'H.264', from: 0, to: 2, frameRate: 25 },
  ...{ isEven: true, sounds: [], lostSounds: 0 },
};

const made: ClipReport = {
  ...{ file: new Blob(['made']), container: 'mp4', codec: 'H.264', width: 8, height: 6 },
  ...{ frames: 50, known: 0, length: 2, seconds: 7, run: report, notes: [], fault: null },
  lost: null,
};

let owner: FakeOwner;
let asked: ClipRequest | null;
let reply: Reply<ClipReport>;
const each: Fit = { by: 'photo', preset: 'photo' };

beforeEach(() => {
  owner = new FakeOwner();
  owner.held.clear();
  asked = null;
  reply = { ok: true, value: made };
  owner.enhanceClip = async (_: number, request: ClipRequest, tell: ClipListener) => {
    asked = request;
    tell({ stage: 'run', fraction: 0.5, etaSeconds: 3, frames: 25 });
    return reply;
  };
});

async function plan(
  fit: Fit = each,
  clip = new EntryClip('queue-a'),
  metadata = usualMetadata,
): Promise<Job> {
  const opened = await owner.open(new File(['clip'], 'a.mp4'));
  if (!opened.ok) throw new Error(opened.problem);
  const photo = { ...opened.value, analysis: clean, clip: facts };
  const read = async () => ({ ok: true as const, value: new File(['clip'], 'a.mp4') });
  const planned = await planClip(owner, clip, photo, {
    fit,
    retouch: null,
    metadata,
    read,
  });
  if (!planned.ok) throw new Error(planned.problem);
  return planned.value;
}

/** A folder that counts what is begun in it and taken away. */
function folder(fault?: FolderError) {
  const log: string[] = [];
  const begin = async (path: string) => {
    if (fault) throw fault;
    log.push(`begin ${path}`);
    const drop = async () => void log.push(`drop ${path}`);
    return { path, handle: {} as FileSystemFileHandle, drop };
  };
  return { log, target: { begin } as unknown as FolderTarget };
}

const nowhere = { path: 'a-2x.mp4', target: null, tell: () => undefined };

test('a clip gets what its pictures call for, and goes on under its name', async () => {
  owner.findings = { analysis: noisy, flicker: 0.05, isBanded: true };
  const job = await plan();
  expect(job).toMatchObject({ scale: 2, extension: 'mp4', isCopy: false });
  const shares: number[] = [];
  const clip = new EntryClip('queue-b');
  const done = await (
    await plan(each, clip)
  ).run({ ...nowhere, tell: (share) => shares.push(share) });
  expect(asked).toMatchObject({ from: 0, to: 2, deflicker: true, deband: 1 });
  expect(asked).toMatchObject({ keepAs: 'queue-b', outlives: true });
  expect(asked!.recipe.steps.map(({ task }) => task)).toContain('clean');
  expect(shares).toEqual([0.5]);
  expect(clip.secondsLeft).toBe(null);
  expect(done).toMatchObject({ ok: true, value: { work: { seconds: 7, width: 8, height: 6 } } });
  expect(done.ok && done.value.work.did).toMatch(/^Done: 8 × 6, 2 s, H\.264, /);
});

test('it is written into the folder as it comes, and is whole there or not at all', async () => {
  const { log, target } = folder();
  const job = await plan();
  expect((await job.run({ ...nowhere, target })).ok).toBe(true);
  expect(asked!.into).toBeDefined();
  expect(await job.save()).toEqual({ ok: true, value: { blob: made.file, written: 'a-2x.mp4' } });
  expect(log).toEqual(['begin a-2x.mp4']);

  const fault: Trouble = { problem: 'cancelled', code: 'cancelled', facts: {} };
  reply = { ok: true, value: { ...made, fault } };
  const stopped = await (await plan()).run({ ...nowhere, target });
  expect(stopped).toMatchObject({ ok: false, problem: 'cancelled' });
  expect(log).toEqual(['begin a-2x.mp4', 'begin a-2x.mp4', 'drop a-2x.mp4']);
});

test('where the folder takes no more the clip is kept whole, for another try', async () => {
  const { log, target } = folder();
  reply = { ok: true, value: { ...made, lost: 'full' } };
  const job = await plan();
  expect((await job.run({ ...nowhere, target })).ok).toBe(true);
  const saved = await job.save();
  expect(saved.ok && saved.value.written).toBe(undefined);
  expect(saved.ok && (await saved.value.blob.text())).toBe('made');
  expect(log).toEqual(['begin a-2x.mp4', 'drop a-2x.mp4']);

  const refused = folder(new FolderError('refused', null));
  const other = await plan();
  reply = { ok: true, value: made };
  expect((await other.run({ ...nowhere, target: refused.target })).ok).toBe(true);
  expect(asked!.into).toBe(undefined);
});

test('a clip that nothing is to be done to is the file as it is', async () => {
  owner.findings = { analysis: clean, flicker: 0, isBanded: false };
  const asIs: Fit = { by: 'recipe', recipe: { ...emptyRecipe, finish: neutralFinish } };
  const job = await plan(asIs);
  expect(job.isCopy).toBe(true);
  const saved = await job.save();
  expect(saved.ok && (await saved.value.blob.text())).toBe('clip');
  // Its own file says what is to be left out.
  const unsaid = await plan(asIs, undefined, { keep: true, isAnonymous: true });
  expect(unsaid.isCopy).toBe(false);
  await unsaid.run(nowhere);
  expect(asked!.metadata).toEqual({ keep: true, isAnonymous: true });
  // Flicker is something to be done.
  owner.findings = { analysis: clean, flicker: 0.05, isBanded: false };
  const flickering = await plan(asIs);
  expect(flickering.isCopy).toBe(false);
});

test('what was set for one clip alone goes before what all get, and that before what it calls for', async () => {
  owner.findings = { analysis: clean, flicker: 0.05, isBanded: false };
  const film = { rate: 50 } as const;
  const asSet: Fit = { by: 'recipe', recipe: { ...emptyRecipe, finish: neutralFinish }, film };
  await (await plan(asSet)).run(nowhere);
  expect(asked).toMatchObject({ from: 0, to: 2, rate: 50 });
  expect(asked!.deflicker).toBe(undefined);
  const clip = new EntryClip('queue-c');
  clip.film = { steadyDetail: true, from: 1, to: 2 };
  await (await plan(asSet, clip)).run(nowhere);
  expect(asked).toMatchObject({ from: 1, to: 2, steadyDetail: true });
  expect(asked!.rate).toBe(undefined);
  // What suits it is told by the stretch that is made.
  expect(owner.log.filter((line) => line.startsWith('clipFindings'))).toEqual([
    ...['clipFindings 1 0-2', 'clipFindings 2 1-2'],
  ]);
});
