import { findGrid, gridOfFile, measureGrid, type GridPhase, type GridSteps } from './block-grid';
import { estimateJpegQuality } from './blockiness';
import { findDrawn } from './drawn';
import { estimateNoise } from './noise-level';
import { hasPattern } from './pattern';
import { findResampledGrid } from './resampled-grid';
import { findFading, type Fading } from '../fading/find';
import { looksPrinted } from '../pattern/find';
import type { Raster } from '../picture/raster';
import { leastBlur, leastNoise } from '../recipe/reasons';
import { sampleWindows, type Window } from './sample';
import { reductionFor } from '../shake/find';
import { measureSharpness } from './sharpness';

/** What is wrong with a photo, measured. A picture too small to tell has nothing wrong with it. */
export type Analysis = {
  /** Standard deviation of the noise in 8-bit levels of R, G and B; 0 where none is seen. */
  readonly noise: number;
  /**
   * 1..100 on libjpeg's scale: the worst JPEG compression that is seen; 100 where none is, and where a
   * drawing's pixels are as they were drawn, or too fine to be mended, whatever its file says.
   */
  readonly jpegQuality: number;
  /** What tells it: the file's quantization tables, the pixels' 8 x 8 blocks, or nothing. */
  readonly jpegEvidence: 'tables' | 'blocks' | 'none';
  /** Sigma in pixels of the Gaussian that a sharp photo would need to be as soft; 0 = sharp. */
  readonly blur: number;
  /**
   * 0..1: the share of its width at which an enlarged photo would hold the same detail. 1 = all of
   * it, or no sign of an enlargement: a lens blur that can be undone is told by `blur` alone.
   */
  readonly effectiveResolution: number;
  /** Width in pixels of the path that the camera shook along; 0 = none, or not looked for. */
  readonly shake: number;
  /** Whether paper or a printer's screen left a pattern all over it. */
  readonly printed: boolean;
  /** Whether it is a print whose colours have faded. */
  readonly faded: boolean;
  /** Whether it was drawn, not taken by a camera: then it has neither noise nor blur to tell. */
  readonly drawn: boolean;
};

/** How much worse than the tables the blocks must be: tables that are not libjpeg's differ so much. */
const leastContradiction = 10;

/** What blocks that were shrunk stand for: only those of low quality are seen, and shrinking makes them milder. */
const shrunkQuality = 60;

/** Of pixels that were repeated two or three times, mending the damage of better JPEGs blurs more than it mends. */
const mostMended = 60;

/** What is read of a picture with nothing wrong, JPEG left out. */
const flawless = {
  ...{
    noise: 0,
    blur: 0,
    effectiveResolution: 1,
    shake: 0,
    printed: false,
    faded: false,
    drawn: false,
  },
} as const;

/** What is known of a photo before it is measured. */
export type Origin = {
  /** How far it has faded; measured where that is left out. */
  readonly fading?: Fading;
  /** What it is of its file's picture: all of it, a part, or a part that was turned by an angle. */
  readonly cut?: 'whole' | 'part' | 'straightened';
};

/** From this quality on, compression takes neither noise nor detail to speak of. */
const harmlessQuality = 90;

/**
 * Measures a photo, on at most 64 windows of 128 x 128 pixels spread over it; fully transparent
 * pixels do not count. Deterministic; about 0.15 s of one core for a photo of any size, twice that at
 * the first call and for large ones. What each measurement is worth is written at {@link estimateNoise},
 * {@link estimateJpegQuality} and {@link measureSharpness}. A shake is not looked for: that takes seconds.
 *
 * @param raster The photo; only read.
 * @param fileQuality The quality that its JPEG file's tables stand for; null where it is no JPEG.
 * @param origin What is known of it already.
 * @returns The measurements, all finite.
 */
export function analyse(
  raster: Raster,
  fileQuality: number | null,
  { fading, cut = 'whole' }: Origin = {},
): Analysis {
  const windows = sampleWindows(raster);
  const drawn = findDrawn(windows);
  // Pixels that are as they were drawn have taken no harm, whatever the tables say.
  const isUnharmed = drawn === 'exact' || (drawn === 'fine' && (fileQuality ?? 100) > mostMended);
  if (isUnharmed) return { ...flawless, ...judgeJpeg(null, null), drawn: true };
  const steps = measureGrid(windows);
  const blocks = findGrid(steps);
  // What was drawn on a grid has steps of its own on every line of blocks.
  const seen =
    drawn === 'repeated' || drawn === 'fine' ? null : judgeBlocks(windows, steps, blocks);
  const jpeg = judgeJpeg(seen?.quality ?? null, fileQuality);
  if (drawn) return { ...flawless, ...jpeg, drawn: true };
  const { jpegQuality: quality, jpegEvidence: evidence } = jpeg;
  const grid = evidence === 'tables' && cut === 'whole' ? gridOfFile(steps, raster) : blocks;
  // Steps that were shrunk or straightened with the photo are no steps of its coefficients any more.
  const isGridKept = evidence === 'tables' || (evidence === 'blocks' && !seen?.isShrunk);
  const isOnGrid = isGridKept && cut !== 'straightened';
  const noise = estimateNoise(windows, isOnGrid ? { quality, grid } : null);
  const compressed = quality < harmlessQuality;
  const { blur, resolution } = measureSharpness(windows, noise, compressed);
  const printed = looksPrinted(raster);
  const faded = (fading ?? findFading(raster)).isFaded;
  // A shake that goes there and back repeats what it blurs, too, but takes resolution with it.
  const isSuspect =
    noise >= leastNoise || evidence === 'blocks' || (blur >= leastBlur && resolution === 1);
  // Its frequencies are those of the pattern, whatever they look like.
  if (isSuspect && hasPattern(windows))
    return { ...flawless, printed, faded, ...judgeJpeg(null, fileQuality) };
  const effectiveResolution = Math.min(resolution, coarseResolution(raster, noise, compressed));
  return { ...flawless, printed, faded, noise, ...jpeg, blur, effectiveResolution };
}

/** The resolution of a large photo whose blur is so wide that the photo reduced is soft, too; else 1. */
function coarseResolution(raster: Raster, noise: number, compressed: boolean): number {
  const factor = reductionFor(raster);
  if (factor === 1) return 1;
  const windows = sampleWindows(raster, factor);
  const { resolution } = measureSharpness(windows, noise / factor, compressed);
  return resolution < 1 ? resolution / factor : 1;
}

/** The quality that blocks tell, on the grid of 8 or on one that was shrunk with the photo. */
function judgeBlocks(
  windows: readonly Window[],
  steps: GridSteps,
  grid: GridPhase,
): { readonly quality: number; readonly isShrunk: boolean } | null {
  const quality = estimateJpegQuality(windows, grid);
  const isShrunk = (quality ?? 100) > shrunkQuality && findResampledGrid(steps) !== null;
  if (isShrunk) return { quality: shrunkQuality, isShrunk };
  return quality === null ? null : { quality, isShrunk };
}

/** The worse of the two: a photo saved well after it was saved badly keeps the first damage. */
function judgeJpeg(
  blocks: number | null,
  tables: number | null,
): Pick<Analysis, 'jpegQuality' | 'jpegEvidence'> {
  if (blocks !== null && (tables === null || blocks <= tables - leastContradiction))
    return { jpegQuality: blocks, jpegEvidence: 'blocks' };
  if (tables !== null) return { jpegQuality: tables, jpegEvidence: 'tables' };
  return { jpegQuality: 100, jpegEvidence: 'none' };
}
