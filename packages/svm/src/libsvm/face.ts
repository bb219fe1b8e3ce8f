import { bytesOf, readLibsvmModel, readSvmlight, writeFileAtomic, writeLibsvmModel } from "@cognate/formats";
import { type ArrayLike, asStrided } from "@cognate/ndarray/core";
import { className, def, print, repr, Tuple, ValueError } from "@cognate/py";
import { floats } from "../base/arrays.js";
import {
  classProbabilities,
  decisionValues,
  pairCount,
  type Samples,
  type SvmModel,
  votes,
} from "../solver/model.js";
import { isClassifier } from "../solver/parameters.js";
import { SolverRandom } from "../solver/random.js";
import { DenseRows, PrecomputedRows, type SparseMatrix, SparseRows } from "../solver/rows.js";
import { train } from "../solver/train.js";
import type { BaseLibSVM } from "../svm/libsvm-base.js";
import { type Instances, samplesOf } from "./data.js";
import { modelOfText, svm_model, textOf } from "./model.js";
import { parseTrainOptions, type TrainOptions } from "./options.js";

/** Labels and samples, as `svm_train` takes them together. */
export class svm_problem {
  constructor(
    readonly y: ArrayLike,
    readonly x: Instances,
  ) {
    const n = floats(asStrided(y)).length;
    const m = samplesOf(x, false).shape[0];
    if (n !== m) throw new ValueError("len(y) != len(x)");
  }
}

/** The seed with which LIBSVM's folds begin here; C's `rand()` differs from system to system. */
const SEED = 1;

/** Labels in the order of their first appearance; of −1 and +1 the positive one is first. */
function labelsInOrder(y: Float64Array): number[] {
  const labels = [...new Set(Array.from(y, Math.trunc))];
  return labels.length === 2 && labels[0] === -1 && labels[1] === 1 ? [1, -1] : labels;
}

function fitted(y: Float64Array, x: SparseMatrix, o: TrainOptions): SvmModel {
  const precomputed = o.kernel === "precomputed";
  const n = y.length;
  const rows = precomputed
    ? new PrecomputedRows(
        kernelMatrix(x, n),
        n,
        Int32Array.from({ length: n }, (_, i) => i),
      )
    : new SparseRows(x);
  const order = isClassifier(o.type) ? labelsInOrder(y) : undefined;
  const targets = order ? y.map(Math.trunc) : y;
  const parameters = {
    ...o,
    gamma: o.gamma === 0 && x.shape[1] > 0 ? 1 / x.shape[1] : o.gamma,
    classWeight: (order ?? []).map((l) => o.weights.get(l) ?? 1),
  };
  return train(
    { rows, y: targets, weight: new Float64Array(n).fill(1) },
    parameters,
    new SolverRandom(SEED),
    order,
  );
}

/** The kernel values behind the serial numbers. */
function kernelMatrix(x: SparseMatrix, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++)
      if (x.indices[k]! > 0) out[i * n + x.indices[k]! - 1] = x.data[k]!;
  return out;
}

function testSamples(m: SvmModel, x: SparseMatrix): Samples {
  if (m.parameters.kernel !== "precomputed") return { kind: "sparse", matrix: x };
  const d = Math.max(x.shape[1] - 1, ...Array.from(m.support, (i) => i + 1));
  const data = new Float64Array(x.shape[0] * d);
  for (let i = 0; i < x.shape[0]; i++)
    for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++)
      if (x.indices[k]! > 0) data[i * d + x.indices[k]! - 1] = x.data[k]!;
  return { kind: "dense", rows: new DenseRows(data, x.shape[0], d) };
}

/** Predicted labels or numbers. */
function predictions(m: SvmModel, values: Float64Array): number[] {
  if (isClassifier(m.parameters.type)) return Array.from(votes(m, values), (c) => m.labels[c]!);
  if (m.parameters.type === "one_class") return Array.from(values, (v) => (v > 0 ? 1 : -1));
  return [...values];
}

