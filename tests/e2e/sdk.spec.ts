/** The npm package: packed, installed without a network, and run with a bundler and without. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { decode } from 'fast-png';
import type * as Enlarger from '../../src/sdk/enlarger';
import { headers } from '../../scripts/headers.mjs';
import { serve } from '../../scripts/serve.mjs';
import { expect, test, Widget } from './host-site';
import { drawPng, photo } from './pictures';
import { testClips } from './sdk-clips';
import { PlainServer, Workshop, type Tarball } from './sdk-site';

const guide = readFileSync(join(import.meta.dirname, '../../docs/sdk/README.md'), 'utf8');
const snippets = (language: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, text = '']) => text,
  );
const [mainScript = '', recipeScript = ''] = snippets('js');
const [plainPage = '', elementPage = ''] = snippets('html');

/** Gives the test its hands on the package, as the page itself resolves it. */
const probe = "import * as enlarger from 'enlarger';\nObject.assign(window, { enlarger });\n";
const withProbe = (body: string) =>
  `<!doctype html><title>Site</title>${body}<script type="module" src="probe.js"></script>`;

declare global {
  interface Window {
    enlarger: typeof Enlarger;
  }
}

const workshop = new Workshop();
let tarball: Tarball;
let installed: string;
let plain: PlainServer;

test.beforeAll(async () => {
  tarball = workshop.pack();
  installed = workshop.site('plain', tarball, {
    'index.html': withProbe(plainPage),
    'main.js': mainScript,
    'probe.js': probe,
    'use.ts': useTypes,
  });
  plain = await new PlainServer(installed).start();
});

test.afterAll(() => {
  plain?.stop();
  workshop.close();
});

/** The guide's first snippet, as a visitor uses it. */
async function useSnippet(page: Page): Promise<void> {
  await page.locator('input').setInputFiles(photo);
  await expect(page.locator('output')).toHaveText(/^192 × 128 in [\d.]+ s on wasm$/);
  const sizeOf = () => page.evaluate(() => document.querySelector('img')!.naturalWidth);
  await expect.poll(sizeOf).toBe(192);
}

/** What the package promises, on a page that has it. */
async function tryOut(page: Page) {
  const files = [photo.buffer, drawPng(640, 480)].map((buffer) => buffer.toString('base64'));
  return page.evaluate(async ([small = '', large = '']) => {
    const { Enhancer, EnhanceError } = window.enlarger;
    const bytes = (text: string) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
    const file = new File([bytes(small)], 'beach.png', { type: 'image/png' });
    const enhancer = new Enhancer({ backend: 'wasm' });
    const why = (work: Promise<unknown>) =>
      work.then(
        () => 'no failure',
        (error: unknown) => {
          if (error instanceof EnhanceError) return `${error.code}: ${error.message}`;
          return error instanceof DOMException ? error.name : String(error);
        },
      );

    const { name, width, analysis, suggestion } = await enhancer.open(file);
    const plan = await enhancer.plan(file, { scale: 4 });

    const order: string[] = [];
    const run = (label: string, format: 'png' | 'jpeg') =>
      enhancer.enhance(file, {
        format,
        onProgress: ({ stage }) => order.push(`${label} ${stage}`),
      });
    const [one, two] = await Promise.all([run('one', 'png'), run('two', 'jpeg')]);
    const bitmap = await createImageBitmap(one.blob);

    const stop = new AbortController();
    const aborted = await why(
      enhancer.enhance(new Blob([bytes(large)]), {
        signal: stop.signal,
        onProgress: ({ stage }) => stage === 'run' && stop.abort(),
      }),
    );
    const before = await why(enhancer.open(file, { signal: AbortSignal.abort() }));
    const after = await enhancer.enhance(file, { strength: 0, format: 'webp' });

    const recipe = { v: 1, clean: { noise: 101, jpeg: 0 }, scale: 2, variant: 'faithful' } as const;
    const refused = await why(enhancer.enhance(file, { recipe }));
    const noPicture = await why(enhancer.open(new Blob(['Dear diary'])));
    const pending = why(enhancer.enhance(file));
    enhancer.dispose();
    return {
      opened: { name, width, noise: typeof analysis.noise, steps: suggestion.recipe.steps },
      plan: { width: plan.width, steps: plan.steps.length },
      sizes: [one.width, one.height, bitmap.width, bitmap.height],
      types: [one.blob.type, two.blob.type, after.blob.type],
      report: { backend: one.report.backend, step: one.report.steps.at(-1) },
      // Whether a stage is told that took no time is chance; the order is not.
      order: order.filter((each, i) => each !== order[i - 1] && !/download|compile/.test(each)),
      ...{ aborted, before, refused, noPicture },
      disposed: [await pending, await why(enhancer.open(file))],
    };
  }, files);
}

