import { type ReduceParams, reduction } from "../engines/lines.js";
import type { VjpContext } from "../row.js";
import type { Value } from "../value.js";
import { linesLast } from "./prod.js";
import { keptAxes, spread } from "./sum.js";

export interface ExtremeParams extends ReduceParams {
  /** Who gets the gradient of a tie: all of them evenly (the default), or the first. */
  readonly tie?: "even" | "first";
}

/** The position of the largest element, the first of several; NaN counts as larger than everything. */
export function argmaxOfLine(x: ArrayLike<number> | ArrayLike<bigint>): number {
  const v = x as ArrayLike<number>;
  let at = 0;
  let m = v[0]!;
  for (let i = 0; i < v.length && !Number.isNaN(m); i++) {
    const e = v[i]!;
    if (e > m || Number.isNaN(e)) {
      m = e;
      at = i;
    }
  }
  return at;
}

/** The position of the smallest element, the first of several; NaN counts as smaller than everything. */
export function argminOfLine(x: ArrayLike<number> | ArrayLike<bigint>): number {
  const v = x as ArrayLike<number>;
  let at = 0;
  let m = v[0]!;
  for (let i = 0; i < v.length && !Number.isNaN(m); i++) {
    const e = v[i]!;
    if (e < m || Number.isNaN(e)) {
      m = e;
      at = i;
    }
  }
  return at;
}

const facts = {
  dtype: "same",
  bigint: "reference",
  nonEmpty: true,
  saves: ["x", "y"] as const,
  vjp: (gy: Value, { x, y }: { x: Value; y: Value }, { params, shape }: VjpContext<ExtremeParams>) => ({
    x: (params?.tie === "first" ? toFirst : evenly)(gy, x, y, params ?? {}, shape(0)),
  }),
  samples: [
    { inputs: [[3, 4]] },
    { inputs: [[3, 4]], params: { dims: [1] } },
    { inputs: [[3, 4]], params: { dims: [0], keepdim: true } },
    { inputs: [[2, 3, 4]], params: { dims: [-1, 0], tie: "first" } },
    { inputs: [[]] },
  ],
} as const;

/** The largest element along the axes; NaN wins. */
export const amax = reduction<ExtremeParams, "x" | "y">({
  ...facts,
  name: "amax",
  simd: "f32 f64 i32 i64",
  reference: (x) => x[argmaxOfLine(x)]!,
});

/** The smallest element along the axes; NaN wins. */
export const amin = reduction<ExtremeParams, "x" | "y">({
  ...facts,
  name: "amin",
  simd: "f32 f64 i32 i64",
  reference: (x) => x[argminOfLine(x)]!,
});

/** The gradient of an extreme, split evenly between the elements that reach it. */
export function evenly(gy: Value, x: Value, y: Value, params: ReduceParams, shape: readonly number[]): Value {
  const top = spread(y, shape, params);
  const hit = x.eq(top).logicalOr(x.isnan().logicalAnd(top.isnan())).cast({ dtype: gy.dtype });
  const count = hit.sum({ dims: params.dims, keepdim: true });
  return spread(gy, shape, params).mul(hit.div(count));
}

/** The gradient of an extreme for the first element that reaches it. */
function toFirst(gy: Value, x: Value, y: Value, params: ReduceParams, shape: readonly number[]): Value {
  if (shape.length === 0) return gy;
  const axes = (params.dims ?? shape.map((_, i) => i)).map((d) => (d < 0 ? d + shape.length : d));
  const hits = x.eq(spread(y, shape, params)).cast({ dtype: gy.dtype });
  const lines = linesLast(hits.detach(), axes);
  const at = lines.value.argmax({ dims: [-1], keepdim: true });
  const g = linesLast(keptAxes(gy, shape, params.dims, params.keepdim), axes).value;
  return lines.back(g.full(lines.value.shape, 0).scatterAdd(at, g, { dim: -1 }));
}
