import { expect, test } from 'vitest';
import { readFrameMessage } from '../../../../src/embed/element/frame-message';

const file = new Blob(['x']);
const report = { backend: 'wasm', software: false, seconds: 1, steps: ['a: b'], summary: '' };
const known = [
  { type: 'ready' },
  { type: 'want' },
  { type: 'over' },
  { type: 'pong' },
  { type: 'refused', message: 'no' },
  { type: 'fetch', id: 3 },
  { type: 'done', id: 1, blob: null },
  { type: 'failed', id: 1, code: 'busy', message: '' },
  { type: 'error', code: 'too-large', message: '' },
  { type: 'progress', progress: { stage: 'run', fraction: 0.5, etaSeconds: null } },
  { type: 'result', result: { blob: file, name: 'a', width: 1, height: 1, report } },
  { type: 'change', change: { state: 'open', photo: null, recipe: {} } },
];

test.each(known)('of a frame, $type is understood, without what is not known of it', (message) => {
  expect(readFrameMessage({ ...message, more: 1 })).toEqual(message);
});

/** Each object with one of its fields wrong, at every depth. */
function* spoil(value: object): Generator<object> {
  for (const [name, field] of Object.entries(value) as [string, unknown][]) {
    yield { ...value, [name]: Symbol.iterator };
    const isPlain = typeof field === 'object' && field !== null && !(field instanceof Blob);
    if (isPlain && !Array.isArray(field) && name !== 'recipe')
      for (const spoilt of spoil(field)) yield { ...value, [name]: spoilt };
  }
}

test('one wrong field of one of them, wherever it is, and nothing of it is believed', () => {
  const spoilt = known.flatMap((message) => [...spoil(message)]);
  expect(spoilt.length).toBeGreaterThan(30);
  for (const message of spoilt) expect(readFrameMessage(message)).toBeNull();
});

test.each([
  ...[null, 'ready', [], { type: 'toString' }, { type: '__proto__' }, { type: 'open', id: 1 }],
  { type: 'done', id: 1 },
  { type: 'failed', id: 1, code: '<b>', message: '' },
  { type: 'refused', message: 'x'.repeat(5001) },
  { type: 'progress', progress: { stage: 'run', fraction: 1.5, etaSeconds: null } },
])('%j is refused', (message) => {
  expect(readFrameMessage(message)).toBeNull();
});
