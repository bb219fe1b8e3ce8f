import { float64, gaussianInPlace, ops, Strided } from "@cognate/kernel";
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

/** A block of kernel values stays about this small, so that it is in the cache when it is summed up. */
const BLOCK = 1 << 17;
const blockRows = (m: number): number => Math.max(16, Math.min(256, Math.floor(BLOCK / Math.max(m, 1))));

const matrix = (data: Float64Array, rows: number, columns: number): Strided =>
  Strided.over(data, float64, [rows, columns]);

/**
 * Calls `take` with blocks of kernel values, K(x, svⱼ) for a run of samples; row r of a block is sample `first + r`. The
 * block's memory is taken back afterwards.
 */
function kernelBlocks(
  model: SvmModel,
  samples: Samples,
  take: (first: number, values: Strided) => void,
): void {
  const { parameters: p, support } = model;
  const m = support.length;
  const total = sampleCount(samples);
  const step = blockRows(m);
  const line = samples.kind === "sparse" ? sparseLines(model, samples.matrix) : null;
  const dense =
    samples.kind === "dense" && p.kernel !== "precomputed" ? denseBlocks(model, samples.rows) : null;
  for (let first = 0; first < total; first += step) {
    const count = Math.min(step, total - first);
    if (dense && m > 0) {
      const values = dense(first, count);
      take(first, values);
      values.storage.release();
      continue;
    }
    const data = new Float64Array(count * m);
    for (let r = 0; r < count; r++) {
      const out = data.subarray(r * m, (r + 1) * m);
      if (line) line(first + r, out);
      else if (samples.kind === "dense")
        for (let j = 0; j < m; j++)
          out[j] = samples.rows.data[(first + r) * samples.rows.width + support[j]!]!;
    }
    take(first, matrix(data, count, m));
  }
}

/** Kernel values of a run of dense samples. */
function denseBlocks({ parameters: p, vectors, support }: SvmModel, rows: DenseRows) {
  const m = support.length;
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
  const others = Strided.over(squares, float64, [squares.length]);
  const turned = matrix(sv, m, d).view([d, m], [1, d], 0);
  return (first: number, count: number): Strided => {
    const block = x.subarray(first * d, (first + count) * d);
    const values = ops.matmul.run([matrix(block, count, d), turned], undefined) as Strided;
    if (p.kernel === "rbf")
      gaussianInPlace(values, Strided.over(rowSquares(block, count, d), float64, [count]), others, p.gamma);
    else applyKernel(p, values.peek as Float64Array, count * m, 0, squares, 0);
    return values;
  };
}

/** Kernel values of a sparse sample. */
function sparseLines({ parameters: p, vectors }: SvmModel, { data, indices, indptr, shape }: SparseMatrix) {
  const sv = (vectors as SparseRows).matrix;
  const m = sv.shape[0];
  const work = new Float64Array(Math.max(shape[1], sv.shape[1]));
  const squares = Float64Array.from({ length: m }, (_, j) => (vectors as SparseRows).square(j));
  return (i: number, out: Float64Array): void => {
    let own = 0;
    for (let k = indptr[i]!; k < indptr[i + 1]!; k++) {
      work[indices[k]!] = data[k]!;
      own += data[k]! * data[k]!;
    }
    for (let j = 0; j < m; j++) {
      let s = 0;
      for (let k = sv.indptr[j]!; k < sv.indptr[j + 1]!; k++) s += work[sv.indices[k]!]! * sv.data[k]!;
      out[j] = s;
    }
    for (let k = indptr[i]!; k < indptr[i + 1]!; k++) work[indices[k]!] = 0;
    applyKernel(p, out, m, own, squares, 0);
  };
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

/** The number of the pair of classes i < j among those of k. */
const pairOf = (i: number, j: number, k: number): number => i * k - (i * (i + 1)) / 2 + j - i - 1;

/** Decision values, a row a sample: positive for the first class of a pair. */
export function decisionValues(model: SvmModel, samples: Samples): Float64Array {
  const { coefficients, rho, counts } = model;
  const pairs = pairCount(model);
  const n = sampleCount(samples);
  const out = new Float64Array(n * pairs);
  const k = isClassifier(model.parameters.type) ? model.labels.length : 2;
  const [total, rows] = [model.support.length, coefficients.length];
  // What the vectors of each class add to the decisions of the pairs that it is in; numbers have one class.
  const sizes = isClassifier(model.parameters.type) ? counts : Int32Array.of(total);
  const weights: Strided[] = [];
  for (let c = 0, start = 0; c < sizes.length; start += sizes[c++]!) {
    const data = new Float64Array(sizes[c]! * rows);
    coefficients.forEach((w, q) => {
      data.set(w.subarray(start, start + sizes[c]!), q * sizes[c]!);
    });
    weights.push(matrix(data, rows, sizes[c]!).view([sizes[c]!, rows], [1, sizes[c]!], 0));
  }
  kernelBlocks(model, samples, (first, values) => {
    const m = values.shape[0]!;
    let start = 0;
    for (let c = 0; c < sizes.length; c++) {
      const size = sizes[c]!;
      if (size === 0) continue;
      const part = ops.matmul.run(
        [values.view([m, size], [total, 1], values.offset + start), weights[c]!],
        undefined,
      ) as Strided;
      const sums = part.peek as Float64Array;
      for (let q = 0; q < rows; q++) {
        // Row q holds the weights against class q, or q + 1 from the class itself on.
        const pair = sizes.length === 1 ? 0 : q < c ? pairOf(q, c, k) : pairOf(c, q + 1, k);
        for (let r = 0; r < m; r++) out[(first + r) * pairs + pair]! += sums[r * rows + q]!;
      }
      part.storage.release();
      start += size;
    }
  });
  for (let at = 0; at < out.length; at += pairs) for (let q = 0; q < pairs; q++) out[at + q]! -= rho[q]!;
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
