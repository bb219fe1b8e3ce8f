import { realOf } from "../../dtype/dtype.js";
import { decompose, type Svd } from "../../linalg/svd.js";
import { adjointOf } from "../../linalg/vector.js";
import type { Strided } from "../../strided/strided.js";
import {
  adjoint,
  diagonalMatrix,
  diagonalOf,
  like,
  type Matrices,
  matricesOf,
  resultsFor,
  span,
  timesColumns,
  timesRows,
} from "../engines/matrices.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";
import { gaps } from "./eigh.js";
import { settled } from "./settled.js";

export interface SvdParams {
  /** U and Vᴴ square, else cut to min(m, n). */
  readonly fullMatrices?: boolean;
}

function forEachSvd(
  op: string,
  a: Matrices,
  vectors: boolean,
  full: boolean,
  each: (k: number, svd: Svd) => void,
): void {
  for (let k = 0; k < a.count; k++) {
    each(
      k,
      settled(op, a, k, () => decompose(a.lanes, a.m, a.n, a.at(k), vectors, full)),
    );
  }
}

/** U, the singular values (descending) and Vᴴ with x = U·diag(s)·Vᴴ. @throws ConvergenceError */
export const svd = defineOp({
  name: "svd",
  inputs: ["x"],
  outputs: ["u", "s", "vh"],
  dtype: "float",
  run: ([x], params: SvdParams | undefined) => {
    const a = matricesOf("svd", x as Strided);
    const k = Math.min(a.m, a.n);
    const full = params?.fullMatrices ?? true;
    const [cu, cv] = full ? [a.m, a.n] : [k, k];
    const u = resultsFor(a, a.dtype, [a.m, cu]);
    const s = resultsFor(a, realOf(a.dtype), [k]);
    const vh = resultsFor(a, a.dtype, [cv, a.n]);
    forEachSvd("svd", a, true, full, (i, y) => {
      u.at(i).set(y.u!);
      s.at(i).set(y.s);
      vh.at(i).set(adjointOf(a.lanes, a.n, cv, y.v!));
    });
    return [u.done(), s.done(), vh.done()];
  },
  saves: ["u", "s", "vh"],
  vjps: ({ u: gu, s: gs, vh: gvh }, { u, s, vh }, { shape }) => {
    const [m, n] = shape(0).slice(-2) as [number, number];
    const k = Math.min(m, n);
    const cut = (v: Value | null, dim: number): Value | null => v && span(v, dim, 0, k);
    const grads = [cut(gu, -1), gs, cut(gvh, -2)] as const;
    return { x: svdGradient(grads, span(u, -1, 0, k), s, span(vh, -2, 0, k), m, n) };
  },
  samples: [
    { inputs: [{ shape: [2, 2], values: [2, 0.5, -1, 3] }] },
    {
      inputs: [{ shape: [2, 3, 2], values: [2, 0.5, -1, 3, 1, 0.2, -0.7, 0.4, 1.5, 1, -2, 0.3] }],
      params: { fullMatrices: false },
    },
    { inputs: [{ shape: [2, 3], values: [2, 0.5, -1, 3, 1, 0.2] }], params: { fullMatrices: false } },
  ],
  source:
    "Demmel and Kahan, Accurate singular values of bidiagonal matrices, 1990; Townsend, Differentiating the SVD, 2016",
});

/** The gradient from those of U, s and Vᴴ, all cut to k columns or rows. */
function svdGradient(
  [gu, gs, gvh]: readonly [Value | null, Value | null, Value | null],
  u: Value,
  s: Value,
  vh: Value,
  m: number,
  n: number,
): Value | null {
  if (!gu && !gvh) return gs && timesColumns(u, like(gs, u)).matmul(vh);
  const k = s.shape[s.shape.length - 1]!;
  const sc = like(s, u);
  // E = sⱼ² − sᵢ²; its inverse off the diagonal.
  const e = like(gaps(s.square()), u);
  const skew = (x: Value): Value => x.sub(adjoint(x));
  let middle: Value | null = gs && diagonalMatrix(like(gs, u));
  const add = (x: Value): void => {
    middle = middle ? middle.add(x) : x;
  };
  if (gu) {
    const w = skew(adjoint(u).matmul(gu));
    add(timesColumns(w.mul(e), sc));
    // What is free in a complex pair's phase.
    if (u.dtype.kind === "complex") add(diagonalMatrix(diagonalOf(w).mul(0.5).div(sc)));
  }
  if (gvh) add(timesRows(skew(vh.matmul(adjoint(gvh))).mul(e), sc));
  let g = u.matmul(middle!).matmul(vh);
  if (gu && m > k) {
    const outside = gu.sub(u.matmul(adjoint(u).matmul(gu)));
    g = g.add(timesColumns(outside, sc.reciprocal()).matmul(vh));
  }
  if (gvh && n > k) {
    const outside = gvh.sub(gvh.matmul(adjoint(vh)).matmul(vh));
    g = g.add(u.matmul(timesRows(outside, sc.reciprocal())));
  }
  return g;
}

/** The singular values alone, descending. @throws ConvergenceError */
export const svdvals = defineOp({
  name: "svdvals",
  inputs: ["x"],
  dtype: "given",
  run: ([x]) => {
    const a = matricesOf("svdvals", x as Strided);
    const s = resultsFor(a, realOf(a.dtype), [Math.min(a.m, a.n)]);
    forEachSvd("svdvals", a, false, false, (i, y) => s.at(i).set(y.s));
    return s.done();
  },
  saves: ["x"],
  vjp: (gy, { x }) => {
    const [u, , vh] = x.svd({ fullMatrices: false }) as [Value, Value, Value];
    return { x: timesColumns(u, like(gy, u)).matmul(vh) };
  },
  samples: [
    { inputs: [{ shape: [2, 3], values: [2, 0.5, -1, 3, 1, 0.2] }] },
    { inputs: [{ shape: [2, 2], values: [0.7, 1, 2, 0.3, -1, 0.2, 1, 1], dtype: "complex128" }] },
  ],
});
