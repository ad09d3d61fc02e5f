import { afterEach, expect, test } from 'vitest';
import { en } from '../../../../src/app/i18n/en';
import { enBrush } from '../../../../src/app/i18n/en-brush';
import { enCrop } from '../../../../src/app/i18n/en-crop';
import { enDamage } from '../../../../src/app/i18n/en-damage';
import { enDepth } from '../../../../src/app/i18n/en-depth';
import { enEstimate } from '../../../../src/app/i18n/en-estimate';
import { enFaces } from '../../../../src/app/i18n/en-faces';
import { enFilm } from '../../../../src/app/i18n/en-film';
import { enFrame } from '../../../../src/app/i18n/en-frame';
import { enHistory } from '../../../../src/app/i18n/en-history';
import { enLight } from '../../../../src/app/i18n/en-light';
import { enOld } from '../../../../src/app/i18n/en-old';
import { enOwn } from '../../../../src/app/i18n/en-own';
import { enPage } from '../../../../src/app/i18n/en-page';
import { enQueue } from '../../../../src/app/i18n/en-queue';
import { enReview } from '../../../../src/app/i18n/en-review';
import { enSize } from '../../../../src/app/i18n/en-size';
import { enTint } from '../../../../src/app/i18n/en-tint';
import { enBalance } from '../../../../src/app/i18n/en-balance';
import { enTone } from '../../../../src/app/i18n/en-tone';
import { readGuide } from '../../../../src/app/i18n/guide';
import { setLanguage } from '../../../../src/app/i18n/language.svelte';
import { chooseLanguage, languages, type OtherLanguage } from '../../../../src/app/i18n/languages';
import { loadTables } from '../../../../src/app/i18n/load-tables';
import type { DeskTables, FrameTables, PageTables } from '../../../../src/app/i18n/parts';
import { formatBytes, formatDuration, saySigned } from '../../../../src/app/i18n/quantity';
import { r } from '../../../../src/app/i18n/en-review';
import { joinWords } from '../../../../src/app/i18n/sentence';
import { decimalSign } from '../../../../src/app/i18n/speak';
import { t } from '../../../../src/app/i18n/translate';

/** Every table of English that other languages have, by its part. */
const english: Readonly<Record<keyof (PageTables & FrameTables & DeskTables), object>> = {
  ...{ page: enPage, main: en, frame: { ...en, ...enFrame }, brush: enBrush, crop: enCrop },
  ...{ damage: enDamage, depth: enDepth, estimate: enEstimate, faces: enFaces },
  ...{ film: enFilm, history: enHistory },
  ...{
    light: enLight,
    old: enOld,
    own: enOwn,
    queue: enQueue,
    review: enReview,
    size: enSize,
    tint: enTint,
    tone: enTone,
    balance: enBalance,
  },
};

const others = languages.filter((each): each is OtherLanguage => each !== 'en');

type Leaf = { readonly path: string; readonly text: string };

const isPlural = (value: object): boolean => 'other' in value && 'one' in value;

/** The phrases of a table, by their paths; all forms of a plural under one. */
function listLeaves(value: unknown, path = ''): readonly Leaf[] {
  if (typeof value === 'string') return [{ path, text: value }];
  const entries = Object.entries(value as object);
  return entries.flatMap(([key, each]) => listLeaves(each, path ? `${path} ${key}` : key));
}

const holesOf = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

/** What English says under a path, where a language has more forms of a plural than English. */
function find(table: object, path: string): string | undefined {
  let value: unknown = table;
  for (const key of path.split(' ')) {
    const of = value as Readonly<Record<string, unknown>>;
    value = key in of ? of[key] : isPlural(of) ? of['other'] : undefined;
    if (value === undefined) return undefined;
  }
  return value as string;
}

afterEach(() => setLanguage('en', {}));

/** Words and names that are the same in another language: whatever else is equal was left in English. */
const isSentence = (text: string): boolean =>
  (text.replace(/\{\w+\}/g, '').match(/\p{L}{2,}/gu) ?? []).length > 2;

for (const language of others) {
  const load = async () => {
    const parts = await Promise.all(
      (['page', 'frame', 'guide'] as const).map((part) => loadTables(language, part)),
    );
    return Object.assign({}, ...parts) as Readonly<Record<string, object>>;
  };

  test(`${language} has every phrase, with the holes of the English one, and nothing is left in English`, async () => {
    const tables = await load();
    for (const [part, table] of Object.entries(english)) {
      const own = listLeaves(tables[part]);
      const missing = listLeaves(table)
        .map(({ path }) => path)
        .filter((path) => find(tables[part]!, path) === undefined);
      expect(
        missing.filter((path) => !path.endsWith(' one')),
        part,
      ).toEqual([]);
      for (const { path, text } of own) {
        const original = find(table, path);
        expect(text, `${part} ${path}`).not.toBe('');
        const holes = holesOf(text).filter((hole) => hole !== '{count}');
        expect(holes, `${part} ${path}`).toEqual(
          holesOf(original ?? '').filter((hole) => hole !== '{count}'),
        );
        if (isSentence(text)) expect(text, `${part} ${path}`).not.toBe(original);
      }
    }
  });

  test(`${language} has the forms of plurals that it needs`, async () => {
    const { review } = await load();
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const forms = Object.keys((review as typeof enReview).found);
    // A million of anything is not counted here.
    expect(forms.sort()).toEqual(needed.filter((form) => form !== 'many').sort());
  });

  test(`${language} has the whole guide, with its pictures`, async () => {
    const before = readGuide();
    setLanguage(language, await load());
    const after = readGuide();
    const shapeOf = (guide: ReturnType<typeof readGuide>) =>
      guide.map(({ texts }) =>
        texts.map(({ about, picture }) => [about, picture?.file, picture?.parts.length]),
      );
    expect(shapeOf(after)).toEqual(shapeOf(before));
    const texts = after.flatMap(({ texts: each }) => each.map(({ text }) => text));
    const known = new Set(before.flatMap(({ texts: each }) => each.map(({ text }) => text)));
    expect(texts.filter((text) => text === '' || known.has(text))).toEqual([]);
  });
}

