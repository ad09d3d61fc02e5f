import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import type * as Enlarger from '../src/sdk/enlarger';
import { root } from '../scripts/install.mjs';
import { serve } from '../scripts/serve.mjs';
import type { PhotoCases } from './result-cases';
import { loadPhoto, type PhotoFile } from './result-photos';

/** What became of one case: a file, or the code of the error. */
export type Outcome = { readonly file: Buffer } | { readonly code: string };

/** A photo as the package sees it. */
export type PhotoOutcome = {
  /** Pixels that the camera's shake was found to have; 0 for none, and where it does not open. */
  readonly shake: number;
  /** Of its cases, in their order. */
  readonly outcomes: readonly Outcome[];
};

/** What the package reads in a photo, and the PNG that its suggestion at 1x makes; null where it does nothing. */
export type SuggestedOutcome = {
  readonly reasons: readonly Readonly<Record<string, unknown>>[];
  readonly result: Buffer | null;
};

/** The package `enlarger` in a page; `close` ends the server. */
export type SdkPage = {
  run(cases: PhotoCases): Promise<PhotoOutcome>;
  suggest(file: PhotoFile): Promise<SuggestedOutcome>;
  close(): Promise<void>;
};

/** A page that has one enhancer, made in a script of its own: Vite rewrites an import in a function. */
const pageFiles: Readonly<Record<string, { body: Buffer }>> = {
  '/page.html': {
    body: Buffer.from(
      '<!doctype html><title>-</title><script type="module" src="page.js"></script>',
    ),
  },
  '/page.js': {
    body: Buffer.from(
      "import { Enhancer } from './enlarger.js';\n" +
        // The server requires Trusted Types; see docs/sdk.
        "trustedTypes.createPolicy('default', { createScriptURL: (address) => address });\n" +
        "globalThis.enhancer = new Enhancer({ backend: 'wasm' });\n",
    ),
  },
};

type Answer = { readonly file: string } | { readonly code: string };

/**
 * Opens a page that has the built package and runs it on the CPU, with all threads.
 *
 * @param browser Any; the page has a profile of its own.
 * @returns The page.
 */
export async function openSdk(browser: Browser): Promise<SdkPage> {
  const server = await serve({
    root: join(root, 'dist-sdk'),
    port: 0,
    alter: (path) => pageFiles[path],
  });
  const page = await browser.newPage();
  await page.goto(`${server.url}page.html`);
  await page.waitForFunction(() => 'enhancer' in globalThis);
  return {
    run: ({ photo, cases }) => runCases(page, loadPhoto(photo), cases),
    async suggest({ name, mimeType, buffer }) {
      const photo = { name, mimeType, base64: buffer.toString('base64') };
      const { reasons, result } = await page.evaluate(suggestInPage, photo);
      return { reasons, result: result === null ? null : Buffer.from(result, 'base64') };
    },
    async close() {
      await page.close();
      await server.close();
    },
  };
}

async function runCases(
  page: Page,
  { name, mimeType, buffer }: PhotoFile,
  cases: PhotoCases['cases'],
): Promise<PhotoOutcome> {
  const wishes = cases.map(({ options }) => options);
  const photo = { name, mimeType, base64: buffer.toString('base64') };
  const { shake, answers } = await page.evaluate(runInPage, { photo, wishes });
  const outcomes = answers.map((one) =>
    'file' in one ? { file: Buffer.from(one.file, 'base64') } : one,
  );
  return { shake, outcomes };
}

/** Runs in the page. */
async function runInPage(given: {
  photo: { name: string; mimeType: string; base64: string };
  wishes: readonly Enlarger.EnhanceOptions[];
}): Promise<{ shake: number; answers: Answer[] }> {
  const { enhancer } = globalThis as unknown as { enhancer: Enlarger.Enhancer };
  const { name, mimeType, base64 } = given.photo;
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const file = new File([bytes], name, { type: mimeType });
  const read = (blob: Blob) =>
    new Promise<string>((done) => {
      const reader = new FileReader();
      reader.onload = () => done((reader.result as string).split(',')[1] ?? '');
      reader.readAsDataURL(blob);
    });
  const run = async (options: Enlarger.EnhanceOptions): Promise<Answer> => {
    try {
      const { blob } = await enhancer.enhance(file, { metadata: 'none', ...options });
      return { file: await read(blob) };
    } catch (error) {
      return { code: String((error as { code?: unknown }).code ?? error) };
    }
  };
  const shake = await enhancer.open(file).then(
    ({ analysis }) => analysis.shake,
    () => 0,
  );
  const answers: Answer[] = [];
  for (const options of given.wishes) answers.push(await run(options));
  return { shake, answers };
}

/** Runs in the page. */
async function suggestInPage(photo: {
  name: string;
  mimeType: string;
  base64: string;
}): Promise<{ reasons: readonly Enlarger.Reason[]; result: string | null }> {
  const { enhancer } = globalThis as unknown as { enhancer: Enlarger.Enhancer };
  const bytes = Uint8Array.from(atob(photo.base64), (each) => each.charCodeAt(0));
  const file = new File([bytes], photo.name, { type: photo.mimeType });
  const { suggestion } = await enhancer.open(file, { scale: 1 });
  const { reasons, recipe } = suggestion;
  if (recipe.steps.every(({ task }) => task === 'upscale')) return { reasons, result: null };
  const { blob } = await enhancer.enhance(file, { scale: 1, format: 'png' });
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done({ reasons, result: (reader.result as string).split(',')[1] ?? '' });
    reader.readAsDataURL(blob);
  });
}
