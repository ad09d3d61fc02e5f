import { expect, test } from './fixtures';
import { photo } from './pictures';

test('faces are looked for when that is asked for; where there are none it is said', async ({
  app,
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('find-faces')) asked.push(request.url());
  });
  await app.visit();
  await app.open(photo);
  await app.enhance();
  const find = page.getByRole('button', { name: 'Find faces' });
  await expect(find).toHaveAccessibleDescription(/No face is recognised, compared or kept/);
  await expect(page.getByRole('list', { name: 'Faces' })).toHaveCount(0);
  expect(asked).toEqual([]);
  await find.click();
  await expect(find).toHaveAccessibleDescription('No faces were found.');
  await expect(page.getByRole('list', { name: 'Faces' })).toHaveCount(0);
});
