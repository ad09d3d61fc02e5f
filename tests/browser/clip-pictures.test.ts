/** Single pictures of a clip, and of what was made of it. */
import { expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { toEight } from '../../src/core/picture/depth';
import { gatherPicture } from '../../src/core/picture/picture';
import type { Raster, Raster8 } from '../../src/core/picture/raster';
import { wholeFrame } from '../../src/core/recipe/frame';
import { ClipReader } from '../../src/formats/clip/read';
import { ClipPictures, type MadeClip } from '../../src/worker/owner/clip-pictures';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const moving = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=1'];
const larger = ['-f', 'lavfi', '-i', 'testsrc2=s=128x96:r=25:d=1'];
// Pictures that wait for later ones, and only the first needs no other.
const coded = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-bf', '2', '-g', '100'];

async function make(args: readonly string[]): Promise<Blob> {
  return new Blob([bytesOf(await commands.makeClip('a.mp4', [...args, ...coded]))]);
}

const isSame = (a: Raster, b: Raster8) => toEight(a).data.every((level, i) => level === b.data[i]);

test('the picture of any time is the one that is shown then', async () => {
  const clip = await ClipReader.open(await make(moving), 'mp4');
  const all: Raster8[] = [];
  for await (const { raster } of clip.frames({ from: 0, to: 1 })) all.push(toEight(raster));
  expect(all).toHaveLength(25);
  for (const [seconds, index] of [
    ...[[0, 0] as const, [0.2, 5] as const, [0.219, 5] as const],
    ...[[0.96, 24] as const, [7, 24] as const, [-3, 0] as const],
  ]) {
    const picture = await clip.pictureAt(seconds);
    expect(isSame(picture!, all[index]!), `${seconds} s`).toBe(true);
  }
  clip.close();
});

test('what was made lies beside the picture of its time and frame, and nowhere else', async () => {
  const clip = await ClipReader.open(await make(moving), 'mp4');
  const file = await make(larger);
  const pictures = new ClipPictures();
  const made: MadeClip = { file, container: 'mp4', from: 0.2, until: 0.6, origin: 0.2 };
  const at = (seconds: number) => pictures.at(clip, seconds, undefined);
  expect((await at(0.4))?.made).toBeNull();
  pictures.put('whole', made);
  const moment = await at(0.4);
  expect(moment?.made).toMatchObject({ scale: 2, growth: null });
  expect(moment?.raster).toMatchObject({ width: 64, height: 48 });
  const own = await ClipReader.open(file, 'mp4');
  const wanted = await own.pictureAt(0.2);
  expect(isSame(await gatherPicture(moment!.made!.picture), wanted!)).toBe(true);
  own.close();
  for (const seconds of [0.16, 0.6]) expect((await at(seconds))?.made).toBeNull();
  const turned = { ...wholeFrame, turns: 1 } as const;
  expect((await pictures.at(clip, 0.4, turned))?.made).toBeNull();
  pictures.drop('whole');
  expect((await at(0.4))?.made).toBeNull();
  clip.close();
});
