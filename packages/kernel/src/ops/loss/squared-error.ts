import { binary } from "../engines/elementwise.js";

/** (x − t)². */
export const squaredError = binary({
  name: "squaredError",
  inputs: ["x", "t"],
  dtype: "float",
  reference: (x, t) => (x - t) * (x - t),
  saves: ["x", "t"],
  vjp: (gy, { x, t }, { needs }) => {
    const g = gy.mul(x.sub(t)).mul(2);
    return { x: needs(0) ? g : null, t: needs(1) ? g.neg() : null };
  },
  simd: "f32 f64",
  tolerance: { float32: { ulp: 2, why: "the difference is rounded before it is squared" } },
});
