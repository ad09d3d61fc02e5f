import { expect, test } from './fixtures';
import { drawPng } from './pictures';

test('colours are proposed when that is asked for; of what a network cannot know it says nothing', async ({
  app,
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('propose-colours')) asked.push(request.url());
  });
  await app.visit();
  const buffer = drawPng(96, 96, 255, () => [128, 128, 128]);
  await app.open({ name: 'grey.png', mimeType: 'image/png', buffer });
  await app.enhance();
  await page.getByRole('button', { name: 'Tint', exact: true }).click();
  const propose = page.getByRole('button', { name: 'Propose colours' });
  await expect(propose).toHaveAccessibleDescription(/Nothing is painted before you take it/);
  expect(asked).toEqual([]);
  await propose.click();
  await expect(propose).toHaveAccessibleDescription(
    'It is not sure of any colour here. Paint them yourself.',
  );
  expect(asked.length).toBeGreaterThan(0);
  await expect(page.getByRole('list', { name: 'Proposed colours' })).toHaveCount(0);
});
