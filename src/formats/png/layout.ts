/** Samples of a pixel, by colour type. W3C PNG (third edition), table 8. */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Where the passes of an interlaced picture begin, and how far apart their pixels are. W3C PNG, 8.2. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/**
 * How long a picture's pixels are before they are packed: rows of whole bytes, each behind one for its filter.
 *
 * @param ihdr The body of a header chunk.
 * @returns In bytes; null where the header makes no sense.
 */
export function rawBytes(ihdr: Uint8Array): number | null {
  const view = new DataView(ihdr.buffer, ihdr.byteOffset, ihdr.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colour, interlace] = [view.getUint8(8), view.getUint8(9), view.getUint8(12)];
  const samples = samplesOf[colour];
  if (!samples || !width || !height) return null;
  const rows = (across: number, down: number) =>
    across === 0 ? 0 : down * (1 + Math.ceil((across * samples * depth) / 8));
  if (interlace === 0) return rows(width, height);
  return passes.reduce((sum, [x, y, stepX, stepY]) => {
    const across = Math.max(0, Math.ceil((width - x) / stepX));
    return sum + rows(across, Math.max(0, Math.ceil((height - y) / stepY)));
  }, 0);
}
