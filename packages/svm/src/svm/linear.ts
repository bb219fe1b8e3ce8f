import type { ArrayLike, Item, ndarray } from "@cognate/ndarray/core";
import { Float, pyClass, repr, ValueError } from "@cognate/py";
import { f64, floats, type MatrixLike, type TargetLike } from "../base/arrays.js";
import { reader } from "../base/call.js";
import * as must from "../base/constraints.js";
import {
  type ClassWeight,
  checkClassificationTargets,
  computeClassWeight,
  decode,
  encode,
} from "../base/labels.js";
import type { RandomStateLike } from "../base/random.js";
import {
  checkFor,
  checkLengths,
  checkSampleWeight,
  checkTarget,
  requireY,
  shapeOf,
} from "../base/validation.js";
import { accuracy_score } from "../metrics/classification.js";
import { r2_score } from "../metrics/regression.js";
import { readScore, type XArguments } from "./classifier.js";
import { type FitArguments, readX } from "./libsvm-base.js";

import { chosenSolver, LINEAR_CONSTRAINTS, LinearMachine, whole } from "./linear-machine.js";

const readFit = reader("LinearSVC.fit", "X:dict y sample_weight", 2);
const readRegression = reader("LinearSVR.fit", "X:dict y sample_weight", 2);
const readDecision = readX("LinearClassifierMixin.decision_function");
const readPredict = readX("LinearClassifierMixin.predict");

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
      ...LINEAR_CONSTRAINTS,
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
    this.intercept_ = (this.fit_intercept ? f64(b) : whole(0)) as Item;
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
      ...LINEAR_CONSTRAINTS,
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
    this.intercept_ = (this.fit_intercept ? f64(intercepts) : whole(0)) as Item;
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
