/** Proves that the fixtures catch what they are there for. */
import { expect, test } from './fixtures';

test('a page that asks another origin is caught', async ({ page, watch }) => {
  await page.goto('http://neighbour.invalid/').catch(() => undefined);
  expect(watch.take().join()).toContain('another origin');
});

test('a worker that asks another origin is caught', async ({ page, watch }) => {
  await page.goto('about:blank');
  await page.evaluate(async () => {
    const source = 'fetch("http://neighbour.invalid/").catch(() => 0).then(() => postMessage(0))';
    const worker = new Worker(`data:text/javascript,${encodeURIComponent(source)}`);
    await new Promise((done) => worker.addEventListener('message', done));
  });
  expect(watch.take().join()).toContain('GET http://neighbour.invalid/');
});

test('the policy stops a picture from another origin', async ({ app, page, watch }) => {
  await app.visit();
  await page.evaluate(async () => {
    const image = new Image();
    image.src = 'http://neighbour.invalid/pixel.png';
    await image.decode().catch(() => undefined);
  });
  const caught = watch.take();
  expect(caught.join()).toContain('Content Security Policy');
  expect(caught.join()).not.toContain('GET http');
});

test('an unhandled rejection is caught', async ({ app, page, watch }) => {
  await app.visit();
  await page.evaluate(() => {
    void Promise.reject(new Error('on purpose'));
  });
  const caught: string[] = [];
  await expect.poll(() => caught.push(...watch.take()) && caught.join()).toContain('on purpose');
});

test('an unhandled rejection in a worker is caught', async ({ page, watch }) => {
  await page.goto('about:blank');
  await page.evaluate(() => {
    const source = 'void Promise.reject(new Error("on purpose"))';
    new Worker(`data:text/javascript,${encodeURIComponent(source)}`);
  });
  const caught: string[] = [];
  await expect.poll(() => caught.push(...watch.take()) && caught.join()).toContain('on purpose');
});
