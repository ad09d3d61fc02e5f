import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { expect, test } from 'vitest';
import { runOnArrays } from '../../scripts/face-arrays.mjs';
import { makeFaceFiles } from '../../scripts/face-files.mjs';
import { squeeze } from '../../scripts/face-finder.mjs';
import catalog from '../../public/models/catalog.json';

/** As many pixels as the first cell sees, and some. */
const side = 160;
const cells = side / 32;
const numbers = 25;

/** The picture that the original is asked about, too. */
const levels = Array.from({ length: side * side * 3 }, (_, i) => (i * i * 7919) % 256);
const picture = {
  width: side,
  height: side,
  channels: 3,
  values: Float64Array.from(levels, (each) => each / 255),
};

test('the network of the package, on arrays, says what its own code says', () => {
  const script = join(import.meta.dirname, '../fixtures/original-faces.mjs');
  const printed = execFileSync(process.execPath, [script, String(side)], { encoding: 'utf8' });
  const original = JSON.parse(printed.slice(printed.lastIndexOf('['))) as number[];
  const told = runOnArrays(picture, false).values;
  expect(original).toHaveLength(told.length);
  // Cells that see the right or the lower edge are another matter: there the original leaves a pixel out.
  for (const cell of [0, 1, cells, cells + 1])
    for (let i = cell * numbers; i < (cell + 1) * numbers; i++)
      expect(told[i]).toBeCloseTo(original[i]!, 3);
});

test('the converted file says what arrays say, in the first pixels of each cell', async () => {
  const told = runOnArrays(picture, false).values;
  const planes = Float32Array.from(levels, (_, i) => {
    const place = i % side ** 2;
    return picture.values[place * 3 + Math.floor(i / side ** 2)]!;
  });
  const session = await InferenceSession.create(makeFaceFiles()[0]!.bytes);
  const image = new Tensor('float32', planes, [1, 3, side, side]);
  const { enhanced } = await session.run({ image });
  expect(enhanced!.dims).toEqual([1, 1, side, side]);
  for (let cell = 0; cell < cells ** 2; cell++)
    for (let i = 0; i < numbers; i++) {
      const at = Math.floor(cell / cells) * 32 * side + (cell % cells) * 32 + i;
      const value = Math.min(1, Math.max(0, Number(enhanced!.data[at])));
      expect(value).toBeCloseTo(squeeze(told[cell * numbers + i]!), 4);
    }
});

test('the files that are made are those that the catalogue knows', () => {
  const [file] = catalog.models.find(({ id }) => id === 'find-faces')!.files;
  const [model, golden] = makeFaceFiles();
  expect([model!.name, golden!.name]).toEqual([file!.url, file!.golden.url]);
});
