import type { NumericData } from "../../dtype/dtype.js";
import { normalizeAxes } from "../../strided/axes.js";
import { castTo } from "../../strided/copy.js";
import { Strided, sizeOf } from "../../strided/strided.js";
import { fastStandardizeGrad } from "../../wasm/kernels/norm.js";
import { runFast } from "../../wasm/registry.js";
import { imageLike } from "../conv/geometry.js";
import { packed, unpack } from "../engines/pack.js";
import { defineOp } from "../row.js";
import { linesOf, placesOf, type StandardizeParams } from "./groups.js";
import { floats, statistics } from "./standardize.js";

/**
 * Gradients of {@link standardize} from those of its three results, in one walk: with x̂ the standardised x and g = gy·w,
 * gx = (g − mean(g) − x̂·mean(g·x̂))/√(variance + eps), gw = Σ gy·x̂, gb = Σ gy.
 */
export const standardizeGrad = defineOp({
  name: "standardizeGrad",
  inputs: ["gy", "x", "w", "gmean", "gvariance"],
  optional: ["w", "gmean", "gvariance"],
  outputs: ["gx", "gw", "gb"],
  dtype: "float",
  run: ([grad, operand, weight, gmean, gvariance], p: StandardizeParams) => {
    const [gy, x] = [floats("standardizeGrad", grad!), floats("standardizeGrad", operand!)];
    const l = linesOf("standardizeGrad", x.shape, p);
    const { eps, center = true } = p;
    if (!gmean && !gvariance) {
      const shape = normalizeAxes("standardizeGrad", p.affine ?? [], x.rank).map((a) => x.shape[a]!);
      const [gx, gw, gb] = [
        Strided.zeros(x.dtype, x.shape),
        Strided.zeros(x.dtype, shape),
        Strided.zeros(x.dtype, shape),
      ];
      if (runFast(() => fastStandardizeGrad(gy, x, weight as Strided | null, l, p, gx, gw, gb))) {
        const type = (operand as Strided).dtype;
        return [castTo(gx, type), castTo(gw, type), castTo(gb, type)];
      }
    }
    const w = weight && packed(weight as Strided);
    const gm = gmean && packed(gmean as Strided);
    const gv = gvariance && packed(gvariance as Strided);
    const gx = x.rank > 2 ? imageLike(x, x.dtype, x.shape) : Strided.zeros(x.dtype, x.shape);
    const [from, gfrom, to] = [placesOf(x, l), placesOf(gy, l), placesOf(gx, l)];
    const [data, grads, out] = [x.data as NumericData, gy.data as NumericData, gx.data as NumericData];
    const shape = normalizeAxes("standardizeGrad", p.affine ?? [], x.rank).map((a) => x.shape[a]!);
    const affine = sizeOf(shape);
    const [gw, gb] = [new Float64Array(affine), new Float64Array(affine)];
    const n = l.length;
    const line = new Float64Array(n);
    const g = new Float64Array(n);
    const facts = new Float64Array(2);
    for (let k = 0; k < from.base.length; k++) {
      const at = from.base[k]!;
      for (let i = 0; i < n; i++) line[i] = data[at + from.step[i]!]!;
      statistics(line, center, facts);
      const [m, r] = [facts[0]!, 1 / Math.sqrt(facts[1]! + eps)];
      const [start, place] = [gfrom.base[k]!, l.affineBase[k]!];
      let [sum, product] = [0, 0];
      for (let i = 0; i < n; i++) {
        const v = grads[start + gfrom.step[i]!]!;
        const hat = (line[i]! - m) * r;
        const a = place + l.affineStep[i]!;
        gw[a]! += v * hat;
        gb[a]! += v;
        const u = w ? v * w[a]! : v;
        g[i] = u;
        line[i] = hat;
        sum += u;
        product += u * hat;
      }
      const shift = center ? (gm ? gm[k]! : 0) / n - (sum * r) / n : 0;
      // 2(x − mean)/n is what the variance moves by; x − mean is x̂/r.
      const slope = (gv ? (2 * gv[k]!) / (n * r) : 0) - (product * r) / n;
      const target = to.base[k]!;
      for (let i = 0; i < n; i++) out[target + to.step[i]!] = g[i]! * r + shift + line[i]! * slope;
    }
    const type = (operand as Strided).dtype;
    return [castTo(gx, type), unpack(gw, Strided.zeros(type, shape)), unpack(gb, Strided.zeros(type, shape))];
  },
  noGradient: "derivatives of derivatives go through the parts of standardize",
  samples: [
    { inputs: [[3, 2, 2], [3, 2, 2], [2], null, null], params: { axes: [0, 2], affine: [1], eps: 0.1 } },
  ],
});
