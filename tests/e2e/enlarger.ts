import { expect, type Download, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import type { PictureFile } from './pictures';

/** Chooses a radio button, over which its words lie; pressed once more where the panel moved under the press. */
export async function pick(radio: Locator): Promise<void> {
  await expect(() => radio.check({ force: true, timeout: 10_000 })).toPass();
}

/** What the page is steered by: the accessible names that outside checks rely on too. */
export class Enlarger {
  readonly openButton: Locator;
  readonly enhanceButton: Locator;
  readonly cancelButton: Locator;
  readonly saveButton: Locator;
  readonly compare: Locator;
  readonly strength: Locator;
  readonly progress: Locator;
  readonly status: Locator;

  constructor(readonly page: Page) {
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    this.openButton = button('Open photo').first();
    this.enhanceButton = button('Enhance');
    this.cancelButton = button('Cancel');
    this.saveButton = button('Save');
    this.compare = page.getByRole('slider', { name: 'Compare before and after' });
    this.strength = page.getByRole('slider', { name: 'Strength' });
    this.progress = page.getByRole('progressbar');
    this.status = page.getByRole('status');
  }

  /** Goes to the app; on wasm with small tiles unless the query says otherwise. */
  async visit(query = 'backend=wasm&tile=64', address = '/'): Promise<void> {
    await this.page.goto(`${address}?${query}`);
    await expect(this.openButton).toBeVisible();
  }

  /** Visits another address, and waits until the service worker has installed and answers this page. */
  async visitAndStay(address: string): Promise<void> {
    await this.visit(undefined, address);
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }

  /**
   * Lets a page find the new version that the server now has. Asked again until it waits: a browser looks by itself some seconds after
   * a visit, and who asks in that moment gets the answer to that look, which the server gave before.
   */
  static async findUpdate(page: Page): Promise<void> {
    const look = () =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        await registration?.update();
        return Boolean(registration?.waiting);
      });
    await expect.poll(look).toBe(true);
  }

  /** Puts a PNG into the clipboard. */
  async copy({ buffer }: PictureFile): Promise<void> {
    await this.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const blob = new Blob([bytes], { type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    }, buffer.toString('base64'));
  }

  /** A slider of the panel. */
  slider(name: 'Noise' | 'JPEG' | 'Deblur'): Locator {
    return this.page.getByRole('slider', { name, exact: true });
  }

  /** Opens a file through the input behind "Open photo". */
  async choose(file: PictureFile): Promise<void> {
    await this.page.locator('input[type=file]').first().setInputFiles(file);
  }

  /** Opens a good file and waits until it can be enhanced. */
  async open(file: PictureFile): Promise<void> {
    await this.choose(file);
    await expect(this.enhanceButton).toBeEnabled();
  }

  /** One of the options of the group "Enlarge". */
  scale(name: '1×' | '2×' | '4×'): Locator {
    return this.page
      .getByRole('group', { name: 'Enlarge' })
      .or(this.page.getByRole('radiogroup', { name: 'Enlarge' }))
      .getByRole('radio', { name });
  }

  /** Runs and waits for the result. */
  async enhance(): Promise<void> {
    await this.enhanceButton.click();
    await expect(this.compare).toBeVisible();
    await expect(this.saveButton).toBeEnabled();
  }

  /**
   * Waits until all is kept that a page keeps after a run, so that it asks its server for nothing more: the engine, but for the codecs of rarer formats
   * and the build of onnxruntime for other browsers.
   */
  async expectEngineKept(): Promise<void> {
    const missing = () =>
      this.page.evaluate(async () => {
        const cache = await caches.open('enlarger-engine');
        const list = await fetch('engine.json');
        const { files } = (await list.json()) as { files: { url: string }[] };
        const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname.slice(1)));
        const rare = /\/(avif|libheif|jxl|lcms|UTIF|rnnoise)|asyncify|ort\.webgpu/;
        return files.map(({ url }) => url).filter((url) => !kept.has(url) && !rare.test(url));
      });
    await expect.poll(missing).toEqual([]);
  }

  /** Presses Save and waits for the file. */
  async save(): Promise<{ download: Download; bytes: Buffer }> {
    const started = this.page.waitForEvent('download');
    await this.saveButton.click();
    const download = await started;
    return { download, bytes: readFileSync(await download.path()) };
  }

  /** Decodes a saved file as the browser sees it. */
  async decode(
    bytes: Buffer,
    type: string,
  ): Promise<{ width: number; height: number; data: number[] }> {
    return this.page.evaluate(
      async ([base64, mime]) => {
        const raw = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([raw], { type: mime }));
        const { width, height } = bitmap;
        const context = new OffscreenCanvas(width, height).getContext('2d');
        if (!context) throw new Error('no 2d context');
        context.drawImage(bitmap, 0, 0);
        return { width, height, data: [...context.getImageData(0, 0, width, height).data] };
      },
      [bytes.toString('base64'), type] as const,
    );
  }

  /** Puts the focus on a slider and presses a key, as a person would. */
  async press(slider: Locator, key: string): Promise<void> {
    await slider.focus();
    await this.page.keyboard.press(key);
  }

  /** Asserts that there is nothing to save. */
  async expectNothingToSave(): Promise<void> {
    await expect(this.saveButton.and(this.page.locator(':enabled'))).toHaveCount(0);
  }

  /** Chooses what Save writes. */
  async chooseFormat(name: 'PNG' | 'JPEG' | 'WebP'): Promise<void> {
    const list = this.page.getByRole('combobox', { name: 'Format' });
    if (await list.count()) await list.selectOption({ label: name });
    else await pick(this.page.getByRole('radio', { name, exact: true }));
  }
}