const promised = {
  opened: {
    ...{ name: 'beach.png', width: 96, noise: 'number' },
    steps: [{ task: 'upscale', scale: 2, variant: 'faithful' }],
  },
  plan: { width: 384, steps: 1 },
  sizes: [192, 128, 192, 128],
  types: ['image/png', 'image/jpeg', 'image/webp'],
  report: {
    backend: 'wasm',
    step: expect.objectContaining({
      kind: 'network',
      tiles: expect.any(Number),
    }) as unknown,
  },
  order: ['one', 'two'].flatMap((label) =>
    ['open', 'run', 'save'].map((stage) => `${label} ${stage}`),
  ),
  aborted: 'AbortError',
  before: 'AbortError',
  refused: 'bad-option: options.recipe.clean.noise must be a number from 0 to 100.',
  noPicture: expect.stringMatching(/^unsupported-format: /) as unknown,
  disposed: Array(2).fill('cancelled: The enhancer was disposed of.') as string[],
};

test('the package holds what it should, and nothing to install besides', () => {
  const sorted = tarball.files
    .map(({ path }) => path)
    .filter((path) => !/^models\/[\w-]+\.(int8|fp16)\.(golden\.)?\w{8}\.(onnx|bin)$/.test(path))
    .sort();
  expect(sorted).toEqual([
    ...['LICENSE', 'README.md', 'THIRD-PARTY.md', 'avif_dec.wasm', 'avif_enc.wasm'],
    ...['cli-run.js', 'cli.js', 'custom-elements.json'],
    ...[
      'decode.js',
      'element.d.ts',
      'element.js',
      'encode.js',
      'engine.js',
      'enhancer.js',
      'enlarger.d.ts',
      'enlarger.js',
    ],
    ...[
      'jxl_dec.wasm',
      'jxl_oxide_wasm_bg.wasm',
      'lcms.wasm',
      'libheif.wasm',
      'models.js',
      'models/LICENSES.md',
      'models/catalog.json',
      'mozjpeg_dec.wasm',
      'mozjpeg_enc.wasm',
    ],
    ...['ort-jspi.js', 'ort-threads.js', 'ort-wasm-simd-threaded.asyncify.1of2.wasm'],
    ...['ort-wasm-simd-threaded.asyncify.2of2.wasm', 'ort-wasm-simd-threaded.jspi.wasm'],
    ...['ort-webgpu.js', 'package.json', 'rnnoise.wasm', 'squoosh_png_bg.wasm', 'thread.js'],
    ...['webp_dec.wasm', 'webp_enc_simd.wasm'],
  ]);
  const read = (path: string) =>
    readFileSync(join(installed, 'node_modules/enlarger', path), 'utf8');
  expect(JSON.parse(read('package.json'))).not.toHaveProperty('dependencies');
  for (const path of sorted.filter((each) => /\.d\.ts$/.test(each)))
    expect(read(path), path).not.toMatch(/\bimport\b|onnxruntime|\/src\/|comlink/);
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  console.log(`tarball ${megabytes(tarball.size)}, unpacked ${megabytes(tarball.unpackedSize)}`);
  // The runtimes are 10.7 MB of it, the models 15, AVIF’s encoder 1.3.
  expect(tarball.size).toBeLessThan(29e6);
  expect(Math.max(...tarball.files.map(({ size }) => size))).toBeLessThan(25 * 2 ** 20);
});

