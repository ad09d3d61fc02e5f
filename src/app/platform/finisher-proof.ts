import type { Finish } from '../../core/recipe/finish';
import { ArrayFinisher, type Finisher, type ScreenPlates } from './finisher';

const side = 24;

/** Uses everything a finish has. */
const finish: Finish = {
  strength: 0.7,
  luminanceOnly: false,
  colourLock: 0.5,
  grain: { amount: 0.5, size: 1.5, seed: 1 },
  sharpen: { amount: 0.6, radius: 1.5 },
  tint: { v: 1, strokes: [] },
  faces: [],
  mask: { width: 2, height: 2, values: new Uint8Array([255, 90, 30, 200]) },
  grade: {
    ...{ exposure: 0.5, contrast: 0.4, temperature: 0.3, saturation: -0.3, vibrance: 0.4 },
    ...{ shadowTone: -0.7, highlightTone: 0.6, monochrome: false },
  },
};

/** Beside what is coloured there is what is not; some of it lies out of the gamut. */
const tint = {
  ...{ width: 2, height: 2 },
  values: new Float32Array([
    ...[0.1, 0.05, 1, 0.5, 0, 0, 0, 0.9],
    ...[-0.06, 0.1, 0.5, 0.3, 0.05, -0.6, 0.8, 0.7],
  ]),
};

const drift = { width: 1, height: 1, values: new Float32Array([0.1, -0.06, 0.046, 0]) };

/**
 * Whether a finisher does what the arrays do: a driver that is wrong is mostly silent about it.
 *
 * @param finisher Given small plates, which it then holds.
 * @returns True where no value of a small picture, in which everything is used, is further off than 1/255.
 */
export async function isRight(finisher: Finisher): Promise<boolean> {
  const plates = drawPlates();
  const arrays = new ArrayFinisher();
  arrays.load(plates);
  finisher.load(plates);
  const expected = arrays.finish(finish, drift, tint).data;
  const { data } = await finisher.finish(finish, drift, tint);
  return data.every((value, i) => Math.abs(value - expected[i]!) <= 1);
}

function drawPlates(): ScreenPlates {
  const places = Int32Array.from({ length: side }, (_, i) => 3 * i + 1);
  const whole = { width: 3 * side, height: 3 * side };
  const plain = drawPlate((x, y) => [40 + 8 * x, 90 + 5 * y, 200 - 7 * x]);
  const enhanced = drawPlate((x, y) => [60 + 7 * x, 40 + 9 * y, ((x ^ y) * 41) % 256]);
  return { plain, enhanced, columns: places, rows: places, whole, step: 3, space: 'srgb' };
}

function drawPlate(colourAt: (x: number, y: number) => readonly number[]): OffscreenCanvas {
  const image = new ImageData(side, side);
  for (let i = 0; i < side * side; i++)
    image.data.set([...colourAt(i % side, Math.floor(i / side)), 255], i * 4);
  const pen = createPen();
  pen.putImageData(image, 0, 0);
  return pen.canvas;
}

function createPen(): OffscreenCanvasRenderingContext2D {
  const pen = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('The canvas has no 2d context.');
  return pen;
}
