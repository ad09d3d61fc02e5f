/** Small pictures from all over a clip. */
import { afterEach, expect, test, vi } from 'vitest';
import { commands } from 'vitest/browser';
import { ClipReader } from '../../src/formats/clip/read';
import type { Thumbnail } from '../../src/formats/clip/thumbnails';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const coded = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

async function open(args: readonly string[]): Promise<ClipReader> {
  const made = await commands.makeClip('a.mp4', [...args, ...coded]);
  return ClipReader.open(new Blob([bytesOf(made)]), 'mp4');
}

async function strip(clip: ClipReader, count: number): Promise<Thumbnail[]> {
  const all: Thumbnail[] = [];
  for await (const each of clip.thumbnails({ count, height: 24 })) all.push(each);
  return all;
}

/** Red, green and blue in the middle of a picture. */
function colourOf({ bitmap }: Thumbnail): number[] {
  const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  pen.drawImage(bitmap, 0, 0);
  return [...pen.getImageData(bitmap.width >> 1, bitmap.height >> 1, 1, 1).data.subarray(0, 3)];
}

afterEach(() => vi.restoreAllMocks());

test('of ten seconds every place has its own picture, upright, though only the first needs no other', async () => {
  const halves = ['red', 'blue'].flatMap((c) => [
    '-f',
    'lavfi',
    '-i',
    `color=${c}:s=64x48:r=10:d=5`,
  ]);
  const clip = await open([...halves, '-filter_complex', '[0][1]concat', '-g', '1000']);
  const all = await strip(clip, 8);
  expect(all.map(({ places }) => places)).toEqual([[0], [1], [2], [3], [4], [5], [6], [7]]);
  for (const [i, each] of all.entries()) {
    const { width, height } = each.bitmap;
    expect([width, height]).toEqual([32, 24]);
    const [red = 0, , blue = 0] = colourOf(each);
    expect(i < 4 ? red - blue : blue - red, `place ${i}`).toBeGreaterThan(150);
  }
  clip.close();
});

test('of two hours only pictures are decoded that need no other, each once', async () => {
  const clip = await open(['-f', 'lavfi', '-i', 'testsrc2=s=32x24:r=1:d=7200', '-g', '600']);
  expect(clip.facts.to - clip.facts.from).toBeGreaterThan(7190);
  const decode = vi.spyOn(VideoDecoder.prototype, 'decode');
  const all = await strip(clip, 24);
  // Twelve of them, for two places each.
  expect(all.flatMap(({ places }) => places).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 24 }, (_, i) => i),
  );
  expect(all.length).toBeLessThanOrEqual(24);
  expect(decode.mock.calls.every(([{ type }]) => type === 'key')).toBe(true);
  expect(decode).toHaveBeenCalledTimes(all.length);
  clip.close();
});
