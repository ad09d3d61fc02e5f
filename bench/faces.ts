import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinBoxes, type FaceBox } from '../src/core/findings/faces';
import type { SeenFaces } from './pages/faces';
import { withSearches } from './search-page';
import { printTable } from './table';

/** What the search is to reach: share of the faces that are found, and photos without people to one false box. */
const wanted = { found: 0.9, photosPerFalse: 20 };

/** From here on a box lies over a face that was drawn by eye, whose edges are a matter of taste. */
const leastOverlap = 0.3;

/** Folders of the benchmark photos, none of them seen by the search before. */
const folders = ['CBSD68', 'CID22_val', 'LIVE1', 'Set14', 'Set5', 'real/jpeg', 'real/old'];

/** A rectangle in pixels: left, top, width, height. */
type Drawn = readonly [number, number, number, number];

/** What was seen by eye in the photos, by their names. */
type Labels = {
  /** Every face of 40 pixels and more from hair to chin, whichever way it looks, in shadow or under a helmet. */
  readonly faces: Readonly<Record<string, readonly Drawn[]>>;
  /** Photos that count as nothing: people whose faces are smaller or turned away, and faces that are drawn or carved. */
  readonly aside: readonly string[];
};

/**
 * Looks for faces on the CPU, in a browser, as the page does, in the benchmark photos: how many of those that were drawn by eye
 * (`bench/faces.json`) are found, and what else is taken for one.
 *
 * @param data Folder of the benchmark photos.
 * @param args A file that what was seen is written to, for other rules than ours.
 */
export async function measureFaces(data: string, [file]: readonly string[]): Promise<void> {
  const labels = JSON.parse(readFileSync(new URL('faces.json', import.meta.url), 'utf8')) as Labels;
  const names = folders.flatMap((folder) =>
    readdirSync(join(data, folder))
      .filter((name) => /\.(webp|png|jpg)$/.test(name))
      .map((name) => `${folder}/${name}`)
      .sort(),
  );
  await withSearches('faces', 'seeFacesIn', undefined, async (page) => {
    const seen: Record<string, SeenFaces> = {};
    for (const name of names) {
      seen[name] = await page.evaluate((address) => seeFacesIn(address), `/@fs${join(data, name)}`);
      // As it goes on, which takes minutes.
      if (file) writeFileSync(file, JSON.stringify(seen));
    }
    report(labels, seen);
  });
}

function report({ faces, aside }: Labels, seen: Readonly<Record<string, SeenFaces>>): void {
  const boxes = Object.fromEntries(
    Object.entries(seen).map(([name, each]) => [name, place(joinBoxes(each.levels), each)]),
  );
  const missed: string[] = [];
  let [all, besides] = [0, 0];
  for (const [name, drawn] of Object.entries(faces)) {
    const found = boxes[name] ?? [];
    all += drawn.length;
    for (const face of drawn)
      if (!found.some((box) => overlap(box, face) >= leastOverlap))
        missed.push(`${name} ${face.join(',')}`);
    besides += found.filter((box) => drawn.every((face) => overlap(box, face) < 0.1)).length;
  }
  const empty = Object.keys(boxes).filter((name) => !(name in faces) && !aside.includes(name));
  const wrong = empty.flatMap((name) => boxes[name]!.map((box) => `${name} ${box.join(',')}`));
  const seconds = Object.values(seen).map((each) => each.seconds);
  const mean = seconds.reduce((sum, each) => sum + each, 0) / seconds.length;
  const row = (what: string, here: string, promised = '–') => ({ what, here, wanted: promised });
  printTable(
    [
      row('faces found', `${all - missed.length} of ${all}`, `at least ${wanted.found * 100} %`),
      row(
        'false boxes, photos without people',
        `${wrong.length} in ${empty.length}`,
        `at most 1 in ${wanted.photosPerFalse}`,
      ),
      row('boxes beside faces, photos with faces', `${besides} in ${Object.keys(faces).length}`),
      row('a photo, s', mean.toFixed(2)),
    ],
    false,
  );
  for (const each of missed) console.log(`missed: ${each}`);
  for (const each of wrong) console.log(`false: ${each}`);
}

/** Boxes in whole pixels. */
function place(boxes: readonly FaceBox[], { width, height }: SeenFaces): readonly Drawn[] {
  return boxes.map((box) => [
    ...[Math.round(box.x * width), Math.round(box.y * height)],
    ...[Math.round(box.width * width), Math.round(box.height * height)],
  ]) as unknown as readonly Drawn[];
}

/** What two rectangles have in common, in parts of what either covers. */
function overlap([x, y, width, height]: Drawn, [left, top, across, down]: Drawn): number {
  const both =
    Math.max(0, Math.min(x + width, left + across) - Math.max(x, left)) *
    Math.max(0, Math.min(y + height, top + down) - Math.max(y, top));
  return both / (width * height + across * down - both);
}
