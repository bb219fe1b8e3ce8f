import { float32, type NumericData } from "../../dtype/dtype.js";
import { ShapeError } from "../../errors/errors.js";
import { sameShape } from "../../strided/broadcast.js";
import { castTo } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { fastClassGradients, fastClassLosses } from "../../wasm/kernels/cross-entropy.js";
import { runFast } from "../../wasm/registry.js";
import { packed } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";
import { type ClassParams, checkWeight, classIndices, classPlaces, withoutClasses } from "./classes.js";
import { nll, reduced, scores, unreduced } from "./nll.js";

export interface CrossEntropyParams extends ClassParams {
  /** Share of the target that is spread evenly over all classes. */
  readonly smoothing?: number;
}

/** What a position asks for: the weight of each class's log-probability, up to sign, or nothing. */
interface Asked {
  /** Fills `out`, one entry a class, and returns the weight that `mean` divides by; `null` for an ignored position. */
  at(k: number, out: Float64Array): number | null;
}

function askedOf(
  op: string,
  x: Strided,
  target: Strided,
  weight: Strided | null,
  { ignoreIndex, smoothing = 0 }: CrossEntropyParams,
): Asked {
  const classes = x.shape[1]!;
  checkWeight(op, weight, classes);
  const w = weight ? packed(weight) : new Float64Array(classes).fill(1);
  const even = smoothing / classes;
  if (target.dtype.kind === "float") {
    if (!sameShape(target.shape, x.shape))
      throw new ShapeError(op, "target", target.shape, `[${x.shape.join(", ")}]`);
    const wide = target.dtype.half ? castTo(target, float32) : target;
    const { base, step } = classPlaces(wide);
    const data = wide.data as NumericData;
    return {
      at: (k, out) => {
        for (let c = 0; c < classes; c++)
          out[c] = w[c]! * (data[base[k]! + c * step]! * (1 - smoothing) + even);
        return 1;
      },
    };
  }
  const targets = classIndices(op, target, withoutClasses(x.shape), classes, ignoreIndex);
  return {
    at: (k, out) => {
      const t = targets[k]!;
      if (t < 0) return null;
      for (let c = 0; c < classes; c++) out[c] = w[c]! * even;
      out[t]! += w[t]! * (1 - smoothing);
      return w[t]!;
    },
  };
}

/**
 * The cross entropy between log-softmax of logits x `[batch, classes, …]` and a target: class indices `[batch, …]`, or
 * probabilities of the shape of x. Also gives what `mean` divided by: the weights of the classes asked for, or the
 * number of positions for probabilities.
 */
export const crossEntropy = defineOp({
  name: "crossEntropy",
  inputs: ["x", "target", "weight"],
  optional: ["weight"],
  outputs: ["y", "total"],
  dtype: "float",
  run: ([operand, target, weight], p: CrossEntropyParams) => {
    const x = scores("crossEntropy", operand!);
    const fast = sumsOfClasses(operand as Strided, target as Strided, weight as Strided | null, p);
    if (fast) return fast;
    const asked = askedOf("crossEntropy", x, target as Strided, weight as Strided | null, p);
    const { base, step, classes } = classPlaces(x);
    const data = x.peek as NumericData;
    const shares = new Float64Array(classes);
    const each = new Float64Array(base.length);
    let total = 0;
    for (let k = 0; k < base.length; k++) {
      const share = asked.at(k, shares);
      if (share === null) continue;
      const log = logSumExp(data, base[k]!, step, classes);
      let loss = 0;
      // A class that is not asked for adds nothing, even where its probability is 0.
      for (let c = 0; c < classes; c++)
        if (shares[c] !== 0) loss += shares[c]! * (log - data[base[k]! + c * step]!);
      each[k] = loss;
      total += share;
    }
    return reduced(each, total, p, (operand as Strided).dtype, withoutClasses(x.shape));
  },
  saves: ["x", "target", "weight", "total"],
  uses: (): Rows => [crossEntropyGrad, nll],
  vjps: ({ y }, { x, target, weight, total }, context) => {
    if (!y) return {};
    const { params, needs, given, higherOrder } = context;
    const w = given(2) ? weight : null;
    if (!higherOrder) {
      const [gx, gt] = y.crossEntropyGrad(x, target, w, total, params);
      return { x: gx, target: needs(1) ? gt : null };
    }
    const soft = target.dtype.kind === "float";
    const [gx, gt] = context.through(
      ([u, t]) => [byParts(u!, t ?? target, w, total, params)],
      soft ? [x, target] : [x],
      [y],
    );
    return { x: gx, target: needs(1) ? gt : null };
  },
  samples: [
    {
      inputs: [
        [2, 3, 2],
        { shape: [2, 2], values: [2, 0, 1, 9], dtype: "int64" },
        { shape: [3], values: [0.5, -0.4, 2] },
      ],
      params: { reduction: "mean", ignoreIndex: 9, smoothing: 0.1 },
      constant: ["weight"],
    },
    { inputs: [[2, 3], { shape: [2], values: [2, 0], dtype: "int64" }, null], params: { reduction: "none" } },
    {
      inputs: [[2, 3], { shape: [2, 3], range: [0, 1] }, { shape: [3], range: [0.5, 2] }],
      params: { reduction: "mean", smoothing: 0.2 },
      constant: ["weight"],
    },
  ],
});

function logSumExp(x: NumericData, at: number, step: number, n: number): number {
  let max = -Infinity;
  for (let c = 0, i = at; c < n; c++, i += step) if (x[i]! > max) max = x[i]!;
  let sum = 0;
  for (let c = 0, i = at; c < n; c++, i += step) sum += Math.exp(x[i]! - max);
  return max + Math.log(sum);
}