/** What stands between the quotation marks of each. */
const quoted: Readonly<Record<OtherLanguage, RegExp>> = {
  ...{ de: /„([^“]+)“/g, fr: /« ([^»]+) »/g, es: /«([^»]+)»/g, ja: /「([^」]+)」/g },
  'zh-Hans': /“([^”]+)”/g,
};

test.each(others)('%s names the words of the page as they stand on it', async (language) => {
  const parts = (['page', 'frame', 'guide'] as const).map((part) => loadTables(language, part));
  const texts = listLeaves(await Promise.all(parts)).map(({ text }) => text);
  const words = new Set(texts.map((text) => text.replace(/…$/, '')));
  const named = texts.flatMap((text) =>
    [...text.matchAll(quoted[language])].map(([, name]) => name!),
  );
  expect(named.length).toBeGreaterThan(50);
  // Whose words are filled in, and what is an example of a colour, is no word of the page.
  const own = named.filter((name) => !/[{#]/.test(name));
  expect(own.filter((name) => !words.has(name))).toEqual([]);
});

test.each(['ja', 'zh-Hans'] as const)(
  '%s has wide marks of punctuation among its characters',
  async (language) => {
    const parts = (['page', 'frame', 'guide'] as const).map((part) => loadTables(language, part));
    const texts = listLeaves(await Promise.all(parts));
    const han = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー」”]';
    const narrow = new RegExp(`\\}\\(|${han}(?:[:;!,()]|\\?(?!\\w))|[,()]${han}|\\d %|\\} %`, 'u');
    expect(texts.filter(({ text }) => narrow.test(text))).toEqual([]);
  },
);

test('ja has no space between its characters and others', async () => {
  const parts = (['page', 'frame', 'guide'] as const).map((part) => loadTables('ja', part));
  const kana = '[\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Han}]';
  const apart = new RegExp(`${kana} [\\w{]|[\\w}%] ${kana}`, 'u');
  const texts = listLeaves(await Promise.all(parts));
  expect(texts.filter(({ text }) => apart.test(text))).toEqual([]);
});

test.each(['ja', 'zh-Hans'] as const)(
  '%s ends no sentence with a full stop of the West, and begins none with a space',
  async (language) => {
    const tables = await Promise.all([loadTables(language, 'page'), loadTables(language, 'frame')]);
    const texts = listLeaves(tables);
    expect(texts.length).toBeGreaterThan(100);
    const wrong = texts.filter(({ text }) => /^ .*。$|[\p{L}}]\.$/u.test(text));
    expect(wrong).toEqual([]);
  },
);

test('the first language that is wished for and that there is', () => {
  expect(chooseLanguage(['de-AT', 'en'])).toBe('de');
  expect(chooseLanguage(['it', 'pt-BR', 'fr-CA', 'en'])).toBe('fr');
  expect(chooseLanguage(['zh-CN'])).toBe('zh-Hans');
  expect(chooseLanguage(['zh-SG'])).toBe('zh-Hans');
  // Who reads traditional characters is better served by the next of their languages.
  expect(chooseLanguage(['zh-TW', 'ja'])).toBe('ja');
  expect(chooseLanguage(['', 'no such tag', 'eo'])).toBe('en');
});

test('numbers, sizes and times are those of the language, and a missing table speaks English', () => {
  expect([formatBytes(3.4e6), formatDuration(12), saySigned(-1.5, 1)]).toEqual([
    '3.4 MB',
    '12 s',
    '−1.5',
  ]);
  setLanguage('de', {});
  expect([formatBytes(3.4e6), formatDuration(150), saySigned(0.3, 1)]).toEqual([
    '3,4 MB',
    '3 min',
    '+0,3',
  ]);
  expect(t('details.soft', { percent: 12.5 })).toBe('detail of 12,5\u00a0% of its size');
  expect(r('found', { count: 1 })).toBe('One place with invented detail.');
  setLanguage('ja', {});
  expect([formatDuration(150), joinWords(['JPEG', formatBytes(3e3)])]).toEqual([
    '3分',
    'JPEG、3 KB',
  ]);
});

test('spreadsheets of a language read the numbers of its report', () => {
  const signs = languages.map((language) => {
    setLanguage(language, {});
    return decimalSign();
  });
  expect(signs).toEqual(['.', ',', ',', ',', '.', '.']);
});

test.each([
  ['fr', /\bclips?\b/i],
  ['es', /\bclips?\b/i],
  ['ja', /クリップ(?!ボード)/],
  ['zh-Hans', /影片|短片/],
] as const)('%s has one word for a clip', async (language, other) => {
  const parts = (['page', 'frame', 'guide'] as const).map((part) => loadTables(language, part));
  const texts = listLeaves(await Promise.all(parts)).map(({ text }) => text);
  const words = texts.map((text) => text.replace(/\{\w+\}/g, ''));
  expect(words.filter((text) => other.test(text))).toEqual([]);
});
