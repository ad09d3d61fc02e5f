/**
 * The last step of `npm run build`: writes `name.br` beside every file of `dist` that compresses, for
 * hosts that serve such files. The wasm takes a minute at the highest quality, so what was compressed
 * once is kept in `.cache`, by content.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { root } from './install.mjs';
import { dist } from './serve.mjs';

const compress = promisify(brotliCompress);
const cache = join(root, '.cache/brotli');
const compressible = /\.(html|js|css|svg|json|webmanifest|wasm|md)$/;

/** @param {Buffer} bytes */
async function squeeze(bytes) {
  const kept = join(cache, createHash('sha256').update(bytes).digest('hex'));
  const before = await readFile(kept).catch(() => undefined);
  if (before) return before;
  const after = await compress(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  await writeFile(kept, after);
  return after;
}

await mkdir(cache, { recursive: true });
const entries = await readdir(dist, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile() && compressible.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));
const sizes = await Promise.all(
  files.map(async (file) => {
    const bytes = await readFile(file);
    const small = await squeeze(bytes);
    // Where little is saved the plain file is as good.
    if (small.length > bytes.length * 0.95) return [0, 0];
    await writeFile(`${file}.br`, small);
    return [bytes.length, small.length];
  }),
);
const total = (/** @type {0 | 1} */ side) =>
  (sizes.reduce((sum, size) => sum + (size[side] ?? 0), 0) / 1e6).toFixed(1);
console.log(`brotli: ${total(0)} MB as ${total(1)} MB`);
