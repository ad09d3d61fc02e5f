import { expect, hostPage, test } from './host-site';

test('a poster, nothing heavy before the click, then the photo, its result and its report', async ({
  page,
  site,
  appUrl,
  widget,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  site.answers.set('/', {
    body: hostPage(appUrl, '<photo-enhancer src="/me.png" backend="wasm"></photo-enhancer>'),
  });
  await page.goto(site.url());
  await expect(widget.poster).toHaveText('Enhance this photo');
  expect(asked.sort()).toEqual(['/', '/embed/v1.js']);
  await widget.listen();

  await widget.poster.click();
  await expect(widget.enhanceButton).toBeEnabled();
  expect(asked.filter((path) => /\.onnx$|ort-wasm/.test(path))).toEqual([]);
  await widget.enhanceButton.click();
  await expect.poll(() => widget.events('result')).toHaveLength(1);

  const [result] = await widget.events('result');
  expect(result).toMatchObject({ width: 192, height: 128, kind: 'image/png', name: 'me-2x.png' });
  expect(result?.['report']).toMatchObject({ backend: 'wasm', software: false });
  expect((await widget.events('progress')).length).toBeGreaterThan(0);
  const states = (await widget.events('change')).map(({ state }) => state);
  expect(states).toContain('running');
  expect(states.at(-1)).toBe('done');
  await expect(widget.inside.getByRole('status')).toContainText('on the CPU');
  expect(await widget.events('error')).toEqual([]);
});
