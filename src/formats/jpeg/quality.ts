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
 * The quality that a JPEG file's luminance table stands for: the one whose table, as libjpeg scales it
 * (jpeg_quality_scaling and jpeg_add_quant_table in jcparam.c), is as coarse. Coarseness is the mean of the
 * steps, each in units of the standard one, so that encoders with tables of another shape are placed by how
 * much they take. Luminance is what has the finest table: the first component is not it in every file (XYB).
 *
 * @param bytes The file, or its start up to the first scan.
 * @returns 1..100; null where it is no JPEG, or has no complete table.
 */
export function readJpegQuality(bytes: Uint8Array): number | null {
  if (bytes[0] !== 0xff || bytes[1] !== startOfImage) return null;
  const tables = readUsedTables(bytes);
  if (tables.length === 0) return null;
  const finest = tables.reduce((a, b) => (coarsenessOf(b.steps) < coarsenessOf(a.steps) ? b : a));
  const coarseness = coarsenessOf(finest.steps);
  let best = 1;
  let bestError = Infinity;
  for (let quality = 1; quality <= 100; quality++) {
    const error = Math.abs(coarsenessOf(scaleStandard(quality, finest.largest)) - coarseness);
    if (error < bestError) [best, bestError] = [quality, error];
  }
  return best;
}

function coarsenessOf(steps: readonly number[]): number {
  return steps.reduce((sum, step, i) => sum + step / standard[i]!, 0) / steps.length;
}

/** Libjpeg's table of a quality. */
function scaleStandard(quality: number, largest: number): number[] {
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  return standard.map((base) =>
    Math.max(1, Math.min(largest, Math.floor((base * percent + 50) / 100))),
  );
}

/** The tables of the frame's components, or where it does not tell, the one of the lowest number. */
function readUsedTables(bytes: Uint8Array): readonly Table[] {
  const tables: Table[] = [];
  let used: number[] = [];
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
    else if (isFrame(marker) && used.length === 0) used = listUsed(body);
    at += 2 + length;
  }
  const found = used.flatMap((number) => tables[number] ?? []);
  const first = tables.find(Boolean);
  return found.length > 0 || !first ? found : [first];
}

/** Numbers of the tables in a frame: precision, height, width and count come first; then id, sampling and table of each. */
function listUsed(body: Uint8Array): number[] {
  return Array.from({ length: body[5] ?? 0 }, (_, i) => body[8 + 3 * i] ?? 0);
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
