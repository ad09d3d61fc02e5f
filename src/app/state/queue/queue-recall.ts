import { dropQueue, findQueue } from '../../platform/queue-store';
import { readOffer, type QueueOffer } from './queue-list';

/**
 * Looks for photos that were here before a reload, a crash, or the end of a tab. What cannot be gone on with is deleted.
 *
 * @param now The time, in milliseconds since 1970.
 * @returns Null where there are none.
 */
export async function recallQueue(now: number): Promise<QueueOffer | null> {
  try {
    const kept = await findQueue(now);
    if (!kept) return null;
    const offer = readSafely(kept);
    if (!offer) await dropQueue(kept.tab);
    return offer;
  } catch {
    // Where the browser keeps nothing there is nothing to offer.
    return null;
  }
}

function readSafely(kept: Parameters<typeof readOffer>[0]): QueueOffer | null {
  try {
    return readOffer(kept);
  } catch {
    // Another version of the page has kept it.
    return null;
  }
}
