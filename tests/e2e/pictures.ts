/** Pictures drawn here, so that the journeys need no files. */
import { crc32, deflateSync } from 'node:zlib';

/** A file as Playwright's file chooser wants it. */
export type PictureFile = { name: string; mimeType: string; buffer: Buffer };

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/** One PNG chunk with its length and checksum. */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** The header chunk: 8 bits a channel, RGBA, not interlaced. */
function header(width: number, height: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([8, 6, 0, 0, 0], 8);
  return chunk('IHDR', data);
}

/** Edges, a circle and a ramp: something for a network to sharpen. */
function paint(x: number, y: number, width: number, height: number): number[] {
  const inCircle = Math.hypot(x - width / 2, y - height / 2) < height / 3;
  const stripe = Math.floor(x / 5 + y / 9) % 2 === 0;
  const ramp = Math.round((x / width) * 160);
  if (inCircle) return [220, 60 + ramp / 2, 40];
  return stripe ? [40, 60, 80 + ramp] : [230 - ramp / 2, 220, 200];
}

/**
 * A PNG of any size.
 *
 * @param width Pixels.
 * @param height Pixels.
 * @param alpha 0..255 of every pixel.
 * @param colourAt R, G and B of a pixel; {@link paint}'s by default.
 * @returns A whole, valid file.
 */
export function drawPng(width: number, height: number, alpha = 255, colourAt = paint): Buffer {
  const rows = Buffer.alloc(height * (width * 4 + 1));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows.set([...colourAt(x, y, width, height), alpha], y * (width * 4 + 1) + 1 + x * 4);
  const data = chunk('IDAT', deflateSync(rows));
  return Buffer.concat([signature, header(width, height), data, chunk('IEND', Buffer.alloc(0))]);
}

/** A TIFF structure with one text, the description of the picture. */
function writeExif(text: string): Buffer {
  const ascii = Buffer.from(`${text}\0`, 'latin1');
  const head = Buffer.alloc(26);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(1, 8);
  head.writeUInt16LE(0x010e, 10);
  head.writeUInt16LE(2, 12);
  head.writeUInt32LE(ascii.length, 14);
  head.writeUInt32LE(26, 18);
  return Buffer.concat([head, ascii]);
}

/**
 * A PNG of noise, whose pixels lie in the file as they are, and a text in its EXIF.
 *
 * @param width Pixels.
 * @param height Pixels.
 * @param text Its description.
 * @returns A whole, valid file, and its pixels, RGBA.
 */
export function drawNoisePng(
  width: number,
  height: number,
  text: string,
): { file: Buffer; pixels: Buffer } {
  const pixels = Buffer.alloc(width * height * 4, 255);
  let state = 20_261_125;
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    if (i % 4 < 3) pixels[i] = state >>> 24;
  }
  const rows = Buffer.alloc(height * (width * 4 + 1));
  for (let y = 0; y < height; y++)
    pixels.copy(rows, y * (width * 4 + 1) + 1, y * width * 4, (y + 1) * width * 4);
  const file = Buffer.concat([
    ...[signature, header(width, height), chunk('eXIf', writeExif(text))],
    ...[chunk('IDAT', deflateSync(rows, { level: 0 })), chunk('IEND', Buffer.alloc(0))],
  ]);
  return { file, pixels };
}

/** The journeys' usual photo: 96 x 64. */
export const photo: PictureFile = {
  name: 'beach.png',
  mimeType: 'image/png',
  buffer: drawPng(96, 64),
};

/** Of a pixel of {@link scan}, how far it is from the scratch. */
export const fromScratch = (x: number, y: number): number =>
  Math.abs(x - 96 - 9 * Math.sin(y / 23));

/** A soft picture, 192 x 144, with a scratch from top to bottom. */
export const scan: PictureFile = {
  name: 'scan.png',
  mimeType: 'image/png',
  buffer: drawPng(192, 144, 255, (x, y) => {
    if (fromScratch(x, y) < 1.5) return [240, 236, 228];
    const light = 70 + x / 4 + 20 * Math.cos(y / 40) + ((x * 7 + y * 13) % 5);
    return [light, 0.9 * light, 0.75 * light].map(Math.round);
  }),
};

/** That picture as a scanner sees it: a toned print on its white lid, a little askew. 288 x 224. */
export const scannedPrint: PictureFile = {
  name: 'print.png',
  mimeType: 'image/png',
  buffer: drawPng(288, 224, 255, (x, y) => {
    const grain = (x * 7 + y * 13) % 5;
    const [dx, dy] = [x - 144, y - 112];
    const [u, v] = [dx + 0.03 * dy + 112, dy - 0.03 * dx + 84];
    if (u < 0 || v < 0 || u >= 224 || v >= 168) return [244 + grain, 243 + grain, 240 + grain];
    if (fromScratch(u - 16, v) < 1.5) return [240, 236, 228];
    const light = 70 + u / 4 + 30 * Math.cos(v / 40) + grain;
    return [light, 0.9 * light, 0.75 * light].map(Math.round);
  }),
};

/** Files that cannot be opened, by what is wrong with them. */
export const badFiles: Record<string, PictureFile> = {
  'a text file named .jpg': {
    name: 'notes.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('Dear diary, this is no picture.\n'),
  },
  'an empty file': { name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) },
  'a truncated PNG': {
    name: 'half.png',
    mimeType: 'image/png',
    buffer: drawPng(96, 64).subarray(0, 60),
  },
  'a header that claims 300 megapixels': {
    name: 'giant.png',
    mimeType: 'image/png',
    buffer: Buffer.concat([
      signature,
      header(30_000, 10_000),
      chunk('IDAT', deflateSync(Buffer.alloc(64))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  },
};
