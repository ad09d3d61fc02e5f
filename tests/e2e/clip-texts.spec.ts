/** What lies in a clip beside pictures and sounds, through the page: ffmpeg puts it in, and says what is in what is saved. */
import { expect } from '@playwright/test';
import { makeClip, probeClip, textsOf } from '../clips.ts';
import { spokenFilm } from '../spoken-film.ts';
import { test } from './fixtures';

const h264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-c:s', 'mov_text'];

for (const name of ['talk.mp4', 'talk.mov'])
  test(`${name}: subtitles in two languages, chapters and the date come out as they were`, async ({
    app,
  }) => {
    const made = makeClip(name, [...spokenFilm(2), ...h264]);
    await app.visit();
    await app.open({ name, mimeType: 'video/x', buffer: made });
    await app.enhanceButton.click();
    await expect(app.status).toHaveText(/^Done: 128 × 96, /);
    const { bytes } = await app.save();
    const [before, after] = [made, bytes].map(textsOf);
    expect(before!.tracks).toHaveLength(2);
    expect(before!.chapters).toHaveLength(3);
    expect(before!.date).toBe('2011-05-07T08:09:10.000000Z');
    const [were, are] = [before!, after!].map(({ tracks, ...rest }) => ({
      tracks: tracks.map(({ codec_name: codec, tags }) => ({ codec, tags })),
      ...rest,
    }));
    expect(are).toEqual(were);
    expect(probeClip(bytes).times).toEqual(probeClip(made).times);
  });
