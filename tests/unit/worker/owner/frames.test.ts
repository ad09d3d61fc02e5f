import { expect, test } from 'vitest';
import type { Analysis } from '../../../../src/core/findings/analyse';
import { neutralTone } from '../../../../src/core/recipe/tone';
import { noMetadata } from '../../../../src/formats/metadata/metadata';
import { PhotoFrames, type Measure } from '../../../../src/worker/owner/frames';
import { OpenPhoto } from '../../../../src/worker/owner/photos';
import { drawNoise } from '../../core/pictures';
import { clean, noisy } from '../../app/fake-owner';

const source = drawNoise(24, 16);
const part = {
  crop: { x: 4, y: 3, width: 10, height: 8 },
  angle: 0,
  turns: 0,
  flip: false,
} as const;
const tilted = { ...part, crop: null, angle: 3 };
const bright = { ...neutralTone, brightness: 0.5 };

/** A noisy photo whose parts are clean, and how often a part of which size was measured. */
function openNoisy(): { frames: PhotoFrames; measured: string[] } {
  const whole = new OpenPhoto(1, source, noMetadata);
  whole.analysis = noisy;
  const measured: string[] = [];
  const measure: Measure = ({ width }, { cut }): Analysis => {
    measured.push(`${cut} ${width}`);
    return clean;
  };
  return { frames: new PhotoFrames(whole, { measure }), measured };
}

test('a part of a photo is measured once, as its file has it, whatever light it is brought into', async () => {
  const { frames, measured } = openNoisy();
  expect((await frames.look({ frame: part })).analysis).toBe(clean);
  expect((await frames.look({ frame: part, tone: bright })).analysis).toBe(clean);
  expect((await frames.look({ frame: part, tone: { ...bright, tint: 1 } })).analysis).toBe(clean);
  expect(measured).toEqual(['part 10']);
  expect((await frames.look({ frame: tilted })).analysis).toBe(clean);
  expect(measured[1]).toMatch(/^straightened /u);
});

test('the whole photo keeps what was found in it, in every light', async () => {
  const { frames, measured } = openNoisy();
  await frames.look({ frame: part });
  expect((await frames.look({ tone: bright })).analysis).toBe(noisy);
  expect((await frames.look({})).analysis).toBe(noisy);
  expect(measured).toHaveLength(1);
});
