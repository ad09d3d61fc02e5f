import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { formats } from '../src/core/format';
import type { Kind, ToldSize } from './pages/sizes';
import { withSourcePage } from './source-page';
import { figure, median, printTable } from './table';

const kinds: readonly Kind[] = [
  { format: 'jpeg', quality: 90 },
  { format: 'jpeg', quality: 60 },
  { format: 'webp', quality: 90 },
  { format: 'webp', quality: 50 },
  { format: 'avif', quality: 90 },
  { format: 'avif', quality: 60 },
];

const sets = ['CID22_val', 'LIVE1'];
const usualCount = 12;

/**
 * How far the size that is told before a file is saved is from the file's: benchmark photos, enlarged four times.
 *
 * @param data Folder of the benchmarks.
 * @param args How many photos; `--markdown` for a document.
 */
export async function measureSizes(data: string, args: readonly string[]): Promise<void> {
  const count = Number(args.find((each) => Number(each) > 0) ?? usualCount);
  const files = sets.flatMap((set) => pickEvenly(join(data, set), Math.ceil(count / sets.length)));
  const all: ToldSize[] = [];
  await withSourcePage('sizes', async (page) => {
    for (const [i, path] of files.slice(0, count).entries()) {
      const address = `/photo-${i}`;
      await page.route(`**${address}`, (route) => route.fulfill({ path }));
      all.push(
        ...(await page.evaluate(([at, of]) => tellSizes(at, of), [address, kinds] as const)),
      );
    }
  });
  const rows = kinds.map(({ format, quality }) => {
    const ones = all.filter((each) => each.format === format && each.quality === quality);
    const off = ones.map(({ told, bytes }) => 100 * (told / bytes - 1));
    const sizes = off.map(Math.abs);
    const percent = (value: number) => `${figure(value, 1)} %`;
    return {
      format: formats[format].title,
      quality: String(quality),
      photos: String(ones.length),
      'off, median': percent(median(sizes)),
      'off, most': percent(Math.max(...sizes)),
      'too long': percent(Math.max(0, ...off)),
      'too short': percent(Math.max(0, ...off.map((each) => -each))),
    };
  });
  printTable(rows, args.includes('--markdown'));
}

function pickEvenly(folder: string, count: number): string[] {
  const names = readdirSync(folder).sort();
  return Array.from({ length: Math.min(count, names.length) }, (_, i) =>
    join(folder, names[Math.floor((i * names.length) / Math.min(count, names.length))]!),
  );
}
