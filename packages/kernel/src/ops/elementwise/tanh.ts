import { complexTanh } from "../../math/complex.js";
import { unary } from "../engines/elementwise.js";

/** tanh x = sinh x / cosh x. */
export const tanh = unary({
  name: "tanh",
  dtype: "float",
  reference: (x) => Math.tanh(x),
  complex: complexTanh,
  saves: ["y"],
  vjp: (gy, { y }) => ({
    x: y.dtype.lanes === 2 ? gy.mul(y.square().neg().add(1).conj()) : gy.tanhGrad(y),
  }),
  simd: "f32",
  tolerance: { float32: { ulp: 3 } },
  domain: [-1.2, 1.2],
  special: [
    [-0, -0],
    [Infinity, 1],
    [-Infinity, -1],
    [NaN, NaN],
  ],
});
