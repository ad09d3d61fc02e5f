import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { untilAborted } from '../../../../src/core/abort';
import { EnhanceError, unwrap } from '../../../../src/core/errors';
import { damagePlane } from '../../../../src/core/heal/damage';
import { healDamage } from '../../../../src/core/heal/heal';
import { frameRaster } from '../../../../src/core/frame/apply';
import { toneRaster } from '../../../../src/core/frame/tone';
import { toEight } from '../../../../src/core/picture/depth';
import { blendStrength } from '../../../../src/core/picture/blend';
import { cropRaster, depthOf, type Raster } from '../../../../src/core/picture/raster';
import { magnify, type Rect } from '../../../../src/core/picture/rect';
import { unmarked } from '../../../../src/core/recipe/marks';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import { withControls, withScale, type Recipe } from '../../../../src/core/recipe/recipe';
import { tasks } from '../../../../src/core/recipe/tasks';
import { neutralTone } from '../../../../src/core/recipe/tone';
import { toggle } from '../../../../src/core/recipe/toggles';
import { measureDrift } from '../../../../src/core/run/colour-drift';
import { createMask } from '../../../../src/core/run/mask-brush';
import type { Fetch } from '../../../../src/integrity/fetch-within';
import type { Keep } from '../../../../src/models/keep';
import { threadLocks } from '../../../../src/models/locks';
import { ModelStore } from '../../../../src/models/store';
import type { HostOptions } from '../../../../src/worker/engine/protocol';
import { noMetadata, type Metadata } from '../../../../src/formats/metadata/metadata';
import { plainColours } from '../../../../src/formats/colours';
import { resizeRows } from '../../../../src/core/picture/resize';
import { gatherRows, rowsOf } from '../../../../src/core/picture/rows';
import type { WriteOptions } from '../../../../src/formats/encode';
import { PictureFile, type ResultPlaces } from '../../../../src/worker/owner/picture-file';
import { PhotoOwner } from '../../../../src/worker/owner/photo-owner';
import type { PhotoId } from '../../../../src/worker/protocol';
import type { JobProgress, Stage } from '../../../../src/worker/reports';
import { deepen, drawNoise, maxDifference } from '../../core/pictures';
import { FakeFile } from './fake-file';
import { breathe, FakeThread, type FakeMachine } from '../fake-engine';
import { fakeModel, memory, type FakeModel } from '../fake-models';

const site = 'https://enlarger.example/models/';
const fields = { v: 1, scale: 2, variant: 'faithful' };
const recipe = parseRecipe(fields);
const four = parseRecipe({ ...fields, scale: 4 });
const chain = parseRecipe({ ...fields, clean: { noise: 40, jpeg: 30 } });
const centre = { x: 0, y: 0 };
const source = drawNoise(44, 30, true);
const png = { format: 'png', quality: 100, strength: 1 } as const;

let models: FakeModel[];
beforeAll(async () => {
  models = [
    await fakeModel('clean', 1, 3),
    await fakeModel('upscale', 2),
    await fakeModel('upscale', 4),
  ];
});

