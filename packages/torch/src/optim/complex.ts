import { view_as_real } from "../ops/parts.js";
import type { Tensor } from "../tensor/tensor.js";

/**
 * A parameter, its gradient and its state, complex ones as views of pairs of real numbers: optimizers treat the parts
 * as parameters of their own.
 */
export function realViews<T extends readonly unknown[]>(
  param: Tensor,
  ...others: T
): [Tensor, ...{ [I in keyof T]: Tensor }] {
  const all = [param, ...others] as Tensor[];
  if (param._value.dtype.kind !== "complex") return all as [Tensor, ...{ [I in keyof T]: Tensor }];
  return all.map((t) => t && view_as_real(t)) as [Tensor, ...{ [I in keyof T]: Tensor }];
}
