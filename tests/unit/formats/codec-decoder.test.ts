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

/** Of 48 x 32 by cjxl 0.11, `-d 0 -x color_space=` their names. */
const jxls = {
  RGB_D65_202_Rel_PeQ:
    '/woHBRCQR484HAAAAAAACCAIBALAASygkxpUKCqYY4U4U8z8x/gWCAAAMsgaQg+CfDuayYfNa+f/7TOoB8lDJegE=',
  RGB_D65_202_Rel_HLG:
    '/woHBRCQZyDQYwAAAAAICAIBALAASygkxpUKCqYY4U4U8z8x/gWCAAAMsgaQg+CfDuayYfNa+f/7TOoB8lDJegE=',
  Gra_D65_Rel_PeQ:
    '/woHBRAUPeJwAAAAAAgIAgEApABLGIsVAJSX9zH+/AWAAACcAQYAHECNAFLvEIqCSm9+ACOJNXeF0PybAA==',
  RGB_D65_SRG_Rel_Lin:
    '/woHQUDRIggCAQCwAEsoJMaVCgqmGOFOFPM/Mf4FggAADLIGkIPgnw7msmHzWvn/+0zqAfJQyXoB',
  Gra_D65_Rel_SRG: '/woHQVDcCAgCAQCkAEsYixUAlJf3Mf78BYAAAJwBBgAcQI0AUu8QioJKb34AI4k1d4XQ/JsA',
  Gra_D65_Rel_Lin: '/woHQVC0CAgCAQCkAEsYixUAlJf3Mf78BYAAAJwBBgAcQI0AUu8QioJKb34AI4k1d4XQ/JsA',
};

test.each([
  ['RGB_D65_202_Rel_PeQ', true, 'colours'],
  ['RGB_D65_202_Rel_HLG', true, 'colours'],
  ['Gra_D65_Rel_PeQ', true, 'colours'],
  ['RGB_D65_SRG_Rel_Lin', true, null],
  ['Gra_D65_Rel_SRG', false, null],
  ['Gra_D65_Rel_Lin', true, null],
] as const)(
  'a JPEG XL of %s is coloured: %s; what it wants a browser for: %s',
  async (name, coloured, need) => {
    const file = Uint8Array.from(Buffer.from(jxls[name], 'base64'));
    expect(sniff(file).coloured).toBe(coloured);
    expect(await findBrowserNeed(file)).toBe(need);
  },
);
