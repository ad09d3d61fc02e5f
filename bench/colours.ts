import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ColourSums } from './pages/colours';
import { withSearches } from './search-page';
import { printTable } from './table';

/** Benchmark photos; what counts as sure was chosen on the first. */
const folders = ['CBSD68', 'CID22_val'];

/** What all proposals together are to leave of how far grey is off, and of it in any photo. */
const wanted = { left: 0.8, worst: 1.2 };

/**
 * Makes the benchmark photos grey, takes all colours that the network proposes, and compares with those that they had. On the CPU, in a
 * browser, as the page does.
 *
 * @param data Folder of the benchmark photos.
 * @param args `photos` for a line for each.
 */
export async function measureColours(data: string, args: readonly string[]): Promise<void> {
  await withSearches('colours', 'proposeColoursFor', undefined, async (page) => {
    for (const folder of folders) {
      const names = readdirSync(join(data, folder)).filter((name) =>
        /\.(webp|png|jpg)$/.test(name),
      );
      const seen: ColourSums[] = [];
      for (const name of names.sort()) {
        const sums = await page.evaluate(
          (address) => proposeColoursFor(address),
          `/@fs${join(data, folder, name)}`,
        );
        seen.push(sums);
        if (args.includes('photos'))
          console.log(
            `${name}: ${sums.strokes.length} strokes, ${(sums.tinted / sums.grey).toFixed(3)}`,
          );
      }
      console.log(`${folder}, ${seen.length} photos`);
      report(seen);
    }
  });
}

function report(seen: readonly ColourSums[]): void {
  const sum = (of: (sums: ColourSums) => number) =>
    seen.reduce((total, each) => total + of(each), 0);
  const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : 1).toFixed(3);
  const left = seen.map(({ tinted, grey }) => tinted / grey);
  const proposed = seen.filter(({ strokes }) => strokes.length > 0).length;
  const row = (what: string, here: string, promised = '–') => ({ what, here, wanted: promised });
  printTable(
    [
      row(
        'off beside grey, where colours came to',
        ratio(
          sum((each) => each.tintedThere),
          sum((each) => each.greyThere),
        ),
        `at most ${wanted.left}`,
      ),
      row(
        'off beside grey, whole photos',
        ratio(
          sum((each) => each.tinted),
          sum((each) => each.grey),
        ),
        `at most ${wanted.left}`,
      ),
      row('the worst photo', Math.max(...left).toFixed(2), `at most ${wanted.worst}`),
      row('coloured, %', (100 * (sum(({ share }) => share) / seen.length)).toFixed(1)),
      row('photos with proposals', `${proposed} of ${seen.length}`),
      row('strokes', String(sum(({ strokes }) => strokes.length))),
      row('a photo, s', (sum(({ seconds }) => seconds) / seen.length).toFixed(2)),
    ],
    false,
  );
}
