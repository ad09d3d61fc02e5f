/** What the system starts the installed app with: shares, files, shortcuts. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { badFiles, photo, type PictureFile } from './pictures';

test.describe('a share', () => {
  // The system posts a share past the page's policy; here a form must do it, which the policy forbids.
  test.use({ bypassCSP: true });

  /** Posts what a share sheet would, and follows to where it leads. */
  async function share(page: Page, files: readonly PictureFile[]): Promise<void> {
    const parts = files.map(({ name, mimeType, buffer }) => ({
      name,
      mimeType,
      base64: buffer.toString('base64'),
    }));
    await page.evaluate((given) => {
      const form = document.createElement('form');
      form.method = 'post';
      form.action = '/share';
      form.enctype = 'multipart/form-data';
      const input = document.createElement('input');
      input.type = 'file';
      input.name = 'photo';
      input.multiple = true;
      const transfer = new DataTransfer();
      for (const { name, mimeType, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: mimeType }));
      }
      input.files = transfer.files;
      form.append(input);
      document.body.append(form);
      form.submit();
    }, parts);
  }

  test('is opened, once, and leaves nothing behind', async ({ app, page }) => {
    await app.visitAndStay('/');
    await share(page, [{ ...photo, name: 'Strand & Düne.png' }]);
    await expect(app.enhanceButton).toBeEnabled();
    await expect(page.getByRole('heading', { name: 'Strand & Düne.png' })).toBeVisible();
    expect(new URL(page.url()).search).toBe('');
    expect(await page.evaluate(() => caches.has('enlarger-shared'))).toBe(false);
    await page.reload();
    await expect(app.openButton).toBeVisible();
    await expect(app.enhanceButton).toHaveCount(0);
  });

  test('waits for a page that was not running, without a server', async ({
    app,
    page,
    context,
    ownServer,
  }) => {
    await app.visitAndStay(ownServer.url);
    await app.open(photo); // so that the worker's scripts are kept
    await expect(page.getByText(/, about \d/)).toBeVisible(); // and nothing loads any more
    await ownServer.close();
    await context.setOffline(true);
    // The redirect is not followed here: what it leads to is opened later, in a new page.
    const address = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const body = new FormData();
      body.append('photo', new File([bytes], 'cold.png', { type: 'image/png' }));
      await fetch('/share', { method: 'POST', body, redirect: 'manual' });
      const [request] = await (await caches.open('enlarger-shared')).keys();
      return `/?share=${request?.url.split('/').at(-1)}`;
    }, photo.buffer.toString('base64'));
    await page.close();
    const later = await context.newPage();
    await later.goto(new URL(address, ownServer.url).href);
    await expect(later.getByRole('heading', { name: 'cold.png' })).toBeVisible();
  });

  test('without a file says so', async ({ app, page }) => {
    await app.visitAndStay('/');
    await share(page, []);
    await expect(page.getByRole('alert')).toContainText('no picture');
    await expect(app.openButton).toBeVisible();
    expect(new URL(page.url()).search).toBe('');
  });

  test('of something that cannot be opened says why', async ({ app, page }) => {
    await app.visitAndStay('/');
    await share(page, [badFiles['a text file named .jpg']!]);
    await expect(page.getByRole('alert')).toBeVisible();
    await app.open(photo);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('that was taken already says so', async ({ app, page }) => {
    await page.goto('/?share=00000000-0000-4000-8000-000000000000');
    await expect(page.getByRole('alert')).toContainText('Share it again');
    await expect(app.openButton).toBeVisible();
  });
});

