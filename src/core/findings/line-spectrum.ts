/** Pixels of one line piece; frequency `k` is k / 64 cycles a pixel. */
export const span = 64;

/** The last frequency. */
export const highest = span / 2;

/** Cosines of a whole turn. */
const cosines = Float32Array.from({ length: span }, (_, i) => Math.cos((2 * Math.PI * i) / span));
/** A quarter turn, minus: cos(x - 90°) = sin x. */
const toSine = (3 * span) / 4;
/** Hann's, of unit energy, so that white noise of one variance has that power at each frequency. */
const taper = cosines.map(
  (_, i) => Math.sqrt(2 / 3 / span) * (1 - Math.cos((2 * Math.PI * (i + 0.5)) / span)),
);
/** A straight line of unit energy and no mean: taken out, shading from side to side leaves nothing. */
const ramp = Float32Array.from(
  { length: span },
  (_, i) => (i - (span - 1) / 2) / Math.sqrt((span * (span ** 2 - 1)) / 12),
);
const line = new Float32Array(span);

/** Samples of a piece that is folded twice: from its ends, then those halves from theirs. */
const quarter = span / 4;
const foldedLength = quarter + 1;

/** For each frequency, the cosines, and the sines, that a folded piece is weighed with. */
const waves = {
  cosine: tabulateWaves(0),
  sine: tabulateWaves(toSine),
};

function tabulateWaves(shift: number): Float64Array {
  return Float64Array.from(
    { length: (highest + 1) * foldedLength },
    (_, i) => cosines[(Math.floor(i / foldedLength) * (i % foldedLength) + shift) % span]!,
  );
}

/** A folded piece: what cosines, and what sines, of even and of odd frequencies see of it. */
const folded = {
  cosine: [new Float64Array(foldedLength), new Float64Array(foldedLength)],
  sine: [new Float64Array(foldedLength), new Float64Array(foldedLength)],
} as const;

/**
 * Adds the power of a line piece, without its mean and its slope, to a spectrum.
 *
 * @param luma A plane.
 * @param start Index of the piece's first pixel.
 * @param stride From one pixel to the next: 1 along a row.
 * @param power `[highest + 1]`; changed.
 * @returns The number of pieces added: 0 where a pixel is transparent.
 */
export function addPower(
  luma: Float32Array,
  start: number,
  stride: number,
  power: Float64Array,
): number {
  let [mean, slope] = [0, 0];
  for (let i = 0; i < span; i++) {
    const value = luma[start + i * stride]!;
    mean += value / span;
    slope += value * ramp[i]!;
  }
  if (Number.isNaN(mean)) return 0;
  for (let i = 0; i < span; i++)
    line[i] = taper[i]! * (luma[start + i * stride]! - mean - slope * ramp[i]!);
  foldLine();
  for (let k = 1; k <= highest; k++) {
    const [even, odd] = [folded.cosine[k & 1]!, folded.sine[k & 1]!];
    let real = 0;
    let imaginary = 0;
    for (let i = 0, at = k * foldedLength; i < foldedLength; i++, at++) {
      real += even[i]! * waves.cosine[at]!;
      imaginary += odd[i]! * waves.sine[at]!;
    }
    power[k]! += real ** 2 + imaginary ** 2;
  }
  return 1;
}

/** Adds up the samples that a wave has one value at, or opposite ones: a quarter of the products is left. */
function foldLine(): void {
  for (let i = 0; i < foldedLength; i++) {
    const across = highest - i;
    const [near, far] = [mirrored(i), mirrored(across)];
    // The middle is its own mirror image.
    const share = i === quarter ? 0 : 1;
    folded.cosine[0][i] = near.sum + share * far.sum;
    folded.cosine[1][i] = near.sum - share * far.sum;
    folded.sine[0][i] = near.difference - share * far.difference;
    folded.sine[1][i] = near.difference + share * far.difference;
  }
}

/** A sample and its mirror image, the first and the one half-way being their own. */
function mirrored(i: number): { sum: number; difference: number } {
  if (i % highest === 0) return { sum: line[i]!, difference: 0 };
  return { sum: line[i]! + line[span - i]!, difference: line[i]! - line[span - i]! };
}
