/** Clips that are cut off: what is there is read, and that is said, before anything is made and afterwards. */
import { expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { unwrap } from '../../src/core/errors';
import { neutralFinish } from '../../src/core/recipe/finish';
import { parseRecipe } from '../../src/core/recipe/parsing';
import { readClipContainer } from '../../src/formats/clip/container';
import { ClipReader } from '../../src/formats/clip/read';
import { PhotoOwner } from '../../src/worker/owner/photo-owner';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

const moving = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=4'];
const tone = ['-f', 'lavfi', '-i', 'sine=440:d=4:r=48000'];
const h264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-g', '25', '-bf', '0', '-c:a', 'aac'];
const vp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-g', '25', '-c:a', 'libopus'];

/** Each kind of file, cut: in an MP4 the table at the beginning tells of pictures that are not there. */
const kinds = [
  ['a table before the pictures', 'a.mp4', [...h264, '-movflags', '+faststart']],
  ['fragments', 'a.mp4', [...h264, '-movflags', 'frag_keyframe+empty_moov']],
  ['clusters, in WebM', 'a.webm', vp8],
  ['clusters', 'a.mkv', h264],
  ['clusters, written as they came', 'a.mkv', [...h264, '-live', '1']],
] as const;

async function framesOf(clip: ClipReader) {
  const ends: number[] = [];
  for await (const { at, duration } of clip.frames({ from: -Infinity, to: Infinity }))
    ends.push((at + duration) / 1e6);
  return ends;
}

test.each(kinds)(
  'one with %s, cut at 60 %%, has all pictures that are there and is as long as they are',
  async (_, name, codec) => {
    const made = bytesOf(await commands.makeClip(name, [...moving, ...tone, ...codec]));
    const container = readClipContainer(made)!;
    const whole = await ClipReader.open(new Blob([made]), container);
    expect(whole.isCut).toBe(false);
    expect(await framesOf(whole)).toHaveLength(100);
    // Not between two of its parts.
    const cut = made.subarray(0, Math.round(made.length * 0.6));
    const clip = await ClipReader.open(new Blob([cut]), container);
    expect(clip.isCut).toBe(true);
    const ends = await framesOf(clip);
    const { times } = await commands.probeClip(textOf(cut));
    // The last one that ffmpeg shows may be a part of a picture.
    expect(ends.length).toBeGreaterThanOrEqual(times.length - 1);
    expect(ends.length).toBeLessThanOrEqual(times.length);
    expect(ends.length).toBeGreaterThan(40);
    expect(clip.facts.to).toBeCloseTo(ends.at(-1)!, 3);
  },
);

test.each(kinds)(
  'one with %s, cut: that is said when it is opened and when its result is made, which plays',
  async (_, name, codec) => {
    const made = bytesOf(await commands.makeClip(name, [...moving, ...tone, ...codec]));
    const file = new File([made.subarray(0, Math.round(made.length * 0.6))], name);
    const owner = new PhotoOwner();
    const catalogUrl = new URL('/models/catalog.json', location.href).href;
    await owner.init({ backend: 'wasm', tile: 64, catalogUrl });
    const { id, clip, notes, preview } = unwrap(await owner.open(file, { takesClips: true }));
    preview.close();
    const said = { note: 'cut-off', facts: {} };
    expect(notes).toContainEqual(said);
    const recipe = parseRecipe({ v: 1, scale: 1, variant: 'faithful' });
    const make = (to: number) => {
      const request = { recipe, finish: neutralFinish, from: clip!.from, to };
      return owner.enhanceClip(id, request, () => undefined);
    };
    const report = unwrap(await make(clip!.to));
    expect(report.fault).toBeNull();
    expect(report.notes).toContainEqual(said);
    const out = textOf(new Uint8Array(await report.file.arrayBuffer()));
    expect((await commands.probeClip(out)).times).toHaveLength(report.frames);
    expect(report.frames).toBeGreaterThan(40);
    // What lies before the cut is whole.
    expect(unwrap(await make(clip!.from + 1)).notes).toEqual([]);
    await owner.close(id);
  },
);
