import type { DTypeLike } from "../../dtype.js";
import { moduleClass } from "../module/keywords.js";
import { makeLazy } from "../module/lazy.js";
import { shapesOf } from "../module/weights.js";
import { UninitializedParameter } from "../parameter.js";
import { LAYOUT, LinearImpl } from "./linear.js";

class LazyLinearImpl extends LinearImpl {
  constructor(out_features: number, bias = true, device: unknown = null, dtype: DTypeLike | null = null) {
    super(0, 0, false);
    this.weight = UninitializedParameter(true, device, dtype);
    this.out_features = out_features;
    if (bias) this.bias = UninitializedParameter(true, device, dtype);
  }
}
makeLazy(LazyLinearImpl, LinearImpl, {
  known: (self) => self.in_features !== 0,
  infer: (self, input) => {
    self.in_features = input.shape[input.ndim - 1]!;
  },
  shapes: ({ out_features, in_features }) => shapesOf(LAYOUT, { out_features, in_features }),
});

/**
 * `torch.nn.LazyLinear`: a {@link Linear} that learns `in_features` from its first input.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const fc = torch.nn.LazyLinear(2);
 * fc(torch.zeros(4, 3));
 * print(fc); // prints Linear(in_features=3, out_features=2, bias=True)
 * ```
 */
export const LazyLinear = moduleClass(
  "linear.LazyLinear",
  "out_features bias device dtype",
  LazyLinearImpl,
  "input",
);
export type LazyLinear = LazyLinearImpl;
