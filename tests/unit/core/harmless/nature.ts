import { createRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { normalise, type BlurKernel } from '../../../../src/core/shake/blur-kernel';
import { addNoise, drawScene, seedRandom } from '../scenes';
import { drawLeaves, shakeScene } from '../shaken';
import { mix, paint, turn, type Colour } from './paint';

/** Light added to a picture: of a spot at a place, as far as it reaches. */
type Spot = { readonly x: number; readonly y: number; readonly reach: number };

/** Changes what lies round a spot: `light` is asked for a share of 0..1 at a distance. */
function addSpot(
  { width, height, data }: Raster8,
  { x, y, reach }: Spot,
  colour: Colour,
  light: (distance: number) => number,
): void {
  for (let v = Math.max(0, Math.ceil(y - reach)); v < Math.min(height, y + reach); v++)
    for (let u = Math.max(0, Math.ceil(x - reach)); u < Math.min(width, x + reach); u++) {
      const at = (v * width + u) * 4;
      const share = light(Math.hypot(u - x, v - y));
      for (let c = 0; c < 3; c++) data[at + c]! += share * (colour[c]! - data[at + c]!);
    }
}

/** What a lens out of focus makes of a point: a disc of a radius in pixels. */
export function drawDisc(radius: number): BlurKernel {
  const reach = Math.ceil(radius + 0.5);
  const side = 2 * reach + 1;
  const taps = Array.from({ length: side * side }, (_, i) =>
    Math.max(
      0,
      Math.min(1, radius + 0.5 - Math.hypot((i % side) - reach, Math.floor(i / side) - reach)),
    ),
  );
  return normalise(taps);
}

/** A night sky: a glow at the horizon, and stars of every brightness, most of them faint. */
export function drawNight(stars: number, seed = 1): Raster8 {
  const random = seedRandom(seed);
  const sky = paint(640, 480, (_, y) => mix([5, 7, 16], [30, 26, 24], (y / 480) ** 3));
  for (let i = 0; i < stars; i++) {
    const spot = { x: 640 * random(), y: 480 * random(), reach: 5 };
    const [width, light] = [0.5 + 0.7 * random(), Math.min(1, 0.06 - 0.25 * Math.log(random()))];
    const tint: Colour = [255 - 50 * random(), 235, 255 - 60 * random()];
    addSpot(sky, spot, tint, (distance) => light * Math.exp(-(distance ** 2) / 2 / width ** 2));
  }
  return addNoise(sky, 1, seed);
}

/** Fireworks: sparks of one pixel along rays in a black sky. */
export function drawFireworks(count: number, seed = 1): Raster8 {
  const random = seedRandom(seed);
  const [width, height, sparks] = [600, 400, 40];
  const sky = paint(width, height, () => [0, 0, 0]);
  for (let ray = 0; ray < 70 * count; ray++) {
    const burst = seedRandom(100 * seed + (ray % count));
    const [x, y] = [100 + 400 * burst(), 100 + 180 * burst()];
    const tint = [80 + 175 * burst(), 80 + 175 * burst(), 80 + 175 * burst()];
    const [angle, length] = [2 * Math.PI * random(), 20 + 70 * random()];
    for (let along = 0; along < 1; along += 1 / sparks) {
      const right = Math.round(x + length * along * Math.cos(angle));
      const down = Math.round(y + length * along * Math.sin(angle) + 20 * along ** 2);
      const colour = tint.map((value) => value * (1.2 - 0.6 * along));
      if (down >= 0) sky.data.set(colour, 4 * (down * width + right));
    }
  }
  return sky;
}

/** A landscape in fog: a scene of which a share is left. */
export function drawFog(share: number, seed = 1): Raster8 {
  const scene = drawScene(512, seed);
  const fog: Colour = [190, 195, 200];
  const data = scene.data.map((value, i) => {
    const c = i % 4;
    return c === 3 ? value : fog[c]! + share * (value - fog[c]!);
  });
  return addNoise({ ...scene, data }, 0.7, seed);
}

/** Lights out of focus in the dark. */
export function drawBokeh(seed = 1): Raster8 {
  const random = seedRandom(seed);
  const dark = paint(640, 480, (x, y) => mix([8, 9, 14], [30, 22, 20], (x + y) / 1120));
  for (let i = 0; i < 60; i++) {
    const radius = 10 + 30 * random();
    const spot = { x: 640 * random(), y: 480 * random(), reach: radius + 2 };
    const colour: Colour = [255 * random(), 160 * random(), 200 * random()];
    addSpot(
      dark,
      spot,
      colour,
      (distance) => 0.6 * Math.max(0, Math.min(1, (radius + 1 - distance) / 2)),
    );
  }
  return addNoise(dark, 1, seed);
}

/** Flakes before trees that are out of focus. */
export function drawSnowfall(seed = 1): Raster8 {
  const random = seedRandom(seed);
  const trees = shakeScene(drawLeaves(512, 400, seed), drawDisc(4));
  for (let i = 0; i < 350; i++) {
    const radius = 0.8 + 3 * random();
    const spot = { x: 512 * random(), y: 400 * random(), reach: radius + 2 };
    addSpot(
      trees,
      spot,
      [250, 250, 252],
      (distance) => 0.9 * Math.max(0, Math.min(1, (radius + 0.7 - distance) / 1.4)),
    );
  }
  return addNoise(trees, 1, seed);
}

/** Stones of every size, each shaded to one side. */
export function drawGravel(seed = 1): Raster8 {
  const random = seedRandom(seed);
  const ground = paint(512, 400, () => [120, 114, 106]);
  for (let i = 0; i < 30_000; i++) {
    const radius = Math.min(14, 1.2 / Math.sqrt(random()));
    const [x, y, grey] = [512 * random(), 400 * random(), 70 + 110 * random()];
    const [lean, mottle] = [3 * random(), random()];
    for (let v = Math.max(0, Math.ceil(y - radius)); v < Math.min(400, y + radius); v++)
      for (let u = Math.max(0, Math.ceil(x - radius)); u < Math.min(512, x + radius); u++) {
        const cover = Math.max(0, Math.min(1, radius - Math.hypot(u - x, v - y)));
        const level = grey - lean * (u - x + v - y) + 5 * Math.sin(u * (1 + mottle) + v * 1.7);
        const at = (v * 512 + u) * 4;
        for (let c = 0; c < 3; c++)
          ground.data[at + c]! += cover * (level * (1 - 0.04 * c) - ground.data[at + c]!);
      }
  }
  return addNoise(ground, 1, seed);
}

/** A weave of threads some pixels apart, at an angle, folded into light and shade. */
export function drawFabric(period: number, degrees: number): Raster8 {
  const wave = Math.PI / period;
  const threads = turn((x, y) => {
    const level = Math.sin(x * wave) ** 2 * Math.cos(y * wave) + Math.sin(y * wave) ** 2;
    return [level, level, level];
  }, degrees);
  const cloth = paint(
    512,
    400,
    (x, y) => {
      const fold = 100 + 50 * Math.sin(x / 70 + y / 150);
      return mix(
        [fold, fold * 0.6, fold * 0.5],
        [fold + 60, fold * 0.9, fold * 0.8],
        threads(x, y)[0],
      );
    },
    3,
  );
  return addNoise(cloth, 1);
}

/** A macro: a ground that is out of focus by a radius in pixels, and specks that are not. */
export function drawMacro(radius: number, specks: number, seed = 1): Raster8 {
  const random = seedRandom(seed);
  const photo = shakeScene(drawLeaves(512, 512, seed), drawDisc(radius));
  for (let i = 0; i < specks; i++) {
    const size = 0.6 + 1.6 * random();
    const spot = { x: 512 * random(), y: 512 * random(), reach: size + 2 };
    const grey = random() < 0.6 ? 245 : 25;
    addSpot(photo, spot, [grey, grey, grey], (distance) =>
      Math.max(0, Math.min(1, size + 0.5 - distance)),
    );
  }
  return addNoise(photo, 0.8, seed);
}

/** A transparent ground under a picture's left third, and half of its next. */
export function cutOut(source: Raster8): Raster8 {
  const out = createRaster(source, true);
  out.data.set(source.data);
  for (let i = 3; i < out.data.length; i += 4) {
    const share = ((i >> 2) % source.width) / source.width;
    out.data[i] = share < 0.33 ? 0 : share < 0.5 ? 128 : 255;
  }
  return out;
}
