import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { findGainMap } from '../../src/formats/gain-map/find';
import { makeUltraHdr, readFixture } from '../unit/formats/gain-map/ultra-hdr';
import { expect, test } from './fixtures';

const hasExiftool = spawnSync('exiftool', ['-ver']).status === 0;

/** A photo of 48 x 32 pixels, and a gain map of as many. */
const photoOf = (map: string) => ({
  name: 'bright.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from(makeUltraHdr(readFixture('orientation-1.jpg'), readFixture(map))),
});

/** What exiftool says of a file, by name. */
const listTags = (path: string) =>
  (
    JSON.parse(execFileSync('exiftool', ['-j', '-struct', path]).toString()) as Record<
      string,
      unknown
    >[]
  )[0]!;

test('an Ultra HDR photo comes back as one, enlarged', async ({ app, page }, info) => {
  await app.visit();
  await app.open(photoOf('gray.jpg'));
  await app.scale('2×').check({ force: true });
  await app.enhance();
  await page.getByRole('tab', { name: 'Save' }).click();
  const { bytes } = await app.save();
  const found = findGainMap(Uint8Array.from(bytes))!;
  const map = await app.decode(Buffer.from(found.file), 'image/jpeg');
  expect([map.width, map.height]).toEqual([96, 64]);
  expect(found.isInXmp).toBe(true);
  const keep = page.getByRole('checkbox', { name: 'Keep metadata' });
  await keep.press('Space');
  await expect(keep).not.toBeChecked();
  const bare = await app.save();
  expect(findGainMap(Uint8Array.from(bare.bytes))).toBeNull();
  test.skip(!hasExiftool, 'exiftool is not there');
  const [path, mapPath] = [info.outputPath('saved.jpg'), info.outputPath('map.jpg')];
  writeFileSync(path, bytes);
  expect(listTags(path)).toMatchObject({
    ...{ ImageWidth: 96, ImageHeight: 64, NumberOfImages: 2 },
    Directory: [{ Item: { Semantic: 'Primary' } }, { Item: { Semantic: 'GainMap' } }],
  });
  writeFileSync(mapPath, execFileSync('exiftool', ['-b', '-MPImage2', path]));
  expect(listTags(mapPath)).toMatchObject({
    ...{ ImageWidth: 96, ImageHeight: 64, GainMapMax: 2.25, HDRCapacityMax: 3 },
  });
});

test('one whose gain map is cut off is saved without it, which is said', async ({ app, page }) => {
  await app.visit();
  await app.open(photoOf('cut.jpg'));
  await app.enhance();
  await page.getByRole('tab', { name: 'Save' }).click();
  const { bytes } = await app.save();
  expect(findGainMap(Uint8Array.from(bytes))).toBeNull();
  await expect(app.status.first()).toContainText('HDR gain map could not be carried over');
});
