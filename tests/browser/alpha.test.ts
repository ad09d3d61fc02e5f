import { beforeAll, describe, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors';
import { createRaster, type Raster } from '../../src/core/picture/raster';
import { savedFormats } from '../../src/core/format';
import { parseRecipe } from '../../src/core/recipe/parsing';
import { decode } from '../../src/formats/decode';
import { encode } from '../../src/formats/encode';
import { sniff } from '../../src/formats/sniff';
import { PhotoOwner } from '../../src/worker/owner/photo-owner';

const catalogUrl = new URL('/models/catalog.json', location.href).href;
const withAlpha = savedFormats.filter((format) => format !== 'jpeg');
const size = { width: 80, height: 36 };

/** On the left a bar with sharp edges, on the right a soft shadow; between them there is nothing. */
const bar = { left: 6, right: 30, top: 6, bottom: 30 };
const border = 38;
const orange = [250, 120, 20] as const;
const shadowBlue = [10, 10, 60] as const;
const colourAt = (x: number) => (x < border ? orange : shadowBlue);

/** How much there is at a place, 0..1, in pixels of the photo. */
function coverAt(x: number, y: number): number {
  if (x >= border) return 0.7 * Math.exp(-((x - 60) ** 2 + (y - 18) ** 2) / (2 * 5 ** 2));
  return x > bar.left && x < bar.right && y > bar.top && y < bar.bottom ? 1 : 0;
}

/** Where nothing is to be seen black hides, as most programs leave it. */
function draw(cover: (x: number, y: number) => number): Raster {
  const raster = createRaster(size, true);
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const alpha = Math.round(255 * cover(x + 0.5, y + 0.5));
      if (alpha > 0) raster.data.set([...colourAt(x), alpha], (y * size.width + x) * 4);
    }
  return raster;
}

describe.each([2, 4])('enlarged %i times', (scale) => {
  const saved = new Map<string, Raster>();

  beforeAll(async () => {
    const owner = new PhotoOwner();
    await owner.init({ backend: 'wasm', tile: 64, catalogUrl });
    const recipe = parseRecipe({ v: 1, scale, variant: 'faithful' });
    const png = await encode(draw(coverAt), { format: 'png', quality: 1 });
    const { id } = unwrap(await owner.open(new File([png], 'it.png')));
    unwrap(await owner.enhance(id, recipe, { x: 0, y: 0 }, () => undefined));
    for (const format of withAlpha) {
      const { blob } = unwrap(await owner.save(id, { format, quality: 90 }));
      saved.set(format, (await decode(blob)).raster);
    }
  }, 60_000);

  test.each(withAlpha)('a sharp edge stays sharp, in its place: %s', (format) => {
    const { data, width, height } = saved.get(format)!;
    expect([width, height]).toEqual([size.width * scale, size.height * scale]);
    const row = Array.from(
      { length: border * scale },
      (_, x) => data[((height >> 1) * width + x) * 4 + 3]!,
    );
    const soft = row.filter((alpha) => alpha > 25 && alpha < 230);
    // Of both edges: each is a pixel of the photo wide, as in the plain enlargement of a step.
    expect(soft.length).toBeLessThanOrEqual(2 * scale);
    const [left, right] = [bar.left * scale, bar.right * scale];
    expect(row.every((alpha, x) => alpha > 127 === (x >= left && x < right))).toBe(true);
    // Nothing is left of the bar farther than a pixel of the photo from its edge, and nothing is missing inside.
    const far = [row.slice(0, left - scale), row.slice(right + scale)].flat();
    expect(Math.max(...far)).toBeLessThanOrEqual(1);
    expect(Math.min(...row.slice(left + scale, right - scale))).toBeGreaterThanOrEqual(254);
  });

  test.each(withAlpha)('a soft shadow stays as soft: %s', (format) => {
    const { data, width, height } = saved.get(format)!;
    for (let y = 0; y < height; y++)
      for (let x = border * scale; x < width; x++) {
        const wanted = 255 * coverAt((x + 0.5) / scale, (y + 0.5) / scale);
        expect(Math.abs(data[(y * width + x) * 4 + 3]! - wanted)).toBeLessThan(1.5);
      }
  });

  test.each(withAlpha)('over black, white and red there is no fringe: %s', (format) => {
    const { data, width } = saved.get(format)!;
    for (const ground of [
      [0, 0, 0],
      [255, 255, 255],
      [255, 0, 0],
    ]) {
      let worst = 0;
      for (let i = 0; i < data.length; i += 4) {
        const alpha = data[i + 3]! / 255;
        const colour = colourAt(((i / 4) % width) / scale);
        for (let c = 0; c < 3; c++) {
          const over = (level: number) => alpha * level + (1 - alpha) * ground[c]!;
          worst = Math.max(worst, Math.abs(over(data[i + c]!) - over(colour[c]!)));
        }
      }
      expect(worst, `over ${ground.join()}`).toBeLessThanOrEqual(1.5);
    }
  });
});

test.each(withAlpha)('an opaque picture pays nothing for alpha: %s', async (format) => {
  const opaque = draw(() => 1);
  const file = await encode({ ...opaque, hasAlpha: false }, { format, quality: 90 });
  const header = sniff(new Uint8Array(await file.arrayBuffer()));
  expect(header.hasAlpha).toBe(false);
  const asIfNot = await encode(opaque, { format, quality: 90 });
  expect(file.size).toBeLessThanOrEqual(asIfNot.size);
});
