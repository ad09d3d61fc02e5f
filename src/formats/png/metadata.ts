import { joinBytes, latin1, readLatin1, type Found } from '../metadata/bytes';
import { readResources, writeResources } from '../metadata/iptc';
import type { Bytes, Density, Metadata, TextEntry } from '../metadata/metadata';
import { chunk, signature } from './chunk';
import { colourTypes, isColoured, profileOfChunks, type ColourType } from './colours';
import { deflate, inflate } from './zlib';

/** Where a file says whether it has colours, a palette, alpha: a bit each. */
const colourTypeAt = 25;

/** Where its header chunk ends. */
const headerEnd = signature.length + 12 + 13;

const xmpKeyword = 'XML:com.adobe.xmp';

/** How ImageMagick, and all after it, keep IPTC in a PNG: image resources in hexadecimal. */
const iptcKeywords = ['iptc', '8bim'].map((name) => ['Raw', 'profile', 'type', name].join(' '));

/** What is not looked at: a photo's texts are far shorter, and a bomb's far longer. */
const mostText = 2 ** 24;

/**
 * Reads what a PNG's chunks say. Sources: W3C PNG (third edition), 11.3.3 (text) and 11.3.4 (pHYs, eXIf); XMP
 * specification, part 3, 1.1.5. Never throws: what is broken is left out.
 *
 * @param bytes The file.
 * @returns What was found.
 */
export async function readPngMetadata(bytes: Bytes): Promise<Found> {
  const found: { -readonly [Part in keyof Found]: Found[Part] } = {};
  const texts: TextEntry[] = [];
  const told: Partial<Record<ColourType, Bytes>> = {};
  for (const { type, body } of chunks(bytes)) {
    const colour = colourTypes.find((each) => each === type);
    if (colour) told[colour] ??= body;
    else if (type === 'pHYs') found.density ??= readDensity(body);
    else if (type === 'eXIf') found.exif ??= body.slice();
    else if (type === 'tEXt' || type === 'zTXt' || type === 'iTXt') {
      const entry = await readText(type, body);
      if (!entry) continue;
      if (entry.keyword === xmpKeyword) found.xmp ??= entry.text;
      else if (iptcKeywords.includes(entry.keyword)) found.iptc ??= readProfile(entry.text);
      else texts.push(entry);
    }
  }
  const profile = await readColours(told, bytes);
  return { ...found, ...(profile && { profile }), texts };
}

/** Numbers go before a profile, which is there for readers that do not know them. */
async function readColours(
  told: Partial<Record<ColourType, Bytes>>,
  file: Bytes,
): Promise<Bytes | null> {
  const isGray = (file[colourTypeAt]! & 2) === 0;
  const made = profileOfChunks(told, isGray);
  if (made || !told.iCCP || (told.cICP && !isColoured(told))) return made;
  return readIccp(told.iCCP);
}

/** Up to the end chunk, or to the first that is not whole. */
function* chunks(bytes: Bytes): Generator<{ readonly type: string; readonly body: Bytes }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = signature.length; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const body = at + 8;
    at = body + length + 4;
    if (at > bytes.length) return;
    const type = readLatin1(bytes.subarray(body - 4, body));
    if (type === 'IEND') return;
    yield { type, body: bytes.subarray(body, body + length) };
  }
}

function readDensity(body: Uint8Array): Density | null {
  if (body.length < 9 || body[8] !== 1) return null;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const [x, y] = [view.getUint32(0), view.getUint32(4)];
  return x && y ? { x, y } : null;
}

/** Keyword, then what the type says; null where it is broken, or too long. */
async function readText(type: string, body: Bytes): Promise<TextEntry | null> {
  const end = body.indexOf(0);
  if (end < 1 || end > 79) return null;
  const keyword = readLatin1(body.subarray(0, end));
  try {
    if (type === 'tEXt') return { keyword, text: readLatin1(body.subarray(end + 1)) };
    if (type === 'zTXt') {
      const inflated = await inflate(body.subarray(end + 2), mostText);
      return { keyword, text: readLatin1(inflated) };
    }
    const language = body.indexOf(0, end + 3);
    const translated = body.indexOf(0, language + 1);
    if (language < 0 || translated < 0) return null;
    const rest = body.subarray(translated + 1);
    const plain = body[end + 1] === 1 ? await inflate(rest, mostText) : rest;
    return { keyword, text: new TextDecoder().decode(plain) };
  } catch {
    return null;
  }
}

