import { unary } from "../engines/elementwise.js";

export interface LeakyReluParams {
  /** The factor below 0. */
  readonly slope: number;
}

/** x above 0, slope·x below. */
export const leakyRelu = unary({
  name: "leakyRelu",
  dtype: "float",
  reference: (x, p: LeakyReluParams) => (x > 0 ? x : x * p.slope),
  saves: ["x"],
  vjp: (gy, { x }, { params }) => ({ x: gy.where(x.gt(0), gy.mul(params.slope)) }),
  simd: "f32",
  tolerance: { float32: { ulp: 2 } },
  samples: [{ inputs: [{ shape: [4], values: [-2, -0.4, 0.3, 0.9] }], params: { slope: 0.1 } }],
  source: "Maas, Hannun & Ng, Rectifier nonlinearities improve neural network acoustic models (2013)",
});
