/** What a hostile page around the frame tries, and does not get. */
import { hostTypes } from '../../src/embed/frame/host-message';
import { expect, test as base } from './host-site';
import { HostileHost } from './hostile-host';
import { drawPng, type PictureFile } from './pictures';

/** A visitor's own photo: its name and its sides are nowhere else. */
const own: PictureFile = {
  name: 'aunt-ottilie.png',
  mimeType: 'image/png',
  buffer: drawPng(97, 61),
};

const test = base.extend<{ host: HostileHost }>({
  host: async ({ page }, use) => use(new HostileHost(page)),
});

/** The visitor opens their own photo. */
async function pick(host: HostileHost): Promise<void> {
  await host.inside.locator('input[type=file]').setInputFiles(own);
  await expect(host.inside.getByRole('button', { name: 'Save' })).toBeVisible();
}

for (const reveal of ['auto', 'interaction'] as const)
  test(`with reveal="${reveal}", nothing of a visitor's own photo leaves before their press`, async ({
    host,
    site,
    appUrl,
  }) => {
    await host.visit(site, appUrl, { reveal });
    await pick(host);
    await host.begin({ scale: 1, deblur: 0.0001 });
    await host.say({ type: 'go' });
    expect(await host.ask({ type: 'save', options: { format: 'png', strength: 0 } })).toBe(
      'no-result',
    );
    // Limits and sizes would say how large it is.
    for (const maxPixels of [1, 5_917, 23_668])
      await host.configure({ reveal, maxPixels, scale: 4 });
    await host.say({ type: 'cancel' });
    await host.page.waitForTimeout(500);
    const heard = await host.heard();
    expect(heard).not.toMatch(/ottilie|\b97\b|\b61\b|bytes/);
    const changes = await host.all('change');
    const told = changes.filter(({ change }) => change.state !== 'empty');
    expect(told.map(({ change }) => change.photo)).toEqual(told.map(() => null));
    // What is found in it would be, too: what the host hears is what the host has said.
    expect(new Set(told.map(({ change }) => JSON.stringify(change.recipe)))).toEqual(
      new Set([2, 4].map((scale) => JSON.stringify({ v: 1, scale, variant: 'faithful' }))),
    );
  });

test('their press is for that photo: the next one is asked about again', async ({
  host,
  site,
  appUrl,
}) => {
  await host.visit(site, appUrl);
  await pick(host);
  await host.button.click();
  await host.until('want');
  await host.say({ type: 'go' });
  await host.until('result');
  expect(await host.heard()).toContain('ottilie-2x.png');
  await host.inside.locator('input[type=file]').setInputFiles({ ...own, name: 'uncle-albert.png' });
  await expect.poll(() => host.state()).toBe('open');
  await host.begin(null);
  await expect.poll(() => host.state()).toBe('asking');
  expect(await host.heard()).not.toContain('albert');
  expect(await host.ask({ type: 'save', options: {} })).toBe('no-result');
});

test('of several, what a host changes after the press is not what runs: the next waits for another', async ({
  host,
  site,
  appUrl,
}) => {
  await host.visit(site, appUrl, { multiple: true });
  await host.inside
    .locator('input[type=file]')
    .setInputFiles([own, { ...own, name: 'uncle-albert.png' }]);
  await host.button.click();
  await host.until('want');
  await host.configure({ multiple: true, scale: 1, recipe: { deblur: 1 } });
  await host.say({ type: 'go' });
  await host.until('result');
  await expect(host.inside.getByText('Photo 2 of 2.')).toBeVisible();
  await expect.poll(() => host.state()).toBe('open');
  expect(await host.ask({ type: 'save', options: {} })).toBe('no-result');
  const heard = await host.heard();
  expect(heard).toContain('ottilie-2x.png');
  expect(heard).not.toContain('albert');
});

test('what leaves is the result as the visitor has set it', async ({ host, site, appUrl }) => {
  await host.visit(site, appUrl);
  await pick(host);
  await host.button.click();
  await host.say({ type: 'go' });
  await host.until('result');
  const given = await host.pixels();
  await host.configure({ format: 'png', recipe: { finish: { strength: 0 } } });
  await host.until('error');
  expect(await host.ask({ type: 'save', options: { strength: 0 } })).toBe('bad-option');
  expect(await host.ask({ type: 'enhance', recipe: { finish: { strength: 0 } } })).toBe(
    'bad-recipe',
  );
  for (const format of ['webp', 'png'])
    expect(await host.ask({ type: 'save', options: { format, quality: 100 } })).toBe('done');
  expect(await host.pixels()).toEqual(given);
  await expect(host.inside.getByRole('slider', { name: 'Strength' })).toHaveValue('100');
});

