import { ndtrOf } from "../../math/erf.js";
import { unary } from "../engines/elementwise.js";
import type { Value } from "../value.js";

export interface GeluParams {
  /** `tanh`: the older approximation of the normal distribution's function by a hyperbolic tangent. */
  readonly approximate?: "none" | "tanh";
  /** The function's derivative: Φ(x) + x·φ(x). */
  readonly slope?: boolean;
}

const SQRT_2_PI = Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

/** The derivative: Φ(x) + x·φ(x), or ½·(1 + tanh u + x·u′·(1 − tanh² u)) with u = √(2/π)·(x + 0.044715·x³). */
function slopeAt(x: number, byTanh: boolean): number {
  if (!byTanh) return ndtrOf(x) + x * Math.exp(-0.5 * x * x) * (SQRT_2_PI / 2);
  const t = Math.tanh(SQRT_2_PI * (x + CUBIC * x * x * x));
  return 0.5 * (1 + t + x * (1 - t * t) * SQRT_2_PI * (1 + 3 * CUBIC * x * x));
}

/** The second derivative: φ(x)·(2 − x²), or ½·(1 − tanh² u)·(2u′ + x·(u″ − 2·tanh u·u′²)). */
function bendAt(x: Value, byTanh: boolean): Value {
  const square = x.square();
  if (!byTanh) {
    const density = square
      .mul(-0.5)
      .exp()
      .mul(SQRT_2_PI / 2);
    return density.mul(square.neg().add(2));
  }
  const t = square.mul(x).mul(CUBIC).add(x).mul(SQRT_2_PI).tanh();
  const first = square
    .mul(3 * CUBIC)
    .add(1)
    .mul(SQRT_2_PI);
  const bent = x.mul(6 * CUBIC * SQRT_2_PI).sub(t.mul(first.square()).mul(2));
  return t
    .square()
    .neg()
    .add(1)
    .mul(first.mul(2).add(x.mul(bent)))
    .mul(0.5);
}

/** x·Φ(x), Φ the distribution function of the standard normal distribution. */
export const gelu = unary({
  name: "gelu",
  dtype: "float",
  reference: (x, p: GeluParams | undefined) => {
    const byTanh = p?.approximate === "tanh";
    if (p?.slope) return slopeAt(x, byTanh);
    if (!byTanh) return x * ndtrOf(x);
    return 0.5 * x * (1 + Math.tanh(SQRT_2_PI * (x + CUBIC * x * x * x)));
  },
  saves: ["x"],
  vjp: (gy, { x }, { params }) => ({
    x: gy.mul(params?.slope ? bendAt(x, params.approximate === "tanh") : x.gelu({ ...params, slope: true })),
  }),
  simd: "f32",
  tolerance: { float32: { ulp: 4, atol: 4e-7, why: "1 + erf cancels far below 0, as in PyTorch" } },
  special: [
    [0, 0],
    [Infinity, Infinity],
    [-Infinity, NaN],
    [NaN, NaN],
  ],
  samples: [
    { inputs: [[2, 3]] },
    { inputs: [[2, 3]], params: { approximate: "tanh" } },
    { inputs: [[2, 3]], params: { slope: true } },
    { inputs: [[2, 3]], params: { approximate: "tanh", slope: true } },
  ],
  source: "Hendrycks & Gimpel, Gaussian Error Linear Units (2016)",
});
