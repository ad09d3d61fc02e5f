import { beforeAll, describe, expect, test } from 'vitest';
import { toEight } from '../../src/core/picture/depth';
import { toGray } from '../../src/core/picture/gray';
import { createRaster, type Raster, type Raster8 } from '../../src/core/picture/raster';
import { turnRaster } from '../../src/formats/orientation';
import { readPixels } from '../../src/formats/pixels';
import { decode } from '../../src/formats/decode';
import type { Photo } from '../../src/formats/photo';
import { mostCodecPixels } from '../../src/core/format';
import { resample } from '../../src/core/picture/resample';
import { readScreenColours, showColours } from '../../src/formats/screen-colours';
import { makeGrayProfile, makeProfile, type SpaceName } from '../profiles';
import { deepen, drawNoise } from '../unit/core/pictures';
import press from '../fixtures/press.json';
import { gamutOf, srgbCurve } from '../../src/formats/icc/codes';
import { makeRgbProfile } from '../../src/formats/icc/make';
import { noMetadata } from '../../src/formats/metadata/metadata';
import { chunk } from '../../src/formats/png/chunk';
import { writePngMetadata } from '../../src/formats/png/metadata';
import { encode } from '../../src/formats/encode';

const urls = import.meta.glob<string>('../fixtures/formats/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

const converted = { note: 'colours-converted', facts: {} };
const red = [220, 30, 30];
const green = [30, 180, 30];
const blue = [30, 30, 220];
const yellow = [230, 220, 40];
/** Adobe RGB's white and colorants, as a PNG tells them. */
const adobe = [31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000].flatMap((value) => [
  ...[0, value >> 16, (value >> 8) & 255, value & 255],
]);
const p3 = { red: [240, 0, 0], green: [0, 183, 0], blue: [30, 30, 229] };

async function load(name: string): Promise<Blob> {
  const response = await fetch(urls[`../fixtures/formats/${name}`] ?? name);
  expect(response.ok, name).toBe(true);
  return response.blob();
}

const open = async (name: string): Promise<Photo> => decode(await load(name));

function pixel({ data, width }: Pick<Raster, 'data' | 'width'>, x: number, y: number): number[] {
  return Array.from(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4));
}

function expectNear(actual: readonly number[], wanted: readonly number[], within: number): void {
  for (const [i, value] of wanted.entries())
    expect(
      Math.abs((actual[i] ?? NaN) - value),
      `${actual.join()} for ${wanted.join()}`,
    ).toBeLessThanOrEqual(within);
}

/** Red | green over blue | yellow, as scripts/make-fixtures.py draws it, 48 x 32. */
function expectQuadrants({ raster }: Photo, within: number): void {
  expect([raster.width, raster.height]).toEqual([48, 32]);
  expectNear(pixel(raster, 6, 6), red, within);
  expectNear(pixel(raster, 42, 6), green, within);
  expectNear(pixel(raster, 6, 26), blue, within);
  expectNear(pixel(raster, 42, 26), yellow, within);
}

/** The script's `veil`: 64 x 32, colour independent of an alpha that runs from 0 to 255. */
function veil(x: number, y: number): number[] {
  return [(x * 4) & 255, (y * 8) & 255, 255 - x * 2, Math.min(255, Math.floor(x / 2) * 9)];
}

function expectVeil({ raster }: Pick<Photo, 'raster'>, within: number, colour = veil): void {
  expect([raster.width, raster.height, raster.hasAlpha]).toEqual([64, 32, true]);
  for (let y = 0; y < 32; y++)
    for (let x = 0; x < 64; x++) {
      const wanted = colour(x, y);
      if (wanted[3] === 0) expect(pixel(raster, x, y)[3]).toBe(0);
      else expectNear(pixel(raster, x, y), wanted, within);
    }
}

function psnr(a: Raster, b: Raster): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += ((a.data[i] ?? 0) - (b.data[i] ?? 0)) ** 2;
  return 10 * Math.log10((255 * 255) / (sum / ((a.data.length / 4) * 3)));
}

function noise(width: number, height: number, alpha: (i: number) => number): Raster {
  const raster = createRaster({ width, height }, true);
  let state = 7;
  for (let i = 0; i < raster.data.length; i++) {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    raster.data[i] = i % 4 === 3 ? alpha(i >> 2) : state >> 16;
  }
  return raster;
}

/** A picture's pixels on a canvas of Display P3. */
async function look(picture: ImageBitmap | ImageData): Promise<ImageData> {
  const bitmap = await createImageBitmap(picture);
  const { width, height } = bitmap;
  const pen = new OffscreenCanvas(width, height).getContext('2d', { colorSpace: 'display-p3' })!;
  pen.drawImage(bitmap, 0, 0);
  return pen.getImageData(0, 0, width, height);
}

/** What such a canvas shows of a photo. */
async function see({ raster, colours }: Photo): Promise<ImageData> {
  const image = new ImageData(toEight(raster).data.slice(), raster.width, raster.height);
  return look(showColours(image, (await readScreenColours(colours.profile!))!));
}

