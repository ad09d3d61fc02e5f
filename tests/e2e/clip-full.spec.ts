/** A clip on a disk that is full; ffmpeg makes it and judges what comes of it. */
import { expect } from '@playwright/test';
import { makeClip } from '../clips.ts';
import { test } from './fixtures';
import { begin, button, expectWhole, saved } from './noisy-clip';

test('no room from the beginning for a small clip: it is made, and saved whole', async ({
  app,
  page,
  context,
}) => {
  const drawn = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=5:d=3'];
  const tone = ['-f', 'lavfi', '-i', 'sine=440:d=3:r=48000'];
  const coded = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  const small = makeClip('b.mp4', [...drawn, ...tone, ...coded]);
  const session = await context.newCDPSession(page);
  await app.visit();
  await begin(app, page, small, false);
  // The networks are kept once, before the room ends.
  await button(page, 'Play two seconds').click();
  await expect(button(page, 'Play two seconds')).toBeEnabled();
  const { origin } = new URL(page.url());
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
  await session.send('Storage.overrideQuotaForOrigin', {
    origin,
    quotaSize: Math.round(usage) + 5000,
  });
  await app.enhanceButton.click();
  await expect(app.status).toHaveText(/^Done: 128 × 96, /);
  expectWhole(await saved(app, page), small);
});
