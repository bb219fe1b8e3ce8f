import { factorLu, solveLu } from "../../linalg/lu.js";
import { unit } from "../../linalg/vector.js";
import type { Strided } from "../../strided/strided.js";
import { adjoint, matricesOf, resultsFor } from "../engines/matrices.js";
import { defineOp } from "../row.js";
import { SingularError } from "./errors.js";

/** The inverses of square matrices (the last two axes). @throws SingularError */
export const inv = defineOp({
  name: "inv",
  inputs: ["x"],
  dtype: "float",
  run: ([x]) => {
    const a = matricesOf("inv", x as Strided, { square: true });
    const y = resultsFor(a, a.dtype, [a.n, a.n]);
    const pivots = new Int32Array(a.n);
    for (let k = 0; k < a.count; k++) {
      const info = factorLu(a.lanes, a.n, a.n, a.at(k), pivots);
      if (info > 0) throw new SingularError("inv", k, info);
      y.at(k).set(unit(a.lanes, a.n, a.n));
      solveLu(a.lanes, a.n, a.n, a.at(k), pivots, y.at(k));
    }
    return y.done();
  },
  saves: ["y"],
  vjp: (gy, { y }) => {
    const h = adjoint(y);
    return { x: h.matmul(gy).matmul(h).neg() };
  },
  samples: [
    { inputs: [{ shape: [2, 2], values: [2, 0.5, -1, 3] }] },
    { inputs: [{ shape: [2, 1, 1], values: [2, -0.5] }] },
    { inputs: [{ shape: [2, 2], values: [0.7, 1, 2, 0.3, -1, 0.2, 1, 1], dtype: "complex128" }] },
  ],
  source: "Golub and Van Loan, Matrix Computations, 3.2 and 3.4 (partial pivoting)",
});
