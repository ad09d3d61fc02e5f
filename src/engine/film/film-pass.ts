import { regionColumns, regionRows } from '../../core/film/light-change';
import { mixMoved } from '../../core/film/between';
import { debandRaster, reaches, span } from '../../core/film/deband';
import { applyGains, bright } from '../../core/film/deflicker';
import type { FilmWork } from '../../core/film/film-work';
import { blendSteady, reach, slack } from '../../core/film/steady-detail';
import { factorsOfRgb, factorsOfYuv, fractionBits, rasterOfYuv } from '../../core/film/yuv';
import { depthOf, type Raster, type Raster8 } from '../../core/picture/raster';
import type { Size } from '../../core/picture/rect';
import type { WatchedDevice } from '../device';
import betweenCode from './between.wgsl?raw';
import cubicCode from './cubic.wgsl?raw';
import debandCode from './deband.wgsl?raw';
import { FilmGpu, type Bench, type Dispatch } from './film-gpu';
import gainsCode from './gains.wgsl?raw';
import i420Code from './i420.wgsl?raw';
import movedCode from './moved.wgsl?raw';
import pixelsCode from './pixels.wgsl?raw';
import steadyCode from './steady.wgsl?raw';
import yuvCode from './yuv.wgsl?raw';

/** Numbers that shaders and arrays share. */
const constants = (numbers: Readonly<Record<string, string>>) =>
  Object.entries(numbers)
    .map(([name, value]) => `const ${name} = ${value};\n`)
    .join('');

const fraction = constants({ fractionBits: `${fractionBits}u` });

/** Reads the picture in a buffer of the shader's between its pixels. */
const reader = (name: string) => cubicCode.replaceAll('SOURCE', name);

const regions = constants({
  regionColumns: `${regionColumns}u`,
  regionRows: `${regionRows}u`,
  bright: String(bright),
});

const around = constants({ reach: reach.toFixed(1), slack: slack.toFixed(1) });

const codes = {
  yuv: fraction + yuvCode,
  i420: fraction + i420Code,
  deband: debandCode,
  gains: regions + pixelsCode + gainsCode,
  steady: around + movedCode + pixelsCode + reader('before') + steadyCode,
  between: movedCode + pixelsCode + reader('first') + reader('second') + betweenCode,
} as const;

/** Words of a row of threads, where what is made is no picture. */
const wordsAcross = 1024;

/**
 * What is done to every pixel of a clip, on a GPU: turning colours and Deband come to the very levels that arrays do, all else to
 * one level of 255. What a GPU is not worth, or these shaders are not for, is done on arrays: 16 bits, and planes that lie apart.
 */
export class FilmPass implements FilmWork {
  readonly #gpu: FilmGpu;

  /**
   * @param gpu The device; the caller's.
   */
  constructor(gpu: WatchedDevice) {
    this.#gpu = new FilmGpu(gpu);
  }

