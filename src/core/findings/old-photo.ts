import { findReason, type Reason } from '../recipe/reasons';

/**
 * How much of an old photo the search for damage marks, 0..1, from where it is healed unasked. Of 41 photos and made old prints with planted
 * damage it marks that much in 35, of 138 clean photos in 26: hair, wires and grass, whose photos look old in no other way.
 */
const leastMarked = 0.01;

/** What tells of a photo's age beside what its suggestion answers. */
export type AgeSigns = {
  readonly reasons: readonly Reason[];
  /** Whether it has no colours of its own: gray, or toned. */
  readonly isMonochrome: boolean;
  /** Whether it is a scan of a print with something round it. */
  readonly isScan: boolean;
};

/**
 * Whether damage that a search has marked is to be healed, where nobody has looked at it.
 *
 * @param marked How much of the photo is marked, 0..1.
 * @param signs What tells of its age.
 * @returns True where it is much, and the photo is a print's: gray or toned, faded, on patterned paper, or in a frame.
 */
export function isWorthHealing(
  marked: number,
  { reasons, isMonochrome, isScan }: AgeSigns,
): boolean {
  const isPrint = findReason(reasons, 'pattern') ?? findReason(reasons, 'faded');
  return marked >= leastMarked && (isPrint !== undefined || isMonochrome || isScan);
}
