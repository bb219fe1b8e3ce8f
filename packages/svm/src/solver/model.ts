import { contiguous, float64, ops, Strided } from "@cognate/kernel";
import { applyKernel } from "./kernel.js";
import { isClassifier, type SvmParameters } from "./parameters.js";
import { coupled, sigmoidAt } from "./platt.js";
import { DenseRows, type Rows, type SparseMatrix, SparseRows } from "./rows.js";

/** A trained machine, laid out as LIBSVM's `svm_model`. */
export interface SvmModel {
  readonly parameters: SvmParameters;
  /** Labels in the order of the classes; none for regression and one-class models. */
  readonly labels: readonly number[];
  /** How many support vectors each class has; they stand class by class. */
  readonly counts: Int32Array;
  /** Where the support vectors stood in the training data. */
  readonly support: Int32Array;
  /** The support vectors themselves; for precomputed kernels there are none. */
  readonly vectors: DenseRows | SparseRows | null;
  /** A row for each class but one: what a vector of class i weighs against class j stands in row j − 1 if j > i, else j. */
  readonly coefficients: readonly Float64Array[];
  readonly rho: Float64Array;
  /** Slope and offset of each pair's sigmoid, or the noise scale of regression. */
  readonly probA: Float64Array;
  readonly probB: Float64Array;
  readonly iterations: Int32Array;
  readonly stoppedEarly: boolean;
}

/** Samples to predict: dense rows, rows of entries, or rows of a kernel matrix against the training data. */
export type Samples = { readonly kind: "dense"; readonly rows: DenseRows } | SparseSamples;
interface SparseSamples {
  readonly kind: "sparse";
  readonly matrix: SparseMatrix;
}

const BLOCK = 256;

/** Calls `take` with blocks of kernel values, K(x, svⱼ) for a run of samples; row r of a block is sample `first + r`. */
function kernelBlocks(
  model: SvmModel,
  samples: Samples,
  take: (first: number, rows: number, values: Float64Array) => void,
): void {
  const { parameters: p, vectors, support } = model;
  const m = support.length;
  if (samples.kind === "sparse") return sparseBlocks(model, samples.matrix, take);
  const { rows } = samples;
  if (p.kernel === "precomputed") {
    const line = new Float64Array(m);
    for (let i = 0; i < rows.count; i++) {
      for (let j = 0; j < m; j++) line[j] = rows.data[i * rows.width + support[j]!]!;
      take(i, 1, line);
    }
    return;
  }
  const d = rows.width;
  let sv = (vectors as DenseRows).data;
  let x = rows.data;
  if (p.kernel === "rbf") {
    // Distances do not change when both move, and near the origin they round least.
    const centre = columnMeans(sv, m, d);
    sv = moved(sv, centre);
    x = moved(x, centre);
  }
  const squares = p.kernel === "rbf" ? rowSquares(sv, m, d) : sv;
  const turned = Strided.over(sv, float64, [m, d]).view([d, m], [1, d], 0);
  for (let first = 0; first < rows.count; first += BLOCK) {
    const count = Math.min(BLOCK, rows.count - first);
    const block = x.subarray(first * d, (first + count) * d);
    const values =
      m === 0
        ? new Float64Array(0)
        : (contiguous(
            ops.matmul.run([Strided.over(block, float64, [count, d]), turned], undefined) as Strided,
          ).flat() as Float64Array);
    for (let r = 0; r < count; r++) {
      const own = p.kernel === "rbf" ? squareOf(block, r * d, d) : 0;
      applyKernel(p, values.subarray(r * m, (r + 1) * m), m, own, squares, 0);
    }
    take(first, count, values);
  }
}

function sparseBlocks(
  { parameters: p, vectors }: SvmModel,
  { data, indices, indptr, shape }: SparseMatrix,
  take: (first: number, rows: number, values: Float64Array) => void,
): void {
  const sv = (vectors as SparseRows).matrix;
  const m = sv.shape[0];
  const width = Math.max(shape[1], sv.shape[1]);
  const work = new Float64Array(width);
  const squares = Float64Array.from({ length: m }, (_, j) => (vectors as SparseRows).square(j));
  const line = new Float64Array(m);
  for (let i = 0; i < shape[0]; i++) {
    let own = 0;
    for (let k = indptr[i]!; k < indptr[i + 1]!; k++) {
      work[indices[k]!] = data[k]!;
      own += data[k]! * data[k]!;
    }
    for (let j = 0; j < m; j++) {
      let s = 0;
      for (let k = sv.indptr[j]!; k < sv.indptr[j + 1]!; k++) s += work[sv.indices[k]!]! * sv.data[k]!;
      line[j] = s;
    }
    for (let k = indptr[i]!; k < indptr[i + 1]!; k++) work[indices[k]!] = 0;
    applyKernel(p, line, m, own, squares, 0);
    take(i, 1, line);
  }
}

function squareOf(x: Float64Array, at: number, d: number): number {
  let s = 0;
  for (let k = at; k < at + d; k++) s += x[k]! * x[k]!;
  return s;
}
const rowSquares = (x: Float64Array, n: number, d: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => squareOf(x, i * d, d));

