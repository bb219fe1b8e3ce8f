import { int32, int64, ops } from "@cognate/kernel";
import { namedTuple, ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, compute, computeMany, floating, op, promoted, unary } from "../make.js";

const TopKV2 = namedTuple<{ values: Tensor; indices: Tensor }>("tensorflow.python.ops.gen_nn_ops.TopKV2", [
  "values",
  "indices",
]);
/** The k largest along the last axis, and where they stand. */
export const top_k = op("math.TopK", "top_k", "x k sorted", (x: TensorLike, k: number, _sorted = true) => {
  const [values, at] = computeMany(ops.topk, [valueOf(x)], { dim: -1, k: Number(k) });
  return TopKV2(values!, wrap(castValue(at!._value, int32)));
});
/** Whether each target is among the k classes of the highest scores; scores that are not finite count as misses. */
export const in_top_k = op(
  "math.InTopK",
  "in_top_k",
  "targets predictions k",
  (targets: TensorLike, predictions: TensorLike, k: number): Tensor => {
    const scores = floating(predictions);
    const t = valueOf(targets, int64);
    const classes = scores.shape[1]!;
    const known = t.ge(0).logicalAnd(t.lt(classes));
    const at = t
      .full([], 0)
      .where(known.logicalNot(), t)
      .reshape({ shape: [t.size, 1] });
    const own = scores.gather(at, { dim: 1 });
    const better = scores
      .gt(own)
      .cast({ dtype: int64 })
      .sum({ dims: [1] });
    const finite = own.reshape({ shape: [t.size] }).isfinite();
    return wrap(better.lt(Number(k)).logicalAnd(known).logicalAnd(finite) as Value);
  },
  { arity: 2 },
);

/** Distances of all rows of x from all rows of y. */
export const cdist = op(
  "math.Cdist",
  "cdist",
  "x y",
  (x: TensorLike, y: TensorLike): Tensor => {
    const [a, b] = promoted([x, y], "float").values as [Value, Value];
    if (a.shape.length < 2 || b.shape.length < 2) throw new ValueError("`cdist` inputs must have rank >= 2");
    if (a.shape.at(-1) !== b.shape.at(-1))
      throw new ValueError("Last dimension of inputs to `cdist` must match");
    const spread = (v: Value, at: number): Value =>
      apply(ops.reshape, [v], { shape: [...v.shape.slice(0, at), 1, ...v.shape.slice(at)] });
    const d = spread(a, a.shape.length - 1).sub(spread(b, b.shape.length - 2));
    return wrap(
      d
        .square()
        .sum({ dims: [d.shape.length - 1] })
        .sqrt() as Value,
    );
  },
  { arity: 2 },
);
/** Windows of a length along the last axis, so many steps apart. */
export const extract_sequences = op(
  "math.ExtractSequences",
  "extract_sequences",
  "x sequence_length sequence_stride",
  (x: TensorLike, sequence_length: number, sequence_stride: number): Tensor =>
    compute(ops.unfold, [valueOf(x)], {
      dim: -1,
      size: Number(sequence_length),
      step: Number(sequence_stride),
    }),
);

export const rsqrt = unary("math.Rsqrt", "rsqrt", ops.rsqrt, "float");
export const erf = unary("math.Erf", "erf", ops.erf, "float");
export const erfc = unary("math.Erfc", "erfc", ops.erfc, "float");
export const erfinv = unary("math.Erfinv", "erfinv", ops.erfinv, "float");
/** Complex numbers of pairs of reals. */
export const view_as_complex = op("math.ViewAsComplex", "view_as_complex", "x", (x: TensorLike): Tensor => {
  const v = valueOf(x);
  if (v.shape.at(-1) !== 2)
    throw new ValueError(
      `Last dimension of input must be size 2 (real and imaginary). Received shape: (${v.shape.join(", ")})`,
    );
  return compute(ops.viewAsComplex, [v], undefined);
});
/** Pairs of reals of complex numbers. */
export const view_as_real = op(
  "math.ViewAsReal",
  "view_as_real",
  "x",
  (x: TensorLike): Tensor => compute(ops.viewAsReal, [valueOf(x)], undefined),
);
