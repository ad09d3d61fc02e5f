/** What the system starts the installed app with: shares, files, shortcuts. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './host-site';
import { badFiles, photo, type PictureFile } from './pictures';

const shareDialog = (page: Page) => page.getByRole('dialog', { name: 'Shared photo' });
const openShared = (page: Page) => page.getByRole('button', { name: 'Open shared photo' });

/** What waits in the box. */
const listShares = (page: Page) =>
  page.evaluate(async () => {
    const keys = await (await caches.open('enlarger-shared')).keys();
    return keys.map(({ url }) => url.split('/').at(-1) ?? '');
  });

test.describe('a share', () => {
  // The system posts a share past the page's policy; here a form must do it, which the policy forbids.
  test.use({ bypassCSP: true });

  /** Posts what a share sheet would, and follows to where it leads. */
  async function share(
    page: Page,
    files: readonly PictureFile[],
    action = '/share',
  ): Promise<void> {
    const parts = files.map(({ name, mimeType, buffer }) => ({
      name,
      mimeType,
      base64: buffer.toString('base64'),
    }));
    const post = ([given, address]: readonly [typeof parts, string]): void => {
      const form = document.createElement('form');
      form.method = 'post';
      form.action = address;
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
    };
    await page.evaluate(post, [parts, action] as const);
  }

  test('is shown, opened by a press, once, and leaves nothing behind', async ({ app, page }) => {
    await app.visitAndStay('/');
    await share(page, [{ ...photo, name: 'Strand & Düne.png' }]);
    await expect(shareDialog(page)).toContainText('Strand & Düne.png');
    await expect(shareDialog(page)).toContainText('96 × 64 · 1 kB');
    await expect(shareDialog(page).getByRole('img')).toHaveJSProperty('naturalWidth', 96);
    await expect(app.enhanceButton).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await openShared(page).click();
    await expect(app.enhanceButton).toBeEnabled();
    await expect(page.getByRole('heading', { name: 'Strand & Düne.png' })).toBeVisible();
    await expect(shareDialog(page)).toHaveCount(0);
    expect(new URL(page.url()).search).toBe('');
    expect(await listShares(page)).toEqual([]);
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
    await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const body = new FormData();
      body.append('photo', new File([bytes], 'cold.png', { type: 'image/png' }));
      await fetch('/share', { method: 'POST', body, redirect: 'manual' });
    }, photo.buffer.toString('base64'));
    const [id] = await listShares(page);
    await page.close();
    const later = await context.newPage();
    await later.goto(new URL(`/?share=${id}`, ownServer.url).href);
    await openShared(later).click();
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
    await expect(shareDialog(page)).toContainText('notes.jpg');
    await expect(shareDialog(page).getByRole('img')).toHaveCount(0);
    await openShared(page).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await app.open(photo);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('can be discarded, and is gone then', async ({ app, page }) => {
    await app.visitAndStay('/');
    await share(page, [photo]);
    await shareDialog(page).getByRole('button', { name: 'Discard' }).click();
    await expect(shareDialog(page)).toHaveCount(0);
    await expect(app.openButton).toBeVisible();
    expect(await listShares(page)).toEqual([]);
  });

  test('that nobody took is gone at the next start, and one that is shown after ten minutes', async ({
    app,
    page,
  }) => {
    await page.clock.install();
    await app.visitAndStay('/');
    await page.evaluate(async () => {
      const body = new FormData();
      body.append('photo', new File(['picture'], 'a.png', { type: 'image/png' }));
      await fetch('/share', { method: 'POST', body, redirect: 'manual' });
    });
    expect(await listShares(page)).toHaveLength(1);
    await page.reload();
    await expect.poll(() => listShares(page)).toEqual([]);

    await share(page, [photo]);
    await expect(shareDialog(page)).toBeVisible();
    await page.clock.fastForward('10:01');
    await expect(shareDialog(page)).toHaveCount(0);
    await expect(page.getByRole('alert')).toContainText('Share it again');
  });

  test('of another site is said to be, and opens and loads nothing by itself', async ({
    app,
    page,
    ownServer,
    site,
  }) => {
    await app.visitAndStay(ownServer.url);
    site.answers.set('/', { body: '<!doctype html><title>Hostile</title>' });
    const asked: string[] = [];
    ownServer.alter = (path) => void asked.push(path);
    await page.goto(site.url('/'));
    await share(page, [photo], `${ownServer.url}share`);
    await expect(shareDialog(page)).toContainText(`${new URL(site.url('/')).host} has sent it`);
    await expect(shareDialog(page).getByRole('img')).toBeVisible();
    await expect(openShared(page)).toBeEnabled();
    expect(page.workers()).toEqual([]);
    expect(asked.filter((path) => /models|engine|wasm/.test(path))).toEqual([]);
    await page.reload();
    await expect(app.openButton).toBeVisible();
    await expect(shareDialog(page)).toHaveCount(0);
  });

  test('of more than 300 MB is not kept', async ({ app, page, ownServer, site }) => {
    await app.visitAndStay(ownServer.url);
    site.answers.set('/', { body: '<!doctype html><title>Hostile</title>' });
    await page.goto(site.url('/'));
    await page.evaluate((address) => {
      document.body.innerHTML = `<form method="post" enctype="multipart/form-data" action="${address}">
        <input type="file" name="photo"></form>`;
      const [input] = document.getElementsByTagName('input');
      const transfer = new DataTransfer();
      const part = new Uint8Array(1_000_000);
      transfer.items.add(
        new File(Array<typeof part>(303).fill(part), 'a.png', { type: 'image/png' }),
      );
      if (input) input.files = transfer.files;
      document.forms[0]?.submit();
    }, `${ownServer.url}share`);
    await expect(page.getByRole('alert')).toContainText('larger than 300 MB');
    expect(await listShares(page)).toEqual([]);
    const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage);
    expect(usage).toBeLessThan(100e6);
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
  test('pastes the picture of the clipboard, which is read by a press and not before', async ({
    app,
    page,
  }) => {
    await app.visit();
    await app.copy(photo);
    await page.addInitScript(() => {
      const { clipboard } = navigator;
      const read = clipboard.read.bind(clipboard);
      clipboard.read = () => {
        Object.assign(window, { hasRead: true });
        return read();
      };
    });
    const hasRead = () => page.evaluate(() => 'hasRead' in window);
    const dialog = page.getByRole('dialog', { name: 'Paste a photo' });
    await page.goto('/?do=paste');
    await expect(dialog).toBeVisible();
    expect(new URL(page.url()).search).toBe('');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    const paste = dialog.getByRole('button', { name: 'Paste from the clipboard' });
    await expect(paste).toBeEnabled();
    expect(await hasRead()).toBe(false);
    await expect(app.enhanceButton).toHaveCount(0);
    expect(page.workers()).toEqual([]);
    await paste.click();
    await expect(app.enhanceButton).toBeEnabled();
    expect(await hasRead()).toBe(true);
    await expect(dialog).toHaveCount(0);
  });

  test('to paste can be refused', async ({ app, page }) => {
    await app.visit();
    await app.copy(photo);
    await page.goto('/?do=paste');
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(app.openButton).toBeVisible();
    await expect(app.enhanceButton).toHaveCount(0);
  });

  test('leads to the button that opens a photo, or to what is kept', async ({ app, page }) => {
    await page.goto('/?do=open');
    await expect(app.openButton).toBeFocused();
    await page.goto('/?do=shelf');
    await expect(page.getByRole('dialog', { name: 'Kept offline' })).toBeVisible();
  });
});