/** Classes of positions `[positions]`, where a fast path may take them: matrices of float32, nothing smoothed. */
function plainClasses(
  op: string,
  x: Strided,
  target: Strided,
  weight: Strided | null,
  { ignoreIndex, smoothing = 0 }: CrossEntropyParams,
): Int32Array | null {
  if (x.dtype !== float32 || x.rank !== 2 || smoothing !== 0 || target.dtype.kind === "float") return null;
  checkWeight(op, weight, x.shape[1]!);
  return classIndices(op, target, [x.shape[0]!], x.shape[1]!, ignoreIndex);
}

/** {@link crossEntropy} of classes on the fast path, or `null`. */
function sumsOfClasses(
  x: Strided,
  target: Strided,
  weight: Strided | null,
  p: CrossEntropyParams,
): Strided[] | null {
  const classes = plainClasses("crossEntropy", x, target, weight, p);
  let losses: Float64Array | null = null;
  if (!classes || !runFast(() => (losses = fastClassLosses(x, classes)) !== null)) return null;
  const each = losses as unknown as Float64Array;
  const w = weight && packed(weight);
  let total = 0;
  for (let k = 0; k < each.length; k++) {
    const t = classes[k]!;
    if (t < 0) continue;
    const share = w ? w[t]! : 1;
    // A class without weight adds nothing, even where its probability is 0.
    each[k] = share === 0 ? 0 : share * each[k]!;
    total += share;
  }
  return reduced(each, total, p, x.dtype, [each.length]);
}

/** {@link crossEntropyGrad} of classes on the fast path, or `null`. */
function gradientOfClasses(
  grad: Strided,
  x: Strided,
  target: Strided,
  weight: Strided | null,
  total: Strided,
  p: CrossEntropyParams,
): Strided[] | null {
  const classes = plainClasses("crossEntropyGrad", x, target, weight, p);
  if (!classes) return null;
  const scales = unreduced(grad, total, p, classes.length);
  const w = weight && packed(weight);
  classes.forEach((t, k) => {
    scales[k] = t < 0 ? 0 : scales[k]! * (w ? w[t]! : 1);
  });
  const gx = Strided.zeros(x.dtype, x.shape);
  return runFast(() => fastClassGradients(x, classes, scales, gx)) ? [gx, Strided.zeros(x.dtype, [0])] : null;
}

/** Gradients of {@link crossEntropy} in logits and, for probabilities, target: (p·Σ shares − shares)·gy and so on. */
export const crossEntropyGrad = defineOp({
  name: "crossEntropyGrad",
  inputs: ["gy", "x", "target", "weight", "total"],
  optional: ["weight"],
  outputs: ["gx", "gtarget"],
  dtype: "float",
  run: ([grad, operand, target, weight, total], p: CrossEntropyParams) => {
    const x = scores("crossEntropyGrad", operand!);
    const type = (operand as Strided).dtype;
    const fast = gradientOfClasses(
      grad as Strided,
      operand as Strided,
      target as Strided,
      weight as Strided | null,
      total as Strided,
      p,
    );
    if (fast) return fast;
    const asked = askedOf("crossEntropyGrad", x, target as Strided, weight as Strided | null, p);
    const soft = (target as Strided).dtype.kind === "float";
    const { base, step, classes } = classPlaces(x);
    const gx = Strided.zeros(x.dtype, x.shape);
    const gt = Strided.zeros(x.dtype, soft ? x.shape : [0]);
    const places = classPlaces(gx);
    const [data, out, outT] = [x.peek as NumericData, gx.data as NumericData, gt.data as NumericData];
    const each = unreduced(grad as Strided, total as Strided, p, base.length);
    const w = weight ? packed(weight as Strided) : new Float64Array(classes).fill(1);
    const shares = new Float64Array(classes);
    for (let k = 0; k < base.length; k++) {
      if (asked.at(k, shares) === null) continue;
      const g = each[k]!;
      const log = logSumExp(data, base[k]!, step, classes);
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += shares[c]!;
      for (let c = 0; c < classes; c++) {
        const at = places.base[k]! + c * places.step;
        const logp = data[base[k]! + c * step]! - log;
        out[at] = g * (Math.exp(logp) * sum - shares[c]!);
        if (soft) outT[at] = -g * w[c]! * (1 - (p.smoothing ?? 0)) * logp;
      }
    }
    return [castTo(gx, type), castTo(gt, type)];
  },
  noGradient: "derivatives of derivatives go through the parts of crossEntropy",
});

/** {@link crossEntropy} in terms of smaller ops, for derivatives of derivatives. */
function byParts(
  x: Value,
  target: Value,
  weight: Value | null,
  total: Value,
  { reduction, ignoreIndex, smoothing = 0 }: CrossEntropyParams,
): Value {
  const logp = x.logSoftmax({ dim: 1 });
  const classes = x.shape[1]!;
  const wide = x.shape.map((n, i) => (i === 1 ? n : 1));
  const w = weight?.reshape({ shape: wide });
  let each: Value;
  if (target.dtype.kind === "float") {
    const shares = target.mul(1 - smoothing).add(smoothing / classes);
    each = logp
      .mul(w ? shares.mul(w) : shares)
      .sum({ dims: [1] })
      .neg();
  } else {
    const params = { reduction: "none", ignoreIndex } as const;
    each = logp.nll(target, weight, params)[0]!.mul(1 - smoothing);
    if (smoothing > 0) {
      const even = (w ? logp.mul(w) : logp).sum({ dims: [1] }).mul(-smoothing / classes);
      each = each.add(ignoreIndex === undefined ? even : even.where(target.ne(ignoreIndex), 0));
    }
  }
  if (reduction === "none") return each;
  const sum = each.sum();
  return reduction === "mean" ? sum.div(total.detach()) : sum;
}
