import { isComplex, type OpRow, ops } from "@cognate/kernel";
import { def, IndexError, NotImplementedError, RuntimeError, Tuple } from "@cognate/py";
import { call, callMany, type Value } from "@cognate/tensor";
import type { DTypeLike } from "../dtype.js";
import { matrixNorm } from "../linalg/norms.js";
import { scalarName } from "../promotion.js";
import * as returned from "../return-types.js";
import { Tensor, type TensorLike } from "../tensor/tensor.js";
import { otherOut } from "../words.js";
import {
  axes,
  axis,
  type Dims,
  deliver,
  deliverAll,
  floating,
  type Int,
  int,
  named,
  requireFloating,
  typeOf,
  valueOf,
  weakLike,
} from "./args.js";
import { castValue, promote } from "./operands.js";
import { misfit } from "./signatures.js";

export type { Dims } from "./args.js";

type Out = Tensor | null;
type OutPair = readonly [Tensor, Tensor] | null;

/** In the type that `dtype` names, or as it is. */
const typed = (x: Value, dtype: DTypeLike | null, op: string): Value => {
  const d = typeOf(dtype, op);
  return d && d !== x.dtype ? castValue(x, d) : x;
};

/** PyTorch numbers the two overloads of a function: over everything, and over axes. */
const overload = (name: string, dim: unknown): string => `${name}Backward${dim === null ? 0 : 1}`;

/** Σ input over the axes `dim` (all by default); integers and bool give int64. */
export const sum = def(
  "torch.sum",
  "input|x|a dim|axis keepdim|keepdims * dtype out",
  (
    input: TensorLike,
    dim: Dims = null,
    keepdim = false,
    dtype: DTypeLike | null = null,
    out: Out = null,
  ): Tensor => {
    const given = valueOf(input);
    const x = typed(given, dtype, "sum");
    const dims = axes(dim, x.shape.length);
    const y = call(ops.sum, [x], { dims, keepdim, dtype: typeOf(dtype, "sum") });
    return deliver(weakLike(named(y, overload("Sum", dim)), given), out);
  },
);

/** Σ input without the NaNs. */
export const nansum = def(
  "torch.nansum",
  "input|x|a dim|axis keepdim|keepdims * dtype out",
  (
    input: TensorLike,
    dim: Dims = null,
    keepdim = false,
    dtype: DTypeLike | null = null,
    out: Out = null,
  ): Tensor => {
    const x = typed(valueOf(input), dtype, "nansum");
    if (isComplex(x.dtype)) throw new RuntimeError("nansum does not support complex inputs");
    const dims = axes(dim, x.shape.length);
    return deliver(call(ops.nansum, [x], { dims, keepdim, dtype: typeOf(dtype, "nansum") }), out);
  },
);

/**
 * The mean of input over the axes `dim`.
 *
 * @throws RuntimeError for integers, unless they were written without a decimal point only because JavaScript has none
 */
export const mean = def(
  "torch.mean",
  "input|x|a dim|axis keepdim|keepdims * dtype out",
  (
    input: TensorLike,
    dim: Dims = null,
    keepdim = false,
    dtype: DTypeLike | null = null,
    out: Out = null,
  ): Tensor => {
    const given = typed(valueOf(input), dtype, "mean");
    const what = dtype === null ? "Input" : "Optional";
    const x = requireFloating(
      given,
      `mean(): could not infer output dtype. ${what} dtype must be either a floating point or complex dtype. Got: ${scalarName(given.dtype)}`,
    );
    const dims = axes(dim, x.shape.length);
    return deliver(named(call(ops.mean, [x], { dims, keepdim }), overload("Mean", dim)), out);
  },
);

/** The mean of what is not NaN. */
export const nanmean = def(
  "torch.nanmean",
  "input|x|a dim|axis keepdim|keepdims * dtype out",
  (
    input: TensorLike,
    dim: Dims = null,
    keepdim = false,
    dtype: DTypeLike | null = null,
    out: Out = null,
  ): Tensor => {
    const given = valueOf(input);
    const x = typed(
      requireFloating(
        given,
        `nanmean(): expected input to have floating point or complex dtype but got ${scalarName(given.dtype)}`,
      ),
      dtype,
      "nanmean",
    );
    const dims = axes(dim, x.shape.length);
    return deliver(named(call(ops.nanmean, [x], { dims, keepdim }), "DivBackward0"), out);
  },
);

