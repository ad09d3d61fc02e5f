import { expect, test } from 'vitest';
import type { RowSource } from '../../../../src/core/picture/rows';
import { wholeFrame } from '../../../../src/core/recipe/frame';
import { neutralFinish } from '../../../../src/core/recipe/finish';
import { neutralTone } from '../../../../src/core/recipe/tone';
import { plainColours } from '../../../../src/formats/colours';
import type { WriteOptions } from '../../../../src/formats/encode';
import { findGainMap } from '../../../../src/formats/gain-map/find';
import { noMetadata } from '../../../../src/formats/metadata/metadata';
import { addGainMap, keptGainMap, type GainMapPorts } from '../../../../src/worker/owner/gain-map';
import { OpenPhoto } from '../../../../src/worker/owner/photos';
import { drawNoise } from '../../core/pictures';
import { makeUltraHdr, readFixture } from '../../formats/gain-map/ultra-hdr';

const small = readFixture('gray.jpg');
const gainMap = findGainMap(makeUltraHdr(readFixture('orientation-6.jpg'), small))!;
const wish = { keep: true, isAnonymous: true, mark: false };
const asJpeg = { format: 'jpeg', quality: 80, metadata: wish } as const;
const { signal } = new AbortController();

/** An upright photo whose file lies on its side. */
function openPhoto(): OpenPhoto {
  const photo = new OpenPhoto(1, drawNoise(32, 48), { ...noMetadata, gainMap, orientation: 6 });
  photo.result = { raster: drawNoise(64, 96), scale: 2, growth: null };
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
function portsFor(broken = false) {
  const given: { picture: RowSource; options: WriteOptions }[] = [];
  const ports: GainMapPorts = {
    decode: async (file) => {
      if (broken) throw new Error('broken');
      expect(new Uint8Array(await file.arrayBuffer())).toEqual(small);
      const header = { orientation: 1 };
      return { raster: map, colours: { ...plainColours, isGray: true }, header } as never;
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
  const joined = await addGainMap(file, gainMap, photo, { width: 32, height: 48 }, ports, signal);
  const { picture, options } = given[0]!;
  expect([picture.width, picture.height]).toEqual([32, 48]);
  expect(options).toMatchObject({ format: 'jpeg', colours: { isGray: true, profile: null } });
  // Orientation 6: the stored picture's lower left corner is the upright one's upper left.
  const corner = await picture.read(0, 1);
  const stored = (map.height - 1) * map.width * 4;
  expect([...corner.slice(0, 3)]).toEqual([...map.data.slice(stored, stored + 3)]);
  expect(findGainMap(new Uint8Array(await joined.arrayBuffer()))).toEqual(gainMap);
});

test('one that cannot be decoded leaves the file as it is, and a cancelled save ends', async () => {
  const { ports } = portsFor(true);
  expect(await addGainMap(file, gainMap, openPhoto(), saved, ports, signal)).toBe(file);
  const stopped = AbortSignal.abort();
  await expect(addGainMap(file, gainMap, openPhoto(), saved, ports, stopped)).rejects.toThrow();
});
