import { hole, known, unknown, type Part } from './part';
import { RandomNumbers } from './random-numbers';

/** Pixels to each side of a patch's middle. */
export const reach = 3;
const side = 2 * reach + 1;

/** Farthest that a patch is looked for, in pixels across and down. */
export const range = 48;

/** Places that are drawn for each patch before its neighbours are asked. */
const drawn = 12;

/** What a damaged pixel counts in a comparison, of a known one's 1: it decides where nothing is known. */
const faint = 0.003;

/** A place that there is not. */
const none = -1;

/**
 * Finds for every second patch that touches a hole, as on a chessboard, the known patch nearby whose luma differs least
 * from its own where that is known, but for a shift: the same texture in other light will do (Barnes, Shechtman,
 * Finkelstein & Goldman 2009, "PatchMatch"; the shift as in Darabi et al. 2012, "Image melding").
 */
export class PatchSearch {
  /** Middles of the patches that touch a hole, row by row. */
  readonly targets: Int32Array;
  /** For each target the middle of the patch found, or below 0. */
  readonly found: Int32Array;
  readonly #part: Part;
  readonly #weights: Float32Array;
  readonly #luma: Float32Array;
  /** 1 where a patch's middle may be taken from: all of it is known. */
  readonly #sources: Uint8Array;
  /** For each target the weighted sum of squared differences to what was found. */
  readonly #costs: Float32Array;
  /** For each target the sum of its weights. */
  readonly #wholes: Float32Array;
  /** For each pixel which target's middle it is. */
  readonly #numbers: Int32Array;
  /** How the chessboard's next fields lie, those that were searched before. */
  readonly #neighbours: readonly number[];

  /** @param part Compared as it is at each {@link search}; its states do not change. */
  constructor(part: Part) {
    const { width, height, state } = part;
    this.#part = part;
    this.#luma = new Float32Array(state.length);
    this.#weights = new Float32Array(state.length);
    for (let at = 0; at < state.length; at++) this.#weights[at] = state[at] === known ? 1 : faint;
    const damaged = markAround(part, [hole, unknown]);
    const holes = markAround(part, [hole]);
    const targets: number[] = [];
    this.#sources = new Uint8Array(state.length);
    for (let y = reach; y < height - reach; y++)
      for (let x = reach, at = y * width + x; x < width - reach; x++, at++)
        if (damaged[at] === 0) this.#sources[at] = 1;
        else if (holes[at] === 1 && (x + y) % 2 === 0) targets.push(at);
    this.targets = Int32Array.from(targets);
    this.found = new Int32Array(targets.length).fill(none);
    this.#costs = new Float32Array(targets.length);
    this.#wholes = Float32Array.from(targets, (at) => this.#weightOf(at));
    this.#numbers = new Int32Array(state.length).fill(none);
    for (let number = 0; number < targets.length; number++)
      this.#numbers[targets[number]!] = number;
    this.#neighbours = [2, width - 1, width + 1];
  }

  /** How alike: mean squared difference of a target's luma to that of what was found for it, in levels. */
  costOf(number: number): number {
    return this.#costs[number]! / this.#wholes[number]!;
  }

  /**
   * What is to be added to the patch found for a target so that its light is the target's.
   *
   * @param number Which target.
   * @param shift `[3]`: where R, G and B go, in levels.
   */
  writeShift(number: number, shift: Float32Array): void {
    const { width, rgb } = this.#part;
    const to = this.targets[number]!;
    const from = this.found[number]!;
    let [red, green, blue] = [0, 0, 0];
    for (let dy = -reach; dy <= reach; dy++) {
      let a = to + dy * width - reach;
      let b = (from + dy * width - reach) * 3;
      for (let i = 0; i < side; i++, a++, b += 3) {
        const weight = this.#weights[a]!;
        red += weight * (rgb[a * 3]! - rgb[b]!);
        green += weight * (rgb[a * 3 + 1]! - rgb[b + 1]!);
        blue += weight * (rgb[a * 3 + 2]! - rgb[b + 2]!);
      }
    }
    const whole = this.#wholes[number]!;
    shift[0] = red / whole;
    shift[1] = green / whole;
    shift[2] = blue / whole;
  }

