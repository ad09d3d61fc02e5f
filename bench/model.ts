import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/install.mjs';
import { chooseFile, parseCatalog, type Card, type Precision } from '../src/models/catalog';

const folder = join(root, 'public/models');

/**
 * The network that the peers are compared on: 2x, fast.
 *
 * @returns Its card.
 */
export function benchCard(): Card {
  const text = readFileSync(join(folder, 'catalog.json'), 'utf8');
  const { models } = parseCatalog(JSON.parse(text));
  const card = models.find(({ id }) => id === 'upscale-x2-fast');
  if (!card) throw new Error('public/models/catalog.json has no upscale-x2-fast.');
  return card;
}

/**
 * Where a form of a model lies.
 *
 * @param card The model.
 * @param precision Which form.
 * @returns Path of the file.
 */
export function modelFile(card: Card, precision: Precision): string {
  return join(folder, chooseFile(card, precision).url);
}

/**
 * Where the golden tile of a form of a model lies.
 *
 * @param card The model.
 * @param precision Which form.
 * @returns Path of the file.
 */
export function goldenFile(card: Card, precision: Precision): string {
  return join(folder, chooseFile(card, precision).golden.url);
}