/** Accuracy in percent, mean squared error and squared correlation of predictions. */
export function evaluations(ty: ArrayLike, pv: ArrayLike): Tuple<number> {
  const [a, b] = [floats(asStrided(ty)), floats(asStrided(pv))];
  if (a.length !== b.length) throw new ValueError("len(ty) must be equal to len(pv)");
  let [right, error, sv, sy, svv, syy, svy] = [0, 0, 0, 0, 0, 0, 0];
  a.forEach((y, i) => {
    const v = b[i]!;
    if (y === v) right++;
    error += (v - y) * (v - y);
    sv += v;
    sy += y;
    svv += v * v;
    syy += y * y;
    svy += v * y;
  });
  const n = a.length;
  const below = (n * svv - sv * sv) * (n * syy - sy * sy);
  return Tuple.of_([
    (100 * right) / n,
    error / n,
    below === 0 ? Number.NaN : ((n * svy - sv * sy) * (n * svy - sv * sy)) / below,
  ]);
}

/**
 * Trains as LIBSVM's `svm_train(y, x, options)`; with `-v n` the accuracy (or error) of cross-validation.
 *
 * @throws ValueError for wrong options
 *
 * @example
 * ```ts
 * import { svm_predict, svm_train } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const x = [{ 1: 1, 3: 1 }, { 1: -1, 3: -1 }];
 * const m = svm_train([1, -1], x, "-t 0 -c 4 -q");
 * print(svm_predict([1, -1], x, m, "-q")[0], m.get_nr_sv()); // prints [1, -1] 2
 * ```
 */
export function svm_train(y: ArrayLike, x: Instances, options?: string): svm_model;
export function svm_train(problem: svm_problem, options?: string): svm_model;
export function svm_train(
  first: ArrayLike | svm_problem,
  second?: Instances | string,
  options = "",
): svm_model {
  const problem = first instanceof svm_problem ? first : new svm_problem(first, second as Instances);
  const o = parseTrainOptions(
    first instanceof svm_problem ? ((second as string | undefined) ?? "") : options,
  );
  const y = floats(asStrided(problem.y));
  const x = samplesOf(problem.x, o.kernel === "precomputed");
  if (o.folds > 0) return crossValidated(y, x, o) as never;
  return new svm_model(fitted(y, x, o));
}

function crossValidated(y: Float64Array, x: SparseMatrix, o: TrainOptions): number {
  const n = y.length;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  new SolverRandom(SEED).shuffle(order);
  const rows = new SparseRows(x);
  const found = new Float64Array(n);
  for (let f = 0; f < o.folds; f++) {
    const [from, to] = [Math.floor((f * n) / o.folds), Math.floor(((f + 1) * n) / o.folds)];
    const test = order.subarray(from, to);
    const rest = Int32Array.of(...order.subarray(0, from), ...order.subarray(to));
    const m = fitted(
      Float64Array.from(rest, (i) => y[i]!),
      gathered(rows, rest),
      o,
    );
    predictions(m, decisionValues(m, { kind: "sparse", matrix: gathered(rows, test) })).forEach((v, i) => {
      found[test[i]!] = v;
    });
  }
  const [accuracy, error, correlation] = evaluations(y, found) as unknown as [number, number, number];
  if (o.type === "epsilon_svr" || o.type === "nu_svr") {
    if (!o.quiet) {
      print(`Cross Validation Mean squared error = ${general(error)}`);
      print(`Cross Validation Squared correlation coefficient = ${general(correlation)}`);
    }
    return error;
  }
  if (!o.quiet) print(`Cross Validation Accuracy = ${general(accuracy)}%`);
  return accuracy;
}

function gathered(rows: SparseRows, indices: ArrayLike): SparseMatrix {
  const { data, indices: columns, indptr, shape } = rows.matrix;
  const list = [...(indices as Iterable<number>)];
  const parts = list.map((i) => [indptr[i]!, indptr[i + 1]!] as const);
  const starts = Int32Array.from({ length: list.length + 1 }, (_, i) =>
    parts.slice(0, i).reduce((s, [a, b]) => s + b - a, 0),
  );
  return {
    data: Float64Array.from(parts.flatMap(([a, b]) => [...data.subarray(a, b)])),
    indices: Int32Array.from(parts.flatMap(([a, b]) => [...columns.subarray(a, b)])),
    indptr: starts,
    shape: [list.length, shape[1]],
  };
}

/** C's `%g`. */
const general = (x: number): string => {
  if (x === 0 || !Number.isFinite(x)) return x === 0 ? "0" : String(x);
  const e = Number(x.toExponential(5).split("e")[1]);
  const text = e < -4 || e >= 6 ? x.toExponential(5) : x.toFixed(5 - e);
  return text.includes(".") ? text.replace(/\.?0+(e|$)/, "$1") : text;
};

