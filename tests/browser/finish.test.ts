import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ArrayFinisher } from '../../src/app/platform/finisher';
import { isRight } from '../../src/app/platform/finisher-proof';
import { GpuFinisher, openGpuFinisher } from '../../src/app/platform/gpu-finisher';
import { FinishScreen, type FinishWork } from '../../src/app/ui/finish-screen';
import { neutralFinish } from '../../src/core/recipe/finish';
import { driftCell, type ColourDrift } from '../../src/core/run/colour-drift';
import type { TintMap } from '../../src/core/tint/tint-map';
import { drawNoise } from '../unit/core/pictures';
import { anyFinish } from '../unit/core/finishes';

const size = { width: 61, height: 43 };

/** A plate whose pixels are noise, some of them transparent where that is asked for. */
function drawPlate(
  hasAlpha: boolean,
  turn: boolean,
  colorSpace: PredefinedColorSpace = 'srgb',
): OffscreenCanvas {
  const { data } = drawNoise(size.width, size.height, hasAlpha);
  // Of an even alpha canvases have colours half-way between two bytes, and round them as they like.
  for (let i = 3; i < data.length; i += 4) data[i]! |= 1;
  const pixels = turn ? data.map((_, i) => data[data.length - 4 - i + 2 * (i % 4)]!) : data;
  const pen = new OffscreenCanvas(size.width, size.height).getContext('2d', { colorSpace })!;
  pen.putImageData(new ImageData(pixels, size.width, size.height, { colorSpace }), 0, 0);
  return pen.canvas;
}

/** Where a stage of this size shows the result, at a zoom. */
function lay(zoom: number, from: { x: number; y: number }) {
  const places = (start: number, length: number) =>
    Int32Array.from({ length }, (_, i) => start + Math.floor((i + 0.5) / zoom));
  const columns = places(from.x, size.width);
  const rows = places(from.y, size.height);
  const whole = { width: columns.at(-1)! + 5, height: rows.at(-1)! + 3 };
  return { columns, rows, whole, step: 1 / zoom, space: 'srgb' as PredefinedColorSpace };
}

function inventDrift({ width, height }: { width: number; height: number }): ColourDrift {
  const cells = { width: Math.ceil(width / driftCell), height: Math.ceil(height / driftCell) };
  const values = new Float32Array(cells.width * cells.height * 4);
  for (let i = 0; i < values.length; i++) values[i] = i % 4 === 3 ? 0 : Math.sin(7 * i) / 8;
  return { ...cells, values };
}

/** Colours all over a tint's map, some out of the gamut; a quarter of it is not tinted. */
function inventTint(): TintMap {
  const values = new Float32Array(4 * 3 * 4);
  for (let i = 0; i < 12; i++) {
    const amount = Math.max(0, Math.sin(5 * i));
    const colour = [0.5 * Math.sin(3 * i), 0.4 * Math.cos(7 * i)].map((each) => each * amount);
    values.set([...colour, amount, (i % 5) / 4], i * 4);
  }
  return { width: 4, height: 3, values };
}

/** How far two pictures are apart on the screen, where colour counts as much as it covers. */
function furthest(a: ImageData, b: ImageData): number {
  let worst = 0;
  for (let i = 0; i < a.data.length; i++) {
    const alpha = i - (i % 4) + 3;
    const cover = ({ data }: ImageData) => (i === alpha ? 1 : data[alpha]! / 255);
    worst = Math.max(worst, Math.abs(a.data[i]! * cover(a) - b.data[i]! * cover(b)));
  }
  return worst;
}

function copy({ data, width, height }: ImageData): ImageData {
  return new ImageData(data.slice(), width, height);
}

