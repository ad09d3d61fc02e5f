import type { Settings } from '../src/embed/protocol';

/** What a host says that has no wishes. */
export const usualSettings: Settings = {
  ...{ backend: 'wasm', scale: null, recipe: null, maxPixels: 0, reveal: 'interaction' },
  ...{ theme: 'auto', lang: '', format: 'auto', quality: 90, picker: true, disabled: false },
  ...{ multiple: false, video: false, accent: '', radius: '' },
};
