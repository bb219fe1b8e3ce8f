import { float32, type NumericData } from "../../dtype/dtype.js";
import { DTypeError } from "../../errors/errors.js";
import { normalizeAxes } from "../../strided/axes.js";
import { castTo } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { fastStandardize } from "../../wasm/kernels/norm.js";
import { runFast } from "../../wasm/registry.js";
import { imageLike } from "../conv/geometry.js";
import { packed } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp, type Operand } from "../row.js";
import type { Value } from "../value.js";
import { checkAffine, type Lines, linesOf, placesOf, type StandardizeParams } from "./groups.js";
import { standardizeGrad } from "./standardize-grad.js";

/**
 * y = (x − mean)/√(variance + eps) · w + b, with mean and (biased) variance over the axes that the parameters name: batch,
 * layer, instance, group and RMS normalisation, which differ in those axes only. Mean and variance are results too.
 */
export const standardize = defineOp({
  name: "standardize",
  inputs: ["x", "w", "b"],
  optional: ["w", "b"],
  outputs: ["y", "mean", "variance"],
  dtype: "float",
  run: ([operand, weight, bias], p: StandardizeParams) => {
    const x = floats("standardize", operand!);
    for (const [name, v] of [
      ["w", weight],
      ["b", bias],
    ] as const)
      checkAffine("standardize", name, v as Strided | null, x.shape, p);
    const l = linesOf("standardize", x.shape, p);
    const y = x.rank > 2 ? imageLike(x, x.dtype, x.shape) : Strided.zeros(x.dtype, x.shape);
    const mean = Strided.zeros(x.dtype, l.outer);
    const variance = Strided.zeros(x.dtype, l.outer);
    const type = (operand as Strided).dtype;
    if (
      runFast(() =>
        fastStandardize(x, weight as Strided | null, bias as Strided | null, l, p, y, mean, variance),
      )
    )
      return [castTo(y, type), castTo(mean, type), castTo(variance, type)];
    const [weights, biases] = [weight, bias].map((v) => (v ? packed(v as Strided) : null));
    forward(x, weights!, biases!, l, p, y, mean, variance);
    return [castTo(y, type), castTo(mean, type), castTo(variance, type)];
  },
  saves: ["x", "w"],
  uses: (): Rows => [standardizeGrad],
  vjps: (gys, { x, w }, context) => {
    const { params, needs, given, higherOrder } = context;
    const weight = given(1) ? w : null;
    if (higherOrder) {
      const [gx, gw] = context.through(
        ([u, v]) => {
          const parts = byParts(u!, v ?? null, params);
          return [parts.y, parts.mean, parts.variance];
        },
        weight ? [x, weight] : [x],
        [gys.y, gys.mean, gys.variance],
      );
      return { x: gx, w: gw, b: needs(2) && gys.y ? alongAffine(gys.y, params, context.shape(2)) : null };
    }
    const gy = gys.y ?? x.full(x.shape, 0);
    const [gx, gw, gb] = gy.standardizeGrad(x, weight, gys.mean, gys.variance, params);
    return { x: gx, w: needs(1) ? gw : null, b: needs(2) ? gb : null };
  },
  samples: [
    { inputs: [[3, 2, 2], [2], [2]], params: { axes: [0, 2], affine: [1], eps: 0.1 } },
    {
      inputs: [
        [2, 2, 3],
        [2, 3],
        [2, 3],
      ],
      params: { axes: [1, 2], affine: [1, 2], eps: 0.1 },
    },
    { inputs: [[2, 4, 2], [4], null], params: { axes: [1, 2], affine: [1], groups: 2, eps: 0.1 } },
    { inputs: [[2, 5], [5], null], params: { axes: [1], affine: [1], eps: 0.1, center: false } },
    { inputs: [[2, 5], null, null], params: { axes: [1], eps: 0.1 } },
  ],
});

/** The array itself, half floats as float32. @throws DTypeError for integers and complex numbers */
export function floats(op: string, x: Operand): Strided {
  const array = x as Strided;
  if (array.dtype.kind !== "float") throw new DTypeError(op, "x", array.dtype.name, "a floating type");
  return array.dtype.half ? castTo(array, float32) : array;
}

/** Mean and variance of a gathered line; the second pass keeps large means from cancelling. */
export function statistics(line: Float64Array, center: boolean, out: Float64Array): void {
  const n = line.length;
  let mean = 0;
  if (center) {
    for (let i = 0; i < n; i++) mean += line[i]!;
    mean /= n;
  }
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const d = line[i]! - mean;
    squares += d * d;
  }
  out[0] = mean;
  out[1] = squares / n;
}

function forward(
  x: Strided,
  w: Float64Array | null,
  b: Float64Array | null,
  l: Lines,
  { eps, center = true }: StandardizeParams,
  y: Strided,
  mean: Strided,
  variance: Strided,
): void {
  const [from, to] = [placesOf(x, l), placesOf(y, l)];
  const [data, out] = [x.data as NumericData, y.data as NumericData];
  const [means, variances] = [mean.data as NumericData, variance.data as NumericData];
  const line = new Float64Array(l.length);
  const facts = new Float64Array(2);
  for (let k = 0; k < from.base.length; k++) {
    const at = from.base[k]!;
    for (let i = 0; i < line.length; i++) line[i] = data[at + from.step[i]!]!;
    statistics(line, center, facts);
    const [m, r] = [facts[0]!, 1 / Math.sqrt(facts[1]! + eps)];
    means[k] = m;
    variances[k] = facts[1]!;
    const target = to.base[k]!;
    const place = l.affineBase[k]!;
    for (let i = 0; i < line.length; i++) {
      const a = place + l.affineStep[i]!;
      let v = (line[i]! - m) * r;
      if (w) v *= w[a]!;
      if (b) v += b[a]!;
      out[target + to.step[i]!] = v;
    }
  }
}

/** {@link standardize} without bias in terms of smaller ops, for derivatives of derivatives. */
export function byParts(
  x: Value,
  w: Value | null,
  p: StandardizeParams,
): { y: Value; mean: Value; variance: Value } {
  const { shape, axes, affine, outer } = linesOf("standardize", x.shape, p);
  const cut = x.reshape({ shape });
  const dims = { dims: axes, keepdim: true };
  const mean = cut.mean(dims);
  const centered = p.center === false ? cut : cut.sub(mean);
  const variance = centered.square().mean(dims);
  let y = centered.div(variance.add(p.eps).sqrt());
  if (w) y = y.mul(w.reshape({ shape: shape.map((n, i) => (affine.includes(i) ? n : 1)) }));
  const flat = p.center === false ? mean.mul(0) : mean;
  return {
    y: y.reshape({ shape: x.shape }),
    mean: flat.reshape({ shape: outer }),
    variance: variance.reshape({ shape: outer }),
  };
}

/** A gradient summed to the axes that weight and bias have. */
export function alongAffine(
  gy: Value,
  p: Pick<StandardizeParams, "affine">,
  shape: readonly number[],
): Value {
  const affine = normalizeAxes("standardize", p.affine ?? [], gy.shape.length);
  const dims = gy.shape.map((_, i) => i).filter((i) => !affine.includes(i));
  return dims.length > 0 ? gy.sum({ dims }) : gy.reshape({ shape });
}
