import { pick } from './enlarger';
import { expect, test } from './fixtures';
import { drawPng, photo } from './pictures';

test('a photo is opened, enlarged twice, compared and saved as PNG', async ({ app }) => {
  await app.visit();
  await app.expectNothingToSave();
  await app.open(photo);
  await expect(app.scale('2×')).toBeVisible();
  await pick(app.scale('2×'));
  await app.enhance();

  await expect(app.status).toContainText(/with \S+.* on the/);
  await expect(app.status).toContainText(/CPU|WebAssembly/);
  await expect(app.status).not.toContainText(/on your GPU/);
  await expect(app.status).toContainText(/\d+(\.\d+)? s\b/);
  await expect(app.progress).toBeHidden();

  await app.compare.focus();
  // A moment after a run the line goes to what has changed most: a press before that is tried again.
  await expect(async () => {
    const start = Number(await app.compare.inputValue());
    await app.page.keyboard.press('ArrowRight');
    expect(Number(await app.compare.inputValue())).toBeGreaterThan(start);
    await app.page.keyboard.press('Home');
    expect(await app.compare.inputValue()).toBe(await app.compare.getAttribute('min'));
  }).toPass();

  const { download, bytes } = await app.save();
  expect(download.suggestedFilename()).toMatch(/^beach.*\.png$/);
  const saved = await app.decode(bytes, 'image/png');
  expect([saved.width, saved.height]).toEqual([192, 128]);
  // A picture, not a black or empty frame.
  expect(new Set(saved.data).size).toBeGreaterThan(50);
});

