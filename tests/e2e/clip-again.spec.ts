/** A clip is gone on with after its tab was reloaded in the middle, on the CPU; ffmpeg makes the clip and judges what comes of it. */
import { expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { makeClip, picturesOf, probeClip, soundPackets } from '../clips.ts';
import { test } from './fixtures';
import { listKept, sizeOfLog } from './noisy-clip';

const moving = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=5:d=12'];
const sound = ['-f', 'lavfi', '-i', 'sine=440:d=12:r=48000'];
const coded = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'video/mp4', buffer });

test('a clip whose tab was reloaded goes on from its last whole part, once its file is chosen again; nothing is left behind', async ({
  app,
  page,
}) => {
  const made = makeClip('a.mp4', [...moving, ...sound, ...coded]);
  const goOn = page.getByRole('button', { name: 'Choose it again and go on' });
  await app.visit();
  await app.open(file('walk.mp4', made));
  await app.enhanceButton.click();
  await expect.poll(() => page.evaluate(listKept).then(sizeOfLog)).toBeGreaterThan(1000);
  await page.reload();
  await expect(page.getByText('walk.mp4 was being enhanced here.')).toBeVisible();

  const asked = page.waitForEvent('filechooser');
  await goOn.click();
  const other = makeClip('b.mp4', [...moving, ...coded]);
  await (await asked).setFiles(file('walk.mp4', other));
  await expect(page.getByRole('alert')).toContainText('That is another file. Choose walk.mp4');

  const again = page.waitForEvent('filechooser');
  await goOn.click();
  await (await again).setFiles(file('moved.mp4', made));
  // What was made before is there at once.
  await expect(app.status).toHaveText(/^Done: 128 × 96, /);
  const saving = page.waitForEvent('download');
  await app.saveButton.click();
  const out = readFileSync(await (await saving).path());
  const [before, after] = [made, out].map(probeClip);
  expect(after!.times).toEqual(before!.times);
  expect(soundPackets(out)).toHaveLength(soundPackets(made).length);
  expect(picturesOf(out).length).toBe(60 * 128 * 96 * 3);

  await page.reload();
  await expect(app.openButton).toBeVisible();
  await expect
    .poll(() =>
      page
        .evaluate(listKept)
        .then((kept) => Object.keys(kept).filter((name) => name.startsWith('kept-'))),
    )
    .toEqual([]);
  await expect(goOn).toHaveCount(0);
  // The first clip that is opened sweeps what was made of the last.
  await app.open(file('walk.mp4', made));
  await expect.poll(() => page.evaluate(listKept)).toEqual({});
});