  /**
   * Two rounds over all targets, one from each end.
   *
   * @param seed Whole; the same seed finds the same.
   */
  search(seed: number): void {
    const { targets, found } = this;
    const random = new RandomNumbers(seed);
    const { rgb } = this.#part;
    for (let i = 0; i < this.#luma.length; i++)
      this.#luma[i] = 0.299 * rgb[i * 3]! + 0.587 * rgb[i * 3 + 1]! + 0.114 * rgb[i * 3 + 2]!;
    for (let i = 0; i < targets.length; i++)
      this.#costs[i] = found[i]! < 0 ? Infinity : this.#compare(i, found[i]!, Infinity);
    for (let i = 0; i < targets.length; i++) this.#improve(i, 1, random);
    for (let i = targets.length - 1; i >= 0; i--) this.#improve(i, -1, random);
  }

  #improve(number: number, way: number, random: RandomNumbers): void {
    const at = this.targets[number]!;
    for (const step of this.#neighbours) {
      const neighbour = this.#numbers[at - way * step] ?? none;
      if (neighbour >= 0 && this.found[neighbour]! >= 0)
        this.#try(number, this.found[neighbour]! + way * step);
    }
    if (this.found[number]! < 0)
      for (let i = 0; i < drawn; i++) this.#tryNear(number, range, random);
    for (let far = range; far >= 1; far >>= 1) this.#tryNear(number, far, random);
  }

  /** Tries a place that is drawn within a distance of what was found, or of the target where nothing was. */
  #tryNear(number: number, far: number, random: RandomNumbers): void {
    const { width } = this.#part;
    const at = this.targets[number]!;
    const middle = this.found[number]! < 0 ? at : this.found[number]!;
    const x = (middle % width) + random.within(far);
    const y = Math.floor(middle / width) + random.within(far);
    const isFar =
      Math.abs(x - (at % width)) > range || Math.abs(y - Math.floor(at / width)) > range;
    if (x >= 0 && x < width && !isFar) this.#try(number, y * width + x);
  }

  #try(number: number, from: number): void {
    if (!this.#sources[from] || from === this.found[number]) return;
    const cost = this.#compare(number, from, this.#costs[number]!);
    if (cost >= this.#costs[number]!) return;
    this.#costs[number] = cost;
    this.found[number] = from;
  }

  /** Weighted sum of squared differences about their mean; anything above `limit` once it is passed. */
  #compare(number: number, from: number, limit: number): number {
    const { width } = this.#part;
    const luma = this.#luma;
    const weights = this.#weights;
    const to = this.targets[number]!;
    let [cost, whole, sum, squares] = [0, 0, 0, 0];
    for (let dy = -reach; dy <= reach; dy++) {
      let a = to + dy * width - reach;
      let b = from + dy * width - reach;
      for (let i = 0; i < side; i++, a++, b++) {
        const weight = weights[a]!;
        const difference = luma[a]! - luma[b]!;
        whole += weight;
        sum += weight * difference;
        squares += weight * difference * difference;
      }
      cost = squares - (sum * sum) / whole;
      if (cost > limit) break; // a sum of squares about its own mean only grows
    }
    return cost;
  }

  #weightOf(at: number): number {
    let whole = 0;
    for (let dy = -reach; dy <= reach; dy++)
      for (let dx = -reach; dx <= reach; dx++)
        whole += this.#weights[at + dy * this.#part.width + dx]!;
    return whole;
  }
}

/** For each pixel 1 where the patch around it holds one of some states. */
function markAround({ width, height, state }: Part, states: readonly number[]): Uint8Array {
  const rows = new Uint8Array(state.length);
  const marks = new Uint8Array(state.length);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++)
      if (states.includes(state[at]!))
        rows.fill(1, at - Math.min(x, reach), at + Math.min(width - 1 - x, reach) + 1);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      if (rows[at] === 0) continue;
      const end = Math.min(height - 1, y + reach) * width + x;
      for (let to = Math.max(0, y - reach) * width + x; to <= end; to += width) marks[to] = 1;
    }
  return marks;
}
