import { undoFading, type Place, type WhatFaded } from '../fading/undo';
import { healDamage } from '../heal/heal';
import type { Wave } from '../pattern/find';
import { takePatternOut } from '../pattern/take-out';
import { blendStrength } from '../picture/blend';
import type { PhotoPlanes } from '../picture/plane';
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
  /** The waves of the photo's pattern. */
  readonly waves: readonly Wave[];
  /** How far the photo has faded; null where no step asks for it. */
  readonly faded: WhatFaded | null;
  /** Where the input lies in the photo. */
  readonly place: Place;
  /** What is known of the input's pixels. */
  readonly planes: PhotoPlanes;
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
  { step, input, origin, shake, waves, faded, place, planes }: FilterJob,
  pause: Pause,
): Promise<Raster> {
  switch (step.filter) {
    case 'shake':
      return shake ? takeShakeBack(input, shake, pause) : input;
    case 'heal':
      return planes['damage'] ? healDamage(input, planes['damage'], pause) : input;
    case 'pattern':
      return takePatternOut(input, waves, pause);
    case 'colours':
      return faded ? undoFading(input, faded, step, place) : input;
    case 'mix':
      return blendStrength(origin, input, step.amount);
  }
}
