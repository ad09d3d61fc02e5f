import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findBeside } from '../../../../src/formats/metadata/beside';
import { readMetadata } from '../../../../src/formats/metadata/read';
import { sniff } from '../../../../src/formats/sniff';
import { bytesOf, join, text, wide, type Bytes } from '../byte-tools';
import { withSegment } from '../odd-jpegs';

const folder = new URL('../../../fixtures/formats/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const jpeg = read('gray.jpg');
const app2 = (body: Bytes) => join(bytesOf(0xff, 0xe2, ...wide(body.length + 2)), body);
const app1 = (body: Bytes) => join(bytesOf(0xff, 0xe1, ...wide(body.length + 2)), body);

/** An MPF index of pictures of some kinds. */
function index(kinds: readonly number[]): Bytes {
  const long = (value: number) => bytesOf(...wide(value >>> 16, value & 0xffff));
  const head = [text('MPF\0MM\0*'), long(8), bytesOf(0, 1)];
  const entry = [bytesOf(0xb0, 2, 0, 7), long(kinds.length * 16), long(26), long(0)];
  return join(...head, ...entry, ...kinds.map((kind) => join(long(kind), new Uint8Array(12))));
}

const xmp = (body: string) =>
  app1(
    text(
      `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${body}/></rdf:RDF></x:xmpmeta>`,
    ),
  );
const film = xmp('xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" GCamera:MotionPhoto="1"');
const hdr = xmp('xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"');
const iso = app2(text('urn:iso:std:iso:ts:21496:-1\0\0\0\0\0'));
const [stereo, main, preview, other] = [0x020002, 0x030000, 0x010001, 0];

test.each([
  ['a plain JPEG', jpeg, []],
  ['two views of one scene', withSegment(jpeg, app2(index([stereo, stereo]))), ['first-frame']],
  ['a picture and its preview', withSegment(jpeg, app2(index([main, preview]))), []],
  ['a picture with a film', withSegment(jpeg, film), ['first-frame']],
  [
    'Ultra HDR',
    withSegment(withSegment(jpeg, app2(index([main, other]))), hdr),
    ['gain-map-dropped'],
  ],
  [
    'Ultra HDR with a film',
    withSegment(withSegment(withSegment(jpeg, app2(index([main, other]))), iso), film),
    ['gain-map-dropped', 'first-frame'],
  ],
  ['a gain map as ISO has it', withSegment(jpeg, iso), ['gain-map-dropped']],
  ['a lossless WebP', read('lossless.webp'), []],
])('%s: what will not be in the result is said when it is opened', async (_, bytes, said) => {
  const { notes } = await readMetadata(bytes, sniff(bytes));
  expect(notes.map(({ note }) => note)).toEqual(said);
});

test('whether a WebP has lost anything is told, as its results are written', async () => {
  for (const name of ['lossless.webp', 'alpha-lossy.webp', 'alpha-lossless.webp', 'rgb.png']) {
    const { metadata } = await readMetadata(read(name), sniff(read(name)));
    expect(metadata.isLossless, name).toBe(name.endsWith('lossless.webp'));
  }
});

test('of an animated WebP it is its first picture that tells it', async () => {
  for (const [name, isLossless] of [
    ['lossless.webp', true],
    ['lossy.webp', false],
  ] as const) {
    const { metadata } = await readMetadata(animate(read(name)), sniff(animate(read(name))));
    expect(metadata.isLossless, name).toBe(isLossless);
  }
});

/** A still WebP, without what it says beside its picture, as the one frame of an animation. Source: WebP container specification. */
function animate(still: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = (type: string, body: Uint8Array) => {
    const length = new Uint8Array(Uint32Array.of(body.length).buffer);
    return Buffer.concat([Buffer.from(type), length, body]);
  };
  const size = [47, 0, 0, 31, 0, 0];
  const picture = Buffer.from(still).subarray(12);
  const frame = Buffer.concat([
    Uint8Array.from([...new Uint8Array(6), ...size, 40, 0, 0, 0]),
    picture,
  ]);
  const chunks = Buffer.concat([
    chunk('VP8X', Uint8Array.from([2, 0, 0, 0, ...size])),
    chunk('ANIM', new Uint8Array(6)),
    chunk('ANMF', frame),
  ]);
  return Uint8Array.from(chunk('RIFF', Buffer.concat([Buffer.from('WEBP'), chunks])));
}

test("a press's colours are told, as they are converted", async () => {
  const isConverted = async (bytes: Bytes) =>
    (await readMetadata(bytes, sniff(bytes))).metadata.isConverted;
  expect(await isConverted(read('cmyk.jpg'))).toBe(true);
  expect(await isConverted(jpeg)).toBe(false);
});

test("an iPhone's gain map is seen by the name that it has there", () => {
  const alpha = read('alpha.heic');
  expect(findBeside(alpha, 'heic', null).gainMap).toBe(false);
  const changed = renameAuxiliary(alpha, 'urn:com:apple:photo:2020:aux:hdrgainmap');
  expect(findBeside(changed, 'heic', null).gainMap).toBe(true);
});

/** A HEIC whose auxiliary picture has another kind; what lies behind its boxes is not moved with it. */
function renameAuxiliary(file: Bytes, kind: string): Bytes {
  const old = 'urn:mpeg:hevc:2015:auxid:1';
  const at = Buffer.from(file).indexOf(old);
  const longer = join(file.subarray(0, at), text(kind), file.subarray(at + old.length));
  const view = new DataView(longer.buffer);
  for (const type of ['meta', 'iprp', 'ipco', 'auxC']) {
    const size = Buffer.from(longer).indexOf(type) - 4;
    view.setUint32(size, view.getUint32(size) + kind.length - old.length);
  }
  return longer;
}

test('an index that points anywhere is no index', () => {
  for (let at = 0; at < 60; at++) {
    const broken = withSegment(jpeg, app2(index([stereo, stereo])));
    broken.fill(0xff, 6 + at, 12 + at);
    expect(findBeside(broken, 'jpeg', null).gainMap).toBe(false);
  }
});
