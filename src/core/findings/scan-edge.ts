/** A straight edge: at each place along it, where it lies across: `start + slope * place`. */
export type Edge = {
  readonly start: number;
  readonly slope: number;
  /** How many of the places lie on it. */
  readonly count: number;
};

/** Steepest edge that is looked for, and by how much the slopes that are tried differ. */
const mostSlope = 0.16;
const slopeStep = 0.004;

/** How far from an edge a place still lies on it, when it is looked for and when it is fitted. */
const coarse = 2;
const fine = 1.3;

/**
 * The straight line that most places lie on: a Hough transform over slopes, then a line of least squares through them.
 *
 * @param places For each place along it, where something begins; NaN where nothing does.
 * @returns The edge; null where fewer than eight places lie on any.
 */
export function fitEdge(places: readonly number[]): Edge | null {
  let best: Edge = { start: 0, slope: 0, count: 0 };
  for (let slope = -mostSlope; slope <= mostSlope; slope += slopeStep) {
    const counts = new Map<number, number>();
    places.forEach((at, i) => {
      if (Number.isNaN(at)) return;
      const bin = Math.round((at - slope * i) / coarse);
      counts.set(bin, (counts.get(bin) ?? 0) + 1);
    });
    for (const [bin, count] of counts)
      if (count > best.count) best = { start: bin * coarse, slope, count };
  }
  for (const reach of [coarse, fine, fine]) {
    const next = fitNear(places, best, reach);
    if (!next) return null;
    best = next;
  }
  return best;
}

/** The line of least squares through what lies near another. */
function fitNear(places: readonly number[], { start, slope }: Edge, reach: number): Edge | null {
  let [count, sumI, sumAt, sumII, sumIAt] = [0, 0, 0, 0, 0];
  places.forEach((at, i) => {
    if (Number.isNaN(at) || Math.abs(at - start - slope * i) > reach) return;
    count++;
    sumI += i;
    sumAt += at;
    sumII += i * i;
    sumIAt += i * at;
  });
  const spread = count * sumII - sumI * sumI;
  if (count < 8 || spread === 0) return null;
  const next = (count * sumIAt - sumI * sumAt) / spread;
  return { start: (sumAt - next * sumI) / count, slope: next, count };
}