/** What a canvas of sRGB shows of a photo. */
async function show({ raster, colours }: Photo): Promise<Raster8> {
  const image = new ImageData(toEight(raster).data.slice(), raster.width, raster.height);
  const screen = colours.profile && (await readScreenColours(colours.profile));
  const shown = screen ? showColours(image, screen) : image;
  return readPixels(await createImageBitmap(shown, { premultiplyAlpha: 'none' }), raster.hasAlpha);
}

describe('opening', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('EXIF orientation %i comes out upright', async (tag) => {
    for (const [kind, within] of [
      ['jpg', 12],
      ['png', 0],
      ['webp', 0],
    ] as const) {
      const photo = await open(`orientation-${tag}.${kind}`);
      expectQuadrants(photo, within);
      expect(photo.raster.hasAlpha).toBe(false);
      expect(photo.notes).toEqual([]);
    }
  });

  test.each([
    ['progressive.jpg', 12],
    ['trailer.jpg', 12],
    ['cmyk.jpg', 45],
    ['cmyk.tif', 1],
    ['rgb.png', 0],
    ['palette.png', 1],
    ['opaque-rgba.png', 0],
    ['lossy.webp', 14],
    ['lossless.webp', 0],
    ['plain.avif', 12],
    ['plain.heic', 12],
    ['plain.jxl', 0],
    ['still.gif', 1],
    ['plain.bmp', 0],
    ['lzw.tif', 0],
    ['tiles.tif', 0],
    ['planes.tif', 0],
    ['orientation-6.tif', 0],
  ])('%s shows what was drawn', async (name, within) => {
    const photo = await open(name);
    expectQuadrants(photo, within);
    expect(photo.raster.hasAlpha).toBe(false);
    expect(photo.notes).toEqual(name.startsWith('cmyk') ? [converted] : []);
  });

  test.each([
    'inks.jpg',
    'inks-progressive.jpg',
    'ycck.jpg',
    'inks.tif',
    'lab.tif',
    'lab16.tif',
    'icc-lab16.tif',
  ])('%s is converted through its profile, and that is said', async (name) => {
    const { raster, notes, header, colours } = await open(name);
    const isDeep = name.includes('16');
    expect([raster.space, notes, colours.profile]).toEqual(['srgb', [converted], null]);
    expect(header.depth).toBe(isDeep ? 16 : 8);
    const seen = toEight(raster);
    const spots = press[isDeep ? 'lab.tif' : (name as keyof typeof press)];
    for (const [x, y, ...colour] of spots) expectNear(pixel(seen, x!, y!), colour, 3);
  });

  test('inks turn as their file says', async () => {
    const plain = new Uint8Array(await (await load('inks.jpg')).arrayBuffer());
    const app1 = [0xff, 0xe1, 0, 34, ...new TextEncoder().encode('Exif\0\0II')];
    const tiff = [42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
    const file = new Blob([
      plain.subarray(0, 2),
      Uint8Array.from([...app1, ...tiff]),
      plain.subarray(2),
    ]);
    const [[x = 0, y = 0, ...colour] = []] = press['inks.jpg'];
    const { raster } = await decode(file);
    expect([raster.width, raster.height]).toEqual([64, 96]);
    expectNear(pixel(raster, 63 - y, x), colour, 3);
  });

  test("a phone's HEIC comes out upright, with its transparency and in its own colours", async () => {
    const { raster } = await open('turned.heic');
    expect([raster.width, raster.height]).toEqual([32, 48]);
    expectNear(pixel(raster, 6, 6), green, 12);
    expectNear(pixel(raster, 26, 6), yellow, 12);
    expectNear(pixel(raster, 6, 42), red, 12);
    // Display P3 by a code: its own numbers, with a profile that says so.
    const wide = await open('p3.heic');
    expectQuadrants(wide, 8);
    expect([wide.notes, wide.raster.space]).toEqual([[], 'own']);
    const seen = await show(wide);
    expectNear(pixel(seen, 6, 6), p3.red, 8);
    expectNear(pixel(seen, 42, 6), p3.green, 8);
    expectNear(pixel(seen, 6, 26), p3.blue, 8);
  });

  test.each([
    ['alpha.heic', 1],
    ['alpha.avif', 0],
    ['p3-alpha.avif', 0],
  ])('%s is as transparent as it was drawn', async (name, within) => {
    const photo = await open(name);
    const { raster, notes } = photo;
    expect([raster.hasAlpha, notes]).toEqual([true, []]);
    for (let y = 0; y < 32; y++)
      for (let x = 0; x < 64; x++) expectNear([pixel(raster, x, y)[3]!], [veil(x, y)[3]!], within);
    expectVeil({ raster }, 6);
    if (name.endsWith('.heic')) return;
    // Colours as the browser shows them, where they are opaque; of HEIC this one knows none.
    const seen = await createImageBitmap(await load(name), { premultiplyAlpha: 'none' });
    expectNear(pixel(await show(photo), 62, 20), pixel(await readPixels(seen, true), 62, 20), 3);
  });

  test('the browser converts the colours that no profile is made of, and not the alpha', async () => {
    const file = new Uint8Array(await (await load('p3-alpha.avif')).arrayBuffer());
    const at = String.fromCharCode(...file).indexOf('nclx');
    // BT.2020 and the curve of HDR10.
    file.set([0, 9, 0, 16], at + 4);
    const { raster, notes } = await decode(new Blob([file]));
    expect([raster.space, notes]).toEqual(['srgb', [converted]]);
    for (let x = 0; x < 64; x++) expectNear([pixel(raster, x, 9)[3]!], [veil(x, 9)[3]!], 0);
    const blob = new Blob([file], { type: 'image/avif' });
    const seen = await createImageBitmap(blob, { premultiplyAlpha: 'none' });
    expectNear(pixel(raster, 62, 20), pixel(await readPixels(seen, true), 62, 20), 3);
  });

  test.each([
    ['Display P3 by codes', { cICP: [12, 13, 0, 1] }],
    ['BT.2020 by codes, its curve nearly that of a screen', { cICP: [9, 4, 0, 1] }],
    ['a gamma', { gAMA: [0, 0, 0xd9, 0x03] }],
    ['colorants', { gAMA: [0, 0, 0xb1, 0x8f], cHRM: adobe }],
  ] as const)('a PNG of 16 bits with %s keeps its bits, and looks as before', async (_, told) => {
    const plain = new Uint8Array(await (await load('rgb16.png')).arrayBuffer());
    const chunks = Object.entries<readonly number[]>(told).map(([type, body]) =>
      chunk(type, Uint8Array.from(body)),
    );
    const file = new Blob([plain.subarray(0, 33), ...chunks, plain.subarray(33)]);
    const photo = await decode(file);
    expect([photo.header.depth, photo.notes]).toEqual([16, []]);
    expect(photo.raster.data).toEqual((await open('rgb16.png')).raster.data);
    const shown = await readPixels(await createImageBitmap(file), false);
    const seen = await show(photo);
    for (const x of [1, 20, 40, 62]) expectNear(pixel(seen, x, 9), pixel(shown, x, 9), 4);
    const { raster } = photo;
    const [format, quality] = ['png', 1] as const;
    const back = await decode(await encode(raster, { format, quality, colours: photo.colours }));
    expect(back.raster).toEqual(raster);
    expect(back.colours).toEqual(photo.colours);
  });

  test.each(['deep.avif', 'deep.heic'])(
    '%s, of more than 8 bits, comes out in 16, goes through a PNG, and keeps its levels',
    async (name) => {
      const { raster, header, notes } = await open(name);
      expect([header.depth, notes]).toEqual([16, []]);
      const levels = raster.data.filter((_, i) => i % 4 === 0).subarray(0, raster.width);
      expect(new Set(levels).size).toBeGreaterThan(1000);
      // As the script draws it; 10 bits are steps of 64.
      for (const [x, level] of levels.entries()) expectNear([level], [x * 64], 64);
      const back = await decode(await encode(raster, { format: 'png', quality: 1 }));
      expect(back.raster.data).toEqual(raster.data);
    },
  );

  test('an AVIF that its decoder leaves unturned is turned as the browser turns it', async () => {
    const file = new Uint8Array(await (await load('turned.avif')).arrayBuffer());
    const find = (name: string) => String.fromCharCode(...file).indexOf(name) + 4;
    for (const angle of [0, 1, 2, 3])
      for (const axis of [0, 1]) {
        [file[find('irot')], file[find('imir')]] = [angle, axis];
        const { raster, header } = await decode(new Blob([file]));
        expect(header.depth).toBe(16);
        const bitmap = await createImageBitmap(new Blob([file], { type: 'image/avif' }));
        const seen = await readPixels(bitmap, false);
        expect([raster.width, raster.height]).toEqual([seen.width, seen.height]);
        for (const [x, y] of [
          [4, 4],
          [-5, 4],
          [4, -5],
          [-5, -5],
        ] as const) {
          const place = [(x + seen.width) % seen.width, (y + seen.height) % seen.height] as const;
          expectNear(pixel(toEight(raster), ...place), pixel(seen, ...place), 4);
        }
      }
  });

  test('a JPEG XL comes out upright, with its transparency, its depth and its colours', async () => {
    const { raster } = await open('told.jxl');
    expect([raster.width, raster.height]).toEqual([32, 48]);
    expectNear(pixel(raster, 6, 6), blue, 8);
    expectNear(pixel(raster, 26, 6), red, 8);
    expectNear(pixel(raster, 6, 42), yellow, 8);
    const veiled = (await open('alpha.jxl')).raster;
    expect(veiled.hasAlpha).toBe(true);
    for (const x of [8, 32, 56]) expectNear(pixel(veiled, x, 16), veil(x, 16), 0);
    // Its profile exchanges red and blue: the numbers stay, and the profile with them.
    const exchanged = await open('profile.jxl');
    expectQuadrants(exchanged, 0);
    expect(exchanged.raster.space).toBe('own');
    expect(exchanged.notes).toEqual([]);
    const { profile } = (await open('profile-alpha.png')).colours;
    // But for when each was made.
    expect(exchanged.colours.profile?.slice(36)).toEqual(profile?.slice(36));
    const deep = await open('deep.jxl');
    expect([deep.header.format, deep.header.depth, deep.notes]).toEqual(['jxl', 16, []]);
    for (let x = 0; x < 1024; x += 31) expect(pixel(deep.raster, x, 3)[0]).toBe(x * 64);
    const animated = await open('animated.jxl');
    expectQuadrants(animated, 1);
    expect(animated.notes).toEqual([{ note: 'first-frame', facts: {} }]);
    const cut = await open('cut.jxl');
    expect([cut.raster.width, cut.raster.height]).toEqual([192, 160]);
    expect(cut.notes).toEqual([{ note: 'cut-off', facts: {} }]);
  });

  test('a JPEG XL keeps colours outside of sRGB, also those of XYB', async () => {
    for (const [name, within] of [
      ['p3.jxl', 0],
      ['p3-xyb.jxl', 3],
    ] as const) {
      const wide = await open(name);
      expectQuadrants(wide, within);
      expect([wide.raster.space, wide.notes]).toEqual(['own', []]);
      // That of D65: its decoder says P3 of the white of cinemas.
      expect(wide.colours.profile).toEqual(makeRgbProfile(gamutOf(12)!, srgbCurve, 'JPEG XL'));
    }
    // Its colorants are red and blue exchanged.
    const exchanged = await open('codes-xyb.jxl');
    expectQuadrants(exchanged, 3);
    expectNear(pixel(await show(exchanged), 6, 6), blue, 4);
    // The same by a profile, of another curve; it stands where the decoder alone reads it.
    const told = await open('profile-xyb.jxl');
    expect([told.raster.space, told.notes]).toEqual(['own', [converted]]);
    expectNear(pixel(await show(told), 6, 6), [45, 45, 226], 4);
  });

  test('a HEIC that is cut off says so', async () => {
    await expect(open('cut.heic')).rejects.toMatchObject({ code: 'corrupt-file' });
  });

  test.each(['gray.jpg', 'gray.png'])('%s comes out grey', async (name) => {
    const [r, g, b] = pixel((await open(name)).raster, 42, 26);
    expectNear([r ?? 0, g ?? 0, b ?? 0], [202, 202, 202], 4);
  });

  test.each(['animated.gif', 'animated.webp', 'animated.png', 'pages.tif'])(
    '%s opens at its first frame and says so',
    async (name) => {
      const photo = await open(name);
      expectQuadrants(photo, 2);
      expect(photo.notes).toEqual([{ note: 'first-frame', facts: {} }]);
    },
  );

  test.each([
    ['alpha.png', 0],
    ['interlaced.png', 0],
    ['alpha-lossless.webp', 0],
    ['alpha.tif', 0],
  ])('%s keeps colour under any visible alpha', async (name, within) => {
    expectVeil(await open(name), within);
  });

  test('grey with alpha keeps both', async () => {
    const grey = (x: number, y: number) => {
      const [v = 0, , , a = 0] = veil(x, y);
      return [v, v, v, a];
    };
    expectVeil(await open('gray-alpha.png'), 0, grey);
  });

  test('a palette with a translucent entry keeps it', async () => {
    const { raster } = await open('palette-alpha.png');
    expect(raster.hasAlpha).toBe(true);
    expectNear(pixel(raster, 6, 6), [...red, 100], 1);
    expectNear(pixel(raster, 42, 6), [...green, 255], 1);
  });

  test('16 bits a sample come out as they are, with and without alpha', async () => {
    const { raster, header } = await open('rgb16.png');
    expect(header.depth).toBe(16);
    expect(pixel(raster, 63, 31)).toEqual([252, 248, 129, 255].map((level) => level * 257));
    const before = raster.data.slice();
    const veiled = await open('rgba16.png');
    expect(veiled.raster.hasAlpha).toBe(true);
    // Nobody else writes where a photo is held.
    expect(raster.data).toEqual(before);
    for (const [x, y] of [
      [5, 3],
      [40, 20],
      [63, 31],
    ] as const)
      expect(pixel(veiled.raster, x, y)).toEqual(veil(x, y).map((level) => level * 257));
  });

  test('the gray of a profile becomes what the browser shows of it, in 8 bits and in 16', async () => {
    const gray = toGray(drawNoise(16, 16));
    for (const raster of [gray, deepen(gray)]) {
      const colours = { profile: makeGrayProfile(1), isGray: true };
      const photo = await decode(await encode(raster, { format: 'tiff', quality: 1, colours }));
      expect(photo.notes).toEqual([converted]);
      expect(photo.colours).toEqual({ profile: null, isGray: true });
      for (const x of [1, 5, 9]) {
        const level = pixel(gray, x, 3)[0]! / 255;
        // Of light as it is: IEC 61966-2-1.
        const wanted = level <= 0.0031308 ? 12.92 * level : 1.055 * level ** (1 / 2.4) - 0.055;
        const seen = pixel(toEight(photo.raster), x, 3)[0]!;
        expect(Math.abs(seen - wanted * 255)).toBeLessThanOrEqual(1.5);
      }
    }
  });

  test.each(['tiff', 'png'] as const)(
    'a gray ramp of 16 bits with a profile keeps its levels: %s',
    async (format) => {
      const ramp = createRaster({ width: 4096, height: 2 }, false, 16);
      for (let i = 0; i < ramp.data.length; i++)
        ramp.data[i] = i % 4 === 3 ? 65535 : ((i >> 2) % 4096) * 16;
      const profile = makeGrayProfile(1.8);
      const colours = { profile: format === 'tiff' ? profile : null, isGray: true };
      const file = await encode(ramp, { format, quality: 1, colours });
      // One sample a pixel, as others write it.
      const bytes = new Uint8Array(await file.arrayBuffer());
      const told = await writePngMetadata(bytes, { ...noMetadata, profile });
      const photo = await decode(format === 'png' ? new Blob([...told]) : file);
      expect(photo.header.depth).toBe(16);
      expect(photo.notes).toEqual([converted]);
      const levels = photo.raster.data.filter((_, i) => i % 4 === 0).subarray(0, 4096);
      // In the dark some of them become one.
      expect(new Set(levels).size).toBeGreaterThan(4090);
      for (const [x, level] of levels.entries()) {
        const light = ((x * 16) / 65535) ** 1.80078125;
        const wanted = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
        expectNear([level], [wanted * 65535], 1);
      }
    },
  );

  test('sixteen bits go from a TIFF through to a TIFF, and alpha with them', async () => {
    const photo = await open('deep.tif');
    expect([photo.header.depth, photo.header.hasAlpha]).toEqual([16, true]);
    const { raster } = photo;
    const back = await decode(await encode(raster, { format: 'tiff', quality: 1 }));
    expect(back.header).toMatchObject({ format: 'tiff', depth: 16, hasAlpha: true });
    expect(back.raster.data).toEqual(raster.data);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8] as const)(
    'a picture of 16 bits is turned by EXIF orientation %i as one of 8 is',
    (orientation) => {
      const shallow = drawNoise(7, 5, true);
      const turned = turnRaster(deepen(shallow), orientation);
      expect(toEight(turned).data).toEqual(turnRaster(shallow, orientation).data);
    },
  );

  test('colour under full transparency is that of what is visible beside it', async () => {
    const { raster } = await open('alpha.png');
    const [r, g, b, a] = pixel(raster, 0, 16);
    expect(a).toBe(0);
    expectNear([r ?? 0, g ?? 0, b ?? 0], [8, 128, 251], 6);
  });

  test.each(['profile.jpg', 'profile-alpha.png', 'profile.heic', 'profile.avif', 'profile.tif'])(
    '%s keeps its own numbers, and is shown in its own colours',
    async (name) => {
      // Its profile exchanges the red and blue primaries.
      const photo = await open(name);
      const [r = 0, , b = 0] = pixel(photo.raster, 6, 26);
      expect(photo.raster.space).toBe('own');
      expect(photo.notes).toEqual([]);
      expect(r).toBeLessThan(100);
      expect(b).toBeGreaterThan(150);
      const seen = await show(photo);
      const [red = 0, , blue = 0] = pixel(seen, 6, 26);
      expect(red).toBeGreaterThan(150);
      expect(blue).toBeLessThan(100);
    },
  );

  describe.each<SpaceName>(['p3', 'adobe', 'prophoto'])('a photo in %s', (space) => {
    const profile = makeProfile(space);
    test.each(['png', 'jpeg', 'webp', 'alpha'] as const)(
      'as %s: opened and saved, it has the same numbers and profile, and looks as it did',
      async (kind) => {
        const format = kind === 'alpha' ? 'png' : kind;
        const { raster } = await open(kind === 'alpha' ? 'alpha.png' : 'rgb.png');
        const colours = { profile, isGray: false };
        const file = await encode(raster, { format, quality: 100, colours });
        const photo = await decode(file);
        expect(photo.colours.profile).toEqual(profile);
        expect(photo.notes).toEqual([]);
        const within = { png: 0, alpha: 0, jpeg: 4, webp: 14 }[kind];
        for (const [x, y] of [
          [6, 6],
          [42, 6],
          [6, 26],
          [42, 26],
        ] as const)
          expectNear(pixel(photo.raster, x, y), pixel(raster, x, y), within);
        // Of what is nearly transparent, canvases round colours away.
        const shown = await look(await createImageBitmap(file));
        const seen = await see(photo);
        for (const [x, y] of [
          [6, 6],
          [42, 6],
          [44, 26],
          [42, 26],
        ] as const)
          expectNear(pixel(seen, x, y), pixel(shown, x, y), kind === 'alpha' ? 12 : 3);
      },
    );
  });

  test.each<SpaceName>(['p3', 'adobe', 'prophoto'])(
    'what the screen shows of %s is what the browser shows, of dark colours too',
    async (space) => {
      const raster = noise(64, 64, () => 255);
      for (let i = 0; i < raster.data.length / 2; i++) if (i % 4 < 3) raster.data[i]! /= 16;
      const colours = { profile: makeProfile(space), isGray: false };
      const file = await encode(raster, { format: 'png', quality: 1, colours });
      const shown = await look(await createImageBitmap(file));
      const seen = await see(await decode(file));
      const off = Array.from(shown.data, (level, i) => Math.abs(level - seen.data[i]!));
      expect(off.reduce((sum, each) => sum + each, 0) / off.length).toBeLessThan(0.5);
      // Where a colour leaves what the screen can show, a cell of the grid is half in, half out.
      expect(off.filter((each) => each > 4).length / off.length).toBeLessThan(0.01);
    },
  );

  test('a profile of sRGB is kept, and costs the screen nothing', async () => {
    const { raster } = await open('rgb.png');
    const profile = makeProfile('srgb');
    const colours = { profile, isGray: false };
    const photo = await decode(await encode(raster, { format: 'png', quality: 1, colours }));
    expect(photo.colours.profile).toEqual(profile);
    expect(await readScreenColours(profile)).toBeNull();
    // Of what is no profile a browser makes nothing, and the photo is shown all the same.
    expect(await readScreenColours(new Uint8Array(200))).toBeNull();
  });

  test('a gray photo with a profile of three colours stays gray, in three samples', async () => {
    const gray = toGray(drawNoise(16, 12));
    const tinted = {
      ...gray,
      data: gray.data.map((v, i) => (i % 4 === 0 ? Math.min(255, v + 2) : v)),
    };
    const colours = { profile: makeProfile('p3'), isGray: true };
    const file = await encode(tinted, { format: 'png', quality: 1, colours });
    expect(new Uint8Array(await file.arrayBuffer())[25]).toBe(2);
    expect((await decode(file)).colours).toEqual(colours);
  });

  test('a picture wider than any canvas is read to its last column', async () => {
    const { raster } = await open('wide.png');
    expect([raster.width, raster.height]).toEqual([40000, 10]);
    for (const x of [0, 1, 4095, 4096, 16384, 32767, 32768, 39999])
      expect(pixel(raster, x, 9)).toEqual([x & 255, x >> 8, 180, 255]);
  });

  test.each(['one.png', 'one.jpg'])('%s, a single pixel, opens', async (name) => {
    const { raster } = await open(name);
    expect([raster.width, raster.height]).toEqual([1, 1]);
    expectNear(pixel(raster, 0, 0), red, 6);
  });

  test('a picture with alpha is turned upright too, with exact colour', async () => {
    const { raster, header } = await open('turned.png');
    expect([raster.width, raster.height]).toEqual([32, 64]);
    expect(header).toMatchObject({ width: 32, height: 64, hasAlpha: true });
    for (let y = 1; y < 64; y++)
      for (let x = 0; x < 32; x++)
        if (veil(y, 31 - x)[3] !== 0) expect(pixel(raster, x, y)).toEqual(veil(y, 31 - x));
  });
});

