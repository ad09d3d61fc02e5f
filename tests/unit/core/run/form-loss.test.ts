/** What other forms of a network's weights cost. */
import { expect, test, vi } from 'vitest';
import { isFree, measureForm } from '../../../../src/core/run/form-loss';
import type { Planes } from '../../../../src/core/run/probe-pictures';

const geometry = { scale: 1, multiple: 1 } as const;
const release = vi.fn(async () => undefined);

/** A network that changes each value. */
const form = (rule: (value: number, at: number) => number) => async () => ({
  probe: async (input: Planes) => ({ ...input, values: input.values.map(rule) }),
  release,
});

const same = form((value) => value);
const off = (levels: number) => form((value, at) => value + (at % 2 ? levels : -levels) / 255);

test('one that gives the same costs nothing', async () => {
  const loss = await measureForm(same, same, geometry);
  expect(loss).toMatchObject({ psnrLoss: 0, levels: 0 });
  expect(isFree(loss)).toBe(true);
});

test('one that is off costs what its difference makes of the likeness to the picture', async () => {
  const rough = off(20);
  // 0.1 dB are 2.3 % more of the squares: 3 levels beside 20.
  const loss = await measureForm(
    rough,
    form((value, at) => value + (at % 4 < 2 ? 3 : -3) / 255 + (at % 2 ? 20 : -20) / 255),
    geometry,
  );
  expect(loss!.psnrLoss).toBeGreaterThan(0.02);
  expect(loss!.psnrLoss).toBeLessThan(0.2);
  expect(loss!.levels).toBeCloseTo(3, 1);
  expect(isFree(await measureForm(same, off(3), geometry))).toBe(false);
});

test('one that is as far from the picture in another way is not kept', async () => {
  const loss = await measureForm(off(20), off(-20), geometry);
  expect(loss!.psnrLoss).toBeLessThan(0.1);
  expect(isFree(loss)).toBe(false);
});

test.each([
  ['cannot be opened', async () => null],
  ['gives what is no number', form(() => NaN)],
  ['fails', async () => ({ probe: () => Promise.reject(new Error('no')), release })],
])('one that %s costs too much, and is freed', async (_, broken) => {
  release.mockClear();
  const loss = await measureForm(same, broken, geometry);
  expect(loss).toBeNull();
  expect(isFree(loss)).toBe(false);
  expect(release).toHaveBeenCalledTimes((await broken()) ? 2 : 1);
});

test('the picture has the sides that a network takes', async () => {
  const probe = vi.fn(async (input: Planes) => ({
    ...{ width: 2 * input.width, height: 2 * input.height, count: 3 },
    values: new Float32Array(4 * input.values.length),
  }));
  const net = async () => ({ probe, release });
  expect(await measureForm(net, net, { scale: 2, multiple: 32 })).not.toBeNull();
  expect(probe.mock.calls[0]![0].width).toBe(64);
});
