import { findDamage } from '../../src/worker/owner/damage-search';
import { markFound, thresholdAt } from '../../src/core/findings/damage';
import { createRaster } from '../../src/core/picture/raster';
import { open, parts, signal } from './search-parts';

/** What a search found, against the truth where there is one; all in pixels. */
export type Found = {
  readonly pixels: number;
  /** Likely enough at the usual sensitivity, and at a probability of a half. */
  readonly marked: number;
  readonly markedAtHalf: number;
  /** As healing takes it at the usual sensitivity: widened. */
  readonly healed: number;
  readonly both: number;
  readonly either: number;
  readonly bothAtHalf: number;
  readonly eitherAtHalf: number;
};

declare global {
  /** Looks for damage in the picture at an address; of the truth white is damage. */
  var findIn: (address: string, truth?: string) => Promise<Found>;
  /** Seconds of a search in a picture of so many pixels, after one that loads and proves the network. */
  var timeSearch: (width: number, height: number) => Promise<number>;
}

globalThis.findIn = async (address, truthAddress) => {
  const photo = await open(address);
  const probability = await findDamage(photo, parts, { signal });
  const truth = truthAddress ? (await open(truthAddress)).data : null;
  const isDamaged = (i: number) => (truth?.[i * 4] ?? 0) >= 128;
  const [usual, half] = [255 * thresholdAt(50), 255 / 2].map((least) => {
    const counts = { marked: 0, both: 0, either: 0 };
    for (const [i, p] of probability.entries()) {
      counts.marked += Number(p >= least);
      counts.both += Number(p >= least && isDamaged(i));
      counts.either += Number(p >= least || isDamaged(i));
    }
    return counts;
  });
  const healed = markFound(probability, photo, 50).filter(Boolean).length;
  return {
    ...{ pixels: probability.length, healed, ...usual! },
    ...{ markedAtHalf: half!.marked, bothAtHalf: half!.both, eitherAtHalf: half!.either },
  };
};

globalThis.timeSearch = async (width, height) => {
  const photo = createRaster({ width, height }, false);
  for (let i = 0; i < photo.data.length; i++) photo.data[i] = (i * 2654435761) >>> 24;
  await findDamage(photo, parts, { signal });
  const start = performance.now();
  await findDamage(photo, parts, { signal });
  return (performance.now() - start) / 1000;
};
