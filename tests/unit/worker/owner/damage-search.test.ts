import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRaster } from '../../../../src/core/picture/raster';
import { found } from '../../../../src/core/recipe/marks';
import { EngineHost } from '../../../../src/worker/engine/host';
import { DamageFinder } from '../../../../src/worker/owner/damage-finder';
import { findDamage } from '../../../../src/worker/owner/damage-search';
import { EngineTurns } from '../../../../src/worker/owner/engine-turns';
import type { SearchParts } from '../../../../src/worker/owner/plane-search';
import { ModelFiles, type SiteModels } from '../../../../src/worker/owner/site-models';
import { Trials } from '../../../../src/worker/owner/trials';
import { deepen } from '../../core/pictures';
import { FakeThread } from '../fake-engine';
import { fakeModel, memory, type FakeModel } from '../fake-models';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('navigator', { userAgent: 'test' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A machine with one network, or none: how likely a pixel is damaged, it says by its red. */
async function makeParts(offered: FakeModel['card'][] | null = null, tile = 12) {
  const model = await fakeModel('find-damage', 1);
  const host = new EngineHost(
    {},
    (onDeath) => new FakeThread({ gpu: false, hasF16: false }, () => model.network, onDeath, []),
  );
  const models = {
    catalog: async () => ({ version: 1 as const, models: offered ?? [model.card] }),
    supply: async () => new ModelFiles(model.files),
  };
  return {
    ...{ host, turns: new EngineTurns(), trials: new Trials(memory()) },
    ...{ models: models as unknown as SiteModels, options: { backend: 'wasm' as const, tile } },
  } satisfies SearchParts;
}

/** A picture whose red rises to the right. */
function drawRamp(width: number, height: number) {
  const raster = createRaster({ width, height }, false);
  for (let i = 0; i < raster.data.length; i += 4) {
    raster.data[i] = ((i / 4) % width) % 256;
    raster.data[i + 3] = 255;
  }
  return raster;
}

const { signal } = new AbortController();

describe('a search for damage', () => {
  test('says of each pixel how likely it is, whatever the tiles, and how far it is', async () => {
    const photo = drawRamp(37, 25);
    const shares: number[] = [];
    const found = await findDamage(photo, await makeParts(), {
      signal,
      onShare: (share) => shares.push(share),
    });
    expect(found).toEqual(Uint8Array.from(photo.data.filter((_, i) => i % 4 === 0)));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(4);
    expect(shares.at(-1)).toBeCloseTo(1, 9);
  });

  test('sees 16 bits as it sees 8', async () => {
    const photo = drawRamp(20, 10);
    const found = await findDamage(deepen(photo), await makeParts(), { signal });
    expect(found).toEqual(await findDamage(photo, await makeParts(), { signal }));
  });

  test('of a scan is made at a smaller size, and told at the size of the scan', async () => {
    const photo = drawRamp(65_000, 60);
    const found = await findDamage(photo, await makeParts(null, 2048), { signal });
    expect(found).toHaveLength(65_000 * 60);
    for (const x of [300, 400, 64_700])
      expect(Math.abs(found[30 * 65_000 + x]! - (x % 256))).toBeLessThanOrEqual(1);
  });

  test('ends when it is cancelled, and where there is no network for it', async () => {
    const cancelled = new AbortController();
    const run = findDamage(drawRamp(60, 40), await makeParts(), {
      signal: cancelled.signal,
      onShare: () => cancelled.abort(),
    });
    await expect(run).rejects.toThrow(/abort/i);
    await expect(findDamage(drawRamp(8, 8), await makeParts([]), { signal })).rejects.toMatchObject(
      {
        problem: 'model-not-offered',
      },
    );
  });
});

describe('the damage of an open photo', () => {
  const ignore = () => undefined;

  test('is looked for once, whatever counts as damage then', async () => {
    const photo = drawRamp(256, 8);
    const parts = await makeParts();
    const supply = vi.spyOn(parts.models, 'supply');
    const finder = new DamageFinder(photo);
    const shares: number[] = [];
    const usual = await finder.find(parts, 50, (share) => shares.push(share));
    const told = shares.length;
    const most = await finder.find(parts, 100, ignore);
    const count = ({ values }: { readonly values: Uint8Array }) =>
      values.filter((value) => value === found).length / 8;
    // From the first column that is likely enough, and two before it.
    expect([count(usual), count(most)]).toEqual([256 - 230 + 2, 256 - 13 + 2]);
    expect([supply.mock.calls.length, told > 0, shares.length]).toEqual([1, true, told]);
  });

  test('is looked for anew after a failure, and no more once the photo is closed', async () => {
    const parts = await makeParts();
    const finder = new DamageFinder(drawRamp(20, 8));
    const none = await makeParts([]);
    await expect(finder.find(none, 50, ignore)).rejects.toMatchObject({
      problem: 'model-not-offered',
    });
    expect((await finder.find(parts, 50, ignore)).width).toBe(20);
    finder.end();
    await expect(finder.find(parts, 50, ignore)).rejects.toThrow('abort');
  });
});
