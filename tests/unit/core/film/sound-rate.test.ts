import { expect, test } from 'vitest';
import { joined } from '../../../../src/core/film/clean-speech';
import { SoundRate } from '../../../../src/core/film/sound-rate';

const wave = (length: number, rate: number, hertz: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));

function convert(sound: Float32Array, from: number, to: number, piece: number) {
  const rate = new SoundRate(from, to);
  const out: Float32Array[] = [];
  for (let at = 0; at < sound.length; at += piece)
    out.push(rate.push(sound.subarray(at, at + piece)));
  return joined(...out, rate.flush());
}

test.each([
  [44100, 48000],
  [32000, 48000],
  [8000, 48000],
  [96000, 48000],
])('from %i to %i a tone stays in time, as loud, and as long', (from, to) => {
  const out = convert(wave(from / 4, from, 1000), from, to, 1024);
  expect(out).toHaveLength(to / 4);
  const wanted = wave(to / 4, to, 1000);
  // Before its beginning and after its end there is silence.
  const [first, last] = [to / 50, out.length - to / 50];
  let most = 0;
  for (let i = first; i < last; i++) most = Math.max(most, Math.abs(out[i]! - wanted[i]!));
  expect(most).toBeLessThan(0.001);
});

test('what a lower rate cannot hold is gone, not folded', () => {
  const out = convert(wave(24000, 96000, 30000), 96000, 48000, 1024);
  const middle = out.subarray(1000, -1000);
  expect(Math.max(...middle.map(Math.abs))).toBeLessThan(0.001);
});

test('pieces of any length give the same', () => {
  const sound = wave(3000, 44100, 440);
  expect(convert(sound, 44100, 48000, 7)).toEqual(convert(sound, 44100, 48000, 3000));
});

test('at the same rate nothing changes', () => {
  const sound = wave(1000, 48000, 440);
  expect(convert(sound, 48000, 48000, 333)).toEqual(sound);
});
