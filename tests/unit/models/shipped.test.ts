import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bleedRadius } from '../../../src/core/picture/alpha';
import { parseCatalog } from '../../../src/models/catalog';
import { makeTinyCatalog, type Tiny } from '../../fixtures/tiny-catalog';

const root = join(import.meta.dirname, '../../..');
const shipped = join(root, 'public/models');
const fixtures = join(root, 'tests/fixtures/models');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** Every card's files and golden tiles, with how long a tile of the card must be. */
function listStored(catalog: unknown) {
  return parseCatalog(catalog).models.flatMap(({ scale, outputs, files }) =>
    files.flatMap((file) => [
      { ...file, length: file.bytes },
      { ...file.golden, length: 32 ** 2 * (3 + outputs * scale ** 2) },
    ]),
  );
}

test.each([
  ['shipped models', shipped, read(join(shipped, 'catalog.json'))],
  ['fixtures', fixtures, makeTinyCatalog(read(join(fixtures, 'tiny.json')) as Tiny[])],
])('the files of the %s are those that their catalogue describes', (_, folder, catalog) => {
  for (const { url, bytes, sha256, length } of listStored(catalog)) {
    const data = readFileSync(join(folder, url));
    expect([url, data.length]).toEqual([url, bytes]);
    expect([url, bytes]).toEqual([url, length]);
    expect(createHash('sha256').update(data).digest('hex')).toBe(sha256);
  }
});

test('nothing else lies beside the shipped models', () => {
  const stored = listStored(read(join(shipped, 'catalog.json'))).map(({ url }) => url);
  expect(readdirSync(shipped).sort()).toEqual([...stored, 'catalog.json', 'LICENSES.md'].sort());
});

test('no shipped model sees farther than colour is grown into transparent pixels', () => {
  for (const { id, halo } of parseCatalog(read(join(shipped, 'catalog.json'))).models)
    expect([id, halo <= bleedRadius]).toEqual([id, true]);
});