const useTypes = `import { Enhancer, EnhanceError, type ClipOptions, type Recipe, type RecipeV1, type RecipeWish, type Result } from 'enlarger';
import { PhotoEnhancer } from 'enlarger/element';
const old: RecipeV1 = { v: 1, scale: 2, variant: 'real' };
const recipe: RecipeWish = {
  v: 2,
  steps: [{ task: 'clean', noise: 20 }, { task: 'upscale', scale: 2, variant: 'crisp' }],
  finish: { strength: 0.9 },
};
export async function use(file: File): Promise<Result> {
  using enhancer = new Enhancer({ backend: 'auto' });
  // @ts-expect-error -- no such scale
  void enhancer.enhance(file, { scale: 3 });
  void enhancer.plan(file, { recipe: old });
  const done: Recipe = (await enhancer.plan(file)).recipe;
  void enhancer.plan(file, { recipe: done });
  return enhancer.enhance(file, { recipe, onProgress: ({ fraction }) => fraction.toFixed() });
}
export async function useClip(file: File, writable: WritableStream): Promise<number> {
  const options: ClipOptions = { scale: 2, film: { deflicker: true, frameRate: 'twice' }, from: 1 };
  // @ts-expect-error -- no such container
  void new Enhancer().enhanceClip(file, { format: 'avi' });
  const { frames } = await new Enhancer().enhanceClip(file, { ...options, writable });
  return frames;
}
export const isKnown = (error: unknown): boolean =>
  error instanceof EnhanceError && error.code === 'too-large';
document.querySelector('photo-enhancer')?.addEventListener('result', ({ detail }) => detail.blob);
PhotoEnhancer.frameUrl = '/embed.html';
`;