  /** @inheritdoc */
  readonly rasterOfYuv: FilmWork['rasterOfYuv'] = (picture, colours) => {
    const { width, height, y, u, v, across, down } = picture;
    const { data } = y;
    if (u.data !== data || v.data !== data) return rasterOfYuv(picture, colours);
    const { black, luma, redV, greenU, greenV, blueU } = factorsOfYuv(colours);
    const planes = [y, u, v].flatMap(({ offset, stride, step }) => [offset, stride, step, 0]);
    const factors = [black, luma, redV, greenU, greenV, blueU];
    return this.#draw({ width, height, hasAlpha: false }, (bench, out) =>
      bench.dispatch({
        ...{ code: codes.yuv, entry: 'toPixels', threads: [width, height] },
        terms: pack(new Int32Array([width, height, across, down, ...planes, ...factors])),
        buffers: [bench.numbers(data), out],
      }),
    );
  };

  /** @inheritdoc */
  readonly yuvOfRaster: FilmWork['yuvOfRaster'] = (raster, colours) => {
    const { width, height } = raster;
    const bytes = width * height + 2 * ((width + 1) >> 1) * ((height + 1) >> 1);
    const { y, u, v } = factorsOfRgb(colours);
    const terms = pack(new Int32Array([...y, ...u, ...v, width, height, wordsAcross]));
    return this.#gpu.make(
      bytes,
      (bench) => {
        const words = Math.ceil(bytes / 4);
        const out = bench.room(words * 4);
        bench.dispatch({
          ...{ code: codes.i420, entry: 'toSamples', terms, buffers: [bench.picture(raster), out] },
          threads: [wordsAcross, Math.ceil(words / wordsAcross)],
        });
        return out;
      },
      (data) => ({ made: { width, height, data } }),
    );
  };

  /** @inheritdoc */
  readonly deband: FilmWork['deband'] = (raster, strength) => {
    const most = Math.floor(span * strength);
    if (depthOf(raster) !== 8 || most < 1) return debandRaster(raster, strength);
    const { width, height } = raster;
    return this.#draw(raster, (bench, out) => {
      const pixels = bench.picture(raster);
      const rows = bench.room(width * height * 16);
      bench.copy(pixels, out, width * height * 4);
      for (const each of reaches.toReversed()) {
        const shared: Pick<Dispatch, 'code' | 'terms' | 'threads'> = {
          ...{ code: codes.deband, threads: [width, height] },
          terms: pack(new Uint32Array([width, height, each, most])),
        };
        bench.dispatch({ ...shared, entry: 'alongRows', buffers: [pixels, rows] });
        bench.dispatch({ ...shared, entry: 'alongColumns', buffers: [null, rows, out] });
      }
    });
  };

  /** @inheritdoc */
  readonly applyGains: FilmWork['applyGains'] = (raster, gains) => {
    if (depthOf(raster) !== 8) return applyGains(raster, gains);
    const { width, height } = raster;
    return this.#draw(raster, (bench, out) =>
      bench.dispatch({
        ...{ code: codes.gains, entry: 'light', threads: [width, height] },
        terms: pack(new Uint32Array([width, height])),
        buffers: [bench.picture(raster), bench.numbers(gains), out],
      }),
    );
  };

  /** @inheritdoc */
  readonly blendSteady: FilmWork['blendSteady'] = (raster, before, blend) => {
    if (depthOf(raster) !== 8) return blendSteady(raster, before, blend);
    const { width, height } = raster;
    const { motion, fit, factor, share } = blend;
    return this.#draw(raster, (bench, out) =>
      bench.dispatch({
        ...{ code: codes.steady, entry: 'blend', threads: [width, height] },
        terms: moved(raster, motion, factor, share),
        buffers: [
          bench.picture(raster),
          bench.picture(before),
          bench.numbers(motion.x, motion.y, fit),
          out,
        ],
      }),
    );
  };

  /** @inheritdoc */
  readonly mixMoved: FilmWork['mixMoved'] = (first, second, mix) => {
    if (depthOf(first) !== 8) return mixMoved(first, second, mix);
    const { width, height } = first;
    const { between, factor, phase } = mix;
    const { motion } = between;
    return this.#draw(first, (bench, out) =>
      bench.dispatch({
        ...{ code: codes.between, entry: 'mixed', threads: [width, height] },
        terms: moved(first, motion, factor, phase),
        buffers: [
          bench.picture(first),
          bench.picture(second),
          bench.numbers(motion.x, motion.y, between.first, between.second),
          out,
        ],
      }),
    );
  };

  /** A picture of 8 bits, which stays on the GPU as well. */
  #draw(
    like: Pick<Raster, 'width' | 'height' | 'hasAlpha'> & Partial<Pick<Raster, 'space'>>,
    work: (bench: Bench, out: GPUBuffer) => void,
  ): Promise<Raster8> {
    const { width, height, hasAlpha, space = 'srgb' } = like;
    const bytes = width * height * 4;
    return this.#gpu.make(
      bytes,
      (bench) => {
        const out = bench.room(bytes);
        work(bench, out);
        return out;
      },
      (data) => {
        const picture = { width, height, hasAlpha, space, data };
        return { made: picture, picture };
      },
    );
  }
}

/** The `Terms` of shaders that move pictures. */
function moved(picture: Size, motion: Size, factor: number, share: number): ArrayBuffer {
  const { width, height } = picture;
  return pack(
    new Int32Array([width, height, motion.width, motion.height, factor]),
    new Float32Array([share]),
  );
}

/** A shader's `Terms`, as long as uniforms must be. */
function pack(...parts: readonly (Int32Array | Uint32Array | Float32Array)[]): ArrayBuffer {
  const length = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const bytes = new Uint8Array(Math.ceil(length / 16) * 16);
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of parts) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes.buffer;
}
