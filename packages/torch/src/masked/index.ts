/**
 * `torch.masked`: reductions and normalisations that see only the elements where a mask is true.
 *
 * @packageDocumentation
 */
import { integerRange, isDiscrete, isInteger } from "@cognate/kernel";
import { AssertionError, def, TypeError } from "@cognate/py";
import type { DTypeLike } from "../dtype.js";
import { vector_norm } from "../linalg/norms.js";
import { softmin as softminOf } from "../nn/functional/softmax.js";
import { axis, type Dims, type Int, int, ints, typeOf } from "../ops/args.js";
import { logaddexp as logaddexpOf } from "../ops/exponential.js";
import { castValue } from "../ops/operands.js";
import { logsumexp as logsumexpOf } from "../ops/reduction.js";
import { type Tensor, wrap } from "../tensor/tensor.js";

type MaybeType = DTypeLike | null;
type Mask = Tensor | null;

const inType = (x: Tensor, dtype: MaybeType, op: string): Tensor => {
  const type = typeOf(dtype, op);
  return type ? wrap(castValue(x._value, type)) : x;
};

const isWhole = (x: Tensor): boolean => isDiscrete(x._value.dtype);

/** The elements where the mask is true, and a number that changes nothing elsewhere. */
const filled = (x: Tensor, mask: Mask, neutral: number | bigint): Tensor =>
  mask ? x.where(mask, neutral as number) : x;

/** Axes counted from the front; none given are all of them. */
const dimsOf = (x: Tensor, dim: Dims): number[] => {
  const given = dim === null ? [] : ints([dim]);
  return given.length === 0 ? [...x.shape.keys()] : given.map((d) => axis(d, x.ndim));
};

/** The least number of a type, or the greatest. */
function extreme(x: Tensor, greatest: boolean): number | bigint {
  const type = x._value.dtype;
  if (!isInteger(type)) return greatest ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return integerRange(type)[greatest ? 1 : 0];
}

const REDUCE = "input dim * keepdim dtype mask";

const reducing = (name: string, f: (x: Tensor, mask: Mask, dims: number[], keepdim: boolean) => Tensor) =>
  def(
    `torch.masked.${name}`,
    REDUCE,
    (
      input: Tensor,
      dim: Dims = null,
      keepdim: boolean | null = false,
      dtype: MaybeType = null,
      mask: Mask = null,
    ): Tensor => {
      const x = inType(input, dtype, name);
      return f(x, mask, dimsOf(x, dim), keepdim ?? false);
    },
  );

const sumOf = (x: Tensor, mask: Mask, dims: number[], keepdim: boolean): Tensor =>
  filled(x, mask, 0).sum(dims, keepdim);

/** The sum of the elements where the mask is true. */
export const sum = reducing("sum", sumOf);
/** Their product. */
export const prod = reducing("prod", (x, mask, dims, keepdim) => {
  const start = filled(x, mask, 1);
  if (dims.length === 0) return isWhole(start) ? start.long() : start;
  // From the last axis on, so that those that go do not move the others.
  return [...dims].sort((a, b) => b - a).reduce((y, d) => y.prod(d, keepdim), start);
});
/** The largest of them. */
export const amax = reducing("amax", (x, mask, dims, keepdim) =>
  filled(x, mask, extreme(x, false)).amax(dims, keepdim),
);
/** The smallest of them. */
export const amin = reducing("amin", (x, mask, dims, keepdim) =>
  filled(x, mask, extreme(x, true)).amin(dims, keepdim),
);

/** How many elements the mask lets through. */
const countOf = (x: Tensor, mask: Mask, dims: number[], keepdim: boolean): Tensor =>
  sumOf(x.detach().mul(0).add(1).long(), mask, dims, keepdim);

const meanOf = (x: Tensor, mask: Mask, dims: number[], keepdim: boolean): Tensor =>
  sumOf(x, mask, dims, keepdim).div(countOf(x, mask, dims, keepdim));

/** The mean of the elements where the mask is true. @throws TypeError for integers */
export const mean = reducing("mean", (x, mask, dims, keepdim) => {
  if (isWhole(x))
    throw new TypeError(
      "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype.",
    );
  return meanOf(x, mask, dims, keepdim);
});
/** log Σ eˣ over them. */
export const logsumexp = reducing("logsumexp", (x, mask, dims, keepdim) =>
  logsumexpOf(filled(isWhole(x) ? x.float() : x, mask, Number.NEGATIVE_INFINITY), dims, { keepdim }).to(
    x.dtype,
  ),
);

function varianceOf(x: Tensor, mask: Mask, dims: number[], correction: number, keepdim: boolean): Tensor {
  const y = isWhole(x) ? x.float() : x;
  const centred = y.sub(meanOf(y, mask, dims, true));
  const squares = centred.mul(y.is_complex() ? centred.conj() : centred);
  const count = countOf(y, mask, dims, keepdim);
  return sumOf(squares, mask, dims, keepdim).div(
    correction === 0 ? count : count.sub(correction).clamp_min(0),
  );
}

