import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joined, SpeechCleaner, speechFrame } from '../../../../src/core/film/clean-speech';

/** What halves a sound, late by some samples. */
function halving(delay: number) {
  const late = Array.from({ length: delay }, () => 0);
  return (frame: Float32Array) => {
    late.push(...frame);
    for (let i = 0; i < frame.length; i++) frame[i] = late.shift()! / 2;
  };
}

function clean(sound: Float32Array, pieces: readonly number[], delay: number, strength: number) {
  const cleaner = new SpeechCleaner({ clean: halving(delay), delay, strength });
  const out: Float32Array[] = [];
  let at = 0;
  for (const length of [...pieces, sound.length]) {
    out.push(cleaner.push(sound.subarray(at, at + length)));
    at += length;
  }
  return joined(...out, cleaner.flush());
}

test('whatever the pieces and the delay, each sample is blended with its own cleaned one, and none is lost', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4 * speechFrame }),
      fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 6 }),
      fc.constantFrom(0, 1, 100, speechFrame, speechFrame + 7),
      fc.constantFrom(0, 0.25, 1),
      (length, pieces, delay, strength) => {
        const sound = Float32Array.from({ length }, (_, i) => ((i * 37) % 64) / 64);
        const wanted = sound.map((sample) => sample * (1 - strength / 2));
        expect(clean(sound, pieces, delay, strength)).toEqual(wanted);
      },
    ),
    { numRuns: 60 },
  );
});
