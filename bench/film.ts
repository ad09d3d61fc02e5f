import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createBetween } from '../src/core/film/between';
import { isCut } from '../src/core/film/cuts';
import { debandRaster } from '../src/core/film/deband';
import { createDeflicker } from '../src/core/film/deflicker';
import { lumaPyramid } from '../src/core/film/luma-pyramid';
import { findMotion } from '../src/core/film/motion';
import { createSteadyDetail } from '../src/core/film/steady-detail';
import type { FilmFrame } from '../src/core/film/step';
import type { Raster, Raster8 } from '../src/core/picture/raster';
import { resample } from '../src/core/picture/resample';
import { distance, runStep, unrest } from '../tests/unit/core/film/clips';
import { drawMotion, motions, type Moving } from '../tests/unit/core/film/moving';
import { addNoise } from '../tests/unit/core/scenes';
import { compressPhoto, readPhoto } from './photo-file';
import { figure, printTable, type Cells } from './table';

/** Photos that scenes are made of, two for each scene. */
const photoCount = 8;

const size = { width: 256, height: 192 };

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const decibels = (share: number) => 20 * Math.log10(share);
const closeness = (a: Raster, b: Raster) => decibels(255 / distance(a, b));

/**
 * Measures the steps of film on clips with known motion that are made of the benchmark photos, and prints a table for each. No browser.
 *
 * @param data Folder of the benchmark photos.
 * @param parts Which: `cuts`, `between`, `steady`, `deflicker`, `deband`, `pace`; all by default.
 */
export async function measureFilm(data: string, parts: readonly string[]): Promise<void> {
  const folder = join(data, 'CID22_val');
  const photos: Raster[] = [];
  for (const name of readdirSync(folder).toSorted().slice(0, photoCount))
    photos.push(await readPhoto(join(folder, name)));
  const scenes = (kind: (typeof motions)[number], most = photoCount) =>
    Array.from({ length: most / 2 }, (_, i) =>
      drawMotion(kind, size, photos[2 * i]!, photos[2 * i + 1]!),
    );
  const measures: Readonly<Record<string, () => Cells[] | Promise<Cells[]>>> = {
    cuts: () => tellCuts(scenes),
    between: () => rowsOf((kind) => fillBetween(kind, scenes(kind))),
    steady: () => rowsOf((kind) => keepSteady(kind, scenes(kind, 4))),
    deflicker: () => takeFlicker(scenes),
    deband: () => smoothBands(photos),
    pace: () => [
      takeTime(drawMotion('object', { width: 640, height: 360 }, photos[0]!, photos[1]!)),
    ],
  };
  for (const [name, measure] of Object.entries(measures))
    if (parts.length === 0 || parts.includes(name)) {
      console.log(name);
      printTable(await measure(), false);
    }
}

async function rowsOf(row: (kind: (typeof motions)[number]) => Promise<Cells>): Promise<Cells[]> {
  const rows: Cells[] = [];
  for (const kind of motions) rows.push(await row(kind));
  return rows;
}

type Scenes = (kind: (typeof motions)[number], most?: number) => Moving[];

function tellCuts(scenes: Scenes): Cells[] {
  const starts = scenes('pan').map((scene) => scene.frame(0));
  const between = starts.flatMap((a, i) => starts.slice(i + 1).map((b) => isCut(a, b)));
  const within = motions.flatMap((kind) =>
    scenes(kind).map((scene) =>
      isCut(addNoise(scene.frame(0), 5, 1), addNoise(scene.frame(1), 5, 2)),
    ),
  );
  const told = (cuts: readonly boolean[]) => `${cuts.filter(Boolean).length} of ${cuts.length}`;
  return [{ 'cuts told': told(between), 'told within a scene': told(within) }];
}

/** Every second frame left out, and made again. */
async function fillBetween(kind: string, scenes: readonly Moving[]): Promise<Cells> {
  const gains: number[] = [];
  const rows: (readonly [number, number])[] = [];
  for (const scene of scenes) {
    const [a, truth, b] = [scene.frame(2), scene.frame(3), scene.frame(4)];
    const blend = { ...a, data: a.data.map((v, i) => (v + b.data[i]!) / 2) };
    const middle = await createBetween(a, b).at(0.5);
    const [mixed, made] = [closeness(blend, truth), closeness(middle, truth)];
    gains.push(made - mixed);
    rows.push([mixed, made]);
  }
  return {
    motion: kind,
    'blend, dB': figure(mean(rows.map(([mixed]) => mixed)), 1),
    'made, dB': figure(mean(rows.map(([, made]) => made)), 1),
    'least gain, dB': figure(Math.min(...gains), 1),
  };
}

