import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mutate, readAll, startsOf } from './mutation';
import { makeOddFiles } from './odd-files';

const folder = new URL('../../fixtures/formats/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const files = await makeOddFiles((name) => Promise.resolve(read(name)));

// What a decoder makes of them is tested in a browser.
test.each(files)('$name: its header is read, or refused with a code', async ({ bytes }) => {
  await expect(readAll(bytes)).resolves.toBeTypeOf('boolean');
});

test.each(Object.entries(startsOf))(
  '300 damaged files of %s are read or refused',
  async (_, all) => {
    const originals = all.map(read);
    let wereRead = 0;
    for (let seed = 0; seed < 300; seed++)
      if (await readAll(mutate(originals[seed % originals.length]!, seed))) wereRead++;
    expect(wereRead).toBeGreaterThan(30);
    expect(wereRead).toBeLessThan(300);
  },
);
