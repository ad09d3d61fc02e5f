import { spanMembrane } from './membrane';
import { depthsOf, hole, known, unknown, type Part } from './part';
import { PatchSearch, reach } from './patch-search';

/** Damage up to this depth, in pixels, is healed at once: what is known reaches its middle from all sides. */
const shallow = 10;

/** How deep a layer of deeper damage is that is healed at once. */
const layer = 4;

/** Times that patches are looked for, each time with what the last one made of the holes. */
const rounds = 2;

/** A patch that differs by this many levels has e^-1/2 of the say of one that fits. */
const likeness = 6;

/** Patches that fit count against one membrane. */
const membraneSay = 0.4;

/**
 * Heals the holes of a part: what the patches nearby that fit best would put there, as a mean of all that overlap
 * (Wexler, Shechtman & Irani 2007, "Space-time completion of video"), mixed with a smooth membrane where nothing fits.
 * Deep holes are filled from their edges inwards, layer after layer, so that textures and lines grow into them.
 *
 * @param part Its holes are written and known afterwards; what is unknown is filled smoothly.
 */
export function healPart(part: Part): void {
  const { state } = part;
  const depths = depthsOf(part);
  let deepest = 0;
  for (let at = 0; at < state.length; at++)
    if (state[at] === hole) deepest = Math.max(deepest, depths[at]!);
  spanMembrane(part);
  const step = deepest <= shallow ? deepest : layer;
  const isHole = state.map((each) => (each === hole ? 1 : 0));
  for (let from = 0; from < deepest; from += step) {
    for (let at = 0; at < state.length; at++)
      if (isHole[at])
        state[at] = depths[at]! <= from ? known : depths[at]! <= from + step ? hole : unknown;
    healHoles(part);
  }
  for (let at = 0; at < state.length; at++) if (isHole[at]) state[at] = known;
}

function healHoles(part: Part): void {
  const search = new PatchSearch(part);
  if (search.targets.length === 0) return;
  const first = part.rgb.slice();
  for (let round = 0; round < rounds; round++) {
    search.search(round);
    vote(part, search, first);
  }
}

/** Each pixel of a hole becomes the mean of what the patches over it say, by how well they fit. */
function vote({ width, rgb, state }: Part, search: PatchSearch, first: Float32Array): void {
  const { targets, found } = search;
  const sums = new Float32Array(first.length);
  const says = new Float32Array(state.length);
  const shift = new Float32Array(3);
  for (let number = 0; number < targets.length; number++) {
    if (found[number]! < 0) continue;
    const say = Math.exp(-search.costOf(number) / (2 * likeness ** 2));
    search.writeShift(number, shift);
    const [red, green, blue] = shift as unknown as readonly [number, number, number];
    for (let dy = -reach; dy <= reach; dy++) {
      let to = targets[number]! + dy * width - reach;
      let from = (found[number]! + dy * width - reach) * 3;
      for (const end = to + 2 * reach + 1; to < end; to++, from += 3) {
        if (state[to] !== hole) continue;
        says[to]! += say;
        sums[to * 3]! += say * (rgb[from]! + red);
        sums[to * 3 + 1]! += say * (rgb[from + 1]! + green);
        sums[to * 3 + 2]! += say * (rgb[from + 2]! + blue);
      }
    }
  }
  for (let i = 0; i < rgb.length; i++) {
    const at = Math.floor(i / 3);
    if (state[at] === hole)
      rgb[i] = (sums[i]! + membraneSay * first[i]!) / (says[at]! + membraneSay);
  }
}
