import { createRaster } from '../../src/core/picture/raster';
import type { Size } from '../../src/core/picture/rect';
import type { OpenPhoto } from '../../src/worker/owner/photos';
import type { Runs } from '../../src/worker/owner/runs';
import type { RunReport } from '../../src/worker/reports';

/**
 * Stands in for a network that enlarges twice: waits as for a GPU, takes no processor, and gives the same picture each time.
 *
 * @param ms Milliseconds that it waits; at 0 it does not.
 * @param size Of the pictures that it is given.
 * @returns What runs it.
 */
export function standIn(ms: number, { width, height }: Size): Pick<Runs, 'enhance'> {
  const raster = createRaster({ width: 2 * width, height: 2 * height }, false);
  for (let i = 0; i < raster.data.length; i++) raster.data[i] = (i * 2654435761) >>> 24;
  const report: RunReport = {
    ...{ output: raster, steps: [], backend: 'wasm', software: false },
    ...{ device: '', seconds: 0, notes: [] },
  };
  return {
    async enhance(photo: OpenPhoto) {
      if (ms > 0) await new Promise((done) => setTimeout(done, ms));
      photo.result = { picture: raster, scale: 2, growth: null };
      return report;
    },
  };
}
