import { createRaster, type Raster, type Raster8 } from '../../../../src/core/picture/raster';
import type { Size } from '../../../../src/core/picture/rect';

/** Where a layer is in a frame: the place of its middle, in pixels of the frame, its turn in radians and its size. */
export type Pose = { readonly x: number; readonly y: number; turn?: number; zoom?: number };

/** Part of a moving scene. */
export type Layer = {
  /** What is painted on it; it has `detail` pixels for each of the frame's at a zoom of 1, and repeats mirrored. */
  readonly world: Raster;
  /** Where it is in a frame, counted from 0; parts of a frame are allowed. */
  readonly pose: (frame: number) => Pose;
  /** A disc of this radius round its middle, in pixels at a zoom of 1; everything by default. */
  readonly radius?: number;
};

/** A scene whose motion is known. */
export interface Moving extends Size {
  /** Draws a frame, anew each time. */
  frame(k: number): Raster8;
  /** Where what is at a place of one frame lies in another frame; undefined where that place shows something else, or lies outside. */
  follow(
    x: number,
    y: number,
    from: number,
    to: number,
  ): readonly [x: number, y: number] | undefined;
}

/** Pixels of a world along a side of a frame's pixel. */
const detail = 2;

/**
 * A moving scene.
 *
 * @param size Size of its frames.
 * @param layers From behind to the front; the first fills the frame.
 * @param hasSign Whether bars that never move, as text does not, lie over the lower edge.
 * @returns The scene.
 */
export function moveScene(size: Size, layers: readonly Layer[], hasSign = false): Moving {
  const posed = (layer: Layer, k: number) => ({ turn: 0, zoom: 1, ...layer.pose(k) });
  const isSign = (x: number, y: number) =>
    hasSign && Math.abs(y - size.height * 0.85) < 7 && x % 12 < 4 && (x + y) % 17 < 12;
  const cover = (layer: Layer, x: number, y: number, k: number) => {
    if (layer.radius === undefined) return 1;
    const pose = posed(layer, k);
    const distance = Math.hypot(x - pose.x, y - pose.y);
    return Math.max(0, Math.min(1, layer.radius * pose.zoom - distance + 0.5));
  };
  const topmost = (x: number, y: number, k: number) =>
    isSign(Math.round(x), Math.round(y))
      ? -1
      : layers.findLastIndex((layer) => cover(layer, x, y, k) > 0.5);
  return {
    ...size,
    frame(k) {
      const raster = createRaster(size, false);
      for (let y = 0, at = 0; y < size.height; y++)
        for (let x = 0; x < size.width; x++, at += 4) {
          const colour = [0, 0, 0];
          for (const layer of layers) {
            const share = cover(layer, x, y, k);
            if (share > 0) paint(colour, layer.world, posed(layer, k), x, y, share);
          }
          if (isSign(x, y)) colour.fill(250);
          raster.data.set([...colour, 255], at);
        }
      return raster;
    },
    follow(x, y, from, to) {
      const layer = topmost(x, y, from);
      if (layer < 0) return [x, y];
      const [a, b] = [posed(layers[layer]!, from), posed(layers[layer]!, to)];
      const [cos, sin] = [Math.cos(b.turn - a.turn), Math.sin(b.turn - a.turn)];
      const [dx, dy] = [x - a.x, y - a.y].map((d) => (d * b.zoom) / a.zoom) as [number, number];
      const [u, v] = [b.x + cos * dx - sin * dy, b.y + sin * dx + cos * dy];
      const isInside = u >= 2 && v >= 2 && u < size.width - 3 && v < size.height - 3;
      return isInside && topmost(u, v, to) === layer ? [u, v] : undefined;
    },
  };
}

type WholePose = Required<Pose>;

/** Mixes what a layer shows within a pixel, the mean of four places, into a colour. */
function paint(
  colour: number[],
  world: Raster,
  pose: WholePose,
  x: number,
  y: number,
  share: number,
): void {
  const [cos, sin] = [Math.cos(pose.turn), Math.sin(pose.turn)];
  const mean = [0, 0, 0];
  for (const oy of [-0.25, 0.25])
    for (const ox of [-0.25, 0.25]) {
      const [dx, dy] = [x + ox - pose.x, y + oy - pose.y];
      const u = world.width / 2 + (detail / pose.zoom) * (cos * dx + sin * dy);
      const v = world.height / 2 + (detail / pose.zoom) * (cos * dy - sin * dx);
      read(world, u, v, mean);
    }
  for (let c = 0; c < 3; c++) colour[c]! += share * (mean[c]! - colour[c]!);
}

/** Adds a fourth of what a picture shows at a place, read linearly, mirrored beyond its edges. */
function read({ width, height, data }: Raster, x: number, y: number, sum: number[]): void {
  const fold = (n: number, length: number) => {
    const phase = ((n % (2 * length)) + 2 * length) % (2 * length);
    return phase < length ? phase : 2 * length - 1 - phase;
  };
  const [left, top] = [Math.floor(x), Math.floor(y)];
  for (const [i, j] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const) {
    const weight = (1 - Math.abs(x - left - i)) * (1 - Math.abs(y - top - j)) * 0.25;
    const at = (fold(top + j, height) * width + fold(left + i, width)) * 4;
    for (let c = 0; c < 3; c++) sum[c]! += weight * data[at + c]!;
  }
}

/** Kinds of motion that scenes are made of. */
export const motions = ['pan', 'fast pan', 'zoom', 'turn', 'object', 'sign'] as const;

/**
 * A scene of a kind of motion.
 *
 * @param kind Which: a pan of 2.3 pixels a frame, of 7.6; a zoom of 1.2 % a frame; a turn of the whole by 0.8 degrees; a disc that
 *   turns and moves over what moves the other way; a pan behind a sign that does not move.
 * @param size Size of its frames.
 * @param behind What lies behind, its sides more than twice the frame's.
 * @param front What is on the disc.
 * @returns The scene.
 */
export function drawMotion(
  kind: (typeof motions)[number],
  size: Size,
  behind: Raster,
  front: Raster,
): Moving {
  const [x, y] = [size.width / 2 - 0.5, size.height / 2 - 0.5];
  const pan = (pace: number): Layer => ({
    world: behind,
    pose: (k) => ({ x: x - pace * k, y: y - pace * 0.3 * k }),
  });
  if (kind === 'zoom')
    return moveScene(size, [{ world: behind, pose: (k) => ({ x, y, zoom: 1.012 ** k }) }]);
  if (kind === 'turn')
    return moveScene(size, [{ world: behind, pose: (k) => ({ x, y, turn: (k * Math.PI) / 225 }) }]);
  if (kind === 'object') {
    const radius = Math.min(x, y) * 0.5;
    const disc: Layer = {
      ...{ world: front, radius },
      pose: (k) => ({ x: x - 15 + 2.7 * k, y: y + 1.1 * k, turn: k * 0.05 }),
    };
    return moveScene(size, [pan(1.4), disc]);
  }
  return moveScene(size, [pan(kind === 'fast pan' ? 7.6 : 2.3)], kind === 'sign');
}
