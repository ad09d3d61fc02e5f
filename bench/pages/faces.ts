import { faceLevels, type FaceBox } from '../../src/core/findings/faces';
import { seeFaces } from '../../src/worker/owner/face-search';
import { open, parts, signal } from './search-parts';

/** A photo's size in pixels, the boxes that were seen at each size of it, and how long that took. */
export type SeenFaces = {
  readonly width: number;
  readonly height: number;
  readonly levels: readonly (readonly FaceBox[])[];
  readonly seconds: number;
};

declare global {
  /** Looks for faces in the picture at an address. */
  var seeFacesIn: (address: string) => Promise<SeenFaces>;
}

globalThis.seeFacesIn = async (address) => {
  const photo = await open(address);
  const { width, height } = photo;
  const start = performance.now();
  const levels: (readonly FaceBox[])[] = [];
  for (const size of faceLevels(photo)) levels.push(await seeFaces(photo, size, parts, { signal }));
  return { width, height, levels, seconds: (performance.now() - start) / 1000 };
};
