import { blendStrength } from '../picture/blend';
import type { Raster } from '../picture/raster';
import type { FilterKind } from '../recipe/kinds';
import type { Shake } from '../shake/find';
import type { Pause } from '../shake/pace';
import { takeShakeBack } from '../shake/take-back';

/** What a filter works on. */
export type FilterJob = {
  readonly step: FilterKind;
  /** Only read. */
  readonly input: Raster;
  /** The picture that the filter's task began with; only read. */
  readonly origin: Raster;
  /** The photo's shake, or null. */
  readonly shake: Shake | null;
};

/**
 * Runs a filter.
 *
 * @param job What it works on.
 * @param pause Awaited in the middle of long work, with the share that is done; what it rejects with ends it.
 * @returns A raster of the input's size that owns a new buffer; the input itself where nothing is to be done.
 * @throws {unknown} What `pause` rejects with.
 * @throws {RangeError} When a buffer cannot be allocated.
 */
export async function runFilter(
  { step, input, origin, shake }: FilterJob,
  pause: Pause,
): Promise<Raster> {
  switch (step.filter) {
    case 'shake':
      return shake ? takeShakeBack(input, shake, pause) : input;
    case 'mix':
      return blendStrength(origin, input, step.amount);
  }
}
