import { createRaster, type Raster8 } from '../../core/picture/raster';
import type { Bytes } from '../metadata/metadata';

/** A JPEG decoder that gives the file's own samples, where browsers give sRGB. */
type JpegDecoder = {
  readonly width: number;
  readonly height: number;
  parse(file: Uint8Array): void;
  getData(how: {
    width: number;
    height: number;
    forceRGB: boolean;
    /** That inks are left as they are in the file. */
    isSourcePDF: boolean;
  }): Uint8ClampedArray;
};

type Utif = { readonly default: { readonly JpegDecoder: new () => JpegDecoder } };

/** What it takes in JavaScript, 12 bytes a pixel, and seconds; a larger picture is left to the browser. */
const mostPixels = 64e6;

/**
 * Reads a JPEG of four components, YCCK becoming CMYK.
 *
 * @param file The file.
 * @returns Inks, of which 0 is all and 255 none, as they are in such files, not turned; null where it is too large, or broken.
 * @throws {Error} Where the decoder cannot be downloaded.
 */
export async function readInkJpeg(file: Bytes): Promise<Raster8 | null> {
  // Its types tell of what reads TIFFs alone.
  const { default: utif } = (await import('utif2')) as unknown as Utif;
  const { JpegDecoder } = utif;
  try {
    const decoder = new JpegDecoder();
    decoder.parse(file);
    const { width, height } = decoder;
    if (width * height > mostPixels) return null;
    const raster = createRaster({ width, height }, false);
    const data = decoder.getData({ width, height, forceRGB: false, isSourcePDF: true });
    if (data.length !== raster.data.length) return null;
    raster.data.set(data);
    return raster;
  } catch {
    return null;
  }
}