describe('the shader and its twin on arrays', () => {
  const arrays = new ArrayFinisher();
  let gpu: GpuFinisher;
  beforeAll(async () => {
    gpu = (await openGpuFinisher(true, () => undefined))!;
  });
  afterAll(() => gpu.dispose());

  test.each([
    ['an opaque picture', false],
    ['a transparent picture', true],
  ])('agree to 1/255 on %s, at any zoom and finish', async (_, hasAlpha) => {
    const plain = drawPlate(hasAlpha, false);
    const enhanced = drawPlate(hasAlpha, true);
    const zoom = fc.constantFrom(0.13, 0.5, 1, 1.7, 4);
    const from = fc.record({ x: fc.nat(60_000), y: fc.nat(60_000) });
    await fc.assert(
      fc.asyncProperty(anyFinish, zoom, from, fc.boolean(), async (finish, scale, at, isLocked) => {
        const places = lay(scale, at);
        const drift = isLocked ? inventDrift(places.whole) : null;
        const tint = finish.tint && inventTint();
        for (const finisher of [gpu, arrays]) finisher.load({ plain, enhanced, ...places });
        const expected = arrays.finish(finish, drift, tint);
        expect(furthest(await gpu.finish(finish, drift, tint), expected)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  test('arrays that finish only what a stroke has touched give the whole picture', async () => {
    const plain = drawPlate(true, false);
    const enhanced = drawPlate(true, true);
    const zoom = fc.constantFrom(0.3, 1, 3);
    const cell = fc.record({ at: fc.nat(34), value: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(
        anyFinish,
        zoom,
        fc.array(cell, { maxLength: 3 }),
        async (asked, scale, cells) => {
          const places = lay(scale, { x: 300, y: 500 });
          const grid = { width: 7, height: 5, values: new Uint8Array(35).fill(255) };
          const values = grid.values.slice();
          for (const { at, value } of cells) values[at] = value;
          const [before, after] = [
            { ...asked, mask: grid },
            { ...asked, mask: { ...grid, values } },
          ];
          arrays.load({ plain, enhanced, ...places });
          const whole = furthest.bind(null, copy(arrays.finish(after, null)));
          arrays.load({ plain, enhanced, ...places });
          arrays.finish(before, null);
          expect(whole(arrays.finish(after, null))).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('arrays copy no plates for a slider: that took as long as finishing them', () => {
    arrays.load({
      ...{ plain: drawPlate(true, false), enhanced: drawPlate(true, true) },
      ...lay(1, { x: 0, y: 0 }),
    });
    const move = (saturation: number) =>
      arrays.finish({ ...neutralFinish, grade: { ...neutralFinish.grade, saturation } }, null);
    const before = copy(move(0.1));
    const copied = vi.spyOn(Uint8ClampedArray.prototype, 'set');
    try {
      expect(furthest(move(0.5), before)).toBeGreaterThan(1);
      expect(copied).not.toHaveBeenCalled();
    } finally {
      copied.mockRestore();
    }
  });

  test('plates of Display P3 are finished in its numbers, and come out in it', async () => {
    const finish = { ...neutralFinish, strength: 0.5 };
    const all: Uint8ClampedArray[] = [];
    for (const space of ['srgb', 'display-p3'] as const) {
      const [plain, enhanced] = [drawPlate(false, false, space), drawPlate(false, true, space)];
      const places = { ...lay(1, { x: 0, y: 0 }), space };
      for (const finisher of [gpu, arrays]) {
        finisher.load({ plain, enhanced, ...places });
        const { data, colorSpace } = await finisher.finish(finish, null);
        expect(colorSpace).toBe(space);
        all.push(data.slice());
      }
    }
    const [first, ...others] = all;
    for (const other of others)
      expect(other.every((value, i) => Math.abs(value - first![i]!) <= 1)).toBe(true);
  });

  test('plates of another size take the place of those before', async () => {
    const small = new OffscreenCanvas(5, 3);
    small.getContext('2d')!.fillRect(0, 0, 5, 3);
    const places = lay(1, { x: 0, y: 0 });
    const [columns, rows] = [places.columns.slice(0, 5), places.rows.slice(0, 3)];
    gpu.load({ ...places, plain: small, enhanced: small, columns, rows });
    const { width, height, data } = await gpu.finish({ ...neutralFinish, strength: 0.5 }, null);
    expect([width, height, ...data.subarray(0, 4)]).toEqual([5, 3, 0, 0, 0, 255]);
  });

  test('a finisher that does something else is found out', async () => {
    expect(await isRight(gpu)).toBe(true);
    const wrong = new ArrayFinisher();
    const finish = wrong.finish.bind(wrong);
    wrong.finish = (asked, drift) => finish({ ...asked, strength: 0.5 }, drift);
    expect(await isRight(wrong)).toBe(false);
  });
});

describe('a stage', () => {
  const plates = { plain: drawPlate(false, false), enhanced: drawPlate(false, true) };
  const finish = { ...neutralFinish, strength: 0.5, grain: { amount: 0.3, size: 1, seed: 1 } };
  const shown: { readonly strength: number; readonly image: ImageData }[] = [];
  beforeEach(() => void (shown.length = 0));

  /** Work that keeps what it shows. */
  function ask(changes: Partial<FinishWork> = {}, strength = 0.5): FinishWork {
    return {
      size,
      key: 'one',
      drawPlate: (pen, which) => pen.drawImage(plates[which], 0, 0),
      places: lay(1, { x: 100, y: 200 }),
      finish: { ...finish, strength },
      drift: null,
      show: ({ data, width, height }) =>
        void shown.push({ strength, image: new ImageData(data.slice(), width, height) }),
      ...changes,
    };
  }

  const expected = (strength: number): ImageData => {
    const arrays = new ArrayFinisher();
    arrays.load({ ...plates, ...lay(1, { x: 100, y: 200 }) });
    return arrays.finish({ ...finish, strength }, null);
  };

  /** A stage that a GPU works for, and the GPU's end. */
  async function openOnGpu(): Promise<{ screen: FinishScreen; lose: () => void }> {
    const device = await (await navigator.gpu.requestAdapter())!.requestDevice();
    vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockResolvedValueOnce(device);
    const screen = new FinishScreen('webgpu');
    screen.draw(ask());
    await vi.waitFor(() => expect(screen.usesGpu).toBe(true), { timeout: 20_000 });
    shown.length = 0;
    return { screen, lose: () => device.destroy() };
  }

  afterEach(() => vi.restoreAllMocks());

  test('is finished by arrays at once, and by a GPU as soon as it is there', async () => {
    const open = vi.spyOn(navigator.gpu, 'requestAdapter');
    const screen = new FinishScreen('webgpu');
    expect(open).not.toHaveBeenCalled();
    screen.draw(ask());
    expect(screen.usesGpu).toBe(false);
    expect(furthest(shown[0]!.image, expected(0.5))).toBe(0);
    await vi.waitFor(() => expect(screen.usesGpu).toBe(true), { timeout: 20_000 });
    screen.draw(ask({}, 0.3));
    await vi.waitFor(() => expect(shown).toHaveLength(2));
    expect(furthest(shown[1]!.image, expected(0.3))).toBeLessThanOrEqual(1);
    screen.dispose();
  });

  test('takes a software GPU only where that is asked for, and none for wasm', async () => {
    const open = vi.spyOn(navigator.gpu, 'requestAdapter');
    for (const backend of ['auto', 'wasm'] as const) {
      open.mockClear();
      const screen = new FinishScreen(backend);
      screen.draw(ask());
      await vi.waitFor(() => expect(open).toHaveBeenCalledTimes(backend === 'auto' ? 1 : 0));
      await open.mock.results[0]?.value;
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(screen.usesGpu).toBe(false);
      screen.dispose();
    }
  });

  test('shows the newest of the wishes that came while the GPU was at work', async () => {
    const { screen } = await openOnGpu();
    for (const strength of [0.1, 0.2, 0.3, 0.4]) screen.draw(ask({}, strength));
    await vi.waitFor(() => expect(shown).toHaveLength(2));
    expect(shown.map(({ strength }) => strength)).toEqual([0.1, 0.4]);
    expect(furthest(shown[1]!.image, expected(0.4))).toBeLessThanOrEqual(1);
    screen.dispose();
  });

  test('shows nothing that is late, once nothing is to be finished', async () => {
    const { screen } = await openOnGpu();
    screen.draw(ask());
    screen.rest();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(shown).toEqual([]);
    screen.dispose();
  });

  test('goes on with arrays where the GPU has gone in the middle of its work', async () => {
    const { screen, lose } = await openOnGpu();
    screen.draw(ask({}, 0.7));
    lose();
    await vi.waitFor(() => expect(shown.length).toBeGreaterThan(0));
    expect(screen.usesGpu).toBe(false);
    expect(furthest(shown.at(-1)!.image, expected(0.7))).toBe(0);
    screen.draw(ask({}, 0.2));
    expect(furthest(shown.at(-1)!.image, expected(0.2))).toBe(0);
    screen.dispose();
  });

  test('goes on with arrays where the GPU cannot hold the plates', async () => {
    const { screen } = await openOnGpu();
    vi.spyOn(GpuFinisher.prototype, 'load').mockImplementationOnce(() => {
      throw new RangeError('too large');
    });
    screen.draw(ask({ key: 'two' }, 0.6));
    expect(screen.usesGpu).toBe(false);
    expect(furthest(shown[0]!.image, expected(0.6))).toBe(0);
    screen.dispose();
  });

  test('draws plates anew only where they are others', () => {
    const drawPlate = vi.fn(ask().drawPlate);
    const screen = new FinishScreen('wasm');
    screen.draw(ask({ drawPlate }));
    screen.draw(ask({ drawPlate }, 0.2));
    expect(drawPlate).toHaveBeenCalledTimes(2);
    expect(furthest(shown[1]!.image, expected(0.2))).toBe(0);
    screen.draw(ask({ drawPlate, key: 'two' }));
    expect(drawPlate).toHaveBeenCalledTimes(4);
    screen.dispose();
  });
});
