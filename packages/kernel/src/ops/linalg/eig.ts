import { complexOf } from "../../dtype/dtype.js";
import { ConvergenceError } from "../../linalg/converge.js";
import { eigenGeneral } from "../../linalg/eigen-general.js";
import { largest } from "../../linalg/vector.js";
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

/** Eigenvalues and eigenvectors (columns of length 1) of square matrices, complex. @throws ConvergenceError */
export const eig = defineOp({
  name: "eig",
  inputs: ["x"],
  outputs: ["values", "vectors"],
  dtype: "given",
  run: ([x]) => {
    const a = matricesOf("eig", x as Strided, { square: true });
    const type = complexOf(a.dtype);
    const [values, vectors] = [resultsFor(a, type, [a.n]), resultsFor(a, type, [a.n, a.n])];
    for (let k = 0; k < a.count; k++) {
      if (!Number.isFinite(largest(a.at(k)))) throw new ConvergenceError("eig", k, a.n, true);
      const e = eigenGeneral(a.lanes, a.n, a.at(k), true);
      if (e.left > 0) throw new ConvergenceError("eig", k, e.left, false);
      values.at(k).set(e.values);
      vectors.at(k).set(e.vectors!);
    }
    return [values.done(), vectors.done()];
  },
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
  run: ([x]) => {
    const a = matricesOf("eigvals", x as Strided, { square: true });
    const values = resultsFor(a, complexOf(a.dtype), [a.n]);
    for (let k = 0; k < a.count; k++) {
      if (!Number.isFinite(largest(a.at(k)))) throw new ConvergenceError("eigvals", k, a.n, true);
      const e = eigenGeneral(a.lanes, a.n, a.at(k), false);
      if (e.left > 0) throw new ConvergenceError("eigvals", k, e.left, false);
      values.at(k).set(e.values);
    }
    return values.done();
  },
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
