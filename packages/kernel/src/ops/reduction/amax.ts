import { type ReduceParams, reduction } from "../engines/lines.js";
import type { Value } from "../value.js";
import { spread } from "./sum.js";

/** The largest element along the axes; NaN wins. A tie shares the gradient evenly. */
export const amax = reduction<ReduceParams, "x" | "y">({
  name: "amax",
  dtype: "same",
  reference: (x) => {
    let m = x[0]!;
    for (let i = 1; i < x.length; i++) if (x[i]! > m || Number.isNaN(x[i])) m = x[i]!;
    return m;
  },
  bigint: "reference",
  saves: ["x", "y"],
  vjp: (gy, { x, y }, { params, shape }) => ({ x: evenly(gy, x, y, params, shape(0)) }),
  samples: [
    { inputs: [[3, 4]] },
    { inputs: [[3, 4]], params: { dims: [1] } },
    { inputs: [[3, 4]], params: { dims: [0], keepdim: true } },
  ],
});

/** The gradient of an extreme, split evenly between the elements that reach it. */
export function evenly(gy: Value, x: Value, y: Value, params: ReduceParams, shape: readonly number[]): Value {
  const hit = x.eq(spread(y, shape, params)).cast({ dtype: gy.dtype });
  const count = hit.sum({ dims: params?.dims, keepdim: true });
  return spread(gy, shape, params).mul(hit.div(count));
}
