import { ndtrOf } from "../../math/erf.js";
import { unary } from "../engines/elementwise.js";
import type { GeluParams } from "./gelu.js";

const SQRT_2_PI = Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

/** The derivative of {@link gelu}: Φ(x) + x·φ(x), or ½·(1 + tanh u + x·u′·(1 − tanh² u)) with u = √(2/π)·(x + 0.044715·x³). */
export const geluSlope = unary({
  name: "geluSlope",
  dtype: "float",
  reference: (x, p: GeluParams | undefined) => {
    if (p?.approximate !== "tanh") return ndtrOf(x) + x * Math.exp(-0.5 * x * x) * (SQRT_2_PI / 2);
    const t = Math.tanh(SQRT_2_PI * (x + CUBIC * x * x * x));
    return 0.5 * (1 + t + x * (1 - t * t) * SQRT_2_PI * (1 + 3 * CUBIC * x * x));
  },
  saves: ["x"],
  vjp: (gy, { x }, { params }) => {
    const square = x.square();
    if (params?.approximate !== "tanh") {
      const density = square
        .mul(-0.5)
        .exp()
        .mul(SQRT_2_PI / 2);
      return { x: gy.mul(density).mul(square.neg().add(2)) };
    }
    const t = square.mul(x).mul(CUBIC).add(x).mul(SQRT_2_PI).tanh();
    const first = square
      .mul(3 * CUBIC)
      .add(1)
      .mul(SQRT_2_PI);
    // ½·(1 − t²)·(2u′ + x·(u″ − 2t·u′²))
    const bent = x.mul(6 * CUBIC * SQRT_2_PI).sub(t.mul(first.square()).mul(2));
    const rest = first.mul(2).add(x.mul(bent));
    return { x: gy.mul(t.square().neg().add(1)).mul(rest).mul(0.5) };
  },
  simd: { float32: "gelu_slope_f32" },
  tolerance: { float32: { ulp: 4, atol: 4e-7, why: "terms of the size of 1 cancel below 0, as in PyTorch" } },
  special: [
    [0, 0.5],
    [Infinity, NaN],
    [-Infinity, NaN],
    [NaN, NaN],
  ],
  samples: [{ inputs: [[2, 3]] }, { inputs: [[2, 3]], params: { approximate: "tanh" } }],
});
