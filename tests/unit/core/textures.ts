import { createRaster, type Raster8 } from '../../../src/core/picture/raster';
import { addNoise, blurScene, seedRandom } from './scenes';

/** Draws at this many times the size and reduces by the mean, as a lens and a sensor do. */
const finer = 3;

/** What a texture is strewn with: paints one piece of it, sizes in fine pixels. */
type Piece = (draw: (x: number, y: number, light: number) => void, random: () => number) => void;

/**
 * Grass: blades that lie across each other.
 *
 * @param side Width and height in pixels.
 * @param length Of a blade, in pixels.
 * @param width Of a blade, in pixels.
 * @returns A raster of its own.
 */
export function drawTurf(side: number, length: number, width: number): Raster8 {
  const count = (3 * side ** 2) / length / width;
  return strew(side, count, [90, 140, 60], (draw, random) => {
    const turn = 2 * Math.PI * random();
    const reach = finer * length * (0.5 + random());
    const light = 0.3 + random();
    for (let along = 0; along < reach; along += 0.7)
      for (let across = 0; across < finer * width; across += 0.7)
        draw(
          along * Math.cos(turn) - across * Math.sin(turn),
          along * Math.sin(turn) + across * Math.cos(turn),
          light,
        );
  });
}

/**
 * Gravel: stones that lie on each other, each lit from one side.
 *
 * @param side Width and height in pixels.
 * @param least Radius of the smallest stone, in pixels.
 * @param most Radius of the largest.
 * @returns A raster of its own.
 */
export function drawGravel(side: number, least: number, most: number): Raster8 {
  const count = 1.2 * (side / ((least + most) / 2)) ** 2;
  return strew(side, count, [130, 125, 118], (draw, random) => {
    const radius = finer * (least + (most - least) * random());
    const flat = 0.6 + 0.4 * random();
    const light = 0.5 + random();
    for (let y = -radius; y < radius; y++)
      for (let x = -radius; x < radius; x++)
        if (x ** 2 + (y / flat) ** 2 < radius ** 2)
          draw(x, y, light * (1 - (0.28 * (x + y)) / radius));
  });
}

function strew(side: number, count: number, colour: readonly number[], piece: Piece): Raster8 {
  const random = seedRandom(5);
  const fine = finer * side;
  const light = new Float32Array(fine ** 2).fill(0.4);
  for (let i = 0; i < count; i++) {
    const [x, y] = [random() * fine, random() * fine];
    piece((dx, dy, value) => {
      const [u, v] = [Math.floor(x + dx), Math.floor(y + dy)];
      if (u >= 0 && v >= 0 && u < fine && v < fine) light[v * fine + u] = value;
    }, random);
  }
  const raster = createRaster({ width: side, height: side }, false);
  for (let i = 0; i < side ** 2; i++) {
    let mean = 0;
    for (let j = 0; j < finer ** 2; j++) {
      const row = finer * Math.floor(i / side) + Math.floor(j / finer);
      mean += light[row * fine + finer * (i % side) + (j % finer)]! / finer ** 2;
    }
    raster.data.set([...colour.map((each) => each * mean), 255], 4 * i);
  }
  return raster;
}

/**
 * Asphalt: nothing but grain, as fine as a sharp lens shows it.
 *
 * @param side Width and height in pixels.
 * @returns A raster of its own.
 */
export function drawAsphalt(side: number): Raster8 {
  const ground = createRaster({ width: side, height: side }, false);
  const gray = { ...ground, data: ground.data.map((_, i) => (i % 4 === 3 ? 255 : 95)) };
  const grain = blurScene(addNoise(gray, 60), 0.7);
  // Stones are gray: one value for all three.
  return { ...grain, data: grain.data.map((v, i) => (i % 4 === 3 ? v : grain.data[i - (i % 4)]!)) };
}
