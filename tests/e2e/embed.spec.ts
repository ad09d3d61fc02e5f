/** What a host relies on, on another site than the app's. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type {} from '../../src/embed/element/element';
import { makeClip, probeClip } from '../clips.ts';
import { expect, hostPage, test, Widget } from './host-site';
import { drawPng, photo } from './pictures';

const plain = '<photo-enhancer src="/me.png" backend="wasm"></photo-enhancer>';

test('nothing heavy before the click, then the photo, its result and its report', async ({
  page,
  site,
  appUrl,
  widget,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  site.answers.set('/', { body: hostPage(appUrl, plain) });
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
  // On a host that is not isolated, and without a GPU: the CPU, and the widget says so.
  expect(result?.['report']).toMatchObject({ backend: 'wasm', software: false });
  await expect(widget.inside.getByRole('status')).toContainText('on the CPU');
  expect((await widget.events('progress')).length).toBeGreaterThan(0);
  const states = (await widget.events('change')).map(({ state }) => state);
  expect(states).toEqual(expect.arrayContaining(['opening', 'open', 'running', 'done']));
  expect(states.at(-1)).toBe('done');
  expect(await widget.events('error')).toEqual([]);

  const download = page.waitForEvent('download');
  await widget.inside.getByRole('button', { name: 'Save' }).click();
  expect((await download).suggestedFilename()).toBe('me-2x.png');
});

test('the element does no heavy work on the page and moves nothing', async ({
  page,
  site,
  appUrl,
}) => {
  const style = '<style>photo-enhancer { display: block; height: 480px; }</style>';
  const markup = `<p>Above</p>${plain.replace('src', 'reveal="auto" src')}<p>Below</p>`;
  site.answers.set('/', { body: hostPage(appUrl, markup, style) });
  await page.addInitScript(() => {
    if (window !== parent) return;
    const seen: string[] = [];
    Object.assign(window, { seen });
    const observer = new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries()) seen.push(`layout shift at ${startTime}`);
    });
    observer.observe({ type: 'layout-shift', buffered: true });
    // How long its tasks take is measured by `bench -- limits`; what would make them long:
    for (const [owner, name] of [
      [window, 'createImageBitmap'],
      [window, 'Worker'],
      [window, 'OffscreenCanvas'],
      [window, 'FileReader'],
      [HTMLCanvasElement.prototype, 'getContext'],
      [Blob.prototype, 'arrayBuffer'],
      [Response.prototype, 'arrayBuffer'],
      [SubtleCrypto.prototype, 'digest'],
      [WebAssembly, 'instantiate'],
      [WebAssembly, 'instantiateStreaming'],
    ] as const)
      Object.defineProperty(owner, name, {
        get: () => {
          seen.push(name);
          return undefined;
        },
      });
  });
  await page.goto(site.url());
  // The frame is another process, and its work is not the page's.
  await expect(page.frameLocator('iframe').getByText('192 × 128')).toBeVisible();
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([]);
});

test('properties reflect attributes, and nonsense is told and not believed', async ({
  page,
  site,
  appUrl,
  widget,
}) => {
  const nonsense = 'scale="3" recipe="{" quality="900" reveal="soon" max-pixels="many"';
  site.answers.set('/', {
    body: hostPage(appUrl, `<photo-enhancer theme="dark" ${nonsense}></photo-enhancer>`),
  });
  await page.goto(site.url());
  await page.evaluate(() => customElements.whenDefined('photo-enhancer'));
  await widget.listen();
  const read = await page.evaluate(() => {
    const element = document.querySelector('photo-enhancer')!;
    const { theme, scale, recipe, quality, reveal, maxPixels } = element;
    element.setAttribute('scale', 'huge');
    element.recipe = { deblur: 30 };
    element.maxPixels = 5;
    element.scale = 4;
    const set = ['recipe', 'max-pixels', 'scale'].map((name) => element.getAttribute(name));
    return [[theme, scale, recipe, quality, reveal, maxPixels], set];
  });
  expect(read).toEqual([
    ['dark', null, null, 90, 'interaction', 0],
    ['{"deblur":30}', '5', '4'],
  ]);
  await widget.expectError('bad-attribute');
});

test('methods: open, enhance, toBlob, cancel', async ({ page, site, appUrl, widget }) => {
  const markup = '<photo-enhancer reveal="auto" loading="eager" backend="wasm"></photo-enhancer>';
  site.answers.set('/', { body: hostPage(appUrl, markup) });
  site.answers.set('/large.png', { body: drawPng(800, 600), type: 'image/png' });
  await page.goto(site.url());
  await page.evaluate(() => customElements.whenDefined('photo-enhancer'));
  await widget.listen();
  const outcome = await page.evaluate(async (address) => {
    const element = document.querySelector('photo-enhancer')!;
    const codeOf = (work: Promise<unknown>) =>
      work.then(
        () => 'none',
        (error: unknown) => (error as { code: string }).code,
      );
    const early = [await codeOf(element.enhance()), await codeOf(element.toBlob())];
    await element.open(new URL('/me.png', location.href));
    const result = await element.enhance({ scale: 4 });
    const blob = await element.toBlob({ format: 'jpeg', quality: 50 });
    await element.open(await (await fetch(address)).blob());
    const wrong = await codeOf(element.enhance({ scale: 7 }));
    const nothing = await codeOf(element.enhance({ scale: 1 }));
    const run = codeOf(element.enhance({ scale: 4 }));
    await new Promise((done) => element.addEventListener('progress', done, { once: true }));
    element.cancel();
    const { width, height } = result;
    return { early, width, height, type: blob.type, wrong, nothing, run: await run };
  }, '/large.png');
  expect(outcome).toEqual({
    early: ['no-photo', 'no-result'],
    ...{ width: 384, height: 256, type: 'image/jpeg' },
    ...{ wrong: 'bad-recipe', nothing: 'nothing-to-do', run: 'cancelled' },
  });
  const told = (await widget.events('error')).map(({ code }) => code);
  expect(told).toEqual(['no-photo', 'no-result', 'bad-recipe', 'nothing-to-do']);
});

test.describe('whatever a method is called with', () => {
  // Texts are addresses, and the site has nothing there.
  test.use({ expectedErrors: /Failed to load resource|data:|blob:|favicon/ });

  test('it settles: with a value, or with what is wrong', async ({
    page,
    site,
    appUrl,
    widget,
  }) => {
    const markup = '<photo-enhancer reveal="auto" loading="eager" backend="wasm"></photo-enhancer>';
    site.answers.set('/', { body: hostPage(appUrl, markup) });
    await page.goto(site.url());
    await expect(widget.inside.getByRole('button').first()).toBeVisible();
    const known = fc.constantFrom('png', 'bmp', 900, 50, 0.5, null, NaN, 'auto', {});
    const options = fc.record(
      { format: known, quality: known, strength: known, scale: known, clean: known },
      { requiredKeys: [] },
    );
    const anything = fc.anything({
      ...{ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true },
      ...{ withNullPrototype: true, withSparseArray: true },
    });
    const values = fc.sample(fc.oneof(options, anything), { numRuns: 500, seed: 12 });
    const listed = [...values, null, 7, 'x', Symbol('x')].map((value) => fc.stringify(value));
    const ended = await page.evaluate(`(async () => {
      const element = document.querySelector('photo-enhancer');
      const values = [${listed.join(',')}, () => 1, { deblur: () => 1 }, document.body];
      const round = { deblur: 5 };
      values.push(Object.assign(round, { round }));
      const ended = {};
      for (const method of ['open', 'enhance', 'toBlob'])
        for (const value of values) {
          const never = new Promise((done) => setTimeout(done, 30_000, 'never'));
          const end = element[method](value).then(() => 'a value', ({ code }) => code);
          const how = await Promise.race([end, never]);
          const outcome = method + ': ' + how;
          ended[outcome] = (ended[outcome] ?? 0) + 1;
          if (how === 'never') return ended;
        }
      return ended;
    })()`);
    const outcomes = ended as Readonly<Record<string, number>>;
    // There is no photo and no result: what makes sense cannot be done, and that is said.
    expect(Object.keys(outcomes).sort()).toEqual([
      'enhance: bad-option',
      'enhance: no-photo',
      'open: bad-option',
      'open: src-status',
      'toBlob: bad-option',
      'toBlob: no-result',
    ]);
    for (const method of ['open', 'enhance', 'toBlob'])
      expect(outcomes[`${method}: bad-option`]).toBeGreaterThan(100);
  });
});

test('a host that has no click of the visitor is made to ask', async ({
  page,
  site,
  appUrl,
  widget,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  site.answers.set('/', { body: hostPage(appUrl, plain) });
  await page.goto(site.url());
  await page.evaluate(() => customElements.whenDefined('photo-enhancer'));
  await widget.listen();
  const run = page.evaluate(async () => {
    const { width } = await document.querySelector('photo-enhancer')!.enhance();
    return width;
  });
  await expect(widget.inside.getByText('would like to enhance')).toBeVisible();
  expect(asked.filter((path) => /\.onnx$|ort-wasm/.test(path))).toEqual([]);
  await widget.enhanceButton.click();
  expect(await run).toBe(192);
});

test('a visitor’s own photo is picked in the frame and submitted with the form', async ({
  page,
  site,
  appUrl,
  widget,
}) => {
  const markup = `<form method="post" action="/upload" enctype="multipart/form-data"><fieldset>
    <photo-enhancer name="photo" backend="wasm" format="webp"></photo-enhancer></fieldset>
    <button>Send</button><button type="reset">Reset</button></form>`;
  site.answers.set('/', { body: hostPage(appUrl, markup) });
  await page.goto(site.url());
  await widget.poster.click();
  await widget.listen();
  const fill = () => page.evaluate(() => [...new FormData(document.querySelector('form')!).keys()]);
  await widget.inside.locator('input[type=file]').setInputFiles(photo);
  await widget.enhanceButton.click();
  await expect.poll(() => widget.events('result')).toHaveLength(1);
  expect(await fill()).toEqual(['photo']);

  await page.getByRole('button', { name: 'Reset' }).click();
  expect(await fill()).toEqual([]);
  await expect(widget.inside.getByRole('button', { name: 'Open photo' })).toBeVisible();
  await page.evaluate(() => (document.querySelector('fieldset')!.disabled = true));
  await expect(widget.inside.locator('[inert]')).toBeVisible();
  await page.evaluate(() => (document.querySelector('fieldset')!.disabled = false));

  await widget.inside.locator('input[type=file]').setInputFiles(photo);
  await widget.enhanceButton.click();
  await expect.poll(() => widget.events('result')).toHaveLength(2);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Thank you.')).toBeVisible();
  expect(site.posted[0]).toContain('name="photo"; filename="beach-2x.webp"');
  expect(site.posted[0]).toContain('RIFF');
});

test('with `multiple` the form gets the results of all photos, under whatever name it has then', async ({
  page,
  site,
  appUrl,
  widget,
}) => {
  const markup = `<form><photo-enhancer name="photo" multiple backend="wasm" format="webp"></photo-enhancer>
    <button type="reset">Reset</button></form>`;
  site.answers.set('/', { body: hostPage(appUrl, markup) });
  await page.goto(site.url());
  await widget.poster.click();
  await widget.listen();
  const fill = () =>
    page.evaluate(() =>
      [...new FormData(document.querySelector('form')!)].map(([name, file]) =>
        file instanceof File ? `${name}: ${file.name} ${file.type}` : name,
      ),
    );
  const [beach, hill] = ['beach', 'hill'].map((name) => `photo: ${name}-2x.webp image/webp`);
  await widget.inside.locator('input[type=file]').setInputFiles(photo);
  await widget.enhanceButton.click();
  await expect.poll(() => widget.events('result')).toHaveLength(1);
  expect(await fill()).toEqual([beach]);
  // Another one is opened, and has no result yet.
  await widget.inside.locator('input[type=file]').setInputFiles({ ...photo, name: 'hill.png' });
  await expect(widget.inside.getByText('hill.png').first()).toBeVisible();
  expect(await fill()).toEqual([beach]);
  await widget.enhanceButton.click();
  await expect.poll(() => widget.events('result')).toHaveLength(2);
  expect(await fill()).toEqual([beach, hill]);
  const rename = (name: string) =>
    page.evaluate((to) => (document.querySelector('photo-enhancer')!.name = to), name);
  await rename('scan');
  expect(await fill()).toEqual([beach, hill].map((line) => line?.replace('photo:', 'scan:')));
  await rename('');
  expect(await fill()).toEqual([]);
  await rename('photo');
  await page.getByRole('button', { name: 'Reset' }).click();
  expect(await fill()).toEqual([]);
});

test('with `multiple` two photos picked in the frame are two files of the form, after one press', async ({
  page,
  site,
  appUrl,
  widget,
}) => {
  const markup = `<form method="post" action="/upload" enctype="multipart/form-data">
    <photo-enhancer name="photo" multiple backend="wasm" format="webp"></photo-enhancer><button>Send</button></form>`;
  site.answers.set('/', { body: hostPage(appUrl, markup) });
  await page.goto(site.url());
  await widget.poster.click();
  await widget.listen();
  const picked = ['beach.png', 'hill.png'].map((name) => ({ ...photo, name }));
  await widget.inside.locator('input[type=file]').setInputFiles(picked);
  await expect(widget.inside.getByText('Photo 1 of 2.')).toBeVisible();
  // Before the press nothing of either.
  expect(JSON.stringify(await widget.events('change'))).not.toMatch(/beach|hill/);
  await widget.enhanceButton.click();
  await expect.poll(() => widget.events('result')).toHaveLength(2);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Thank you.')).toBeVisible();
  const names = site.posted[0]?.match(/name="photo"; filename="[^"]+"/g);
  expect(names).toEqual(
    ['beach', 'hill'].map((name) => `name="photo"; filename="${name}-2x.webp"`),
  );
});

test('with `video` a clip that was picked in the frame comes back as a clip with its sound; without, it is refused', async ({
  page,
  site,
  appUrl,
  widget,
}) => {
  const source = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=5:d=1'];
  const sound = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1', '-c:a', 'aac'];
  const coded = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
  const clip = makeClip('embed.mp4', [...source, ...sound, ...coded]);
  const picked = { name: 'walk.mp4', mimeType: 'video/mp4', buffer: clip };
  const markup =
    '<photo-enhancer scale="1" recipe=\'{"deblur":20}\' backend="wasm"></photo-enhancer>';
  site.answers.set('/', { body: hostPage(appUrl, markup) });
  await page.goto(site.url());
  await widget.poster.click();
  await widget.listen();
  const input = widget.inside.locator('input[type=file]');
  await input.setInputFiles(picked);
  await expect(widget.inside.getByRole('alert')).toBeVisible();

  await page.evaluate(() => (document.querySelector('photo-enhancer')!.video = true));
  await expect(input).toHaveAttribute('accept', /video\/mp4/);
  await input.setInputFiles(picked);
  // At its own size a visitor's own clip might be the clip itself.
  await widget.enhanceButton.click();
  await expect.poll(() => widget.events('error')).toHaveLength(1);
  expect(await widget.events('error')).toMatchObject([{ code: 'nothing-to-do' }]);

  await page.evaluate(() => (document.querySelector('photo-enhancer')!.scale = 2));
  await expect(widget.enhanceButton).toBeEnabled();
  await widget.enhanceButton.click();
  await expect.poll(() => widget.events('result')).toHaveLength(1);
  const [result] = await widget.events('result');
  expect(result).toMatchObject({ name: 'walk-2x.mp4', width: 128, height: 96, kind: 'video/mp4' });
  const given = await page.evaluate(async () => {
    const blob = await document.querySelector('photo-enhancer')!.toBlob();
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const [before, after] = [clip, Buffer.from(given)].map(probeClip);
  expect(after!.times).toEqual(before!.times);
  expect(after!.streams.map((stream) => stream['codec_name'])).toEqual(['h264', 'aac']);

  // Any picture of it lies beside what was made of it, and Save gives all of it to the visitor.
  const place = widget.inside.getByRole('slider', { name: 'Place in the clip' });
  await place.fill('0.6');
  await expect(place).toHaveAttribute('aria-valuetext', '0:00.60');
  await expect(
    widget.inside.getByRole('slider', { name: 'Compare before and after' }),
  ).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    widget.inside.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('walk-2x.mp4');
  expect(readFileSync(await download.path())).toEqual(Buffer.from(given));
});

test('two on a page share one budget: one runs, the other waits', async ({
  page,
  site,
  appUrl,
}) => {
  site.answers.set('/large.png', { body: drawPng(400, 300), type: 'image/png' });
  const one = (id: string) =>
    `<photo-enhancer id="${id}" src="/large.png" reveal="auto" loading="eager" backend="wasm"></photo-enhancer>`;
  site.answers.set('/', { body: hostPage(appUrl, one('a') + one('b')) });
  await page.goto(site.url());
  await page.evaluate(() => customElements.whenDefined('photo-enhancer'));
  const order = await page.evaluate(async () => {
    const seen: string[] = [];
    const note = (entry: string) => seen.at(-1) !== entry && seen.push(entry);
    const runs = [...document.querySelectorAll('photo-enhancer')].map(async (element) => {
      element.addEventListener('progress', () => note(`${element.id} runs`));
      element.addEventListener('change', ({ detail }) => {
        if (detail.state === 'waiting') seen.unshift(`${element.id} waits`);
      });
      await element.enhance();
    });
    await Promise.all(runs);
    return seen;
  });
  expect(order.filter((entry) => entry.endsWith('runs'))).toHaveLength(2);
  expect(order).toContain(`${order.at(-1)?.[0]} waits`);
  await expect(new Widget(page, '#a').inside.getByRole('status')).toContainText('800');
});

test('it survives being moved, taken off the page and put back', async ({
  page,
  site,
  appUrl,
  widget,
}) => {
  site.answers.set('/', { body: hostPage(appUrl, `<div id="there"></div>${plain}`) });
  await page.goto(site.url());
  await widget.poster.click();
  await widget.enhanceButton.click();
  await expect(widget.inside.getByRole('slider', { name: 'Strength' })).toBeVisible();
  await widget.listen();
  const kept = () =>
    page.evaluate(() => document.querySelector('photo-enhancer')!.result?.width ?? 0);
  // It is written after the run has ended.
  await expect.poll(kept).toBe(192);

  await page.evaluate(() =>
    document.querySelector('#there')!.append(document.querySelector('photo-enhancer')!),
  );
  await expect(widget.enhanceButton).toBeEnabled();
  expect(await kept()).toBe(192);
  await page.evaluate(async () => {
    const element = document.querySelector('photo-enhancer')!;
    element.remove();
    await new Promise((done) => setTimeout(done, 200));
    document.body.append(element);
  });
  await expect(widget.enhanceButton).toBeEnabled();
  await page.evaluate(() => {
    const there = document.querySelector('#there')!;
    const move = there as unknown as { moveBefore?: (node: Node, before: null) => void };
    move.moveBefore?.(document.querySelector('photo-enhancer')!, null);
  });
  await widget.enhanceButton.click();
  await expect.poll(() => widget.events('result')).toHaveLength(1);
  expect(await widget.events('error')).toEqual([]);
});

test('a frame that hangs is told and taken away, and a click begins again', async ({
  page,
  site,
  appUrl,
  widget,
}) => {
  site.answers.set('/', { body: hostPage(appUrl, plain) });
  await page.goto(site.url());
  await widget.poster.click();
  await expect(widget.enhanceButton).toBeEnabled();
  await widget.listen();
  const frame = await widget.frame();
  void frame
    .evaluate(() =>
      setTimeout(() => {
        for (;;);
      }),
    )
    .catch(() => undefined);
  await widget.expectError('frame-lost');
  await expect(widget.poster).toHaveText('Try again');
  await widget.poster.click();
  await expect(widget.enhanceButton).toBeEnabled();
});

test('a frame that goes away is told by that, not by its silence', async ({
  page,
  site,
  appUrl,
  widget,
}) => {
  await page.clock.install();
  site.answers.set('/', { body: hostPage(appUrl, plain) });
  await page.goto(site.url());
  await widget.poster.click();
  await expect(widget.enhanceButton).toBeEnabled();
  await widget.listen();
  // As far as a page can see, a crash is the same; Playwright gives up a page with a crashed frame.
  const frame = await widget.frame();
  // From here on no heartbeat of the page's beats.
  await page.clock.pauseAt(Date.now() + 3_600_000);
  expect(await widget.events('error')).toEqual([]);
  await frame.evaluate(() => location.reload());
  await widget.expectError('frame-lost');
  await page.clock.resume();
  await widget.poster.click();
  await expect(widget.enhanceButton).toBeEnabled();
});

test('a limit of pixels chooses the largest size that fits, and refuses others', async ({
  page,
  site,
  appUrl,
  widget,
}) => {
  const markup = plain.replace('src', 'scale="4" max-pixels="30000" reveal="auto" src');
  site.answers.set('/', { body: hostPage(appUrl, markup) });
  await page.goto(site.url());
  await expect(widget.inside.getByText('192 × 128')).toBeVisible();
  await widget.listen();
  const code = await page.evaluate(() =>
    document
      .querySelector('photo-enhancer')!
      .enhance({ scale: 4 })
      .catch((error: unknown) => (error as { code: string }).code),
  );
  expect(code).toBe('too-large');
});

test.describe('a photo that cannot be had', () => {
  test.use({ expectedErrors: /Failed to load resource|CORS policy/ });

  test('is said to be, and tried again at a press', async ({ page, site, appUrl, widget }) => {
    const me = site.answers.get('/me.png')!;
    site.answers.set('/me.png', { body: 'Later.', status: 503 });
    site.answers.set('/', { body: hostPage(appUrl, '<photo-enhancer src="/me.png">') });
    await page.goto(site.url());
    await widget.poster.click();
    await expect(widget.poster).toHaveText(/said 503. Try again/);
    await expect(widget.poster).toBeVisible();
    site.answers.set('/me.png', me);
    await widget.poster.click();
    await expect(widget.enhanceButton).toBeEnabled();
    await expect(widget.poster).toBeHidden();
  });

  for (const [address, code] of [
    ['/none.png', 'src-status'],
    ['/page.png', 'src-html'],
    ['NEIGHBOUR/me.png', 'src-cors'],
    ['http://localhost:1/me.png', 'src-network'],
    ['http://[', 'bad-attribute'],
  ] as const) {
    test(`${address}: ${code}, and the next one works`, async ({ page, site, appUrl, widget }) => {
      site.answers.set('/', { body: hostPage(appUrl, plain) });
      await page.goto(site.url());
      await page.evaluate(() => customElements.whenDefined('photo-enhancer'));
      await widget.listen();
      const set = (src: string) =>
        page.evaluate((src) => (document.querySelector('photo-enhancer')!.src = src), src);
      await set(address.replace('NEIGHBOUR', site.url('', 'photos')));
      await widget.poster.click();
      await widget.expectError(code);
      await set(site.url('/shared.png', 'photos'));
      await expect(widget.enhanceButton).toBeEnabled();
      expect(await widget.events('error')).toHaveLength(1);
    });
  }
});
