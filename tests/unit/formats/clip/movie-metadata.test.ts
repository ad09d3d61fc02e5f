import { expect, test } from 'vitest';
import { boxesOf, findBox, makeBox, wordsOf } from '../../../../src/formats/clip/boxes';
import {
  noMovieMetadata,
  readMovieMetadata,
  withoutIdentity,
} from '../../../../src/formats/clip/movie-metadata';

const text = (words: string) => new TextEncoder().encode(words);
const valueOf = (words: string) => makeBox('data', wordsOf(1, 0), text(words));
const handler = (kind: string) => makeBox('hdlr', wordsOf(0, 0), text(kind), new Uint8Array(13));

/** As phones write it: items are named by the numbers of their keys, from 1 on. */
function phoneMeta(items: Readonly<Record<string, string>>): Uint8Array {
  const names = Object.keys(items);
  const keys = names.map((name) => makeBox('mdta', text(name)));
  const list = names.map((name, i) => {
    return makeBox(String.fromCharCode(0, 0, 0, i + 1), valueOf(items[name]!));
  });
  return makeBox(
    'meta',
    handler('mdta'),
    makeBox('keys', wordsOf(0, keys.length), ...keys),
    makeBox('ilst', ...list),
  );
}

const phone = phoneMeta({
  'com.apple.quicktime.make': 'Pear',
  'com.apple.quicktime.location.ISO6709': '+52.5200+013.4050/',
  'com.apple.quicktime.creationdate': '2019-07-14T12:00:00+0200',
  'com.apple.quicktime.location.accuracy.horizontal': '4.766',
  'com.apple.quicktime.content.identifier': 'A8E5-1',
});

/** What can be read in bytes. */
const latin = (...parts: readonly (Uint8Array | null)[]) =>
  parts.map((part) => new TextDecoder('latin1').decode(part ?? new Uint8Array())).join('');

test('what a phone says in a box of its own is kept byte by byte', () => {
  const { meta, userData } = readMovieMetadata(makeBox('moov', makeBox('mvhd'), phone));
  expect(meta).toEqual(phone.subarray(8));
  expect(userData).toEqual([]);
});

test('a phone’s place and what tells it from others are left out, its make and date are not', () => {
  const { meta } = withoutIdentity(readMovieMetadata(makeBox('moov', phone)));
  expect(latin(meta)).toContain('Pear');
  expect(latin(meta)).toContain('2019-07-14T12:00:00+0200');
  expect(latin(meta)).not.toMatch(/52\.52|4\.766|A8E5/);
  // Those that are left still name their keys.
  const items = [...boxesOf(findBox(meta!, ['ilst'])!)];
  expect(items.map(([name]) => name.charCodeAt(3))).toEqual([1, 3]);
});

test('of boxes that only a camera’s maker can read nothing is said without its identity', () => {
  const telemetry = makeBox('GPMF', text('GPS5 52.52'));
  const bought = makeBox(
    'meta',
    wordsOf(0),
    handler('mdir'),
    makeBox(
      'ilst',
      ...[makeBox('\u00a9nam', valueOf('At sea')), makeBox('apID', valueOf('anna@example.com'))],
    ),
  );
  const written = makeBox('\u00a9mak', text('Pear'));
  const place = makeBox('\u00a9xyz', text('+52.5200'));
  const all = [telemetry, bought, written, place];
  const read = readMovieMetadata(makeBox('moov', makeBox('udta', ...all)));
  expect(read.userData).toEqual(all);
  const { userData } = withoutIdentity(read);
  expect(latin(...userData)).toMatch(/At sea[^]*Pear/);
  expect(latin(...userData)).not.toMatch(/52\.52|anna/);
});

test('what lies elsewhere in the file, is more than is kept or is the list of chapters is not carried; all but that is told', () => {
  const located = makeBox('meta', wordsOf(0), handler('mdir'), makeBox('iloc', wordsOf(0, 0)));
  const chapters = makeBox('chpl', wordsOf(0, 0));
  const moov = makeBox('moov', makeBox('udta', located, chapters), located);
  const lost = { ...noMovieMetadata, isAll: false };
  expect(readMovieMetadata(moov)).toEqual(lost);
  expect(readMovieMetadata(makeBox('moov', makeBox('udta', chapters)))).toEqual(noMovieMetadata);
  const large = makeBox('moov', makeBox('udta', makeBox('GPMF', new Uint8Array(2 ** 24))));
  expect(readMovieMetadata(large)).toEqual(lost);
});

test('damage is no failure', () => {
  const moov = makeBox('moov', makeBox('udta', phone), phone);
  for (let at = 8; at < moov.length; at++) {
    const damaged = moov.slice();
    damaged[at]! ^= 0xff;
    const { userData, meta } = withoutIdentity(readMovieMetadata(damaged));
    expect(latin(...userData, meta).length).toBeLessThanOrEqual(2 * moov.length);
  }
});
