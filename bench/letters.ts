import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { findProgram } from '../scripts/programs.mjs';
import { printTable, type Cells } from './table';

/** What is written on every page: each letter and digit, and pairs that are easily taken for each other. */
const lines = [
  'Quite a few of the boxes were packed by 7 June 1983,',
  'and Mr Vogel paid 4,560.21 for the whole lot. Hazel',
  'kept the receipt (No. 80386-B) until the jury asked',
  'for it: rn is not m, cl is not d, 1 is not l, and 0',
  'is not O. Five dozen extra fuzzy quilts, bought from',
  'Wexford & Kay, were sold again the following Sunday.',
];

/** A page as it was scanned: its letters' size in pixels, and what the file has lost. */
type Scan = { readonly font: string; readonly pixels: number; readonly quality: number | null };

const fonts = ['DejaVu Serif', 'DejaVu Sans', 'DejaVu Sans Mono'];
const scans: readonly Scan[] = [22, 16, 12].flatMap((pixels) =>
  fonts.flatMap((font) => [null, 50].map((quality) => ({ font, pixels, quality }))),
);

/** Pixels of the page's margin, and levels of the scanner's noise. */
const margin = 24;
const noise = 3;

/**
 * Whether the preset for text changes letters: pages are drawn as small scans, enlarged twice by the built page, and
 * read by tesseract before (enlarged smoothly by the browser) and after.
 *
 * @param browser Where the page runs.
 * @param url Address of the built page.
 */
export async function measureLetters(browser: Browser, url: string): Promise<void> {
  const program = findProgram(['tesseract']);
  if (!program) {
    console.error('Needs tesseract: apt-get install tesseract-ocr.');
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'letters-'));
  const rows: Cells[] = [];
  const all = { before: 0, after: 0 };
  const page = await browser.newPage();
  try {
    for (const scan of scans) {
      const { file, smooth } = await drawScan(page, scan);
      const before = countWrong(read(program, folder, smooth));
      const after = countWrong(read(program, folder, await enlarge(browser, url, file, scan)));
      all.before += before;
      all.after += after;
      rows.push({
        font: scan.font,
        'size, pixels': String(scan.pixels),
        file: scan.quality ? `JPEG ${scan.quality}` : 'PNG',
        'letters wrong before': String(before),
        after: String(after),
      });
    }
  } finally {
    rmSync(folder, { recursive: true });
    await page.close();
  }
  printTable(rows, false);
  const letters = scans.length * lines.join('\n').length;
  console.log(`of ${letters} letters ${all.before} were read wrongly before, ${all.after} after`);
}

/** Draws a page at twice its size, reduces it, and adds what a scanner and a file do. */
async function drawScan(page: Page, scan: Scan): Promise<{ file: Buffer; smooth: Buffer }> {
  const drawn = await page.evaluate(
    async ({ font, pixels, quality, words, edge, sigma }) => {
      const [width, height] = [edge * 2 + pixels * 33, edge * 2 + words.length * pixels * 1.6];
      const create = (scale: number) => {
        const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
        const pen = canvas.getContext('2d')!;
        pen.imageSmoothingQuality = 'high';
        return { canvas, pen };
      };
      const large = create(2);
      large.pen.fillStyle = '#f4f1e8';
      large.pen.fillRect(0, 0, large.canvas.width, large.canvas.height);
      large.pen.fillStyle = '#2a2830';
      large.pen.font = `${pixels * 2}px "${font}"`;
      for (const [i, line] of words.entries())
        large.pen.fillText(line, edge * 2, (edge + (i + 1) * pixels * 1.5) * 2);
      const small = create(1);
      small.pen.drawImage(large.canvas, 0, 0, small.canvas.width, small.canvas.height);
      const image = small.pen.getImageData(0, 0, small.canvas.width, small.canvas.height);
      // The sum of four even numbers is near enough to a bell; the seed makes it the same each time.
      let seed = 1;
      const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647 - 0.5;
      for (let i = 0; i < image.data.length; i += 4) {
        const change = sigma * 1.73 * (random() + random() + random() + random());
        for (let c = 0; c < 3; c++) image.data[i + c] = image.data[i + c]! + change;
      }
      small.pen.putImageData(image, 0, 0);
      const type = quality ? 'image/jpeg' : 'image/png';
      const file = await small.canvas.convertToBlob({ type, quality: (quality ?? 0) / 100 });
      const smooth = create(2);
      const opened = await createImageBitmap(file);
      smooth.pen.drawImage(opened, 0, 0, smooth.canvas.width, smooth.canvas.height);
      const bytes = async (blob: Blob) => [...new Uint8Array(await blob.arrayBuffer())];
      return [await bytes(file), await bytes(await smooth.canvas.convertToBlob())] as const;
    },
    { ...scan, words: lines, edge: margin, sigma: noise },
  );
  const [file, smooth] = drawn.map((bytes) => Buffer.from(bytes));
  return { file: file!, smooth: smooth! };
}

/** What the page makes of a scan by its preset for text, twice as large. */
async function enlarge(
  browser: Browser,
  url: string,
  buffer: Buffer,
  { quality }: Scan,
): Promise<Buffer> {
  const page = await browser.newPage();
  page.setDefaultTimeout(300_000);
  await page.goto(`${url}?backend=wasm`);
  const kind = quality ? 'jpeg' : 'png';
  const file = { name: `scan.${kind}`, mimeType: `image/${kind}`, buffer };
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('Text and documents');
  await page.getByRole('radio', { name: '2×' }).check({ force: true });
  await page.getByRole('button', { name: 'Enhance', exact: true }).click();
  await page.getByRole('slider', { name: 'Strength' }).waitFor();
  await page.getByRole('tab', { name: 'Save' }).click();
  await page.getByRole('combobox', { name: 'Format' }).selectOption('PNG');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Save/ }).last().click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  await page.close();
  return Buffer.concat(chunks);
}

function read(program: string, folder: string, png: Buffer): string {
  const path = join(folder, 'page.png');
  writeFileSync(path, png);
  const { stdout, status } = spawnSync(program, [path, '-', '--psm', '6'], { encoding: 'utf8' });
  if (status !== 0) throw new Error('tesseract failed.');
  return stdout;
}

/** Letters that were added, left out or changed (Levenshtein's distance), spaces aside. */
function countWrong(text: string): number {
  const squeeze = (words: string) => words.replaceAll(/\s/g, '').replaceAll(/[’‘]/g, "'");
  const [right, seen] = [squeeze(lines.join('')), squeeze(text)];
  let row = Array.from({ length: seen.length + 1 }, (_, i) => i);
  for (const [y, letter] of [...right].entries()) {
    const next = [y + 1];
    for (const [x, other] of [...seen].entries()) {
      const changed = row[x]! + (letter === other ? 0 : 1);
      next.push(Math.min(changed, row[x + 1]! + 1, next[x]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
