import { expect, test } from 'vitest';
import { workAhead } from '../../../../src/core/run/ahead';

/** Lets all that can go on go on. */
const settle = () => new Promise((done) => setTimeout(done));

/** Work of several stages that ends when the test says so, and what of it goes on. */
function stand() {
  const under: { readonly name: string; readonly end: (error?: Error) => void }[] = [];
  const work = (name: string) =>
    new Promise<void>((resolve, reject) => {
      const entry = {
        name,
        end: (error?: Error) => {
          under.splice(under.indexOf(entry), 1);
          if (error) reject(error);
          else resolve();
        },
      };
      under.push(entry);
    });
  return {
    work,
    /** What is going on, by name. */
    names: () => under.map(({ name }) => name).toSorted(),
    /** Ends what is going on. */
    end: async (name: string, error?: Error) => {
      under.find((entry) => entry.name === name)!.end(error);
      await settle();
    },
    /** Ends all that is going on, whatever that is, until nothing is. */
    endAll: async () => {
      while (under.length > 0) {
        under[0]!.end();
        await settle();
      }
    },
  };
}

/** Items that are counted while they are held by anybody. */
class Held {
  static most = 0;
  static now = 0;
  constructor(readonly number: number) {
    Held.now++;
    Held.most = Math.max(Held.most, Held.now);
  }
  free() {
    Held.now--;
  }
}

/** Three stages, as those of a clip: each item is made, changed and written, and each stage is one ahead of the next. */
function line(count: number, most: number) {
  Held.now = Held.most = 0;
  const { work, ...rest } = stand();
  const written: number[] = [];
  let isClosed = false;
  const free = (item: Held) => item.free();
  async function* decode() {
    try {
      for (let i = 0; i < count; i++) {
        await work(`decode ${i}`);
        yield new Held(i);
      }
    } finally {
      isClosed = true;
    }
  }
  async function* enhance(source: AsyncIterable<Held>) {
    for await (const item of source)
      try {
        await work(`enhance ${item.number}`);
        yield new Held(item.number);
      } finally {
        item.free();
      }
  }
  const encode = async () => {
    const decoded = workAhead(decode(), most, free);
    for await (const item of workAhead(enhance(decoded), most, free))
      try {
        await work(`encode ${item.number}`);
        written.push(item.number);
      } finally {
        item.free();
      }
  };
  const done = encode();
  done.catch(() => undefined);
  return { ...rest, written, done, isClosed: () => isClosed };
}

test('while one item is written the next is changed and the one after it made', async () => {
  const { names, end, endAll, done, written } = line(5, 1);
  await settle();
  await end('decode 0');
  expect(names()).toEqual(['decode 1', 'enhance 0']);
  await end('decode 1');
  await end('enhance 0');
  expect(names()).toEqual(['decode 2', 'encode 0', 'enhance 1']);
  // Whatever is ready first waits.
  await end('decode 2');
  await end('enhance 1');
  expect(names()).toEqual(['encode 0']);
  await end('encode 0');
  expect(names()).toEqual(['decode 3', 'encode 1', 'enhance 2']);
  await endAll();
  await done;
  expect(written).toEqual([0, 1, 2, 3, 4]);
});

test.each([1, 2, 3])(
  '%i ahead, no more items are held, however slow the last stage',
  async (most) => {
    const { names, end, endAll, done } = line(40, most);
    await settle();
    // What can be done is done, but for what is written.
    for (let written = 0; written < 20; written++) {
      for (let next; (next = names().find((name) => !name.startsWith('encode')));) await end(next);
      expect(names()).toEqual([`encode ${written}`]);
      await end(`encode ${written}`);
    }
    // Each stage's own, and those that wait between them.
    expect(Held.most).toBeLessThanOrEqual(2 * most + 2);
    await endAll();
    await done;
    expect(Held.now).toBe(0);
  },
);

test('none ahead, one thing is done at a time', async () => {
  const { names, end, endAll, done, written } = line(3, 0);
  await settle();
  for (const name of ['decode 0', 'enhance 0', 'encode 0', 'decode 1']) {
    expect(names()).toEqual([name]);
    await end(name);
  }
  await endAll();
  await done;
  expect(written).toEqual([0, 1, 2]);
});

test.each(['decode 4', 'enhance 4', 'encode 4'])(
  'what fails at %s ends all, once what goes on has ended, and nothing is held',
  async (which) => {
    const { names, end, endAll, done, written, isClosed } = line(20, 2);
    await settle();
    while (!names().includes(which)) await end(names()[0]!);
    let isOver = false;
    const over = () => void (isOver = true);
    done.then(over, over);
    await end(which, new Error(which));
    // Nobody is left behind at work.
    while (names().length > 0) {
      expect(isOver).toBe(false);
      await end(names()[0]!);
    }
    await endAll();
    await expect(done).rejects.toThrow(which);
    expect(isClosed()).toBe(true);
    expect(Held.now).toBe(0);
    // What was whole before is not lost.
    expect(written).toEqual([0, 1, 2, 3]);
  },
);

test('who stops taking items lets the source end', async () => {
  let isClosed = false;
  async function* numbers() {
    try {
      for (let i = 0; ; i++) yield await Promise.resolve(i);
    } finally {
      isClosed = true;
    }
  }
  const dropped: number[] = [];
  const taken: number[] = [];
  for await (const number of workAhead(numbers(), 3, (each) => void dropped.push(each))) {
    taken.push(number);
    await settle();
    if (number === 1) break;
  }
  expect(taken).toEqual([0, 1]);
  expect(dropped).toEqual([2, 3, 4]);
  expect(isClosed).toBe(true);
});
