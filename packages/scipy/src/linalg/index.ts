/** Basic linear algebra with SciPy's names and defaults, its `scipy.linalg`. */

import {
  ConvergenceError,
  complexOf,
  type DType,
  float32,
  float64,
  isComplex,
  NotPositiveError,
  ops,
  realOf,
  SingularError,
  Strided,
} from "@cognate/kernel";
import { type ArrayLike, asStrided, type Item, itemOf, type ndarray } from "@cognate/ndarray/core";
import { add, divide, matmul, multiply } from "@cognate/ndarray/functions";
import { def, nameClass, Tuple, ValueError } from "@cognate/py";
import { asArray, floating, wrap } from "../arrays.js";

/** A matrix that an operation cannot be done on. */
export class LinAlgError extends ValueError {}
nameClass("numpy.linalg.LinAlgError", LinAlgError);

function inWords<T>(f: () => T): T {
  try {
    return f();
  } catch (e) {
    if (e instanceof SingularError)
      throw new LinAlgError(`A singular matrix detected: slice(s) [${e.matrix}] are singular.`);
    if (e instanceof NotPositiveError)
      throw new LinAlgError(`${e.minor}-th leading minor of the array is not positive definite`);
    if (e instanceof ConvergenceError) throw new LinAlgError("the iteration did not converge");
    throw e;
  }
}

const run = <P>(
  row: { run(x: readonly (Strided | null)[], p: P): unknown },
  p: P,
  ...x: readonly (Strided | null)[]
): Strided => inWords(() => row.run(x, p)) as Strided;
const parts = <P>(
  row: { run(x: readonly Strided[], p: P): unknown },
  p: P,
  ...x: readonly Strided[]
): readonly Strided[] => inWords(() => row.run(x, p)) as readonly Strided[];

/** A matrix of floats without NaNs. @throws ValueError */
function matrixOf(a: ArrayLike, check: boolean): ndarray {
  const x = floating(a);
  if (check && !Number.isFinite(Number(asArray(asArray(x.abs()).sum()))))
    throw new ValueError("array must not contain infs or NaNs");
  return x;
}

/** Single precision as double. */
const doubled = (x: Strided): Strided => cast(x, isComplex(x.dtype) ? complexOf(float64) : float64);

/** @throws ValueError in the words of the function that wants square matrices */
function squareOf(a: ArrayLike, check: boolean, who: "det" | "inv" | null = null): ndarray {
  const x = matrixOf(a, check);
  const shape = `(${x._a.shape.join(", ")})`;
  if (x.ndim < 2 || x._a.shape.at(-1) !== x._a.shape.at(-2))
    throw new ValueError(
      who === "det"
        ? `Last 2 dimensions of the array must be square but received shape ${shape}.`
        : who === "inv"
          ? `Expected square matrix, got a1.shape=${shape}`
          : "expected square matrix",
    );
  return x;
}

const turned = (x: Strided): Strided =>
  run(
    ops.permute,
    { axes: x.shape.map((_, d) => (d === x.rank - 1 ? d - 1 : d === x.rank - 2 ? d + 1 : d)) },
    x,
  );
const cast = (x: Strided, dtype: DType): Strided => (x.dtype === dtype ? x : run(ops.cast, { dtype }, x));
const alike = (a: ndarray, b: ndarray): [Strided, Strided] => {
  const { dtype } = asArray(multiply(a.ravel().at(":1"), b.ravel().at(":1")))._a;
  return [cast(a._a, dtype), cast(b._a, dtype)];
};
const columns = (b: Strided): Strided => (b.rank === 1 ? run(ops.reshape, { shape: [b.size, 1] }, b) : b);
const likeB = (x: Strided, b: Strided): ndarray =>
  wrap(b.rank === 1 ? run(ops.reshape, { shape: x.shape.slice(0, -1) }, x) : x);

/** The inverse of square matrices. @throws LinAlgError, ValueError */
export const inv = def(
  "scipy.linalg.inv",
  "a overwrite_a check_finite",
  (a: ArrayLike, _o = false, check = true): ndarray =>
    wrap(run(ops.inv, undefined, squareOf(a, check, "inv")._a)),
);
/** The determinants of square matrices. @throws ValueError */
export const det = def(
  "scipy.linalg.det",
  "a overwrite_a check_finite",
  (a: ArrayLike, _o = false, check = true): Item =>
    itemOf(run(ops.det, undefined, doubled(squareOf(a, check, "det")._a))),
);
/**
 * x with a·x = b.
 *
 * @throws LinAlgError where a is singular
 *
 * @example
 * ```ts
 * import { solve } from "@cognate/scipy/linalg";
 * import { print } from "@cognate/py";
 * print(solve([[3, 2], [1, 2]], [2, 0])); // prints [ 1.  -0.5]
 * ```
 */
