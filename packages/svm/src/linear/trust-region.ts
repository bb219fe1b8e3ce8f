import { addRow, type LinearProblem, rowDot } from "./problem.js";

/** A smooth convex function with products of its (generalised) Hessian. */
export interface Smooth {
  readonly size: number;
  /** The value at w; `gradient` and `hessianTimes` then refer to the same w. */
  value(w: Float64Array): number;
  gradient(w: Float64Array, g: Float64Array): void;
  hessianTimes(s: Float64Array, out: Float64Array): void;
}

/** ½‖w‖² + Σ Cᵢ ℓ(⟨w, xᵢ⟩, yᵢ)² for the squared hinge, or the squared ε-insensitive loss where ε is given. */
export class SquaredLoss implements Smooth {
  readonly size: number;
  private readonly z: Float64Array;
  private active: number[] = [];

  constructor(
    private readonly problem: LinearProblem,
    private readonly epsilon: number | null,
  ) {
    this.size = problem.x.shape[1];
    this.z = new Float64Array(problem.y.length);
  }

  /** How far sample i is beyond what costs nothing, with the sign of the loss's slope. */
  private excess(i: number): number {
    const { epsilon, z, problem } = this;
    const y = problem.y[i]!;
    if (epsilon === null) {
      const margin = y * z[i]!;
      return margin < 1 ? y * (margin - 1) : 0;
    }
    const r = z[i]! - y;
    return r < -epsilon ? r + epsilon : r > epsilon ? r - epsilon : 0;
  }

  value(w: Float64Array): number {
    const { x, y, cost } = this.problem;
    let f = 0;
    for (const v of w) f += v * v;
    f /= 2;
    for (let i = 0; i < y.length; i++) this.z[i] = rowDot(x, i, w);
    for (let i = 0; i < y.length; i++) {
      const e = this.excess(i);
      f += cost[i]! * e * e;
    }
    return f;
  }

  gradient(w: Float64Array, g: Float64Array): void {
    const { x, cost } = this.problem;
    this.active = [];
    g.fill(0);
    for (let i = 0; i < cost.length; i++) {
      const e = this.excess(i);
      if (e === 0) continue;
      this.active.push(i);
      addRow(x, i, cost[i]! * e, g);
    }
    for (let k = 0; k < g.length; k++) g[k] = w[k]! + 2 * g[k]!;
  }

  hessianTimes(s: Float64Array, out: Float64Array): void {
    const { x, cost } = this.problem;
    out.fill(0);
    for (const i of this.active) addRow(x, i, cost[i]! * rowDot(x, i, s), out);
    for (let k = 0; k < out.length; k++) out[k] = s[k]! + 2 * out[k]!;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i]! * b[i]!;
  return s;
}
const norm = (a: Float64Array): number => Math.sqrt(dot(a, a));
function axpy(k: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i]! += k * x[i]!;
}

/**
 * Minimises by a trust region Newton method whose steps come from conjugate gradients; w is the solution.
 *
 * Source: C.-J. Lin, R. Weng, S. Keerthi, "Trust Region Newton Method for Large-scale Logistic Regression" (2008).
 */
export function trustRegion(f: Smooth, w: Float64Array, tolerance: number, maxIterations: number): number {
  const n = f.size;
  w.fill(0);
  const [s, r, g, next] = [0, 1, 2, 3].map(() => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let value = f.value(w);
  f.gradient(w, g);
  const start = norm(g);
  let radius = start;
  if (start <= tolerance * start) return 0;
  let iteration = 1;
  while (iteration <= maxIterations) {
    conjugateStep(f, radius, g, s, r);
    next.set(w);
    axpy(1, s, next);
    const slope = dot(g, s);
    const predicted = -0.5 * (slope - dot(s, r));
    const found = f.value(next);
    const actual = value - found;
    const length = norm(s);
    if (iteration === 1) radius = Math.min(radius, length);
    const alpha = found - value - slope <= 0 ? 4 : Math.max(0.25, -0.5 * (slope / (found - value - slope)));
    if (actual < 1e-4 * predicted) radius = Math.min(Math.max(alpha, 0.25) * length, 0.5 * radius);
    else if (actual < 0.25 * predicted)
      radius = Math.max(0.25 * radius, Math.min(alpha * length, 0.5 * radius));
    else if (actual < 0.75 * predicted)
      radius = Math.max(0.25 * radius, Math.min(alpha * length, 4 * radius));
    else radius = Math.max(radius, Math.min(alpha * length, 4 * radius));
    if (actual > 1e-4 * predicted) {
      iteration++;
      w.set(next);
      value = found;
      f.gradient(w, g);
      if (norm(g) <= tolerance * start) break;
    }
    if (value < -1e32 || (Math.abs(actual) <= 0 && predicted <= 0)) break;
    if (Math.abs(actual) <= 1e-12 * Math.abs(value) && Math.abs(predicted) <= 1e-12 * Math.abs(value)) break;
  }
  return iteration - 1;
}

/** The step s within the radius that conjugate gradients find, and its residual r. */
function conjugateStep(f: Smooth, radius: number, g: Float64Array, s: Float64Array, r: Float64Array): void {
  s.fill(0);
  for (let i = 0; i < g.length; i++) r[i] = -g[i]!;
  const d = r.slice();
  const hd = new Float64Array(g.length);
  const enough = 0.1 * norm(g);
  let rr = dot(r, r);
  while (norm(r) > enough) {
    f.hessianTimes(d, hd);
    let alpha = rr / dot(d, hd);
    axpy(alpha, d, s);
    if (norm(s) > radius) {
      axpy(-alpha, d, s);
      const [sd, ss, dd, limit] = [dot(s, d), dot(s, s), dot(d, d), radius * radius];
      const root = Math.sqrt(sd * sd + dd * (limit - ss));
      alpha = sd >= 0 ? (limit - ss) / (sd + root) : (root - sd) / dd;
      axpy(alpha, d, s);
      axpy(-alpha, hd, r);
      return;
    }
    axpy(-alpha, hd, r);
    const now = dot(r, r);
    const beta = now / rr;
    for (let i = 0; i < d.length; i++) d[i] = beta * d[i]! + r[i]!;
    rr = now;
  }
}