test('its types stand alone, for bundlers and for Node', () => {
  const common = ['use.ts', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable'];
  const bundler = ['--module', 'esnext', '--moduleResolution', 'bundler'];
  expect(workshop.check(installed, [...common, ...bundler])).toBe('');
  expect(workshop.check(installed, [...common, '--module', 'nodenext'])).toBe('');
});

test('a page without a bundler runs it', async ({ page }) => {
  await page.goto(plain.url());
  await useSnippet(page);
  expect(await tryOut(page)).toEqual(promised);
});

test('the snippet with a recipe', async ({ page }) => {
  await page.goto(plain.url());
  await page.waitForFunction(() => 'enlarger' in window);
  const answer = await page.evaluate(
    async ([script = '', png = '']) => {
      const file = await (await fetch(`data:image/png;base64,${png}`)).blob();
      const enhancer = new window.enlarger.Enhancer({ backend: 'wasm' });
      // The snippet as it stands, with what it takes for granted.
      const module = `export default async (enhancer, file) => { ${script}
        return [width, height, blob.type]; }`;
      const url = URL.createObjectURL(new Blob([module], { type: 'text/javascript' }));
      const { default: run } = (await import(url)) as {
        default: (...given: unknown[]) => Promise<unknown>;
      };
      return run(enhancer, file);
    },
    [recipeScript, photo.buffer.toString('base64')],
  );
  expect(answer).toEqual([192, 128, 'image/webp']);
});

test('the command line writes what a page gives, of a folder with a broken file in it', async ({
  page,
}) => {
  // The engine is started twice, and is 27 MB.
  test.slow();
  const turned = join(import.meta.dirname, '../fixtures/formats/orientation-6.jpg');
  const files = { 'a.png': photo.buffer, 'sub/turned.jpg': readFileSync(turned) };
  const recipe = {
    v: 2,
    steps: [
      { task: 'clean', noise: 20, jpeg: 0 },
      // Which of the two networks is taken would else be for each machine to choose, by its pace.
      { task: 'upscale', scale: 2, variant: 'faithful', tier: 'fast' },
    ],
    finish: { strength: 0.8, grain: { amount: 0.2, size: 1, seed: 7 } },
  } as const;
  mkdirSync(join(installed, 'in/sub'), { recursive: true });
  for (const [path, bytes] of Object.entries({ ...files, 'broken.png': Buffer.from('Dear diary') }))
    writeFileSync(join(installed, 'in', path), bytes);
  writeFileSync(join(installed, 'mine.json'), JSON.stringify(recipe));
  const args = ['in', '--out', 'big', '--recipe', 'mine.json', '--metadata', 'none', '--json'];
  const program = join(installed, 'node_modules/.bin/enlarger');
  const { status, stdout, stderr } = spawnSync(program, args, {
    ...{ cwd: installed, encoding: 'utf8', shell: process.platform === 'win32' },
  });
  expect(status, stderr).toBe(1);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { file: string });
  const told = Object.fromEntries(lines.map((line) => [line.file, line]));
  expect(told).toMatchObject({
    [join('in', 'a.png')]: { status: 'done', width: 192, height: 128, backend: 'wasm' },
    [join('in', 'broken.png')]: { status: 'failed', code: 'unsupported-format' },
    [join('in', 'sub/turned.jpg')]: { status: 'done' },
  });
  await page.goto(plain.url());
  await page.waitForFunction(() => 'enlarger' in window);
  const pictures = Object.values(files).map((bytes) => bytes.toString('base64'));
  const given = await page.evaluate(
    async ([pictures, recipe]) => {
      const enhancer = new window.enlarger.Enhancer({ backend: 'wasm' });
      const photos = pictures.map((text) => {
        const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
        return new Blob([bytes]);
      });
      const results: number[][] = [];
      for await (const outcome of enhancer.enhanceMany(photos, { recipe, metadata: 'none' }))
        if (outcome.ok)
          results.push(Array.from(new Uint8Array(await outcome.result.blob.arrayBuffer())));
      return results;
    },
    [pictures, recipe] as const,
  );
  expect(given).toHaveLength(2);
  const [png, jpeg] = given.map((bytes) => Buffer.from(bytes));
  const read = (path: string) => readFileSync(join(installed, 'big', path));
  expect(read('sub/turned.jpg').equals(jpeg!), 'the JPEG, byte for byte').toBe(true);
  // Each has a deflate of its own, with other bytes of the same pixels.
  const pixels = (file: Buffer) => Buffer.from(decode(file).data.buffer);
  expect(pixels(read('a.png')).equals(pixels(png!)), 'the pixels of the PNG').toBe(true);
});

