import { eye, int32, NotPositiveError, ops } from "@cognate/kernel";
import { Tuple, ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { kernelError } from "../../backend/errors.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, computeMany, floating, op, shapes } from "../make.js";
import { assertMatrices, assertSquare } from "./checks.js";

/*
 * Decompositions of matrices, and what follows from them.
 */

const FRACTION: Readonly<Record<string, number>> = { float16: 10, bfloat16: 7, float64: 52, complex128: 52 };
/** The distance from 1 to the next number of a type. */
export const epsilonOf = (v: Value): number => 2 ** -(FRACTION[v.dtype.name] ?? 23);

function matrices(x: TensorLike, square: boolean): Value {
  const v = floating(x);
  assertMatrices(v.shape);
  if (square) assertSquare(v.shape);
  return v;
}
const adjoint = (v: Value): Value => {
  const n = v.shape.length;
  const axes = v.shape.map((_, i) => (i < n - 2 ? i : 2 * n - 3 - i));
  return v.permute({ axes }).conj() as Value;
};

/** L with L·Lᵀ = x, or its transpose. @throws ValueError for matrices that are not positive definite */
export const cholesky = op(
  "linalg.Cholesky",
  "cholesky",
  "x upper",
  (x: TensorLike, upper = false): Tensor => {
    const v = matrices(x, true);
    try {
      const l = apply(ops.cholesky, [v], undefined);
      return wrap(upper ? adjoint(l) : l);
    } catch (e) {
      if (!(e instanceof NotPositiveError)) throw e;
      const { message } = kernelError("CheckNumerics", "Cholesky : Tensor had NaN values");
      throw new ValueError(`Cholesky decomposition failed: ${message}`);
    }
  },
  { shape: shapes.same },
);
/** The inverse of the matrices whose Cholesky factors are given. */
export const cholesky_inverse = op(
  "linalg.CholeskyInverse",
  "cholesky_inverse",
  "x upper",
  (x: TensorLike, upper = false): Tensor => {
    const v = matrices(x, true);
    const n = v.shape.at(-1)!;
    const y = v.solveTriangular(v.constant(eye(v.dtype, n, n)), { upper }) as Value;
    return wrap((upper ? y.matmul(adjoint(y)) : adjoint(y).matmul(y)) as Value);
  },
  { shape: shapes.same },
);
/** The determinants of matrices. */
export const det = op(
  "linalg.Det",
  "det",
  "x",
  (x: TensorLike): Tensor => wrap(apply(ops.det, [matrices(x, true)], undefined)),
  { shape: ([s]) => s!.slice(0, -2) },
);
/** The signs of determinants and the logarithms of their sizes. */
export const slogdet = op(
  "numpy.Slogdet",
  "slogdet",
  "x",
  (x: TensorLike): Tuple<Tensor> => Tuple.of_(computeMany(ops.slogdet, [matrices(x, true)], undefined)),
);
/** log det x of positive definite matrices. */
export const logdet = op(
  "math.Logdet",
  "logdet",
  "x",
  (x: TensorLike): Tensor => {
    const l = apply(ops.cholesky, [matrices(x, true)], undefined);
    const diagonal = apply(ops.diagonal, [l], { offset: 0, dim1: -2, dim2: -1 });
    return wrap(
      diagonal
        .log()
        .sum({ dims: [-1] })
        .mul(2) as Value,
    );
  },
  { shape: ([s]) => s!.slice(0, -2) },
);
/** Eigenvalues and eigenvectors, complex. */
export const eig = op(
  "linalg.Eig",
  "eig",
  "x",
  (x: TensorLike): Tuple<Tensor> => Tuple.of_(computeMany(ops.eig, [matrices(x, true)], undefined)),
);
/** Eigenvalues (ascending) and eigenvectors of symmetric or Hermitian matrices, of which the lower triangles are read. */
export const eigh = op(
  "linalg.Eigh",
  "eigh",
  "x",
  (x: TensorLike): Tuple<Tensor> => Tuple.of_(computeMany(ops.eigh, [matrices(x, true)], undefined)),
);
/** The triangular factors in one matrix, and for each row of x the row of their product that it is. */
export const lu_factor = op("linalg.LuFactor", "lu_factor", "x", (x: TensorLike): Tuple<Tensor> => {
  const v = matrices(x, false);
  try {
    assertSquare(v.shape);
  } catch (e) {
    throw new ValueError(
      `LU decomposition failed: ${(e as Error).message}. LU decomposition is only supported for square matrices in Tensorflow.`,
    );
  }
  if (v.shape.length > 2) throw kernelError("InvertPermutation", "invert_permutation expects a 1D vector.");
  const [lu, pivots] = computeMany(ops.luFactor, [v], undefined);
  const [p] = computeMany(ops.luUnpack, [lu!._value, pivots!._value], undefined);
  const rows = apply(ops.argmax, [p!._value], { dims: [-1] });
  return Tuple.of_([lu!, wrap(castValue(rows, int32))]);
});
/** Q with orthonormal columns and upper triangular R: Q·R = x. */
export const qr = op("linalg.Qr", "qr", "x mode", (x: TensorLike, mode = "reduced"): Tuple<Tensor> => {
  if (mode !== "reduced" && mode !== "complete")
    throw new ValueError(
      `\`mode\` argument value not supported. Expected one of {'reduced', 'complete'}. Received: mode=${mode}`,
    );
  return Tuple.of_(computeMany(ops.qr, [matrices(x, false)], { complete: mode === "complete" }));
});
/** U, the singular values (descending) and Vᴴ; or the singular values alone. */
export const svd = op(
  "linalg.SVD",
  "svd",
  "x full_matrices compute_uv",
  (x: TensorLike, full_matrices = true, compute_uv = true): Tuple<Tensor> | Tensor => {
    const v = matrices(x, false);
    if (!compute_uv) return wrap(apply(ops.svdvals, [v], undefined));
    return Tuple.of_(computeMany(ops.svd, [v], { fullMatrices: full_matrices }));
  },
);
/** How many singular values are above a threshold, by default the largest times the type's epsilon and the longer side. */
export const matrix_rank = op(
  "linalg.MatrixRank",
  "matrix_rank",
  "x tol",
  (x: TensorLike, tol: TensorLike | null = null): Tensor => {
    const v = matrices(x, false);
    const s = apply(ops.svdvals, [v], undefined);
    const sides = Math.max(...v.shape.slice(-2));
    const least =
      tol === null
        ? apply(ops.amax, [s], { dims: [-1], keepdim: true }).mul(epsilonOf(v) * sides)
        : valueOf(tol, s.dtype);
    const above = castValue(s.gt(least) as Value, int32);
    return wrap(castValue(above.sum({ dims: [-1] }) as Value, int32));
  },
  { shape: ([s]) => s!.slice(0, -2) },
);
/** The pseudo-inverse; singular values up to `rcond` times the largest count as zero. */
export const pinv = op(
  "linalg.Pinv",
  "pinv",
  "x rcond",
  (x: TensorLike, rcond: TensorLike | null = null): Tensor => {
    const v = matrices(x, false);
    const cut = rcond ?? 10 * epsilonOf(v) * Math.max(...v.shape.slice(-2));
    return wrap(v.pinv(null, valueOf(cut, v.dtype)) as Value);
  },
  { shape: ([s]) => [...s!.slice(0, -2), s!.at(-1)!, s!.at(-2)!] },
);