/**
 * Predicts as LIBSVM's `svm_predict(y, x, model, options)`: labels, (accuracy, squared error, squared correlation), and
 * decision values or, with `-b 1`, probabilities. Prints the accuracy unless `-q` is given.
 */
export const svm_predict = def(
  "libsvm.svmutil.svm_predict",
  "y x m options",
  (y: ArrayLike | readonly number[], x: Instances, m: svm_model, options = ""): Tuple<never> => {
    const words = options.split(/\s+/).filter(Boolean);
    const quiet = words.includes("-q");
    const probability = words[words.indexOf("-b") + 1] === "1" && words.includes("-b");
    const model = m._model;
    if (probability && model.probA.length === 0)
      throw new ValueError("Model does not support probabiliy estimates");
    const samples = samplesOf(x, model.parameters.kernel === "precomputed");
    const values = decisionValues(model, testSamples(model, samples));
    const pairs = pairCount(model);
    const n = samples.shape[0];
    let labels = predictions(model, values);
    let rows = Array.from({ length: n }, (_, i) => [...values.subarray(i * pairs, (i + 1) * pairs)]);
    if (probability && isClassifier(model.parameters.type)) {
      const k = model.labels.length;
      const p = classProbabilities(model, values);
      rows = Array.from({ length: n }, (_, i) => [...p.subarray(i * k, (i + 1) * k)]);
      labels = rows.map((r) => model.labels[r.indexOf(Math.max(...r))]!);
    }
    const given = floats(asStrided(y as ArrayLike));
    const truth = given.length === 0 ? new Float64Array(n) : given;
    const scores = evaluations(truth, Float64Array.from(labels));
    if (!quiet) {
      const [accuracy, error, correlation] = scores as unknown as [number, number, number];
      const right = labels.filter((v, i) => v === truth[i]).length;
      if (model.parameters.type === "epsilon_svr" || model.parameters.type === "nu_svr") {
        print(`Mean squared error = ${general(error)} (regression)`);
        print(`Squared correlation coefficient = ${general(correlation)} (regression)`);
      } else print(`Accuracy = ${general(accuracy)}% (${right}/${n}) (classification)`);
    }
    return Tuple.of_([labels, scores, rows]) as unknown as Tuple<never>;
  },
);

const decoder = new TextDecoder();

/** Opens a model of LIBSVM's: a path (Node), the file's bytes or its text. @throws FormatError */
export function svm_load_model(file: string | Uint8Array): svm_model {
  const text = typeof file === "string" && /^svm_type\s/.test(file) ? file : decoder.decode(bytesOf(file));
  return new svm_model(modelOfText(readLibsvmModel(text)));
}

/**
 * Writes a model as LIBSVM's text; a fitted SVC, SVR … will do, too. Without a path the bytes are the result.
 *
 * @throws ValueError for labels that are no whole numbers
 */
export function svm_save_model(file: string | null, model: svm_model | BaseLibSVM): Uint8Array | null {
  const text = writeLibsvmModel(
    model instanceof svm_model ? textOf(model._model) : textOf(model._model, labelsOf(model)),
  );
  const bytes = new TextEncoder().encode(text);
  if (file === null) return bytes;
  writeFileAtomic(file, bytes);
  return null;
}

/** The labels of an estimator as LIBSVM has them: whole numbers. */
function labelsOf(e: BaseLibSVM): readonly number[] {
  const classes = (e as unknown as { classes_?: { tolist(): unknown } }).classes_;
  if (!classes) return [];
  const labels = classes.tolist() as unknown[];
  if (!labels.every((v) => typeof v === "number" && Number.isInteger(v)))
    throw new ValueError(
      `labels in LIBSVM's files are whole numbers, this ${className(e.constructor)} has ${repr(labels)}`,
    );
  return labels as number[];
}

/** Reads a file of samples: a tuple of labels and dicts of values by index. */
export function svm_read_problem(file: string | Uint8Array): Tuple<never> {
  const text =
    typeof file === "string" && file.includes(":") && /\s/.test(file) ? file : decoder.decode(bytesOf(file));
  const { data, indices, indptr, labels } = readSvmlight(text, false, true);
  const x = labels.map((_, i) =>
    Object.fromEntries(
      Array.from({ length: indptr[i + 1]! - indptr[i]! }, (__, k) => {
        const at = indptr[i]! + k;
        return [String(indices[at]), data[at]!];
      }),
    ),
  );
  return Tuple.of_([labels.map(([v]) => v!), x]) as unknown as Tuple<never>;
}