/** A name, how it is packed, and the profile; an empty one where it is broken. W3C PNG (third edition), 11.3.2.3. */
async function readIccp(body: Bytes): Promise<Bytes> {
  const broken = new Uint8Array(0);
  const end = body.indexOf(0);
  if (end < 1 || end > 79) return broken;
  return inflate(body.subarray(end + 2), mostText).catch(() => broken);
}

/** A name, a length and pairs of hexadecimal digits. */
function readProfile(text: string): Bytes | null {
  const [, , ...lines] = text.trim().split('\n');
  const pairs = lines.join('').match(/[0-9a-f]{2}/gi);
  return pairs && readResources(Uint8Array.from(pairs, (pair) => parseInt(pair, 16)));
}

function writeProfile(iptc: Bytes): string {
  const bytes = writeResources(iptc);
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const lines = digits.match(/.{1,72}/g) ?? [];
  return `\niptc\n${String(bytes.length).padStart(8)}\n${lines.join('\n')}\n`;
}

/**
 * Adds metadata to a PNG that has none.
 *
 * @param file The file.
 * @param metadata What it is to say.
 * @returns The file's parts, one after the other.
 */
export async function writePngMetadata(
  file: Bytes,
  { profile, exif, xmp, iptc, texts, density }: Metadata,
): Promise<readonly Bytes[]> {
  return [
    file.subarray(0, headerEnd),
    ...(profile ? [chunk('iCCP', await packProfile(profile))] : []),
    ...(density ? [chunk('pHYs', writeDensity(density))] : []),
    ...(exif ? [chunk('eXIf', exif)] : []),
    ...(xmp === null ? [] : [writeText({ keyword: xmpKeyword, text: xmp })]),
    ...(iptc ? [await writeDeflated(iptcKeywords[0]!, writeProfile(iptc))] : []),
    ...texts.map(writeText),
    file.subarray(headerEnd),
  ];
}

/**
 * Lets a PNG say by a profile what its samples mean, in place of all that it says of that.
 *
 * @param file The file, whole.
 * @param profile The profile.
 * @returns Another file.
 */
export async function nameColours(file: Bytes, profile: Bytes): Promise<Bytes> {
  const parts = [file.subarray(0, headerEnd), chunk('iCCP', await packProfile(profile))];
  for (const { type, body } of chunks(file)) {
    const isKept = type !== 'IHDR' && !colourTypes.some((each) => each === type);
    // With its length and name before it, and its checksum behind.
    if (isKept)
      parts.push(
        file.subarray(body.byteOffset - file.byteOffset - 8).subarray(0, body.length + 12),
      );
  }
  return joinBytes([...parts, chunk('IEND', new Uint8Array(0))]);
}

async function packProfile(profile: Bytes): Promise<Bytes> {
  return joinBytes([latin1('ICC profile\0\0'), await deflate(profile)]);
}

function writeDensity({ x, y }: Density): Bytes {
  const body = new Uint8Array(9);
  const view = new DataView(body.buffer);
  view.setUint32(0, x);
  view.setUint32(4, y);
  view.setUint8(8, 1);
  return body;
}

/** Latin-1 where that can hold it, which every reader knows; else UTF-8. */
function writeText({ keyword, text }: TextEntry): Bytes {
  const isLatin = keyword !== xmpKeyword && /^[\n\x20-\x7e\xa0-\xff]*$/.test(text);
  const name = latin1(`${keyword}\0`);
  if (isLatin) return chunk('tEXt', joinBytes([name, latin1(text)]));
  const none = Uint8Array.of(0, 0, 0, 0);
  return chunk('iTXt', joinBytes([name, none, new TextEncoder().encode(text)]));
}

async function writeDeflated(keyword: string, text: string): Promise<Bytes> {
  const body = await deflate(latin1(text));
  return chunk('zTXt', joinBytes([latin1(`${keyword}\0\0`), body]));
}
