import { describe, expect, test } from 'vitest';
import { EtaMeter, psnr } from '../../../../src/core/run/eta';

describe('time left', () => {
  /** Feeds a meter simulated parts and returns the estimate's relative error after each. */
  function errors(durations: number[]): number[] {
    const meter = new EtaMeter(durations.length);
    meter.start(0);
    let now = 0;
    return durations.map((took, i) => {
      meter.tick(1, (now += took));
      const left = durations.slice(i + 1).reduce((a, b) => a + b, 0) / 1000;
      return left === 0 ? meter.seconds! : Math.abs(meter.seconds! - left) / left;
    });
  }

  test('is within 20 % after a tenth of the parts, a slow first part notwithstanding', () => {
    const jitter = (i: number) => 100 + 15 * Math.sin(i * 2.4);
    const durations = Array.from({ length: 100 }, (_, i) => (i === 0 ? 3000 : jitter(i)));
    expect(Math.max(...errors(durations).slice(10, 95))).toBeLessThan(0.2);
  });

  test('follows a machine that slows down', () => {
    const durations = Array.from({ length: 100 }, (_, i) => (i < 40 ? 100 : 200));
    expect(errors(durations)[70]).toBeLessThan(0.1);
  });

  test('is unknown before the first part and nothing after the last', () => {
    const meter = new EtaMeter(1);
    expect(meter.seconds).toBeNull();
    meter.start(0);
    meter.tick(1, 5);
    expect([meter.seconds, meter.fraction]).toEqual([0, 1]);
  });

  test('weighs parts by their work, and leaves out what lies between two loops', () => {
    const meter = new EtaMeter(40);
    meter.start(1000);
    for (let part = 1; part <= 10; part++) meter.tick(1, 1000 + part * 100);
    expect([meter.fraction, meter.seconds]).toEqual([0.25, 3]);
    meter.start(60_000);
    meter.tick(10, 61_000);
    expect([meter.fraction, meter.seconds]).toEqual([0.5, 2]);
  });
});

test('work of another kind has a pace of its own, and the one before counts until it is known', () => {
  const meter = new EtaMeter(100);
  meter.start(0, 'filter');
  for (let part = 1; part <= 20; part++) meter.tick(1, part * 1000);
  expect(meter.seconds).toBe(80);
  meter.start(50_000, 'network');
  expect(meter.seconds).toBe(80);
  meter.tick(20, 52_000);
  expect(meter.seconds).toBeCloseTo(6);
});

test('PSNR of a known error', () => {
  expect(psnr([0, 0, 0, 0], [1, 1, 1, 1])).toBeCloseTo(48.1308, 3);
  expect(psnr([7], [7])).toBe(Infinity);
});
