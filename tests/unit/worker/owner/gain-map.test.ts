import { expect, test } from 'vitest';
import type { RowSource } from '../../../../src/core/picture/rows';
import { wholeFrame } from '../../../../src/core/recipe/frame';
import { neutralFinish } from '../../../../src/core/recipe/finish';
import { neutralTone } from '../../../../src/core/recipe/tone';
import { plainColours } from '../../../../src/formats/colours';
import type { WriteOptions } from '../../../../src/formats/encode';
import { findGainMap } from '../../../../src/formats/gain-map/find';
import { noMetadata } from '../../../../src/formats/metadata/metadata';
import {
  addGainMap,
  estimateGainMap,
  keptGainMap,
  type GainMapPorts,
} from '../../../../src/worker/owner/gain-map';
import { OpenPhoto } from '../../../../src/worker/owner/photos';
import { drawNoise } from '../../core/pictures';
import { text } from '../../formats/byte-tools';
import { makeUltraHdr, readFixture, segment } from '../../formats/gain-map/ultra-hdr';

const small = readFixture('gray.jpg');
const gainMap = findGainMap(makeUltraHdr(readFixture('orientation-6.jpg'), small))!;
const wish = { keep: true, isAnonymous: true, mark: false };
const asJpeg = { format: 'jpeg', quality: 80, metadata: wish } as const;
const { signal } = new AbortController();

/** An upright photo whose file lies on its side. */
function openPhoto(): OpenPhoto {
  const photo = new OpenPhoto(1, drawNoise(32, 48), { ...noMetadata, gainMap, orientation: 6 });
  photo.result = { picture: drawNoise(64, 96), scale: 2, growth: null };
  return photo;
}

test('it is kept in a JPEG with metadata, as long as nobody changes light or colours', () => {
  const photo = openPhoto();
  const kept = (change: object = {}, finish: object = {}) =>
    keptGainMap(photo, { ...asJpeg, ...change }, { ...neutralFinish, ...finish }) !== null;
  expect(kept({}, { strength: 0.5, colourLock: 1 })).toBe(true);
  expect(kept({ format: 'png' })).toBe(false);
  expect(kept({ metadata: { ...wish, keep: false } })).toBe(false);
  expect(kept({}, { grade: { ...neutralFinish.grade, exposure: 1 } })).toBe(false);
  expect(kept({}, { tint: { strokes: [] } })).toBe(false);
  photo.result = { ...photo.result!, isRelit: true };
  expect(kept()).toBe(false);
  photo.result = null;
  photo.basis = { tone: { ...neutralTone, brightness: 1 } };
  expect(kept()).toBe(false);
});

const map = drawNoise(48, 32);

/** A decoder of one picture, and an encoder that writes another one and tells what it was given. */
function portsFor(broken: boolean | 'cut-off' = false) {
  const given: { picture: RowSource; options: WriteOptions }[] = [];
  const ports: GainMapPorts = {
    decode: async (file) => {
      if (broken === true) throw new Error('broken');
      expect(new Uint8Array(await file.arrayBuffer())).toEqual(small);
      const header = { orientation: 1 };
      const notes = broken ? [{ note: broken, facts: {} }] : [];
      return { raster: map, colours: { ...plainColours, isGray: true }, header, notes } as never;
    },
    encoder: {
      encode: (picture, options) => {
        given.push({ picture, options });
        return Promise.resolve(new Blob([small]));
      },
    },
  };
  return { ports, given };
}

const file = new Blob([readFixture('progressive.jpg')], { type: 'image/jpeg' });
const saved = { width: 64, height: 96 };

test('it is turned as the photo was, cut out, enlarged, and put into the file', async () => {
  const photo = openPhoto();
  photo.basis = { frame: { ...wholeFrame, crop: { x: 0, y: 0, width: 16, height: 24 } } };
  const { ports, given } = portsFor();
  const size = { width: 32, height: 48 };
  const { blob, notes } = await addGainMap(file, gainMap, photo, size, ports, signal);
  const { picture, options } = given[0]!;
  expect([picture.width, picture.height]).toEqual([32, 48]);
  expect(options).toMatchObject({ format: 'jpeg', colours: { isGray: true, profile: null } });
  // Orientation 6: the stored picture's lower left corner is the upright one's upper left.
  const corner = await picture.read(0, 1);
  const stored = (map.height - 1) * map.width * 4;
  expect([...corner.slice(0, 3)]).toEqual([...map.data.slice(stored, stored + 3)]);
  expect(findGainMap(new Uint8Array(await blob.arrayBuffer()))).toEqual(gainMap);
  expect(notes).toEqual([]);
});

test.each([
  ['cannot be decoded', true],
  ['is cut off', 'cut-off'],
] as const)('one that %s leaves the file as it is, which is said', async (_, broken) => {
  const { ports } = portsFor(broken);
  const { blob, notes } = await addGainMap(file, gainMap, openPhoto(), saved, ports, signal);
  expect(blob).toBe(file);
  expect(notes).toEqual([{ note: 'gain-map-lost', facts: {} }]);
  expect(await estimateGainMap(gainMap, openPhoto(), saved, ports, signal)).toBe(0);
});

test('a cancelled save ends', async () => {
  const { ports } = portsFor(true);
  const stopped = AbortSignal.abort();
  await expect(addGainMap(file, gainMap, openPhoto(), saved, ports, stopped)).rejects.toThrow();
});

test('so does one that the file has no room to tell of', async () => {
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="${'x'.repeat(65_000)}"/></rdf:RDF></x:xmpmeta>`;
  const told = segment(0xe1, text(`http://ns.adobe.com/xap/1.0/\0${xmp}`));
  const bytes = readFixture('progressive.jpg');
  const full = new Blob([bytes.subarray(0, 2), told, bytes.subarray(2)]);
  const { ports } = portsFor();
  const { blob, notes } = await addGainMap(full, gainMap, openPhoto(), saved, ports, signal);
  expect(blob).toBe(full);
  expect(notes).toMatchObject([{ note: 'gain-map-lost' }]);
});

test('how long it would be is told from windows of it, with what it says', async () => {
  const photo = openPhoto();
  const { ports, given } = portsFor();
  const large = { width: 3200, height: 4800 };
  const bytes = await estimateGainMap(gainMap, photo, large, ports, signal);
  const { width, height } = given[0]!.picture;
  expect(width * height).toBeLessThan(2 ** 18 * 1.2);
  const beside = gainMap.said.length + gainMap.iso!.length;
  // Its picture is as large as the photo's here, and any number of windows has as many bytes.
  expect(bytes).toBe(Math.round((small.length * 3200 * 4800) / (width * height)) + beside);
});
