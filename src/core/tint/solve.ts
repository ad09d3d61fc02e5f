import { coarsen, createList, multiply, relax, type GridSystem } from './grid-system';

/** A grid of the hierarchy, with room for what is worked out on it. */
type Level = {
  readonly system: GridSystem;
  readonly wanted: Float32Array<ArrayBuffer>;
  readonly values: Float32Array<ArrayBuffer>;
  readonly rest: Float32Array<ArrayBuffer>;
};

/** Cells of the coarsest grid, and how often they are relaxed there. */
const coarsest = 16;
const coarsestTurns = 8;

/** How far what is left has come down when it is small enough, and after how many turns it is left at that. */
const smallEnough = 2e-3;
const mostTurns = 40;

/** Solves equations on a grid by conjugate gradients, each turn prepared from coarse to fine and back. */
export class GridSolver {
  readonly #levels: readonly Level[];
  /** Turns that the last solution took. */
  turns = 0;

  /** @param system The equations. */
  constructor(system: GridSystem) {
    const systems = [system];
    for (let last = system; last.width * last.height > coarsest;) {
      last = coarsen(last);
      systems.push(last);
    }
    this.#levels = systems.map((each) => ({
      system: each,
      wanted: createList(each),
      values: createList(each),
      rest: createList(each),
    }));
  }

  /**
   * Solves the equations.
   *
   * @param wanted Their right side, as {@link createList} makes it.
   * @returns A value for each cell: what is missing is two thousandths of what was at first, or as little as 40 turns make it. A list of
   *   the caller's own.
   */
  solve(wanted: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
    const { system } = this.#levels[0]!;
    // What is held is there from the beginning: else all else would be little beside it, and seem solved.
    const values = wanted.map((each, i) => each * system.inverse[i]!);
    const rest = createList(system);
    const product = createList(system);
    multiply(system, values, product);
    for (let i = 0; i < rest.length; i++) rest[i] = wanted[i]! - product[i]!;
    let prepared = this.#prepare(rest);
    const way = prepared.slice();
    let height = dot(rest, prepared);
    const enough = height * smallEnough ** 2;
    for (this.turns = 0; height > enough && this.turns < mostTurns; this.turns++) {
      multiply(system, way, product);
      const far = height / dot(way, product);
      for (let i = 0; i < values.length; i++) {
        values[i]! += far * way[i]!;
        rest[i]! -= far * product[i]!;
      }
      prepared = this.#prepare(rest);
      const next = dot(rest, prepared);
      const share = next / height;
      for (let i = 0; i < way.length; i++) way[i] = prepared[i]! + share * way[i]!;
      height = next;
    }
    return values;
  }

  /** About the solution for some right side: a V-cycle, symmetric, so that gradients stay conjugate. */
  #prepare(wanted: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
    this.#levels[0]!.wanted.set(wanted);
    this.#cycle(0);
    return this.#levels[0]!.values;
  }

  #cycle(depth: number): void {
    const { system, wanted, values, rest } = this.#levels[depth]!;
    const below = this.#levels[depth + 1];
    values.fill(0);
    for (let turn = 0; turn < (below ? 1 : coarsestTurns); turn++) {
      relax(system, wanted, values, false);
      if (!below) relax(system, wanted, values, true);
    }
    if (!below) return;
    multiply(system, values, rest);
    for (let i = 0; i < rest.length; i++) rest[i] = wanted[i]! - rest[i]!;
    gather(rest, system, below.wanted, below.system);
    this.#cycle(depth + 1);
    spread(below.values, below.system, values, system);
    relax(system, wanted, values, true);
  }
}

/** Adds the values of each four cells up. */
function gather(fine: Float32Array, from: GridSystem, coarse: Float32Array, to: GridSystem): void {
  coarse.fill(0);
  for (let y = 0, i = from.width + 1; y < from.height; y++) {
    const row = to.width + 1 + (y >> 1) * to.width;
    for (let x = 0; x < from.width; x++, i++) coarse[row + (x >> 1)]! += fine[i]!;
  }
}

/** Adds the value of each coarse cell to its four. */
function spread(coarse: Float32Array, from: GridSystem, fine: Float32Array, to: GridSystem): void {
  for (let y = 0, i = to.width + 1; y < to.height; y++) {
    const row = from.width + 1 + (y >> 1) * from.width;
    for (let x = 0; x < to.width; x++, i++) fine[i]! += coarse[row + (x >> 1)]!;
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
