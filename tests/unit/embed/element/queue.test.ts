import { expect, test } from 'vitest';
import { leaveTurn, wantTurn } from '../../../../src/embed/element/queue';

test('turns are taken one at a time, in order, and by those still there', () => {
  const [a, b, c, d] = [{}, {}, {}, {}];
  const went: string[] = [];
  for (const [holder, name] of [[a, 'a'] as const, [b, 'b'] as const, [c, 'c'] as const])
    wantTurn(holder, () => went.push(name));
  wantTurn(a, () => went.push('a again'));
  expect(went).toEqual(['a']);
  leaveTurn(b);
  leaveTurn(d);
  expect(went).toEqual(['a']);
  leaveTurn(a);
  leaveTurn(a);
  expect(went).toEqual(['a', 'c']);
  leaveTurn(c);
  wantTurn(b, () => went.push('b'));
  expect(went).toEqual(['a', 'c', 'b']);
});