test('the command line stops quietly where nobody reads it any more, and leaves nothing half written', () => {
  test.skip(process.platform === 'win32');
  mkdirSync(join(installed, 'many'), { recursive: true });
  for (const name of ['a', 'b', 'c', 'd'])
    writeFileSync(join(installed, 'many', `${name}.png`), photo.buffer);
  const line =
    './node_modules/.bin/enlarger many --out few --json | head -c 1; echo ${PIPESTATUS[0]}';
  const { stdout, stderr } = spawnSync('bash', ['-c', line], { cwd: installed, encoding: 'utf8' });
  expect(stdout).toBe('{141\n');
  expect(stderr).toMatch(/^[123] of 4 done, 0 failed\n$/);
  expect(readdirSync(join(installed, 'few')).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('the command line enlarges by a model of one’s own', () => {
  const fixtures = join(import.meta.dirname, '../fixtures');
  copyFileSync(join(fixtures, 'models/tiny-x2.fp32.onnx'), join(installed, 'mine.onnx'));
  copyFileSync(join(fixtures, 'formats/gray.jpg'), join(installed, 'gray.jpg'));
  const args = ['gray.jpg', '--out', 'own', '--model', 'mine.onnx', '--json'];
  const program = join(installed, 'node_modules/.bin/enlarger');
  const { stdout, stderr } = spawnSync(program, args, {
    ...{ cwd: installed, encoding: 'utf8', shell: process.platform === 'win32' },
  });
  expect(stdout, stderr).toContain('"status":"done"');
  expect(stdout).toContain('mine');
});

test('the command line reads and writes every format that needs no browser, at its depth', () => {
  const fixtures = join(import.meta.dirname, '../fixtures/formats');
  const names = [
    'gray.jpg',
    'rgb16.png',
    'lossy.webp',
    'deep.avif',
    'deep.heic',
    'deep.jxl',
    'deep.tif',
  ];
  mkdirSync(join(installed, 'formats'), { recursive: true });
  for (const name of names)
    writeFileSync(join(installed, 'formats', name), readFileSync(join(fixtures, name)));
  // No network is run, so that nothing but the codecs takes time.
  const recipe = { v: 2, steps: [], finish: { grain: { amount: 0.2, size: 1, seed: 7 } } };
  writeFileSync(join(installed, 'grain.json'), JSON.stringify(recipe));
  const args = [
    'formats',
    '--out',
    'read',
    '--recipe',
    'grain.json',
    '--json',
    '--backend',
    'wasm',
  ];
  const program = join(installed, 'node_modules/.bin/enlarger');
  const { status, stdout, stderr } = spawnSync(program, args, {
    ...{ cwd: installed, encoding: 'utf8', shell: process.platform === 'win32' },
  });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<'file' | 'status' | 'output' | 'message', string>);
  // What is not written as it was read is a JPEG, beside what else has its name.
  const written = Object.fromEntries(
    lines.map(({ file, output, message }) => [basename(file), message ?? basename(output)]),
  );
  expect(written, stderr).toEqual({
    ...Object.fromEntries(names.map((name) => [name, name])),
    'deep.heic': 'deep.heic.jpg',
    'deep.jxl': 'deep.jxl.jpg',
  });
  expect(status, stderr).toBe(0);
  const { depth, channels } = decode(readFileSync(join(installed, 'read/rgb16.png')));
  expect([depth, channels]).toEqual([16, 3]);
});

test('where the package `webgpu` is not installed, a GPU that is asked for is refused in words', () => {
  writeFileSync(join(installed, 'one.png'), photo.buffer);
  const args = ['one.png', '--out', 'gpu', '--scale', '2', '--json', '--backend', 'webgpu'];
  const program = join(installed, 'node_modules/.bin/enlarger');
  const { status, stdout } = spawnSync(program, args, {
    ...{ cwd: installed, encoding: 'utf8', shell: process.platform === 'win32' },
  });
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'failed', code: 'no-gpu' });
});

test('a catalogue of another address is taken in place of the models of the package', async ({
  page,
}) => {
  await page.goto(plain.url());
  await page.waitForFunction(() => 'enlarger' in window);
  const asked: string[] = [];
  page.context().on('request', (request) => asked.push(new URL(request.url()).pathname));
  const steps = await page.evaluate(async (png) => {
    const file = await (await fetch(`data:image/png;base64,${png}`)).blob();
    const models = 'node_modules/enlarger/models/catalog.json';
    const enhancer = new window.enlarger.Enhancer({ models, backend: 'wasm' });
    return (await enhancer.plan(file)).steps;
  }, photo.buffer.toString('base64'));
  expect(steps).toMatchObject([{ task: 'upscale' }]);
  expect(asked).toContain('/node_modules/enlarger/models/catalog.json');
  expect(asked).not.toContain('/node_modules/enlarger/models.js');
});

