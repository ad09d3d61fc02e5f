/**
 * Numbers of 0..1 that a seed decides (Lehmer's generator).
 *
 * @param seed A whole number from 1.
 * @returns Gives the next one.
 */
export function drawNumbers(seed: number): () => number {
  let state = (seed * 7919) % 2147483647;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