/** Frames of half the size with noise and JPEG of their own, enlarged by bicubic resampling. */
async function keepSteady(kind: string, scenes: readonly Moving[]): Promise<Cells> {
  const [restless, gains] = [[] as number[], [] as number[]];
  for (const scene of scenes) {
    const clip: FilmFrame[] = [];
    for (let k = 0; k < 6; k++) {
      const half = { width: size.width / 2, height: size.height / 2 };
      const small = addNoise(resample(scene.frame(k), half), 5, k + 1);
      const raster = resample(await compressPhoto(small, 75), size);
      clip.push({ raster, at: k * 40_000, duration: 40_000 });
    }
    const made = await runStep(createSteadyDetail({ strength: 1 }), clip);
    for (const k of [2, 3, 4, 5]) {
      const [own, steady] = [clip, made].map((frames) =>
        unrest(scene, frames[k]!.raster, frames[k - 1]!.raster, k),
      );
      restless.push(steady! / own!);
      const truth = scene.frame(k);
      gains.push(closeness(made[k]!.raster, truth) - closeness(clip[k]!.raster, truth));
    }
  }
  return {
    motion: kind,
    'difference along motion, of what it was': `${figure(100 * mean(restless), 0)} %`,
    'nearer to the truth, dB': figure(mean(gains), 2),
  };
}

/** Flicker of 8 % of encoded levels, and a fade. */
async function takeFlicker(scenes: Scenes): Promise<Cells[]> {
  const rows: Cells[] = [];
  for (const [name, hertz, bands] of [
    ['3 Hz', 3, 0],
    ['7.3 Hz', 7.3, 0],
    ['12 Hz', 12, 0],
    ['3 Hz, rolling', 3, 1],
    ['11 Hz, rolling', 11, 1.5],
  ] as const) {
    const gain = (t: number, y: number) =>
      1 + 0.08 * Math.sin(2 * Math.PI * (hertz * t + bands * y) + 1);
    const fall = async (isStill: boolean) => {
      const [scene] = scenes('pan', 2);
      const { truth, clip } = lightClip((k) => scene!.frame(isStill ? 0 : k), gain);
      const made = await runStep(createDeflicker({ strength: 1 }), clip);
      return decibels(flickerOf(clip, truth) / flickerOf(made, truth));
    };
    rows.push({
      flicker: name,
      'falls, still, dB': figure(await fall(true), 1),
      'pan, dB': figure(await fall(false), 1),
    });
  }
  const [scene] = scenes('pan', 2);
  const { clip } = lightClip(
    () => scene!.frame(0),
    (t) => Math.max(0.05, Math.min(1, 1.5 - 0.7 * t)),
  );
  const made = await runStep(createDeflicker({ strength: 1 }), clip);
  const moved = made.map(({ raster }, k) => distance(raster, clip[k]!.raster));
  console.log(`a fade of 1.4 s to black moves by at most ${figure(Math.max(...moved), 1)} levels`);
  return rows;
}

function lightClip(frameAt: (k: number) => Raster8, gain: (t: number, y: number) => number) {
  const rate = 25;
  const truth = Array.from({ length: 75 }, (_, k) => frameAt(k));
  const clip = truth.map((raster, k) => {
    const data = raster.data.map((v, i) =>
      i % 4 === 3 ? v : v * gain(k / rate, Math.floor(i / 4 / size.width) / size.height),
    );
    return { raster: { ...raster, data }, at: (k * 1e6) / rate, duration: 1e6 / rate };
  });
  return { truth, clip };
}

/** Deviation over time of the logarithm of how bright eighths of the height are against the truth. */
function flickerOf(clip: readonly FilmFrame[], truth: readonly Raster[]): number {
  const bands = 8;
  const part = (raster: Raster, band: number) => {
    const rows = (raster.width * raster.height * 4) / bands;
    const own = raster.data.subarray(band * rows, (band + 1) * rows);
    let sum = 0;
    for (let i = 1; i < own.length; i += 4) sum += own[i]!;
    return sum;
  };
  const squares = Array.from({ length: bands }, (_, band) => {
    const off = clip.map(({ raster }, k) => Math.log(part(raster, band) / part(truth[k]!, band)));
    const middle = mean(off);
    return mean(off.map((value) => (value - middle) ** 2));
  });
  return Math.sqrt(mean(squares));
}

/** A blurred sky stored in steps, and photos as they are. */
function smoothBands(photos: readonly Raster[]): Cells[] {
  const { width, height } = { width: 512, height: 288 };
  const level = (i: number) =>
    90 + (60 * (i % width)) / width + (20 * Math.floor(i / width)) / height;
  const draw = (step: number) => {
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let i = 0; i < width * height; i++)
      data.fill(Math.round(level(i) / step) * step, i * 4, i * 4 + 3);
    return { ...photos[0]!, width, height, data } as Raster;
  };
  const changed = photos.map((photo) => distance(debandRaster(photo, 1), photo));
  return [2, 3, 4].map((step) => {
    const banded = draw(step);
    const reduce = { width: width / 8, height: height / 8 };
    const truth = resample(draw(1), reduce);
    const off = (raster: Raster) => distance(resample(raster, reduce), truth);
    return {
      'steps of': String(step),
      'from the slope, levels': figure(off(banded), 2),
      smoothed: figure(off(debandRaster(banded, 1)), 2),
      'photos change by, levels': figure(mean(changed), 2),
    };
  });
}

function takeTime(scene: Moving): Cells {
  const [a, b] = [0, 1].map((k) => lumaPyramid(scene.frame(k), 2 ** 18));
  const times = Array.from({ length: 12 }, () => {
    const start = process.cpuUsage();
    findMotion(a!, b!);
    return process.cpuUsage(start).user / 1000;
  });
  return {
    pair: `${scene.width} x ${scene.height}`,
    'motion one way, least ms of CPU': figure(Math.min(...times), 0),
  };
}
