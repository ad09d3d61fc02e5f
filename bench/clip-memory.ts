import type { Page } from '@playwright/test';
import { makeClip } from '../tests/clips';
import { startMeter, type Meter } from './memory';
import { withSourcePage } from './source-page';
import { figure, printTable, type Cells } from './table';

/** Pictures that pass before memory is measured; over how many its peak is taken, and how often it is looked at. */
const [settled, window] = [500, 500];
const looks = 10;

/** Without it, what scripts hold is not measured before the browser collects by itself, which may take half a minute. */
const eager = '--enable-blink-features=ForceEagerMeasureMemory';

const mega = 1e6;
const patienceMs = 7_200_000;

/** What was held over some pictures, in bytes: at most by the page's process and by all, and by scripts and wasm at the end. */
type Held = {
  readonly frames: number;
  readonly page: number;
  readonly all: number;
  readonly heaps: number;
};

/**
 * Memory while a long clip is enlarged twice by a stand-in for the network, into a file of the browser's own as it comes: whether it holds more of a longer one. Linux only.
 *
 * @param args How many pictures (30,000). `--webm` for VP9 and Opus in WebM in place of H.264 and AAC in MP4, `--webgpu` for colours turned on a GPU, which may be a software adapter,
 *   `--markdown` for a document.
 */
export async function measureClipMemory(args: readonly string[]): Promise<void> {
  const frames = Number(args.find((arg) => Number(arg) > 0) ?? 30_000);
  if (frames < settled + 2 * window)
    throw new Error(`A clip that is to be measured has ${settled + 2 * window} pictures at least.`);
  const container = args.includes('--webm') ? 'webm' : 'mp4';
  const body = drawClip(container, frames);
  const onGpu = args.includes('--webgpu');
  const task = { address: '/clip', container, onGpu } as const;
  const measured = async (page: Page, version: string) => {
    console.error(`clip: ${body.length} bytes`);
    page.on('console', (message) => console.error(message.text()));
    page.setDefaultTimeout(patienceMs);
    await page.route('**/clip', (route) => route.fulfill({ body, contentType: 'video/mp4' }));
    const meter = await startMeter(page.context().browser()!);
    const start = performance.now();
    await page.evaluate((wanted) => beginClip(wanted), task);
    const held = await follow(page, meter, frames).finally(() => meter.stop());
    const { frames: done, end } = await waitFor(page, Infinity);
    if (!end || end.fault || done !== frames)
      throw new Error(`${done} of ${frames}: ${end?.fault}`);
    const seconds = figure((performance.now() - start) / 1000, 0);
    console.log(
      `Chromium ${version}, ${container}, ${done} pictures in ${seconds} s, ${cellOf(end.bytes)} MB`,
    );
    printTable(rowsOf(held), args.includes('--markdown'));
  };
  await withSourcePage('clip-memory', measured, [eager]);
}

/** Of noise where it begins: what is read is kept up to 8 MiB, and these are to be full before memory is measured. */
function drawClip(container: 'mp4' | 'webm', frames: number): Buffer {
  const seconds = frames / 25;
  const noise = `noise=alls=100:allf=t:enable='lt(t,${settled / 25})'`;
  const drawn = ['-f', 'lavfi', '-i', `testsrc=s=160x120:r=25:d=${seconds},${noise}`];
  const sound = ['-f', 'lavfi', '-i', `sine=440:d=${seconds}:r=48000`];
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '4', '-c:a', 'aac'];
  const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-crf', '4'];
  const coded = container === 'mp4' ? h264 : [...vp9, '-b:v', '0', '-c:a', 'libopus'];
  const shared = ['-g', '50', '-pix_fmt', 'yuv420p'];
  return makeClip(`clip.${container}`, [...drawn, ...sound, ...coded, ...shared]);
}

/** Looks at it at even distances from the first pictures to the last ones. */
async function follow(page: Page, meter: Meter, frames: number): Promise<Held[]> {
  const held: Held[] = [];
  const distance = (frames - settled - window) / looks;
  for (let i = 0; i <= looks; i++) {
    const from = Math.round(settled + i * distance);
    await waitFor(page, from);
    meter.take();
    await waitFor(page, Math.min(frames, from + window));
    const { page: own, all } = meter.take();
    const told = await page.evaluate(() => clipTold.frames);
    const heaps = await page.evaluate(() => measureHeaps());
    held.push({ frames: told, page: own, all, heaps });
    console.error(
      `clip: ${told} of ${frames}, ${cellOf(own)}, ${cellOf(all)}, ${cellOf(heaps)} MB`,
    );
  }
  return held;
}

const cellOf = (bytes: number) => figure(bytes / mega, 1);

function rowsOf(held: readonly Held[]): Cells[] {
  const [first] = held as [Held];
  const cell = (each: Held, name: 'page' | 'all' | 'heaps') =>
    `${cellOf(each[name])} (${figure(100 * (each[name] / first[name] - 1), 1)} %)`;
  return held.map((each) => ({
    pictures: String(each.frames),
    'heaps and wasm, MB': cell(each, 'heaps'),
    'resident, the page, MB': cell(each, 'page'),
    'resident, all processes, MB': cell(each, 'all'),
  }));
}

/** Waits until so many pictures are written, or the clip is over. */
async function waitFor(page: Page, frames: number) {
  // Infinity crosses into the page as itself.
  await page.waitForFunction(
    (wanted) => clipTold.end !== null || clipTold.frames >= wanted,
    frames,
  );
  return page.evaluate(() => clipTold);
}
