import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import ExifReader from 'exifreader';
import { expect, test } from 'vitest';
import { findGainMap } from '../../../../src/formats/gain-map/find';
import { joinGainMap } from '../../../../src/formats/gain-map/join';
import { adaptXmp } from '../../../../src/formats/metadata/xmp';
import { join, text, type Bytes } from '../byte-tools';
import { withSegment } from '../odd-jpegs';
import { makeUltraHdr, readFixture, said, segment } from './ultra-hdr';

const map = readFixture('gray.jpg');
const facts = findGainMap(makeUltraHdr(readFixture('orientation-1.jpg'), map))!;
const hasExiftool = spawnSync('exiftool', ['-ver']).status === 0;

const size = { width: 48, height: 32 };
const marked = { size, isConverted: false, isAnonymous: false, enhanced: '2026-11-27T12:00:00Z' };
const xmp = segment(
  0xe1,
  join(text('http://ns.adobe.com/xap/1.0/\0'), new TextEncoder().encode(adaptXmp(null, marked)!)),
);

const photos: [string, Bytes][] = [
  ['a photo with a profile', readFixture('profile.jpg')],
  ['one with EXIF', readFixture('orientation-1.jpg')],
  ['one with XMP', withSegment(readFixture('progressive.jpg'), xmp)],
];

async function put(photo: Bytes, told = facts): Promise<Bytes> {
  const blob = await joinGainMap(new Blob([photo], { type: 'image/jpeg' }), map, told);
  return new Uint8Array(await blob!.arrayBuffer());
}

test.each(photos)(
  '%s and its gain map make a file in which it is found again',
  async (_, photo) => {
    const file = await put(photo);
    expect(findGainMap(file)).toEqual(facts);
    // The photo itself is there, and nothing of it is lost.
    const picture = photo.subarray(Buffer.from(photo).indexOf(Buffer.of(0xff, 0xdb)));
    expect(Buffer.from(file).includes(Buffer.from(picture))).toBe(true);
  },
);

test('where the photo told of it by ISO 21496-1 alone, so does the result', async () => {
  const file = await put(readFixture('profile.jpg'), { ...facts, isInXmp: false });
  expect(Buffer.from(file).includes('Container:Directory')).toBe(false);
  expect(findGainMap(file)?.iso).toEqual(facts.iso);
});

test('an independent reader finds two pictures, where the index says', async () => {
  const file = await put(photos[2]![1]);
  const { mpf } = ExifReader.load(file.buffer, { expanded: true }) as unknown as Mpf;
  const [first, second] = mpf.Images;
  expect(mpf.Images).toHaveLength(2);
  expect(new Uint8Array(second.image)).toEqual(whole);
  expect(first.ImageSize.value).toBe(file.length - second.ImageSize.value);
});

type MpfImage = { image: ArrayBuffer; ImageSize: { value: number } };

/** What the package's types leave open. */
type Mpf = { mpf: { Images: [MpfImage, MpfImage] } };

/** The gain map's file at the end. */
const whole = join(map.subarray(0, 2 + 18), said, map.subarray(2 + 18));

test.skipIf(!hasExiftool)('exiftool takes the gain map out, and warns of nothing', async () => {
  const folder = mkdtempSync(joinPath(tmpdir(), 'gain-map-'));
  try {
    const path = joinPath(folder, 'photo.jpg');
    writeFileSync(path, await put(photos[2]![1]));
    const [tags] = JSON.parse(
      execFileSync('exiftool', [
        '-j',
        '-struct',
        '-warning',
        '-MPF:all',
        '-XMP:all',
        path,
      ]).toString(),
    ) as [Record<string, unknown>];
    const taken = execFileSync('exiftool', ['-b', '-MPImage2', path]);
    expect(new Uint8Array(taken)).toEqual(whole);
    expect(tags).not.toHaveProperty('Warning');
    expect(tags).toMatchObject({
      NumberOfImages: 2,
      Directory: [
        { Item: { Semantic: 'Primary' } },
        { Item: { Semantic: 'GainMap', Length: taken.length } },
      ],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
