/** Speech in the sounds of clips is freed from noise, and stays where it was; ffmpeg makes the clips and hears what comes of them. */
import { describe, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { joined, SpeechCleaner } from '../../src/core/film/clean-speech';
import { readClipContainer } from '../../src/formats/clip/container';
import { ClipReader } from '../../src/formats/clip/read';
import { loadRnnoise, rnnoiseDelay } from '../../src/formats/clip/rnnoise';
import { ClipWriter } from '../../src/formats/clip/write';

const rate = 48000;

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/**
 * Like speech: a voice of 100 to 140 Hz, its harmonics shaped by three resonances of which two wander as between vowels, in syllables
 * of a quarter of a second, with a second's silence after each two.
 */
function voice(seconds: number): Float32Array {
  const out = new Float32Array(seconds * rate);
  let phase = 0;
  for (let i = 0; i < out.length; i++) {
    const t = i / rate;
    const wave = (hertz: number) => Math.sin(2 * Math.PI * hertz * t);
    const pitch = 120 + 20 * wave(0.7);
    phase += (2 * Math.PI * pitch) / rate;
    const resonances = [
      [500 + 250 * wave(1.3), 120, 1],
      [1500 + 500 * wave(0.9), 180, 0.5],
      [2600, 250, 0.2],
    ] as const;
    const syllable = t % 3 < 2 ? Math.max(0, wave(2)) ** 0.7 : 0;
    let sum = 0;
    for (let h = 1; h < 30; h++)
      for (const [centre, width, level] of resonances)
        sum += (level * Math.sin(h * phase)) / (1 + ((pitch * h - centre) / width) ** 2);
    out[i] = 0.12 * sum * syllable;
  }
  return out;
}

/** White noise, the same each time. */
function noise(length: number, level: number): Float32Array {
  let seed = 1;
  return Float32Array.from({ length }, () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return level * (seed / 2 ** 31 - 1);
  });
}

/** Signal to noise, in decibels, from the second second on: before that no network knows the noise. */
function ratio(clean: Float32Array, heard: Float32Array): number {
  let [signal, error] = [0, 0];
  for (let i = rate; i < clean.length; i++) {
    signal += clean[i]! ** 2;
    error += (heard[i]! - clean[i]!) ** 2;
  }
  return 10 * Math.log10(signal / error);
}

test.each([
  [0.2, 6],
  [0.05, 6],
  [0.025, 5],
])('white noise of %f behind a voice falls by %i dB or more', async (level, gain) => {
  const clean = voice(8);
  const hiss = noise(clean.length, level);
  const noisy = clean.map((sample, i) => sample + hiss[i]!);
  const rnnoise = await loadRnnoise();
  const options = { clean: rnnoise.channel(), delay: rnnoiseDelay, strength: 1 };
  const cleaner = new SpeechCleaner(options);
  const heard = joined(cleaner.push(noisy), cleaner.flush());
  const [before, after] = [ratio(clean, noisy), ratio(clean, heard)];
  expect(after - before).toBeGreaterThan(gain);
});

async function open(name: string, args: readonly string[]) {
  const made = await commands.makeClip(name, args);
  const bytes = bytesOf(made);
  const container = readClipContainer(bytes.subarray(0, 512))!;
  return { clip: await ClipReader.open(new Blob([bytes]), container), made };
}

async function cleaned(clip: ClipReader, from = 0, to = Infinity) {
  const { width, height, container } = clip.facts;
  const wish = { container, size: { width, height }, origin: from, speech: 0.5 };
  const writer = await ClipWriter.begin(wish, clip, null);
  for await (const frame of clip.frames({ from, to })) await writer.add(frame);
  const { notes } = writer;
  const blob = await writer.close(to);
  return { text: textOf(new Uint8Array(await blob!.arrayBuffer())), notes };
}

const soundOf = async (clip: string) =>
  new Float32Array(bytesOf(await commands.soundOf(clip)).buffer);

/** By how many samples one sound is later than another, by the peak of their correlation; 25 ms at most. */
function lag(before: Float32Array, after: Float32Array): number {
  let [best, most] = [0, -Infinity];
  for (let shift = -1200; shift <= 1200; shift++) {
    let [sum, energy] = [0, 1e-9];
    for (let i = 2400; i < 40000; i++) {
      const other = after[i + shift] ?? 0;
      sum += before[i]! * other;
      energy += other ** 2;
    }
    const likeness = sum / Math.sqrt(energy);
    if (likeness > most) [best, most] = [shift, likeness];
  }
  return best;
}

const pictures = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=2'];
const buzz = Array.from(
  { length: 12 },
  (_, h) => `sin(2*PI*${h + 1}*(110*t+25*t*t))/${h + 1}`,
).join('+');
const talk = (hertz: number) => {
  // Never the same twice, so that it fits itself at one place alone.
  const voiced = `0.2*(${buzz})*max(0,sin(2*PI*(1.5+t)*t))+0.02*(random(0)-0.5)`;
  return ['-f', 'lavfi', '-i', `aevalsrc='${voiced}|${voiced}':d=2:s=${hertz}`];
};
const h264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'];

describe('sound and pictures', () => {
  test.each([
    ['a.mp4', 44100, [...h264, '-c:a', 'aac']],
    ['a.mp4', 48000, [...h264, '-c:a', 'libopus']],
    ['a.webm', 48000, [...vp9, '-c:a', 'libopus']],
    ['a.mkv', 32000, [...h264, '-c:a', 'flac']],
    ['a.mov', 48000, [...h264, '-c:a', 'pcm_s16le']],
  ] as const)(
    '%s with sound of %i Hz: within a millisecond, as long',
    async (name, hertz, codec) => {
      const { clip, made } = await open(name, [...pictures, ...talk(hertz), ...codec]);
      const { text, notes } = await cleaned(clip);
      expect(notes).toEqual([]);
      const [before, after] = await Promise.all([made, text].map(soundOf));
      expect(Math.abs(lag(before!, after!))).toBeLessThan(rate / 1000);
      expect(Math.abs(after!.length - before!.length)).toBeLessThan(rate * 0.03);
      const [was, is] = await Promise.all([made, text].map((each) => commands.probeClip(each)));
      expect(is!.times).toEqual(was!.times);
      expect(is!.streams[1]).toMatchObject({
        codec_name: 'opus',
        channels: 2,
        sample_rate: '48000',
      });
    },
  );

  test('a stretch begins where its pictures do', async () => {
    const { clip, made } = await open('a.mp4', [...pictures, ...talk(48000), ...h264]);
    const { text } = await cleaned(clip, 0.52, 1.6);
    const [before, after] = await Promise.all([made, text].map(soundOf));
    const wanted = before!.subarray(0.52 * rate, 1.6 * rate);
    expect(Math.abs(lag(wanted, after!))).toBeLessThan(rate / 1000);
    expect(Math.abs(after!.length - wanted.length)).toBeLessThan(rate * 0.05);
  });
});

test('a sound that is not decoded here is copied, and that is said', async () => {
  const { clip, made } = await open('a.mkv', [...pictures, ...talk(48000), ...h264, '-c:a', 'ac3']);
  const { text, notes } = await cleaned(clip);
  expect(notes).toEqual([{ note: 'speech-as-it-was', facts: { lack: 'decoder', codec: 'AC-3' } }]);
  const packets = await Promise.all([made, text].map((each) => commands.soundPackets(each)));
  expect(packets[0]!.length).toBeGreaterThan(10);
  expect(packets[1]!.map((line) => line.split(',').at(-1))).toEqual(
    packets[0]!.map((line) => line.split(',').at(-1)),
  );
});