/** Π input over the axis `dim` (all by default); integers and bool give int64. */
export const prod = def(
  "torch.prod",
  "input|x|a dim|axis keepdim|keepdims * dtype out",
  (
    input: TensorLike,
    dim: Int | null = null,
    keepdim = false,
    dtype: DTypeLike | null = null,
    out: Out = null,
  ): Tensor => {
    const given = valueOf(input);
    const x = typed(given, dtype, "prod");
    const dims = axes(dim, x.shape.length);
    const y = call(ops.prod, [x], { dims, keepdim, dtype: typeOf(dtype, "prod") });
    return deliver(weakLike(named(y, overload("Prod", dim)), given), out);
  },
);

/** @throws IndexError, RuntimeError where an axis without elements, or nothing at all, is searched for an extreme */
function requireElements(op: string, x: Value, dims: readonly number[] | undefined): void {
  if (dims === undefined && x.size === 0) {
    const text = `${op}(): Expected reduction dim to be specified for input.numel() == 0.`;
    if (op.startsWith("arg")) throw new IndexError(text);
    throw new RuntimeError(`${text} Specify the reduction dim with the 'dim' argument.`);
  }
  for (const d of dims ?? [])
    if (x.shape[d] === 0) throw new IndexError(`${op}(): Expected reduction dim ${d} to have non-zero size.`);
}

/** How `max` and `min` may be called. */
export interface Extreme {
  /** The extreme of all elements. */
  (input: TensorLike): Tensor;
  /** The extremes along an axis, and where they stand. */
  (input: TensorLike, dim: number, keepdim?: boolean): returned.ValuesIndices;
  (input: TensorLike, keywords: { dim: number; keepdim?: boolean; out?: OutPair }): returned.ValuesIndices;
  (input: TensorLike, dim: number, keywords: { keepdim?: boolean; out?: OutPair }): returned.ValuesIndices;
  /** The larger (smaller) of two at each place. */
  (input: TensorLike, other: Tensor): Tensor;
  (input: TensorLike, keywords: { other?: Tensor; out?: Tensor }): Tensor;
  readonly __name__: string;
}

const RESULTS = {
  max: returned.max,
  min: returned.min,
  median: returned.median,
  nanmedian: returned.nanmedian,
} as const;

function extreme(name: "max" | "min"): Extreme {
  const [whole, alongRow, pair] =
    name === "max" ? [ops.amax, ops.maxAlong, ops.maximum] : [ops.amin, ops.minAlong, ops.minimum];
  const label = name === "max" ? "Max" : "Min";
  const d = def(
    `torch.${name}`,
    "input|x|a dim|axis|other keepdim|keepdims * out",
    (
      input: TensorLike,
      dim: Int | null = null,
      keepdim = false,
      out: Out | OutPair = null,
    ): Tensor | returned.ValuesIndices => {
      if (typeof input === "number")
        throw misfit(
          name,
          [input, dim],
          ` * (Tensor input, *, Tensor out = None)\n * (Tensor input, Tensor other, *, Tensor out = None)\n * (Tensor input, int dim, bool keepdim = False, *, tuple of Tensors out = None)\n`,
        );
      const x = valueOf(input);
      if (isComplex(x.dtype))
        throw new NotImplementedError(`"${name}_all" not implemented for '${scalarName(x.dtype)}'`);
      if (dim === null) {
        requireElements(name, x, undefined);
        const y = call(whole, [x], {});
        return deliver(weakLike(named(y, `${label}Backward1`), x), out as Out);
      }
      if (dim instanceof Tensor) {
        const { inputs } = promote([x, dim._value]);
        const y = call(pair as OpRow<void>, inputs, undefined);
        return deliver(weakLike(named(y, `${label}imumBackward0`), x, dim._value), out as Out);
      }
      const along = axis(dim, x.shape.length);
      requireElements(name, x, [along]);
      const [y, index] = callMany(alongRow, [x], { dim: along, keepdim }) as [Value, Value];
      weakLike(named(y, `${label}Backward0`), x);
      return RESULTS[name].make(deliverAll([y, index], out as OutPair));
    },
  );
  return d as unknown as Extreme;
}

