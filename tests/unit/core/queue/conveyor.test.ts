import { expect, test } from 'vitest';
import { convey, type Stations } from '../../../../src/core/queue/conveyor';

/** Stations that write down what they do, and count what is held at once. */
function setUp(count: number, own: Partial<Stations<number, string, string>> = {}) {
  const log: string[] = [];
  let [next, held, most] = [0, 0, 0];
  const atWork = { open: 0, run: 0, save: 0 };
  const peaks = { open: 0, run: 0, save: 0 };
  const work = async (station: keyof typeof atWork, item: number) => {
    peaks[station] = Math.max(peaks[station], ++atWork[station]);
    log.push(`${station} ${item}`);
    // Some turns of the loop, more for some than for others.
    for (let turn = 0; turn < (item * 7 + station.length) % 5; turn++) await Promise.resolve();
    atWork[station]--;
  };
  const stations: Stations<number, string, string> = {
    next: () => (next < count ? next++ : null),
    isWanted: () => true,
    isAlone: () => false,
    open: async (item) => {
      most = Math.max(most, ++held);
      await work('open', item);
      return `photo ${item}`;
    },
    run: async (item) => {
      await work('run', item);
      return `result ${item}`;
    },
    save: (item) => work('save', item),
    close: async (item) => {
      held--;
      log.push(`close ${item}`);
    },
    ...own,
  };
  const did = (station: string) =>
    log.filter((each) => each.startsWith(station)).map((each) => Number(each.split(' ')[1]));
  return { stations, log, peaks, did, held: () => held, most: () => most };
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

test('each passes all stations in order, one in each at most, three held at once', async () => {
  const { stations, peaks, did, held, most } = setUp(40);
  await convey(stations);
  for (const station of ['open', 'run', 'save', 'close'])
    expect([...did(station)].sort((a, b) => a - b)).toEqual(upTo(40));
  expect(did('run')).toEqual(upTo(40));
  expect(peaks).toEqual({ open: 1, run: 1, save: 1 });
  expect([most(), held()]).toEqual([3, 0]);
});

test('the next is opened while one is run', async () => {
  let letGo: () => void = () => undefined;
  const { stations, log } = setUp(3, {
    run: (item) =>
      new Promise((done) => {
        log.push(`run ${item}`);
        letGo = () => done(`result ${item}`);
      }),
  });
  const going = convey(stations);
  await expect.poll(() => log).toEqual(['open 0', 'open 1', 'run 0']);
  letGo();
  await expect.poll(() => log.includes('run 1')).toBe(true);
  letGo();
  await expect.poll(() => log.includes('run 2')).toBe(true);
  letGo();
  await going;
});

test('what cannot be opened, and what nothing comes of, stops none of the others', async () => {
  const { stations, did, held } = setUp(6);
  const { open, run } = stations;
  await convey({
    ...stations,
    open: async (item) => {
      const opened = await open(item);
      if (item % 3 !== 1) return opened;
      await stations.close(item, '');
      return null;
    },
    run: async (item, opened) => (item === 2 ? null : run(item, opened)),
  });
  expect(did('run')).toEqual([0, 3, 5]);
  expect(did('save')).toEqual([0, 3, 5]);
  expect(held()).toBe(0);
});

test('what is not wanted any more is let go of without a run', async () => {
  const { stations, did, held } = setUp(4, { isWanted: (item) => item !== 2 });
  await convey(stations);
  expect(did('run')).toEqual([0, 1, 3]);
  expect(held()).toBe(0);
});

test('what is done alone has nothing beside it while it runs', async () => {
  let beside = -1;
  const { stations, held, did } = setUp(5, { isAlone: (item) => item === 2 });
  const { run } = stations;
  await convey({
    ...stations,
    run: async (item, opened) => {
      if (item === 2) beside = held();
      return run(item, opened);
    },
  });
  expect(beside).toBe(1);
  expect(did('run')).toEqual(upTo(5));
});

test('what can be taken only later is taken when the one before has been run', async () => {
  let isPaused = false;
  let next = 0;
  const { stations, did } = setUp(0, { next: () => (isPaused || next > 2 ? null : next++) });
  const { run } = stations;
  await convey({
    ...stations,
    run: async (item, opened) => {
      isPaused = item === 0;
      const made = await run(item, opened);
      isPaused = false;
      return made;
    },
  });
  expect(did('run')).toEqual([0, 1, 2]);
});
