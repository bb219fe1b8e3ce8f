import type { AlongParams } from "../engines/lines.js";
import { defineOp, type OpRow } from "../row.js";
import { overLines, startOf } from "./layout.js";

/** exp(xᵢ)/Σ exp(xⱼ) along one axis, computed from differences to the largest element so that nothing overflows. */
export const softmax: OpRow<AlongParams> = defineOp({
  name: "softmax",
  inputs: ["x"],
  dtype: "float",
  run: (inputs, p: AlongParams) =>
    overLines(softmax, inputs, p, (walk, y, [x]) => {
      const { n, step } = walk;
      const line = new Float64Array(n);
      for (let k = 0; k < walk.count; k++) {
        const start = startOf(walk, k);
        let max = -Infinity;
        for (let i = 0, at = start; i < n; i++, at += step) if (x![at]! > max) max = x![at]!;
        let sum = 0;
        for (let i = 0, at = start; i < n; i++, at += step) sum += line[i] = Math.exp(x![at]! - max);
        const scale = 1 / sum;
        for (let i = 0, at = start; i < n; i++, at += step) y[at] = line[i]! * scale;
      }
    }),
  saves: ["y"],
  vjp: (gy, { y }, { params }) => ({ x: gy.softmaxGrad(y, params) }),
  simd: "f32 f64",
  samples: [
    { inputs: [[2, 3]], params: { dim: 1 } },
    { inputs: [[2, 3, 2]], params: { dim: -2 } },
  ],
});

/** The derivative of {@link softmax} at its result y: y·(gy − Σ gy·y). */
export const softmaxGrad: OpRow<AlongParams> = defineOp({
  name: "softmaxGrad",
  inputs: ["gy", "y"],
  dtype: "float",
  run: (inputs, p: AlongParams) =>
    overLines(softmaxGrad, inputs, p, (walk, out, [g, y]) => {
      const { n, step } = walk;
      for (let k = 0; k < walk.count; k++) {
        const start = startOf(walk, k);
        let sum = 0;
        for (let i = 0, at = start; i < n; i++, at += step) sum += g![at]! * y![at]!;
        for (let i = 0, at = start; i < n; i++, at += step) out[at] = y![at]! * (g![at]! - sum);
      }
    }),
  saves: ["gy", "y"],
  vjp: (g, { gy, y }, { params, needs }) => {
    const dims = { dims: [params.dim], keepdim: true };
    return {
      gy: needs(0) ? g.softmaxGrad(y, params) : null,
      y: needs(1) ? g.mul(gy.sub(gy.mul(y).sum(dims))).sub(gy.mul(g.mul(y).sum(dims))) : null,
    };
  },
  simd: "f32 f64",
  samples: [
    {
      inputs: [
        [2, 3],
        [2, 3],
      ],
      params: { dim: 1 },
    },
  ],
});
