import { expect, test } from 'vitest';
import {
  chaptersOfMatroska,
  chaptersOfMovie,
  editionForMatroska,
  listForMovie,
} from '../../../../src/formats/clip/chapter-list';
import { bytesOf, element, makeElement } from '../../../../src/formats/clip/elements';
import { noMovieMetadata } from '../../../../src/formats/clip/movie-metadata';
import type { MovieBeside, TextTrack } from '../../../../src/formats/clip/movie-beside';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** A title as a track has it: its length first, and more behind it. */
const sample = (text: Uint8Array) =>
  new Uint8Array([...bytesOf(text.length, 2), ...text, 0, 0, 0, 12, ...utf8('encd'), 0, 0, 1, 0]);

const utf16 = new Uint8Array([0xfe, 0xff, 0, 0x5a, 0, 0x6f, 0, 0xeb]);

const nothing: MovieBeside = {
  ...{ tracks: [], chapters: [], made: 0, metadata: noMovieMetadata, lost: [] },
};

test('titles of a track are read by their length, in UTF-8 and UTF-16, before those of the list', async () => {
  const samples = [sample(utf8('One')), sample(utf16), new Uint8Array([0])];
  const file = new Blob(samples);
  let offset = 0;
  const placed = samples.map(({ length: size }, i) => {
    const at = { at: 600 * i - 60, duration: 600, offset, size };
    offset += size;
    return at;
  });
  const track: TextTrack = {
    ...{ isChapters: true, box: new Uint8Array(), timescale: 600, samples: placed },
  };
  const listed = [{ at: 25e6, title: utf8('listed') }];
  const both = { ...nothing, tracks: [{ ...track, isChapters: false }, track], chapters: listed };
  expect(await chaptersOfMovie(file, both)).toEqual([
    { at: -0.1, title: 'One' },
    { at: 0.9, title: 'Zo\u00eb' },
    { at: 1.9, title: '\0' },
  ]);
  expect(await chaptersOfMovie(file, { ...nothing, chapters: listed })).toEqual([
    { at: 2.5, title: 'listed' },
  ]);
});

const flag = (id: number) => makeElement(id, new Uint8Array([1]));
const chapter = (seconds: number, titles: readonly string[], ...more: Uint8Array[]) =>
  makeElement(
    element.chapter,
    makeElement(element.begins, bytesOf(seconds * 1e9, 8)),
    ...titles.map((title) =>
      makeElement(element.display, makeElement(element.chapterTitle, utf8(title))),
    ),
    ...more,
  );

test('of a Matroska file the chapters are read that a player lists', () => {
  const first = makeElement(element.edition, chapter(0, ['of another edition']));
  const meant = makeElement(
    element.edition,
    flag(element.isMeant),
    chapter(0, ['One', 'Eins'], chapter(0.5, ['within'])),
    chapter(1, ['hidden'], flag(element.isHidden)),
    chapter(1.5, []),
    chapter(2, ['Zo\u00eb\0\0']),
  );
  const both = new Uint8Array([...first, ...meant]);
  expect(chaptersOfMatroska(both)).toEqual([
    { at: 0, title: 'One' },
    { at: 1.5, title: '' },
    { at: 2, title: 'Zo\u00eb' },
  ]);
  expect(chaptersOfMatroska(first)).toEqual([{ at: 0, title: 'of another edition' }]);
  expect(chaptersOfMatroska(new Uint8Array())).toEqual([]);
});

test('what is written for one family is read again as it was, in the order of times', () => {
  const chapters = [
    { at: 2.4, title: 'Zo\u00eb' },
    { at: 0, title: '' },
    { at: 3700.123, title: 'Late' },
  ];
  const inOrder = [1, 0, 2].map((i) => chapters[i]);
  expect(chaptersOfMatroska(editionForMatroska(chapters))).toEqual(inOrder);
  const list = listForMovie(chapters)!;
  expect(list.map(({ at }) => at)).toEqual([0, 24_000_000, 37_001_230_000]);
});

test('a list holds 255 chapters, and titles of 255 bytes that end with a whole letter', () => {
  const many = Array.from({ length: 255 }, (_, at) => ({ at, title: '\u00eb'.repeat(200) }));
  const list = listForMovie(many)!;
  expect(list).toHaveLength(255);
  expect(new TextDecoder('utf-8', { fatal: true }).decode(list[0]!.title)).toBe(
    '\u00eb'.repeat(127),
  );
  expect(listForMovie([...many, { at: 300, title: '' }])).toBeNull();
});
