/** A clip in, a clip out, on the CPU; ffmpeg makes the clips and judges what comes of them. */
import { expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { makeClip, picturesOf, probeClip, soundPackets } from '../clips.ts';
import { test } from './fixtures';

const bars = ['-f', 'lavfi', '-i', 'smptebars=s=64x48:r=25:d=0.32'];
/** What their numbers mean is said: what is not, ffmpeg and browsers take for different things. */
const said = [
  ...['-colorspace', 'smpte170m', '-color_range', 'tv'],
  ...['-color_primaries', 'smpte170m', '-color_trc', 'smpte170m'],
];
const moving = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=0.32'];
const sound = ['-f', 'lavfi', '-i', 'sine=440:d=0.32:r=48000'];
const h264 = ['-c:v', 'libx264', '-crf', '4', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
const vp9 = [
  '-c:v',
  'libvpx-vp9',
  '-deadline',
  'realtime',
  '-cpu-used',
  '8',
  '-crf',
  '4',
  '-b:v',
  '0',
  '-c:a',
  'libopus',
];

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'video/x', buffer });

test('speech is cleaned where that is asked, and its file is kept and seen on the shelf', async ({
  app,
  page,
}) => {
  const made = makeClip('talk.mp4', [...moving, ...sound, ...h264]);
  await app.visit();
  await app.open(file('talk.mp4', made));
  await page.getByRole('tab', { name: 'Film' }).click();
  const clean = page.getByRole('checkbox', { name: 'Clean speech' });
  await expect(clean).not.toBeChecked();
  await clean.check();
  const strength = page.getByRole('slider', { name: 'Strength of Clean speech' });
  await expect(strength).toHaveAttribute('aria-valuetext', '100 %');
  await strength.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(strength).toHaveAttribute('aria-valuetext', '99 %');
  await page.getByRole('checkbox', { name: 'Deband' }).check();
  await app.enhanceButton.click();
  await expect(app.status).toHaveText(/^Done: /);
  const saving = page.waitForEvent('download');
  await app.saveButton.click();
  const out = readFileSync(await (await saving).path());
  const { streams, times } = probeClip(out);
  expect(times).toEqual(probeClip(made).times);
  expect(streams[1]).toMatchObject({ codec_name: 'opus' });
  await page.getByRole('button', { name: 'Kept offline', exact: true }).click();
  const row = page.getByRole('dialog').getByRole('row', { name: /^Clean speech/ });
  await expect(row).toContainText('bytes');
});

/** Mean difference of two pictures of a clip, in levels. */
function difference(pictures: Buffer, bytes: number, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < bytes; i++)
    sum += Math.abs(pictures[a * bytes + i]! - pictures[b * bytes + i]!);
  return sum / bytes;
}

/** Standard deviation of the mean levels of a clip's pictures. */
function unrest(pictures: Buffer, bytes: number): number {
  const means = Array.from({ length: pictures.length / bytes }, (_, i) => {
    const picture = pictures.subarray(i * bytes, (i + 1) * bytes);
    return picture.reduce((sum, level) => sum + level, 0) / bytes;
  });
  const mean = means.reduce((sum, each) => sum + each, 0) / means.length;
  return Math.sqrt(means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / means.length);
}

/** A level of the first picture of a clip, a mean over 3 x 5 pixels. */
function spotMean(pictures: Buffer, width: number, x: number, y: number, channel: number): number {
  let sum = 0;
  for (let row = y - 2; row <= y + 2; row++)
    for (let column = x - 1; column <= x + 1; column++)
      sum += pictures[(row * width + column) * 3 + channel]!;
  return sum / 15;
}

for (const [name, codec] of [
  ['bars.mp4', h264],
  ['bars.webm', vp9],
] as const)
  test(`${name}: twice as large, as many pictures at their times, the same sound and colours, and as still`, async ({
    app,
    page,
  }) => {
    const made = makeClip(name, [...bars, ...sound, ...said, ...codec]);
    await app.visit();
    // Whatever it is called.
    await app.open(file('clip.jpg', made));
    await page.getByRole('tab', { name: 'Film' }).click();
    await app.enhanceButton.click();
    await expect(app.saveButton).toBeEnabled();
    await expect(app.status).toHaveText(/^Done: 128 × 96, /);
    const saving = page.waitForEvent('download');
    await app.saveButton.click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe(`clip-2x.${name.split('.')[1]}`);
    const out = readFileSync(await saved.path());

    const [before, after] = [made, out].map(probeClip);
    expect(after!.times).toEqual(before!.times);
    expect(after!.streams[0]).toMatchObject({ width: 128, height: 96 });
    const sounds = [made, out].map((clip) =>
      soundPackets(clip)
        .join('')
        .replace(/Skip Samples[,\d]*/g, '')
        .replaceAll(',', ''),
    );
    expect(sounds[1]).toBe(sounds[0]);

    const [small, large] = [made, out].map(picturesOf);
    const [few, many] = [64 * 48 * 3, 128 * 96 * 3];
    // In the middle of each bar, of which ffmpeg makes seven ten pixels wide, the last cut off.
    for (let bar = 0; bar < 6; bar++)
      for (let c = 0; c < 3; c++) {
        const x = bar * 10 + 5;
        const wanted = spotMean(small!, 64, x, 12, c);
        const got = spotMean(large!, 128, 2 * x, 24, c);
        expect(Math.abs(got - wanted), `bar ${bar}, ${c}`).toBeLessThanOrEqual(10);
      }
    const frames = large!.length / many;
    expect(small!.length / few).toBe(frames);
    for (let i = 1; i < frames; i++) expect(difference(large!, many, i - 1, i)).toBeLessThan(1.5);
  });

