/** Clips of a host that takes them: what it is given, and what it is not. */
import { expect, test } from 'vitest';
import { failed, type Reply } from '../../../../src/core/errors';
import type { ClipFindings } from '../../../../src/core/findings/clip-findings';
import { neutralFinish } from '../../../../src/core/recipe/finish';
import type { Scale } from '../../../../src/core/recipe/kinds';
import { emptyRecipe, withScale } from '../../../../src/core/recipe/recipe';
import { ClipWork, type ClipWorkParts } from '../../../../src/embed/frame/clip-work.svelte';
import type { FrameResult } from '../../../../src/embed/protocol';
import type { ClipReport } from '../../../../src/worker/reports';

const photo = { id: 7, name: 'walk.mov', width: 64, height: 48, clip: { from: 0.5, to: 3 } };
const run = { backend: 'wasm', software: false, seconds: 1, steps: [], notes: [] };
const made = {
  ...{ file: new File(['a clip'], 'x.mov'), container: 'mov', codec: 'H.264', width: 128 },
  ...{
    height: 96,
    frames: 10,
    known: 0,
    length: 2.5,
    seconds: 4,
    notes: [],
    lost: null,
    fault: null,
  },
  run: { ...run, output: { width: 128, height: 96 } },
} as unknown as ClipReport;

function work({
  scale = 2 as Scale,
  isOwn = false,
  reply = { ok: true, value: made } as Reply<ClipReport>,
  findings = {
    ok: true,
    value: { analysis: { noiseSigma: 20 } },
  } as unknown as Reply<ClipFindings>,
}) {
  const saved: [Blob, string][] = [];
  const given: FrameResult[] = [];
  const asked: unknown[] = [];
  const bench = {
    ...{ photo, file: new File([''], 'walk.mov'), recipe: withScale(emptyRecipe, scale) },
    ...{ finish: neutralFinish, run: null, status: '', runFault: '', isRunWorthRetry: true },
  } as unknown as ClipWorkParts['bench'];
  const clip = new ClipWork({
    owner: {
      enhanceClip: async (id, request, tell) => {
        asked.push([id, request.from, request.to]);
        // What a visitor's clip says of its place or owner is no host's business.
        expect(request.metadata).toEqual({ keep: false, isAnonymous: true });
        tell({ stage: 'run', fraction: 0.5, etaSeconds: 3, frames: 5 });
        asked.push(bench.run?.fraction);
        return reply;
      },
      clipFindings: async (id, stretch) => {
        asked.push([id, stretch]);
        return findings;
      },
    },
    bench,
    consent: { isOwn: () => isOwn },
    send: (result) => void given.push(result),
    download: (file, name) => void saved.push([file, name]),
  });
  return { clip, bench, given, asked, saved };
}

test('all of the clip is made, and given whole under its own name, and once more where the host asks', async () => {
  const { clip, bench, given, asked } = work({ isOwn: true });
  expect(await clip.run()).toBeNull();
  expect(asked).toEqual([[7, 0.5, 3], 0.5]);
  expect(bench.run).toBeNull();
  const [result] = given;
  expect(result).toMatchObject({ name: 'walk-2x.mov', width: 128, height: 96 });
  expect(result?.report).toMatchObject({ backend: 'wasm', seconds: 4 });
  expect(result?.blob.type).toBe('video/quicktime');
  expect(await result?.blob.text()).toBe('a clip');
  expect(clip.write({})).toBe(result?.blob);
  expect(clip.write({ quality: 80 })).toMatchObject({ code: 'bad-option' });
});

test("at its own size a visitor's own clip is not made at all, and the host's is", async () => {
  const own = work({ scale: 1, isOwn: true });
  expect(await own.clip.run()).toMatchObject({ code: 'nothing-to-do' });
  expect([own.given, own.asked]).toEqual([[], []]);
  expect(own.bench.runFault).not.toBe('');
  expect(own.clip.write({})).toMatchObject({ code: 'no-result' });
  const others = work({ scale: 1 });
  expect(await others.clip.run()).toBeNull();
  expect(others.given).toHaveLength(1);
});

test('what was cut short or failed is not given; only a failure is told', async () => {
  const fault = failed('cancelled');
  const cut = work({ reply: { ok: true, value: { ...made, fault } } });
  expect(await cut.clip.run()).toMatchObject({ code: 'cancelled' });
  const broken = work({ reply: failed('storage-full') });
  expect(await broken.clip.run()).toMatchObject({ code: 'storage-full' });
  expect([cut.given, broken.given]).toEqual([[], []]);
  expect(cut.bench.runFault).toBe('');
  expect(cut.bench.status).toBe('Cancelled. Your photo is unchanged.');
  expect(broken.bench.runFault).not.toBe('');
  expect(broken.bench.run).toBeNull();
});

test('the same clip, known better meanwhile, is still the one that was made', async () => {
  const { clip, bench, given } = work({});
  const running = clip.run();
  bench.photo = { ...bench.photo! };
  expect(await running).toBeNull();
  expect(given).toHaveLength(1);
  expect([clip.made, bench.run]).toEqual([given[0]?.blob, null]);
});

test('another that was opened meanwhile hears nothing of it', async () => {
  const { clip, bench, given } = work({});
  const running = clip.run();
  bench.photo = { ...photo, id: 8 } as never;
  bench.run = null;
  expect(await running).toMatchObject({ code: 'cancelled' });
  expect([given, clip.made]).toEqual([[], null]);
});

test('Save gives the person the clip that was made, under its own name, and nothing before that', async () => {
  const { clip, given, saved } = work({});
  clip.save();
  expect([clip.ready, saved]).toEqual([false, []]);
  await clip.run();
  expect(clip.ready).toBe(true);
  clip.save();
  expect(saved).toEqual([[given[0]!.blob, 'walk-2x.mov']]);
});

test('a clip is judged by pictures from all over it; what is made is not changed by it, nor is another', async () => {
  const { clip, bench, asked } = work({});
  expect(await clip.judge()).toBe(true);
  expect(asked).toEqual([[7, { from: 0.5, to: 3 }]]);
  expect(bench.photo).toMatchObject({ id: 7, analysis: { noiseSigma: 20 } });

  const unread = work({ findings: failed('file-cut-off', { format: 'H.264', cause: '' }) });
  expect(await unread.clip.judge()).toBe(false);
  expect(unread.bench.photo).toBe(photo);

  const after = work({});
  await after.clip.run();
  expect(await after.clip.judge()).toBe(false);
  expect(after.bench.photo).toBe(photo);

  const other = work({});
  const judging = other.clip.judge();
  const next = { ...photo, id: 8 } as never;
  other.bench.photo = next;
  expect(await judging).toBe(false);
  expect(other.bench.photo).toBe(next);
});