/** What a bitmap was made of, so that pixels can be compared. */
class FakeBitmap {
  constructor(
    readonly raster: Raster,
    readonly rect: Rect,
  ) {}
  get width(): number {
    return this.rect.width;
  }
  get height(): number {
    return this.rect.height;
  }
  close(): void {}
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('navigator', { userAgent: 'test' });
  vi.stubGlobal(
    'ImageData',
    class {
      constructor(
        readonly data: Uint8ClampedArray<ArrayBuffer>,
        readonly width: number,
        readonly height: number,
      ) {}
    },
  );
  vi.stubGlobal(
    'createImageBitmap',
    async (image: Raster, x: number, y: number, width: number, height: number) =>
      new FakeBitmap({ ...image, hasAlpha: true }, { x, y, width, height }),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

type Setting = HostOptions & {
  readonly machine?: Partial<FakeMachine>;
  readonly keep?: Keep;
  readonly fetch?: Fetch;
  readonly tile?: number;
  /** What its files hold; by default what their names say. */
  readonly decoded?: Raster;
  /** Where results lie; in memory by default. */
  readonly results?: ResultPlaces;
};

/** An owner on one machine, on one site. */
class Shop {
  readonly owner: PhotoOwner;
  readonly log: string[] = [];
  readonly fetched: string[] = [];
  /** Pictures that were encoded. */
  readonly saved: Raster[] = [];
  /** How the last of them was to be written. */
  written: WriteOptions | undefined;
  /** How many files were asked for; what was said with the questions is not kept hold of. */
  loads = 0;
  /** How many of them have come. */
  loaded = 0;
  /** What the encoder waits for. */
  encoding: Promise<void> = Promise.resolve();
  /** What estimates wait for. */
  estimating: Promise<void> = Promise.resolve();
  photo: PhotoId = 0;
  static #last = 0;

  constructor({
    machine,
    keep = memory(),
    fetch = serve,
    tile = 12,
    decoded: held,
    results = { room: async () => 0, hold: async () => null },
    ...host
  }: Setting = {}) {
    const facts = { gpu: true, hasF16: false, ...machine };
    const networkOf = ({ key }: { key: string }) =>
      models.find(({ files }) => files.has(key))!.network;
    const store = new ModelStore({
      ...{ keep, locks: threadLocks },
      fetch: (url, init) => {
        this.fetched.push(url.slice(site.length));
        return fetch(url, init);
      },
    });
    const load = store.load.bind(store);
    store.load = (...asked) => {
      this.loads++;
      return load(...asked).finally(() => this.loaded++);
    };
    this.owner = new PhotoOwner({
      ...{ keep, store, results },
      decode: async (blob, signal) => {
        const read = await decodeFake(blob, signal);
        return held ? { ...read, raster: held } : read;
      },
      encoder: {
        prepare: () => undefined,
        encode: async (picture, options, signal) => {
          await this.encoding;
          signal.throwIfAborted();
          this.saved.push(await gatherRows(picture));
          this.written = options;
          return new Blob([], { type: options.format });
        },
      },
      estimator: {
        encode: async (picture, options, signal) => {
          await untilAborted(this.estimating, signal);
          const { width, height } = await gatherRows(picture);
          this.written = options;
          return new Blob([new Uint8Array(width * height)]);
        },
      },
      startThread: (onDeath) => new FakeThread(facts, networkOf, onDeath, this.log),
    });
    void this.owner.init({ backend: 'auto', tile, catalogUrl: `${site}catalog.json`, host });
  }

  async open(name = 'photo.png', beside = false): Promise<PhotoId> {
    const file = new File([name], name);
    this.photo = unwrap(await this.owner.open(file, { beside })).id;
    return this.photo;
  }

  enhance(asked = recipe, onProgress: (progress: JobProgress) => void = () => undefined) {
    return this.owner.enhance(this.photo, asked, centre, onProgress);
  }

  async result(photo = this.photo): Promise<Raster> {
    unwrap(await this.owner.save(photo, png));
    return this.saved.at(-1)!;
  }

  static async ofPhoto(setting?: Setting): Promise<Shop> {
    const shop = new Shop(setting);
    await shop.open(`photo ${this.#last++}.png`);
    return shop;
  }
}

/** The pixels that were decoded last. */
let decoded: WeakRef<ArrayBuffer> | undefined;

/** What every photo's file says. */
const said: Metadata = { ...noMetadata, orientation: 6 };

/** A photo by its name: of another size or depth where that is said. */
const decodeFake = async (blob: Blob, signal?: AbortSignal) => {
  await breathe();
  signal?.throwIfAborted();
  const { name } = blob as File;
  for (let i = 0; name.startsWith('slow') && i < 20; i++) await breathe();
  if (name.startsWith('broken')) throw new EnhanceError('file-empty');
  const copy = { ...source, data: source.data.slice() };
  const drawn = name.startsWith('small') ? drawNoise(20, 14) : copy;
  const raster: Raster = name.startsWith('deep') ? deepen(drawn) : drawn;
  decoded = new WeakRef(raster.data.buffer);
  const header = { format: 'png' } as never;
  const colours = plainColours;
  return { raster, colours, header, metadata: said, jpegQuality: null, notes: [] } as const;
};

const serve: Fetch = async (url) => {
  if (url.endsWith('catalog.json'))
    return Response.json({ version: 1, models: models.map(({ card }) => card) });
  const name = url.slice(site.length);
  const bytes = models.flatMap(({ served }) => served.get(name) ?? [])[0];
  return bytes ? new Response(bytes) : new Response('', { status: 404 });
};

/** A network that never answers. */
const hang: Fetch = (_, { signal }) => untilAborted(new Promise<never>(() => undefined), signal!);

/** The undisturbed results. */
async function undisturbed(asked: Recipe): Promise<Raster> {
  const shop = await Shop.ofPhoto();
  unwrap(await shop.enhance(asked));
  return shop.result();
}

describe('photos', () => {
  test('are named, and what may be asked for comes with them', async () => {
    const shop = new Shop();
    const opened = unwrap(await shop.owner.open(new File([''], 'a.png')));
    expect(opened).toMatchObject({ id: 1, name: 'a.png', width: 44, format: 'png', depth: 8 });
    const deep = unwrap(await shop.owner.open(new File([''], 'deep.png'), { beside: true }));
    expect(deep.depth).toBe(16);
    const able = { task: 'upscale', scale: 4, variant: 'faithful', tier: 'fast' };
    expect(opened.offers).toContainEqual(able);
    expect(await shop.open()).toBe(3);
  });

  test('of 16 bits stay so from the file to the encoder, which is told what the file said', async () => {
    const shop = new Shop();
    await shop.open('deep.png');
    unwrap(await shop.enhance());
    const result = await shop.result();
    expect(depthOf(result)).toBe(16);
    expect(maxDifference(toEight(result), await undisturbed(recipe))).toBeLessThanOrEqual(1);
    expect(shop.written).toEqual({ format: 'png', quality: 100, depth: 16, colours: plainColours });
    const wish = { keep: true, isAnonymous: false, mark: true };
    await shop.owner.save(1, { format: 'png', quality: 100, metadata: wish });
    expect(shop.written).toMatchObject({ metadata: { read: said, wish } });
  });

  test('are enlarged by what their target size is nearest to, planned and saved at that size', async () => {
    const shop = new Shop();
    const id = await shop.open();
    const asked = { ...recipe, size: { by: 'width', pixels: 100 } } as const;
    const plan = unwrap(await shop.owner.plan(id, asked));
    const { height } = plan.output;
    expect(plan.output.width).toBe(100);
    const centre = { x: 0, y: 0 };
    const ran = unwrap(await shop.owner.enhance(id, asked, centre, () => undefined));
    expect(ran.output).toEqual({ width: 100, height });
    const whole = await shop.result();
    // 44 pixels wide, and 2.27 times that are more than a tenth above 2.
    expect(whole.width).toBe(4 * 44);
    const print = { by: 'print', width: 5, unit: 'inch', dpi: 20 } as const;
    const options = { format: 'png', quality: 100, size: print } as const;
    unwrap(await shop.owner.save(id, options));
    const wanted = await gatherRows(resizeRows(rowsOf(whole), plan.output));
    expect(maxDifference(shop.saved.at(-1)!, wanted)).toBe(0);
    expect(shop.written).toMatchObject({ dpi: 20 });
    const wrong = { ...options, size: { by: 'width', pixels: 0 } } as const;
    expect(await shop.owner.save(id, wrong)).toMatchObject({
      facts: { path: 'size.pixels' },
    });
  });

  test('have a size as a file, which is estimated as they would be written until they are', async () => {
    const shop = new Shop();
    const id = await shop.open('deep.png');
    unwrap(await shop.enhance());
    const wish = { keep: true, isAnonymous: false, mark: true };
    const size = { by: 'width', pixels: 66 } as const;
    const how = { format: 'jpeg', quality: 80, strength: 0.5, metadata: wish, size } as const;
    // The fake encoder takes a byte a pixel.
    expect(unwrap(await shop.owner.estimate(id, how))).toBe(66 * 45);
    const metadata = { read: said, wish };
    expect(shop.written).toMatchObject({ format: 'jpeg', quality: 80, depth: 16, metadata });
    shop.estimating = new Promise(() => undefined);
    const waiting = shop.owner.estimate(id, how);
    unwrap(await shop.owner.save(id, how));
    expect(await waiting).toMatchObject({ ok: false, code: 'cancelled' });
  });

  test('of which nothing but the size changes need no network', async () => {
    const shop = new Shop();
    const id = await shop.open();
    const asked = { ...recipe, size: { by: 'factor', factor: 0.5 } } as const;
    const centre = { x: 0, y: 0 };
    const ran = unwrap(await shop.owner.enhance(id, asked, centre, () => undefined));
    expect(ran).toMatchObject({ steps: [], output: { width: 22 } });
    expect(shop.fetched).toHaveLength(1);
  });

  test('are cropped before anything else is done: as if the file had held no more', async () => {
    const crop = { x: 5, y: 3, width: 20, height: 14 };
    const frame = { crop, angle: 0, turns: 1, flip: true } as const;
    const shop = new Shop();
    const id = await shop.open();
    const asked = { ...recipe, frame };
    expect(unwrap(await shop.owner.plan(id, asked)).output).toEqual({ width: 28, height: 40 });
    unwrap(await shop.enhance(asked));
    const cropped = await frameRaster(source, frame, async () => undefined);
    const other = await Shop.ofPhoto({ decoded: cropped });
    unwrap(await other.enhance());
    expect(await shop.result()).toEqual(await other.result());
  });

  test('get their light after they are cropped, and before anything else is done', async () => {
    const crop = { x: 5, y: 3, width: 20, height: 14 };
    const frame = { crop, angle: 0, turns: 0, flip: false } as const;
    const tone = { ...neutralTone, brightness: 0.5, tint: 0.3, shadows: 0.4 };
    const shop = new Shop();
    await shop.open();
    unwrap(await shop.enhance({ ...recipe, frame, tone: { ...tone, tint: 0 } }));
    unwrap(await shop.enhance({ ...recipe, frame, tone }));
    const toned = await toneRaster(cropRaster(source, crop), tone, async () => undefined);
    const other = await Shop.ofPhoto({ decoded: toned });
    unwrap(await other.enhance());
    expect(await shop.result()).toEqual(await other.result());
  });

  test('have a result in each frame until there is a newer one', async () => {
    const frame = { crop: null, angle: 0, turns: 1, flip: false } as const;
    const shop = await Shop.ofPhoto();
    unwrap(await shop.enhance());
    const before = await shop.result();
    const { owner, photo } = shop;
    expect(unwrap(await owner.lay(photo, { frame }))).toMatchObject({ width: 30, height: 44 });
    expect(await owner.save(photo, png)).toMatchObject({ problem: 'result-missing' });
    unwrap(await owner.lay(photo, {}));
    expect(await shop.result()).toEqual(before);
    unwrap(await shop.enhance({ ...recipe, frame }));
    expect((await shop.result()).width).toBe(60);
    unwrap(await owner.lay(photo, {}));
    expect(await owner.save(photo, png)).toMatchObject({ problem: 'result-missing' });
    const outside = { ...frame, crop: { x: 0, y: 0, width: 45, height: 1 } };
    for (const call of [
      owner.lay(photo, { frame: outside }),
      owner.plan(photo, { ...recipe, frame: outside }),
      owner.enhance(photo, { ...recipe, frame: outside }, centre, () => undefined),
    ])
      expect(await call).toMatchObject({
        ...{ problem: 'crop-outside-photo', facts: { width: 44, height: 30 } },
      });
    expect(unwrap(await owner.uncropped(photo))).toMatchObject({ width: 44, height: 30 });
  });

  test('of 16 bits are worked on in full precision, whatever the machine has', async () => {
    for (const [name, precision, files] of [
      // The catalogue, the weights and their golden tile; for half precision the full one to fall back on.
      ['deep.png', 'int8', 3],
      ['photo.png', 'fp16', 4],
    ] as const) {
      const shop = new Shop({ machine: { hasF16: true } });
      await shop.open(name);
      expect(unwrap(await shop.enhance()).steps).toMatchObject([{ precision }]);
      expect(shop.fetched).toHaveLength(files);
    }
  });

  test('are shown without offers where the list of models does not come', async () => {
    const shop = new Shop({ fetch: () => Promise.reject(new TypeError('offline')) });
    const { offers, id } = unwrap(await shop.owner.open(new File([''], 'a.png')));
    expect(offers).toBeNull();
    expect(await shop.owner.plan(id, recipe)).toMatchObject({ ok: false, code: 'offline' });
  });

  test('take the place of one another: the run is ended, the result and the name are gone', async () => {
    const shop = await Shop.ofPhoto();
    unwrap(await shop.enhance());
    const first = shop.photo;
    const running = shop.enhance();
    const second = await shop.open('small.png');
    expect(await running).toMatchObject({ ok: false, code: 'cancelled' });
    for (const call of [
      shop.owner.plan(first, recipe),
      shop.owner.save(first, png),
      shop.owner.save(second, png),
      shop.owner.findShake(first),
    ])
      expect(await call).toMatchObject({
        ok: false,
        code: 'internal',
        problem: expect.stringMatching(/-missing$/) as string,
      });
    expect(unwrap(await shop.owner.plan(second, recipe)).output.width).toBe(40);
  });

  test('of two opened at once the later stays; one that is broken changes nothing', async () => {
    const shop = new Shop();
    const [a, b] = ['a.png', 'small.png'].map((name) => shop.owner.open(new File([''], name)));
    expect(await a).toMatchObject({ ok: false, code: 'cancelled' });
    const { id } = unwrap(await b!);
    const broken = await shop.owner.open(new File([''], 'broken.png'));
    expect(broken).toMatchObject({ ok: false, code: 'corrupt-file' });
    expect((await shop.owner.plan(id, recipe)).ok).toBe(true);
  });

  test('one that takes the place of others leaves what is opened beside it meanwhile', async () => {
    const shop = await Shop.ofPhoto();
    const before = shop.photo;
    const next = shop.owner.open(new File(['slow.png'], 'slow.png'));
    const beside = unwrap(
      await shop.owner.open(new File(['small.png'], 'small.png'), { beside: true }),
    );
    const { id } = unwrap(await next);
    expect((await shop.owner.plan(before, recipe)).ok).toBe(false);
    for (const open of [id, beside.id]) expect((await shop.owner.plan(open, recipe)).ok).toBe(true);
  });

  test('beside one another: each has its own result, their runs wait for each other', async () => {
    const shop = await Shop.ofPhoto();
    const first = shop.photo;
    const second = await shop.open('small.png', true);
    const order: string[] = [];
    const run = (photo: PhotoId) =>
      shop.owner.enhance(photo, recipe, centre, ({ stage }) => order.push(`${photo} ${stage}`));
    const replies = await Promise.all([run(first), run(second)]);
    expect(replies.map((reply) => unwrap(reply).output.width)).toEqual([88, 40]);
    expect(order.lastIndexOf(`${first} run`)).toBeLessThan(order.indexOf(`${second} download`));
    expect(maxDifference(await shop.result(first), await undisturbed(recipe))).toBe(0);
    await shop.owner.close(first);
    expect((await shop.owner.save(first, png)).ok).toBe(false);
    expect((await shop.result(second)).width).toBe(40);
  });

  test.each([0, 1])(
    'beside one another: the run of photo %i is called off alone',
    async (which) => {
      const shop = await Shop.ofPhoto();
      const ids = [shop.photo, await shop.open('small.png', true)];
      const running = ids.map((id) => shop.owner.enhance(id, recipe, centre, () => undefined));
      await shop.owner.cancel(ids[which]);
      const replies = await Promise.all(running);
      expect(replies[which]).toMatchObject({ ok: false, code: 'cancelled' });
      expect(replies[1 - which]!.ok).toBe(true);
    },
  );

  test('leave no pixels behind once they are closed', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const shop = await Shop.ofPhoto();
    const rect = { x: 2, y: 2, width: 9, height: 9 };
    unwrap(await shop.owner.loupe(shop.photo, { recipe, rect }));
    unwrap(await shop.enhance(chain));
    const pixels = [decoded!, new WeakRef((await shop.result()).data.buffer)];
    shop.saved.length = 0;
    await breathe();
    collect();
    expect(pixels[0]!.deref() !== undefined).toBe(true);
    await shop.owner.close(shop.photo);
    await breathe();
    collect();
    expect(pixels.map((each) => each.deref() === undefined)).toEqual([true, true]);
  });
});

describe('a run', () => {
  test('waits for the network in its first stage alone, and reads each file once', async () => {
    const machine = { hasF16: true };
    const faults = [{ kind: 'corrupt', at: 3 } as const, { kind: 'crash', at: 1 } as const];
    const shop = await Shop.ofPhoto({ machine, faults });
    let fetched = 0;
    let loaded = 0;
    const reply = await shop.enhance(chain, ({ stage }) => {
      if (stage === 'download') [fetched, loaded] = [shop.fetched.length, shop.loads];
    });
    expect(unwrap(reply).notes).toHaveLength(2);
    expect(unwrap(reply).steps[0]).toMatchObject({ precision: 'int8' });
    // The catalogue, and of both networks both files and their golden tile.
    expect(shop.fetched).toHaveLength(7);
    expect(new Set(shop.fetched).size).toBe(7);
    expect([fetched, loaded]).toEqual([7, 6]);
    expect(shop.loads).toBe(6);
    expect(unwrap(await shop.owner.plan(shop.photo, chain)).downloadBytes).toBe(0);
  });

  test('begins without what it may not need: offline, and where the network hangs', async () => {
    const keep = memory();
    const before = await Shop.ofPhoto({ machine: { hasF16: true }, keep });
    unwrap(await before.enhance());
    const { files } = models[1]!.card;
    const spare = files.find(({ precision }) => precision === 'int8')!;
    for (const fetch of [() => Promise.reject(new TypeError('offline')), hang]) {
      for (const { sha256 } of [spare, spare.golden]) await keep.delete(sha256);
      const isCatalog = (url: string) => url.endsWith('catalog.json');
      const shop = await Shop.ofPhoto({
        ...{ machine: { hasF16: true }, keep },
        fetch: (url, init) => (isCatalog(url) ? serve(url, init) : fetch(url, init)),
      });
      let isDone = false;
      const running = shop.enhance().finally(() => (isDone = true));
      while (!isDone) {
        await breathe();
        if (!shop.log.includes('model upscale-x2-fp16 on one')) vi.advanceTimersByTime(1000);
      }
      expect(unwrap(await running).steps[0]).toMatchObject({ precision: 'fp16' });
    }
  });

  test('is cancelled in every stage, fifty times; what was stays, and one engine is left that works', async () => {
    const shop = await Shop.ofPhoto();
    unwrap(await shop.enhance());
    const before = await shop.result();
    for (let round = 0; round < 50; round++) {
      let calls = 0;
      const reply = shop.enhance(chain, () => {
        if (calls++ === round % 25) void shop.owner.cancel();
      });
      if (round % 5 === 0) void shop.owner.cancel(shop.photo);
      expect(['cancelled', undefined]).toContain(((await reply) as { code?: string }).code);
      if (!(await reply).ok) expect(maxDifference(await shop.result(), before)).toBe(0);
      else unwrap(await shop.enhance());
    }
    expect(maxDifference(await shop.result(), before)).toBe(0);
    const ended = shop.log.filter((word) => word.startsWith('end')).length;
    expect(shop.log.filter((word) => word === 'thread')).toHaveLength(ended + 1);
  });

  test.each(['download', 'compile', 'run'] as const)(
    'is cancelled in its stage %s',
    async (stage) => {
      const shop = await Shop.ofPhoto();
      const seen: Stage[] = [];
      const reply = shop.enhance(chain, (progress) => {
        seen.push(progress.stage);
        if (progress.stage === stage) void shop.owner.cancel();
      });
      expect(await reply).toMatchObject({ ok: false, code: 'cancelled' });
      expect(seen.at(-1)).toBe(stage);
      unwrap(await shop.enhance(chain));
      expect(maxDifference(await shop.result(), await undisturbed(chain))).toBe(0);
    },
  );

  test('is not disturbed by a plan that is asked for while another engine stands in', async () => {
    const shop = await Shop.ofPhoto({ faults: [{ kind: 'distort', at: 0, inTrial: true }] });
    const plans: Promise<unknown>[] = [];
    const reply = await shop.enhance(recipe, ({ stage }) => {
      if (stage === 'run') plans.push(shop.owner.plan(shop.photo, recipe));
    });
    expect(unwrap(reply)).toMatchObject({ backend: 'wasm', notes: [{ note: 'recovered' }] });
    expect(plans.length).toBeGreaterThan(0);
    await Promise.all(plans);
    expect(maxDifference(await shop.result(), await undisturbed(recipe))).toBe(0);
  });

  test('goes on beside a save, and each is cancelled by its own name', async () => {
    const shop = await Shop.ofPhoto();
    unwrap(await shop.enhance());
    const running = shop.enhance();
    expect((await shop.owner.save(shop.photo, png)).ok).toBe(true);
    let release: () => void = () => undefined;
    shop.encoding = new Promise((resolve) => (release = resolve));
    const saving = shop.owner.save(shop.photo, png);
    const ending = shop.owner.cancel(shop.photo, ['save']);
    release();
    await ending;
    expect(await saving).toMatchObject({ ok: false, code: 'cancelled' });
    expect((await running).ok).toBe(true);
  });
});

describe('a rehearsal', () => {
  test('returns the plan, with its time', async () => {
    const shop = await Shop.ofPhoto();
    const { photo, owner } = shop;
    expect(unwrap(await owner.plan(photo, chain)).seconds).toBeNull();
    const { seconds, steps, downloadBytes } = unwrap(await owner.rehearse(photo, chain));
    expect(seconds).toBeGreaterThan(0);
    expect(downloadBytes).toBe(0);
    expect(steps.map(({ task }) => task)).toEqual(['clean', 'upscale']);
  });

  test('ends the one before, and the last is held, after a run too', async () => {
    const shop = await Shop.ofPhoto();
    const { photo, owner } = shop;
    unwrap(await shop.enhance());
    expect(unwrap(await owner.plan(photo, four)).seconds).toBeNull();
    const asked = [four, recipe, four].map((each) => owner.rehearse(photo, each));
    const replies = await Promise.all(asked);
    expect(unwrap(replies.at(-1)!).seconds).toBeGreaterThan(0);
    unwrap(await shop.enhance());
    expect(maxDifference(await shop.result(), await undisturbed(recipe))).toBe(0);
  });

  test('is waited for by a run of the same networks, and ended by one of others', async () => {
    const shop = await Shop.ofPhoto();
    const { photo, owner } = shop;
    const same = owner.rehearse(photo, recipe);
    unwrap(await shop.enhance());
    expect((await same).ok).toBe(true);
    const another = owner.rehearse(photo, four);
    unwrap(await shop.enhance());
    expect(await another).toMatchObject({ ok: false, code: 'cancelled' });
  });

  test('that a silent server has ended answers the run that waited for it, and the next asks again', async () => {
    let fallSilent: () => void = () => undefined;
    const silence = new Promise<Response>((_, reject) => {
      const problem = new EnhanceError('download-stalled', { url: site, seconds: 15 });
      fallSilent = () => reject(problem);
    });
    const shop = await Shop.ofPhoto({
      fetch: (url, init) => (url.endsWith('.json') ? serve(url, init) : silence),
    });
    const asked = () => shop.fetched.filter((path) => !path.endsWith('.json')).length;
    const rehearsing = shop.owner.rehearse(shop.photo, recipe);
    await vi.waitUntil(() => asked() === 1);
    const running = shop.enhance();
    fallSilent();
    expect(await running).toMatchObject({ ok: false, problem: 'download-stalled' });
    expect(await rehearsing).toMatchObject({ ok: false, problem: 'download-stalled' });
    expect(asked()).toBe(1);
    await shop.enhance();
    expect(asked()).toBe(2);
  });

  test('only plans while a run is going', async () => {
    const shop = await Shop.ofPhoto();
    const running = shop.enhance();
    const plan = unwrap(await shop.owner.rehearse(shop.photo, four));
    expect(plan).toMatchObject({ seconds: null, output: { width: 176 } });
    expect((await running).ok).toBe(true);
  });
});

describe('what is marked as damaged', () => {
  const marks = createMask(source, unmarked);
  marks.values.fill(255, 44 * 10 + 8, 44 * 10 + 20);
  const asked = toggle({ ...parseRecipe({ ...fields, scale: 1 }), damage: marks }, tasks[0], true);
  const healed = () => healDamage(source, damagePlane(marks, source), async () => {});

  // A filter lets messages in by the clock.
  beforeEach(() => void vi.useRealTimers());

  test('is healed, with what a loupe shows of it, and nothing else', async () => {
    const shop = await Shop.ofPhoto();
    const { steps } = unwrap(await shop.enhance(asked));
    expect(steps).toMatchObject([{ kind: 'filter', task: 'heal', filter: 'heal' }]);
    expect(maxDifference(await shop.result(), await healed())).toBe(0);
    expect(maxDifference(await healed(), source)).toBeGreaterThan(0);
    const rect = { x: 5, y: 6, width: 20, height: 9 };
    const part = unwrap(await shop.owner.loupe(shop.photo, { recipe: asked, rect }));
    const { raster } = part.bitmap as unknown as FakeBitmap;
    expect(maxDifference(raster, cropRaster(await healed(), rect))).toBe(0);
  });

  test('is enlarged healed', async () => {
    const shop = await Shop.ofPhoto();
    const { steps } = unwrap(await shop.enhance(withScale(asked, 2)));
    expect(steps.map(({ task }) => task)).toEqual(['heal', 'upscale']);
    expect((await shop.result()).width).toBe(88);
  });

  test('stays healed at any strength: in the file, in what the screen mixes, and in a loupe', async () => {
    const shop = await Shop.ofPhoto();
    const cleaned = withControls(withScale(asked, 2), tasks[3], { noise: 40, jpeg: 0 });
    unwrap(await shop.enhance(cleaned));
    const result = await shop.result();
    for (const strength of [0, 0.5]) {
      unwrap(await shop.owner.save(shop.photo, { ...png, strength }));
      const saved = shop.saved.at(-1)!;
      expect(maxDifference(saved, blendStrength(await healed(), result, strength))).toBe(0);
    }
    expect(unwrap(await shop.owner.drift(shop.photo))).toEqual(
      await measureDrift(await healed(), result),
    );
    const rect = { x: 5, y: 6, width: 20, height: 9 };
    const part = unwrap(await shop.owner.loupe(shop.photo, { recipe: cleaned, rect }));
    const { raster } = part.plain as unknown as FakeBitmap;
    const plain = blendStrength(await healed(), result, 0);
    expect(maxDifference(raster, cropRaster(plain, magnify(rect, 2)))).toBe(0);
  });

  test('of another photo, or all over, is refused', async () => {
    const shop = await Shop.ofPhoto();
    const others = { ...asked, damage: { ...marks, photo: { width: 44, height: 31 } } };
    const all = { ...asked, damage: createMask(source, 255) };
    for (const [wrong, problem] of [
      [others, 'mask-of-other-photo'],
      [all, 'damage-everywhere'],
    ] as const)
      expect(await shop.owner.plan(shop.photo, wrong)).toMatchObject({
        ok: false,
        problem,
      });
  });
});

describe('a loupe', () => {
  const look = async (shop: Shop, rect: Rect, asked = chain) => {
    const part = unwrap(await shop.owner.loupe(shop.photo, { recipe: asked, rect }));
    return { rect: part.rect, raster: (part.bitmap as unknown as FakeBitmap).raster };
  };

  test('shows the pixels that a run makes, everywhere in the photo', async () => {
    const whole = await undisturbed(chain);
    const shop = await Shop.ofPhoto();
    for (const rect of [
      { x: 0, y: 0, width: 44, height: 30 },
      { x: 0, y: 0, width: 7, height: 5 },
      { x: 13, y: 11, width: 9, height: 8 },
      { x: 33, y: 21, width: 40, height: 40 },
      { x: 20.4, y: 8.5, width: 0.2, height: 3.1 },
    ]) {
      const part = await look(shop, rect);
      expect(maxDifference(part.raster, cropRaster(whole, magnify(part.rect, 2)))).toBe(0);
    }
    expect((await shop.owner.save(shop.photo, png)).ok).toBe(false);
  });

  test('steps into a run, which ends after it with the same bytes', async () => {
    const whole = await undisturbed(chain);
    const rect = { x: 10, y: 10, width: 12, height: 12 };
    const order: string[] = [];
    let looking: Promise<void> | undefined;
    // The run does not get far before the loupe has all its files.
    const gate = async () => {
      if (looking) while (shop.loaded < 8) await breathe();
      for (let i = 0; i < 20; i++) await breathe();
    };
    const shop = await Shop.ofPhoto({ machine: { gate } });
    const running = shop.enhance(chain, ({ stage }) => {
      if (stage !== 'run') return;
      looking ??= look(shop, rect).then(({ raster }) => {
        order.push('loupe');
        expect(maxDifference(raster, cropRaster(whole, magnify(rect, 2)))).toBe(0);
      });
    });
    unwrap(await running.finally(() => order.push('run')));
    await looking;
    expect(order).toEqual(['loupe', 'run']);
    expect(maxDifference(await shop.result(), whole)).toBe(0);
  });

  test('ends the loupe before it, and is cancelled by its own name', async () => {
    const shop = await Shop.ofPhoto();
    const rect = { x: 0, y: 0, width: 30, height: 30 };
    const first = shop.owner.loupe(shop.photo, { recipe, rect });
    await breathe();
    const second = shop.owner.loupe(shop.photo, { recipe, rect });
    expect(await first).toMatchObject({ ok: false, code: 'cancelled' });
    await breathe();
    await shop.owner.cancel(shop.photo);
    await shop.owner.cancel(shop.photo, ['loupe']);
    expect(await second).toMatchObject({ ok: false, code: 'cancelled' });
    await look(shop, rect);
  });

  test.each([
    { x: 50, y: 0, width: 3, height: 3 },
    { x: 0, y: 0, width: 1025, height: 3 },
    { x: 0, y: 0, width: 3, height: -1 },
    { x: NaN, y: 0, width: 3, height: 3 },
  ])('refuses %o', async (rect) => {
    const shop = await Shop.ofPhoto();
    const reply = await shop.owner.loupe(shop.photo, { recipe, rect });
    expect(reply).toMatchObject({ ok: false, code: 'bad-option' });
  });
});

test('an engine without work is ended, and started again when there is some', async () => {
  const shop = await Shop.ofPhoto({ idleMs: 50 });
  unwrap(await shop.enhance());
  vi.advanceTimersByTime(51);
  expect(shop.log.at(-1)).toBe('end: idle');
  unwrap(await shop.enhance());
  expect(maxDifference(await shop.result(), await undisturbed(recipe))).toBe(0);
});

test('beside a result that has no room in memory no engine stays that has no work', async () => {
  const results: ResultPlaces = {
    room: async () => Infinity,
    hold: (kind, scale) => PictureFile.create(new FakeFile().held, kind, scale),
  };
  const shop = await Shop.ofPhoto({ results });
  unwrap(await shop.enhance());
  expect(shop.log.at(-1)).toBe('end: idle');
  unwrap(await shop.owner.rehearse(shop.photo, recipe));
  expect(shop.log.at(-1)).not.toBe('end: idle');
  expect(maxDifference(await shop.result(), await undisturbed(recipe))).toBe(0);
  expect(shop.log.at(-1)).toBe('end: idle');
  // One that runs is left alone.
  let saved: Promise<Raster> | undefined;
  let ended = '';
  const report = unwrap(
    await shop.enhance(recipe, ({ stage }) => {
      if (stage !== 'run') return;
      saved ??= shop.result().finally(() => (ended = shop.log.at(-1)!));
    }),
  );
  expect(report.notes).toEqual([]);
  await saved;
  expect(ended).not.toBe('end: idle');
});
