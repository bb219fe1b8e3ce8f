import { isComplex } from "../../dtype/dtype.js";
import { type ReduceParams, reduction } from "../engines/lines.js";
import type { Value } from "../value.js";
import { pairwiseSum } from "./pairwise.js";
import { spread } from "./sum.js";

export interface NormParams extends ReduceParams {
  /** The order: any number, 0 counts elements that are not zero, ±∞ are the extremes of |x|. 2 by default. */
  readonly p?: number;
}

function normOf(sizes: Float64Array, p: number): number {
  const n = sizes.length;
  if (p === 0) {
    let count = 0;
    for (let i = 0; i < n; i++) if (sizes[i] !== 0) count++;
    return count;
  }
  if (!Number.isFinite(p)) {
    let m = p > 0 ? 0 : Number.POSITIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      const a = sizes[i]!;
      if (Number.isNaN(a)) return a;
      if (p > 0 ? a > m : a < m) m = a;
    }
    return m;
  }
  if (p === 1) return pairwiseSum(sizes, 0, n);
  for (let i = 0; i < n; i++) sizes[i] = p === 2 ? sizes[i]! * sizes[i]! : sizes[i]! ** p;
  const s = pairwiseSum(sizes, 0, n);
  return p === 2 ? Math.sqrt(s) : s ** (1 / p);
}

/** (Σ |x|ᵖ)^(1/p) along the axes; real for complex x. Its gradient is 0 where it is 0. */
export const norm = reduction<NormParams, "x" | "y">({
  name: "norm",
  dtype: "real",
  floatOnly: true,
  reference: (x, { p = 2 }) => normOf(x.map(Math.abs), p),
  complex: (x, { p = 2 }) => {
    const sizes = new Float64Array(x.length / 2);
    for (let i = 0; i < sizes.length; i++) sizes[i] = Math.hypot(x[2 * i]!, x[2 * i + 1]!);
    return normOf(sizes, p);
  },
  saves: ["x", "y"],
  vjp: (gy, { x, y }, { params, shape }) => {
    const { p = 2, ...axes } = params ?? {};
    if (p === 0) return { x: gy.full(shape(0), 0) };
    const stretch = (v: Value): Value => spread(v, shape(0), axes);
    const typed = (v: Value): Value => (isComplex(x.dtype) ? v.cast({ dtype: x.dtype }) : v);
    const zero = y.eq(0);
    const safe = y.full([], 1).where(zero, y);
    if (p === 2) return { x: x.mul(typed(stretch(gy.div(safe).where(zero.logicalNot(), 0)))) };
    const size = x.abs();
    const empty = size.eq(0);
    const safeSize = size.full([], 1).where(empty, size);
    const direction = isComplex(x.dtype) ? x.div(typed(safeSize)) : x.sign();
    if (p === 1) return { x: direction.mul(typed(stretch(gy))) };
    if (!Number.isFinite(p)) {
      const top = stretch(y);
      const hit = size.eq(top).logicalOr(size.isnan().logicalAnd(top.isnan())).cast({ dtype: y.dtype });
      const share = hit.div(hit.sum({ dims: axes.dims, keepdim: true }));
      return { x: direction.mul(typed(stretch(gy).mul(share))) };
    }
    const weight = safeSize.pow(p - 1).where(empty.logicalNot(), 0);
    const scale = gy.mul(safe.pow(1 - p)).where(zero.logicalNot(), 0);
    return { x: direction.mul(typed(weight.mul(stretch(scale)))) };
  },
  samples: [
    { inputs: [[2, 3]] },
    { inputs: [[2, 3]], params: { p: 1, dims: [1] } },
    { inputs: [[2, 3]], params: { p: 3, dims: [0], keepdim: true } },
    { inputs: [[2, 3]], params: { p: 0.5 } },
    { inputs: [[2, 3]], params: { p: -1.5, dims: [-1] } },
    { inputs: [[2, 3]], params: { p: Number.POSITIVE_INFINITY, dims: [1] } },
    { inputs: [[2, 3]], params: { p: Number.NEGATIVE_INFINITY } },
    { inputs: [[2, 3]], params: { p: 0 } },
    { inputs: [[]] },
    { inputs: [{ shape: [2, 2], dtype: "complex128" }], params: { dims: [1] } },
    { inputs: [{ shape: [2, 2], dtype: "complex128" }], params: { p: 3 } },
  ],
});
