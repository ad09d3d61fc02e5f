import lcmsUrl from 'lcms-wasm/dist/lcms.wasm?url';
import { startCodec, type EmscriptenFactory } from '../wasm-codec';

/** What of LittleCMS is called: places in its memory, and numbers that stand for its objects, 0 for none. */
export type Lcms = {
  /** Its memory; another array whenever that has grown. */
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(place: number): void;
  _cmsOpenProfileFromMem(place: number, bytes: number): number;
  _cmsCreate_sRGBProfile(): number;
  /** CIE Lab of D50, where 0 is given for the white. */
  _cmsCreateLab4Profile(white: number): number;
  _cmsCreateTransform(
    input: number,
    inputFormat: number,
    output: number,
    outputFormat: number,
    intent: number,
    flags: number,
  ): number;
  _cmsDoTransform(transform: number, from: number, to: number, pixels: number): void;
  _cmsDeleteTransform(transform: number): void;
  _cmsCloseProfile(profile: number): void;
};

/**
 * Loads LittleCMS, a colour engine that knows every kind of ICC profile.
 *
 * @returns It, with a memory of its own.
 * @throws {Error} Where it cannot be downloaded or started.
 */
export async function loadLcms(): Promise<Lcms> {
  const glue = await import('lcms-wasm/dist/lcms.js');
  return startCodec(glue.default as EmscriptenFactory<Lcms>, lcmsUrl);
}
