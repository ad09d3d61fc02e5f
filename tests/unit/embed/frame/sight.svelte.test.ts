import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { longMs, Sight } from '../../../../src/embed/frame/sight.svelte';

type Entry = { readonly intersectionRatio: number; readonly isVisible?: boolean };

class FakeObserver {
  isOver = false;
  constructor(
    readonly hear: (entries: readonly Entry[]) => void,
    readonly options: unknown,
  ) {
    observers.push(this);
  }
  observe = () => undefined;
  disconnect = () => void (this.isOver = true);
}

let observers: FakeObserver[];
let page: EventTarget & { visibilityState: DocumentVisibilityState };
let sight: Sight;

const seen = { intersectionRatio: 1, isVisible: true };
const tell = (...entries: Entry[]) => observers.at(-1)?.hear(entries);

beforeEach(() => {
  vi.useFakeTimers();
  observers = [];
  vi.stubGlobal('IntersectionObserver', FakeObserver);
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' as const });
  sight = new Sight(page);
  sight.watch({} as Element);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('half a second in full view is long', () => {
  expect(observers[0]?.options).toMatchObject({ trackVisibility: true, delay: 100 });
  tell(seen);
  vi.advanceTimersByTime(longMs - 1);
  expect(sight.isLong).toBe(false);
  vi.advanceTimersByTime(1);
  expect(sight.isLong).toBe(true);
});

test.each<[string, Entry]>([
  ['covered or faded', { ...seen, isVisible: false }],
  ['half out of the window', { ...seen, intersectionRatio: 0.5 }],
])('what is %s is not in view, and counts anew afterwards', (_, entry) => {
  tell(seen);
  vi.advanceTimersByTime(longMs);
  tell(seen, entry);
  expect(sight.isLong).toBe(false);
  vi.advanceTimersByTime(longMs);
  expect(sight.isLong).toBe(false);
  tell(seen);
  vi.advanceTimersByTime(longMs - 1);
  expect(sight.isLong).toBe(false);
  vi.advanceTimersByTime(1);
  expect(sight.isLong).toBe(true);
});

test('where a browser does not tell what is covered, being in the window is enough', () => {
  tell({ intersectionRatio: 1 });
  vi.advanceTimersByTime(longMs);
  expect(sight.isLong).toBe(true);
});

test('a document that nobody sees shows nothing', () => {
  tell(seen);
  vi.advanceTimersByTime(longMs);
  page.visibilityState = 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
  vi.advanceTimersByTime(longMs);
  expect(sight.isLong).toBe(false);
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  expect(sight.isLong).toBe(false);
  vi.advanceTimersByTime(longMs);
  expect(sight.isLong).toBe(true);
});

test('what would happen has changed: it counts anew', () => {
  tell(seen);
  vi.advanceTimersByTime(longMs);
  sight.renew();
  expect(sight.isLong).toBe(false);
  vi.advanceTimersByTime(longMs);
  expect(sight.isLong).toBe(true);
});

test('a button that has gone is not seen', () => {
  const end = sight.watch({} as Element);
  tell(seen);
  vi.advanceTimersByTime(longMs);
  end();
  expect(observers.at(-1)?.isOver).toBe(true);
  expect(sight.isLong).toBe(false);
});