test('a network of the page’s own is fetched when it is asked for, and does what the report says', async ({
  page,
}) => {
  const model = join(import.meta.dirname, '../fixtures/models/tiny-x2.fp32.onnx');
  copyFileSync(model, join(installed, 'tiny.onnx'));
  await page.goto(plain.url());
  await page.waitForFunction(() => 'enlarger' in window);
  const asked: string[] = [];
  page.context().on('request', (request) => asked.push(new URL(request.url()).pathname));
  const ask = (title?: string) =>
    page.evaluate(
      async ([png, name]) => {
        const file = await (await fetch(`data:image/png;base64,${png}`)).blob();
        const enhancer = new window.enlarger.Enhancer({ models: ['tiny.onnx'], backend: 'wasm' });
        const wish = name === undefined ? {} : { model: name };
        const { width, report } = await enhancer.enhance(file, wish);
        const models = name === undefined ? [] : await enhancer.models();
        return { width, step: report.steps.at(-1), models };
      },
      [photo.buffer.toString('base64'), title] as const,
    );
  expect(await ask()).toMatchObject({ width: 192, step: { precision: 'int8' } });
  expect(asked).not.toContain('/tiny.onnx');
  expect(await ask('tiny')).toMatchObject({
    ...{ width: 192, step: { kind: 'network', model: 'tiny', precision: 'fp32' } },
    models: [{ title: 'tiny', architecture: 'ONNX', scale: 2, isWide: false }],
  });
  expect(asked.filter((path) => path === '/tiny.onnx')).toHaveLength(1);
});

testClips(async (page) => {
  await page.goto(plain.url());
  await page.waitForFunction(() => 'enlarger' in window);
});

test('a Vite project without configuration builds and runs it, isolated, under a strict policy', async ({
  page,
  watch,
}) => {
  const body = plainPage.replace(/<script type="importmap">.*?<\/script>/s, '');
  const folder = workshop.site('bundled', tarball, {
    'index.html': withProbe(body.replace('src="main.js"', 'src="./main.js"')),
    'main.js': mainScript,
    'probe.js': probe,
  });
  const server = await serve({
    root: workshop.bundle(folder),
    port: 0,
    alter: (path) => {
      // As the package's guide says for pages that require Trusted Types.
      const policies = path.endsWith('.js') ? 'default' : 'enlarger';
      const policy = headers['Content-Security-Policy'].replace(
        'default svelte-trusted-html',
        policies,
      );
      const body = path === '/favicon.ico' && { body: Buffer.alloc(1) };
      return { ...body, headers: { 'Content-Security-Policy': policy } };
    },
  });
  await page.goto(server.url);
  await useSnippet(page);
  const refused = await page.evaluate(() => {
    try {
      return Boolean(new Worker('/other.js'));
    } catch (error) {
      return String(error);
    }
  });
  expect(refused, 'the page itself may start no worker').toMatch(/TrustedScriptURL/);
  expect(watch.take()).toEqual([expect.stringContaining('TrustedScriptURL')]);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await tryOut(page)).toEqual(promised);
  await server.close();
});

test.describe('from another origin', () => {
  test.use({ expectedErrors: /./ });

  test('it says that workers must come from the page', async ({ page }) => {
    await page.goto(plain.url());
    const module = plain.url('/node_modules/enlarger/enlarger.js', 'cdn');
    const said = await page.evaluate(async (address) => {
      const { Enhancer } = (await import(address)) as typeof Enlarger;
      return new Enhancer().open(new Blob(['x'])).catch((error: Error) => error.message);
    }, module);
    expect(said).toContain('The worker was refused.');
    expect(said).toContain(new URL(plain.url()).origin);
  });
});

test('the element of the package shows the app that the page names', async ({ page, appUrl }) => {
  const markup = elementPage.replace('https://enlarger.example/', appUrl);
  writeFileSync(join(installed, 'element.html'), `<!doctype html><title>Element</title>${markup}`);
  await page.goto(plain.url('/element.html'));
  const widget = new Widget(page);
  await widget.poster.click();
  await expect(widget.inside.getByRole('button', { name: 'Open photo' })).toBeVisible();
  await page.evaluate(() => {
    document.querySelector('meta[name=photo-enhancer-frame]')?.remove();
    document.querySelector('photo-enhancer')?.remove();
    document.body.append(document.createElement('photo-enhancer'));
  });
  await widget.listen();
  await widget.poster.click();
  await widget.expectError('frame-blocked');
});
