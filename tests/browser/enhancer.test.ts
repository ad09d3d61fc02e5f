import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { unwrap } from '../../src/core/errors';
import type { Raster } from '../../src/core/raster';
import { resample } from '../../src/core/resample';
import { decode } from '../../src/formats/decode';
import { encode } from '../../src/formats/encode';
import { PhotoEnhancer } from '../../src/worker/enhancer';
import type { BackendChoice, Progress } from '../../src/worker/protocol';
import { drawNoise, maxDifference } from '../unit/core/pictures';

const catalogUrl = new URL('/models/catalog.json', location.href).href;
const recipe = { v: 1, scale: 2 } as const;
const centre = { x: 0, y: 0 };

let enhancer: PhotoEnhancer;

async function start(backend: BackendChoice, tile: number): Promise<void> {
  enhancer = new PhotoEnhancer();
  await enhancer.init({ backend, tile, catalogUrl });
}

async function makeFile(raster: Raster, name = 'photo.png'): Promise<File> {
  return new File([await encode(raster, { format: 'png', quality: 100 })], name);
}

const run = (onProgress: (progress: Progress) => void = () => undefined) =>
  enhancer.enhance(recipe, centre, onProgress);

async function savePng(strength: number): Promise<Raster> {
  const blob = unwrap(await enhancer.save({ format: 'png', quality: 100, strength }));
  return (await decode(blob)).raster;
}

describe('one photo, on the CPU', () => {
  const source = drawNoise(70, 50);
  beforeEach(async () => {
    await start('wasm', 32);
    unwrap(await enhancer.open(await makeFile(source)));
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
      precision: 'int8',
      output: { width: 140, height: 100 },
      tiles: 6,
    });
  });

  test('strength 0 is saved as the plain resample, bit for bit; strength 1 is something else', async () => {
    unwrap(await run());
    const plain = resample(source, { width: 140, height: 100 });
    expect(maxDifference(await savePng(0), plain)).toBe(0);
    expect(maxDifference(await savePng(1), plain)).toBeGreaterThan(8);
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
    expect(unwrap(await second).tiles).toBe(6);
  });

  test('opening another photo ends the run and drops its result', async () => {
    const running = run();
    const opened = enhancer.open(await makeFile(drawNoise(9, 9), 'other.png'));
    expect(unwrap(await opened)).toMatchObject({ name: 'other.png', width: 9 });
    expect(await running).toMatchObject({ ok: false, code: 'cancelled' });
    expect((await enhancer.save({ format: 'png', quality: 90, strength: 1 })).ok).toBe(false);
  });

  test('of two photos opened at once the later one stays', async () => {
    const files = [await makeFile(drawNoise(300, 300), 'a.png'), await makeFile(source, 'b.png')];
    const [a, b] = await Promise.all(files.map((file) => enhancer.open(file)));
    expect(a).toMatchObject({ ok: false, code: 'cancelled' });
    expect(unwrap(b!).name).toBe('b.png');
    expect(unwrap(await enhancer.plan(recipe)).output.width).toBe(140);
  });

  test('what is on the screen is the result where it is finished', async () => {
    unwrap(await run());
    const rect = { x: 10, y: 10, width: 20, height: 20 };
    const size = { width: 40, height: 40 };
    const { bitmap } = unwrap(await enhancer.view({ side: 'after', rect, size }));
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

describe('a GPU that fails', () => {
  // The software adapter passes for hardware here, so that the automatic choice takes it.
  beforeEach(() => {
    vi.spyOn(GPUAdapterInfo.prototype, 'isFallbackAdapter', 'get').mockReturnValue(false);
  });
  afterEach(() => vi.restoreAllMocks());

  test('lost in the middle: the CPU does the work, and the report says so', async () => {
    const requests = vi.spyOn(GPUAdapter.prototype, 'requestDevice');
    await start('auto', 8);
    unwrap(await enhancer.open(await makeFile(drawNoise(20, 8))));
    const loseDevice = async () =>
      (await (requests.mock.results[0]!.value as Promise<GPUDevice>)).destroy();
    const report = unwrap(await run(({ stage }) => stage === 'run' && void loseDevice()));
    expect(requests).toHaveBeenCalledOnce();
    expect(report.backend).toBe('wasm');
    expect(report.notes.join()).toMatch(/GPU failed.*CPU/);
    expect((await savePng(1)).width).toBe(40);
  });

  test('refused by the driver: the CPU does the work, unless the GPU was asked for', async () => {
    vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockRejectedValue(new Error('refused'));
    const file = await makeFile(drawNoise(8, 8));
    await start('auto', 32);
    unwrap(await enhancer.open(file));
    expect(unwrap(await run()).backend).toBe('wasm');
    await start('webgpu', 32);
    unwrap(await enhancer.open(file));
    expect((await run()).ok).toBe(false);
  });
});
