import type { BetweenMix } from '../../core/film/between';
import { filmOnArrays, type FilmWork } from '../../core/film/film-work';
import { regionCount } from '../../core/film/light-change';
import { createMotion } from '../../core/film/motion';
import type { YuvPicture } from '../../core/film/yuv';
import { createRaster, type Raster8 } from '../../core/picture/raster';
import { openGpu, type Gpu } from '../device';
import { FilmPass } from './film-pass';

const size = { width: 61, height: 34 };
const colours = { matrix: 'bt709', isFull: false } as const;

/** Pixels that are all different, or a slope in steps of three levels. */
function draw(seed: number, isSlope = false): Raster8 {
  const raster = createRaster(size, false);
  for (let i = 0; i < raster.data.length; i++) {
    const level = isSlope ? 90 + 3 * Math.floor(((i >> 2) % size.width) / 9) : (i * seed) % 256;
    raster.data[i] = i % 4 === 3 ? 255 : level;
  }
  return raster;
}

function drawMotion() {
  const motion = createMotion({ width: 20, height: 11 });
  const fit = motion.x.map((_, i) => ((i * 7) % 11) / 10);
  motion.x.forEach((_, i) => (motion.x[i] = ((i * 5) % 9) / 3 - 1.3));
  motion.y.forEach((_, i) => (motion.y[i] = ((i * 3) % 7) / 3 - 1));
  return { motion, fit };
}

function drawYuv(): YuvPicture {
  const [columns, rows] = [(size.width + 1) >> 1, (size.height + 1) >> 1];
  const luma = size.width * size.height;
  const data = Uint8Array.from({ length: luma + 2 * columns * rows }, (_, i) => (i * 89) % 256);
  const plane = (offset: number, stride: number) => ({ data, offset, stride, step: 1 });
  return {
    ...{ ...size, across: 2, down: 2, y: plane(0, size.width) },
    ...{ u: plane(luma, columns), v: plane(luma + columns * rows, columns) },
  };
}

/** One small piece of each work. */
const pieces: { readonly [K in keyof FilmWork]: (work: FilmWork) => ReturnType<FilmWork[K]> } = {
  rasterOfYuv: (work) => work.rasterOfYuv(drawYuv(), colours),
  yuvOfRaster: (work) => work.yuvOfRaster(draw(89), colours),
  deband: (work) => work.deband(draw(1, true), 1),
  applyGains: (work) => {
    const gains = Float32Array.from({ length: 3 * regionCount }, (_, i) => 0.9 + (i % 5) / 20);
    return work.applyGains(draw(89), gains);
  },
  blendSteady: (work) => {
    const blend = { ...drawMotion(), factor: 3, share: 0.95 };
    return work.blendSteady(draw(1, true), draw(89), blend);
  },
  mixMoved: (work) => {
    const { motion, fit: first } = drawMotion();
    const second = first.map((value) => 1.1 - value);
    const mix: BetweenMix = { between: { motion, first, second }, factor: 3, phase: 0.4 };
    return work.mixMoved(draw(89), draw(1, true), mix);
  },
};

/**
 * Whether one kind of work comes out as it does on arrays, to a level: a driver that is wrong is mostly silent about it.
 *
 * @param work The work.
 * @param name Which kind.
 * @returns False where a level is further off.
 * @throws {unknown} What the work fails with.
 */
export async function isFilmWorkRight(work: FilmWork, name: keyof FilmWork): Promise<boolean> {
  const { data: made } = await pieces[name](work);
  const { data: wanted } = await pieces[name](filmOnArrays);
  return (
    made.length === wanted.length && wanted.every((level, i) => Math.abs(level - made[i]!) <= 1)
  );
}

/**
 * Opens a GPU for the pictures of a clip.
 *
 * @param acceptSoftware Whether a software adapter will do (tests and bug reports).
 * @returns What works on it, and its device, which is the caller's to destroy; null where there is no GPU to use.
 */
export async function openFilmPass(
  acceptSoftware: boolean,
): Promise<{ readonly work: FilmWork; readonly gpu: Gpu } | null> {
  const gpu = await openGpu(acceptSoftware);
  return gpu && { work: new FilmPass(gpu), gpu };
}
