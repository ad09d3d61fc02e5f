import { describe, expect, test } from 'vitest';
import { EnhanceError, failed, settle, troubleOf, unwrap } from '../../../src/core/errors';

describe('failures across the thread', () => {
  test('keep problem, code and facts', async () => {
    const facts = { scale: 4, width: 8, height: 8, fits: 2 };
    const reply = structuredClone(
      await settle(() => {
        throw new EnhanceError('result-too-large', facts);
      }),
    );
    expect(reply).toEqual({ ok: false, problem: 'result-too-large', code: 'too-large', facts });
    expect(() => unwrap(reply)).toThrow(EnhanceError);
    expect(() => unwrap(reply)).toThrow(
      expect.objectContaining({ problem: 'result-too-large', code: 'too-large', facts }) as Error,
    );
  });

  test('an abort is a cancellation, a failed allocation is no memory, the rest is unexpected', async () => {
    const abort = new AbortController();
    abort.abort();
    const replies = await Promise.all([
      settle(() => abort.signal.throwIfAborted()),
      settle(() => new Uint8Array(-1)),
      settle(() => Promise.reject(new Error('odd'))),
    ]);
    expect(replies).toMatchObject([
      { problem: 'cancelled', code: 'cancelled', facts: {} },
      { problem: 'no-memory', code: 'out-of-memory' },
      { problem: 'unexpected', code: 'internal', facts: { cause: 'Error: odd' } },
    ]);
  });

  test('what is refused without an exception looks the same', () => {
    expect(failed('photo-missing')).toEqual({
      ok: false,
      ...troubleOf(new EnhanceError('photo-missing')),
    });
  });

  test('a console shows the problem and its facts', () => {
    expect(String(new EnhanceError('gpu-memory', { cause: 'full' }))).toBe(
      'EnhanceError: gpu-memory {"cause":"full"}',
    );
  });
});
