import { ops, type Strided } from "@cognate/kernel";
import type { Item, ndarray } from "@cognate/ndarray/core";
import { Float, repr, ValueError, warn } from "@cognate/py";
import { f64, floats, type MatrixLike } from "../base/arrays.js";
import * as must from "../base/constraints.js";
import { ConvergenceWarning } from "../base/errors.js";
import { check_is_fitted, Estimator } from "../base/estimator.js";
import { check_random_state, type RandomStateLike, solverSeed } from "../base/random.js";
import { type Checked, checkFor, shapeOf } from "../base/validation.js";
import { rowDot, withBias } from "../linear/problem.js";
import { type LinearModel, type LinearSolver, trainLinear } from "../linear/train.js";

export const whole = (x: number): number => new Float(x) as unknown as number;

/** LIBLINEAR's solver by loss, penalty and dual. */
const SOLVERS: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, LinearSolver>>>>>> = {
  hinge: { l2: { true: "l2r_l1loss_svc_dual" } },
  squared_hinge: {
    l1: { false: "l1r_l2loss_svc" },
    l2: { false: "l2r_l2loss_svc", true: "l2r_l2loss_svc_dual" },
  },
  epsilon_insensitive: { l2: { true: "l2r_l1loss_svr_dual" } },
  squared_epsilon_insensitive: { l2: { false: "l2r_l2loss_svr", true: "l2r_l2loss_svr_dual" } },
};

function solverOf(multi: string, penalty: string, loss: string, dual: boolean): LinearSolver | ValueError {
  if (multi === "crammer_singer") return "mcsvm_cs";
  const byPenalty = SOLVERS[loss]?.[penalty];
  const found = byPenalty?.[String(dual)];
  if (found) return found;
  const why = byPenalty
    ? `The combination of penalty='${penalty}' and loss='${loss}' are not supported when dual=${repr(dual)}`
    : `The combination of penalty='${penalty}' and loss='${loss}' is not supported`;
  return new ValueError(
    `Unsupported set of arguments: ${why}, Parameters: penalty=${repr(penalty)}, loss=${repr(loss)}, dual=${repr(dual)}`,
  );
}

const isSolver = (x: LinearSolver | ValueError): x is LinearSolver => typeof x === "string";

/** The solver that is asked for; "auto" takes the dual where there are fewer samples than features, if there is one. */
export function chosenSolver(
  multi: string,
  penalty: string,
  loss: string,
  dual: boolean | "auto",
  [n, d]: readonly [number, number],
): LinearSolver {
  const first = dual === "auto" ? n < d : dual;
  let found = solverOf(multi, penalty, loss, first);
  if (dual === "auto" && !isSolver(found)) found = solverOf(multi, penalty, loss, !first);
  if (!isSolver(found)) throw found;
  return found;
}

export const LINEAR_CONSTRAINTS = {
  dual: [must.boolean, must.words("auto")],
  tol: [must.real(0, Infinity, "()")],
  C: [must.real(0, Infinity, "()")],
  fit_intercept: [must.boolean],
  intercept_scaling: [must.real(0, Infinity, "()")],
  verbose: [must.verbose],
  random_state: [must.randomState],
  max_iter: [must.integral(0, Infinity, "[)")],
};

/** What both linear machines have in common: LIBLINEAR behind scikit-learn's face. */
export abstract class LinearMachine extends Estimator {
  declare loss: string;
  declare dual: boolean | "auto";
  declare tol: number;
  declare C: number;
  declare fit_intercept: boolean;
  declare intercept_scaling: number;
  declare verbose: boolean | number;
  declare random_state: RandomStateLike;
  declare max_iter: number;
  /** Weights of the features. */
  declare coef_: ndarray;
  /** Constants of the decision functions; 0.0 where none is fitted. */
  declare intercept_: Item;
  /** Most iterations that a solver took. */
  declare n_iter_: number;

  /** Trains on checked data and sets `n_iter_`; rows of weights, the intercept's apart. */
  protected solve(
    checked: Checked,
    y: Float64Array,
    solver: LinearSolver,
    classWeight: Float64Array,
    epsilon: number,
    weight: Float64Array,
  ): { rows: readonly Float64Array[]; intercepts: Float64Array } {
    const random = check_random_state(this.random_state);
    const bias = this.fit_intercept ? Number(this.intercept_scaling) : -1;
    const x = withBias(checked.kind === "dense" ? checked.rows : checked.matrix, bias);
    const model: LinearModel = trainLinear(x, y, weight, {
      solver,
      C: Number(this.C),
      tolerance: Number(this.tol),
      epsilon,
      maxIterations: Number(this.max_iter),
      classWeight,
      seed: solverSeed(random),
    });
    this.n_iter_ = Math.max(...model.iterations);
    if (this.n_iter_ >= Number(this.max_iter))
      warn("Liblinear failed to converge, increase the number of iterations.", ConvergenceWarning);
    const [, d] = shapeOf(checked);
    return {
      rows: model.weights.map((w) => w.slice(0, d)),
      intercepts: Float64Array.from(model.weights, (w) => (bias > 0 ? bias * w[d]! : 0)),
    };
  }

  /** ⟨wᵣ, x⟩ + bᵣ for every row of weights. */
  protected products(X: MatrixLike): { values: Float64Array; samples: number; rows: number } {
    check_is_fitted(this);
    const checked = checkFor(this, X, false);
    const [n, d] = shapeOf(checked);
    const coef = floats(this.coef_);
    const k = coef.length / d;
    const given: unknown = this.intercept_;
    const constant =
      typeof given === "number" || given instanceof Number
        ? new Float64Array(k).fill(Number(given))
        : floats(given as ndarray);
    let values: Float64Array;
    if (checked.kind === "sparse") {
      values = new Float64Array(n * k);
      for (let r = 0; r < k; r++) {
        const w = coef.subarray(r * d, (r + 1) * d);
        for (let i = 0; i < n; i++) values[i * k + r] = rowDot(checked.matrix, i, w);
      }
    } else {
      const a = f64(checked.rows.data, [n, d])._a;
      const b = f64(coef, [k, d])._a.view([d, k], [1, d]);
      values = floats(ops.matmul.run([a, b], undefined) as Strided);
    }
    for (let i = 0; i < values.length; i++) values[i]! += constant[i % k]!;
    return { values, samples: n, rows: k };
  }
}
