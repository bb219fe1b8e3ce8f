import type { ProblemKernel } from "./kernel.js";
import { problemBytes, SolverMemory } from "./memory.js";
import { NuSmo } from "./nu-smo.js";
import { isClassifier, type SvmParameters } from "./parameters.js";
import { kernelBytes, problemKernel } from "./problem-kernel.js";
import { ClassQ, RegressionQ } from "./q-matrix.js";
import type { Rows } from "./rows.js";
import { type DualSolution, Smo, type StoppingRule } from "./smo.js";

/** One problem to solve: rows, targets (±1 for classes) and a weight each. */
export interface Problem extends Targets {
  readonly rows: Rows;
}

export interface Targets {
  readonly y: Float64Array;
  readonly weight: Float64Array;
}

/** The decision function Σ coefficientᵢ K(xᵢ, x) − ρ. */
export interface Decision {
  readonly coefficients: Float64Array;
  readonly rho: number;
  readonly iterations: number;
  readonly stoppedEarly: boolean;
}

const ruleOf = (p: SvmParameters): StoppingRule => ({
  tolerance: p.tolerance,
  shrinking: p.shrinking,
  maxIterations: p.maxIterations,
});

const decision = (coefficients: Float64Array, rho: number, s: DualSolution): Decision => ({
  coefficients,
  rho,
  iterations: s.iterations,
  stoppedEarly: s.stoppedEarly,
});

function signs(y: Float64Array): Int8Array {
  const out = new Int8Array(y.length);
  for (let i = 0; i < y.length; i++) out[i] = y[i]! > 0 ? 1 : -1;
  return out;
}
const filled = (n: number, value: number): Float64Array => new Float64Array(n).fill(value);

/** Takes as much of `total` as fits into each bound, from the first on. */
function spread(
  bounds: Float64Array,
  alpha: Float64Array,
  total: number,
  takes: (i: number) => boolean,
): void {
  for (let i = 0; i < bounds.length; i++) {
    if (!takes(i)) continue;
    alpha[i] = Math.min(bounds[i]!, total);
    total -= alpha[i]!;
  }
}

/** Solves one problem; `positive` and `negative` are C of either class. */
export function solveOne(problem: Problem, p: SvmParameters, positive: number, negative: number): Decision {
  const { rows } = problem;
  const memory = SolverMemory.of(kernelBytes(rows, p) + solverBytes(rows.count, p));
  const kernel = problemKernel(rows, p, memory);
  try {
    return solveWith(kernel, problem, p, positive, negative, memory);
  } finally {
    kernel.release();
    memory.release();
  }
}

/** Bytes of memory that a problem of n samples takes, beside those of its kernel. */
export const solverBytes = (n: number, p: SvmParameters): number =>
  problemBytes(isClassifier(p.type) || p.type === "one_class" ? n : 2 * n, n, p.cacheSize);

/** {@link solveOne} with kernel values that the caller has. */
export function solveWith(
  kernel: ProblemKernel,
  { y, weight }: Targets,
  p: SvmParameters,
  positive: number,
  negative: number,
  memory: SolverMemory,
): Decision {
  const n = y.length;
  const rule = ruleOf(p);
  switch (p.type) {
    case "c_svc": {
      const sign = signs(y);
      const upper = weight.slice();
      for (let i = 0; i < n; i++) upper[i]! *= sign[i] === 1 ? positive : negative;
      const alpha = new Float64Array(n);
      const q = new ClassQ(kernel, p.cacheSize, memory);
      const s = new Smo({ q, p: filled(n, -1), y: sign, alpha, upper }, rule, memory).solve();
      for (let i = 0; i < n; i++) alpha[i]! *= sign[i]!;
      return decision(alpha, s.rho, s);
    }
    case "nu_svc": {
      const sign = signs(y);
      const alpha = new Float64Array(n);
      let total = 0;
      for (const w of weight) total += p.nu * w;
      for (const side of [1, -1]) spread(weight, alpha, total / 2, (i) => sign[i] === side);
      const q = new ClassQ(kernel, p.cacheSize, memory);
      const s = new NuSmo({ q, p: new Float64Array(n), y: sign, alpha, upper: weight }, rule, memory).solve();
      for (let i = 0; i < n; i++) alpha[i]! *= sign[i]! / s.scale;
      return decision(alpha, s.rho / s.scale, s);
    }
    case "one_class": {
      const ones = new Int8Array(n).fill(1);
      const alpha = new Float64Array(n);
      let total = 0;
      for (const w of weight) total += w * p.nu;
      for (let i = 0; total > 0 && i < n; i++) {
        alpha[i] = Math.min(weight[i]!, total);
        total -= alpha[i]!;
      }
      const q = new ClassQ(kernel, p.cacheSize, memory);
      const s = new Smo({ q, p: new Float64Array(n), y: ones, alpha, upper: weight }, rule, memory).solve();
      return decision(alpha, s.rho, s);
    }
    default:
      return regression(kernel, y, weight, p, memory);
  }
}

/** Both regressions: twice the samples, whose multipliers pull the tube up and down. */
function regression(
  kernel: ProblemKernel,
  y: Float64Array,
  weight: Float64Array,
  p: SvmParameters,
  memory: SolverMemory,
): Decision {
  const n = y.length;
  const upper = new Float64Array(2 * n);
  const linear = new Float64Array(2 * n);
  const alpha = new Float64Array(2 * n);
  const sign = Int8Array.from({ length: 2 * n }, (_, i) => (i < n ? 1 : -1));
  const tube = p.type === "epsilon_svr" ? p.epsilon : 0;
  for (let i = 0; i < n; i++) {
    upper[i] = upper[i + n] = weight[i]! * p.C;
    linear[i] = tube - y[i]!;
    linear[i + n] = tube + y[i]!;
  }
  if (p.type === "nu_svr") {
    let total = 0;
    for (let i = 0; i < n; i++) total += upper[i]! * p.nu;
    spread(upper.subarray(0, n), alpha, total / 2, () => true);
    alpha.copyWithin(n, 0, n);
  }
  const Solver = p.type === "nu_svr" ? NuSmo : Smo;
  const q = new RegressionQ(kernel, p.cacheSize, memory);
  const s = new Solver({ q, p: linear, y: sign, alpha, upper }, ruleOf(p), memory).solve();
  const coefficients = Float64Array.from({ length: n }, (_, i) => alpha[i]! - alpha[i + n]!);
  return decision(coefficients, s.rho, s);
}
