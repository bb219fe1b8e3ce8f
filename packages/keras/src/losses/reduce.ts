import { dtypeNamed, ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import { castValue, valueOf } from "../backend/create.js";
import { KerasTensor } from "../backend/keras-tensor.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import { cast } from "../ops/core/tensors.js";
import { apply } from "../ops/make.js";
import { multiply } from "../ops/numpy/elementwise.js";
import { mean, sum } from "../ops/numpy/reduction.js";
import { expand_dims, squeeze } from "../ops/numpy/shape.js";

/** How losses of single entries become one number. */
export type Reduction = "sum_over_batch_size" | "sum" | "mean" | "mean_with_sample_weight" | "none" | null;

const REDUCTIONS = ["sum_over_batch_size", "sum", null, "none", "mean", "mean_with_sample_weight"];

/** @throws ValueError for a name that is no reduction */
export function standardizeReduction(reduction: unknown): Reduction {
  if (REDUCTIONS.includes(reduction as string)) return reduction as Reduction;
  throw new ValueError(
    `Invalid value for argument \`reduction\`. Expected one of {'sum_over_batch_size', 'sum', None, 'none', 'mean', 'mean_with_sample_weight'}. Received: reduction=${String(reduction)}`,
  );
}

/** A tensor, or a symbolic one: what losses are computed of. */
export type Either = Tensor | KerasTensor;

const shapeOf = (x: Either): readonly (number | null)[] =>
  x instanceof KerasTensor ? x.shape : x._value.shape;
const rankOf = (x: Either): number => shapeOf(x).length;
const lastOf = (x: Either): number | null => shapeOf(x).at(-1)!;

/** Anything as a tensor of a type; a tensor of that type stays the same object, with its mask and logits. */
export function tensorOf(x: TensorLike | KerasTensor, dtype?: string): Either {
  if (x instanceof KerasTensor)
    return dtype === undefined || x.dtype === dtype ? x : (cast.impl(x, dtype) as unknown as Either);
  const own = x as Tensor;
  const value = valueOf(x);
  const type = dtype === undefined ? undefined : dtypeNamed(dtype)!;
  if (own._value === value && "_type" in own && (type === undefined || value.dtype === type)) return own;
  return wrap(type ? castValue(value, type) : value);
}

/** The element type's name. */
export const typeOf = (x: Either): string => (x instanceof KerasTensor ? x.dtype : x._type.name);

/** Two tensors of which one has a last axis of length 1 too many, in one rank. */
export function toSameRank(x1: Either, x2: Either, expandRank1 = true): [Either, Either] {
  let [a, b] = [x1, x2];
  const [m, n] = [rankOf(a), rankOf(b)];
  if (m === n + 1 && lastOf(a) === 1) {
    if (n === 1 && expandRank1) b = expand_dims.impl(b, -1);
    else a = squeeze.impl(a, -1);
  }
  if (n === m + 1 && lastOf(b) === 1) {
    if (m === 1 && expandRank1) a = expand_dims.impl(a, -1);
    else b = squeeze.impl(b, -1);
  }
  return [a, b];
}

/** One factor an entry out of weights and a mask; under means, masked entries do not count as entries. */
export function maskedWeights(
  weight: Either | null,
  mask: Either | null,
  dtype: string,
  reduction: Reduction | string,
): Either | null {
  if (mask === null) return weight;
  let factor = tensorOf(mask, dtype);
  if (reduction === "mean" || reduction === "sum_over_batch_size") {
    const { _value: m } = factor as Tensor;
    const valid = apply(ops.sum, [m], { dims: m.shape.map((_, i) => i) });
    const share = m.size / Number(wrap(valid).item());
    factor = multiply.impl(factor, Number.isFinite(share) ? share : 0);
  }
  if (weight === null) return factor;
  const [f, w] = toSameRank(factor, tensorOf(weight, dtype));
  return multiply.impl(w, f);
}

/** The sum over all, divided as the reduction says. */
function reduced(values: Either, weight: Either | null, reduction: Reduction): Either {
  const shape = shapeOf(values);
  if (
    reduction === null ||
    reduction === "none" ||
    shape.length === 0 ||
    (shape.length === 1 && shape[0] === 0)
  )
    return values;
  if (reduction === "sum") return sum.impl(values);
  if (values instanceof KerasTensor) return mean.impl(values);
  const total = sum.impl(values)._value;
  if (reduction !== "mean_with_sample_weight" || weight === null)
    return wrap(apply(ops.div, [total, Math.max(values.size, 1)], undefined));
  const divisor = sum.impl(tensorOf(weight, values._type.name))._value;
  if (Number(wrap(divisor).item()) === 0) return wrap(apply(ops.mul, [total, 0], undefined));
  return wrap(apply(ops.div, [total, divisor], undefined));
}

/** Losses of single entries, weighted and reduced. */
export function reduceWeighted(
  values: Either,
  sampleWeight: TensorLike | KerasTensor | null,
  mask: Either | null,
  reduction: Reduction,
  dtype: string,
): Either {
  let v = tensorOf(values, dtype);
  const given = sampleWeight === null ? null : tensorOf(sampleWeight, dtype);
  let weight = maskedWeights(given, mask, dtype, reduction);
  if (weight !== null) {
    [v, weight] = toSameRank(v, weight);
    v = multiply.impl(v, weight);
  }
  return reduced(v, weight, reduction);
}
