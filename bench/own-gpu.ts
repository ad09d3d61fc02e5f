import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { OwnRun } from './pages/own-models';
import { withSourcePage } from './source-page';
import { printTable, type Cells } from './table';

/** Most that a result may be off, in levels of 255: of a network's own values, and of a picture of 8 bits. */
const most = 1;

/**
 * Models that people bring on the software GPU: real ones against PyTorch's results, alone and as the page enhances a photo with them, and
 * one that the GPU computes wrongly, which the page must notice by its golden tile.
 */
export async function measureOwnGpu(): Promise<void> {
  const folder = resolve(process.env['ENLARGER_MODELS'] ?? '../shared/models');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  if (!files.includes('input.png'))
    return console.log(`No models at ${folder}: set ENLARGER_MODELS to a folder of them.`);
  await withSourcePage('own-models', async (page, version) => {
    await page.route('**/brought/*', (route) => {
      return route.fulfill({ path: join(folder, basename(route.request().url())) });
    });
    // A software GPU takes minutes for each.
    page.on('console', (message) => {
      if (message.type() === 'info') console.log(message.text());
    });
    const hasHalves = await page.evaluate(() => globalThis.hasHalves());
    console.log(`Chromium ${version}; ${hasHalves ? 'with' : 'without'} shader-f16`);
    const rows: Cells[] = [];
    const add = (row: Cells) => {
      console.log(Object.values(row).join(' | '));
      rows.push(row);
    };
    const [right, wrong] = await page.evaluate(() => runWrong());
    add(describe('6 planes, zeros added', 'the CPU', right!));
    add(describe('6 planes as they are', 'the CPU', wrong!));
    if (right!.ranOn !== 'GPU' || wrong!.ranOn !== 'CPU') process.exitCode = 1;
    const models = files
      .filter((file) => /\.(onnx|safetensors|pth)$/.test(file))
      .map((name) => {
        const expected = name.replace(/\.\w+$/, '.expected.npy');
        return [name, files.includes(expected) ? expected : undefined] as const;
      });
    const tell = (run: OwnRun, [name, expected]: (typeof models)[number]) => {
      if (!(run.off.inside <= most)) process.exitCode = 1;
      add(describe(name, expected ? 'PyTorch' : 'the CPU', run));
    };
    for (const model of models) {
      const runs = await page.evaluate((given) => runOwn(...given), model);
      for (const run of runs) tell(run, model);
    }
    for (const model of models)
      tell(await page.evaluate((given) => enhanceOwn(...given), model), model);
    printTable(rows, false);
  });
}

const describe = (file: string, against: string, run: OwnRun): Cells => ({
  ...{ file, form: run.form, what: run.what, 'ran on': run.ranOn, against },
  'off inside': run.off.inside.toFixed(3),
  'off at all': run.off.everywhere.toFixed(3),
  said: run.said || 'nothing',
});
