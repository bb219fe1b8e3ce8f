import { asStrided, type ndarray } from "@cognate/ndarray/core";
import { CsrMatrix, floats, wholes } from "../base/arrays.js";
import type { KernelName } from "../solver/kernel.js";
import type { SvmModel } from "../solver/model.js";
import { isClassifier } from "../solver/parameters.js";
import { DenseRows, SparseRows } from "../solver/rows.js";
import type { BaseLibSVM } from "../svm/libsvm-base.js";

type State = Record<string, unknown>;

const coefficientsOf = (x: unknown): { data: Float64Array; rows: number; width: number } => {
  const a = (x instanceof CsrMatrix ? x.toarray() : (x as ndarray))._a;
  return { data: floats(a), rows: a.shape[0]!, width: a.shape[1]! };
};

/** What an estimator was trained to, out of the attributes that its pickle holds. */
export function modelOf(e: BaseLibSVM, state: State): SvmModel {
  const coefficients = coefficientsOf(state._dual_coef_);
  const vectors = state.support_vectors_;
  const kernel = typeof e.kernel === "string" ? (e.kernel as KernelName) : "precomputed";
  const classes = (state.classes_ as ndarray | undefined)?.size ?? 0;
  const dense = vectors instanceof CsrMatrix ? null : (vectors as ndarray);
  return {
    parameters: {
      type: e._impl,
      kernel,
      degree: Number(e.degree),
      gamma: Number(state._gamma),
      coef0: Number(e.coef0),
      C: Number(e.C ?? 0),
      nu: Number(e.nu ?? 0),
      epsilon: Number(e.epsilon ?? 0),
      tolerance: Number(e.tol),
      shrinking: e.shrinking,
      probability: (state._probA as ndarray).size > 0,
      cacheSize: Number(e.cache_size),
      maxIterations: Number(e.max_iter),
      classWeight: [],
    },
    labels: isClassifier(e._impl) ? Array.from({ length: classes }, (_, i) => i) : [],
    counts: wholes(state._n_support as ndarray),
    support: wholes(state.support_ as ndarray),
    vectors:
      vectors instanceof CsrMatrix
        ? new SparseRows(vectors._matrix)
        : kernel === "precomputed"
          ? null
          : new DenseRows(floats(dense!), dense!.shape[0]!, dense!.shape[1]!),
    coefficients: Array.from({ length: coefficients.rows }, (_, r) =>
      coefficients.data.slice(r * coefficients.width, (r + 1) * coefficients.width),
    ),
    rho: floats(state._intercept_ as ndarray).map((v) => -v),
    probA: floats(state._probA as ndarray),
    probB: floats(state._probB as ndarray),
    iterations: wholes(asStrided((state._num_iter ?? state.n_iter_ ?? [0]) as ndarray)),
    stoppedEarly: Number(state.fit_status_) !== 0,
  };
}
