import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { unwrap } from '../../src/core/errors';
import { cropRaster, type Raster } from '../../src/core/picture/raster';
import { magnify } from '../../src/core/picture/rect';
import { blendStrength } from '../../src/core/picture/blend';
import { neutralFinish, type Finish } from '../../src/core/recipe/finish';
import { measureDrift } from '../../src/core/run/colour-drift';
import { reviewResult } from '../../src/core/run/review';
import { gatherRows } from '../../src/core/picture/rows';
import { finishRows } from '../../src/core/run/finish-render';
import type { NetworkKind } from '../../src/core/recipe/kinds';
import { parseRecipe } from '../../src/core/recipe/parsing';
import { listSteps, type Step } from '../../src/core/recipe/recipe';
import { resample } from '../../src/core/picture/resample';
import { planTiles } from '../../src/core/plan/tiles';
import { openCpuNetwork } from '../../src/engine/onnx/cpu';
import { decode } from '../../src/formats/decode';
import { encode } from '../../src/formats/encode';
import { readPixels } from '../../src/formats/pixels';
import { PhotoOwner } from '../../src/worker/owner/photo-owner';
import type { BackendChoice } from '../../src/worker/engine/protocol';
import type { PhotoId } from '../../src/worker/protocol';
import type { JobProgress } from '../../src/worker/reports';
import { drawPart, drawView } from '../../src/worker/owner/preview';
import tiny from '../fixtures/models/tiny.json';
import { forgetTrials } from './trials';
import { makeTinyCatalog } from '../fixtures/tiny-catalog';
import { deepen, drawNoise, maxDifference } from '../unit/core/pictures';
import { runTiles } from '../unit/core/run-tiles';

const catalogUrl = new URL('/models/catalog.json', location.href).href;
const fields = { v: 1, scale: 2, variant: 'faithful' };
const recipe = parseRecipe(fields);
const same = parseRecipe({ ...fields, scale: 1 });
const centre = { x: 0, y: 0 };

let enhancer: PhotoOwner;
let photo: PhotoId;

async function start(backend: BackendChoice, tile: number, url = catalogUrl): Promise<void> {
  enhancer = new PhotoOwner();
  await enhancer.init({ backend, tile, catalogUrl: url });
}

async function makeFile(raster: Raster, name = 'photo.png'): Promise<File> {
  return new File([await encode(raster, { format: 'png', quality: 100 })], name);
}

const run = (onProgress: (progress: JobProgress) => void = () => undefined, asked = recipe) =>
  enhancer.enhance(photo, asked, centre, onProgress);

async function savePng(strength: number): Promise<Raster> {
  const png = { format: 'png', quality: 100, strength } as const;
  const { blob } = unwrap(await enhancer.save(photo, png));
  return (await decode(blob)).raster;
}