test('a photo can be enhanced after three questions to the worker', async ({ app }) => {
  await app.page.addInitScript(() => {
    const asked = new Map<string, string>();
    const answered: string[] = [];
    globalThis.Worker = class extends Worker {
      constructor(...made: ConstructorParameters<typeof Worker>) {
        super(...made);
        this.addEventListener('message', ({ data }: MessageEvent<{ id: string }>) => {
          const name = asked.get(data.id);
          if (name) answered.push(name);
        });
      }
      override postMessage(message: { id: string; path?: string[] }, ...rest: never[]): void {
        if (message.path) asked.set(message.id, message.path.join('.'));
        super.postMessage(message, ...rest);
      }
    };
    // Written down at the moment, not when the test comes to look.
    new MutationObserver(() => {
      const buttons = [...document.querySelectorAll('button')];
      const ready = buttons.some(
        (each) => each.textContent?.trim() === 'Enhance' && !each.disabled,
      );
      if (ready && !('early' in globalThis)) Object.assign(globalThis, { early: [...answered] });
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  await app.visit();
  await app.open(photo);
  const early = await app.page.evaluate(() => (globalThis as unknown as { early: string[] }).early);
  console.log(`Asked before a photo can be enhanced: ${early.join(', ')}.`);
  expect(early).toContain('open');
  expect(early.length).toBeLessThanOrEqual(3);
});

test('four times gives a file four times as large', async ({ app }) => {
  await app.visit();
  await app.open(photo);
  await expect(app.scale('4×')).toBeEnabled();
  await pick(app.scale('4×'));
  await expect(app.scale('4×')).toBeChecked();
  await app.enhance();
  const saved = await app.decode((await app.save()).bytes, 'image/png');
  expect([saved.width, saved.height]).toEqual([384, 256]);
});

test('saves JPEG and WebP, as long as was said', async ({ app, page }) => {
  await app.visit();
  await app.open(photo);
  await app.enhance();
  for (const [format, extension, type, magic] of [
    ['JPEG', 'jpe?g', 'image/jpeg', 'ffd8ff'],
    ['WebP', 'webp', 'image/webp', '52494646'],
  ] as const) {
    await app.chooseFormat(format);
    await page.getByRole('tab', { name: 'Save' }).click();
    const estimate = page.getByText(new RegExp(`^${format}, about \\d+ kB$`));
    await expect(estimate).toBeVisible();
    const told = /\d+/.exec((await estimate.textContent()) ?? '')?.[0];
    const { download, bytes } = await app.save();
    expect(Math.abs(bytes.length / 1000 - Number(told))).toBeLessThan(0.6);
    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${extension}$`));
    expect(bytes.subarray(0, magic.length / 2).toString('hex')).toBe(magic);
    const saved = await app.decode(bytes, type);
    expect([saved.width, saved.height]).toEqual([192, 128]);
  }
  await page.getByRole('checkbox', { name: 'Lossless' }).check();
  await expect(page.getByRole('slider', { name: 'Quality' })).toHaveCount(0);
  const exact = await app.decode((await app.save()).bytes, 'image/webp');
  await app.chooseFormat('PNG');
  expect(exact).toEqual(await app.decode((await app.save()).bytes, 'image/png'));
});

test('strength 0 saves a plain enlargement, strength 100 the network’s', async ({ app }) => {
  await app.visit();
  await app.open(photo);
  await app.enhance();
  await app.press(app.strength, 'End');
  const full = await app.decode((await app.save()).bytes, 'image/png');
  await app.press(app.strength, 'Home');
  const plain = await app.decode((await app.save()).bytes, 'image/png');
  await app.press(app.strength, 'End');
  const again = await app.decode((await app.save()).bytes, 'image/png');
  const difference = full.data.reduce((sum, v, i) => sum + Math.abs(v - (plain.data[i] ?? 0)), 0);
  expect(difference / full.data.length).toBeGreaterThan(0.2);
  expect(again.data).toEqual(full.data);
});

test('alpha is kept', async ({ app }) => {
  await app.visit();
  await app.open({ name: 'glass.png', mimeType: 'image/png', buffer: drawPng(40, 30, 128) });
  await app.enhance();
  const saved = await app.decode((await app.save()).bytes, 'image/png');
  const alpha = saved.data.filter((_, index) => index % 4 === 3);
  expect(Math.min(...alpha)).toBeGreaterThanOrEqual(127);
  expect(Math.max(...alpha)).toBeLessThanOrEqual(129);
});

test('the smallest and the longest picture', async ({ app }) => {
  await app.visit('backend=wasm&tile=256');
  await app.open({ name: 'dot.png', mimeType: 'image/png', buffer: drawPng(1, 1) });
  await app.enhance();
  const dot = await app.decode((await app.save()).bytes, 'image/png');
  expect([dot.width, dot.height]).toEqual([2, 2]);
  // 40,000 pixels wide is past what a canvas or a texture holds; opening it must not break the page.
  await app.choose({ name: 'ribbon.png', mimeType: 'image/png', buffer: drawPng(40_000, 10) });
  await expect(app.page.getByText(/40,?000/).first()).toBeVisible();
});

test('cancel keeps the original and leaves the app ready', async ({ app }) => {
  await app.visit('backend=wasm&tile=16');
  await app.open({ name: 'long.png', mimeType: 'image/png', buffer: drawPng(640, 480) });
  await app.enhanceButton.click();
  await expect(app.progress).toBeVisible();
  await app.cancelButton.click();
  await expect(app.enhanceButton).toBeEnabled();
  await expect(app.progress).toBeHidden();
  await app.expectNothingToSave();
  await expect(app.status).toContainText(/cancelled|unchanged/i);
  await expect(app.page.getByRole('alert')).toHaveCount(0);
  // The same page still works.
  await app.open(photo);
  await app.enhance();
});

test('runs on WebGPU, says so, and agrees with the CPU', async ({ app }) => {
  const small = { name: 'small.png', mimeType: 'image/png', buffer: drawPng(24, 24) };
  await app.visit('backend=webgpu&tile=16');
  await app.open(small);
  await app.enhance();
  await expect(app.status).toContainText(/GPU/);
  const gpu = await app.decode((await app.save()).bytes, 'image/png');
  await app.visit('backend=wasm&tile=16');
  await app.open(small);
  await app.enhance();
  const cpu = await app.decode((await app.save()).bytes, 'image/png');
  const worst = Math.max(...gpu.data.map((v, i) => Math.abs(v - (cpu.data[i] ?? 0))));
  expect(worst).toBeLessThanOrEqual(1);
});
