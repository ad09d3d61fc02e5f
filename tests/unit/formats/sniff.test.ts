import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EnhanceError } from '../../../src/core/errors';
import type { ImageHeader } from '../../../src/formats/header';
import { sniff } from '../../../src/formats/sniff';

const folder = new URL('../../fixtures/formats/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const latin1 = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

function failure(bytes: Uint8Array): EnhanceError {
  try {
    sniff(bytes);
  } catch (error) {
    if (error instanceof EnhanceError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

const plain = { width: 48, height: 32, hasAlpha: false, animated: false, truncated: false };
const rgba = { ...plain, width: 64, hasAlpha: true };
const expected: Record<string, Partial<ImageHeader>> = {
  'progressive.jpg': { format: 'jpeg', ...plain },
  'cmyk.jpg': { format: 'jpeg', ...plain, press: 'cmyk' },
  'gray.jpg': { format: 'jpeg', ...plain },
  'profile.jpg': { format: 'jpeg', ...plain, coloured: true },
  'one.jpg': { format: 'jpeg', width: 1, height: 1 },
  'rgb.png': { format: 'png', ...plain, coloured: false },
  'palette.png': { format: 'png', ...plain },
  'palette-alpha.png': { format: 'png', ...plain, hasAlpha: true },
  'gray.png': { format: 'png', ...plain },
  'gray-alpha.png': { format: 'png', ...rgba },
  'rgb16.png': { format: 'png', ...rgba, hasAlpha: false },
  'rgba16.png': { format: 'png', ...rgba },
  'alpha.png': { format: 'png', ...rgba },
  'interlaced.png': { format: 'png', ...rgba },
  'profile-alpha.png': { format: 'png', ...plain, hasAlpha: true, coloured: true },
  'turned.png': { format: 'png', ...rgba, width: 32, height: 64, orientation: 6 },
  'one.png': { format: 'png', width: 1, height: 1 },
  'wide.png': { format: 'png', width: 40000, height: 10 },
  'huge-header.png': { format: 'png', width: 20000, height: 15000 },
  'animated.png': { format: 'png', ...plain, animated: true },
  'lossy.webp': { format: 'webp', ...plain },
  'lossless.webp': { format: 'webp', ...plain },
  'alpha-lossless.webp': { format: 'webp', ...rgba },
  'alpha-lossy.webp': { format: 'webp', ...rgba },
  'animated.webp': { format: 'webp', width: 48, height: 32, animated: true, truncated: false },
  'still.gif': { format: 'gif', ...plain },
  'plain.heic': { format: 'heic', ...plain, coloured: false },
  'alpha.heic': { format: 'heic', ...rgba },
  'p3.heic': { format: 'heic', ...plain, coloured: true },
  'turned.heic': { format: 'heic', ...plain, width: 32, height: 48, orientation: 1 },
  'cut.heic': { format: 'heic', ...plain, truncated: true },
  'plain.avif': { format: 'avif', ...plain },
  'alpha.avif': { format: 'avif', ...rgba },
  'deep.avif': { format: 'avif', width: 1024, height: 16, depth: 16 },
  'deep.heic': { format: 'heic', width: 1024, height: 16, depth: 16 },
  'deep.jxl': { format: 'jxl', width: 1024, height: 16, depth: 16 },
  'turned.avif': { format: 'avif', ...plain, width: 32, height: 48, depth: 16 },
  'p3-alpha.avif': { format: 'avif', ...rgba, coloured: true, depth: 8 },
  'plain.jxl': { format: 'jxl', ...plain, coloured: false },
  'alpha.jxl': { format: 'jxl', ...rgba },
  'told.jxl': { format: 'jxl', ...plain, width: 32, height: 48, orientation: 1, coloured: false },
  'profile.jxl': { format: 'jxl', ...plain, coloured: true },
  'animated.jxl': { format: 'jxl', ...plain, hasAlpha: true, animated: true },
  'cut.jxl': { format: 'jxl', width: 192, height: 160, truncated: true },
  'plain.bmp': { format: 'bmp', ...plain },
  'animated.gif': { format: 'gif', width: 48, height: 32, animated: true, truncated: false },
};

describe('what a header says', () => {
  test.each(Object.entries(expected))('%s', (name, header) => {
    expect(sniff(read(name))).toMatchObject(header);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('size is as displayed at EXIF orientation %i', (tag) => {
    for (const kind of ['jpg', 'png', 'webp']) {
      const header = sniff(read(`orientation-${tag}.${kind}`));
      expect(header, kind).toMatchObject({ ...plain, orientation: tag });
    }
  });

  test('a view into a larger buffer reads the same', () => {
    const bytes = read('orientation-6.jpg');
    const padded = new Uint8Array(bytes.length + 7);
    padded.set(bytes, 7);
    expect(sniff(padded.subarray(7))).toEqual(sniff(bytes));
  });
});

describe('a file that is cut off', () => {
  test.each([
    ['cut.jpg', { width: 192, height: 160 }],
    ['cut.png', { width: 192, height: 160 }],
    ['cut.webp', { width: 192, height: 160 }],
  ])('%s is known to be truncated', (name, size) => {
    expect(sniff(read(name))).toMatchObject({ ...size, truncated: true });
  });

  test("a camera's trailer behind the picture is no cut", () => {
    expect(sniff(read('trailer.jpg')).truncated).toBe(false);
  });

  test('an animated GIF cut inside its first frame is known to be truncated', () => {
    const bytes = read('animated.gif');
    expect(sniff(bytes.subarray(0, 60)).truncated).toBe(true);
  });

  test('the start of a complete file is not called truncated', () => {
    const bytes = read('cut.jpg');
    expect(sniff(bytes.subarray(0, 700), bytes.length).truncated).toBe(false);
  });

  test.each(readdirSync(folder))('%s cut anywhere is read or refused in plain words', (name) => {
    const bytes = read(name);
    const step = Math.max(1, Math.floor(bytes.length / 300));
    for (let end = 0; end < bytes.length; end += step) expectCalm(bytes.subarray(0, end));
  });
});

describe('a JPEG', () => {
  test('may have junk between its segments, as every decoder allows', () => {
    const photo = read('gray.jpg');
    const junk = Uint8Array.from([...photo.subarray(0, 20), 0, 0, ...photo.subarray(20)]);
    expect(sniff(junk)).toEqual(sniff(photo));
  });

  test.each([0xc9, 0xca])('of the arithmetic kind %i is left to the decoder', (kind) => {
    const photo = read('gray.jpg').slice();
    photo[findFrame(photo)] = kind;
    expect(sniff(photo)).toMatchObject({ format: 'jpeg', width: 48 });
  });
});

describe('a file that does not open', () => {
  test('an empty file says that it is empty', () => {
    const error = failure(read('empty.jpg'));
    expect(error).toMatchObject({ problem: 'file-empty', code: 'corrupt-file' });
  });

  test('a text named .jpg is of no kind that is known', () => {
    const error = failure(read('text.jpg'));
    expect(error).toMatchObject({ problem: 'file-unknown', code: 'unsupported-format' });
  });

  test.each([
    ['raw', 'II*\0\x10\0\0\0CR\x02\0'],
    ['pdf', '%PDF-1.7\n'],
    ['raw', 'FUJIFILMCCD-RAW 0201'],
    ['raw', '\0\0\0\x18ftypcrx \0\0\0\x01'],
    ['svg', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['video-or-unknown', '\0\0\0\x18ftypisom\0\0\x02\0'],
    ['photoshop', '8BPS\0\x01'],
  ])('%s is known', (kind, start) => {
    const error = failure(latin1(start));
    expect(error).toMatchObject({ code: 'unsupported-format', facts: { kind } });
  });

  test('an unusual JPEG that no browser decodes is refused before it is tried', () => {
    const lossless = read('gray.jpg').slice();
    lossless[findFrame(lossless)] = 0xc3;
    expect(failure(lossless).code).toBe('unsupported-format');
  });

  test.each([
    ['a PNG of width 0', () => patch(read('rgb.png'), 16, [0, 0, 0, 0])],
    ['a PNG of an impossible depth', () => patch(read('rgb.png'), 24, [3])],
    ['a JPEG of height 0', () => patchFrame(read('gray.jpg'))],
    ['a JPEG that is only a start', () => latin1('\xff\xd8\xff\xe0')],
    ['a JPEG without a picture', () => latin1('\xff\xd8\xff\xd9')],
    ['a WebP without chunks', () => latin1('RIFF\x04\0\0\0WEBP')],
    ['a GIF that is only a name', () => latin1('GIF89a')],
    ['a JPEG XL that is only a start', () => latin1('\xff\x0a\xfa\x1f')],
    ['a JPEG XL without a picture', () => latin1('\0\0\0\x0cJXL \r\n\x87\n')],
  ])('%s is called damaged', (_, make) => {
    expect(failure(make()).code).toBe('corrupt-file');
  });
});

describe('any bytes at all', () => {
  test('random bytes, with or without a known start, give a header or a plain refusal', () => {
    const starts = [
      '',
      '\xff\x0a',
      '\xff\xd8\xff',
      '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
      'RIFF\xff\xff\0\0WEBP',
    ];
    const magic = fc.constantFrom(...starts, 'RIFF\xff\xff\xff\xffWEBPVP8X', 'GIF89a').map(latin1);
    fc.assert(
      fc.property(magic, fc.uint8Array({ maxLength: 400 }), (start, rest) => {
        expectCalm(Uint8Array.from([...start, ...rest]));
      }),
      { numRuns: 3000 },
    );
  });

  test('real files with bytes changed give a header or a plain refusal', () => {
    const files = readdirSync(folder).map(read);
    const change = fc.tuple(fc.nat(1200), fc.nat(255));
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(change, { maxLength: 8 }),
        (file, changes) => {
          const bytes = file.slice();
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          expectCalm(bytes);
        },
      ),
      { numRuns: 3000 },
    );
  });

  // One that is read anew for every byte of it takes an hour, past any limit of a test runner.
  test('a megabyte of markers or of empty blocks does not hang', () => {
    expectCalm(Uint8Array.from([0xff, 0xd8, ...new Array<number>(2 ** 20).fill(0xff)]));
    expectCalm(Uint8Array.from([...latin1('GIF89a'), ...new Array<number>(2 ** 20).fill(0x21)]));
    const png = new Uint8Array(2 ** 20);
    png.set(read('rgb.png').subarray(0, 33));
    expectCalm(png);
    const webp = new Uint8Array(2 ** 20);
    webp.set(latin1('RIFF\xff\xff\xff\x7fWEBP'));
    expectCalm(webp);
  });
});

/** Either a header with a sane size, or an {@link EnhanceError} about the file. */
function expectCalm(bytes: Uint8Array): void {
  try {
    const { width, height } = sniff(bytes);
    expect(Number.isSafeInteger(width) && Number.isSafeInteger(height)).toBe(true);
    expect(Math.min(width, height)).toBeGreaterThan(0);
  } catch (error) {
    if (!(error instanceof EnhanceError)) throw error;
    expect(['corrupt-file', 'unsupported-format']).toContain(error.code);
  }
}

function findFrame(bytes: Uint8Array): number {
  return bytes.findIndex((byte, i) => bytes[i - 1] === 0xff && (byte === 0xc0 || byte === 0xc2));
}

function patch(bytes: Uint8Array, at: number, values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

function patchFrame(bytes: Uint8Array): Uint8Array {
  return patch(bytes, findFrame(bytes) + 4, [0, 0]);
}
