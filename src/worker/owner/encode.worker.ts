import { expose } from 'comlink';
import { settle } from '../../core/errors';
import { encodeRows } from '../../formats/encode';
import type { Encoder } from './encoder';

const surface: Encoder = {
  encode: (head, options, read) => settle(() => encodeRows({ ...head, read }, options)),
};

expose(surface);