/** The largest element of all; or along an axis, with its place; or the larger of two tensors at each place. */
export const max = extreme("max");
/** The smallest element of all; or along an axis, with its place; or the smaller of two tensors at each place. */
export const min = extreme("min");

const plainExtreme = (name: "amax" | "amin", row: typeof ops.amax) =>
  def(
    `torch.${name}`,
    "input|x|a dim|axis keepdim|keepdims * out",
    (input: TensorLike, dim: Dims = null, keepdim = false, out: Out = null): Tensor => {
      const x = valueOf(input);
      const dims = axes(dim, x.shape.length);
      requireElements(name, x, dims);
      if (out && out._value.dtype !== x.dtype && !x.weak)
        throw new RuntimeError(
          `Expected the dtype for input and out to match, but got ${scalarName(x.dtype)} for input's dtype and ${scalarName(out._value.dtype)} for out's dtype.`,
        );
      return deliver(weakLike(call(row, [x], { dims, keepdim }), x), out);
    },
  );

/** The largest elements over axes; a tie shares the gradient. */
export const amax = plainExtreme("amax", ops.amax);
/** The smallest elements over axes; a tie shares the gradient. */
export const amin = plainExtreme("amin", ops.amin);

/** The smallest and the largest elements. */
export const aminmax = def(
  "torch.aminmax",
  "input * dim keepdim out",
  (
    input: TensorLike,
    dim: Int | null = null,
    keepdim = false,
    out: OutPair = null,
  ): returned.Named<"min" | "max"> => {
    const x = valueOf(input);
    if (dim === null && x.size === 0)
      throw new RuntimeError(
        "aminmax(): cannot compute aminmax over an empty dimension as the operation has no identity.",
      );
    const dims = axes(dim, x.shape.length);
    if (dim !== null && x.shape[dims![0]!] === 0)
      throw new IndexError(`aminmax: Expected reduction dim ${dims![0]} to have non-zero size.`);
    for (const o of out ?? []) if (o._value.dtype !== x.dtype) throw otherOut(x.dtype, o._value.dtype);
    const ys = [ops.amin, ops.amax].map((row) =>
      named(call(row, [x], { dims, keepdim }), "AminmaxBackward0"),
    );
    return returned.aminmax.make(deliverAll(ys, out)) as returned.Named<"min" | "max">;
  },
);

const arg = (name: "argmax" | "argmin", row: typeof ops.argmax) =>
  def(
    `torch.${name}`,
    "input|x|a dim|axis keepdim|keepdims * out",
    (input: TensorLike, dim: Int | null = null, keepdim = false, out: Out = null): Tensor => {
      const x = valueOf(input);
      const dims = axes(dim, x.shape.length);
      requireElements(name, x, dims);
      return deliver(call(row, [x], { dims, keepdim }), out);
    },
  );

/** Where the largest element stands, along an axis or among all elements. */
export const argmax = arg("argmax", ops.argmax);
/** Where the smallest element stands, along an axis or among all elements. */
export const argmin = arg("argmin", ops.argmin);

const logical = (name: "any" | "all", row: typeof ops.any) =>
  def(
    `torch.${name}`,
    "input|x|a dim|axis keepdim|keepdims * out",
    (input: TensorLike, dim: Dims = null, keepdim = false, out: Out = null): Tensor => {
      const x = valueOf(input);
      const y = call(row, [x], { dims: axes(dim, x.shape.length), keepdim });
      // uint8 was PyTorch's bool once and stays itself.
      return deliver(x.dtype.name === "uint8" ? castValue(y, x.dtype) : y, out);
    },
  );

/** Whether some element is not zero. */
export const any = logical("any", ops.any);
/** Whether every element is not zero. */
export const all = logical("all", ops.all);