test.describe('a file that the system opens', () => {
  /** What the page sees of the system: a launch queue, and a real file in the browser's own disk. */
  async function launch(page: Page, name = 'beach.png'): Promise<void> {
    await page.addInitScript(() => {
      const consumers: ((launch: object) => void)[] = [];
      Object.defineProperty(window, 'launchQueue', {
        value: { setConsumer: (consumer: (launch: object) => void) => consumers.push(consumer) },
      });
      Object.assign(window, { launch: (given: object) => consumers.forEach((f) => f(given)) });
    });
    await page.goto('/?backend=wasm&tile=64');
    await page.evaluate(
      async ([base64, file]) => {
        const folder = await navigator.storage.getDirectory();
        const handle = await folder.getFileHandle(file, { create: true });
        const writable = await handle.createWritable();
        await writable.write(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
        await writable.close();
        const { launch: start } = window as unknown as { launch: (given: object) => void };
        Object.assign(window, { opened: handle });
        start({ targetURL: location.href, files: [handle] });
      },
      [photo.buffer.toString('base64'), name] as const,
    );
  }

  const onDisk = (page: Page) =>
    page.evaluate(async () => {
      const { opened } = window as unknown as { opened: FileSystemFileHandle };
      const bytes = new Uint8Array(await (await opened.getFile()).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    });
  const original = photo.buffer.toString('base64');
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  test('is replaced by the result only when that is asked and confirmed', async ({ app, page }) => {
    await launch(page);
    await expect(app.enhanceButton).toBeEnabled();
    await app.enhance();
    await button(page, 'Save over the original…').click();
    await expect(page.getByRole('alertdialog')).toContainText('Replace beach.png?');
    await expect(button(page, 'Keep it')).toBeFocused();
    await button(page, 'Keep it').click();
    expect(await onDisk(page)).toBe(original);

    await button(page, 'Save over the original…').click();
    await button(page, 'Replace').click();
    await expect(app.status).toContainText('Saved over beach.png');
    const saved = await app.decode(Buffer.from(await onDisk(page), 'base64'), 'image/png');
    expect([saved.width, saved.height]).toEqual([192, 128]);
    // The photo is still the one that was opened.
    await app.enhance();
  });

  test('stays as it was where writing fails', async ({ app, page }) => {
    await launch(page);
    await expect(app.enhanceButton).toBeEnabled();
    await app.enhance();
    await page.evaluate(() => {
      const write = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
      FileSystemWritableFileStream.prototype.write = write;
    });
    await button(page, 'Save over the original…').click();
    await button(page, 'Replace').click();
    await expect(page.getByRole('alert')).toContainText('is unchanged');
    expect(await onDisk(page)).toBe(original);
  });

  test('stays as it is where it has changed since', async ({ app, page }) => {
    await launch(page);
    await expect(app.enhanceButton).toBeEnabled();
    await app.enhance();
    await page.evaluate(async () => {
      const { opened } = window as unknown as { opened: FileSystemFileHandle };
      const writable = await opened.createWritable();
      await writable.write('by another app');
      await writable.close();
    });
    await button(page, 'Save over the original…').click();
    await button(page, 'Replace').click();
    await expect(page.getByRole('alert')).toContainText('has changed on the disk');
    expect(Buffer.from(await onDisk(page), 'base64').toString()).toBe('by another app');
  });

  test('is not offered for replacing in another format, nor is a picked one', async ({
    app,
    page,
  }) => {
    await launch(page);
    await expect(app.enhanceButton).toBeEnabled();
    await app.enhance();
    await app.chooseFormat('WebP');
    await expect(button(page, 'Save over the original…')).toHaveCount(0);
    await app.chooseFormat('PNG');
    await expect(button(page, 'Save over the original…')).toBeVisible();
    await app.open(photo);
    await app.enhance();
    await expect(button(page, 'Save over the original…')).toHaveCount(0);
  });
});

test.describe('a shortcut', () => {
  test('pastes the picture of the clipboard', async ({ app, page }) => {
    await app.visit();
    await app.copy(photo);
    await page.goto('/?do=paste');
    await expect(app.enhanceButton).toBeEnabled();
    expect(new URL(page.url()).search).toBe('');
  });

  test('leads to the button that opens a photo, or to what is kept', async ({ app, page }) => {
    await page.goto('/?do=open');
    await expect(app.openButton).toBeFocused();
    await page.goto('/?do=shelf');
    await expect(page.getByRole('dialog', { name: 'Kept offline' })).toBeVisible();
  });
});
