/** Who may run, first, and who waits behind: one queue for all elements that share this script. */
const queue = new Map<object, () => void>();

/**
 * Asks for a turn.
 *
 * @param holder Whose turn; may ask once before it leaves.
 * @param go Called when it is its turn, perhaps at once.
 */
export function wantTurn(holder: object, go: () => void): void {
  if (queue.has(holder)) return;
  queue.set(holder, go);
  if (queue.size === 1) go();
}

/**
 * Ends a turn, or the wait for one.
 *
 * @param holder Whose; nothing happens where it has none.
 */
export function leaveTurn(holder: object): void {
  const [first] = queue.keys();
  queue.delete(holder);
  const [next] = queue.values();
  if (first === holder) next?.();
}