/** The number of elements that are not zero. */
export const count_nonzero = def(
  "torch.count_nonzero",
  "input|x|a dim|axis",
  (input: TensorLike, dim: Dims = null): Tensor => {
    const x = valueOf(input);
    return deliver(call(ops.countNonzero, [x], { dims: axes(dim, x.shape.length) }));
  },
);

interface Spread {
  readonly dims: readonly number[] | undefined;
  readonly correction: number;
}

/** The axes and the correction out of PyTorch's three ways to say them. */
function spreadOf(x: Value, dim: Dims | boolean, unbiased: boolean, correction: number | null): Spread {
  if (typeof dim === "boolean") return { dims: undefined, correction: dim ? 1 : 0 };
  return {
    dims: axes(dim, x.shape.length),
    correction: correction === null ? (unbiased ? 1 : 0) : Number(correction),
  };
}

const spreadRows = { var: ops.variance, std: ops.std } as const;

const spread = (name: "var" | "std") =>
  def(
    `torch.${name}`,
    "input|x|a dim|axis unbiased keepdim|keepdims * correction out",
    (
      input: TensorLike,
      dim: Dims | boolean = null,
      unbiased = true,
      keepdim = false,
      correction: number | null = null,
      out: Out = null,
    ): Tensor => {
      const x = requireFloating(valueOf(input), "std and var only support floating point and complex dtypes");
      const y = call(spreadRows[name], [x], { ...spreadOf(x, dim, unbiased, correction), keepdim });
      return deliver(named(y, name === "var" ? "VarBackward0" : "StdBackward0"), out);
    },
  );

const withMean = (name: "var" | "std") =>
  def(
    `torch.${name}_mean`,
    "input|x|a dim|axis unbiased keepdim|keepdims * correction out",
    (
      input: TensorLike,
      dim: Dims | boolean = null,
      unbiased = true,
      keepdim = false,
      correction: number | null = null,
      out: OutPair = null,
    ): Tuple<Tensor> => {
      const x = requireFloating(
        valueOf(input),
        `${name}_mean only support floating point and complex dtypes`,
      );
      const p = { ...spreadOf(x, dim, unbiased, correction), keepdim };
      const label = name === "var" ? "VarMeanBackward0" : "StdMeanBackward0";
      const ys = [call(spreadRows[name], [x], p), call(ops.mean, [x], { dims: p.dims, keepdim })];
      return Tuple.of_(
        deliverAll(
          ys.map((y) => named(y, label)),
          out,
        ),
      );
    },
  );

/** The variance, Σ|x − mean|² / (n − correction). */
const variance = spread("var");

export { variance as var, variance as var_ };
/** The standard deviation, the square root of {@link var}. */
export const std = spread("std");
/** Variance and mean. */
export const var_mean = withMean("var");
/** Standard deviation and mean. */
export const std_mean = withMean("std");

/** A norm's order. */
export type NormOrder = number | "fro" | "nuc" | null;

/** (Σ |x|ᵖ)^(1/p) over the axes `dim`; p may be 0, negative, infinite, `"fro"` (2), or `"nuc"`. */
export const norm = def(
  "torch.norm",
  "input p dim keepdim * out dtype",
  (
    input: TensorLike,
    p: NormOrder = "fro",
    dim: Dims = null,
    keepdim = false,
    out: Out = null,
    dtype: DTypeLike | null = null,
  ): Tensor => {
    const given = typed(valueOf(input), dtype, "norm");
    const x = requireFloating(
      given,
      `linalg.vector_norm: Expected a floating point or complex tensor as input. Got ${scalarName(given.dtype)}`,
    );
    if (p === "nuc") {
      const rank = x.shape.length;
      const [a, b] = axes(dim, rank) ?? [rank - 2, rank - 1];
      return deliver(matrixNorm(x, "nuc", [a!, b!], keepdim), out);
    }
    const order = p === "fro" || p === null ? 2 : Number(p);
    const y = call(ops.norm, [x], { p: order, dims: axes(dim, x.shape.length), keepdim });
    return deliver(named(y, "LinalgVectorNormBackward0"), out);
  },
);

