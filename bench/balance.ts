import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBalance } from '../src/core/findings/white-balance';
import { toneGains, toneRaster } from '../src/core/frame/tone';
import { toOklab } from '../src/core/picture/oklab';
import type { Raster } from '../src/core/picture/raster';
import { neutralTone, type Tone } from '../src/core/recipe/tone';
import { readPhoto } from './photo-file';
import { figure, median, printTable, type Cells } from './table';

/** Folders of photos that are taken for well balanced. */
const folders = ['CID22_val', 'CBSD68', 'LIVE1'];

/** The casts that they are given. */
const casts: readonly (readonly [name: string, cast: Partial<Tone>])[] = [
  ['yellowish', { temperature: 0.3 }],
  ['bluish', { temperature: -0.3 }],
  ['very yellowish', { temperature: 0.5 }],
  ['very bluish', { temperature: -0.5 }],
  ['pinkish', { tint: 0.5 }],
  ['greenish', { tint: -0.5 }],
  ['orange', { temperature: 0.4, tint: 0.3 }],
  ['cyan', { temperature: -0.4, tint: -0.3 }],
];

/** Every how manieth pixel is compared. */
const stride = 7;

const none = async (): Promise<void> => undefined;

type Case = { readonly told: boolean; readonly before: Error; readonly after: Error };

/** Degrees between the light and gray; and the mean distance of pixels in Oklab, hundredths. */
type Error = { readonly angle: number; readonly colour: number };

/**
 * Gives photos casts, estimates their balance, and prints how far they are from what they were, before and after; how
 * often a cast is told; and in how many photos as they are. No browser.
 *
 * @param data Folder of the benchmark photos.
 */
export async function measureBalance(data: string): Promise<void> {
  const cases = new Map<string, Case[]>(casts.map(([name]) => [name, []]));
  for (const folder of folders) {
    const names = readdirSync(join(data, folder)).filter((name) => /\.(png|jpg|webp)$/.test(name));
    const told: string[] = [];
    for (const name of names) {
      const photo = await readPhoto(join(data, folder, name));
      const found = findBalance(photo)?.cast;
      if (found) told.push(`${name} (${found})`);
      for (const [kind, cast] of casts)
        cases.get(kind)!.push(await tryCast(photo, { ...neutralTone, ...cast }));
    }
    const list = told.length > 0 ? `: ${told.join(', ')}` : '';
    console.log(
      `${folder}: a cast is told in ${told.length} of ${names.length} as they are${list}`,
    );
  }
  const rows = [...cases].map(([name, each]) => summarise(name, each));
  printTable([...rows, summarise('all', [...cases.values()].flat())], false);
}

async function tryCast(photo: Raster, cast: Tone): Promise<Case> {
  const given = await toneRaster(photo, cast, none);
  const balance = findBalance(given);
  const { temperature, tint } = balance ?? neutralTone;
  const undone = { ...neutralTone, temperature, tint };
  return {
    told: Boolean(balance?.cast),
    before: { angle: angleOf(cast), colour: compareColours(given, photo) },
    after: {
      angle: angleOf(cast, undone),
      colour: compareColours(await toneRaster(given, undone, none), photo),
    },
  };
}

function summarise(name: string, cases: readonly Case[]): Cells {
  const told = cases.filter((each) => each.told);
  const shareBetter = (some: readonly Case[]) =>
    figure((100 * some.filter(isBetter).length) / some.length, 0) + ' %';
  const middle = (read: (each: Case) => number) => figure(median(cases.map(read)), 1);
  return {
    cast: name,
    'light off, degrees': middle(({ before }) => before.angle),
    balanced: middle(({ after }) => after.angle),
    'colour off': middle(({ before }) => before.colour),
    'balanced ': middle(({ after }) => after.colour),
    better: shareBetter(cases),
    told: figure((100 * told.length) / cases.length, 0) + ' %',
    'told, better': shareBetter(told),
  };
}

const isBetter = ({ before, after }: Case): boolean => after.colour < before.colour;

/** Degrees between what tones have made of a gray light, and gray. */
function angleOf(...tones: readonly Tone[]): number {
  const light = [0, 1, 2].map((c) => tones.reduce((all, tone) => all * toneGains(tone)[c]!, 1));
  const [sum, length] = [light.reduce((all, each) => all + each, 0), Math.hypot(...light)];
  return (Math.acos(Math.min(1, sum / (Math.sqrt(3) * length))) * 180) / Math.PI;
}

/**
 * How far the colours of two pictures of one size lie apart.
 *
 * @param a One, of 8 bits.
 * @param b Another.
 * @returns The mean distance in Oklab, times 100.
 */
export function compareColours(a: Raster, b: Raster): number {
  const read = ({ data }: Raster, i: number) =>
    toOklab(data[i]! / 255, data[i + 1]! / 255, data[i + 2]! / 255);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < a.data.length; i += 4 * stride) {
    const [one, other] = [read(a, i), read(b, i)];
    sum += Math.hypot(...one.map((value, c) => value - other[c]!));
    count++;
  }
  return (100 * sum) / count;
}
