import { expect, test } from 'vitest';
import { EnhanceError } from '../../src/core/errors';
import { decode } from '../../src/formats/decode';
import { makeOddFiles, type Fate } from '../unit/formats/odd-files';

const urls = import.meta.glob<string>('../fixtures/formats/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function read(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(urls[`../fixtures/formats/${name}`] ?? name);
  return new Uint8Array(await response.arrayBuffer());
}

const files = await makeOddFiles(read);

test('there are sixty of them and more', () => {
  expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
  expect(files.length).toBeGreaterThanOrEqual(60);
});

test.each(files)('$name', async ({ bytes, fates }) => {
  expect(fates).toContain(await fateOf(bytes));
});

/** What becomes of a file; an error of no known problem is thrown. */
async function fateOf(bytes: Uint8Array<ArrayBuffer>): Promise<Fate> {
  try {
    const { raster, notes } = await decode(new Blob([bytes]));
    expect(raster.data).toHaveLength(raster.width * raster.height * 4);
    return notes.some(({ note }) => note === 'cut-off') ? 'part' : 'whole';
  } catch (error) {
    if (!(error instanceof EnhanceError)) throw error;
    expect(['corrupt-file', 'unsupported-format', 'too-large']).toContain(error.code);
    return 'refused';
  }
}
