import type { Raster } from '../picture/raster';
import { createCutFinder } from './cuts';
import { smoothLight, type Lit } from './deflicker';
import { measureLight, regionColumns, regionRows, type LightMemory } from './light-change';

/** Pixels of the small picture that light is measured in: whether it flickers is told by less than taking that out needs. */
const smallPixels = 2 ** 13;

/** Frames of one scene that tell whether it flickers. */
const leastFrames = 12;

/** How much more the regions of a row must rise and fall together than each for itself, as a ratio of mean squares. */
const leastTogether = 2;

/** A sine's greatest value over the median of what it is without its sign. */
const sinePeak = Math.SQRT2;

/** Measures how much neighbouring frames flicker; holds the light of each, and a small picture of the last. */
export interface FlickerMeter {
  /**
   * Takes the next frame.
   *
   * @param raster Only read.
   * @param at When it is shown, in microseconds.
   */
  push(raster: Raster, at: number): void;
  /**
   * How much the frames flickered that were pushed.
   *
   * @returns The swing of light each way as a share, 0 where what changes is no light; null where no scene was long enough.
   */
  measure(): number | null;
}

/**
 * A meter of flicker: the light of each region of a frame, measured along motion as `createDeflicker` does, less the lines that follow
 * slow changes. A lamp, a shutter or worn film lights whole rows; what a moving thing hides, or a screen in the picture shows, changes
 * some regions alone and counts for nothing; a flash or a step in exposure changes few frames, and medians leave it out.
 *
 * @returns A meter that has seen nothing.
 */
export function createFlickerMeter(): FlickerMeter {
  const cuts = createCutFinder();
  let memory: LightMemory | null = null;
  let scene: Lit[] = [];
  let longest: Lit[] = scene;
  return {
    push(raster, at) {
      if (cuts.next(raster)) {
        memory = null;
        scene = [];
      }
      memory = measureLight(raster, memory, smallPixels);
      scene.push({ at, light: memory.light });
      if (scene.length > longest.length) longest = scene;
    },
    measure: () => (longest.length < leastFrames ? null : swingOf(longest)),
  };
}

function swingOf(scene: readonly Lit[]): number {
  const sizes = Array.from({ length: regionRows }, () => [] as number[]);
  let [together, apart] = [0, 0];
  for (const [index, { light }] of scene.entries()) {
    const smooth = smoothLight(scene, index);
    for (let row = 0; row < regionRows; row++) {
      const values = Array.from({ length: regionColumns }, (_, column) => {
        const at = 3 * (row * regionColumns + column);
        const changes = [0, 1, 2].map((c) => light[at + c]! - Math.log(smooth[at + c]!));
        return changes.reduce((sum, each) => sum + each, 0) / 3;
      });
      const mean = values.reduce((sum, each) => sum + each, 0) / regionColumns;
      together += mean ** 2;
      for (const each of values) apart += (each - mean) ** 2 / regionColumns;
      sizes[row]!.push(Math.abs(mean));
    }
  }
  if (together < leastTogether * apart) return 0;
  return sinePeak * medianOf(sizes.map(medianOf));
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
