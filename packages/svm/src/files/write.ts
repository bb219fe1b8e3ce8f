import {
  Global,
  PickledObject,
  Pickler,
  PyTuple,
  pickledArray,
  pickledScalar,
  pickledTexts,
} from "@cognate/formats";
import { castTo, float64, Strided } from "@cognate/kernel";
import { ArrayBase, ndarray, TextArray } from "@cognate/ndarray/core";
import { className, moduleName, PicklingError, repr, Tuple } from "@cognate/py";
import { CsrMatrix, f64, i32 } from "../base/arrays.js";
import { Estimator } from "../base/estimator.js";
import { Bunch } from "../datasets/bunch.js";
import { isClassifier } from "../solver/parameters.js";
import { BaseLibSVM } from "../svm/libsvm-base.js";

/** The version whose layout is written. */
const VERSION = "1.9.1";

const number = (x: number): PickledObject => pickledScalar(Strided.over(Float64Array.of(x), float64, []));

/** 0.0, which parameters have that a machine does not use. */
const UNUSED = new Number(0);

/** The state of a machine of LIBSVM's, with the attributes that scikit-learn predicts from. */
function machineState(e: BaseLibSVM): Map<string, unknown> {
  const state = new Map<string, unknown>();
  const put = (entries: Record<string, unknown>): void => {
    for (const [k, v] of Object.entries(entries)) state.set(k, v);
  };
  const own = e as unknown as Record<string, unknown>;
  if (isClassifier(e._impl))
    put({ decision_function_shape: own.decision_function_shape, break_ties: own.break_ties });
  put({
    kernel: e.kernel,
    degree: e.degree,
    gamma: e.gamma,
    coef0: e.coef0,
    tol: e.tol,
    C: e.C ?? UNUSED,
    nu: e.nu ?? UNUSED,
    epsilon: e.epsilon ?? UNUSED,
    shrinking: e.shrinking,
    probability: e.probability ?? false,
    cache_size: e.cache_size,
    class_weight: own.class_weight ?? null,
    verbose: e.verbose,
    max_iter: e.max_iter,
    random_state: e.random_state ?? null,
  });
  const model = e._model;
  if (!model) return state;
  const sign = isClassifier(e._impl) && model.labels.length === 2 ? -1 : 1;
  const dual = e.dual_coef_ instanceof CsrMatrix ? e.dual_coef_ : (e.dual_coef_ as ndarray);
  const raw =
    dual instanceof CsrMatrix
      ? new CsrMatrix({ ...dual._matrix, data: dual._matrix.data.map((v) => sign * v) })
      : (dual.mul(sign) as ndarray);
  put({
    _sparse: e._sparse,
    n_features_in_: e.n_features_in_,
    ...(own.feature_names_in_ ? { feature_names_in_: own.feature_names_in_ } : {}),
    ...(isClassifier(e._impl) ? { class_weight_: own.class_weight_, classes_: own.classes_ } : {}),
    _effective_probability: model.probA.length > 0,
    _gamma: number(e._gamma),
    support_: e.support_,
    support_vectors_: e.support_vectors_,
    _n_support: i32(model.counts),
    dual_coef_: e.dual_coef_,
    intercept_: e.intercept_,
    _probA: f64(model.probA),
    _probB: f64(model.probB),
    fit_status_: e.fit_status_,
    _num_iter: i32(model.iterations),
    shape_fit_: e.shape_fit_,
    _intercept_: f64(model.rho.map((r) => -r)),
    _dual_coef_: raw,
    n_iter_: e.n_iter_,
    ...(own.offset_ ? { offset_: own.offset_ } : {}),
  });
  return state;
}

function stateOf(e: Estimator): Map<string, unknown> {
  const state =
    e instanceof BaseLibSVM
      ? machineState(e)
      : new Map<string, unknown>([
          ...Object.entries(e.get_params({ deep: false })),
          ...Object.entries(e).filter(([k]) => !e._parameter_names.includes(k)),
        ]);
  state.set("_sklearn_version", VERSION);
  return state;
}

const CSR = new Global("scipy.sparse._csr", "csr_matrix");

function replaced(x: object): unknown {
  if (x instanceof Estimator) {
    const C = x.constructor;
    return new PickledObject(new Global(moduleName(C), className(C)), [], "new", undefined, stateOf(x));
  }
  if (x instanceof TextArray) {
    // Names of features are an array of objects in scikit-learn, labels an array of texts.
    return pickledTexts(x._flat(), [...x.shape]);
  }
  if (x instanceof CsrMatrix)
    return new PickledObject(
      CSR,
      [],
      "new",
      undefined,
      new Map<string, unknown>([
        ["_shape", PyTuple.of_([...x.shape])],
        ["maxprint", 50],
        ["indptr", x.indptr],
        ["indices", x.indices],
        ["data", x.data],
        ["_has_sorted_indices", true],
        ["_has_canonical_format", true],
      ]),
    );
  if (x instanceof Bunch) return new Map(Object.entries(x));
  if (x instanceof ArrayBase) return x instanceof ndarray ? pickledArray(x._a) : pickledScalar(x._a);
  if (x instanceof Strided) return pickledArray(castTo(x, x.dtype));
  if (typeof x === "function")
    throw new PicklingError(`Can't pickle ${repr(x)}: it is a function of the caller's own`);
  return undefined;
}

/** A value as a pickle that Python's `pickle.load` and `joblib.load` open. @throws PicklingError */
export const pickled = (value: unknown): Uint8Array =>
  new Pickler({ protocol: 4, replace: replaced, isTuple: (a) => a instanceof Tuple }).dump(value);