test('a result that is all but the photo itself is not given, and the visitor is told', async ({
  host,
  site,
  appUrl,
}) => {
  await host.visit(site, appUrl);
  await pick(host);
  const run = await host.begin({ scale: 1, deblur: 0.0001 });
  await host.button.click();
  await host.say({ type: 'go' });
  expect(await host.answerTo(run)).toBe('nothing-to-do');
  expect(await host.ask({ type: 'save', options: { format: 'png' } })).toBe('nothing-to-do');
  expect(await host.heard()).not.toContain('bytes');
  await expect(host.inside.getByText('it was not given to host.localhost')).toBeVisible();
});

test('only a press on the button itself, in full view, is a yes', async ({
  host,
  page,
  site,
  appUrl,
}) => {
  site.answers.set('/photo.png', { body: own.buffer, type: 'image/png' });
  await host.visit(site, appUrl, { reveal: 'interaction' });
  await page.evaluate(async () => {
    const file = await (await fetch('/photo.png')).blob();
    const { port } = window as unknown as { port: MessagePort };
    port.postMessage({ type: 'open', id: 901, file, name: 'me.png' });
  });
  await host.answerTo(901);
  await host.begin(null);
  await expect.poll(() => host.state()).toBe('asking');

  // A letter, and a click somewhere else.
  await host.inside.locator('[data-stage]').click();
  await page.keyboard.type('x');
  const spot = (await host.button.boundingBox())!;
  const press = () => page.mouse.click(spot.x + spot.width / 2, spot.y + spot.height / 2);
  const style = (text: string) =>
    page.evaluate((text) => document.querySelector('iframe')!.setAttribute('style', text), text);
  // Not to be seen, but to be hit.
  await style('opacity: 0');
  await page.waitForTimeout(800);
  await press();
  await style('filter: blur(8px)');
  await page.waitForTimeout(800);
  await press();
  // Behind something that lets clicks through.
  await style('');
  await page.evaluate((top) => {
    const cover = document.createElement('p');
    cover.setAttribute(
      'style',
      `position: absolute; top: ${top}px; height: 20px; width: 400px; margin: 0; background: pink; pointer-events: none`,
    );
    document.body.append(cover);
  }, spot.y + 4);
  await page.waitForTimeout(800);
  await press();
  await page.evaluate(() => document.querySelector('p')!.remove());
  // Only just uncovered.
  await press();
  expect(await host.state()).toBe('asking');
  await expect(host.inside.getByText('That press did not count')).toBeVisible();

  await host.button.click();
  await expect.poll(() => host.state()).not.toBe('asking');
});

test('what Enhance would do cannot be changed under the visitor’s finger', async ({
  host,
  page,
  site,
  appUrl,
}) => {
  await host.visit(site, appUrl);
  await pick(host);
  await expect(host.button).not.toHaveAttribute('aria-disabled');
  await host.configure({ scale: 1, recipe: { deblur: 1 } });
  await expect(host.button).toHaveAttribute('aria-disabled', 'true');
  const swaps = page.evaluate(async () => {
    const { port } = window as unknown as { port: MessagePort };
    for (let i = 0; i < 20; i++) {
      port.postMessage({
        type: 'enhance',
        id: 800 + i,
        recipe: { scale: i % 2 ? 4 : 1, deblur: 1 },
      });
      port.postMessage({ type: 'cancel' });
      await new Promise((done) => setTimeout(done, 100));
    }
  });
  await page.waitForTimeout(700);
  await host.button.click({ force: true });
  await swaps;
  expect(await host.heard()).not.toMatch(/ottilie|"want"/);
});

