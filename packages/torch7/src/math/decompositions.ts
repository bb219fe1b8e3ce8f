import { castTo, contiguous, type OpRow, ops, type Strided } from "@cognate/kernel";
import { anyRow } from "../any-row.js";
import { LuaError } from "../errors.js";
import { TensorImpl } from "../tensor/tensor.js";
import { plain } from "./make.js";

/* Linear algebra after LAPACK. Triangles are named by `"U"` and `"L"`. */

const run = (row: OpRow<unknown>, xs: readonly Strided[], params?: object): Strided[] => {
  const y = row.run(xs, params as never);
  return (Array.isArray(y) ? y : [y]) as Strided[];
};
const tensors = (ys: readonly Strided[]): TensorImpl[] => ys.map((y) => new TensorImpl(y));
const adjoint = (x: Strided): Strided => ops.permute.run([x], { axes: [1, 0] }) as Strided;
const square = (name: string, x: TensorImpl): Strided => {
  const a = x._array;
  if (a.rank !== 2 || a.shape[0] !== a.shape[1]) throw new LuaError(`${name}: A should be square`);
  return a;
};

/** `gesv(B, A)`: the solution of A·X = B, and A's factors. */
export const gesv = plain("gesv", (b: TensorImpl, a: TensorImpl): TensorImpl[] => {
  const m = square("gesv", a);
  return tensors([
    run(anyRow(ops.solve), [m, castTo(b._array, m.dtype)])[0]!,
    run(anyRow(ops.luFactor), [m])[0]!,
  ]);
});
export const inverse = plain(
  "inverse",
  (a: TensorImpl): TensorImpl => tensors(run(anyRow(ops.inv), [square("inverse", a)]))[0]!,
);
/** `symeig(A [, "N" or "V"])`: eigenvalues in ascending order, and eigenvectors in columns. */
export const symeig = plain(
  "symeig",
  (a: TensorImpl, job: "N" | "V" = "N", triangle: "U" | "L" = "U"): TensorImpl[] => {
    const [values, vectors] = run(anyRow(ops.eigh), [square("symeig", a)], {
      upper: triangle === "U",
    });
    return job === "N" ? tensors([values!]) : tensors([values!, vectors!]);
  },
);
/** `svd(A)`: U, the singular values, V with A = U·diag(s)·Vᵀ. */
export const svd = plain("svd", (a: TensorImpl, job: "S" | "A" = "S"): TensorImpl[] => {
  const [u, s, vh] = run(anyRow(ops.svd), [a._array], { fullMatrices: job === "A" });
  return tensors([u!, s!, contiguous(adjoint(vh!))]);
});
export const qr = plain("qr", (a: TensorImpl): TensorImpl[] =>
  tensors(run(anyRow(ops.qr), [a._array], {}).slice(0, 2)),
);
/** The Cholesky factor: U with Uᵀ·U = A, or L with L·Lᵀ = A. */
export const potrf = plain("potrf", (a: TensorImpl, triangle: "U" | "L" = "U"): TensorImpl => {
  const lower = run(anyRow(ops.cholesky), [square("potrf", a)])[0]!;
  return new TensorImpl(triangle === "L" ? lower : contiguous(adjoint(lower)));
});
