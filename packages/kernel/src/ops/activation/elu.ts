import { unary } from "../engines/elementwise.js";

/** scale·x above 0, scale·alpha·(e^(inputScale·x) − 1) below: ELU, CELU and SELU by their constants. */
export interface EluParams {
  readonly alpha: number;
  readonly scale?: number;
  readonly inputScale?: number;
}

export const elu = unary({
  name: "elu",
  dtype: "float",
  reference: (x, { alpha, scale = 1, inputScale = 1 }: EluParams) =>
    x > 0 ? scale * x : scale * alpha * Math.expm1(inputScale * x),
  saves: ["x"],
  vjp: (gy, { x }, { params: { alpha, scale = 1, inputScale = 1 } }) => ({
    x: gy.mul(scale).where(
      x.gt(0),
      gy.mul(
        x
          .clampMax(0)
          .mul(inputScale)
          .exp()
          .mul(scale * alpha * inputScale),
      ),
    ),
  }),
  simd: "f32",
  tolerance: { float32: { ulp: 4 } },
  samples: [
    { inputs: [{ shape: [4], values: [-2, -0.4, 0.3, 0.9] }], params: { alpha: 1.3 } },
    { inputs: [{ shape: [3], values: [-2, 0.4, -0.3] }], params: { alpha: 2, inputScale: 0.5 } },
    { inputs: [{ shape: [3], values: [-2, 0.4, -0.3] }], params: { alpha: 1.5, scale: 1.2 } },
  ],
  source: "Clevert, Unterthiner & Hochreiter (2016), Barron (2017), Klambauer et al. (2017)",
});