describe('one photo, on the CPU', () => {
  const source = drawNoise(70, 50);
  beforeEach(async () => {
    await start('wasm', 32);
    photo = unwrap(await enhancer.open(await makeFile(source))).id;
  });

  test('stages come in order, and patches cover the photo exactly once', async () => {
    const stages: string[] = [];
    const covered = new Uint8Array(source.width * source.height);
    const report = unwrap(
      await run(({ stage, patch }) => {
        if (stages.at(-1) !== stage) stages.push(stage);
        if (!patch) return;
        const { x, y, width, height } = patch.rect;
        expect([patch.bitmap.width, patch.bitmap.height]).toEqual([2 * width, 2 * height]);
        for (let row = y; row < y + height; row++)
          for (let column = x; column < x + width; column++)
            covered[row * source.width + column]!++;
      }),
    );
    expect(stages).toEqual(['download', 'compile', 'run']);
    expect(covered.every((count) => count === 1)).toBe(true);
    expect(report).toMatchObject({
      backend: 'wasm',
      output: { width: 140, height: 100 },
      steps: [{ task: 'upscale', tiles: 6, cpuTiles: 6, precision: 'int8' }],
    });
  });

  test('strength 0 is saved as the plain resample, bit for bit; strength 1 is something else', async () => {
    unwrap(await run());
    const plain = resample(source, { width: 140, height: 100 });
    expect(maxDifference(await savePng(0), plain)).toBe(0);
    expect(maxDifference(await savePng(1), plain)).toBeGreaterThan(8);
  });

  test('a finish is saved as the array twin renders it; a wrong one is refused with its path', async () => {
    unwrap(await run());
    const result = await savePng(1);
    const finish: Finish = {
      ...neutralFinish,
      strength: 0.7,
      colourLock: 0.5,
      sharpen: { amount: 0.5, radius: 1 },
      grain: { amount: 0.4, size: 1.5, seed: 3 },
      mask: { width: 2, height: 2, values: new Uint8Array([255, 90, 0, 200]) },
      grade: {
        ...{ exposure: 0.3, contrast: 0.2, temperature: -0.4, saturation: 0.1, vibrance: 0.3 },
        ...{ shadowTone: -0.5, highlightTone: 0.4, monochrome: false },
      },
    };
    const options = { format: 'png', quality: 100 } as const;
    const { blob } = unwrap(await enhancer.save(photo, { ...options, finish }));
    const saved = await decode(blob);
    const job = { original: source, result, finish };
    const expected = await gatherRows(finishRows(job));
    expect(maxDifference(saved.raster, expected)).toBe(0);
    const drift = unwrap(await enhancer.drift(photo));
    expect(drift).toEqual(await measureDrift(source, result));
    expect(unwrap(await enhancer.review(photo, 0))).toEqual(await reviewResult(source, result, 0));
    const mask = { ...finish.mask!, photo: { width: 9, height: 9 } };
    expect(await enhancer.save(photo, { ...options, finish: { ...finish, mask } })).toMatchObject({
      problem: 'mask-of-other-photo',
    });
    const wrong = { ...finish, grain: { ...finish.grain, size: 0 } };
    expect(await enhancer.save(photo, { ...options, finish: wrong })).toMatchObject({
      ok: false,
      problem: 'option-wrong',
      facts: { path: 'finish.grain.size' },
    });
  });

  test('cancel stops soon, is no error, and keeps the earlier result', async () => {
    unwrap(await run());
    const before = await savePng(1);
    let tiles = 0;
    const cancelled = run(({ patch }) => {
      if (patch && ++tiles === 2) void enhancer.cancel();
    });
    expect(await cancelled).toMatchObject({ ok: false, code: 'cancelled' });
    expect(tiles).toBeLessThanOrEqual(3);
    expect(maxDifference(await savePng(1), before)).toBe(0);
  });

  test('a second run ends the first', async () => {
    const first = run();
    const second = run();
    expect(await first).toMatchObject({ ok: false, code: 'cancelled' });
    expect(unwrap(await second).steps[0]).toMatchObject({ tiles: 6 });
  });

  test('what is on the screen is the result where it is finished', async () => {
    unwrap(await run());
    const rect = { x: 10, y: 10, width: 20, height: 20 };
    const size = { width: 40, height: 40 };
    const { bitmap } = unwrap(await enhancer.view(photo, { side: 'after', rect, size }));
    const context = new OffscreenCanvas(40, 40).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const shown = context.getImageData(0, 0, 40, 40).data;
    const saved = await savePng(1);
    for (let y = 0; y < 40; y += 13) {
      const at = ((20 + y) * saved.width + 20) * 4;
      expect(shown.slice(y * 160, y * 160 + 160)).toEqual(saved.data.slice(at, at + 160));
    }
  });
});