function columnMeans(x: Float64Array, n: number, d: number): Float64Array {
  const mean = new Float64Array(d);
  for (let i = 0; i < x.length; i++) mean[i % d]! += x[i]!;
  for (let k = 0; k < d && n > 0; k++) mean[k]! /= n;
  return mean;
}
function moved(x: Float64Array, by: Float64Array): Float64Array {
  const d = by.length;
  const out = new Float64Array(x.length);
  for (let i = 0; i < x.length; i += d) for (let k = 0; k < d; k++) out[i + k] = x[i + k]! - by[k]!;
  return out;
}

const sampleCount = (s: Samples): number => (s.kind === "dense" ? s.rows.count : s.matrix.shape[0]);

/** How many decision values a sample has: one a pair of classes, or one. */
export function pairCount(model: SvmModel): number {
  const k = model.labels.length;
  return isClassifier(model.parameters.type) ? (k * (k - 1)) / 2 : 1;
}

/** Decision values, a row a sample: positive for the first class of a pair. */
export function decisionValues(model: SvmModel, samples: Samples): Float64Array {
  const { coefficients, rho, counts } = model;
  const m = model.support.length;
  const pairs = pairCount(model);
  const out = new Float64Array(sampleCount(samples) * pairs);
  if (!isClassifier(model.parameters.type)) {
    const c = coefficients[0]!;
    kernelBlocks(model, samples, (first, rows, values) => {
      for (let r = 0; r < rows; r++) {
        let s = 0;
        for (let j = 0; j < m; j++) s += c[j]! * values[r * m + j]!;
        out[first + r] = s - rho[0]!;
      }
    });
    return out;
  }
  const k = model.labels.length;
  const start = new Int32Array(k + 1);
  for (let i = 0; i < k; i++) start[i + 1] = start[i]! + counts[i]!;
  kernelBlocks(model, samples, (first, rows, values) => {
    for (let r = 0; r < rows; r++) {
      let at = (first + r) * pairs;
      let pair = 0;
      for (let i = 0; i < k; i++)
        for (let j = i + 1; j < k; j++) {
          const ci = coefficients[j - 1]!;
          const cj = coefficients[i]!;
          let s = 0;
          for (let t = start[i]!; t < start[i + 1]!; t++) s += ci[t]! * values[r * m + t]!;
          for (let t = start[j]!; t < start[j + 1]!; t++) s += cj[t]! * values[r * m + t]!;
          out[at++] = s - rho[pair++]!;
        }
    }
  });
  return out;
}

/** The class that wins most pairs, the first of those that do, for each sample. */
export function votes(model: SvmModel, values: Float64Array): Int32Array {
  const k = model.labels.length;
  const pairs = (k * (k - 1)) / 2;
  const out = new Int32Array(values.length / pairs);
  const count = new Int32Array(k);
  for (let r = 0; r < out.length; r++) {
    count.fill(0);
    let at = r * pairs;
    for (let i = 0; i < k; i++) for (let j = i + 1; j < k; j++) count[values[at++]! > 0 ? i : j]!++;
    let best = 0;
    for (let i = 1; i < k; i++) if (count[i]! > count[best]!) best = i;
    out[r] = best;
  }
  return out;
}

/** Class probabilities, a row a sample, by pairwise coupling of the sigmoids. */
export function classProbabilities(model: SvmModel, values: Float64Array): Float64Array {
  const k = model.labels.length;
  const pairs = (k * (k - 1)) / 2;
  const n = values.length / pairs;
  const out = new Float64Array(n * k);
  const pair = new Float64Array(k * k);
  const least = 1e-7;
  for (let r = 0; r < n; r++) {
    let at = 0;
    for (let i = 0; i < k; i++)
      for (let j = i + 1; j < k; j++, at++) {
        const p = sigmoidAt(values[r * pairs + at]!, model.probA[at]!, model.probB[at]!);
        const inside = Math.min(Math.max(p, least), 1 - least);
        pair[i * k + j] = inside;
        pair[j * k + i] = 1 - inside;
      }
    out.set(coupled(k, pair), r * k);
  }
  return out;
}

/** The rows of the training data that became support vectors. */
export function vectorsOf(rows: Rows, support: ArrayLike<number>): DenseRows | SparseRows | null {
  if (rows instanceof DenseRows) return rows.subset(support);
  if (rows instanceof SparseRows) return new SparseRows(gatherRows(rows.matrix, rows.places(support)));
  return null;
}

/** Some rows of a sparse matrix as one of its own. */
export function gatherRows(m: SparseMatrix, rows: ArrayLike<number>): SparseMatrix {
  const indptr = new Int32Array(rows.length + 1);
  for (let r = 0; r < rows.length; r++)
    indptr[r + 1] = indptr[r]! + m.indptr[rows[r]! + 1]! - m.indptr[rows[r]!]!;
  const n = indptr[rows.length]!;
  const [data, indices] = [new Float64Array(n), new Int32Array(n)];
  for (let r = 0; r < rows.length; r++) {
    const [from, to] = [m.indptr[rows[r]!]!, m.indptr[rows[r]! + 1]!];
    data.set(m.data.subarray(from, to), indptr[r]!);
    indices.set(m.indices.subarray(from, to), indptr[r]!);
  }
  return { data, indices, indptr, shape: [rows.length, m.shape[1]] };
}
