import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import { Float, pyClass } from "@cognate/py";
import { f64, floats, i64, type MatrixLike, type TargetLike } from "../base/arrays.js";
import { reader } from "../base/call.js";
import * as must from "../base/constraints.js";
import { sampleCount } from "../base/validation.js";
import { r2_score } from "../metrics/regression.js";
import { readScore, type XArguments } from "./classifier.js";
import {
  BaseLibSVM,
  C_CONSTRAINT,
  type FitArguments,
  type Gamma,
  type Kernel,
  NU_CONSTRAINT,
  readFit,
  readX,
  SHARED_CONSTRAINTS,
} from "./libsvm-base.js";

const whole = (x: number): number => new Float(x) as unknown as number;

abstract class Regressor extends BaseLibSVM {
  override get _estimator_type() {
    return "regressor" as const;
  }
  /** Trains the machine: X [n_samples, n_features], y a number for each sample. @throws ValueError */
  fit(...args: FitArguments): this {
    const [X, y, weight] = readFit(args) as [MatrixLike, TargetLike, ArrayLike | null | undefined];
    return this.fitTo(X, y, weight);
  }
  /** R², the share of variance that predictions explain. */
  score(...args: FitArguments): number {
    const [X, y, weight = null] = readScore(args) as [MatrixLike, ArrayLike, ArrayLike | null | undefined];
    return r2_score(y, this.predict(X), { sample_weight: weight });
  }
}

class SVRImpl extends Regressor {
  readonly _impl = "epsilon_svr" as const;
  declare C: number;
  declare epsilon: number;
  constructor(
    kernel: Kernel = "rbf",
    degree = 3,
    gamma: Gamma = "scale",
    coef0 = whole(0),
    tol = 1e-3,
    C = whole(1),
    epsilon = 0.1,
    shrinking = true,
    cache_size = 200,
    verbose: boolean | number = false,
    max_iter = -1,
  ) {
    super();
    this._assign({ kernel, degree, gamma, coef0, tol, C, epsilon, shrinking, cache_size, verbose, max_iter });
  }
  override get _constraints() {
    return { ...SHARED_CONSTRAINTS, C: C_CONSTRAINT, epsilon: [must.real(0, Infinity, "[)")] };
  }
}

class NuSVRImpl extends Regressor {
  readonly _impl = "nu_svr" as const;
  declare C: number;
  declare nu: number;
  constructor(
    nu = 0.5,
    C = whole(1),
    kernel: Kernel = "rbf",
    degree = 3,
    gamma: Gamma = "scale",
    coef0 = whole(0),
    shrinking = true,
    tol = 1e-3,
    cache_size = 200,
    verbose: boolean | number = false,
    max_iter = -1,
  ) {
    super();
    this._assign({ nu, C, kernel, degree, gamma, coef0, shrinking, tol, cache_size, verbose, max_iter });
  }
  override get _constraints() {
    return { ...SHARED_CONSTRAINTS, C: C_CONSTRAINT, nu: NU_CONSTRAINT };
  }
}

const readFitAlone = reader("OneClassSVM.fit", "X:dict y sample_weight", 1);
const readDecision = readX("OneClassSVM.decision_function");
const readPredict = readX("OneClassSVM.predict");
const readSamples = readX("OneClassSVM.score_samples");
const readFitPredict = reader("OutlierMixin.fit_predict", "X:dict y", 1);

class OneClassSVMImpl extends BaseLibSVM {
  readonly _impl = "one_class" as const;
  declare nu: number;
  /** What `decision_function` takes off `score_samples`, [1]. */
  declare offset_: ndarray;
  constructor(
    kernel: Kernel = "rbf",
    degree = 3,
    gamma: Gamma = "scale",
    coef0 = whole(0),
    tol = 1e-3,
    nu = 0.5,
    shrinking = true,
    cache_size = 200,
    verbose: boolean | number = false,
    max_iter = -1,
  ) {
    super();
    this._assign({ kernel, degree, gamma, coef0, tol, nu, shrinking, cache_size, verbose, max_iter });
  }
  override get _constraints() {
    return { ...SHARED_CONSTRAINTS, nu: NU_CONSTRAINT };
  }
  override get _estimator_type() {
    return "outlier_detector" as const;
  }
  /** Learns where samples lie; `y` is ignored. */
  fit(X: MatrixLike, ...args: readonly unknown[]): this {
    const [x, , weight] = readFitAlone([X, ...args]) as [MatrixLike, unknown, ArrayLike | null | undefined];
    this.fitTo(x, f64(new Float64Array(sampleCount(x)).fill(1)), weight);
    this.offset_ = f64(floats(this.intercept_).map((v) => -v));
    return this;
  }
  /** Positive inside, negative outside. */
  decision_function(...args: XArguments): ndarray {
    const [X] = readDecision(args) as [MatrixLike];
    return f64(this.rawDecision(X).values);
  }
  /** The decision function before the offset is taken off. */
  score_samples(...args: XArguments): ndarray {
    const [X] = readSamples(args) as [MatrixLike];
    return this.decision_function(X).add(this.offset_);
  }
  /** 1 inside, −1 outside. */
  override predict(...args: XArguments): ndarray {
    const [X] = readPredict(args) as [MatrixLike];
    return i64(Array.from(this.rawDecision(X).values, (v) => (v > 0 ? 1 : -1)));
  }
  /** `fit`, then `predict` of the same samples. */
  fit_predict(X: MatrixLike, ...args: readonly unknown[]): ndarray {
    const [x] = readFitPredict([X, ...args]) as [MatrixLike];
    return this.fit(x).predict(x);
  }
}

/**
 * Support vector regression with a tube of half-width ε that costs nothing.
 *
 * Source: scikit-learn 1.9, `sklearn.svm.SVR`; LIBSVM's epsilon_svr.
 *
 * @example
 * ```ts
 * import { SVR } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const X = [[0], [1], [2], [3]];
 * print(SVR({ kernel: "linear", C: 100 }).fit(X, [0, 1, 2, 3]).predict([[1.5]]).round(3)); // prints [1.5]
 * ```
 */
export const SVR = pyClass(
  "sklearn.svm._classes.SVR",
  "* kernel degree gamma coef0 tol C epsilon shrinking cache_size verbose max_iter",
  SVRImpl,
);
export type SVR = SVRImpl;

/** Support vector regression whose ν, not ε, is given. Source: scikit-learn 1.9, `sklearn.svm.NuSVR`. */
export const NuSVR = pyClass(
  "sklearn.svm._classes.NuSVR",
  "* nu C kernel degree gamma coef0 shrinking tol cache_size verbose max_iter",
  NuSVRImpl,
);
export type NuSVR = NuSVRImpl;

/**
 * Finds outliers: the smallest region that holds all but a share ν of the samples.
 *
 * Source: B. Schölkopf et al., "Estimating the Support of a High-Dimensional Distribution" (2001); scikit-learn 1.9.
 */
export const OneClassSVM = pyClass(
  "sklearn.svm._classes.OneClassSVM",
  "* kernel degree gamma coef0 tol nu shrinking cache_size verbose max_iter",
  OneClassSVMImpl,
);
export type OneClassSVM = OneClassSVMImpl;
