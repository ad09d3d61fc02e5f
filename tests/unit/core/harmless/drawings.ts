import type { Raster8 } from '../../../../src/core/picture/raster';
import { seedRandom } from '../scenes';
import { black, mix, paint, repeatPixels, turn, white, type Colour, type Shader } from './paint';

const randomColour = (random: () => number): Colour => [
  255 * random(),
  255 * random(),
  255 * random(),
];

/** A grid of cells, each of one of a palette's colours at random. */
export function drawCells(columns: number, rows: number, colours: number, seed = 1): Raster8 {
  const random = seedRandom(seed);
  const palette = Array.from({ length: colours }, () => randomColour(random));
  return paint(columns, rows, () => palette[Math.floor(random() * colours)]!);
}

/** Pixel art: shapes of few colours, each pixel repeated. */
export function drawSprite(times: number, colours = 12, seed = 2): Raster8 {
  const random = seedRandom(seed);
  const shapes = Array.from({ length: 40 }, () => ({
    x: 96 * random(),
    y: 72 * random(),
    radius: 3 + 12 * random(),
    colour: Math.floor(colours * random()),
  }));
  const palette = Array.from({ length: colours }, () => randomColour(random));
  const art = paint(96, 72, (x, y) => {
    const top = shapes.findLast((shape) => Math.hypot(x - shape.x, y - shape.y) < shape.radius);
    const dither = (Math.floor(x) + Math.floor(y)) % 2;
    return palette[((top?.colour ?? 0) + (top && y > top.y ? dither : 0)) % colours]!;
  });
  return repeatPixels(art, times);
}

/** A chessboard of a cell's side, in two greys. */
export const drawChess = (side: number, dark: number, light: number): Raster8 =>
  paint(512, 512, (x, y) => {
    const level = (Math.floor(x / side) + Math.floor(y / side)) % 2 ? light : dark;
    return [level, level, level];
  });

/** What looks like a QR code, of modules of some pixels, turned by some degrees. */
export function drawCode(module: number, degrees = 0): Raster8 {
  const random = seedRandom(module);
  const count = 41;
  const dark = Array.from({ length: count * count }, () => random() < 0.5);
  const code: Shader = (x, y) => {
    const [column, row] = [Math.floor(x / module) - 4, Math.floor(y / module) - 4];
    const isInside = Math.min(column, row) >= 0 && Math.max(column, row) < count;
    return isInside && dark[row * count + column] ? black : white;
  };
  const side = (count + 8) * module;
  return degrees === 0 ? paint(side, side, code) : paint(side, side, turn(code, degrees), 4);
}

/** Print in dots that grow with the tone: `period` pixels apart, its lines turned; hard or smooth. */
export function drawScreentone(period: number, degrees: number, across: number): Raster8 {
  const wave = (2 * Math.PI) / period;
  const dots = turn((x, y) => {
    const level = Math.cos(x * wave) + Math.cos(y * wave);
    return [level, level, level];
  }, degrees);
  return paint(
    320,
    256,
    (x, y) => (dots(x, y)[0] > 1.6 * Math.sin(x / 120) ? black : white),
    across,
  );
}

/** Circles and straight lines in ink; smooth where there is more than one sample a pixel. */
export function drawLines(thickness: number, across: number): Raster8 {
  const random = seedRandom(9);
  const strokes = Array.from({ length: 24 }, () => {
    const [x, y, size, angle] = [600 * random(), 420 * random(), 20 + 80 * random(), 7 * random()];
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return random() < 0.5
      ? (u: number, v: number) => Math.abs(Math.hypot(u - x, v - y) - size)
      : (u: number, v: number) => {
          const along = Math.max(-size, Math.min(size, (u - x) * cos + (v - y) * sin));
          return Math.hypot(u - x - along * cos, v - y - along * sin);
        };
  });
  const isInk: Shader = (x, y) =>
    strokes.some((distance) => distance(x, y) < thickness / 2) ? black : white;
  return paint(600, 420, isInk, across);
}

/** A comic: outlined areas of plain, or shaded, colours. */
export function drawComic(seed: number, isShaded = false): Raster8 {
  const random = seedRandom(seed);
  const areas = Array.from({ length: 40 }, () => ({
    ...{ x: 600 * random(), y: 420 * random(), radius: 10 + 100 * random() },
    colour: randomColour(random),
  }));
  return paint(
    600,
    420,
    (x, y) => {
      const top = areas.findLast((area) => Math.hypot(x - area.x, y - area.y) < area.radius);
      if (!top) return [235, 225, 190];
      const depth = top.radius - Math.hypot(x - top.x, y - top.y);
      if (depth < 2.5) return [15, 12, 20];
      return isShaded ? mix(top.colour, white, (0.3 * depth) / top.radius) : top.colour;
    },
    3,
  );
}

