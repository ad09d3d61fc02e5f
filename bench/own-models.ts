import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decode } from 'fast-png';
import { readOwnModel, type OwnNet } from '../src/models/own/read-own-model';
import { makeOriginal, mutatedKinds, readMutated } from '../tests/unit/models/own/mutated-files';
import { runNet } from '../tests/unit/models/own/run-net';
import { makeEsrgan } from '../tests/unit/models/own/sample-nets';
import { writeSafetensors, writeTorch } from '../tests/unit/models/own/weight-files';
import { readEach } from './damage';
import { offBy, readHalves } from './expected';
import { printTable, type Cells } from './table';

/** How many files of each kind are damaged where nobody says so. */
const usual = 2000;

/**
 * Models that people bring: real ones against PyTorch's results, where a folder of them is there (`ENLARGER_MODELS`, else
 * `../shared/models`), the largest that is common, and damaged ones, which must be refused or read as they are.
 *
 * @param args How many files of each kind are damaged, and the first seed.
 */
export async function measureOwnModels([count, first = '0']: readonly string[]): Promise<void> {
  const folder = resolve(process.env['ENLARGER_MODELS'] ?? '../shared/models');
  if (existsSync(join(folder, 'input.png'))) await compareReal(folder);
  else console.log(`No models at ${folder}: set ENLARGER_MODELS to a folder of them.`);
  await convertLarge();
  await damageAll(count ? Number(count) : usual, Number(first));
}

async function compareReal(folder: string): Promise<void> {
  const { width, height, channels, data } = decode(readFileSync(join(folder, 'input.png')));
  const plane = width * height;
  const image = new Float32Array(3 * plane);
  for (let pixel = 0; pixel < plane; pixel++)
    for (let each = 0; each < 3; each++)
      image[each * plane + pixel] = data[pixel * channels + each]! / 255;
  const rows: Cells[] = [];
  for (const name of readdirSync(folder).filter((file) => /\.(onnx|safetensors|pth)$/.test(file))) {
    const since = performance.now();
    const net = await readOwnModel(new Uint8Array(readFileSync(join(folder, name))), name);
    const milliseconds = performance.now() - since;
    const { values, dims } = await runNet(net.onnx, image, [3, height, width]);
    const expected = join(folder, name.replace(/\.\w+$/, '.expected.npy'));
    const isKnown = existsSync(expected);
    const off = isKnown
      ? offBy(values, readHalves(readFileSync(expected)), dims, dims[1]! / height)
      : null;
    if (off && off.inside > 1) process.exitCode = 1;
    rows.push({
      ...describe(name, net),
      result: dims.join(' x '),
      'off inside': off ? off.inside.toFixed(3) : 'unknown',
      'off at all': off ? off.everywhere.toFixed(3) : 'unknown',
      'read in ms': milliseconds.toFixed(0),
    });
  }
  printTable(rows, false);
}

const describe = (name: string, { architecture, scale, halo, params, notes }: OwnNet): Cells => ({
  file: name,
  kind: architecture,
  scale: String(scale ?? '?'),
  halo: String(halo ?? '?'),
  params: String(params),
  notes: notes.join(' ') || 'none',
});

/** The ESRGAN of 67 MB that most are: its time, and what the process holds at most above what it held before. */
async function convertLarge(): Promise<void> {
  const shape = { names: 'new', width: 64, growth: 32, blocks: 23, doublings: 2 } as const;
  const { tensors } = makeEsrgan(shape);
  const files = { '.safetensors': writeSafetensors(tensors), '.pth': await writeTorch(tensors) };
  const rows: Cells[] = [];
  for (const [kind, bytes] of Object.entries(files)) {
    globalThis.gc?.();
    const before = process.memoryUsage().rss - bytes.length;
    let most = 0;
    const look = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
    const since = performance.now();
    const atWork = process.cpuUsage();
    const { onnx } = await readOwnModel(bytes, kind);
    const seconds = (performance.now() - since) / 1000;
    const { user, system } = process.cpuUsage(atWork);
    clearInterval(look);
    most = Math.max(most, process.memoryUsage().rss) - before;
    rows.push({
      'ESRGAN of 23 blocks': kind,
      'file MB': (bytes.length / 1e6).toFixed(1),
      'ONNX MB': (onnx.length / 1e6).toFixed(1),
      'read in s': seconds.toFixed(1),
      'CPU s': ((user + system) / 1e6).toFixed(1),
      'peak / file': (most / bytes.length).toFixed(1),
    });
  }
  printTable(rows, false);
}

async function damageAll(count: number, first: number): Promise<void> {
  const rows: Cells[] = [];
  for (const kind of mutatedKinds) {
    const original = await makeOriginal(kind);
    rows.push(await readEach({ kind }, count, first, (seed) => readMutated(original, seed)));
  }
  printTable(rows, false);
}
