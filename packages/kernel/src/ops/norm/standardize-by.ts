import type { NumericData } from "../../dtype/dtype.js";
import { ShapeError } from "../../errors/errors.js";
import { castTo } from "../../strided/copy.js";
import { positions } from "../../strided/iterate.js";
import { Strided } from "../../strided/strided.js";
import { imageLike } from "../conv/geometry.js";
import { packed } from "../engines/pack.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";
import { floats } from "./standardize.js";

export interface StandardizeByParams {
  /** The axis of x that mean, variance, weight and bias run along. */
  readonly axis: number;
  readonly eps: number;
}

/** y = (x − mean)/√(variance + eps) · w + b with statistics that are given: batch normalisation when it does not train. */
export const standardizeBy = defineOp({
  name: "standardizeBy",
  inputs: ["x", "mean", "variance", "w", "b"],
  optional: ["w", "b"],
  dtype: "float",
  run: ([operand, ...rest], { axis, eps }: StandardizeByParams) => {
    const x = floats("standardizeBy", operand!);
    const n = x.shape[axis]!;
    const [mean, variance, w, b] = ["mean", "variance", "w", "b"].map((name, i) => {
      const v = rest[i] as Strided | null;
      if (v && v.size !== n) throw new ShapeError("standardizeBy", name, v.shape, `[${n}]`);
      return v && packed(v);
    });
    const y = x.rank > 2 ? imageLike(x, x.dtype, x.shape) : Strided.zeros(x.dtype, x.shape);
    const others = x.shape.map((_, i) => i).filter((i) => i !== axis);
    const [from, to] = [positions(x.shape, x.strides, others), positions(y.shape, y.strides, others)];
    const [data, out] = [x.data as NumericData, y.data as NumericData];
    for (let c = 0; c < n; c++) {
      const scale = (w ? w[c]! : 1) / Math.sqrt(variance![c]! + eps);
      const m = mean![c]!;
      const shift = b ? b[c]! : 0;
      const [i0, o0] = [x.offset + c * x.strides[axis]!, y.offset + c * y.strides[axis]!];
      for (let k = 0; k < from.length; k++) out[o0 + to[k]!] = (data[i0 + from[k]!]! - m) * scale + shift;
    }
    return castTo(y, (operand as Strided).dtype);
  },
  saves: ["x", "mean", "variance", "w"],
  vjp: (gy, { x, mean, variance, w }, { params, needs, given, shape }) => {
    const { axis, eps } = params;
    const along = x.shape.map((n, i) => (i === axis ? n : 1));
    const wide = (v: Value): Value => v.reshape({ shape: along });
    const others = x.shape.map((_, i) => i).filter((i) => i !== axis);
    const total = (v: Value, like: number): Value => v.sum({ dims: others }).reshape({ shape: shape(like) });
    const root = variance.add(eps).sqrt();
    const scale = given(3) ? w.div(root) : root.reciprocal();
    const spread = needs(2) || needs(3) ? gy.mul(x.sub(wide(mean))) : null;
    return {
      x: needs(0) ? gy.mul(wide(scale)) : null,
      mean: needs(1) ? total(gy.mul(wide(scale)), 1).neg() : null,
      variance: needs(2) ? total(spread!, 2).mul(scale).div(variance.add(eps)).mul(-0.5) : null,
      w: needs(3) ? total(spread!, 3).div(root) : null,
      b: needs(4) ? total(gy, 4) : null,
    };
  },
  samples: [
    {
      inputs: [[2, 3, 2], [3], { shape: [3], range: [0.3, 1.5] }, [3], [3]],
      params: { axis: 1, eps: 0.1 },
    },
    { inputs: [[2, 2], [2], { shape: [2], range: [0.3, 1.5] }, null, null], params: { axis: 1, eps: 0.1 } },
  ],
});
