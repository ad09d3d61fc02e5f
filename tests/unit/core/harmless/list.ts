import type { Raster8 } from '../../../../src/core/picture/raster';
import {
  drawCells,
  drawChart,
  drawChess,
  drawCode,
  drawComic,
  drawCurves,
  drawLines,
  drawScreen,
  drawScreentone,
  drawSprite,
  drawText,
} from './drawings';
import { drawGradient, drawSky } from './gradients';
import {
  cutOut,
  drawBokeh,
  drawFabric,
  drawFireworks,
  drawFog,
  drawGravel,
  drawMacro,
  drawNight,
  drawSnowfall,
} from './nature';
import { repeatPixels } from './paint';

/** A picture with nothing wrong, and the files that it is tried as: `png`, or a type with a quality. */
export type Harmless = {
  readonly name: string;
  readonly draw: () => Raster8;
  readonly files: readonly ('png' | `${'jpeg' | 'webp'} ${number}`)[];
};

const lossless = ['png'] as const;
const gradientFiles = ['png', 'jpeg 98', 'jpeg 90', 'jpeg 80', 'jpeg 70', 'webp 80'] as const;
const drawingFiles = ['png', 'jpeg 92', 'jpeg 75', 'webp 85'] as const;
const photoFiles = ['png', 'jpeg 92'] as const;

const list = (
  name: string,
  files: Harmless['files'],
  pictures: Readonly<Record<string, () => Raster8>>,
): Harmless[] =>
  Object.entries(pictures).map(([kind, draw]) => ({ name: `${name}, ${kind}`, draw, files }));

/** Draws one kind for each of some settings. */
const each = <Setting>(
  settings: readonly Setting[],
  draw: (setting: Setting) => Raster8,
): Record<string, () => Raster8> =>
  Object.fromEntries(settings.map((setting) => [String(setting), () => draw(setting)]));

/**
 * Pictures that have nothing wrong with them, of all kinds that may look as if they had: nothing that is
 * suggested by default may change them.
 */
export const harmless: readonly Harmless[] = [
  { name: 'sky', draw: drawSky, files: [...gradientFiles, 'jpeg 85', 'jpeg 75'] },
  ...list(
    'gradient',
    gradientFiles,
    each([...Array(16).keys()], (seed) => drawGradient(seed)),
  ),
  // Under JPEG, random pixels of one pixel's size are noise by any measure.
  ...list('cells', lossless, { 1: () => drawCells(256, 192, 6) }),
  ...list(
    'cells',
    drawingFiles,
    each([2, 3, 4, 6, 8, 16], (side) =>
      repeatPixels(drawCells(Math.ceil(256 / side), Math.ceil(192 / side), 6), side),
    ),
  ),
  ...list(
    'sprite',
    drawingFiles,
    each([1, 2, 3, 4, 7], (times) => drawSprite(times)),
  ),
  ...list(
    'sprite, cut out',
    lossless,
    each([1, 3], (times) => cutOut(drawSprite(times))),
  ),
  ...list(
    'chessboard',
    drawingFiles,
    each([2, 8, 64], (side) => drawChess(side, 0, 255)),
  ),
  ...list('code', drawingFiles, { ...each([1, 3, 6, 8], drawCode), turned: () => drawCode(6, 11) }),
  ...list(
    'screentone of one bit',
    lossless,
    each([3, 5, 8, 12], (period) => drawScreentone(period, 15, 1)),
  ),
  ...list(
    'smooth screentone',
    drawingFiles,
    each([3, 4, 6, 8], (period) => drawScreentone(period, 45, 3)),
  ),
  ...list('ink', drawingFiles, { 'one bit': () => drawLines(2, 1), smooth: () => drawLines(2, 4) }),
  ...list('comic', drawingFiles, { plain: () => drawComic(1), shaded: () => drawComic(2, true) }),
  ...list('text', drawingFiles, {
    ...each([11, 14, 20], (size) => drawText(size)),
    turned: () => drawText(16, { degrees: 7 }),
    dark: () => drawText(14, { ink: [220, 220, 210], paper: [30, 32, 40] }),
  }),
  ...list('chart', drawingFiles, each([1, 2], drawChart)),
  ...list('curves', drawingFiles, each([6, 10], drawCurves)),
  ...list('screen', drawingFiles, {
    light: () => drawScreen(false),
    dark: () => drawScreen(true),
    dense: () => repeatPixels(drawScreen(false), 2),
  }),
  ...list(
    'night',
    photoFiles,
    each([40, 300, 2000], (stars) => drawNight(stars)),
  ),
  ...list('fireworks', [...photoFiles, 'jpeg 80'], each([2, 8], drawFireworks)),
  ...list(
    'fog',
    photoFiles,
    each([0.04, 0.08, 0.2], (share) => drawFog(share)),
  ),
  ...list('bokeh', photoFiles, each([1, 2], drawBokeh)),
  ...list('snow', photoFiles, each([1, 2], drawSnowfall)),
  ...list('gravel', photoFiles, each([1, 2], drawGravel)),
  ...list('fabric', photoFiles, { fine: () => drawFabric(3, 8), coarse: () => drawFabric(6, 30) }),
  ...list('macro', photoFiles, {
    'few specks': () => drawMacro(4, 6),
    'some specks': () => drawMacro(6, 40),
    'many specks': () => drawMacro(9, 150),
  }),
];
