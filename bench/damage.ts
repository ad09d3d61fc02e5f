import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutate, readAll, startsOf } from '../tests/unit/formats/mutation';
import { printTable, type Cells } from './table';

const folder = 'tests/fixtures/formats';

/** How many files of each format are damaged where nobody says so. */
const usual = 10_000;

/**
 * Damages files of each format and reads their headers and metadata: none may hang, or fail in any way but with a
 * code; no browser, no network. What fails is named by its seed, for a test.
 *
 * @param args How many files of each format, and the first seed.
 */
export async function measureDamage([count, first = '0']: readonly string[]): Promise<void> {
  const files = count ? Number(count) : usual;
  const rows: Cells[] = [];
  for (const [format, names] of Object.entries(startsOf)) {
    const originals = names.map((name) => new Uint8Array(readFileSync(join(folder, name))));
    const read = (seed: number) => readAll(mutate(originals[seed % originals.length]!, seed));
    rows.push(await readEach({ format }, files, Number(first), read));
  }
  printTable(rows, false);
}

/**
 * Reads damaged files, tells which fail, by their seeds, and makes the process fail then.
 *
 * @param kind Of the files: the row's first cells.
 * @param files How many.
 * @param first The first seed.
 * @param read Damages and reads one: whether it was read, and not refused; throws where it fails.
 * @returns A row.
 */
export async function readEach(
  kind: Cells,
  files: number,
  first: number,
  read: (seed: number) => Promise<boolean>,
): Promise<Cells> {
  let [wereRead, failures, slowest] = [0, 0, 0];
  for (let seed = first; seed < first + files; seed++) {
    const since = performance.now();
    try {
      if (await read(seed)) wereRead++;
    } catch (error) {
      failures++;
      console.error(`${Object.values(kind).join(' ')} ${seed}: ${String(error)}`);
    }
    slowest = Math.max(slowest, performance.now() - since);
  }
  if (failures > 0) process.exitCode = 1;
  return {
    ...kind,
    files: String(files),
    read: String(wereRead),
    refused: String(files - wereRead - failures),
    failures: String(failures),
    'slowest ms': slowest.toFixed(0),
  };
}
