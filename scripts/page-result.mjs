/** Has the built page make a picture, for the scripts that draw what is committed. */
import { readFileSync } from 'node:fs';

/**
 * Opens a picture in the page, enhances it on the CPU by a recipe, and saves it.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url Where the built app is served.
 * @param {string | null} file Path of the picture; null for the page's own sample.
 * @param {object[]} steps The recipe's.
 * @param {{ strength?: number, heals?: number }} [how] Strength, 0..1; with what sensitivity, 0..100, damage is
 *   looked for and healed.
 * @returns {Promise<Buffer>} A PNG.
 */
export async function enhanceByPage(browser, url, file, steps, { strength = 1, heals } = {}) {
  const page = await browser.newPage();
  const address = new URL('?backend=wasm', url);
  address.searchParams.set('recipe', JSON.stringify({ v: 2, steps, finish: { strength } }));
  await page.goto(address.href);
  if (file) await page.locator('input[type=file]').first().setInputFiles(file);
  else await page.getByRole('button', { name: /sample/i }).click();
  if (heals) {
    await page.getByRole('checkbox', { name: 'Heal damage' }).check();
    await page.getByText(/% of the picture is marked/).waitFor();
    await page.getByRole('slider', { name: 'Damage sensitivity' }).fill(`${heals}`);
  }
  await page.getByRole('button', { name: 'Enhance', exact: true }).click();
  await page.getByRole('slider', { name: 'Strength' }).waitFor({ timeout: 300_000 });
  await page.getByRole('tab', { name: 'Save' }).click();
  await page.getByRole('combobox', { name: 'Format' }).selectOption('PNG');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Save/ }).last().click(),
  ]);
  const png = readFileSync(await download.path());
  await page.close();
  return png;
}
