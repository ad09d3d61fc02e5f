/** Who may run, first, and who waits behind: one queue for all elements that share this script. */
const queue: { readonly holder: object; readonly go: () => void }[] = [];

/**
 * Asks for a turn.
 *
 * @param holder Whose turn; may ask once before it leaves.
 * @param go Called when it is its turn, perhaps at once.
 */
export function wantTurn(holder: object, go: () => void): void {
  if (queue.some((entry) => entry.holder === holder)) return;
  queue.push({ holder, go });
  if (queue.length === 1) go();
}

/**
 * Ends a turn, or the wait for one.
 *
 * @param holder Whose; nothing happens where it has none.
 */
export function leaveTurn(holder: object): void {
  const at = queue.findIndex((entry) => entry.holder === holder);
  if (at < 0) return;
  queue.splice(at, 1);
  if (at === 0) queue[0]?.go();
}
