import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EnhanceCode } from '../../../../src/core/errors';
import { Ladder, type Attempt, type Failure } from '../../../../src/core/plan/recovery';

const gpu: Attempt = { backend: 'webgpu', runtimes: ['one'], precision: 'int8', tile: 384 };
const fails = (code: EnhanceCode, more: Partial<Failure> = {}): Failure => ({
  ...{ code, isEngineGone: false, hasProgressed: false },
  ...more,
});

/** The measures against the same failure over and over, until none is left. */
function climb(start: Attempt, failure: Failure, ladder = new Ladder(true)): string[] {
  const seen: string[] = [];
  let attempt = start;
  for (;;) {
    const retry = ladder.next(attempt, failure);
    if (!retry) return seen;
    seen.push(retry.rung);
    attempt = retry.attempt;
  }
}

describe('what is done about a failure', () => {
  test('too little memory: half the tile, another device, another thread, the CPU, and the end', () => {
    expect(climb(gpu, fails('out-of-memory'))).toEqual([
      ...['tile', 'device', 'worker', 'cpu'],
      ...['tile', 'worker'],
    ]);
    const { attempt } = new Ladder(true).next(gpu, fails('out-of-memory'))!;
    expect(attempt).toEqual({ ...gpu, tile: 192 });
  });

  test('a lost device: another device first, with half the tile', () => {
    const ladder = new Ladder(true);
    expect(ladder.next(gpu, fails('device-lost'))).toEqual({
      ...{ rung: 'device', isAnew: false },
      attempt: { ...gpu, tile: 192 },
    });
  });

  test('a dead thread is replaced, whatever it said last', () => {
    expect(climb(gpu, fails('internal', { isEngineGone: true }))[0]).toBe('worker');
  });

  test('a wrong result: full precision, then the CPU, always anew', () => {
    const half: Attempt = { ...gpu, precision: 'fp16' };
    expect(climb(half, fails('wrong-result'))).toEqual(['precision', 'cpu']);
    expect(new Ladder(true).next(half, fails('wrong-result'))!.isAnew).toBe(true);
    expect(climb({ ...gpu, backend: 'wasm' }, fails('wrong-result'))).toEqual([]);
  });

  test('another runtime, where there is one, stands before the CPU', () => {
    const two: Attempt = { ...gpu, runtimes: ['one', 'two'] };
    expect(climb({ ...two, precision: 'fp16' }, fails('wrong-result'))).toEqual([
      ...['precision', 'runtime', 'cpu'],
    ]);
    expect(new Ladder(true).next(two, fails('wrong-result'))).toEqual({
      ...{ rung: 'runtime', isAnew: true },
      attempt: { ...gpu, runtimes: ['two'] },
    });
    expect(climb(two, fails('device-lost'), new Ladder(false))).toEqual([
      ...['device', 'worker', 'runtime'],
    ]);
    expect(climb({ ...two, backend: 'wasm' }, fails('wrong-result'))).toEqual([]);
  });

  test('progress makes mild measures good again', () => {
    const ladder = new Ladder(true);
    const failure = fails('device-lost', { hasProgressed: true });
    expect([1, 2, 3].map(() => ladder.next(gpu, failure)!.rung)).toEqual(Array(3).fill('device'));
  });

  test('what no measure helps against stands: cancel, network, a GPU that was asked for by name', () => {
    for (const code of ['cancelled', 'offline', 'model-missing', 'no-gpu', 'too-large'] as const)
      expect(new Ladder(true).next(gpu, fails(code))).toBeNull();
    expect(climb(gpu, fails('device-lost'), new Ladder(false))).toEqual(['device', 'worker']);
  });

  test('it always ends, and never with a larger tile', () => {
    const codes = fc.constantFrom<EnhanceCode>(
      ...(['out-of-memory', 'device-lost', 'internal', 'wrong-result', 'model-corrupt'] as const),
    );
    const failure = fc.record({
      code: codes,
      isEngineGone: fc.boolean(),
      hasProgressed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.infiniteStream(failure), fc.boolean(), (failures, mayUseCpu) => {
        const ladder = new Ladder(mayUseCpu);
        let attempt: Attempt = { ...gpu, runtimes: ['one', 'two', 'three'] };
        for (let steps = 0; ; steps++) {
          expect(steps).toBeLessThan(20);
          const retry = ladder.next(attempt, failures.next().value as Failure);
          if (!retry) return;
          expect(retry.attempt.tile).toBeLessThanOrEqual(attempt.tile);
          attempt = retry.attempt;
        }
      }),
    );
  });
});