/** The p-norm of the difference of two tensors. */
export const dist = def(
  "torch.dist",
  "input other p",
  (input: TensorLike, other: TensorLike, p = 2): Tensor => {
    const { inputs } = promote([valueOf(input), valueOf(other)], "float");
    return deliver(
      named(call(ops.norm, [call(ops.sub, inputs, undefined)], { p: Number(p) }), "DistBackward0"),
    );
  },
);

/** log Σ eˣ over the axes `dim`, without overflow. */
export const logsumexp = def(
  "torch.logsumexp",
  "input|x|a dim|axis keepdim|keepdims * out",
  (input: TensorLike, dim: Dims, keepdim = false, out: Out = null): Tensor => {
    const x = floating(valueOf(input));
    return deliver(call(ops.logsumexp, [x], { dims: axes(dim, x.shape.length), keepdim }), out);
  },
);

/** How `median` and `nanmedian` may be called. */
export interface Median {
  /** The lower median of all elements. */
  (input: TensorLike): Tensor;
  /** The lower medians along an axis, and where they stand. */
  (input: TensorLike, dim: number, keepdim?: boolean): returned.ValuesIndices;
  (input: TensorLike, keywords: { dim: number; keepdim?: boolean; out?: OutPair }): returned.ValuesIndices;
  (input: TensorLike, dim: number, keywords: { keepdim?: boolean; out?: OutPair }): returned.ValuesIndices;
  readonly __name__: string;
}

function middle(name: "median" | "nanmedian"): Median {
  const ignoreNan = name === "nanmedian";
  const label = ignoreNan ? "NanmedianBackward" : "MedianBackward";
  const d = def(
    `torch.${name}`,
    "input|x|a dim|axis keepdim|keepdims * out",
    (
      input: TensorLike,
      dim: Int | null = null,
      keepdim = false,
      out: OutPair = null,
    ): Tensor | returned.ValuesIndices => {
      const x = valueOf(input);
      if (dim === null) return deliver(weakLike(named(call(ops.median, [x], { ignoreNan }), `${label}0`), x));
      const along = axis(dim, x.shape.length);
      requireElements(name, x, [along]);
      const [y, index] = callMany(ops.medianAlong, [x], { dim: along, keepdim, ignoreNan }) as [Value, Value];
      weakLike(named(y, `${label}1`), x);
      return RESULTS[name].make(deliverAll([y, index], out));
    },
  );
  return d as unknown as Median;
}

/** The lower of the two middle elements, of all or along an axis. */
export const median = middle("median");
/** {@link median} of what is not NaN. */
export const nanmedian = middle("nanmedian");

/** The most frequent elements along an axis (the last by default), the smallest of several, and where they stand. */
export const mode = def(
  "torch.mode",
  "input|x|a dim|axis keepdim|keepdims * out",
  (input: TensorLike, dim: Int = -1, keepdim = false, out: OutPair = null): returned.ValuesIndices => {
    const x = valueOf(input);
    const along = axis(dim, x.shape.length);
    requireElements("mode", x, [along]);
    const [y, index] = callMany(ops.mode, [x], { dim: along, keepdim }) as [Value, Value];
    return returned.mode.make(deliverAll([named(y, "ModeBackward0"), index], out));
  },
);

/** The k-th smallest elements along an axis (the last by default), k from 1, and where they stand. */
export const kthvalue = def(
  "torch.kthvalue",
  "input|x|a k dim|axis keepdim|keepdims * out",
  (
    input: TensorLike,
    k: Int,
    dim: Int = -1,
    keepdim = false,
    out: OutPair = null,
  ): returned.ValuesIndices => {
    const x = valueOf(input);
    const along = axis(dim, x.shape.length);
    requireElements("kthvalue", x, [along]);
    const n = x.shape[along] ?? 1;
    const place = int(k);
    if (place < 1 || place > n)
      throw new RuntimeError(`kthvalue(): selected number k out of range for dimension ${along}`);
    const [y, index] = callMany(ops.kthvalue, [x], { dim: along, keepdim, k: place }) as [Value, Value];
    return returned.kthvalue.make(deliverAll([named(y, "KthvalueBackward0"), index], out));
  },
);
