/** The two files of the network that finds faces: made of a package, beside the models of our own, and of nobody's repository. */
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOnArrays } from './face-arrays.mjs';
import { convert, squeeze } from './face-finder.mjs';
import { root } from './install.mjs';
import { sha256 } from './integrity.mjs';

const folder = join(root, 'public/models');

/** The names of such files begin with this, and their hash follows. */
export const faceFiles = /^find-faces\..+\.(onnx|bin)$/;

/** Side of a golden tile. */
const side = 32;

/**
 * What the network makes of a picture that repeats every 32 pixels: see `core/run/golden`.
 *
 * @returns {Uint8Array} The golden tile's file.
 */
function drawGolden() {
  // No pattern: whole numbers alone, so that it is the same everywhere.
  const picture = Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const mixed = Math.imul(i + 1, 2654435761) >>> 0;
    return Math.imul(mixed ^ (mixed >>> 15), 1664525) >>> 24;
  });
  const values = Float64Array.from(picture, (level) => level / 255);
  const told = runOnArrays({ width: side, height: side, channels: 3, values }, true);
  const result = new Uint8Array(side * side);
  told.values.forEach((value, i) => (result[i] = Math.floor(squeeze(value) * 255 + 0.5)));
  return Buffer.concat([picture, result]);
}

/**
 * Makes the files.
 *
 * @returns {{ name: string, bytes: Uint8Array }[]} The network and its golden tile, named as the catalogue has them.
 */
export function makeFaceFiles() {
  const named = (
    /** @type {string} */ stem,
    /** @type {string} */ end,
    /** @type {Uint8Array} */ bytes,
  ) => ({
    name: `${stem}.${sha256(bytes).slice(0, 8)}.${end}`,
    bytes,
  });
  return [
    named('find-faces.int8', 'onnx', convert()),
    named('find-faces.int8.golden', 'bin', drawGolden()),
  ];
}

/** Puts the files where the app and its tests look for models, and takes those of an earlier version away. */
export function placeFaceFiles() {
  const files = makeFaceFiles();
  for (const name of readdirSync(folder))
    if (faceFiles.test(name) && !files.some((file) => file.name === name))
      rmSync(join(folder, name), { force: true });
  for (const { name, bytes } of files) {
    const path = join(folder, name);
    if (existsSync(path)) continue;
    // Whole or not at all: builds and tests may run side by side.
    const part = `${path}.${process.pid}`;
    writeFileSync(part, bytes);
    renameSync(part, path);
  }
}
