import { binary } from "../engines/elementwise.js";

/** log(1 + e^(−t·x)). */
export const softMargin = binary({
  name: "softMargin",
  inputs: ["x", "t"],
  dtype: "float",
  reference: (x, t) => Math.log1p(Math.exp(-t * x)),
  saves: ["x", "t"],
  vjp: (gy, { x, t }, { needs }) => {
    const g = gy.mul(x.mul(t).neg().sigmoid()).neg();
    return { x: needs(0) ? g.mul(t) : null, t: needs(1) ? g.mul(x) : null };
  },
});
