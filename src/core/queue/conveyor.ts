/** What a conveyor carries things past. None of them may reject. */
export type Stations<Item, Opened, Made> = {
  /** What is to be done next, taken from now on; null where nothing is, or nothing for now. */
  readonly next: () => Item | null;
  /** Whether something that was opened ahead is still to be run; else it is let go of. */
  readonly isWanted: (item: Item) => boolean;
  /** Whether it needs all the room there is: nothing is opened ahead of it, and nothing saved behind, while it runs. */
  readonly isAlone: (item: Item) => boolean;
  /** Reads it; null where that failed. */
  readonly open: (item: Item) => Promise<Opened | null>;
  /** Does the work; null where there is nothing to save. */
  readonly run: (item: Item, opened: Opened) => Promise<Made | null>;
  /** Writes what was made. */
  readonly save: (item: Item, opened: Opened, made: Made) => Promise<void>;
  /** Lets go of what was opened, whatever became of it. */
  readonly close: (item: Item, opened: Opened) => Promise<void>;
};

type Coming<Item, Opened> = { readonly item: Item; readonly opened: Opened | null };

/**
 * Carries things through three stations, one in each at most: the next is opened ahead while one is run, and the one before is
 * saved behind. So three are held at once at most, however many there are.
 *
 * @param stations What is done to each; a failure of one is that station's to tell, and the next follows.
 * @returns Settles once nothing is left to be taken, and all that was taken is let go of.
 */
export async function convey<Item, Opened, Made>(
  stations: Stations<Item, Opened, Made>,
): Promise<void> {
  const { isWanted, isAlone, run, save, close } = stations;
  let behind = Promise.resolve();
  let coming = take(stations);
  while (coming) {
    const { item, opened } = await coming;
    if (opened === null || !isWanted(item)) {
      if (opened !== null) await close(item, opened);
      coming = take(stations);
      continue;
    }
    const alone = isAlone(item);
    if (alone) await behind;
    const ahead = alone ? null : take(stations);
    const made = await run(item, opened);
    await behind;
    behind = finish(item, opened, made, save, close);
    if (alone) await behind;
    // Where nothing was to be taken then, there may be something now.
    coming = ahead ?? take(stations);
  }
  await behind;
}

function take<Item, Opened, Made>({
  next,
  open,
}: Stations<Item, Opened, Made>): Promise<Coming<Item, Opened>> | null {
  const item = next();
  return item === null ? null : open(item).then((opened) => ({ item, opened }));
}

async function finish<Item, Opened, Made>(
  item: Item,
  opened: Opened,
  made: Made | null,
  save: Stations<Item, Opened, Made>['save'],
  close: Stations<Item, Opened, Made>['close'],
): Promise<void> {
  if (made !== null) await save(item, opened, made);
  await close(item, opened);
}
