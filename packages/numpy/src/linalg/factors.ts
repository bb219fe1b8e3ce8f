import { complexOf, isComplex, realOf, type Strided } from "@cognate/kernel";
import { type ArrayLike, arithmetic, logic, type ndarray, sorting } from "@cognate/ndarray/core";
import { DeprecationWarning, def, namedTuple, Tuple, ValueError, warn } from "@cognate/py";
import { allOf, asArray, ops, run, wrap } from "../internal.js";
import { take_along_axis } from "../select/where.js";
import {
  checkMatrices,
  checkSquare,
  EIGENVALUES,
  given,
  inLinalgWords,
  LinAlgError,
  linalgType,
  SVD,
  transposed,
  typed,
} from "./common.js";

/**
 * L with L·Lᴴ = a for Hermitian, positive definite matrices (or, `upper`, U with Uᴴ·U = a).
 *
 * @throws LinAlgError
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.linalg.cholesky([[4, 2], [2, 5]]).ravel()); // prints [2. 0. 1. 2.]
 * ```
 */
export const cholesky = def("numpy.linalg.cholesky", "a * upper", (a: ArrayLike, upper = false): ndarray => {
  const x = asArray(a);
  checkSquare(x);
  const { work, result } = linalgType(x);
  const m = upper ? asArray(transposed(wrap(given(x, work))).conj())._a : given(x, work);
  const y = typed(
    inLinalgWords("", () => run(ops.cholesky, undefined, m)),
    result,
  );
  return upper ? asArray(transposed(y).conj()) : y;
});

const QR = namedTuple<{ Q: ndarray; R: ndarray }>("QRResult", ["Q", "R"]);

type QrMode = "reduced" | "complete" | "r" | "raw" | "full" | "f" | "economic" | "e";

/** Q with orthonormal columns and upper triangular R with Q·R = a. @throws LinAlgError, ValueError */
export const qr = def("numpy.linalg.qr", "a mode", (a: ArrayLike, mode: QrMode = "reduced") => {
  let how: string = mode;
  if (mode === "f" || mode === "full") {
    warn(
      "The 'full' option is deprecated in favor of 'reduced'.\nFor backward compatibility let mode default.",
      DeprecationWarning,
    );
    how = "reduced";
  } else if (mode === "e" || mode === "economic") {
    warn("The 'economic' option is deprecated.", DeprecationWarning);
    how = "economic";
  } else if (!["reduced", "complete", "r", "raw"].includes(mode))
    throw new ValueError(`Unrecognized mode '${mode as string}'`);
  const x = asArray(a);
  checkMatrices(x);
  const { work, result } = linalgType(x);
  if (how === "raw" || how === "economic") {
    const [y, tau] = ops.geqrf.run([given(x, work)], undefined) as readonly Strided[];
    if (how === "economic") return typed(y!, result) as never;
    return Tuple.of_([transposed(typed(y!, result)), typed(tau!, result)]) as never;
  }
  const [q, r] = ops.qr.run([given(x, work)], { complete: how === "complete" }) as readonly Strided[];
  if (how === "r") return typed(r!, result) as never;
  return QR(typed(q!, result), typed(r!, result));
});

const Eig = namedTuple<{ eigenvalues: ndarray; eigenvectors: ndarray }>("EigResult", [
  "eigenvalues",
  "eigenvectors",
]);
const Eigh = namedTuple<{ eigenvalues: ndarray; eigenvectors: ndarray }>("EighResult", [
  "eigenvalues",
  "eigenvectors",
]);

function checkFinite(x: ndarray): void {
  if (!allOf(logic.isfinite(x))) throw new LinAlgError("Array must not contain infs or NaNs");
}

const isReal = (w: Strided): boolean => allOf(asArray(wrap(w).imag).eq(0));

/** Eigenvalues and eigenvectors (columns) of square matrices; real where all eigenvalues are. @throws LinAlgError */
export const eig = def("numpy.linalg.eig", "a", (a: ArrayLike) => {
  const x = asArray(a);
  checkSquare(x);
  checkFinite(x);
  const { work, result } = linalgType(x);
  const [w, v] = inLinalgWords(EIGENVALUES, () =>
    ops.eig.run([given(x, work)], undefined),
  ) as readonly Strided[];
  const real = !isComplex(work) && isReal(w!);
  const type = real ? result : complexOf(result);
  return real
    ? Eig(
        typed(run(ops.real, undefined as never, w!), type),
        typed(run(ops.real, undefined as never, v!), type),
      )
    : Eig(typed(w!, type), typed(v!, type));
});

