import { int32 } from "../../dtype/dtype.js";
import { factorCholesky } from "../../linalg/cholesky.js";
import { adjointOf } from "../../linalg/vector.js";
import type { Strided } from "../../strided/strided.js";
import { adjoint, integersFor, matricesOf, narrowed } from "../engines/matrices.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";
import { NotPositiveError } from "./errors.js";

export interface CholeskyParams {
  /** Read the upper triangle and give Lᴴ. */
  readonly upper?: boolean;
}

function factored(op: string, x: Strided, upper = false): { y: Strided; info: Strided; minors: Int32Array } {
  const a = matricesOf(op, x, { square: true });
  const info = integersFor(a, int32, []);
  const minors = new Int32Array(a.count);
  for (let k = 0; k < a.count; k++) {
    const own = upper ? adjointOf(a.lanes, a.n, a.n, a.at(k)) : a.at(k);
    minors[k] = info.at(k)[0] = factorCholesky(a.lanes, a.n, own);
    if (upper) a.at(k).set(adjointOf(a.lanes, a.n, a.n, own));
  }
  return { y: narrowed(a.data, a.dtype, x.shape), info: info.done(), minors };
}

function gradient(gy: Value, y: Value, upper = false): Value {
  const h = upper ? y : adjoint(y);
  const p = h.matmul(upper ? adjoint(gy) : gy).tril();
  const middle = p.add(adjoint(p.tril({ k: -1 }))).mul(0.5);
  const left = h.solveTriangular(middle, { upper: true });
  return adjoint(h.solveTriangular(adjoint(left), { upper: true }));
}

/** L with A = L·Lᴴ, from the lower triangles of Hermitian matrices. @throws NotPositiveError */
export const cholesky = defineOp({
  name: "cholesky",
  inputs: ["x"],
  dtype: "float",
  run: ([x], params: CholeskyParams | undefined) => {
    const { y, minors } = factored("cholesky", x as Strided, params?.upper);
    const bad = minors.findIndex((minor) => minor > 0);
    if (bad >= 0) throw new NotPositiveError("cholesky", bad, minors[bad]!);
    return y;
  },
  saves: ["y"],
  vjp: (gy, { y }, { params }) => ({ x: gradient(gy, y, params?.upper) }),
  samples: [{ inputs: [{ shape: [1, 1], values: [3] }] }, { inputs: [{ shape: [2, 1, 1], values: [3, 2] }] }],
  source: "Murray, Differentiation of the Cholesky decomposition, 2016",
});

/** {@link cholesky} that does not throw: `info` is the order of the first leading minor that is not positive, or 0. */
export const choleskyEx = defineOp({
  name: "choleskyEx",
  inputs: ["x"],
  outputs: ["y", "info"],
  dtype: "float",
  run: ([x], params: CholeskyParams | undefined) => {
    const { y, info } = factored("choleskyEx", x as Strided, params?.upper);
    return [y, info];
  },
  saves: ["y"],
  vjps: ({ y: gy }, { y }, { params }) => ({ x: gy && gradient(gy, y, params?.upper) }),
  samples: [{ inputs: [{ shape: [2, 1, 1], values: [3, 2] }] }],
});
