import type { Bytes } from '../metadata/metadata';

/** Codes that are no strings: begin anew, and end. */
const [clearCode, endCode, firstFree] = [256, 257, 258];

/** Codes of up to 12 bits. */
const mostCodes = 4096;

/**
 * Unpacks LZW as TIFF has it: codes of 9 to 12 bits, the highest bit first, longer by one code earlier than needed.
 * A string is told by where in the output it was written last, so that nothing is copied twice. Source: TIFF 6.0,
 * section 13. Never throws.
 *
 * @param packed The bytes.
 * @param length How many they should unfold to.
 * @returns No more bytes than that; fewer where they end or break before.
 */
export function unpackLzw(packed: Bytes, length: number): Bytes {
  const out = new Uint8Array(Math.min(length, packed.length * mostCodes));
  const starts = new Uint32Array(mostCodes);
  const lengths = new Uint32Array(mostCodes);
  let [to, free, bits, held, waiting] = [0, firstFree, 9, 0, 0];
  // Where the last string lies, and how long it is; 0 after a new beginning.
  let [lastStart, lastLength] = [0, 0];
  for (let at = 0; to < out.length;) {
    while (waiting < bits && at < packed.length) {
      held = ((held << 8) | packed[at++]!) & 0xffffff;
      waiting += 8;
    }
    if (waiting < bits) break;
    waiting -= bits;
    const code = (held >>> waiting) & ((1 << bits) - 1);
    if (code === endCode) break;
    if (code === clearCode) {
      [free, bits, lastLength] = [firstFree, 9, 0];
      continue;
    }
    if (code > free || (code === free && lastLength === 0)) break;
    const start = to;
    if (code < clearCode) out[to++] = code;
    else {
      // A code that is only now made: the last string and its first byte.
      const isNew = code === free;
      const from = isNew ? lastStart : starts[code]!;
      const count = isNew ? lastLength + 1 : lengths[code]!;
      const end = Math.min(out.length, to + count);
      for (let i = from; to < end; i++) out[to++] = out[i]!;
    }
    if (lastLength > 0 && free < mostCodes) {
      starts[free] = lastStart;
      lengths[free] = lastLength + 1;
      free++;
      if (free + 1 >= 1 << bits && bits < 12) bits++;
    }
    [lastStart, lastLength] = [start, to - start];
  }
  return out.subarray(0, to);
}
