import type { VideoSample, VideoSamplePixelFormat } from 'mediabunny';
import type { FilmWork } from '../../core/film/film-work';
import { rasterOfYuv, type YuvColours, type YuvPicture, type YuvPlane } from '../../core/film/yuv';
import type { Raster8 } from '../../core/picture/raster';
import type { Size } from '../../core/picture/rect';
import { gatherRows, rowsOf } from '../../core/picture/rows';
import { resizeRows } from '../../core/picture/resize';
import type { Orientation } from '../header';
import { turnRaster } from '../orientation';

/** Layouts of luma and colour differences: how far these are thinned out, and the bits of a sample. */
const layouts: Partial<
  Record<VideoSamplePixelFormat, Pick<YuvPicture, 'across' | 'down'> & { readonly bits: number }>
> = {
  I420: { across: 2, down: 2, bits: 8 },
  I420A: { across: 2, down: 2, bits: 8 },
  NV12: { across: 2, down: 2, bits: 8 },
  I422: { across: 2, down: 1, bits: 8 },
  I444: { across: 1, down: 1, bits: 8 },
  I420P10: { across: 2, down: 2, bits: 10 },
  I420P12: { across: 2, down: 2, bits: 12 },
  I422P10: { across: 2, down: 1, bits: 10 },
  I422P12: { across: 2, down: 1, bits: 12 },
  I444P10: { across: 1, down: 1, bits: 10 },
  I444P12: { across: 1, down: 1, bits: 12 },
};

/** Turns luma and colour differences into red, green and blue; see {@link rasterOfYuv}. */
export type TurnYuv = FilmWork['rasterOfYuv'];

/** What the numbers of a clip's frames mean. */
export type ClipColours = YuvColours & {
  /** Whether they are green, blue and red themselves: then the rest is how they are written again. */
  readonly isRgb: boolean;
};

/** From this height on a clip that does not say what its numbers mean is in BT.709, as players take it. */
const leastHighDefinition = 720;

/**
 * What the numbers of a clip's frames mean.
 *
 * @param said What its file says; not what a decoded frame says, which reads BT.709 where the file is silent.
 * @param codedHeight Of its frames.
 * @returns As it says; what is usual for its size where it says nothing.
 */
export function coloursOfClip(said: VideoColorSpaceInit, codedHeight: number): ClipColours {
  // TypeScript's list is of the first edition of WebCodecs.
  const matrix: string | null | undefined = said.matrix;
  const isFull = said.fullRange ?? false;
  const isRgb = matrix === 'rgb';
  if (matrix === 'bt709') return { matrix, isFull, isRgb };
  if (matrix === 'bt2020-ncl') return { matrix: 'bt2020', isFull, isRgb };
  const isHigh = (!matrix || isRgb) && codedHeight >= leastHighDefinition;
  return { matrix: isHigh ? 'bt709' : 'bt601', isFull, isRgb };
}

/**
 * What a file is to say of the numbers of a clip's frames, once their size may have changed and with it what players take them for.
 *
 * @param said What the clip's own file says.
 * @param codedHeight Of its frames.
 * @returns The same, and what is usual where it says nothing.
 */
export function tagsOfClip(said: VideoColorSpaceInit, codedHeight: number): VideoColorSpaceInit {
  const { matrix, isFull } = coloursOfClip(said, codedHeight);
  const usual = matrix === 'bt601' ? 'smpte170m' : 'bt709';
  return {
    primaries: said.primaries ?? usual,
    transfer: said.transfer ?? usual,
    matrix: matrix === 'bt2020' ? (said.matrix ?? null) : usual,
    fullRange: isFull,
  };
}

/**
 * The pixels of a decoded frame, upright and square, in 8 bits. Planes are turned into red, green and blue here, since browsers
 * do so for the screen, each in its own way.
 *
 * @param sample The frame; stays open.
 * @param colours What its numbers mean.
 * @param size What the frame is to measure; its own by default.
 * @param turn Turns its colours; on arrays by default.
 * @returns The pixels; owned by the receiver.
 * @throws {RangeError} When a buffer cannot be allocated.
 */
export async function readSample(
  sample: VideoSample,
  colours: ClipColours,
  size?: Size,
  turn: TurnYuv = rasterOfYuv,
): Promise<Raster8> {
  const stored = await readStored(sample, colours, turn);
  const { squarePixelWidth: width, squarePixelHeight: height } = sample;
  const square = await resized(stored, { width, height });
  const upright = turnRaster(square, orientationOf(sample));
  return size ? resized(upright, size) : upright;
}

async function resized(raster: Raster8, size: Size): Promise<Raster8> {
  if (raster.width === size.width && raster.height === size.height) return raster;
  // Of the same depth.
  return (await gatherRows(resizeRows(rowsOf(raster), size))) as Raster8;
}

async function readStored(
  sample: VideoSample,
  colours: ClipColours,
  turn: TurnYuv,
): Promise<Raster8> {
  const { format, visibleRect } = sample;
  const { width, height } = visibleRect;
  const layout = format && layouts[format];
  if (!layout) {
    const data = new Uint8ClampedArray(width * height * 4);
    await sample.copyTo(data, { format: 'RGBA', layout: [{ offset: 0, stride: width * 4 }] });
    for (let i = 3; i < data.length; i += 4) data[i] = 255;
    return { width, height, data, hasAlpha: false, space: 'srgb' };
  }
  const { bits, ...halved } = layout;
  const bytes = new Uint8Array(sample.allocationSize());
  const places = await sample.copyTo(bytes);
  const size = bits === 8 ? 1 : 2;
  const data = size === 1 ? bytes : reduce(bytes, bits);
  const plane = (i: number, step = 1, shift = 0): YuvPlane => {
    const { offset, stride } = places[i]!;
    return { data, offset: offset / size + shift, stride: stride / size, step };
  };
  if (colours.isRgb && halved.across === 1)
    return rasterOfRgb(visibleRect, [plane(2), plane(0), plane(1)], colours);
  const [u, v] = format === 'NV12' ? [plane(1, 2), plane(1, 2, 1)] : [plane(1), plane(2)];
  return turn({ width, height, y: plane(0), u, v, ...halved }, colours);
}

/** Of recordings of screens: green, blue and red lie where luma and colour differences do. */
function rasterOfRgb(
  { width, height }: Size,
  planes: readonly YuvPlane[],
  { isFull }: ClipColours,
): Raster8 {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const [black, scale] = isFull ? [0, 1] : [16, 255 / 219];
  for (const [channel, { data: samples, offset, stride }] of planes.entries())
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        data[(y * width + x) * 4 + channel] = (samples[offset + y * stride + x]! - black) * scale;
  return { width, height, data, hasAlpha: false, space: 'srgb' };
}

/** Samples of 10 or 12 bits, rounded to 8. */
function reduce({ buffer, byteLength }: Uint8Array<ArrayBuffer>, bits: number): Uint8ClampedArray {
  const deep = new Uint16Array(buffer, 0, byteLength >> 1);
  const divisor = 2 ** (bits - 8);
  return Uint8ClampedArray.from(deep, (sample) => sample / divisor);
}

/** By quarter turns clockwise, plain and mirrored after that. */
const orientations: readonly (readonly [Orientation, Orientation])[] = [
  [1, 2],
  [6, 5],
  [3, 4],
  [8, 7],
];

function orientationOf({ rotation, flip }: VideoSample): Orientation {
  return orientations[rotation / 90]![flip ? 1 : 0];
}
