import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { healDamage } from '../src/core/heal/heal';
import { createPlane, type Plane } from '../src/core/picture/plane';
import type { Raster } from '../src/core/picture/raster';
import { readPng, writePng } from './images';
import { drawNumbers } from './numbers';
import { readPhoto } from './photo-file';
import { figure, printTable } from './table';

/** Lights of what is planted, in levels: mostly the paper's. */
const lights = [245, 245, 230, 20] as const;

/** Sprites a photo, of these kinds. */
const sprites = 12;
const kinds = ['scratches', 'hair', 'hair-short', 'lint', 'scratches'] as const;

/** What covers a square of this side is no scratch: nothing near it says what was there. */
const thick = 13;

/** Which photos: every so many. */
const every = 4;

/** From which alpha on a sprite is there. */
const least = 0.15;

/** OpenCV's inpainting of a folder's pictures at the radius that did best, where it is installed. */
const inpaint = `
import glob, sys, cv2
for path in glob.glob(sys.argv[1] + '/*.damaged.png'):
    mask = cv2.imread(path.replace('damaged', 'mask'), cv2.IMREAD_GRAYSCALE)
    cv2.imwrite(path.replace('damaged', 'telea'), cv2.inpaint(cv2.imread(path), mask, 3, cv2.INPAINT_TELEA))
`;

/**
 * Plants scratches, hairs and lint on photos of CID22, heals them and prints how near both are to the photo where it was damaged, in dB,
 * what OpenCV's inpainting by Telea's method reaches, and how long a damaged pixel takes. No browser.
 *
 * @param data Folder with `CID22_val`; the sprites lie in `damage` beside it.
 */
export async function measureHealing(data: string): Promise<void> {
  const marks = listMarks(data);
  const photos = readdirSync(join(data, 'CID22_val'))
    .toSorted()
    .filter((_, i) => i % every === 0);
  const folder = mkdtempSync(join(tmpdir(), 'healing-'));
  const sums = { damaged: 0, healed: 0, telea: 0, ms: 0, pixels: 0 };
  const planted: { readonly damage: Plane; readonly photo: Raster }[] = [];
  try {
    for (const [i, name] of photos.entries()) {
      const photo = await readPhoto(join(data, 'CID22_val', name));
      const damaged = { ...photo, data: photo.data.slice() };
      const damage = plantMarks(damaged, marks, drawNumbers(i + 1));
      const start = performance.now();
      const healed = await healDamage(damaged as Raster, damage, async () => {});
      sums.ms += performance.now() - start;
      sums.pixels += damage.values.reduce((sum, value) => sum + value, 0);
      sums.damaged += psnrWithin(damage, damaged, photo) / photos.length;
      sums.healed += psnrWithin(damage, healed, photo) / photos.length;
      planted.push({ damage, photo });
      writeFileSync(join(folder, `${i}.damaged.png`), writePng(damaged));
      writeFileSync(join(folder, `${i}.mask.png`), writePng(drawMask(damage)));
    }
    const python = process.env['PYTHON'] ?? '/usr/bin/python3';
    const { status } = spawnSync(python, ['-c', inpaint, folder], { stdio: 'ignore' });
    for (const [i, { damage, photo }] of status === 0 ? planted.entries() : [])
      sums.telea +=
        psnrWithin(damage, readPng(join(folder, `${i}.telea.png`)), photo) / photos.length;
    printTable(
      [
        {
          photos: String(photos.length),
          'damaged, dB': figure(sums.damaged, 1),
          'healed, dB': figure(sums.healed, 1),
          'Telea (OpenCV), dB': status === 0 ? figure(sums.telea, 1) : 'not installed',
          'µs a damaged pixel': figure((sums.ms * 1000) / sums.pixels, 1),
        },
      ],
      false,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The sprites of damage.
 *
 * @param data Folder of the benchmark photos; they lie in `damage` beside it.
 * @returns Their paths, a list for each of the kinds that follow each other.
 */
export function listMarks(data: string): readonly (readonly string[])[] {
  return kinds.map((kind) => {
    const folder = join(data, '..', 'damage', kind);
    return readdirSync(folder)
      .toSorted()
      .map((name) => join(folder, name));
  });
}

/**
 * Draws damage over a photo.
 *
 * @param photo Is changed.
 * @param marks Paths of sprites, see {@link listMarks}.
 * @param random Numbers of 0..1.
 * @returns 1 where it is damaged, with a pixel round it.
 */
export function plantMarks(
  photo: Raster,
  marks: readonly (readonly string[])[],
  random: () => number,
): Plane {
  const damage = createPlane(photo);
  for (let k = 0; k < sprites; k++) {
    const paths = marks[k % marks.length]!;
    const sprite = readSprite(paths[Math.floor(random() * paths.length)]!);
    if (!isThick(sprite)) plant(sprite, photo, damage, random);
  }
  return damage;
}

/** How much a sprite covers, 0..1: its alpha. */
function readSprite(path: string): Plane {
  const { width, height, data, channels } = decode(readFileSync(path));
  const plane = createPlane({ width, height });
  for (let i = 0; i < plane.values.length; i++)
    plane.values[i] = data[i * channels + channels - 1]! / 255;
  return plane;
}

function isThick({ width, height, values }: Plane): boolean {
  const runs = new Uint16Array(width * height);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (values[i]! < least) continue;
      const [left, up, both] = [i - 1, i - width, i - width - 1];
      const isInner = x > 0 && y > 0;
      runs[i] = isInner ? 1 + Math.min(runs[left]!, runs[up]!, runs[both]!) : 1;
      if (runs[i]! >= thick) return true;
    }
  return false;
}

/** Draws a sprite somewhere over a photo, and marks it with a pixel round it. */
function plant(sprite: Plane, photo: Raster, damage: Plane, random: () => number): void {
  const { width, height } = photo;
  const left = Math.floor((random() - 0.2) * width);
  const top = Math.floor((random() - 0.2) * height);
  const light = lights[Math.floor(random() * lights.length)]!;
  const strength = 0.6 + 0.4 * random();
  for (let v = 0, i = 0; v < sprite.height; v++)
    for (let u = 0; u < sprite.width; u++, i++) {
      const [x, y, cover] = [left + u, top + v, sprite.values[i]!];
      if (cover < least || x < 0 || y < 0 || x >= width || y >= height) continue;
      for (let c = 0, at = (y * width + x) * 4; c < 3; c++, at++)
        photo.data[at] = Math.round(photo.data[at]! + cover * strength * (light - photo.data[at]!));
      for (let w = Math.max(0, y - 1); w <= Math.min(height - 1, y + 1); w++)
        damage.values.fill(1, w * width + Math.max(0, x - 1), w * width + Math.min(width, x + 2));
    }
}

/** White where there is damage. */
function drawMask({ width, height, values }: Plane): Raster {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  values.forEach((value, i) => data.fill(value > 0 ? 255 : 0, i * 4, i * 4 + 3));
  return { width, height, data, hasAlpha: false, space: 'srgb' };
}

/** In dB, of the damaged pixels alone. */
function psnrWithin(damage: Plane, a: Raster, b: Raster): number {
  let [sum, count] = [0, 0];
  for (const [at, value] of damage.values.entries())
    for (let c = 0; c < 3 && value > 0; c++, count++)
      sum += (a.data[at * 4 + c]! - b.data[at * 4 + c]!) ** 2;
  return 10 * Math.log10((255 ** 2 * count) / sum);
}