test('colours and lengths of a host are read, not obeyed', async ({ host, page, site, appUrl }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await host.visit(site, appUrl, { reveal: 'interaction' });
  await pick(host);
  await expect(host.button).not.toHaveAttribute('aria-disabled');
  const background = () => host.button.evaluate((node) => getComputedStyle(node).backgroundColor);
  const usual = await background();
  for (const accent of [
    `var(--x, url(${appUrl}secret.png))`,
    ...['transparent', 'rgb(0 0 0 / 0.2)', 'red 10%, blue', 'red; position: fixed'],
  ]) {
    await host.configure({ accent, radius: '300px' });
    await expect.poll(async () => (await host.all('error')).at(-1)?.message).toContain('radius');
    await expect.poll(background).toBe(usual);
  }
  expect(asked.filter((url) => url.includes('secret'))).toEqual([]);
  expect((await host.all('error')).map(({ message }) => message.split(' ')[0])).toContain('accent');
  // Those that are fine are taken, from whatever space, with words that can be read on them.
  for (const [accent, fill, ink] of [
    ['#0b57d0', 'rgb(11, 87, 208)', 'rgb(255, 255, 255)'],
    ['oklch(0.9 0.18 100)', /^rgb\(/, 'rgb(28, 28, 28)'],
    ['gray', 'rgb(128, 128, 128)', 'rgb(0, 0, 0)'],
    ['RebeccaPurple', 'rgb(102, 51, 153)', 'rgb(255, 255, 255)'],
  ] as const) {
    await host.configure({ accent, radius: '24px' });
    await expect(host.button).toHaveCSS('background-color', fill);
    await expect(host.button).toHaveCSS('color', ink);
  }
  // Cancel and what is promised are whole within the rounded corners.
  await host.begin(null);
  for (const part of [
    host.inside.getByRole('button', { name: 'Cancel' }),
    host.inside.getByText('Runs on your device'),
  ]) {
    const box = (await part.boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(400);
    expect(box.y + box.height).toBeLessThanOrEqual(480);
  }
});

test('recipes with circles and BigInts are refused, wherever they come', async ({
  host,
  page,
  site,
  appUrl,
}) => {
  await host.visit(site, appUrl);
  await pick(host);
  await page.evaluate(() => {
    const { port } = window as unknown as { port: MessagePort };
    const circle: Record<string, unknown> = { deblur: 5 };
    circle['round'] = circle;
    const settings = {
      ...{ backend: 'wasm', scale: 4, maxPixels: 0, reveal: 'auto', theme: 'light', lang: '' },
      ...{ format: 'auto', quality: 90, picker: true, disabled: false, accent: '', radius: '' },
    };
    for (const [i, recipe] of [circle, { deblur: 5n }, { steps: [circle] }].entries()) {
      port.postMessage({ type: 'enhance', id: 700 + i, recipe });
      port.postMessage({ type: 'configure', settings: { ...settings, recipe } });
      port.postMessage({ type: 'configure', settings: { ...settings, recipe: null } });
    }
    port.postMessage({ type: 'configure', settings: { ...settings, recipe: circle } });
  });
  for (const id of [700, 701, 702]) expect(await host.answerTo(id)).toBe('bad-option');
  await expect.poll(async () => (await host.all('error')).at(-1)?.code).toBe('bad-recipe');
  // The rest of the settings counts.
  await expect(host.inside.getByText('388 × 244')).toBeVisible();
});

for (const kind of [...hostTypes, 'nonsense'])
  test(`it answers behind any number of messages: ${kind}`, async ({ host, site, appUrl }) => {
    const times = 20_000;
    await host.visit(site, appUrl);
    await pick(host);
    await host.flood(kind, times);
    // How soon is a row of `bench -- limits`. What would make it late: to answer all of them first.
    expect(await host.answers()).toBeLessThan(times / 2);
    if (!['enhance', 'open', 'save'].includes(kind)) return;
    // The visitor's own photo waits for them.
    await host.say({ type: 'cancel' });
    await expect.poll(() => host.countAnswers()).toEqual({ answers: times, requests: times });
  });

test('twenty thousand openings end with the last one', async ({ host, page, site, appUrl }) => {
  site.answers.set('/photo.png', { body: own.buffer, type: 'image/png' });
  await host.visit(site, appUrl);
  await page.evaluate(async () => {
    const file = await (await fetch('/photo.png')).blob();
    const { port } = window as unknown as { port: MessagePort };
    for (let id = 1; id <= 20_000; id++)
      port.postMessage({ type: 'open', id, file, name: `photo-${id}.png` });
  });
  expect(await host.answerTo(20_000)).toBe('done');
  const last = (await host.all('change')).at(-1)?.change;
  expect(last).toMatchObject({ state: 'open', photo: { name: 'photo-20000.png' } });
  await expect.poll(() => host.countAnswers()).toEqual({ answers: 20_000, requests: 20_000 });
});

test('enhancing at the moment that a photo is open waits for what the site offers', async ({
  page,
  host,
  site,
  appUrl,
}) => {
  site.answers.set('/photo.png', { body: own.buffer, type: 'image/png' });
  await host.visit(site, appUrl);
  await page.evaluate(async () => {
    const file = await (await fetch('/photo.png')).blob();
    const { port } = window as unknown as { port: MessagePort };
    let isAsked = false;
    port.addEventListener('message', ({ data }: MessageEvent) => {
      const { type, change } = data as { type: string; change?: { state: string } };
      if (type === 'change' && change?.state === 'open' && !isAsked) {
        isAsked = true;
        port.postMessage({ type: 'enhance', id: 2, recipe: { scale: 4 } });
      }
      if (type === 'want') port.postMessage({ type: 'go' });
    });
    port.postMessage({ type: 'open', id: 1, file, name: 'me.png' });
  });
  expect(await host.answerTo(2)).toBe('done');
});