export const solve = def("scipy.linalg.solve", "a b", (a: ArrayLike, b: ArrayLike): ndarray => {
  const [x, y] = alike(squareOf(a, true), matrixOf(b, true));
  if (x.shape.at(-1) !== y.shape[y.rank === 1 ? 0 : y.rank - 2])
    throw new ValueError("Input b has to have same number of rows as input a");
  return likeB(run(ops.solve, undefined, x, columns(y)), y);
});
/** x with a·x = b for a triangular matrix; `trans` 1 or "T" solves with its transpose. */
export const solve_triangular = def(
  "scipy.linalg.solve_triangular",
  "a b trans lower unit_diagonal",
  (
    a: ArrayLike,
    b: ArrayLike,
    trans: 0 | 1 | 2 | "N" | "T" | "C" = 0,
    lower = false,
    unit_diagonal = false,
  ): ndarray => {
    const [x, y] = alike(squareOf(a, true), matrixOf(b, true));
    const t = trans === 1 || trans === 2 || trans === "T" || trans === "C";
    const m = t ? turned(trans === 2 || trans === "C" ? run(ops.conj, undefined, x) : x) : x;
    return likeB(run(ops.solveTriangular, { upper: lower === t, unit: unit_diagonal }, m, columns(y)), y);
  },
);
/** P, L and U with a = P·L·U; with `permute_l` P·L and U. */
export const lu = def("scipy.linalg.lu", "a permute_l", (a: ArrayLike, permute_l = false): Tuple<ndarray> => {
  const [y, pivots] = parts(ops.luFactor, undefined, matrixOf(a, true)._a);
  const [p, l, u] = parts(ops.luUnpack, undefined, y!, pivots!);
  const real = isComplex(p!.dtype) ? run(ops.real, undefined as never, p!) : p!;
  const [P, L, U] = [real, l!, u!].map(wrap) as [ndarray, ndarray, ndarray];
  return Tuple.of_(permute_l ? [asArray(matmul(P, L)), U] : [P, L, U]);
});
/** The compact factors of a and the exchanged rows (from 0). */
export const lu_factor = def("scipy.linalg.lu_factor", "a", (a: ArrayLike): Tuple<ndarray> => {
  const [y, pivots] = parts(ops.luFactor, undefined, matrixOf(a, true)._a);
  return Tuple.of_([wrap(y!), asArray(wrap(pivots!).sub(1)).astype("int32") as ndarray]);
});
/** x with a·x = b from {@link lu_factor}. */
export const lu_solve = def(
  "scipy.linalg.lu_solve",
  "lu_and_piv b trans",
  (lu_and_piv: readonly [ArrayLike, ArrayLike], b: ArrayLike, trans: 0 | 1 | 2 = 0): ndarray => {
    const [f, y] = alike(floating(lu_and_piv[0]), matrixOf(b, true));
    const pivots = cast(asStrided(add(lu_and_piv[1], 1)), asStrided(asArray([0]).astype("int32"))!.dtype);
    return likeB(run(ops.luSolve, { adjoint: trans !== 0 }, f, pivots, columns(y)), y);
  },
);
/** U with Uᴴ·U = a, or (`lower`) L with L·Lᴴ = a. @throws LinAlgError */
export const cholesky = def("scipy.linalg.cholesky", "a lower", (a: ArrayLike, lower = false): ndarray => {
  const x = squareOf(a, true)._a;
  const m = lower ? x : run(ops.conj, undefined, turned(x));
  const l = run(ops.cholesky, undefined, m);
  return wrap(lower ? l : run(ops.conj, undefined, turned(l)));
});
/** Q and R with Q·R = a; Q is square unless `mode` is "economic". */
export const qr = def(
  "scipy.linalg.qr",
  "a overwrite_a lwork mode",
  (
    a: ArrayLike,
    _o = false,
    _l: number | null = null,
    mode: "full" | "r" | "economic" = "full",
  ): Tuple<ndarray> => {
    const [q, r] = parts(ops.qr, { complete: mode !== "economic" }, matrixOf(a, true)._a);
    return Tuple.of_(mode === "r" ? [wrap(r!)] : [wrap(q!), wrap(r!)]);
  },
);
/** U, singular values and Vᴴ. */
export const svd = def(
  "scipy.linalg.svd",
  "a full_matrices compute_uv",
  (a: ArrayLike, full_matrices = true, compute_uv = true): ndarray & Tuple<ndarray> => {
    const x = matrixOf(a, true)._a;
    if (!compute_uv) return wrap(run(ops.svdvals, undefined, x)) as ndarray & Tuple<ndarray>;
    return Tuple.of_(parts(ops.svd, { fullMatrices: full_matrices }, x).map(wrap)) as ndarray &
      Tuple<ndarray>;
  },
);
/** The singular values, descending. */
export const svdvals = def(
  "scipy.linalg.svdvals",
  "a",
  (a: ArrayLike): ndarray => wrap(run(ops.svdvals, undefined, matrixOf(a, true)._a)),
);
/** Eigenvalues (complex) and eigenvectors of a square matrix. */
export const eig = def("scipy.linalg.eig", "a", (a: ArrayLike): Tuple<ndarray> => {
  const x = squareOf(a, true)._a;
  const [w, v] = parts(ops.eig, undefined, x);
  const real = !isComplex(x.dtype) && !asArray(asArray(wrap(w!).imag).ne(0)).any();
  return Tuple.of_([wrap(w!), real ? (asArray(wrap(v!).real) as ndarray) : wrap(v!)]);
});
/** The eigenvalues (complex) of a square matrix. */
export const eigvals = def(
  "scipy.linalg.eigvals",
  "a",
  (a: ArrayLike): ndarray => wrap(run(ops.eigvals, undefined, squareOf(a, true)._a)),
);
/** Eigenvalues (ascending) and eigenvectors of a Hermitian matrix. */
export const eigh = def(
  "scipy.linalg.eigh",
  "a * lower eigvals_only",
  (a: ArrayLike, lower = true, eigvals_only = false): ndarray & Tuple<ndarray> => {
    const x = squareOf(a, true)._a;
    if (eigvals_only) return wrap(run(ops.eigvalsh, { upper: !lower }, x)) as ndarray & Tuple<ndarray>;
    return Tuple.of_(parts(ops.eigh, { upper: !lower }, x).map(wrap)) as ndarray & Tuple<ndarray>;
  },
);
/** The eigenvalues of a Hermitian matrix, ascending. */
export const eigvalsh = def(
  "scipy.linalg.eigvalsh",
  "a lower",
  (a: ArrayLike, lower = true): ndarray => eigh.impl(a, lower, true),
);
/** The matrix exponential Σ aᵏ/k!. */
export const expm = def(
  "scipy.linalg.expm",
  "A",
  (A: ArrayLike): ndarray => wrap(run(ops.matrixExp, undefined, squareOf(A, false)._a)),
);
/** The pseudo-inverse; singular values up to atol + rtol·s₀ count as zero. */
export const pinv = def(
  "scipy.linalg.pinv",
  "a * atol rtol",
  (a: ArrayLike, atol: number | null = null, rtol: number | null = null): ndarray => {
    const x = matrixOf(a, true)._a;
    const real = realOf(x.dtype);
    const eps = real === float32 ? 2 ** -23 : 2 ** -52;
    const top = Number(asArray(wrap(run(ops.svdvals, undefined, x)).max({ initial: 0 } as never)));
    const relative = rtol ?? (atol === null ? Math.max(...x.shape.slice(-2)) * eps : 0);
    const cut = cast(asStrided((atol ?? 0) + relative * top), real);
    return wrap(run(ops.pinv, { hermitian: false }, x, cut, null));
  },
);
/** Matrices along a diagonal, zeros elsewhere. */
export function block_diag(...arrays: readonly ArrayLike[]): ndarray {
  const blocks = arrays.map((a) => {
    const x = asArray(a);
    return x.ndim === 2 ? x : x.reshape(1, -1);
  });
  const type =
    blocks.length === 0
      ? float64
      : blocks
          .map((b) => b._a.dtype)
          .reduce((p, q) => asArray(add(wrap(Strided.zeros(p, [1])), wrap(Strided.zeros(q, [1]))))._a.dtype);
  const sizes = blocks.reduce(([r, c], b) => [r + b._a.shape[0]!, c + b._a.shape[1]!] as const, [
    0, 0,
  ] as readonly [number, number]);
  const y = wrap(Strided.zeros(type, sizes));
  blocks.reduce(
    ([r, c], b) => {
      const [m, n] = b._a.shape as readonly [number, number];
      y.set([`${r}:${r + m}`, `${c}:${c + n}`], b);
      return [r + m, c + n] as const;
    },
    [0, 0] as readonly [number, number],
  );
  return y;
}
/** The matrix with c as its first column and r as its first row, constant along its diagonals. */
export const toeplitz = def(
  "scipy.linalg.toeplitz",
  "c r",
  (c: ArrayLike, r: ArrayLike | null = null): ndarray => {
    const first = asArray(c).ravel();
    const row = r === null ? asArray(first.conj()) : asArray(r).ravel();
    const [m, n] = [first.size, row.size];
    const places = Array.from({ length: m }, (_, i) => Array.from({ length: n }, (_, j) => m - 1 - i + j));
    const line = run(
      ops.cat as never,
      { dim: 0 } as never,
      ...alike(first.at("::-1") as ndarray, row.at("1:") as ndarray),
    );
    return wrap(line).at(places) as ndarray;
  },
);
/** The matrix 1/(i + j + 1). */
export const hilbert = def(
  "scipy.linalg.hilbert",
  "n",
  (n: number): ndarray =>
    asArray(
      divide(1, asArray(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => i + j + 1)))),
    ),
);
