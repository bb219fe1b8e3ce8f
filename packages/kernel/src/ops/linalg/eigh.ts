import { realOf } from "../../dtype/dtype.js";
import { eigenHermitian } from "../../linalg/eigen-hermitian.js";
import type { Strided } from "../../strided/strided.js";
import {
  adjoint,
  diagonalMatrix,
  hermitian,
  like,
  matricesOf,
  resultsFor,
  timesColumns,
} from "../engines/matrices.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";
import { settled } from "./settled.js";

export interface EighParams {
  /** Look at the upper triangle, else at the lower one. */
  readonly upper?: boolean;
}

/** 1/(λⱼ − λᵢ) off the diagonal, 0 on it. */
export function gaps(values: Value): Value {
  const n = values.shape[values.shape.length - 1]!;
  const lead = values.shape.slice(0, -1);
  const e = values.reshape({ shape: [...lead, 1, n] }).sub(values.reshape({ shape: [...lead, n, 1] }));
  const one = diagonalMatrix(values.mul(0).add(1));
  return one.rsub(1).div(e.add(one));
}

/** Eigenvalues, and eigenvectors if they are wanted. */
function eigenOf(op: string, x: Strided, params: EighParams | undefined, wanted: boolean): Strided[] {
  const a = matricesOf(op, x, { square: true });
  const values = resultsFor(a, realOf(a.dtype), [a.n]);
  const vectors = wanted ? resultsFor(a, a.dtype, [a.n, a.n]) : null;
  for (let k = 0; k < a.count; k++)
    settled(op, a, k, () =>
      eigenHermitian(a.lanes, a.n, a.at(k), !params?.upper, values.at(k), vectors?.at(k) ?? null),
    );
  return vectors ? [values.done(), vectors.done()] : [values.done()];
}

/** Eigenvalues (ascending) and eigenvectors (columns) of Hermitian matrices. @throws ConvergenceError */
export const eigh = defineOp({
  name: "eigh",
  inputs: ["x"],
  outputs: ["values", "vectors"],
  dtype: "float",
  run: ([x], params: EighParams | undefined) => eigenOf("eigh", x as Strided, params, true),
  saves: ["values", "vectors"],
  vjps: ({ values: gl, vectors: gv }, { values, vectors: v }) => {
    const h = adjoint(v);
    let middle: Value | null = null;
    if (gv) middle = h.matmul(gv).mul(like(gaps(values), v));
    else if (gl) return { x: timesColumns(v, like(gl, v)).matmul(h) };
    if (middle && gl) middle = middle.add(diagonalMatrix(like(gl, v)));
    return { x: middle && hermitian(v.matmul(middle).matmul(h)) };
  },
  samples: [{ inputs: [[1, 1]] }, { inputs: [[2, 1, 1]] }],
  source:
    "Golub and Van Loan, Matrix Computations, 8.3 (implicit QR); Giles, Collected matrix derivative results, 2008",
});

/** The eigenvalues alone. @throws ConvergenceError */
export const eigvalsh = defineOp({
  name: "eigvalsh",
  inputs: ["x"],
  dtype: "given",
  run: ([x], params: EighParams | undefined) => eigenOf("eigvalsh", x as Strided, params, false)[0]!,
  saves: ["x"],
  vjp: (gy, { x }, { params }) => {
    const [, v] = x.eigh(params) as [Value, Value];
    return { x: timesColumns(v, like(gy, v)).matmul(adjoint(v)) };
  },
  samples: [{ inputs: [[1, 1]] }, { inputs: [[2, 1, 1]] }],
});
