import { complexOf } from "../../dtype/dtype.js";
import { eigenGeneral } from "../../linalg/eigen-general.js";
import type { Strided } from "../../strided/strided.js";
import {
  adjoint,
  backTo,
  diagonalMatrix,
  diagonalOf,
  like,
  matricesOf,
  resultsFor,
  timesColumns,
} from "../engines/matrices.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";
import { gaps } from "./eigh.js";
import { settled } from "./settled.js";

/** Eigenvalues, and eigenvectors if they are wanted. */
function eigenOf(op: string, x: Strided, wanted: boolean): Strided[] {
  const a = matricesOf(op, x, { square: true });
  const type = complexOf(a.dtype);
  const values = resultsFor(a, type, [a.n]);
  const vectors = wanted ? resultsFor(a, type, [a.n, a.n]) : null;
  for (let k = 0; k < a.count; k++) {
    const e = settled(op, a, k, () => eigenGeneral(a.lanes, a.n, a.at(k), wanted));
    values.at(k).set(e.values);
    vectors?.at(k).set(e.vectors!);
  }
  return vectors ? [values.done(), vectors.done()] : [values.done()];
}

/** Eigenvalues and eigenvectors (columns of length 1) of square matrices, complex. @throws ConvergenceError */
export const eig = defineOp({
  name: "eig",
  inputs: ["x"],
  outputs: ["values", "vectors"],
  dtype: "given",
  run: ([x]) => eigenOf("eig", x as Strided, true),
  saves: ["values", "vectors"],
  vjps: ({ values: gl, vectors: gv }, { values, vectors: v }, { dtype }) => {
    const h = adjoint(v);
    let middle: Value | null = gl && diagonalMatrix(gl);
    if (gv) {
      // Vectors have length 1, so a change along themselves is no change.
      const t = h.matmul(gv);
      const own = like(diagonalOf(t).real(), v);
      const turned = t.sub(timesColumns(h.matmul(v), own)).mul(gaps(values).conj());
      middle = middle ? middle.add(turned) : turned;
    }
    return { x: middle && backTo(dtype(0), h.solve(middle.matmul(h))) };
  },
  samples: [
    { inputs: [{ shape: [2, 2], values: [2, 0.5, 0.25, -1] }] },
    { inputs: [{ shape: [2, 1, 1], values: [2, 0.5] }] },
  ],
  source: "Golub and Van Loan, Matrix Computations, 7.5 (Francis's QR steps)",
});

/** The eigenvalues alone. @throws ConvergenceError */
export const eigvals = defineOp({
  name: "eigvals",
  inputs: ["x"],
  dtype: "given",
  run: ([x]) => eigenOf("eigvals", x as Strided, false)[0]!,
  saves: ["x"],
  vjp: (gy, { x }) => {
    const [, v] = x.eig() as [Value, Value];
    const h = adjoint(v);
    return { x: backTo(x.dtype, h.solve(diagonalMatrix(gy).matmul(h))) };
  },
  samples: [
    { inputs: [{ shape: [3, 3], values: [2, 0.5, 0.1, 0.3, -1, 0.2, 0.1, 0.4, 5] }] },
    { inputs: [{ shape: [2, 2], values: [0.7, 1, 2, 0.3, -1, 0.2, 1, 1], dtype: "complex128" }] },
  ],
});
