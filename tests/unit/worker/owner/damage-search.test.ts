import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRaster } from '../../../../src/core/picture/raster';
import { EngineHost } from '../../../../src/worker/engine/host';
import { findDamage, type SearchParts } from '../../../../src/worker/owner/damage-search';
import { EngineTurns } from '../../../../src/worker/owner/engine-turns';
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
