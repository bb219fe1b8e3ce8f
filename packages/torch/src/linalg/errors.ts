import { ConvergenceError, NotPositiveError, SingularError } from "@cognate/kernel";
import { classNames, RuntimeError } from "@cognate/py";

/** `torch.linalg.LinAlgError`: a matrix that a factorisation cannot take. */
export class LinAlgError extends RuntimeError {}
classNames.set(LinAlgError, "torch._C._LinAlgError");

/** `(Batch element 2): ` where there is more than one matrix. */
const which = (matrix: number, batched: boolean): string => (batched ? `(Batch element ${matrix}): ` : "");

export const singular = (op: string, matrix: number, pivot: number, batched: boolean): LinAlgError =>
  new LinAlgError(
    op.endsWith("solve")
      ? `torch.${op}: ${which(matrix, batched)}The solver failed because the input matrix is singular.`
      : `${op}: ${which(matrix, batched)}The diagonal element ${pivot} is zero, the inversion could not be completed because the input matrix is singular.`,
  );

/** `f`'s value; the kernel's errors come out in PyTorch's class and words. */
export function inLinalgWords<T>(op: string, batched: boolean, f: () => T): T {
  try {
    return f();
  } catch (e) {
    if (e instanceof SingularError) throw singular(op, e.matrix, e.pivot, batched);
    if (e instanceof NotPositiveError)
      throw new LinAlgError(
        `${op}: ${which(e.matrix, batched)}The factorization could not be completed because the input is not positive-definite (the leading minor of order ${e.minor} is not positive-definite).`,
      );
    if (!(e instanceof ConvergenceError)) throw e;
    if (e.nonFinite && op.startsWith("linalg.eig") && !op.includes("h"))
      throw new RuntimeError(`torch.${op}: input tensor should not contain infs or NaNs.`);
    throw new LinAlgError(
      `${op}: ${which(e.matrix, batched)}The algorithm failed to converge because the input matrix ${
        e.nonFinite && !op.includes("eigh")
          ? "contained non-finite values."
          : `is ill-conditioned or has too many repeated ${op.includes("svd") ? "singular values" : "eigenvalues"} (error code: ${e.left}).`
      }`,
    );
  }
}