/** The eigenvalues alone; real where all are. @throws LinAlgError */
export const eigvals = def("numpy.linalg.eigvals", "a", (a: ArrayLike): ndarray => {
  const x = asArray(a);
  checkSquare(x);
  checkFinite(x);
  const { work, result } = linalgType(x);
  const w = inLinalgWords(EIGENVALUES, () => run(ops.eigvals, undefined, given(x, work)));
  if (!isComplex(work) && isReal(w)) return typed(run(ops.real, undefined as never, w), result);
  return typed(w, complexOf(result));
});

type Uplo = "L" | "U" | "l" | "u";

function isUpper(uplo: Uplo): boolean {
  const word = uplo.toUpperCase();
  if (word !== "L" && word !== "U") throw new ValueError("UPLO argument must be 'L' or 'U'");
  return word === "U";
}

/** The triangle that is looked at; what stands in the other one may be anything. */
const triangle = (x: Strided, upper: boolean): Strided => run(upper ? ops.triu : ops.tril, { k: 0 }, x);

/** Eigenvalues (ascending) and eigenvectors (columns) of Hermitian matrices, of which one triangle is looked at. */
export const eigh = def("numpy.linalg.eigh", "a UPLO", (a: ArrayLike, UPLO: Uplo = "L") => {
  const upper = isUpper(UPLO);
  const x = asArray(a);
  checkSquare(x);
  const { work, result } = linalgType(x);
  const half = triangle(given(x, work), upper);
  const [w, v] = inLinalgWords(EIGENVALUES, () => ops.eigh.run([half], { upper })) as readonly Strided[];
  return Eigh(typed(w!, realOf(result)), typed(v!, result));
});

/** The eigenvalues alone, ascending. @throws LinAlgError */
export const eigvalsh = def("numpy.linalg.eigvalsh", "a UPLO", (a: ArrayLike, UPLO: Uplo = "L"): ndarray => {
  const upper = isUpper(UPLO);
  const x = asArray(a);
  checkSquare(x);
  const { work, result } = linalgType(x);
  const w = inLinalgWords(EIGENVALUES, () => run(ops.eigvalsh, { upper }, triangle(given(x, work), upper)));
  return typed(w, realOf(result));
});

const Svd = namedTuple<{ U: ndarray; S: ndarray; Vh: ndarray }>("SVDResult", ["U", "S", "Vh"]);

/** Singular values by the eigenvalues of a Hermitian matrix: their sizes; the signs go to V. */
function hermitianSvd(x: ndarray, vectors: boolean) {
  const last = (y: ndarray): ndarray => y.at("...", "::-1") as ndarray;
  if (!vectors) return last(sorting.sort.impl(asArray(eigvalsh.impl(x).abs())));
  const [values, columns] = eigh.impl(x) as unknown as [ndarray, ndarray];
  const signs = arithmetic.sign(values);
  const ones = asArray(signs).add(asArray(signs).eq(0));
  const sizes = asArray(values.abs());
  const order = last(sorting.argsort.impl(sizes));
  const sorted = (y: ArrayLike): ndarray => take_along_axis.impl(asArray(y), order, -1);
  const u = take_along_axis.impl(columns, order.at("...", null, ":") as ndarray, -1);
  const v = asArray(u.mul(sorted(ones).at("...", null, ":")));
  return Svd(u, sorted(sizes), asArray(transposed(v).conj()));
}

/**
 * Unitary U and Vᴴ and the singular values S (descending) with U·diag(S)·Vᴴ = a.
 *
 * @param full_matrices - U and Vᴴ square, else cut to min(m, n)
 * @returns the singular values alone without `compute_uv`
 * @throws LinAlgError
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const { S } = np.linalg.svd([[3, 0], [0, 4]]);
 * print(S); // prints [4. 3.]
 * ```
 */
export const svd = def(
  "numpy.linalg.svd",
  "a full_matrices compute_uv hermitian",
  (a: ArrayLike, full_matrices = true, compute_uv = true, hermitian = false): ReturnType<typeof Svd> => {
    const x = asArray(a);
    if (hermitian) return hermitianSvd(x, compute_uv) as ReturnType<typeof Svd>;
    checkMatrices(x);
    const { work, result } = linalgType(x);
    const m = given(x, work);
    if (!compute_uv) {
      const s = inLinalgWords(SVD, () => run(ops.svdvals, undefined, m));
      return typed(s, realOf(result)) as never;
    }
    const parts = inLinalgWords(SVD, () => ops.svd.run([m], { fullMatrices: full_matrices }));
    const [u, s, vh] = parts as readonly Strided[];
    return Svd(typed(u!, result), typed(s!, realOf(result)), typed(vh!, result));
  },
);

/** The singular values, descending. @throws LinAlgError */
export const svdvals = def(
  "numpy.linalg.svdvals",
  "x",
  (x: ArrayLike): ndarray => svd.impl(x, false, false, false) as unknown as ndarray,
);
