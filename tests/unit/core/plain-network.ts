import type { Geometry, Network } from '../../../src/core/plan/network';

/**
 * A network without weights: the nearest pixel, plus a 64th of the first plane behind R, G and B, two of
 * the second and so on. At scale 1 and without such planes it is the identity.
 *
 * @param geometry Its scale, and what else the grid wants to know.
 * @returns The network on arrays.
 */
export function plainNetwork(geometry: Geometry): Network {
  const { scale } = geometry;
  return {
    ...geometry,
    async run(tile, { width, height }) {
      const area = width * height;
      const out = new Float32Array(3 * area * scale * scale);
      let to = 0;
      for (let plane = 0; plane < 3; plane++)
        for (let y = 0; y < height * scale; y++)
          for (let x = 0; x < width * scale; x++) {
            const from = Math.floor(y / scale) * width + Math.floor(x / scale);
            let sum = tile[plane * area + from]!;
            for (let k = 3; k * area < tile.length; k++)
              sum += ((k - 2) / 64) * tile[k * area + from]!;
            out[to++] = sum;
          }
      return out;
    },
  };
}
