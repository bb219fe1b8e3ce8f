import {
  ConvergenceError,
  complexOf,
  type DType,
  float32,
  float64,
  isComplex,
  isInteger,
  NotPositiveError,
  realOf,
  SingularError,
  type Strided,
} from "@cognate/kernel";
import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import { nameClass, TypeError, ValueError } from "@cognate/py";
import { asArray, cast, wrap } from "../internal.js";

/** `np.linalg.LinAlgError`: a matrix that an operation of linear algebra cannot be done on. */
export class LinAlgError extends ValueError {}
nameClass("numpy.linalg.LinAlgError", LinAlgError);

/** The type that is computed in, and the one that results have: single precision only where all operands are single. */
export function linalgType(...arrays: readonly ndarray[]): { work: DType; result: DType } {
  let real: DType = float32;
  let complex = false;
  for (const { _a } of arrays) {
    const { dtype } = _a;
    if (dtype.kind !== "float" && dtype.kind !== "complex") {
      real = float64;
      continue;
    }
    if (isComplex(dtype)) complex = true;
    if (realOf(dtype) === float64) real = float64;
    else if (realOf(dtype) !== float32)
      throw new TypeError(`array type ${dtype.name} is unsupported in linalg`);
  }
  return { work: complex ? complexOf(float64) : float64, result: complex ? complexOf(real) : real };
}

/** @throws LinAlgError for arrays that are no stacks of matrices */
export function checkMatrices(...arrays: readonly ndarray[]): void {
  for (const { ndim } of arrays)
    if (ndim < 2)
      throw new LinAlgError(`${ndim}-dimensional array given. Array must be at least two-dimensional`);
}

/** @throws LinAlgError for arrays that are no stacks of square matrices */
export function checkSquare(...arrays: readonly ndarray[]): void {
  checkMatrices(...arrays);
  for (const a of arrays)
    if (a._a.shape.at(-1) !== a._a.shape.at(-2))
      throw new LinAlgError("Last 2 dimensions of the array must be square");
}

/** An operand that must be matrices, in the type to compute in. */
export const given = (a: ArrayLike, work: DType): Strided => cast(asArray(a)._a, work);

/** A result in the type that it has for the caller. */
export const typed = (y: Strided, type: DType): ndarray => wrap(cast(y, type));

/** `f`'s value; what the kernel says about a matrix comes out in NumPy's words. @throws LinAlgError */
export function inLinalgWords<T>(unsettled: string, f: () => T): T {
  try {
    return f();
  } catch (e) {
    if (e instanceof SingularError) throw new LinAlgError("Singular matrix");
    if (e instanceof NotPositiveError) throw new LinAlgError("Matrix is not positive definite");
    if (e instanceof ConvergenceError) throw new LinAlgError(unsettled);
    throw e;
  }
}

export const EIGENVALUES = "Eigenvalues did not converge";
export const SVD = "SVD did not converge";

/** A number or array of floats; a float64 that JavaScript shows as a whole number is one still. */
export function floating(x: ArrayLike): Strided {
  const { _a } = asArray(x);
  return isInteger(_a.dtype) ? cast(_a, float64) : _a;
}

/** The last two axes exchanged. */
export const transposed = (x: ndarray): ndarray => x.swapaxes(-1, -2);
