import { expect, test } from 'vitest';
import type { ClipFindings } from '../../../../../../src/core/findings/clip-findings';
import type { ClipFacts } from '../../../../../../src/core/film/clip';
import { sourceOf } from '../../../../../../src/app/platform/photo-source';
import type { ClipFilm } from '../../../../../../src/app/state/queue/clips/clip-film';
import {
  ClipStage,
  type OpenFilm,
} from '../../../../../../src/app/state/queue/clips/clip-stage.svelte';
import { Entry } from '../../../../../../src/app/state/queue/entry.svelte';
import { clean } from '../../../fake-owner';

const facts: ClipFacts = {
  ...{ width: 4, height: 3, container: 'mp4', codec: 'H.264', from: 0, to: 8, frameRate: 25 },
  ...{ isEven: true, sounds: [], lostSounds: 0 },
};
const flickering: ClipFindings = { analysis: clean, flicker: 0.05, isBanded: false };

/** The tab Film of a clip. */
class FakeFilm implements OpenFilm {
  readonly facts = facts;
  from = $state(0);
  to = $state(8);
  steps = $state.raw<ClipFilm>({});
  take: OpenFilm['take'] = ({ from = 0, to = 8, ...steps }) =>
    Object.assign(this, { from, to, steps });
}

/** A stage that two clips lie on in turn. */
class Desk {
  /** What an effect of the page does at each change. */
  follow: () => void = () => undefined;
  film = $state.raw<FakeFilm | null>(null);
  filmAdvice = $state.raw<{ findings: ClipFindings | null } | null>(null);
  staged = $state.raw<Entry | null>(null);
  put(entry: Entry): FakeFilm {
    this.filmAdvice = { findings: null };
    this.film = new FakeFilm();
    this.staged = entry;
    this.follow();
    return this.film;
  }
  find(findings: ClipFindings): void {
    this.filmAdvice = { findings };
    this.follow();
  }
}

function setUp(forAll: ClipFilm | null = null) {
  const desk = new Desk();
  const stage = new ClipStage(desk, () => forAll);
  desk.follow = () => stage.follow(desk.staged);
  const [a, b] = ['a.mp4', 'b.mp4'].map((name, i) => new Entry(i, sourceOf(new File([], name))));
  return { desk, a: a!, b: b! };
}

test('what is set under Film is meant for its clip alone, and is there again with it', () => {
  const { desk, a, b } = setUp();
  const film = desk.put(a);
  film.steps = { rate: 60 };
  film.from = 2;
  desk.follow();
  expect(a.clip!.film).toEqual({ rate: 60, from: 2, to: 8 });
  desk.put(b);
  expect(b.clip!.film).toBe(null);
  const again = desk.put(a);
  expect([again.steps, again.from]).toEqual([{ rate: 60 }, 2]);
  // It stays when it is known what the clip calls for.
  desk.find(flickering);
  expect(a.clip!.film).toEqual({ rate: 60, from: 2, to: 8 });
});

test('what is set as the clip calls for is nothing of its own', () => {
  const { desk, a } = setUp();
  const film = desk.put(a);
  // As the advice does it.
  film.steps = { deflicker: true };
  desk.find(flickering);
  expect(a.clip!.film).toBe(null);
  film.steps = {};
  desk.follow();
  expect(a.clip!.film).toEqual({});
  film.steps = { deflicker: true };
  desk.follow();
  expect(a.clip!.film).toBe(null);
});

test('what all clips get lies there with each, and what differs from it is of one alone', () => {
  const { desk, a } = setUp({ rate: 50 });
  const film = desk.put(a);
  expect(film.steps).toEqual({ rate: 50 });
  desk.find(flickering);
  expect(a.clip!.film).toBe(null);
  film.steps = { rate: 25 };
  desk.follow();
  expect(a.clip!.film).toEqual({ rate: 25 });
});
