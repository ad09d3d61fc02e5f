import { describe, expect, test } from 'vitest';
import { analyse, type Analysis } from '../../../../src/core/findings/analyse';
import { suggest } from '../../../../src/core/findings/suggest';
import { cropRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { addNoise, blurScene, compressScene, drawScene } from '../scenes';
import {
  drawCells,
  drawChart,
  drawChess,
  drawCode,
  drawComic,
  drawLines,
  drawScreen,
  drawScreentone,
  drawSprite,
  drawText,
} from '../harmless/drawings';
import { drawGradient, drawSky } from '../harmless/gradients';
import { cutOut, drawFabric, drawFog, drawGravel, drawNight } from '../harmless/nature';
import { black, mix, paint, repeatPixels } from '../harmless/paint';

const drawings: Readonly<Record<string, () => Raster8>> = {
  'cells of six colours, eight pixels wide': () => repeatPixels(drawCells(32, 16, 6), 8),
  'cells of one pixel': () => drawCells(200, 160, 6),
  'cells of two pixels': () => repeatPixels(drawCells(100, 90, 6), 2),
  'cells of six pixels': () => repeatPixels(drawCells(50, 40, 6), 6),
  'a small sprite': () => drawSprite(1),
  'a sprite, three times as large': () => drawSprite(3),
  'a sprite on a transparent ground': () => cutOut(drawSprite(4)),
  'a chessboard of 64 pixels': () => drawChess(64, 0, 255),
  'a chessboard of two greys, three pixels': () => drawChess(3, 100, 140),
  'a code': () => drawCode(6),
  'a code of one pixel a module': () => drawCode(1),
  'a turned code': () => drawCode(6, 11),
  'a screentone of one bit': () => drawScreentone(5, 15, 1),
  'ink of one bit': () => drawLines(2, 1),
  'smooth ink': () => drawLines(2, 4),
  'a comic': () => drawComic(1),
  'a page of text': () => drawText(14),
  'turned text': () => drawText(16, { degrees: 7 }),
  'light text on dark': () => drawText(14, { ink: [220, 220, 210], paper: [30, 32, 40] }),
  'a chart': () => drawChart(1),
  'a window': () => drawScreen(false),
  'a dark window on a dense screen': () => repeatPixels(drawScreen(true), 2),
};

/** What is suggested at 1x where nothing is wrong. */
const nothing = [{ task: 'upscale', scale: 1, variant: 'faithful' }];

describe('a drawing', () => {
  test.each(Object.entries(drawings))('is told, and left as it is: %s', (_, draw) => {
    const analysis = analyse(draw(), null);
    const flawless = { noise: 0, jpegQuality: 100, blur: 0, effectiveResolution: 1 };
    expect(analysis).toMatchObject({ ...flawless, drawn: true });
    const { recipe, reasons } = suggest(analysis, 1);
    expect(reasons).toEqual([{ kind: 'drawn' }]);
    expect(recipe.steps).toEqual(nothing);
  });

  test.each([4, 6])('is told by its cells of %i pixels under JPEG', (side) => {
    const cells = repeatPixels(drawCells(240 / side, 240 / side, 6), side);
    expect(analyse(compressScene(cells, 80), 80)).toMatchObject({
      ...{ drawn: true, noise: 0, blur: 0, effectiveResolution: 1 },
      ...{ jpegQuality: 80, jpegEvidence: 'tables' },
    });
  });

  test.each([2, 3])('has cells of %i pixels too fine to mend under a good JPEG', (side) => {
    const cells = repeatPixels(drawCells(240 / side, 240 / side, 6), side);
    const analysis = analyse(compressScene(cells, 75), 75);
    expect(analysis).toMatchObject({ drawn: true, noise: 0, jpegQuality: 100 });
    expect(suggest(analysis, 1).recipe.steps).toEqual(nothing);
    expect(analyse(compressScene(cells, 50), 50).jpegQuality).toBe(50);
  });

  test('of plain areas is told under JPEG, and its damage is', () => {
    const comic = compressScene(drawComic(1), 60);
    expect(analyse(comic, 60)).toMatchObject({ drawn: true, noise: 0, jpegQuality: 60 });
  });
});

describe('under JPEG, a drawing whose edges have few values', () => {
  test.each([
    ['a chessboard of whole blocks', () => drawChess(8, 0, 255), 75],
    ['a code of whole blocks', () => drawCode(8), 75],
    ['a chart of level areas', () => drawChart(1), 80],
    ['ink of one bit', () => drawLines(2, 1), 92],
    ['ink of one bit', () => drawLines(1, 1), 90],
    ['a smooth screentone', () => drawScreentone(4, 0, 3), 85],
  ] as const)('has no other damage than its file tells: %s', (_, draw, quality) => {
    const { jpegQuality, jpegEvidence } = analyse(
      compressScene(wholeBlocks(draw()), quality),
      quality,
    );
    expect(jpegQuality).toBeGreaterThanOrEqual(quality);
    expect(jpegEvidence).not.toBe('blocks');
  });

  test('is left as it is where nothing of it was lost', () => {
    const code = compressScene(drawCode(8), 75);
    expect(code.data).toEqual(drawCode(8).data);
    expect(suggest(analyse(code, 75), 1)).toMatchObject({
      recipe: { steps: nothing },
      reasons: [{ kind: 'drawn' }],
    });
  });
});

describe('a photo', () => {
  const photos: Readonly<Record<string, () => Raster8>> = {
    'a scene': () => drawScene(512),
    'a scene under JPEG': () => compressScene(drawScene(512), 10),
    'a soft scene': () => blurScene(drawScene(256), 3),
    'a noisy scene': () => addNoise(drawScene(256), 40),
    'a noisy scene in few greys': () => quantise(addNoise(grey(drawScene(256)), 15), 4),
    'a scene in fog': () => drawFog(0.08),
    'a gray scene in fog': () => grey(drawFog(0.1)),
    'a night with stars': () => drawNight(800),
    'a night that is half black, and noisy': () => addNoise(halfBlack(drawScene(256)), 12),
    'a thing on black': () => onBlack(drawScene(400)),
    gravel: () => drawGravel(),
    'a smooth sky': () => drawSky(),
    'a gradient': () => drawGradient(2),
    'one colour': () => paint(200, 150, () => [90, 140, 30]),
  };

  test.each(Object.entries(photos))('is not taken for a drawing: %s', (_, draw) => {
    expect(analyse(draw(), null).drawn).toBe(false);
  });
});

/** What is suggested but for the pattern: where nothing else is there, a print and cloth are not told apart. */
function suggestBesides(analysis: Analysis): readonly unknown[] {
  return suggest(analysis, 1).recipe.steps.filter(({ task }) => task !== 'pattern');
}

describe('what repeats', () => {
  test.each([
    [3, 15],
    [4, 0],
    [5, 45],
    [6, 30],
    [8, 0],
  ])('is no noise: a smooth screentone of %i pixels at %i degrees', (period, degrees) => {
    const tone = drawScreentone(period, degrees, 3);
    for (const [given, quality] of [
      [tone, null],
      [compressScene(tone, 90), 90],
    ] as const)
      expect(suggestBesides(analyse(given, quality))).toEqual(nothing);
  });

  test.each([
    [3, 0],
    [4, 8],
    [6, 30],
  ])('is no noise: cloth of threads %i pixels apart at %i degrees', (period, degrees) => {
    expect(analyse(drawFabric(period, degrees), null).noise).toBeLessThan(4);
  });

  test.each([
    [6, 30],
    [8, 12],
  ])('is not soft: cloth of threads %i pixels apart at %i degrees', (period, degrees) => {
    expect(suggestBesides(analyse(drawFabric(period, degrees), null))).toEqual(nothing);
  });

  test('hides no noise in the rest of a photo', () => {
    const scene = drawScene(512);
    const cloth = drawFabric(4, 8);
    for (let y = 0; y < 160; y++)
      scene.data.set(cloth.data.subarray(y * 2048, (y + 1) * 2048), y * 2048);
    expect(analyse(addNoise(scene, 12), null).noise).toBeGreaterThan(9);
  });
});

/** Without a rest that would fill no block. */
function wholeBlocks(raster: Raster8): Raster8 {
  const [width, height] = [raster.width, raster.height].map((side) => side - (side % 8));
  return cropRaster(raster, { x: 0, y: 0, width: width!, height: height! });
}

function grey(source: Raster8): Raster8 {
  return {
    ...source,
    data: source.data.map((value, i) => (i % 4 === 3 ? value : source.data[i - (i % 4) + 1]!)),
  };
}

function quantise(source: Raster8, step: number): Raster8 {
  return {
    ...source,
    data: source.data.map((value, i) => (i % 4 === 3 ? value : step * Math.round(value / step))),
  };
}

function halfBlack(source: Raster8): Raster8 {
  const data = source.data.map((value, i) =>
    i % 4 === 3 || i > source.data.length / 2 ? value : value / 40,
  );
  return { ...source, data };
}

/** A scene that is seen in a disc, cut out by hand. */
function onBlack(source: Raster8): Raster8 {
  return paint(source.width, source.height, (x, y) => {
    const at = (Math.floor(y) * source.width + Math.floor(x)) * 4;
    const [red, green, blue] = source.data.subarray(at, at + 3);
    const cover = Math.max(0, Math.min(1, 100 - Math.hypot(x - 200, y - 200)));
    return mix(black, [red!, green!, blue!], cover);
  });
}
