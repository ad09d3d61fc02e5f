import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fft2d, type Spectrum } from '../../../../src/core/shake/fft';
import type { Size } from '../../../../src/core/picture/rect';
import { seedRandom } from '../scenes';

const side = fc.constantFrom(2, 4, 8, 16, 32, 64);

function drawPicture({ width, height }: Size, seed = 1): Float32Array {
  const random = seedRandom(seed);
  return Float32Array.from({ length: width * height }, () => random() - 0.5);
}

/** The half spectrum by its definition. */
function transformNaively(picture: Float32Array, { width, height }: Size): Spectrum {
  const rows = height / 2 + 1;
  const real = new Float32Array(width * rows);
  const imaginary = new Float32Array(width * rows);
  for (let i = 0; i < real.length; i++) {
    const [u, v] = [Math.floor(i / rows), i % rows];
    picture.forEach((value, at) => {
      const turns = (u * (at % width)) / width + (v * Math.floor(at / width)) / height;
      real[i]! += value * Math.cos(2 * Math.PI * turns);
      imaginary[i]! -= value * Math.sin(2 * Math.PI * turns);
    });
  }
  return { real, imaginary };
}

function farthest(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

describe('the Fourier transform', () => {
  test.each([
    { width: 2, height: 2 },
    { width: 8, height: 4 },
    { width: 4, height: 32 },
    { width: 16, height: 16 },
  ])('is the sum that defines it, $width x $height', (size) => {
    const picture = drawPicture(size);
    const fft = new Fft2d(size);
    const spectrum = fft.createSpectrum();
    fft.forward(picture, spectrum);
    const expected = transformNaively(picture, size);
    expect(farthest(spectrum.real, expected.real)).toBeLessThan(1e-4);
    expect(farthest(spectrum.imaginary, expected.imaginary)).toBeLessThan(1e-4);
  });

  test('its inverse gives the picture back, for every size', () => {
    fc.assert(
      fc.property(side, side, fc.integer(), (width, height, seed) => {
        const picture = drawPicture({ width, height }, seed);
        const fft = new Fft2d({ width, height });
        const spectrum = fft.createSpectrum();
        fft.forward(picture, spectrum);
        const copy = { real: spectrum.real.slice(), imaginary: spectrum.imaginary.slice() };
        const back = new Float32Array(picture.length);
        fft.inverse(spectrum, back);
        expect(farthest(back, picture)).toBeLessThan(1e-5);
        expect(spectrum).toEqual(copy);
      }),
    );
  });

  test('a product of spectra is a convolution that wraps around', () => {
    const size = { width: 16, height: 8 };
    const fft = new Fft2d(size);
    const [picture, shift] = [drawPicture(size), new Float32Array(128)];
    shift[2 * 16 + 3] = 1;
    const [a, b] = [fft.createSpectrum(), fft.createSpectrum()];
    fft.forward(picture, a);
    fft.forward(shift, b);
    const product = {
      real: a.real.map((value, i) => value * b.real[i]! - a.imaginary[i]! * b.imaginary[i]!),
      imaginary: a.real.map((value, i) => value * b.imaginary[i]! + a.imaginary[i]! * b.real[i]!),
    };
    const moved = new Float32Array(128);
    fft.inverse(product, moved);
    const expected = picture.map(
      (_, i) => picture[(((i >> 4) + 6) % 8) * 16 + (((i & 15) + 13) % 16)]!,
    );
    expect(farthest(moved, expected)).toBeLessThan(1e-5);
  });

  test('takes no side that is not a power of two', () => {
    for (const width of [0, 1, 3, 48, NaN])
      expect(() => new Fft2d({ width, height: 8 })).toThrow(RangeError);
  });
});
