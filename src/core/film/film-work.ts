import type { Raster, Raster8 } from '../picture/raster';
import { mixMoved, type MixMoved } from './between';
import { debandRaster } from './deband';
import { applyGains, type ApplyGains } from './deflicker';
import { blendSteady, type BlendSteady } from './steady-detail';
import type { Made } from './step';
import { rasterOfYuv, yuvOfRaster, type I420, type YuvColours, type YuvPicture } from './yuv';

/** What is done to every pixel of a clip, apart from its networks: on arrays, or elsewhere with the same outcome. */
export type FilmWork = {
  /** See {@link rasterOfYuv}; the picture's buffer stays the caller's. */
  readonly rasterOfYuv: (picture: YuvPicture, colours: YuvColours) => Made<Raster8>;
  /** See {@link yuvOfRaster}. */
  readonly yuvOfRaster: (raster: Raster8, colours: YuvColours) => Made<I420>;
  /** See {@link debandRaster}; where nothing changes, the raster itself or an equal one. */
  readonly deband: (raster: Raster, strength: number) => Made<Raster>;
  /** See {@link applyGains}. */
  readonly applyGains: ApplyGains;
  /** See {@link blendSteady}; where nothing changes, the raster itself or an equal one. */
  readonly blendSteady: BlendSteady;
  /** See {@link mixMoved}. */
  readonly mixMoved: MixMoved;
};

/** It all on arrays: what any other way is held to. */
export const filmOnArrays: FilmWork = {
  ...{ rasterOfYuv, yuvOfRaster, deband: debandRaster, applyGains, blendSteady, mixMoved },
};
