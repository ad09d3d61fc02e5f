import { expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClipContainer } from '../../../../src/core/film/clip';
import { readBeside } from '../../../../src/formats/clip/beside';
import { carryBeside } from '../../../../src/formats/clip/carried-beside';
import { readMoov } from '../../../../src/formats/clip/moov';
import { readMovieBeside } from '../../../../src/formats/clip/movie-beside';
import { makeClip } from '../../../clips';

const subtitles = '1\n00:00:00,000 --> 00:00:00,500\nHello\n';
const part = '[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=One\n';
const pictures = ['-f', 'lavfi', '-i', 'testsrc2=s=32x24:r=10:d=1'];

/** A clip with what is asked for beside its pictures. */
function make(container: ClipContainer, has: readonly string[]): Blob {
  const folder = mkdtempSync(join(tmpdir(), 'beside-'));
  try {
    const path = join(folder, 'a');
    writeFileSync(`${path}.srt`, subtitles);
    writeFileSync(`${path}.txt`, `;FFMETADATA1\n${has.includes('chapters') ? part : ''}`);
    const inputs = [
      '-i',
      `${path}.txt`,
      ...(has.includes('subtitles') ? ['-i', `${path}.srt`] : []),
    ];
    const maps = [
      '-map',
      '0',
      '-map_chapters',
      '1',
      ...(has.includes('subtitles') ? ['-map', '2'] : []),
    ];
    const text = { mp4: 'mov_text', mov: 'mov_text', mkv: 'srt', webm: 'webvtt' }[container];
    const codec = container === 'webm' ? ['-c:v', 'libvpx'] : ['-c:v', 'libx264'];
    const args = [...pictures, ...inputs, ...maps, ...codec, '-pix_fmt', 'yuv420p', '-c:s', text];
    return new Blob([new Uint8Array(makeClip(`a.${container}`, args))]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const container of ['mp4', 'mov', 'mkv', 'webm'] as const)
  test.each([[[]], [['subtitles']], [['chapters']], [['subtitles', 'chapters']]])(
    `${container}: %j are found, and nothing else`,
    async (has) => {
      const { kinds, lost } = await readBeside(make(container, has), container);
      expect(kinds).toEqual(has);
      expect(lost).toEqual([]);
    },
  );

test('what is cut off or no clip has none, and is no failure', async () => {
  const whole = make('mkv', ['subtitles']);
  for (const length of [0, 3, 40, 200])
    await expect(readBeside(whole.slice(0, length), 'mkv')).resolves.toMatchObject({ kinds: [] });
  for (const container of ['mp4', 'mkv'] as const)
    expect(await readBeside(new Blob([new Uint8Array(64)]), container)).toMatchObject({
      kinds: [],
    });
});

test('a damaged description is read as far as it goes, and what is made of it is no more than there is', async () => {
  const file = make('mp4', ['subtitles', 'chapters']);
  const moov = (await readMoov(file))!;
  const position = 10 ** 6;
  const all = { origin: 0, until: Infinity };
  let carried = 0;
  for (let at = 8; at < moov.length; at++)
    for (const bits of [0x80, 0x01, 0xff]) {
      const damaged = moov.slice();
      damaged[at]! ^= bits;
      const beside = readMovieBeside(damaged);
      const read = beside.tracks.flatMap(({ samples }) => samples);
      expect(read.length).toBeLessThan(100);
      const out = await carryBeside(file, beside, all, { moov, position }).catch(() => null);
      if (!out) continue;
      expect(out.length).toBeLessThan(moov.length + 3 * file.size);
      carried++;
    }
  expect(carried).toBeGreaterThan(1000);
});
