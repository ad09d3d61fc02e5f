import { expect, test } from 'vitest';
import type { ClipContainer } from '../../../../src/core/film/clip';
import { readCut } from '../../../../src/formats/clip/cut';
import { makeClip } from '../../../clips';

const pictures = ['-f', 'lavfi', '-i', 'testsrc2=s=32x24:r=10:d=2'];
const make = (container: ClipContainer, ...more: readonly string[]) =>
  new Uint8Array(makeClip(`a.${container}`, [...pictures, '-g', '5', ...more]));

test.each([
  ['mp4', []],
  ['mp4', ['-movflags', 'frag_keyframe+empty_moov']],
  ['mov', []],
  ['webm', ['-c:v', 'libvpx']],
  ['mkv', []],
  ['mkv', ['-live', '1']],
] as const)('%s %j: whole it is not cut, and it is wherever it ends', async (container, args) => {
  const made = make(container, ...args);
  const whole = new Blob([made]);
  expect(await readCut(whole, container)).toEqual({ isCut: false, file: whole });
  const trash = new Blob([made, new Uint8Array(40).fill(0xff)]);
  if (container === 'mp4' || container === 'mov')
    expect(await readCut(trash, container)).toEqual({ isCut: false, file: trash });
  let cuts = 0;
  for (let length = 0; length < made.length; length += 23) {
    const { isCut, file } = await readCut(new Blob([made.subarray(0, length)]), container);
    expect(file.size).toBeLessThanOrEqual(length);
    // What is left out is less than a block.
    expect(length - file.size).toBeLessThan(3000);
    cuts += isCut ? 1 : 0;
  }
  expect(cuts / (made.length / 23)).toBeGreaterThan(0.8);
});
