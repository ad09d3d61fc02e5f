import { unwrap } from '../../src/core/errors';
import { parseRecipe } from '../../src/core/recipe/parsing';
import { PhotoOwner } from '../../src/worker/owner/photo-owner';

/** A format at a quality. */
export type Kind = { readonly format: 'jpeg' | 'webp' | 'avif'; readonly quality: number };

/** Bytes as they are told, and as they are. */
export type ToldSize = Kind & { readonly told: number; readonly bytes: number };

declare global {
  /** Enlarges the file at an address of this page four times, faithfully, on the CPU, and writes it. */
  var tellSizes: (address: string, kinds: readonly Kind[]) => Promise<readonly ToldSize[]>;
}

globalThis.tellSizes = async (address, kinds) => {
  const owner = new PhotoOwner();
  const catalogUrl = new URL('/models/catalog.json', location.href).href;
  await owner.init({ backend: 'wasm', tile: 0, catalogUrl });
  const file = new File([await (await fetch(address)).blob()], 'photo');
  const { id } = unwrap(await owner.open(file));
  const recipe = parseRecipe({ v: 1, scale: 4, variant: 'faithful' });
  unwrap(await owner.enhance(id, recipe, { x: 0, y: 0 }, () => undefined));
  const sizes: ToldSize[] = [];
  for (const kind of kinds) {
    const options = { ...kind, lossless: false };
    const told = unwrap(await owner.estimate(id, options));
    const { size } = unwrap(await owner.save(id, options)).blob;
    sizes.push({ ...kind, told, bytes: size });
  }
  await owner.close(id);
  return sizes;
};

Object.assign(globalThis, { isScriptReady: true });
