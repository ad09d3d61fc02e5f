import { expect, test } from 'vitest';
import { findBrowserNeed } from '../../../src/formats/codec-decoder';
import type { Bytes } from '../../../src/formats/metadata/metadata';
import { readMetadata } from '../../../src/formats/metadata/read';
import { chunk } from '../../../src/formats/png/chunk';
import { deflate } from '../../../src/formats/png/zlib';
import { sniff } from '../../../src/formats/sniff';
import { join, text } from './byte-tools';
import { readFixture } from './metadata/told-photo';

/** Where a PNG's header chunk ends. */
const headerEnd = 33;

/** A PNG that has one more chunk. */
async function tell(type: string, body: Bytes): Promise<Bytes> {
  const plain = readFixture('rgb.png');
  return join(plain.slice(0, headerEnd), chunk(type, body), plain.slice(headerEnd));
}

test('a profile that is none keeps no photo from being read without a browser', async () => {
  const packed = await deflate(text('no profile'.repeat(30)));
  const broken = [join(text('x\0\0'), packed), text('x\0\0not packed'), text('')];
  for (const body of broken) {
    const file = await tell('iCCP', body);
    expect(await findBrowserNeed(file)).toBeNull();
    const { metadata, notes } = await readMetadata(file, sniff(file));
    expect(notes).toEqual([{ note: 'metadata-broken', facts: { parts: ['ICC'] } }]);
    // Its numbers are sRGB's as they are.
    expect(metadata).toMatchObject({ profile: null, isConverted: false });
  }
});

test('what only a browser converts or decodes wants one', async () => {
  // BT.2100 PQ.
  const bright = await tell('cICP', Uint8Array.of(9, 16, 0, 1));
  expect(await findBrowserNeed(bright)).toBe('colours');
  expect(await findBrowserNeed(readFixture('plain.bmp'))).toBe('format');
  expect(await findBrowserNeed(readFixture('profile.jpg'))).toBeNull();
});
