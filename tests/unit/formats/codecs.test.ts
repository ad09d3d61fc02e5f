import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Every codec file that the page can load. */
const glue = [
  '@jitsi/rnnoise-wasm/dist/rnnoise.js',
  '@jsquash/avif/codec/enc/avif_enc.js',
  '@jsquash/avif/meta.js',
  '@jsquash/jpeg/codec/enc/mozjpeg_enc.js',
  '@jsquash/jpeg/meta.js',
  '@jsquash/jxl/codec/dec/jxl_dec.js',
  '@jsquash/png/codec/pkg/squoosh_png.js',
  '@jsquash/webp/codec/dec/webp_dec.js',
  '@jsquash/webp/codec/enc/webp_enc_simd.js',
  '@jsquash/webp/meta.js',
  'lcms-wasm/dist/lcms.js',
  'utif2',
];

test.each(glue)('%s makes no code from text, which the security policy forbids', (name) => {
  const source = readFileSync(new URL(import.meta.resolve(name)), 'utf8');
  expect(source).not.toMatch(/\beval\s*\(|new\s+Function\b|\bFunction\s*\(|[(,]Function[,)]/);
});
