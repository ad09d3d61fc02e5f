import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFrameMessage } from '../../../src/embed/element/frame-message';
import { readConnect, type Settings } from '../../../src/embed/protocol';
import { readHostMessage, readWorkId } from '../../../src/embed/frame/host-message';
import { usualSettings } from '../../embed-settings';

const settings: Settings = { ...usualSettings, backend: 'auto' };
const file = new Blob(['x']);

describe('what a host says', () => {
  test.each([
    { type: 'configure', settings },
    { type: 'open', id: 1, file, name: 'a.png' },
    { type: 'enhance', id: 2, recipe: null },
    { type: 'save', id: 3, options: { format: 'png', strength: 0.5 } },
    { type: 'models', models: [{ address: 'https://a.example/b.onnx', bytes: 5, version: '"1"' }] },
    { type: 'model', id: 4, part: Uint8Array.of(1, 2) },
    { type: 'model', id: 4, part: undefined },
    { type: 'cancel' },
    { type: 'close' },
    { type: 'go' },
    { type: 'ping' },
  ])('$type is understood, without what is not known of it', (message) => {
    const expected = message.type === 'configure' ? { ...message, refused: null } : message;
    expect(readHostMessage({ ...message, more: 1 })).toEqual(expected);
  });

  test.each([
    ...Object.keys(settings).map((name) => ({
      type: 'configure',
      settings: { ...settings, [name]: Symbol.iterator },
    })),
    { type: 'open', id: -1, file, name: 'a' },
    { type: 'enhance', id: 1.5, recipe: null },
    { type: 'models', models: [{ address: 'b.onnx', bytes: 5, version: null }] },
    { type: 'models', models: [{ address: 'file:///b.onnx', bytes: 5, version: null }] },
    { type: 'models', models: {} },
    { type: 'model', id: 1, part: 'x' },
    { type: 'model', id: 1, part: new ArrayBuffer(1) },
    { type: 'toString' },
    { type: 'ready' },
    'ping',
    null,
  ])('%j is refused', (message) => {
    expect(readHostMessage(message)).toBeNull();
  });

  test.each([
    ['file', { type: 'open', file: 'x', name: 'a.png' }],
    ['name', { type: 'open', file, name: 'a'.repeat(256) }],
    ['recipe', { type: 'enhance', recipe: [] }],
    ['options', { type: 'save', options: null }],
    ['options.strength', { type: 'save', options: { strength: 2 } }],
    ['options.quality', { type: 'save', options: { quality: 900 } }],
    ['options.format', { type: 'save', options: { format: 'bmp' } }],
  ])('a request is answered where its %s does not fit', (path, message) => {
    const said = expect.stringContaining(`${path} must be`) as string;
    expect(readHostMessage({ ...message, id: 7 })).toEqual({
      ...{ type: 'unfit', id: 7, code: 'bad-option', message: said },
    });
  });
});

/** Anything, and things that begin like a message and then go wrong. */
const noise = fc.oneof(
  fc.anything(),
  fc
    .record({
      type: fc.constantFrom('configure', 'open', 'enhance', 'save', 'done', 'failed', 'result'),
      ...{ id: fc.anything(), settings: fc.anything(), file: fc.anything(), name: fc.anything() },
      ...{ result: fc.anything(), code: fc.anything(), message: fc.anything() },
    })
    .filter(({ type, id }) => type !== 'enhance' || !Number.isSafeInteger(id)),
);

test('10,000 random messages give nothing but refusals', () => {
  fc.assert(
    fc.property(noise, (message) => {
      const request = readHostMessage(message);
      if (request !== null) expect(request).toMatchObject({ type: 'unfit', code: 'bad-option' });
      expect(readFrameMessage(message)).toBeNull();
      expect(readConnect(message)).toBeNull();
    }),
    { numRuns: 10_000 },
  );
});

test('of a host’s models sixteen are heard of, and what makes no sense of one is not known', () => {
  const address = 'http://a.example/b.onnx';
  const models = Array(20).fill({ address, bytes: -1, version: 7 });
  expect(readHostMessage({ type: 'models', models })).toEqual({
    ...{ type: 'models', models: Array(16).fill({ address, bytes: 0, version: null }) },
  });
});

test('a request for work has a number that can be read alone; nothing else has', () => {
  expect(readWorkId({ type: 'save', id: 7, options: 3 })).toBe(7);
  expect(readWorkId({ type: 'enhance', id: 8 })).toBe(8);
  for (const other of [
    null,
    'save',
    { type: 'open', id: 1 },
    { type: 'ping' },
    { type: 'save', id: -1 },
  ])
    expect(readWorkId(other)).toBeNull();
});
