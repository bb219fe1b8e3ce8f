import { unary } from "../engines/elementwise.js";

export interface HardtanhParams {
  readonly min: number;
  readonly max: number;
}

/** x limited to [min, max]; unlike `clamp` it passes no gradient at the bounds. */
export const hardtanh = unary({
  name: "hardtanh",
  dtype: "same",
  reference: (x, { min, max }: HardtanhParams) => (x < min ? min : x > max ? max : x),
  integer: "reference",
  bigint: (x, { min, max }) => (x < min ? BigInt(Math.ceil(min)) : x > max ? BigInt(Math.floor(max)) : x),
  saves: ["x"],
  vjp: (gy, { x }, { params: { min, max } }) => ({
    x: gy.where(x.gt(min).logicalAnd(x.lt(max)), 0),
  }),
  simd: "f32",
  tolerance: { float32: { ulp: 0 } },
  samples: [{ inputs: [{ shape: [4], values: [-2, -0.4, 0.3, 1.9] }], params: { min: -1, max: 1 } }],
});
