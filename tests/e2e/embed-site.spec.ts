/** Every snippet of the documents and the example, as pages of another site. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, Widget, type HostSite } from './host-site';
import { photo } from './pictures';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const snippets = ['docs/embed/README.md', 'README.md'].flatMap((file) =>
  [...read(file).matchAll(/^```html\n(.*?)^```$/gms)].map(([, text = '']) => text),
);
const here = (text: string, appUrl: string) =>
  text.replaceAll('https://enlarger.example', new URL(appUrl).origin);

/** Puts a snippet on a page of its own. */
function publish(site: HostSite, number: number, appUrl: string): string {
  const body = here(snippets[number] ?? '', appUrl);
  site.answers.set('/snippet', { body: `<!doctype html><title>Snippet</title>${body}` });
  return site.url('/snippet');
}

test('there are snippets to run', () => {
  expect(snippets).toHaveLength(5);
});

test('the first snippet', async ({ page, site, appUrl, widget }) => {
  await page.goto(publish(site, 0, appUrl));
  await expect(page.getByAltText('Me at the beach')).toBeVisible();
  await widget.poster.click();
  await expect(widget.enhanceButton).toBeEnabled();
});

test('the snippet with a script', async ({ page, site, appUrl }) => {
  await page.goto(publish(site, 1, appUrl));
  await page.getByRole('button', { name: 'Twice as large' }).click();
  await expect(page.locator('output')).toHaveText('192 × 128, image/png');
});

test('the snippet with a form', async ({ page, site, appUrl, widget }) => {
  await page.goto(publish(site, 2, appUrl));
  await widget.poster.click();
  await widget.inside.locator('input[type=file]').setInputFiles(photo);
  await widget.enhanceButton.click();
  await expect(widget.inside.getByRole('slider', { name: 'Strength' })).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => document.querySelector('photo-enhancer')!.result?.width))
    .toBe(192);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Thank you.')).toBeVisible();
  expect(site.posted[0]).toContain('filename="beach-2x.png"');
});

test('the snippet with a look', async ({ page, site, appUrl, widget }) => {
  await page.goto(publish(site, 3, appUrl));
  expect((await page.locator('photo-enhancer').boundingBox())?.height).toBe(440);
  await widget.poster.click();
  const open = widget.inside.getByRole('button', { name: 'Open photo' });
  await expect(open).toHaveCSS('background-color', 'rgb(11, 87, 208)');
  await expect(open).toHaveCSS('color', 'rgb(255, 255, 255)');
  await expect(widget.inside.locator('body')).toHaveCSS('background-color', 'rgb(28, 28, 28)');
});

test('the snippet of the first page', async ({ page, site, appUrl, widget }) => {
  await page.goto(publish(site, 4, appUrl));
  await widget.poster.click();
  await expect(widget.enhanceButton).toBeEnabled();
});

test('the example, under its strict policy, keeps nobody out', async ({ page, site, appUrl }) => {
  for (const file of readdirSync(join(root, 'examples/embed'))) {
    const type = { css: 'text/css', js: 'text/javascript' }[file.split('.').at(-1) ?? ''];
    const body = here(read(`examples/embed/${file}`), appUrl);
    site.answers.set(file === 'index.html' ? '/' : `/${file}`, { body, ...(type && { type }) });
  }
  await page.goto(site.url());
  const [closer, yours] = [new Widget(page, '#closer'), new Widget(page, '#yours')];
  await yours.poster.click();
  await expect(yours.inside.getByRole('button', { name: 'Open photo' })).toBeVisible();
  await closer.poster.click();
  await closer.enhanceButton.click();
  await expect(page.locator('#said')).toContainText('192 × 128');
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => /serious|critical/.test(impact ?? ''));
  const named = serious.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)].join(' '));
  expect(named).toEqual([]);
});