/** Which strokes a letter is made of: upper, middle and lower bar, left and right stem. */
const letters = [31, 27, 13, 29, 15, 11, 30, 26, 24, 12, 18, 25, 21, 28, 23, 14, 19, 22] as const;

/** Whether a point of a letter, 5 wide and 7 high, is ink. */
function isInked(letter: number, u: number, v: number): boolean {
  const bars = [v < 1, v >= 3 && v < 4, v >= 6, u < 1, u >= 4];
  return bars.some((isThere, i) => isThere && (letter >> i) % 2 === 1);
}

/** Lines of text of a size in pixels, between margins. */
function textShader(size: number, ink: Colour, paper: Colour, seed: number): Shader {
  const random = seedRandom(seed);
  const text = Array.from({ length: 4000 }, () =>
    random() < 0.17 ? -1 : Math.floor(random() * letters.length),
  );
  const dot = size / 10;
  return (x, y) => {
    const [column, row] = [Math.floor(x / (6 * dot)), Math.floor(y / (14 * dot))];
    const [u, v] = [x / dot - column * 6, y / dot - row * 14 - 3];
    const letter = letters[text[(row * 131 + column) % text.length]!];
    if (letter === undefined || column < 1 || row < 0 || u > 5 || v < 0 || v > 7) return paper;
    return isInked(letter, u, v) ? ink : paper;
  };
}

/** A page of text. */
export const drawText = (
  size: number,
  {
    degrees = 0,
    ink = black,
    paper = white,
  }: { degrees?: number; ink?: Colour; paper?: Colour } = {},
): Raster8 => paint(640, 480, turn(textShader(size, ink, paper, size), degrees), 3);

/** Bars, a curve and figures on a grid. */
export function drawChart(seed: number): Raster8 {
  const random = seedRandom(seed);
  const bars = Array.from({ length: 9 }, () => ({
    height: 30 + 280 * random(),
    colour: randomColour(random),
  }));
  const figures = textShader(12, [80, 80, 80], white, seed);
  return paint(
    700,
    450,
    (x, y) => {
      if (y > 400) return figures(x, y - 400);
      const curve = 180 + 70 * Math.sin(x / 60) + 20 * Math.sin(x / 11 + seed);
      if (Math.abs(y - curve) < 1.2) return [30, 80, 180];
      const bar = bars[Math.floor((x - 40) / 72)];
      if (bar && (x - 40) % 72 < 48 && y > 390 - bar.height && y < 390) return bar.colour;
      return y % 60 < 1 ? [220, 220, 220] : white;
    },
    3,
  );
}

/** A program's window: bars, a list, text and buttons, light or dark. */
export function drawScreen(isDark: boolean): Raster8 {
  const [paper, side, bar]: Colour[] = isDark
    ? [
        [30, 30, 30],
        [37, 37, 38],
        [60, 60, 64],
      ]
    : [
        [255, 255, 255],
        [243, 244, 246],
        [44, 62, 80],
      ];
  const ink: Colour = isDark ? [212, 212, 212] : [40, 40, 44];
  const [list, text] = [textShader(13, ink, side!, 3), textShader(12, ink, paper!, 4)];
  return paint(
    900,
    600,
    (x, y) => {
      if (y < 32) return bar!;
      if (x < 180) return list(x, y - 32);
      if (x > 640 && y > 100 && y < 260) return mix([250, 120, 80], [80, 60, 200], (x - 640) / 260);
      if (x > 640 && y > 520 && y < 552 && (x - 640) % 90 < 72) return [52, 152, 219];
      return x < 620 ? text(x - 180, y - 40) : paper!;
    },
    2,
  );
}

/** Measured curves, jagged, in lines of one pixel on white. */
export function drawCurves(count: number, seed = 2): Raster8 {
  const random = seedRandom(seed);
  const [width, height] = [600, 400];
  const picture = paint(width, height, (_, y) => (y % 40 < 1 ? [220, 220, 220] : white));
  for (let i = 0; i < count; i++) {
    const colour = [200 * random(), 200 * random(), 200 * random()];
    let level = height * (0.1 + 0.8 * random());
    for (let x = 20; x < width - 20; x++) {
      const next = level + 14 * (random() + random() + random() + random() - 2);
      const [top, bottom] = [Math.min(level, next), Math.max(level, next)].map(Math.round);
      for (let y = Math.max(0, top!); y <= Math.min(height - 1, bottom!); y++)
        picture.data.set(colour, 4 * (y * width + x));
      level = next;
    }
  }
  return picture;
}
