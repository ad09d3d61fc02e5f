import { expose } from 'comlink';
import { settle } from '../../core/errors';
import { encode } from '../../formats/encode';
import type { Encoder } from './encoder';

const surface: Encoder = {
  encode: (raster, options) => settle(() => encode(raster, options)),
};

expose(surface);
