const startOfImage = 0xd8;
const startOfScan = 0xda;
const defineTables = 0xdb;

/** Steps of luminance at quality 50 (ITU-T T.81, table K.1), in the zigzag order of a file. */
const standard = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37,
  29, 40, 58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
  95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];

/** A quantization table as the file has it: 64 steps in zigzag order. */
type Table = { readonly steps: readonly number[]; readonly largest: number };

/**
 * The quality that a JPEG file's luminance table stands for: the one whose table, as libjpeg scales
 * it (jpeg_quality_scaling and jpeg_add_quant_table in jcparam.c), has the least relative error.
 *
 * @param bytes The file, or its start up to the first scan.
 * @returns 1..100; null where it is no JPEG, or has no complete table.
 */
export function readJpegQuality(bytes: Uint8Array): number | null {
  if (bytes[0] !== 0xff || bytes[1] !== startOfImage) return null;
  const table = readLumaTable(bytes);
  if (!table) return null;
  let best = 1;
  let bestError = Infinity;
  for (let quality = 1; quality <= 100; quality++) {
    const error = differenceFrom(table, quality);
    if (error < bestError) [best, bestError] = [quality, error];
  }
  return best;
}

/** The table of the first component, or where that is not told, the one of the lowest number. */
function readLumaTable(bytes: Uint8Array): Table | undefined {
  const tables: Table[] = [];
  let luma: number | undefined;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === startOfScan) break;
    // Padding, and markers without a segment.
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= startOfImage)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (length < 2) break;
    const body = bytes.subarray(at + 4, at + 2 + length);
    if (marker === defineTables) readTables(body, tables);
    // Precision, height, width and count come first; then id, sampling and table of a component.
    else if (isFrame(marker)) luma ??= body[8];
    at += 2 + length;
  }
  return tables[luma ?? 0] ?? tables.find(Boolean);
}

/** C0..CF but for DHT (C4), JPG (C8) and DAC (CC). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** The complete tables of one segment (ITU-T T.81, B.2.4.1), put at their numbers 0..3. */
function readTables(body: Uint8Array, tables: Table[]): void {
  let at = 0;
  while (at < body.length) {
    const head = body[at++]!;
    const wide = head >> 4 !== 0;
    const end = at + (wide ? 128 : 64);
    if (end > body.length) return;
    const raw = body.subarray(at, end);
    tables[head & 3] = {
      steps: standard.map((_, i) => (wide ? (raw[2 * i]! << 8) | raw[2 * i + 1]! : raw[i]!)),
      largest: wide ? 32767 : 255,
    };
    at = end;
  }
}

function differenceFrom({ steps, largest }: Table, quality: number): number {
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  return standard.reduce((sum, base, i) => {
    const scaled = Math.floor((base * percent + 50) / 100);
    const expected = Math.max(1, Math.min(largest, scaled));
    return sum + Math.abs(steps[i]! - expected) / expected;
  }, 0);
}
