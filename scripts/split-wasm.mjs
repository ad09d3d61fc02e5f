import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { hashMark } from './integrity.mjs';

/** Common static hosts take no file of more than 25 MiB. */
export const largestFile = 25 * 2 ** 20;

/**
 * A file as static hosts take it.
 *
 * @param {string} file A wasm file.
 * @returns {{ name: string, bytes: Buffer }[]} Itself, or parts of equal size in their order.
 */
export function splitInParts(file) {
  const bytes = readFileSync(file);
  const count = Math.ceil(bytes.length / largestFile);
  if (count === 1) return [{ name: basename(file), bytes }];
  const size = Math.ceil(bytes.length / count);
  return Array.from({ length: count }, (_, i) => ({
    name: basename(file).replace(/\.wasm$/, `.${i + 1}of${count}.wasm`),
    bytes: bytes.subarray(i * size, (i + 1) * size),
  }));
}

/**
 * A build plugin: the address of a wasm file imported with `?url` carries the file's hash, which
 * src/integrity/fetch-checked.ts checks. A file that is larger than static hosts take is written in parts of
 * equal size, and the import gives their addresses, separated by spaces; src/engine/onnx/wasm-file.ts puts
 * them together. The parts keep the ending, so that hosts compress them as they do wasm.
 *
 * @returns {import('vite').Plugin} For the page's build and for the workers'.
 */
export function splitWasm() {
  return {
    name: 'split-wasm',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const [file = '', query] = id.split('?');
      if (query !== 'url' || !file.endsWith('.wasm')) return null;
      const addresses = splitInParts(file).map(({ name, bytes }) => {
        const part = this.emitFile({ type: 'asset', name, source: bytes });
        return `import.meta.ROLLUP_FILE_URL_${part} + '${hashMark(bytes)}'`;
      });
      return `export default [${addresses.join(', ')}].join(' ');`;
    },
    transform(code, id) {
      if (!code.includes('.wasm",import.meta.url).href')) return null;
      // A package that looks for its wasm beside itself would bring the whole file back in.
      const isTooLarge = (/** @type {string} */ name) =>
        (statSync(join(dirname(id), name), { throwIfNoEntry: false })?.size ?? 0) > largestFile;
      return code.replace(
        /new URL\("([\w.-]+\.wasm)",import\.meta\.url\)\.href/g,
        (whole, /** @type {string} */ name) => (isTooLarge(name) ? '""' : whole),
      );
    },
  };
}
