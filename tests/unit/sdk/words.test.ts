import { expect, test } from 'vitest';
import { EnhanceError } from '../../../src/core/errors';
import { asPublic, PublicError } from '../../../src/sdk/public-error';
import { sayNotes, sayProblem } from '../../../src/sdk/words';
import { notes, notWords, plainWords, troubles } from '../core/troubles';

test.each(troubles)('$problem has words for $facts', (trouble) => {
  const text = sayProblem(trouble);
  expect(text).toMatch(plainWords);
  expect(text).not.toMatch(notWords);
});

test.each(notes)('$note has words for $facts', (note) => {
  const [text] = sayNotes([note]);
  expect(text).toMatch(plainWords);
  expect(text).not.toMatch(notWords);
});

test('a page catches code, words and facts; what is not ours, as it is', () => {
  const facts = { scale: 4, width: 8, height: 8, fits: 2 };
  const caught = asPublic(new EnhanceError('result-too-large', facts));
  expect(caught).toBeInstanceOf(PublicError);
  expect(caught).toMatchObject({ name: 'EnhanceError', code: 'too-large', detail: facts });
  expect(String(caught)).toMatch(/2× fits\.$/);
  expect(asPublic(new EnhanceError('cancelled'))).toMatchObject({ detail: undefined });
  const mine = new Error('mine');
  expect(asPublic(mine)).toBe(mine);
});
