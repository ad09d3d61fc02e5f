import { expect, test } from 'vitest';
import { bindWords } from '../../../../src/app/i18n/line-breaks';

const tied = (text: string, language: Parameters<typeof bindWords>[1]) =>
  bindWords(text, language).replaceAll('\u00a0', '~');

test('a number stays with its unit, and the sides of a size with each other', () => {
  expect(tied('Auf 128 × 96 in 0,6 s, 3,4 MB, zu 60 %.', 'de')).toBe(
    'Auf 128~×~96 in 0,6~s, 3,4~MB, zu 60~%.',
  );
  expect(tied('2 von 3 Fotos, 4 sehr groß', 'de')).toBe('2 von 3 Fotos, 4 sehr groß');
  expect(tied('{width} × {height} 写真', 'ja')).toBe('{width} × {height} 写真');
});

test('French has no line that begins with a double mark, and none that ends in an open guillemet', () => {
  expect(tied('Fini : « Enregistrer » écrit ; prêt ? Oui !', 'fr')).toBe(
    'Fini~: «~Enregistrer~» écrit~; prêt~? Oui~!',
  );
  expect(tied('Ready : no', 'de')).toBe('Ready : no');
});

test('English stands as it was written, turned round too', () => {
  for (const language of ['en', 'ar-XB'] as const)
    expect(bindWords('128 × 96, 60 %', language)).toBe('128 × 96, 60 %');
});
