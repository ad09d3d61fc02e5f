import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, CDPSession, JSHandle, Page } from '@playwright/test';
import { makeCompact } from '../tests/unit/models/own/sample-nets';
import { writeSafetensors } from '../tests/unit/models/own/weight-files';
import { drawPhoto } from './memory';
import { printTable, type Cells } from './table';

/** What is promised of a Compact of 1.2 million weights that enlarges 4x. */
const promised = 'at most 5.0';

/** How long a quiet browser is watched for what it does by itself, in milliseconds. */
const idleMs = 2000;

/**
 * From the drop of a model on the page to its first loupe at 4x, on the CPU tier: seconds by the clock, and those that all of the browser's
 * processes were at work, which other work on the machine lengthens less.
 *
 * @param browser To open the page in.
 * @param url Address of the built page.
 */
export async function measureOwnLoupe(browser: Browser, url: string): Promise<void> {
  const photo = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: await drawPhoto(1) };
  const model = readModel();
  const session = await browser.newBrowserCDPSession();
  const rows: Cells[] = [];
  // The first one has the engine still to load.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  for (const what of ['first visit', 'the page was here before']) {
    const page = await context.newPage();
    page.setDefaultTimeout(600_000);
    await page.goto(`${url}?backend=wasm`);
    await page.locator('input[type=file]').first().setInputFiles(photo);
    await page.getByRole('radio', { name: '4×', exact: true }).check({ force: true });
    await page.locator('.cards label:not(.coming)').first().waitFor();
    await page.waitForTimeout(idleMs);
    const dropped = await hold(page, model);
    const clock = await startClock(session);
    await page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
    await page.getByText(`${model.title} is added`).waitFor();
    const added = await clock();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Model', exact: true }).selectOption(model.title);
    await page.keyboard.press('l');
    await page.locator('.loupe[aria-busy=false]').waitFor();
    const shown = await clock();
    rows.push({
      'from a drop to': what,
      'added, s': added.wall.toFixed(1),
      'first loupe, s': shown.wall.toFixed(1),
      'promised, s': promised,
      'CPU seconds until it is added': added.cpu.toFixed(1),
      'CPU seconds in all': shown.cpu.toFixed(1),
    });
    await page.close();
    await forgetModels(context, url);
  }
  await context.close();
  printTable(rows, false);
}

type Model = { readonly title: string; readonly name: string; readonly bytes: Buffer };

/** The real one where it is there, else one of as many weights. */
function readModel(): Model {
  const path = join(
    resolve(process.env['ENLARGER_MODELS'] ?? '../shared/models'),
    'general-x4v3.pth',
  );
  if (existsSync(path))
    return { title: 'general-x4v3', name: 'general-x4v3.pth', bytes: readFileSync(path) };
  const bytes = Buffer.from(writeSafetensors(makeCompact(64, 32, 4).tensors));
  return { title: 'compact', name: 'compact.safetensors', bytes };
}

/** What a drop of the model brings, made before the clock starts: a person's own comes from their disk, this one letter by letter. */
function hold(page: Page, { name, bytes }: Model): Promise<JSHandle<DataTransfer>> {
  return page.evaluateHandle(
    ([base64, called]) => {
      const data = new DataTransfer();
      const decoded = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([decoded], called));
      return data;
    },
    [bytes.toString('base64'), name] as const,
  );
}

/** The next visit brings the model anew; what the service worker keeps stays. */
async function forgetModels(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${url}whats-new.json`);
  await page.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases())
      await new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = done));
  });
  await page.close();
}

/** Tells the seconds since its start. */
async function startClock(session: CDPSession) {
  const work = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  const [before, start] = [await work(), performance.now()];
  return async () => ({ wall: (performance.now() - start) / 1000, cpu: (await work()) - before });
}
