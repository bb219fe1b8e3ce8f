import { ops, type Strided } from "@cognate/kernel";
import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import { Float, pyClass, repr, ValueError, warn } from "@cognate/py";
import { f64, floats, type MatrixLike, type TargetLike } from "../base/arrays.js";
import { reader } from "../base/call.js";
import * as must from "../base/constraints.js";
import { ConvergenceWarning } from "../base/errors.js";
import { check_is_fitted, Estimator } from "../base/estimator.js";
import {
  type ClassWeight,
  checkClassificationTargets,
  computeClassWeight,
  decode,
  encode,
} from "../base/labels.js";
import { check_random_state, type RandomStateLike, solverSeed } from "../base/random.js";
import {
  type Checked,
  checkFor,
  checkLengths,
  checkSampleWeight,
  checkTarget,
  requireY,
  shapeOf,
} from "../base/validation.js";
import { rowDot, withBias } from "../linear/problem.js";
import { type LinearModel, type LinearSolver, trainLinear } from "../linear/train.js";
import { accuracy_score } from "../metrics/classification.js";
import { r2_score } from "../metrics/regression.js";
import { readScore, type XArguments } from "./classifier.js";
import { type FitArguments, readX } from "./libsvm-base.js";

const whole = (x: number): number => new Float(x) as unknown as number;

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
function chosenSolver(
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

const readFit = reader("LinearSVC.fit", "X:dict y sample_weight", 2);
const readRegression = reader("LinearSVR.fit", "X:dict y sample_weight", 2);
const readDecision = readX("LinearClassifierMixin.decision_function");
const readPredict = readX("LinearClassifierMixin.predict");

const CONSTRAINTS = {
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
abstract class LinearMachine extends Estimator {
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
  declare intercept_: ndarray | number;
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
    const constant =
      typeof this.intercept_ === "number" || this.intercept_ instanceof Number
        ? new Float64Array(k).fill(Number(this.intercept_))
        : floats(this.intercept_);
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

class LinearSVCImpl extends LinearMachine {
  declare penalty: "l1" | "l2";
  declare multi_class: "ovr" | "crammer_singer";
  declare class_weight: ClassWeight;
  declare classes_: ndarray;

  constructor(
    penalty: "l1" | "l2" = "l2",
    loss: "hinge" | "squared_hinge" = "squared_hinge",
    dual: boolean | "auto" = "auto",
    tol = 1e-4,
    C = whole(1),
    multi_class: "ovr" | "crammer_singer" = "ovr",
    fit_intercept = true,
    intercept_scaling = 1,
    class_weight: ClassWeight = null,
    verbose: boolean | number = 0,
    random_state: RandomStateLike = null,
    max_iter = 1000,
  ) {
    super();
    this._assign({
      penalty,
      loss,
      dual,
      tol,
      C,
      multi_class,
      fit_intercept,
      intercept_scaling,
      class_weight,
      verbose,
      random_state,
      max_iter,
    });
  }
  override get _constraints() {
    return {
      ...CONSTRAINTS,
      penalty: [must.words("l1", "l2")],
      loss: [must.words("hinge", "squared_hinge")],
      multi_class: [must.words("ovr", "crammer_singer")],
      class_weight: [must.none, must.dictionary, must.words("balanced")],
    };
  }
  override get _estimator_type() {
    return "classifier" as const;
  }

  /** Trains the machine: X [n_samples, n_features], a label for each sample. @throws ValueError */
  fit(...args: FitArguments): this {
    const [X, y, given] = readFit(args) as [MatrixLike, TargetLike, ArrayLike | null | undefined];
    this._validate_params();
    requireY(this, y);
    const checked = checkFor(this, X, true);
    const line = checkTarget(y);
    checkLengths(X, y);
    checkClassificationTargets(line);
    const found = encode(line);
    this.classes_ = found.classes;
    const shape = shapeOf(checked);
    const multi = this.multi_class;
    const classWeight = (): Float64Array =>
      computeClassWeight(this.class_weight, found, given ? weight : null);
    if (found.classes.size < 2)
      throw new ValueError(
        `This solver needs samples of at least 2 classes in the data, but the data contains only one class: ${firstClass(found.classes)}`,
      );
    const weight = checkSampleWeight(given, shape[0]);
    const solver = chosenSolver(multi, this.penalty, this.loss, this.dual, shape);
    const { rows, intercepts } = this.solve(
      checked,
      Float64Array.from(found.codes),
      solver,
      classWeight(),
      0.1,
      weight,
    );
    const [w, b] =
      multi === "crammer_singer" && found.classes.size === 2
        ? [[rows[1]!.map((v, i) => v - rows[0]![i]!)], Float64Array.of(intercepts[1]! - intercepts[0]!)]
        : [rows, intercepts];
    this.coef_ = stacked(w, shape[1]);
    this.intercept_ = this.fit_intercept ? f64(b) : whole(0);
    return this;
  }

  /** A value a class, or, for two classes, one a sample: positive for the second. */
  decision_function(...args: XArguments): ndarray {
    const [X] = readDecision(args) as [MatrixLike];
    const { values, samples, rows } = this.products(X);
    return rows === 1 ? f64(values) : f64(values, [samples, rows]);
  }
  /** The label of each sample. */
  predict(...args: XArguments): ndarray {
    const [X] = readPredict(args) as [MatrixLike];
    const { values, samples, rows } = this.products(X);
    const codes = new Int32Array(samples);
    for (let i = 0; i < samples; i++) {
      if (rows === 1) {
        codes[i] = values[i]! > 0 ? 1 : 0;
        continue;
      }
      for (let r = 1; r < rows; r++) if (values[i * rows + r]! > values[i * rows + codes[i]!]!) codes[i] = r;
    }
    return decode(this.classes_, codes);
  }
  /** The share of samples whose label is predicted. */
  score(...args: FitArguments): number {
    const [X, y, weight = null] = readScore(args) as [MatrixLike, TargetLike, ArrayLike | null | undefined];
    return accuracy_score(y, this.predict(X), { sample_weight: weight });
  }
}

const firstClass = (classes: ndarray): string => {
  const first = classes.at(0) as unknown;
  if (typeof first === "string") return `np.str_(${repr(first)})`;
  return `np.${classes.dtype.name}(${repr(classes._a.dtype.kind === "float" ? new Float(Number(first)) : first)})`;
};

function stacked(rows: readonly Float64Array[], d: number): ndarray {
  const out = new Float64Array(rows.length * d);
  rows.forEach((r, i) => {
    out.set(r, i * d);
  });
  return f64(out, [rows.length, d]);
}

class LinearSVRImpl extends LinearMachine {
  declare epsilon: number;

  constructor(
    epsilon = whole(0),
    tol = 1e-4,
    C = whole(1),
    loss: "epsilon_insensitive" | "squared_epsilon_insensitive" = "epsilon_insensitive",
    fit_intercept = true,
    intercept_scaling = whole(1),
    dual: boolean | "auto" = "auto",
    verbose: boolean | number = 0,
    random_state: RandomStateLike = null,
    max_iter = 1000,
  ) {
    super();
    this._assign({
      epsilon,
      tol,
      C,
      loss,
      fit_intercept,
      intercept_scaling,
      dual,
      verbose,
      random_state,
      max_iter,
    });
  }
  override get _constraints() {
    return {
      ...CONSTRAINTS,
      epsilon: [must.anyReal],
      loss: [must.words("epsilon_insensitive", "squared_epsilon_insensitive")],
    };
  }
  override get _estimator_type() {
    return "regressor" as const;
  }

  /** Trains the machine: X [n_samples, n_features], a number for each sample. @throws ValueError */
  fit(...args: FitArguments): this {
    const [X, y, given] = readRegression(args) as [MatrixLike, TargetLike, ArrayLike | null | undefined];
    this._validate_params();
    requireY(this, y);
    const checked = checkFor(this, X, true);
    const target = floats(checkTarget(y));
    checkLengths(X, y);
    const shape = shapeOf(checked);
    const weight = checkSampleWeight(given, shape[0]);
    const solver = chosenSolver("ovr", "l2", this.loss, this.dual, shape);
    if (Number(this.epsilon) < 0) throw new ValueError("p < 0");
    const { rows, intercepts } = this.solve(
      checked,
      target,
      solver,
      new Float64Array(0),
      Number(this.epsilon),
      weight,
    );
    this.coef_ = f64(rows[0]!);
    this.intercept_ = this.fit_intercept ? f64(intercepts) : whole(0);
    return this;
  }
  /** Predicted numbers. */
  predict(...args: XArguments): ndarray {
    const [X] = readPredict(args) as [MatrixLike];
    return f64(this.products(X).values);
  }
  /** R², the share of variance that predictions explain. */
  score(...args: FitArguments): number {
    const [X, y, weight = null] = readScore(args) as [MatrixLike, ArrayLike, ArrayLike | null | undefined];
    return r2_score(y, this.predict(X), { sample_weight: weight });
  }
}

/**
 * A linear support vector classifier, one class against the rest, whose intercept is regularised as a feature's weight.
 *
 * `fit` sets `coef_` [n_classes, n_features] (one row for two classes), `intercept_`, `classes_`, `n_iter_`.
 *
 * Source: scikit-learn 1.9, `sklearn.svm.LinearSVC`; R.-E. Fan et al., "LIBLINEAR" (2008).
 *
 * @example
 * ```ts
 * import { LinearSVC } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const clf = LinearSVC({ random_state: 0 }).fit([[0], [1], [2], [3]], ["a", "a", "b", "b"]);
 * print(clf, clf.predict([[0.2], [2.8]])); // prints LinearSVC(random_state=0) ['a' 'b']
 * ```
 */
export const LinearSVC = pyClass(
  "sklearn.svm._classes.LinearSVC",
  "penalty loss * dual tol C multi_class fit_intercept intercept_scaling class_weight verbose random_state max_iter",
  LinearSVCImpl,
);
export type LinearSVC = LinearSVCImpl;

/** Linear support vector regression. Source: scikit-learn 1.9, `sklearn.svm.LinearSVR`. */
export const LinearSVR = pyClass(
  "sklearn.svm._classes.LinearSVR",
  "* epsilon tol C loss fit_intercept intercept_scaling dual verbose random_state max_iter",
  LinearSVRImpl,
);
export type LinearSVR = LinearSVRImpl;
