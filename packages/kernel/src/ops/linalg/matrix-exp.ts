import { exponential } from "../../linalg/exponential.js";
import type { Strided } from "../../strided/strided.js";
import { adjoint, matricesOf, resultsFor, span } from "../engines/matrices.js";
import { defineOp } from "../row.js";

/** e^A of square matrices. */
export const matrixExp = defineOp({
  name: "matrixExp",
  inputs: ["x"],
  dtype: "float",
  run: ([x]) => {
    const a = matricesOf("matrixExp", x as Strided, { square: true });
    const y = resultsFor(a, a.dtype, [a.n, a.n]);
    for (let k = 0; k < a.count; k++) y.at(k).set(exponential(a.lanes, a.n, a.at(k)));
    return y.done();
  },
  saves: ["x"],
  vjp: (gy, { x }) => {
    // The upper right block of exp([[Aᴴ, G], [0, Aᴴ]]) is the derivative of exp at Aᴴ along G.
    const h = adjoint(x);
    const n = h.shape[h.shape.length - 1]!;
    const rank = h.shape.length;
    const upper = h.cat([gy], { dim: rank - 1 });
    const lower = h.mul(0).cat([h], { dim: rank - 1 });
    const e = upper.cat([lower], { dim: rank - 2 }).matrixExp();
    return { x: span(span(e, -2, 0, n), -1, n, 2 * n) };
  },
  samples: [
    { inputs: [[3, 3]] },
    { inputs: [{ shape: [2, 2, 2], range: [-4, 6] }] },
    { inputs: [{ shape: [2, 2], dtype: "complex128" }] },
  ],
  source: "Al-Mohy and Higham, Computing the Fréchet derivative of the matrix exponential, 2009",
});