describe('refusing', () => {
  test.each([
    ['empty.jpg', 'file-empty', {}],
    ['text.jpg', 'file-unknown', {}],
    ['huge-header.png', 'photo-too-large', { width: 20_000, height: 15_000, mostMegapixels: 200 }],
  ])('%s', async (name, problem, facts) => {
    await expect(open(name)).rejects.toMatchObject({ problem, facts });
  });

  test.each(['cut.jpg', 'cut.png', 'cut.webp'])(
    '%s gives the part that is there with a note, or a clear refusal',
    async (name) => {
      const outcome = await open(name).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        expect(outcome).toMatchObject({ problem: 'file-cut-off', code: 'corrupt-file' });
      } else {
        const { notes, raster } = outcome as Photo;
        expect(notes).toEqual([{ note: 'cut-off', facts: {} }]);
        const { raster: whole } = await open('waves.png');
        expectNear(pixel(raster, 40, 3), pixel(whole, 40, 3), 12);
      }
    },
  );

  test('a cut JPEG shows the rows that are there', async () => {
    const { raster, notes } = await open('cut.jpg');
    expect([raster.width, raster.height, notes.length]).toEqual([192, 160, 1]);
  });

  test('a JPEG whose pixels are garbage after a good header does not hang or crash', async () => {
    const bytes = new Uint8Array(await (await load('orientation-1.jpg')).arrayBuffer());
    bytes.fill(0x55, 300);
    await expect(decode(new Blob([bytes]))).rejects.toMatchObject({ code: 'corrupt-file' });
  });

  test('a PNG with damaged alpha data is refused', async () => {
    const bytes = new Uint8Array(await (await load('alpha.png')).arrayBuffer());
    bytes.fill(0x55, 41, 60);
    await expect(decode(new Blob([bytes]))).rejects.toMatchObject({ code: 'corrupt-file' });
  });

  test('cancelling before or during rejects with an AbortError', async () => {
    await expect(decode(await load('rgb.png'), AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    const controller = new AbortController();
    const work = decode(await load('wide.png'), controller.signal);
    controller.abort();
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('saving', () => {
  let waves: Raster;
  beforeAll(async () => {
    waves = (await open('waves.png')).raster;
  });

  test('PNG is exact, colour under low alpha included', async () => {
    const raster = noise(61, 37, (i) => 1 + (i % 255));
    const blob = await encode(raster, { format: 'png', quality: 1 });
    expect(blob.type).toBe('image/png');
    const photo = await decode(blob);
    expect(photo.raster.hasAlpha).toBe(true);
    expect(photo.raster.data).toEqual(raster.data);
  });

  test('PNG of an opaque picture is exact', async () => {
    const photo = await decode(await encode(waves, { format: 'png', quality: 50 }));
    expect(photo.raster.hasAlpha).toBe(false);
    expect(photo.raster.data).toEqual(waves.data);
  });

  test('JPEG at quality 90 is close, and smaller at 40', async () => {
    const fine = await encode(waves, { format: 'jpeg', quality: 90 });
    const coarse = await encode(waves, { format: 'jpeg', quality: 40 });
    expect(fine.type).toBe('image/jpeg');
    expect(psnr((await decode(fine)).raster, waves)).toBeGreaterThan(35);
    expect(coarse.size).toBeLessThan(fine.size);
  });

  test('a JPEG that is encoded in strips is one picture, with all that is said of it', async () => {
    const size = { width: 1500, height: 1501 };
    expect(size.width * size.height).toBeGreaterThan(mostCodecPixels.jpeg);
    const raster = resample(waves, size);
    const colours = { profile: makeProfile('p3'), isGray: false };
    const read = { ...noMetadata, xmp: '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>' };
    const metadata = { read, wish: { keep: true, isAnonymous: false, mark: true } };
    const blob = await encode(raster, { format: 'jpeg', quality: 85, colours, metadata, dpi: 300 });
    expect(blob.type).toBe('image/jpeg');
    const photo = await decode(blob);
    expect(photo.notes).toEqual([]);
    expect(photo.colours.profile).toEqual(colours.profile);
    expect(photo.metadata.xmp).toContain('algorithmicallyEnhanced');
    expect(photo.metadata.density).toEqual({ x: 11811, y: 11811 });
    expect(psnr(photo.raster, raster)).toBeGreaterThan(35);
  });

  test('16 bits are written as such, or as the 8 that show them', async () => {
    const shallow = drawNoise(19, 11, true);
    const deep = deepen(shallow);
    const kept = await decode(await encode(deep, { format: 'png', quality: 100 }));
    expect(kept.raster.data).toEqual(deep.data);
    const file = await encode(deep, { format: 'png', depth: 8, quality: 100 });
    const same = await encode(shallow, { format: 'png', quality: 100 });
    expect(await file.arrayBuffer()).toEqual(await same.arrayBuffer());
    const grown = await decode(await encode(shallow, { format: 'png', depth: 16, quality: 100 }));
    expect(grown.raster.data).toEqual(deep.data);
    const jpeg = await decode(await encode(deep, { format: 'jpeg', depth: 16, quality: 90 }));
    expect(jpeg.header.depth).toBe(8);
  });

  test('what is gray is written in one sample a pixel, as JPEG and as PNG', async () => {
    const gray = toGray(drawNoise(64, 48));
    const colours = { profile: null, isGray: true };
    const png = new Uint8Array(
      await (await encode(gray, { format: 'png', quality: 1, colours })).arrayBuffer(),
    );
    expect(png[25]).toBe(0);
    const photo = await decode(new Blob([png]));
    expect(photo.colours.isGray).toBe(true);
    expect(photo.raster.data).toEqual(gray.data);
    const jpeg = await encode(gray, { format: 'jpeg', quality: 95, colours });
    const bytes = new Uint8Array(await jpeg.arrayBuffer());
    const frame = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
    // Marker, length, precision, height and width come before the count of components.
    expect(bytes[frame + 9]).toBe(1);
    expect((await decode(jpeg)).colours.isGray).toBe(true);
  });

  test('JPEG puts transparent parts over white', async () => {
    const raster = createRaster({ width: 32, height: 16 }, true);
    for (let i = 0; i < 32 * 16; i++) raster.data.set([200, 0, 0, i % 32 < 16 ? 0 : 128], i * 4);
    const before = raster.data.slice();
    const photo = await decode(await encode(raster, { format: 'jpeg', quality: 95 }));
    expectNear(pixel(photo.raster, 4, 8), [255, 255, 255, 255], 4);
    expectNear(pixel(photo.raster, 27, 8), [227, 127, 127, 255], 6);
    expect(raster.data).toEqual(before);
  });

  test('WebP keeps alpha exactly and colour closely', async () => {
    const raster = createRaster({ width: 64, height: 48 }, true);
    for (let i = 0; i < 64 * 48; i++) {
      const x = i % 64;
      raster.data.set([2 * x + 40, 128, 200 - x, 60 + 3 * x], i * 4);
    }
    const blob = await encode(raster, { format: 'webp', quality: 95 });
    expect(blob.type).toBe('image/webp');
    const { raster: back } = await decode(blob);
    const alphas = (from: Raster) => from.data.filter((_, i) => i % 4 === 3);
    expect(alphas(back)).toEqual(alphas(raster));
    expect(psnr(back, raster)).toBeGreaterThan(35);
  });

  test('WebP without loss keeps every pixel, and says so when it is opened', async () => {
    for (const raster of [noise(61, 37, (i) => 1 + (i % 255)), waves]) {
      const blob = await encode(raster, { format: 'webp', quality: 5, lossless: true });
      const photo = await decode(blob);
      expect(photo.metadata.isLossless).toBe(true);
      expect(photo.raster.data).toEqual(raster.data);
    }
    const told = await encode(waves, { format: 'webp', quality: 90, lossless: false });
    expect((await decode(told)).metadata.isLossless).toBe(false);
  });

  test('AVIF keeps alpha and colour closely, its profile, and what else is said', async () => {
    const raster = createRaster({ width: 64, height: 48 }, true);
    for (let i = 0; i < 64 * 48; i++) {
      const x = i % 64;
      raster.data.set([2 * x + 40, 128, 200 - x, 60 + 3 * x], i * 4);
    }
    const colours = { profile: makeProfile('p3'), isGray: false };
    const read = { ...noMetadata, xmp: '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>' };
    const metadata = { read, wish: { keep: true, isAnonymous: false, mark: true } };
    const blob = await encode(raster, { format: 'avif', quality: 90, colours, metadata });
    expect(blob.type).toBe('image/avif');
    const photo = await decode(blob);
    expect(photo.notes).toEqual([]);
    expect(photo.header.format).toBe('avif');
    expect(photo.colours.profile).toEqual(colours.profile);
    expect(photo.metadata.xmp).toContain('algorithmicallyEnhanced');
    for (const x of [4, 30, 60]) {
      expectNear(pixel(photo.raster, x, 20).slice(0, 3), pixel(raster, x, 20).slice(0, 3), 5);
      expect(pixel(photo.raster, x, 20)[3]).toBe(pixel(raster, x, 20)[3]);
    }
  });

  test('16 bits come back from an AVIF in 16, of which 10 are kept, with their alpha', async () => {
    const { raster: ramp } = await open('deep.avif');
    const veiled = { ...ramp, data: ramp.data.slice(), hasAlpha: true };
    for (let i = 3; i < veiled.data.length; i += 4) veiled.data[i] = 65535 - veiled.data[i - 1]!;
    for (const raster of [ramp, veiled]) {
      const back = await decode(await encode(raster, { format: 'avif', quality: 100 }));
      expect(back.header).toMatchObject({ depth: 16, hasAlpha: raster.hasAlpha });
      for (let i = 0; i < raster.data.length; i++)
        if (i % 4 === 3) expectNear([back.raster.data[i]!], [raster.data[i]!], 33);
        else if (raster.data[i | 3]! > 0)
          expectNear([back.raster.data[i]!], [raster.data[i]!], 300);
      const levels = new Set(back.raster.data.filter((_, i) => i % 4 === 0));
      expect(levels.size).toBeGreaterThan(700);
    }
  });

  test('16 bits are dithered on their way into an AVIF of 8: a level between two is of several', async () => {
    const deep = createRaster({ width: 64, height: 64 }, false, 16);
    deep.data.fill(100 * 257 + 128);
    const how = { format: 'avif', quality: 100, depth: 8 } as const;
    const { raster } = await decode(await encode(deep, how));
    // Which of its neighbours a level comes out as is the decoder's.
    expect(new Set(raster.data.filter((_, i) => i % 4 < 3)).size).toBeGreaterThan(1);
  });

  test('a side that the format cannot hold is refused with the way out', async () => {
    const wide = createRaster({ width: 16384, height: 1 }, false);
    const wider = createRaster({ width: 65501, height: 1 }, false);
    await expect(encode(wide, { format: 'webp', quality: 80 })).rejects.toMatchObject({
      problem: 'side-too-long',
      facts: {
        format: 'WebP',
        width: 16_384,
        height: 1,
        mostSide: 16_383,
        others: ['PNG', 'TIFF', 'AVIF', 'JPEG'],
      },
    });
    await expect(encode(wider, { format: 'jpeg', quality: 80 })).rejects.toMatchObject({
      code: 'too-large',
    });
    expect((await encode(wider, { format: 'png', quality: 80 })).size).toBeGreaterThan(0);
  });

  test('the largest sides that JPEG and WebP hold are written', async () => {
    const jpeg = createRaster({ width: 65500, height: 1 }, false);
    const webp = createRaster({ width: 16383, height: 2 }, false);
    jpeg.data.fill(255);
    webp.data.fill(255);
    expect((await encode(jpeg, { format: 'jpeg', quality: 80 })).size).toBeGreaterThan(0);
    expect((await encode(webp, { format: 'webp', quality: 80 })).size).toBeGreaterThan(0);
  });

  test('saving twice, and two formats at once, works', async () => {
    const saved = await Promise.all([
      encode(waves, { format: 'png', quality: 80 }),
      encode(waves, { format: 'png', quality: 80 }),
      encode(waves, { format: 'webp', quality: 80 }),
      encode(waves, { format: 'jpeg', quality: 80 }),
    ]);
    expect(saved[0].size).toBe(saved[1].size);
  });
});
