import { expect, test } from 'vitest';
import { findGainMap } from '../../../../src/formats/gain-map/find';
import { readMetadata } from '../../../../src/formats/metadata/read';
import { sniff } from '../../../../src/formats/sniff';
import { cut, patch } from '../byte-tools';
import { iso, makeUltraHdr, readFixture, said } from './ultra-hdr';

const map = readFixture('gray.jpg');
const hdr = makeUltraHdr(readFixture('orientation-6.jpg'), map);

test('the gain map of an Ultra HDR photo is found, with what it says of itself and no more', async () => {
  const found = findGainMap(hdr);
  expect(found).toEqual({ file: map, said, iso, isInXmp: true });
  const { metadata, notes } = await readMetadata(hdr, sniff(hdr));
  expect(metadata.gainMap).toEqual(found);
  expect(notes.map(({ note }) => note)).toEqual(['gain-map-kept']);
});

test('one that is cut off or no picture is said to be dropped', async () => {
  const begins = hdr.length - map.length - said.length;
  for (const broken of [cut(hdr, begins), patch(hdr, begins - 40, new Uint8Array(400))]) {
    expect(findGainMap(broken)).toBeNull();
    const { notes } = await readMetadata(broken, sniff(broken));
    expect(notes.map(({ note }) => note)).toEqual(['gain-map-dropped']);
  }
});

test('other pictures in a file are none', () => {
  expect(findGainMap(map)).toBeNull();
  expect(findGainMap(readFixture('trailer.jpg'))).toBeNull();
});
