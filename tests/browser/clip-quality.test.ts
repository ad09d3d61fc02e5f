import { expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import type { ClipContainer } from '../../src/core/film/clip';
import type { ClipQuality } from '../../src/core/film/clip-quality';
import { ClipReader } from '../../src/formats/clip/read';
import { ClipWriter } from '../../src/formats/clip/write';

const seconds = 4;
// What has noise takes as many bits as there are.
const noisy = ['-f', 'lavfi', '-i', `testsrc2=s=160x120:r=25:d=${seconds}`];
const noise = ['-vf', 'noise=alls=30:allf=t:all_seed=7,format=yuv420p'];

/** Bytes of a clip whose pictures are written as they are. */
async function sizeOf(clip: ClipReader, quality?: ClipQuality): Promise<number> {
  const { container, width, height } = clip.facts;
  const wish = { container, size: { width, height }, origin: 0, ...(quality && { quality }) };
  const writer = await ClipWriter.begin(wish, clip, null);
  for await (const frame of clip.frames({ from: -Infinity, to: Infinity })) await writer.add(frame);
  return (await writer.close(Infinity))!.size;
}

test.each([
  ['mp4', ['-c:v', 'libx264', '-crf', '10', '-preset', 'ultrafast']],
  ['webm', ['-c:v', 'libvpx-vp9', '-crf', '10', '-deadline', 'realtime', '-cpu-used', '8']],
] as const)(
  '%s: smaller is smaller, and bits that are asked for are taken',
  async (kind, codec) => {
    const container: ClipContainer = kind;
    const made = await commands.makeClip(`a.${kind}`, [...noisy, ...noise, ...codec]);
    const bytes = Uint8Array.from(atob(made), (c) => c.charCodeAt(0));
    const clip = await ClipReader.open(new Blob([bytes]), container);
    try {
      const usual = await sizeOf(clip);
      const smaller = await sizeOf(clip, 'smaller');
      expect(smaller).toBeLessThan(0.9 * usual);
      for (const asked of [2e5, 5e5]) {
        const bitRate = (8 * (await sizeOf(clip, asked))) / seconds;
        expect(bitRate).toBeGreaterThan(asked / 2);
        expect(bitRate).toBeLessThan(asked * 2);
      }
    } finally {
      clip.close();
    }
  },
);
