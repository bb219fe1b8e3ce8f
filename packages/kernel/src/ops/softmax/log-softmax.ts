import type { AlongParams } from "../engines/lines.js";
import { defineOp, type OpRow } from "../row.js";
import { overLines, startOf } from "./layout.js";

/** xᵢ − log Σ exp(xⱼ) along one axis. */
export const logSoftmax: OpRow<AlongParams> = defineOp({
  name: "logSoftmax",
  inputs: ["x"],
  dtype: "float",
  run: (inputs, p: AlongParams) =>
    overLines(logSoftmax, inputs, p, (walk, y, [x]) => {
      const { n, step } = walk;
      for (let k = 0; k < walk.count; k++) {
        const start = startOf(walk, k);
        let max = -Infinity;
        for (let i = 0, at = start; i < n; i++, at += step) if (x![at]! > max) max = x![at]!;
        let sum = 0;
        for (let i = 0, at = start; i < n; i++, at += step) sum += Math.exp(x![at]! - max);
        const log = Math.log(sum);
        for (let i = 0, at = start; i < n; i++, at += step) y[at] = x![at]! - max - log;
      }
    }),
  saves: ["y"],
  vjp: (gy, { y }, { params }) => ({ x: gy.logSoftmaxGrad(y, params) }),
  simd: "f32 f64",
  samples: [
    { inputs: [[2, 3]], params: { dim: 1 } },
    { inputs: [[2, 3, 2]], params: { dim: -2 } },
  ],
});

/** The derivative of {@link logSoftmax} at its result y: gy − exp(y)·Σ gy. */
export const logSoftmaxGrad: OpRow<AlongParams> = defineOp({
  name: "logSoftmaxGrad",
  inputs: ["gy", "y"],
  dtype: "float",
  run: (inputs, p: AlongParams) =>
    overLines(logSoftmaxGrad, inputs, p, (walk, out, [g, y]) => {
      const { n, step } = walk;
      for (let k = 0; k < walk.count; k++) {
        const start = startOf(walk, k);
        let sum = 0;
        for (let i = 0, at = start; i < n; i++, at += step) sum += g![at]!;
        for (let i = 0, at = start; i < n; i++, at += step) out[at] = g![at]! - Math.exp(y![at]!) * sum;
      }
    }),
  saves: ["gy", "y"],
  vjp: (g, { gy, y }, { params, needs }) => {
    const dims = { dims: [params.dim], keepdim: true };
    const p = y.exp();
    return {
      gy: needs(0) ? g.sub(g.mul(p).sum(dims)) : null,
      y: needs(1) ? g.mul(p).mul(gy.sum(dims)).neg() : null,
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
