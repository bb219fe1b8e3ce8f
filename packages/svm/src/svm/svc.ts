import { Float, pyClass } from "@cognate/py";
import type { ClassWeight } from "../base/labels.js";
import type { RandomStateLike } from "../base/random.js";
import { BaseSVC, CLASSIFIER_CONSTRAINTS } from "./classifier.js";
import { C_CONSTRAINT, type Gamma, type Kernel, NU_CONSTRAINT } from "./libsvm-base.js";

/** A whole number that prints as a float. */
const whole = (x: number): number => new Float(x) as unknown as number;

class SVCImpl extends BaseSVC {
  readonly _impl = "c_svc" as const;
  declare C: number;

  constructor(
    C = whole(1),
    kernel: Kernel = "rbf",
    degree = 3,
    gamma: Gamma = "scale",
    coef0 = whole(0),
    shrinking = true,
    probability: boolean | "deprecated" = "deprecated",
    tol = 1e-3,
    cache_size = 200,
    class_weight: ClassWeight = null,
    verbose: boolean | number = false,
    max_iter = -1,
    decision_function_shape: "ovr" | "ovo" = "ovr",
    break_ties = false,
    random_state: RandomStateLike = null,
  ) {
    super();
    this._assign({
      C,
      kernel,
      degree,
      gamma,
      coef0,
      shrinking,
      probability,
      tol,
      cache_size,
      class_weight,
      verbose,
      max_iter,
      decision_function_shape,
      break_ties,
      random_state,
    });
  }
  override get _constraints() {
    return { ...CLASSIFIER_CONSTRAINTS, C: C_CONSTRAINT };
  }
}

class NuSVCImpl extends BaseSVC {
  readonly _impl = "nu_svc" as const;
  declare nu: number;

  constructor(
    nu = 0.5,
    kernel: Kernel = "rbf",
    degree = 3,
    gamma: Gamma = "scale",
    coef0 = whole(0),
    shrinking = true,
    probability: boolean | "deprecated" = "deprecated",
    tol = 1e-3,
    cache_size = 200,
    class_weight: ClassWeight = null,
    verbose: boolean | number = false,
    max_iter = -1,
    decision_function_shape: "ovr" | "ovo" = "ovr",
    break_ties = false,
    random_state: RandomStateLike = null,
  ) {
    super();
    this._assign({
      nu,
      kernel,
      degree,
      gamma,
      coef0,
      shrinking,
      probability,
      tol,
      cache_size,
      class_weight,
      verbose,
      max_iter,
      decision_function_shape,
      break_ties,
      random_state,
    });
  }
  override get _constraints() {
    return { ...CLASSIFIER_CONSTRAINTS, nu: NU_CONSTRAINT };
  }
}

const REST =
  "kernel degree gamma coef0 shrinking probability tol cache_size class_weight verbose max_iter decision_function_shape break_ties random_state";

/**
 * A support vector classifier: min ½‖w‖² + Σ Cᵢ ξᵢ, y(⟨w, φ(x)⟩ + b) ≥ 1 − ξ, solved as LIBSVM does; several classes
 * pair by pair.
 *
 * `fit` sets `support_` [n_SV], `support_vectors_` [n_SV, n_features], `n_support_` [n_classes], `dual_coef_`
 * [n_classes − 1, n_SV], `coef_` (linear kernel), `intercept_`, `classes_`, `class_weight_`, `n_iter_`, `fit_status_`.
 *
 * Source: scikit-learn 1.9, `sklearn.svm.SVC`; C.-C. Chang, C.-J. Lin, "LIBSVM: A Library for Support Vector Machines".
 *
 * @example
 * ```ts
 * import { SVC } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const X = [[0, 0], [1, 1], [2, 0], [3, 1]];
 * const clf = SVC({ kernel: "linear", class_weight: { 1: 10 } }).fit(X, [0, 0, 1, 1]);
 * print(clf, clf.predict([[0.5, 0], [2.5, 1]]));
 * // prints SVC(class_weight={1: 10}, kernel='linear') [0 1]
 * ```
 */
export const SVC = pyClass("sklearn.svm._classes.SVC", `* C ${REST}` as const, SVCImpl);
export type SVC = SVCImpl;

/**
 * A support vector classifier whose ν bounds the share of margin errors from above and of support vectors from below.
 *
 * Source: B. Schölkopf et al., "New Support Vector Algorithms" (2000); scikit-learn 1.9, `sklearn.svm.NuSVC`.
 */
export const NuSVC = pyClass("sklearn.svm._classes.NuSVC", `* nu ${REST}` as const, NuSVCImpl);
export type NuSVC = NuSVCImpl;
