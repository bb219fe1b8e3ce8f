import { factorCholesky } from "../../linalg/cholesky.js";
import type { Strided } from "../../strided/strided.js";
import { adjoint, diagonalMatrix, diagonalOf, hermitian, matricesOf, narrowed } from "../engines/matrices.js";
import { defineOp } from "../row.js";
import { NotPositiveError } from "./errors.js";

/** L with A = L·Lᴴ, from the lower triangles of Hermitian matrices. @throws NotPositiveError */
export const cholesky = defineOp({
  name: "cholesky",
  inputs: ["x"],
  dtype: "float",
  run: ([x]) => {
    const a = matricesOf("cholesky", x as Strided, { square: true });
    for (let k = 0; k < a.count; k++) {
      const minor = factorCholesky(a.lanes, a.n, a.at(k));
      if (minor > 0) throw new NotPositiveError("cholesky", k, minor);
    }
    return narrowed(a.data, a.dtype, (x as Strided).shape);
  },
  saves: ["y"],
  vjp: (gy, { y }) => {
    // Φ halves the diagonal of a lower triangle.
    const h = adjoint(y);
    const p = h.matmul(gy).tril();
    const phi = p.sub(diagonalMatrix(diagonalOf(p)).mul(0.5));
    const left = h.solveTriangular(phi, { upper: true });
    return { x: hermitian(adjoint(h.solveTriangular(adjoint(left), { upper: true }))) };
  },
  samples: [{ inputs: [{ shape: [1, 1], values: [3] }] }, { inputs: [{ shape: [2, 1, 1], values: [3, 2] }] }],
  source: "Murray, Differentiation of the Cholesky decomposition, 2016",
});