const spread = (name: string, f: (variance: Tensor) => Tensor) =>
  def(
    `torch.masked.${name}`,
    "input dim unbiased * correction keepdim dtype mask",
    (
      input: Tensor,
      dim: Dims = null,
      unbiased: boolean | null = null,
      correction: number | Number | null = null,
      keepdim: boolean | null = false,
      dtype: MaybeType = null,
      mask: Mask = null,
    ): Tensor => {
      if (unbiased !== null && correction !== null)
        throw new AssertionError("Only one of unbiased and correction may be given");
      const x = inType(input, dtype, name);
      const less = correction === null ? Number(unbiased ?? true) : Number(correction);
      return f(varianceOf(x, mask, dimsOf(x, dim), less, keepdim ?? false));
    },
  );

/** The variance of the elements where the mask is true. */
const variance = spread("var", (v) => v);

export { variance as var, variance as var_ };
/** Its square root. */
export const std = spread("std", (v) => v.sqrt());

const arg = (name: "argmax" | "argmin") =>
  def(
    `torch.masked.${name}`,
    REDUCE,
    (
      input: Tensor,
      dim: Int | null = null,
      keepdim: boolean | null = false,
      dtype: MaybeType = null,
      mask: Mask = null,
    ): Tensor => {
      const x = inType(input, dtype, name);
      // The place comes in the type of the input, as in PyTorch.
      return filled(x, mask, extreme(x, name === "argmin"))
        [name](dim, keepdim ?? false)
        .to(x.dtype);
    },
  );

/** Where the largest element stands among those where the mask is true. */
export const argmax = arg("argmax");
/** Where the smallest stands. */
export const argmin = arg("argmin");

const scanning = (name: "cumsum" | "cumprod", neutral: number) =>
  def(
    `torch.masked.${name}`,
    "input dim * dtype mask",
    (input: Tensor, dim: Int, dtype: MaybeType = null, mask: Mask = null): Tensor =>
      filled(inType(input, dtype, name), mask, neutral)[name](dim, { dtype: dtype ?? input.dtype }),
  );

/** Sums up to each place. */
export const cumsum = scanning("cumsum", 0);
/** Products up to each place. */
export const cumprod = scanning("cumprod", 1);

const normalizing = (name: string, f: (x: Tensor, mask: Mask, dim: Int) => Tensor) =>
  def(
    `torch.masked.${name}`,
    "input dim * dtype mask",
    (input: Tensor, dim: Int, dtype: MaybeType = null, mask: Mask = null): Tensor =>
      f(inType(input, dtype, name), mask, dim),
  );

/** Softmax over the elements where the mask is true; 0 elsewhere. */
export const softmax = normalizing("softmax", (x, mask, dim) =>
  filled(x, mask, Number.NEGATIVE_INFINITY).softmax(dim),
);
/** Its logarithm. */
export const log_softmax = normalizing("log_softmax", (x, mask, dim) =>
  filled(x, mask, Number.NEGATIVE_INFINITY).log_softmax(dim),
);
/** Softmax of the negated elements. */
export const softmin = normalizing("softmin", (x, mask, dim) =>
  softminOf(filled(x, mask, Number.POSITIVE_INFINITY), { dim: dim as number }),
);

/** The median of the elements where the mask is true, along an axis. */
export const median = def(
  "torch.masked.median",
  REDUCE,
  (
    input: Tensor,
    dim: Int = -1,
    keepdim: boolean | null = false,
    dtype: MaybeType = null,
    mask: Mask = null,
  ): Tensor => {
    const x = inType(input, dtype, "median");
    if (isWhole(x)) return x.median(int(dim), keepdim ?? false).values;
    return filled(x, mask, Number.NaN).nanmedian(int(dim), keepdim ?? false).values;
  },
);

const normOf = (x: Tensor, ord: number, dims: number[], keepdim: boolean, mask: Mask): Tensor =>
  vector_norm(filled(x, mask, ord < 0 ? Number.POSITIVE_INFINITY : 0), ord, dims, keepdim);

/** The norm of the elements where the mask is true. */
export const norm = def(
  "torch.masked.norm",
  "input ord dim * keepdim dtype mask",
  (
    input: Tensor,
    ord: number | Number = 2,
    dim: Dims = null,
    keepdim: boolean | null = false,
    dtype: MaybeType = null,
    mask: Mask = null,
  ): Tensor => {
    const x = inType(input, dtype, "norm");
    return normOf(x, Number(ord), dimsOf(x, dim), keepdim ?? false, mask);
  },
);

/** Divided by the norm of the elements where the mask is true. */
export const normalize = def(
  "torch.masked.normalize",
  "input ord dim * eps dtype mask",
  (
    input: Tensor,
    ord: number | Number,
    dim: Int,
    eps: number | Number = 1e-12,
    dtype: MaybeType = null,
    mask: Mask = null,
  ): Tensor => {
    const x = inType(input, dtype, "normalize");
    const size = normOf(x, Number(ord), dimsOf(x, dim), true, mask).clamp_min(Number(eps));
    return filled(x, mask, 0).div(size);
  },
);

/** log(eˣ + eʸ), where what a mask hides counts as −∞. */
export const logaddexp = def(
  "torch.masked.logaddexp",
  "input other * dtype input_mask other_mask",
  (
    input: Tensor,
    other: Tensor,
    dtype: MaybeType = null,
    input_mask: Mask = null,
    other_mask: Mask = null,
  ): Tensor => {
    const low = Number.NEGATIVE_INFINITY;
    return logaddexpOf(
      filled(inType(input, dtype, "logaddexp"), input_mask, low),
      filled(inType(other, dtype, "logaddexp"), other_mask, low),
    );
  },
);