describe('a chain of steps, with the tiny networks', () => {
  const source = drawNoise(37, 21, true);
  const cleaned = { ...fields, clean: { noise: 40, jpeg: 30 } };
  const chain = parseRecipe(cleaned);
  const tinyUrl = new URL('/tests/fixtures/models/catalog.json', location.href).href;

  beforeEach(async () => {
    const served = fetch;
    vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) =>
      url === tinyUrl ? Promise.resolve(Response.json(makeTinyCatalog(tiny))) : served(url, init),
    );
    await start('wasm', 15, tinyUrl);
    photo = unwrap(await enhancer.open(await makeFile(source))).id;
  });
  afterEach(() => vi.restoreAllMocks());

  /** A step of the chain by hand, in one tile. */
  async function runByHand(input: Raster, step: number): Promise<Raster> {
    const model = tiny.find(({ scale }) => scale === step + 1)!;
    const { halo, multiple } = model;
    const geometry = { halo, multiple, scale: (step + 1) as 1 | 2 };
    const { planes } = listSteps(chain)[step] as Step<NetworkKind>;
    const { noise = 0, jpeg = 0 } = planes;
    const controls = step === 0 ? [noise, jpeg] : [];
    const grid = planTiles(input, geometry, { tile: 64, bandBytes: 1e6, centre, controls });
    const bytes = await (await fetch(new URL(model.files.int8.url, tinyUrl))).arrayBuffer();
    const network = await openCpuNetwork(new Uint8Array(bytes), geometry, grid.window);
    const output = await runTiles(input, grid, network);
    await network.release();
    return output;
  }

  test('equals its steps by hand, and the report names them', async () => {
    const report = unwrap(await run(undefined, chain));
    expect(report).toMatchObject({
      output: { width: 74, height: 42 },
      steps: [
        { task: 'clean', model: 'tiny-clean', tiles: 6 },
        { task: 'upscale', model: 'tiny-x2', tiles: 6 },
      ],
    });
    const byHand = await runByHand(await runByHand(source, 0), 1);
    expect(maxDifference(await savePng(1), byHand)).toBe(0);
  });

  test('a loupe shows the same in the middle of a run, which is not disturbed by it', async () => {
    const rect = { x: 12, y: 6, width: 16, height: 13 };
    const looks: Promise<ImageBitmap>[] = [];
    const running = run(({ stage }) => {
      if (stage !== 'run' || looks.length > 0) return;
      const look = enhancer.loupe(photo, { recipe: chain, rect });
      looks.push(look.then((reply) => unwrap(reply).bitmap));
    }, chain);
    unwrap(await running);
    const saved = await savePng(1);
    const byHand = await runByHand(await runByHand(source, 0), 1);
    expect(maxDifference(saved, byHand)).toBe(0);
    const context = new OffscreenCanvas(32, 26).getContext('2d')!;
    context.drawImage((await looks[0])!, 0, 0);
    const shown = context.getImageData(0, 0, 32, 26).data;
    const expected = cropRaster(saved, magnify(rect, 2)).data;
    // A canvas keeps no colour under what is nearly transparent.
    const isSolid = (at: number) => expected[at - (at % 4) + 3] === 255;
    expect(shown.length).toBe(expected.length);
    for (let at = 0; at < shown.length; at++) if (isSolid(at)) expect(shown[at]).toBe(expected[at]);
  });

  test('one progress over all steps; patches lie on the grid of the last result', async () => {
    const seen: string[] = [];
    const fractions: number[] = [];
    let patches = 0;
    const report = run(({ stage, task, fraction, patch }) => {
      const name = `${stage} ${task}`;
      if (seen.at(-1) !== name) seen.push(name);
      if (stage !== 'download') fractions.push(fraction);
      if (!patch) return;
      patches++;
      expect(patch.bitmap.width).toBe(2 * patch.rect.width);
    }, chain);
    unwrap(await report);
    expect(seen).toEqual([
      'download null',
      ...['compile clean', 'run clean', 'compile upscale', 'run upscale'],
    ]);
    expect(patches).toBe(12);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBeCloseTo(1);
    // The cleaner has half the MACs of the enlarger: a third of the work.
    expect(fractions.some((fraction) => Math.abs(fraction - 1 / 3) < 1e-9)).toBe(true);
  });

  test('while a step runs, its input is shown, plainly enlarged, where it is not finished', async () => {
    const [photo, input] = [drawNoise(12, 12), drawNoise(12, 12)];
    input.data.fill(255);
    const raster = drawNoise(24, 24);
    const finished = [{ x: 0, y: 0, width: 6, height: 12 }];
    const result = { picture: raster, scale: 2, growth: { finished, input } };
    const whole = { rect: { x: 0, y: 0, width: 12, height: 12 }, size: { width: 24, height: 24 } };
    const pictures = { raster: photo, result, growing: null, screen: null };
    const { bitmap } = await drawView(pictures, { side: 'after', ...whole });
    const context = new OffscreenCanvas(24, 24).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const shown = context.getImageData(0, 0, 24, 24).data;
    expect(shown.slice(0, 48)).toEqual(raster.data.slice(0, 48));
    expect(shown.slice(48, 96).every((value) => value === 255)).toBe(true);
  });

  test('what a finish mixes a result with is shown as Save has it', async () => {
    const [photo, ground, raster] = [drawNoise(12, 12), drawNoise(12, 12), drawNoise(24, 24)];
    ground.data.reverse();
    for (let i = 3; i < ground.data.length; i += 4) ground.data[i] = 255;
    const result = { picture: raster, scale: 2, growth: null, ground };
    const whole = { rect: { x: 0, y: 0, width: 12, height: 12 }, size: { width: 24, height: 24 } };
    const pictures = { raster: photo, result, growing: null, screen: null };
    const { bitmap } = await drawView(pictures, { side: 'ground', ...whole });
    const context = new OffscreenCanvas(24, 24).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const shown = context.getImageData(0, 0, 24, 24).data;
    expect(shown).toEqual(blendStrength(ground, raster, 0).data);
  });

  test('cancel in the second step keeps the earlier result', async () => {
    unwrap(await run());
    const before = await savePng(1);
    const cancelled = run(({ stage, task }) => {
      if (stage === 'run' && task === 'upscale') void enhancer.cancel();
    }, chain);
    expect(await cancelled).toMatchObject({ ok: false, code: 'cancelled' });
    expect(maxDifference(await savePng(1), before)).toBe(0);
  });

  test('at 1× strength 0 is the photo, bit for bit, and so is a recipe of nothing', async () => {
    const { raster } = await decode(await makeFile(source));
    unwrap(await run(undefined, parseRecipe({ ...cleaned, scale: 1 })));
    expect(maxDifference(await savePng(0), raster)).toBe(0);
    expect(maxDifference(await savePng(1), raster)).toBeGreaterThan(0);
    expect(unwrap(await run(undefined, same)).steps).toEqual([]);
    expect(maxDifference(await savePng(1), raster)).toBe(0);
  });

  test('the plan names the steps, and knows the time once they were rehearsed', async () => {
    await forgetTrials();
    const first = unwrap(await enhancer.plan(photo, chain));
    expect(first.steps.map(({ task }) => task)).toEqual(['clean', 'upscale']);
    expect(first.seconds).toBeNull();
    unwrap(await enhancer.rehearse(photo, chain));
    const { seconds, downloadBytes } = unwrap(await enhancer.plan(photo, chain));
    expect(seconds).toBeGreaterThan(0);
    const cleaner = tiny.find(({ scale }) => scale === 1)!;
    expect([0, cleaner.files.int8.bytes]).toContain(downloadBytes);
    expect(unwrap(await enhancer.plan(photo, same)).steps).toEqual([]);
  });

  test('what is offered is what the catalogue has; a step without a model is refused', async () => {
    const offers = unwrap(await enhancer.offers());
    const tier = 'fast';
    expect(offers).toContainEqual({ task: 'clean', scale: 1, variant: 'faithful', tier });
    expect(offers).toContainEqual({ task: 'upscale', scale: 4, variant: 'crisp', tier });
    const refused = await enhancer.plan(photo, parseRecipe({ ...fields, deblur: 50 }));
    expect(refused).toMatchObject({ ok: false, code: 'model-missing' });
  });
});

test('16 bits are shown as the 8 that they are to the eye', async () => {
  const shallow = drawNoise(40, 30);
  const part = { x: 5, y: 7, width: 20, height: 10 };
  const [deep, flat] = await Promise.all(
    [deepen(shallow), shallow].map((raster) => drawPart(raster, part, part)),
  );
  expect((await readPixels(deep!, false)).data).toEqual((await readPixels(flat!, false)).data);
});
