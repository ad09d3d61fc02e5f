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
    let [wereRead, failures, slowest] = [0, 0, 0];
    for (let seed = Number(first); seed < Number(first) + files; seed++) {
      const since = performance.now();
      try {
        const bytes = mutate(originals[seed % originals.length]!, seed);
        if (await readAll(bytes)) wereRead++;
      } catch (error) {
        failures++;
        console.error(`${format} ${seed}: ${String(error)}`);
      }
      slowest = Math.max(slowest, performance.now() - since);
    }
    rows.push({
      format,
      files: String(files),
      read: String(wereRead),
      refused: String(files - wereRead - failures),
      failures: String(failures),
      'slowest ms': slowest.toFixed(0),
    });
    if (failures > 0) process.exitCode = 1;
  }
  printTable(rows, false);
}
