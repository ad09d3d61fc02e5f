/** What lies in a clip beside pictures and sounds, through the page: ffmpeg puts it in, and says what is in what is saved. */
import { expect } from '@playwright/test';
import { makeClip, probeClip, textsOf } from '../clips.ts';
import { spokenFilm } from '../spoken-film.ts';
import { test } from './fixtures';

const h264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
const vp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus'];

for (const [name, codecs, dated] of [
  ['talk.mp4', [...h264, '-c:s', 'mov_text'], true],
  ['talk.mov', [...h264, '-c:s', 'mov_text'], true],
  ['talk.mkv', [...h264, '-c:s:0', 'srt', '-c:s:1', 'ass'], false],
  ['talk.webm', [...vp8, '-c:s', 'webvtt'], false],
] as const)
  test(`${name}: subtitles in two languages, chapters${dated ? ' and the date' : ''} come out as they were`, async ({
    app,
  }) => {
    const made = makeClip(name, [...spokenFilm(2), ...codecs]);
    await app.visit();
    await app.open({ name, mimeType: 'video/x', buffer: made });
    await app.enhanceButton.click();
    await expect(app.status).toHaveText(/^Done: 128 × 96, /);
    const { bytes } = await app.save();
    const [before, after] = [made, bytes].map(textsOf);
    expect(before!.tracks).toHaveLength(2);
    expect(before!.chapters).toHaveLength(3);
    expect(before!.date).toBe('2011-05-07T08:09:10.000000Z');
    // FFmpeg names itself in a Matroska file's tracks.
    const [were, are] = [before!, after!].map(({ tracks, date, ...rest }) => ({
      tracks: tracks.map(({ codec_name: codec, tags }) => {
        const { language } = tags as unknown as Record<string, string>;
        return { codec, language };
      }),
      date: dated ? date : null,
      ...rest,
    }));
    expect(are).toEqual(were);
    expect(probeClip(bytes).times).toEqual(probeClip(made).times);
  });
