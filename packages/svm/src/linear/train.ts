import { gatherRows } from "../solver/model.js";
import { SolverRandom } from "../solver/random.js";
import type { SparseMatrix } from "../solver/rows.js";
import { solveCrammerSinger } from "./crammer-singer.js";
import { solveDualClassifier } from "./dual-svc.js";
import { solveDualRegressor } from "./dual-svr.js";
import { solveSparseClassifier } from "./l1-svc.js";
import type { LinearProblem } from "./problem.js";
import { SquaredLoss, trustRegion } from "./trust-region.js";

/** What LIBLINEAR is asked to solve, in its own words without the numbers. */
export type LinearSolver =
  | "l2r_l2loss_svc_dual"
  | "l2r_l2loss_svc"
  | "l2r_l1loss_svc_dual"
  | "mcsvm_cs"
  | "l1r_l2loss_svc"
  | "l2r_l2loss_svr"
  | "l2r_l2loss_svr_dual"
  | "l2r_l1loss_svr_dual";

export interface LinearParameters {
  readonly solver: LinearSolver;
  readonly C: number;
  readonly tolerance: number;
  readonly epsilon: number;
  readonly maxIterations: number;
  /** Factors of C by class; none for regression. */
  readonly classWeight: ArrayLike<number>;
  readonly seed: number;
}

export interface LinearModel {
  /** Weights, a row a class (one row for two classes and regression), the intercept's last. */
  readonly weights: readonly Float64Array[];
  readonly iterations: readonly number[];
}

/** Trains linear machines, one against the rest; `x` carries its constant feature, `y` class numbers or targets. */
export function trainLinear(
  x: SparseMatrix,
  y: Float64Array,
  weight: Float64Array,
  p: LinearParameters,
): LinearModel {
  const random = new SolverRandom(p.seed);
  const kept = [...weight.keys()].filter((i) => weight[i]! > 0);
  const d = x.shape[1];
  if (p.solver.includes("svr")) {
    const w = new Float64Array(d);
    const problem: LinearProblem = {
      x: kept.length === weight.length ? x : gatherRows(x, kept),
      y: Float64Array.from(kept, (i) => y[i]!),
      cost: Float64Array.from(kept, (i) => weight[i]! * p.C),
    };
    return { weights: [w], iterations: [regressor(problem, w, p, random)] };
  }
  // Samples stand class by class, which decides their random order.
  const labels = [...new Set(kept.map((i) => y[i]!))].sort((a, b) => a - b);
  const k = labels.length;
  const perm = labels.flatMap((label) => kept.filter((i) => y[i] === label));
  const rows = gatherRows(x, perm);
  const classOf = Int32Array.from(perm, (i) => labels.indexOf(y[i]!));
  const factor = labels.map((label) => p.C * (p.classWeight[label] ?? 1));
  if (p.solver === "mcsvm_cs") {
    const w = new Float64Array(d * k);
    const problem: LinearProblem = {
      x: rows,
      y: Float64Array.from(classOf),
      cost: Float64Array.from(perm, (i, r) => weight[i]! * factor[classOf[r]!]!),
    };
    const n = solveCrammerSinger(problem, k, w, p.tolerance, random);
    return {
      weights: labels.map((_, c) => Float64Array.from({ length: d }, (_, f) => w[f * k + c]!)),
      iterations: [n],
    };
  }
  const weights: Float64Array[] = [];
  const iterations: number[] = [];
  for (let c = k === 2 ? 1 : 0; c < k; c++) {
    const w = new Float64Array(d);
    const rest = k === 2 ? factor[0]! : p.C;
    const problem: LinearProblem = {
      x: rows,
      y: Float64Array.from(classOf, (v) => (v === c ? 1 : -1)),
      cost: Float64Array.from(perm, (i, r) => weight[i]! * (classOf[r] === c ? factor[c]! : rest)),
    };
    iterations.push(classifier(problem, w, p, random));
    weights.push(w);
  }
  return { weights, iterations };
}

function regressor(
  problem: LinearProblem,
  w: Float64Array,
  p: LinearParameters,
  random: SolverRandom,
): number {
  if (p.solver === "l2r_l2loss_svr")
    return trustRegion(new SquaredLoss(problem, p.epsilon), w, p.tolerance, p.maxIterations);
  const squared = p.solver === "l2r_l2loss_svr_dual";
  return solveDualRegressor(problem, w, squared, p.epsilon, p.tolerance, p.maxIterations, random);
}

function classifier(
  problem: LinearProblem,
  w: Float64Array,
  p: LinearParameters,
  random: SolverRandom,
): number {
  const n = problem.y.length;
  let positives = 0;
  for (const v of problem.y) if (v > 0) positives++;
  const primal = (p.tolerance * Math.max(Math.min(positives, n - positives), 1)) / n;
  switch (p.solver) {
    case "l2r_l2loss_svc":
      return trustRegion(new SquaredLoss(problem, null), w, primal, p.maxIterations);
    case "l1r_l2loss_svc":
      return solveSparseClassifier(problem, w, primal, p.maxIterations, random);
    default:
      return solveDualClassifier(
        problem,
        w,
        p.solver === "l2r_l2loss_svc_dual",
        p.tolerance,
        p.maxIterations,
        random,
      );
  }
}
