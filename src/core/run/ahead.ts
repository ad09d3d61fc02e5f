/**
 * Has a source work while what it gave is worked on: two such in a row, and three things are done at once, each on another item.
 *
 * @param source Gives its items in their order; asked for one at a time.
 * @param most How many items it may be ahead, the one that it works on among them; 0 for none, 1 is enough where each takes as long as
 *   the next.
 * @param drop Frees an item that nobody takes any more.
 * @returns The items, in their order; owned by the receiver.
 * @yields {T} Each.
 * @throws {unknown} What the source fails with, after the items before. Whoever stops taking items waits until the
 *   source has ended the one that it works on.
 */
export async function* workAhead<T>(
  source: AsyncIterable<T>,
  most: number,
  drop: (item: T) => void = () => undefined,
): AsyncGenerator<T, void, undefined> {
  if (most === 0) {
    yield* source;
    return;
  }
  const ready: T[] = [];
  const [news, room] = [new Bell(), new Bell()];
  let isWanted = true;
  let isOver = false;
  const pump = async () => {
    try {
      for await (const item of source) {
        ready.push(item);
        news.ring();
        while (isWanted && ready.length >= most) await room.rung();
        if (!isWanted) return;
      }
    } finally {
      isOver = true;
      news.ring();
    }
  };
  const pumped = pump();
  // Whoever comes to its end hears of it.
  pumped.catch(() => undefined);
  try {
    for (;;) {
      while (ready.length === 0 && !isOver) await news.rung();
      if (ready.length === 0) return await pumped;
      const item = ready.shift()!;
      room.ring();
      yield item;
    }
  } finally {
    isWanted = false;
    room.ring();
    await pumped.catch(() => undefined);
    for (const item of ready) drop(item);
  }
}

/** Wakes who waits for it; nobody hears of what was rung before. */
class Bell {
  #ring: () => void = () => undefined;

  ring(): void {
    this.#ring();
  }

  rung(): Promise<void> {
    return new Promise((resolve) => (this.#ring = resolve));
  }
}
