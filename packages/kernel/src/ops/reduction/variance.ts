import { isComplex } from "../../dtype/dtype.js";
import { type ReduceParams, reduction } from "../engines/lines.js";
import type { VjpContext } from "../row.js";
import type { Value } from "../value.js";
import { complexSum, pairwiseSum } from "./pairwise.js";
import { spread } from "./sum.js";

export interface VarianceParams extends ReduceParams {
  /** Subtracted from the number of elements in the divisor: 1 (the default) is Bessel's, 0 the plain mean of squares. */
  readonly correction?: number;
}

/** Σ|x − mean|² in two passes, which loses nothing where the mean is large. */
function squares(x: Float64Array): number {
  const m = pairwiseSum(x, 0, x.length) / x.length;
  const d = new Float64Array(x.length);
  for (let i = 0; i < d.length; i++) d[i] = (x[i]! - m) ** 2;
  return pairwiseSum(d, 0, d.length);
}

function complexSquares(x: Float64Array): number {
  const n = x.length / 2;
  const [re, im] = complexSum(x);
  const d = new Float64Array(n);
  for (let i = 0; i < n; i++) d[i] = (x[2 * i]! - re / n) ** 2 + (x[2 * i + 1]! - im / n) ** 2;
  return pairwiseSum(d, 0, n);
}

const divisor = (n: number, p: VarianceParams): number => Math.max(n - (p.correction ?? 1), 0);

/** The variance of x along the axes, Σ|x − mean|² / max(n − correction, 0); real for complex x. */
export const variance = reduction<VarianceParams, "x">({
  name: "variance",
  dtype: "real",
  floatOnly: true,
  reference: (x, p) => squares(x) / divisor(x.length, p),
  complex: (x, p) => complexSquares(x) / divisor(x.length / 2, p),
  saves: ["x"],
  vjp: (gy, { x }, context) => ({ x: deviations(gy.mul(2), x, context) }),
  samples: [
    { inputs: [[2, 3, 4]] },
    { inputs: [[2, 3, 4]], params: { dims: [1], correction: 0 } },
    { inputs: [[2, 3]], params: { dims: [-1], keepdim: true, correction: 0.5 } },
    { inputs: [{ shape: [2, 3], dtype: "complex128" }], params: { dims: [1] } },
  ],
});

/** The square root of {@link variance}; its gradient is 0 where it is 0. */
export const std = reduction<VarianceParams, "x" | "y">({
  name: "std",
  dtype: "real",
  floatOnly: true,
  reference: (x, p) => Math.sqrt(squares(x) / divisor(x.length, p)),
  complex: (x, p) => Math.sqrt(complexSquares(x) / divisor(x.length / 2, p)),
  saves: ["x", "y"],
  vjp: (gy, { x, y }, context) => {
    const zero = y.eq(0);
    const g = gy.div(y.full([], 1).where(zero, y)).where(zero.logicalNot(), 0);
    return { x: deviations(g, x, context) };
  },
  samples: [
    { inputs: [[2, 3, 4]] },
    { inputs: [[2, 3, 4]], params: { dims: [1], correction: 0 } },
    { inputs: [{ shape: [2, 3], dtype: "complex128" }], params: { dims: [1], keepdim: true } },
  ],
});

/** g · (x − mean) / (n − correction), stretched over the reduced axes. */
function deviations(g: Value, x: Value, { params, outShapes }: VjpContext<VarianceParams>): Value {
  const p = params ?? {};
  const n = x.size / Math.max(size(outShapes[0]!), 1);
  const centred = x.sub(x.mean({ dims: p.dims, keepdim: true }));
  const scaled = spread(g.div(divisor(n, p)), x.shape, p);
  return (isComplex(x.dtype) ? scaled.cast({ dtype: x.dtype }) : scaled).mul(centred);
}

const size = (shape: readonly number[]): number => shape.reduce((n, len) => n * len, 1);
