/** Makes a result in a worker, where alone the private file system can be written to. */
import { expose } from 'comlink';
import { unwrap } from '../../src/core/errors';
import { neutralFinish } from '../../src/core/recipe/finish';
import { parseRecipe } from '../../src/core/recipe/parsing';
import { PhotoOwner } from '../../src/worker/owner/photo-owner';
import { createResultPlaces } from '../../src/worker/owner/picture-file';
import type { PhotoId, ViewRequest } from '../../src/worker/protocol';

/** What can be seen of a result. */
export type Outcome = {
  /** Files of results while it is there, while a second run goes on, after that one is cancelled, and once the photo is closed. */
  readonly files: readonly number[];
  readonly saved: Blob;
  readonly sharpened: Blob;
  /** RGBA of the whole at the photo's size, and at half of it, and of a part at the result's. */
  readonly views: readonly Uint8ClampedArray[];
  readonly review: unknown;
  readonly drift: unknown;
};

const recipe = parseRecipe({ v: 1, scale: 4, variant: 'faithful' });
const centre = { x: 0, y: 0 };

async function countFiles(): Promise<number> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('results').catch(() => null);
  if (!folder) return 0;
  const names: string[] = [];
  for await (const [name] of folder as unknown as AsyncIterable<[string]>) names.push(name);
  return names.length;
}

async function look(owner: PhotoOwner, photo: PhotoId, request: Omit<ViewRequest, 'side'>) {
  const { bitmap } = unwrap(await owner.view(photo, { side: 'after', ...request }));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
}

/**
 * Enlarges a photo 4 times, looks at the result and saves it.
 *
 * @param file The photo.
 * @param catalogUrl Of the networks.
 * @param least Bytes that a result has at least to lie in a file.
 */
async function enlarge(file: File, catalogUrl: string, least: number): Promise<Outcome> {
  const owner = new PhotoOwner({ results: createResultPlaces(least) });
  await owner.init({ backend: 'wasm', tile: 64, catalogUrl });
  const { id, width, height } = unwrap(await owner.open(file));
  const files: number[] = [];
  unwrap(await owner.enhance(id, recipe, centre, () => undefined));
  files.push(await countFiles());
  const whole = { x: 0, y: 0, width, height };
  const views = [
    await look(owner, id, { rect: whole, size: { width, height } }),
    await look(owner, id, { rect: whole, size: { width: width / 2, height: height / 2 } }),
    await look(owner, id, {
      rect: { x: 7, y: 5, width: 30, height: 20 },
      size: { width: 120, height: 80 },
    }),
  ];
  const png = { format: 'png', quality: 100 } as const;
  const { blob: saved } = unwrap(await owner.save(id, png));
  const sharpen = { amount: 0.6, radius: 2 };
  const finish = { ...neutralFinish, strength: 0.7, colourLock: 0.5, sharpen };
  const { blob: sharpened } = unwrap(await owner.save(id, { ...png, finish }));
  const review = unwrap(await owner.review(id, 0));
  const drift = unwrap(await owner.drift(id));
  let during: Promise<number> | undefined;
  await owner.enhance(id, recipe, centre, ({ stage }) => {
    if (stage !== 'run' || during) return;
    during = countFiles();
    // Or it might be gone before it is counted.
    void during.then(() => owner.cancel());
  });
  files.push((await during) ?? 0, await countFiles());
  // Who saves keeps it until that is done.
  const saving = owner.save(id, png);
  await owner.enhance(id, recipe, centre, () => undefined);
  const again = await unwrap(await saving).blob.arrayBuffer();
  if (again.byteLength !== saved.size) throw new Error('saved another file');
  await owner.close(id);
  files.push(await countFiles());
  return { files, views, saved, sharpened, review, drift };
}

expose(enlarge);
