import { tuple } from "@cognate/py";
import * as functions from "../ops/functions.js";
import * as structure from "../ops/structure.js";
import * as factories from "../random/functions.js";
import type { Tensor } from "../tensor/tensor.js";
import { type Operator, type Operators, table } from "./operator.js";

/** Spreads with `unbiased` at the place of the axes, as natively. */
const spread = (function_: unknown): Operator => {
  const f = function_ as (...args: readonly unknown[]) => unknown;
  return ([x, second, third, ...rest], keywords = {}) => {
    if (typeof second === "boolean") return f(x, { unbiased: second });
    if (typeof third === "boolean") return f(x, { dim: second, unbiased: third, keepdim: rest[0] ?? false });
    return f(x, {
      ...(second === undefined ? {} : { dim: second }),
      ...(third === undefined ? {} : { keepdim: third }),
      ...keywords,
    });
  };
};

/** Where a function of the native name takes its arguments in another order, or by other names. */
export const REDUCTIONS: Operators = {
  std: spread(structure.std),
  var: spread(structure.var),
  std_mean: spread(structure.std_mean),
  var_mean: spread(structure.var_mean),
  ...table({
    "tensordot self other dims_self dims_other": (a: Tensor, b: Tensor, left: number[], right: number[]) =>
      functions.tensordot(a, b, [left, right] as never),
    "nuclear_norm self dim keepdim": (x: Tensor, dim: number[] | boolean = false, keepdim = false) =>
      typeof dim === "boolean"
        ? functions.nuclear_norm(x, { keepdim: dim })
        : functions.nuclear_norm(x, dim as never, keepdim),
    "meshgrid tensors * indexing": (tensors: readonly Tensor[], indexing = "ij") => [
      ...(functions.meshgrid(...tensors, { indexing }) as unknown as Tensor[]),
    ],
    "broadcast_tensors tensors": (tensors: readonly Tensor[]) => [
      ...(functions.broadcast_tensors(...tensors) as unknown as Tensor[]),
    ],
    "randint_like self high low * dtype": (
      x: Tensor,
      first: number,
      second: number | null = null,
      dtype = null,
    ) =>
      second === null
        ? factories.randint_like(x, first, { ...(dtype === null ? {} : { dtype }) } as never)
        : factories.randint_like(x, first, second, { ...(dtype === null ? {} : { dtype }) } as never),
    "aminmax self * dim keepdim": (x: Tensor, dim: number | null = null, keepdim = false) =>
      tuple([...structure.aminmax(x, { ...(dim === null ? {} : { dim }), keepdim } as never)] as never),
  }),
};
