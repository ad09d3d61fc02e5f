/** What a person sees of a clip on the stage, on the CPU. */
import { expect, type Page } from '@playwright/test';
import { makeClip } from '../clips.ts';
import { pick } from './enlarger';
import { test } from './fixtures';

const coded = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
/** Red, and then blue. */
const twoColours = [
  ...['-f', 'lavfi', '-i', 'color=red:s=64x48:r=25:d=0.2'],
  ...['-f', 'lavfi', '-i', 'color=blue:s=64x48:r=25:d=0.2'],
  ...['-filter_complex', '[0][1]concat'],
];

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'video/mp4', buffer });

/** What lies in the middle of a side of the stage. */
function colourOf(page: Page, side: 'before' | 'after'): Promise<string> {
  return page.locator(`[data-stage] canvas.${side}`).evaluate((canvas: HTMLCanvasElement) => {
    if (canvas.hidden || canvas.width === 0) return 'nothing';
    const pen = canvas.getContext('2d')!;
    const [r, , b] = pen.getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1).data;
    if (r! > 200 && b! < 60) return 'red';
    return b! > 200 && r! < 60 ? 'blue' : `${r} ${b}`;
  });
}

test('once a clip is made each of its pictures lies beside the original, and both play', async ({
  app,
  page,
}) => {
  await app.visit();
  await app.open(file('a.mp4', makeClip('a.mp4', [...twoColours, ...coded])));
  const place = page.getByRole('slider', { name: 'Place in the clip', exact: true });
  const compare = page.getByRole('button', { name: 'Compare' });
  await expect(compare).toBeDisabled();
  await place.focus();
  await page.keyboard.press('End');
  await expect.poll(() => colourOf(page, 'before')).toBe('blue');
  await page.keyboard.press('Home');
  await expect.poll(() => colourOf(page, 'before')).toBe('red');

  await app.enhanceButton.click();
  await expect(app.status).toHaveText(/^Done: 128 × 96, /);
  await expect(compare).toBeEnabled();
  await expect.poll(() => colourOf(page, 'after')).toBe('red');
  await place.focus();
  await page.keyboard.press('End');
  await expect.poll(() => colourOf(page, 'after')).toBe('blue');
  await expect.poll(() => colourOf(page, 'before')).toBe('blue');
  await expect(place).toHaveAttribute('aria-valuetext', '0:00.36');

  // From its beginning, for there is nothing behind this; and it stops by itself.
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.locator('[data-stage] video')).toHaveCount(2);
  await expect(page.locator('[data-stage] video')).toHaveCount(0);
  await expect.poll(() => colourOf(page, 'after')).toBe('blue');

  // What is there is not made again.
  await page.getByRole('tab', { name: 'Film' }).click();
  await page.getByRole('button', { name: 'Play two seconds' }).click();
  const videos = page.locator('[data-stage] video');
  await expect(videos).toHaveCount(2);
  await expect
    .poll(() => videos.last().evaluate((video: HTMLVideoElement) => video.videoWidth))
    .toBe(128);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(videos).toHaveCount(0);
  await expect.poll(() => colourOf(page, 'after')).toMatch(/red|blue/);
});

test('small pictures of all of the clip lie under its sliders', async ({ app, page }) => {
  await app.visit();
  await app.open(file('a.mp4', makeClip('a.mp4', [...twoColours, ...coded])));
  await page.getByRole('tab', { name: 'Film' }).click();
  const strips = page.locator('.strip canvas');
  await expect(strips).toHaveCount(2);
  for (const strip of await strips.all())
    await expect
      .poll(() =>
        strip.evaluate((canvas: HTMLCanvasElement) => {
          const pen = canvas.getContext('2d')!;
          const at = (share: number) => {
            const x = Math.floor(canvas.width * share);
            const [r, , b] = pen.getImageData(x, canvas.height >> 1, 1, 1).data;
            return r! > 200 && b! < 60 ? 'red' : b! > 200 && r! < 60 ? 'blue' : `${r} ${b}`;
          };
          return `${at(0.1)} ${at(0.9)}`;
        }),
      )
      .toBe('red blue');
  // The handles move the picture on the stage.
  await page.getByRole('slider', { name: 'From', exact: true }).focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight');
  await expect.poll(() => colourOf(page, 'before')).toBe('blue');
  await page.getByRole('slider', { name: 'From', exact: true }).press('Home');
  await expect.poll(() => colourOf(page, 'before')).toBe('red');
});

test('settings that are changed after a clip was made are said, and what is saved is still called what it is', async ({
  app,
  page,
}) => {
  await app.visit();
  await app.open(file('a.mp4', makeClip('a.mp4', [...twoColours, ...coded])));
  await app.enhanceButton.click();
  await expect(app.status).toHaveText(/^Done: 128 × 96, /);
  const changed = page.getByText('Settings changed.');
  const mark = page.getByText('Earlier result', { exact: true });
  await expect(changed).toHaveCount(0);
  await page.getByRole('tab', { name: 'Film' }).click();
  const deflicker = page.getByRole('checkbox', { name: 'Deflicker' });
  await deflicker.check();
  await expect(changed).toBeVisible();
  await expect(page.getByText('This is the earlier result, 128 × 96.')).toBeVisible();
  await expect(mark).toBeVisible();
  await deflicker.uncheck();
  await expect(changed).toHaveCount(0);
  await expect(mark).toHaveCount(0);
  // Another stretch is another result.
  await page.getByRole('slider', { name: 'To', exact: true }).press('ArrowLeft');
  await expect(changed).toBeVisible();
  await page.getByRole('tab', { name: 'Recipe' }).click();
  await pick(app.scale('1×'));
  const saving = page.waitForEvent('download');
  await app.saveButton.click();
  expect((await saving).suggestedFilename()).toBe('a-2x.mp4');
});

/** A text that ffmpeg reads as a file. */
const text = (lines: string) => `data:text/plain;base64,${Buffer.from(lines).toString('base64')}`;

test('what of a clip is not carried over is said before it is made', async ({ app, page }) => {
  const subtitles = text('1\n00:00:00,000 --> 00:00:00,300\nHello\n');
  const chapters = text(';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=200\ntitle=One\n');
  const both = [
    ...['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=0.4'],
    ...['-f', 'srt', '-i', subtitles, '-f', 'ffmetadata', '-i', chapters],
    ...['-map', '0:v', '-map', '1:s', '-map_chapters', '2', ...coded],
  ];
  await app.visit();
  const inFragments = [...both, '-c:s', 'mov_text', '-movflags', 'frag_keyframe+empty_moov'];
  await app.open(file('fragments.mp4', makeClip('fragments.mp4', inFragments)));
  await page.getByRole('tab', { name: 'Film' }).click();
  await expect(page.getByText('Subtitles of this clip are not carried over.')).toBeVisible();
  // Those of other files are.
  for (const [name, coding] of [
    ['a.mp4', 'mov_text'],
    ['a.mkv', 'srt'],
  ] as const) {
    await app.open(file(name, makeClip(name, [...both, '-c:s', coding])));
    await page.getByRole('tab', { name: 'Film' }).click();
    await expect(page.getByRole('slider', { name: 'From', exact: true })).toBeVisible();
    await expect(page.getByText('not carried over')).toHaveCount(0);
  }
  // Of a clip that has none nothing is said.
  await app.open(file('b.mp4', makeClip('b.mp4', [...twoColours, ...coded])));
  await page.getByRole('tab', { name: 'Film' }).click();
  await expect(page.getByRole('slider', { name: 'From', exact: true })).toBeVisible();
  await expect(page.getByText('not carried over')).toHaveCount(0);
});
