import { type AccumulateParams, reduction } from "../engines/lines.js";
import type { Value } from "../value.js";

/** Σ x along the axes, accumulated in float64 (so that the error does not grow with n); 0 for no elements. */
export const sum = reduction<AccumulateParams>({
  name: "sum",
  dtype: "accumulate",
  reference: (x) => {
    let s = 0;
    for (let i = 0; i < x.length; i++) s += x[i]!;
    return s;
  },
  bigint: (x) => {
    let s = 0n;
    for (let i = 0; i < x.length; i++) s = BigInt.asIntN(64, s + x[i]!);
    return s;
  },
  complex: (x) => {
    let [re, im] = [0, 0];
    for (let i = 0; i < x.length; i += 2) {
      re += x[i]!;
      im += x[i + 1]!;
    }
    return [re, im];
  },
  vjp: (gy, _saved, { params, shape }) => ({ x: spread(gy, shape(0), params) }),
  simd: { float32: "sum_f32" },
  samples: [
    { inputs: [[2, 3, 4]] },
    { inputs: [[2, 3, 4]], params: { dims: [1] } },
    { inputs: [[2, 3, 4]], params: { dims: [-1, 0], keepdim: true } },
    { inputs: [[]] },
  ],
});

/** A reduced gradient stretched back over the axes that were reduced. */
export function spread(gy: Value, shape: readonly number[], { dims, keepdim }: AccumulateParams = {}): Value {
  if (shape.length === 0) return gy;
  const axes = (dims ?? shape.map((_, i) => i)).map((d) => (d < 0 ? d + shape.length : d));
  const kept = keepdim ? gy : gy.reshape({ shape: shape.map((n, i) => (axes.includes(i) ? 1 : n)) });
  return kept.expand({ shape });
}
