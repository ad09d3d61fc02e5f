import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/install.mjs';
import { chooseFile, parseCatalog, type Card, type Precision } from '../src/models/catalog';

const folder = join(root, 'public/models');

/**
 * A shipped network.
 *
 * @param wanted Its id; by default the one that the peers are compared on.
 * @returns Its card.
 */
export function benchCard(wanted = 'upscale-x2-fast'): Card {
  const text = readFileSync(join(folder, 'catalog.json'), 'utf8');
  const { models } = parseCatalog(JSON.parse(text));
  const card = models.find(({ id }) => id === wanted);
  if (!card) throw new Error(`public/models/catalog.json has no ${wanted}.`);
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