test('a stretch of a clip, at another rate, looked at first', async ({ app, page }) => {
  await app.visit();
  await app.open(file('a.mp4', makeClip('a.mp4', [...moving, ...h264])));
  await page.getByRole('tab', { name: 'Film' }).click();
  // Two pictures later.
  const from = page.getByRole('slider', { name: 'From', exact: true });
  await from.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const to = page.getByRole('slider', { name: 'To', exact: true });
  await to.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('combobox', { name: 'Frame rate' }).selectOption({ label: '50 a second' });
  await page.getByRole('button', { name: 'Play two seconds' }).click();
  const videos = page.locator('video');
  await expect(videos).toHaveCount(2);
  await expect
    .poll(() => videos.last().evaluate((video: HTMLVideoElement) => video.videoWidth))
    .toBe(128);
  await expect(page.getByText(/^128 × 96, .*, about .* and .* Mbit\/s$/)).toBeVisible();
  const quality = page.getByRole('combobox', { name: 'Quality', exact: true });
  await expect(quality.locator('option:checked')).toHaveText('Looks the same');
  await quality.selectOption({ label: 'Custom' });
  const bitRate = page.getByRole('spinbutton', { name: 'Bit rate', exact: true });
  await bitRate.fill('2.5');
  await bitRate.press('Enter');
  // Asked for before anything of it was measured.
  await expect(page.getByText(/ and 2\.5 Mbit\/s$/)).toBeVisible();
  await app.enhanceButton.click();
  await expect(app.status).toHaveText(/^Done: /);
  const saving = page.waitForEvent('download');
  await app.saveButton.click();
  const { times, streams } = probeClip(readFileSync(await (await saving).path()));
  expect(streams[0]).toMatchObject({ width: 128, height: 96 });
  // Four pictures of 40 ms, from 0 on, twice as many.
  expect(times).toHaveLength(8);
  expect(times[0]).toBeCloseTo(0, 3);
  for (let i = 1; i < times.length; i++) expect(times[i]! - times[i - 1]!).toBeCloseTo(0.02, 3);
});

test('Cancel keeps what is done as a clip that plays', async ({ app, page }) => {
  await app.visit();
  const long = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=20'];
  await app.open(file('a.webm', makeClip('a.webm', [...long, ...vp9])));
  await app.enhanceButton.click();
  await expect(page.getByText(/pictures are done|One picture is done/)).toBeVisible();
  await app.cancelButton.click();
  await expect(app.status).toHaveText(/^Stopped\. What is done, /);
  const saving = page.waitForEvent('download');
  await app.saveButton.click();
  const out = readFileSync(await (await saving).path());
  const { times } = probeClip(out);
  expect(times.length).toBeGreaterThan(0);
  expect(times.length).toBeLessThan(500);
  expect(picturesOf(out).length).toBe(times.length * 128 * 96 * 3);
});

test('what does not open says why, and a picture that is called a clip opens as a picture', async ({
  app,
  page,
}) => {
  await app.visit();
  const prores = makeClip('a.mov', [...bars, '-c:v', 'prores_ks']);
  await app.choose(file('a.mov', prores));
  await expect(page.getByRole('alert')).toHaveText(/ProRes, which this browser does not decode/);
  await app.choose(file('a.mp4', makeClip('a.mp4', [...bars, ...h264]).subarray(0, 1000)));
  await expect(page.getByRole('alert')).toHaveText(/MP4 file is cut off/);
  await app.open(file('a.mp4', makeClip('a.png', [...bars, '-frames:v', '1'])));
  await expect(page.getByRole('tab', { name: 'Save' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Film' })).toHaveCount(0);
});

test('a lamp that flickers is steadied, and detail kept steady beside it', async ({
  app,
  page,
}) => {
  const flicker = "eq=brightness='0.06*sin(2*PI*8*t)':eval=frame";
  const still = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=0.04'];
  const made = makeClip('lamp.mp4', [
    ...[...still, '-vf', `loop=loop=19:size=1:start=0,${flicker}`, '-r', '25', ...h264],
  ]);
  await app.visit();
  await app.open(file('lamp.mp4', made));
  await page.getByRole('tab', { name: 'Film' }).click();
  await page.getByRole('checkbox', { name: 'Deflicker' }).check();
  await page.getByRole('checkbox', { name: 'Steady detail' }).check();
  await app.enhanceButton.click();
  await expect(app.status).toHaveText(/^Done: /);
  const saving = page.waitForEvent('download');
  await app.saveButton.click();
  const out = readFileSync(await (await saving).path());
  expect(probeClip(out).times).toEqual(probeClip(made).times);
  const before = unrest(picturesOf(made), 64 * 48 * 3);
  expect(before).toBeGreaterThan(3);
  expect(unrest(picturesOf(out), 128 * 96 * 3)).toBeLessThan(before / 3);
});
