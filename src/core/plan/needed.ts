import { coverPixels, intersect, alignStart, widen, wholeRect } from '../picture/rect';
import type { Rect, Size } from '../picture/rect';
import type { Plan } from './plan';
import type { Model } from './tile-size';

/** Pixels round a place that bicubic alpha and resampling read of a step's input, whatever its network's halo. */
const cubicReach = 4;

/**
 * What the networks of a plan must work on where only a part of its result is wanted: what lies outside is margin of a later
 * step, or of nothing.
 *
 * @param plan Made for `source`.
 * @param source Size of the picture that its steps begin with.
 * @param wanted The part, in pixels of `source`.
 * @returns For each step the part of its input whose result is needed, begun where its network's grid has a line; null for all of
 *   it, as for filters, which look where they want.
 */
export function neededParts<M extends Model>(
  { steps, ground }: Pick<Plan<M>, 'steps' | 'ground'>,
  source: Size,
  wanted: Rect,
): readonly (Rect | null)[] {
  const scales: readonly number[] = steps.map((step) =>
    step.kind === 'network' ? step.step.scale : 1,
  );
  const before = (i: number) => scales.slice(0, i).reduce((all, scale) => all * scale, 1);
  const sizeAt = (i: number): Size => ({
    width: source.width * before(i),
    height: source.height * before(i),
  });
  const parts: (Rect | null)[] = steps.map(() => null);
  let need: Rect = shrink(wanted, 1 / before(steps.length));
  for (let i = steps.length - 1; i >= ground; i--) {
    const plan = steps[i]!;
    if (plan.kind !== 'network') break;
    const own = shrink(need, scales[i]!);
    const resampled = plan.model.scale === plan.step.scale ? own : widen(own, cubicReach);
    const whole = wholeRect(sizeAt(i));
    const pixels = coverPixels(resampled, whole);
    const part = intersect(alignStart(pixels, plan.model.multiple), whole);
    if (!part) break;
    parts[i] = part;
    need = widen(part, Math.max(plan.reach, cubicReach));
  }
  return parts;
}

function shrink({ x, y, width, height }: Rect, scale: number): Rect {
  return { x: x / scale, y: y / scale, width: width / scale, height: height / scale };
}
