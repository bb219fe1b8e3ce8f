import type { SolverRandom } from "../solver/random.js";
import { ActiveSet, type LinearProblem, rowSquare } from "./problem.js";

/** LIBLINEAR's own limit, whatever the caller's. */
const MOST_ITERATIONS = 100000;

/**
 * The multi-class machine of one margin over all classes, by coordinate descent with a sample's multipliers at a time;
 * w holds a weight for each feature and class, class by class within a feature.
 *
 * Source: S. Keerthi et al., "A Sequential Dual Method for Large Scale Multi-class Linear SVMs" (2008), and the appendix
 * of R.-E. Fan et al., "LIBLINEAR: A Library for Large Linear Classification" (2008).
 */
export function solveCrammerSinger(
  problem: LinearProblem,
  classes: number,
  w: Float64Array,
  tolerance: number,
  random: SolverRandom,
): number {
  const solver = new CrammerSinger(problem, classes, w, tolerance, random);
  return solver.solve();
}

class CrammerSinger {
  private readonly alpha: Float64Array;
  /** The classes of each sample, active ones first. */
  private readonly order: Int32Array;
  /** Where the own class stands in {@link order}. */
  private readonly place: Int32Array;
  private readonly active: Int32Array;
  private readonly gradient: Float64Array;

  constructor(
    private readonly problem: LinearProblem,
    private readonly k: number,
    private readonly w: Float64Array,
    private readonly tolerance: number,
    private readonly random: SolverRandom,
  ) {
    const n = problem.y.length;
    this.alpha = new Float64Array(n * k);
    this.order = Int32Array.from({ length: n * k }, (_, i) => i % k);
    this.place = Int32Array.from(problem.y);
    this.active = new Int32Array(n).fill(k);
    this.gradient = new Float64Array(k);
    w.fill(0);
  }

  solve(): number {
    const { problem, k, tolerance } = this;
    const n = problem.y.length;
    const square = Float64Array.from(problem.y, (_, i) => rowSquare(problem.x, i));
    const set = new ActiveSet(n);
    let shrinkBelow = Math.max(10 * tolerance, 1);
    let fromAll = true;
    let iteration = 0;
    while (iteration < MOST_ITERATIONS) {
      let violation = -Infinity;
      this.random.shuffle(set.order, set.size);
      for (let s = 0; s < set.size; s++) {
        const i = set.order[s]!;
        if (!(square[i]! > 0)) continue;
        const found = this.visit(i, square[i]!);
        if (found === null) set.drop(s--);
        else violation = Math.max(violation, found);
      }
      iteration++;
      if (violation < shrinkBelow) {
        if (violation < tolerance && fromAll) break;
        set.restore();
        this.active.fill(k);
        shrinkBelow = Math.max(shrinkBelow / 2, tolerance);
        fromAll = true;
      } else fromAll = false;
    }
    return iteration;
  }

  /** Improves a sample's multipliers; `null` where the sample is at rest, else by how much it violated. */
  private visit(i: number, square: number): number | null {
    const { alpha, order, place, active, gradient: g, k, w } = this;
    const { x, cost } = this.problem;
    const at = i * k;
    const own = this.problem.y[i]!;
    const c = cost[i]!;
    let m = active[i]!;
    g.fill(1, 0, m);
    if (place[i]! < m) g[place[i]!] = 0;
    for (let e = x.indptr[i]!; e < x.indptr[i + 1]!; e++) {
      const base = x.indices[e]! * k;
      const v = x.data[e]!;
      for (let t = 0; t < m; t++) g[t]! += w[base + order[at + t]!]! * v;
    }
    let [least, most] = [Infinity, -Infinity];
    for (let t = 0; t < m; t++) {
      if (alpha[at + order[at + t]!]! < 0 && g[t]! < least) least = g[t]!;
      if (g[t]! > most) most = g[t]!;
    }
    if (place[i]! < m && alpha[at + own]! < c && g[place[i]!]! < least) least = g[place[i]!]!;
    const rests = (t: number): boolean =>
      alpha[at + order[at + t]!] === (t === place[i] ? c : 0) && g[t]! < least;
    for (let t = 0; t < m; t++) {
      if (!rests(t)) continue;
      m--;
      while (m > t) {
        if (!rests(m)) {
          const [a, b] = [order[at + t]!, g[t]!];
          order[at + t] = order[at + m]!;
          order[at + m] = a;
          g[t] = g[m]!;
          g[m] = b;
          if (place[i] === m) place[i] = t;
          else if (place[i] === t) place[i] = m;
          break;
        }
        m--;
      }
    }
    active[i] = m;
    if (m <= 1) return null;
    if (most - least <= 1e-12) return -Infinity;
    const b = Float64Array.from({ length: m }, (_, t) => g[t]! - square * alpha[at + order[at + t]!]!);
    const fresh = minimum(b, square, place[i]!, c);
    const moves: (readonly [cls: number, by: number])[] = [];
    for (let t = 0; t < m; t++) {
      const cls = order[at + t]!;
      const by = fresh[t]! - alpha[at + cls]!;
      alpha[at + cls] = fresh[t]!;
      if (Math.abs(by) >= 1e-12) moves.push([cls, by]);
    }
    for (let e = x.indptr[i]!; e < x.indptr[i + 1]!; e++) {
      const base = x.indices[e]! * k;
      for (const [cls, by] of moves) w[base + cls]! += by * x.data[e]!;
    }
    return most - least;
  }
}

/** The multipliers of one sample that minimise its part, with sum 0 and upper bounds c (own class) and 0. */
function minimum(b: Float64Array, square: number, own: number, c: number): Float64Array {
  const d = b.slice();
  if (own < d.length) d[own]! += square * c;
  d.sort().reverse();
  let beta = d[0]! - square * c;
  let r = 1;
  for (; r < d.length && beta < r * d[r]!; r++) beta += d[r]!;
  beta /= r;
  return b.map((v, t) => Math.min(t === own ? c : 0, (beta - v) / square));
}
