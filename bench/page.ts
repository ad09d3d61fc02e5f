import type { Page } from '@playwright/test';
import type { Scale } from '../src/core/recipe';

/**
 * Asks the page for the faithful enlarger alone, whatever it suggests for the photo that is open.
 *
 * @param page The app with a photo open.
 * @param scale By how much to enlarge.
 */
export async function chooseEnlarger(page: Page, scale: Scale): Promise<void> {
  // By then the controls are those of this photo.
  await page.getByRole('button', { name: 'Enhance' }).and(page.locator(':enabled')).waitFor();
  await page.getByRole('radio', { name: `${scale}×` }).check({ force: true });
  for (const radio of await page.getByRole('radio', { name: 'Clean', exact: true }).all())
    await radio.check({ force: true });
  for (const name of ['Noise', 'JPEG', 'Deblur'])
    for (const slider of await page.getByRole('slider', { name, exact: true }).all())
      await slider.fill('0');
}
