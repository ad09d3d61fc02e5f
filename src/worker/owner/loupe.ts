import { readPart } from '../../core/picture/picture';
import { cropEndless, cropRaster, type Raster } from '../../core/picture/raster';
import { resample } from '../../core/picture/resample';
import { coverPixels, magnify, widen, alignStart, type Rect } from '../../core/picture/rect';
import { scaleOf } from '../../core/recipe/recipe';
import { neededParts } from '../../core/plan/needed';
import type { Plan } from '../../core/plan/plan';
import { multipleOf } from '../../core/plan/step-plan';
import type { Card } from '../../models/catalog';
import { optionValidator as check } from '../../core/validator';
import { mostLoupeSide, type LoupeRequest } from '../protocol';
import { runChain } from './chain';
import type { OpenPhoto } from './photos';
import { findUnsure, planesOf, whatFiltersAsk, type Runs, type RunParts } from './runs';

/** Alpha is resampled by a cubic, which reads this far whatever the network's halo. */
const alphaReach = 3;

/** What a loupe shows. */
export type LoupePart = {
  /** The whole source pixels that it covers. */
  readonly rect: Rect;
  /** What the recipe makes of them; owned by the caller. */
  readonly raster: Raster;
  /** What the finish mixes that with, at its size; owned by the caller. */
  readonly plain: Raster;
};

/**
 * Runs a recipe over a part of a photo, and round it as much as its networks look at: the pixels are
 * those that a run of the whole photo makes. Where a shake is taken back or a pattern taken out they are nearly those, since
 * that looks at the whole photo.
 *
 * @param photo The photo; its result stays as it is.
 * @param request The recipe and the part, fractions allowed.
 * @param parts What runs are made with.
 * @param runs Gives the steps their tools.
 * @param signal Ends it.
 * @returns The part.
 * @throws {EnhanceError} `option-wrong` for a part that begins outside the photo or is larger than a loupe;
 *   else as a run.
 * @throws {DOMException} The signal's reason.
 */
export async function enhancePart(
  photo: OpenPhoto,
  { recipe, rect: wanted }: LoupeRequest,
  { planner, models }: RunParts,
  runs: Runs,
  signal: AbortSignal,
): Promise<LoupePart> {
  const { raster } = photo;
  const rect = checkPart(wanted, raster);
  const asked = await planner.prepare(recipe, photo, rect);
  signal.throwIfAborted();
  if (findUnsure(asked.plan)) await photo.shake.find(signal);
  const { plan: sure, cards, machine } = await planner.prepare(recipe, photo, rect);
  const isEndless = recipe.wrap ?? false;
  const from = partToRun(rect, sure, isEndless ? null : raster);
  const source = isEndless ? cropEndless(raster, from) : cropRaster(raster, from);
  const files = await models.supply(cards, machine, {
    ...{ signal, onFraction: ignore, onUnkept: ignore },
  });
  const inside = { ...rect, x: rect.x - from.x, y: rect.y - from.y };
  const { plan: planned } = await planner.prepare(recipe, photo, from);
  // The part's own edges are none of the photo's.
  const needed = neededParts(planned, from, inside);
  const steps = planned.steps.map((step, i) => {
    const area = needed[i];
    return { ...step, wraps: false, ...(area && { area }) };
  });
  const plan = { ...planned, steps };
  const centre = { x: inside.x + rect.width / 2, y: inside.y + rect.height / 2 };
  const planes = planesOf(photo, recipe, plan, isEndless ? coverPixels(from, raster) : from);
  const { shake, screen } = photo;
  const found = { shake: shake.found ?? null, ...whatFiltersAsk(photo, plan) };
  const chain = { source, planes, plan, place: from, centre, ...found, screen };
  const hooks = { signal, tell: ignore, onNote: ignore, onGrow: ignore, isWatched: false };
  const { output, ground } = await runChain(runs.tools('loupe', files), chain, hooks);
  const shown = magnify(inside, scaleOf(recipe));
  return { rect, raster: await readPart(output, shown), plain: resample(ground, output, shown) };
}

/** The whole pixels of the photo that are wanted. */
function checkPart(wanted: unknown, photo: Raster): Rect {
  const { x, y, width, height } = check.object(wanted, 'rect');
  const rect = {
    x: check.between(x, [0, photo.width - 1], 'rect.x'),
    y: check.between(y, [0, photo.height - 1], 'rect.y'),
    width: check.between(width, [0, mostLoupeSide], 'rect.width'),
    height: check.between(height, [0, mostLoupeSide], 'rect.height'),
  };
  return coverPixels(rect, photo);
}

/**
 * What must be run for a part: the reach of all steps more on every side, from where the networks'
 * grids begin in a run of the whole photo; as far as the photo goes, if it ends anywhere.
 */
function partToRun(rect: Rect, { steps }: Plan<Card>, photo: Raster | null): Rect {
  const reach = steps.reduce((sum, step) => sum + step.reach, alphaReach);
  const part = alignStart(widen(rect, reach), multipleOf(steps));
  return photo ? coverPixels(part, photo) : part;
}

function ignore(): void {}
