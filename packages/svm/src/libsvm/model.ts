import { LIBSVM_KERNELS, type LibsvmModelText } from "@cognate/formats";
import { nameClass } from "@cognate/py";
import type { KernelName } from "../solver/kernel.js";
import type { SvmModel } from "../solver/model.js";
import { isClassifier } from "../solver/parameters.js";
import { SparseRows } from "../solver/rows.js";

const KERNELS: readonly KernelName[] = ["linear", "poly", "rbf", "sigmoid", "precomputed"];

/** A model of LIBSVM's Python face. */
export class svm_model {
  constructor(readonly _model: SvmModel) {}
  get_svm_type(): number {
    return ["c_svc", "nu_svc", "one_class", "epsilon_svr", "nu_svr"].indexOf(this._model.parameters.type);
  }
  get_nr_class(): number {
    return isClassifier(this._model.parameters.type) ? this._model.labels.length : 2;
  }
  get_labels(): number[] {
    return [...this._model.labels];
  }
  get_nr_sv(): number {
    return this._model.support.length;
  }
  /** Where the support vectors stood in the training data, from 1. */
  get_sv_indices(): number[] {
    return Array.from(this._model.support, (i) => i + 1);
  }
  /** Coefficients of each support vector, one a class but one. */
  get_sv_coef(): number[][] {
    const { coefficients, support } = this._model;
    return Array.from(support, (_, j) => coefficients.map((c) => c[j]!));
  }
  /** The support vectors as dicts of values by index from 1. */
  get_SV(): Record<string, number>[] {
    return entriesOf(this._model).map((e) => Object.fromEntries(e.map(([k, v]) => [String(k), v])));
  }
  is_probability_model(): boolean {
    return this._model.probA.length > 0;
  }
  get_svr_probability(): number {
    return this._model.probA[0] ?? 0;
  }
  __repr__(): string {
    return `<svm_model of ${this.get_nr_sv()} support vectors>`;
  }
  toString(): string {
    return this.__repr__();
  }
}
nameClass("libsvm.svm.svm_model", svm_model);

/** Entries of the support vectors, indices from 1; of precomputed kernels their serial numbers. */
function entriesOf(m: SvmModel): (readonly [number, number])[][] {
  if (m.vectors === null) return Array.from(m.support, (i) => [[0, i + 1] as const]);
  if (m.vectors instanceof SparseRows) {
    const { data, indices, indptr } = m.vectors.matrix;
    return Array.from(m.support, (_, r) =>
      Array.from({ length: indptr[r + 1]! - indptr[r]! }, (__, k) => {
        const at = indptr[r]! + k;
        return [indices[at]! + 1, data[at]!] as const;
      }),
    );
  }
  const { data, width } = m.vectors;
  return Array.from(m.support, (_, r) =>
    Array.from({ length: width }, (__, c) => [c + 1, data[r * width + c]!] as const).filter(
      ([, v]) => v !== 0,
    ),
  );
}

/** A model as LIBSVM's text file holds it. */
export function textOf(m: SvmModel, labels: readonly number[] = m.labels): LibsvmModelText {
  const { kernel, degree, gamma, coef0, type } = m.parameters;
  const classes = isClassifier(type);
  return {
    svmType: type,
    kernelType: LIBSVM_KERNELS[KERNELS.indexOf(kernel)]!,
    ...(kernel === "poly" && { degree }),
    ...((kernel === "poly" || kernel === "rbf" || kernel === "sigmoid") && { gamma }),
    ...((kernel === "poly" || kernel === "sigmoid") && { coef0 }),
    classes: classes ? labels.length : 2,
    rho: [...m.rho],
    ...(classes && { labels }),
    ...(m.probA.length > 0 && { probA: [...m.probA] }),
    ...(m.probB.length > 0 && { probB: [...m.probB] }),
    ...(classes && { counts: [...m.counts] }),
    coefficients: Array.from(m.support, (_, j) => m.coefficients.map((c) => c[j]!)),
    vectors: entriesOf(m),
  };
}

/** The model that a text file holds. */
export function modelOfText(t: LibsvmModelText): SvmModel {
  const n = t.vectors.length;
  const precomputed = t.kernelType === "precomputed";
  const flat = t.vectors.flat();
  const width = flat.reduce((w, [k]) => Math.max(w, k), 0);
  const indptr = new Int32Array(n + 1);
  t.vectors.forEach((v, i) => {
    indptr[i + 1] = indptr[i]! + v.length;
  });
  const matrix = {
    data: Float64Array.from(flat, ([, v]) => v),
    indices: Int32Array.from(flat, ([k]) => k - 1),
    indptr,
    shape: [n, width] as const,
  };
  return {
    parameters: {
      type: t.svmType,
      kernel: KERNELS[LIBSVM_KERNELS.indexOf(t.kernelType)]!,
      degree: t.degree ?? 3,
      gamma: t.gamma ?? 0,
      coef0: t.coef0 ?? 0,
      C: 1,
      nu: 0.5,
      epsilon: 0.1,
      tolerance: 1e-3,
      shrinking: true,
      probability: t.probA !== undefined,
      cacheSize: 100,
      maxIterations: -1,
      classWeight: [],
    },
    labels: t.labels ?? [],
    counts: Int32Array.from(t.counts ?? [n, n]),
    support: Int32Array.from(t.vectors, (v, i) => (precomputed ? v[0]![1] - 1 : i)),
    vectors: precomputed ? null : new SparseRows(matrix),
    coefficients: Array.from({ length: t.classes - 1 }, (_, c) =>
      Float64Array.from(t.coefficients, (row) => row[c]!),
    ),
    rho: Float64Array.from(t.rho),
    probA: Float64Array.from(t.probA ?? []),
    probB: Float64Array.from(t.probB ?? []),
    iterations: new Int32Array(0),
    stoppedEarly: false,
  };
}
